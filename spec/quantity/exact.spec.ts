import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  absolute, add, compare, divide, equals, floorTo, fromInteger, isZero, maximum, minimum, multiply, negate, ONE, parseExact, ratio, reduce, roundTo, sign,
  subtract, toDecimal, toFixed, toFraction, toJsonAmount, ZERO, type Exact,
} from '../../src/quantity/exact.ts';

const exact = (text: string): Exact => {
  const value = parseExact(text);
  if (!value) throw new Error(`${text} is no decimal`);
  return value;
};
const anyExact = fc.tuple(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), fc.bigInt({ min: 1n, max: 10n ** 12n })).map(([n, d]) => ratio(n, d));
/** Decimals of at most 13 digits, so that products fit the oracle's 60. */
const anyDecimal = fc.tuple(fc.integer({ min: -999_999_999, max: 999_999_999 }), fc.integer({ min: 0, max: 9999 })).map(([whole, rest]) => `${whole}.${String(rest).padStart(4, '0')}`);
const Oracle = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -400, toExpPos: 400 });

describe('reading', () => {
  it.each([
    ['0', '0'], ['-0', '0'], ['1234.5', '2469/2'], ['-0.5', '-1/2'], ['20.689', '20689/1000'], ['1200', '1200'], ['0.10', '1/10'],
    ['1234567890123456789012345678901234567890', '1234567890123456789012345678901234567890'],
  ])('reads %s', (text, fraction) => expect(toFraction(exact(text))).toBe(fraction));

  it.each(['', ' ', ' 1', '1 ', '1,5', '1e3', '1E3', '+1', '.5', '1.', '-', '--1', '0x10', 'NaN', 'Infinity', '-Infinity', '1_000', '1 200', '1.2.3', '١', '1\n', '12345678901234567890123456789012345678901', '0.1234567890123456789012345678901234567890'])(
    'refuses %j', (text) => expect(parseExact(text)).toBeUndefined(),
  );

  it('refuses a fraction where a whole number is due', () => expect(() => fromInteger(0.5)).toThrow());
  it('keeps the denominator positive', () => expect(ratio(1n, -3n)).toEqual({ n: -1n, d: 3n }));
  it('refuses a ratio over zero', () => expect(() => ratio(1n, 0n)).toThrow(/Internal error/));
});

describe('arithmetic', () => {
  it('keeps thirds: 20.689 ÷ 30 × 30 is 20.689', () => {
    const price = exact('20.689');
    expect(equals(multiply(divide(price, fromInteger(30)), fromInteger(30)), price)).toBe(true);
  });
  it('refuses to divide by zero', () => expect(() => divide(ONE, ZERO)).toThrow(/division by zero/));

  it('adds and multiplies in any order', () => {
    fc.assert(fc.property(anyExact, anyExact, anyExact, (a, b, c) => {
      expect(equals(add(a, b), add(b, a))).toBe(true);
      expect(equals(multiply(a, b), multiply(b, a))).toBe(true);
      expect(equals(add(add(a, b), c), add(a, add(b, c)))).toBe(true);
      expect(equals(multiply(a, add(b, c)), add(multiply(a, b), multiply(a, c)))).toBe(true);
    }));
  });
  it('undoes itself', () => {
    fc.assert(fc.property(anyExact, anyExact, (a, b) => {
      expect(equals(subtract(add(a, b), b), a)).toBe(true);
      expect(isZero(add(a, negate(a)))).toBe(true);
      if (!isZero(b)) expect(equals(multiply(divide(a, b), b), a)).toBe(true);
    }));
  });
  it('stays exact, and of a bounded size, over a long sum', () => {
    let sum = ZERO;
    for (let i = 0; i < 5000; i++) sum = add(sum, ratio(1n, BigInt([7, 12, 30, 720, 1000][i % 5] ?? 1)));
    // A thousand each of 1/7, 1/12, 1/30, 1/720 and 1/1000.
    expect(toFraction(sum)).toBe(toFraction(multiply(fromInteger(1000), [7n, 12n, 30n, 720n, 1000n].map((d) => ratio(1n, d)).reduce(add))));
    expect(sum.d < 1n << 140n).toBe(true);
  });
  it('agrees with decimal.js where that is exact', () => {
    fc.assert(fc.property(anyDecimal, anyDecimal, (a, b) => {
      expect(toDecimal(add(exact(a), exact(b))).text).toBe(new Oracle(a).plus(b).toFixed());
      expect(toDecimal(subtract(exact(a), exact(b))).text).toBe(new Oracle(a).minus(b).plus(0).toFixed().replace(/^-0$/, '0'));
      expect(toDecimal(multiply(exact(a), exact(b))).text).toBe(new Oracle(a).times(b).toFixed().replace(/^-0$/, '0'));
      expect(compare(exact(a), exact(b))).toBe(new Oracle(a).cmp(b));
    }));
  });
});

