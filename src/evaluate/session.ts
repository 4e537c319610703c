/**
 * One bill being worked out: a `Session` has a timeline (history, then the billed period, perhaps in parts); an `Instance` is a
 * program on one period of it; a `Row` is the time on which a formula is evaluated.
 */
import { firstGap, touches, type Series } from '../calendar/series.ts';
import { span, type Slice, type TimeSet } from '../calendar/timeset.ts';
import { formatLocalDateTime, type Minute } from '../calendar/zone.ts';
import { type Core, type CorePlage, type RowSource, type ValueSymbol } from '../check/core.ts';
import { type Grain } from '../check/types.ts';
import { diagnostic } from '../diagnostics/diagnostic.ts';
import { invariant } from '../support/invariant.ts';
import { type CaseInput, type ListRow, type PeriodData, type Value } from './case.ts';
import { type Entry } from './lines.ts';
import type { Runtime } from './runtime.ts';
import type { Missing} from './stop.ts';
import { Stop } from './stop.ts';
import { sameValue } from './words.ts';

export interface Row {
  readonly instance: Instance;
  readonly set: TimeSet;
  readonly start: Minute;
  readonly end: Minute;
  readonly grain: Grain;
  readonly item: ListRow | undefined;
  readonly rank: number;
}

/** What was used to work out a value. */
export interface TraceNode {
  readonly name: string;
  readonly article: string | undefined;
  readonly home: string | undefined;
  readonly label: string | undefined;
  readonly dims: ReadonlyMap<string, number> | undefined;
  value: Value | undefined;
  readonly inputs: TraceNode[];
  readonly at: string | undefined;
  /** The row of a list that has no time of its own: `luminaires 2`. */
  readonly row?: string;
}

export interface Note { readonly code: 'reserve/fenetre' | 'reserve/presume' | 'reserve/non-verifie' | 'reserve/article' | 'reserve/prorata'; readonly params: object; readonly article: string | undefined }

/**
 * A note whose words are made only if someone reads them: a batch seldom does. A class, because each object literal with a getter
 * gets a hidden class of its own, which outlives the bill and all that the getter refers to.
 */
export class LazyNote implements Note {
  constructor(readonly code: Note['code'], readonly article: string | undefined, private readonly words: () => object) {}
  get params(): object {
    return this.words();
  }
}

/** A line or a name that is being worked out. */
export interface Place { readonly name: string; readonly article: string; readonly symbol: ValueSymbol | undefined }

/** One bill being worked out: its timeline, and what it has to say of itself. */
export class Session {
  readonly notes = new Map<string, Note>();
  readonly articles = new Set<string>();
  /** Since when the history is known to tell all, up to the billed period. */
  readonly remembered = new Set<Minute>();
  private readonly instances = new Map<Runtime, (Instance | undefined)[]>();
  private readonly lists = new Map<string, readonly ListRow[] | undefined>();
  private readonly plages = new Map<CorePlage, Map<string, TimeSet>>();
  private readonly seriesNames = new Set<string>();
  trace: TraceNode[] | undefined;
  /** Where the program is, the innermost last; kept only for those who watch it work. */
  places: Place[] | undefined;

  constructor(readonly input: CaseInput, readonly timeline: readonly PeriodData[], readonly runtimeOf: (rate: string, options: readonly string[]) => Runtime | undefined, readonly windowEnd: Minute) {
    for (const period of timeline) for (const name of period.series.keys()) this.seriesNames.add(name);
  }

  /** Whether the case gives any series at all: most bills do without. */
  get anySeries(): boolean {
    return this.seriesNames.size > 0;
  }

  instance(runtime: Runtime, index: number): Instance {
    let list = this.instances.get(runtime);
    if (!list) {
      list = [];
      this.instances.set(runtime, list);
    }
    let found = list[index];
    if (!found) {
      found = new Instance(runtime, this, index, undefined);
      list[index] = found;
    }
    return found;
  }

  /** Forgets the articles cited since there were so many. */
  citeOnly(count: number): void {
    if (this.articles.size > count) for (const article of [...this.articles].slice(count)) this.articles.delete(article);
  }
  /** Whether a condition is met. Of an article whose condition is not, the bill cites nothing. */
  holds(condition: () => boolean): boolean {
    const before = this.articles.size;
    const met = condition();
    if (!met) this.citeOnly(before);
    return met;
  }

  note(key: string, note: Note): void {
    if (!this.notes.has(key)) this.notes.set(key, note);
  }

  /** The rows of a list over the whole timeline, or undefined when the case never gives the list. */
  list(name: string): readonly ListRow[] | undefined {
    if (this.lists.has(name)) return this.lists.get(name);
    const rows = this.timeline.flatMap((period) => period.lists.get(name) ?? []);
    const given = this.timeline.some((period) => period.lists.has(name));
    const sorted = given ? [...new Set(rows)].sort((a, b) => a.start - b.start) : undefined;
    this.lists.set(name, sorted);
    return sorted;
  }

  /** The series of a name that covers a set of time, whichever period gave it. */
  series(name: string, set: TimeSet): Series | undefined {
    let partial: Series | undefined;
    for (let i = this.timeline.length - 1; i >= 0; i--) {
      const series = this.timeline[i]?.series.get(name);
      if (!series) continue;
      if (firstGap(series, set) === undefined) return series;
      // One that lies wholly elsewhere says nothing of this time, and hides nothing that the case gives for it.
      if (touches(series, set)) partial = series;
    }
    if (partial) throw new Stop(diagnostic('series/lacune', { name, at: formatLocalDateTime(firstGap(partial, set) ?? 0) }, { pointer: '/series' }));
    return undefined;
  }
  hasSeries(name: string): boolean {
    return this.seriesNames.has(name);
  }

