/** Whether the amounts of a bill depend on what came before its period: on a history, or on what an earlier bill handed on. */
import type { Core, Program, ValueSymbol } from './core.ts';
import { walkAmounts, walkCore } from './walk.ts';

const known = new WeakMap<Program, boolean>();

/**
 * Whether an amount of this program may be read from the past. Conditions are left out: what only they read is a reserve on the bill
 * when it is missing. When in doubt it is true: a program that consults another rate, or that has lists of events, is taken to look back.
 */
export function looksBack(program: Program): boolean {
  let found = known.get(program);
  if (found === undefined) known.set(program, (found = program.carried.length > 0 || program.lists.size > 0 || amountsReachBack(program)));
  return found;
}

function amountsReachBack(program: Program): boolean {
  const seen = new Set<ValueSymbol>();
  let back = false;
  const visit = (core: Core): void => {
    if (core.op === 'previousPeriod' || core.op === 'within' || core.op === 'apply' || core.op === 'eligible') back = true;
    if (core.op === 'aggregate' && core.rows.kind !== 'finer' && core.rows.kind !== 'daysOfPeriod') back = true;
    if ((core.op === 'symbol' || core.op === 'measure') && !seen.has(core.symbol)) {
      seen.add(core.symbol);
      if (core.symbol.value) walkCore(core.symbol.value, visit);
    }
  };
  walkAmounts(program, visit);
  if (program.duration?.value) walkCore(program.duration.value, visit);
  return back;
}
