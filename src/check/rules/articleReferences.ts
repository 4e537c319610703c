/** References to articles that do not exist, to rates that do not exist, and referrals to articles that act anyway. */
import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Span } from '../../source/file.ts';
import { nearestName } from '../../support/nearestName.ts';
import type { Book } from '../book.ts';
import { mentionsOf } from '../mentions.ts';

export function checkArticleReferences(book: Book, diagnostics: Diagnostic[]): void {
  const unknown = (number: string, span: Span, article: string): void => {
    if (!book.articles.has(number)) diagnostics.push(diagnostic('articles/inconnu', { number, nearest: nearestName(number, book.articles.keys()) }, { span, article }));
  };
  for (const article of book.blocks) {
    if (!book.own.has(article.number)) continue;
    for (const statement of article.statements) {
      for (const { number, span } of mentionsOf(statement).articles) unknown(number, span, article.number);
      if (statement.kind === 'condition' && !book.partial) {
        for (const rate of statement.instead) if (!book.rates.has(rate.name)) diagnostics.push(diagnostic('tarifs/inconnu', { name: rate.name, nearest: nearestName(rate.name, book.rates.keys()) }, { span: rate.span, article: article.number }));
      }
      if (statement.kind === 'referral') {
        for (const ref of statement.articles) if (book.articles.get(ref.number)?.onReferral === false) diagnostics.push(diagnostic('articles/sans-renvoi', { number: ref.number }, { span: ref.span, article: article.number }));
      }
    }
  }
  if (book.partial) return;
  for (const module of book.modules) {
    for (const option of module.options) {
      if (!book.options.has(option.name)) diagnostics.push(diagnostic('options/inconnue', { name: option.name, nearest: nearestName(option.name, book.options.keys()) }, { span: option.span }));
    }
    for (const rate of module.rates) {
      if (!book.rates.has(rate.name)) diagnostics.push(diagnostic('tarifs/inconnu', { name: rate.name, nearest: nearestName(rate.name, book.rates.keys()) }, { span: rate.span }));
    }
  }
}
