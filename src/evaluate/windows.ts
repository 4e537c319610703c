/** Windows on the past: which periods of the timeline they hold. */
import { covers, fromSpans, isEmpty, span, type Slice } from '../calendar/timeset.ts';
import { dayAt, formatLocalDateTime, startOfDay } from '../calendar/zone.ts';
import { type PeriodWindow } from '../check/core.ts';
import { currentOccurrence, plageSet } from './plages.ts';
import type { Runtime} from './runtime.ts';
import { instant } from './runtime.ts';
import type { PeriodData } from './case.ts';
import { LazyNote, type Row, type Session } from './session.ts';

/** The periods of a window, oldest first, as places on the timeline. */
export function periodsOf(rt: Runtime, window: PeriodWindow, row: Row): number[] {
  const { instance } = row;
  const { session, index } = instance;
  const upTo = (last: number, keep: (period: PeriodData) => boolean): number[] => {
    const found: number[] = [];
    for (let i = 0; i <= last; i++) { const period = session.timeline[i]; if (period && keep(period)) found.push(i); }
    return found;
  };
  switch (window.kind) {
    case 'count': {
      const last = window.previous ? index - 1 : index;
      const found = upTo(last, () => true).slice(-window.count);
      if (found.length < window.count && window.count !== Infinity) coverage(session, `les ${window.count} ${window.previous ? 'périodes précédentes' : 'dernières périodes'}`, undefined);
      return found;
    }
    case 'months': {
      const end = window.previous ? instance.period.start : index === session.timeline.length - 1 ? Math.max(session.windowEnd, instance.period.end) : instance.period.end;
      const start = startOfDay(dayAt(end) - 30 * window.count);
      const found = upTo(window.previous ? index - 1 : index, (period) => period.end > start && period.start < end);
      if (index === session.timeline.length - 1) coverage(session, `les ${window.count} ${window.previous ? 'mois précédents' : 'derniers mois'}`, { start, end: instance.period.start });
      return found;
    }
    case 'filtered':
      return periodsOf(rt, window.of, row).filter((i) => {
        const period = session.timeline[i];
        if (!period) return false;
        const set = plageSet(rt, window.plage, row, period);
        return window.entirely ? covers(set, span(period.start, period.end)) : !isEmpty(set);
      });
    case 'season': {
      const whole = currentOccurrence(rt, window.plage, row);
      return upTo(window.previous ? index - 1 : index, (period) => period.end > whole.start && period.start < whole.end);
    }
    case 'since': {
      const from = instant(rt.of(window.date)(row));
      return upTo(index, (period) => period.start >= from);
    }
  }
}

/** Says so when the history does not reach back to the start of a window. */
function coverage(session: Session, window: string, needed: Slice | undefined): void {
  if (session.notes.has('fenetre') || (needed && session.remembered.has(needed.start))) return;
  const first = session.timeline[0]?.start ?? 0;
  const since = session.input.period.facts.get('début_de_l_abonnement');
  if (!needed && typeof since === 'number' && first <= since) return;
  if (needed) {
    const past = fromSpans(session.timeline.map((period): [number, number] => [period.start, period.end]));
    const wanted = typeof since === 'number' ? span(Math.max(needed.start, since), needed.end) : span(needed.start, needed.end);
    if (covers(past, wanted)) { session.remembered.add(needed.start); return; }
  }
  session.note('fenetre', new LazyNote('reserve/fenetre', undefined, () => ({ window, from: formatLocalDateTime(first).slice(0, 10) })));
}
