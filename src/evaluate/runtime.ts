/**
 * A checked program → closures, made once and run many times. A formula is a function of the row where it is evaluated.
 */
import { addCivilMonths, civil, dayOf, weekday } from '../calendar/day.ts';
import type { Series } from '../calendar/series.ts';
import { contains, covers, intersect, isEmpty, span, type Slice, type TimeSet } from '../calendar/timeset.ts';
import { dayAt, formatLocalDateTime, instantToLocal, localToInstant, startOfDay, type Minute } from '../calendar/zone.ts';
import { type Core, type CorePlage, type CoreRow, type Program, type ValueSymbol } from '../check/core.ts';
import { isTimeGrain } from '../check/types.ts';
import { diagnostic } from '../diagnostics/diagnostic.ts';
import { ZERO, absolute, add, compare, divide, equals, floorTo, fromInteger, isZero, multiply, negate, roundTo, sign, subtract, type Exact } from '../quantity/exact.ts';
import type { Span } from '../source/file.ts';
import { assertNever } from '../support/assertNever.ts';
import { invariant } from '../support/invariant.ts';
import { aggregate } from './aggregates.ts';
import { type Value } from './case.ts';
import { columnOf } from './columns.ts';
import { readMeasure } from './measures.ts';
import { ARITHMETIC, HOLDS } from './operations.ts';
import { currentOccurrence, plageSet } from './plages.ts';
import type { Row} from './session.ts';
import { Instance, sliceRow } from './session.ts';
import { isEligible } from './conditions.ts';
import { entriesOf, entriesOfNamed } from './lines.ts';
import { Absent, Missing, Stop } from './stop.ts';
import { slicesOf, stepOf } from './sheets.ts';
import { readSymbol } from './symbols.ts';

export type Evaluate = (row: Row) => Value;

/** Told what is evaluated, by those who ask on which figures a bill depends. Formulas are then worked out row by row, never by column. */
export interface Watch {
  /** A figure, a date or an aggregate of the text is used. */
  readonly used: (at: Span) => void;
  /** A comparison is made between two values that are equal: its strictness decides. */
  readonly met: (at: Span) => void;
  /** How far two quantities that are compared are from each other: the left one less the right one. */
  readonly apart?: (at: Span, by: Exact) => void;
}

/**
 * Says how long a set of time is, where that is not a number but a place for one (`src/compile/sql`). A bill with such a clock is one
 * for many cases: its lines stay where they come to 0, and what it cites is beside the point.
 */
export interface Clock {
  readonly days: (set: TimeSet) => Exact;
  readonly hours: (set: TimeSet) => Exact;
  /** Told of each set of time before it is looked up; may throw. */
  readonly reads: (plage: CorePlage) => void;
}

/** A program made of closures. */
export class Runtime {
  readonly clock: Clock | undefined;
  private readonly compiled = new WeakMap<Core, Evaluate>();
  private readonly bySymbol: (Evaluate | undefined)[] = [];
  private readonly readers: (Evaluate | undefined)[] = [];

  /** Names of the data per interval, hour or day. */
  readonly timeData: readonly string[];

  constructor(readonly program: Program, readonly watch?: Watch) {
    this.timeData = [...program.symbols.values()].filter(({ role, grain }) => role === 'data' && isTimeGrain(grain) && grain !== 'partie').map(({ name }) => name);
  }

  /** The closure of a core, made once. */
  of(core: Core): Evaluate {
    let made = this.compiled.get(core);
    if (!made) {
      made = watched(this.watch, core, compile(this, core));
      this.compiled.set(core, made);
    }
    return made;
  }

  /** The closure that reads a symbol where one stands, made once. */
  reader(symbol: ValueSymbol): Evaluate {
    let made = this.readers[symbol.slot];
    if (!made) {
      made = this.of(symbol.role === 'measure' ? { op: 'measure', symbol, path: [] } : { op: 'symbol', symbol });
      this.readers[symbol.slot] = made;
    }
    return made;
  }

  /** The closure of a symbol's own value. */
  valueOf(symbol: ValueSymbol): Evaluate | undefined {
    let made = this.bySymbol[symbol.slot];
    if (!made && symbol.value) {
      made = this.of(symbol.value);
      this.bySymbol[symbol.slot] = made;
    }
    return made;
  }
}

export const exact = (value: Value): Exact => value as Exact;

export const truth = (value: Value): boolean => value as boolean;

export const instant = (value: Value): Minute => value as Minute;

