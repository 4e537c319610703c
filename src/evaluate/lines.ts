/** The lines of a bill: base × price × time, tranche by tranche, part by part, then adjustments and the minimum. */
import { intersect, isEmpty, subtract, type TimeSet } from '../calendar/timeset.ts';
import type { CoreAdjustment, CoreLine, CoreMinimum, CoreRow, Origin, TimeFactor } from '../check/core.ts';
import { isTimeGrain, type Grain } from '../check/types.ts';
import { diagnostic } from '../diagnostics/diagnostic.ts';
import { add, compare, isZero, maximum, minimum, multiply, negate, ONE, subtract as minus, ZERO, type Exact } from '../quantity/exact.ts';
import { daysOf } from './measures.ts';
import { plageSet } from './plages.ts';
import { type Runtime } from './runtime.ts';
import { within, type Instance, type Row, type TraceNode } from './session.ts';
import { rowsWithin } from './symbols.ts';
import { Missing, Stop } from './stop.ts';
import type { Value } from './case.ts';
import { inWords } from './words.ts';

/** What was read for the quantity of a line, its price, the end of its tranche, or its whole amount. */
export interface FactorReads { readonly quantity?: readonly TraceNode[]; readonly price?: readonly TraceNode[]; readonly limit?: readonly TraceNode[]; readonly amount?: readonly TraceNode[] }

/** A line of the bill, exact. */
export interface Entry {
  /** The name of the line in the rate. */
  readonly line: string;
  readonly role: CoreLine['role'] | 'minimum' | 'majore' | 'réduit';
  readonly origin: Origin;
  readonly title: string;
  readonly layer: 'tarif' | 'option';
  readonly quantity: Exact | undefined;
  readonly quantityDims: ReadonlyMap<string, number> | undefined;
  readonly price: Exact | undefined;
  readonly priceDims: ReadonlyMap<string, number> | undefined;
  readonly time: { readonly factor: 'durée' | 'jours'; readonly value: Exact } | undefined;
  readonly amount: Exact;
  readonly tranche: number | undefined;
  /** Where the tranche ends: a value, by the time that it is for. */
  readonly limit: { readonly value: Exact; readonly dims: ReadonlyMap<string, number>; readonly time: Entry['time'] } | undefined;
  /** The line that an adjustment works on. */
  readonly adjusts: string | undefined;
  readonly start: number;
  readonly end: number;
  readonly trace: readonly TraceNode[] | undefined;
  /** Of the trace, what each factor read; only with a trace. */
  readonly reads: FactorReads | undefined;
  /** To the edition's step, once the line is on a bill. */
  rounded: Exact | undefined;
}

const exact = (value: Value): Exact => value as Exact;

/** All the lines of a program on one period, in order; made once. */
export function entriesOf(instance: Instance): readonly Entry[] {
  if (instance.entries === 'en cours') throw new Stop(diagnostic('definitions/cycle', { path: 'total → total' }));
  if (instance.entries) return instance.entries;
  instance.entries = 'en cours';
  let made: readonly Entry[] | undefined;
  try {
    made = billEntries(instance);
    return made;
  } finally {
    instance.entries = made;
  }
}

/** The entries of one line, made once: another line may be worked out from its amount. */
function entriesOfLine(instance: Instance, line: CoreLine): readonly Entry[] {
  const known = instance.lines.get(line.name);
  if (known === 'en cours') throw new Stop(diagnostic('definitions/cycle', { path: `${line.name} → ${line.name}` }, { span: line.origin.span, article: line.origin.article }));
  if (known) return known;
  instance.lines.set(line.name, 'en cours');
  try {
    const made = lineEntries(instance.runtime, line, instance);
    instance.lines.set(line.name, made);
    return made;
  } finally {
    if (instance.lines.get(line.name) === 'en cours') instance.lines.delete(line.name);
  }
}
/** The entries of the line of a name; none when the rate has no such line. */
export function entriesOfNamed(instance: Instance, name: string): readonly Entry[] {
  const line = instance.runtime.program.lines.find((each) => each.name === name);
  return line ? entriesOfLine(instance, line) : [];
}

/** Whether an option's lines stand in place of those of the rate. */
function isReplaced({ runtime, root }: Instance): boolean {
  const { replacesBill } = runtime.program;
  return replacesBill !== undefined && (!replacesBill.condition || (runtime.of(replacesBill.condition)(root) as boolean));
}

