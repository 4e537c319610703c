/**
 * Which mutations an article has: each figure by its last digit, each comparison by its strictness, each date and season by a day, each
 * window by one, each rounding by its mode. A mutation is the statement as an author's slip would have written it.
 */
import { monthLength } from '../calendar/day.ts';
import { linkSpan } from '../check/elaborate.ts';
import { parseUnit } from '../quantity/unit.ts';
import type { Span } from '../source/file.ts';
import type * as n from '../syntax/nodes.ts';
import { visit, type AnyNode } from '../syntax/visit.ts';
import { replaceNode } from './replaceNode.ts';

/** `prix`: a figure in dollars; `seuil`: one that a quantity is compared with, a tranche ends at; `chiffre`: any other. */
export type MutationKind = 'prix' | 'seuil' | 'chiffre' | 'comparaison' | 'date' | 'fenêtre' | 'arrondi';
export const MUTATION_KINDS: readonly MutationKind[] = ['prix', 'seuil', 'chiffre', 'comparaison', 'date', 'fenêtre', 'arrondi'];

export interface Mutation {
  readonly kind: MutationKind;
  /** What is changed, where it stands. */
  readonly span: Span;
  readonly from: string;
  readonly to: string;
  /** The statement as it is, and as it becomes. */
  readonly statement: n.Statement;
  readonly mutated: n.Statement;
  /** The place that an evaluation names when it uses what is changed; undefined when only the statement as a whole is known to be in force. */
  readonly used: Span | undefined;
  /** The place of a comparison: the change acts only where its two sides are equal. */
  readonly met: Span | undefined;
  /** Why no bill can tell, when that is known from the text alone. */
  readonly without: NoEffect | undefined;
}

/** Why a change cannot change a bill. */
export type NoEffect = 'continu' | 'énoncé' | 'coquille' | 'borne';

/** The mutations of a statement, in the order of its text. */
export function mutationsOf(statement: n.Statement): Mutation[] {
  if (statement.kind === 'example' || statement.kind === 'broken') return [];
  const found: Mutation[] = [];
  const role = rolesOf(statement);
  const push = (kind: MutationKind, span: Span, from: string, to: string, node: object, replacement: object, more: Partial<Mutation> = {}): void => {
    found.push({ kind, span, from, to, statement, mutated: replaceNode(statement, node, replacement), used: undefined, met: undefined, without: undefined, ...more });
  };
  visit(statement, (node) => {
    switch (node.kind) {
      case 'quantity':
        for (const step of [1, -1] as const) {
          const changed = lastDigit(node, step);
          if (changed) push(role.kindOf(node), node.span, written(node), written(changed), node, changed, { used: role.inPlage.has(node) ? undefined : node.span, without: role.without(node) });
        }
        break;
      case 'clock':
        for (const step of [1, -1]) {
          const minutes = node.minutes + step;
          if (minutes >= 0 && minutes <= 1440) push('date', node.span, clock(node.minutes), clock(minutes), node, { ...node, minutes }, { used: role.inPlage.has(node) ? undefined : node.span });
        }
        break;
      case 'date':
        for (const step of [1, -1]) {
          const changed = shifted(node, step);
          push('date', node.span, dateText(node), dateText(changed), node, changed, { used: role.inPlage.has(node) ? undefined : node.span });
        }
        break;
      case 'monthOf': for (const to of monthMutants(node)) push('date', node.span, textAt(node.span), `${textAt(node.span)}, ${to.words}`, node, to.node); break;
      case 'easter': for (const step of [1, -1]) push('date', node.span, textAt(node.span), `Pâques ${signed(node.offset + step)} jours`, node, { ...node, offset: node.offset + step }); break;
      case 'weekdays': for (const to of weekdayMutants(node)) push('date', node.span, textAt(node.span), to.words, node, to.node); break;
      case 'comparison': node.signs.forEach((sign, index) => {
        const to = STRICT[sign];
        if (to) push('comparaison', linkSpan(node, index), textAt(linkSpan(node, index)), textAt(linkSpan(node, index)).replace(sign, to), node, { ...node, signs: node.signs.with(index, to) }, { met: linkSpan(node, index) });
      }); break;
      case 'value': if (node.by) for (const to of stepMutants(node, node.by)) push('comparaison', to.guard.span, textAt(to.guard.span), to.words, node, to.node, { met: to.guard.span }); break;
      case 'jusqua': push('comparaison', node.span, textAt(node.span), `${textAt(node.span)}, exclu`, node, node, { without: 'continu' }); break;
      case 'binary': if (node.operator === 'mais au moins' || node.operator === 'mais au plus' || node.operator === 'au-delà de') push('comparaison', node.span, node.operator, `${node.operator}, bord exclu`, node, node, { without: 'continu' }); break;
      case 'call': {
        const other = { arrondi: 'entier', entier: 'arrondi' }[node.fn.name];
        if (other) push('arrondi', node.fn.span, node.fn.name, other, node, { ...node, fn: { ...node.fn, name: other } }, { used: role.operands.get(node) });
        break;
      }
      case 'months': case 'periods': case 'previousDays':
        for (const step of [1, -1]) {
          const count = node.count + step;
          if (count > 0) push('fenêtre', node.span, textAt(node.span), textAt(node.span).replace(String(node.count), String(count)), node, { ...node, count }, { used: role.aggregates.get(node) });
        }
        break;
      case 'aggregate':
        if (node.largest !== undefined) {
          for (const step of [1, -1]) {
            const largest = node.largest + step;
            if (largest > 0) push('chiffre', node.span, `les ${node.largest} plus élevées`, `les ${largest} plus élevées`, node, { ...node, largest }, { used: node.span });
          }
        }
        break;
      default: break;
    }
  });
  return found;
}

