/** Two rates over the same range: which is the cheaper where, and the exact points where they cross. */
import { compare, equals, reduce, type Exact } from '../../quantity/exact.ts';
import { minus, rootAfter, signAfter, times } from './polynomial.ts';
import { valueOf, type Formula, type Pieces } from './pieces.ts';

/** Who bills less on a stretch; `first only`: the other refuses the case. */
export type Verdict = 'first' | 'second' | 'same' | 'first only' | 'second only' | 'neither' | 'untold';

export interface Zone { readonly from: Exact; readonly to: Exact | undefined; readonly verdict: Verdict }

export interface Crossing {
  readonly x: Exact;
  /** What both bill there; undefined when one leaps over the other. */
  readonly bill: Exact | undefined;
  readonly before: Verdict;
  readonly after: Verdict;
}

export interface Duel { readonly zones: readonly Zone[]; readonly crossings: readonly Crossing[] }

export function duelOf(first: Pieces, second: Pieces): Duel {
  const cuts = [...first.pieces, ...second.pieces].map(({ from }) => from).sort(compare).filter((x, index, all) => index === 0 || !equals(x, all[index - 1] ?? x));
  const ends = [first, second].map(({ pieces }) => pieces.at(-1)?.to);
  const end = ends.flatMap((each) => each ?? []).sort(compare)[0];
  const starts = [first, second].flatMap(({ pieces }) => pieces[0]?.from ?? []).sort(compare);
  const start = starts.at(-1);
  const zones: Zone[] = [];
  const add = (from: Exact, to: Exact | undefined, verdict: Verdict): void => {
    const last = zones.at(-1);
    if (last?.verdict === verdict && last.to && equals(last.to, from)) zones[zones.length - 1] = { ...last, to };
    else zones.push({ from, to, verdict });
  };
  cuts.forEach((cut, index) => {
    if (start === undefined || compare(cut, start) < 0 || (end && compare(cut, end) >= 0)) return;
    const to = cuts[index + 1] ?? end;
    const [a, b] = [formulaAfter(first, cut), formulaAfter(second, cut)];
    if (!a || !b) return;
    if (a.kind === 'refused' || b.kind === 'refused') {
      add(cut, to, a.kind === 'bill' ? 'first only' : b.kind === 'bill' ? 'second only' : 'neither');
      return;
    }
    const above = minus(times(a.total.above, b.total.below), times(b.total.above, a.total.below));
    const below = times(a.total.below, b.total.below);
    for (let from: Exact | undefined = cut; from && (!to || compare(from, to) < 0);) {
      const order = signAfter(above, from) * signAfter(below, from);
      const root = rootAfter(above, from);
      if (root === 'inexact') { add(from, to, 'untold'); break; }
      const until: Exact | undefined = root && (!to || compare(root, to) < 0) ? root : to;
      add(from, until, order < 0 ? 'first' : order > 0 ? 'second' : 'same');
      from = until;
    }
  });
  return { zones, crossings: crossingsOf(zones, first, second) };
}

function crossingsOf(zones: readonly Zone[], first: Pieces, second: Pieces): Crossing[] {
  const compared = (verdict: Verdict): boolean => verdict === 'first' || verdict === 'second' || verdict === 'same';
  return zones.flatMap((zone, index): Crossing[] => {
    const last = zones[index - 1];
    if (!last || !compared(last.verdict) || !compared(zone.verdict)) return [];
    const x = reduce(zone.from);
    const [a, b] = [billAt(first, x), billAt(second, x)];
    return [{ x, bill: a && b && equals(a, b) ? a : undefined, before: last.verdict, after: zone.verdict }];
  });
}

/** The bill at a point: at a break what was worked out there, else what its piece says. */
function billAt({ pieces, breaks }: Pieces, x: Exact): Exact | undefined {
  const known = breaks.find((each) => equals(each.x, x));
  if (known) return known.at;
  const piece = pieces.find(({ from, to }) => compare(from, x) <= 0 && (!to || compare(x, to) <= 0));
  return piece?.formula.kind === 'bill' ? valueOf(piece.formula.total, x) : undefined;
}

const formulaAfter = ({ pieces }: Pieces, x: Exact): Formula | undefined => pieces.find(({ from, to }) => compare(from, x) <= 0 && (!to || compare(to, x) > 0))?.formula;
