/**
 * Local time in Québec (America/Toronto) and instants, in minutes since 1970-01-01T00:00Z. The zone's changes are asked once of
 * the time-zone library; the rest is counting.
 */
import { Temporal } from 'temporal-polyfill';
import { civil, dayOf, formatIsoDate, parseIsoDate, type Day } from './day.ts';

/** An instant, in minutes since 1970-01-01T00:00Z. */
export type Minute = number;
export const ZONE = 'America/Toronto';

interface Transition { readonly at: Minute; readonly after: number }
interface Year { readonly start: Minute; readonly offset: number; readonly changes: readonly Transition[] }
const years = new Map<number, Year>();

/** A year's first offset and its changes, asked of the library once. */
function yearOf(year: number): Year {
  const known = years.get(year);
  if (known) return known;
  let at = Temporal.ZonedDateTime.from({ timeZone: ZONE, year, month: 1, day: 1 });
  // Rounded for the local mean time of before 1895, which had seconds: an instant is a whole minute.
  const start = Math.round(at.epochMilliseconds / 60000);
  const offset = Math.round(at.offsetNanoseconds / 6e10);
  const changes: Transition[] = [];
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (next?.year !== year) break;
    changes.push({ at: Math.round(next.epochMilliseconds / 60000), after: Math.round(next.offsetNanoseconds / 6e10) });
    at = next;
  }
  const made = { start, offset, changes };
  years.set(year, made);
  return made;
}

/** The stretch of one offset found last: the instants of a bill mostly lie in the same. */
let stretch = { from: Infinity, to: -Infinity, offset: 0 };

/** Local minus UTC, in minutes: −300 in winter, −240 in summer. */
export function offsetAt(instant: Minute): number {
  if (instant >= stretch.from && instant < stretch.to) return stretch.offset;
  let { year } = civil(Math.floor((instant - 300) / 1440));
  let found = yearOf(year);
  if (instant < found.start) found = yearOf(--year);
  let { start: from, offset } = found;
  // The year ends here some hours after midnight in UTC.
  let to = (dayOf(year + 1, 1, 1) ?? 0) * 1440;
  for (const change of found.changes) {
    if (instant < change.at) { to = Math.min(to, change.at); break; }
    from = change.at;
    offset = change.after;
  }
  stretch = { from, to, offset };
  return offset;
}

/** The instant of a local time. A repeated time has two; a missing one, none. */
export function localToInstant(day: Day, minuteOfDay: number): { readonly instants: readonly Minute[] } {
  const local = day * 1440 + minuteOfDay;
  const before = local - offsetAt(local - 1440);
  const after = local - offsetAt(local + 1440);
  if (before === after) return { instants: [before] };
  return { instants: [before, after].filter((instant) => instant + offsetAt(instant) === local).sort((a, b) => a - b) };
}

const dayStarts = new Map<Day, Minute>();
/** Local midnight; Québec's clocks never change at midnight. */
export function startOfDay(day: Day): Minute {
  let start = dayStarts.get(day);
  if (start === undefined) {
    start = localToInstant(day, 0).instants[0] ?? day * 1440 + 300;
    dayStarts.set(day, start);
  }
  return start;
}
/** 1 440 minutes, but 1 380 and 1 500 when clocks change. */
export function dayLength(day: Day): number {
  return startOfDay(day + 1) - startOfDay(day);
}
export function instantToLocal(instant: Minute): { readonly day: Day; readonly minute: number; readonly offset: number } {
  const offset = offsetAt(instant);
  const local = instant + offset;
  const day = Math.floor(local / 1440);
  return { day, minute: local - day * 1440, offset };
}
export const dayAt = (instant: Minute): Day => Math.floor((instant + offsetAt(instant)) / 1440);
export const isMidnight = (instant: Minute): boolean => instantToLocal(instant).minute === 0;

export type LocalTime = { readonly instant: Minute; readonly dateOnly: boolean } | { readonly problem: 'forme' | 'inexistante' | 'repetee' };

/** `2026-12-03` or `2026-12-03T06:00`, with an offset (`-05:00`) if one must choose the repeated hour. */
export function parseLocalDateTime(text: string): LocalTime {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::00)?(Z|[+-]\d{2}:\d{2})?)?$/.exec(text);
  const day = match?.[1] === undefined ? undefined : parseIsoDate(match[1]);
  if (!match || day === undefined) return { problem: 'forme' };
  if (match[2] === undefined) return { instant: startOfDay(day), dateOnly: true };
  const hour = Number(match[2]);
  const minute = Number(match[3]);
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) return { problem: 'forme' };
  if (match[4] !== undefined) {
    if (match[4] !== 'Z' && !/^[+-](?:0\d|1[0-4]):[0-5]\d$/.test(match[4])) return { problem: 'forme' };
    const offset = match[4] === 'Z' ? 0 : (match[4].startsWith('-') ? -1 : 1) * (Number(match[4].slice(1, 3)) * 60 + Number(match[4].slice(4, 6)));
    return { instant: day * 1440 + hour * 60 + minute - offset, dateOnly: false };
  }
  const { instants } = localToInstant(hour === 24 ? day + 1 : day, hour === 24 ? 0 : hour * 60 + minute);
  if (instants.length === 0) return { problem: 'inexistante' };
  if (instants.length > 1) return { problem: 'repetee' };
  return { instant: instants[0] ?? 0, dateOnly: false };
}

const two = (value: number): string => String(value).padStart(2, '0');
/** The local time of an instant; with its offset when the clock shows that time twice. */
export function formatLocalDateTime(instant: Minute): string {
  const { day, minute, offset } = instantToLocal(instant);
  const twice = localToInstant(day, minute).instants.length > 1;
  const shown = `${formatIsoDate(day)}T${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
  return twice ? `${shown}-${two(Math.floor(-offset / 60))}:${two(-offset % 60)}` : shown;
}

/** The local date of an instant, with the hour when it is not midnight: `2026-12-03`, `2026-12-03T06:00`. */
export const formatLocalInstant = (instant: Minute): string => (isMidnight(instant) ? formatIsoDate(dayAt(instant)) : formatLocalDateTime(instant));

/** The edition of the time-zone data behind these answers (`2025c`), for the record; the host does not always say. */
export function tzVersion(): string {
  const host = (globalThis as { readonly process?: { readonly versions?: Readonly<Record<string, string | undefined>> } }).process;
  return host?.versions?.['tz'] ?? 'inconnue';
}
