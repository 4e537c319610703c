/** The edition that a command line names: by a day, or by a folder (a working copy of one, say). */
import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Book } from '../check/book.ts';
import { checkCitations } from '../check/check.ts';
import { Programs } from '../check/program.ts';
import { formatIsoDate, parseIsoDate } from '../calendar/day.ts';
import { diagnostic, isError, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { editionFolders } from '../disk/editions.ts';
import type { Editions } from '../evaluate/bill.ts';
import { oneEdition } from '../evaluate/editions.ts';
import { catalogueOf, prepare } from '../index.ts';
import type { Catalogue } from '../contract/readCase.ts';
import { defaultTariffs, type Common } from './context.ts';
import { isFolder, loadEditions, loadFile, type Loaded } from './load.ts';

/** One edition, opened for work, by itself. */
export interface OpenedEdition {
  readonly book: Book;
  /** The folder that named it, if one did. */
  readonly folder: string | undefined;
  readonly programs: Programs;
  /** It answers for every day: what a case would cost at this edition whatever its dates. */
  readonly editions: Editions;
  readonly catalogue: Catalogue;
  /** What is wrong with its files; it may grow while articles are read. */
  readonly errors: () => Diagnostic[];
  /** Of a copy in the making: figures that it cites and that their home no longer has. Its bills would mix the old and the new. */
  readonly miscited: readonly Diagnostic[];
}

/** Opens the edition in force on a day of the tariffs (`2025-04-01`), or that of a folder or of a file. */
export function openEdition(named: string, options: Common): OpenedEdition | { readonly diagnostics: readonly Diagnostic[] } {
  const byDate = parseIsoDate(named) !== undefined && !existsSync(named);
  const found = byDate ? inForce(named, options) : inFolder(named, options);
  if ('diagnostics' in found) return found;
  const { book, loaded } = found;
  const programs = new Programs(book);
  const opened = [{ book, programs }];
  const editions = oneEdition(prepare(opened), book.edition.date);
  const errors = (): Diagnostic[] => [...loaded.diagnostics, ...programs.found()].filter(isError);
  const wrong = errors();
  return wrong.length > 0 || !editions ? { diagnostics: wrong } : { book, folder: byDate ? undefined : basename(resolve(named)), programs, editions, catalogue: catalogueOf(opened), errors, miscited: byDate ? [] : checkCitations(book).filter(isError) };
}

type Found = { readonly book: Book; readonly loaded: Loaded } | { readonly diagnostics: readonly Diagnostic[] };

function inForce(date: string, options: Common): Found {
  const loaded = loadEditions(editionFolders(options.tariffs ?? defaultTariffs()), { examples: false });
  const day = parseIsoDate(date) ?? 0;
  const book = loaded.books.filter(({ edition }) => edition.date <= day).at(-1);
  return book ? { book, loaded } : { diagnostics: loaded.diagnostics.some(isError) ? loaded.diagnostics : [diagnostic('edition/inconnue', { date })] };
}

function inFolder(path: string, options: Common): Found {
  if (!existsSync(path)) return { diagnostics: [diagnostic('texte/introuvable', { path })] };
  if (!isFolder(path)) { const loaded = loadFile(path); return loaded.books[0] ? { book: loaded.books[0], loaded } : { diagnostics: loaded.diagnostics }; }
  const folders = editionFolders(path);
  if (folders.length === 0) return { diagnostics: [diagnostic('texte/introuvable', { path })] };
  const alone = loadEditions(folders, { examples: false });
  if (alone.books.length > 1) return { diagnostics: [diagnostic('edition/plusieurs', { path, dates: alone.books.map(({ edition }) => formatIsoDate(edition.date)).join(', ') })] };
  const [book] = alone.books;
  if (!book) return { diagnostics: alone.diagnostics };
  if (!alone.diagnostics.some(({ code }) => code === 'edition/inconnue')) return { book, loaded: alone };
  // It amends another: that one stands beside it, or among the tariffs. An edition there of the same date is the one that this is a copy of.
  for (const root of [dirname(resolve(path)), options.tariffs ?? defaultTariffs()]) {
    const others = editionFolders(root).filter((folder) => resolve(folder) !== resolve(path));
    const dates = new Map(others.map((folder) => [folder, loadEditions([folder], { examples: false }).books[0]?.edition.date]));
    const loaded = loadEditions([path, ...others.filter((folder) => dates.get(folder) !== undefined && dates.get(folder) !== book.edition.date)], { examples: false });
    const whole = loaded.books.find(({ edition }) => edition.date === book.edition.date);
    if (whole && !loaded.diagnostics.some(isError)) return { book: whole, loaded };
  }
  return { diagnostics: alone.diagnostics };
}
