/**
 * The difference of two bills, article by article, as exact amounts that add up to it: what is due to the quantity, the price and the time of
 * each line, the lines of one bill only, the rounding of the lines, and each tax.
 *
 * Of a line that is quantity × price × time on both bills, each factor's part is the mean, over the orders in which the factors may change
 * one after the other, of what its change does. The parts add up exactly, and going from B to A gives the opposite of going from A to B.
 */
import type { Bill, BillLine } from '../evaluate/bill.ts';
import { entriesOf } from '../evaluate/lines.ts';
import type { TraceNode } from '../evaluate/session.ts';
import { add, divide, equals, fromInteger, isZero, multiply, negate, ONE, subtract, ZERO, type Exact } from '../quantity/exact.ts';
import { sameDims } from '../quantity/unit.ts';
import { causesOf, type Cause } from './causes.ts';
import { pairLines, type Pair } from './matchLines.ts';

export type Factor = 'quantité' | 'prix' | 'durée';
/** What a row of the difference is due to: a factor of a line, a line as a whole, a line of one bill only, or what comes after the lines. */
export type RowKind = Factor | 'montant' | 'en moins' | 'en plus' | 'arrondi' | 'taxe';

/** A figure of a row, with its unit. */
export interface Figure { readonly value: Exact; readonly dims: ReadonlyMap<string, number>; readonly factor: Factor | undefined }

export interface DifferenceRow {
  readonly kind: RowKind;
  /** The article to which the row goes: that which sets the figure that changed, when there is one, else that of the line. */
  readonly article: string | undefined;
  /** The articles of the line itself, on each bill. */
  readonly lineArticles: readonly [string | undefined, string | undefined];
  readonly line: string;
  readonly title: string;
  readonly a: Figure | undefined;
  readonly b: Figure | undefined;
  readonly amount: Exact;
  readonly causes: readonly Cause[];
}

export interface Difference {
  readonly a: Bill;
  readonly b: Bill;
  /** What B costs more than A, with taxes. */
  readonly total: Exact;
  readonly rows: readonly DifferenceRow[];
  /** Lines, or pairs of them, that come to the same amount by the same factors. */
  readonly alike: number;
}

const DOLLARS: ReadonlyMap<string, number> = new Map([['$', 1]]);
const money = (value: Exact): Figure => ({ value, dims: DOLLARS, factor: undefined });
const sum = (amounts: readonly Exact[]): Exact => amounts.reduce(add, ZERO);

/** The rows of B − A. Both bills must have been made with their trace, or no row tells what changed a figure. */
export function differenceOf(a: Bill, b: Bill): Difference {
  const pairs = pairLines(withEmpty(a), withEmpty(b)).filter((pair) => [...pair.a, ...pair.b].some((line) => !isZero(line.amount)));
  const byPair = pairs.map((pair) => rowsOf(pair, a, b));
  const end = (kind: 'arrondi' | 'taxe', title: string, one: Exact, other: Exact): DifferenceRow => ({ kind, article: undefined, lineArticles: [undefined, undefined], line: kind, title, a: money(one), b: money(other), amount: subtract(other, one), causes: [] });
  const taxes = [...new Set([...a.taxes, ...b.taxes].map(({ name }) => name))];
  const tax = (bill: Bill, name: string): Exact => bill.taxes.find((each) => each.name === name)?.amount ?? ZERO;
  const rows = [...byPair.flat(), end('arrondi', 'arrondi', subtract(a.subtotal, a.total), subtract(b.subtotal, b.total)), ...taxes.map((name) => end('taxe', name, tax(a, name), tax(b, name)))];
  return { a, b, total: subtract(b.totalRounded, a.totalRounded), rows: rows.filter((row) => !isZero(row.amount)), alike: byPair.filter((list) => list.every((row) => isZero(row.amount))).length };
}

/** The lines of a bill with those that came to nothing and are not printed: their quantity, or their price, is 0. */
function withEmpty({ lines, instance }: Bill): BillLine[] {
  const printed = new Set<object>(lines);
  return [...lines, ...entriesOf(instance).filter((entry) => isZero(entry.amount) && !printed.has(entry)).map((entry): BillLine => ({ ...entry, rounded: ZERO }))];
}

