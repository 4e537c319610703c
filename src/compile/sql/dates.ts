/** Dates that a query can say: the first and last day of a period, a date of the text, a column, the day before's period. */
import { formatIsoDate, dayOf } from '../../calendar/day.ts';
import type { Core, ValueSymbol } from '../../check/core.ts';
import type { Column } from './places.ts';

/** A date of a row. `before`: the first day of the row before it, if that one ends within so many days; else `otherwise`. */
export type DateText =
  | { readonly kind: 'first' | 'last' | 'after' }
  | { readonly kind: 'day'; readonly iso: string }
  | { readonly kind: 'of-year'; readonly month: number; readonly day: number }
  | { readonly kind: 'column'; readonly key: string }
  | { readonly kind: 'before'; readonly days: number; readonly otherwise: DateText };

const MONTH = 30;

/** Whether a formula gives a date or an instant. */
export function isDate(core: Core): boolean {
  switch (core.op) {
    case 'date': case 'shiftDate': return true;
    case 'builtin': return core.name !== 'rang' && core.name !== 'tarif' && core.name !== 'jours' && core.name !== 'heures';
    case 'symbol': case 'measure': return core.symbol.kind.kind === 'date' || core.symbol.kind.kind === 'instant';
    case 'aggregate': return core.kind.kind === 'date' || core.kind.kind === 'instant';
    case 'default': return isDate(core.left) || isDate(core.right);
    case 'cases': return core.rows.some(({ value }) => isDate(value));
    case 'previousPeriod': case 'within': case 'apply': return isDate(core.operand);
    default: return false;
  }
}

/** The date of a core, or undefined when a query cannot say it. `column`: the column of a datum, or nothing when its presumed value stands for it. */
export function dateOf(core: Core, column: (symbol: ValueSymbol) => Column | 'unsayable' | undefined): DateText | undefined {
  switch (core.op) {
    case 'builtin': return core.name === 'premier_jour' || core.name === 'début' ? { kind: 'first' } : core.name === 'dernier_jour' ? { kind: 'last' } : core.name === 'fin' ? { kind: 'after' } : undefined;
    case 'date': {
      if (core.minutes !== undefined || (core.month === 2 && core.day > 28)) return undefined;
      if (core.year === undefined) return { kind: 'of-year', month: core.month, day: core.day };
      const day = dayOf(core.year, core.month, core.day);
      return day === undefined ? undefined : { kind: 'day', iso: formatIsoDate(day) };
    }
    case 'symbol': {
      const { symbol } = core;
      if (symbol.grain !== 'période' && symbol.grain !== 'constante') return undefined;
      if (symbol.role === 'data') {
        const found = column(symbol);
        if (found === 'unsayable') return undefined;
        return found ? { kind: 'column', key: found.key } : symbol.data?.presumed && dateOf(symbol.data.presumed, column);
      }
      return symbol.value && !symbol.original ? dateOf(symbol.value, column) : undefined;
    }
    case 'default': {
      const { left } = core;
      // Periods do not overlap: of those before, the last began last.
      if (left.op !== 'aggregate' || left.operator !== 'maximum' || left.largest !== undefined || left.where || left.operand.op !== 'builtin' || left.operand.name !== 'premier_jour' || left.rows.kind !== 'periods' || left.rows.path.length > 0) return undefined;
      const { window } = left.rows;
      if (window.kind !== 'months' || !window.previous) return undefined;
      const otherwise = dateOf(core.right, column);
      return otherwise && { kind: 'before', days: window.count * MONTH, otherwise };
    }
    default: return undefined;
  }
}