/** What the lines of a bill lack, one thing a line: a bill stops at the first. */
export function lackingInLines(instance: Instance): Missing[] {
  const found: Missing[] = [];
  const attempt = <T>(make: () => T): T | undefined => {
    try {
      return make();
    } catch (stop) {
      if (stop instanceof Missing) found.push(stop);
      else if (!(stop instanceof Stop)) throw stop;
      return undefined;
    }
  };
  const replaced = attempt(() => isReplaced(instance));
  for (const line of instance.runtime.program.lines) if (replaced === false || line.layer === 'option') attempt(() => entriesOfLine(instance, line));
  return found;
}

function billEntries(instance: Instance): readonly Entry[] {
  const rt = instance.runtime;
  const { program } = rt;
  const replaced = isReplaced(instance);
  const own: 'tarif' | 'option' = replaced ? 'option' : 'tarif';
  const entries: Entry[] = [];
  for (const line of program.lines) if (!replaced || line.layer === 'option') entries.push(...entriesOfLine(instance, line));
  for (const adjustment of program.adjustments) if (adjustment.target !== 'minimum') entries.push(...adjust(rt, adjustment, entries, instance));
  const minimums = program.minimums.filter((each) => each.layer === own);
  const held = entries.filter((entry) => (replaced ? entry.role !== 'crédit' : entry.layer === 'tarif'));
  const after = entries.filter((entry) => !held.includes(entry));
  const floor = minimums.length > 0 ? floorOf(rt, minimums, instance) : undefined;
  const subtotal = held.reduce((sum, entry) => add(sum, entry.amount), ZERO);
  if (floor && minimums[0] && compare(subtotal, floor) < 0) {
    held.push({
      line: 'minimum', role: 'minimum', origin: minimums[0].origin, title: 'Complément au montant minimal', layer: own, quantity: undefined, quantityDims: undefined, price: undefined, priceDims: undefined,
      time: undefined, amount: minus(floor, subtotal), tranche: undefined, limit: undefined, adjusts: undefined, start: instance.period.start, end: instance.period.end, trace: undefined, reads: undefined, rounded: undefined,
    });
  }
  return [...held, ...after];
}

function lineEntries(rt: Runtime, line: CoreLine, instance: Instance): Entry[] {
  const posed = instance.posed?.get(`montant:${line.name}`);
  if (posed !== undefined) return [entry(line, instance.root, { amount: exact(posed) })];
  const billed = during(rt, instance.root, line.during);
  if (!billed) return [];
  const { when } = line;
  if (when && !instance.session.holds(() => rt.of(when)(instance.root) as boolean)) return [];
  return withTrace(instance, line, () => {
    if (line.amount) {
      const time = timeOf(rt, line.amount.time, billed);
      const mark = traceMark(instance);
      const amount = exact(rt.of(line.amount.value)(billed));
      const read = readSince(instance, mark);
      return [entry(line, billed, { amount: time ? multiply(amount, time.value) : amount, time, reads: read && { amount: read } })];
    }
    const grain = line.base?.grain ?? line.rows.reduce<Grain>((finest, row) => (isTimeGrain(row.grain) ? row.grain : finest), 'constante');
    if (!isTimeGrain(grain)) return priced(rt, line, billed, billed);
    const pieces = rowsWithin(rt, grain, billed).flatMap((row) => priced(rt, line, row, row));
    return grain === 'partie' ? pieces : gathered(line, billed, pieces);
  });
}

/** Where the trace stands, to tell afterwards what was read since. */
const traceMark = ({ session }: Instance): number => session.trace?.at(-1)?.inputs.length ?? 0;
const readSince = ({ session }: Instance, mark: number): readonly TraceNode[] | undefined => session.trace?.at(-1)?.inputs.slice(mark);

/** Remembers what was read while some lines were worked out, when a trace is asked for. */
function withTrace(instance: Instance, line: CoreLine, make: () => Entry[]): Entry[] {
  const { session } = instance;
  if (session.places) return within(session.places, { name: line.name, article: line.origin.article, symbol: undefined }, make);
  const stack = session.trace;
  if (!stack) return make();
  const node: TraceNode = { name: '', article: undefined, home: undefined, label: undefined, dims: undefined, value: undefined, inputs: [], at: undefined };
  stack.push(node);
  try {
    return make().map((each) => ({ ...each, trace: node.inputs }));
  } finally {
    stack.pop();
  }
}

