/** What each article's block gives: amounts, typed facts, or words only. */
import { compareNumbers, type Book } from './book.ts';

export interface ArticleCoverage { readonly article: string; readonly titre: string; readonly nature: 'calculé' | 'faits' | 'mots'; readonly exemples: number }
export interface Coverage { readonly articles: readonly ArticleCoverage[]; readonly calcules: number; readonly faits: number; readonly mots: number }

const COMPUTED = new Set(['line', 'adjustment', 'definition', 'table', 'measure', 'replacement', 'condition', 'move', 'cut', 'borrow', 'referral', 'replaceBill', 'plage']);
const FACTS = new Set(['fact', 'norm', 'data']);

export function coverage(book: Book): Coverage {
  const articles = [...book.articles.values()].sort((a, b) => compareNumbers(a.number, b.number)).map((article): ArticleCoverage => {
    const kinds = article.statements.map((statement) => statement.kind);
    return {
      article: article.number, titre: article.title, nature: kinds.some((kind) => COMPUTED.has(kind)) ? 'calculé' : kinds.some((kind) => FACTS.has(kind)) ? 'faits' : 'mots',
      exemples: kinds.filter((kind) => kind === 'example').length,
    };
  });
  const count = (nature: ArticleCoverage['nature']): number => articles.filter((article) => article.nature === nature).length;
  return { articles, calcules: count('calculé'), faits: count('faits'), mots: count('mots') };
}
