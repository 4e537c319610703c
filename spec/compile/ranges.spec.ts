/** The whole numbers that a range admits: none that the reading of a case would refuse. */
import { describe, expect, it } from 'vitest';
import { fitWithin } from '../../src/compile/ranges.ts';
import { ratio } from '../../src/quantity/exact.ts';

describe('whole numbers within a range', () => {
  it('begin at the first one that is not below the least, and end at the last that is not above the most', () => {
    expect(fitWithin({ least: ratio(1n, 2n), most: ratio(7n, 2n) }, 1n, 1000n)).toEqual({ denominator: 1n, least: 1n, most: 3n });
    expect(fitWithin({ least: ratio(-7n, 2n), most: ratio(-1n, 2n) }, 1n, 1000n)).toEqual({ denominator: 1n, least: -3n, most: -1n });
    expect(fitWithin({ least: ratio(1n, 2n), most: ratio(7n, 2n) }, 10n, 1000n)).toEqual({ denominator: 10n, least: 5n, most: 35n });
  });
  it('go as far as asked where nothing is declared, and no further than asked where it is', () => {
    expect(fitWithin(undefined, 10n, 50n)).toEqual({ denominator: 10n, least: -50n, most: 50n });
    expect(fitWithin({ least: ratio(0n, 1n), most: ratio(100n, 1n) }, 10n, 50n)).toEqual({ denominator: 10n, least: 0n, most: 50n });
  });
});
