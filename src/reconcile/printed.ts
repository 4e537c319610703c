/** A printed book as data: its articles with their figures and citations, from the text itself or from a summary of it. */
import type { Figure } from '../check/figures.ts';
import { printedArticles } from './articles.ts';
import { read } from '../check/readFigures.ts';

interface Place {
  readonly text: string;
  /** The paragraph that holds it, and where in it; none when only a summary is at hand. */
  readonly sentence: string | undefined;
  readonly at: readonly [start: number, end: number] | undefined;
  /** Of the file, from 1. */
  readonly line: number | undefined;
}
export interface PrintedFigure extends Place { readonly figure: Figure; /** Said in passing: it asks for nothing. */ readonly soft: boolean }
export interface PrintedCitation extends Place { readonly from: string; readonly to: string | undefined }
export interface PrintedPart extends Place { /** The article's own when the text says « du présent chapitre ». */ readonly chapter: string; readonly sections: readonly string[] }
export interface PrintedArticle {
  readonly number: string;
  readonly title: string;
  readonly line: number | undefined;
  readonly figures: readonly PrintedFigure[];
  readonly citations: readonly PrintedCitation[];
  readonly parts: readonly PrintedPart[];
}

/** Reads the text of a book; `titles` are those expected, by article. */
export function readBook(text: string, titles: ReadonlyMap<string, string>): PrintedArticle[] {
  return printedArticles(text, titles).map(({ number, title, line, paragraphs }) => {
    const readings = paragraphs.map((paragraph) => ({ paragraph, ...read(paragraph.text) }));
    const place = (paragraph: { readonly text: string; readonly line: number }, start: number, end: number): Omit<Place, 'text'> => ({ sentence: paragraph.text, at: [start, end], line: paragraph.line });
    return {
      number, title, line,
      figures: readings.flatMap(({ paragraph, figures }) => figures.map(({ text: shown, start, end, figure, soft }) => ({ text: shown, figure, soft, ...place(paragraph, start, end) }))),
      citations: readings.flatMap(({ paragraph, citations }) => citations.map(({ text: shown, start, end, from, to }) => ({ text: shown, from, to, ...place(paragraph, start, end) }))),
      parts: readings.flatMap(({ paragraph, parts }) => parts.map(({ text: shown, start, end, chapter, sections }) => ({ text: shown, chapter: chapter ?? number.split('.')[0] ?? '', sections, ...place(paragraph, start, end) }))),
    };
  });
}
