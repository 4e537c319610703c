/**
 * What stands in columns: the letters of the book, figures on their right edge, their units, then what says when a row holds; the
 * cells of a table. Columns are made of neighbours only, so that a change moves no other block.
 */

/** A row in its parts, as they are written. */
export interface RowParts {
  /** `a)`, or empty. */
  readonly label: string;
  /** The number that the row begins with: its width, its unit, and whether the value is nothing else. */
  readonly figure: { readonly width: number; readonly unit: string; readonly alone: boolean } | undefined;
  /** What comes before the guard on its line, and where that begins, counted from the row; 0 is the row's first line. Undefined when the guard has a line of its own, or there is none. */
  readonly before: { readonly text: string; readonly offset: number } | undefined;
  /** The guard, when it is a word (`sinon`), or a word and a number (`dès 5 kV`): their widths, and the unit. */
  readonly guard: { readonly word: number; readonly figure: number; readonly unit: string } | undefined;
}
/** What to put before a row, after its indentation; how far its line goes before its guard; the spaces after the guard's word. */
export interface RowPlace { readonly lead: string; readonly guardAt: number; readonly gap: number }

/**
 * Places the rows of one block. Numbers end in the same column when all rows begin with one, and are of one unit or nothing but a
 * number. (A row that does not begin with a number opens a block: a deeper row under it would be a part of it.)
 */
export function alignRows(rows: readonly RowParts[]): RowPlace[] {
  const figures = rows.map(({ figure }) => figure);
  const units = new Set(figures.flatMap((figure) => (figure && figure.unit !== '' ? [figure.unit] : [])));
  const inColumn = figures.every((figure) => figure !== undefined && (units.size <= 1 || figure.alone));
  const widest = Math.max(0, ...figures.map((figure) => figure?.width ?? 0));
  const labels = Math.max(0, ...rows.map(({ label }) => label.length));
  const leads = rows.map(({ label, figure }) => {
    const letter = labels > 0 && (label !== '' || inColumn) ? `${label.padEnd(labels)} ` : '';
    return letter + ' '.repeat(inColumn ? widest - (figure?.width ?? 0) : 0);
  });
  const ends = rows.map(({ before }, index) => (before ? (before.offset === 0 ? leads[index]?.length ?? 0 : before.offset) + before.text.length : 0));
  const guardAt = Math.max(0, ...ends) + 2;
  const gaps = gapsOf(rows.map(({ guard }) => guard));
  return leads.map((lead, index) => ({ lead, guardAt, gap: gaps[index] ?? 1 }));
}

/** Thresholds of one unit end in the same column, as the prices do. */
function gapsOf(guards: readonly RowParts['guard'][]): number[] {
  const known = guards.filter((guard) => guard !== undefined);
  const limits = known.filter(({ figure }) => figure > 0);
  if (known.length < guards.length || new Set(limits.map(({ unit }) => unit)).size > 1) return guards.map(() => 1);
  const end = Math.max(0, ...limits.map(({ word, figure }) => word + 1 + figure));
  return known.map(({ word, figure }) => (figure > 0 ? end - word - figure : 1));
}

/** A cell: its text, and whether it is a figure. */
export interface Cell { readonly text: string; readonly figure: boolean }

/** Aligns a table. Under its header, a column of figures is set against its right edge, any other against its left. */
export function alignGrid(rows: readonly (readonly Cell[])[]): string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const columns = Array.from({ length: count }, (_, index) => {
    const cells = rows.map((row) => row[index]);
    const below = cells.slice(1).filter((cell) => cell !== undefined && cell.text !== '');
    return { width: Math.max(0, ...cells.map((cell) => cell?.text.length ?? 0)), right: below.length > 0 && below.every((cell) => cell?.figure) };
  });
  return rows.map((row) => `|${row.map((cell, index) => {
    const { width, right } = columns[index] ?? { width: 0, right: false };
    return ` ${right ? cell.text.padStart(width) : cell.text.padEnd(width)} |`;
  }).join('')}`);
}
