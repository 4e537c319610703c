/**
 * A checked program → closures. Prepared once, run many times: a run is an `Instance` of the program on one period of a
 * `Session`'s timeline. A formula is evaluated on a row (`Row`): a set of time, the period's, a day's, an event's.
 */
import { occurrence } from '../calendar/calendarSet.ts';
import { civil, dayOf, addCivilMonths, weekday } from '../calendar/day.ts';
import { aligned, firstGap, indexRange, instantOf, type Series } from '../calendar/series.ts';
import { contains, countDays, covers, EMPTY, equals as sameSet, fromSpans, intersect, isEmpty, length, span, splitByDay, splitByStep, subtract, touchedDays, union, type Slice, type TimeSet } from '../calendar/timeset.ts';
import { dayAt, formatLocalDateTime, instantToLocal, localToInstant, startOfDay, type Minute } from '../calendar/zone.ts';
import type { AggregateOperator, Core, CorePlage, CoreRow, PeriodWindow, Program, Restriction, RowSource, ValueSymbol } from '../check/core.ts';
import { grainName, isTimeGrain, type Grain } from '../check/types.ts';
import { diagnostic } from '../diagnostics/diagnostic.ts';
import { absolute, add, compare, divide, equals, floorTo, fromInteger, isZero, maximum, minimum, multiply, negate, roundTo, sign, subtract as minus, ZERO, type Exact } from '../quantity/exact.ts';
import { formatDims } from '../quantity/unit.ts';
import { assertNever } from '../support/assertNever.ts';
import { invariant } from '../support/invariant.ts';
import type { CaseInput, ListRow, PeriodData, Value } from './case.ts';
import type { Entry } from './lines.ts';
import { Absent, Missing, Stop } from './stop.ts';

export interface Row {
  readonly instance: Instance;
  readonly set: TimeSet;
  readonly start: Minute;
  readonly end: Minute;
  readonly grain: Grain;
  readonly item: ListRow | undefined;
  readonly rank: number;
}

export type Evaluate = (row: Row) => Value;

/** What was used to work out a value. */
export interface TraceNode {
  readonly name: string;
  readonly article: string | undefined;
  readonly home: string | undefined;
  readonly label: string | undefined;
  readonly dims: ReadonlyMap<string, number> | undefined;
  value: Value | undefined;
  readonly inputs: TraceNode[];
  readonly at: string | undefined;
}

export interface Note { readonly code: 'reserve/fenetre' | 'reserve/presume' | 'reserve/non-verifie' | 'reserve/article' | 'reserve/prorata'; readonly params: object; readonly article: string | undefined }

/** One bill being worked out: its timeline, and what it has to say of itself. */
export class Session {
  readonly notes = new Map<string, Note>();
  readonly articles = new Set<string>();
  private readonly instances = new Map<Runtime, (Instance | undefined)[]>();
  private readonly lists = new Map<string, readonly ListRow[] | undefined>();
  private readonly plages = new Map<CorePlage, Map<string, TimeSet>>();
  private readonly seriesNames = new Set<string>();
  trace: TraceNode[] | undefined;

  constructor(readonly input: CaseInput, readonly timeline: readonly PeriodData[], readonly runtimeOf: (rate: string, options: readonly string[]) => Runtime | undefined, readonly windowEnd: Minute) {
    for (const period of timeline) for (const name of period.series.keys()) this.seriesNames.add(name);
  }

  /** Whether the case gives any series at all: most bills do without. */
  get anySeries(): boolean {
    return this.seriesNames.size > 0;
  }

  instance(runtime: Runtime, index: number): Instance {
    let list = this.instances.get(runtime);
    if (!list) {
      list = [];
      this.instances.set(runtime, list);
    }
    let found = list[index];
    if (!found) {
      found = new Instance(runtime, this, index, undefined);
      list[index] = found;
    }
    return found;
  }

  note(key: string, note: Note): void {
    if (!this.notes.has(key)) this.notes.set(key, note);
  }

  /** The rows of a list over the whole timeline, or undefined when the case never gives the list. */
  list(name: string): readonly ListRow[] | undefined {
    if (this.lists.has(name)) return this.lists.get(name);
    const rows = this.timeline.flatMap((period) => period.lists.get(name) ?? []);
    const given = this.timeline.some((period) => period.lists.has(name));
    const sorted = given ? [...new Set(rows)].sort((a, b) => a.start - b.start) : undefined;
    this.lists.set(name, sorted);
    return sorted;
  }

  /** The series of a name that covers a set of time, whichever period gave it. */
  series(name: string, set: TimeSet): Series | undefined {
    let partial: Series | undefined;
    for (let i = this.timeline.length - 1; i >= 0; i--) {
      const series = this.timeline[i]?.series.get(name);
      if (!series) continue;
      if (firstGap(series, set) === undefined) return series;
      partial = series;
    }
    if (partial) throw new Stop(diagnostic('series/lacune', { name, at: formatLocalDateTime(firstGap(partial, set) ?? 0) }, { pointer: '/series' }));
    return undefined;
  }
  hasSeries(name: string): boolean {
    return this.seriesNames.has(name);
  }

