/** Gathers finer rows: which rows, then their sum, their largest, their mean. */
import { aligned, firstGap } from '../calendar/series.ts';
import { contains, equals as sameSet, isEmpty, length, span, splitByDay, type TimeSet } from '../calendar/timeset.ts';
import { instantToLocal, localToInstant, startOfDay } from '../calendar/zone.ts';
import { type AggregateOperator, type Core, type Restriction, type RowSource } from '../check/core.ts';
import { isTimeGrain } from '../check/types.ts';
import { diagnostic } from '../diagnostics/diagnostic.ts';
import { ZERO, add, compare, divide, fromInteger, maximum, minimum, multiply, type Exact } from '../quantity/exact.ts';
import { invariant } from '../support/invariant.ts';
import { type Value } from './case.ts';
import { columnOf } from './columns.ts';
import { foldSeries } from './measures.ts';
import { applyRestriction, isFixed, restricted } from './plages.ts';
import type { Evaluate, Runtime} from './runtime.ts';
import { exact, instant, truth } from './runtime.ts';
import type { Row} from './session.ts';
import { itemRow, sliceRow } from './session.ts';
import { stepOf } from './sheets.ts';
import { Absent } from './stop.ts';
import { missing, rowsWithin } from './symbols.ts';
import { periodsOf } from './windows.ts';

export function aggregate(rt: Runtime, core: Extract<Core, { op: 'aggregate' }>): Evaluate {
  const operand = rt.of(core.operand);
  const where = core.where && rt.of(core.where);
  const { operator, rows: source, name, largest } = core;
  const simple = largest === undefined && core.operand.op === 'symbol' && core.operand.symbol.role === 'data' && !where && source.kind === 'finer' && isTimeGrain(source.grain) ? core.operand.symbol : undefined;
  // By column when each value is a plain quantity of its interval.
  const columnar = largest === undefined && !where && source.kind === 'finer' && (source.grain === 'intervalle' || source.grain === 'heure') && core.operand.op !== 'boolean' && core.kind.kind === 'quantity' ? source.grain : undefined;
  const absent = (): Absent => new Absent(diagnostic('valeurs/absente', { name, rate: rt.program.rate }));
  return (row) => {
    if (simple && source.kind === 'finer' && foldable(operator) && row.instance.hasSeries(simple.name)) {
      const inner = restricted(rt, row, source.path);
      if (isEmpty(inner.set)) return emptyValue(operator, absent);
      const series = row.instance.series(simple.name, inner.set);
      if (series && aligned(series, inner.set) && (operator === 'cumul' || operator === 'somme' || series.step <= stepOf(source.grain))) return foldSeries(series, inner.set, operator);
    }
    if (columnar && source.kind === 'finer' && foldable(operator) && row.instance.anySeries) {
      const inner = restricted(rt, row, source.path);
      if (isEmpty(inner.set)) return emptyValue(operator, absent);
      const column = columnOf(rt, core.operand, columnar, row.instance);
      if (column && firstGap(column, inner.set) === undefined && aligned(column, inner.set)) return foldSeries(column, inner.set, operator);
    }
    const values: Value[] = [];
    const hours: Exact[] = [];
    for (const each of where ? filteredRows(rt, source, row, where, core.filterFirst) : rowsOf(rt, source, row)) {
      values.push(operand(each));
      if (operator === 'cumul') hours.push(divide(fromInteger(length(each.set)), fromInteger(60)));
    }
    if (largest !== undefined) keepLargest(values, hours, largest);
    return reduceValues(operator, values, hours, core.kind.kind === 'instant' || core.kind.kind === 'date', absent);
  };
}

/** Leaves only so many of the largest values, each with its hours. */
function keepLargest(values: Value[], hours: Exact[], count: number): void {
  const order = values.map((_, index) => index).sort((a, b) => compare(exact(values[b] ?? ZERO), exact(values[a] ?? ZERO))).slice(0, count);
  const kept = order.map((index) => ({ value: values[index] ?? ZERO, hours: hours[index] }));
  values.splice(0, values.length, ...kept.map(({ value }) => value));
  hours.splice(0, hours.length, ...kept.flatMap((each) => each.hours ?? []));
}

/** Nothing adds up to 0; nothing has no mean and no smallest value. */
function emptyValue(operator: AggregateOperator, absent: () => Absent): Exact {
  if (operator === 'minimum' || operator === 'moyenne') throw absent();
  return ZERO;
}
const foldable = (operator: AggregateOperator): operator is 'somme' | 'cumul' | 'maximum' | 'minimum' | 'moyenne' => operator !== 'nombre' && operator !== 'moyenne sans extrêmes';

/** The rows that a condition keeps; « sur les 12 périodes précédentes où … » are the last 12 of those that it keeps. */
function filteredRows(rt: Runtime, source: RowSource, row: Row, where: Evaluate, filterFirst: boolean): Row[] {
  const counted = filterFirst && source.kind === 'periods' && source.window.kind === 'count' ? source.window : undefined;
  const all = counted && source.kind === 'periods' ? { ...source, window: { ...counted, count: Infinity } } : source;
  const kept = [...rowsOf(rt, all, row)].filter((each) => truth(where(each)));
  return counted ? kept.slice(-counted.count) : kept;
}

