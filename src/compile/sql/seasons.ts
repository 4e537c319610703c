/**
 * The calendar of a query: days fall into seasons, by the sets of time that the rate reads; of a period, a bill knows in which seasons
 * its days lie, in which order, and how many there are of each. Two periods that have the same seasons in the same order are one kind of
 * case: the bill of one is that of the other with other numbers of days.
 */
import type { Day } from '../../calendar/day.ts';
import { contains, isWholeDays, type TimeSet } from '../../calendar/timeset.ts';
import { dayAt, startOfDay, type Minute } from '../../calendar/zone.ts';
import type { CorePlage } from '../../check/core.ts';

/** Days from one to before another, all of one season. */
export interface Stretch { readonly from: Day; readonly to: Day; readonly season: number }
/** A kind of period: its seasons in order, and periods of that kind to record it with, each by its edges. */
export interface Word { readonly seasons: readonly number[]; readonly samples: readonly (readonly Day[])[] }

export interface Seasons {
  readonly stretches: readonly Stretch[];
  /** How many seasons there are. */
  readonly count: number;
  readonly words: readonly Word[];
  /** Which seasons make up a set of time; undefined when it is not made of them. */
  readonly among: (plage: CorePlage) => readonly number[] | undefined;
}

type Dated = Extract<CorePlage, { kind: 'recurring' | 'oneDate' }>;
/** A rate whose days change more often than this in a year is not one of seasons. */
const MOST_CHANGES = 8;
const SAMPLES = 2;

/** The days of a set of time that comes back, if it is made of whole days and few stretches; else undefined. */
export function wholeDaysOf(plage: Dated, from: Day, to: Day): TimeSet | undefined {
  const within = { start: startOfDay(from), end: startOfDay(to) };
  const set = plage.kind === 'recurring' ? plage.set(within) : { spans: [] };
  return isWholeDays(set) && set.spans.length / 2 <= MOST_CHANGES * Math.ceil((to - from) / 365) ? set : undefined;
}

/** `bases`: the sets of time that the rate reads, with their days from one day to before another; `first`: the first day that a period may have. */
export function seasonsOf(bases: ReadonlyMap<CorePlage, TimeSet>, from: Day, first: Day, to: Day): Seasons {
  const sets = [...bases.values()];
  const edges = new Set<Minute>(sets.flatMap(({ spans }) => [...spans]));
  const days = [from, ...[...edges].map(dayAt).filter((day) => day > from && day < to).sort((a, b) => a - b), to];
  const kinds = new Map<string, number>();
  const masks: boolean[][] = [];
  const stretches: { from: Day; to: Day; season: number }[] = [];
  days.slice(0, -1).forEach((day, index) => {
    const mask = sets.map((set) => contains(set, startOfDay(day)));
    const key = mask.join();
    let season = kinds.get(key);
    if (season === undefined) { season = masks.push(mask) - 1; kinds.set(key, season); }
    const last = stretches.at(-1);
    if (last?.season === season) last.to = days[index + 1] ?? to;
    else stretches.push({ from: day, to: days[index + 1] ?? to, season });
  });
  const ranks = new Map([...bases.keys()].map((plage, rank) => [plage, rank]));
  const all = masks.map((_, season) => season);
  const among = (plage: CorePlage): readonly number[] | undefined => {
    const both = (join: (a: boolean, b: boolean) => boolean, left: CorePlage, right: CorePlage): readonly number[] | undefined => {
      const [a, b] = [among(left), among(right)];
      return a && b && all.filter((season) => join(a.includes(season), b.includes(season)));
    };
    switch (plage.kind) {
      case 'recurring': case 'oneDate': { const rank = ranks.get(plage); return rank === undefined ? undefined : all.filter((season) => masks[season]?.[rank]); }
      case 'named': case 'daysOf': return plage.kind === 'named' && plage.own ? undefined : among(plage.plage);
      case 'ou': return both((a, b) => a || b, plage.left, plage.right);
      case 'et': return both((a, b) => a && b, plage.left, plage.right);
      case 'sauf': return both((a, b) => a && !b, plage.left, plage.right);
      default: return undefined;
    }
  };
  return { stretches, count: masks.length, words: wordsOf(stretches, first), among };
}

/** Periods of one season, and of two that follow each other. */
function wordsOf(stretches: readonly Stretch[], first: Day): Word[] {
  const words = new Map<string, { seasons: number[]; samples: Day[][] }>();
  const put = (seasons: number[], sample: Day[]): void => {
    const word = words.get(seasons.join()) ?? { seasons, samples: [] };
    words.set(seasons.join(), word);
    if (word.samples.length < SAMPLES) word.samples.push(sample);
  };
  stretches.forEach((each, index) => {
    const from = Math.max(each.from, first);
    const next = stretches[index + 1];
    if (from >= each.to) return;
    put([each.season], [from, Math.min(from + 30, each.to)]);
    put([each.season], [Math.max(from, each.to - 17), each.to]);
    if (!next || next.season === each.season) return;
    put([each.season, next.season], [Math.max(from, each.to - 11), each.to, Math.min(next.to, each.to + 19)]);
    put([each.season, next.season], [Math.max(from, each.to - 24), each.to, Math.min(next.to, each.to + 5)]);
  });
  return [...words.values()];
}
