/** Sets of time of the surface language → recurring sets, spans of the case, conditions. */
import { recurringOf, type RecurringShape } from '../calendar/recurring.ts';
import { compare, fromInteger, multiply, sign, type Exact } from '../quantity/exact.ts';
import { dimsKey } from '../quantity/unit.ts';
import { assertNever } from '../support/assertNever.ts';
import { nearestName } from '../support/nearestName.ts';
import type { Identifier, PlageExpr } from '../syntax/nodes.ts';
import type { Core, CorePlage } from './core.ts';
import { textOf, type Elaborator, type Standing } from './elaborate.ts';
import type { Entry } from './scope.ts';
import { isTimeGrain, type Grain } from './types.ts';

const recurring = (shape: RecurringShape, wholeDays: boolean, key: string): CorePlage => ({ kind: 'recurring', shape, set: recurringOf(shape), wholeDays, key });
const NOTHING = recurring({ kind: 'never' }, true, '');

const inProgress = new WeakMap<Elaborator, Set<Entry>>();
const named = new WeakMap<Elaborator, Map<Entry, CorePlage>>();

export function elaboratePlage(e: Elaborator, node: PlageExpr, standing: Standing): CorePlage {
  const key = textOf(node.span);
  switch (node.kind) {
    case 'dates': {
      const { from, to } = node;
      if (from.year !== undefined || from.minutes !== undefined || to.year !== undefined || to.minutes !== undefined) {
        return { kind: 'range', from: dateCore(from), to: to.minutes === undefined ? dayAfter(dateCore(to)) : dateCore(to), key };
      }
      return recurring({ kind: 'dates', from: monthDay(from), to: monthDay(to) }, true, key);
    }
    case 'singleDate':
      if (node.date.year !== undefined) return { kind: 'oneDate', year: node.date.year, month: node.date.month, day: node.date.day, key };
      return recurring({ kind: 'date', ...monthDay(node.date), evenYears: node.evenYears }, true, key);
    case 'monthOf': return recurring({ kind: 'month', month: node.month }, true, key);
    case 'weekdays':
      if (node.from.minutes === undefined && node.to.minutes === undefined) return recurring({ kind: 'weekdays', from: node.from.weekday, to: node.to.weekday }, true, key);
      return recurring({ kind: 'weekdayHours', from: node.from.weekday, fromMinute: node.from.minutes ?? 0, to: node.to.weekday, toMinute: node.to.minutes ?? 1440 }, false, key);
    case 'easter': return recurring({ kind: 'easter', offset: node.offset }, true, key);
    case 'range': return range(e, node, standing, key);
    case 'when': {
      const condition = e.condition(node.condition, { ...standing, grain: 'intervalle' });
      const grain: Grain = isTimeGrain(condition.grain) ? condition.grain : 'intervalle';
      return { kind: 'when', condition: condition.core, grain, key };
    }
    case 'daysOf': return { kind: 'daysOf', plage: elaboratePlage(e, node.plage, standing), key };
    case 'plageName': return byName(e, node, standing, key);
    case 'plageBinary': {
      const left = elaboratePlage(e, node.left, standing);
      const right = elaboratePlage(e, node.right, standing);
      if (left.kind === 'recurring' && right.kind === 'recurring') return recurring({ kind: node.operator, left: left.shape, right: right.shape }, left.wholeDays && right.wholeDays, key);
      return { kind: node.operator, left, right, key };
    }
    default: return assertNever(node);
  }
}

const monthDay = ({ month, day }: { month: number; day: number }): { month: number; day: number } => ({ month, day });
const dateCore = (date: { year: number | undefined; month: number; day: number; minutes: number | undefined }): Core => ({ op: 'date', year: date.year, month: date.month, day: date.day, minutes: date.minutes });
const dayAfter = (date: Core): Core => ({ op: 'shiftDate', date, amount: { op: 'constant', value: fromInteger(1) }, unit: 'jour', sign: 1 });

