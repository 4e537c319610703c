/**
 * Rows of cases: exactly one must hold. Proved where the conditions are choices, yes/no facts, and comparisons of one quantity
 * with fixed thresholds: every combination is tried. What cannot be decided so asks for `sinon`.
 */
import { dayOf } from '../../calendar/day.ts';
import { covers, intersect, isEmpty, span, union, type TimeSet, EMPTY } from '../../calendar/timeset.ts';
import { startOfDay } from '../../calendar/zone.ts';
import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { add, compare, divide, fromInteger, subtract, toDecimal, type Exact } from '../../quantity/exact.ts';
import type { Span } from '../../source/file.ts';
import type { Core, CoreRow, Program } from '../core.ts';
import { walkAmounts, walkCore } from '../walk.ts';

const MOST = 20000;

export function checkCases(program: Program, diagnostics: Diagnostic[]): void {
  const seen = new Set<Core>();
  const look = (core: Core): void => {
    if (core.op !== 'cases' || seen.has(core) || core.name === 'prix net') return;
    seen.add(core);
    prove(core.rows, core.span, diagnostics);
  };
  for (const symbol of program.symbols.values()) if (symbol.value) walkCore(symbol.value, look);
  walkAmounts(program, look);
  for (const line of program.lines) if (!line.tranches && line.rows.length > 0 && !(line.rows.length === 1 && !line.rows[0]?.during)) prove(line.rows, line.origin.span, diagnostics);
  for (const minimum of program.minimums) if (minimum.rows.length > 1) prove(minimum.rows, minimum.origin.span, diagnostics);
}

type Guarded = Pick<CoreRow, 'when' | 'during' | 'otherwise'>;

function prove(rows: readonly Guarded[], place: Span, diagnostics: Diagnostic[]): void {
  const hasOtherwise = rows.some((row) => row.otherwise);
  if (rows.some((row) => row.during)) {
    proveSeasons(rows, place, diagnostics);
    return;
  }
  const conditions = rows.filter((row) => !row.otherwise).map((row) => row.when);
  const atoms = new Map<string, Atom>();
  // Steps in time may start late: what comes before them is refused when a case meets it.
  if (conditions.some((condition) => condition !== undefined && isDated(condition))) return;
  const known = conditions.every((condition) => condition === undefined || collect(condition, atoms));
  const worlds = [...atoms.values()].reduce((count, atom) => count * atom.values.length, 1);
  if (!known || worlds > MOST) {
    if (!hasOtherwise && conditions.every((condition) => condition !== undefined) && !known) diagnostics.push(diagnostic('cas/trou', { example: 'aucune condition n’est remplie' }, { span: place }));
    return;
  }
  const useful = new Set<number>();
  for (const world of enumerate([...atoms])) {
    let held = 0;
    conditions.forEach((condition, index) => {
      if (condition !== undefined && !truthIn(condition, world)) return;
      held++;
      useful.add(index);
    });
    if (held > 1) { diagnostics.push(diagnostic('cas/chevauchement', { example: tell(world, atoms) }, { span: place })); return; }
    if (held === 0 && !hasOtherwise) { diagnostics.push(diagnostic('cas/trou', { example: tell(world, atoms) }, { span: place })); return; }
  }
  conditions.forEach((condition, index) => {
    // A condition that is settled for this rate (`grande_puissance`) may hold for another.
    if (condition && !useful.has(index) && !isSettled(condition)) diagnostics.push(diagnostic('cas/inatteignable', { row: index + 1 }, { span: place }));
  });
}

const isSettled = (core: Core): boolean => core.op === 'boolean' || ((core.op === 'and' || core.op === 'or') && (isSettled(core.left) || isSettled(core.right))) || (core.op === 'not' && isSettled(core.operand)) || (core.op === 'symbol' && core.symbol.value !== undefined && isSettled(core.symbol.value));
const isDated = (core: Core): boolean => (core.op === 'and' || core.op === 'or' ? isDated(core.left) || isDated(core.right) : core.op === 'compare' && core.right.op === 'date');

/** Seasons must share out the year: tried day by day over a leap cycle. */
function proveSeasons(rows: readonly Guarded[], place: Span, diagnostics: Diagnostic[]): void {
  if (rows.some((row) => row.when || row.otherwise)) return;
  const within = { start: startOfDay(dayOf(2024, 1, 1) ?? 0), end: startOfDay(dayOf(2028, 1, 1) ?? 0) };
  const sets: TimeSet[] = [];
  for (const row of rows) {
    // A set that the case gives (events, temperature) is known only at run time; so is its row.
    if (row.during?.plage.kind !== 'recurring') return;
    const set = row.during.plage.set(within);
    sets.push(row.during.outside ? intersectOutside(set, within) : set);
  }
  let all: TimeSet = EMPTY;
  for (const set of sets) {
    if (!isEmpty(intersect(all, set))) { diagnostics.push(diagnostic('cas/chevauchement', { example: 'deux plages se recouvrent' }, { span: place })); return; }
    all = union(all, set);
  }
  if (!covers(all, span(within.start, within.end))) diagnostics.push(diagnostic('cas/trou', { example: 'on est hors de toutes ces plages' }, { span: place }));
}
const intersectOutside = (set: TimeSet, within: { start: number; end: number }): TimeSet => {
  const edges = [within.start, ...set.spans, within.end];
  const spans: number[] = [];
  for (let i = 0; i < edges.length; i += 2) if ((edges[i] ?? 0) < (edges[i + 1] ?? 0)) spans.push(edges[i] ?? 0, edges[i + 1] ?? 0);
  return { spans };
};