/** A row with its time cut down to the plages of a line; undefined when nothing is left. */
function during(rt: Runtime, row: Row, plages: readonly { readonly plage: CoreLine['during'][number]['plage']; readonly outside: boolean }[]): Row | undefined {
  let { set } = row;
  for (const each of plages) set = keep(rt, each, row, set);
  if (isEmpty(set)) return undefined;
  return set === row.set ? row : { ...row, set, start: set.spans[0] ?? row.start, end: set.spans.at(-1) ?? row.end };
}
function keep(rt: Runtime, each: NonNullable<CoreRow['during']>, row: Row, set: TimeSet): TimeSet {
  const plage = plageSet(rt, each.plage, row, { start: set.spans[0] ?? row.start, end: set.spans.at(-1) ?? row.end });
  return each.outside ? subtract(set, plage) : intersect(set, plage);
}

/** Many small pieces (by day, by hour) make one line of the bill. */
function gathered(line: CoreLine, row: Row, pieces: readonly Entry[]): Entry[] {
  if (pieces.length === 0) return [];
  const quantity = pieces.reduce<Exact>((sum, piece) => add(sum, piece.quantity ?? ZERO), ZERO);
  const first = pieces[0];
  const samePrice = first?.price && pieces.every((piece) => piece.price && compare(piece.price, first.price ?? ZERO) === 0);
  return [entry(line, row, {
    amount: pieces.reduce<Exact>((sum, piece) => add(sum, piece.amount), ZERO), quantity, quantityDims: line.base?.dims,
    ...(samePrice ? { price: first.price, priceDims: first.priceDims } : {}), reads: first?.reads && { quantity: pieces.flatMap((piece) => piece.reads?.quantity ?? []), price: pieces.flatMap((piece) => piece.reads?.price ?? []) },
  })];
}

type Parts = Partial<Pick<Entry, 'quantity' | 'quantityDims' | 'price' | 'priceDims' | 'time' | 'tranche' | 'limit' | 'title' | 'reads'>> & { readonly amount: Exact };
function entry(line: CoreLine, row: Row, parts: Parts): Entry {
  const amount = line.role === 'crédit' ? negate(parts.amount) : parts.amount;
  return {
    line: line.name, role: line.role, origin: line.origin, layer: line.layer, quantity: undefined, quantityDims: undefined, price: undefined, priceDims: undefined, time: undefined,
    tranche: undefined, limit: undefined, adjusts: undefined, start: row.start, end: row.end, trace: undefined, reads: undefined, rounded: undefined, title: line.title, ...parts, amount,
  };
}

