/** Recorded series, and what is worked out from them interval by interval: each operation is one formula for all the intervals. */
import { ONE, ZERO, add, compare, divide, equals, excess, isZero, maximum, minimum, multiply, negate, ratio, subtract, type Exact } from '../quantity/exact.ts';
import type { LaneAlgebra, LaneOperation, Operand } from '../quantity/lanes.ts';
import { HOLDS } from '../evaluate/operations.ts';
import type { Fold, Graph, Node } from './graph.ts';
import { Unrecordable } from './unrecordable.ts';

/** Who records: the node of a value, the value of a case, and a new recorded number. */
export interface Recorder {
  readonly graph: Graph;
  readonly nodeOf: (value: Exact) => Node;
  readonly valueOf: (value: Exact) => Exact;
  readonly number: (node: Node, value: () => Exact) => Exact;
}

/** More single values read than this, and they would be formulas of their own, not those of a series. */
const MOST_READ = 2000;
/** More stretches of equal values than this, likewise. */
const MOST_RUNS = 3000;

interface Lane { readonly node: Node; readonly values: readonly Exact[] }
const kept = new WeakMap<object, Lane>();

const OPERATIONS: Readonly<Record<LaneOperation, (a: Exact, b: Exact) => Exact>> = { add, subtract, multiply, divide, max: maximum, min: minimum, excess };
/** Makes recorded lanes; `series` is one of the case. */
export function lanesFor(recorder: Recorder): { readonly algebra: LaneAlgebra; readonly series: (rank: number, values: readonly Exact[]) => readonly Exact[] } {
  const { graph, nodeOf, valueOf, number } = recorder;
  let reads = 0;
  const made = (node: Node, values: readonly Exact[]): readonly Exact[] => {
    if (node.length === undefined) return made(spread(values.map(() => node)), values);
    const lane: Lane = { node, values };
    const proxy = new Proxy(values as Exact[], {
      get: (_, key) => {
        if (key === 'length') return values.length;
        if (key === 'lanes') return algebra;
        if (key === 'slice') return (from = 0, to = values.length) => made(graph.part(node, from, to), values.slice(from, to));
        const at = typeof key === 'string' && /^\d+$/.test(key) ? Number(key) : undefined;
        if (at === undefined || at >= values.length) { if (at !== undefined) return undefined; throw new Unrecordable('series'); }
        if (++reads > MOST_READ) throw new Unrecordable('series');
        return number(graph.fold(node, 'somme', at, at + 1), () => values[at] ?? ZERO);
      },
    });
    kept.set(proxy, lane);
    return proxy;
  };
  const spread = (nodes: readonly Node[]): Node => {
    const node = graph.spread(nodes);
    if (node.op === 'spread' && node.runs.length > MOST_RUNS) throw new Unrecordable('series');
    return node;
  };
  const laneOf = (operand: Operand): { readonly node: Node; readonly at: (index: number) => Exact } => {
    if (!Array.isArray(operand)) {
      const one = operand as Exact;
      if (typeof one !== 'object') throw new Unrecordable('series');
      return { node: nodeOf(one), at: () => valueOf(one) };
    }
    const own = kept.get(operand);
    if (own) return { node: own.node, at: (index) => own.values[index] ?? ZERO };
    const given = operand as readonly Exact[];
    if (given.some((value) => typeof value !== 'object')) throw new Unrecordable('series');
    return { node: spread(given.map(nodeOf)), at: (index) => valueOf(given[index] ?? ZERO) };
  };
  const lengthOf = (...operands: readonly Operand[]): number => (operands.find((each) => Array.isArray(each)) as readonly Exact[]).length;
  const each = (count: number, value: (index: number) => Exact): Exact[] => Array.from({ length: count }, (_, index) => value(index));
  const minus = (node: Node): Node => graph.binary('multiply', node, graph.constant(negate(ONE)));
  const combined = (operation: LaneOperation, a: Node, b: Node): Node => {
    switch (operation) {
      case 'add': case 'multiply': return graph.binary(operation, a, b);
      case 'subtract': return graph.binary('add', a, minus(b));
      case 'max': return graph.binary('maximum', a, b);
      case 'min': return graph.binary('minimum', a, b);
      case 'excess': return graph.binary('maximum', graph.binary('add', a, minus(b)), graph.constant(ZERO));
      case 'divide':
        // By a number that varies, the quotients have no denominator of their own.
        if (b.op !== 'constant' || isZero(b.value)) throw new Unrecordable('series');
        return graph.binary('multiply', a, graph.constant(ratio(b.value.d, b.value.n)));
    }
  };
  const algebra: LaneAlgebra = {
    zip: (operation, left, right) => {
      const [a, b] = [laneOf(left), laneOf(right)];
      return made(combined(operation, a.node, b.node), each(lengthOf(left, right), (index) => OPERATIONS[operation](a.at(index), b.at(index))));
    },
    compare: (sign, left, right) => {
      const [a, b] = [laneOf(left), laneOf(right)];
      return made(graph.test(sign, a.node, b.node), each(lengthOf(left, right), (index) => (HOLDS[sign](compare(a.at(index), b.at(index))) ? ONE : ZERO)));
    },
    where: (test, left, right) => {
      const [t, a, b] = [laneOf(test), laneOf(left), laneOf(right)];
      return made(graph.where(t.node, a.node, b.node), each(test.length, (index) => (equals(t.at(index), ONE) ? a.at(index) : b.at(index))));
    },
    fold: (lane, operator, from, to) => {
      const { node } = laneOf(lane);
      const [first, end] = [Math.max(0, from), Math.min(lane.length, to)];
      if (end <= first) throw new Unrecordable('series');
      const values = kept.get(lane)?.values ?? lane.map(valueOf);
      return number(graph.fold(node, operator, first, end), () => foldOf(values, operator, first, end));
    },
  };
  return { algebra, series: (rank, values) => made(graph.series(rank, values.length), values) };
}

/** The sum or an extreme of a stretch of values. */
export function foldOf(values: readonly Exact[], operator: Fold, from: number, to: number): Exact {
  const join = operator === 'somme' ? add : operator === 'maximum' ? maximum : minimum;
  let found = values[from] ?? ZERO;
  for (let index = from + 1; index < to; index++) found = join(found, values[index] ?? ZERO);
  return found;
}
