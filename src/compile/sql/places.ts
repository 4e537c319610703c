/** What the formulas of a query start from: columns of the table, days and seasons of its row, and what its earlier rows hold. */
import { jsonKey } from '../../evaluate/words.ts';
import type { Program, ValueSymbol } from '../../check/core.ts';
import { isFact, isTimeGrain } from '../../check/types.ts';
import type { Value } from '../../evaluate/case.ts';
import { compare, equals, floorTo, fromInteger, ONE, ratio, ZERO, type Exact } from '../../quantity/exact.ts';
import type { InputFit } from '../fit.ts';
import { rangeOf } from '../ranges.ts';
import type { DateText } from './dates.ts';
import type { Frame } from './windows.ts';

/** A column that the table has: its key in a case, its own name, and what it holds. */
export interface Column { readonly key: string; readonly name: string; readonly symbol: ValueSymbol; /** The name by which a case is asked for it: that of the datum, or of a meter with its restrictions. */ readonly asked: string; readonly holds: Holds }
export type Holds =
  /** A whole number of 10^-decimals of the unit; times `factor` it is in base units. */
  | { readonly kind: 'number'; readonly decimals: number; readonly factor: Exact; readonly fit: InputFit }
  | { readonly kind: 'choice'; readonly values: readonly { readonly value: Value; readonly written: readonly string[] }[] }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'date' };

/** A number that a row of the query has before any formula. Those that are yes or no are 1 or 0. */
export type Place =
  | { readonly kind: 'number' | 'given' | 'rank'; readonly column: Column }
  | { readonly kind: 'days' | 'hours'; readonly season: number }
  /** Whether the first day of the period is in a season. */
  | { readonly kind: 'first'; readonly season: number }
  | { readonly kind: 'window'; readonly of: 'largest' | 'rows' | 'unread'; readonly column: Column | undefined; readonly frame: Frame }
  | { readonly kind: 'dates'; readonly left: DateText; readonly sign: string; readonly right: DateText }
  /** What SQL cannot say; it is then answered in every way. */
  | { readonly kind: 'unknown'; readonly what: string; readonly yesOrNo: boolean };

/** The places that are used, each once, with the bounds of their numbers. */
export class Places {
  readonly all: Place[] = [];
  readonly fits: InputFit[] = [];
  private readonly ranks = new Map<string, number>();
  constructor(private readonly longest: number) {}

  rank(place: Place): number {
    const key = keyOf(place);
    let rank = this.ranks.get(key);
    if (rank === undefined) {
      rank = this.all.push(place) - 1;
      this.fits.push(this.fitOf(place));
      this.ranks.set(key, rank);
    }
    return rank;
  }

  private fitOf(place: Place): InputFit {
    const upTo = (most: number): InputFit => ({ denominator: 1n, least: 0n, most: BigInt(most) });
    switch (place.kind) {
      case 'number': return place.column.holds.kind === 'number' ? place.column.holds.fit : upTo(0);
      case 'given': case 'first': case 'dates': return upTo(1);
      case 'rank': return upTo(place.column.holds.kind === 'choice' ? place.column.holds.values.length - 1 : 1);
      case 'days': return upTo(this.longest);
      case 'hours': return upTo(this.longest * 24 + 8);
      case 'window': return place.of === 'largest' && place.column?.holds.kind === 'number' ? { ...place.column.holds.fit, least: 0n } : place.of === 'unread' ? upTo(1) : upTo(1_000_000);
      case 'unknown': return place.yesOrNo ? upTo(1) : { denominator: 1n, least: -(10n ** 15n), most: 10n ** 15n };
    }
  }
}

const keyOf = (place: Place): string => {
  switch (place.kind) {
    case 'number': case 'given': case 'rank': return `${place.kind} ${place.column.key}`;
    case 'days': case 'hours': case 'first': return `${place.kind} ${place.season}`;
    case 'window': return `${place.of} ${place.column?.key ?? ''} ${JSON.stringify(place.frame)}`;
    case 'dates': return `${JSON.stringify(place.left)} ${place.sign} ${JSON.stringify(place.right)}`;
    case 'unknown': return `? ${place.what} ${place.yesOrNo}`;
  }
};