  cached(plage: CorePlage, key: string, make: () => TimeSet): TimeSet {
    let byKey = this.plages.get(plage);
    if (!byKey) {
      byKey = new Map();
      this.plages.set(plage, byKey);
    }
    let found = byKey.get(key);
    if (!found) {
      found = make();
      byKey.set(key, found);
    }
    return found;
  }
}

/** A program on one period of the timeline, perhaps with some values posed (`avec`). */
export class Instance {
  readonly root: Row;
  readonly period: PeriodData;
  readonly values: (Value | undefined)[];
  readonly fine = new Map<number, Map<Minute | ListRow, Value>>();
  entries: readonly Entry[] | 'en cours' | undefined;
  readonly lines = new Map<string, readonly Entry[] | 'en cours'>();
  parts: readonly Slice[] | undefined;
  readonly lacking: (Missing | undefined)[] = [];

  constructor(readonly runtime: Runtime, readonly session: Session, readonly index: number, readonly posed: ReadonlyMap<number | string, Value> | undefined) {
    const period = session.timeline[index];
    invariant(period !== undefined, 'an instance outside the timeline');
    this.period = period;
    this.values = new Array<Value | undefined>(runtime.program.slots);
    this.root = { instance: this, set: span(period.start, period.end), start: period.start, end: period.end, grain: 'période', item: undefined, rank: 0 };
  }
}

/** A program made of closures. */
export class Runtime {
  private readonly compiled = new WeakMap<Core, Evaluate>();
  private readonly bySymbol: (Evaluate | undefined)[] = [];
  private readonly readers: (Evaluate | undefined)[] = [];

  constructor(readonly program: Program) {}

