/**
 * The book as a Typst document, which makes its PDF: a table of contents with page numbers, running heads, tables whose heads are
 * repeated and whose rows are not cut. Made of the same sentences as the pages.
 */
import { formatDateEn, formatDateFr } from '../../calendar/day.ts';
import type { Article,  } from '../../check/book.ts';
import type { Lang } from '../../quantity/format.ts';
import { contextOf, marginOf, titled } from '../book/context.ts';
import type { OutlinedArticle, OutlinedChapter, OutlinedSection } from '../book/outline.ts';
import { type Voice } from '../prose/expression.ts';
import { plain, type Inline, type Prose } from '../prose/inline.ts';
import { pieces, type Piece } from '../prose/statement.ts';

export interface PrintedBook {
  readonly voice: Voice;
  readonly title: string;
  /** The day the edition is in force, as a day number. */
  readonly inForce: number;
  readonly chapters: readonly OutlinedChapter[];
  /** The words of the pages themselves. */
  readonly words: { readonly contents: string; readonly chapter: string; readonly section: string; readonly inForce: string; readonly referral: string; readonly common: string; readonly commonTo: string; readonly commonToOptions: string; readonly paragraph: string };
}

/** Signs that Typst would read as its own. */
const escaped = (words: string): string => words.replace(/[\\#$*_`<>@[\]~=+\-/"']/g, (sign) => `\\${sign}`);
const label = (number: string): string => `<a${number.replace(/\./g, '-')}>`;

/** The text of the Typst document. */
export function bookTypst(book: PrintedBook): string {
  const { voice: { lang }, words } = book;
  const known = new Set(book.chapters.flatMap(({ sections }) => sections.flatMap(({ articles }) => articles.map(({ number }) => number))));
  const date = lang === 'fr' ? formatDateFr(book.inForce) : formatDateEn(book.inForce);
  return [
    preamble(book, lang),
    `#align(center + horizon)[#text(size: 26pt, weight: "bold")[${escaped(titled(book.voice, book.title))}] \\ #v(1em) #text(size: 13pt)[${escaped(`${words.inForce} ${date}`)}]]`,
    '#pagebreak()', `#outline(title: [${escaped(words.contents)}], depth: 3, indent: auto)`, ...book.chapters.map((chapter) => chapterTypst(book, chapter, known)),
  ].join('\n\n') + '\n';
}

const preamble = ({ title }: PrintedBook, lang: Lang): string => `#set document(title: "${title.replace(/["\\]/g, '')}")
#set text(lang: "${lang}", region: "CA", font: "Libertinus Serif", size: 10.5pt)
#set smartquote(enabled: false)
#set par(justify: false, leading: 0.62em)
#set page(paper: "us-letter", margin: (x: 2.4cm, top: 2.6cm, bottom: 2.2cm), numbering: "1", header: context {
  let page-number = here().page()
  let chapters = query(heading.where(level: 1)).filter(it => it.location().page() <= page-number)
  let articles = query(heading.where(level: 3)).filter(it => it.location().page() <= page-number)
  if chapters.len() > 0 and page-number > 1 {
    set text(size: 9pt, fill: luma(90))
    grid(columns: (1fr, auto), chapters.last().body, if articles.len() > 0 { articles.last().body })
    v(-0.7em)
    line(length: 100%, stroke: 0.4pt + luma(160))
  }
})
#show heading.where(level: 1): it => { pagebreak(weak: true); block(below: 1.2em, text(size: 17pt, it.body)) }
#show heading.where(level: 2): it => block(above: 1.6em, below: 1em, text(size: 13.5pt, it.body))
#show heading.where(level: 3): it => block(above: 1.5em, below: 0.7em, text(size: 11pt, it.body))
#show heading.where(level: 4): it => block(above: 1em, below: 0.5em, text(size: 10pt, style: "italic", weight: "regular", it.body))
#show outline.entry.where(level: 1): set block(above: 1em)
#show outline.entry.where(level: 1): strong
#show link: set text(fill: rgb("#0b4f8a"))
#set table(stroke: (x, y) => if y == 0 { (bottom: 0.7pt) } else { (bottom: 0.3pt + luma(190)) }, inset: (left: 0pt, right: 1.1em, y: 3.6pt))
#show table.cell.where(y: 0): set text(size: 0.88em, weight: "bold", fill: luma(70), hyphenate: false)
#show table.cell.where(y: 0): set align(bottom)
#show table.cell: set block(breakable: false)
#let piece(label, body) = grid(columns: (3.4em, 1fr), text(fill: luma(90), size: 9.5pt, label), body)
#let more(body) = block(above: 0.45em, text(size: 9.5pt, fill: luma(70), body))`;

function chapterTypst(book: PrintedBook, chapter: OutlinedChapter, known: ReadonlySet<string>): string {
  const heading = `= ${escaped(`${book.words.chapter} ${chapter.number} – ${titled(book.voice, chapter.title)}`)}`;
  return [heading, ...chapter.sections.map((section) => sectionTypst(book, section, known))].join('\n\n');
}

function sectionTypst(book: PrintedBook, section: OutlinedSection, known: ReadonlySet<string>): string {
  const heading = section.number === '' ? [] : [`== ${escaped(`${book.words.section} ${section.number} – ${titled(book.voice, section.title)}`)}`];
  return [...heading, ...section.articles.map((article) => articleTypst(book, article, known))].join('\n\n');
}

function articleTypst(book: PrintedBook, article: OutlinedArticle, known: ReadonlySet<string>): string {
  const heading = `=== ${escaped(`${article.number}  ${titled(book.voice, article.title)}`)} ${label(article.number)}`;
  return [heading, ...article.blocks.map((block) => blockTypst(book, block, article, known))].join('\n\n');
}

function blockTypst(book: PrintedBook, block: Article, article: OutlinedArticle, known: ReadonlySet<string>): string {
  const context = block.continued || article.blocks.length > 1 ? [`#heading(level: 4, outlined: false)[${inlines(contextOf(block.module, book.words, book.voice), known)}]`] : [];
  const referral = block.onReferral ? [`#more[${escaped(book.words.referral)}]`] : [];
  return [...context, ...referral, ...pieces(book.voice, block.statements).map((piece) => pieceTypst(piece, book, known))].join('\n');
}

function pieceTypst({ statement, label: letter, says, table, more }: Piece, { words }: PrintedBook, known: ReadonlySet<string>): string {
  const margin = escaped(marginOf(letter, words));
  const said = statement.kind === 'line' ? `*${inlines(says, known)}*` : inlines(says, known);
  const body = [said, ...(table ? [tableTypst(table, known)] : []), ...more.map((each) => `#more[${inlines(each, known)}]`)].join('\n');
  return `#piece([${margin}])[${body}]`;
}

function tableTypst({ head, rows }: NonNullable<Piece['table']>, known: ReadonlySet<string>): string {
  const cell = (said: Prose): string => `[${inlines(said, known)}]`;
  const right = head.map((_, column) => rows.every((row) => (row[column] ?? []).every(({ kind }) => kind === 'figure')));
  // A table of many columns is set smaller, so that its heads keep to their own.
  return `#text(size: ${head.length > 6 ? 8.5 : 10}pt)[#table(columns: (${head.map(() => 'auto').join(', ')},), align: (${right.map((figures) => `${figures ? 'right' : 'left'} + top`).join(', ')},), table.header(${head.map(cell).join(', ')}), ${rows.map((row) => row.map(cell).join(', ')).join(', ')})]`;
}

const inlines = (said: Prose, known: ReadonlySet<string>): string => said.map((each) => inline(each, known)).join('');
function inline(piece: Inline, known: ReadonlySet<string>): string {
  switch (piece.kind) {
    case 'figure': return `#box[${escaped(piece.text)}]`;
    case 'article': return known.has(piece.number) ? `#link(${label(piece.number)})[${escaped(piece.text)}]` : escaped(piece.text);
    case 'words': case 'term': return piece.foreign ? `#text(lang: "fr", style: "italic")[${escaped(piece.text)}]` : escaped(piece.text);
    case 'text': case 'rate': case 'option': return escaped(plain([piece]));
  }
}
