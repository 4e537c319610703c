/** Sets of time as seen from a row, and rows cut down to them. */
import { occurrence } from '../calendar/calendarSet.ts';
import { civil, dayOf } from '../calendar/day.ts';
import { EMPTY, fromSpans, intersect, isEmpty, span, subtract, touchedDays, type Slice, type TimeSet, union } from '../calendar/timeset.ts';
import { dayAt, startOfDay, type Minute } from '../calendar/zone.ts';
import { type CorePlage, type Restriction } from '../check/core.ts';
import { diagnostic } from '../diagnostics/diagnostic.ts';
import { invariant } from '../support/invariant.ts';
import type { Runtime} from './runtime.ts';
import { instant, truth } from './runtime.ts';
import type { Row} from './session.ts';
import { itemRow, sliceRow } from './session.ts';
import { slicesOf } from './sheets.ts';
import { Absent } from './stop.ts';
import { missing } from './symbols.ts';

export function datesWithin(dates: readonly { readonly year: number | undefined; readonly month: number; readonly day: number }[], start: Minute, end: Minute): Minute[] {
  const found: Minute[] = [];
  for (let year = civil(dayAt(start)).year; year <= civil(dayAt(end)).year; year++) {
    for (const date of dates) {
      const day = (date.year === undefined || date.year === year) ? dayOf(year, date.month, date.day) : undefined;
      const at = day === undefined ? undefined : startOfDay(day);
      if (at !== undefined && at > start && at < end) found.push(at);
    }
  }
  return found.sort((a, b) => a - b);
}

export function restricted(rt: Runtime, row: Row, path: readonly Restriction[]): Row {
  let { set } = row;
  for (const each of path) set = applyRestriction(rt, each, row, set);
  return { ...row, set, start: set.spans[0] ?? row.start, end: set.spans.at(-1) ?? row.start };
}

const SHORT = 1500;

/** Days around a row in which a plage of its own may lie. */
const REACH = 60 * 1440;

export function applyRestriction(rt: Runtime, restriction: Restriction, row: Row, set: TimeSet): TimeSet {
  if (restriction.mode === 'pendant' && restriction.plage.kind === 'named' && restriction.plage.own && row.item) {
    return plageSet(rt, restriction.plage, row, { start: row.start - REACH, end: row.end + REACH });
  }
  if (isEmpty(set)) return set;
  const plage = plageSet(rt, restriction.plage, row, { start: set.spans[0] ?? 0, end: set.spans.at(-1) ?? 0 });
  return restriction.mode === 'pendant' ? intersect(set, plage) : subtract(set, plage);
}

/** A set of time, within two instants, as seen from a row. */
export function plageSet(rt: Runtime, plage: CorePlage, row: Row, within: { readonly start: Minute; readonly end: Minute }): TimeSet {
  rt.clock?.reads(plage);
  switch (plage.kind) {
    // Of an hour or a day, it is sooner found again than remembered.
    case 'recurring': return within.end - within.start <= SHORT ? plage.set(within) : row.instance.session.cached(plage, `${within.start}-${within.end}`, () => plage.set(within));
    case 'oneDate': { const day = dayOf(plage.year, plage.month, plage.day) ?? 0; return intersect(span(startOfDay(day), startOfDay(day + 1)), span(within.start, within.end)); }
    case 'range': return intersect(span(instant(rt.of(plage.from)(row)), instant(rt.of(plage.to)(row))), span(within.start, within.end));
    case 'list': {
      const symbol = rt.program.lists.get(plage.list);
      const rows = row.instance.session.list(plage.list);
      if (!rows) {
        invariant(symbol !== undefined, `no list ${plage.list}`);
        throw missing(symbol, plage.list, row.instance.period.pointer);
      }
      const where = plage.where && rt.of(plage.where);
      const kept = rows.filter((item, rank) => item.end > within.start && item.start < within.end && (!where || truth(where(itemRow(row.instance, plage.list, item, rank)))));
      return intersect(fromSpans(kept.map((item): [number, number] => [item.start, item.end])), span(within.start, within.end));
    }
    case 'when': {
      const condition = rt.of(plage.condition);
      return row.instance.decided(plage, `${within.start}-${within.end}`, () => {
        const bounds = span(within.start, within.end);
        return fromSpans(slicesOf(bounds, plage.grain === 'jour' || plage.grain === 'heure' ? plage.grain : 'intervalle').filter((slice) => truth(condition(sliceRow(row.instance, plage.grain, slice)))).map((slice): [number, number] => [slice.start, slice.end]));
      });
    }
    case 'daysOf': {
      const wide = { start: startOfDay(dayAt(within.start)), end: startOfDay(dayAt(within.end - 1) + 1) };
      return intersect(touchedDays(plageSet(rt, plage.plage, row, wide)), span(within.start, within.end));
    }
    case 'named': return plageSet(rt, plage.plage, row, within);
    case 'cases': {
      for (const each of plage.rows) if (!each.when || truth(rt.of(each.when)(row))) return plageSet(rt, each.plage, row, within);
      return EMPTY;
    }
    case 'ou': return union(plageSet(rt, plage.left, row, within), plageSet(rt, plage.right, row, within));
    case 'et': return intersect(plageSet(rt, plage.left, row, within), plageSet(rt, plage.right, row, within));
    case 'sauf': return subtract(plageSet(rt, plage.left, row, within), plageSet(rt, plage.right, row, within));
  }
}

/** The occurrence of a season that a row is in, or touches. */
export function currentOccurrence(rt: Runtime, plage: CorePlage, row: Row): Slice {
  const set = (within: { start: Minute; end: Minute }): TimeSet => plageSet(rt, plage, row, within);
  const found = occurrence(set, row.start) ?? occurrence(set, row.end - 1);
  if (!found) throw new Absent(diagnostic('valeurs/absente', { name: plage.key, rate: rt.program.rate }));
  return found;
}

/** Whether a set of time is the same from every row of an instance. */
export function isFixed(plage: CorePlage): boolean {
  switch (plage.kind) {
    case 'recurring': case 'oneDate': return true;
    case 'range': return [plage.from, plage.to].every((edge) => edge.op === 'date' && edge.year !== undefined);
    // The condition of a list is asked of its own rows.
    case 'list': return true;
    case 'named': return !plage.own && isFixed(plage.plage);
    case 'daysOf': return isFixed(plage.plage);
    case 'ou': case 'et': case 'sauf': return isFixed(plage.left) && isFixed(plage.right);
    default: return false;
  }
}