function watched(watch: Watch | undefined, core: Core, evaluate: Evaluate): Evaluate {
  if (!watch || (core.op !== 'constant' && core.op !== 'date' && core.op !== 'aggregate') || !core.at) return evaluate;
  const { at } = core;
  return (row) => { watch.used(at); return evaluate(row); };
}

function compile(rt: Runtime, core: Core): Evaluate {
  switch (core.op) {
    case 'constant': case 'boolean': case 'choice': case 'text': { const { value } = core; return () => value; }
    case 'date': return (row) => dateValue(core, row);
    case 'symbol': { const { symbol } = core; return (row) => readSymbol(rt, symbol, row); }
    case 'measure': { const { symbol, path } = core; return (row) => readMeasure(rt, symbol, path, row); }
    case 'builtin': return builtin(rt, core.name);
    case 'posed': {
      const { name } = core;
      return (row) => {
        const value = row.instance.posed?.get(name);
        invariant(value !== undefined, `${name} is posed by a cut`);
        return value;
      };
    }
    case 'add': case 'subtract': case 'multiply': case 'max': case 'min': case 'excess': return arithmetic(rt, core, ARITHMETIC[core.op]);
    case 'divide': {
      const { span: place } = core;
      return arithmetic(rt, core, (a, b) => {
        if (isZero(b)) throw new Stop(diagnostic('valeurs/division-par-zero', { what: place.file.text.slice(place.start, place.end) }, { span: place }));
        return divide(a, b);
      });
    }
    case 'negate': { const operand = rt.of(core.operand); return (row) => negate(exact(operand(row))); }
    case 'absolute': { const operand = rt.of(core.operand); return (row) => absolute(exact(operand(row))); }
    case 'round': case 'floor': {
      const operand = rt.of(core.operand);
      const step = rt.of(core.step);
      const round = core.op === 'round' ? roundTo : floorTo;
      return (row) => {
        const by = exact(step(row));
        if (sign(by) <= 0) throw new Stop(diagnostic('valeurs/division-par-zero', { what: 'arrondi' }));
        return round(exact(operand(row)), by);
      };
    }
    case 'compare': return comparison(rt, core);
    case 'and': case 'or': return connective(rt, core);
    case 'not': { const operand = rt.of(core.operand); return (row) => !truth(operand(row)); }
    case 'among': {
      const operand = rt.of(core.operand);
      const { choices } = core;
      return (row) => { const value = operand(row); return choices.some((choice) => (typeof choice === 'string' ? choice === value : equals(choice, exact(value)))); };
    }
    case 'isIn': return membership(rt, core);
    case 'cases': return cases(rt, core);
    case 'aggregate': return aggregate(rt, core);
    case 'default': {
      const left = rt.of(core.left);
      const right = rt.of(core.right);
      return (row) => {
        try {
          return left(row);
        } catch (stop) {
          if (stop instanceof Absent) return right(row);
          throw stop;
        }
      };
    }
    case 'previousPeriod': return previousPeriod(rt, core.operand);
    case 'within': {
      const operand = rt.of(core.operand);
      return (row) => {
        const whole = currentOccurrence(rt, core.plage, row);
        return operand({ ...row, set: span(whole.start, whole.end), start: whole.start, end: whole.end });
      };
    }
    case 'apply': return application(rt, core);
    case 'line': { const { line, part, tranche } = core; return (row) => lineValue(row.instance, line, part === 'assiette' ? 'assiette' : 'montant', tranche); }
    case 'total': return (row) => entriesOf(row.instance).reduce((sum, entry) => add(sum, entry.amount), ZERO);
    case 'shiftDate': return shift(rt, core);
    case 'dateDifference': {
      const left = rt.of(core.left);
      const right = rt.of(core.right);
      const { days } = core;
      return (row) => elapsedHours(instant(right(row)), instant(left(row)), days);
    }
    case 'hasOption': { const { option } = core; return (row) => row.instance.runtime.program.options.includes(option); }
    case 'eligible': {
      const rate = core.program.rate ?? rt.program.rate;
      return (row) => {
        const other = row.instance.session.runtimeOf(rate, []);
        invariant(other !== undefined, 'a checked program names a rate that exists');
        return isEligible(row.instance.session.instance(other, row.instance.index));
      };
    }
    default: return assertNever(core);
  }
}

/** Between two dates, days of 24 h (their clocks may change); between two instants, real hours. */
function elapsedHours(from: Minute, to: Minute, days: boolean): Exact {
  if (days) return fromInteger((dayAt(to) - dayAt(from)) * 24);
  return divide(fromInteger(to - from), fromInteger(60));
}

