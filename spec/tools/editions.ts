/** Every edition of `tariffs/`, opened once for the specs that bill cases inside this process. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { collectBooks } from '../../src/check/book.ts';
import { Programs } from '../../src/check/program.ts';
import { readInput, type Json } from '../../src/contract/json.ts';
import { readCase } from '../../src/contract/readCase.ts';
import type { CaseInput } from '../../src/evaluate/case.ts';
import { catalogueOf, prepare } from '../../src/index.ts';
import { sourceFile } from '../../src/source/file.ts';
import { parseFile } from '../../src/syntax/parse.ts';

const root = join(import.meta.dirname, '../../tariffs');
export const books = collectBooks(readdirSync(root).map((edition) => ({
  path: edition,
  files: readdirSync(join(root, edition), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.tarif')).map((path) => parseFile(sourceFile(path, readFileSync(join(root, edition, path), 'utf8'))).value),
})), true).value.map((book) => ({ book, programs: new Programs(book) }));
export const editions = prepare(books);
export const catalogue = catalogueOf(books);

export const jsonOf = (value: object | string): Json => {
  const read = readInput(value);
  if ('diagnostics' in read) throw new Error('the JSON of a spec is wrong');
  return read.value as Json;
};
/** A case that the spec knows to be right. */
export function inputOf(value: object): CaseInput {
  const read = readCase(jsonOf(value), catalogue, () => ({ diagnostics: [] }));
  if ('diagnostics' in read) throw new Error(`a case of a spec is wrong: ${read.diagnostics.map((item) => item.code).join()}`);
  return read.input;
}
