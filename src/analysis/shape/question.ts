/** A rate, what is known of the customer, and the quantity that varies → a case for each value of that quantity. */
import { parseLocalDateTime } from '../../calendar/zone.ts';
import type { DataInfo, Program, ValueSymbol } from '../../check/core.ts';
import { field, isObject, type Json } from '../../contract/json.ts';
import { ownKeys, readCase, type Catalogue, type ReadTable } from '../../contract/readCase.ts';
import type { Dims } from '../../check/types.ts';
import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Editions } from '../../evaluate/bill.ts';
import type { CaseInput } from '../../evaluate/case.ts';
import { inWords, jsonKey } from '../../evaluate/words.ts';
import { divide, multiply, ONE, parseExact, ratio, toDecimal, type Exact } from '../../quantity/exact.ts';
import { datumOf, placed, placeOf, write } from './places.ts';
import type { Problem } from './walk.ts';

/** A quantity that is so many times another, both in the units of their declarations. */
export interface Link { readonly by: Exact; readonly of: string }

export interface ShapeAsk {
  readonly rate: string;
  readonly options: readonly string[];
  /** A case to start from: its period, data, history, series. */
  readonly base: Json | undefined;
  /** Instead of that of the case. */
  readonly period: { readonly start: string; readonly end: string } | undefined;
  /** Added to the data of the case, or in their place: keys as in a case. */
  readonly data: ReadonlyMap<string, Json>;
  /** The key of the quantity that varies. */
  readonly quantity: string;
  readonly links: ReadonlyMap<string, Link>;
  /** Ties energy and maximum power over the hours of the period. */
  readonly loadFactor: Exact | undefined;
  /** In the unit of the quantity's declaration. */
  readonly from: Exact;
  readonly to: Exact | undefined;
}

export interface Quantity {
  readonly key: string;
  /** What it is, in the book's words. */
  readonly words: string;
  /** As its declaration has it: `kWh`; empty for a plain number. */
  readonly unit: string;
  /** What one of that unit is in base units. */
  readonly factor: Exact;
  readonly dims: Dims;
  readonly article: string;
}

/** How the case of a question is read. */
export type CaseReader = typeof readCase;

export interface Asked { readonly problem: Problem; readonly program: Program; readonly input: CaseInput; readonly quantity: Quantity | undefined; readonly links: ReadonlyMap<string, Link> }

const SORTS: Readonly<Record<DataInfo['sort'], string>> = { quantity: 'une quantité', number: 'un nombre', boolean: 'oui ou non', date: 'une date', spans: 'une liste', list: 'une liste', choices: 'un choix' };
/** Whether a datum is a quantity or a number: what may vary. */
const isAmount = ({ data }: ValueSymbol): boolean => data === undefined || data.sort === 'quantity' || data.sort === 'number';

const ENERGY = 'energie';
const POWER = 'puissance_maximale_appelee';

/**
 * The problem of a question. `reference` is the program for which the case was written: what it reads and this rate does not is left
 * aside. A quantity that the rate does not read gives a bill that never varies.
 */
export function problemOf(ask: ShapeAsk, catalogue: Catalogue, editions: Editions, readTable: ReadTable, reference: Program | undefined, reads: CaseReader = readCase): Asked | { readonly diagnostics: readonly Diagnostic[] } {
  const program = catalogue.program(ask.rate, ask.options);
  const keys = program && keysRead(program);
  const stranger = (key: string): boolean => keys !== undefined && !keys.has(datumOf(key)) && reference !== undefined && reference !== program && keysRead(reference).has(datumOf(key));
  const links = linksOf(ask);
  const bare = program && [ask.quantity, ...links.keys()].flatMap((key) => { const found = placeOf(program, key); return found && !isAmount(found.symbol) ? [{ key, symbol: found.symbol }] : []; });
  if (bare && bare.length > 0) return { diagnostics: bare.map(({ key, symbol }) => diagnostic('cas-json/type', { name: key, found: SORTS[symbol.data?.sort ?? 'quantity'], expected: 'une quantité' }, { article: symbol.origin.home })) };
  const data = new Map<string, Json>([...Object.entries(dataOf(ask.base)), ...ask.data].filter(([key]) => !stranger(key)));
  const varying = new Map<string, Exact>([[ask.quantity, ONE] as const, ...tiesOf(ask.quantity, links)].filter(([key]) => !stranger(key)));
  for (const [key, by] of varying) write(data, key, toDecimal(multiply(ask.from, by), 15).text);
  for (const [key, link] of links) {
    const known: Json | undefined = data.get(link.of);
    const number = varying.has(key) || stranger(key) ? undefined : parseExact(textOf(known));
    if (number) data.set(key, toDecimal(multiply(number, link.by), 15).text);
  }
  const read = reads(caseOf(ask, data, stranger), catalogue, readTable);
  if ('diagnostics' in read) return read;
  if (!program) return { diagnostics: [diagnostic('tarifs/inconnu', { name: ask.rate, nearest: undefined })] };
  const places = [...varying].flatMap(([key, by]) => { const place = placeOf(program, key); return place ? [{ place, by: multiply(by, place.symbol.data?.factor ?? ONE) }] : []; });
  const away = places.filter(({ place: { row } }) => row && row.rank >= (read.input.period.lists.get(row.list)?.length ?? 0));
  if (away.length > 0) return { diagnostics: away.map(({ place: { row } }) => diagnostic('cas-json/champ-absent', { name: `${jsonKey(row?.list ?? '')}.${(row?.rank ?? 0) + 1}`, unit: '', use: 'cette rangée de la liste' }, { pointer: '/donnees' })) };
  const quantity = placeOf(program, ask.quantity);
  return {
    program, input: read.input, links, problem: { editions, at: (x) => placed(read.input, places, x) },
    quantity: quantity && { key: ask.quantity, words: quantity.symbol.text ?? inWords(quantity.symbol.name), unit: quantity.symbol.data?.unitText ?? '', factor: quantity.symbol.data?.factor ?? ONE, dims: quantity.symbol.kind.kind === 'quantity' ? quantity.symbol.kind.dims : new Map<string, number>(), article: quantity.symbol.origin.home },
  };
}

