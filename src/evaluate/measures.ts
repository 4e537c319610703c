/** Reads meters: what the case gives for a set of time, or what its series give. */
import { aligned, indexRange, instantOf, type Series } from '../calendar/series.ts';
import { countDays, covers, equals as sameSet, intersect, isEmpty, length, subtract, union, type TimeSet } from '../calendar/timeset.ts';
import { formatLocalDateTime, formatLocalInstant } from '../calendar/zone.ts';
import { type Core, type Restriction, type ValueSymbol } from '../check/core.ts';
import { childrenOf } from '../check/walk.ts';
import { diagnostic } from '../diagnostics/diagnostic.ts';
import { ZERO, add, compare, divide, equals, fromInteger, maximum, minimum, multiply, sign, subtract as minus, type Exact } from '../quantity/exact.ts';
import { type Value } from './case.ts';
import { applyRestriction, restricted } from './plages.ts';
import type { Runtime } from './runtime.ts';
import { exact } from './runtime.ts';
import type { Instance, Row } from './session.ts';
import { traced } from './session.ts';
import { Missing, Stop } from './stop.ts';
import { evaluateSymbol, misplacedSeries, missing } from './symbols.ts';
import { jsonKey, showValue, unitWritten } from './words.ts';

export function readMeasure(rt: Runtime, symbol: ValueSymbol, path: readonly Restriction[], row: Row): Value {
  const { instance } = row;
  const posed = instance.posed?.get(symbol.slot);
  if (posed !== undefined && path.length === 0) return posed;
  if (!symbol.metered) {
    const inner = path.length === 0 ? row : restricted(rt, row, path);
    return clockMeasure(rt, symbol, inner) ?? asGivenInThePast(symbol, row, path, () => traced(instance.session, symbol, inner, () => evaluateSymbol(rt, symbol, inner)));
  }
  const value = metered(rt, symbol, path, row, posed);
  if (instance.session.trace) traced(instance.session, symbol, row, () => value);
  return value;
}

/** A past period may give a replaced measure as it was, when it has not what the formula is made from. */
function asGivenInThePast(symbol: ValueSymbol, { instance: { period } }: Row, path: readonly Restriction[], evaluate: () => Value): Value {
  try {
    return evaluate();
  } catch (stop) {
    const given = stop instanceof Missing && symbol.original && path.length === 0 && period.pointer !== '' ? period.measures.get(symbol.name) : undefined;
    if (given === undefined) throw stop;
    return given;
  }
}

/** The days of a row, whole. */
export function daysOf(rt: Runtime, row: Row): Exact {
  if (rt.clock) return rt.clock.days(row.set);
  const days = countDays(row.set);
  if (days === undefined) throw new Stop(diagnostic('periode/jours-entiers', { rate: rt.program.rate }, { pointer: '/periode' }));
  return fromInteger(days);
}

function clockMeasure(rt: Runtime, symbol: ValueSymbol, row: Row): Value | undefined {
  if (symbol.value || symbol.data) return undefined;
  if (symbol.name === 'heures') return rt.clock ? rt.clock.hours(row.set) : divide(fromInteger(length(row.set)), fromInteger(60));
  return daysOf(rt, row);
}

