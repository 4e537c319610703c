/**
 * What a bill works out from the numbers of a case, as a graph of formulas: each formula once, however often it is asked for. A value
 * is the ratio that the interpreter would hold; how it is represented is decided later (`fit.ts`).
 */
import { equals, fromInteger, reduce, ZERO, type Exact } from '../quantity/exact.ts';

/** Where in the rate a formula was first worked out. */
export interface NodePlace { readonly name: string; readonly article: string }

export type Binary = 'add' | 'multiply' | 'divide' | 'maximum' | 'minimum';
export type Fold = 'somme' | 'maximum' | 'minimum';
export type Sign = '=' | '≠' | '<' | '≤' | '>' | '≥';
/** `length`: of a formula with a value for each interval, how many; operations on such are done interval by interval. */
interface Common { readonly id: number; readonly place: NodePlace | undefined; readonly length: number | undefined }
export type Node = Common & (
  /** A number of the case, by its rank among those that vary. */
  | { readonly op: 'input'; readonly index: number }
  | { readonly op: 'constant'; readonly value: Exact }
  | { readonly op: Binary; readonly left: Node; readonly right: Node }
  /** To a multiple of a step: the nearest, half away from zero, or the one at or below. */
  | { readonly op: 'nearest' | 'below'; readonly operand: Node; readonly step: Exact }
  /** A series of the case, by its rank. */
  | { readonly op: 'series'; readonly rank: number }
  /** A stretch of a formula over intervals. */
  | { readonly op: 'part'; readonly vector: Node; readonly from: number; readonly to: number }
  /** 1 where a comparison holds, else 0. */
  | { readonly op: 'test'; readonly sign: Sign; readonly left: Node; readonly right: Node }
  /** The left one where the test is 1, else the right one. */
  | { readonly op: 'where'; readonly test: Node; readonly left: Node; readonly right: Node }
  /** One value after another, each over so many intervals. */
  | { readonly op: 'spread'; readonly runs: readonly { readonly value: Node; readonly count: number }[] }
  /** The sum or an extreme of a stretch of a formula over intervals. */
  | { readonly op: 'fold'; readonly vector: Node; readonly operator: Fold; readonly from: number; readonly to: number });

/** The formulas of one kind of case; the same formula is the same node. */
export class Graph {
  private readonly known = new Map<string, Node>();
  readonly nodes: Node[] = [];
  /** Told to each formula that is made: where the program is. */
  place: NodePlace | undefined;

  input(index: number): Node { return this.make(`i${index}`, { op: 'input', index }); }
  constant(value: Exact): Node { const lowest = reduce(value); return this.make(`c${lowest.n}/${lowest.d}`, { op: 'constant', value: lowest }); }
  binary(op: Binary, left: Node, right: Node): Node {
    // The order of a sum, a product or an extreme does not matter.
    const [a, b] = op !== 'divide' && left.id > right.id ? [right, left] : [left, right];
    return simpler(this, op, left, right) ?? this.make(`${op} ${a.id} ${b.id}`, { op, left: a, right: b }, a.length ?? b.length);
  }
  toStep(op: 'nearest' | 'below', operand: Node, step: Exact): Node { return this.make(`${op} ${operand.id} ${step.n}/${step.d}`, { op, operand, step }); }
  series(rank: number, length: number): Node { return this.make(`s${rank}`, { op: 'series', rank }, length); }
  part(vector: Node, from: number, to: number): Node { return from === 0 && to === vector.length ? vector : this.make(`p${vector.id} ${from} ${to}`, { op: 'part', vector, from, to }, to - from); }
  test(sign: Sign, left: Node, right: Node): Node { return this.make(`${sign} ${left.id} ${right.id}`, { op: 'test', sign, left, right }, left.length ?? right.length); }
  where(test: Node, left: Node, right: Node): Node { return left === right && left.length !== undefined ? left : this.make(`w${test.id} ${left.id} ${right.id}`, { op: 'where', test, left, right }, test.length); }
  spread(values: readonly Node[]): Node {
    const runs: { value: Node; count: number }[] = [];
    for (const value of values) { const last = runs.at(-1); if (last?.value === value) last.count++; else runs.push({ value, count: 1 }); }
    return this.make(`r${runs.map(({ value, count }) => `${value.id}x${count}`).join()}`, { op: 'spread', runs }, values.length);
  }
  fold(vector: Node, operator: Fold, from: number, to: number): Node { return this.make(`f${operator} ${vector.id} ${from} ${to}`, { op: 'fold', vector, operator, from, to }); }

  private make(key: string, shape: DistributedOmit<Node>, length?: number): Node {
    let found = this.known.get(key);
    if (!found) {
      found = { ...shape, id: this.nodes.length, place: this.place, length } as Node;
      this.nodes.push(found);
      this.known.set(key, found);
    }
    return found;
  }
}
type DistributedOmit<T> = T extends Node ? Omit<T, 'id' | 'place' | 'length'> : never;

const ONE = fromInteger(1);
const isConstant = (node: Node, value: Exact): boolean => node.op === 'constant' && equals(node.value, value);
/** What needs no work: a sum with 0, a product with 1 or 0, an extreme of one thing. */
function simpler(graph: Graph, op: Binary, left: Node, right: Node): Node | undefined {
  switch (op) {
    case 'add': return isConstant(left, ZERO) ? right : isConstant(right, ZERO) ? left : undefined;
    case 'multiply': return isConstant(left, ONE) ? right : isConstant(right, ONE) ? left : isConstant(left, ZERO) || isConstant(right, ZERO) ? graph.constant(ZERO) : undefined;
    case 'divide': return isConstant(right, ONE) ? left : undefined;
    case 'maximum': case 'minimum': return left === right ? left : undefined;
  }
}

export function operandsOf(node: Node): readonly Node[] {
  switch (node.op) {
    case 'input': case 'constant': case 'series': return [];
    case 'nearest': case 'below': return [node.operand];
    case 'part': case 'fold': return [node.vector];
    case 'where': return [node.test, node.left, node.right];
    case 'spread': return node.runs.map(({ value }) => value);
    default: return [node.left, node.right];
  }
}

/** A formula and those that it is made from, down to what is known already; operands first. Chains are long (a sum over a year of days): nothing here calls itself. */
export function neededFor(node: Node, isKnown: (node: Node) => boolean): readonly Node[] {
  if (isKnown(node)) return [];
  const found = new Set<Node>([node]);
  const waiting = [node];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    for (const each of operandsOf(next)) if (!found.has(each) && !isKnown(each)) { found.add(each); waiting.push(each); }
  }
  // A formula is made after those that it is made from.
  return found.size === 1 ? [node] : [...found].sort((a, b) => a.id - b.id);
}
