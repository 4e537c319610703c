/** Eligibility and the rules that a case must keep: what refuses it, with its article, and what could not be verified. */
import { span } from '../calendar/timeset.ts';
import { dayAt, startOfDay, type Minute } from '../calendar/zone.ts';
import type { Core, CoreCondition } from '../check/core.ts';
import { isTimeGrain } from '../check/types.ts';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { listRows } from './aggregates.ts';
import type { Instance, Row } from './session.ts';
import { Missing, Refused } from './stop.ts';
import { partsOf } from './symbols.ts';
import { inWords, showValue } from './words.ts';

/** What `exige`, `exclut` and `passe` say; the others are about the data. */
export const isOfEligibility = ({ code }: Diagnostic): boolean => code.startsWith('admissibilite/');

/**
 * `exige`, `exclut`, `contrôle`, `passe`: all the refusals together. What cannot be verified becomes a reserve. Refusals of eligibility
 * go to `refused` when someone wants the bill all the same.
 */
export function checkConditions(instance: Instance, refused?: (found: readonly Diagnostic[]) => void): void {
  const refusals: Diagnostic[] = [];
  for (const condition of instance.runtime.program.conditions) {
    try {
      if (condition.when && condition.whenGrain === 'période' && !applies(instance, condition.when)) continue;
      for (const row of conditionRows(instance, condition)) {
        const refusal = refusalOf(instance, condition, row);
        if (refusal) {
          refusals.push(refusal);
          break;
        }
      }
    } catch (stop) {
      if (!(stop instanceof Missing)) throw stop;
      const key = `condition:${condition.origin.article}:${condition.words}`;
      instance.session.note(key, { code: 'reserve/non-verifie', params: { condition: condition.words, missing: stop.what }, article: condition.origin.article });
    }
  }
  const stands = refused ? refusals.filter((item) => !isOfEligibility(item)) : refusals;
  if (stands.length > 0) throw new Refused(stands);
  if (refused && refusals.length > 0) refused(refusals);
}

/** Whether a condition is one for this case. */
function applies({ runtime, root, session }: Instance, when: Core): boolean {
  return session.holds(() => runtime.of(when)(root) as boolean);
}

function* conditionRows(instance: Instance, condition: CoreCondition): Iterable<Row> {
  const { grain } = condition;
  if (grain.startsWith('liste:')) yield* listRows(instance.runtime, grain.slice(6), instance.root, []);
  else if (isTimeGrain(grain)) {
    const days = grain === 'partie' ? partsOf(instance.runtime, instance) : undefined;
    const slices = days ?? sliceDays(instance);
    for (const [rank, slice] of slices.entries()) yield { instance, set: span(slice.start, slice.end), start: slice.start, end: slice.end, grain, item: undefined, rank };
  } else yield instance.root;
}
function sliceDays(instance: Instance): { start: Minute; end: Minute }[] {
  const out: { start: Minute; end: Minute }[] = [];
  for (let day = dayAt(instance.period.start); startOfDay(day) < instance.period.end; day++) out.push({ start: Math.max(startOfDay(day), instance.period.start), end: Math.min(startOfDay(day + 1), instance.period.end) });
  return out;
}

function refuses({ runtime }: Instance, condition: CoreCondition, row: Row): boolean {
  if (condition.when && !(runtime.of(condition.when)(row) as boolean)) return false;
  const holds = condition.condition ? (runtime.of(condition.condition)(row) as boolean) : true;
  return condition.mode === 'exige' || condition.mode === 'contrôle' ? !holds : holds;
}

function refusalOf(instance: Instance, condition: CoreCondition, row: Row): Diagnostic | undefined {
  const rt = instance.runtime;
  if (!refuses(instance, condition, row)) return undefined;
  const { article } = condition.origin;
  const instead = insteadOf(condition, row.instance);
  const place = { pointer: row.item?.pointer ?? '', article, rates: condition.rate === undefined ? instead : [condition.rate] };
  const shown = condition.shows && (condition.shows.grain === 'période' || condition.shows.grain === condition.grain) ? ` (${inWords(condition.shows.name)} : ${showValue(rt.reader(condition.shows)(row), condition.shows)})` : '';
  switch (condition.mode) {
    case 'exige': return diagnostic('admissibilite/exige', { article, condition: condition.words, found: shown, instead: instead.join(', ') }, place);
    case 'exclut': return diagnostic('admissibilite/exclut', { article, condition: condition.words, instead: instead.join(', ') }, place);
    case 'contrôle': return diagnostic('controle/non-respecte', { article, condition: condition.words, found: shown }, place);
    case 'passe': return diagnostic('admissibilite/passage', { article, rate: condition.rate ?? '', condition: condition.words === '' ? '' : ` : ${condition.words}` }, place);
  }
}

/** Of the rates that the article names, those to which the case is admissible. */
function insteadOf(condition: CoreCondition, { session, index }: Instance): string[] {
  return condition.instead.filter((rate) => {
    const other = session.runtimeOf(rate, []);
    return other !== undefined && isEligible(session.instance(other, index));
  });
}

/** Whether the conditions of a rate admit the case; what is missing admits. */
export function isEligible(instance: Instance): boolean {
  return instance.runtime.program.conditions.every((condition) => {
    if (condition.mode !== 'exige' && condition.mode !== 'exclut') return true;
    try {
      return [...conditionRows(instance, condition)].every((row) => !refuses(instance, condition, row));
    } catch (stop) {
      if (stop instanceof Missing) return true;
      throw stop;
    }
  });
}