  /** The closure of a core, made once. */
  of(core: Core): Evaluate {
    let made = this.compiled.get(core);
    if (!made) {
      made = compile(this, core);
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

// ── formulas ─────────────────────────────────────────────────────────────
const exact = (value: Value): Exact => value as Exact;
const truth = (value: Value): boolean => value as boolean;
const instant = (value: Value): Minute => value as Minute;

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
    case 'add': return arithmetic(rt, core, add);
    case 'subtract': return arithmetic(rt, core, minus);
    case 'multiply': return arithmetic(rt, core, multiply);
    case 'max': return arithmetic(rt, core, maximum);
    case 'min': return arithmetic(rt, core, minimum);
    case 'excess': return arithmetic(rt, core, (a, b) => { const rest = minus(a, b); return rest.n > 0n ? rest : ZERO; });
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
    case 'total': return (row) => hooks.entries(row.instance).reduce((sum, entry) => add(sum, entry.amount), ZERO);
    case 'shiftDate': return shift(rt, core);
    case 'dateDifference': {
      const left = rt.of(core.left);
      const right = rt.of(core.right);
      return (row) => elapsedHours(instant(right(row)), instant(left(row)));
    }
    case 'hasOption': { const { option } = core; return (row) => row.instance.runtime.program.options.includes(option); }
    case 'eligible': {
      const rate = core.program.rate ?? rt.program.rate;
      return (row) => {
        const other = row.instance.session.runtimeOf(rate, []);
        invariant(other !== undefined, 'a checked program names a rate that exists');
        return hooks.isEligible(row.instance.session.instance(other, row.instance.index));
      };
    }
    default: return assertNever(core);
  }
}

/** The bill's own pieces, set by the modules that make them; they need the closures of this one. */
export const hooks: { entries: (instance: Instance) => readonly Entry[]; line: (instance: Instance, name: string) => readonly Entry[]; isEligible: (instance: Instance) => boolean } = {
  entries: () => [], line: () => [], isEligible: () => true,
};

/** Between two dates, days of 24 h (their clocks may change); between two instants, real hours. */
function elapsedHours(from: Minute, to: Minute): Exact {
  const [a, b] = [instantToLocal(from), instantToLocal(to)];
  if (a.minute === 0 && b.minute === 0) return fromInteger((b.day - a.day) * 24);
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
  const order = (row: Row): number => {
    const a = left(row);
    const b = right(row);
    if (typeof a === 'object' && typeof b === 'object') return compare(a, b);
    return a === b ? 0 : typeof a === 'number' && typeof b === 'number' ? a - b : 1;
  };
  switch (core.sign) {
    case '=': return (row) => order(row) === 0;
    case '≠': return (row) => order(row) !== 0;
    case '<': return (row) => order(row) < 0;
    case '≤': return (row) => order(row) <= 0;
    case '>': return (row) => order(row) > 0;
    case '≥': return (row) => order(row) >= 0;
  }
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
    case 'jours': case 'heures': return () => { throw new Stop(diagnostic('valeurs/absente', { name, article: rt.program.rate })); };
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

function cases(rt: Runtime, core: Extract<Core, { op: 'cases' }>): Evaluate {
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

// ── symbols ──────────────────────────────────────────────────────────────
function readSymbol(rt: Runtime, symbol: ValueSymbol, row: Row): Value {
  const { instance } = row;
  const posed = instance.posed?.get(symbol.slot);
  if (posed !== undefined) return posed;
  if (symbol.role === 'data') return readData(rt, symbol, row);
  const { grain } = symbol;
  if (grain === 'période' || grain === 'constante') {
    const known = instance.values[symbol.slot];
    if (known !== undefined && !instance.session.trace) return known;
    const given = instance.period.facts.get(symbol.name);
    if (given !== undefined && rt.program.symbols.get(symbol.name) === symbol) return given;
    const value = traced(instance.session, symbol, row, () => evaluateSymbol(rt, symbol, instance.root));
    instance.values[symbol.slot] = value;
    return value;
  }
  const at = fineRow(rt, grain, row);
  let cache = instance.fine.get(symbol.slot);
  if (!cache) {
    cache = new Map();
    instance.fine.set(symbol.slot, cache);
  }
  const key = at.item ?? at.start;
  const known = cache.get(key);
  if (known !== undefined && !instance.session.trace) return known;
  const value = traced(instance.session, symbol, at, () => evaluateSymbol(rt, symbol, at));
  cache.set(key, value);
  return value;
}

function evaluateSymbol(rt: Runtime, symbol: ValueSymbol, row: Row): Value {
  const evaluate = rt.valueOf(symbol);
  invariant(evaluate !== undefined, `no value for ${symbol.name}`);
  row.instance.session.articles.add(symbol.origin.home);
  if (symbol.origin.article !== symbol.origin.home) row.instance.session.articles.add(symbol.origin.article);
  return evaluate(row);
}

function traced(session: Session, symbol: ValueSymbol, row: Row, evaluate: () => Value): Value {
  const { trace } = session;
  if (!trace) return evaluate();
  const node: TraceNode = {
    name: symbol.name, article: symbol.origin.article, home: symbol.origin.home, label: symbol.origin.label, dims: symbol.kind.kind === 'quantity' ? symbol.kind.dims : undefined, value: undefined, inputs: [],
    at: row.grain === 'période' || row.grain === 'constante' ? (row.instance.index < session.timeline.length - 1 ? formatLocalDateTime(row.start).slice(0, 10) : undefined) : formatLocalDateTime(row.start),
  };
  trace.at(-1)?.inputs.push(node);
  trace.push(node);
  try {
    node.value = evaluate();
    return node.value;
  } finally {
    trace.pop();
  }
}

/** The row of a finer sheet that holds the present one. */
function fineRow(rt: Runtime, grain: Grain, row: Row): Row {
  if (grain === row.grain) return row;
  if (grain.startsWith('liste:')) {
    invariant(row.item !== undefined && row.grain === grain, 'a list is read from its own rows');
    return row;
  }
  const { period } = row.instance;
  let slice: Slice;
  if (grain === 'partie') slice = partsOf(rt, row.instance).find((part) => part.start <= row.start && row.start < part.end) ?? period;
  else if (grain === 'jour') slice = { start: startOfDay(dayAt(row.start)), end: startOfDay(dayAt(row.start) + 1) };
  else {
    const step = grain === 'heure' ? 60 : 15;
    const start = Math.floor(row.start / step) * step;
    slice = { start, end: start + step };
  }
  if (slice.start < period.end && slice.end > period.start) slice = { start: Math.max(slice.start, period.start), end: Math.min(slice.end, period.end) };
  return sliceRow(row.instance, grain, slice);
}
const sliceRow = (instance: Instance, grain: Grain, slice: Slice, rank = 0): Row => ({ instance, set: span(slice.start, slice.end), start: slice.start, end: slice.end, grain, item: undefined, rank });

/** The pieces between the cuts of `fractionne X`. */
export function partsOf(rt: Runtime, instance: Instance): readonly Slice[] {
  if (instance.parts) return instance.parts;
  const { start, end } = instance.period;
  const cuts = new Set<Minute>();
  for (const cut of rt.program.cuts) {
    if (cut.target === undefined) continue;
    if (cut.at.kind === 'edges') for (const at of plageSet(rt, cut.at.plage, instance.root, { start: start - 1440, end: end + 1440 }).spans) if (at > start && at < end) cuts.add(at);
    if (cut.at.kind === 'dates') for (const at of datesWithin(cut.at.dates, start, end)) cuts.add(at);
    if (cut.at.kind === 'changes') {
      const steps = instance.period.steps.get(cut.at.of.name) ?? [];
      steps.forEach((step, index) => {
        const before = steps[index - 1];
        if (!before || step.from <= start || step.from >= end) return;
        const posed = new Map<number | string, Value>([['écart', absolute(minus(exact(step.value), exact(before.value)))], ['ancienne_valeur', before.value]]);
        const holds = !cut.condition || truth(rt.of(cut.condition)(new Instance(rt, instance.session, instance.index, posed).root));
        if (holds) cuts.add(step.from);
      });
    }
  }
  const marks = [start, ...[...cuts].sort((a, b) => a - b), end];
  instance.parts = marks.slice(0, -1).map((at, index) => ({ start: at, end: marks[index + 1] ?? end }));
  return instance.parts;
}

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

const keys = new Map<string, string>();
/** A name as it stands in JSON: without accents. */
export function jsonKey(name: string): string {
  let key = keys.get(name);
  if (key === undefined) {
    key = unaccented(name);
    if (keys.size < 20000) keys.set(name, key);
  }
  return key;
}
const unaccented = (name: string): string => name.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/œ/g, 'oe').replace(/Œ/g, 'OE');

function missing(symbol: ValueSymbol, key: string, pointer: string): Missing {
  const unit = symbol.data?.unitText === undefined ? '' : ` (${symbol.data.unitText})`;
  return new Missing(diagnostic('cas-json/champ-absent', { name: jsonKey(key), unit, use: symbol.text ?? `« ${symbol.name} », article ${symbol.origin.home}` }, { pointer: `${pointer}/donnees`, article: symbol.origin.home }), jsonKey(key));
}

function readData(rt: Runtime, symbol: ValueSymbol, row: Row): Value {
  const { instance } = row;
  const { session, period } = instance;
  if (symbol.grain.startsWith('liste:')) {
    invariant(row.item !== undefined, 'a field is read from a row of its list');
    const field = row.item.fields.get(symbol.name);
    if (field !== undefined) return field;
  } else if (isTimeGrain(symbol.grain)) {
    const steps = period.steps.get(symbol.name);
    if (steps) {
      let value: Value | undefined;
      for (const step of steps) if (step.from <= row.start) value = step.value;
      if (value !== undefined) return value;
    }
    const fact = period.facts.get(symbol.name) ?? session.input.period.facts.get(symbol.name);
    if (fact !== undefined) return fact;
    const at = fineRow(rt, symbol.grain, row);
    const series = session.series(symbol.name, at.set);
    if (series) {
      const value = series.values[indexRange(series, at.start, at.end).from];
      if (value !== undefined) {
        if (series.step > stepOf(symbol.grain)) throw new Missing(diagnostic('series/pas-grossier', { name: jsonKey(symbol.name), found: `${series.step} min`, needed: grainName(symbol.grain) }, { pointer: '/series' }), `${jsonKey(symbol.name)} par ${grainName(symbol.grain)}`);
        return value;
      }
    }
  } else {
    const known = instance.values[symbol.slot];
    if (known !== undefined) return known;
    // What is not metered holds for the past too, unless the past says otherwise.
    const fact = period.facts.get(symbol.name) ?? session.input.period.facts.get(symbol.name);
    if (fact !== undefined) return fact;
  }
  const presumed = symbol.data?.presumed;
  if (!presumed) throw missing(symbol, symbol.name, period.pointer);
  const value = rt.of(presumed)(row);
  if (symbol.grain === 'période' || symbol.grain === 'constante') instance.values[symbol.slot] = value;
  if (!session.notes.has(`presume:${symbol.name}`)) session.note(`presume:${symbol.name}`, { code: 'reserve/presume', params: { name: jsonKey(symbol.name), value: showValue(value, symbol) }, article: symbol.origin.home });
  return value;
}

/** The longest step, in minutes, of a series that is read row by row. */
const stepOf = (grain: Grain): number => (grain === 'intervalle' ? 15 : grain === 'heure' ? 60 : 1440);

/** A value in words, in the unit of its declaration. */
export function showValue(value: Value, symbol: Pick<ValueSymbol, 'data' | 'kind'>): string {
  if (typeof value === 'boolean') return value ? 'oui' : 'non';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return formatLocalDateTime(value).replace(/T00:00$/, '');
  const shown = symbol.data?.unitText === undefined ? value : divide(value, symbol.data.factor);
  const unit = symbol.data?.unitText ?? (symbol.kind.kind === 'quantity' ? formatDims(symbol.kind.dims, 'fr') : '');
  const number = Number(shown.n) / Number(shown.d);
  return `${String(number).replace('.', ',')}${unit === '' ? '' : ` ${unit}`}`;
}

// ── measures ─────────────────────────────────────────────────────────────
function readMeasure(rt: Runtime, symbol: ValueSymbol, path: readonly Restriction[], row: Row): Value {
  const { instance } = row;
  const posed = instance.posed?.get(symbol.slot);
  if (posed !== undefined && path.length === 0) return posed;
  if (!symbol.metered) {
    const inner = path.length === 0 ? row : restricted(rt, row, path);
    return clockMeasure(rt, symbol, inner) ?? traced(instance.session, symbol, inner, () => evaluateSymbol(rt, symbol, inner));
  }
  const value = metered(rt, symbol, path, row, posed);
  if (instance.session.trace) traced(instance.session, symbol, row, () => value);
  return value;
}

export function restricted(rt: Runtime, row: Row, path: readonly Restriction[]): Row {
  let { set } = row;
  for (const each of path) set = applyRestriction(rt, each, row, set);
  return { ...row, set, start: set.spans[0] ?? row.start, end: set.spans.at(-1) ?? row.start };
}
/** Days around a row in which a plage of its own may lie. */
const REACH = 60 * 1440;
function applyRestriction(rt: Runtime, restriction: Restriction, row: Row, set: TimeSet): TimeSet {
  if (restriction.mode === 'pendant' && restriction.plage.kind === 'named' && restriction.plage.own && row.item) {
    return plageSet(rt, restriction.plage, row, { start: row.start - REACH, end: row.end + REACH });
  }
  if (isEmpty(set)) return set;
  const plage = plageSet(rt, restriction.plage, row, { start: set.spans[0] ?? 0, end: set.spans.at(-1) ?? 0 });
  return restriction.mode === 'pendant' ? intersect(set, plage) : subtract(set, plage);
}

/** The days of a row, whole. */
export function daysOf(rt: Runtime, row: Row): Exact {
  const days = countDays(row.set);
  if (days === undefined) throw new Stop(diagnostic('periode/jours-entiers', { rate: rt.program.rate }, { pointer: '/periode' }));
  return fromInteger(days);
}

function clockMeasure(rt: Runtime, symbol: ValueSymbol, row: Row): Value | undefined {
  if (symbol.value || symbol.data) return undefined;
  if (symbol.name === 'heures') return divide(fromInteger(length(row.set)), fromInteger(60));
  return daysOf(rt, row);
}

/** Which reads of the period a case gave, each on the set of time that it covers. */
function metered(rt: Runtime, symbol: ValueSymbol, path: readonly Restriction[], row: Row, posed: Value | undefined): Exact {
  const { instance } = row;
  const { period } = instance;
  if (path.length === 0 && posed === undefined && row.set === instance.root.set && !instance.session.anySeries) {
    const value = period.measures.get(symbol.name);
    if (value !== undefined) return value;
    // Several conditions may ask for the same reading that the case lacks.
    throw (instance.lacking[symbol.slot] ??= missing(symbol, symbol.name, period.pointer));
  }
  // Known restrictions make a set of time; one that the case does not give (no list of events) stays a word.
  let { set } = row;
  const words: string[] = [];
  let unknown: Missing | undefined;
  for (const each of path) {
    try {
      const next = applyRestriction(rt, each, row, set);
      if (!sameSet(next, set)) {
        set = next;
        words.push(`${each.mode}_${each.plage.key}`);
      }
    } catch (stop) {
      if (!(stop instanceof Missing)) throw stop;
      unknown ??= stop;
      words.push(`${each.mode}_${each.plage.key}`);
    }
  }
  const additive = isAdditive(symbol);
  if (isEmpty(set) && !unknown) return ZERO;
  const whole = row.set === instance.root.set || sameSet(row.set, instance.root.set);
  if (posed !== undefined) {
    if (words.length === 0 && whole) return exact(posed);
    throw missing(symbol, [symbol.name, ...words].join('_'), period.pointer);
  }
  const given = whole ? givenMeasure(rt, symbol, words, unknown ? undefined : set, row, additive) : unknown ? undefined : givenMeasure(rt, symbol, ['?'], set, row, additive);
  const measured = unknown ? undefined : derived(rt, symbol, { ...row, set, start: set.spans[0] ?? row.start, end: set.spans.at(-1) ?? row.end }, given !== undefined);
  if (given !== undefined && measured !== undefined && !equals(given, measured)) {
    throw new Stop(diagnostic('mesures/desaccord', { name: jsonKey([symbol.name, ...words].join('_')), given: showValue(given, symbol), derived: showValue(measured, symbol) }, { pointer: `${period.pointer}/donnees/${jsonKey([symbol.name, ...words].join('_'))}`, article: symbol.origin.home }));
  }
  const found = given ?? measured;
  if (found !== undefined) return found;
  throw missing(symbol, [symbol.name, ...words.filter((word) => word !== '?')].join('_'), period.pointer);
}

/** What the series give. When the case gives the value too, a series too coarse to tell is no disagreement. */
function derived(rt: Runtime, symbol: ValueSymbol, row: Row, given: boolean): Exact | undefined {
  try {
    return fromSeries(rt, symbol, row);
  } catch (stop) {
    if (given && stop instanceof Missing) return undefined;
    throw stop;
  }
}

/** A measure made by adding up, which a part may be taken from. */
export function isAdditive(symbol: ValueSymbol): boolean {
  const made = symbol.value;
  return made === undefined ? symbol.kind.kind === 'quantity' && (symbol.kind.dims.get('h') ?? 0) > 0 : made.op === 'aggregate' && (made.operator === 'cumul' || made.operator === 'somme');
}

function givenMeasure(rt: Runtime, symbol: ValueSymbol, words: readonly string[], set: TimeSet | undefined, row: Row, additive: boolean): Exact | undefined {
  const { measures } = row.instance.period;
  if (measures.size === 0) return undefined;
  if (words[0] !== '?') {
    const direct = measures.get([symbol.name, ...words].join('_'));
    if (direct !== undefined) return direct;
  }
  const { root } = row.instance;
  const known: { set: TimeSet; value: Exact }[] = [];
  for (const key of rt.program.measureKeys) {
    if (key.symbol.name !== symbol.name) continue;
    const value = measures.get(key.key);
    if (value === undefined) continue;
    try {
      known.push({ set: restricted(rt, root, key.path).set, value });
    } catch (stop) {
      if (!(stop instanceof Missing)) throw stop;
    }
  }
  if (set) {
    const same = known.find((each) => sameSet(each.set, set));
    if (same) return same.value;
    if (!additive) return undefined;
    // A part that is one given quantity less another.
    for (const larger of known) {
      const rest = subtract(larger.set, set);
      if (!covers(larger.set, set)) continue;
      const other = known.find((each) => sameSet(each.set, rest));
      if (other) return lessPart(symbol, larger.value, other.value, row);
    }
  }
  const last = words.at(-1);
  // Events that the case does not date: their energy is theirs, whatever season they are read in.
  if (!set && words.length > 1 && last?.startsWith('pendant_')) {
    const alone = measures.get(`${symbol.name}_${last}`);
    if (alone !== undefined) return alone;
  }
  if (additive && last?.startsWith('sauf_')) {
    const before = measures.get([symbol.name, ...words.slice(0, -1)].join('_'));
    const part = measures.get([symbol.name, ...words.slice(0, -1), last.replace('sauf_', 'pendant_')].join('_')) ?? measures.get([symbol.name, last.replace('sauf_', 'pendant_')].join('_'));
    if (before !== undefined && part !== undefined) return lessPart(symbol, before, part, row);
  }
  return undefined;
}
function lessPart(symbol: ValueSymbol, whole: Exact, part: Exact, row: Row): Exact {
  const rest = minus(whole, part);
  if (sign(rest) < 0) throw new Stop(diagnostic('mesures/somme', { name: jsonKey(symbol.name), total: showValue(whole, symbol), parts: showValue(part, symbol) }, { pointer: `${row.instance.period.pointer}/donnees` }));
  return rest;
}

function fromSeries(rt: Runtime, symbol: ValueSymbol, row: Row): Exact | undefined {
  const { session } = row.instance;
  const direct = session.hasSeries(symbol.name) ? session.series(symbol.name, row.set) : undefined;
  if (direct) {
    if (!aligned(direct, row.set)) throw new Stop(diagnostic('series/pas-grossier', { name: jsonKey(symbol.name), found: `${direct.step} min`, needed: `${formatLocalDateTime(row.start)} – ${formatLocalDateTime(row.end)}` }, { pointer: '/series' }));
    return foldSeries(direct, row.set, isAdditive(symbol) ? 'somme' : 'maximum');
  }
  if (!symbol.value || !dependsOnSeries(symbol.value, session)) return undefined;
  const evaluate = rt.valueOf(symbol);
  return evaluate && exact(evaluate(row));
}

/** Whether the case gives a series that a measure is made from. */
function dependsOnSeries(core: Core, session: Session): boolean {
  if (!session.anySeries) return false;
  switch (core.op) {
    case 'aggregate': return dependsOnSeries(core.operand, session);
    case 'symbol': return session.hasSeries(core.symbol.name) || (core.symbol.value !== undefined && dependsOnSeries(core.symbol.value, session));
    case 'measure': return session.hasSeries(core.symbol.name) || (core.symbol.value !== undefined && dependsOnSeries(core.symbol.value, session));
    case 'add': case 'subtract': case 'multiply': case 'divide': case 'max': case 'min': case 'excess': return dependsOnSeries(core.left, session) || dependsOnSeries(core.right, session);
    case 'negate': case 'absolute': return dependsOnSeries(core.operand, session);
    default: return false;
  }
}

/** Adds up, or takes the extremes of, a series over a set of time. */
function foldSeries(series: Series, set: TimeSet, operator: 'somme' | 'cumul' | 'maximum' | 'minimum' | 'moyenne'): Exact {
  let result: Exact | undefined;
  let count = 0;
  // Days have 23 or 25 hours when clocks change.
  const uneven = operator === 'cumul' && series.step === 1440;
  const { spans } = set;
  for (let i = 0; i < spans.length; i += 2) {
    const { from, to } = indexRange(series, spans[i] ?? 0, spans[i + 1] ?? 0);
    for (let index = from; index < to; index++) {
      const read = series.values[index];
      if (!read) continue;
      const value = uneven ? multiply(read, fromInteger(instantOf(series, index + 1) - instantOf(series, index))) : read;
      count++;
      result = result === undefined ? value : operator === 'maximum' ? maximum(result, value) : operator === 'minimum' ? minimum(result, value) : add(result, value);
    }
  }
  if (result === undefined) return ZERO;
  if (operator === 'cumul') return divide(uneven ? result : multiply(result, fromInteger(series.step)), fromInteger(60));
  return operator === 'moyenne' ? divide(result, fromInteger(count)) : result;
}

// ── aggregates ───────────────────────────────────────────────────────────
function aggregate(rt: Runtime, core: Extract<Core, { op: 'aggregate' }>): Evaluate {
  const operand = rt.of(core.operand);
  const where = core.where && rt.of(core.where);
  const { operator, rows: source, name } = core;
  const simple = core.operand.op === 'symbol' && core.operand.symbol.role === 'data' && !where && source.kind === 'finer' && isTimeGrain(source.grain) ? core.operand.symbol : undefined;
  return (row) => {
    if (simple && source.kind === 'finer' && operator !== 'nombre' && operator !== 'moyenne sans extrêmes' && row.instance.session.hasSeries(simple.name)) {
      const inner = restricted(rt, row, source.path);
      if (isEmpty(inner.set)) return ZERO;
      const series = row.instance.session.series(simple.name, inner.set);
      if (series && aligned(series, inner.set) && (operator === 'cumul' || operator === 'somme' || series.step <= stepOf(source.grain))) return foldSeries(series, inner.set, operator);
    }
    const values: Value[] = [];
    const hours: Exact[] = [];
    for (const each of where ? filteredRows(rt, source, row, where, core.filterFirst) : rowsOf(rt, source, row)) {
      values.push(operand(each));
      if (operator === 'cumul') hours.push(divide(fromInteger(length(each.set)), fromInteger(60)));
    }
    return reduceValues(operator, values, hours, core.kind.kind === 'instant' || core.kind.kind === 'date', () => new Absent(diagnostic('valeurs/absente', { name, article: rt.program.rate })));
  };
}

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
      const slices = source.grain === 'jour' ? splitByDay(inner.set) : source.grain === 'partie' ? partsWithin(rt, inner) : splitByStep(inner.set, source.grain === 'heure' ? 60 : 15);
      for (const [rank, slice] of slices.entries()) yield sliceRow(row.instance, source.grain, slice, rank);
      return;
    }
    case 'periods':
      for (const index of periodsOf(rt, source.window, row)) {
        const other = index === row.instance.index ? row.instance : row.instance.session.instance(row.instance.runtime, index);
        yield restricted(rt, other.root, source.path);
      }
      return;
    case 'previousDays': yield* previousDays(rt, source, row); return;
    case 'previousRows': {
      const rows = row.instance.session.list(source.list) ?? [];
      const at = rows.findIndex((each) => each === row.item);
      for (let rank = 0; rank < at; rank++) { const item = rows[rank]; if (item) yield itemRow(row.instance, source.list, item, rank); }
      return;
    }
  }
}

