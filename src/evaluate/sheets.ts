/** The sheets of time: how long their rows are, and which rows a set of time holds. */
import { splitByDay, splitByStep, type Slice, type TimeSet } from '../calendar/timeset.ts';
import type { Grain } from '../check/types.ts';

/** The length of a row in minutes, or the longest step of a series that is read row by row; a day counts as 24 h. */
export const stepOf = (grain: Grain): number => (grain === 'intervalle' ? 15 : grain === 'heure' ? 60 : 1440);

/** The rows of a sheet in a set of time, each cut to the set. */
export const slicesOf = (set: TimeSet, grain: 'jour' | 'heure' | 'intervalle'): Slice[] => (grain === 'jour' ? splitByDay(set) : splitByStep(set, stepOf(grain)));
