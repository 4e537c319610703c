/** One customer over time: consecutive cases, or one case with its history → the periods to bill, whatever the rate. */
import { addCivilMonths } from '../calendar/day.ts';
import { dayAt, formatLocalInstant, parseLocalDateTime, startOfDay, type Minute } from '../calendar/zone.ts';
import type { Program } from '../check/core.ts';
import { field, isObject, type Json } from '../contract/json.ts';
import { readCase, type CaseOutcome, type Catalogue, type ReadTable } from '../contract/readCase.ts';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { CaseInput } from '../evaluate/case.ts';
import { givenKeys, type GivenKey } from './givenKeys.ts';

type JsonObject = { readonly [key: string]: Json };

/** A period to bill: a case without its past, and the program that its data were written for. */
export interface CustomerPeriod { readonly json: JsonObject; readonly program: Program; readonly start: Minute; readonly end: Minute }

export interface Customer {
  /** The rate and options that the customer has now: those of the last period. */
  readonly rate: string;
  readonly options: readonly string[];
  readonly program: Program;
  /** To be billed, oldest first. */
  readonly periods: readonly CustomerPeriod[];
  /** The past before them, as the case gives it. */
  readonly before: readonly JsonObject[];
  /** What the bill before the first period handed on. */
  readonly state: Json | undefined;
  /** Why the history is only remembered and not billed; undefined when it is billed, or when there is none. */
  readonly remembered: 'demande' | 'etat' | 'donnees' | undefined;
}

/** A key that some rate reads, though perhaps not that of the case. */
export type ReadSomewhere = (key: string) => GivenKey | undefined;

/** How cases are read. */
export interface Reading {
  readonly catalogue: Catalogue;
  readonly readTable: ReadTable;
  readonly somewhere: ReadSomewhere;
  /** Whether a past period has what its bill needs, at the prices that will serve for a year that ends at that minute. */
  readonly canBill: (input: CaseInput, end: Minute) => boolean;
}

type Outcome = { readonly customer: Customer } | { readonly diagnostics: readonly Diagnostic[] };

/**
 * Reads the cases of one customer. One case with a `historique` stands for the year that ends with it, if its past can be billed:
 * facts that the case gives hold for its past, as on a bill. `lastOnly` bills the last period alone. A case may give what only another rate
 * reads: temperatures, events. Wrong cases come back as diagnostics, with the place in the list.
 */
export function readCustomer(cases: readonly Json[], reading: Reading, lastOnly: boolean): Outcome {
  const { catalogue } = reading;
  const wrong: Diagnostic[] = [];
  const read = cases.flatMap((json, index) => {
    const outcome = readTolerant(json, reading);
    if ('input' in outcome) return [{ json: json as JsonObject, input: outcome.input }];
    wrong.push(...outcome.diagnostics.map((item) => (cases.length === 1 ? item : { ...item, pointer: `/${index}${item.pointer ?? ''}` })));
    return [];
  });
  if (wrong.length > 0) return { diagnostics: wrong };
  read.sort((a, b) => a.input.period.start - b.input.period.start);
  const last = read.at(-1);
  if (!last) return { diagnostics: [diagnostic('cas-json/type', { name: 'le cas', found: 'rien', expected: 'un objet' }, { pointer: '' })] };
  const outcome = read.length > 1 ? consecutive(read, catalogue) : alone(last, reading, lastOnly);
  if ('diagnostics' in outcome) return outcome;
  const program = catalogue.program(last.input.rate, last.input.options);
  return program ? { customer: { rate: last.input.rate, options: last.input.options, program, ...outcome } } : { diagnostics: [] };
}

/** Reads a case, leaving aside what only other rates read. */
function readTolerant(json: Json, { catalogue, readTable, somewhere }: Reading): CaseOutcome {
  const strict = readCase(json, catalogue, readTable);
  if ('input' in strict) return strict;
  const others = strict.diagnostics.filter(({ code, pointer }) => code === 'cas-json/champ-inconnu' && pointer !== undefined && IN_DATA.test(pointer) && somewhere(pointer.slice(pointer.lastIndexOf('/') + 1)) !== undefined);
  return others.length === 0 ? strict : readCase(others.reduce<Json>((rest, { pointer }) => without(rest, (pointer ?? '').split('/').slice(1)), json), catalogue, readTable);
}
const IN_DATA = /^(\/(historique|releves)\/\d+)?\/(donnees|series)\/[^/]+$/;

function without(json: Json, [first, ...rest]: readonly string[]): Json {
  if (first === undefined) return json;
  if (Array.isArray(json)) return (json as Json[]).map((each, index) => (String(index) === first ? without(each, rest) : each));
  if (!isObject(json)) return json;
  return Object.fromEntries(Object.entries(json).flatMap(([key, value]) => (key !== first ? [[key, value]] : rest.length === 0 ? [] : [[key, without(value, rest)]])));
}

interface Read { readonly json: JsonObject; readonly input: CaseInput }
type Periods = Pick<Customer, 'periods' | 'before' | 'state' | 'remembered'>;

