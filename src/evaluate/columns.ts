/**
 * Formulas per interval or per hour, worked out for a whole period at once. A year has 35 040 quarter-hours: row by row, each would
 * pay for finding its row, its cache and its series. A column pays once. It gives what the rows would give, or nothing: whatever it
 * cannot do (a value that is missing, a division by zero, a series with a hole) is left to the rows, which say what is wrong.
 */
import { firstGap, indexRange, type Series } from '../calendar/series.ts';
import { contains, type Slice } from '../calendar/timeset.ts';
import type { Arithmetic, Core, CoreRow, ValueSymbol } from '../check/core.ts';
import { compare, divide, isZero, negate, ONE, ZERO, type Exact } from '../quantity/exact.ts';
import { lanesOf, type LaneAlgebra, type Operand } from '../quantity/lanes.ts';
import type { Value } from './case.ts';
import { ARITHMETIC, HOLDS } from './operations.ts';
import { isFixed, plageSet } from './plages.ts';
import type { Runtime } from './runtime.ts';
import { exact } from './runtime.ts';
import { sliceRow, type Instance } from './session.ts';
import { slicesOf, stepOf } from './sheets.ts';
import { Stop } from './stop.ts';

export type ColumnGrain = 'intervalle' | 'heure';
/** One value for the whole period, or one for each of its intervals. */
type Lane = Value | readonly Value[];
const isColumn = (lane: Lane): lane is readonly Value[] => Array.isArray(lane);

/** What stands in the way of a column: the rows will tell. */
class NoColumn {}

interface Context { readonly rt: Runtime; readonly instance: Instance; readonly grain: ColumnGrain; readonly slices: readonly Slice[] }

/** The values of a formula on each interval, or hour, of an instance's period; undefined when only the rows can tell. Made once. */
export function columnOf(rt: Runtime, core: Core, grain: ColumnGrain, instance: Instance): Series | undefined {
  const key = core.op === 'symbol' ? core.symbol : core;
  let known = instance.columns.get(key);
  if (known === undefined) {
    known = makeColumn(rt, core, grain, instance) ?? 'aucune';
    instance.columns.set(key, known);
  }
  return known === 'aucune' ? undefined : known;
}

function makeColumn(rt: Runtime, core: Core, grain: ColumnGrain, instance: Instance): Series | undefined {
  if (rt.watch) return undefined;
  const { period } = instance;
  const step = stepOf(grain);
  if (period.start % step !== 0 || period.end % step !== 0) return undefined;
  const context: Context = { rt, instance, grain, slices: slicesOf(instance.root.set, grain) };
  try {
    const body = core.op === 'symbol' && core.symbol.role === 'definition' ? core.symbol.value : core;
    const lane = body && laneOf(context, body);
    if (lane === undefined) return undefined;
    const values = isColumn(lane) ? lane : context.slices.map(() => lane);
    const algebra = lanesOf(lane);
    if (core.op === 'symbol') for (const article of [core.symbol.origin.home, core.symbol.origin.article]) instance.session.articles.add(article);
    if (algebra) return { start: period.start, step, values: values as readonly Exact[], fold: (operator, from, to) => algebra.fold(values as readonly Exact[], operator, from, to) };
    return { start: period.start, step, values: values.map(exact) };
  } catch (stop) {
    if (stop instanceof Stop || stop instanceof NoColumn) return undefined;
    throw stop;
  }
}

function laneOf(at: Context, core: Core): Lane {
  switch (core.op) {
    case 'constant': case 'boolean': case 'choice': return core.value;
    case 'symbol': return symbolLane(at, core.symbol);
    case 'add': case 'subtract': case 'multiply': case 'max': case 'min': case 'excess': return zip(at, core, ARITHMETIC[core.op]);
    case 'divide': return zip(at, core, (a, b) => {
      if (isZero(b)) throw new NoColumn();
      return divide(a, b);
    });
    case 'negate': return map(laneOf(at, core.operand), (value) => negate(exact(value)), (algebra, lane) => algebra.zip('subtract', ZERO, lane));
    case 'not': return map(laneOf(at, core.operand), (value) => value !== true, (algebra, lane) => algebra.zip('subtract', ONE, lane));
    case 'compare': return comparisonLane(at, core);
    case 'cases': return casesLane(at, core.rows);
    default: return byRows(at, core);
  }
}

