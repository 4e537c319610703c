/**
 * A file of customers, as its readers hand it on: a row is one period of one customer, and the rows of a customer follow each other,
 * oldest first. A row of a table (CSV, Parquet) has a cell a column; a line of NDJSON is a case with a `client`.
 */
import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Program } from '../../check/core.ts';
import type { Catalogue } from '../../contract/readCase.ts';
import { isObject, JsonNumber, readJson, type Json } from '../../contract/json.ts';
import { originals } from '../../contract/schema.ts';
import { jsonKey } from '../../evaluate/words.ts';
import { nearestName } from '../../support/nearestName.ts';

/** One period of a customer, not read yet. `line` is its line in the file, or its rank in a Parquet file, from 1. */
export type Row = { readonly line: number; readonly cells: readonly (string | null)[] } | { readonly line: number; readonly json: string };
/** The rows of one customer. */
export interface Customer { readonly name: string; readonly rows: readonly Row[] }

/** The columns of a table: where the parts of a case stand, and the data by their keys. */
export interface Columns {
  readonly client: number;
  readonly rate: number;
  readonly options: number | undefined;
  readonly start: number;
  readonly end: number;
  readonly data: readonly { readonly at: number; readonly key: string }[];
  /** Signs of the numbers: in a file cut by commas, a comma between digits groups them. */
  readonly english: boolean;
  readonly count: number;
  /** Keys of data that a line of NDJSON may have and that nobody is to read. */
  readonly ignored: readonly string[];
}

/** NDJSON has no columns: each line names its data. */
export const noColumns = (ignored: readonly string[]): Columns => ({ client: -1, rate: -1, options: undefined, start: -1, end: -1, data: [], english: false, count: 0, ignored: ignored.map((name) => jsonKey(name.trim())) });

const RESERVED: Readonly<Record<'client' | 'tarif' | 'options' | 'debut' | 'fin', readonly string[]>> = {
  client: ['client', 'customer'], tarif: ['tarif', 'rate'], options: ['options', 'option'], debut: ['debut', 'start'], fin: ['fin', 'end'],
};

/** The columns of a header, or why it is no header of customers. Columns that are to be ignored are left out. */
export function readHeader(header: readonly string[], english: boolean, ignored: readonly string[]): { readonly columns: Columns } | { readonly diagnostics: readonly Diagnostic[] } {
  const keys = header.map((name) => jsonKey(name.trim().replace(/[\s\u00A0]+/g, '_')));
  const out = new Set(ignored.map((name) => jsonKey(name.trim())));
  const diagnostics: Diagnostic[] = [];
  const seen = new Set<string>();
  for (const key of keys) {
    if (seen.has(key) && key !== '') diagnostics.push(diagnostic('cas-json/champ-repete', { name: key }));
    seen.add(key);
  }
  for (const name of out) if (!seen.has(name)) diagnostics.push(diagnostic('clients/colonne', { name, columns: header.join(', '), nearest: nearestName(name, keys) }));
  const find = (name: keyof typeof RESERVED): number | undefined => { const at = keys.findIndex((key) => RESERVED[name].includes(key.toLowerCase())); return at < 0 ? undefined : at; };
  const need = (name: keyof typeof RESERVED): number => { const at = find(name); if (at === undefined) diagnostics.push(diagnostic('clients/colonne', { name, columns: header.join(', '), nearest: nearestName(name, keys) })); return at ?? -1; };
  const [client, rate, start, end] = [need('client'), need('tarif'), need('debut'), need('fin')];
  const options = find('options');
  const taken = new Set([client, rate, start, end, options]);
  const data = keys.flatMap((key, at) => (taken.has(at) || out.has(key) || key === '' ? [] : [{ at, key }]));
  return diagnostics.length > 0 ? { diagnostics } : { columns: { client, rate, options, start, end, data, english, count: header.length, ignored: [] } };
}

/** A row that names no customer stands with the one before it, and refuses it: it may be one of its periods. */
const NOBODY = diagnostic('cas-json/champ-absent', { name: 'client', unit: '', use: 'ce champ est obligatoire' }, { pointer: '/client' });