/** What each article adds to the difference, in the order of the rows; rounding and taxes by their names. */
export function byArticle({ rows }: Difference): ReadonlyMap<string, Exact> {
  const found = new Map<string, Exact>();
  for (const row of rows) {
    const key = row.article ?? row.title;
    found.set(key, add(found.get(key) ?? ZERO, row.amount));
  }
  return found;
}

function rowsOf(pair: Pair, a: Bill, b: Bill): DifferenceRow[] {
  const [one, other] = [factorsOf(pair.a), factorsOf(pair.b)];
  const [amountA, amountB] = [sum(pair.a.map((line) => line.amount)), sum(pair.b.map((line) => line.amount))];
  const [first, second] = [pair.a[0], pair.b[0]];
  const line = second ?? first;
  if (!line) return [];
  const articles = [first?.origin.article, second?.origin.article] as const;
  const row = (kind: RowKind, from: Figure | undefined, to: Figure | undefined, amount: Exact, causes: readonly Cause[]): DifferenceRow => ({
    kind, article: articleOf(causes, kind, a, b) ?? line.origin.article, lineArticles: articles, line: line.line, title: titleOf(pair), a: from, b: to, amount, causes,
  });
  // A tranche that one of the bills does not reach is the same tranche with nothing in it.
  const [left, right] = [one ?? emptied(other, first, line, a), other ?? emptied(one, second, line, b)];
  if (left && right && comparable(left, right)) {
    const parts = shared(left, right);
    return (['quantité', 'prix', 'durée'] as const).flatMap((kind, index) => (isZero(parts[index] ?? ZERO) ? [] : [row(kind, left.figures[index], right.figures[index], parts[index] ?? ZERO, causesIn(pair, kind, a, b))]));
  }
  const amount = subtract(amountB, amountA);
  const whole = !first ? 'en plus' : !second ? 'en moins' : 'montant';
  const made = row(whole, first && money(amountA), second && money(amountB), amount, first && second ? causesIn(pair, 'montant', a, b) : []);
  const replacing = !first ? replacementIn(a, line) : !second ? replacementIn(b, line) : undefined;
  return [replacing === undefined ? made : { ...made, article: replacing }];
}

/** The article by which a bill has other lines in place of those of its rate, when that is why it lacks one. */
function replacementIn(bill: Bill, line: BillLine): string | undefined {
  const { replacesBill } = bill.instance.runtime.program;
  return line.layer === 'tarif' && !bill.lines.some(({ layer }) => layer === 'tarif') ? replacesBill?.origin.article : undefined;
}

const titleOf = ({ a, b }: Pair): string => [...new Set([...a, ...b].map((line) => line.title))].join(' → ');

// ── factors ──────────────────────────────────────────────────────────────
/** quantity × price × time; the sign of a credit is in the price. */
interface Factors { readonly values: readonly [Exact, Exact, Exact]; readonly figures: readonly [Figure | undefined, Figure | undefined, Figure | undefined]; readonly timeKind: string | undefined }

/** The factors of a line, or of several as one: their quantities and the price that they come to. */
function factorsOf(lines: readonly BillLine[]): Factors | undefined {
  const [line] = lines;
  if (!line) return undefined;
  const amount = sum(lines.map((each) => each.amount));
  if (lines.length === 1 && line.price && line.priceDims) {
    const [quantity, time] = [line.quantity ?? ONE, line.time?.value ?? ONE];
    const product = multiply(multiply(quantity, line.price), time);
    const price = equals(product, amount) ? line.price : equals(negate(product), amount) ? negate(line.price) : undefined;
    if (price) return factors(line, quantity, price, time);
    // A share of the amount of other lines: what it is a share of is its quantity.
    return line.priceDims.size === 0 && !isZero(line.price) ? factors({ ...line, quantityDims: DOLLARS, time: undefined }, divide(amount, line.price), line.price, ONE) : undefined;
  }
  // Pieces at several prices: those of the days of a rate by the day, those on each side of a cut.
  if (!lines.every((each) => each.quantity && each.quantityDims && !each.time)) return undefined;
  const quantity = sum(lines.map((each) => each.quantity ?? ZERO));
  if (isZero(quantity) || !line.quantityDims) return undefined;
  return factors({ ...line, priceDims: priceOf(line.quantityDims) }, quantity, divide(amount, quantity), ONE);
}
const priceOf = (quantity: ReadonlyMap<string, number>): ReadonlyMap<string, number> => new Map([['$', 1], ...[...quantity].map(([unit, power]): [string, number] => [unit, -power])]);

