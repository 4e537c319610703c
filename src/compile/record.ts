/**
 * Records a bill: the interpreter runs as it is, on a case whose numbers are not numbers but places for them. What it works out from
 * them becomes formulas (`graph.ts`); each time it asks which of two is larger, it is told what is so in the case at hand, and the
 * question is kept. Whatever answers all the questions alike has the very same bill, by the very same formulas: one recording serves
 * all such cases, and no rule of the book is written a second time.
 */
import { add, compare, divide, floorTo, maximum, minimum, multiply, ratio, roundTo, ZERO, type Algebra, type Exact } from '../quantity/exact.ts';
import type { Series } from '../calendar/series.ts';
import type { Graph, Node } from './graph.ts';
import { lanesFor } from './lanes.ts';
import { Unrecordable } from './unrecordable.ts';

export { Unrecordable } from './unrecordable.ts';

/** A question that the program asked, and its answer: whether the left one is below, equal to or above the right one. */
export interface Decision { readonly left: Node; readonly right: Node; readonly order: -1 | 0 | 1 }

/** More questions than this, and the code of a case would serve hardly any other. */
const MOST_QUESTIONS = 500;

/** A number of a recorded case, or what was worked out from it. */
export class Recorded implements Exact {
  constructor(readonly algebra: Algebra, readonly node: Node, readonly value: Exact) {}
  /** Whoever reads digits decides something unasked. */
  get n(): bigint { throw new Unrecordable('digits'); }
  get d(): bigint { throw new Unrecordable('digits'); }
}

/** How a question is settled: by the case at hand, or by whoever explores. */
export type Settle = (left: Node, right: Node, order: () => -1 | 0 | 1) => -1 | 0 | 1;

export interface Recording {
  readonly decisions: readonly Decision[];
  /** The place of a number of the case. */
  readonly input: (index: number, value: Exact) => Exact;
  /** A series of the case, as the interpreter reads it. */
  readonly series: (rank: number, values: readonly Exact[]) => Pick<Series, 'values' | 'fold'>;
  /** From now on, what is asked of the recorded numbers is answered from these, and nothing is kept: a bill of another case is read from the recorded one. */
  replay: ((node: Node) => Exact) | undefined;
}

/** Begins a recording. When questions are settled by someone else, the numbers of the case are beside the point, and none is worked out. */
export function record(graph: Graph, explored?: Settle): Recording {
  const settle: Settle = explored ?? ((_, __, order) => order());
  const decisions: Decision[] = [];
  const answers = new Map<string, -1 | 0 | 1>();
  const recording: Recording = {
    decisions, replay: undefined,
    input: (index, value) => new Recorded(algebra, graph.input(index), value),
    series: (rank, values) => {
      const lane = lanes.series(rank, values);
      return { values: lane, fold: (operator, from, to) => lanes.algebra.fold(lane, operator, from, to) };
    },
  };
  const nodeOf = (x: Exact): Node => (x instanceof Recorded ? x.node : graph.constant(x));
  const valueOf = (x: Exact): Exact => (x instanceof Recorded ? (recording.replay ? recording.replay(x.node) : x.value) : x);
  const made = (node: Node, value: () => Exact): Exact => (node.op === 'constant' ? node.value : new Recorded(algebra, node, explored ? ZERO : value()));
  const ask = (left: Node, right: Node, order: () => -1 | 0 | 1): -1 | 0 | 1 => {
    if (left === right) return 0;
    if (left.op === 'constant' && right.op === 'constant') return compare(left.value, right.value);
    const key = `${left.id} ${right.id}`;
    const known = answers.get(key);
    if (known !== undefined) return known;
    const found = settle(left, right, order);
    answers.set(key, found);
    answers.set(`${right.id} ${left.id}`, -found as -1 | 0 | 1);
    decisions.push({ left, right, order: found });
    if (decisions.length > MOST_QUESTIONS) throw new Unrecordable('questions');
    return found;
  };
  const algebra: Algebra = {
    add: (a, b) => recording.replay ? add(valueOf(a), valueOf(b)) : made(graph.binary('add', nodeOf(a), nodeOf(b)), () => add(valueOf(a), valueOf(b))),
    multiply: (a, b) => recording.replay ? multiply(valueOf(a), valueOf(b)) : made(graph.binary('multiply', nodeOf(a), nodeOf(b)), () => multiply(valueOf(a), valueOf(b))),
    divide: (a, b) => {
      if (recording.replay) return divide(valueOf(a), valueOf(b));
      const by = nodeOf(b);
      // By a number that is known, a quotient is a product.
      const node = by.op === 'constant' ? graph.binary('multiply', nodeOf(a), graph.constant(ratio(by.value.d, by.value.n))) : graph.binary('divide', nodeOf(a), by);
      return made(node, () => divide(valueOf(a), valueOf(b)));
    },
    compare: (a, b) => recording.replay ? compare(valueOf(a), valueOf(b)) : ask(nodeOf(a), nodeOf(b), () => compare(valueOf(a), valueOf(b))),
    maximum: (a, b) => recording.replay ? maximum(valueOf(a), valueOf(b)) : made(graph.binary('maximum', nodeOf(a), nodeOf(b)), () => maximum(valueOf(a), valueOf(b))),
    minimum: (a, b) => recording.replay ? minimum(valueOf(a), valueOf(b)) : made(graph.binary('minimum', nodeOf(a), nodeOf(b)), () => minimum(valueOf(a), valueOf(b))),
    toStep: (x, step, how) => {
      const round = how === 'nearest' ? roundTo : floorTo;
      if (recording.replay) return round(valueOf(x), valueOf(step));
      const by = nodeOf(step);
      if (by.op !== 'constant') throw new Unrecordable('digits');
      return made(graph.toStep(how, nodeOf(x), by.value), () => round(valueOf(x), by.value));
    },
    shown: valueOf,
  };
  const lanes = lanesFor({ graph, nodeOf, valueOf, number: made });
  return recording;
}
