/** Whether two programs read a case alike: one case read for the first may then be billed with the second. */
import type { Core, Program, ValueSymbol } from '../check/core.ts';
import { toFraction, type Exact } from '../quantity/exact.ts';
import { dimsKey } from '../quantity/unit.ts';
import { caseSchema, originals } from './schema.ts';

const prints = new WeakMap<Program, string>();
const known = new WeakMap<Program, WeakMap<Program, boolean>>();

/** The same names, units, bounds, choices and lists. Prices and rules may differ; so may the data of other rates, which such a case does not give. */
export function readsAlike(a: Program, b: Program): boolean {
  if (a === b) return true;
  let answers = known.get(a);
  if (!answers) known.set(a, (answers = new WeakMap()));
  let answer = answers.get(b);
  if (answer === undefined) answers.set(b, (answer = printOf(a) === printOf(b)));
  return answer;
}

function printOf(program: Program): string {
  let print = prints.get(program);
  if (print === undefined) {
    const { $id: _, title: __, ...schema } = caseSchema(program, new Set(), []);
    const plain = JSON.stringify(schema, (key, value: unknown) => (PROSE.has(key) ? undefined : value));
    print = [plain, ...originals(program, []).map(symbolPrint), ...program.measureKeys.map(({ key, symbol }) => `${key} ${symbol.name}`), ...[...program.lists].map(([name, list]) => `${name} ${symbolPrint(list)}`), ...program.carried].join('\n');
    prints.set(program, print);
  }
  return print;
}
/** What the schema says to people only. */
const PROSE: ReadonlySet<string> = new Set(['description', 'x-article', 'x-besoin']);

const bound = (core: Core | undefined): string => (core?.op === 'constant' ? valueText(core.value) : core === undefined ? '' : '?');
const valueText = (value: Exact | boolean | string | number): string => (typeof value === 'object' ? toFraction(value) : String(value));
function symbolPrint({ name, role, grain, kind, metered, data }: ValueSymbol): string {
  const sort = data ? [data.sort, data.unitText, toFraction(data.factor), bound(data.least), bound(data.most), ...data.choices.map(valueText), ...data.choiceNames] : [];
  return [name, role, grain, kind.kind === 'quantity' ? dimsKey(kind.dims) : kind.kind, metered, ...sort].join(' ');
}
