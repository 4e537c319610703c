/** Readings in time → a series, with every hour accounted for: the missing hour of March, the repeated one of November. */
import type { Series } from '../calendar/series.ts';
import { parseIsoDate } from '../calendar/day.ts';
import { dayLength, dayAt, formatLocalDateTime, instantToLocal, localToInstant, startOfDay, type Minute } from '../calendar/zone.ts';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { multiply, parseExact, type Exact } from '../quantity/exact.ts';
import { nearestName } from '../support/nearestName.ts';

export interface Reading { readonly time: string; readonly value: string; readonly line: number }

/** `1 234,5`, `1234.5` → a decimal text; undefined for what is no number. */
export function plainDecimal(text: string): string | undefined {
  const bare = text.trim().replace(/[\u00A0\u202F ]/g, '');
  const plain = /^-?\d+,\d+$/.test(bare) ? bare.replace(',', '.') : bare;
  return /^-?\d{1,30}(\.\d{1,20})?$/.test(plain) ? plain : undefined;
}

interface Stamp { readonly day: number; readonly minute: number; readonly offset: number | undefined }
function stamp(text: string): Stamp | undefined {
  const match = /^(\d{4}-\d{2}-\d{2}|\d{2}\/\d{2}\/\d{4})(?:[T ](\d{1,2})[:h](\d{2})(?::00)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/.exec(text.trim());
  if (!match) return undefined;
  const date = match[1] ?? '';
  const iso = date.includes('/') ? `${date.slice(6)}-${date.slice(3, 5)}-${date.slice(0, 2)}` : date;
  const day = parseIsoDate(iso);
  const hour = Number(match[2] ?? 0);
  const minute = Number(match[3] ?? 0);
  if (day === undefined || hour > 23 || minute > 59) return undefined;
  const zone = match[4]?.replace(':', '');
  const offset = zone === undefined ? undefined : zone === 'Z' ? 0 : (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3, 5)));
  return { day, minute: hour * 60 + minute, offset };
}

/**
 * Readings in the order of time → a series. A time is the start of its interval, local unless it carries an offset. The step is
 * that of the first two; every later one must follow it in real time.
 */
export function seriesOf(name: string, readings: readonly Reading[], factor: Exact): { readonly series: Series } | { readonly diagnostics: readonly Diagnostic[] } {
  const pointer = `/series/${name}`;
  const fail = (item: Diagnostic): { diagnostics: Diagnostic[] } => ({ diagnostics: [item] });
  const values: Exact[] = [];
  let start: Minute | undefined;
  let step: number | undefined;
  let expected: Minute = 0;
  for (const [index, reading] of readings.entries()) {
    const at = stamp(reading.time);
    if (!at) return fail(diagnostic('series/heure', { name, found: `« ${reading.time} »`, line: reading.line, reason: 'ne se lit pas comme une date et une heure' }, { pointer }));
    const candidates = at.offset !== undefined ? [at.day * 1440 + at.minute - at.offset] : localToInstant(at.day, at.minute).instants;
    const first = candidates[0];
    if (first === undefined) return fail(diagnostic('series/heure', { name, found: reading.time, line: reading.line, reason: "n'existe pas : les horloges avancent ce jour-là" }, { pointer }));
    const decimal = plainDecimal(reading.value);
    const number = decimal === undefined ? undefined : parseExact(decimal);
    if (!number) return fail(diagnostic('series/valeur', { name, found: reading.value, line: reading.line }, { pointer }));
    if (index === 0) start = first;
    else if (index === 1) {
      const gap = Math.min(...candidates.map((candidate) => candidate - (start ?? 0)).filter((distance) => distance > 0));
      if (!Number.isFinite(gap)) {
        const code = first === start ? 'series/repetee' : 'series/desordre';
        return fail(diagnostic(code, { name, at: reading.time, line: reading.line }, { pointer }));
      }
      // A row may be missing right after the first: the one after next then tells the step.
      const after = gapAfter(readings[2], (start ?? 0) + gap);
      const shortest = after !== undefined && after < gap && gap % after === 0 ? after : gap;
      const daily = shortest === dayLength(dayAt(start ?? 0));
      step = daily ? 1440 : shortest;
      if (![15, 30, 60, 1440].includes(step)) return fail(diagnostic('series/pas', { name, found: `${step} min` }, { pointer }));
      expected = (start ?? 0) + shortest;
    }
    if (index >= 1 && !candidates.includes(expected)) {
      const local = instantToLocal(expected);
      const wanted = local.day * 1440 + local.minute;
      const found = at.day * 1440 + at.minute;
      if (first > expected || found > wanted) return fail(diagnostic('series/lacune', { name, at: formatLocalDateTime(expected) }, { pointer }));
      const previous = instantToLocal(expected - (step ?? 15));
      const code = found === previous.day * 1440 + previous.minute ? 'series/repetee' : 'series/desordre';
      return fail(diagnostic(code, { name, at: reading.time, line: reading.line }, { pointer }));
    }
    if (index >= 1) expected = step === 1440 ? startOfDay(dayAt(expected) + 1) : expected + (step ?? 15);
    values.push(multiply(number, factor));
  }
  if (start === undefined) return fail(diagnostic('series/vide', { name }, { pointer }));
  if (step === undefined) return fail(diagnostic('series/pas', { name, found: 'longueur inconnue (une seule valeur)' }, { pointer }));
  return { series: { start, step, values } };
}

/** The minutes from an instant to a reading, if it comes later. */
function gapAfter(reading: Reading | undefined, from: Minute): number | undefined {
  const at = reading && stamp(reading.time);
  if (!at) return undefined;
  const instants = at.offset !== undefined ? [at.day * 1440 + at.minute - at.offset] : localToInstant(at.day, at.minute).instants;
  return instants.map((instant) => instant - from).find((gap) => gap > 0);
}

/** Finds the columns of a table of readings: the time in the first or a named one, the values in a named one or the only other. */
export function readingsOf(
  name: string, header: readonly string[], rows: readonly (readonly string[])[], wanted: { readonly column: string | undefined; readonly time: string | undefined },
): { readonly readings: readonly Reading[] } | { readonly diagnostics: readonly Diagnostic[] } {
  const place = { pointer: `/series/${name}` };
  if (header.length === 0) return { diagnostics: [diagnostic('series/vide', { name }, place)] };
  // A name that stands twice chooses no column.
  const named = (label: string): number => { const at = header.findIndex((column) => column.trim() === label); return header.some((column, index) => index > at && column.trim() === label) ? -1 : at; };
  const time = wanted.time === undefined ? 0 : named(wanted.time);
  const value = wanted.column !== undefined ? named(wanted.column) : header.length === 2 ? 1 : named(name);
  const label = wanted.time ?? 'horodatage';
  // A first line that is already a reading is no header: without this its value would be lost.
  for (const [at, missing] of [[time >= 0 && stamp(header[time] ?? '') ? -1 : time, label], [value, wanted.column ?? name]] as const) {
    if (at < 0) return { diagnostics: [diagnostic('series/colonne', { name: missing, columns: header.join(', '), nearest: nearestName(missing, header) }, place)] };
  }
  // Too many cells: a decimal comma between commas, say. What is read would not be what was meant.
  const long = rows.findIndex((row) => row.slice(header.length).some((cell) => cell.trim() !== ''));
  if (long >= 0) return { diagnostics: [diagnostic('series/valeur', { name, found: (rows[long] ?? []).join(' | '), line: long + 2 }, place)] };
  return { readings: rows.map((row, line) => ({ time: row[time] ?? '', value: row[value] ?? '', line: line + 2 })) };
}
