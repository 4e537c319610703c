/** Sets of time: sorted, disjoint, half-open spans of instants. */
import type { Day } from './day.ts';
import { dayAt, isMidnight, startOfDay, type Minute } from './zone.ts';

export interface TimeSet {
  /** start, end, start, end, … */
  readonly spans: readonly Minute[];
}

export const EMPTY: TimeSet = { spans: [] };
export const span = (start: Minute, end: Minute): TimeSet => (start < end ? { spans: [start, end] } : EMPTY);

/** Any spans, in any order → a set. */
export function fromSpans(list: readonly (readonly [Minute, Minute])[]): TimeSet {
  const sorted = list.filter(([start, end]) => start < end).sort((a, b) => a[0] - b[0]);
  const spans: Minute[] = [];
  for (const [start, end] of sorted) {
    const last = spans.length - 1;
    if (last > 0 && start <= (spans[last] ?? 0)) spans[last] = Math.max(spans[last] ?? 0, end);
    else spans.push(start, end);
  }
  return { spans };
}

/** Sweeps the edges of two sets, keeping the time where `keep` holds. */
function sweep(a: TimeSet, b: TimeSet, keep: (inA: boolean, inB: boolean) => boolean): TimeSet {
  const spans: Minute[] = [];
  let i = 0;
  let j = 0;
  let inside = false;
  while (i < a.spans.length || j < b.spans.length) {
    const at = Math.min(a.spans[i] ?? Infinity, b.spans[j] ?? Infinity);
    while (a.spans[i] === at) i++;
    while (b.spans[j] === at) j++;
    const now = keep(i % 2 === 1, j % 2 === 1);
    if (now !== inside) {
      spans.push(at);
      inside = now;
    }
  }
  return { spans };
}
export const union = (a: TimeSet, b: TimeSet): TimeSet => (a.spans.length === 0 ? b : b.spans.length === 0 ? a : sweep(a, b, (x, y) => x || y));
export const intersect = (a: TimeSet, b: TimeSet): TimeSet => (a.spans.length === 0 || b.spans.length === 0 ? EMPTY : sweep(a, b, (x, y) => x && y));
export const subtract = (a: TimeSet, b: TimeSet): TimeSet => (a.spans.length === 0 || b.spans.length === 0 ? a : sweep(a, b, (x, y) => x && !y));

export const isEmpty = (set: TimeSet): boolean => set.spans.length === 0;
export function length(set: TimeSet): number {
  let sum = 0;
  for (let i = 0; i < set.spans.length; i += 2) sum += (set.spans[i + 1] ?? 0) - (set.spans[i] ?? 0);
  return sum;
}
export const equals = (a: TimeSet, b: TimeSet): boolean => a.spans.length === b.spans.length && a.spans.every((at, i) => at === b.spans[i]);
export const covers = (a: TimeSet, b: TimeSet): boolean => isEmpty(subtract(b, a));
export function contains(set: TimeSet, instant: Minute): boolean {
  let low = 0;
  let high = set.spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((set.spans[middle] ?? Infinity) <= instant) low = middle + 1;
    else high = middle;
  }
  return low % 2 === 1;
}
export const isWholeDays = (set: TimeSet): boolean => set.spans.every(isMidnight);
/** How many calendar days, or undefined when a day is cut. */
export function countDays(set: TimeSet): number | undefined {
  if (!isWholeDays(set)) return undefined;
  let count = 0;
  for (let i = 0; i < set.spans.length; i += 2) count += dayAt(set.spans[i + 1] ?? 0) - dayAt(set.spans[i] ?? 0);
  return count;
}

export interface Slice { readonly start: Minute; readonly end: Minute }

/** The calendar days of a set, each clipped to it; a day in several pieces gives several slices. */
export function splitByDay(set: TimeSet): Slice[] {
  const out: Slice[] = [];
  for (let i = 0; i < set.spans.length; i += 2) {
    let start = set.spans[i] ?? 0;
    const end = set.spans[i + 1] ?? 0;
    while (start < end) {
      const stop = Math.min(end, startOfDay(dayAt(start) + 1));
      out.push({ start, end: stop });
      start = stop;
    }
  }
  return out;
}
/** Real steps (60 or 15 minutes) on the marks of the clock, each clipped to the set. */
export function splitByStep(set: TimeSet, step: number): Slice[] {
  const out: Slice[] = [];
  for (let i = 0; i < set.spans.length; i += 2) {
    let start = set.spans[i] ?? 0;
    const end = set.spans[i + 1] ?? 0;
    while (start < end) {
      const stop = Math.min(end, (Math.floor(start / step) + 1) * step);
      out.push({ start, end: stop });
      start = stop;
    }
  }
  return out;
}
/** The days that a set touches, whole. */
export function touchedDays(set: TimeSet): TimeSet {
  return fromSpans(splitByDay(set).map(({ start }): [Minute, Minute] => { const day: Day = dayAt(start); return [startOfDay(day), startOfDay(day + 1)]; }));
}
