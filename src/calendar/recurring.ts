/** A recurring set as data: from it the set is made, in this process or in another that kept a checked program. */
import { clockHours, datesOfYear, easterOffset, monthOf, singleDate, weekdays, weekdaySpan, type Recurring } from './calendarSet.ts';
import { EMPTY, intersect, subtract, union } from './timeset.ts';

interface MonthDay { readonly month: number; readonly day: number }

/** Days of the week are Monday 1 to Sunday 7; hours are minutes since midnight. */
export type RecurringShape =
  | { readonly kind: 'never' }
  | { readonly kind: 'dates'; readonly from: MonthDay; readonly to: MonthDay }
  | { readonly kind: 'date'; readonly month: number; readonly day: number; readonly evenYears: boolean }
  | { readonly kind: 'month'; readonly month: number }
  /** Easter Sunday, or so many days from it. */
  | { readonly kind: 'easter'; readonly offset: number }
  | { readonly kind: 'hours'; readonly from: number; readonly to: number }
  | { readonly kind: 'weekdays'; readonly from: number; readonly to: number }
  | { readonly kind: 'weekdayHours'; readonly from: number; readonly fromMinute: number; readonly to: number; readonly toMinute: number }
  | { readonly kind: 'ou' | 'et' | 'sauf'; readonly left: RecurringShape; readonly right: RecurringShape };

const made = new WeakMap<RecurringShape, Recurring>();

/** The set of a shape, made once: it remembers its years. */
export function recurringOf(shape: RecurringShape): Recurring {
  const known = made.get(shape);
  if (known) return known;
  const set = make(shape);
  made.set(shape, set);
  return set;
}

function make(shape: RecurringShape): Recurring {
  switch (shape.kind) {
    case 'never': return () => EMPTY;
    case 'dates': return datesOfYear(shape.from, shape.to);
    case 'date': return singleDate(shape.month, shape.day, shape.evenYears);
    case 'month': return monthOf(shape.month);
    case 'easter': return easterOffset(shape.offset);
    case 'hours': return clockHours(shape.from, shape.to);
    case 'weekdays': return weekdays(shape.from, shape.to);
    case 'weekdayHours': return weekdaySpan(shape.from, shape.fromMinute, shape.to, shape.toMinute);
    case 'ou': case 'et': case 'sauf': {
      const combine = shape.kind === 'ou' ? union : shape.kind === 'et' ? intersect : subtract;
      const [left, right] = [recurringOf(shape.left), recurringOf(shape.right)];
      return (within) => combine(left(within), right(within));
    }
  }
}
