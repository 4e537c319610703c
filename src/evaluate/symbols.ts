/** Reads names: definitions on their sheet, data from the case. */
import { indexRange } from '../calendar/series.ts';
import { intersect, span, type Slice } from '../calendar/timeset.ts';
import { dayAt, formatLocalDateTime, startOfDay, type Minute } from '../calendar/zone.ts';
import { type Core, type ValueSymbol } from '../check/core.ts';
import { readsSymbol } from '../check/walk.ts';
import { grainName, isTimeGrain, type Grain } from '../check/types.ts';
import { diagnostic } from '../diagnostics/diagnostic.ts';
import { absolute, subtract as minus } from '../quantity/exact.ts';
import { invariant } from '../support/invariant.ts';
import { type Value } from './case.ts';
import { datesWithin, plageSet } from './plages.ts';
import type { Runtime} from './runtime.ts';
import { exact, truth } from './runtime.ts';
import type { Row} from './session.ts';
import { Instance, LazyNote, sliceRow, traced } from './session.ts';
import { slicesOf, stepOf } from './sheets.ts';
import { Missing } from './stop.ts';
import { inWords, jsonKey, sameValue, showValue, unitWritten } from './words.ts';

export function readSymbol(rt: Runtime, symbol: ValueSymbol, row: Row): Value {
  const { instance } = row;
  const posed = instance.posed?.get(symbol.slot);
  if (posed !== undefined) return posed;
  if (symbol.role === 'data') return readData(rt, symbol, row);
  const { grain } = symbol;
  if (grain === 'période' || grain === 'constante') {
    const known = instance.values[symbol.slot];
    if (known !== undefined && !instance.session.trace) return known;
    const given = instance.period.facts.get(symbol.name);
    if (given !== undefined && rt.program.symbols.get(symbol.name) === symbol && rootOf(symbol).role !== 'data') return given;
    const value = traced(instance.session, symbol, row, () => evaluateSymbol(rt, symbol, instance.root));
    instance.values[symbol.slot] = value;
    return value;
  }
  const at = fineRow(rt, grain, row);
  let cache = instance.fine.get(symbol.slot);
  if (!cache) {
    cache = new Map();
    instance.fine.set(symbol.slot, cache);
  }
  const key = at.item ?? at.start;
  const known = cache.get(key);
  if (known !== undefined && !instance.session.trace) return known;
  const value = traced(instance.session, symbol, at, () => evaluateSymbol(rt, symbol, at));
  cache.set(key, value);
  return value;
}

export function evaluateSymbol(rt: Runtime, symbol: ValueSymbol, row: Row): Value {
  const evaluate = rt.valueOf(symbol);
  invariant(evaluate !== undefined, `no value for ${symbol.name}`);
  const { session } = row.instance;
  const { articles } = session;
  const cite = (): void => { articles.add(symbol.origin.home); articles.add(symbol.origin.article); };
  if (!symbol.original || symbol.original.role === 'data' || !symbol.value || symbol.value.op === 'cases' || !reads(symbol.value, symbol.original)) {
    cite();
    return evaluate(row);
  }
  // A replacement that starts from what it replaces (rows may not read it at all): when it comes to the same, its article has no part in the bill.
  const before = rt.reader(symbol.original)(row);
  const cited = articles.size;
  const value = evaluate(row);
  if (!rt.clock && sameValue(before, value)) session.citeOnly(cited);
  else cite();
  return value;
}

/** What a name was before anything replaced it. */
function rootOf(symbol: ValueSymbol): ValueSymbol {
  return symbol.original ? rootOf(symbol.original) : symbol;
}

const readers = new WeakMap<Core, boolean>();
function reads(core: Core, symbol: ValueSymbol): boolean {
  let found = readers.get(core);
  if (found === undefined) {
    found = readsSymbol(core, symbol);
    readers.set(core, found);
  }
  return found;
}

/** The row of a finer sheet that holds the present one. */
function fineRow(rt: Runtime, grain: Grain, row: Row): Row {
  if (grain === row.grain) return row;
  if (grain.startsWith('liste:')) {
    invariant(row.item !== undefined && row.grain === grain, 'a list is read from its own rows');
    return row;
  }
  const { period } = row.instance;
  let slice: Slice;
  if (grain === 'partie') slice = partsOf(rt, row.instance).find((part) => part.start <= row.start && row.start < part.end) ?? period;
  else if (grain === 'jour') slice = { start: startOfDay(dayAt(row.start)), end: startOfDay(dayAt(row.start) + 1) };
  else {
    const step = stepOf(grain);
    const start = Math.floor(row.start / step) * step;
    slice = { start, end: start + step };
  }
  if (slice.start < period.end && slice.end > period.start) slice = { start: Math.max(slice.start, period.start), end: Math.min(slice.end, period.end) };
  return sliceRow(row.instance, grain, slice);
}