function map(lane: Lane, operation: (value: Value) => Value, whole: (algebra: LaneAlgebra, lane: readonly Exact[]) => Lane): Lane {
  const algebra = lanesOf(lane);
  if (algebra) return whole(algebra, lane as readonly Exact[]);
  return isColumn(lane) ? lane.map(operation) : operation(lane);
}

function zip(at: Context, core: Extract<Core, { op: Arithmetic }>, operation: (a: Exact, b: Exact) => Exact): Lane {
  const left = laneOf(at, core.left);
  const right = laneOf(at, core.right);
  const algebra = lanesOf(left) ?? lanesOf(right);
  if (algebra) return algebra.zip(core.op, left as Operand, right as Operand);
  if (isColumn(left)) return isColumn(right) ? left.map((value, index) => operation(exact(value), exact(right[index] as Value))) : ((b: Exact) => left.map((value) => operation(exact(value), b)))(exact(right));
  return isColumn(right) ? ((a: Exact) => right.map((value) => operation(a, exact(value))))(exact(left)) : operation(exact(left), exact(right));
}

function comparisonLane(at: Context, core: Extract<Core, { op: 'compare' }>): Lane {
  const left = laneOf(at, core.left);
  const right = laneOf(at, core.right);
  const holds = HOLDS[core.sign];
  const algebra = lanesOf(left) ?? lanesOf(right);
  if (algebra) return algebra.compare(core.sign, left as Operand, right as Operand);
  const test = (a: Value, b: Value): boolean => {
    if (typeof a !== 'object' || typeof b !== 'object') throw new NoColumn();
    return holds(compare(a, b));
  };
  if (!isColumn(left) && !isColumn(right)) return test(left, right);
  return at.slices.map((_, index) => test(valueAt(left, index), valueAt(right, index)));
}
const valueAt = (lane: Lane, index: number): Value => (isColumn(lane) ? lane[index] as Value : lane);

/** Rows of which exactly one holds at each interval. A row that never holds is not read. */
function casesLane(at: Context, rows: readonly CoreRow[]): Lane {
  const count = at.slices.length;
  const chosen = new Int16Array(count).fill(-1);
  let otherwise = -1;
  const whens = rows.map((row): Lane => (row.when && !row.otherwise ? laneOf(at, row.when) : true));
  const asked = whens.map(lanesOf).find((algebra) => algebra !== undefined);
  if (asked) return askedCases(at, rows, whens, asked);
  rows.forEach((row, index) => {
    if (row.otherwise) { otherwise = index; return; }
    const when = whens[index] ?? true;
    const during = row.during && maskOf(at, row.during);
    for (let i = 0; i < count; i++) {
      if (valueAt(when, i) !== true || during?.(i) === false) continue;
      if (chosen[i] !== -1) throw new NoColumn();
      chosen[i] = index;
    }
  });
  for (let i = 0; i < count; i++) if (chosen[i] === -1) chosen[i] = otherwise;
  const used = new Set(chosen);
  if (used.has(-1)) throw new NoColumn();
  const lanes = rows.map((row, index) => (used.has(index) ? laneOf(at, row.value) : undefined));
  const only = used.size === 1 ? lanes[[...used][0] ?? 0] : undefined;
  if (only !== undefined) return only;
  const algebra = lanes.map(lanesOf).find((each) => each !== undefined);
  if (algebra) {
    return lanes.reduce<Lane | undefined>((rest, lane, index) => (lane === undefined ? rest : rest === undefined ? lane : algebra.where(Array.from(chosen, (each) => (each === index ? ONE : ZERO)), lane as Operand, rest as Operand)), undefined) ?? ZERO;
  }
  return at.slices.map((_, i) => {
    const lane = lanes[chosen[i] ?? 0];
    if (lane === undefined) throw new NoColumn();
    return valueAt(lane, i);
  });
}

