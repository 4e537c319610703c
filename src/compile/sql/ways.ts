/** The ways through a rule as a tree, and what makes it smaller: ways that come to the same are one. */
import type { Exact } from '../../quantity/exact.ts';
import { floorTo, roundTo, add, multiply, maximum, minimum, divide } from '../../quantity/exact.ts';
import { compare } from '../../quantity/exact.ts';
import type { Graph, Node } from '../graph.ts';
import type { Order } from '../plan.ts';
import type { Decision } from '../record.ts';

/** Of an amount, its outputs by name; of a refusal, its code; of a condition that holds, no outputs. */
export type Ways =
  | { readonly kind: 'bill'; readonly outputs: ReadonlyMap<string, Node> }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'ask'; readonly left: Node; readonly right: Node; /** Undefined where nothing can answer so. */ readonly branches: readonly [Ways | undefined, Ways | undefined, Ways | undefined] };
interface Growing { kind: 'ask'; left: Node; right: Node; branches: [Ways | Growing | undefined, Ways | Growing | undefined, Ways | Growing | undefined] }

export const branchOf = (order: Order): 0 | 1 | 2 => (order + 1) as 0 | 1 | 2;

/** Grows a tree by one way. */
export class Grower {
  root: Ways | undefined;
  put(decisions: readonly Decision[], leaf: Ways): void {
    let hang = (branch: Ways | Growing): void => { this.root = branch as Ways; };
    let at = this.root as Ways | Growing | undefined;
    for (const { left, right, order } of decisions) {
      if (!at) { at = { kind: 'ask', left, right, branches: [undefined, undefined, undefined] }; hang(at); }
      if (at.kind !== 'ask' || at.left !== left || at.right !== right) throw new RangeError('the same answers lead to the same question');
      const { branches } = at as Growing;
      hang = (branch) => { branches[branchOf(order)] = branch; };
      at = branches[branchOf(order)];
    }
    hang(leaf);
  }
}

/** A tree with as few questions as come to the same. */
export function simplified(graph: Graph, ways: Ways): Ways {
  const { reduce } = simplifier(graph);
  return reduce(ways);
}

export function simplifier(graph: Graph): { readonly reduce: (ways: Ways) => Ways; readonly sign: (ways: Ways) => string } {
  const signs = new Map<string, string>();
  const known = new WeakMap<Ways, string>();
  const sign = (ways: Ways): string => {
    let found = known.get(ways);
    if (found === undefined) {
      const text = ways.kind === 'bill' ? `b${[...ways.outputs].map(([name, node]) => `${name}=${node.id}`).join()}` : ways.kind === 'refused' ? `r${ways.code}` : `a${ways.left.id}:${ways.right.id}(${ways.branches.map((each) => (each ? sign(each) : '-')).join()})`;
      found = signs.get(text);
      if (found === undefined) signs.set(text, (found = `#${signs.size}`));
      known.set(ways, found);
    }
    return found;
  };
  const reduced = new Map<string, Ways>();
  const reduce = (ways: Ways): Ways => {
    if (ways.kind !== 'ask') return ways;
    const key = sign(ways);
    const before = reduced.get(key);
    if (before) return before;
    const branches = ways.branches.map((each) => each && reduce(each)) as [Ways | undefined, Ways | undefined, Ways | undefined];
    const [below, equal, above] = branches;
    // Where the two are equal, what is said of the others may be said too.
    if (equal) {
      const [from, to] = ways.right.op === 'constant' || ways.left.op !== 'constant' ? [ways.left, ways.right] : [ways.right, ways.left];
      for (const other of [above, below]) {
        if (!other || sign(other) === sign(equal)) continue;
        const same = substituted(graph, other, from, to, reduce);
        if (same && sign(same) === sign(equal)) { branches[1] = other; break; }
      }
    }
    const given = branches.filter((each) => each !== undefined);
    const [first] = given;
    const made: Ways = first && given.every((each) => sign(each) === sign(first)) ? first : { ...ways, branches };
    reduced.set(key, made);
    return made;
  };
  return { reduce, sign };
}

/** A tree in which one formula is another; undefined when that cannot be. */
function substituted(graph: Graph, ways: Ways, from: Node, to: Node, reduce: (ways: Ways) => Ways): Ways | undefined {
  const known = new Map<Node, Node>([[from, to]]);
  const node = (each: Node): Node => {
    let made = known.get(each);
    if (!made) known.set(each, (made = rebuilt(graph, each, node)));
    return made;
  };
  const go = (each: Ways): Ways | undefined => {
    switch (each.kind) {
      case 'refused': return each;
      case 'bill': return { kind: 'bill', outputs: new Map([...each.outputs].map(([name, output]) => [name, node(output)])) };
      case 'ask': {
        const [left, right] = [node(each.left), node(each.right)];
        if (left === right) return each.branches[1] && go(each.branches[1]);
        if (left.op === 'constant' && right.op === 'constant') { const next = each.branches[branchOf(compare(left.value, right.value))]; return next && go(next); }
        return { kind: 'ask', left, right, branches: each.branches.map((next) => next && go(next)) as unknown as Extract<Ways, { kind: 'ask' }>['branches'] };
      }
    }
  };
  const made = go(ways);
  return made && reduce(made);
}

const FOLD: Readonly<Record<'add' | 'multiply' | 'divide' | 'maximum' | 'minimum', (a: Exact, b: Exact) => Exact>> = { add, multiply, divide, maximum, minimum };

/** The same formula of other operands; worked out where these are known. */
export function rebuilt(graph: Graph, node: Node, of: (node: Node) => Node): Node {
  switch (node.op) {
    // Of a period of a customer there are no intervals.
    case 'input': case 'constant': case 'fold': case 'series': case 'part': case 'test': case 'where': case 'spread': return node;
    case 'nearest': case 'below': {
      const operand = of(node.operand);
      return operand.op === 'constant' ? graph.constant((node.op === 'nearest' ? roundTo : floorTo)(operand.value, node.step)) : operand === node.operand ? node : graph.toStep(node.op, operand, node.step);
    }
    default: {
      const [left, right] = [of(node.left), of(node.right)];
      if (left.op === 'constant' && right.op === 'constant' && (node.op !== 'divide' || right.value.n !== 0n)) return graph.constant(FOLD[node.op](left.value, right.value));
      return left === node.left && right === node.right ? node : graph.binary(node.op, left, right);
    }
  }
}
