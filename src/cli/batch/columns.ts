/**
 * A piece of CSV billed by columns: read straight into arrays, billed by generated code, written straight as bytes. A customer with a row
 * that this cannot do (refused, odd, of a rate that cannot be recorded) goes through the interpreter with all its rows; what it gives is
 * the same either way.
 */
import { caseOfRow, type BillingEdition } from '../../analysis/customers/billRows.ts';
import { columnId, lineColumns, slug } from '../../analysis/customers/lineColumns.ts';
import { optionsIn, programNamed, sortsOf, type Columns, type Customer } from '../../analysis/customers/rows.ts';
import type { Sheet } from '../../analysis/customers/sheet.ts';
import { formatLocalInstant, parseLocalDateTime } from '../../calendar/zone.ts';
import type { Program } from '../../check/core.ts';
import { ColumnBiller, type BilledColumns, type Column, type ColumnsOptions } from '../../compile/columns.ts';
import { jsonKey } from '../../evaluate/words.ts';
import { byteWriter, type ByteWriter } from './bytes.ts';
import { customersIn, type InputFile } from './input.ts';
import { parsePiece, type ColumnKind, type ParsedPiece } from './table.ts';
import type { Chunk } from './survey.ts';

/** What a column is read as, by place: a number where a rate reads a quantity, a text where one reads a choice, a date, yes or no. */
export function kindsOf(columns: Columns, programs: readonly Program[]): ColumnKind[] {
  const kinds: ColumnKind[] = Array.from({ length: columns.count }, () => 'none');
  const sorts = programs.map(sortsOf);
  for (const { at, key } of columns.data) kinds[at] = sorts.some((each) => ['boolean', 'other'].includes(each.get(key) ?? '')) ? 'text' : 'number';
  for (const at of [columns.rate, columns.options, columns.start, columns.end]) if (at !== undefined) kinds[at] = 'text';
  return kinds;
}

export interface ColumnsResult { readonly out: Uint8Array<ArrayBuffer>; readonly billed: number }
/** Bills a customer by the interpreter: gives the lines of its bills, and keeps its refusals. */
export type BillOne = (customer: Customer) => { readonly text: string; readonly billed: number };

export type BillPiece = (bytes: Uint8Array, chunk: Chunk, one: BillOne) => ColumnsResult | undefined;

/** What bills a table; a benchmark has one that works nothing out. */
export type TableBiller = Pick<ColumnBiller, 'bill'>;