/** The same, when which row holds is not known interval by interval. */
function askedCases(at: Context, rows: readonly CoreRow[], whens: readonly Lane[], algebra: LaneAlgebra): Lane {
  const count = at.slices.length;
  const constant = (value: Exact): readonly Exact[] => Array.from({ length: count }, () => value);
  const holding = rows.map((row, index): readonly Exact[] | undefined => {
    if (row.otherwise) return undefined;
    const when = whens[index];
    const during = row.during && maskOf(at, row.during);
    const mask = during && at.slices.map((_, i) => (during(i) ? ONE : ZERO));
    if (lanesOf(when)) return mask ? algebra.zip('multiply', when as Operand, mask) : when as readonly Exact[];
    const plain = (i: number): boolean => valueAt(when as Lane, i) === true && during?.(i) !== false;
    return at.slices.map((_, i) => (plain(i) ? ONE : ZERO));
  });
  const often = holding.reduce<readonly Exact[]>((sum, each) => (each ? algebra.zip('add', sum, each) : sum), constant(ZERO));
  const otherwise = rows.findIndex((row) => row.otherwise);
  const extreme = (lane: readonly Exact[], operator: 'maximum' | 'minimum'): Exact => (lanesOf(lane) ?? algebra).fold(lane, operator, 0, count);
  if (compare(extreme(often, 'maximum'), ONE) > 0) throw new NoColumn();
  const everywhere = compare(extreme(often, 'minimum'), ONE) >= 0;
  if (!everywhere && otherwise < 0) throw new NoColumn();
  // A row that never holds is not read.
  const used = holding.map((each) => each !== undefined && !isZero(extreme(each, 'maximum')));
  let result: Lane | undefined = everywhere ? undefined : laneOf(at, (rows[otherwise] as CoreRow).value);
  rows.forEach((row, index) => {
    const holds = holding[index];
    if (!holds || !used[index]) return;
    const lane = laneOf(at, row.value);
    result = result === undefined ? lane : algebra.where(holds, lane as Operand, result as Operand);
  });
  if (result === undefined) throw new NoColumn();
  return result;
}

/** Whether each interval is in a set of time; only for sets that are the same from wherever they are seen. */
function maskOf(at: Context, during: NonNullable<CoreRow['during']>): (index: number) => boolean {
  if (!isFixed(during.plage)) throw new NoColumn();
  const set = plageSet(at.rt, during.plage, at.instance.root, at.instance.root);
  return (index) => contains(set, at.slices[index]?.start ?? 0) !== during.outside;
}
function symbolLane(at: Context, symbol: ValueSymbol): Lane {
  const { rt, instance } = at;
  const posed = instance.posed?.get(symbol.slot);
  if (posed !== undefined) return posed;
  if (symbol.grain === 'période' || symbol.grain === 'constante') return rt.reader(symbol)(instance.root);
  if (symbol.grain !== 'intervalle' && symbol.grain !== 'heure') return byRows(at, { op: 'symbol', symbol });
  if (symbol.role === 'data') return dataLane(at, symbol);
  if (symbol.grain !== at.grain) return byRows(at, { op: 'symbol', symbol });
  const column = columnOf(rt, { op: 'symbol', symbol }, at.grain, instance);
  if (!column) throw new NoColumn();
  return column.values;
}

/** A datum per interval or hour: its series, the steps that the case gives, or one value for all. */
function dataLane(at: Context, symbol: ValueSymbol): Lane {
  const { instance } = at;
  const { session, period } = instance;
  if (!instance.isPosed(symbol.name) && period.steps.has(symbol.name)) return byRows(at, { op: 'symbol', symbol });
  const fact = instance.isPosed(symbol.name) ? undefined : period.facts.get(symbol.name) ?? session.input.period.facts.get(symbol.name);
  if (fact !== undefined) return fact;
  const series = instance.hasSeries(symbol.name) ? instance.series(symbol.name, instance.root.set) : undefined;
  // A presumed value may itself change from hour to hour.
  if (!series) return symbol.data?.presumed && symbol.data.presumed.op !== 'constant' ? byRows(at, { op: 'symbol', symbol }) : at.rt.reader(symbol)(instance.root);
  if (series.step > stepOf(at.grain) || firstGap(series, instance.root.set) !== undefined) throw new NoColumn();
  const range = indexRange(series, period.start, period.end);
  if (!range.aligned || series.step !== stepOf(at.grain)) throw new NoColumn();
  return range.from === 0 && range.to === series.values.length ? series.values : series.values.slice(range.from, range.to);
}

/** What has no column of its own is read row by row. */
function byRows(at: Context, core: Core): Lane {
  const evaluate = at.rt.of(core);
  return at.slices.map((slice, rank) => evaluate(sliceRow(at.instance, at.grain, slice, rank)));
}
