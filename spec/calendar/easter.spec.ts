import { describe, expect, it } from 'vitest';
import { datesOfYear, easterOffset } from '../../src/calendar/calendarSet.ts';
import { formatIsoDate, parseIsoDate, weekday } from '../../src/calendar/day.ts';
import { easterSunday } from '../../src/calendar/easter.ts';
import { countDays, intersect, span } from '../../src/calendar/timeset.ts';
import { startOfDay } from '../../src/calendar/zone.ts';

/** The dates that the churches publish, and how many of Good Friday, Easter and Easter Monday are in winter (to 31 March). */
const PUBLISHED: readonly (readonly [number, string, number])[] = [
  [2024, '2024-03-31', 2], [2025, '2025-04-20', 0], [2026, '2026-04-05', 0], [2027, '2027-03-28', 3], [2028, '2028-04-16', 0], [2029, '2029-04-01', 1],
  [2030, '2030-04-21', 0], [2031, '2031-04-13', 0], [2032, '2032-03-28', 3], [2033, '2033-04-17', 0], [2034, '2034-04-09', 0], [2035, '2035-03-25', 3],
];

describe('Easter', () => {
  it.each(PUBLISHED)('of %i is %s', (year, date, inWinter) => {
    expect(formatIsoDate(easterSunday(year))).toBe(date);
    expect(weekday(easterSunday(year))).toBe(7);
    const wide = { start: startOfDay(parseIsoDate(`${year}-01-01`) ?? 0), end: startOfDay(parseIsoDate(`${year}-12-31`) ?? 0) };
    const winter = datesOfYear({ month: 12, day: 1 }, { month: 3, day: 31 })(wide);
    const found = [-2, 0, 1].filter((offset) => countDays(intersect(winter, easterOffset(offset)(wide))) === 1).length;
    expect(found).toBe(inWinter);
  });

  // The earliest and latest there can be, and the two exceptions of the Gregorian epact.
  it.each(['1818-03-22', '2285-03-22', '1943-04-25', '2038-04-25', '1954-04-18', '1981-04-19', '2049-04-18', '2076-04-19', '2000-04-23'])('knows %s', (date) => {
    expect(formatIsoDate(easterSunday(Number(date.slice(0, 4))))).toBe(date);
  });

  it('is one whole day wherever it is asked for', () => {
    const easter = startOfDay(easterSunday(2027));
    expect(easterOffset(0)({ start: easter, end: easter + 60 })).toEqual(span(easter, easter + 60));
    expect(easterOffset(1)({ start: easter, end: easter + 1440 }).spans).toEqual([]);
    expect(easterOffset(1)({ start: easter, end: easter + 2880 })).toEqual(span(easter + 1440, easter + 2880));
  });
});