function arithmetic(rt: Runtime, core: { readonly left: Core; readonly right: Core }, operation: (a: Exact, b: Exact) => Exact): Evaluate {
  const left = rt.of(core.left);
  const right = rt.of(core.right);
  return (row) => operation(exact(left(row)), exact(right(row)));
}

function comparison(rt: Runtime, core: Extract<Core, { op: 'compare' }>): Evaluate {
  const left = rt.of(core.left);
  const right = rt.of(core.right);
  const { watch } = rt;
  const { at } = core;
  const order = (row: Row): number => {
    const a = left(row);
    const b = right(row);
    if (watch?.apart && at && typeof a === 'object' && typeof b === 'object') watch.apart(at, subtract(a, b));
    if (typeof a === 'object' && typeof b === 'object') return compare(a, b);
    return a === b ? 0 : typeof a === 'number' && typeof b === 'number' ? a - b : 1;
  };
  const holds = HOLDS[core.sign];
  if (watch && at) return (row) => { const found = order(row); if (found === 0) watch.met(at); return holds(found); };
  return (row) => holds(order(row));
}

/** `et`, `ou`: what decides alone decides, even when the other side is missing. */
function connective(rt: Runtime, core: Extract<Core, { op: 'and' | 'or' }>): Evaluate {
  const left = rt.of(core.left);
  const right = rt.of(core.right);
  const decisive = core.op === 'or';
  return (row) => {
    let first: boolean;
    try {
      first = truth(left(row));
    } catch (stop) {
      if (!(stop instanceof Missing)) throw stop;
      if (truth(right(row)) === decisive) return decisive;
      throw stop;
    }
    return first === decisive ? decisive : truth(right(row));
  };
}

function dateValue(core: Extract<Core, { op: 'date' }>, row: Row): Minute {
  const year = core.year ?? civil(dayAt(row.start)).year;
  const day = dayOf(year, core.month, core.day) ?? dayOf(year, core.month, core.day - 1);
  invariant(day !== undefined, 'a date that was checked');
  return core.minutes === undefined ? startOfDay(day) : (localToInstant(day, core.minutes).instants[0] ?? startOfDay(day) + core.minutes);
}

function builtin(rt: Runtime, name: Extract<Core, { op: 'builtin' }>['name']): Evaluate {
  switch (name) {
    case 'premier_jour': return (row) => startOfDay(dayAt(row.instance.period.start));
    case 'dernier_jour': return (row) => startOfDay(dayAt(row.instance.period.end - 1));
    case 'début': return (row) => row.item?.start ?? row.start;
    case 'fin': return (row) => row.item?.end ?? row.end;
    case 'rang': return (row) => fromInteger(row.rank + 1);
    case 'tarif': return (row) => row.instance.period.rate ?? row.instance.session.input.rate;
    case 'jours': case 'heures': return () => { throw new Stop(diagnostic('valeurs/absente', { name, rate: rt.program.rate })); };
  }
}

const WORK = 5;

function shift(rt: Runtime, core: Extract<Core, { op: 'shiftDate' }>): Evaluate {
  const date = rt.of(core.date);
  const amount = rt.of(core.amount);
  return (row) => {
    const from = instant(date(row));
    const by = exact(amount(row));
    if (core.unit === 'h') return from + core.sign * Number(roundTo(multiply(by, fromInteger(60)), fromInteger(1)).n);
    const count = core.sign * Number(by.n / by.d);
    const local = instantToLocal(from);
    const at = (day: number): Minute => (local.minute === 0 ? startOfDay(day) : (localToInstant(day, local.minute).instants[0] ?? startOfDay(day) + local.minute));
    switch (core.unit) {
      case 'jour': return at(local.day + count);
      case 'mois': return at(local.day + 30 * count);
      case 'mois civil': return at(addCivilMonths(local.day, count));
      case 'an': return at(addCivilMonths(local.day, 12 * count));
      case 'jour ouvrable': {
        let day = local.day;
        for (let left = Math.abs(count); left > 0;) {
          day += Math.sign(count);
          if (weekday(day) <= WORK) left--;
        }
        return at(day);
      }
    }
  };
}

export function cases(rt: Runtime, core: Extract<Core, { op: 'cases' }>): Evaluate {
  const rows = core.rows.map((each) => ({ holds: rowHolds(rt, each), otherwise: each.otherwise, value: rt.of(each.value) }));
  const name = core.name;
  return (row) => {
    let chosen: Evaluate | undefined;
    for (const each of rows) {
      if (each.otherwise && !each.holds) {
        chosen ??= each.value;
      } else if (each.holds?.(row) ?? true) {
        if (chosen) throw new Stop(diagnostic('valeurs/deux-cas', { name }, { span: core.span }));
        chosen = each.value;
      }
    }
    if (!chosen) throw new Stop(diagnostic('valeurs/aucun-cas', { name }, { span: core.span }));
    return chosen(row);
  };
}

