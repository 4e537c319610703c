/**
 * Exact numbers: ratios of integers of any length. A third of a cent is a third of a cent, and three of them are a cent, however
 * many operations lie between. decimal.js knows decimals of a set number of digits and rounds past it without a word; BigInt has
 * no precision to exceed. So decimal.js only prints decimals here (and is what the spec compares with), and arithmetic is on BigInt.
 */
import { Decimal as Imported } from 'decimal.js';
import { invariant } from '../support/invariant.ts';

/** Only writes decimals out: built from a string it keeps every digit, whatever its precision. */
const Decimal = Imported.clone({ defaults: true });

/** n ÷ d, with d > 0; not always in lowest terms. */
export interface Exact {
  readonly n: bigint;
  readonly d: bigint;
  /** Of a number that is not one but a function of another (`src/analysis/shape`) or a formula (`src/compile`): who works with it. Plain numbers have none. */
  readonly algebra?: Algebra;
}

/** Which operation compares two numbers. */
export type Comparing = 'comparison' | 'minimum' | 'maximum' | 'excess' | 'sign';

/** How to work with numbers that vary or are only written down; at least one of those given to it is. */
export interface Algebra {
  readonly add: (a: Exact, b: Exact) => Exact;
  readonly multiply: (a: Exact, b: Exact) => Exact;
  /** b is not zero. */
  readonly divide: (a: Exact, b: Exact) => Exact;
  readonly compare: (a: Exact, b: Exact, by: Comparing) => -1 | 0 | 1;
  /** To a multiple of step: the nearest, or the one at or below. */
  readonly toStep: (x: Exact, step: Exact, how: 'nearest' | 'below') => Exact;
  /** The larger and the smaller of two, where that can be said without comparing them. */
  readonly maximum?: (a: Exact, b: Exact) => Exact;
  readonly minimum?: (a: Exact, b: Exact) => Exact;
  /** The plain number that stands for it in a message. */
  readonly shown: (x: Exact) => Exact;
}

export const ZERO: Exact = { n: 0n, d: 1n };
export const ONE: Exact = { n: 1n, d: 1n };
const MINUS_ONE: Exact = { n: -1n, d: 1n };

/** Past this a ratio is brought to lowest terms. */
const BIG = 1n << 128n;

/** A whole number (a fraction of one is a bug, and throws). */
export function fromInteger(value: number | bigint): Exact {
  return { n: BigInt(value), d: 1n };
}

/** n ÷ d, whatever the sign of d. */
export function ratio(n: bigint, d: bigint): Exact {
  invariant(d !== 0n, 'a ratio over zero');
  return d < 0n ? { n: -n, d: -d } : { n, d };
}

const DECIMAL = /^-?\d+(?:\.\d+)?$/;
const MOST_DIGITS = 40;
const POWERS_OF_TEN: readonly bigint[] = Array.from({ length: MOST_DIGITS + 1 }, (_, places) => 10n ** BigInt(places));
const powerOfTen = (places: number): bigint => POWERS_OF_TEN[places] ?? 10n ** BigInt(places);

/**
 * A plain decimal (`-12.50`) → the number; undefined for anything else: exponents, signs `+`, blanks, `NaN`, more than 40 digits.
 * Digits go straight to BigInt: a year of quarter-hours is 35 040 of these.
 */
export function parseExact(text: string): Exact | undefined {
  if (text.length > MOST_DIGITS + 2 || !DECIMAL.test(text)) return undefined;
  const point = text.indexOf('.');
  const digits = text.length - (text.startsWith('-') ? 1 : 0) - (point < 0 ? 0 : 1);
  if (digits > MOST_DIGITS) return undefined;
  if (point < 0) return { n: BigInt(text), d: 1n };
  return { n: BigInt(text.slice(0, point) + text.slice(point + 1)), d: powerOfTen(text.length - point - 1) };
}

const kept = (n: bigint, d: bigint): Exact => (d > BIG ? reduce({ n, d }) : { n, d });

