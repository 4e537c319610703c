/** A year of quarter-hours, made with integers: clock times from the two changes of the year, powers in watts. Independent of src/calendar. */

/** Minutes since 1970 in universal time. */
const utc = (iso: string): number => Date.parse(`${iso}Z`) / 60_000;
const FALL_BACK = utc('2026-11-01T06:00');
const SPRING_FORWARD = utc('2027-03-14T07:00');

export interface QuarterHour { readonly utc: number; readonly local: string; readonly offset: '-04:00' | '-05:00'; readonly watts: number }

/** From a local midnight to another, between March 2026 and November 2027. */
export function quarterHours(fromDay: string, toDay: string, watts: (index: number) => number): QuarterHour[] {
  const hoursOf = (at: number): number => (at >= FALL_BACK && at < SPRING_FORWARD ? 5 : 4);
  const midnight = (day: string): number => { const guess = utc(`${day}T00:00`); return guess + hoursOf(guess + 300) * 60; };
  const out: QuarterHour[] = [];
  for (let at = midnight(fromDay), end = midnight(toDay); at < end; at += 15) {
    const hours = hoursOf(at);
    out.push({ utc: at, local: new Date((at - hours * 60) * 60_000).toISOString().slice(0, 16), offset: hours === 5 ? '-05:00' : '-04:00', watts: watts(out.length) });
  }
  return out;
}

/** Watts that look like nothing regular, from `least` up to less than `least + range`. */
export function scattered(seed: number, least: number, range: number): (index: number) => number {
  let state = seed;
  return () => { state = (state * 48_271) % 2_147_483_647; return least + (state % range); };
}

/** 12345 → `12.345`, `12,345`. */
export const kilowatts = (watts: number, mark: '.' | ','): string => `${Math.floor(watts / 1000)}${mark}${String(watts % 1000).padStart(3, '0')}`;
export const wattsOf = (quarters: readonly QuarterHour[]): bigint => quarters.reduce((sum, each) => sum + BigInt(each.watts), 0n);