function rowHolds(rt: Runtime, each: CoreRow): ((row: Row) => boolean) | undefined {
  const when = each.when && rt.of(each.when);
  const { during } = each;
  if (!when && !during) return undefined;
  return (row) => {
    if (when && !truth(when(row))) return false;
    if (!during) return true;
    return contains(plageSet(rt, during.plage, row, { start: row.start, end: Math.max(row.end, row.start + 1) }), row.start) !== during.outside;
  };
}

function membership(rt: Runtime, core: Extract<Core, { op: 'isIn' }>): Evaluate {
  const operand = core.operand && rt.of(core.operand);
  return (row) => {
    if (!operand) {
      const inside = plageSet(rt, core.plage, row, row);
      return core.entirely ? covers(inside, row.set) : !isEmpty(intersect(inside, row.set));
    }
    const at = instant(operand(row));
    return contains(plageSet(rt, core.plage, row, { start: at, end: at + 1 }), at);
  };
}

function previousPeriod(rt: Runtime, operandCore: Core): Evaluate {
  const operand = rt.of(operandCore);
  return (row) => {
    const { instance } = row;
    const { session, index } = instance;
    const first = session.timeline.length - 1 === index || index === session.input.history.length;
    if (operandCore.op === 'symbol' && first) {
      const carried = session.input.state.get(operandCore.symbol.name);
      if (carried !== undefined && index === session.input.history.length) return carried;
    }
    const before = session.timeline[index - 1];
    if (!before) throw new Absent(diagnostic('valeurs/absente', { name: 'la période précédente', rate: rt.program.rate }));
    if (before.end !== instance.period.start) throw new Stop(diagnostic('historique/trou', { found: formatLocalDateTime(before.end).slice(0, 10) }, { pointer: '/historique' }));
    return operand(session.instance(instance.runtime, index - 1).root);
  };
}

function application(rt: Runtime, core: Extract<Core, { op: 'apply' }>): Evaluate {
  const bindings = core.bindings.map((binding) => ({ ...binding, evaluate: rt.of(binding.value) }));
  return (row) => {
    const { instance } = row;
    const target = core.program.rate === undefined ? instance.runtime : instance.session.runtimeOf(core.program.rate, []);
    invariant(target !== undefined, 'a checked program names a rate that exists');
    if (bindings.length === 0 && core.program.rate !== undefined) return target.of(core.operand)(instance.session.instance(target, instance.index).root);
    const posed = new Map<number | string, Value>();
    const series = new Map<string, Series>();
    for (const binding of bindings) {
      if (binding.grain) {
        series.set(binding.target, seriesOf(rt, binding.value, binding.grain, instance));
        continue;
      }
      const symbol = target.program.symbols.get(binding.target) ?? [...target.program.symbols.values()].find((candidate) => candidate.name === binding.target);
      posed.set(symbol ? symbol.slot : binding.target, binding.evaluate(row));
    }
    return target.of(core.operand)(new Instance(target, instance.session, instance.index, posed, series).root);
  };
}

/** A formula per interval, hour or day, as a series over an instance's period or another span. */
export function seriesOf(rt: Runtime, core: Core, grain: 'intervalle' | 'heure' | 'jour', instance: Instance, within: Slice = instance.root): Series {
  const { root } = instance;
  // Over the whole period a column does it at once.
  const column = grain !== 'jour' && within.start === root.start && within.end === root.end ? columnOf(rt, core, grain, instance) : undefined;
  if (column) return column;
  const evaluate = rt.of(core);
  return { start: within.start, step: stepOf(grain), values: slicesOf(span(within.start, within.end), grain).map((slice, rank) => exact(evaluate(sliceRow(instance, grain, slice, rank)))) };
}

function lineValue(instance: Instance, line: string, part: 'montant' | 'assiette', tranche: number | undefined): Exact {
  const entries = entriesOfNamed(instance, line).filter((entry) => tranche === undefined || entry.tranche === tranche);
  return entries.reduce<Exact>((sum, entry) => add(sum, part === 'montant' ? (entry.role === 'crédit' ? negate(entry.amount) : entry.amount) : (entry.quantity ?? ZERO)), ZERO);
}