export function add(a: Exact, b: Exact): Exact {
  const algebra = a.algebra ?? b.algebra;
  if (algebra) return algebra.add(a, b);
  if (a.d === b.d) return { n: a.n + b.n, d: a.d };
  if (b.d === 1n) return { n: a.n + b.n * a.d, d: a.d };
  if (a.d === 1n) return { n: a.n * b.d + b.n, d: b.d };
  if (a.d > b.d ? a.d % b.d === 0n : b.d % a.d === 0n) {
    return a.d > b.d ? { n: a.n + b.n * (a.d / b.d), d: a.d } : { n: a.n * (b.d / a.d) + b.n, d: b.d };
  }
  return kept(a.n * b.d + b.n * a.d, a.d * b.d);
}
export function negate(a: Exact): Exact {
  if (a.algebra) return a.algebra.multiply(a, MINUS_ONE);
  return { n: -a.n, d: a.d };
}
export function subtract(a: Exact, b: Exact): Exact {
  if (a.algebra ?? b.algebra) return add(a, negate(b));
  if (a.d === b.d) return { n: a.n - b.n, d: a.d };
  return add(a, negate(b));
}
export function multiply(a: Exact, b: Exact): Exact {
  const algebra = a.algebra ?? b.algebra;
  if (algebra) return algebra.multiply(a, b);
  return kept(a.n * b.n, a.d * b.d);
}
export function divide(a: Exact, b: Exact): Exact {
  const algebra = a.algebra ?? b.algebra;
  if (algebra) return algebra.divide(a, b);
  invariant(b.n !== 0n, 'a division by zero that was not caught');
  return b.n < 0n ? kept(-a.n * b.d, a.d * -b.n) : kept(a.n * b.d, a.d * b.n);
}
export function absolute(a: Exact): Exact {
  return sign(a) < 0 ? negate(a) : a;
}
/** Negative, zero or positive as a is less than, equal to or greater than b. */
export function compare(a: Exact, b: Exact, by: Comparing = 'comparison'): -1 | 0 | 1 {
  const algebra = a.algebra ?? b.algebra;
  if (algebra) return algebra.compare(a, b, by);
  const left = a.d === b.d ? a.n : a.n * b.d;
  const right = a.d === b.d ? b.n : b.n * a.d;
  return left < right ? -1 : left > right ? 1 : 0;
}
export const equals = (a: Exact, b: Exact): boolean => compare(a, b) === 0;
export const isZero = (a: Exact): boolean => (a.algebra ? a.algebra.compare(a, ZERO, 'sign') === 0 : a.n === 0n);
export const sign = (a: Exact): -1 | 0 | 1 => (a.algebra ? a.algebra.compare(a, ZERO, 'sign') : a.n < 0n ? -1 : a.n > 0n ? 1 : 0);
/** What a is beyond b: their difference, or 0 when there is none. */
export function excess(a: Exact, b: Exact): Exact {
  const algebra = a.algebra ?? b.algebra;
  if (algebra?.maximum) return algebra.maximum(subtract(a, b), ZERO);
  if (algebra) return compare(a, b, 'excess') > 0 ? subtract(a, b) : ZERO;
  const rest = subtract(a, b);
  return rest.n > 0n ? rest : ZERO;
}
export function maximum(a: Exact, b: Exact): Exact {
  const choose = (a.algebra ?? b.algebra)?.maximum;
  return choose ? choose(a, b) : compare(a, b, 'maximum') >= 0 ? a : b;
}
export function minimum(a: Exact, b: Exact): Exact {
  const choose = (a.algebra ?? b.algebra)?.minimum;
  return choose ? choose(a, b) : compare(a, b, 'minimum') <= 0 ? a : b;
}

/** To a multiple of step (which is positive), half up: a tie goes away from zero, as on a bill and on its credit note. */
export function roundTo(x: Exact, step: Exact): Exact {
  const algebra = x.algebra ?? step.algebra;
  if (algebra) return algebra.toStep(x, step, 'nearest');
  invariant(step.n > 0n, 'rounding to a step that is not positive');
  const n = x.n * step.d;
  const d = x.d * step.n;
  const size = n < 0n ? -n : n;
  const whole = (2n * size + d) / (2n * d);
  return { n: (n < 0n ? -whole : whole) * step.n, d: step.d };
}
/** To the multiple of step (which is positive) at or below x. */
export function floorTo(x: Exact, step: Exact): Exact {
  const algebra = x.algebra ?? step.algebra;
  if (algebra) return algebra.toStep(x, step, 'below');
  invariant(step.n > 0n, 'rounding to a step that is not positive');
  const n = x.n * step.d;
  const d = x.d * step.n;
  const whole = n >= 0n ? n / d : -((-n + d - 1n) / d);
  return { n: whole * step.n, d: step.d };
}

const gcd = (a: bigint, b: bigint): bigint => {
  let x = a < 0n ? -a : a;
  let y = b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
};
/** In lowest terms. */
export function reduce(x: Exact): Exact {
  if (x.d === 1n) return x;
  if (x.n === 0n) return ZERO;
  const common = gcd(x.n, x.d);
  return common === 1n ? x : { n: x.n / common, d: x.d / common };
}

/** What is written of a number: itself, unless it varies. */
const shown = (x: Exact): Exact => (x.algebra ? x.algebra.shown(x) : x);

/** How many decimals the number has, or undefined when they never end. */
function decimalsOf(x: Exact): number | undefined {
  let { d } = reduce(x);
  let twos = 0;
  let fives = 0;
  while (d % 2n === 0n) { d /= 2n; twos++; }
  while (d % 5n === 0n) { d /= 5n; fives++; }
  return d === 1n ? Math.max(twos, fives) : undefined;
}

/** The number of 10^-places that x makes, half up. */
const scaled = (x: Exact, places: number): bigint => roundTo(x, { n: 1n, d: powerOfTen(places) }).n;

/** In decimals, without an exponent or needless zeros; `exact` is false when more than `places` would be needed (then half up). */
export function toDecimal(x: Exact, places = 30): { readonly text: string; readonly exact: boolean } {
  const plain = shown(x);
  const needed = decimalsOf(plain);
  const exact = needed !== undefined && needed <= places;
  return { text: new Decimal(`${scaled(plain, places)}e-${places}`).toFixed(), exact };
}
/** With exactly `places` decimals, half up. */
export function toFixed(x: Exact, places: number): string {
  return new Decimal(`${scaled(shown(x), places)}e-${places}`).toFixed(places);
}
/** In lowest terms: `1234/567`, or `12` for a whole number. */
export function toFraction(x: Exact): string {
  const { n, d } = reduce(shown(x));
  return d === 1n ? n.toString() : `${n}/${d}`;
}

/** How an exact number stands in JSON: a decimal string, or a fraction beside 30 decimals when they do not end. */
export type JsonAmount = string | { readonly fraction: string; readonly decimal: string };
export function toJsonAmount(x: Exact): JsonAmount {
  const decimal = toDecimal(x, 40);
  return decimal.exact ? decimal.text : { fraction: toFraction(x), decimal: toDecimal(x, 30).text };
}
