/** A run of values at a fixed step: of real time, or one a calendar day. */
import type { Exact } from '../quantity/exact.ts';
import type { TimeSet } from './timeset.ts';
import { dayAt, isMidnight, startOfDay, type Minute } from './zone.ts';

export interface Series {
  readonly start: Minute;
  /** Real minutes from one value to the next. 1 440 from a midnight is one value a calendar day, of 23 or 25 hours when clocks change. */
  readonly step: number;
  readonly values: readonly Exact[];
  /** Of a series whose values are not read one by one (`src/compile`): their sum or an extreme, from an index to before another, which lie within it. */
  readonly fold?: (operator: 'somme' | 'maximum' | 'minimum', from: number, to: number) => Exact;
}
const byDay = (series: Series): boolean => series.step === 1440 && isMidnight(series.start);

/** When the value of an index begins; the index may lie outside the series. */
export function instantOf(series: Series, index: number): Minute {
  return byDay(series) ? startOfDay(dayAt(series.start) + index) : series.start + series.step * index;
}
export const endOf = (series: Series): Minute => instantOf(series, series.values.length);

/** The index of the value that holds an instant, which may lie outside the series, and whether the value begins right there. */
function indexAt(series: Series, at: Minute): { readonly index: number; readonly begins: boolean } {
  const index = byDay(series) ? dayAt(at) - dayAt(series.start) : Math.floor((at - series.start) / series.step);
  return { index, begins: instantOf(series, index) === at };
}

/** The values that touch a span of time, from the first to before the last; `aligned` when none reaches beyond it. */
export function indexRange(series: Series, start: Minute, end: Minute): { readonly from: number; readonly to: number; readonly aligned: boolean } {
  const first = indexAt(series, start);
  const last = indexAt(series, end);
  return { from: first.index, to: last.begins ? last.index : last.index + 1, aligned: first.begins && last.begins };
}

/** The first instant of a set that the series does not cover. */
export function firstGap(series: Series, set: TimeSet): Minute | undefined {
  const end = endOf(series);
  for (let i = 0; i < set.spans.length; i += 2) {
    if ((set.spans[i] ?? 0) < series.start) return set.spans[i];
    if ((set.spans[i + 1] ?? 0) > end) return Math.max(set.spans[i] ?? 0, end);
  }
  return undefined;
}
/** Whether a series has a value for some of a set. */
export function touches(series: Series, set: TimeSet): boolean {
  const first = set.spans[0];
  const last = set.spans.at(-1);
  return first !== undefined && last !== undefined && first < endOf(series) && last > series.start;
}
/** Whether every edge of a set falls between two values. */
export const aligned = (series: Series, set: TimeSet): boolean => set.spans.every((at) => indexAt(series, at).begins);