/** Makes the biller of the pieces of a file; undefined when the table asks for what columns do not give. */
export function pieceBiller(input: InputFile, kinds: readonly ColumnKind[], sheet: Sheet, edition: BillingEdition, make: (options: ColumnsOptions) => TableBiller = (options) => new ColumnBiller(options)): BillPiece | undefined {
  if (input.kind !== 'csv' || sheet.exact || sheet.reserves) return undefined;
  const { columns } = input;
  const { catalogue } = edition;
  const biller = make({ editions: edition.editions, programOf: ({ rate, options }) => catalogue.program(rate, options), columnOf: columnId });
  const keyed: readonly (readonly [string, number])[] = [
    ['tarif', columns.rate], ...(columns.options === undefined ? [] : [['options', columns.options] as const]), ['debut', columns.start], ['fin', columns.end],
    ...columns.data.map(({ key, at }) => [key, at] as const),
  ];
  const named = namer(sheet, edition);
  const shownDate = remembered((text: string) => { const read = parseLocalDateTime(text); return Buffer.from('instant' in read ? formatLocalInstant(read.instant) : ''); });
  return (bytes, chunk, one) => {
    const piece = parsePiece(bytes, input, kinds);
    if (!piece) return undefined;
    const whole = customersOf(piece);
    const odd = whole.map(([from, to]) => { for (let row = from; row < to; row++) if (piece.odd[row] === 1) return true; return false; });
    const customerOf = ([from, to]: readonly [number, number]): Customer | undefined => {
      const [start, end] = [piece.starts[from] as number, to < piece.count ? piece.starts[to] as number : bytes.length];
      return customersIn(input, bytes.subarray(start, end), { offset: chunk.offset + start, line: chunk.line + (piece.lines[from] as number) - 1, rank: chunk.rank + from })[0];
    };
    // Rows of the table, as rows of the piece: those of odd customers are left out.
    const rows = odd.includes(true) ? Int32Array.from(whole.flatMap(([from, to], index) => (odd[index] ? [] : Array.from({ length: to - from }, (_, i) => from + i)))) : undefined;
    const count = rows?.length ?? piece.count;
    const ownerOf = (row: number): readonly [number, number] => whole[ownerIndex(whole, row)] as readonly [number, number];
    const kept = rows ? compact(piece, rows) : piece;
    // The biller keeps no reference to a customer: a row is read again when its form is learnt.
    const bills = biller.bill({
      count, columns: new Map(keyed.flatMap(([key, at]) => { const column = kept.columns[at]; return column ? [[key, column] as const] : []; })), follows: kept.follows.includes(1) ? kept.follows : undefined,
      read: (row) => { const at = rows ? rows[row] as number : row; const owner = ownerOf(at); const customer = customerOf(owner); return customer && caseOfRow(customer, at - owner[0], columns, edition); },
    });
    const left = new Uint8Array(piece.count);
    for (const row of bills.left) left[rows ? rows[row] as number : row] = 1;
    const writer = byteWriter(bytes.length * 3 + 1024);
    let billed = 0;
    let tableRow = 0;
    const text = { rate: textOf(kept, columns.rate), options: textOf(kept, columns.options), start: textOf(kept, columns.start), end: textOf(kept, columns.end) };
    const write = rowWriter(bills, sheet, named, shownDate, text, writer);
    whole.forEach((each, index) => {
      const [from, to] = each;
      let slow = odd[index] === true;
      for (let row = from; row < to && !slow; row++) slow = left[row] === 1;
      if (slow) {
        const customer = customerOf(each);
        const made = customer && one(customer);
        if (made && made.billed > 0) {
          const encoded = Buffer.from(made.text);
          writer.reserve(encoded.length);
          writer.copy(encoded, 0, encoded.length);
          billed += made.billed;
        }
        if (!odd[index]) tableRow += to - from;
        return;
      }
      for (let row = from; row < to; row++) { write(bytes, piece.nameStarts[row] as number, piece.nameEnds[row] as number, tableRow++); billed++; }
    });
    return { out: writer.done(), billed };
  };
}

/** The customers of a piece: first row, and the row after the last. */
function customersOf({ count, follows }: ParsedPiece): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  let from = 0;
  for (let row = 1; row <= count; row++) if (row === count || follows[row] !== 1) { found.push([from, row]); from = row; }
  return found;
}
/** Which customer a row is of: their first rows are in order. */
function ownerIndex(whole: readonly (readonly [number, number])[], row: number): number {
  let [low, high] = [0, whole.length - 1];
  while (low < high) { const middle = (low + high + 1) >> 1; if ((whole[middle]?.[0] ?? 0) <= row) low = middle; else high = middle - 1; }
  return low;
}

type Kept = Pick<ParsedPiece, 'follows' | 'columns'>;
function compact({ follows, columns }: ParsedPiece, rows: Int32Array): Kept {
  return {
    follows: Uint8Array.from(rows, (row) => follows[row] as number),
    columns: columns.map((column): Column | undefined => column && (column.kind === 'number' ? { ...column, values: Float64Array.from(rows, (row) => column.values[row] as number) } : { ...column, codes: Int32Array.from(rows, (row) => column.codes[row] as number) })),
  };
}

type Texts = { readonly codes: Int32Array; readonly dictionary: readonly string[] };
const textOf = ({ columns }: Kept, at: number | undefined): Texts | undefined => { const column = at === undefined ? undefined : columns[at]; return column?.kind === 'text' ? column : undefined; };

