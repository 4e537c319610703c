/** The value of a formula for one case, worked out on ratios. */
import { ONE, ZERO, add, compare, divide, floorTo, maximum, minimum, multiply, roundTo, type Exact } from '../quantity/exact.ts';
import { HOLDS } from '../evaluate/operations.ts';
import { neededFor, type Node } from './graph.ts';
import { foldOf } from './lanes.ts';

/** What a case gives: its numbers, and the values of its series, by rank. */
export interface Given { readonly input: (index: number) => Exact; readonly series: (rank: number) => readonly Exact[] }

/** Values that are known, by the rank of their node: one, or one for each interval. */
export type Known = Map<number, Exact | readonly Exact[]>;

/** The value of a formula that has one; `known` keeps what was worked out. */
export function evaluateNode(node: Node, given: Given, known: Known): Exact {
  const of = ({ id }: Node): Exact => known.get(id) as Exact;
  const at = (each: Node, index: number): Exact => { const found = known.get(each.id); return Array.isArray(found) ? (found as readonly Exact[])[index] ?? ZERO : found as Exact; };
  const over = (each: Node, value: (index: number) => Exact): readonly Exact[] => Array.from({ length: each.length ?? 0 }, (_, index) => value(index));
  const binary = (each: Node & { readonly left: Node; readonly right: Node }, operation: (a: Exact, b: Exact) => Exact): Exact | readonly Exact[] =>
    each.length === undefined ? operation(of(each.left), of(each.right)) : over(each, (index) => operation(at(each.left, index), at(each.right, index)));
  const work = (each: Node): Exact | readonly Exact[] => {
    switch (each.op) {
      case 'input': return given.input(each.index);
      case 'constant': return each.value;
      case 'add': return binary(each, add);
      case 'multiply': return binary(each, multiply);
      case 'divide': return binary(each, divide);
      case 'maximum': return binary(each, maximum);
      case 'minimum': return binary(each, minimum);
      case 'nearest': return roundTo(of(each.operand), each.step);
      case 'below': return floorTo(of(each.operand), each.step);
      case 'series': return given.series(each.rank);
      case 'part': return (known.get(each.vector.id) as readonly Exact[]).slice(each.from, each.to);
      case 'test': return over(each, (index) => (HOLDS[each.sign](compare(at(each.left, index), at(each.right, index))) ? ONE : ZERO));
      case 'where': return over(each, (index) => (compare(at(each.test, index), ONE) === 0 ? at(each.left, index) : at(each.right, index)));
      case 'spread': return each.runs.flatMap(({ value, count }) => Array.from({ length: count }, () => of(value)));
      case 'fold': return foldOf(known.get(each.vector.id) as readonly Exact[], each.operator, each.from, each.to);
    }
  };
  for (const each of neededFor(node, ({ id }) => known.has(id))) known.set(each.id, work(each));
  return of(node);
}
