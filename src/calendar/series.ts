/** A run of values at a fixed step of real time. */
import type { Exact } from '../quantity/exact.ts';
import type { TimeSet } from './timeset.ts';
import type { Minute } from './zone.ts';

export interface Series {
  readonly start: Minute;
  /** Minutes from one value to the next; `jour` for one value a calendar day. */
  readonly step: number;
  readonly values: readonly Exact[];
}
export const endOf = (series: Series): Minute => series.start + series.step * series.values.length;

/** The first instant of a set that the series does not cover. */
export function firstGap(series: Series, set: TimeSet): Minute | undefined {
  for (let i = 0; i < set.spans.length; i += 2) {
    if ((set.spans[i] ?? 0) < series.start) return set.spans[i];
    if ((set.spans[i + 1] ?? 0) > endOf(series)) return Math.max(set.spans[i] ?? 0, endOf(series));
  }
  return undefined;
}
/** Whether every edge of a set falls between two values. */
export const aligned = (series: Series, set: TimeSet): boolean => set.spans.every((at) => (at - series.start) % series.step === 0);