/** What a rate may read of a row, by key: data of its own and of the rates that it consults, and meters with their restrictions. */
export function readable(program: Program): { readonly key: string; readonly symbol: ValueSymbol; readonly asked: string }[] {
  const found = new Map<string, { key: string; symbol: ValueSymbol; asked: string }>();
  for (const { key, symbol } of program.measureKeys) found.set(jsonKey(key), { key: jsonKey(key), symbol, asked: key });
  const underneath = (symbol: ValueSymbol): ValueSymbol => (symbol.role !== 'data' && symbol.original ? underneath(symbol.original) : symbol);
  for (const each of [...program.symbols.values(), ...program.related().map(({ symbol }) => symbol)]) {
    const symbol = underneath(each);
    const key = jsonKey(symbol.name);
    if (isFact(symbol) && !isTimeGrain(symbol.grain) && !found.has(key)) found.set(key, { key, symbol, asked: symbol.name });
  }
  return [...found.values()];
}

/** Beyond this a row is left to the interpreter, in the unit of the datum: a terawatt-hour, a gigawatt. */
const MOST: Readonly<Record<string, number>> = { 'kW·h': 1_000_000_000, kW: 1_000_000, $: 1_000_000_000, jour: 100_000 };
const MOST_ELSE = 1_000_000;

/** What a column of a datum holds; undefined when a query does not read such data. */
export function holdsOf(symbol: ValueSymbol, asked: string, program: Program, decimals: number): Holds | undefined {
  const { data, kind } = symbol;
  if (data?.sort === 'boolean') return { kind: 'boolean' };
  if (data?.sort === 'date') return { kind: 'date' };
  if (data?.sort === 'choices') return { kind: 'choice', values: data.choices.map((value, index) => ({ value, written: typeof value === 'string' ? [...new Set([jsonKey(value), value])] : [data.choiceNames[index] ?? ''] })) };
  if (kind.kind !== 'quantity') return undefined;
  const dims = [...kind.dims].sort().map(([name]) => name);
  const unit = dims.length === 2 && dims.includes('kW') && dims.includes('h') ? 'kW·h' : dims.join('·');
  const whole = unit === '' || unit === 'jour';
  const scale = 10n ** BigInt(whole ? 0 : decimals);
  const factor = data?.factor ?? ONE;
  const range = rangeOf({ name: asked, back: 0, kind: symbol.metered ? 'measure' : 'fact', rank: 0 }, program);
  const units = (edge: Exact): Exact => ratio(edge.n * factor.d * scale, edge.d * factor.n);
  const [low, high] = [range?.least, range?.most];
  const most = high ? floorTo(units(high), ONE).n : BigInt(MOST[unit] ?? MOST_ELSE) * scale;
  const least = low ? -floorTo(units({ n: -low.n, d: low.d }), ONE).n : -most;
  return { kind: 'number', decimals: whole ? 0 : decimals, factor, fit: { denominator: scale, least, most } };
}

/** A value that is bound by the command, of what a column would hold. Undefined when it is none of its choices. */
export function readBound(holds: Holds, text: string): Value | undefined {
  switch (holds.kind) {
    case 'boolean': return { oui: true, true: true, non: false, false: false }[text.toLowerCase()];
    case 'choice': return holds.values.find(({ written }) => written.includes(text) || written.includes(jsonKey(text)))?.value;
    case 'number': {
      const match = /^(-?)(\d{1,20})(?:[.,](\d{1,15}))?$/.exec(text);
      if (!match) return undefined;
      const [, sign = '', whole = '0', part = ''] = match;
      const read = ratio(BigInt(`${sign}${whole}${part}`) * holds.factor.n, 10n ** BigInt(part.length) * holds.factor.d);
      const edge = (n: bigint): Exact => ratio(n * holds.factor.n, holds.fit.denominator * holds.factor.d);
      return compare(read, edge(holds.fit.least)) < 0 || compare(read, edge(holds.fit.most)) > 0 ? undefined : read;
    }
    case 'date': return undefined;
  }
}
export const isOne = (x: Exact): boolean => equals(x, ONE);
export { fromInteger, ZERO };
