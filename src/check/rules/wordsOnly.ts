/** An article in words only says why they are enough; one that says so has nothing else. */
import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { statementsOf, type Book } from '../book.ts';
import { natureOf } from '../coverage.ts';

export function checkWordsOnly(book: Book, diagnostics: Diagnostic[]): void {
  for (const [number, statements] of statementsOf(book)) {
    const article = book.articles.get(number);
    if (!article || !book.own.has(number) || statements.length === 0 || statements.some(({ kind }) => kind === 'broken')) continue;
    const says = statements.find(({ kind }) => kind === 'wordsOnly');
    const words = natureOf(statements) === 'mots';
    // What is declared uncomputed has its reason already.
    if (words && !says && !statements.some(({ kind }) => kind === 'reserve')) diagnostics.push(diagnostic('articles/mots-sans-raison', { number }, { span: article.span, article: number }));
    if (!words && says) diagnostics.push(diagnostic('articles/calcul-et-sans-calcul', { number }, { span: says.span, article: number }));
  }
}
