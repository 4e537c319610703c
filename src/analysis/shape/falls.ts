/** Whether a bill can fall when consumption rises: where and by how much, or that it cannot. */
import { compare, fromInteger, multiply, negate, sign, subtract, type Exact } from '../../quantity/exact.ts';
import type { Cause } from './causes.ts';
import { affine, type Piece, type Pieces, type ShapeLine } from './pieces.ts';
import { mayVanish, minus, rootAfter, signAfter, times, type Polynomial, type Quotient } from './polynomial.ts';

export type Fall =
  /** The bill drops at a point. */
  | { readonly kind: 'jump'; readonly x: Exact; readonly by: Exact; readonly from: Exact; readonly to: Exact; readonly causes: readonly Cause[] }
  /** The bill goes down all along a stretch; `by` is undefined when it has no end. */
  | { readonly kind: 'slope'; readonly from: Exact; readonly to: Exact | undefined; readonly slope: Exact; readonly by: Exact | undefined; readonly lines: readonly ShapeLine[] };

export interface Falls {
  readonly falls: readonly Fall[];
  /** Curves on which it could not be told. */
  readonly untold: readonly Piece[];
}

export function fallsOf({ pieces, breaks }: Pieces): Falls {
  const falls: Fall[] = [];
  const untold: Piece[] = [];
  for (const piece of pieces) {
    if (piece.formula.kind === 'refused') continue;
    const line = affine(piece.formula.total);
    if (!line) { if (mayFall(piece.formula.total, piece)) untold.push(piece); continue; }
    if (sign(line.slope) >= 0) continue;
    falls.push({
      kind: 'slope', from: piece.from, to: piece.to, slope: line.slope, by: piece.to && multiply(negate(line.slope), subtract(piece.to, piece.from)),
      lines: piece.formula.lines.filter(({ amount }) => sign(affine(amount)?.slope ?? fromInteger(0)) < 0),
    });
  }
  for (const { x, before, at, after, causes } of breaks) {
    // A bill with no value at the point itself still has one on each side.
    const seen = [before, at, after].flatMap((value) => value ?? []);
    let worst: { from: Exact; to: Exact; by: Exact } | undefined;
    seen.forEach((from, index) => seen.slice(index + 1).forEach((to) => {
      const by = subtract(from, to);
      if (sign(by) > 0 && (!worst || compare(by, worst.by) > 0)) worst = { from, to, by };
    }));
    if (worst) falls.push({ kind: 'jump', x, causes, ...worst });
  }
  return { falls: falls.sort((a, b) => compare(a.kind === 'jump' ? a.x : a.from, b.kind === 'jump' ? b.x : b.from)), untold };
}

const derivative = (p: Polynomial): Polynomial => p.slice(1).map((each, power) => multiply(each, fromInteger(power + 1)));

/** Whether a curve might go down somewhere on a piece. */
function mayFall({ above, below }: Quotient, { from, to }: Piece): boolean {
  const slope = minus(times(derivative(above), below), times(above, derivative(below)));
  if (signAfter(slope, from) < 0) return true;
  const root = rootAfter(slope, from);
  if (root === undefined) return false;
  return root === 'inexact' ? !to || mayVanish(slope, from, to) : !to || compare(root, to) < 0;
}
