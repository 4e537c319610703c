import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, formatIsoDate, parseIsoDate, type Day } from '../../src/calendar/day.ts';
import { dayAt, dayLength, formatLocalDateTime, instantToLocal, isMidnight, localToInstant, offsetAt, parseLocalDateTime, startOfDay, tzVersion, ZONE, type Minute } from '../../src/calendar/zone.ts';

const iso = (text: string): Day => {
  const day = parseIsoDate(text);
  if (day === undefined) throw new Error(`${text} is not a date`);
  return day;
};
const utc = (text: string): Minute => Date.parse(`${text}Z`) / 60_000;
/** The years that have a bill or a history, and more. */
const instants = fc.integer({ min: utc('1995-01-01T00:00'), max: utc('2060-01-01T00:00') });

/** Second Sunday of March, first Sunday of November. */
const CHANGES: readonly (readonly [string, string])[] = [
  ['2024-03-10', '2024-11-03'], ['2025-03-09', '2025-11-02'], ['2026-03-08', '2026-11-01'], ['2027-03-14', '2027-11-07'],
  ['2028-03-12', '2028-11-05'], ['2029-03-11', '2029-11-04'], ['2030-03-10', '2030-11-03'],
];

describe('the days when clocks change', () => {
  it.each(CHANGES)('are %s and %s', (spring, autumn) => {
    expect(dayLength(iso(spring))).toBe(1380);
    expect(dayLength(iso(autumn))).toBe(1500);
    expect(startOfDay(iso(spring))).toBe(utc(`${spring}T05:00`));
    expect(startOfDay(iso(spring) + 1)).toBe(utc(`${formatIsoDate(iso(spring) + 1)}T04:00`));
    expect(startOfDay(iso(autumn))).toBe(utc(`${autumn}T04:00`));
    expect(startOfDay(iso(autumn) + 1)).toBe(utc(`${formatIsoDate(iso(autumn) + 1)}T05:00`));
  });

  it('are the only ones from 2024 to 2030', () => {
    const odd: string[] = [];
    for (let day = iso('2024-01-01'); day < iso('2031-01-01'); day++) if (dayLength(day) !== 1440) odd.push(formatIsoDate(day));
    expect(odd).toEqual(CHANGES.flat());
  });

  it.each(CHANGES)('have a missing hour (%s) and a repeated one (%s)', (spring, autumn) => {
    for (let minute = 0; minute < 1440; minute++) {
      const [inSpring, inAutumn] = [localToInstant(iso(spring), minute).instants, localToInstant(iso(autumn), minute).instants];
      expect(inSpring.length).toBe(minute >= 120 && minute < 180 ? 0 : 1);
      expect(inAutumn.length).toBe(minute >= 60 && minute < 120 ? 2 : 1);
      if (inAutumn.length === 2) expect((inAutumn[1] ?? 0) - (inAutumn[0] ?? 0)).toBe(60);
    }
  });
});

