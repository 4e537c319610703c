/** Whether the examples of a book notice a mutation: which of them use what it changes, and what they then give. */
import type { Article, Book } from '../check/book.ts';
import { checkCases } from '../check/rules/cases.ts';
import { checkFigures } from '../check/rules/figures.ts';
import type { Programs } from '../check/program.ts';
import { isError, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Editions } from '../evaluate/bill.ts';
import { prepare } from '../evaluate/editions.ts';
import { programOfExample, runExample } from '../evaluate/example.ts';
import type { Watch } from '../evaluate/runtime.ts';
import { verifyProgram, type Verification } from '../evaluate/verify.ts';
import type { Span } from '../source/file.ts';
import type { ExampleStatement } from '../syntax/nodes.ts';
import { visit } from '../syntax/visit.ts';
import { statementsByRate, type StatementsOf } from './dependencies.ts';
import { bookWith, MutantPrograms } from './mutantBook.ts';
import type { Mutation, NoEffect } from './mutations.ts';

/** An example of a book, among all those that may notice something. */
export interface Trial { readonly example: ExampleStatement; readonly article: Article; /** The edition that it is written in, by its place among the books. */ readonly book: number }

/** One edition under test, beside the others. */
export interface Laboratory {
  readonly book: Book;
  readonly programs: Programs;
  /** Every edition, oldest first, and the place of this one among them. */
  readonly books: readonly { readonly book: Book; readonly programs: Programs }[];
  readonly index: number;
  readonly statementsOf: StatementsOf;
  /** Names that some statement reads. */
  readonly read: ReadonlySet<string>;
}

export function openLaboratory(books: readonly { readonly book: Book; readonly programs: Programs }[], index: number): Laboratory | undefined {
  const own = books[index];
  if (!own) return undefined;
  const read = new Set<string>();
  for (const article of own.book.blocks) for (const statement of article.statements) if (statement.kind !== 'example') visit(statement, (node) => { if (node.kind === 'name') read.add(node.name); if (node.kind === 'binding' && node.target.kind === 'identifier') read.add(node.target.name); });
  return { ...own, books, index, statementsOf: statementsByRate(own.book), read };
}

/** What an example uses: places of figures, dates and aggregates, and comparisons met at their edge. */
export interface Reach { readonly used: ReadonlySet<string>; readonly met: ReadonlySet<string>; /** How long it took, in milliseconds. */ readonly cost: number }

export const placeKey = ({ file, start }: Span): string => `${file.path}:${start}`;

/** Runs examples and statements of the book under watch. The clock is given: it only orders the trials. */
export function watcher({ programs, books }: Laboratory, now: () => number): { readonly example: (trial: Trial) => Reach & { readonly failures: readonly Diagnostic[] }; readonly verifications: (rate: string, options: readonly string[], done: Parameters<typeof verifyProgram>[2]) => Reach } {
  let used = new Set<string>();
  let met = new Set<string>();
  const watch: Watch = { used: (at) => { used.add(placeKey(at)); }, met: (at) => { met.add(placeKey(at)); } };
  const editions = prepare(books, watch);
  const during = <T>(work: () => T): Reach & { readonly made: T } => {
    used = new Set();
    met = new Set();
    const from = now();
    const made = work();
    return { used, met, cost: now() - from, made };
  };
  return {
    example: ({ example, article, book }) => { const { made, ...reach } = during(() => runExample(example, article, books[book]?.programs ?? programs, editions)); return { ...reach, failures: made.failures }; },
    verifications: (rate, options, done) => during(() => { const program = programs.program(rate, options)?.program; if (program) verifyProgram(program, editions, done, watch); }),
  };
}

/** What became of a mutation. */
export type Fate =
  /** An example, by its place among the trials. */
  | { readonly kind: 'exemple'; readonly trial: number }
  | { readonly kind: 'vérifie' }
  /** The files are refused, or say something that they did not. */
  | { readonly kind: 'contrôle'; readonly code: string }
  | { readonly kind: 'sans effet'; readonly why: NoEffect }
  | { readonly kind: 'survit' };

/** The book with a mutation, ready to bill. */
export interface Mutant { readonly programs: Programs; readonly editions: Editions }
export function mutantOf(laboratory: Laboratory, mutation: Pick<Mutation, 'statement' | 'mutated'>): Mutant {
  const book = bookWith(laboratory.book, mutation.statement, mutation.mutated);
  const programs = new MutantPrograms(book, laboratory.programs, (rate, options) => laboratory.statementsOf(rate, options).has(mutation.statement));
  return { programs, editions: prepare(laboratory.books.with(laboratory.index, { book, programs })) };
}

/** The trials that may notice a mutation, in the order in which to ask them; and the rates whose statements of the book may. */
export interface Candidates { readonly trials: readonly number[]; readonly rates: readonly { readonly rate: string; readonly options: readonly string[] }[] }

/** Tries a mutation on the candidates, and stops at the first that notices. */
export function fateOf(laboratory: Laboratory, mutation: Mutation, trials: readonly Trial[], candidates: Candidates): Fate {
  if (mutation.without && mutation.without !== 'énoncé') return { kind: 'sans effet', why: mutation.without };
  const mutant = mutantOf(laboratory, mutation);
  const { programs, editions } = mutant;
  for (const { rate, options } of candidates.rates) {
    const program = programs.program(rate, options)?.program;
    const found = new Map<Span, Verification>();
    if (!program) continue;
    verifyProgram(program, editions, found);
    if ([...found.values()].some(({ failure }) => failure !== undefined)) return { kind: 'vérifie' };
  }
  for (const index of candidates.trials) {
    const trial = trials[index];
    if (!trial) continue;
    const { rate, options } = programOfExample(trial.example, trial.article);
    const refused = rate === undefined ? undefined : programs.program(rate, options)?.diagnostics.find(isError);
    if (refused) return { kind: 'contrôle', code: refused.code };
    const own = trial.book === laboratory.index ? programs : laboratory.books[trial.book]?.programs ?? programs;
    if (runExample(trial.example, trial.article, own, editions).failures.length > 0) return { kind: 'exemple', trial: index };
  }
  const said = checkOf(laboratory, mutation, programs);
  if (said) return { kind: 'contrôle', code: said.code };
  if (mutation.without) return { kind: 'sans effet', why: mutation.without };
  const { statement } = mutation;
  // What the book states of itself stays true: no bill is made with it.
  if (statement.kind === 'verify') return { kind: 'sans effet', why: 'énoncé' };
  return statement.kind === 'fact' && !laboratory.read.has(statement.name.name) ? { kind: 'sans effet', why: 'énoncé' } : { kind: 'survit' };
}

/** What `bareme check` would say of the mutated files, that it does not say of them as they are. */
function checkOf({ book, statementsOf }: Laboratory, { statement }: Mutation, mutant: Programs): Diagnostic | undefined {
  const said: Diagnostic[] = [];
  checkFigures(mutant.book, said);
  // Another figure that happens to be the same is no mistake.
  said.splice(0, said.length, ...said.filter((item) => item.code === 'chiffres/reprise'));
  for (const rate of book.rates.keys()) {
    if (said.length > 0) break;
    if (!statementsOf(rate, []).has(statement)) continue;
    const outcome = mutant.program(rate, []);
    if (!outcome) continue;
    said.push(...outcome.diagnostics.filter(isError));
    if (said.length === 0) checkCases(outcome.program, said);
  }
  return said[0];
}
