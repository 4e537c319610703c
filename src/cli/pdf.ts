/** The PDF of a book, of one of its chapters, or of one section. */
import type { Book } from '../check/book.ts';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Lang } from '../quantity/format.ts';
import { outline } from '../render/book/outline.ts';
import { bookTypst } from '../render/pdf/typst.ts';
import { voice, type English } from '../render/prose/expression.ts';
import { SITE_WORDS } from '../render/site/words.ts';
import { writeWhole } from './output.ts';

const load = () => import('@myriaddreamin/typst-ts-node-compiler');

/** Writes the PDF; tells what was wrong when it could not. `section` is `2` or `2.3`. */
export async function writePdf(book: Book, path: string, section: string | undefined, english: English, lang: Lang): Promise<Diagnostic | undefined> {
  const [chapterNumber, sectionNumber] = section?.split('.') ?? [];
  const chapters = outline(book).filter(({ number }) => chapterNumber === undefined || number === chapterNumber)
    .map((chapter) => ({ ...chapter, sections: chapter.sections.filter(({ number }) => sectionNumber === undefined || number === sectionNumber) })).filter(({ sections }) => sections.length > 0);
  if (chapters.length === 0) return diagnostic('livre/section-inconnue', { name: section ?? '' });
  const source = bookTypst({ voice: voice(lang, english), title: book.edition.title, inForce: book.edition.date, chapters, words: SITE_WORDS[lang] });
  let typst: Awaited<ReturnType<typeof load>>;
  try {
    typst = await load();
  } catch {
    return diagnostic('livre/typst', {});
  }
  const pdf = typst.NodeCompiler.create().pdf({ mainFileContent: source });
  return writeWhole(path, pdf);
}
