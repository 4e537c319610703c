/** Between which numbers a formula lies, given the bounds of the numbers of the case and what questions were answered on the way. */
import { add, compare, divide, floorTo, maximum, minimum, multiply, negate, ratio, roundTo, subtract, ZERO, type Exact } from '../quantity/exact.ts';
import type { InputFit } from './fit.ts';
import type { Node } from './graph.ts';
import type { Order } from './plan.ts';

/** An edge that is not known is undefined. */
interface Interval { readonly low: Exact | undefined; readonly high: Exact | undefined }
const MINUS_ONE = ratio(-1n, 1n);
const isMinusOne = (node: Node): boolean => node.op === 'constant' && compare(node.value, MINUS_ONE) === 0;
const ANY: Interval = { low: undefined, high: undefined };

const both = <T>(a: Exact | undefined, b: Exact | undefined, work: (a: Exact, b: Exact) => T): T | undefined => (a && b ? work(a, b) : undefined);
const tighter = (known: Exact | undefined, found: Exact | undefined, choose: (a: Exact, b: Exact) => Exact): Exact | undefined => (known && found ? choose(known, found) : known ?? found);

/** What is known of the formulas of a graph on one way through its questions. */
export class Bounds {
  private readonly told = new Map<Node, Interval>();
  private readonly worked = new Map<Node, Interval>();
  /** `fit`: of a number of the case by its rank. */
  constructor(private readonly fit: (index: number) => InputFit) {}

  of(node: Node): Interval {
    let found = this.worked.get(node);
    if (!found) {
      const [made, told] = [this.made(node), this.told.get(node) ?? ANY];
      found = { low: tighter(made.low, told.low, maximum), high: tighter(made.high, told.high, minimum) };
      this.worked.set(node, found);
    }
    return found;
  }

  /** Which answers can be, as far as bounds and earlier answers tell. */
  orders(left: Node, right: Node): Order[] {
    const asked = this.asked(left, right);
    if (asked.left === asked.right) return [0];
    const answered = this.answers.get(`${asked.left.id} ${asked.right.id}`);
    return answered === undefined ? this.possible(asked.left, asked.right) : [answered];
  }

  private readonly answers = new Map<string, Order>();

  /** The same question of less: whether a positive share of a number is 0 is whether the number is. */
  private asked(left: Node, right: Node): { readonly left: Node; readonly right: Node } {
    const positive = (node: Node): boolean => { const { low } = this.of(node); return low !== undefined && compare(low, ZERO) > 0; };
    const isZero = (node: Node): boolean => node.op === 'constant' && compare(node.value, ZERO) === 0;
    if (!isZero(right)) return { left, right };
    for (let at = left; ;) {
      if ((at.op === 'multiply' || at.op === 'minimum') && positive(at.left) && (at.op === 'multiply' || this.notNegative(at.right))) at = at.right;
      else if ((at.op === 'multiply' || at.op === 'minimum') && positive(at.right) && (at.op === 'multiply' || this.notNegative(at.left))) at = at.left;
      else if (at.op === 'add') {
        // Whether a less b is 0.
        const negated = (node: Node): Node | undefined => (node.op !== 'multiply' ? undefined : isMinusOne(node.left) ? node.right : isMinusOne(node.right) ? node.left : undefined);
        const [first, second] = [negated(at.left), negated(at.right)];
        return second ? { left: at.left, right: second } : first ? { left: at.right, right: first } : { left: at, right };
      } else return { left: at, right };
    }
  }
  private notNegative(node: Node): boolean { const { low } = this.of(node); return low !== undefined && compare(low, ZERO) >= 0; }

  private possible(left: Node, right: Node): Order[] {
    const [a, b] = [this.of(left), this.of(right)];
    const least = both(a.low, b.high, compare);
    const most = both(a.high, b.low, compare);
    return ([-1, 0, 1] as const).filter((order) => (order === -1 ? least === undefined || least < 0 : order === 1 ? most === undefined || most > 0 : (least ?? -1) <= 0 && (most ?? 1) >= 0));
  }

  /** Learns an answer; false when nothing can answer so. */
  assume(left: Node, right: Node, order: Order): boolean {
    const asked = this.asked(left, right);
    this.answers.set(`${asked.left.id} ${asked.right.id}`, order);
    this.answers.set(`${asked.right.id} ${asked.left.id}`, -order as Order);
    return (asked.left === left && asked.right === right ? true : this.learn(asked.left, asked.right, order)) && this.learn(left, right, order);
  }

