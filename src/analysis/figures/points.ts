/** A shape as points to draw and as numbers to read. A picture is drawn with doubles; the numbers beside it are worked out exactly. */
import { compare, divide, equals, fromInteger, multiply, ratio, sign, toDecimal, ZERO, type Exact } from '../../quantity/exact.ts';
import { valueOf } from '../shape/pieces.ts';
import type { Shape } from '../shape/shape.ts';
import { rangeOf } from './source.ts';

export const drawn = (x: Exact): number => Number(toDecimal(x, 12).text);

/** The exact bill at a point: at a break, what was worked out there; undefined where the case is refused. */
export function billAt(shape: Shape, x: Exact): Exact | undefined {
  const known = shape.breaks.find((each) => equals(each.x, x));
  if (known) return known.at;
  const piece = shape.pieces.find(({ from, to }) => compare(from, x) <= 0 && (!to || compare(x, to) <= 0));
  return piece?.formula.kind === 'bill' ? valueOf(piece.formula.total, x) : undefined;
}

/** How many steps along a piece that is not straight. */
const STEPS = 32;
/** An average price is drawn past this share of the range: before, it is too high to say anything. */
export const SHARE = 0.08;

/** The bill along the range. */
export function billPoints(shape: Shape): (readonly [number, number])[] {
  return alongPieces(shape, 0, (x, bill) => [x, bill], false);
}
/** The bill over the quantity. */
export function averagePoints(shape: Shape, share = SHARE): (readonly [number, number])[] {
  return alongPieces(shape, share * drawn(rangeOf(shape)), (x, bill) => [x, bill / x], true);
}

function alongPieces({ pieces, ...shape }: Shape, least: number, point: (x: number, bill: number) => readonly [number, number], curved: boolean): (readonly [number, number])[] {
  return pieces.flatMap(({ from, to, formula }): (readonly [number, number])[] => {
    const [start, end] = [Math.max(drawn(from), least), drawn(to ?? shape.ask.to ?? ZERO)];
    if (start >= end) return [];
    if (formula.kind === 'refused') return [[start, NaN]];
    const { above, below } = formula.total;
    const [top, bottom] = [above.map(drawn), below.map(drawn)];
    const value = (terms: readonly number[], x: number): number => terms.reduceRight((sum, each) => sum * x + each, 0);
    const straight = above.length <= 2 && below.length <= 1 && !curved;
    const count = straight ? 1 : STEPS;
    return Array.from({ length: count + 1 }, (_, index) => start + (index / count) * (end - start)).map((x) => point(x, value(top, x) / value(bottom, x)));
  });
}

/** Round points of the range, and those where something changes. */
export function pointsToTell(shapes: readonly Shape[], more: readonly Exact[] = []): Exact[] {
  const [first] = shapes;
  if (!first) return [];
  const end = rangeOf(first);
  const round = Array.from({ length: 5 }, (_, index) => multiply(end, ratio(BigInt(index + 1), 5n)));
  const all = [...round, ...shapes.flatMap(({ breaks }) => breaks.filter(({ effect }) => effect !== 'none').map(({ x }) => x)), ...more].filter((x) => sign(x) > 0 && compare(x, end) <= 0).sort(compare);
  return all.filter((x, index) => index === 0 || !equals(x, all[index - 1] ?? ZERO));
}

export const averageAt = (shape: Shape, x: Exact): Exact | undefined => { const bill = billAt(shape, x); return bill && sign(x) > 0 ? divide(bill, x) : undefined; };
export const percent = (part: Exact): Exact => multiply(part, fromInteger(100));
