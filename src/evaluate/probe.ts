/** Questions about a case that a bill answers only in part: it stops at the first thing that is wrong, and someone who compares rates asks for all. */
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { cutBill, type Editions } from './bill.ts';
import type { CaseInput } from './case.ts';
import { checkConditions } from './conditions.ts';
import { lackingInLines } from './lines.ts';
import { Session, type Instance } from './session.ts';
import { Missing, Refused, Stop } from './stop.ts';

/** The data that the lines of the bill ask for and the case does not give: one a line and a part of the period, each once. */
export function lackingData(input: CaseInput, editions: Editions): readonly Diagnostic[] {
  const found: Missing[] = [];
  const stopped = attempt(() => {
    const parts = cutBill(input, editions, []);
    const timeline = [...input.history, ...parts.map(({ period }) => period)];
    for (const [index, { edition, runtime }] of parts.entries()) {
      const session = new Session(input, timeline, edition.runtimeOf, input.period.end);
      found.push(...lackingInLines(session.instance(runtime, input.history.length + index)));
    }
  });
  return [...new Map([...found, ...(stopped instanceof Missing ? [stopped] : [])].map((each) => [each.what, each.diagnostic])).values()];
}

/** The articles that refuse the rate to the case, or move it to another, before anything is worked out; none when what it gives does not tell. */
export function eligibilityOf(input: CaseInput, editions: Editions): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  attempt(() => { checkConditions(wholePeriod(input, editions), (refused) => found.push(...refused)); });
  return found;
}

function wholePeriod(input: CaseInput, editions: Editions): Instance {
  const last = cutBill(input, editions, []).at(-1);
  if (!last) throw new Refused([]);
  return new Session(input, [...input.history, input.period], last.edition.runtimeOf, input.period.end).instance(last.runtime, input.history.length);
}

/** Why the work stopped, if it did. */
function attempt(make: () => void): Stop | Refused | undefined {
  try {
    make();
    return undefined;
  } catch (stop) {
    if (stop instanceof Stop || stop instanceof Refused) return stop;
    throw stop;
  }
}
