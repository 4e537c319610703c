/** Bills as the rows of one table: which columns it has, known before the first bill, and the cells of each bill. */
import type { Program } from '../../check/core.ts';
import { formatLocalInstant } from '../../calendar/zone.ts';
import type { Bill, Editions } from '../../evaluate/bill.ts';
import { add, toFixed, toJsonAmount, type Exact } from '../../quantity/exact.ts';
import { InternalError } from '../../support/invariant.ts';
import { columnId, lineColumns, slug } from './lineColumns.ts';

/** What may be joined to the columns: the exact total before taxes, and the articles of the bill's reserves. */
export interface SheetExtras { readonly exact: boolean; readonly reserves: boolean }

/** The columns of a table of bills. It crosses between threads as a copy. */
export interface Sheet extends SheetExtras {
  readonly header: readonly string[];
  /** Keys of the lines, in order; they begin at `FIRST_LINE`. */
  readonly lines: readonly string[];
  readonly taxes: readonly string[];
}

const BEFORE = ['client', 'tarif', 'options', 'debut', 'fin'] as const;
/** The column of the first line. */
export const FIRST_LINE = BEFORE.length;

/** The table of the bills of some programs, each of which may stand in several editions: all the columns of their lines, each once. */
export function sheetOf(programs: readonly Program[], extras: SheetExtras): Sheet {
  const lines = [...new Set(programs.flatMap((program) => lineColumns(program).map(({ key }) => key)))];
  const taxes = [...new Set(programs.flatMap(({ edition }) => edition.taxes.map(({ name }) => slug(name))))];
  return { lines, taxes, ...extras, header: [...BEFORE, ...lines, 'sous_total', ...taxes, 'total', ...(extras.exact ? ['total_exact'] : []), ...(extras.reserves ? ['reserves'] : [])] };
}

const places = new WeakMap<Sheet, WeakMap<Program, ReadonlyMap<string, number>>>();
/** Where each line of a program's bills goes, by what tells it apart. */
function placesOf(sheet: Sheet, program: Program): ReadonlyMap<string, number> {
  let byProgram = places.get(sheet);
  if (!byProgram) places.set(sheet, (byProgram = new WeakMap()));
  let found = byProgram.get(program);
  if (!found) byProgram.set(program, (found = new Map(lineColumns(program).map(({ id, key }) => [id, sheet.lines.indexOf(key)]))));
  return found;
}

/** Dollars with two decimals. */
const money = (value: Exact): string => toFixed(value, 2);

/**
 * The cells of a bill under the columns of its table. A line that the bill does not have is an empty cell; one that is cut in parts
 * (by a new edition, a change of data) is the sum of its parts, each rounded: the subtotal is the sum of the lines as they stand.
 */
export function billCells(bill: Bill, client: string, sheet: Sheet, editions: Editions): string[] {
  const cells = Array.from({ length: sheet.header.length }, () => '');
  [cells[0], cells[1], cells[2], cells[3], cells[4]] = [client, bill.rate, bill.options.join('+'), formatLocalInstant(bill.start), formatLocalInstant(bill.end)];
  const sums: (Exact | undefined)[] = [];
  const own = placesOf(sheet, bill.instance.runtime.program);
  for (const line of bill.lines) {
    const id = columnId(line);
    // A part of the period may fall in an edition whose program has other lines.
    const at = own.get(id) ?? elsewhere(bill, id, sheet, editions);
    const sum = sums[at];
    sums[at] = sum ? add(sum, line.rounded) : line.rounded;
  }
  sums.forEach((sum, at) => { if (sum) cells[FIRST_LINE + at] = money(sum); });
  const after = FIRST_LINE + sheet.lines.length;
  cells[after] = money(bill.subtotal);
  for (const { name, amount } of bill.taxes) cells[after + 1 + sheet.taxes.indexOf(slug(name))] = money(amount);
  const last = after + 1 + sheet.taxes.length;
  cells[last] = money(bill.totalRounded);
  if (sheet.exact) cells[last + 1] = exactText(bill.total);
  if (sheet.reserves) cells[cells.length - 1] = reservesText(bill);
  return cells;
}

function elsewhere(bill: Bill, id: string, sheet: Sheet, editions: Editions): number {
  for (const { date } of bill.editions) {
    const program = editions.at(date)?.runtimeOf(bill.rate, bill.options)?.program;
    const at = program && placesOf(sheet, program).get(id);
    if (at !== undefined) return at;
  }
  throw new InternalError(`Internal error: a line of a bill has no column (${id}).`);
}

/** A decimal, or a fraction in lowest terms when its decimals do not end. */
function exactText(value: Exact): string {
  const amount = toJsonAmount(value);
  return typeof amount === 'string' ? amount : amount.fraction;
}

/** What the bill leaves uncomputed or takes for granted: the articles, or the codes of what no article says, each once. */
const reservesText = (bill: Bill): string => [...new Set(bill.notes.map(({ article, code }) => article ?? code))].join(' ');