type AtomValue = string | boolean | Exact;
interface Atom { readonly name: string; values: AtomValue[]; thresholds: Exact[] }
type World = ReadonlyMap<string, AtomValue>;

/** The name of what a condition tests, when it is a plain value. */
function subject(core: Core): { key: string; name: string } | undefined {
  if (core.op === 'symbol') return { key: `s${core.symbol.slot}`, name: core.symbol.name };
  if (core.op === 'measure' && core.path.length === 0) return { key: `m${core.symbol.slot}`, name: core.symbol.name };
  if (core.op === 'builtin') return { key: `b${core.name}`, name: core.name };
  return undefined;
}

function collect(core: Core, atoms: Map<string, Atom>): boolean {
  switch (core.op) {
    case 'boolean': return true;
    case 'and': case 'or': return collect(core.left, atoms) && collect(core.right, atoms);
    case 'not': return collect(core.operand, atoms);
    case 'hasOption': atoms.set(`o${core.option}`, { name: `option ${core.option}`, values: [true, false], thresholds: [] }); return true;
    case 'symbol': {
      if (core.symbol.kind.kind !== 'boolean') return false;
      // A yes/no definition is seen through, so that `monophasé` and `triphasé` are known to exclude each other.
      if (core.symbol.value && core.symbol.value.op !== 'cases' && collectable(core.symbol.value)) return collect(core.symbol.value, atoms);
      atoms.set(`s${core.symbol.slot}`, { name: core.symbol.name, values: [true, false], thresholds: [] });
      return true;
    }
    case 'among': {
      const at = subject(core.operand);
      return at !== undefined && domain(core.operand, at, core.choices, atoms);
    }
    case 'compare': {
      const left = subject(core.left);
      const right = core.right.op === 'constant' ? core.right.value : core.right.op === 'choice' ? core.right.value : undefined;
      return left !== undefined && right !== undefined && domain(core.left, left, [right], atoms);
    }
    default: return false;
  }
}
const collectable = (core: Core): boolean => collect(core, new Map());

function domain(core: Core, at: { key: string; name: string }, values: readonly (string | Exact)[], atoms: Map<string, Atom>): boolean {
  const symbol = core.op === 'symbol' || core.op === 'measure' ? core.symbol : undefined;
  const atom = atoms.get(at.key) ?? { name: at.name, values: [], thresholds: [] };
  atoms.set(at.key, atom);
  const choices = symbol?.data?.choices;
  if (choices && choices.length > 0) { atom.values = [...choices]; return true; }
  if (symbol?.kind.kind === 'choice') { atom.values = [...symbol.kind.choices]; return true; }
  if (core.op === 'builtin') { atom.values = [...new Set([...atom.values, ...values, 'un autre'])]; return true; }
  for (const value of values) if (typeof value !== 'string') atom.thresholds.push(value);
  const least = symbol?.data?.least?.op === 'constant' ? symbol.data.least.value : undefined;
  const sorted = [...atom.thresholds].sort(compare);
  const points: Exact[] = [];
  sorted.forEach((threshold, index) => {
    if (index === 0) points.push(subtract(threshold, fromInteger(1)));
    points.push(threshold);
    const next = sorted[index + 1];
    points.push(next ? divide(add(threshold, next), fromInteger(2)) : add(threshold, fromInteger(1)));
  });
  atom.values = points.filter((point) => !least || compare(point, least) >= 0);
  return true;
}

function* enumerate(atoms: readonly (readonly [string, Atom])[], index = 0, world = new Map<string, AtomValue>()): Iterable<World> {
  const current = atoms[index];
  if (!current) { yield world; return; }
  for (const value of current[1].values) { world.set(current[0], value); yield* enumerate(atoms, index + 1, world); }
}

function truthIn(core: Core, world: World): boolean {
  switch (core.op) {
    case 'boolean': return core.value;
    case 'and': return truthIn(core.left, world) && truthIn(core.right, world);
    case 'or': return truthIn(core.left, world) || truthIn(core.right, world);
    case 'not': return !truthIn(core.operand, world);
    case 'hasOption': return world.get(`o${core.option}`) === true;
    case 'symbol': {
      const direct = world.get(`s${core.symbol.slot}`);
      return direct === undefined ? core.symbol.value !== undefined && truthIn(core.symbol.value, world) : direct === true;
    }
    case 'among': { const value = world.get(subject(core.operand)?.key ?? ''); return core.choices.some((choice) => same(choice, value)); }
    case 'compare': {
      const value = world.get(subject(core.left)?.key ?? '');
      const right = core.right.op === 'constant' || core.right.op === 'choice' ? core.right.value : undefined;
      if (typeof value === 'object' && typeof right === 'object') {
        const order = compare(value, right);
        return { '=': order === 0, '≠': order !== 0, '<': order < 0, '≤': order <= 0, '>': order > 0, '≥': order >= 0 }[core.sign];
      }
      return core.sign === '=' ? value === right : core.sign === '≠' && value !== right;
    }
    default: return false;
  }
}
const same = (a: AtomValue, b: AtomValue | undefined): boolean => (typeof a === 'object' && typeof b === 'object' ? compare(a, b) === 0 : a === b);

function tell(world: World, atoms: ReadonlyMap<string, Atom>): string {
  return [...world].map(([key, value]) => `${atoms.get(key)?.name ?? key} = ${typeof value === 'object' ? toDecimal(value, 6).text.replace('.', ',') : value === true ? 'oui' : value === false ? 'non' : value}`).join(', ');
}
