/** What `bareme compare` found, before it is written as text, JSON, CSV or a page. */
import { subtract, type Exact } from '../../quantity/exact.ts';
import type { EditionDiff } from '../editions/compareBooks.ts';
import { percentOf, type Billed, type LineTally, type Outcome, type Sums, type Tally } from '../customers/tally.ts';
import { compareNumbers } from '../../check/book.ts';

/** The customers' side of a comparison. */
export interface CustomerReport {
  /** The name of the file, without its folder. */
  readonly file: string;
  readonly tally: Tally;
  readonly winners: readonly Billed[];
  readonly losers: readonly Billed[];
  /** Customers that one edition or both cannot bill, in the order of the file. */
  readonly out: readonly Outcome[];
}
export interface Report { readonly diff: EditionDiff; readonly customers: CustomerReport | undefined }

export const changeOfSums = ({ before, after }: Pick<Sums, 'before' | 'after'>): Exact => subtract(after, before);
export const percentOfSums = ({ before, after }: Pick<Sums, 'before' | 'after'>): Exact | undefined => percentOf(before, after);
export const unchanged = ({ customers, gain, lose }: Sums): number => customers - gain - lose;

const byName = <V>(map: ReadonlyMap<string, V>): [string, V][] => [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
const byRank = <V>(map: ReadonlyMap<number | undefined, V>): [number | undefined, V][] => [...map].sort(([a], [b]) => (a ?? Infinity) - (b ?? Infinity));
/** Rates by their names. */
export const ratesOf = (tally: Tally): [string, Sums][] => byName(tally.byRate);
/** Classes of energy, smallest first; customers without a measured energy last. */
export const sizesOf = (tally: Tally): [number | undefined, Sums][] => byRank(tally.bySize);
/** Every class of change between the first and the last that has someone, in order; those without a percentage last. */
export function changesOf(counts: ReadonlyMap<number | undefined, number>): [number | undefined, number][] {
  const ranks = [...counts.keys()].filter((rank): rank is number => rank !== undefined);
  if (ranks.length === 0) return byRank(counts);
  const [low, high] = [Math.min(...ranks), Math.max(...ranks)];
  const all = Array.from({ length: high - low + 1 }, (_, index): [number | undefined, number] => [low + index, counts.get(low + index) ?? 0]);
  return counts.has(undefined) ? [...all, [undefined, counts.get(undefined) ?? 0]] : all;
}
/** Lines by rate, then by article. */
export const linesOf = (tally: Tally): LineTally[] => [...tally.byLine].sort(([x, a], [y, b]) => (a.rate < b.rate ? -1 : a.rate > b.rate ? 1 : compareNumbers(a.article, b.article) || (a.tranche ?? 0) - (b.tranche ?? 0) || (x < y ? -1 : 1))).map(([, line]) => line);

/** What a reason says, with its article unless the words name it. */
export const reasonInWords = ({ message, article }: Pick<CommonReason, 'message' | 'article'>): string => (article === undefined || message.includes(`article ${article}`) ? message : `${message} (article ${article})`);
/** Why customers are out, each reason with how many of them, the most common first. */
export interface CommonReason { readonly side: 'avant' | 'après'; readonly code: string; readonly article: string | undefined; readonly message: string; readonly customers: number; readonly first: readonly string[] }
export function commonReasons(out: readonly Outcome[], names = 3): CommonReason[] {
  const found = new Map<string, CommonReason>();
  for (const { client, reasons } of out) {
    for (const key of new Set(reasons.map(({ side, code, article, pointer }) => `${side}|${code}|${article ?? ''}|${pointer ?? ''}`))) {
      const reason = reasons.find(({ side, code, article, pointer }) => `${side}|${code}|${article ?? ''}|${pointer ?? ''}` === key);
      if (!reason) continue;
      const known = found.get(key);
      found.set(key, known ? { ...known, customers: known.customers + 1, first: known.first.length < names ? [...known.first, client] : known.first } : { side: reason.side, code: reason.code, article: reason.article, message: reason.message, customers: 1, first: [client] });
    }
  }
  const side = (reason: CommonReason): number => (reason.side === 'avant' ? 0 : 1);
  return [...found.entries()].sort(([x, a], [y, b]) => b.customers - a.customers || side(a) - side(b) || (x < y ? -1 : 1)).map(([, reason]) => reason);
}
