import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addCivilMonths, civil, dayOf, formatDateEn, formatDateFr, formatIsoDate, monthLength, parseIsoDate, weekday, type Day } from '../../src/calendar/day.ts';

const iso = (text: string): Day => {
  const day = parseIsoDate(text);
  if (day === undefined) throw new Error(`${text} is not a date`);
  return day;
};
/** Years 1600 to 2400. */
const days = fc.integer({ min: -135_140, max: 157_054 });

describe('dates as days', () => {
  it('counts from 1970-01-01, before it too', () => {
    expect(iso('1970-01-01')).toBe(0);
    expect(iso('1969-12-31')).toBe(-1);
    expect(iso('2000-03-01')).toBe(11_017);
    expect(iso('2026-04-01')).toBe(20_544);
  });

  it('agrees with the platform, there and back', () => {
    fc.assert(fc.property(days, (day) => {
      const date = new Date(day * 86_400_000);
      expect(civil(day)).toEqual({ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() });
      expect(weekday(day)).toBe(date.getUTCDay() || 7);
      expect(formatIsoDate(day)).toBe(date.toISOString().slice(0, 10));
      const { year, month, day: date_ } = civil(day);
      expect(dayOf(year, month, date_)).toBe(day);
      expect(parseIsoDate(formatIsoDate(day))).toBe(day);
    }));
  });

  it.each([
    [2024, 29], [2025, 28], [2026, 28], [2027, 28], [2028, 29], [2000, 29], [1900, 28], [2100, 28], [2400, 29],
  ])('gives February %i its %i days', (year, last) => {
    expect(monthLength(year, 2)).toBe(last);
    expect(dayOf(year, 2, last)).toBeDefined();
    expect(dayOf(year, 2, last + 1)).toBeUndefined();
    expect((dayOf(year, 3, 1) ?? 0) - (dayOf(year, 2, 1) ?? 0)).toBe(last);
  });

  it.each(['2026-4-01', '2026-04-1', '26-04-01', '2026-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '2026-01-00', '2026-04-01T00:00', ' 2026-04-01', '2026/04/01', '+2026-04-01', '２０２６-04-01', ''])('does not read « %s »', (text) => {
    expect(parseIsoDate(text)).toBeUndefined();
  });

  it('numbers the week from Monday', () => {
    expect(weekday(iso('2026-04-01'))).toBe(3);
    expect(weekday(iso('2026-11-01'))).toBe(7);
    expect(weekday(iso('2026-11-02'))).toBe(1);
    expect(weekday(iso('1969-12-28'))).toBe(7);
  });

  it('writes dates as people do', () => {
    expect(formatDateFr(iso('2026-12-01'))).toBe('1er décembre 2026');
    expect(formatDateFr(iso('2026-08-11'))).toBe('11 août 2026');
    expect(formatDateEn(iso('2026-02-01'))).toBe('February 1, 2026');
  });
});

describe('addCivilMonths', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-05-31', 1, '2026-06-30'],
    ['2026-02-28', 1, '2026-03-28'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2028-02-29', 48, '2032-02-29'],
    ['2028-02-29', -12, '2027-02-28'],
    ['2096-02-29', 48, '2100-02-28'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2026-08-31', -6, '2026-02-28'],
    ['2026-04-01', 24, '2028-04-01'],
    ['2026-04-30', 0, '2026-04-30'],
    ['1970-01-31', -2, '1969-11-30'],
  ])('%s %i → %s', (from, months, to) => {
    expect(formatIsoDate(addCivilMonths(iso(from), months))).toBe(to);
  });

  it('lands in the month that is so far, on the same date or on its last day', () => {
    fc.assert(fc.property(days, fc.integer({ min: -600, max: 600 }), (day, months) => {
      const from = civil(day);
      const to = civil(addCivilMonths(day, months));
      expect(to.year * 12 + to.month).toBe(from.year * 12 + from.month + months);
      expect(to.day).toBe(Math.min(from.day, monthLength(to.year, to.month)));
    }));
  });
});
