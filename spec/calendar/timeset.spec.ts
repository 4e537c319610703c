import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIsoDate } from '../../src/calendar/day.ts';
import {
  contains, countDays, covers, EMPTY, equals, fromSpans, intersect, isEmpty, isWholeDays, length, span, splitByDay, splitByStep, subtract, touchedDays, union, type TimeSet,
} from '../../src/calendar/timeset.ts';
import { dayLength, formatLocalDateTime, parseLocalDateTime, startOfDay, type Minute } from '../../src/calendar/zone.ts';

const at = (text: string): Minute => {
  const read = parseLocalDateTime(text);
  if ('problem' in read) throw new Error(`${text}: ${read.problem}`);
  return read.instant;
};
const between = (from: string, to: string): TimeSet => span(at(from), at(to));

/** Sets on a stretch short enough to be drawn minute by minute. */
const WIDTH = 60;
const anySpan = fc.tuple(fc.integer({ min: 0, max: WIDTH }), fc.integer({ min: 0, max: WIDTH }));
const anyList = fc.array(anySpan, { maxLength: 8 });
const anySet = anyList.map(fromSpans);
const bitmap = (set: TimeSet): boolean[] => {
  const bits = Array.from({ length: WIDTH }, () => false);
  for (let i = 0; i < set.spans.length; i += 2) for (let t = set.spans[i] ?? 0; t < (set.spans[i + 1] ?? 0); t++) bits[t] = true;
  return bits;
};
/** Strictly growing edges, in pairs: sorted, disjoint, never touching, never empty. */
const wellFormed = (set: TimeSet): boolean => set.spans.length % 2 === 0 && set.spans.every((edge, i) => i === 0 || (set.spans[i - 1] ?? Infinity) < edge);

describe('sets of time, against a bitmap', () => {
  it('are made of spans in any order', () => {
    fc.assert(fc.property(anyList, (list) => {
      const set = fromSpans(list);
      expect(wellFormed(set)).toBe(true);
      expect(bitmap(set)).toEqual(Array.from({ length: WIDTH }, (_, t) => list.some(([start, end]) => start <= t && t < end)));
    }));
  });

  it.each([
    ['union', union, (a: boolean, b: boolean) => a || b],
    ['intersect', intersect, (a: boolean, b: boolean) => a && b],
    ['subtract', subtract, (a: boolean, b: boolean) => a && !b],
  ] as const)('%s', (_name, operation, bit) => {
    fc.assert(fc.property(anySet, anySet, (a, b) => {
      const made = operation(a, b);
      expect(wellFormed(made)).toBe(true);
      const [left, right] = [bitmap(a), bitmap(b)];
      expect(bitmap(made)).toEqual(left.map((inA, t) => bit(inA, right[t] ?? false)));
    }), { numRuns: 500 });
  });

  it('measure, contain, cover and compare', () => {
    fc.assert(fc.property(anySet, anySet, (a, b) => {
      const [left, right] = [bitmap(a), bitmap(b)];
      expect(length(a)).toBe(left.filter(Boolean).length);
      expect(isEmpty(a)).toBe(!left.includes(true));
      expect(left.map((_, t) => contains(a, t))).toEqual(left);
      expect(contains(a, -1)).toBe(false);
      expect(contains(a, WIDTH)).toBe(false);
      expect(covers(a, b)).toBe(right.every((inB, t) => !inB || left[t]));
      expect(equals(a, b)).toBe(left.every((inA, t) => inA === right[t]));
    }), { numRuns: 500 });
  });

  it('follow the laws of sets', () => {
    fc.assert(fc.property(anySet, anySet, anySet, (a, b, c) => {
      expect(union(a, b)).toEqual(union(b, a));
      expect(intersect(a, b)).toEqual(intersect(b, a));
      expect(intersect(a, union(b, c))).toEqual(union(intersect(a, b), intersect(a, c)));
      expect(subtract(a, union(b, c))).toEqual(subtract(subtract(a, b), c));
      expect(union(intersect(a, b), subtract(a, b))).toEqual(a);
      expect(length(union(a, b)) + length(intersect(a, b))).toBe(length(a) + length(b));
      expect(isEmpty(intersect(subtract(a, b), b))).toBe(true);
      expect(union(a, EMPTY)).toEqual(a);
      expect(subtract(a, a)).toEqual(EMPTY);
    }));
  });
});

describe('spans', () => {
  it('are half-open and never empty', () => {
    expect(span(5, 5)).toEqual(EMPTY);
    expect(span(6, 5)).toEqual(EMPTY);
    expect(contains(span(5, 6), 5)).toBe(true);
    expect(contains(span(5, 6), 6)).toBe(false);
    expect(union(span(0, 5), span(5, 9))).toEqual(span(0, 9));
  });
});

