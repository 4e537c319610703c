/**
 * Bills by columns: the rows of a table are put with those of their form, and generated code bills each lot in one loop, from arrays to
 * arrays, with no object per customer. Rows that the code does not know are recorded as they come; those that are refused, and those
 * of a form that cannot be recorded, are handed back for the interpreter.
 */
import type { Program } from '../check/core.ts';
import type { BillLine, Editions } from '../evaluate/bill.ts';
import type { CaseInput } from '../evaluate/case.ts';
import { jsonKey } from '../evaluate/words.ts';
import { ONE } from '../quantity/exact.ts';
import { codeOf, figuresOfLoop } from './code.ts';
import { Fits, type InputFit } from './fit.ts';
import { formOf } from './form.ts';
import { printPlan } from './javascript.ts';
import { planOf, type Output } from './plan.ts';
import { rangeOf } from './ranges.ts';
import { CaseTree, nodeOf, type BillLeaf } from './tree.ts';

/** A column of whole numbers, each worth 10^−scale of the unit of its datum (NaN where the row gives none), or of texts by their rank (−1 for none). */
export type Column =
  | { readonly kind: 'number'; readonly values: Float64Array; readonly scale: number }
  | { readonly kind: 'text'; readonly codes: Int32Array; readonly dictionary: readonly string[] };

export interface Table {
  readonly count: number;
  /** By key; what the interpreter reads of a row must be in them. */
  readonly columns: ReadonlyMap<string, Column>;
  /** 1 where a row is a later period of the customer of the row before it. */
  readonly follows: Uint8Array | undefined;
  /** The case of a row, with the customer's earlier rows of this table as its history; undefined when it is refused. */
  readonly read: (row: number) => CaseInput | undefined;
}

/** Amounts in cents, NaN where a row has none. The arrays are the biller's own, and hold until it bills again. */
export interface BilledColumns {
  readonly lines: ReadonlyMap<string, Float64Array>;
  readonly subtotal: Float64Array;
  readonly taxes: ReadonlyMap<string, Float64Array>;
  readonly total: Float64Array;
  /** Rows for the interpreter, in order. */
  readonly left: Int32Array;
}

export interface ColumnsOptions {
  readonly editions: Editions;
  readonly programOf: (input: CaseInput) => Program | undefined;
  /** The column in which a line of a bill goes; lines of one column are added up. */
  readonly columnOf: (line: BillLine) => string;
}

/** How many new ways of a form are recorded for the rows of one table, before the rest is left. */
const MOST_LESSONS = 40;
/** Forms kept: a file whose rows are all of another form would only fill memory. */
const MOST_FORMS = 4000;

export class ColumnBiller {
  private readonly forms = new Map<string, ColumnForm | 'left'>();
  private outputs = new Outputs(0);
  constructor(private readonly options: ColumnsOptions) {}

  /** Bills a table. The same rows give the same columns, whatever came before. */
  bill(table: Table): BilledColumns {
    if (this.outputs.count !== table.count) this.outputs = new Outputs(table.count);
    const out = this.outputs.clear();
    const left: number[] = [];
    const extents = extentsOf(table);
    for (const [key, rows] of this.lots(table, extents)) {
      const form = this.formOf(key, table, rows, extents);
      if (form === 'left') for (const row of rows) left.push(row);
      out.written.push({ rows, names: form === 'left' ? NOTHING : form.bill(table, rows, out, left) });
    }
    return { ...out.finish(left), left: Int32Array.from(left).sort() };
  }

  private formOf(key: string, table: Table, rows: Int32Array, extents: Extents): ColumnForm | 'left' {
    const known = this.forms.get(key);
    if (known) return known;
    // The first row that reads tells the form; one that does not may be wrong by its numbers alone.
    for (const row of rows.subarray(0, 20)) {
      const input = table.read(row);
      if (!input) continue;
      const form = ColumnForm.of(input, row, this.options, table, extents) ?? 'left';
      if (this.forms.size >= MOST_FORMS) this.forms.clear();
      this.forms.set(key, form);
      return form;
    }
    return 'left';
  }