/** The rows of a line: tranches of a base, or cases of which one holds, or a price for each plage. */
function priced(rt: Runtime, line: CoreLine, row: Row, billed: Row): Entry[] {
  const { base } = line;
  const { instance } = row;
  const read = (at: Row): Exact => (base ? exact(rt.of(base.value)(at)) : ONE);
  if (line.tranches) {
    const mark = traceMark(instance);
    const quantity = read(row);
    const quantityRead = readSince(instance, mark);
    let from = ZERO;
    return line.rows.flatMap((each, index) => {
      const before = traceMark(instance);
      const bound: Entry['limit'] = each.upTo && { value: exact(rt.of(each.upTo.limit)(row)), dims: each.upTo.dims, time: timeOf(rt, each.limitTime, billed) };
      const limitRead = readSince(instance, before);
      const limit = bound && multiply(bound.value, bound.time?.value ?? ONE);
      const slice = limit ? minus(minimum(quantity, limit), from) : minus(quantity, from);
      const share = maximum(slice, ZERO);
      if (limit) from = maximum(from, limit);
      if (!rt.clock && isZero(share) && index > 0) return [];
      const name = index === line.rows.length - 1 ? `${line.title}, reste` : `${line.title}, ${index + 1}${index === 0 ? 're' : 'e'} tranche`;
      return [priceEntry(rt, line, each, share, row, billed, index + 1, name, quantityRead, bound, limitRead)];
    });
  }
  const seasonal = line.rows.some((each) => each.during);
  const chosen: Entry[] = [];
  let otherwise: CoreLine['rows'][number] | undefined;
  let held = 0;
  for (const each of line.rows) {
    if (each.otherwise) { otherwise = each; continue; }
    if (each.when && !(rt.of(each.when)(row) as boolean)) continue;
    if (!each.during) {
      held++;
      const before = traceMark(instance);
      const quantity = read(row);
      chosen.push(priceEntry(rt, line, each, quantity, row, billed, undefined, line.title, readSince(instance, before)));
      continue;
    }
    const part = partBilled(rt, billed, each);
    if (!part) continue;
    const name = each.text ?? `${line.title}, ${each.during.outside ? 'hors' : 'en'} ${inWords(each.during.plage.key)}`;
    const before = traceMark(instance);
    const quantity = each.base ? exact(rt.of(each.base)(row)) : read(row);
    chosen.push(priceEntry(rt, line, each, quantity, row, part, undefined, line.rows.length > 1 ? name : line.title, readSince(instance, before)));
  }
  if (held === 0 && chosen.length === 0 && otherwise) {
    const before = traceMark(instance);
    const quantity = read(row);
    return [priceEntry(rt, line, otherwise, quantity, row, billed, undefined, line.title, readSince(instance, before))];
  }
  if (!seasonal && line.rows.length > 0) {
    const place = { span: line.origin.span, article: line.origin.article };
    if (held === 0) throw new Stop(diagnostic('valeurs/aucun-cas', { name: line.name }, place));
    if (held > 1) throw new Stop(diagnostic('valeurs/deux-cas', { name: line.name }, place));
  }
  return chosen;
}

/** The time of a row's plage. When the case gives the energy of that plage without saying when it was, only the energy counts. */
function partBilled(rt: Runtime, billed: Row, each: CoreLine['rows'][number]): Row | undefined {
  try {
    return each.during ? during(rt, billed, [each.during]) : billed;
  } catch (stop) {
    if (stop instanceof Missing && each.base && each.time === undefined) return billed;
    throw stop;
  }
}

function priceEntry(rt: Runtime, line: CoreLine, each: CoreLine['rows'][number], quantity: Exact, row: Row, billed: Row, tranche: number | undefined, title: string, quantityRead: readonly TraceNode[] | undefined, limit?: Entry['limit'], limitRead?: readonly TraceNode[]): Entry {
  const mark = traceMark(row.instance);
  const price = exact(rt.of(each.price)(billed === row ? row : billed));
  const priceRead = readSince(row.instance, mark);
  const time = timeOf(rt, each.time, billed);
  const amount = multiply(multiply(quantity, price), time?.value ?? ONE);
  return entry(line, billed, { amount, quantity: line.base ? quantity : undefined, quantityDims: line.base?.dims, price, priceDims: each.priceDims, time, tranche, limit, title, reads: priceRead && { quantity: quantityRead ?? [], price: priceRead, limit: limitRead ?? [] } });
}

/** By what a monthly or daily price is multiplied: article 12.11, on the time being billed. */
function timeOf(rt: Runtime, factor: TimeFactor, row: Row): Entry['time'] {
  if (factor === undefined) return undefined;
  const { duration } = rt.program;
  if (factor === 'durée') {
    if (!duration) throw new Stop(diagnostic('noms/inconnu', { name: 'durée', nearest: undefined, where: `au tarif ${rt.program.rate}` }));
    return { factor, value: exact(rt.of(DURATION(duration))(row)) };
  }
  return { factor, value: daysOf(rt, row) };
}
const durations = new WeakMap<object, { op: 'measure'; symbol: NonNullable<Runtime['program']['duration']>; path: [] }>();
const DURATION = (symbol: NonNullable<Runtime['program']['duration']>): { op: 'measure'; symbol: typeof symbol; path: [] } => {
  let core = durations.get(symbol);
  if (!core) {
    core = { op: 'measure', symbol, path: [] };
    durations.set(symbol, core);
  }
  return core;
};

