/**
 * A case that would notice a mutation that no example notices: the nearest example of a rate where it acts, with some of its data changed
 * until the book and the mutated book give two bills. What it must give is left to be worked by hand.
 */
import { civil, dayOf } from '../calendar/day.ts';
import { add, compare, divide, fromInteger, isZero, multiply, ONE, parseExact, subtract, ZERO, type Exact } from '../quantity/exact.ts';
import { parseUnit } from '../quantity/unit.ts';
import { billCase, type BillOutcome, type Editions } from '../evaluate/bill.ts';
import { prepare } from '../evaluate/editions.ts';
import { openExample, programOfExample } from '../evaluate/example.ts';
import type { Programs } from '../check/program.ts';
import type * as n from '../syntax/nodes.ts';
import { visit } from '../syntax/visit.ts';
import { concerns, type Subject } from './campaign.ts';
import { choiceEdits, edited, figureEdit, figuresOf, periodEdits, writtenWith, type Edit } from './edits.ts';
import { mutantOf, type Laboratory, type Trial } from './kill.ts';
import type { Mutation } from './mutations.ts';

/** Bills made, two by two, before giving up on a mutation; one with a series counts for many, for it takes as long. */
const PATIENCE = 120;
const WITH_SERIES = 12;
/** Examples to start from. */
const STARTS = 8;

/** The example that would notice, ready to paste; undefined when none was found. */
export function witnessOf(laboratory: Laboratory, subject: Subject, mutation: Mutation, trials: readonly Trial[]): string | undefined {
  const mutant = mutantOf(laboratory, mutation);
  let apart: Exact | undefined;
  const near = mutation.met ?? mutation.span;
  const plain = editionsOf(laboratory);
  const watched = prepare(laboratory.books, { used: () => undefined, met: () => undefined, apart: (at, by) => { if (at.file === near.file && at.start <= near.start && near.end <= at.end) apart = by; } });
  let left = PATIENCE;
  for (const trial of startsFor(laboratory, subject, mutation, trials)) {
    const { example, article } = trial;
    /** Whether some changes make two bills; and how far the comparison then is from its edge. */
    const price = example.lines.some((line) => line.kind === 'assignment' && line.sheet) ? WITH_SERIES : 1;
    const attempt = (edits: readonly Edit[], editions = plain): { readonly told: string | undefined; readonly apart: Exact | undefined } => {
      left -= price;
      apart = undefined;
      const changed = edited(example, edits);
      const before = outcomeOf(changed, trial, laboratory.programs, editions);
      const seen = apart;
      if (!before) return { told: undefined, apart: seen };
      const after = outcomeOf(changed, trial, mutant.programs, mutant.editions);
      return { told: after && differ(before, after) ? written(example, edits, mutation, before, article.number) : undefined, apart: seen };
    };
    for (const edits of changesOf(example, trial, laboratory, mutation)) {
      if (left <= 0) return undefined;
      const { told } = attempt(edits);
      if (told !== undefined) return told;
    }
    // Towards the edge of the comparison: a bill is made of straight pieces, so a secant lands on it.
    for (const figure of figuresOf(example)) {
      let from = figure.value;
      if (left <= 0) return undefined;
      let at = attempt([], watched).apart;
      let step: Exact = multiply(ONE, figure.factor);
      for (let round = 0; round < 3 && at && left > 0; round++) {
        const probe = figureEdit(figure, add(from, step));
        const there = probe && attempt([probe], watched);
        if (there?.told !== undefined) return there.told;
        const slope = there?.apart && subtract(there.apart, at);
        if (!slope || isZero(slope)) break;
        const target = subtract(from, divide(multiply(at, step), slope));
        const edit = figureEdit(figure, target);
        if (!edit) break;
        const found = attempt([edit], watched);
        if (found.told !== undefined) return found.told;
        from = target;
        at = found.apart;
        step = multiply(divide(ONE, fromInteger(8)), figure.factor);
      }
    }
    if (left <= 0) return undefined;
  }
  return undefined;
}

const opened = new WeakMap<Laboratory, Editions>();
/** The editions as they are, made ready once. */
function editionsOf(laboratory: Laboratory): Editions {
  let editions = opened.get(laboratory);
  if (!editions) opened.set(laboratory, (editions = prepare(laboratory.books)));
  return editions;
}

/** The examples to start from: those of the article, of its file, then one of each rate where the mutation acts; the short ones first. */
function startsFor(laboratory: Laboratory, subject: Subject, mutation: Mutation, trials: readonly Trial[]): Trial[] {
  const all = trials.filter((trial) => trial.book === laboratory.index && concerns(trial, laboratory, [mutation.statement]));
  const length = ({ example }: Trial): number => example.span.end - example.span.start;
  const rank = ({ article }: Trial): number => (article.number === subject.article ? 0 : article.span.file === mutation.span.file ? 1 : 2);
  const sorted = [...all].sort((a, b) => rank(a) - rank(b) || length(a) - length(b));
  const own = sorted.filter((trial) => rank(trial) < 2).slice(0, STARTS - 3);
  const rates = new Map<string, Trial>();
  for (const trial of sorted) {
    const { rate, options } = programOfExample(trial.example, trial.article);
    const key = [rate, ...options].join('+');
    if (!rates.has(key)) rates.set(key, trial);
  }
  return [...new Set([...own, ...rates.values()])].slice(0, STARTS);
}

