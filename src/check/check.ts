/** Checks a whole edition: every rate, with each of its options, is closed and inferred; then the book's own rules. */
import { isError, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Span } from '../source/file.ts';
import type { Book } from './book.ts';
import { Programs } from './program.ts';
import { checkArticleReferences } from './rules/articleReferences.ts';
import { checkFigures } from './rules/figures.ts';
import { checkCases } from './rules/cases.ts';
import { checkUnused } from './rules/unused.ts';
import { checkWordsOnly } from './rules/wordsOnly.ts';
import { optionSets } from './sets.ts';

export interface CheckedBook { readonly book: Book; readonly programs: Programs; readonly diagnostics: readonly Diagnostic[] }

const within = (inner: Span | undefined, outer: Span | undefined): boolean => inner !== undefined && outer !== undefined && inner.file === outer.file && inner.start >= outer.start && inner.end <= outer.end;

export const checkBook = (book: Book): CheckedBook => checkBookByRate(book, () => undefined);

/** The same, saying each time that a rate is done. */
export function checkBookByRate(book: Book, onRate: () => void): CheckedBook {
  const programs = new Programs(book);
  const diagnostics: Diagnostic[] = [];
  const used = new Set<string>();
  for (const rate of book.rates.keys()) {
    for (const set of optionSets(book, rate)) {
      const outcome = programs.program(rate, set);
      if (!outcome) continue;
      diagnostics.push(...outcome.diagnostics);
      const gaps: Diagnostic[] = [];
      checkCases(outcome.program, gaps);
      diagnostics.push(...gaps.filter((gap) => !outcome.diagnostics.some((item) => isError(item) && within(item.span, gap.span))));
      for (const name of outcome.program.neededByAmounts) used.add(name);
      for (const name of outcome.program.neededByConditions) used.add(name);
    }
    onRate();
  }
  checkArticleReferences(book, diagnostics);
  checkFigures(book, diagnostics);
  if (!diagnostics.some(isError)) {
    checkUnused(book, used, diagnostics);
    checkWordsOnly(book, diagnostics);
  }
  return { book, programs, diagnostics };
}