describe('whole days', () => {
  it.each([
    ['2026-12-01', '2027-04-01', 121],
    ['2027-12-01', '2028-04-01', 122],
    ['2026-03-01', '2026-04-01', 31],
    ['2026-11-01', '2026-11-02', 1],
    ['2026-04-01', '2027-04-01', 365],
    ['2027-04-01', '2028-04-01', 366],
  ])('%s to %s are %i', (from, to, days) => {
    expect(countDays(between(from, to))).toBe(days);
    expect(splitByDay(between(from, to)).length).toBe(days);
  });

  it('are local days: a day from noon to noon, or cut at midnight UTC, is none', () => {
    expect(countDays(between('2026-07-01T12:00', '2026-07-02T12:00'))).toBeUndefined();
    const sixth = Date.parse('2026-07-06T00:00Z') / 60_000;
    expect(isWholeDays(span(sixth, sixth + 1440))).toBe(false);
    expect(isWholeDays(EMPTY)).toBe(true);
    expect(countDays(EMPTY)).toBe(0);
  });

  it('add up over pieces', () => {
    const set = union(between('2026-03-07', '2026-03-09'), between('2026-10-31', '2026-11-03'));
    expect(countDays(set)).toBe(5);
    expect(length(set)).toBe(5 * 1440);
    expect(splitByDay(set).map((slice) => slice.end - slice.start)).toEqual([1440, 1380, 1440, 1500, 1440]);
  });
});

describe('splitByDay', () => {
  it('clips the days to the set, in pieces if need be', () => {
    const set = subtract(between('2026-07-01T22:00', '2026-07-03T01:00'), between('2026-07-02T06:00', '2026-07-02T09:00'));
    expect(splitByDay(set).map(({ start, end }) => `${formatLocalDateTime(start)} ${formatLocalDateTime(end)}`)).toEqual([
      '2026-07-01T22:00 2026-07-02T00:00', '2026-07-02T00:00 2026-07-02T06:00', '2026-07-02T09:00 2026-07-03T00:00', '2026-07-03T00:00 2026-07-03T01:00',
    ]);
  });

  it('gives back the set, whatever the year', () => {
    const base = startOfDay(parseIsoDate('2026-01-01') ?? 0);
    const edge = fc.integer({ min: 0, max: 366 * 1440 }).map((minute) => base + minute);
    fc.assert(fc.property(fc.array(fc.tuple(edge, edge), { maxLength: 4 }), fc.constantFrom(15, 30, 60), (list, step) => {
      const set = fromSpans(list);
      for (const slices of [splitByDay(set), splitByStep(set, step)]) {
        expect(slices.every(({ start, end }) => start < end)).toBe(true);
        expect(fromSpans(slices.map(({ start, end }) => [start, end] as const))).toEqual(set);
        expect(slices.reduce((sum, { start, end }) => sum + end - start, 0)).toBe(length(set));
      }
    }), { numRuns: 30 });
  });
});

describe('splitByStep', () => {
  it('counts the real hours of days of 23, 24 and 25 hours', () => {
    for (const [from, to, hours] of [['2026-03-08', '2026-03-09', 23], ['2026-06-08', '2026-06-09', 24], ['2026-11-01', '2026-11-02', 25]] as const) {
      expect(splitByStep(between(from, to), 60).length).toBe(hours);
      expect(splitByStep(between(from, to), 15).length).toBe(hours * 4);
    }
  });

  it('keeps to the marks of the clock and clips to the set', () => {
    expect(splitByStep(between('2026-07-01T05:50', '2026-07-01T08:10'), 60).map(({ start, end }) => `${formatLocalDateTime(start).slice(11)} ${formatLocalDateTime(end).slice(11)}`))
      .toEqual(['05:50 06:00', '06:00 07:00', '07:00 08:00', '08:00 08:10']);
  });

  it('makes the quarter-hours of a year', () => {
    const slices = splitByStep(between('2026-04-01', '2027-04-01'), 15);
    expect(slices.length).toBe(35_040);
    expect(slices.every(({ start, end }) => end - start === 15)).toBe(true);
  });
});

describe('touchedDays', () => {
  it('widens to whole days', () => {
    const set = union(between('2026-11-01T01:30-05:00', '2026-11-01T02:00'), between('2026-11-01T22:00', '2026-11-02T00:00'));
    expect(touchedDays(set)).toEqual(between('2026-11-01', '2026-11-02'));
    expect(length(touchedDays(set))).toBe(dayLength(parseIsoDate('2026-11-01') ?? 0));
    expect(touchedDays(between('2026-07-01T23:59', '2026-07-02T00:01'))).toEqual(between('2026-07-01', '2026-07-03'));
    expect(touchedDays(EMPTY)).toEqual(EMPTY);
  });
});
