/** What generated code calls: the few operations that are longer than a sign. `bareme compile` prints code that imports them from `bareme/arithmetic`. */
import { add, compare, divide, floorTo, maximum, minimum, multiply, ratio, roundTo, type Exact } from '../quantity/exact.ts';

/** n ÷ d to the nearest whole number, half away from zero; n a whole number within 2^53. */
const nearest = (n: number, d: number): number => (n < 0 ? -Math.floor((-n * 2 + d) / (2 * d)) : Math.floor((n * 2 + d) / (2 * d)));
const below = (n: number, d: number): number => Math.floor(n / d);
const nearestBig = (n: bigint, d: bigint): bigint => (n < 0n ? -((-n * 2n + d) / (2n * d)) : (n * 2n + d) / (2n * d));
const belowBig = (n: bigint, d: bigint): bigint => (n >= 0n ? n / d : -((-n + d - 1n) / d));
const maximumBig = (a: bigint, b: bigint): bigint => (a >= b ? a : b);
const minimumBig = (a: bigint, b: bigint): bigint => (a <= b ? a : b);

/** Sums and extremes of a stretch of whole numbers whose sum is within 2^53. */
function sumOf(values: ArrayLike<number>, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i] as number;
  return sum;
}
function largestOf(values: ArrayLike<number>, from: number, to: number): number {
  let found = values[from] as number;
  for (let i = from + 1; i < to; i++) { const each = values[i] as number; if (each > found) found = each; }
  return found;
}
function smallestOf(values: ArrayLike<number>, from: number, to: number): number {
  let found = values[from] as number;
  for (let i = from + 1; i < to; i++) { const each = values[i] as number; if (each < found) found = each; }
  return found;
}

/** Cents of an amount that is rounded to them. */
const centsOf = (x: Exact): number => Number(x.n * 100n / x.d) + 0;

export const ARITHMETIC = { centsOf, nearest, below, nearestBig, belowBig, maximumBig, minimumBig, sumOf, largestOf, smallestOf, add, compare, divide, floorTo, maximum, minimum, multiply, ratio, roundTo } as const;
export { add, below, belowBig, centsOf, compare, divide, floorTo, largestOf, maximum, maximumBig, minimum, minimumBig, multiply, nearest, nearestBig, ratio, roundTo, smallestOf, sumOf };
