/**
 * Walks a range of one quantity from end to end: at each point where the program changes its way, the exact bill there, then what the
 * bill is just beyond and how far that holds. A plain evaluation gives the points, one on numbers that vary gives what lies between.
 */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { workOut, type Editions } from '../../evaluate/bill.ts';
import type { CaseInput } from '../../evaluate/case.ts';
import type { Entry } from '../../evaluate/lines.ts';
import type { Note, Place } from '../../evaluate/session.ts';
import { Missing, Refused, Stop } from '../../evaluate/stop.ts';
import { add, compare, ZERO, type Exact } from '../../quantity/exact.ts';
import { reach, Untold, worldAfter, type Question } from './varying.ts';

/** A case as a function of the quantity that varies. */
export interface Problem {
  readonly editions: Editions;
  readonly at: (x: Exact) => CaseInput;
}

/** What a bill is at a point or on a stretch; its amounts vary with x on a stretch. */
export type Outcome =
  | { readonly kind: 'bill'; readonly entries: readonly Entry[]; readonly total: Exact; readonly notes: readonly Note[] }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] };

export interface Stretch {
  readonly from: Exact;
  /** Undefined: without end. */
  readonly to: Exact | undefined;
  readonly outcome: Outcome;
  /** All that was asked on the way, and what changes at the end. */
  readonly questions: readonly Question[];
  readonly changing: readonly Question[];
}

/** Stretches that follow each other, and the exact outcome at each of their ends. */
export interface Walked {
  readonly stretches: readonly Stretch[];
  readonly points: readonly { readonly x: Exact; readonly outcome: Outcome }[];
  /** Where the walk had to stop short, and why. */
  readonly stopped: { readonly at: Exact; readonly why: Untold | 'many' } | undefined;
}

/** A case that lacks something: what is to be asked for. */
export class Lacking {
  constructor(readonly missing: Missing) {}
}

/** Past so many stretches a shape says nothing to anyone: a narrower range will. */
const MOST = 400;

/** From one point to another, or without end. Throws `Lacking` when the case lacks a datum. */
export function walk(problem: Problem, from: Exact, to: Exact | undefined): Walked {
  const stretches: Stretch[] = [];
  const points = [{ x: from, outcome: outcomeOf(problem, from, undefined) }];
  for (let x = from; !to || compare(x, to) < 0;) {
    if (stretches.length >= MOST) return { stretches, points, stopped: { at: x, why: 'many' } };
    let stretch: Stretch;
    try {
      stretch = stretchAfter(problem, x, to);
    } catch (stop) {
      if (!(stop instanceof Untold)) throw stop;
      return { stretches, points, stopped: { at: x, why: stop } };
    }
    stretches.push(stretch);
    if (!stretch.to) break;
    x = stretch.to;
    points.push({ x, outcome: outcomeOf(problem, x, undefined) });
  }
  return { stretches, points, stopped: undefined };
}

function stretchAfter(problem: Problem, from: Exact, most: Exact | undefined): Stretch {
  const places: Place[] = [];
  const world = worldAfter(from, () => [...places]);
  const outcome = outcomeOf(problem, world.x, places);
  const { until, changing } = reach(world.questions, from, most);
  return { from, to: until, outcome, questions: world.questions, changing };
}

function outcomeOf(problem: Problem, x: Exact, places: Place[] | undefined): Outcome {
  try {
    const { entries, notes } = workOut(problem.at(x), problem.editions, (session) => { session.places = places; });
    return { kind: 'bill', entries, total: entries.reduce((sum, entry) => add(sum, entry.amount), ZERO), notes: notes() };
  } catch (stop) {
    if (stop instanceof Missing) throw new Lacking(stop);
    if (stop instanceof Refused) return { kind: 'refused', diagnostics: stop.diagnostics };
    if (stop instanceof Stop) return { kind: 'refused', diagnostics: [stop.diagnostic] };
    throw stop;
  }
}
