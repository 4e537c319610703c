/**
 * How each formula is held in a program: as a whole number over a denominator that is known beforehand. From the bounds of the numbers
 * of a case come the bounds of all that is worked out from them; where these stay within 2^53 a double holds the whole number exactly,
 * elsewhere a BigInt does. A quotient of two unknown numbers has no such denominator: it stays a ratio.
 */
import type { Exact } from '../quantity/exact.ts';
import { neededFor, type Graph, type Node } from './graph.ts';

/** The whole numbers that stand for a number of the case: n ÷ denominator, with n from `least` to `most`. */
export interface InputFit { readonly denominator: bigint; readonly least: bigint; readonly most: bigint }

export interface Fit extends InputFit {
  /** How the whole number is held; `ratio` has no bounds. */
  readonly as: 'number' | 'bigint' | 'ratio';
}

/** Doubles hold all whole numbers up to here. */
export const SAFE = 2n ** 53n - 1n;
/** Beyond this a denominator is no longer worth keeping common. */
const WIDEST = 2n ** 512n;

const size = (n: bigint): bigint => (n < 0n ? -n : n);
const gcd = (a: bigint, b: bigint): bigint => { let [x, y] = [size(a), size(b)]; while (y !== 0n) [x, y] = [y, x % y]; return x; };
export const lcm = (a: bigint, b: bigint): bigint => (a === b ? a : a / gcd(a, b) * b);
const least = (...all: bigint[]): bigint => all.reduce((a, b) => (a < b ? a : b));
const most = (...all: bigint[]): bigint => all.reduce((a, b) => (a > b ? a : b));
const isSafe = (...all: bigint[]): boolean => all.every((n) => n <= SAFE && n >= -SAFE);

const RATIO: Fit = { denominator: 1n, least: 0n, most: 0n, as: 'ratio' };
const fitted = (denominator: bigint, low: bigint, high: bigint): Fit => (denominator > WIDEST ? RATIO : { denominator, least: low, most: high, as: isSafe(low, high) ? 'number' : 'bigint' });

/** What a nearest or lower multiple is worked out from: n × up ÷ down, in whole steps. */
export function steps(fit: Fit, step: Exact): { readonly up: bigint; readonly down: bigint } {
  const [up, down] = [step.d, fit.denominator * step.n];
  const common = gcd(up, down);
  return { up: up / common, down: down / common };
}

/** The largest whole number met while two are brought to one denominator and joined, and while one is rounded. */
export const joins = (a: Fit, b: Fit): { readonly denominator: bigint; readonly left: bigint; readonly right: bigint } => {
  const denominator = lcm(a.denominator, b.denominator);
  return { denominator, left: denominator / a.denominator, right: denominator / b.denominator };
};

/** How the work of a node is done, its operands brought to one denominator: in doubles when nothing on the way passes 2^53. */
export function workOf(node: Node, fits: Fits): 'number' | 'bigint' | 'ratio' {
  const fit = fits.of(node);
  switch (node.op) {
    case 'input': case 'constant': case 'fold': case 'series': case 'part': return fit.as;
    // Over intervals there are doubles, or nothing.
    case 'test': return comparesAsNumbers(fits.of(node.left), fits.of(node.right)) ? 'number' : 'bigint';
    case 'where': return comparesAsNumbers(fits.of(node.left), fits.of(node.right)) && fit.as === 'number' ? 'number' : 'bigint';
    case 'spread': return node.runs.every(({ value }) => comparesAsNumbers(fits.of(value), fit)) && fit.as === 'number' ? 'number' : 'bigint';
    case 'nearest': case 'below': {
      const operand = fits.of(node.operand);
      if (operand.as === 'ratio') return 'ratio';
      const { up, down } = steps(operand, node.step);
      const widest = most(size(operand.least), size(operand.most)) * up * 2n + down;
      return isSafe(widest) && operand.as === 'number' && fit.as === 'number' ? 'number' : 'bigint';
    }
    default: {
      const [left, right] = [fits.of(node.left), fits.of(node.right)];
      if (fit.as === 'ratio' || left.as === 'ratio' || right.as === 'ratio') return 'ratio';
      if (left.as === 'bigint' || right.as === 'bigint' || fit.as === 'bigint') return 'bigint';
      if (node.op === 'multiply') return 'number';
      const { left: a, right: b } = joins(left, right);
      return isSafe(left.least * a, left.most * a, right.least * b, right.most * b) ? 'number' : 'bigint';
    }
  }
}

