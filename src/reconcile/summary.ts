/**
 * A printed book reduced to its titles, numbers, units and references: enough to hold an edition to it, without its sentences. A summary
 * is read back with the reader of the book, so that both say the same.
 */
import { dateText } from '../check/blockFigures.ts';
import { keyOf, type Figure } from '../check/figures.ts';
import { formatQuantity } from '../quantity/format.ts';
import type { PrintedArticle, PrintedFigure } from './printed.ts';
import { read } from '../check/readFigures.ts';

interface ArticleSummary {
  readonly titre: string;
  readonly chiffres?: readonly string[];
  /** Said in passing: `un an`, `la première`, a Roman numeral. */
  readonly allusions?: readonly string[];
  /** Articles, sections and chapters that it cites. */
  readonly renvois?: readonly string[];
}
export interface BookSummary { readonly version: 1; readonly articles: Readonly<Record<string, ArticleSummary>> }

export function summarize(articles: readonly PrintedArticle[]): BookSummary {
  return {
    version: 1,
    articles: Object.fromEntries(articles.map(({ number, title, figures, citations, parts }) => {
      const chiffres = once(figures.filter(({ soft }) => !soft));
      const allusions = once(figures.filter(({ soft }) => soft));
      const renvois = [...new Set([...citations.map(({ from, to }) => (to === undefined ? from : `${from} à ${to}`)), ...parts.map(({ chapter, sections }) => partText(chapter, sections))])];
      return [number, { titre: title, ...(chiffres.length > 0 ? { chiffres } : {}), ...(allusions.length > 0 ? { allusions } : {}), ...(renvois.length > 0 ? { renvois } : {}) }];
    })),
  };
}

const partText = (chapter: string, sections: readonly string[]): string => (sections.length === 0 ? `chapitre ${chapter}` : `section${sections.length > 1 ? 's' : ''} ${sections.join(', ').replace(/, (\d+)$/, ' et $1')} du chapitre ${chapter}`);

/** Each figure once, as `figureText` writes it. */
function once(figures: readonly PrintedFigure[]): string[] {
  const seen = new Map<string, string>();
  for (const { figure, text } of figures) if (!seen.has(keyOf(figure))) seen.set(keyOf(figure), figureText(figure, text));
  return [...seen.values()];
}

/** A figure so that it is read back as itself: with its unit, or in the printed words when it counts things. */
export function figureText(figure: Figure, printed: string): string {
  if (figure.kind === 'date') return dateText(figure);
  if (figure.kind === 'rank') return `${figure.rank}e`;
  const { value, measure } = figure;
  const written = measure.kind === 'unit' ? formatQuantity(value, measure.unit, 'fr', 12) : measure.kind === 'periods' ? `${formatQuantity(value, '', 'fr', 12)} périodes de consommation` : formatQuantity(value, '', 'fr', 12);
  const back = read(written).figures[0]?.figure;
  return measure.kind === 'things' || back === undefined || keyOf(back) !== keyOf(figure) ? printed : written.replace(/\u00A0/g, ' ');
}

/** A summary as JSON, one article a line, so that a change shows as the line of its article. */
export function writeSummary(summary: BookSummary): string {
  const lines = Object.entries(summary.articles).map(([number, article]) => `    ${JSON.stringify(number)}: ${JSON.stringify(article)}`);
  return `{\n  "version": 1,\n  "articles": {\n${lines.join(',\n')}\n  }\n}\n`;
}

/** A summary read back; undefined when the JSON is not one. */
export function readSummary(json: unknown): PrintedArticle[] | undefined {
  if (!isRecord(json) || json['version'] !== 1 || !isRecord(json['articles'])) return undefined;
  const out: PrintedArticle[] = [];
  for (const [number, article] of Object.entries(json['articles'])) {
    if (!isRecord(article) || typeof article['titre'] !== 'string') return undefined;
    const place = { sentence: undefined, at: undefined, line: undefined };
    const figures = (list: unknown, soft: boolean): PrintedFigure[] => texts(list).flatMap((text) => read(text).figures.slice(0, 1).map(({ figure }) => ({ text, figure, soft, ...place })));
    const references = read(texts(article['renvois']).map((text) => (/^\d/.test(text) ? `article ${text}` : text)).join(' ; '));
    out.push({
      number, title: article['titre'], line: undefined, figures: [...figures(article['chiffres'], false), ...figures(article['allusions'], true)],
      citations: references.citations.map(({ text, from, to }) => ({ text, from, to, ...place })),
      parts: references.parts.map(({ text, chapter, sections }) => ({ text, chapter: chapter ?? number.split('.')[0] ?? '', sections, ...place })),
    });
  }
  return out;
}
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : []);