  /** The rows of each form: those whose texts, and given numbers, are the same, and so on for their customer's earlier rows. */
  private *lots({ count, columns, follows }: Table, extents: Extents): Iterable<[string, Int32Array]> {
    const texts = [...columns].flatMap(([name, column]) => (column.kind === 'text' ? [{ name, ...column }] : []));
    const numbers = [...columns].flatMap(([name, column]) => (column.kind === 'number' ? [{ name, values: column.values, scale: column.scale }] : []));
    const ranks = new Int32Array(count);
    let width = 1;
    // Ranks of texts are joined pair by pair, and stay few: a lot is one small number.
    for (const { codes, dictionary } of texts) width = joinCodes(ranks, width, codes, dictionary.length + 1);
    for (const { name, values } of numbers) {
      if (extents.get(name)?.lacking !== true) continue;
      const given = new Int32Array(count);
      for (let i = 0; i < count; i++) if (Number.isNaN(values[i])) given[i] = -1;
      width = joinCodes(ranks, width, given, 2);
    }
    if (follows) width = chain(ranks, follows);
    const starts = new Int32Array(width + 1);
    for (let i = 0; i < count; i++) { const at = (ranks[i] as number) + 1; starts[at] = (starts[at] as number) + 1; }
    for (let rank = 0; rank < width; rank++) starts[rank + 1] = (starts[rank + 1] as number) + (starts[rank] as number);
    const sorted = new Int32Array(count);
    const next = starts.slice();
    for (let i = 0; i < count; i++) { const rank = ranks[i] as number; const at = next[rank] as number; next[rank] = at + 1; sorted[at] = i; }
    const scales = numbers.map(({ name, scale }) => `${name}:${scale}`).join();
    const describe = (row: number): string => JSON.stringify([texts.map(({ name, codes, dictionary }) => [name, dictionary[codes[row] ?? -1] ?? null]), numbers.map(({ values }) => (Number.isNaN(values[row]) ? 0 : 1))]);
    for (let rank = 0; rank < width; rank++) {
      const rows = sorted.subarray(starts[rank], starts[rank + 1]);
      if (rows.length === 0) continue;
      const parts: string[] = [scales];
      for (let row = rows[0] ?? 0; ; row--) { parts.push(describe(row)); if (follows?.[row] !== 1) break; }
      yield [parts.join('\n'), rows];
    }
  }
}

/** Gives rows that follow others a rank for all that their customer's rows are so far; how many ranks there are. */
function chain(ranks: Int32Array, follows: Uint8Array): number {
  const known = new Map<number, Map<number, number>>();
  let next = 0;
  for (let i = 0; i < ranks.length; i++) {
    const before = follows[i] === 1 && i > 0 ? ranks[i - 1] as number : -1;
    let row = known.get(before);
    if (!row) known.set(before, (row = new Map()));
    let rank = row.get(ranks[i] as number);
    if (rank === undefined) row.set(ranks[i] as number, (rank = next++));
    ranks[i] = rank;
  }
  return next;
}

/** Joins the ranks of rows, from 0 to before `top`, with codes from −1 to before `width`, as ranks again; how many there are now. */
function joinCodes(ranks: Int32Array, top: number, codes: Int32Array, width: number): number {
  if (top === 1) {
    for (let i = 0; i < ranks.length; i++) ranks[i] = (codes[i] as number) + 1;
    return width;
  }
  const wide = width + 1;
  // Few enough: ranks may have holes.
  if (top * wide <= 1 << 13) {
    for (let i = 0; i < ranks.length; i++) ranks[i] = (ranks[i] as number) * wide + (codes[i] as number) + 1;
    return top * wide;
  }
  let next = 0;
  if (top * wide <= 1 << 22) {
    const table = new Int32Array(top * wide);
    for (let i = 0; i < ranks.length; i++) {
      const cell = (ranks[i] as number) * wide + (codes[i] as number) + 1;
      let rank = table[cell] as number;
      if (rank === 0) { rank = ++next; table[cell] = rank; }
      ranks[i] = rank - 1;
    }
    return next;
  }
  const table = new Map<number, number>();
  for (let i = 0; i < ranks.length; i++) {
    const cell = (ranks[i] as number) * wide + (codes[i] as number) + 1;
    let rank = table.get(cell);
    if (rank === undefined) table.set(cell, (rank = next++));
    ranks[i] = rank;
  }
  return next;
}