/** Which reads of the period a case gave, each on the set of time that it covers. */
export function metered(rt: Runtime, symbol: ValueSymbol, path: readonly Restriction[], row: Row, posed: Value | undefined): Exact {
  const { instance } = row;
  const { period } = instance;
  if (path.length === 0 && posed === undefined && row.set === instance.root.set && !instance.anySeries) {
    const value = period.measures.get(symbol.name);
    if (value !== undefined) return value;
    // Several conditions may ask for the same reading that the case lacks.
    throw (instance.lacking[symbol.slot] ??= missing(symbol, symbol.name, period.pointer));
  }
  // Known restrictions make a set of time; one that the case does not give (no list of events) stays a word.
  let { set } = row;
  const words: string[] = [];
  let unknown: Missing | undefined;
  for (const each of path) {
    try {
      const next = applyRestriction(rt, each, row, set);
      if (!sameSet(next, set)) {
        set = next;
        words.push(`${each.mode}_${each.plage.key}`);
      }
    } catch (stop) {
      if (!(stop instanceof Missing)) throw stop;
      unknown ??= stop;
      words.push(`${each.mode}_${each.plage.key}`);
    }
  }
  const additive = isAdditive(symbol);
  if (isEmpty(set) && !unknown) return ZERO;
  const whole = row.set === instance.root.set || sameSet(row.set, instance.root.set);
  if (posed !== undefined) {
    if (words.length === 0 && whole) return exact(posed);
    throw missing(symbol, [symbol.name, ...words].join('_'), period.pointer);
  }
  // A series posed in place of the meter's says it all.
  const ownSeries = instance.poses && symbol.value !== undefined && dependsOn(symbol.value, (name) => instance.isPosed(name));
  const given = ownSeries ? undefined : whole ? givenMeasure(rt, symbol, words, unknown ? undefined : set, row, additive) : unknown ? undefined : givenMeasure(rt, symbol, ['?'], set, row, additive);
  const measured = unknown ? undefined : derived(rt, symbol, { ...row, set, start: set.spans[0] ?? row.start, end: set.spans.at(-1) ?? row.end }, given !== undefined);
  if (given !== undefined && measured !== undefined && !equals(given, measured)) {
    throw new Stop(diagnostic('mesures/desaccord', { name: jsonKey([symbol.name, ...words].join('_')), given: showValue(given, symbol), derived: showValue(measured, symbol) }, { pointer: `${period.pointer}/donnees/${jsonKey([symbol.name, ...words].join('_'))}`, article: symbol.origin.home }));
  }
  const found = given ?? measured;
  if (found !== undefined) return found;
  // The series would tell, were the list known.
  if (unknown && (instance.hasSeries(symbol.name) || (symbol.value && dependsOn(symbol.value, (name) => instance.hasSeries(name))))) throw unknown;
  const misplaced = unknown ? undefined : misplacedSeries(symbol, set.spans[0] ?? row.start, instance);
  if (misplaced) throw misplaced;
  if (!whole && !unknown) throw missingPart(rt, symbol, set, row);
  throw missing(symbol, [symbol.name, ...words.filter((word) => word !== '?')].join('_'), period.pointer);
}

/** A meter's value for a part of the period: the key that gives it, if a case has one, and the time that it is for. */
function missingPart(rt: Runtime, symbol: ValueSymbol, set: TimeSet, row: Row): Missing {
  const { instance } = row;
  const found = rt.program.measureKeys.find((key) => {
    if (key.symbol.name !== symbol.name || key.path.length === 0) return false;
    const covered = setOf(rt, instance, key.path);
    return covered !== undefined && sameSet(covered, set);
  });
  const [start, end] = [formatLocalInstant(set.spans[0] ?? row.start), formatLocalInstant(set.spans.at(-1) ?? row.end)];
  const params = { name: jsonKey(symbol.name), unit: unitWritten(symbol), start, end, key: found && jsonKey(found.key) };
  return new Missing(diagnostic('cas-json/mesure-absente', params, { pointer: `${instance.period.pointer}/donnees`, article: symbol.origin.home }), params.key ?? `${params.name} (${start} – ${end})`);
}

/** What the series give. When the case gives the value too, a series too coarse to tell is no disagreement. */
function derived(rt: Runtime, symbol: ValueSymbol, row: Row, given: boolean): Exact | undefined {
  try {
    return fromSeries(rt, symbol, row);
  } catch (stop) {
    if (given && stop instanceof Missing) return undefined;
    throw stop;
  }
}

/** A measure made by adding up, which a part may be taken from. */
export function isAdditive(symbol: ValueSymbol): boolean {
  const made = symbol.value;
  return made === undefined ? symbol.kind.kind === 'quantity' && (symbol.kind.dims.get('h') ?? 0) > 0 : made.op === 'aggregate' && (made.operator === 'cumul' || made.operator === 'somme');
}

