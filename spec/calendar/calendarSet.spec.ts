import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockHours, datesOfYear, easterOffset, monthOf, occurrence, singleDate, weekdays, weekdaySpan, type Recurring } from '../../src/calendar/calendarSet.ts';
import { civil, weekday } from '../../src/calendar/day.ts';
import { contains, countDays, intersect, isWholeDays, length, span, subtract, union, type TimeSet } from '../../src/calendar/timeset.ts';
import { formatLocalDateTime, instantToLocal, parseLocalDateTime, type Minute } from '../../src/calendar/zone.ts';

const at = (text: string): Minute => {
  const read = parseLocalDateTime(text);
  if ('problem' in read) throw new Error(`${text}: ${read.problem}`);
  return read.instant;
};
const within = (from: string, to: string): { start: Minute; end: Minute } => ({ start: at(from), end: at(to) });
/** `2026-12-01 2027-04-01` for whole days, times otherwise. */
const shown = (set: TimeSet): string[] => {
  const list: string[] = [];
  for (let i = 0; i < set.spans.length; i += 2) list.push([set.spans[i], set.spans[i + 1]].map((edge) => formatLocalDateTime(edge ?? 0).replace('T00:00', '')).join(' '));
  return list;
};

const winter = datesOfYear({ month: 12, day: 1 }, { month: 3, day: 31 });
const summer = datesOfYear({ month: 4, day: 1 }, { month: 11, day: 30 });

describe('seasons', () => {
  it('run over the new year, both ends included', () => {
    expect(shown(winter(within('2026-01-01', '2028-01-01')))).toEqual(['2026-01-01 2026-04-01', '2026-12-01 2027-04-01', '2027-12-01 2028-01-01']);
    expect(shown(summer(within('2026-01-01', '2028-01-01')))).toEqual(['2026-04-01 2026-12-01', '2027-04-01 2027-12-01']);
  });

  it('are clipped to a period that straddles an edge', () => {
    const november = within('2026-11-15', '2026-12-15');
    expect(countDays(winter(november))).toBe(14);
    expect(countDays(summer(november))).toBe(16);
    expect(countDays(winter(within('2026-03-08', '2026-04-07')))).toBe(24);
    expect(winter(within('2026-04-01', '2026-12-01')).spans).toEqual([]);
    expect(shown(winter(within('2027-01-05', '2027-01-06')))).toEqual(['2027-01-05 2027-01-06']);
  });

  it('have a day more in a leap year', () => {
    const sizes = [2023, 2024, 2025, 2026, 2027].map((year) => countDays(winter(within(`${year}-11-01`, `${year + 1}-05-01`))));
    expect(sizes).toEqual([122, 121, 121, 121, 122]);
    // The hours of a winter: one is lost in March.
    expect(length(winter(within('2026-11-01', '2027-05-01'))) / 60).toBe(121 * 24 - 1);
    expect(length(winter(within('2027-11-01', '2028-05-01'))) / 60).toBe(122 * 24 - 1);
  });

  it('share the year out between them', () => {
    fc.assert(fc.property(fc.integer({ min: at('2000-01-01'), max: at('2050-01-01') }), fc.integer({ min: 1, max: 900 * 1440 }), (start, size) => {
      const bounds = { start, end: start + size };
      expect(union(winter(bounds), summer(bounds))).toEqual(span(start, start + size));
      expect(intersect(winter(bounds), summer(bounds)).spans).toEqual([]);
    }));
  });

  it('end on the last day of February when they end on the 29th', () => {
    const toFebruary = datesOfYear({ month: 2, day: 1 }, { month: 2, day: 29 });
    expect(countDays(toFebruary(within('2027-01-01', '2028-01-01')))).toBe(28);
    expect(countDays(toFebruary(within('2028-01-01', '2029-01-01')))).toBe(29);
  });

  it('may last one day', () => {
    expect(shown(datesOfYear({ month: 6, day: 24 }, { month: 6, day: 24 })(within('2026-01-01', '2027-01-01')))).toEqual(['2026-06-24 2026-06-25']);
  });
});

