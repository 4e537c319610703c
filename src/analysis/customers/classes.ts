/** Classes in which customers are counted: by energy, by dollars and by hundredths of change. */
import { compare, divide, fromInteger, isZero, toDecimal, type Exact } from '../../quantity/exact.ts';
import { formatNumber, type Lang } from '../../quantity/format.ts';

/** From `from` (included) to `to` (excluded), for values of zero and up; below zero, the other way round. Neither: no change at all. */
export interface Class { readonly from: Exact | undefined; readonly to: Exact | undefined }

const steps = (values: readonly number[]): readonly Exact[] => values.map((value) => fromInteger(value));
const ENERGY = steps([0, 5000, 10000, 15000, 20000, 30000, 50000, 100000, 250000, 1000000, 10000000]);
const DOLLARS = steps([0, 10, 25, 50, 100, 250, 500, 1000, 5000, 25000]);
const PERCENT = [0, 5, 10, 15, 20, 25, 30, 35, 40, 50, 70, 100, 150, 250, 500].map((tenths) => divide(fromInteger(tenths), fromInteger(10)));

/** The rank of an amount of energy among the classes, from 0. */
export function energyClass(kWh: Exact): number {
  let rank = ENERGY.length - 1;
  while (rank > 0 && compare(kWh, ENERGY[rank] ?? kWh) < 0) rank--;
  return rank;
}
export const energyClasses = (): Class[] => ENERGY.map((from, rank) => ({ from, to: ENERGY[rank + 1] }));

/** The signed rank of a change: 0 for none, 1 for an increase of the first class, −1 for a decrease of it. */
function changeClass(value: Exact, bounds: readonly Exact[]): number {
  if (isZero(value)) return 0;
  const size = value.n < 0n ? { n: -value.n, d: value.d } : value;
  let rank = bounds.length - 1;
  while (rank > 0 && compare(size, bounds[rank] ?? size) < 0) rank--;
  return value.n < 0n ? -(rank + 1) : rank + 1;
}
export const dollarClass = (change: Exact): number => changeClass(change, DOLLARS);
export const percentClass = (percent: Exact): number => changeClass(percent, PERCENT);

const NBSP = '\u00A0';
const figure = (value: Exact | undefined, lang: Lang): string => (value === undefined ? '' : formatNumber(toDecimal(value).text, lang));
/** `15 000 – 20 000`, `10 000 000 +`. */
export function energyLabel(rank: number, lang: Lang): string {
  const next = ENERGY[rank + 1];
  return next ? `${figure(ENERGY[rank], lang)}${NBSP}–${NBSP}${figure(next, lang)}` : `${figure(ENERGY[rank], lang)}${NBSP}+`;
}
/** `+2 à +3 %`, `−10 à −25 $`, `0`. */
function changeLabel(rank: number, bounds: readonly Exact[], unit: string, lang: Lang): string {
  if (rank === 0) return '0';
  const sign = rank < 0 ? '−' : '+';
  const at = Math.abs(rank) - 1;
  const next = bounds[at + 1];
  const ends = unit === '$' && lang === 'en' ? (text: string): string => `${sign}$${text}` : (text: string): string => `${sign}${text}`;
  const tail = unit === '$' && lang === 'en' ? '' : unit === '%' && lang === 'en' ? '%' : `${NBSP}${unit}`;
  const [low, high] = [figure(bounds[at], lang), figure(next, lang)];
  const [bare, to] = [low === '0' ? '0' : ends(low), lang === 'fr' ? ' à ' : ' to '];
  return next ? `${bare}${to}${ends(high)}${tail}` : `${ends(low)}${tail} ${lang === 'fr' ? 'et plus' : 'and more'}`;
}
export const dollarLabel = (rank: number, lang: Lang): string => changeLabel(rank, DOLLARS, '$', lang);
export const percentLabel = (rank: number, lang: Lang): string => changeLabel(rank, PERCENT, '%', lang);
