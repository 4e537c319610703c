/** What makes a bill change its way at a point: which article, and which of its rules. */
import type { Core, Program, ValueSymbol } from '../../check/core.ts';
import { walkCore, walkLine } from '../../check/walk.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Formula, ShapeLine } from './pieces.ts';
import { sameQuotient } from './pieces.ts';
import type { Question } from './varying.ts';

export interface Cause {
  /** A tranche ends; the minimum bill begins or ceases to hold; a base passes its threshold; `mais au moins`, `mais au plus`; a condition; a rounding; who may have the rate; a line, without more. */
  readonly kind: 'tranche' | 'minimum' | 'threshold' | 'floor' | 'ceiling' | 'condition' | 'rounding' | 'eligibility' | 'line';
  readonly article: string;
  /** The line of the bill. */
  readonly line: string | undefined;
  /** The name in the program where it is decided, when it is not the line itself. */
  readonly name: string | undefined;
  /** The last tranche before. */
  readonly tranche: number | undefined;
  /** What refuses, on the side where there is no bill. */
  readonly refusal: Diagnostic | undefined;
}

const cause = (kind: Cause['kind'], article: string, more: Partial<Cause> = {}): Cause => ({ kind, article, line: undefined, name: undefined, tranche: undefined, refusal: undefined, ...more });

const KINDS: Readonly<Record<Question['by'], Cause['kind']>> = { excess: 'threshold', maximum: 'floor', minimum: 'ceiling', comparison: 'condition', sign: 'condition', division: 'condition', rounding: 'rounding' };

/** The causes of a break, from what differs between its two sides and what the program asked there. */
export function causesOf(left: Formula, right: Formula, questions: readonly Question[], program: Program): readonly Cause[] {
  if (left.kind === 'refused' || right.kind === 'refused') {
    const refused = right.kind === 'refused' ? right : left.kind === 'refused' ? left : undefined;
    return unique((refused?.diagnostics ?? []).map((item) => cause('eligibility', item.article ?? '', { refusal: item })));
  }
  const changed = [...changedLines(left.lines, right.lines), ...changedLines(right.lines, left.lines)];
  const found = [...new Set(changed.map(({ name }) => name))].flatMap((name): Cause[] => {
    const lines = changed.filter((line) => line.name === name);
    const [first] = lines;
    if (!first) return [];
    if (first.role === 'minimum') return [cause('minimum', first.article, { line: first.title })];
    const tranches = lines.flatMap(({ tranche }) => tranche ?? []);
    if (tranches.length > 0) return [cause('tranche', first.article, { line: first.title.replace(/, [^,]*$/, ''), tranche: Math.min(...tranches) })];
    const read = readBy(program, name);
    // A name may have been worked out, and its question asked, for another reader.
    const own = questions.filter(({ places }) => { const inner = places.at(-1); return places[0]?.name === name || (inner?.symbol && read.has(inner.symbol)); });
    const asked = own.length > 0 ? own : questions;
    return asked.length > 0 ? asked.map((question) => asCause(question, first)) : [cause('line', first.article, { line: first.title })];
  });
  return unique(found);
}

const reads = new WeakMap<Program, Map<string, ReadonlySet<ValueSymbol>>>();
/** The names that a line of a program is made from, near and far. */
function readBy(program: Program, name: string): ReadonlySet<ValueSymbol> {
  const byLine = reads.get(program) ?? new Map<string, ReadonlySet<ValueSymbol>>();
  reads.set(program, byLine);
  const known = byLine.get(name);
  if (known) return known;
  const found = new Set<ValueSymbol>();
  const visit = (core: Core): void => {
    if ((core.op !== 'symbol' && core.op !== 'measure') || found.has(core.symbol)) return;
    found.add(core.symbol);
    if (core.symbol.value) walkCore(core.symbol.value, visit);
  };
  for (const line of program.lines) if (line.name === name) walkLine(line, visit);
  byLine.set(name, found);
  return found;
}

function asCause({ by, places }: Question, line: ShapeLine): Cause {
  const inner = places.at(-1);
  return cause(KINDS[by], inner?.article ?? line.article, { line: line.title, name: inner && inner.name !== line.name ? inner.name : undefined });
}

/** Lines of one side that the other has not, or has with another formula. */
const changedLines = (some: readonly ShapeLine[], others: readonly ShapeLine[]): ShapeLine[] => some.filter((line) => !others.some((other) => other.key === line.key && sameQuotient(other.amount, line.amount)));

/** Of several alike, one; a condition says less than the rule that it serves. */
function unique(causes: readonly Cause[]): readonly Cause[] {
  const kept = [...new Map(causes.map((each) => [[each.kind, each.article, each.line, each.name, each.refusal?.code].join('|'), each])).values()];
  const telling = kept.filter(({ kind }) => kind !== 'condition');
  return telling.length > 0 ? telling : kept;
}
