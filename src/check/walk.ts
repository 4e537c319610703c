/** Goes through the core: what an expression, a set of time or a line reads. */
import type { Core, CoreLine, CorePlage, PeriodWindow, Program, Restriction, RowSource, ValueSymbol } from './core.ts';

/** Calls `visit` on every core under one, itself included, with the restrictions in force there. */
export function walkCore(core: Core, visit: (core: Core, path: readonly Restriction[]) => void, path: readonly Restriction[] = []): void {
  visit(core, path);
  const go = (child: Core | undefined, more: readonly Restriction[]): void => { if (child) walkCore(child, visit, more); };
  switch (core.op) {
    case 'measure': for (const each of core.path) walkPlage(each.plage, visit); return;
    case 'previousPeriod': go(core.operand, []); return;
    case 'isIn': go(core.operand, path); walkPlage(core.plage, visit); return;
    case 'cases': for (const row of core.rows) { go(row.when, path); if (row.during) walkPlage(row.during.plage, visit); go(row.value, path); } return;
    case 'aggregate': {
      const own = core.rows.kind === 'previousRows' ? [] : core.rows.path;
      const inner = core.rows.kind === 'periods' ? own : core.rows.kind === 'finer' ? [...path, ...own] : [];
      go(core.operand, inner); go(core.where, []); walkRows(core.rows, visit); return;
    }
    case 'within': go(core.operand, []); walkPlage(core.plage, visit); return;
    default: for (const child of childrenOf(core)) go(child, path);
  }
}

/** Whether a formula reads a name itself, not through another. */
export function readsSymbol(core: Core, symbol: ValueSymbol): boolean {
  let found = false;
  walkCore(core, (inner) => { if ((inner.op === 'symbol' || inner.op === 'measure') && inner.symbol === symbol) found = true; });
  return found;
}

/** The cores right under one: operands, conditions, rows; not the sets of time that they name. */
export function childrenOf(core: Core): Core[] {
  switch (core.op) {
    case 'add': case 'subtract': case 'multiply': case 'divide': case 'max': case 'min': case 'excess': case 'and': case 'or': case 'compare': case 'default': case 'dateDifference': return [core.left, core.right];
    case 'negate': case 'absolute': case 'not': case 'among': case 'previousPeriod': case 'within': return [core.operand];
    case 'round': case 'floor': return [core.operand, core.step];
    case 'isIn': return core.operand ? [core.operand] : [];
    case 'cases': return core.rows.flatMap((row) => (row.when ? [row.when, row.value] : [row.value]));
    case 'aggregate': return core.where ? [core.operand, core.where] : [core.operand];
    case 'apply': return core.bindings.map((binding) => binding.value);
    case 'shiftDate': return [core.date, core.amount];
    case 'constant': case 'boolean': case 'choice': case 'text': case 'date': case 'symbol': case 'measure': case 'builtin': case 'posed': case 'line': case 'total': case 'hasOption': case 'eligible': return [];
  }
}

function walkRows(rows: RowSource, visit: (core: Core, path: readonly Restriction[]) => void): void {
  if (rows.kind !== 'previousRows') for (const each of rows.path) walkPlage(each.plage, visit);
  if (rows.kind === 'periods') walkWindow(rows.window, visit);
}
function walkWindow(window: PeriodWindow, visit: (core: Core, path: readonly Restriction[]) => void): void {
  if (window.kind === 'filtered') { walkPlage(window.plage, visit); walkWindow(window.of, visit); }
  if (window.kind === 'season') walkPlage(window.plage, visit);
  if (window.kind === 'since') walkCore(window.date, visit);
}
export function walkPlage(plage: CorePlage, visit: (core: Core, path: readonly Restriction[]) => void): void {
  switch (plage.kind) {
    case 'recurring': case 'oneDate': return;
    case 'range': walkCore(plage.from, visit); walkCore(plage.to, visit); return;
    case 'list': if (plage.where) walkCore(plage.where, visit); return;
    case 'when': walkCore(plage.condition, visit); return;
    case 'daysOf': case 'named': walkPlage(plage.plage, visit); return;
    case 'cases': for (const row of plage.rows) { if (row.when) walkCore(row.when, visit); walkPlage(row.plage, visit); } return;
    case 'ou': case 'et': case 'sauf': walkPlage(plage.left, visit); walkPlage(plage.right, visit); return;
  }
}

export function walkLine(line: CoreLine, visit: (core: Core, path: readonly Restriction[]) => void): void {
  const outer = line.during.map((each): Restriction => ({ mode: each.outside ? 'sauf' : 'pendant', plage: each.plage }));
  if (line.when) walkCore(line.when, visit);
  for (const each of line.during) walkPlage(each.plage, visit);
  if (line.amount) walkCore(line.amount.value, visit, outer);
  for (const row of line.rows) {
    const inner: Restriction[] = row.during ? [...outer, { mode: row.during.outside ? 'sauf' : 'pendant', plage: row.during.plage }] : outer;
    if (row.during) walkPlage(row.during.plage, visit);
    if (row.when) walkCore(row.when, visit);
    walkCore(row.price, visit, inner);
    if (row.upTo) walkCore(row.upTo.limit, visit, inner);
    if (line.base) walkCore(line.base.value, visit, line.role === 'énergie' ? inner : outer);
  }
}

/** All that the bill itself is made of. */
export function walkAmounts(program: Pick<Program, 'lines' | 'adjustments' | 'minimums' | 'replacesBill' | 'cuts'>, visit: (core: Core, path: readonly Restriction[]) => void): void {
  for (const line of program.lines) walkLine(line, visit);
  for (const each of program.adjustments) {
    if (each.when) walkCore(each.when, visit);
    for (const during of each.during) walkPlage(during.plage, visit);
    walkCore(each.price, visit);
  }
  for (const minimum of program.minimums) for (const row of minimum.rows) { if (row.when) walkCore(row.when, visit); if (row.during) walkPlage(row.during.plage, visit); walkCore(row.value, visit); }
  if (program.replacesBill?.condition) walkCore(program.replacesBill.condition, visit);
  for (const cut of program.cuts) { if (cut.condition) walkCore(cut.condition, visit); if (cut.at.kind === 'edges') walkPlage(cut.at.plage, visit); }
}