/** Between two hours of the clock, or between two instants. */
function range(e: Elaborator, node: Extract<PlageExpr, { kind: 'range' }>, standing: Standing, key: string): CorePlage {
  const from = e.expr(node.from, standing);
  const to = e.expr(node.to, standing);
  const hour = (kind: typeof from): number | undefined => {
    if (kind.kind.kind !== 'quantity' || dimsKey(kind.kind.dims) !== 'h' || kind.core.op !== 'constant') return undefined;
    return minutesOf(kind.core.value);
  };
  const [start, end] = [hour(from), hour(to)];
  if (start !== undefined && end !== undefined) return recurring({ kind: 'hours', from: start, to: end }, false, key);
  for (const [typed, expr] of [[from, node.from], [to, node.to]] as const) {
    if (typed.kind.kind !== 'instant' && typed.kind.kind !== 'date' && typed.kind.kind !== 'error') {
      e.report('types/attendu', { found: textOf(expr.span), expected: 'une heure du jour ou un instant' }, expr.span, standing.article);
      return NOTHING;
    }
  }
  return { kind: 'range', from: from.core, to: to.core, key };
}

/** Hours → minutes, when they are whole minutes of a day. */
function minutesOf(hours: Exact): number | undefined {
  const minutes = multiply(hours, fromInteger(60));
  if (sign(minutes) < 0 || compare(minutes, fromInteger(1440)) > 0 || minutes.n % minutes.d !== 0n) return undefined;
  return Number(minutes.n / minutes.d);
}

function byName(e: Elaborator, node: Extract<PlageExpr, { kind: 'plageName' }>, standing: Standing, key: string): CorePlage {
  const entry = e.scope.lookup(node.name, standing.article);
  if (entry?.source.kind === 'data' && entry.source.statement.sort.kind === 'spans') {
    e.symbol(entry);
    const where = node.where && e.condition(node.where, { ...standing, grain: `liste:${entry.name}` });
    return { kind: 'list', list: entry.name, where: where?.core, key };
  }
  if (entry?.source.kind !== 'plage') {
    if (!e.isBroken(node.name)) {
      const names = [...e.scope.entries.values()].filter((candidate) => candidate.source.kind === 'plage' || (candidate.source.kind === 'data' && candidate.source.statement.sort.kind === 'spans')).map((candidate) => candidate.name);
      if (entry) e.report('noms/pas-une-plage', { name: node.name, nearest: undefined }, node.span, standing.article);
      else e.report('noms/pas-une-plage', { name: node.name, nearest: nearestName(node.name, names) }, node.span, standing.article);
    }
    return NOTHING;
  }
  return plageOf(e, entry);
}

/** The set that a name stands for, worked out once. */
export function plageOf(e: Elaborator, entry: Entry): CorePlage {
  const known = named.get(e) ?? new Map<Entry, CorePlage>();
  named.set(e, known);
  const found = known.get(entry);
  if (found) return found;
  const open = inProgress.get(e) ?? new Set<Entry>();
  inProgress.set(e, open);
  if (entry.source.kind !== 'plage') return NOTHING;
  if (open.has(entry)) {
    e.report('definitions/cycle', { path: [...[...open].map((each) => each.name), entry.name].join(' → ') }, entry.origin.span, entry.origin.article);
    return NOTHING;
  }
  open.add(entry);
  const { statement } = entry.source;
  const grain = e.grainOf(statement.sheet, entry.origin.home, 'période');
  const standing: Standing = { article: entry.origin.home, grain, replacing: undefined };
  const rows = statement.rows.map((row) => {
    let when: Core | undefined;
    for (const guard of row.guards) {
      if (guard.kind === 'si') {
        const condition = e.condition(guard.condition, standing).core;
        when = when ? { op: 'and', left: when, right: condition } : condition;
      } else if (guard.kind !== 'sinon') e.report('cas/melange', {}, guard.span, entry.origin.home);
    }
    return { when, plage: elaboratePlage(e, row.plage, standing) };
  });
  open.delete(entry);
  const only = rows[0];
  const inner: CorePlage = rows.length === 1 && only && !only.when ? only.plage : { kind: 'cases', rows, key: entry.name };
  const made: CorePlage = inner.kind === 'recurring' ? { ...inner, key: entry.name } : { kind: 'named', name: entry.name, plage: inner, own: grain.startsWith('liste:'), key: entry.name };
  known.set(entry, made);
  return made;
}

/** The whole current occurrence of a season. */
export function occurrencePlage(e: Elaborator, name: Identifier, standing: Standing): CorePlage {
  return elaboratePlage(e, { kind: 'plageName', name: name.name, where: undefined, span: name.span }, standing);
}