/** Changes to try, one at a time, the likeliest first. */
function* changesOf(example: n.ExampleStatement, trial: Trial, { programs, book }: Laboratory, mutation: Mutation): Iterable<readonly Edit[]> {
  yield [];
  const { rate, options } = programOfExample(example, trial.article);
  const elaborator = rate === undefined ? undefined : programs.elaboratorOf(rate, options);
  const figures = figuresOf(example);
  const limits = limitsOf(mutation);
  for (const figure of figures) {
    const dims = figure.node.unit === undefined ? '' : [...parseUnit(figure.node.unit)?.dims ?? []].join();
    for (const limit of limits) if (limit.dims === dims) for (const value of limit.values) { const edit = figureEdit(figure, value); if (edit) yield [edit]; }
  }
  yield* periodEdits(example, daysNear(mutation, civil(book.edition.date).year));
  if (elaborator) for (const edit of choiceEdits(example, elaborator, trial.article.number)) yield [edit];
  for (const figure of figures) {
    const { value, factor } = figure;
    for (const to of [multiply(value, fromInteger(2)), divide(value, fromInteger(2)), multiply(value, fromInteger(10)), ZERO, add(value, factor), subtract(value, factor), divide(value, fromInteger(10)), multiply(value, fromInteger(100))]) {
      const edit = figureEdit(figure, to);
      if (edit) yield [edit];
    }
  }
}

/** The figures of what is changed, each with its neighbours: values at which a datum may tell. */
function limitsOf({ statement, mutated, span }: Mutation): { readonly dims: string; readonly values: readonly Exact[] }[] {
  const figures = (tree: n.Statement): n.Quantity[] => { const found: n.Quantity[] = []; visit(tree, (node) => { if (node.kind === 'quantity' && node.span.start >= span.start && node.span.end <= span.end) found.push(node); }); return found; };
  const value = ({ decimal, unit }: n.Quantity): Exact => multiply(parseExact(decimal) ?? ZERO, unit === undefined ? ONE : parseUnit(unit)?.factor ?? ONE);
  const changed = figures(mutated);
  return figures(statement).map((figure, index) => {
    const [a, b] = [value(figure), changed[index] ? value(changed[index]) : value(figure)];
    const unit = figure.unit === undefined ? ONE : parseUnit(figure.unit)?.factor ?? ONE;
    return { dims: figure.unit === undefined ? '' : [...parseUnit(figure.unit)?.dims ?? []].join(), values: [a, b, divide(add(a, b), fromInteger(2)), add(a, unit), subtract(a, unit)] };
  });
}

/** First days of a period that has the dates of what is changed inside it, and a winter and a summer. */
function daysNear({ statement, span }: Mutation, year: number): number[] {
  const days: number[] = [];
  const put = (month: number, day: number, of: number | undefined): void => {
    for (const each of of === undefined ? [year, year + 1] : [of]) { const at = dayOf(each, month, day); if (at !== undefined) days.push(at, at + 1, at - 1, at - 10, at - 29); }
  };
  visit(statement, (node) => {
    if (node.kind === 'date' && node.span.start >= span.start && node.span.end <= span.end) put(node.month, node.day, node.year);
    if (node.kind === 'monthOf' && node.span.start >= span.start && node.span.end <= span.end) put(node.month, 1, undefined);
  });
  put(12, 1, undefined);
  put(6, 1, undefined);
  return [...new Set(days)];
}

function outcomeOf(example: n.ExampleStatement, { article }: Trial, programs: Programs, editions: Editions): BillOutcome | undefined {
  const opened = openExample(example, article, programs);
  return 'input' in opened ? billCase(opened.input, editions) : 'forbidden' in opened ? { diagnostics: [opened.forbidden] } : undefined;
}

/** Whether two bills are not the same: an amount of a line, or a refusal. */
function differ(a: BillOutcome, b: BillOutcome): boolean {
  if (!('bill' in a) || !('bill' in b)) {
    const refusals = (outcome: BillOutcome): string => ('bill' in outcome ? '' : outcome.diagnostics.map(({ article }) => article ?? '').join());
    return 'bill' in a !== 'bill' in b || refusals(a) !== refusals(b);
  }
  return a.bill.lines.length !== b.bill.lines.length || a.bill.lines.some(({ amount }, index) => compare(amount, b.bill.lines[index]?.amount ?? ZERO) !== 0) || compare(a.bill.totalRounded, b.bill.totalRounded) !== 0;
}

function written(example: n.ExampleStatement, edits: readonly Edit[], { from, to }: Mutation, outcome: BillOutcome, article: string): string {
  const refusal = 'bill' in outcome ? undefined : outcome.diagnostics.find((item) => item.article !== undefined)?.article ?? article;
  const gives = refusal === undefined ? ['    donne', "      total = 0 $  # à travailler à la main, le livre ouvert : ne pas recopier un calcul de l'outil"] : [`    refusé par ${refusal}  # à confirmer dans le livre`];
  return writtenWith(example, edits, `à nommer : ${from.replace(/[«»]/g, '')}, et non ${to.replace(/[«»]/g, '')}`, gives);
}
