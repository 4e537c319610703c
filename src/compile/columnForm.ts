/** The rows of a table that are cases of one form: generated code bills them in one loop, and learns those that it does not know. */
import type { CaseInput } from '../evaluate/case.ts';
import { jsonKey } from '../evaluate/words.ts';
import { ONE } from '../quantity/exact.ts';
import { codeOf, figuresOfLoop } from './code.ts';
import { Fits, type InputFit } from './fit.ts';
import { formOf } from './form.ts';
import { printPlan } from './javascript.ts';
import { planOf, type Output } from './plan.ts';
import { fitWithin, rangeOf, type Range } from './ranges.ts';
import type { ColumnsOptions, Extents, Outputs, Table } from './table.ts';
import { CaseTree, nodeOf, type BillLeaf } from './tree.ts';

/** How many new ways of a form are recorded for the rows of one table, before the rest is left. */
const MOST_LESSONS = 40;

/** A number of the form: a column, some rows back, or the same for all its rows. */
type Source = { readonly column: string; readonly back: number; readonly times: bigint } | { readonly fixed: number };

type Loop = (doubles: Float64Array, rows: Int32Array, columns: readonly Float64Array[], fixed: readonly number[], outputs: readonly Float64Array[], missed: Int32Array, beyond: Int32Array) => number;

/** A form of cases as rows of a table. */
export class ColumnForm {
  private loop: { readonly run: Loop; readonly doubles: Float64Array; readonly names: ReadonlySet<string> } | undefined;
  /** The columns that were written so far. */
  private named: ReadonlySet<string> = new Set();
  private constructor(private readonly tree: CaseTree, private readonly sources: readonly Source[], private readonly ranges: InputFit[], private readonly declared: readonly (Range | undefined)[], private readonly slots: ReturnType<typeof formOf>['slots'], private readonly options: ColumnsOptions) {}

  /** The form of the case of a row; undefined when its bills cannot be recorded. */
  static of(input: CaseInput, row: number, options: ColumnsOptions, table: Table, extents: Extents): ColumnForm | undefined {
    const { numbers, slots, series } = formOf(input);
    const program = options.programOf(input);
    if (!program || series.length > 0 || input.state.size > 0 || program.carried.length > 0 && input.history.length > 0) return undefined;
    const sources: Source[] = [];
    const ranges: InputFit[] = [];
    const declared: Range[] = [];
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
        continue;
      }
      const factor = range.symbol.data?.factor ?? ONE;
      const denominator = factor.d * 10n ** BigInt(column.scale);
      const largest = BigInt(Math.min(Number.MAX_SAFE_INTEGER, Math.ceil(extents.get(key)?.most ?? 0))) * factor.n;
      let reach = 1000n * denominator;
      while (reach < largest) reach *= 1000n;
      sources.push({ column: key, back: slot.back, times: factor.n });
      declared[index] = range;
      ranges.push(fitWithin(range, denominator, reach));
    }
    // A number that the case reads as something else (a choice, a text) would not be told from another of its column.
    const read = new Set(slots.flatMap((slot, index) => { const source = sources[index]; return source && 'column' in source ? [`${source.column} ${slot.back}`] : []; }));
    for (let back = 0; back <= input.history.length; back++) {
      for (const [name, column] of table.columns) if (column.kind === 'number' && !read.has(`${name} ${back}`) && !Number.isNaN(column.values[row - back] ?? NaN)) return undefined;
    }
    const tree = new CaseTree(options.editions);
    const form = new ColumnForm(tree, sources, ranges, declared, slots, options);
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
      const range = this.ranges[index];
      if (!('column' in source) || !range) return;
      const { values } = table.columns.get(source.column) as { readonly values: Float64Array };
      let most = 0;
      for (const row of rows) { const each = Math.abs(values[row - source.back] ?? 0); if (each > most && each <= Number.MAX_SAFE_INTEGER) most = each; }
      const largest = BigInt(Math.ceil(most)) * source.times;
      if (largest <= range.most) return;
      let reach = range.most > 0n ? range.most : 1000n;
      while (reach < largest) reach *= 1000n;
      const wider = fitWithin(this.declared[index], range.denominator, reach);
      if (wider.most === range.most) return;
      this.ranges[index] = wider;
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
