/** What the newest edition's files cover of the book, and the slips found in it. */
import { join } from 'node:path';
import { coverage, type ArticleCoverage } from '../../src/check/coverage.ts';
import { loadFolder } from '../../src/cli/load.ts';
import { cell, MADE, table } from './markdown.ts';

export function bookPage(root: string): string {
  const book = loadFolder(join(root, 'tariffs')).books.at(-1);
  if (!book) return `${MADE}\n# Le livre\n`;
  const { articles, coquilles } = coverage(book);
  const chapters = [...new Set(articles.map(({ article }) => chapterOf(article)))];
  const counts = (list: readonly ArticleCoverage[]): string[] => {
    const of = (nature: ArticleCoverage['nature']): string => String(list.filter((each) => each.nature === nature).length);
    return [String(list.length), of('calculé'), of('faits'), of('mots'), String(list.reduce((sum, { exemples }) => sum + exemples, 0))];
  };
  const words = articles.filter(({ nature }) => nature === 'mots');
  return `${MADE}
# Le livre : couverture et erreurs relevées

${cell(book.edition.title)}. La même chose, article par article : \`bareme coverage\`.

## Ce que donnent les articles

${table(['chapitre', 'articles', 'calculés', 'faits typés', 'mots', 'exemples'], [...chapters.map((chapter) => [chapter, ...counts(articles.filter(({ article }) => chapterOf(article) === chapter))]), ['**tous**', ...counts(articles)]])}

## Les articles qui n’ont que des mots, et pourquoi ils suffisent

${table(['article', 'titre', 'pourquoi'], words.map(({ article, titre, raison }) => [article, cell(titre), cell(raison ?? '')]))}

## Les erreurs relevées dans le livre

${table(['article', 'le livre imprime', 'il faut lire', 'pourquoi'], coquilles.map(({ article, imprime, juste, note }) => [article, cell(imprime), cell(juste), cell(note ?? '')]))}
`;
}

const chapterOf = (article: string): string => article.split('.')[0] ?? '';
