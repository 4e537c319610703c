/** The newest edition of the repository's tariffs, with what its pages and cards are made from. */
import { join } from 'node:path';
import { Programs } from '../../src/check/program.ts';
import { readEnglish } from '../../src/cli/english.ts';
import { openFigures } from '../../src/cli/figures.ts';
import { loadFolder } from '../../src/cli/load.ts';
import { prepare } from '../../src/index.ts';
import { root } from './command.ts';

export function openNewest() {
  const tariffs = join(root, 'tariffs');
  const { books } = loadFolder(tariffs);
  const book = books.at(-1);
  if (!book) throw new Error('no edition');
  const programs = new Programs(book);
  const editions = prepare([{ book, programs }]);
  const { english } = readEnglish(tariffs);
  const figures = openFigures({ book, programs, editions, english });
  if ('wrong' in figures) throw new Error('the typical customers cannot be read');
  return { books, book, programs, editions, english, figures };
}
