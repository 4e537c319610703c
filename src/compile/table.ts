/** Tables of cases and of their bills, as columns. */
import type { Program } from '../check/core.ts';
import type { BillLine, Editions } from '../evaluate/bill.ts';
import type { CaseInput } from '../evaluate/case.ts';

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

/** Of each column of numbers: the largest size, and whether some row gives none. */
export type Extents = ReadonlyMap<string, { readonly most: number; readonly lacking: boolean }>;
export function extentsOf({ columns }: Table): Extents {
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
export class Outputs {
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
export const NOTHING: ReadonlySet<string> = new Set();
