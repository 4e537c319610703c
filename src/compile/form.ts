/**
 * The form of a case: all that it says but its numbers. Cases of one form have their numbers at the same places, and differ by them
 * alone: one tree of recordings serves them all.
 */
import type { Series } from '../calendar/series.ts';
import type { CaseInput, ListRow, PeriodData, Reading, Value } from '../evaluate/case.ts';
import type { Exact } from '../quantity/exact.ts';

/** Where a number stands in a case. */
export interface Slot {
  /** `énergie`, or `puissance_maximale_appelée` of a period of the past. */
  readonly name: string;
  /** How many periods ago; 0 for the period that is billed. */
  readonly back: number;
  readonly kind: 'fact' | 'measure' | 'row' | 'step' | 'reading' | 'state';
  /** In a list, in steps or in readings: which row. */
  readonly rank: number;
}

/** What stands in the place of each number and each series. */
export interface Places {
  readonly number: (value: Exact, slot: Slot) => Exact;
  readonly series: (series: Series, name: string, back: number) => Series;
}

/** A case with something else in the place of its numbers. */
export function refill(input: CaseInput, places: Places): CaseInput {
  const value = (each: Value, slot: Slot): Value => (typeof each === 'object' ? places.number(each, slot) : each);
  const mapped = <T, U>(map: ReadonlyMap<string, T>, change: (each: T, name: string) => U): Map<string, U> => {
    const made = new Map<string, U>();
    for (const [name, each] of map) made.set(name, change(each, name));
    return made;
  };
  const listRow = (row: ListRow, back: number, rank: number): ListRow => ({ ...row, fields: mapped(row.fields, (each, name) => value(each, { name, back, kind: 'row', rank })) });
  const period = (each: PeriodData, back: number): PeriodData => ({
    ...each,
    facts: mapped(each.facts, (fact, name) => value(fact, { name, back, kind: 'fact', rank: 0 })),
    measures: mapped(each.measures, (measure, name) => places.number(measure, { name, back, kind: 'measure', rank: 0 })),
    lists: mapped(each.lists, (rows) => rows.map((row, rank) => listRow(row, back, rank))),
    steps: mapped(each.steps, (steps, name) => steps.map((step, rank) => ({ ...step, value: value(step.value, { name, back, kind: 'step', rank }) }))),
    series: mapped(each.series, (series, name) => places.series(series, name, back)),
  });
  const reading = (each: Reading, rank: number): Reading => ({ ...each, measures: mapped(each.measures, (measure, name) => places.number(measure, { name, back: 0, kind: 'reading', rank })) });
  return {
    ...input, period: period(input.period, 0), history: input.history.map((each, index) => period(each, input.history.length - index)), readings: input.readings.map(reading),
    state: mapped(input.state, (each, name) => value(each, { name, back: 0, kind: 'state', rank: 0 })),
  };
}

/** The numbers of a case, in the order of their places, and a text that is the same for all cases of its form. */
export interface FormOf { readonly key: string; readonly numbers: readonly Exact[]; readonly slots: readonly Slot[]; readonly series: readonly Series[] }

export function formOf(input: CaseInput): FormOf {
  const numbers: Exact[] = [];
  const slots: Slot[] = [];
  const series: Series[] = [];
  refill(input, {
    number: (value, slot) => { numbers.push(value); slots.push(slot); return value; },
    series: (each) => { series.push(each); return each; },
  });
  return { key: keyOf(input), numbers, slots, series };
}

/** All that a case says but its numbers, as text. */
function keyOf(input: CaseInput): string {
  const value = (each: Value): unknown => (typeof each === 'object' ? '#' : typeof each === 'number' ? { at: each } : each);
  const entries = <T>(map: ReadonlyMap<string, T>, change: (each: T) => unknown): unknown => [...map].map(([name, each]) => [name, change(each)]);
  const period = (each: PeriodData): unknown => [
    each.start, each.end, each.rate, each.pointer, entries(each.facts, value), [...each.measures.keys()], entries(each.lists, (rows) => rows.map((row) => [row.start, row.end, entries(row.fields, value)])),
    entries(each.steps, (steps) => steps.map((step) => [step.from, value(step.value)])), entries(each.series, (one) => [one.start, one.step, one.values.length]),
  ];
  return JSON.stringify([input.rate, input.options, period(input.period), input.history.map(period), input.readings.map((each) => [each.at, [...each.measures.keys()]]), entries(input.state, value), input.asked]);
}