/** Cases one after the other: what comes before a case is its history, whether the case repeats it or not. */
function consecutive(read: readonly Read[], catalogue: Catalogue): Periods | { readonly diagnostics: readonly Diagnostic[] } {
  const first = read[0];
  if (!first) return { diagnostics: [] };
  const spans = read.map(({ input: { period } }) => ({ start: period.start, end: period.end }));
  const wrong = spans.flatMap((each, index) => {
    const before = spans[index - 1];
    return before && before.end > each.start ? [diagnostic('historique/chevauchement', { first: shown(before), second: shown(each) }, { pointer: '' })] : [];
  });
  const before = new Map<Minute, JsonObject>();
  for (const { json, input } of read) {
    for (const past of input.history) {
      if (spans.some((each) => each.start === past.start && each.end === past.end)) continue;
      if (past.end > first.input.period.start) wrong.push(diagnostic('historique/chevauchement', { first: shown(past), second: shown(spans.find((each) => each.end > past.start) ?? past) }, { pointer: past.pointer }));
      const at = Number(past.pointer.split('/')[2]);
      const given = (field(json, 'historique') as readonly Json[])[at];
      if (isObject(given)) before.set(past.start, { tarif: input.rate, ...given });
    }
  }
  if (wrong.length > 0) return { diagnostics: wrong };
  const periods = read.flatMap(({ json, input }) => { const program = catalogue.program(input.rate, input.options); return program ? [{ json: withoutPast(json), program, start: input.period.start, end: input.period.end }] : []; });
  return { periods, before: [...before].sort(([a], [b]) => a - b).map(([, each]) => each), state: field(first.json, 'etat'), remembered: undefined };
}

/** One case: the year that ends with it, or the case alone when its past cannot be billed. */
function alone({ json, input }: Read, reading: Reading, lastOnly: boolean): Periods | { readonly diagnostics: readonly Diagnostic[] } {
  const program = reading.catalogue.program(input.rate, input.options);
  if (!program) return { diagnostics: [] };
  const own = givenKeys(program);
  const kindOf: KindOf = (key) => (own.get(key) ?? reading.somewhere(key))?.kind;
  const { period } = input;
  const past = (field(json, 'historique') ?? []) as readonly JsonObject[];
  const only = (remembered: Customer['remembered']): Periods => ({
    periods: [{ json: withoutPast(json), program, start: period.start, end: period.end }], before: past.map((each) => ({ tarif: input.rate, ...each })), state: field(json, 'etat'), remembered,
  });
  const year = input.history.filter((each) => each.start >= startOfDay(addCivilMonths(dayAt(period.end), -12)));
  if (year.length === 0) return only(undefined);
  if (lastOnly) return only('demande');
  // A state is that of the last period: what the year began with is not known.
  if (field(json, 'etat') !== undefined) return only('etat');
  const spans = [...year, period];
  const periods = year.map((each): CustomerPeriod => ({ json: pastAsCase(json, past[Number(each.pointer.split('/')[2])] ?? {}, program, kindOf, spans, each), program, start: each.start, end: each.end }));
  // The past can be billed when each period is a case of its own that has what its bill needs.
  const asCases = periods.map(({ json: each }) => readTolerant(each, reading));
  if (!asCases.every((each, index) => 'input' in each && reading.canBill({ ...each.input, history: input.history.filter((other) => other.end <= (year[index]?.start ?? 0)) }, period.end))) return only('donnees');
  const final = withoutPast({ ...json, donnees: { ...(field(json, 'donnees') as JsonObject | undefined), ...listsWithin(json, kindOf, spans, period) } });
  const first = year[0]?.start ?? period.start;
  return {
    periods: [...periods, { json: final, program, start: period.start, end: period.end }],
    before: input.history.filter((each) => each.start < first).flatMap((each) => { const given = past[Number(each.pointer.split('/')[2])]; return given ? [{ tarif: input.rate, ...given }] : []; }), state: undefined, remembered: undefined,
  };
}

type KindOf = (key: string) => GivenKey['kind'] | undefined;
const PAST = new Set(['historique', 'etat', 'demandes', 'note']);
const withoutPast = (json: JsonObject): JsonObject => Object.fromEntries(Object.entries(json).filter(([key]) => !PAST.has(key)));

/** A period of the past as a case: its own data, and the facts of the case, which hold for it too. */
function pastAsCase(json: JsonObject, past: JsonObject, program: Program, kindOf: KindOf, spans: readonly { readonly start: Minute; readonly end: Minute }[], at: { readonly start: Minute; readonly end: Minute }): JsonObject {
  const facts = Object.entries((field(json, 'donnees') ?? {}) as JsonObject).filter(([key]) => { const kind = kindOf(key); return kind === 'fact' || kind === 'rows'; });
  const series = { ...(field(json, 'series') as JsonObject | undefined), ...(field(past, 'series') as JsonObject | undefined) };
  return {
    tarif: field(json, 'tarif') ?? program.rate, options: field(json, 'options') ?? [], periode: field(past, 'periode') ?? null,
    donnees: { ...Object.fromEntries(facts), ...listsWithin(json, kindOf, spans, at), ...(field(past, 'donnees') as JsonObject | undefined) },
    ...(Object.keys(series).length === 0 ? {} : { series }),
  };
}

/** The rows of the case's lists of spans that start in a period; those that start in none of them stay with the first, which every later one remembers. */
function listsWithin(json: JsonObject, kindOf: KindOf, spans: readonly { readonly start: Minute; readonly end: Minute }[], at: { readonly start: Minute; readonly end: Minute }): JsonObject {
  const out: Record<string, Json> = {};
  for (const [key, value] of Object.entries((field(json, 'donnees') ?? {}) as JsonObject)) {
    if (kindOf(key) !== 'spans' || !Array.isArray(value)) continue;
    out[key] = (value as Json[]).filter((row) => {
      const start = field(row, 'debut');
      const read = typeof start === 'string' ? parseLocalDateTime(start) : undefined;
      const instant = read && 'instant' in read ? read.instant : at.start;
      const home = spans.find((each) => each.start <= instant && instant < each.end) ?? spans[0];
      return home?.start === at.start;
    });
  }
  return out;
}

const shown = ({ start, end }: { readonly start: Minute; readonly end: Minute }): string => `${formatLocalInstant(start)} – ${formatLocalInstant(end)}`;
