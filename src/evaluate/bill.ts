/** A case → its bill: eligibility, cuts, lines, rounding, taxes, what to hand on, and what the bill has to say of itself. */
import { covers, isWholeDays, span } from '../calendar/timeset.ts';
import { dayAt, formatLocalDateTime, startOfDay, type Minute } from '../calendar/zone.ts';
import type { Core, EditionInfo, Origin, ValueSymbol } from '../check/core.ts';
import { isTimeGrain } from '../check/types.ts';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { add, divide, fromInteger, isZero, multiply, roundTo, sign, subtract, ZERO, type Exact } from '../quantity/exact.ts';
import type { CaseInput, PeriodData, Reading, Value } from './case.ts';
import type { Entry } from './lines.ts';
import { entriesOf } from './lines.ts';
import { checkParts, isAdditive } from './measures.ts';
import { datesWithin, plageSet } from './plages.ts';
import { type Runtime } from './runtime.ts';
import { Session, type Instance, type Note, type TraceNode } from './session.ts';
import { jsonKey, showValue } from './words.ts';
import { checkConditions } from './conditions.ts';
import { Missing, Refused, Stop } from './stop.ts';
import { formatDateFr } from '../calendar/day.ts';

export type BillLine = Entry & { readonly rounded: Exact };

/** A reading of an ambiguous article, as it was kept. */
export interface UsedReading { readonly article: string; readonly subject: string; readonly kept: string }

export interface Bill {
  readonly rate: string;
  readonly rateTitle: string;
  readonly options: readonly string[];
  readonly start: Minute;
  readonly end: Minute;
  readonly editions: readonly EditionInfo[];
  readonly lines: readonly BillLine[];
  /** Exact, before taxes. */
  readonly total: Exact;
  /** The sum of the rounded lines. */
  readonly subtotal: Exact;
  readonly taxes: readonly { readonly name: string; readonly rateText: string; readonly amount: Exact }[];
  readonly totalRounded: Exact;
  readonly notes: readonly Note[];
  /** How the ambiguous articles that acted were read; worked out when asked for, as a batch seldom does. */
  readonly readings: () => readonly UsedReading[];
  /** What to give back as `etat` with the next case. */
  readonly state: ReadonlyMap<string, { readonly value: Value; readonly symbol: ValueSymbol }>;
  readonly asked: ReadonlyMap<string, { readonly value: Value; readonly symbol: ValueSymbol; readonly trace: readonly TraceNode[] | undefined }>;
  /** For those who want to ask more (examples, tools): the last part's instance. */
  readonly instance: Instance;
}

/** The programs of every edition, by date. */
export interface Editions {
  /** The edition in force on a day, or undefined. */
  readonly at: (day: number) => EditionPrograms | undefined;
  /** One edition, whatever the day (`oneEdition`): a reading taken where the book changes then cuts nothing, and is left aside. */
  readonly alone?: true;
}
export interface EditionPrograms {
  readonly info: EditionInfo;
  readonly runtimeOf: (rate: string, options: readonly string[]) => Runtime | undefined;
}

export type BillOutcome = { readonly bill: Bill } | { readonly diagnostics: readonly Diagnostic[] };

export interface BillCaseOptions {
  /** Remembers what each line was worked out from. */
  readonly trace?: boolean;
  /** Told of each session before it begins. */
  readonly watch?: (session: Session) => void;
  /** Told of the articles that would refuse the rate or move the case to another, instead of refusing the bill: what it would have cost. */
  readonly refused?: (found: readonly Diagnostic[]) => void;
}

/** Bills a case. What is wrong with it comes back as diagnostics; nothing is thrown. */
export function billCase(input: CaseInput, editions: Editions, options: BillCaseOptions = {}): BillOutcome {
  try {
    return { bill: makeBill(input, editions, options) };
  } catch (stop) {
    if (stop instanceof Refused) return { diagnostics: stop.diagnostics };
    if (stop instanceof Stop) return { diagnostics: [stop.diagnostic] };
    throw stop;
  }
}


