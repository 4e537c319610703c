/** The examples of tariff files, run file by file: what one thread does, alone or with others. */
import type { Article, Book } from '../check/book.ts';
import { Programs } from '../check/program.ts';
import { runExample } from '../evaluate/example.ts';
import type { Editions } from '../evaluate/bill.ts';
import type { Verification } from '../evaluate/verify.ts';
import { prepare } from '../index.ts';
import { exampleReport, verificationReport, type ExampleReport, type VerificationReport } from '../render/testReport.ts';
import type { Lang } from '../quantity/format.ts';
import type { SourceFile } from '../source/file.ts';
import type { ExampleStatement } from '../syntax/nodes.ts';
import { parseFile } from '../syntax/parse.ts';
import type { LoadedPath } from './load.ts';
import type { Counter } from './threads.ts';

/** Which examples are asked for. */
export interface Wanted { readonly article: string | undefined; readonly filter: string | undefined }

/** A file whose examples are run together. */
export interface Unit { readonly source: number; readonly file: SourceFile }

/** Editions ready to run their examples. */
export interface Ready { readonly loaded: LoadedPath; readonly books: readonly { readonly book: Book; readonly programs: Programs }[]; readonly editions: Editions }

export const readied = (loaded: LoadedPath, checked?: Ready['books']): Ready => {
  const books = checked ?? loaded.books.map((book) => ({ book, programs: new Programs(book) }));
  return { loaded, books, editions: prepare(books) };
};

/** The files that the paths name, in order: each is a unit of work. */
export function unitsOf(sources: readonly LoadedPath[]): Unit[] {
  return sources.flatMap(({ books, names }, source) => [...new Map(books.flatMap(({ files }) => files.map(({ file }) => [file.path, file]))).values()].filter(({ path }) => names(path)).map((file) => ({ source, file })));
}

/** The order in which units are taken: the longest first, so that no thread is left alone with a long one at the end. */
export const longestFirst = (units: readonly Unit[]): number[] => units.map((_, index) => index).sort((a, b) => (units[b]?.file.text.length ?? 0) - (units[a]?.file.text.length ?? 0) || a - b);

const plain = (text: string): string => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
const wants = ({ article, filter }: Wanted, number: string, title: string): boolean => (article === undefined || article === number) && (filter === undefined || plain(title).includes(plain(filter)));

export interface Item { readonly example: ExampleStatement; readonly article: Article; readonly programs: Programs }

/** The examples of a file that are asked for, in order, each with its article. A file read without its examples is read again. */
export function itemsOf({ books }: Ready, { file }: Unit, wanted: Wanted, again = false): Item[] {
  const read = again ? new Map(parseFile(file).value.blocks.map((block) => [block.header.span.start, block.statements])) : undefined;
  return books.flatMap(({ book, programs }) => book.blocks.filter((article) => book.own.has(article.number) && article.span.file.path === file.path).flatMap((article) =>
    (read?.get(article.span.start) ?? article.statements).flatMap((statement): Item[] => (statement.kind === 'example' && wants(wanted, article.number, statement.title) ? [{ example: statement, article, programs }] : []))))
    .sort((a, b) => a.example.span.start - b.example.span.start);
}

/** Runs an example; one that is off is run again with its trace. */
export function runItem({ example, article, programs }: Item, editions: Editions, lang: Lang): ExampleReport {
  const result = runExample(example, article, programs, editions);
  return exampleReport(result.failures.length === 0 ? result : runExample(example, article, programs, editions, { trace: true }), lang);
}

/** What a thread made: the reports of each unit that it took. */
export type Done = readonly { readonly unit: number; readonly reports: readonly ExampleReport[] }[];

/** Takes files one after another, while there are some that no other thread has taken, and runs their examples. */
export function takeUnits(ready: readonly Ready[], wanted: Wanted, lang: Lang, counter: Counter, how: { readonly again: boolean; readonly tick: () => void }): Done {
  const units = unitsOf(ready.map(({ loaded }) => loaded));
  const order = longestFirst(units);
  const done: { unit: number; reports: ExampleReport[] }[] = [];
  for (let next = order[counter.next()]; next !== undefined; next = order[counter.next()]) {
    const unit = units[next];
    const own = unit && ready[unit.source];
    if (!own) continue;
    done.push({ unit: next, reports: itemsOf(own, unit, wanted, how.again).map((item) => { const report = runItem(item, own.editions, lang); counter.done(1); how.tick(); return report; }) });
  }
  return done;
}

/** The statements of the book about itself, in the files that are asked for. */
export function verificationsOf(opened: readonly { readonly source: LoadedPath; readonly verified: readonly Verification[] }[], wanted: Wanted, lang: Lang): VerificationReport[] {
  return opened.flatMap(({ source, verified }) => verified.filter(({ span, article, words }) => source.names(span.file.path) && wants(wanted, article, words))).map((each) => verificationReport(each, lang));
}
