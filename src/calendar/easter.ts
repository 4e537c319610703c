/** The one moving feast that the book names; its other days are at fixed dates or at fixed distances from this one. */
import { invariant } from '../support/invariant.ts';
import { dayOf, type Day } from './day.ts';

/** Easter Sunday of a Gregorian year, by the computus of Meeus, Jones and Butcher: `easterSunday(2026)` is 5 April 2026. */
export function easterSunday(year: number): Day {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  const easter = dayOf(year, month, ((h + l - 7 * m + 114) % 31) + 1);
  invariant(easter !== undefined, 'Easter on no day');
  return easter;
}