/** A part of the billed period between two cuts, with the edition in force. @internal */
export interface Part { readonly period: PeriodData; readonly edition: EditionPrograms; readonly runtime: Runtime }

function makeBill(input: CaseInput, editions: Editions, options: BillCaseOptions): Bill {
  const { final, entries, edition: info, editions: inForce, sessions, notes } = workOut(input, editions, (session) => { if (options.trace) session.trace = []; options.watch?.(session); }, options.refused);
  for (const entry of entries) entry.rounded = roundTo(entry.amount, info.lineStep);
  const lines = entries as readonly BillLine[];
  const total = lines.reduce((sum, line) => add(sum, line.amount), ZERO);
  const subtotal = lines.reduce((sum, line) => add(sum, line.rounded), ZERO);
  const taxes = info.taxes.map((tax) => ({ name: tax.name, rateText: tax.rateText, amount: roundTo(multiply(subtotal, tax.rate), info.lineStep) }));
  const asked = new Map<string, { value: Value; symbol: ValueSymbol; trace: readonly TraceNode[] | undefined }>();
  for (const name of input.asked) asked.set(name, ask(final, name));
  const state = stateOf(final);
  return {
    rate: input.rate, rateTitle: final.runtime.program.rateTitle, options: input.options, start: input.period.start, end: input.period.end,
    editions: inForce, lines, total, subtotal, taxes, totalRounded: taxes.reduce((sum, tax) => add(sum, tax.amount), subtotal),
    notes: notes(), state, asked, instance: final,
    readings: () => readingsUsed(final, entries, sessions),
  };
}

/** The lines of a case that nothing refuses, exact; not yet rounded, summed or taxed. */
export interface WorkedOut {
  readonly entries: readonly Entry[];
  /** The edition of the last part, whose rounding and taxes the bill has. */
  readonly edition: EditionInfo;
  readonly editions: readonly EditionInfo[];
  /** The last part. */
  readonly final: Instance;
  readonly sessions: readonly Session[];
  /** What there is to say of it, with what was said since it was worked out. */
  readonly notes: () => readonly Note[];
}

/** Works out the lines of a case; `watch` is told of each session before it begins. Throws what stops it (`stop.ts`): for those inside the interpreter's door. */
export function workOut(input: CaseInput, editions: Editions, watch: (session: Session) => void, refused?: BillCaseOptions['refused']): WorkedOut {
  const notes: [string, Note][] = [];
  const parts = cutBill(input, editions, notes);
  const last = parts.at(-1);
  if (!last) throw new Stop(diagnostic('periode/vide', { start: '', end: '' }));
  checkHours(input, last.runtime);
  const timeline = [...input.history, ...parts.map((part) => part.period)];
  const sessions = new Map<EditionPrograms, Session>();
  const sessionFor = (edition: EditionPrograms): Session => {
    let session = sessions.get(edition);
    if (!session) {
      session = new Session(input, timeline, edition.runtimeOf, input.period.end);
      watch(session);
      sessions.set(edition, session);
    }
    return session;
  };
  const instances = parts.map((part, index) => sessionFor(part.edition).instance(part.runtime, input.history.length + index));
  const final = instances.at(-1);
  if (!final) throw new Stop(diagnostic('periode/vide', { start: '', end: '' }));
  // Conditions look at the period of consumption, whole: a cut of the bill does not make two of it.
  const whole = parts.length === 1 ? final : new Session(input, [...input.history, input.period], last.edition.runtimeOf, input.period.end).instance(last.runtime, input.history.length);
  checkLists(whole);
  checkParts(last.runtime, whole);
  checkConditions(whole, refused);
  const entries = instances.flatMap((instance) => entriesOf(instance).filter((entry) => instance.runtime.clock !== undefined || !isZero(entry.amount) || entry.role === 'frais' || entry.tranche === 1));
  for (const instance of instances) checkGiven(instance);
  return {
    entries, edition: last.edition.info, editions: [...new Set(parts.map((part) => part.edition.info))], final, sessions: [...sessions.values()],
    notes: () => [...new Map([...notes, ...[...new Set(instances)].flatMap(reservesOf), ...[...new Set([...sessions.values(), whole.session])].flatMap((session) => [...session.notes])]).values()],
  };
}

