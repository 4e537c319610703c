/**
 * Numbers that vary: the interpreter runs as it is, on a case where one quantity is not a number but x, standing just right of a point.
 * Sums, products and quotients of x are worked out as such; each time the program asks which of two of them is larger, it is told what is
 * true just right of the point, and the question is kept. Up to the first point where one of the answers changes, any x takes the very
 * same way through the program: there, what it gave holds exactly. Nothing is sampled, so nothing is missed.
 */
import { add, compare, divide, floorTo, fromInteger, roundTo, subtract, type Algebra, type Comparing, type Exact } from '../../quantity/exact.ts';
import type { Place } from '../../evaluate/session.ts';
import { invariant } from '../../support/invariant.ts';
import { constant, mayVanish, minus, plus, quotient, rootAfter, signAfter, times, valueAt, type Polynomial, type Quotient } from './polynomial.ts';

/** A question that the program asked of x: the sign of a polynomial. */
export interface Question {
  readonly of: Polynomial;
  readonly by: Comparing | 'rounding' | 'division';
  readonly places: readonly Place[];
}

/** What no fraction tells: the point where a question changes its answer, or a rounding to a step that varies itself. */
export class Untold {
  constructor(readonly places: readonly Place[], readonly by: Question['by']) {}
}

class Varying implements Exact, Quotient {
  constructor(readonly algebra: Algebra, readonly above: Polynomial, readonly below: Polynomial) {}
  /** Whoever reads digits decides something unasked: a bug, found at once. */
  get n(): bigint { invariant(false, 'a number that varies has no digits'); return 0n; }
  get d(): bigint { invariant(false, 'a number that varies has no digits'); return 1n; }
}

/** A value as a quotient of polynomials in x, whether it varies or not. */
export const asQuotient = (value: Exact): Quotient => (value instanceof Varying ? value : { above: constant(value), below: ONE });
const ONE: Polynomial = constant(fromInteger(1));

export interface World {
  readonly x: Exact;
  /** What was asked so far. */
  readonly questions: readonly Question[];
}

/** A world where x stands just right of a point. `places` tells where the program is. */
export function worldAfter(point: Exact, places: () => readonly Place[]): World {
  const questions: Question[] = [];
  const made = (above: Polynomial, below: Polynomial): Exact => {
    const { above: top, below: bottom } = quotient(above, below);
    return top.length <= 1 && bottom.length <= 1 ? (top[0] ?? { n: 0n, d: 1n }) : new Varying(algebra, top, bottom);
  };
  const signOf = (value: Exact, by: Question['by']): -1 | 0 | 1 => {
    const { above, below } = asQuotient(value);
    ask(above, by);
    if (below.length > 1) ask(below, 'division');
    return (signAfter(above, point) * signAfter(below, point)) as -1 | 0 | 1;
  };
  const ask = (of: Polynomial, by: Question['by']): void => { if (of.length > 1) questions.push({ of, by, places: places() }); };
  const limit = (value: Exact): Exact => {
    const { above, below } = asQuotient(value);
    const under = valueAt(below, point);
    return under.n === 0n ? point : divide(valueAt(above, point), under);
  };
  const algebra: Algebra = {
    add: (a, b) => { const [l, r] = [asQuotient(a), asQuotient(b)]; return made(plus(times(l.above, r.below), times(r.above, l.below)), times(l.below, r.below)); },
    multiply: (a, b) => { const [l, r] = [asQuotient(a), asQuotient(b)]; return made(times(l.above, r.above), times(l.below, r.below)); },
    divide: (a, b) => { const [l, r] = [asQuotient(a), asQuotient(b)]; ask(r.above, 'division'); return made(times(l.above, r.below), times(l.below, r.above)); },
    compare: (a, b, by) => {
      const [l, r] = [asQuotient(a), asQuotient(b)];
      return signOf(made(minus(times(l.above, r.below), times(r.above, l.below)), times(l.below, r.below)), by);
    },
    // Between two steps a rounding is a constant; where it jumps, a question is kept.
    toStep: (x, step, how) => {
      if (step instanceof Varying) throw new Untold(places(), 'rounding');
      const half = how === 'nearest' ? divide(step, fromInteger(2)) : step;
      let found = how === 'nearest' ? roundTo(limit(x), step) : floorTo(limit(x), step);
      const below = (): Exact => (how === 'nearest' ? subtract(found, half) : found);
      if (signOf(subtract(x, below()), 'rounding') < 0) found = subtract(found, step);
      if (signOf(subtract(x, add(found, half)), 'rounding') >= 0) found = add(found, step);
      signOf(subtract(x, below()), 'rounding');
      signOf(subtract(x, add(found, half)), 'rounding');
      return found;
    },
    shown: limit,
  };
  return { x: new Varying(algebra, [fromInteger(0), fromInteger(1)], ONE), questions };
}

/** Up to where all answers stay what they are: the nearest change, with the questions that change there. */
export function reach(questions: readonly Question[], point: Exact, most: Exact | undefined): { readonly until: Exact | undefined; readonly changing: readonly Question[] } {
  let until = most;
  let changing: Question[] = [];
  const inexact: Question[] = [];
  for (const question of questions) {
    const root = rootAfter(question.of, point);
    if (root === 'inexact') inexact.push(question);
    if (root === undefined || root === 'inexact') continue;
    const order = until ? compare(root, until) : -1;
    if (order < 0) { until = root; changing = [question]; } else if (order === 0) changing.push(question);
  }
  const untold = inexact.find((question) => !until || mayVanish(question.of, point, until));
  if (untold) throw new Untold(untold.places, untold.by);
  return { until, changing };
}