/** Of each column of numbers: the largest size, and whether some row gives none. */
type Extents = ReadonlyMap<string, { readonly most: number; readonly lacking: boolean }>;
function extentsOf({ columns }: Table): Extents {
  const found = new Map<string, { most: number; lacking: boolean }>();
  for (const [name, column] of columns) {
    if (column.kind !== 'number') continue;
    const { values } = column;
    let [least, most, sum] = [0, 0, 0];
    for (let i = 0; i < values.length; i++) {
      const each = values[i] as number;
      sum += each;
      if (each > most) most = each;
      if (each < least) least = each;
    }
    found.set(name, { most: Math.max(most, -least), lacking: Number.isNaN(sum) });
  }
  return found;
}

/** The arrays in which bills are written, of one length, used again for the next table. */
class Outputs {
  private readonly made = new Map<string, Float64Array>();
  readonly missed: Int32Array;
  readonly beyond: Int32Array;
  /** Which columns each lot has written for all of its rows but those that are left. */
  readonly written: { readonly rows: Int32Array; readonly names: ReadonlySet<string> }[] = [];
  constructor(readonly count: number) {
    this.missed = new Int32Array(count + 1);
    this.beyond = new Int32Array(2 * count + 2);
  }
  clear(): this {
    this.written.length = 0;
    return this;
  }
  of(name: string): Float64Array {
    let found = this.made.get(name);
    if (!found) this.made.set(name, (found = new Float64Array(this.count)));
    return found;
  }
  /** The columns that some row has, empty where a row has none. */
  finish(left: readonly number[]): Omit<BilledColumns, 'left'> {
    const names = new Set<string>(['sous_total', 'total']);
    for (const { names: own } of this.written) for (const name of own) names.add(name);
    for (const name of names) {
      const values = this.of(name);
      for (const { rows, names: own } of this.written) if (!own.has(name)) for (const row of rows) values[row] = NaN;
      for (const row of left) values[row] = NaN;
    }
    const by = (kind: string): Map<string, Float64Array> => new Map([...names].filter((name) => name.startsWith(kind)).map((name) => [name.slice(kind.length), this.of(name)]));
    return { lines: by('ligne:'), subtotal: this.of('sous_total'), taxes: by('taxe:'), total: this.of('total') };
  }
}
const NOTHING: ReadonlySet<string> = new Set();

/** A number of the form: a column, some rows back, or the same for all its rows. */
type Source = { readonly column: string; readonly back: number; readonly times: bigint } | { readonly fixed: number };

type Loop = (doubles: Float64Array, rows: Int32Array, columns: readonly Float64Array[], fixed: readonly number[], outputs: readonly Float64Array[], missed: Int32Array, beyond: Int32Array) => number;

/** A form of cases as rows of a table. */
class ColumnForm {
  private loop: { readonly run: Loop; readonly doubles: Float64Array; readonly names: ReadonlySet<string> } | undefined;
  /** The columns that were written so far. */
  private named: ReadonlySet<string> = new Set();
  private constructor(private readonly tree: CaseTree, private readonly sources: readonly Source[], private readonly ranges: InputFit[], private readonly limits: readonly (bigint | undefined)[], private readonly slots: ReturnType<typeof formOf>['slots'], private readonly options: ColumnsOptions) {}