/** The readings of the articles that the bill went through. */
function readingsUsed(instance: Instance, entries: readonly Entry[], sessions: readonly Session[]): UsedReading[] {
  const used = new Set(sessions.flatMap((session) => [...session.articles]));
  for (const entry of entries) {
    used.add(entry.origin.article);
    used.add(entry.origin.home);
  }
  const found = new Map<string, UsedReading>();
  for (const { origin, subject, kept } of instance.runtime.program.readings) {
    if (used.has(origin.home) || used.has(origin.article)) found.set(`${origin.article} ${subject}`, { article: origin.article, subject, kept });
  }
  return [...found.values()];
}

/** The value of a name for the billed period, with its trace. */
export function ask(instance: Instance, name: string): { value: Value; symbol: ValueSymbol; trace: readonly TraceNode[] | undefined } {
  const symbol = instance.runtime.program.symbols.get(name);
  if (!symbol) throw new Stop(diagnostic('demandes/inconnue', { name, nearest: undefined }, { pointer: '/demandes' }));
  if (isTimeGrain(symbol.grain) || symbol.grain.startsWith('liste:')) throw new Stop(diagnostic('demandes/inconnue', { name, nearest: undefined }, { pointer: '/demandes' }));
  const { value, nodes } = worked(instance, reading(symbol));
  return { value, symbol, trace: nodes };
}

/** The value of a formula for the billed period, with what it read when the bill keeps a trace. */
export function worked(instance: Instance, core: Core): { readonly value: Value; readonly nodes: readonly TraceNode[] | undefined } {
  const { trace } = instance.session;
  const node: TraceNode = { name: '', article: undefined, home: undefined, label: undefined, dims: undefined, value: undefined, inputs: [], at: undefined };
  trace?.push(node);
  try {
    const value = instance.runtime.of(core)(instance.root);
    return { value, nodes: trace && node.inputs };
  } finally {
    trace?.pop();
  }
}
const reading = (symbol: ValueSymbol): Core => (symbol.role === 'measure' ? { op: 'measure', symbol, path: [] } : { op: 'symbol', symbol });

function stateOf(instance: Instance): Map<string, { value: Value; symbol: ValueSymbol }> {
  const state = new Map<string, { value: Value; symbol: ValueSymbol }>();
  for (const name of instance.runtime.program.carried) {
    const symbol = instance.runtime.program.symbols.get(name);
    if (!symbol || symbol.grain !== 'période') continue;
    try {
      state.set(name, { value: instance.runtime.reader(symbol)(instance.root), symbol });
    } catch (stop) {
      // What this case cannot tell is not handed on; the next one will ask for it if it reads it.
      if (!(stop instanceof Missing)) throw stop;
    }
  }
  return state;
}

