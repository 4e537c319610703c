/** Checks a whole edition: every rate, with each of its options, is closed and inferred; then the book's own rules. */
import { isError, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Span } from '../source/file.ts';
import type { Book } from './book.ts';
import { Programs, type ProgramOutcome } from './program.ts';
import { checkArticleReferences } from './rules/articleReferences.ts';
import { checkFigures } from './rules/figures.ts';
import { checkCases } from './rules/cases.ts';
import { checkSetAside } from './rules/setAside.ts';
import { checkUnused } from './rules/unused.ts';
import { checkWordsOnly } from './rules/wordsOnly.ts';
import { optionSets } from './sets.ts';

export interface CheckedBook { readonly book: Book; readonly programs: Programs; readonly diagnostics: readonly Diagnostic[] }

const within = (inner: Span | undefined, outer: Span | undefined): boolean => inner !== undefined && outer !== undefined && inner.file === outer.file && inner.start >= outer.start && inner.end <= outer.end;

export const checkBook = (book: Book): CheckedBook => checkBookByRate(book, () => undefined);

/** The same, saying each time that a rate is done. */
export function checkBookByRate(book: Book, onRate: () => void): CheckedBook {
  const programs = new Programs(book, 'whole');
  const outcomes: ProgramOutcome[] = [];
  for (const rate of book.rates.keys()) {
    for (const set of optionSets(book, rate)) {
      const outcome = programs.program(rate, set);
      if (!outcome) continue;
      outcomes.push(outcome);
      checkProgram(outcome);
    }
    onRate();
  }
  return { book, programs, diagnostics: [...outcomes.flatMap(checkProgram), ...checkRules(book, outcomes)] };
}

const checkedPrograms = new WeakMap<ProgramOutcome, readonly Diagnostic[]>();

/** What is wrong with one program, its rows of cases included. Worked out once. */
export function checkProgram(outcome: ProgramOutcome): readonly Diagnostic[] {
  const known = checkedPrograms.get(outcome);
  if (known) return known;
  const gaps: Diagnostic[] = [];
  checkCases(outcome.program, gaps);
  const found = [...outcome.diagnostics, ...gaps.filter((gap) => !outcome.diagnostics.some((item) => isError(item) && within(item.span, gap.span)))];
  checkedPrograms.set(outcome, found);
  return found;
}

/** What the book's own rules say, once its programs are checked; `outcomes` are all of them. */
export function checkRules(book: Book, outcomes: readonly ProgramOutcome[]): Diagnostic[] {
  const diagnostics = checkCitations(book);
  if (diagnostics.some(isError) || outcomes.some((outcome) => checkProgram(outcome).some(isError))) return diagnostics;
  const used = new Set<string>();
  for (const { program } of outcomes) {
    for (const name of program.neededByAmounts) used.add(name);
    for (const name of program.neededByConditions) used.add(name);
  }
  checkUnused(book, used, diagnostics);
  checkWordsOnly(book, diagnostics);
  return diagnostics;
}

/** The rules that need no program: articles that are cited, figures that are repeated or set aside. */
export function checkCitations(book: Book): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  checkArticleReferences(book, diagnostics);
  checkFigures(book, diagnostics);
  checkSetAside(book, diagnostics);
  return diagnostics;
}