/** The bytes that name a rate and its options, and the column of the table in which each line of its bills goes. */
interface Named { readonly head: Buffer; readonly places: ReadonlyMap<string, number> }
function namer(sheet: Sheet, { catalogue, editions }: BillingEdition): (rate: string, options: string) => Named {
  const known = new Map<string, Named>();
  return (rate, options) => {
    const key = `${rate}\n${options}`;
    let found = known.get(key);
    if (!found) {
      const program = programNamed(catalogue, rate, optionsIn(options));
      const given = optionsIn(options).map((option) => [...catalogue.options.keys()].find((name) => jsonKey(name) === jsonKey(option)) ?? option);
      const programs = program ? everyEdition(program, editions) : [];
      const places = new Map([...programs].reverse().flatMap((each) => lineColumns(each).map(({ id, key: column }): [string, number] => [id, sheet.lines.indexOf(column)])));
      known.set(key, (found = { head: Buffer.from(`,${cell(program?.rate ?? rate)},${cell(given.join('+'))},`), places }));
    }
    return found;
  };
}
const cell = (text: string): string => (/[",\r\n]|^\s|\s$/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);

/** The programs of a rate and its options in each edition that has them, newest first. */
function everyEdition({ rate, options, edition }: Program, editions: BillingEdition['editions']): Program[] {
  const found: Program[] = [];
  for (let at = editions.at(edition.date); at; at = editions.at(at.info.date - 1)) { const program = at.runtimeOf(rate, options)?.program; if (program) found.push(program); }
  return found;
}

function remembered<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => { let found = known.get(text); if (found === undefined) { if (known.size > 20000) known.clear(); known.set(text, (found = make(text))); } return found; };
}

/** Writes the bills of a table, row by row. */
function rowWriter(bills: BilledColumns, sheet: Sheet, named: ReturnType<typeof namer>, date: (text: string) => Buffer, text: { readonly rate: Texts | undefined; readonly options: Texts | undefined; readonly start: Texts | undefined; readonly end: Texts | undefined }, writer: ByteWriter): (bytes: Uint8Array, from: number, to: number, row: number) => void {
  const taxes = sheet.taxes.map((tax) => [...bills.taxes].find(([name]) => slug(name) === tax)?.[1]);
  const dates = (texts: Texts | undefined): readonly Buffer[] => texts?.dictionary.map(date) ?? [];
  const [starts, ends] = [dates(text.start), dates(text.end)];
  /** For each rate and options: the arrays that go in each column of lines. */
  const ways = new Map<number, { readonly head: Buffer; readonly lines: readonly (readonly Float64Array[])[] }>();
  const width = (text.options?.dictionary.length ?? 0) + 1;
  const wayOf = (row: number): NonNullable<ReturnType<typeof ways.get>> => {
    const [rate, options] = [text.rate?.codes[row] ?? -1, text.options?.codes[row] ?? -1];
    const key = rate * width + options;
    let way = ways.get(key);
    if (!way) {
      const { head, places } = named(text.rate?.dictionary[rate] ?? '', text.options?.dictionary[options] ?? '');
      const lines: Float64Array[][] = sheet.lines.map(() => []);
      for (const [id, values] of bills.lines) { const at = places.get(id); if (at !== undefined) lines[at]?.push(values); }
      ways.set(key, (way = { head, lines }));
    }
    return way;
  };
  const room = sheet.header.length * 22 + 64;
  return (bytes, from, to, row) => {
    const { head, lines } = wayOf(row);
    const [start, end] = [starts[text.start?.codes[row] ?? -1] as Buffer, ends[text.end?.codes[row] ?? -1] as Buffer];
    writer.reserve(to - from + 2 + head.length + start.length + end.length + room);
    let plain = true;
    for (let at = from; at < to; at++) { const byte = bytes[at]; if (byte === 44 || byte === 13) { plain = false; break; } }
    if (!plain) writer.byte(34);
    writer.copy(bytes, from, to);
    if (!plain) writer.byte(34);
    writer.copy(head, 0, head.length);
    writer.copy(start, 0, start.length);
    writer.byte(44);
    writer.copy(end, 0, end.length);
    for (const arrays of lines) {
      writer.byte(44);
      let sum = NaN;
      for (const values of arrays) { const each = values[row] as number; if (each === each) sum = sum === sum ? sum + each : each; }
      if (sum === sum) writer.dollars(sum);
    }
    writer.byte(44);
    writer.dollars(bills.subtotal[row] as number);
    for (const values of taxes) { writer.byte(44); const each = values?.[row] ?? NaN; if (each === each) writer.dollars(each); }
    writer.byte(44);
    writer.dollars(bills.total[row] as number);
    writer.byte(10);
  };
}