const itemRow = (instance: Instance, list: string, item: ListRow, rank: number): Row => ({ instance, set: span(item.start, item.end), start: item.start, end: item.end, grain: `liste:${list}`, item, rank });

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

function partsWithin(rt: Runtime, row: Row): Slice[] {
  return partsOf(rt, row.instance).flatMap((part) => {
    const { spans } = intersect(row.set, span(part.start, part.end));
    return spans.length === 0 ? [] : [{ start: spans[0] ?? 0, end: spans.at(-1) ?? 0 }];
  });
}

/** The same clock hours on the N days before, of those that the path keeps. */
function* previousDays(rt: Runtime, source: Extract<RowSource, { kind: 'previousDays' }>, row: Row): Iterable<Row> {
  const from = instantToLocal(row.start);
  let left = source.count;
  for (let day = from.day - 1; left > 0 && day > from.day - 400; day--) {
    const whole = span(startOfDay(day), startOfDay(day + 1));
    const kept = source.path.reduce((set, each) => applyRestriction(rt, each, row, set), whole);
    if (!sameSet(kept, whole)) continue;
    left--;
    const start = localToInstant(day, from.minute).instants[0] ?? startOfDay(day) + from.minute;
    const end = start + (row.end - row.start);
    yield sliceRow(row.instance, row.grain, { start, end });
  }
  if (left > 0) throw new Absent(diagnostic('valeurs/absente', { name: `les ${source.count} jours précédents`, article: rt.program.rate }));
}

