/** The generated pages: path → text. Pure but for reading the sources, so that a spec can compare. */
import { join } from 'node:path';
import { bookPage } from './book.ts';
import { diagnosticsPage } from './diagnostics.ts';
import { grammarPage } from './grammar.ts';
import { vocabularyPage } from './vocabulary.ts';

export const root = join(import.meta.dirname, '../..');

/** Every page that is committed. */
export const pages = (): ReadonlyMap<string, string> => new Map([
  ['docs/reference/grammaire.html', grammarPage()],
  ['docs/reference/vocabulaire.md', vocabularyPage()],
  ['docs/reference/diagnostics.md', diagnosticsPage(root)],
  ['docs/reference/livre.md', bookPage(root)],
]);