function factors(line: Pick<BillLine, 'quantity' | 'quantityDims' | 'priceDims' | 'time'>, quantity: Exact, price: Exact, time: Exact): Factors {
  const unit: ReadonlyMap<string, number> = line.time?.factor === 'durée' ? new Map([['mois', 1]]) : new Map([['jour', 1]]);
  return {
    values: [quantity, price, time], timeKind: line.time?.factor,
    figures: [line.quantityDims && { value: quantity, dims: line.quantityDims, factor: 'quantité' }, line.priceDims && { value: price, dims: line.priceDims, factor: 'prix' }, line.time && { value: time, dims: unit, factor: 'durée' }],
  };
}

/** The other side's line with nothing in it, when the bill has that line and did not reach its tranche. */
function emptied(other: Factors | undefined, own: BillLine | undefined, line: BillLine, bill: Bill): Factors | undefined {
  const reached = bill.lines.some((each) => each.line === line.line && each.role === line.role && each.tranche !== undefined);
  if (own || !other || line.tranche === undefined || !reached) return undefined;
  const [quantity] = other.figures;
  return { ...other, values: [ZERO, other.values[1], other.values[2]], figures: [quantity && { ...quantity, value: ZERO }, other.figures[1], other.figures[2]] };
}

/** Whether two lines are made alike: the same units, and the same time or none. */
function comparable(a: Factors, b: Factors): boolean {
  const alike = (one: Figure | undefined, other: Figure | undefined): boolean => (one && other ? sameDims(one.dims, other.dims) : one === other);
  return a.timeKind === b.timeKind && alike(a.figures[0], b.figures[0]) && alike(a.figures[1], b.figures[1]);
}

/** The part of each factor in the difference of two products of three: the mean over the six orders. */
function shared({ values: [q0, p0, t0] }: Factors, { values: [q1, p1, t1] }: Factors): [Exact, Exact, Exact] {
  const part = (from: Exact, to: Exact, [x0, x1]: readonly [Exact, Exact], [y0, y1]: readonly [Exact, Exact]): Exact => {
    const weighed = sum([multiply(fromInteger(2), multiply(x0, y0)), multiply(x0, y1), multiply(x1, y0), multiply(fromInteger(2), multiply(x1, y1))]);
    return divide(multiply(subtract(to, from), weighed), fromInteger(6));
  };
  return [part(q0, q1, [p0, p1], [t0, t1]), part(p0, p1, [q0, q1], [t0, t1]), part(t0, t1, [q0, q1], [p0, p1])];
}

// ── causes ───────────────────────────────────────────────────────────────
function causesIn({ a, b }: Pair, kind: Factor | 'montant', billA: Bill, billB: Bill): Cause[] {
  if (kind === 'durée') return [];
  const read = (own: readonly BillLine[], other: readonly BillLine[], bill: Bill): readonly TraceNode[] => {
    // A tranche that is not reached was still looked for: by the other tranches of its line.
    const lines = own.length > 0 ? own : bill.lines.filter((line) => other.some((each) => each.line === line.line && each.role === line.role)).slice(0, 1);
    return lines.flatMap(({ reads }) => (kind === 'prix' ? reads?.price ?? [] : kind === 'quantité' ? [...(reads?.quantity ?? []), ...(reads?.limit ?? [])] : [...(reads?.amount ?? []), ...(reads?.price ?? []), ...(reads?.quantity ?? [])]));
  };
  return causesOf(read(a, b, billA), read(b, a, billB));
}

/** The article that sets the only value that changed, when it is a rule and not what the customer consumed. */
function articleOf(causes: readonly Cause[], kind: RowKind, a: Bill, b: Bill): string | undefined {
  if (kind !== 'prix' && kind !== 'quantité' && kind !== 'montant') return undefined;
  const rules = causes.filter(({ name }) => [a, b].some((bill) => bill.instance.runtime.program.symbols.get(name)?.role === 'definition'));
  const articles = new Set(rules.map((cause) => cause.b?.article ?? cause.a?.article));
  return causes.length > 0 && rules.length === causes.length && articles.size === 1 ? [...articles][0] : undefined;
}