  /** The form of the case of a row; undefined when its bills cannot be recorded. */
  static of(input: CaseInput, row: number, options: ColumnsOptions, table: Table, extents: Extents): ColumnForm | undefined {
    const { numbers, slots, series } = formOf(input);
    const program = options.programOf(input);
    if (!program || series.length > 0 || input.state.size > 0 || program.carried.length > 0 && input.history.length > 0) return undefined;
    const sources: Source[] = [];
    const ranges: InputFit[] = [];
    const limits: (bigint | undefined)[] = [];
    for (const [index, slot] of slots.entries()) {
      const key = jsonKey(slot.name);
      const column = table.columns.get(key);
      const range = rangeOf(slot, program);
      const value = numbers[index];
      if (!range || !value) return undefined;
      if (column?.kind !== 'number' || slot.kind === 'row' || slot.kind === 'step' || slot.kind === 'reading') {
        // Written in a text, it is the same for all the rows of the form.
        if (value.n > BigInt(Number.MAX_SAFE_INTEGER) || value.n < -BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
        sources.push({ fixed: Number(value.n) });
        ranges.push({ denominator: value.d, least: value.n, most: value.n });
        limits.push(value.n);
        continue;
      }
      const factor = range.symbol.data?.factor ?? ONE;
      const denominator = factor.d * 10n ** BigInt(column.scale);
      const whole = (bound: NonNullable<typeof range.least>): bigint => bound.n * denominator / bound.d;
      const largest = BigInt(Math.min(Number.MAX_SAFE_INTEGER, Math.ceil(extents.get(key)?.most ?? 0))) * factor.n;
      let reach = 1000n * denominator;
      while (reach < largest) reach *= 1000n;
      const limit = range.most && whole(range.most);
      sources.push({ column: key, back: slot.back, times: factor.n });
      limits.push(limit);
      ranges.push({ denominator, least: range.least ? -((-range.least.n * denominator) / range.least.d) : -reach, most: limit !== undefined && limit < reach ? limit : reach });
    }
    // A number that the case reads as something else (a choice, a text) would not be told from another of its column.
    const read = new Set(slots.flatMap((slot, index) => { const source = sources[index]; return source && 'column' in source ? [`${source.column} ${slot.back}`] : []; }));
    for (let back = 0; back <= input.history.length; back++) {
      for (const [name, column] of table.columns) if (column.kind === 'number' && !read.has(`${name} ${back}`) && !Number.isNaN(column.values[row - back] ?? NaN)) return undefined;
    }
    const tree = new CaseTree(options.editions);
    const form = new ColumnForm(tree, sources, ranges, limits, slots, options);
    tree.learn(input);
    return tree.unrecordable ? undefined : form;
  }

  /** Bills the rows of a lot; gives the names of the columns that it writes. */
  bill(table: Table, rows: Int32Array, out: Outputs, left: number[]): ReadonlySet<string> {
    let waiting = rows;
    let before: ReadonlySet<string> | undefined;
    for (let lesson = 0; waiting.length > 0; lesson++) {
      const { names } = (this.loop ??= this.make());
      // A column that the last lesson brought is empty for the rows that are billed already.
      if (before) for (const name of names) if (!before.has(name)) { const values = out.of(name); for (const row of rows) values[row] = NaN; }
      before = names;
      const { missed, beyond } = this.run(table, waiting, out, left);
      if (beyond.length > 0 && this.widen(table, beyond)) { waiting = join(missed, beyond); continue; }
      for (const row of beyond) left.push(row);
      const first = missed[0];
      if (first === undefined) break;
      if (lesson >= MOST_LESSONS || this.tree.unrecordable) { for (const row of missed) left.push(row); break; }
      const input = table.read(first);
      const grown = input !== undefined && this.tree.learn(input);
      if (grown) this.loop = undefined;
      waiting = grown ? missed : missed.subarray(1);
      if (!grown) left.push(first);
    }
    return before ?? this.named;
  }

  /** Bills what it can; the others are unknown, beyond the bounds, or refused (`left`). */
  private run(table: Table, rows: Int32Array, out: Outputs, left: number[]): { readonly missed: Int32Array; readonly beyond: Int32Array } {
    const { run, doubles, names } = (this.loop ??= this.make());
    const columns = this.sources.map((source) => ('column' in source ? (table.columns.get(source.column) as { readonly values: Float64Array }).values : EMPTY));
    const fixed = this.sources.map((source) => ('fixed' in source ? source.fixed : 0));
    const { missed, beyond } = out;
    const count = run(doubles, rows, columns, fixed, [...names].map((name) => out.of(name)), missed, beyond);
    // The first half is of those beyond the bounds, the second of the refused; their numbers stand last.
    const [outside, refused] = [beyond[rows.length * 2] ?? 0, beyond[rows.length * 2 + 1] ?? 0];
    for (const row of beyond.subarray(rows.length, rows.length + refused)) left.push(row);
    return { missed: missed.slice(0, count), beyond: beyond.slice(0, outside) };
  }

  /** Wider bounds for rows that are beyond them; whether that may help. */
  private widen(table: Table, rows: Int32Array): boolean {
    let widened = false;
    this.sources.forEach((source, index) => {
      const [range, limit] = [this.ranges[index], this.limits[index]];
      if (!('column' in source) || !range) return;
      const { values } = table.columns.get(source.column) as { readonly values: Float64Array };
      let most = 0;
      for (const row of rows) { const each = Math.abs(values[row - source.back] ?? 0); if (each > most && each <= Number.MAX_SAFE_INTEGER) most = each; }
      const largest = BigInt(Math.ceil(most)) * source.times;
      if (largest <= range.most || (limit !== undefined && range.most >= limit)) return;
      let reach = range.most > 0n ? range.most : 1000n;
      while (reach < largest) reach *= 1000n;
      this.ranges[index] = { ...range, least: range.least < 0n ? -reach : range.least, most: limit !== undefined && limit < reach ? limit : reach };
      widened = true;
    });
    if (widened) this.loop = undefined;
    return widened;
  }

  private outputsOf({ bill }: BillLeaf): Output[] {
    const { graph } = this.tree;
    const byColumn = new Map<string, Output>();
    for (const line of bill.lines) {
      const name = `ligne:${this.options.columnOf(line)}`;
      const node = nodeOf(graph, line.rounded);
      const known = byColumn.get(name);
      byColumn.set(name, { name, node: known ? graph.binary('add', known.node, node) : node });
    }
    const of = (name: string, value: Parameters<typeof nodeOf>[1]): Output => ({ name, node: nodeOf(graph, value) });
    return [...byColumn.values(), of('sous_total', bill.subtotal), ...bill.taxes.map((tax) => of(`taxe:${tax.name}`, tax.amount)), of('total', bill.totalRounded)];
  }

  private make(): { readonly run: Loop; readonly doubles: Float64Array; readonly names: ReadonlySet<string> } {
    const fits = new Fits(this.tree.graph, this.ranges, [], true);
    const plan = planOf(this.tree, (leaf) => this.outputsOf(leaf), false);
    // Each bill writes all the columns of the form: a row has the same ones, whatever the code knew when it was billed.
    const names = [...new Set([...this.named, ...this.tree.leaves.flatMap((leaf) => this.outputsOf(leaf).map(({ name }) => name))])];
    this.named = new Set(names);
    const { lines, constants, inputs } = printPlan(plan, {
      fits, slots: this.slots, lift: true, comments: false, indent: '    ',
      miss: (why) => (why === 'refused' ? ['beyond[half + refused++] = i; continue;'] : ['missed[count++] = i; continue;']),
      bill: (outputs) => { const given = new Map(outputs.map((output) => [output.name, output])); return [...names.map((name, rank) => { const output = given.get(name); return `o${rank}[i] = ${output ? centsText(output.text, output.fit) : 'NaN'};`; }), 'continue;']; },
    });
    const arrays = this.sources.flatMap((source, index) => ('column' in source ? [`  const c${index} = columns[${index}];`] : []));
    const entry = inputs.flatMap((name, index) => {
      const source = this.sources[index];
      const range = this.ranges[index];
      if (!source || !range) return [];
      if ('fixed' in source) return [`    const ${name} = fixed[${index}];`];
      return [
        `    const ${name} = c${index}[i${source.back === 0 ? '' : ` - ${source.back}`}]${source.times === 1n ? '' : ` * ${source.times}`};`,
        `    if (!(${name} >= ${range.least} && ${name} <= ${range.most} && Math.floor(${name}) === ${name})) { beyond[outside++] = i; continue; }`,
      ];
    });
    const figures = figuresOfLoop(constants, '  ');
    const text = [
      'return (doubles, rows, columns, fixed, outputs, missed, beyond) => {', ...figures.lines, ...arrays, ...names.map((_, rank) => `  const o${rank} = outputs[${rank}];`),
      '  let count = 0, outside = 0, refused = 0;', '  const half = rows.length;', '  for (let r = 0; r < half; r++) {', '    const i = rows[r];', ...entry, ...lines, '  }',
      '  beyond[half * 2] = outside; beyond[half * 2 + 1] = refused;', '  return count;', '};',
    ].join('\n');
    return { run: codeOf<Loop>(text, constants), doubles: figures.doubles, names: this.named };
  }
}
const EMPTY = new Float64Array(0);
const join = (a: Int32Array, b: Int32Array): Int32Array => { const both = new Int32Array(a.length + b.length); both.set(a); both.set(b, a.length); return both.sort(); };

/** Cents of an amount that is rounded to them. */
function centsText(text: string, { denominator, as }: { readonly denominator: bigint; readonly as: string }): string {
  if (as === 'ratio') return `centsOf(${text})`;
  const times = 100n / denominator;
  const number = as === 'bigint' ? `Number(${text})` : text;
  // A credit of nothing is 0, not −0.
  return `${times === 1n ? number : `${number} * ${times}`} + 0`;
}
