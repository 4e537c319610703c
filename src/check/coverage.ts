/** What each article's block gives (amounts, typed facts, or words only), and what the book was found to misprint. */
import type { Statement } from '../syntax/nodes.ts';
import { compareNumbers, statementsOf, type Book } from './book.ts';
import { textOf } from './elaborate.ts';

export type Nature = 'calculé' | 'faits' | 'mots';
export interface ArticleCoverage {
  readonly article: string;
  readonly titre: string;
  readonly nature: Nature;
  readonly exemples: number;
  /** Of an article in words only: why they are enough. */
  readonly raison?: string;
}
/** A slip of the book: what it prints, what is meant, and a word on it. */
export interface Slip { readonly article: string; readonly imprime: string; readonly juste: string; readonly note?: string }
export interface Coverage {
  readonly articles: readonly ArticleCoverage[];
  readonly calcules: number;
  readonly faits: number;
  readonly mots: number;
  readonly coquilles: readonly Slip[];
}

const COMPUTED = new Set<Statement['kind']>(['line', 'adjustment', 'definition', 'table', 'measure', 'replacement', 'condition', 'move', 'cut', 'borrow', 'referral', 'replaceBill', 'plage']);
const FACTS = new Set<Statement['kind']>(['fact', 'norm', 'data']);

/** What an article gives, from its statements. */
export function natureOf(statements: readonly Statement[]): Nature {
  return statements.some(({ kind }) => COMPUTED.has(kind)) ? 'calculé' : statements.some(({ kind }) => FACTS.has(kind)) ? 'faits' : 'mots';
}

export function coverage(book: Book): Coverage {
  const byArticle = [...statementsOf(book)].sort(([a], [b]) => compareNumbers(a, b));
  const articles = byArticle.map(([number, statements]): ArticleCoverage => {
    const nature = natureOf(statements);
    const reason = nature === 'mots' ? statements.flatMap((statement) => (statement.kind === 'wordsOnly' || statement.kind === 'reserve' ? [statement.text] : [])).join(' ') : '';
    return {
      article: number, titre: book.articles.get(number)?.title ?? '', nature, exemples: statements.filter(({ kind }) => kind === 'example').length, ...(reason === '' ? {} : { raison: reason }),
    };
  });
  const coquilles = byArticle.flatMap(([article, statements]) => statements.flatMap((statement): Slip[] => {
    if (statement.kind !== 'misprint') return [];
    const words = (side: typeof statement.printed): string => (side.kind === 'text' ? side.text : textOf(side.span));
    return [{ article, imprime: words(statement.printed), juste: words(statement.right), ...(statement.text === undefined ? {} : { note: statement.text }) }];
  }));
  const count = (nature: Nature): number => articles.filter((article) => article.nature === nature).length;
  return { articles, calcules: count('calculé'), faits: count('faits'), mots: count('mots'), coquilles };
}