describe('local time', () => {
  it('agrees with the host about every instant', () => {
    const host = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' });
    fc.assert(fc.property(instants, (instant) => {
      const { day, minute } = instantToLocal(instant);
      const shown = `${formatIsoDate(day)}, ${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
      expect(shown).toBe(host.format(instant * 60_000));
    }), { numRuns: 500 });
  });

  it('comes back to its instant', () => {
    fc.assert(fc.property(instants, (instant) => {
      const { day, minute, offset } = instantToLocal(instant);
      expect(offset).toBe(offsetAt(instant));
      expect(localToInstant(day, minute).instants).toContain(instant);
      expect(dayAt(instant)).toBe(day);
      expect(startOfDay(day)).toBeLessThanOrEqual(instant);
      expect(startOfDay(day + 1)).toBeGreaterThan(instant);
      expect(isMidnight(instant)).toBe(startOfDay(day) === instant);
    }));
  });

  it('keeps to whole minutes even before standard time', () => {
    for (const year of [0, 1800, 1883, 1894, 9999]) expect(Number.isInteger(startOfDay(dayOf(year, 1, 1) ?? 0))).toBe(true);
  });

  it('tells standard from daylight time to the minute', () => {
    expect(offsetAt(utc('2026-03-08T06:59'))).toBe(-300);
    expect(offsetAt(utc('2026-03-08T07:00'))).toBe(-240);
    expect(offsetAt(utc('2026-11-01T05:59'))).toBe(-240);
    expect(offsetAt(utc('2026-11-01T06:00'))).toBe(-300);
    expect(offsetAt(utc('2026-01-01T04:59'))).toBe(-300);
    expect(offsetAt(utc('2026-01-01T05:00'))).toBe(-300);
  });
});

describe('parseLocalDateTime', () => {
  it.each([
    ['2026-12-03T06:00', '2026-12-03T11:00', false],
    ['2026-07-03 06:15', '2026-07-03T10:15', false],
    ['2026-07-03T06:15:00', '2026-07-03T10:15', false],
    ['2026-12-03', '2026-12-03T05:00', true],
    ['2026-07-03', '2026-07-03T04:00', true],
    ['2026-12-31T24:00', '2027-01-01T05:00', false],
    ['2026-11-01T01:30-04:00', '2026-11-01T05:30', false],
    ['2026-11-01T01:30-05:00', '2026-11-01T06:30', false],
    ['2026-11-01T06:30Z', '2026-11-01T06:30', false],
    ['2026-11-01T00:59', '2026-11-01T04:59', false],
    ['2026-11-01T02:00', '2026-11-01T07:00', false],
    ['2026-03-08T01:59', '2026-03-08T06:59', false],
    ['2026-03-08T03:00', '2026-03-08T07:00', false],
  ])('reads %s', (text, expected, dateOnly) => {
    expect(parseLocalDateTime(text)).toEqual({ instant: utc(expected), dateOnly });
  });

  it.each(['2026-03-08T02:00', '2026-03-08T02:30', '2026-03-08T02:59', '2027-03-14T02:30'])('says that %s does not exist', (text) => {
    expect(parseLocalDateTime(text)).toEqual({ problem: 'inexistante' });
  });
  it.each(['2026-11-01T01:00', '2026-11-01T01:59', '2027-11-07T01:30'])('says that %s comes twice', (text) => {
    expect(parseLocalDateTime(text)).toEqual({ problem: 'repetee' });
  });
  it.each(['', '2026-12-03T6:00', '2026-12-03T06', '2026-12-03T06:60', '2026-12-03T25:00', '2026-12-03T24:01', '2026-02-29T06:00', '2026-12-03T06:00:30', '2026-12-03T06:00+99:00', '2026-12-03T06:00-05:60', '2026-12-03T06:00-0500', '2026-12-03T06:00 '])('does not read « %s »', (text) => {
    expect(parseLocalDateTime(text)).toEqual({ problem: 'forme' });
  });
});

describe('formatLocalDateTime', () => {
  it('gives the offset of the repeated hour, and of no other', () => {
    expect(formatLocalDateTime(utc('2026-12-03T11:00'))).toBe('2026-12-03T06:00');
    expect(formatLocalDateTime(utc('2026-11-01T04:59'))).toBe('2026-11-01T00:59');
    expect(formatLocalDateTime(utc('2026-11-01T05:30'))).toBe('2026-11-01T01:30-04:00');
    expect(formatLocalDateTime(utc('2026-11-01T06:30'))).toBe('2026-11-01T01:30-05:00');
    expect(formatLocalDateTime(utc('2026-11-01T07:00'))).toBe('2026-11-01T02:00');
  });

  it('is read back as the same instant', () => {
    const nearChanges = fc.constantFrom(...CHANGES.flat()).chain((date) => fc.integer({ min: -180, max: 600 }).map((minute) => startOfDay(iso(date)) + minute));
    fc.assert(fc.property(fc.oneof(instants, nearChanges), (instant) => {
      expect(parseLocalDateTime(formatLocalDateTime(instant))).toEqual({ instant, dateOnly: false });
    }), { numRuns: 500 });
  });
});

it('names the edition of its time-zone data', () => {
  expect(tzVersion()).toMatch(/^\d{4}[a-z]+$/);
});
