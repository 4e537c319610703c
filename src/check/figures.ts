/**
 * Figures: what a printed text says in numbers, and what a block writes in numbers, in one form so that they can be compared. A figure
 * is a quantity with its unit, a date, a rank (`2e`), or a count of things.
 */
import { equals, fromInteger, multiply, ONE, parseExact, toFraction, type Exact } from '../quantity/exact.ts';
import { formatDims, NONE, parseUnit, sameDims, type Unit } from '../quantity/unit.ts';

/** What a number counts. */
export type Measure =
  | { readonly kind: 'unit'; readonly unit: Unit; /** As written: `$/kWh` and `$/kW/h` are one unit, but not one price. */ readonly text?: string }
  /** Periods of consumption: neither months nor days. */
  | { readonly kind: 'periods' }
  /** Things that are no unit: `2 options`. */
  | { readonly kind: 'things' }
  /** Nothing said: a cell of a table, a term of a formula. */
  | { readonly kind: 'none' };

export type Figure =
  | { readonly kind: 'quantity'; readonly value: Exact; readonly measure: Measure }
  | { readonly kind: 'date'; readonly day: number | undefined; readonly month: number | undefined; readonly year: number | undefined }
  | { readonly kind: 'rank'; readonly rank: number };

/** In base units. */
const inBase = (value: Exact, unit: Unit): Exact => multiply(value, unit.factor);

export const quantity = (value: Exact, measure: Measure): Figure => ({ kind: 'quantity', value, measure });
export const inUnit = (value: Exact, unit: string): Figure => { const known = parseUnit(unit); return quantity(value, known ? { kind: 'unit', unit: known, text: unit } : { kind: 'things' }); };
export const bare = (value: number): Figure => quantity(fromInteger(value), { kind: 'unit', unit: NONE });

/**
 * Whether a printed figure and a figure of a block say the same. The rules, and there are no others:
 * 1. Equal quantities of one unit, or of decimal multiples of it (`1,2 MW` and `1 200 kW`, `¢` and `$`, `%` and a fraction of 1, minutes and
 *    hours). Hours, days, months and years never meet; a printed month is one of 30 days or one of the calendar, as the block says.
 * 2. What a price or a quantity is divided by may be said elsewhere in the sentence: `5,369 $ le kilowatt` is `5,369 $/kW/mois`. The
 *    printed divisors must be among the block's.
 * 3. A number printed without a unit (a table, a formula) is any quantity of the block written with that number.
 * 4. A rank (`3e`), a count of things, or of periods of consumption, is a number of the block without unit; periods are also months or a window's count.
 * 5. A date is the same day; a year that one of the two does not say is not compared. A year alone is the number of that year.
 */
export function same(printed: Figure, written: Figure): boolean {
  if (printed.kind === 'date' || written.kind === 'date') {
    if (printed.kind === 'date' && printed.day === undefined && printed.month === undefined && written.kind === 'quantity') return isBare(written.measure) && equals(written.value, fromInteger(printed.year ?? 0));
    return printed.kind === 'date' && written.kind === 'date' && printed.day === written.day && printed.month === written.month
      && (printed.year === written.year || (printed.day !== undefined && (printed.year === undefined || written.year === undefined)));
  }
  if (printed.kind === 'rank') return written.kind === 'rank' ? printed.rank === written.rank : isBare(written.measure) && equals(written.value, fromInteger(printed.rank));
  if (written.kind === 'rank') return false;
  const [a, b] = [printed.measure, written.measure];
  if (a.kind === 'none') return equals(printed.value, written.value) || (b.kind === 'unit' && equals(printed.value, inBase(written.value, b.unit)));
  if (b.kind === 'none') return equals(printed.value, written.value);
  if (a.kind === 'things') return (b.kind === 'things' || (b.kind === 'unit' && b.unit.dims.size === 0 && equals(b.unit.factor, ONE))) && equals(printed.value, written.value);
  if (a.kind === 'periods') return equals(printed.value, written.value) && (b.kind === 'periods' || b.kind === 'things' || (b.kind === 'unit' && equals(b.unit.factor, ONE) && (b.unit.dims.size === 0 || isMonths(b.unit))));
  if (b.kind === 'periods') return isMonths(a.unit) && equals(printed.value, written.value);
  if (b.kind === 'things') return a.unit.dims.size === 0 && equals(a.unit.factor, ONE) && equals(printed.value, written.value);
  if (b.text?.includes('kWh') && a.unit.dims.has('kW') && !a.unit.dims.has('h')) return false;
  return equals(inBase(printed.value, a.unit), inBase(written.value, b.unit)) && divides(a.unit.dims, b.unit.dims);
}
const isBare = (measure: Measure): boolean => measure.kind === 'things' || measure.kind === 'none' || (measure.kind === 'unit' && measure.unit.dims.size === 0 && equals(measure.unit.factor, ONE));
const isMonths = (unit: Unit): boolean => sameDims(unit.dims, MONTH);
const MONTH: Unit['dims'] = new Map([['mois', 1]]);

/** Whether the second is the first, divided by more or by nothing. */
function divides(printed: Unit['dims'], written: Unit['dims']): boolean {
  const calendar = printed.has('mois') && !written.has('mois') && written.has('mois civil');
  for (const [name, exponent] of printed) if ((written.get(calendar && name === 'mois' ? 'mois civil' : name) ?? 0) !== exponent) return false;
  for (const [name, exponent] of written) if (!printed.has(name) && exponent > 0 && !(calendar && name === 'mois civil')) return false;
  return printed.size > 0 || written.size === 0;
}

/** Whether two figures that differ look like one figure changed: the same kind, the same unit. */
export function comparable(printed: Figure, written: Figure): boolean {
  if (printed.kind !== written.kind) return false;
  if (printed.kind !== 'quantity' || written.kind !== 'quantity') return true;
  const [a, b] = [printed.measure, written.measure];
  if (a.kind === 'unit' && b.kind === 'unit') return divides(a.unit.dims, b.unit.dims);
  if (a.kind === 'periods') return b.kind === 'periods' || (b.kind === 'unit' && (b.unit.dims.size === 0 || isMonths(b.unit)));
  return a.kind === 'none' || (b.kind === 'unit' && b.unit.dims.size === 0) || a.kind === b.kind;
}

/** One text a figure: two figures that say the same have the same key, for counting each once. */
export function keyOf(figure: Figure): string {
  if (figure.kind === 'date') return `date ${figure.day ?? ''}/${figure.month ?? ''}/${figure.year ?? ''}`;
  if (figure.kind === 'rank') return `rang ${figure.rank}`;
  const { value, measure } = figure;
  const shown = measure.kind === 'unit' ? inBase(value, measure.unit) : value;
  return `${toFraction(shown)} ${measure.kind === 'unit' ? formatDims(measure.unit.dims, 'fr') : measure.kind}`;
}

/** A plain number as French prints it → its value. */
export const numberOf = (text: string): Exact | undefined => parseExact(text.replace(/[\s\u00A0\u202F]/g, '').replace(',', '.').replace('−', '-'));
