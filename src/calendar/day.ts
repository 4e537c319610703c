/** Dates of the Gregorian calendar as whole days since 1970-01-01. */
export type Day = number;

export const MONTHS_FR: readonly string[] = ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'];
export const MONTHS_EN: readonly string[] = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** The day, or undefined when there is none: 30 February. */
export function dayOf(year: number, month: number, day: number): Day | undefined {
  if (month < 1 || month > 12 || day < 1 || day > monthLength(year, month)) return undefined;
  return fromCivil(year, month, day);
}
export function monthLength(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Howard Hinnant's days_from_civil. */
function fromCivil(year: number, month: number, day: number): Day {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

export function civil(day: Day): { year: number; month: number; day: number } {
  const z = day + 719468;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1 };
}

/** Strictly `2026-04-01`. */
export function parseIsoDate(text: string): Day | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return match ? dayOf(Number(match[1]), Number(match[2]), Number(match[3])) : undefined;
}
const pad = (value: number, width = 2): string => String(value).padStart(width, '0');
export function formatIsoDate(day: Day): string {
  const { year, month, day: date } = civil(day);
  return `${pad(year, 4)}-${pad(month)}-${pad(date)}`;
}
export function formatDateFr(day: Day): string {
  const { year, month, day: date } = civil(day);
  return `${date === 1 ? '1er' : date} ${MONTHS_FR[month - 1]} ${year}`;
}
export function formatDateEn(day: Day): string {
  const { year, month, day: date } = civil(day);
  return `${MONTHS_EN[month - 1]} ${date}, ${year}`;
}

/** Monday 1 … Sunday 7. */
export function weekday(day: Day): number {
  return ((day + 3) % 7 + 7) % 7 + 1;
}

/** The same date n months later, or the last day of that month. */
export function addCivilMonths(day: Day, months: number): Day {
  const date = civil(day);
  const index = date.year * 12 + date.month - 1 + months;
  const year = Math.floor(index / 12);
  const month = index - year * 12 + 1;
  return fromCivil(year, month, Math.min(date.day, monthLength(year, month)));
}