// ── cuts ─────────────────────────────────────────────────────────────────
/** The parts of the period between its cuts, each with the edition in force and its share of what was metered. @internal */
export function cutBill(input: CaseInput, editions: Editions, notes: [string, Note][]): Part[] {
  const { start, end } = input.period;
  const editionAt = (at: Minute): EditionPrograms => {
    const edition = editions.at(dayAt(at));
    if (!edition) throw new Stop(diagnostic('periode/sans-edition', { date: formatLocalDateTime(at).slice(0, 10) }, { pointer: '/periode' }));
    return edition;
  };
  const runtimeAt = (edition: EditionPrograms, at: Minute): Runtime => {
    const runtime = edition.runtimeOf(input.rate, input.options);
    if (!runtime) throw new Stop(diagnostic('periode/edition-sans-tarif', { rate: [input.rate, ...input.options].join(' + '), date: formatLocalDateTime(at).slice(0, 10) }, { pointer: '/periode' }));
    return runtime;
  };
  const newest = editionAt(end - 1);
  const runtime = runtimeAt(newest, end - 1);
  const cuts = runtime.program.cuts.filter((cut) => cut.target === undefined);
  const marks = new Map<Minute, { byDays: boolean; origin: Origin }>();
  for (const cut of cuts) {
    if (cut.at.kind === 'dates') for (const at of datesWithin(cut.at.dates, start, end)) marks.set(at, { byDays: cut.byDays, origin: cut.origin });
    if (cut.at.kind === 'edition') for (const at of changesOfEdition(editions, start, end)) marks.set(at, { byDays: cut.byDays, origin: cut.origin });
  }
  for (const reading of input.readings) {
    if (reading.at <= start || reading.at >= end) throw new Stop(diagnostic('releve/hors-periode', { found: formatLocalDateTime(reading.at).slice(0, 10) }, { pointer: reading.pointer }));
    if (!marks.has(reading.at) && !(editions.alone && marks.size === 0)) throw new Stop(diagnostic('releve/inutile', { found: formatLocalDateTime(reading.at).slice(0, 10) }, { pointer: reading.pointer }));
  }
  if (marks.size === 0) {
    if (newest !== editionAt(start)) throw new Stop(diagnostic('periode/sans-edition', { date: formatLocalDateTime(start).slice(0, 10) }, { pointer: '/periode' }));
    return [{ period: input.period, edition: newest, runtime }];
  }
  const edges = [start, ...[...marks.keys()].sort((a, b) => a - b), end];
  const shares = sharePeriod(input, edges, marks, runtime, notes);
  return shares.map((period) => { const edition = editionAt(period.start); return { period, edition, runtime: runtimeAt(edition, period.start) }; });
}

function changesOfEdition(editions: Editions, start: Minute, end: Minute): Minute[] {
  const found: Minute[] = [];
  let day = dayAt(end - 1);
  for (;;) {
    const edition = editions.at(day);
    if (!edition) break;
    const at = startOfDay(edition.info.date);
    if (at <= start || editions.alone) break;
    found.push(at);
    day = edition.info.date - 1;
  }
  return found;
}

/** What was metered in each part: by the readings, by the series, or by days. */
function sharePeriod(input: CaseInput, edges: readonly Minute[], marks: ReadonlyMap<Minute, { byDays: boolean; origin: Origin }>, runtime: Runtime, notes: [string, Note][]): PeriodData[] {
  const { period } = input;
  const readings = new Map(input.readings.map((reading) => [reading.at, reading]));
  const out: PeriodData[] = [];
  const symbolOf = (key: string): ValueSymbol | undefined => runtime.program.measureKeys.find((each) => each.key === key)?.symbol ?? [...runtime.program.symbols.values()].find((symbol) => symbol.name === key);
  for (let i = 0; i + 1 < edges.length; i++) {
    const from = edges[i] ?? period.start;
    const to = edges[i + 1] ?? period.end;
    const measures = new Map<string, Exact>();
    for (const [key, total] of period.measures) {
      const symbol = symbolOf(key);
      const share = symbol && partOf(key, total, symbol, { from, to, period, edges, readings, marks, notes });
      if (share) measures.set(key, share);
    }
    out.push({ ...period, start: from, end: to, measures });
  }
  return out;
}

