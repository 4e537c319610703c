/** The generated pages: path → text. Pure but for reading the sources, so that a spec can compare. */
import { join } from 'node:path';
import { bookPage } from './book.ts';
import { diagnosticPages } from './diagnostics.ts';
import { grammarPage } from './grammar.ts';
import { passesPicture } from './passes.ts';
import { vocabularyPage } from './vocabulary.ts';
import { catalogueSchema } from '../../src/render/catalogue/columns.ts';
import { markdownInjection, textmateGrammar } from '../../src/render/textmate.ts';

export const root = join(import.meta.dirname, '../..');

const json = (value: object): string => `${JSON.stringify(value, null, 1)}\n`;

/** Every page that is committed, the schemas of what programs read, and the colouring of the editor's extension. */
export const pages = async (): Promise<ReadonlyMap<string, string>> => new Map([
  ['docs/reference/grammaire.html', grammarPage()],
  ['docs/reference/vocabulaire.md', vocabularyPage()],
  ...await diagnosticPages(root),
  ['docs/passes.svg', passesPicture()],
  ['docs/reference/livre.md', bookPage(root)],
  ['docs/schemas/catalogue.schema.json', json(catalogueSchema())],
  ['editors/vscode/syntaxes/tarif.tmLanguage.json', json(textmateGrammar())],
  ['editors/vscode/syntaxes/markdown.tmLanguage.json', json(markdownInjection())],
]);
