/** Polynomials in one variable with exact coefficients, constant term first: what the values of a program are made of. */
import { add, compare, divide, equals, fromInteger, isZero, multiply, negate, ratio, reduce, sign, subtract, ZERO, type Exact } from '../../quantity/exact.ts';

/** Without needless zeros at the end: `[]` is 0, `[a, b]` is a + b·x. */
export type Polynomial = readonly Exact[];

const trimmed = (terms: readonly Exact[]): Polynomial => {
  let { length } = terms;
  while (length > 0 && isZero(terms[length - 1] ?? ZERO)) length--;
  return terms.slice(0, length).map(reduce);
};
export const constant = (value: Exact): Polynomial => trimmed([value]);
export const degree = (p: Polynomial): number => p.length - 1;
const term = (p: Polynomial, power: number): Exact => p[power] ?? ZERO;

export const plus = (a: Polynomial, b: Polynomial): Polynomial => trimmed(Array.from({ length: Math.max(a.length, b.length) }, (_, power) => add(term(a, power), term(b, power))));
export const scaled = (a: Polynomial, by: Exact): Polynomial => trimmed(a.map((each) => multiply(each, by)));
export const minus = (a: Polynomial, b: Polynomial): Polynomial => plus(a, b.map(negate));
export function times(a: Polynomial, b: Polynomial): Polynomial {
  const terms: Exact[] = Array.from({ length: Math.max(0, a.length + b.length - 1) }, () => ZERO);
  a.forEach((x, i) => b.forEach((y, j) => { terms[i + j] = add(term(terms, i + j), multiply(x, y)); }));
  return trimmed(terms);
}
/** Quotient and remainder by b, which is not 0. */
function divided(a: Polynomial, b: Polynomial): { readonly quotient: Polynomial; readonly rest: Polynomial } {
  let rest = a;
  let quotient: Polynomial = [];
  while (rest.length >= b.length && rest.length > 0) {
    const shift = rest.length - b.length;
    const piece: Polynomial = [...Array.from({ length: shift }, () => ZERO), divide(term(rest, rest.length - 1), term(b, b.length - 1))];
    quotient = plus(quotient, piece);
    rest = minus(rest, times(piece, b)).slice(0, rest.length - 1);
    rest = trimmed(rest);
  }
  return { quotient, rest };
}
const common = (a: Polynomial, b: Polynomial): Polynomial => (b.length === 0 ? a : common(b, divided(a, b).rest));

/** A quotient of polynomials in lowest terms, the last term of its denominator 1. */
export interface Quotient { readonly above: Polynomial; readonly below: Polynomial }
export function quotient(above: Polynomial, below: Polynomial): Quotient {
  const shared = below.length > 1 ? common(above, below) : [];
  const [top, bottom] = shared.length > 1 ? [divided(above, shared).quotient, divided(below, shared).quotient] : [above, below];
  const by = divide(fromInteger(1), term(bottom, bottom.length - 1));
  return { above: scaled(top, by), below: scaled(bottom, by) };
}

export const valueAt = (p: Polynomial, x: Exact): Exact => p.reduceRight((sum, each) => add(multiply(sum, x), each), ZERO);
const derivative = (p: Polynomial): Polynomial => p.slice(1).map((each, power) => multiply(each, fromInteger(power + 1)));

/** The sign just right of x. */
export function signAfter(p: Polynomial, x: Exact): -1 | 0 | 1 {
  for (let each = p; each.length > 0; each = derivative(each)) {
    const found = sign(valueAt(each, x));
    if (found !== 0) return found;
  }
  return 0;
}

/** The smallest root beyond x; `inexact` when there is one that no fraction writes, or none can be told apart. */
export function rootAfter(p: Polynomial, x: Exact): Exact | 'inexact' | undefined {
  if (p.length <= 1) return undefined;
  const [c, b, a] = [term(p, 0), term(p, 1), term(p, 2)];
  if (p.length === 2) {
    const root = reduce(negate(divide(c, b)));
    return compare(root, x) > 0 ? root : undefined;
  }
  if (p.length > 3) return 'inexact';
  const discriminant = reduce(subtract(multiply(b, b), multiply(fromInteger(4), multiply(a, c))));
  if (sign(discriminant) < 0) return undefined;
  const side = squareRoot(discriminant);
  if (side) {
    const twice = multiply(fromInteger(2), a);
    const roots = [subtract(negate(b), side), add(negate(b), side)].map((each) => reduce(divide(each, twice))).filter((each) => compare(each, x) > 0).sort(compare);
    return roots[0];
  }
  // Both roots lie at or before x when the parabola has left its vertex behind and has the sign of its end.
  const vertex = divide(negate(b), multiply(fromInteger(2), a));
  return compare(vertex, x) <= 0 && sign(valueAt(p, x)) === sign(a) ? undefined : 'inexact';
}

/** Whether a polynomial might be 0 beyond `from` and up to `to`; only for degree 2 is the answer better than « perhaps ». */
export function mayVanish(p: Polynomial, from: Exact, to: Exact): boolean {
  if (p.length !== 3 || sign(valueAt(p, to)) !== signAfter(p, from)) return true;
  const vertex = divide(negate(term(p, 1)), multiply(fromInteger(2), term(p, 2)));
  return compare(vertex, from) > 0 && compare(vertex, to) < 0;
}

/** The root of a square of a fraction, or undefined. */
function squareRoot(x: Exact): Exact | undefined {
  const { n, d } = reduce(x);
  const [top, bottom] = [wholeRoot(n), wholeRoot(d)];
  return equals(multiply(ratio(top, bottom), ratio(top, bottom)), x) ? ratio(top, bottom) : undefined;
}
function wholeRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let guess = 1n << BigInt((n.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (guess + n / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}
