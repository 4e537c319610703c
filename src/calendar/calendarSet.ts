/** Sets of time that come back: seasons, clock hours, weekdays, Easter. Each is asked for what lies within two instants. */
import { civil, dayOf, weekday, type Day } from './day.ts';
import { easterSunday } from './easter.ts';
import { EMPTY, fromSpans, type TimeSet } from './timeset.ts';
import { dayAt, dayLength, localToInstant, startOfDay, type Minute } from './zone.ts';

export type Recurring = (within: { readonly start: Minute; readonly end: Minute }) => TimeSet;
interface MonthDay { readonly month: number; readonly day: number }

type Span = readonly [Minute, Minute];

/** The first span of a set that ends after an instant, as an index into its edges. */
function firstEndingAfter(spans: readonly Minute[], at: Minute): number {
  let low = 0;
  let high = spans.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[2 * middle + 1] ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return 2 * low;
}

/**
 * A set made year by year, each year once: bills by the hundred ask for the same ones. A year's spans begin after those of the year
 * before; they may lie up to `before` days after their year, or `after` days before it.
 */
function remembered(before: number, after: number, make: (year: number) => readonly Span[]): Recurring {
  const cache = new Map<number, TimeSet>();
  const ofYear = (year: number): TimeSet => {
    let set = cache.get(year);
    if (!set) cache.set(year, (set = fromSpans(make(year))));
    return set;
  };
  return ({ start, end }) => {
    if (start >= end) return EMPTY;
    const out: Minute[] = [];
    const lastYear = civil(dayAt(end - 1) + after).year;
    for (let year = civil(dayAt(start) - before).year; year <= lastYear; year++) {
      const { spans } = ofYear(year);
      for (let i = firstEndingAfter(spans, start); i < spans.length; i += 2) {
        const from = Math.max(spans[i] ?? 0, start);
        const to = Math.min(spans[i + 1] ?? 0, end);
        if (from >= end) break;
        const last = out.length - 1;
        if (last > 0 && from <= (out[last] ?? 0)) out[last] = Math.max(out[last] ?? 0, to);
        else out.push(from, to);
      }
    }
    return { spans: out };
  };
}
const yearly = (make: (year: number) => readonly Span[]): Recurring => remembered(366, 366, make);
const wholeDays = (first: Day | undefined, last: Day | undefined): readonly Span[] =>
  first === undefined || last === undefined ? [] : [[startOfDay(first), startOfDay(last + 1)]];

/** From a date to another, both included; a set such as 1 December to 31 March passes the new year. */
export function datesOfYear(from: MonthDay, to: MonthDay): Recurring {
  const wraps = to.month < from.month || (to.month === from.month && to.day < from.day);
  return yearly((year) => {
    const lastYear = wraps ? year + 1 : year;
    // 29 February as a bound is 28 February in a common year.
    return wholeDays(dayOf(year, from.month, from.day) ?? dayOf(year, from.month + 1, 1), dayOf(lastYear, to.month, to.day) ?? dayOf(lastYear, to.month, to.day - 1));
  });
}
export function singleDate(month: number, day: number, evenYears = false): Recurring {
  return yearly((year) => (evenYears && year % 2 !== 0 ? [] : wholeDays(dayOf(year, month, day), dayOf(year, month, day))));
}
export function monthOf(month: number): Recurring {
  return yearly((year) => wholeDays(dayOf(year, month, 1), (month === 12 ? dayOf(year + 1, 1, 1) ?? 0 : dayOf(year, month + 1, 1) ?? 0) - 1));
}
/** Easter Sunday, or so many days from it. */
export function easterOffset(days: number): Recurring {
  return yearly((year) => wholeDays(easterSunday(year) + days, easterSunday(year) + days));
}

/** A set made day by day; `reach` is how many days a span may last past the day on which it begins. */
function daily(reach: number, make: (day: Day) => Span | undefined): Recurring {
  return remembered(reach, 0, (year) => {
    const list: Span[] = [];
    const end = dayOf(year + 1, 1, 1) ?? 0;
    for (let day = dayOf(year, 1, 1) ?? 0; day < end; day++) {
      const found = make(day);
      if (found) list.push(found);
    }
    return list;
  });
}
/** A clock time on a day; 24 h is the next midnight. A missing time is the first after it; of a repeated one, the first. */
function clock(day: Day, minute: number): Minute {
  if (minute >= 1440) return startOfDay(day + 1);
  if (dayLength(day) === 1440) return startOfDay(day) + minute;
  for (let at = minute; at < 1440; at++) {
    const [instant] = localToInstant(day, at).instants;
    if (instant !== undefined) return instant;
  }
  return startOfDay(day + 1);
}
/** Hours of the local clock; a span that passes midnight belongs to the day on which it starts. */
export function clockHours(from: number, to: number): Recurring {
  return daily(1, (day) => (to > from ? [clock(day, from), clock(day, to)] : [clock(day, from), clock(day + 1, to)]));
}
/** Days of the week, Monday 1 to Sunday 7. */
export function weekdays(from: number, to: number): Recurring {
  return daily(0, (day) => {
    const at = weekday(day);
    const inside = from <= to ? at >= from && at <= to : at >= from || at <= to;
    return inside ? [startOfDay(day), startOfDay(day + 1)] : undefined;
  });
}
/** From an hour of a weekday to an hour of another: Friday 22 h to Monday 6 h. */
export function weekdaySpan(from: number, fromMinute: number, to: number, toMinute: number): Recurring {
  const days = (to - from + 7) % 7 || (toMinute > fromMinute ? 0 : 7);
  return daily(7, (day) => (weekday(day) === from ? [clock(day, fromMinute), clock(day + days, toMinute)] : undefined));
}

/** Farther than any season lasts. */
const BEYOND = 400 * 1440;

/** The whole occurrence, of a season, that holds an instant: this winter, from its first day to its last. A set without an edge has none. */
export function occurrence(set: Recurring, at: Minute): { readonly start: Minute; readonly end: Minute } | undefined {
  const { spans } = set({ start: at - BEYOND, end: at + BEYOND });
  for (let i = 0; i < spans.length; i += 2) {
    const start = spans[i] ?? 0;
    const end = spans[i + 1] ?? 0;
    if (start <= at && at < end) return start === at - BEYOND || end === at + BEYOND ? undefined : { start, end };
  }
  return undefined;
}