function reduceValues(operator: AggregateOperator, values: readonly Value[], hours: readonly Exact[], dated: boolean, absent: () => Absent): Value {
  switch (operator) {
    case 'nombre': return fromInteger(values.filter((value) => value !== false).length);
    case 'somme': return values.reduce<Exact>((sum, value) => add(sum, exact(value)), ZERO);
    case 'cumul': return values.reduce<Exact>((sum, value, index) => add(sum, multiply(exact(value), hours[index] ?? ZERO)), ZERO);
    case 'maximum':
      if (values.some((value) => typeof value === 'number')) return Math.max(...values.map(instant));
      if (values.length === 0 && dated) throw absent();
      if (values.length === 0) return ZERO;
      return values.map(exact).reduce(maximum);
    case 'minimum':
      if (values.length === 0) throw absent();
      if (values.some((value) => typeof value === 'number')) return Math.min(...values.map(instant));
      return values.map(exact).reduce(minimum);
    case 'moyenne': {
      if (values.length === 0) throw absent();
      return divide(values.reduce<Exact>((sum, value) => add(sum, exact(value)), ZERO), fromInteger(values.length));
    }
    case 'moyenne sans extrêmes': {
      if (values.length < 3) throw absent();
      const sorted = values.map(exact).sort(compare).slice(1, -1);
      return divide(sorted.reduce<Exact>((sum, value) => add(sum, value), ZERO), fromInteger(sorted.length));
    }
  }
}

function* rowsOf(rt: Runtime, source: RowSource, row: Row): Iterable<Row> {
  switch (source.kind) {
    case 'finer': {
      if (source.grain.startsWith('liste:')) {
        yield* listRows(rt, source.grain.slice(6), row, source.path);
        return;
      }
      const inner = restricted(rt, row, source.path);
      invariant(isTimeGrain(source.grain), 'an aggregate gathers finer rows');
      yield* rowsWithin(rt, source.grain, inner);
      return;
    }
    case 'periods':
      for (const index of periodsOf(rt, source.window, row)) {
        const other = index === row.instance.index ? row.instance : row.instance.session.instance(row.instance.runtime, index);
        yield restricted(rt, other.root, source.path);
      }
      return;
    case 'previousDays': yield* previousDays(rt, source, row); return;
    case 'daysOfPeriod': yield* daysOfPeriod(rt, source, row); return;
    case 'previousRows': {
      const rows = row.instance.session.list(source.list) ?? [];
      const at = rows.findIndex((each) => each === row.item);
      for (let rank = 0; rank < at; rank++) { const item = rows[rank]; if (item) yield itemRow(row.instance, source.list, item, rank); }
      return;
    }
  }
}

/** The rows of a list that start within a row; those of the period's own for a list without time. */
export function* listRows(rt: Runtime, list: string, row: Row, path: readonly Restriction[]): Iterable<Row> {
  const symbol = rt.program.lists.get(list);
  invariant(symbol !== undefined, `no list ${list}`);
  if (symbol.data?.sort === 'list') {
    const rows = row.instance.period.lists.get(list) ?? row.instance.session.input.period.lists.get(list);
    if (!rows) throw missing(symbol, list, row.instance.period.pointer);
    for (const [rank, item] of rows.entries()) yield { ...row, grain: `liste:${list}`, item, rank };
    return;
  }
  const rows = row.instance.session.list(list);
  if (!rows) throw missing(symbol, list, row.instance.period.pointer);
  const inner = restricted(rt, row, path);
  let rank = 0;
  for (const item of rows) {
    if (contains(row.set, item.start)) {
      if (contains(inner.set, item.start)) yield itemRow(row.instance, list, item, rank);
      rank++;
    }
  }
}

/** The same clock hours on each day of the period, of those that the path keeps; a repeated hour counts twice, a missing one not at all. */
function* daysOfPeriod(rt: Runtime, source: Extract<RowSource, { kind: 'daysOfPeriod' }>, row: Row): Iterable<Row> {
  const { minute } = instantToLocal(row.start);
  const { period } = row.instance;
  for (const { start: first } of splitByDay(span(period.start, period.end))) {
    const { day } = instantToLocal(first);
    const whole = span(startOfDay(day), startOfDay(day + 1));
    if (!keepsDay(rt, source, row, day, whole)) continue;
    for (const start of localToInstant(day, minute).instants) {
      const end = start + (row.end - row.start);
      if (start >= period.start && end <= period.end) yield sliceRow(row.instance, row.grain, { start, end });
    }
  }
}

/** The same clock hours on the N days before, of those that the path keeps. */
function* previousDays(rt: Runtime, source: Extract<RowSource, { kind: 'previousDays' }>, row: Row): Iterable<Row> {
  const from = instantToLocal(row.start);
  let left = source.count;
  for (let day = from.day - 1; left > 0 && day > from.day - 400; day--) {
    const whole = span(startOfDay(day), startOfDay(day + 1));
    if (!keepsDay(rt, source, row, day, whole)) continue;
    left--;
    const start = localToInstant(day, from.minute).instants[0] ?? startOfDay(day) + from.minute;
    const end = start + (row.end - row.start);
    yield sliceRow(row.instance, row.grain, { start, end });
  }
  if (left > 0) throw new Absent(diagnostic('valeurs/absente', { name: `les ${source.count} jours précédents`, rate: rt.program.rate }));
}

/** Whether a path keeps a day whole. Each hour of a period asks it of the same days: one answer serves all the rows, when it is the same from all. */
function keepsDay(rt: Runtime, source: Extract<RowSource, { kind: 'daysOfPeriod' | 'previousDays' }>, row: Row, day: number, whole: TimeSet): boolean {
  const kept = (): boolean => sameSet(source.path.reduce((set, each) => applyRestriction(rt, each, row, set), whole), whole);
  let known = row.instance.keptDays.get(source);
  if (!known) row.instance.keptDays.set(source, (known = source.path.every(({ plage }) => isFixed(plage)) ? new Map() : 'par rangée'));
  if (known === 'par rangée') return kept();
  let keeps = known.get(day);
  if (keeps === undefined) known.set(day, (keeps = kept()));
  return keeps;
}
