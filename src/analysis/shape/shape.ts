/** The shape of a rate: its bill as a function of one quantity, exactly, from end to end of a range. */
import type { Catalogue, ReadTable } from '../../contract/readCase.ts';
import type { Json } from '../../contract/json.ts';
import type { Program } from '../../check/core.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Editions } from '../../evaluate/bill.ts';
import type { CaseInput } from '../../evaluate/case.ts';
import type { Note } from '../../evaluate/session.ts';
import { compare, divide, fromInteger, multiply, ZERO, type Exact } from '../../quantity/exact.ts';
import { fallsOf, type Falls } from './falls.ts';
import { piecesOf, type Pieces } from './pieces.ts';
import { problemOf, standIn, type CaseReader, type Quantity, type ShapeAsk } from './question.ts';
import { Lacking, walk, type Problem, type Walked } from './walk.ts';

/** All quantities of a shape are in the unit of the quantity's declaration, and dollars before taxes, exact: no line is rounded to the cent. */
export interface Shape extends Pieces, Falls {
  readonly ask: ShapeAsk;
  readonly program: Program;
  readonly input: CaseInput;
  /** Undefined when the rate does not read the quantity: its bill does not vary. */
  readonly quantity: Quantity | undefined;
  readonly stopped: Walked['stopped'];
  /** What the bills have to say: presumptions and reserves. */
  readonly notes: readonly Note[];
  /** Exact bills at points. */
  readonly pointsAt: (points: readonly Exact[]) => readonly Point[];
}

export interface Point {
  readonly x: Exact;
  /** Undefined when the case is refused there. */
  readonly bill: Exact | undefined;
  /** The bill over the quantity. */
  readonly average: Exact | undefined;
}

/** Draws the shape of a rate. What the case lacks comes back all at once, as far as it can be told. */
export function shapeOf(ask: ShapeAsk, catalogue: Catalogue, editions: Editions, readTable: ReadTable, reference?: Program, reads?: CaseReader): Shape | { readonly diagnostics: readonly Diagnostic[] } {
  const made = problemOf(ask, catalogue, editions, readTable, reference, reads);
  if ('diagnostics' in made) return made;
  let walked: Walked;
  try {
    walked = walk(made.problem, ask.from, ask.to);
  } catch (stop) {
    if (!(stop instanceof Lacking)) throw stop;
    return { diagnostics: [stop.missing.diagnostic, ...furtherMissing(ask, made.program, stop, (more) => {
      const next = problemOf(more, catalogue, editions, readTable, reference);
      return 'diagnostics' in next ? undefined : next.problem;
    })] };
  }
  const pieces = piecesOf(walked, made.program);
  return {
    ask, program: made.program, input: made.input, quantity: made.quantity, ...pieces, ...fallsOf(pieces), stopped: walked.stopped,
    notes: [...new Map(walked.points.flatMap(({ outcome }) => (outcome.kind === 'bill' ? outcome.notes : [])).map((note) => [`${note.code} ${note.article ?? ''} ${JSON.stringify(note.params)}`, note])).values()],
    pointsAt: (points) => points.map((x) => pointOf(made.problem, x)),
  };
}

const MOST_MISSING = 12;
/** Poses a value for what is missing, to find what else would be. */
function furtherMissing(ask: ShapeAsk, program: Program, first: Lacking, problem: (ask: ShapeAsk) => Problem | undefined): Diagnostic[] {
  const found: Diagnostic[] = [];
  const posed = new Map<string, Json>(ask.data);
  let lacking: Lacking | undefined = first;
  while (lacking && found.length < MOST_MISSING) {
    const value = standIn(program, lacking.missing.what);
    if (value === undefined || posed.has(lacking.missing.what)) return found;
    posed.set(lacking.missing.what, value);
    const next = problem({ ...ask, data: posed });
    if (!next) return found;
    try {
      walk(next, ask.from, ask.from);
      return found;
    } catch (stop) {
      if (!(stop instanceof Lacking)) throw stop;
      lacking = stop;
      found.push(stop.missing.diagnostic);
    }
  }
  return found;
}

function pointOf(problem: Problem, x: Exact): Point {
  const outcome = walk(problem, x, x).points[0]?.outcome;
  const bill = outcome?.kind === 'bill' ? outcome.total : undefined;
  return { x, bill, average: bill && compare(x, ZERO) > 0 ? divide(bill, x) : undefined };
}

/** The end of what is worth looking at: the range's own, or half as far again as the last break. */
export function endOf(shapes: readonly Shape[], marks: readonly Exact[] = []): Exact {
  const [first] = shapes;
  if (first?.ask.to) return first.ask.to;
  const last = [...shapes.flatMap(({ breaks, stopped }) => [...breaks.map(({ x }) => x), ...(stopped ? [stopped.at] : [])]), ...marks].sort(compare).at(-1);
  const from = first?.ask.from ?? ZERO;
  return last && compare(last, from) > 0 ? multiply(last, divide(fromInteger(3), fromInteger(2))) : multiply(compare(from, ZERO) > 0 ? from : fromInteger(1000), fromInteger(2));
}