const STRICT: Readonly<Partial<Record<n.Comparator, n.Comparator>>> = { '<': '≤', '≤': '<', '>': '≥', '≥': '>' };
const textAt = ({ file, start, end }: Span): string => file.text.slice(start, end).replace(/\s+/g, ' ');
const written = ({ text, unit }: Pick<n.Quantity, 'text' | 'unit'>): string => `${text}${unit === undefined ? '' : ` ${unit}`}`;
const clock = (minutes: number): string => `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
const signed = (value: number): string => (value < 0 ? `− ${-value}` : `+ ${value}`);

/** A figure with one more, or one less, of its last printed digit; undefined when it would be less than nothing. */
function lastDigit(quantity: n.Quantity, step: 1 | -1): n.Quantity | undefined {
  const places = quantity.decimal.split('.')[1]?.length ?? 0;
  const digits = BigInt(quantity.decimal.replace('.', '')) + BigInt(step);
  if (digits < 0n) return undefined;
  const all = digits.toString().padStart(places + 1, '0');
  const decimal = places === 0 ? all : `${all.slice(0, -places)}.${all.slice(-places)}`;
  return { ...quantity, decimal, text: decimal.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, '\u00A0').replace('.', ',') };
}

/** The day before or after, with or without a year; 29 February only where a year has it. */
function shifted(date: n.DateLiteral, step: number): n.DateLiteral {
  const year = date.year ?? 2027;
  const day = date.day + step;
  const length = monthLength(year, date.month);
  if (day >= 1 && day <= length) return { ...date, day };
  const month = date.month + step;
  if (month < 1 || month > 12) return { ...date, day: month < 1 ? 31 : 1, month: month < 1 ? 12 : 1, year: date.year === undefined ? undefined : date.year + step };
  return { ...date, month, day: step > 0 ? 1 : monthLength(year, month) };
}
const MONTHS = ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'];
const dateText = ({ day, month, year, minutes }: n.DateLiteral): string => `${day === 1 ? '1er' : day} ${MONTHS[month - 1]}${year === undefined ? '' : ` ${year}`}${minutes === undefined ? '' : ` ${clock(minutes)}`}`;

type MonthOf = Extract<n.PlageExpr, { kind: 'monthOf' }>;
function monthMutants(node: MonthOf): { words: string; node: n.PlageExpr }[] {
  const date = (day: number, month: number): n.DateLiteral => ({ kind: 'date', day, month, year: undefined, minutes: undefined, span: node.span });
  const first = date(1, node.month);
  const last = date(monthLength(2028, node.month), node.month);
  const make = (from: n.DateLiteral, to: n.DateLiteral): n.PlageExpr => ({ kind: 'dates', from, to, span: node.span });
  return [1, -1].flatMap((step) => [{ words: `du ${dateText(shifted(first, step))}`, node: make(shifted(first, step), last) }, { words: `au ${dateText(shifted(last, step))}`, node: make(first, shifted(last, step)) }]);
}

const WEEK = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'];
function weekdayMutants(node: Extract<n.PlageExpr, { kind: 'weekdays' }>): { words: string; node: n.PlageExpr }[] {
  const moved = (mark: n.WeekMark, step: number): n.WeekMark => ({ ...mark, weekday: (mark.weekday - 1 + step + 7) % 7 + 1 });
  const name = ({ weekday, minutes }: n.WeekMark): string => `${WEEK[weekday - 1]}${minutes === undefined ? '' : ` ${clock(minutes)}`}`;
  return [1, -1].flatMap((step) => [{ ...node, from: moved(node.from, step) }, { ...node, to: moved(node.to, step) }]).map((made) => ({ words: `du ${name(made.from)} au ${name(made.to)}`, node: made }));
}

type StepGuard = Extract<n.Guard, { kind: 'dès' | 'sous' }>;
/** Values by steps (`dès`, `sous`) with one edge on the other side: written out as conditions, which can say it. */
function stepMutants(value: n.Value, by: n.Expr): { guard: StepGuard; words: string; node: n.Value }[] {
  const steps = value.rows.map((row) => row.guards.find((guard): guard is StepGuard => guard.kind === 'dès' || guard.kind === 'sous'));
  if (steps.every((guard) => guard === undefined) || value.rows.some((row) => row.guards.some((guard) => guard.kind === 'pour' || guard.kind === 'en' || guard.kind === 'hors'))) return [];
  const limits = (kind: StepGuard['kind'], index: number): StepGuard | undefined => (steps[index]?.kind === kind ? steps[index] : undefined);
  return steps.flatMap((flipped) => (flipped === undefined ? [] : [{
    guard: flipped, words: flipped.kind === 'dès' ? `au-dessus de ${textAt(flipped.limit.span)}` : `${textAt(flipped.limit.span)} ou moins`,
    node: { ...value, by: undefined, rows: value.rows.map((row, index): n.Row => {
      const own = steps[index];
      if (!own) return row;
      // `dès` holds up to the next `dès`; `sous` from the `sous` before it.
      const lower = own.kind === 'dès' ? own : limits('sous', index - 1);
      const upper = own.kind === 'sous' ? own : limits('dès', index + 1);
      const operands = [...(lower ? [lower.limit] : []), by, ...(upper ? [upper.limit] : [])];
      const signs: n.Comparator[] = [...(lower ? [sideBelow(lower, flipped)] : []), ...(upper ? [sideAbove(upper, flipped)] : [])];
      const condition: n.Comparison = { kind: 'comparison', operands, signs, span: own.span };
      return { ...row, guards: [...row.guards.filter((guard) => guard !== own), { kind: 'si', condition, span: own.span }] };
    }) },
  }]));
}
/** `limit ? x` of the row above an edge, and `x ? limit` of the row under it: the edge belongs above, unless it is the one that is moved. */
const sideBelow = (guard: StepGuard, flipped: StepGuard): n.Comparator => (guard === flipped ? '<' : '≤');
const sideAbove = (guard: StepGuard, flipped: StepGuard): n.Comparator => (guard === flipped ? '≤' : '<');

interface Roles {
  readonly kindOf: (quantity: n.Quantity) => MutationKind;
  readonly without: (quantity: n.Quantity) => NoEffect | undefined;
  /** Nodes of sets of time, which are worked out when the program is made. */
  readonly inPlage: ReadonlySet<AnyNode>;
  /** The aggregate of each window, and what a rounding works on. */
  readonly aggregates: ReadonlyMap<AnyNode, Span>;
  readonly operands: ReadonlyMap<AnyNode, Span>;
}

/** What the figures of a statement are for. */
function rolesOf(statement: n.Statement): Roles {
  const limits = new Set<AnyNode>();
  const bounds = new Set<AnyNode>();
  const inPlage = new Set<AnyNode>();
  const aggregates = new Map<AnyNode, Span>();
  const operands = new Map<AnyNode, Span>();
  const steps = new Set<AnyNode>();
  const all = (node: AnyNode, into: Set<AnyNode>): void => visit(node, (child) => { into.add(child); });
  visit(statement, (node) => {
    if (node.kind === 'comparison') for (const operand of node.operands) all(operand, limits);
    if (node.kind === 'jusqua' || node.kind === 'dès' || node.kind === 'sous') all(node.limit, limits);
    if (node.kind === 'binary' && (node.operator === 'mais au moins' || node.operator === 'mais au plus' || node.operator === 'au-delà de')) all(node.right, limits);
    if (node.kind === 'range' || node.kind === 'dates' || node.kind === 'singleDate') all(node, inPlage);
    if (node.kind === 'choice') all(node, inPlage);
    if (node.kind === 'aggregate') for (const selector of node.selectors) if (selector.kind === 'sur') visit(selector.window, (child) => { aggregates.set(child, node.span); });
    if (node.kind === 'call' && (node.fn.name === 'arrondi' || node.fn.name === 'entier')) { const [, step] = node.args; if (step?.kind === 'quantity') { operands.set(node, step.span); steps.add(step); } }
    if (node.kind === 'data') for (const bound of [node.least, node.most]) if (bound) all(bound, bounds);
  });
  const misprinted = statement.kind === 'misprint' && statement.printed.kind === 'quantity' ? statement.printed : undefined;
  return {
    inPlage, aggregates, operands,
    kindOf: (quantity) => (steps.has(quantity) ? 'arrondi' : isMoney(quantity) ? 'prix' : limits.has(quantity) ? 'seuil' : 'chiffre'),
    without: (quantity) => (statement.kind === 'norm' ? 'énoncé' : quantity === misprinted ? 'coquille' : bounds.has(quantity) ? 'borne' : undefined),
  };
}
const isMoney = ({ unit }: n.Quantity): boolean => unit !== undefined && (parseUnit(unit)?.dims.get('$') ?? 0) !== 0;