/** The periods of a window, oldest first, as places on the timeline. */
function periodsOf(rt: Runtime, window: PeriodWindow, row: Row): number[] {
  const { instance } = row;
  const { session, index } = instance;
  const upTo = (last: number): number[] => Array.from({ length: last + 1 }, (_, i) => i);
  switch (window.kind) {
    case 'count': {
      const last = window.previous ? index - 1 : index;
      const found = upTo(last).slice(-window.count);
      if (found.length < window.count && window.count !== Infinity) coverage(session, `les ${window.count} ${window.previous ? 'périodes précédentes' : 'dernières périodes'}`, undefined);
      return found;
    }
    case 'months': {
      const end = window.previous ? instance.period.start : index === session.timeline.length - 1 ? Math.max(session.windowEnd, instance.period.end) : instance.period.end;
      const start = startOfDay(dayAt(end) - 30 * window.count);
      const found = upTo(window.previous ? index - 1 : index).filter((i) => { const period = session.timeline[i]; return period !== undefined && period.end > start && period.start < end; });
      if (index === session.timeline.length - 1) coverage(session, `les ${window.count} ${window.previous ? 'mois précédents' : 'derniers mois'}`, { start, end: instance.period.start });
      return found;
    }
    case 'filtered':
      return periodsOf(rt, window.of, row).filter((i) => {
        const period = session.timeline[i];
        if (!period) return false;
        const set = plageSet(rt, window.plage, row, period);
        return window.entirely ? covers(set, span(period.start, period.end)) : !isEmpty(set);
      });
    case 'season': {
      const whole = currentOccurrence(rt, window.plage, row);
      return upTo(window.previous ? index - 1 : index).filter((i) => { const period = session.timeline[i]; return period !== undefined && period.end > whole.start && period.start < whole.end; });
    }
    case 'since': {
      const from = instant(rt.of(window.date)(row));
      return upTo(index).filter((i) => (session.timeline[i]?.start ?? 0) >= from);
    }
  }
}