function partOf(
  key: string, total: Exact, symbol: ValueSymbol,
  at: { from: Minute; to: Minute; period: PeriodData; edges: readonly Minute[]; readings: ReadonlyMap<Minute, Reading>; marks: ReadonlyMap<Minute, { byDays: boolean; origin: Origin }>; notes: [string, Note][] },
): Exact | undefined {
  const additive = isAdditive(symbol);
  const inner = at.edges.slice(1, -1);
  const read = inner.map((edge) => at.readings.get(edge)?.measures.get(key));
  if (read.every((value) => value !== undefined)) {
    const index = at.edges.indexOf(at.from);
    if (index < read.length) return read[index];
    const before = read.reduce<Exact>((sum, value) => add(sum, value ?? ZERO), ZERO);
    if (!additive) return total;
    const rest = subtract(total, before);
    if (sign(rest) < 0) throw new Stop(diagnostic('mesures/somme', { name: jsonKey(key), total: showValue(total, symbol), parts: showValue(before, symbol) }, { pointer: '/releves' }));
    return rest;
  }
  // A series knows better than the calendar.
  if (at.period.series.has(symbol.name) || seriesCovers(at.period, at.from, at.to)) return undefined;
  const unread = inner.find((edge) => at.readings.get(edge)?.measures.get(key) === undefined);
  const mark = unread === undefined ? undefined : at.marks.get(unread);
  if (unread !== undefined && !mark?.byDays) {
    throw new Missing(diagnostic('cas-json/champ-absent', { name: jsonKey(key), unit: '', use: `la relève du ${formatLocalDateTime(unread).slice(0, 10)}` }, { pointer: '/releves', article: mark?.origin.article }), key);
  }
  if (!additive) return total;
  const days = (from: Minute, to: Minute): Exact => fromInteger(dayAt(to) - dayAt(from));
  if (unread !== undefined) at.notes.push([`prorata:${key}:${unread}`, { code: 'reserve/prorata', params: { name: jsonKey(key), date: formatDateFr(dayAt(unread)) }, article: mark?.origin.article }]);
  return divide(multiply(total, days(at.from, at.to)), days(at.period.start, at.period.end));
}
const seriesCovers = (period: PeriodData, from: Minute, to: Minute): boolean =>
  [...period.series.values()].some((series) => series.start <= from && series.start + series.step * series.values.length >= to && series.step <= 60);

// ── checks ───────────────────────────────────────────────────────────────
function checkHours(input: CaseInput, runtime: Runtime): void {
  if (runtime.program.largePower) return;
  if (!isWholeDays(span(input.period.start, input.period.end))) throw new Stop(diagnostic('periode/jours-entiers', { rate: input.rate }, { pointer: '/periode' }));
}

/** Reads each measure that the case gives: a total that its series denies is refused even when no line reads that total. */
function checkGiven(instance: Instance): void {
  if (!instance.anySeries) return;
  const { program } = instance.runtime;
  for (const key of instance.period.measures.keys()) {
    const read = program.measureKeys.find((each) => each.key === key);
    const symbol = read?.symbol ?? program.symbols.get(key);
    if (symbol?.metered) instance.runtime.of({ op: 'measure', symbol, path: read?.path ?? [] })(instance.root);
  }
}

/** The spans that the case lists lie where they may, and do not overlap. */
function checkLists(instance: Instance): void {
  const { session, runtime } = instance;
  const found: Diagnostic[] = [];
  for (const [name, symbol] of runtime.program.lists) {
    if (symbol.data?.sort !== 'spans') continue;
    const rows = session.list(name) ?? [];
    rows.forEach((row, index) => {
      const shown = `${formatLocalDateTime(row.start)} – ${formatLocalDateTime(row.end)}`;
      const before = rows[index - 1];
      if (before && before.end > row.start) found.push(diagnostic('evenements/chevauchement', { name, found: shown }, { pointer: row.pointer, article: symbol.origin.article }));
      const within = symbol.data?.within;
      if (!within) return;
      const allowed = plageSet(runtime, within, instance.root, row);
      if (!covers(allowed, span(row.start, row.end))) found.push(diagnostic('evenements/hors-plage', { name, found: shown, plage: within.key }, { pointer: row.pointer, article: symbol.origin.article }));
    });
  }
  if (found.length > 0) throw new Refused(found);
}

/** `réserve`: what the articles in force leave uncomputed. */
function reservesOf(instance: Instance): [string, Note][] {
  return instance.runtime.program.reserves.flatMap((reserve): [string, Note][] => {
    try {
      if (reserve.condition && !(instance.runtime.of(reserve.condition)(instance.root) as boolean)) return [];
    } catch (stop) {
      if (!(stop instanceof Missing)) throw stop;
    }
    return [[`article:${reserve.origin.article}:${reserve.text}`, { code: 'reserve/article', params: { text: reserve.text }, article: reserve.origin.article }]];
  });
}
