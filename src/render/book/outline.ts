/** The book as its table of contents has it: chapters, sections, articles with all their blocks. */
import { compareNumbers, type Article, type Book } from '../../check/book.ts';

/** An article with its continuations, in the order of the book. */
export interface OutlinedArticle { readonly number: string; readonly title: string; readonly chapter: string; readonly section: string; readonly blocks: readonly Article[] }
export interface OutlinedSection { readonly chapter: string; readonly number: string; readonly title: string; readonly articles: readonly OutlinedArticle[] }
export interface OutlinedChapter { readonly number: string; readonly title: string; readonly sections: readonly OutlinedSection[] }

/** A chapter without sections has one, without number or title. */
export function outline(book: Book): OutlinedChapter[] {
  const titles = titlesOf(book);
  const byNumber = new Map<string, Article[]>();
  for (const block of book.blocks) byNumber.set(block.number, [...(byNumber.get(block.number) ?? []), block]);
  const articles = [...byNumber].map(([number, blocks]): OutlinedArticle => {
    // Where an article is first written is where it stands; what follows it elsewhere is its continuation.
    const first = blocks.find(({ continued }) => !continued) ?? blocks[0];
    return { number, title: first?.title ?? '', chapter: first?.chapter ?? '', section: first?.section ?? '', blocks: [...blocks].sort((a, b) => Number(a.continued) - Number(b.continued)) };
  }).sort((a, b) => compareNumbers(a.number, b.number));
  const chapters = new Map<string, Map<string, OutlinedArticle[]>>();
  for (const article of articles) {
    const sections = chapters.get(article.chapter) ?? new Map<string, OutlinedArticle[]>();
    sections.set(article.section, [...(sections.get(article.section) ?? []), article]);
    chapters.set(article.chapter, sections);
  }
  return [...chapters].sort(([a], [b]) => compareNumbers(a, b)).map(([number, sections]) => ({
    number, title: titles.get(number) ?? '',
    sections: [...sections].sort(([a], [b]) => compareNumbers(a, b)).map(([section, list]) => ({ chapter: number, number: section, title: titles.get(`${number}/${section}`) ?? '', articles: list })),
  }));
}

/** The titles that files give to chapters and to their sections. */
function titlesOf(book: Book): Map<string, string> {
  const titles = new Map<string, string>();
  for (const file of book.files) {
    let chapter = '';
    for (const { header } of file.blocks) {
      if (header.kind === 'chapter') { chapter = header.number; titles.set(chapter, header.title); }
      if (header.kind === 'section') titles.set(`${chapter}/${header.number}`, header.title);
    }
  }
  return titles;
}