/** The links of a question, that of the load factor with them: energy is power × hours of the period × factor. */
function linksOf(ask: ShapeAsk): ReadonlyMap<string, Link> {
  const [start, end] = ask.period ? [ask.period.start, ask.period.end] : ['debut', 'fin'].map((edge) => field(field(ask.base, 'periode'), edge));
  const [from, to] = [start, end].map((text) => { const read = typeof text === 'string' ? parseLocalDateTime(text) : undefined; return read && 'instant' in read ? read.instant : undefined; });
  // A period that cannot be read is refused with the rest of the case.
  if (!ask.loadFactor || from === undefined || to === undefined || to <= from) return ask.links;
  const used = multiply(ask.loadFactor, ratio(BigInt(to - from), 60n));
  return new Map([ask.quantity === POWER ? [ENERGY, { by: used, of: POWER }] : [POWER, { by: divide(ONE, used), of: ENERGY }], ...ask.links]);
}

/** What varies with the quantity, and by how much. */
function tiesOf(quantity: string, links: ReadonlyMap<string, Link>): Map<string, Exact> {
  const tied = new Map<string, Exact>();
  for (const key of links.keys()) {
    let by = ONE;
    let at = key;
    for (let steps = 0; steps <= links.size && at !== quantity; steps++) {
      const link = links.get(at);
      if (!link) break;
      by = multiply(by, link.by);
      at = link.of;
    }
    if (at === quantity && key !== quantity) tied.set(key, by);
  }
  return tied;
}

function caseOf(ask: ShapeAsk, data: ReadonlyMap<string, Json>, stranger: (key: string) => boolean): Json {
  const base = isObject(ask.base) ? ask.base : {};
  const less = (value: Json | undefined): Json => Object.fromEntries(Object.entries(isObject(value) ? value : {}).filter(([key]) => !stranger(key)));
  const past = field(base, 'historique');
  return {
    ...base, tarif: ask.rate, options: [...ask.options], periode: ask.period ? { debut: ask.period.start, fin: ask.period.end } : (field(base, 'periode') ?? {}), donnees: Object.fromEntries(data),
    ...(field(base, 'series') === undefined ? {} : { series: less(field(base, 'series')) }),
    ...(Array.isArray(past) ? { historique: (past as Json[]).map((each) => (isObject(each) ? { ...each, donnees: less(field(each, 'donnees')) } : each)) } : {}),
  };
}

const dataOf = (base: Json | undefined): { readonly [key: string]: Json } => { const data = field(base, 'donnees'); return isObject(data) ? data : {}; };
const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : typeof value === 'object' && value !== null && 'text' in value ? String(value.text) : '');

const allKeys = new WeakMap<Program, ReadonlySet<string>>();
/** Every key that a case of the program may give. */
export function keysRead(program: Program): ReadonlySet<string> {
  let keys = allKeys.get(program);
  if (!keys) {
    keys = new Set([...ownKeys(program), ...program.related().map(({ symbol }) => jsonKey(symbol.name))]);
    allKeys.set(program, keys);
  }
  return keys;
}

/** The quantities by which a rate's bill is looked at when none is named: energy and maximum power, if it bills them; else the first quantity that it bills by. */
export function usualQuantities(program: Program): readonly string[] {
  const needed = [...program.symbols.values()].filter(({ name, metered, data, kind, grain }) => program.neededByAmounts.has(name) && !grain.startsWith('liste:') && (metered || data?.sort === 'quantity') && kind.kind === 'quantity');
  const usual = [ENERGY, POWER].filter((key) => needed.some(({ name }) => jsonKey(name) === key));
  const powers = needed.filter(({ kind }) => kind.kind === 'quantity' && kind.dims.has('kW')).map(({ name }) => jsonKey(name));
  return usual.length > 0 ? usual : powers.slice(0, 1);
}

/** A value that lets the search go on for what else is missing; never part of a result. */
export function standIn(program: Program, key: string): Json | undefined {
  const data = placeOf(program, key)?.symbol.data;
  if (!data || data.sort === 'quantity' || data.sort === 'number') return '1';
  const [choice] = data.choices;
  return data.sort === 'choices' && choice !== undefined ? (typeof choice === 'string' ? jsonKey(choice) : toDecimal(choice).text) : undefined;
}
