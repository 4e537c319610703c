/** Keeps the programs that some bills were made with, for the next run to bill without reading the files. */
import type { Book } from '../../check/book.ts';
import { Programs } from '../../check/program.ts';
import { refusedTogether } from '../../check/sets.ts';
import { isError } from '../../diagnostics/diagnostic.ts';
import { offeredBy } from '../../index.ts';
import type { TariffFiles } from './files.ts';
import { EDITIONS, programName, type KeptEdition, type KeptProgram } from './keptEditions.ts';
import { pack } from './pack.ts';
import { tell, type Store } from './store.ts';

/** Which programs a run asked of a book. */
export type Asked = readonly { readonly rate: string; readonly options: readonly string[] }[];

/** More than one run is likely to bill with: a mistake in a case makes all the options of its rate be looked into. */
const MOST = 24;

/**
 * Keeps programs, each made whole before another reads from it, so that what is kept does not depend on the order in which they were
 * asked for. `errors` are those of the files read so far: nothing is kept of files in which something is wrong.
 */
export function keepPrograms(files: TariffFiles, store: Store, opened: readonly { readonly book: Book; readonly asked: Asked }[], errors: () => readonly unknown[]): void {
  if (!areThoseRead(files, opened.map(({ book }) => book))) { tell('not kept: the files changed meanwhile'); return; }
  const drafts = opened.flatMap(({ book, asked }) => asked.map(({ rate, options }) => ({ book, rate, options, name: programName(book.edition, rate, options) })).filter(({ name }) => !store.has(name)).slice(0, MOST));
  const whole = new Map(opened.map(({ book }) => [book, new Programs(book, 'whole')]));
  const found = drafts.flatMap(({ book, rate, options, name }) => {
    const content = contentOf(whole.get(book), rate, options, files);
    if ('why' in content) { tell(`not kept: ${name} (${content.why})`); return []; }
    return [{ name, bytes: content.bytes }];
  });
  if (errors().length > 0) { tell('not kept: the files have errors'); return; }
  if (!store.has(EDITIONS)) {
    const editions = pack(opened.map(({ book }): KeptEdition => ({ info: book.edition, ...offeredBy(book) })), files, () => undefined);
    if ('bytes' in editions) store.write(EDITIONS, editions.bytes);
  }
  for (const { name, bytes } of found) store.write(name, bytes);
}

/** Whether the books come from the very contents that the key was made from: a file may be written between the two readings. */
const areThoseRead = (files: TariffFiles, books: readonly Book[]): boolean => {
  const places = books.flatMap((book) => book.files.map(({ file }) => files.indexOf(file)));
  return !places.includes(undefined) && new Set(places).size === files.count;
};

function contentOf(programs: Programs | undefined, rate: string, options: readonly string[], files: TariffFiles): ReturnType<typeof pack> {
  const outcome = programs?.program(rate, options);
  const own = programs?.made(rate, options)?.elaborator;
  if (!programs || !outcome || !own) return { why: 'there is none' };
  if (outcome.diagnostics.some(isError)) return { why: 'it has errors' };
  const mine = new Set([...own.symbols.values(), ...own.clocks.values()]);
  const homes = programs.homes();
  const { related: _, ...program } = outcome.program;
  const kept: KeptProgram = { program, allowed: refusedTogether(programs, rate, options) === undefined };
  return pack(kept, files, (symbol) => (mine.has(symbol) ? 'own' : homes.get(symbol)));
}
