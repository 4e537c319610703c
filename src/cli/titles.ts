/** The titles of a bill in English: those of the book, by its own translation; what has none stays in French. */
import { isError, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Bill } from '../evaluate/bill.ts';
import { voice } from '../render/prose/expression.ts';
import { plain } from '../render/prose/inline.ts';
import { lineTitle } from '../render/prose/lineTitle.ts';
import { readEnglish } from './english.ts';

/** Gives what titles a bill in English, or what is wrong with the English words of the tariffs. */
export function englishTitles(tariffs: string): { readonly titled: (bill: Bill) => Bill } | { readonly diagnostics: readonly Diagnostic[] } {
  const { english, diagnostics } = readEnglish(tariffs);
  if (diagnostics.some(isError)) return { diagnostics };
  const v = voice('en', english);
  const said = (title: string): string => plain(lineTitle(v, title));
  return { titled: (bill) => ({ ...bill, rateTitle: said(bill.rateTitle), lines: bill.lines.map((line) => ({ ...line, title: said(line.title) })) }) };
}