/** Says so when the history does not reach back to the start of a window. */
function coverage(session: Session, window: string, needed: Slice | undefined): void {
  if (session.notes.has('fenetre')) return;
  const first = session.timeline[0]?.start ?? 0;
  const since = session.input.period.facts.get('début_de_l_abonnement');
  if (typeof since === 'number' && first <= since) return;
  if (needed) {
    const past = fromSpans(session.timeline.map((period): [number, number] => [period.start, period.end]));
    const wanted = typeof since === 'number' ? span(Math.max(needed.start, since), needed.end) : span(needed.start, needed.end);
    if (covers(past, wanted)) return;
  }
  session.note('fenetre', { code: 'reserve/fenetre', params: { window, from: formatLocalDateTime(first).slice(0, 10) }, article: undefined });
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
    if (!before) throw new Absent(diagnostic('valeurs/absente', { name: 'la période précédente', article: rt.program.rate }));
    if (before.end !== instance.period.start) throw new Stop(diagnostic('historique/trou', { found: formatLocalDateTime(before.end).slice(0, 10) }, { pointer: '/historique' }));
    return operand(session.instance(instance.runtime, index - 1).root);
  };
}

function application(rt: Runtime, core: Extract<Core, { op: 'apply' }>): Evaluate {
  const bindings = core.bindings.map((binding) => ({ target: binding.target, value: rt.of(binding.value) }));
  return (row) => {
    const { instance } = row;
    const target = core.program.rate === undefined ? instance.runtime : instance.session.runtimeOf(core.program.rate, []);
    invariant(target !== undefined, 'a checked program names a rate that exists');
    if (bindings.length === 0 && core.program.rate !== undefined) return target.of(core.operand)(instance.session.instance(target, instance.index).root);
    const posed = new Map<number | string, Value>();
    for (const binding of bindings) {
      const symbol = target.program.symbols.get(binding.target) ?? [...target.program.symbols.values()].find((candidate) => candidate.name === binding.target);
      posed.set(symbol ? symbol.slot : binding.target, binding.value(row));
    }
    return target.of(core.operand)(new Instance(target, instance.session, instance.index, posed).root);
  };
}