/** A row → the case of its period. What the case itself is wrong about is found when it is read. */
export function caseOf(row: Row, columns: Columns, catalogue: Catalogue): { readonly value: Json } | { readonly diagnostics: readonly Diagnostic[] } {
  if ('json' in row) {
    const read = readJson(row.json);
    if ('diagnostics' in read) return read;
    if (!isObject(read.value)) return read;
    const { client, ...rest } = read.value;
    if (!(client instanceof JsonNumber || (typeof client === 'string' && client.trim() !== ''))) return { diagnostics: [NOBODY] };
    const data = rest['donnees'];
    if (columns.ignored.length === 0 || !isObject(data)) return { value: rest };
    return { value: { ...rest, donnees: Object.fromEntries(Object.entries(data).filter(([key]) => !columns.ignored.includes(key))) as Json } };
  }
  if (row.cells.length !== columns.count) return { diagnostics: [diagnostic('clients/cellules', { found: row.cells.length, expected: columns.count })] };
  const cell = (at: number | undefined): string => (at === undefined ? '' : row.cells[at] ?? '').trim();
  if (cell(columns.client) === '') return { diagnostics: [NOBODY] };
  const rate = cell(columns.rate);
  const options = optionsIn(cell(columns.options));
  const named = programNamed(catalogue, rate, options);
  const program = named && sortsOf(named);
  const data: Record<string, Json> = {};
  for (const { at, key } of columns.data) {
    const text = cell(at);
    if (text !== '') data[key] = valueOf(text, program?.get(key), columns.english);
  }
  return { value: { tarif: rate, options, periode: { debut: cell(columns.start), fin: cell(columns.end) }, donnees: data } };
}

/** The options of a cell: several have `+` or a comma between. */
export const optionsIn = (cell: string): string[] => cell.split(/[+,]/).map((option) => option.trim()).filter((option) => option !== '');

/** The program that a row's rate and options name, with their accents or without; undefined when there is none. */
export function programNamed(catalogue: Catalogue, rate: string, options: readonly string[]): Program | undefined {
  const known = catalogue.rates.find((name) => name === rate || jsonKey(name) === jsonKey(rate));
  const names = options.map((option) => [...catalogue.options.keys()].find((name) => jsonKey(name) === jsonKey(option)));
  return known === undefined || names.some((name) => name === undefined) ? undefined : catalogue.program(known, names as string[]);
}

/** What a datum is, by the key of its column: a cell is read by it. */
export type Sorts = ReadonlyMap<string, 'boolean' | 'quantity' | 'other'>;
const sorts = new WeakMap<Program, Sorts>();
export function sortsOf(program: Program): Sorts {
  let found = sorts.get(program);
  if (!found) {
    found = new Map([
      ...originals(program, []).map((symbol): [string, 'boolean' | 'quantity' | 'other'] => [jsonKey(symbol.name), symbol.data?.sort === 'boolean' ? 'boolean' : symbol.data?.sort === 'choices' || symbol.data?.sort === 'date' ? 'other' : 'quantity']),
      ...program.measureKeys.map(({ key }): [string, 'quantity'] => [jsonKey(key), 'quantity']),
    ]);
    sorts.set(program, found);
  }
  return found;
}

const BOOLEANS: Readonly<Record<string, boolean>> = { oui: true, vrai: true, yes: true, true: true, non: false, faux: false, no: false, false: false };

/** A cell → its value. A text that does not read as a number stays as it is, and the case says what is wrong with it. */
function valueOf(text: string, sort: 'boolean' | 'quantity' | 'other' | undefined, english: boolean): Json {
  if (sort === 'boolean') return BOOLEANS[text.toLowerCase()] ?? text;
  // A list, or a datum that changes at dates, is written as in JSON.
  if (text.startsWith('[') || text.startsWith('{')) { const read = readJson(text); return 'value' in read ? read.value as Json : text; }
  return plainNumber(text, english) ?? text;
}

const BLANK = '[ \\u00A0\\u202F\\u2009]';
const GROUPED = new RegExp(`^-?\\d{1,3}(${BLANK}\\d{3})+([.,]\\d+)?$`);

/**
 * `1 234,5` and `1234.5` → `1234.5`. Blanks may stand between groups of three; the decimal mark is a comma or a point. Commas group
 * digits only where a point follows (`1,234.5`); alone in a file cut by commas a comma could be either, and the text is left as it is.
 */
export function plainNumber(text: string, english = false): string | undefined {
  const signed = text.replace(/^[−–]/, '-');
  if (/^-?\d+(\.\d+)?$/.test(signed)) return signed;
  if (GROUPED.test(signed)) return plainNumber(signed.replace(new RegExp(BLANK, 'g'), ''), english);
  if (/^-?\d{1,3}(,\d{3})+\.\d+$/.test(signed)) return signed.replace(/,/g, '');
  if (/^-?\d+,\d+$/.test(signed) && !(english && /,\d{3}$/.test(signed))) return signed.replace(',', '.');
  return undefined;
}

/** The name of a line of NDJSON's customer, or undefined when the line tells none. */
export function clientOf(line: string): string | undefined {
  try {
    const client: unknown = (JSON.parse(line) as { readonly client?: unknown } | null)?.client;
    return typeof client === 'string' && client.trim() !== '' ? client : typeof client === 'number' ? String(client) : undefined;
  } catch {
    return undefined;
  }
}