/** The pieces between the cuts of `fractionne X`. */
export function partsOf(rt: Runtime, instance: Instance): readonly Slice[] {
  if (instance.parts) return instance.parts;
  const { start, end } = instance.period;
  const cuts = new Set<Minute>();
  for (const cut of rt.program.cuts) {
    if (cut.target === undefined) continue;
    if (cut.at.kind === 'edges') for (const at of plageSet(rt, cut.at.plage, instance.root, { start: start - 1440, end: end + 1440 }).spans) if (at > start && at < end) cuts.add(at);
    if (cut.at.kind === 'dates') for (const at of datesWithin(cut.at.dates, start, end)) cuts.add(at);
    if (cut.at.kind === 'changes') {
      const steps = instance.period.steps.get(cut.at.of.name) ?? [];
      steps.forEach((step, index) => {
        const before = steps[index - 1];
        if (!before || step.from <= start || step.from >= end) return;
        const posed = new Map<number | string, Value>([['écart', absolute(minus(exact(step.value), exact(before.value)))], ['ancienne_valeur', before.value]]);
        const holds = !cut.condition || truth(rt.of(cut.condition)(new Instance(rt, instance.session, instance.index, posed).root));
        if (holds) cuts.add(step.from);
      });
    }
  }
  const marks = [start, ...[...cuts].sort((a, b) => a - b), end];
  instance.parts = marks.slice(0, -1).map((at, index) => ({ start: at, end: marks[index + 1] ?? end }));
  return instance.parts;
}

/** The rows of a sheet of time within a row, in order. */
export function rowsWithin(rt: Runtime, grain: 'partie' | 'jour' | 'heure' | 'intervalle', { instance, set }: Row): Row[] {
  const slices = grain === 'partie' ? partsOf(rt, instance).flatMap((part) => {
    const { spans } = intersect(set, span(part.start, part.end));
    return spans.length === 0 ? [] : [{ start: spans[0] ?? 0, end: spans.at(-1) ?? 0 }];
  }) : slicesOf(set, grain);
  return slices.map((slice, rank) => sliceRow(instance, grain, slice, rank));
}

/** What a case lacks; `pointer` is that of the period, or of the row of a list. */
export function missing(symbol: ValueSymbol, key: string, pointer: string, where: 'donnees' | 'rangée' = 'donnees'): Missing {
  return new Missing(diagnostic('cas-json/champ-absent', { name: jsonKey(key), unit: unitWritten(symbol), use: symbol.text ?? inWords(symbol.name) }, { pointer: where === 'donnees' ? `${pointer}/donnees` : pointer, article: symbol.origin.home }), jsonKey(key));
}

/** The billed period lacks a value, and the series of that name lies wholly at another time: a mistake of dates, most likely. */
export function misplacedSeries(symbol: ValueSymbol, at: Minute, instance: Instance): Missing | undefined {
  if (instance.period.pointer !== '' || !instance.hasSeries(symbol.name)) return undefined;
  return new Missing(diagnostic('series/lacune', { name: symbol.name, at: formatLocalDateTime(at) }, { pointer: '/series' }), jsonKey(symbol.name));
}

function readData(rt: Runtime, symbol: ValueSymbol, row: Row): Value {
  const { instance } = row;
  const { session, period } = instance;
  if (symbol.grain.startsWith('liste:')) {
    invariant(row.item !== undefined, 'a field is read from a row of its list');
    const field = row.item.fields.get(symbol.name);
    if (field !== undefined) return field;
  } else if (isTimeGrain(symbol.grain)) {
    const steps = instance.isPosed(symbol.name) ? undefined : period.steps.get(symbol.name);
    if (steps) {
      let value: Value | undefined;
      for (const step of steps) if (step.from <= row.start) value = step.value;
      if (value !== undefined) return value;
    }
    const fact = instance.isPosed(symbol.name) ? undefined : period.facts.get(symbol.name) ?? session.input.period.facts.get(symbol.name);
    if (fact !== undefined) return fact;
    const at = fineRow(rt, symbol.grain, row);
    const series = instance.series(symbol.name, at.set);
    if (series) {
      const value = series.values[indexRange(series, at.start, at.end).from];
      if (value !== undefined) {
        if (series.step > stepOf(symbol.grain)) throw new Missing(diagnostic('series/pas-grossier', { name: jsonKey(symbol.name), found: `${series.step} min`, needed: `un pas de ${stepOf(symbol.grain)} min` }, { pointer: '/series' }), `${jsonKey(symbol.name)} par ${grainName(symbol.grain)}`);
        return value;
      }
    }
  } else {
    const known = instance.values[symbol.slot];
    if (known !== undefined) return known;
    // What is not metered holds for the past too, unless the past says otherwise.
    const fact = period.facts.get(symbol.name) ?? session.input.period.facts.get(symbol.name);
    if (fact !== undefined) return fact;
  }
  const presumed = symbol.data?.presumed;
  if (!presumed) {
    if (row.item && symbol.grain.startsWith('liste:')) throw missing(symbol, symbol.name, row.item.pointer, 'rangée');
    throw misplacedSeries(symbol, row.start, instance) ?? missing(symbol, symbol.name, period.pointer);
  }
  const value = rt.of(presumed)(row);
  if (symbol.grain === 'période' || symbol.grain === 'constante') instance.values[symbol.slot] = value;
  if (!session.notes.has(`presume:${symbol.name}`)) session.note(`presume:${symbol.name}`, new LazyNote('reserve/presume', symbol.origin.home, () => ({ name: jsonKey(symbol.name), value: isTimeGrain(symbol.grain) && presumed.op === 'symbol' ? presumed.symbol.name : showValue(value, symbol) })));
  return value;
}
