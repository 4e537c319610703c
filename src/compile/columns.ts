/**
 * Bills by columns: the rows of a table are put with those of their form, and generated code bills each lot in one loop, from arrays to
 * arrays, with no object per customer. Rows that the code does not know are recorded as they come; those that are refused, and those
 * of a form that cannot be recorded, are handed back for the interpreter.
 */
import { ColumnForm } from './columnForm.ts';
import { extentsOf, NOTHING, Outputs, type BilledColumns, type ColumnsOptions, type Extents, type Table } from './table.ts';

export type { BilledColumns, Column, ColumnsOptions, Table } from './table.ts';

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