describe('order', () => {
  it('is total and follows subtraction', () => {
    fc.assert(fc.property(anyExact, anyExact, (a, b) => {
      expect(compare(a, b)).toBe(sign(subtract(a, b)));
      expect(compare(a, b) + compare(b, a)).toBe(0);
      expect(compare(maximum(a, b), minimum(a, b))).toBeGreaterThanOrEqual(0);
      expect(equals(add(maximum(a, b), minimum(a, b)), add(a, b))).toBe(true);
      expect(sign(absolute(a))).toBe(isZero(a) ? 0 : 1);
    }));
  });
  it('sees through unreduced ratios', () => expect(equals(ratio(2n, 4n), ratio(50n, 100n))).toBe(true));
});

describe('rounding', () => {
  it.each([
    ['0.005', '0.01', '0.01'], ['0.0049', '0.01', '0'], ['-0.005', '0.01', '-0.01'], ['-0.0049', '0.01', '0'], ['1.015', '0.01', '1.02'], ['2.675', '0.01', '2.68'],
    ['2.5', '1', '3'], ['-2.5', '1', '-3'], ['7.0649', '0.001', '7.065'], ['12', '5', '10'], ['12.5', '5', '15'], ['0', '0.01', '0'],
  ])('%s to %s is %s', (x, step, rounded) => expect(toDecimal(roundTo(exact(x), exact(step))).text).toBe(rounded));
  it.each([['2.9', '1', '2'], ['-2.1', '1', '-3'], ['-2', '1', '-2'], ['0.019', '0.01', '0.01'], ['12', '5', '10']])(
    '%s down to %s is %s', (x, step, rounded) => expect(toDecimal(floorTo(exact(x), exact(step))).text).toBe(rounded),
  );
  it('refuses a step that is not positive', () => {
    expect(() => roundTo(ONE, ZERO)).toThrow(/Internal error/);
    expect(() => floorTo(ONE, negate(ONE))).toThrow(/Internal error/);
  });
  it('never moves by more than half a step, and mirrors signs', () => {
    fc.assert(fc.property(anyExact, fc.integer({ min: 1, max: 5000 }).map((n) => ratio(BigInt(n), 1000n)), (x, step) => {
      const rounded = roundTo(x, step);
      expect(reduce(divide(rounded, step)).d).toBe(1n);
      expect(compare(multiply(absolute(subtract(rounded, x)), fromInteger(2)), step)).toBeLessThanOrEqual(0);
      expect(equals(roundTo(negate(x), step), negate(rounded))).toBe(true);
      expect(equals(roundTo(rounded, step), rounded)).toBe(true);
      const floor = floorTo(x, step);
      expect(compare(floor, x)).toBeLessThanOrEqual(0);
      expect(compare(subtract(x, floor), step)).toBeLessThan(0);
    }));
  });
  it('agrees with decimal.js to the cent', () => {
    fc.assert(fc.property(anyDecimal, (text) => { expect(toFixed(exact(text), 2)).toBe(new Oracle(text).toFixed(2).replace(/^-0\.00$/, '0.00')); }));
  });
});

describe('writing', () => {
  it.each([[ratio(1n, 3n), '0.333333333333333333333333333333', false], [ratio(-2n, 3n), '-0.666666666666666666666666666667', false], [ratio(10n, 4n), '2.5', true], [ratio(-0n, 7n), '0', true]])(
    'writes a ratio in decimals', (x, text, isExact) => expect(toDecimal(x)).toEqual({ text, exact: isExact }),
  );
  it('drops needless zeros, exact or not, and says which', () => {
    expect(toDecimal(exact('1200.500'))).toEqual({ text: '1200.5', exact: true });
    expect(toDecimal(exact('1.0004'), 3)).toEqual({ text: '1', exact: false });
  });
  it('never uses an exponent nor loses a digit', () => {
    const tiny = divide(ONE, fromInteger(10n ** 35n));
    expect(toDecimal(tiny, 40)).toEqual({ text: `0.${'0'.repeat(34)}1`, exact: true });
    const large = fromInteger(7n * 10n ** 500n + 1n);
    expect(toDecimal(large).text).toBe(`7${'0'.repeat(499)}1`);
    expect(toFixed(large, 2)).toBe(`7${'0'.repeat(499)}1.00`);
  });
  it('reads back what it writes', () => {
    fc.assert(fc.property(anyDecimal, (text) => { expect(equals(exact(toDecimal(exact(text)).text), exact(text))).toBe(true); }));
  });
  it('keeps the cents of a whole amount', () => {
    expect(toFixed(fromInteger(12), 2)).toBe('12.00');
    expect(toFixed(exact('-0.004'), 2)).toBe('0.00');
  });
  it('gives JSON a decimal, or a fraction beside 30 decimals', () => {
    expect(toJsonAmount(exact('138.6305'))).toBe('138.6305');
    expect(toJsonAmount(ratio(100n, 3n))).toEqual({ fraction: '100/3', decimal: '33.333333333333333333333333333333' });
    expect(toJsonAmount(divide(ONE, fromInteger(10n ** 40n)))).toBe(`0.${'0'.repeat(39)}1`);
    expect(toJsonAmount(divide(ONE, fromInteger(10n ** 41n)))).toHaveProperty('fraction', `1/1${'0'.repeat(41)}`);
  });
});
