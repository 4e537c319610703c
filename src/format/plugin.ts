/**
 * The plugin of prettier 3 for the language, made of the one parser: `prettier --plugin bareme/prettier`. It has no options, and
 * none of prettier's (width, tabs) changes its text: the layout is the book's. It refuses what cannot be read.
 */
import type { AstPath, Doc, Parser, Printer, SupportLanguage } from 'prettier';
import { builders } from 'prettier/doc';
import { isError, messageOf } from '../diagnostics/diagnostic.ts';
import { lineColumn, sourceFile } from '../source/file.ts';
import type { TarifFile } from '../syntax/nodes.ts';
import { parseFile } from '../syntax/parse.ts';
import { isSame, meaningOf, plain } from './same.ts';
import { write } from './write.ts';

/** The whole of a file: prettier asks for a tree, and this is its one node. */
interface Root { readonly type: 'tarif'; readonly tree: TarifFile; readonly comments?: undefined }

/** What is thrown when the formatted text would not say the same; it is a mistake of the formatter's, and the text stays as it was. */
export class MeaningChanged extends Error {
  override name = 'MeaningChanged';
}

export const languages: SupportLanguage[] = [{ name: 'Tarif', parsers: ['tarif'], extensions: ['.tarif'], vscodeLanguageIds: ['tarif'] }];

const parser: Parser<Root> = {
  astFormat: 'tarif',
  parse(text) {
    const file = sourceFile('', text);
    const { value: tree, diagnostics } = parseFile(file);
    const wrong = diagnostics.find(isError);
    if (wrong) throw Object.assign(new SyntaxError(`${wrong.code} ${messageOf(wrong, 'fr')}`), { loc: { start: lineColumn(file, wrong.span?.start ?? 0) } });
    return { type: 'tarif', tree };
  },
  locStart: () => 0,
  locEnd: ({ tree }) => tree.file.text.length,
};
export const parsers = { tarif: parser };

const printer: Printer<Root> = {
  // What `prettier --debug-check` compares: the tree without its places, a number without its own writing.
  massageAstNode: Object.assign((original: object, clean: Record<string, unknown>): void => {
    if ('kind' in original && original.kind === 'quantity') delete clean['text'];
    for (const [key, value] of Object.entries(clean)) if (typeof value === 'string') clean[key] = plain(value);
  }, { ignoredProperties: new Set(['span', 'file']) }),
  print(path: AstPath<Root>): Doc {
    const { tree } = path.node;
    const text = write(tree);
    if (text !== tree.file.text && !isSame(meaningOf(tree.file, tree.blocks), meaningOf(sourceFile(tree.file.path, text)))) throw new MeaningChanged('the formatted text would not say the same');
    return builders.join(builders.hardline, text.split('\n'));
  },
};
export const printers = { tarif: printer };