describe('occurrence', () => {
  it.each([
    ['2026-12-01', '2026-12-01', '2027-04-01'],
    ['2027-03-31T23:59', '2026-12-01', '2027-04-01'],
    ['2027-01-01', '2026-12-01', '2027-04-01'],
    ['2028-02-29', '2027-12-01', '2028-04-01'],
  ])('finds the winter around %s', (instant, from, to) => {
    expect(occurrence(winter, at(instant))).toEqual(within(from, to));
  });
  it.each(['2026-11-30T23:59', '2027-04-01'])('finds no winter around %s', (instant) => {
    expect(occurrence(winter, at(instant))).toBeUndefined();
  });
  it('finds the hours around an instant', () => {
    expect(occurrence(clockHours(22 * 60, 6 * 60), at('2026-07-02T05:59'))).toEqual(within('2026-07-01T22:00', '2026-07-02T06:00'));
  });
});

describe('dates', () => {
  it('come back each year, or in even years', () => {
    const wide = within('2025-06-01', '2029-06-01');
    expect(shown(singleDate(3, 31)(wide))).toEqual(['2026-03-31 2026-04-01', '2027-03-31 2027-04-01', '2028-03-31 2028-04-01', '2029-03-31 2029-04-01']);
    expect(shown(singleDate(3, 31, true)(wide))).toEqual(['2026-03-31 2026-04-01', '2028-03-31 2028-04-01']);
  });
  it('come in leap years only when they are 29 February', () => {
    expect(shown(singleDate(2, 29)(within('2024-01-01', '2030-01-01')))).toEqual(['2024-02-29 2024-03-01', '2028-02-29 2028-03-01']);
  });
  it('make months', () => {
    expect(shown(monthOf(12)(within('2026-01-01', '2028-06-01')))).toEqual(['2026-12-01 2027-01-01', '2027-12-01 2028-01-01']);
    expect([2027, 2028].map((year) => countDays(monthOf(2)(within(`${year}-01-01`, `${year + 1}-01-01`))))).toEqual([28, 29]);
  });
});

describe('clock hours', () => {
  it('are local on both sides of a change', () => {
    expect(shown(clockHours(6 * 60, 10 * 60)(within('2026-03-07', '2026-03-10')))).toEqual([
      '2026-03-07T06:00 2026-03-07T10:00', '2026-03-08T06:00 2026-03-08T10:00', '2026-03-09T06:00 2026-03-09T10:00',
    ]);
  });

  it('passing midnight belong to the day on which they start', () => {
    const night = clockHours(22 * 60, 6 * 60);
    expect(shown(night(within('2026-07-01', '2026-07-02')))).toEqual(['2026-07-01 2026-07-01T06:00', '2026-07-01T22:00 2026-07-02']);
    expect(shown(night(within('2026-12-31T23:00', '2027-01-01T01:00')))).toEqual(['2026-12-31T23:00 2027-01-01T01:00']);
    // 8 hours by the clock: 7 or 9 in fact.
    expect(length(night(within('2026-03-07T12:00', '2026-03-08T12:00')))).toBe(7 * 60);
    expect(length(night(within('2026-10-31T12:00', '2026-11-01T12:00')))).toBe(9 * 60);
  });

  it('skip the missing hour and hold the repeated one', () => {
    expect(clockHours(120, 180)(within('2026-03-08', '2026-03-09')).spans).toEqual([]);
    expect(shown(clockHours(120, 240)(within('2026-03-08', '2026-03-09')))).toEqual(['2026-03-08T03:00 2026-03-08T04:00']);
    expect(length(clockHours(60, 120)(within('2026-11-01', '2026-11-02')))).toBe(120);
  });

  it('may be the whole day', () => {
    const bounds = within('2026-03-01', '2026-11-15');
    expect(clockHours(0, 1440)(bounds)).toEqual(span(bounds.start, bounds.end));
    expect(clockHours(360, 360)(bounds)).toEqual(span(bounds.start, bounds.end));
    expect(shown(clockHours(22 * 60, 1440)(within('2026-07-01', '2026-07-02')))).toEqual(['2026-07-01T22:00 2026-07-02']);
  });
});