function givenMeasure(rt: Runtime, symbol: ValueSymbol, words: readonly string[], set: TimeSet | undefined, row: Row, additive: boolean): Exact | undefined {
  const { measures } = row.instance.period;
  if (measures.size === 0) return undefined;
  if (words[0] !== '?') {
    const direct = measures.get([symbol.name, ...words].join('_'));
    if (direct !== undefined) return direct;
  }
  const { root } = row.instance;
  const known: { set: TimeSet; value: Exact }[] = [];
  for (const key of rt.program.measureKeys) {
    if (key.symbol.name !== symbol.name) continue;
    const value = measures.get(key.key);
    if (value === undefined) continue;
    try {
      known.push({ set: restricted(rt, root, key.path).set, value });
    } catch (stop) {
      if (!(stop instanceof Missing)) throw stop;
    }
  }
  if (set) {
    const same = known.find((each) => sameSet(each.set, set));
    if (same) return same.value;
    if (!additive) return undefined;
    // A part that is one given quantity less another.
    for (const larger of known) {
      const rest = subtract(larger.set, set);
      if (!covers(larger.set, set)) continue;
      const other = known.find((each) => sameSet(each.set, rest));
      if (other) return lessPart(symbol, larger.value, other.value, row);
    }
  }
  const last = words.at(-1);
  // Events that the case does not date: their energy is theirs, whatever season they are read in.
  if (!set && words.length > 1 && last?.startsWith('pendant_')) {
    const alone = measures.get(`${symbol.name}_${last}`);
    if (alone !== undefined) return alone;
  }
  if (additive && last?.startsWith('sauf_')) {
    const before = measures.get([symbol.name, ...words.slice(0, -1)].join('_'));
    const part = measures.get([symbol.name, ...words.slice(0, -1), last.replace('sauf_', 'pendant_')].join('_')) ?? measures.get([symbol.name, last.replace('sauf_', 'pendant_')].join('_'));
    if (before !== undefined && part !== undefined) return lessPart(symbol, before, part, row);
  }
  return undefined;
}

function lessPart(symbol: ValueSymbol, whole: Exact, part: Exact, row: Row): Exact {
  const rest = minus(whole, part);
  if (sign(rest) < 0) throw new Stop(diagnostic('mesures/somme', { name: jsonKey(symbol.name), total: showValue(whole, symbol), parts: showValue(part, symbol) }, { pointer: `${row.instance.period.pointer}/donnees` }));
  return rest;
}

function fromSeries(rt: Runtime, symbol: ValueSymbol, row: Row): Exact | undefined {
  const { instance } = row;
  const direct = instance.hasSeries(symbol.name) ? instance.series(symbol.name, row.set) : undefined;
  if (direct) {
    if (!aligned(direct, row.set)) throw new Stop(diagnostic('series/pas-grossier', { name: jsonKey(symbol.name), found: `${direct.step} min`, needed: `${formatLocalDateTime(row.start)} – ${formatLocalDateTime(row.end)}` }, { pointer: '/series' }));
    return foldSeries(direct, row.set, isAdditive(symbol) ? 'somme' : 'maximum');
  }
  if (!symbol.value || !instance.anySeries || !dependsOn(symbol.value, (name) => instance.hasSeries(name))) return undefined;
  const evaluate = rt.valueOf(symbol);
  return evaluate && exact(evaluate(row));
}

/** Whether a formula is made from a series of which the name passes. */
function dependsOn(core: Core, passes: (name: string) => boolean): boolean {
  let names = sources.get(core);
  if (!names) {
    names = [...sourcesOf(core)];
    sources.set(core, names);
  }
  return names.some(passes);
}
const sources = new WeakMap<Core, readonly string[]>();

/** The names that a formula reads in its own period, through the definitions that it goes by. */
function sourcesOf(core: Core): Set<string> {
  const found = new Set<ValueSymbol>();
  const follow = (each: Core): void => {
    if (each.op === 'previousPeriod' || each.op === 'apply' || (each.op === 'aggregate' && each.rows.kind === 'periods')) return;
    if ((each.op === 'symbol' || each.op === 'measure') && !found.has(each.symbol)) {
      found.add(each.symbol);
      if (each.symbol.value) follow(each.symbol.value);
    }
    for (const child of childrenOf(each)) follow(child);
  };
  follow(core);
  return new Set([...found].map(({ name }) => name));
}