  cached(plage: CorePlage, key: string, make: () => TimeSet): TimeSet {
    let byKey = this.plages.get(plage);
    if (!byKey) {
      byKey = new Map();
      this.plages.set(plage, byKey);
    }
    let found = byKey.get(key);
    if (!found) {
      found = make();
      byKey.set(key, found);
    }
    return found;
  }
}

const NO_SERIES: ReadonlyMap<string, Series> = new Map();

/** A program on one period of the timeline, perhaps with some values posed (`avec`). */
export class Instance {
  readonly root: Row;
  readonly period: PeriodData;
  readonly values: (Value | undefined)[];
  readonly fine = new Map<number, Map<Minute | ListRow, Value>>();
  entries: readonly Entry[] | 'en cours' | undefined;
  readonly lines = new Map<string, readonly Entry[] | 'en cours'>();
  parts: readonly Slice[] | undefined;
  readonly lacking: (Missing | undefined)[] = [];
  /** Formulas per interval already worked out for the whole period, or known to need their rows. */
  readonly columns = new Map<ValueSymbol | Core, Series | 'aucune'>();

  /** The days that the path of a window keeps whole; `par rangée` when each row has its own. */
  readonly keptDays = new Map<RowSource, Map<number, boolean> | 'par rangée'>();

  constructor(readonly runtime: Runtime, readonly session: Session, readonly index: number, readonly posed: ReadonlyMap<number | string, Value> | undefined, private readonly posedSeries: ReadonlyMap<string, Series> = NO_SERIES) {
    const period = session.timeline[index];
    invariant(period !== undefined, 'an instance outside the timeline');
    this.period = period;
    this.values = new Array<Value | undefined>(runtime.program.slots);
    this.root = { instance: this, set: span(period.start, period.end), start: period.start, end: period.end, grain: 'période', item: undefined, rank: 0 };
  }

  /** Whether the case gives, or a formula poses, anything over time: most bills do without. */
  get anySeries(): boolean {
    return (this.overTime ??= this.session.anySeries || this.posedSeries.size > 0 || this.runtime.timeData.some((name) => this.stands(name)));
  }
  private overTime: boolean | undefined;
  /** Whether a datum over time is known: by a series, in steps, or by one value for all. */
  hasSeries(name: string): boolean {
    return this.posedSeries.has(name) || this.session.hasSeries(name) || (this.runtime.timeData.includes(name) && this.stands(name));
  }
  private stands(name: string): boolean {
    return this.period.steps.has(name) || this.period.facts.has(name);
  }
  /** Whether a series was posed in place of the meter's: what the case gives of the meter is then beside the point. */
  isPosed(name: string): boolean {
    return this.posedSeries.has(name);
  }
  get poses(): boolean {
    return this.posedSeries.size > 0;
  }
  /** Sets of time that its own values decide (`quand …`): what is posed changes them, so that they are not those of the period. */
  private readonly ownPlages = new Map<CorePlage, Map<string, TimeSet>>();
  decided(plage: CorePlage, key: string, make: () => TimeSet): TimeSet {
    if (this.posedSeries.size === 0 && (this.posed?.size ?? 0) === 0) return this.session.cached(plage, `${this.index}:${key}`, make);
    const byKey = this.ownPlages.get(plage) ?? new Map<string, TimeSet>();
    this.ownPlages.set(plage, byKey);
    const known = byKey.get(key) ?? make();
    byKey.set(key, known);
    return known;
  }
  /** The series of a name that covers a set of time: the posed one, or whichever period gave it. */
  series(name: string, set: TimeSet): Series | undefined {
    const posed = this.posedSeries.get(name);
    return posed && firstGap(posed, set) === undefined ? posed : this.session.series(name, set);
  }
}

/** Works something out with its place known. */
export function within<T>(places: Place[], place: Place, work: () => T): T {
  places.push(place);
  try {
    return work();
  } finally {
    places.pop();
  }
}

export function traced(session: Session, symbol: ValueSymbol, row: Row, evaluate: () => Value): Value {
  const { trace } = session;
  if (session.places) return within(session.places, { name: symbol.name, article: symbol.origin.article, symbol }, evaluate);
  if (!trace) return evaluate();
  const node: TraceNode = {
    name: symbol.name, article: symbol.origin.article, home: symbol.origin.home, label: symbol.origin.label, dims: symbol.kind.kind === 'quantity' ? symbol.kind.dims : undefined, value: undefined, inputs: [],
    ...(row.item && row.item.end <= row.item.start ? { row: `${row.grain.slice('liste:'.length)} ${row.rank + 1}` } : {}),
    at: row.item && row.item.end <= row.item.start ? undefined : row.grain === 'période' || row.grain === 'constante' ? (row.instance.index < session.timeline.length - 1 ? formatLocalDateTime(row.start).slice(0, 10) : undefined) : formatLocalDateTime(row.start),
  };
  trace.at(-1)?.inputs.push(node);
  trace.push(node);
  try {
    node.value = evaluate();
    // A replacement that came to what it replaces is not shown: the original is.
    const original = symbol.original && node.inputs.find((input) => input.name === symbol.name && input.value !== undefined && node.value !== undefined && sameValue(input.value, node.value));
    if (original) trace.at(-2)?.inputs.splice(-1, 1, original);
    return node.value;
  } finally {
    trace.pop();
  }
}

export const sliceRow = (instance: Instance, grain: Grain, slice: Slice, rank = 0): Row => ({ instance, set: span(slice.start, slice.end), start: slice.start, end: slice.end, grain, item: undefined, rank });

export const itemRow = (instance: Instance, list: string, item: ListRow, rank: number): Row => ({ instance, set: span(item.start, item.end), start: item.start, end: item.end, grain: `liste:${list}`, item, rank });
