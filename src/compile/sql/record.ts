/** A rate with its options → what a query of it says: its amounts and its refusals, on the places of a row. Or why none can. */
import type { Day } from '../../calendar/day.ts';
import { startOfDay } from '../../calendar/zone.ts';
import type { CoreCondition, CorePlage, EditionInfo, Program } from '../../check/core.ts';
import type { TimeSet } from '../../calendar/timeset.ts';
import { diagnostic, messageOf, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { billCase, type Bill, type EditionPrograms } from '../../evaluate/bill.ts';
import type { CaseInput, PeriodData, Value } from '../../evaluate/case.ts';
import { checkConditions } from '../../evaluate/conditions.ts';
import type { Runtime } from '../../evaluate/runtime.ts';
import { Session } from '../../evaluate/session.ts';
import { Refused, Stop } from '../../evaluate/stop.ts';
import { inWords, jsonKey } from '../../evaluate/words.ts';
import { compare, fromInteger, multiply, ZERO, type Exact } from '../../quantity/exact.ts';
import { explore } from '../explore.ts';
import type { InputFit } from '../fit.ts';
import type { Graph, Node } from '../graph.ts';
import { record, Unrecordable, type Recording } from '../record.ts';
import { nodeOf } from '../tree.ts';
import { BoundedGraph } from './boundedGraph.ts';
import { isOne, Places, type Column, type Place } from './places.ts';
import { NewSeason, SqlRuntime, Unsayable, type Way } from './runtime.ts';
import { seasonsOf, wholeDaysOf, type Seasons, type Word } from './seasons.ts';
import { Grower, simplifier, type Ways } from './ways.ts';

/** What is to be said, of which table. */
export interface Wanted {
  readonly rate: string;
  readonly options: readonly string[];
  readonly edition: EditionInfo;
  /** The program of a rate of the edition. */
  readonly programOf: (rate: string, options: readonly string[]) => Program | undefined;
  readonly columns: readonly Column[];
  /** Data that all rows have alike, by name. */
  readonly bound: ReadonlyMap<string, Value>;
  /** The query is for periods that end at the latest this day: the next edition's first, or some years on. */
  readonly until: Day;
}

/** A line of the bill as a column of the query. */
export interface Line { readonly key: string; readonly article: string; readonly title: string }

export interface Said {
  readonly graph: Graph;
  readonly places: Places;
  readonly seasons: Seasons;
  readonly amounts: Ways;
  /** Conditions that may refuse a row. */
  readonly checks: readonly Ways[];
  readonly lines: readonly Line[];
  readonly taxes: readonly string[];
  /** Dates at which a period would be cut, so that a row with one inside is left to the interpreter. */
  readonly cuts: readonly { readonly year: number | undefined; readonly month: number; readonly day: number }[];
  readonly longest: number;
}

const MOST_WAYS = 8000;
/** A case's period is at most so long (`readCase`). */
const LONGEST = 1100;
/** Days before the edition whose seasons are known: windows reach back two years, to the whole of a period that they touch. */
const BEFORE = 750 + LONGEST;

export function sayRate(wanted: Wanted): { readonly said: Said } | { readonly why: Diagnostic } {
  const bases = new Map<CorePlage, TimeSet>();
  const from = wanted.edition.date - BEFORE;
  for (;;) {
    try {
      return { said: say(wanted, seasonsOf(bases, from, wanted.edition.date, wanted.until)) };
    } catch (stop) {
      if (stop instanceof Unsayable) return { why: stop.why };
      if (stop instanceof Unrecordable) return { why: stop.reason === 'questions' ? diagnostic('sql/voies', { most: MOST_WAYS }) : diagnostic('sql/chiffres', {}) };
      if (!(stop instanceof NewSeason)) throw stop;
      const days = wholeDaysOf(stop.plage, from, wanted.until);
      if (!days) return { why: diagnostic('sql/plage', { what: stop.plage.key }) };
      bases.set(stop.plage, days);
    }
  }
}

/** Thrown when there are too many ways. */
const tooMany = (): Unsayable => new Unsayable(diagnostic('sql/voies', { most: MOST_WAYS }));

function say(wanted: Wanted, seasons: Seasons): Said {
  const places = new Places(LONGEST);
  const fit = (index: number): InputFit => places.fits[index] ?? { denominator: 1n, least: 0n, most: 0n };
  const graph = new BoundedGraph(fit);
  let way: Way | undefined;
  const current = (): Way => { if (!way) throw new RangeError('no way is being recorded'); return way; };
  const whole = (rate: string, options: readonly string[]): Program => {
    const program = wanted.programOf(rate, options);
    if (!program) throw new RangeError(`no rate ${rate}`);
    return program;
  };
  const runtimes = new Map<string, Runtime>();
  const runtimeOf = (rate: string, options: readonly string[]): Runtime | undefined => {
    const key = [rate, ...options].join('+');
    let runtime = runtimes.get(key);
    const program = runtime ? undefined : wanted.programOf(rate, options);
    if (program) runtimes.set(key, (runtime = new SqlRuntime(program, current)));
    return runtime;
  };
  const own = whole(wanted.rate, wanted.options);
  const lines = new Map<string, Line>();
  let taxes: readonly string[] = [];

  /** Records every way of something, with periods of every kind. */
  const waysOf = (of: Way['of'], run: (input: CaseInput, recording: Recording) => Ways): Ways => {
    const { reduce, sign } = simplifier(graph);
    const made = [0, 1].map((sample) => {
      const grower = new Grower();
      const done = explore(MOST_WAYS, fit, (settle) => {
        const recording = record(graph, settle);
        const place = (each: Place): Exact => recording.input(places.rank(each), ZERO);
        const word = wordOf(seasons, place);
        const edges = word.samples[sample] ?? word.samples[0] ?? [];
        way = { of, rate: wanted.rate, place, seasons, edges, kinds: word.seasons, column: (name) => wanted.columns.find(({ asked }) => asked === name) };
        const leaf = run(caseOf(wanted, edges, place), recording);
        grower.put(recording.decisions, leaf);
      });
      if (!done || !grower.root) throw tooMany();
      return grower.root;
    });
    const [first, second] = made;
    // Were a date of the recorded period to show in a formula, another period would have another.
    if (!first || !second || sign(first) !== sign(second)) throw new Unsayable(diagnostic('sql/dates', { what: [wanted.rate, ...wanted.options].join('+') }));
    return reduce(unified(graph, first, taxes.length));
  };

  const target = [...wanted.options];
  const stripped = new SqlRuntime({ ...own, conditions: [], reserves: [], carried: [] }, current);
  const edition: EditionPrograms = { info: wanted.edition, runtimeOf: (rate, options) => (options === target ? stripped : runtimeOf(rate, options)) };
  const amounts = waysOf('amount', (input) => {
    const outcome = billCase({ ...input, options: target }, { at: () => edition, alone: true }, {
      watch: (session) => {
        session.places = [];
        Object.defineProperty(graph, 'place', { configurable: true, get: () => { const at = session.places?.at(-1); return at && { name: at.name, article: at.article }; } });
      },
    });
    if ('diagnostics' in outcome) return { kind: 'refused', code: codeOf(outcome.diagnostics[0]) };
    taxes = outcome.bill.taxes.map(({ name }) => name);
    return { kind: 'bill', outputs: outputsOf(outcome.bill, graph, lines) };
  });

  const conditions: CoreCondition[] = [
    ...own.conditions.map((condition) => ({ ...condition, instead: [] })),
    // What a reserve asks may refuse a case too, if it cannot be answered.
    ...own.reserves.flatMap(({ condition, origin }) => (condition ? [{ mode: 'exclut' as const, condition: { op: 'and' as const, left: condition, right: { op: 'boolean' as const, value: false } }, when: undefined, whenGrain: 'période' as const, grain: 'période' as const, words: '', rate: undefined, instead: [], origin, shows: undefined }] : [])),
  ];
  const checks = conditions.map((condition) => {
    const runtime = new SqlRuntime({ ...own, conditions: [condition] }, current);
    const refusing = (of: Way['of']): Ways => waysOf(of, (input) => {
        try {
          checkConditions(new Session(input, [input.period], runtimeOf, input.period.end).instance(runtime, 0));
          return { kind: 'bill', outputs: new Map<string, Node>() };
        } catch (stop) {
          if (stop instanceof Refused) return { kind: 'refused', code: codeOf(stop.diagnostics[0]) };
          if (stop instanceof Stop) return { kind: 'refused', code: codeOf(stop.diagnostic) };
          throw stop;
        }
      });
    try {
      try {
        return refusing('condition');
      } catch (stop) {
        // Which other rates admit the case is a matter of its own.
        if (!(stop instanceof Unsayable) || stop.why.code !== 'sql/voies') throw stop;
        return refusing('condition without others');
      }
    } catch (stop) {
      if (stop instanceof Unsayable) throw new Unsayable(stop.why.code === 'sql/condition' ? stop.why : diagnostic('sql/condition', { article: condition.origin.article, fr: messageOf(stop.why, 'fr'), en: messageOf(stop.why, 'en') }));
      throw stop;
    }
  });
  return {
    graph, places, seasons, amounts, checks: checks.filter(({ kind }) => kind !== 'bill'), lines: [...lines.values()], taxes, longest: LONGEST,
    cuts: own.cuts.flatMap((cut) => (cut.target === undefined && cut.at.kind === 'dates' ? cut.at.dates : [])),
  };
}

/** Which kind of period it is, asked of the days that it has in each season. */
function wordOf({ words, count }: Seasons, place: (place: Place) => Exact): Word {
  let left = words;
  for (let season = 0; season < count && left.length > 1; season++) {
    const having = left.filter(({ seasons }) => seasons.includes(season));
    if (having.length === 0 || having.length === left.length) continue;
    left = compare(place({ kind: 'days', season }), ZERO) > 0 ? having : left.filter((word) => !having.includes(word));
  }
  for (const word of left) {
    if (left.length === 1) return word;
    if (compare(place({ kind: 'first', season: word.seasons[0] ?? 0 }), ZERO) > 0) return word;
    left = left.filter((each) => each !== word);
  }
  throw new Unsayable(diagnostic('sql/plage', { what: '' }));
}

/** A case whose data are the columns of the table, each asked for when it is read. */
function caseOf({ rate, columns, bound }: Wanted, edges: readonly Day[], place: (place: Place) => Exact): CaseInput {
  const read = (column: Column): Value | undefined => {
    const { holds } = column;
    // A date is only ever compared, in SQL (`runtime.ts`).
    if (holds.kind === 'date') throw new Unsayable(diagnostic('sql/dates', { what: inWords(column.asked) }));
    if (compare(place({ kind: 'given', column }), ZERO) === 0) return undefined;
    switch (holds.kind) {
      case 'number': { const value = place({ kind: 'number', column }); return isOne(holds.factor) ? value : multiply(value, holds.factor); }
      case 'boolean': return compare(place({ kind: 'rank', column }), ZERO) > 0;
      case 'choice': {
        const rank = place({ kind: 'rank', column });
        const found = holds.values.find((_, index) => index === holds.values.length - 1 || compare(rank, fromInteger(index)) === 0);
        return found?.value;
      }
    }
  };
  const by = (metered: boolean): Asked<Value> => new Asked(new Map([...bound].filter(() => !metered)), columns.filter(({ symbol }) => symbol.metered === metered), read);
  const measures = by(true) as Asked<Exact>;
  for (const [name, value] of bound) if (typeof value === 'object') measures.also(name, value);
  const period: PeriodData = { start: startOfDay(edges[0] ?? 0), end: startOfDay(edges.at(-1) ?? 0), facts: by(false), measures, lists: new Map(), series: new Map(), steps: new Map(), rate: undefined, pointer: '' };
  return { rate, options: [], period, readings: [], history: [], state: new Map(), asked: [] };
}

/** Values that are asked of the row when they are read. */
class Asked<V> extends Map<string, V> {
  constructor(private readonly bound: Map<string, V>, private readonly columns: readonly Column[], private readonly read: (column: Column) => Value | undefined) { super(); }
  also(name: string, value: V): void { this.bound.set(name, value); }
  override get(name: string): V | undefined {
    const known = this.bound.get(name);
    if (known !== undefined) return known;
    const column = this.columns.find(({ asked }) => asked === name);
    return column && this.read(column) as V | undefined;
  }
  override get size(): number { return this.bound.size + this.columns.length; }
}

const codeOf = (found: Diagnostic | undefined): string => [found?.code ?? '', found?.article].filter((part) => part !== undefined && part !== '').join(' ');

function outputsOf(bill: Bill, graph: Graph, lines: Map<string, Line>): Map<string, Node> {
  const outputs = new Map<string, Node>();
  for (const line of bill.lines) {
    // « , en hiver »: which of the rows of the line it is.
    const row = line.tranche === undefined ? /, ((?:en|hors) .+)$/u.exec(line.title)?.[1] : undefined;
    const name = [line.role === 'majore' || line.role === 'réduit' ? line.adjusts ?? line.line : line.line, ...(line.tranche === undefined ? [] : [String(line.tranche)]), ...(row === undefined ? [] : [row])].join('_');
    let key = jsonKey(name.replace(/[^\p{L}\p{N}_]+/gu, '_'));
    const same = (known: Line): boolean => known.title === line.title && known.article === line.origin.article;
    // Another line of the same name has another title: `prime, en été` and `prime, en hiver`.
    for (let rank = 2, base = key; ; rank++) { const known = lines.get(key); if (!known || same(known)) break; key = `${base}__${rank}`; }
    lines.set(key, { key, article: line.origin.article, title: line.title });
    const before = outputs.get(key);
    const rounded = nodeOf(graph, line.rounded);
    outputs.set(key, before ? graph.binary('add', before, rounded) : rounded);
  }
  outputs.set('sous_total', nodeOf(graph, bill.subtotal));
  for (const tax of bill.taxes) outputs.set(jsonKey(tax.name).toLowerCase(), nodeOf(graph, tax.amount));
  outputs.set('total_arrondi', nodeOf(graph, bill.totalRounded));
  outputs.set('total', nodeOf(graph, bill.total));
  return outputs;
}

/** Sums of a bill besides its taxes: of the rounded lines, with taxes, exact. */
const SUMS = 3;

/** A line that a way does not have is 0 there. */
function unified(graph: Graph, ways: Ways, taxes: number): Ways {
  const names = new Set<string>();
  const gather = (each: Ways): void => {
    if (each.kind === 'bill') for (const name of each.outputs.keys()) names.add(name);
    if (each.kind === 'ask') for (const next of each.branches) if (next) gather(next);
  };
  gather(ways);
  const zero = graph.constant(ZERO);
  const sums = [...names].indexOf('sous_total');
  // Lines that a later way has come before the sums all the same.
  const all = [...names];
  const ends = sums < 0 ? [] : all.slice(sums, sums + SUMS + taxes);
  const ordered = [...all.filter((name) => !ends.includes(name)), ...ends];
  const go = (each: Ways): Ways => {
    if (each.kind === 'bill') return { kind: 'bill', outputs: new Map(ordered.map((name) => [name, each.outputs.get(name) ?? zero])) };
    return each.kind === 'ask' ? { ...each, branches: each.branches.map((next) => next && go(next)) as unknown as Extract<Ways, { kind: 'ask' }>['branches'] } : each;
  };
  return go(ways);
}