  private learn(left: Node, right: Node, order: Order): boolean {
    const [a, b] = [this.of(left), this.of(right)];
    if (order <= 0) { this.narrow(left, undefined, this.below(left, b.high, order < 0)); this.narrow(right, this.above(right, a.low, order < 0), undefined); }
    if (order >= 0) { this.narrow(left, this.above(left, b.low, order > 0), undefined); this.narrow(right, undefined, this.below(right, a.high, order > 0)); }
    this.worked.clear();
    const empty = (node: Node): boolean => { const { low, high } = this.of(node); return low !== undefined && high !== undefined && compare(low, high) > 0; };
    return !empty(left) && !empty(right) && ![...this.told.keys()].some((node) => node.op === 'input' && empty(node));
  }

  /** The numbers of a case come in steps: what is strictly below one is at most the step before it. */
  private below(node: Node, edge: Exact | undefined, strictly: boolean): Exact | undefined {
    if (!edge || node.op !== 'input') return edge;
    const step = ratio(1n, this.fit(node.index).denominator);
    const at = floorTo(edge, step);
    return strictly && compare(at, edge) === 0 ? subtract(at, step) : at;
  }
  private above(node: Node, edge: Exact | undefined, strictly: boolean): Exact | undefined {
    const found = this.below(node, edge && negate(edge), strictly);
    return found && negate(found);
  }

  private narrow(node: Node, low: Exact | undefined, high: Exact | undefined): void {
    if (!low && !high) return;
    const known = this.told.get(node) ?? ANY;
    this.told.set(node, { low: tighter(known.low, low, maximum), high: tighter(known.high, high, minimum) });
    switch (node.op) {
      case 'multiply': {
        const [factor, other] = node.left.op === 'constant' ? [node.left, node.right] : [node.right, node.left];
        if (factor.op !== 'constant' || compare(factor.value, ZERO) === 0) return;
        const { value } = factor;
        const [from, to] = compare(value, ZERO) > 0 ? [low, high] : [high, low];
        this.narrow(other, this.above(other, from && divide(from, value), false), this.below(other, to && divide(to, value), false));
        return;
      }
      case 'add': {
        for (const [one, other] of [[node.left, node.right], [node.right, node.left]] as const) {
          if (one.op === 'constant') continue;
          const rest = this.of(other);
          this.narrow(one, this.above(one, both(low, rest.high, subtract), false), this.below(one, both(high, rest.low, subtract), false));
        }
        return;
      }
      case 'maximum': for (const each of [node.left, node.right]) if (each.op !== 'constant') this.narrow(each, undefined, this.below(each, high, false)); return;
      case 'minimum': for (const each of [node.left, node.right]) if (each.op !== 'constant') this.narrow(each, this.above(each, low, false), undefined); return;
      default: return;
    }
  }

  private made(node: Node): Interval {
    switch (node.op) {
      case 'input': { const { denominator, least, most } = this.fit(node.index); return { low: ratio(least, denominator), high: ratio(most, denominator) }; }
      case 'constant': return { low: node.value, high: node.value };
      case 'fold': case 'series': case 'part': case 'test': case 'where': case 'spread': return ANY;
      case 'nearest': case 'below': {
        const round = (x: Exact | undefined): Exact | undefined => x && (node.op === 'nearest' ? roundTo : floorTo)(x, node.step);
        const { low, high } = this.of(node.operand);
        return { low: round(low), high: round(high) };
      }
      default: return combined(node.op, this.of(node.left), this.of(node.right));
    }
  }
}

function combined(op: 'add' | 'multiply' | 'divide' | 'maximum' | 'minimum', a: Interval, b: Interval): Interval {
  switch (op) {
    case 'add': return { low: both(a.low, b.low, add), high: both(a.high, b.high, add) };
    case 'maximum': return { low: tighter(a.low, b.low, maximum), high: both(a.high, b.high, maximum) };
    case 'minimum': return { low: both(a.low, b.low, minimum), high: tighter(a.high, b.high, minimum) };
    case 'multiply': {
      if (!a.low || !b.low) return ANY;
      // Of two that are not negative, the product is not either, however large.
      if (!a.high || !b.high) return compare(a.low, ZERO) >= 0 && compare(b.low, ZERO) >= 0 ? { low: multiply(a.low, b.low), high: undefined } : ANY;
      return edges([multiply(a.low, b.low), multiply(a.low, b.high), multiply(a.high, b.low), multiply(a.high, b.high)]);
    }
    case 'divide': {
      if (!a.low || !b.low || compare(b.low, ZERO) < 0) return ANY;
      if (compare(b.low, ZERO) === 0 || !a.high || !b.high) return compare(a.low, ZERO) >= 0 ? { low: ZERO, high: undefined } : ANY;
      return edges([divide(a.low, b.low), divide(a.low, b.high), divide(a.high, b.low), divide(a.high, b.high)]);
    }
  }
}
const edges = (all: readonly Exact[]): Interval => ({ low: all.reduce(minimum), high: all.reduce(maximum) });