/** `majore`, `réduit`: a line of another article on the base of a line. */
function adjust(rt: Runtime, adjustment: CoreAdjustment, entries: readonly Entry[], instance: Instance): Entry[] {
  const { when } = adjustment;
  if (when && !instance.session.holds(() => rt.of(when)(instance.root) as boolean)) return [];
  // An amount that is posed is what it is: nothing is added to it or taken from it.
  const targets = entries.filter((each) => each.adjusts === undefined && adjustment.targets.includes(each.line) && !instance.posed?.has(`montant:${each.line}`));
  if (targets.length === 0) return [];
  const out: Entry[] = [];
  // One line for each stretch of time that the target bills by itself; tranches of the same stretch together.
  const stretches = new Map<string, Entry[]>();
  for (const target of targets) {
    const key = target.role === 'énergie' ? 'énergie' : `${target.start}-${target.end}`;
    stretches.set(key, [...(stretches.get(key) ?? []), target]);
  }
  for (const group of stretches.values()) {
    const first = group[0];
    if (!first) continue;
    const start = Math.min(...group.map((each) => each.start));
    const end = Math.max(...group.map((each) => each.end));
    const row: Row = { ...instance.root, set: { spans: [start, end] }, start, end };
    const billed = during(rt, row, adjustment.during);
    if (!billed) continue;
    const { price, nodes } = tracedPrice(instance, adjustment, billed);
    const time = timeOf(rt, adjustment.time, billed);
    const quantity = group.reduce<Exact>((sum, each) => add(sum, each.quantity ?? ONE), ZERO);
    const amount = adjustment.ofAmount ? multiply(group.reduce<Exact>((sum, each) => add(sum, each.amount), ZERO), price) : multiply(multiply(quantity, price), time?.value ?? ONE);
    if (!rt.clock && isZero(amount)) continue;
    out.push({
      line: adjustment.target, role: adjustment.direction === 1 ? 'majore' : 'réduit', origin: adjustment.origin, title: adjustment.title, layer: first.layer,
      quantity: first.quantityDims ? quantity : undefined, quantityDims: first.quantityDims, price: adjustment.direction === 1 ? price : negate(price), priceDims: adjustment.priceDims, time,
      amount: adjustment.direction === 1 ? amount : negate(amount), tranche: undefined, limit: undefined, adjusts: adjustment.target, start, end, trace: nodes, reads: nodes && { price: nodes, quantity: first.reads?.quantity ?? [] }, rounded: undefined,
    });
  }
  return out;
}

/** The price of an adjustment, with what it read when a trace is asked for. */
function tracedPrice({ runtime, session }: Instance, { price, origin, target }: CoreAdjustment, billed: Row): { readonly price: Exact; readonly nodes: readonly TraceNode[] | undefined } {
  const stack = session.trace;
  if (!stack) return { price: exact(runtime.of(price)(billed)), nodes: undefined };
  const node: TraceNode = { name: target, article: origin.article, home: origin.home, label: origin.label, dims: undefined, value: undefined, inputs: [], at: undefined };
  stack.push(node);
  try {
    return { price: exact(runtime.of(price)(billed)), nodes: node.inputs };
  } finally {
    stack.pop();
  }
}

/** The floor of the bill, with what raises it. */
function floorOf(rt: Runtime, minimums: readonly CoreMinimum[], instance: Instance): Exact {
  let floor = ZERO;
  for (const each of minimums) {
    let chosen = 0;
    for (const row of each.rows) {
      if (row.otherwise && chosen > 0) continue;
      if (row.when && !(rt.of(row.when)(instance.root) as boolean)) continue;
      const billed = row.during ? during(rt, instance.root, [row.during]) : instance.root;
      if (!billed) continue;
      chosen++;
      floor = add(floor, multiply(exact(rt.of(row.value)(billed)), timeOf(rt, row.time, billed)?.value ?? ONE));
    }
    if (chosen === 0) throw new Stop(diagnostic('valeurs/aucun-cas', { name: 'minimum' }, { span: each.origin.span, article: each.origin.article }));
  }
  for (const adjustment of rt.program.adjustments) {
    if (adjustment.target !== 'minimum') continue;
    if (adjustment.when && !(rt.of(adjustment.when)(instance.root) as boolean)) continue;
    const billed = during(rt, instance.root, adjustment.during);
    if (!billed) continue;
    const amount = multiply(exact(rt.of(adjustment.price)(billed)), timeOf(rt, adjustment.time, billed)?.value ?? ONE);
    floor = adjustment.direction === 1 ? add(floor, amount) : minus(floor, amount);
  }
  return floor;
}