/** Whether two formulas can be brought to one denominator as doubles, to be compared. */
export function comparesAsNumbers(left: Fit, right: Fit): boolean {
  if (left.as !== 'number' || right.as !== 'number') return false;
  const { left: a, right: b } = joins(left, right);
  return isSafe(left.least * a, left.most * a, right.least * b, right.most * b);
}

/** The fits of the formulas of a graph, made when asked for. */
export class Fits {
  private readonly known: (Fit | undefined)[] = [];
  /** `roundConstants`: bounds of constants up to a power of two, so that code differs less from case to case. */
  constructor(readonly graph: Graph, private readonly inputs: readonly InputFit[], private readonly series: readonly InputFit[], private readonly roundConstants = false) {}

  input(index: number): InputFit { return this.inputs[index] ?? { denominator: 1n, least: 0n, most: 0n }; }
  ofSeries(index: number): InputFit { return this.series[index] ?? { denominator: 1n, least: 0n, most: 0n }; }
  of(node: Node): Fit {
    const known = this.known[node.id];
    if (known) return known;
    for (const each of neededFor(node, ({ id }) => this.known[id] !== undefined)) this.known[each.id] = this.fit(each);
    return this.of(node);
  }

  /** Of what is one of some. */
  private union(all: readonly Fit[]): Fit {
    if (all.some(({ as }) => as === 'ratio')) return RATIO;
    const denominator = all.reduce((common, each) => lcm(common, each.denominator), 1n);
    return fitted(denominator, least(...all.map((each) => each.least * (denominator / each.denominator))), most(...all.map((each) => each.most * (denominator / each.denominator))));
  }

  private fit(node: Node): Fit {
    switch (node.op) {
      case 'input': { const { denominator, least: low, most: high } = this.input(node.index); return fitted(denominator, low, high); }
      case 'constant': {
        const { n, d } = node.value;
        if (!this.roundConstants) return fitted(d, n, n);
        const wide = 2n ** BigInt(size(n).toString(2).length) - 1n;
        return fitted(d, n < 0n ? -wide : 0n, n < 0n ? 0n : wide);
      }
      case 'series': { const { denominator, least: low, most: high } = this.ofSeries(node.rank); return fitted(denominator, low, high); }
      case 'part': return this.of(node.vector);
      case 'test': return fitted(1n, 0n, 1n);
      case 'where': return this.union([this.of(node.left), this.of(node.right)]);
      case 'spread': return this.union(node.runs.map(({ value }) => this.of(value)));
      case 'fold': {
        const { denominator, least: low, most: high, as } = this.of(node.vector);
        if (as === 'ratio') return RATIO;
        const count = node.operator === 'somme' ? BigInt(node.to - node.from) : 1n;
        return fitted(denominator, low * count, high * count);
      }
      case 'nearest': case 'below': {
        const operand = this.of(node.operand);
        if (operand.as === 'ratio') return RATIO;
        const { up, down } = steps(operand, node.step);
        const edge = (n: bigint): bigint => (size(n) * up / down + 1n) * node.step.n;
        return fitted(node.step.d, operand.least < 0n ? -edge(operand.least) : 0n, operand.most < 0n ? 0n : edge(operand.most));
      }
      case 'divide': return RATIO;
      case 'multiply': {
        const [left, right] = [this.of(node.left), this.of(node.right)];
        if (left.as === 'ratio' || right.as === 'ratio') return RATIO;
        const corners = [left.least * right.least, left.least * right.most, left.most * right.least, left.most * right.most];
        return fitted(left.denominator * right.denominator, least(...corners), most(...corners));
      }
      case 'add': case 'maximum': case 'minimum': {
        const [left, right] = [this.of(node.left), this.of(node.right)];
        if (left.as === 'ratio' || right.as === 'ratio') return RATIO;
        const { denominator, left: a, right: b } = joins(left, right);
        const [low, high] = [[left.least * a, right.least * b], [left.most * a, right.most * b]] as const;
        switch (node.op) {
          case 'add': return fitted(denominator, low[0] + low[1], high[0] + high[1]);
          case 'maximum': return fitted(denominator, most(...low), most(...high));
          case 'minimum': return fitted(denominator, least(...low), least(...high));
        }
      }
    }
  }
}