/** Adds up, or takes the extremes of, a series over a set of time. */
export function foldSeries(series: Series, set: TimeSet, operator: 'somme' | 'cumul' | 'maximum' | 'minimum' | 'moyenne'): Exact {
  let result: Exact | undefined;
  let count = 0;
  // Days have 23 or 25 hours when clocks change.
  const uneven = operator === 'cumul' && series.step === 1440;
  const joined = (sum: Exact | undefined, value: Exact): Exact => sum === undefined ? value : operator === 'maximum' ? maximum(sum, value) : operator === 'minimum' ? minimum(sum, value) : add(sum, value);
  const { spans } = set;
  for (let i = 0; i < spans.length; i += 2) {
    const { from, to } = indexRange(series, spans[i] ?? 0, spans[i + 1] ?? 0);
    if (series.fold && !uneven) {
      if (to > from) result = joined(result, series.fold(operator === 'maximum' || operator === 'minimum' ? operator : 'somme', from, to));
      count += Math.max(0, to - from);
      continue;
    }
    for (let index = from; index < to; index++) {
      const read = series.values[index];
      if (!read) continue;
      const value = uneven ? multiply(read, fromInteger(instantOf(series, index + 1) - instantOf(series, index))) : read;
      count++;
      result = joined(result, value);
    }
  }
  if (result === undefined) return ZERO;
  if (operator === 'cumul') return divide(uneven ? result : multiply(result, fromInteger(series.step)), fromInteger(60));
  return operator === 'moyenne' ? divide(result, fromInteger(count)) : result;
}

/** What a case gives of one measure must add up: parts that share out a whole make it, and no parts exceed it. */
export function checkParts(rt: Runtime, instance: Instance): void {
  const { measures, pointer } = instance.period;
  if (measures.size < 2 && rt.program.lists.size === 0) return;
  const bySymbol = new Map<string, { key: string; value: Exact; symbol: ValueSymbol; set: TimeSet | undefined }[]>();
  for (const key of rt.program.measureKeys) {
    const value = measures.get(key.key);
    if (value === undefined || !isAdditive(key.symbol)) continue;
    const given = bySymbol.get(key.symbol.name) ?? [];
    bySymbol.set(key.symbol.name, given);
    given.push({ key: key.key, value, symbol: key.symbol, set: setOf(rt, instance, key.path) });
  }
  for (const given of bySymbol.values()) {
    const wrong = (whole: (typeof given)[number], parts: Exact): Stop =>
      new Stop(diagnostic('mesures/somme', { name: jsonKey(whole.key), total: showValue(whole.value, whole.symbol), parts: showValue(parts, whole.symbol) }, { pointer: `${pointer}/donnees/${jsonKey(whole.key)}`, article: whole.symbol.origin.home }));
    for (const whole of given) {
      if (whole.set && isEmpty(whole.set) && sign(whole.value) > 0) throw wrong({ ...whole, value: whole.value }, ZERO);
      for (const a of given) {
        for (const b of given) {
          if (a === whole || b === whole || a.key >= b.key) continue;
          const sum = add(a.value, b.value);
          const opposite = a.key.includes('_sauf_') !== b.key.includes('_sauf_') && a.key.replace('_sauf_', '_pendant_') === b.key.replace('_sauf_', '_pendant_') && a.key.split(/_(?:sauf|pendant)_/)[0] === whole.key;
          const apart = a.set && b.set && whole.set && isEmpty(intersect(a.set, b.set)) && covers(whole.set, a.set) && covers(whole.set, b.set);
          if (!apart && !opposite) continue;
          const shares = opposite || (a.set && b.set && whole.set && sameSet(union(a.set, b.set), whole.set));
          if (shares ? !equals(sum, whole.value) : compare(sum, whole.value) > 0) throw wrong(whole, sum);
        }
      }
    }
  }
}

/** The time that a key covers, or undefined when the case does not tell (no list of events). */
function setOf(rt: Runtime, instance: Instance, path: readonly Restriction[]): TimeSet | undefined {
  try {
    return restricted(rt, instance.root, path).set;
  } catch (stop) {
    if (stop instanceof Missing) return undefined;
    throw stop;
  }
}
