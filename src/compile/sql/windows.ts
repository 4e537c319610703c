/** Windows on the past that a query can say: which earlier rows of the same customer, and what is taken of them. */
import { formatIsoDate, dayOf } from '../../calendar/day.ts';
import type { Core, CorePlage, PeriodWindow } from '../../check/core.ts';

/** Rows of a customer up to the billed one, itself included unless `before`. */
export interface Frame {
  /** Those that end less than so many days before the end of the row; or so many rows; or all. */
  readonly reach: { readonly kind: 'days' | 'rows'; readonly count: number } | { readonly kind: 'all' };
  readonly before: boolean;
  /** Only those wholly in some seasons, or that touch one of them. */
  readonly seasons: { readonly entirely: boolean; readonly among: readonly number[] } | undefined;
  readonly since: string | undefined;
}

const MONTH = 30;
/** Days. */
const FARTHEST = 750;

/** `seasons`: of a plage, which seasons make it up; undefined when it is not made of whole days that come back. */
export function frameOf(window: PeriodWindow, seasons: (plage: CorePlage) => readonly number[] | undefined): Frame | undefined {
  switch (window.kind) {
    // Which rows end after a date that depends on the first day of the billed one is not a frame that SQL has.
    case 'months': return window.previous ? undefined : { reach: { kind: 'days', count: window.count * MONTH }, before: false, seasons: undefined, since: undefined };
    case 'count': return { reach: Number.isFinite(window.count) ? { kind: 'rows', count: window.count } : { kind: 'all' }, before: window.previous, seasons: undefined, since: undefined };
    case 'filtered': {
      const inner = frameOf(window.of, seasons);
      const among = seasons(window.plage);
      // Farther back, the calendar of the query does not say in which seasons days were.
      return inner && !inner.seasons && among && inner.reach.kind === 'days' && inner.reach.count <= FARTHEST ? { ...inner, seasons: { entirely: window.entirely, among } } : undefined;
    }
    case 'since': {
      if (window.date.op !== 'date' || window.date.year === undefined || window.date.minutes !== undefined) return undefined;
      const day = dayOf(window.date.year, window.date.month, window.date.day);
      return day === undefined ? undefined : { reach: { kind: 'all' }, before: false, seasons: undefined, since: formatIsoDate(day) };
    }
    case 'season': return undefined;
  }
}

export type Aggregate = Extract<Core, { op: 'aggregate' }>;

/** Whether a condition on past periods holds for all of them or none, all having been billed at one rate; undefined when it asks something else. */
export function holdsAt(where: Core | undefined, rate: string): boolean | undefined {
  if (!where) return true;
  if (where.op === 'among' && where.operand.op === 'builtin' && where.operand.name === 'tarif') return where.choices.includes(rate);
  if (where.op !== 'compare' || where.left.op !== 'builtin' || where.left.name !== 'tarif' || (where.right.op !== 'choice' && where.right.op !== 'text')) return undefined;
  const same = where.right.value === rate;
  return where.sign === '=' ? same : where.sign === '≠' ? !same : undefined;
}
