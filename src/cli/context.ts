/** What every command shares (`common.ts`), and the editions it opens. */
import type { Book } from '../check/book.ts';
import { Programs } from '../check/program.ts';
import { isError, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { defaultTariffs, type Common } from './common.ts';
import { loadFolder, loadPath, type LoadedPath, type Reading } from './load.ts';

export * from './common.ts';
export { isAbout } from './paths.ts';

/** Editions opened for work. */
export interface Opened { readonly books: { book: Book; programs: Programs }[]; readonly errors: () => Diagnostic[] }

/** The editions; `errors` may grow while articles are read, so it is asked again once the work is done. */
export function open(options: Common, withExamples = false): Opened {
  const loaded = loadFolder(options.tariffs ?? defaultTariffs(), { examples: withExamples });
  const books = loaded.books.map((book) => ({ book, programs: new Programs(book) }));
  return { books, errors: () => [...loaded.diagnostics, ...books.flatMap(({ programs }) => programs.found())].filter(isError) };
}

/** What the paths name: each set of files is loaded once, with what it needs. */
export function sources(paths: readonly string[], options: Common, how: Reading = {}): LoadedPath[] {
  return (paths.length > 0 ? paths : [options.tariffs ?? defaultTariffs()]).map((path) => loadPath(path, how));
}
