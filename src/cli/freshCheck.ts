/** Checks what a path names, from its files. */
import type { FreshCheck } from './cache/keptCheck.ts';
import { checkAll, loadPath } from './load.ts';

export function checkFresh(path: string): FreshCheck {
  const loaded = loadPath(path);
  const { checked, diagnostics } = checkAll(loaded);
  return {
    outcome: { diagnostics, editions: checked.map(({ book }) => [...book.articles.values()].map(({ number, span }) => ({ file: span.file, own: book.own.has(number) }))) },
    read: loaded.books.flatMap((book) => book.files.map(({ file }) => file)),
  };
}
