/** Sets of time of a program that are the same for every customer: the hours of a week, the seasons of a year. */
import { dayOf } from '../../calendar/day.ts';
import { intersect, span, subtract, touchedDays, union, type TimeSet } from '../../calendar/timeset.ts';
import { startOfDay, type Minute } from '../../calendar/zone.ts';
import type { CorePlage, CoreRow, Program } from '../../check/core.ts';

type Within = { readonly start: Minute; readonly end: Minute };

/** The set within two instants; what a case designates (a list of days, say) is taken as empty and its name kept in `left`. Undefined when the set is a case's altogether. */
export function fixedSet(plage: CorePlage, within: Within, left: Set<string>): TimeSet | undefined {
  switch (plage.kind) {
    case 'recurring': return plage.set(within);
    case 'oneDate': { const day = dayOf(plage.year, plage.month, plage.day) ?? 0; return intersect(span(startOfDay(day), startOfDay(day + 1)), span(within.start, within.end)); }
    case 'named': return plage.own ? undefined : fixedSet(plage.plage, within, left);
    case 'daysOf': { const set = fixedSet(plage.plage, within, left); return set && touchedDays(set); }
    case 'ou': case 'et': case 'sauf': {
      const [a, b] = [fixedSet(plage.left, within, left), fixedSet(plage.right, within, left)];
      if (!a || (!b && plage.kind === 'et')) return plage.kind === 'ou' ? b : undefined;
      if (!b) { left.add(nameOf(plage.right)); return a; }
      return plage.kind === 'ou' ? union(a, b) : plage.kind === 'et' ? intersect(a, b) : subtract(a, b);
    }
    case 'range': case 'list': case 'when': case 'cases': return undefined;
  }
}
const nameOf = (plage: CorePlage): string => (plage.kind === 'named' ? plage.name : plage.kind === 'list' ? plage.list : '');

export interface Used { readonly name: string; readonly plage: CorePlage; /** The rows that are billed outside of it. */ readonly outside: boolean }
/** The named sets of time that prices go by, and those in which a case's events must lie. */
export function setsUsed({ lines, adjustments, minimums, lists, plages }: Program): Used[] {
  const during: readonly (CoreRow['during'])[] = [...lines.flatMap((line) => [...line.during, ...line.rows.map((row) => row.during)]), ...adjustments.flatMap((each) => each.during), ...minimums.flatMap(({ rows }) => rows.map((row) => row.during))];
  const events = [...lists.values()].flatMap(({ data }) => (data?.within ? [{ plage: data.within, outside: false }] : []));
  const named = (plage: CorePlage): string | undefined => (plage.kind === 'named' ? (plage.own ? undefined : plage.name) : plage.kind === 'recurring' && plages.has(plage.key) ? plage.key : undefined);
  const found = new Map<string, Used>();
  for (const each of [...during, ...events]) {
    const name = each && named(each.plage);
    if (each && name !== undefined) found.set(`${each.outside} ${name}`, { name, plage: each.plage, outside: each.outside });
  }
  return [...found.values()];
}
