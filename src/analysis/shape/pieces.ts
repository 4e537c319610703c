/** What a walk found, as people ask for it: the stretches where one formula holds, and the points between them, each with what makes it. */
import type { Program } from '../../check/core.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Entry } from '../../evaluate/lines.ts';
import { compare, divide, equals, isZero, ZERO, type Exact } from '../../quantity/exact.ts';
import { causesOf, type Cause } from './causes.ts';
import { asQuotient, type Question } from './varying.ts';
import { minus, times, valueAt, type Quotient } from './polynomial.ts';
import type { Outcome, Stretch, Walked } from './walk.ts';

/** A line of the bill, as a formula of x: dollars, and x in the unit of its declaration. */
export interface ShapeLine {
  readonly name: string;
  readonly title: string;
  readonly role: Entry['role'];
  readonly article: string;
  readonly tranche: number | undefined;
  /** Tells it from other lines of the same name: another tranche, another part of the period. */
  readonly key: string;
  readonly amount: Quotient;
}

/** What the bill is on a stretch: its formula before taxes with its lines, or what refuses it. */
export type Formula =
  | { readonly kind: 'bill'; readonly lines: readonly ShapeLine[]; readonly total: Quotient }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] };

export interface Piece {
  readonly from: Exact;
  /** Undefined: without end. */
  readonly to: Exact | undefined;
  readonly formula: Formula;
}

/** Where the formula changes. */
export interface Break {
  readonly x: Exact;
  /** The bill just before, at the point, and just beyond; undefined where there is none. */
  readonly before: Exact | undefined;
  readonly at: Exact | undefined;
  readonly after: Exact | undefined;
  /** `none`: lines change places, and the bill is as it would have been. */
  readonly effect: 'slope' | 'jump' | 'eligibility' | 'none';
  readonly causes: readonly Cause[];
}

/** Pieces that follow each other, and the breaks between them, one fewer. */
export interface Pieces { readonly pieces: readonly Piece[]; readonly breaks: readonly Break[] }

export function piecesOf({ stretches, points }: Walked, program: Program): Pieces {
  const pieces: Piece[] = [];
  const breaks: Break[] = [];
  stretches.forEach((stretch, index) => {
    const formula = formulaOf(stretch.outcome);
    const last = pieces.at(-1);
    const before = stretches[index - 1];
    const point = points[index];
    if (!last || !before || !point) { pieces.push({ from: stretch.from, to: stretch.to, formula }); return; }
    const at = point.outcome.kind === 'bill' ? point.outcome.total : undefined;
    if (continues(last.formula, formula, point.x, point.outcome)) {
      pieces[pieces.length - 1] = { ...last, to: stretch.to };
      return;
    }
    breaks.push(breakAt(point.x, at, last.formula, formula, [...before.changing, ...startingAt(stretch, point.x)], program));
    pieces.push({ from: stretch.from, to: stretch.to, formula });
  });
  return { pieces, breaks };
}

export function formulaOf(outcome: Outcome): Formula {
  if (outcome.kind === 'refused') return outcome;
  const lines = outcome.entries.map((entry): ShapeLine => ({
    name: entry.line, title: entry.title, role: entry.role, article: entry.origin.article, tranche: entry.tranche, amount: asQuotient(entry.amount),
    key: [entry.line, entry.role, entry.tranche ?? '', entry.start, entry.title].join('|'),
  })).filter(({ amount }) => amount.above.length > 0);
  return { kind: 'bill', lines, total: asQuotient(outcome.total) };
}

/** Questions that only what follows asks, and whose answer changes at the point. */
const startingAt = (stretch: Stretch, x: Exact): Question[] => stretch.questions.filter(({ of }) => isZero(valueAt(of, x)));

export const sameQuotient = (a: Quotient, b: Quotient): boolean => minus(times(a.above, b.below), times(b.above, a.below)).length === 0;

/** A formula's value at a point; undefined where it has none. */
export function valueOf({ above, below }: Quotient, x: Exact): Exact | undefined {
  const under = valueAt(below, x);
  return isZero(under) ? undefined : divide(valueAt(above, x), under);
}

const limitOf = (formula: Formula, x: Exact): Exact | undefined => (formula.kind === 'bill' ? valueOf(formula.total, x) : undefined);

/** Whether nothing changes at a point: the same lines with the same formulas, and the bill there is what they say; or the same refusal. */
function continues(a: Formula, b: Formula, x: Exact, there: Outcome): boolean {
  if (a.kind === 'refused' || b.kind === 'refused') return a.kind === b.kind && there.kind === 'refused' && refusal(a) === refusal(b);
  if (a.lines.length !== b.lines.length || !a.lines.every((line) => b.lines.some((other) => other.key === line.key && sameQuotient(other.amount, line.amount)))) return false;
  const value = valueOf(a.total, x);
  return there.kind === 'bill' && value !== undefined && equals(value, there.total);
}
const refusal = (formula: Formula): string => (formula.kind === 'refused' ? formula.diagnostics.map(({ code, article }) => `${code} ${article ?? ''}`).join('|') : '');

function breakAt(x: Exact, at: Exact | undefined, left: Formula, right: Formula, questions: readonly Question[], program: Program): Break {
  const [before, after] = [limitOf(left, x), limitOf(right, x)];
  const jumps = before === undefined || at === undefined || after === undefined || compare(before, at) !== 0 || compare(at, after) !== 0;
  const effect = left.kind === 'refused' || right.kind === 'refused' ? 'eligibility' : jumps ? 'jump' : sameQuotient(left.total, right.total) ? 'none' : 'slope';
  return { x, before, at, after, effect, causes: causesOf(left, right, questions, program) };
}

/** A bill that is a + b·x on a piece, in dollars; undefined for a curve. */
export function affine({ above, below }: Quotient): { readonly constant: Exact; readonly slope: Exact } | undefined {
  if (below.length !== 1 || above.length > 2) return undefined;
  const by = below[0] ?? ZERO;
  return { constant: divide(above[0] ?? ZERO, by), slope: divide(above[1] ?? ZERO, by) };
}