describe('weekdays', () => {
  it('run in the week or around it', () => {
    const week = within('2026-07-06', '2026-07-20'); // two weeks from a Monday
    expect(shown(weekdays(1, 5)(week))).toEqual(['2026-07-06 2026-07-11', '2026-07-13 2026-07-18']);
    expect(shown(weekdays(6, 1)(week))).toEqual(['2026-07-06 2026-07-07', '2026-07-11 2026-07-14', '2026-07-18 2026-07-20']);
    expect(shown(weekdays(3, 3)(week))).toEqual(['2026-07-08 2026-07-09', '2026-07-15 2026-07-16']);
    expect(countDays(weekdays(7, 7)(within('2026-01-01', '2027-01-01')))).toBe(52);
  });

  it('span from an hour of a day to an hour of another', () => {
    const weekend = weekdaySpan(5, 22 * 60, 1, 6 * 60);
    expect(shown(weekend(within('2026-07-06', '2026-07-20')))).toEqual(['2026-07-06 2026-07-06T06:00', '2026-07-10T22:00 2026-07-13T06:00', '2026-07-17T22:00 2026-07-20']);
    expect(length(weekend(within('2026-03-05', '2026-03-11')))).toBe((2 + 48 + 6 - 1) * 60);
    expect(shown(weekend(within('2027-01-01T21:00', '2027-01-01T23:00')))).toEqual(['2027-01-01T22:00 2027-01-01T23:00']);
    expect(shown(weekend(within('2028-01-02', '2028-01-03')))).toEqual(['2028-01-02 2028-01-03']);
  });

  it('span within one day, or the whole week around', () => {
    expect(shown(weekdaySpan(3, 360, 3, 600)(within('2026-07-06', '2026-07-13')))).toEqual(['2026-07-08T06:00 2026-07-08T10:00']);
    const round = within('2026-07-06', '2026-07-27');
    expect(weekdaySpan(3, 360, 3, 360)(round)).toEqual(span(round.start, round.end));
    expect(shown(weekdaySpan(1, 0, 5, 1440)(within('2026-07-06', '2026-07-13')))).toEqual(['2026-07-06 2026-07-11']);
  });
});

describe('what every recurring set must do', () => {
  const sets: readonly (readonly [string, Recurring, (instant: Minute) => boolean])[] = [
    ['winter', winter, (t) => { const { month } = civil(instantToLocal(t).day); return month === 12 || month <= 3; }],
    ['31 March of even years', singleDate(3, 31, true), (t) => { const { year, month, day } = civil(instantToLocal(t).day); return month === 3 && day === 31 && year % 2 === 0; }],
    ['November', monthOf(11), (t) => civil(instantToLocal(t).day).month === 11],
    ['6 h to 10 h', clockHours(360, 600), (t) => { const { minute } = instantToLocal(t); return minute >= 360 && minute < 600; }],
    ['22 h to 6 h', clockHours(1320, 360), (t) => { const { minute } = instantToLocal(t); return minute >= 1320 || minute < 360; }],
    ['working days', weekdays(1, 5), (t) => weekday(instantToLocal(t).day) <= 5],
    ['Friday 22 h to Monday 6 h', weekdaySpan(5, 1320, 1, 360), (t) => {
      const { day, minute } = instantToLocal(t);
      const at = weekday(day);
      return at >= 6 || (at === 5 && minute >= 1320) || (at === 1 && minute < 360);
    }],
  ];

  it.each(sets)('%s holds the instants that it should', (_name, set, holds) => {
    fc.assert(fc.property(fc.integer({ min: at('2024-01-01'), max: at('2030-12-31') }), fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 500 }), (instant, before, after) => {
      const bounds = { start: instant - before * 1440, end: instant + after * 1440 };
      expect(contains(set(bounds), instant)).toBe(holds(instant));
    }), { numRuns: 200 });
  });

  it.each([...sets.map(([name, set]) => [name, set] as const), ['Good Friday', easterOffset(-2)] as const])('%s is the same seen whole or in two', (_name, set) => {
    fc.assert(fc.property(fc.integer({ min: at('2024-01-01'), max: at('2030-12-31') }), fc.integer({ min: 1, max: 400_000 }), fc.integer({ min: 1, max: 400_000 }), (start, first, second) => {
      const [cut, end] = [start + first, start + first + second];
      const whole = set({ start, end });
      expect(union(set({ start, end: cut }), set({ start: cut, end }))).toEqual(whole);
      expect(subtract(whole, span(start, end)).spans).toEqual([]);
      expect(whole.spans.every((edge, i) => i === 0 || (whole.spans[i - 1] ?? Infinity) < edge)).toBe(true);
    }));
  });

  it('has nothing in no time', () => {
    for (const [, set] of sets) expect(set({ start: at('2027-01-09T23:00'), end: at('2027-01-09T23:00') }).spans).toEqual([]);
  });

  it('gives whole days where the book speaks of dates', () => {
    const year = within('2026-01-01', '2027-01-01');
    for (const set of [winter, singleDate(12, 25), monthOf(3), weekdays(6, 7), easterOffset(1)]) expect(isWholeDays(set(year))).toBe(true);
  });
});
