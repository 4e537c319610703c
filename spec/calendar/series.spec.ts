import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aligned, endOf, firstGap, indexRange, instantOf, type Series } from '../../src/calendar/series.ts';
import { span, union } from '../../src/calendar/timeset.ts';
import { formatLocalDateTime, parseLocalDateTime, type Minute } from '../../src/calendar/zone.ts';
import { fromInteger } from '../../src/quantity/exact.ts';

const at = (text: string): Minute => {
  const read = parseLocalDateTime(text);
  if ('problem' in read) throw new Error(`${text}: ${read.problem}`);
  return read.instant;
};
const series = (start: string, step: number, count: number): Series => ({ start: at(start), step, values: Array.from({ length: count }, (_, i) => fromInteger(i)) });

describe('a series in real time', () => {
  const quarters = series('2026-11-01', 15, 100);

  it('holds the 100 quarter-hours of a day of 25 hours', () => {
    expect(endOf(quarters)).toBe(at('2026-11-02'));
    expect(firstGap(quarters, span(at('2026-11-01'), at('2026-11-02')))).toBeUndefined();
    expect(indexRange(quarters, at('2026-11-01T01:00-05:00'), at('2026-11-01T02:00'))).toEqual({ from: 8, to: 12, aligned: true });
  });

  it('says where it falls short', () => {
    expect(firstGap(quarters, span(at('2026-10-31T23:45'), at('2026-11-01T06:00')))).toBe(at('2026-10-31T23:45'));
    expect(firstGap(quarters, span(at('2026-11-01T06:00'), at('2026-11-02T00:01')))).toBe(at('2026-11-02'));
    expect(firstGap(quarters, union(span(at('2026-11-01T06:00'), at('2026-11-01T07:00')), span(at('2026-11-05'), at('2026-11-06'))))).toBe(at('2026-11-05'));
  });

  it('counts the values that a span touches', () => {
    expect(indexRange(quarters, at('2026-11-01T00:10'), at('2026-11-01T00:20'))).toEqual({ from: 0, to: 2, aligned: false });
    expect(indexRange(quarters, at('2026-11-01T00:15'), at('2026-11-01T00:20'))).toEqual({ from: 1, to: 2, aligned: false });
    expect(indexRange(quarters, at('2026-10-31T23:30'), at('2026-11-01T00:15'))).toEqual({ from: -2, to: 1, aligned: true });
    expect(aligned(quarters, span(at('2026-11-01T00:15'), at('2026-11-01T00:45')))).toBe(true);
    expect(aligned(quarters, span(at('2026-11-01T00:15'), at('2026-11-01T00:50')))).toBe(false);
  });

  it('finds each value where it begins', () => {
    fc.assert(fc.property(fc.constantFrom(15, 30, 60), fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 200 }), (step, index, count) => {
      const long = series('2026-01-01', step, 1);
      expect(indexRange(long, instantOf(long, index), instantOf(long, index + count))).toEqual({ from: index, to: index + count, aligned: true });
    }));
  });
});

describe('a series by calendar day', () => {
  const days = series('2026-03-01', 1440, 275); // to the end of November

  it('has one value for a day of 23 or of 25 hours', () => {
    for (const [date, index] of [['2026-03-07', 6], ['2026-03-08', 7], ['2026-03-09', 8], ['2026-10-31', 244], ['2026-11-01', 245], ['2026-11-02', 246]] as const) {
      expect(formatLocalDateTime(instantOf(days, index))).toBe(`${date}T00:00`);
      expect(indexRange(days, at(date), instantOf(days, index + 1))).toEqual({ from: index, to: index + 1, aligned: true });
      expect(indexRange(days, at(`${date}T12:00`), at(`${date}T13:00`))).toEqual({ from: index, to: index + 1, aligned: false });
    }
    expect(instantOf(days, 8) - instantOf(days, 7)).toBe(1380);
    expect(instantOf(days, 246) - instantOf(days, 245)).toBe(1500);
  });

  it('is cut cleanly at any midnight', () => {
    expect(aligned(days, span(at('2026-03-05'), at('2026-07-01')))).toBe(true);
    expect(aligned(days, span(at('2026-03-05'), at('2026-11-20')))).toBe(true);
    expect(aligned(days, span(at('2026-03-05'), at('2026-07-01T01:00')))).toBe(false);
  });

  it('ends at a midnight, in summer as in winter', () => {
    expect(endOf(days)).toBe(at('2026-12-01'));
    expect(endOf(series('2026-03-01', 1440, 31))).toBe(at('2026-04-01'));
    expect(endOf(series('2026-10-15', 1440, 31))).toBe(at('2026-11-15'));
    expect(firstGap(series('2026-10-15', 1440, 31), span(at('2026-10-15'), at('2026-11-15')))).toBeUndefined();
    expect(firstGap(series('2026-03-01', 1440, 31), span(at('2026-03-01'), at('2026-04-02')))).toBe(at('2026-04-01'));
  });

  it('is in real time when it does not begin at midnight', () => {
    const noon = series('2026-03-01T12:00', 1440, 31);
    expect(endOf(noon)).toBe(at('2026-03-01T12:00') + 31 * 1440);
  });
});