function lineValue(instance: Instance, line: string, part: 'montant' | 'assiette', tranche: number | undefined): Exact {
  const entries = hooks.line(instance, line).filter((entry) => tranche === undefined || entry.tranche === tranche);
  return entries.reduce<Exact>((sum, entry) => add(sum, part === 'montant' ? (entry.role === 'crédit' ? negate(entry.amount) : entry.amount) : (entry.quantity ?? ZERO)), ZERO);
}

// ── sets of time ─────────────────────────────────────────────────────────
/** A set of time, within two instants, as seen from a row. */
export function plageSet(rt: Runtime, plage: CorePlage, row: Row, within: { readonly start: Minute; readonly end: Minute }): TimeSet {
  switch (plage.kind) {
    case 'recurring': return row.instance.session.cached(plage, `${within.start}-${within.end}`, () => plage.set(within));
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
      return row.instance.session.cached(plage, `${row.instance.index}:${within.start}-${within.end}`, () => {
        const bounds = span(within.start, within.end);
        const slices = plage.grain === 'jour' ? splitByDay(bounds) : splitByStep(bounds, plage.grain === 'heure' ? 60 : 15);
        return fromSpans(slices.filter((slice) => truth(condition(sliceRow(row.instance, plage.grain, slice)))).map((slice): [number, number] => [slice.start, slice.end]));
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
function currentOccurrence(rt: Runtime, plage: CorePlage, row: Row): Slice {
  const set = (within: { start: Minute; end: Minute }): TimeSet => plageSet(rt, plage, row, within);
  const found = occurrence(set, row.start) ?? occurrence(set, row.end - 1);
  if (!found) throw new Absent(diagnostic('valeurs/absente', { name: plage.key, article: rt.program.rate }));
  return found;
}

