/** The planted mistakes of `spec/mauvais`, and what the check says of each. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectBooks } from '../../../src/check/book.ts';
import { checkBook } from '../../../src/check/check.ts';
import { CATALOGUE } from '../../../src/diagnostics/catalogue.ts';
import { isError, type Code, type Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import { inOrder } from '../../../src/diagnostics/print.ts';
import { runExample } from '../../../src/evaluate/example.ts';
import { verifyBook } from '../../../src/evaluate/verify.ts';
import { prepare } from '../../../src/index.ts';
import { sourceFile } from '../../../src/source/file.ts';
import { parseFile } from '../../../src/syntax/parse.ts';

export const FIXTURES = 'spec/mauvais';

/** A file, what it plants of a code, and its text. */
export interface Fixture { readonly path: string; readonly text: string; readonly items: readonly Diagnostic[] }

/** For each code, the first file that plants it, alone if possible, and its diagnostics of that code. */
export function fixtures(root: string): ReadonlyMap<Code, Fixture> {
  const found = new Map<Code, Fixture>();
  const names = readdirSync(join(root, FIXTURES)).filter((name) => name.endsWith('.tarif')).sort();
  // A file named after its code comes before the files that gather several mistakes.
  const gathers = (name: string): boolean => !(Object.keys(CATALOGUE) as Code[]).some((code) => name.startsWith(`${code.replace('/', '-')}-`));
  for (const name of [...names.filter((each) => !gathers(each)), ...names.filter(gathers)]) {
    const path = `${FIXTURES}/${name}`;
    const text = readFileSync(join(root, path), 'utf8');
    const planted = new Set([...text.matchAll(/^# attend: (\S+) ligne \d+$/gm)].map((match) => match[1]));
    const items = inOrder(diagnose(path, text));
    for (const code of new Set(items.map((item) => item.code))) {
      if (planted.has(code) && !found.has(code)) found.set(code, { path, text, items: items.filter((item) => item.code === code) });
    }
  }
  return found;
}

/** What the check says of a text, then, when it holds, what its own examples and verifications say. */
function diagnose(path: string, text: string): Diagnostic[] {
  const parsed = parseFile(sourceFile(path, text));
  const books = collectBooks([{ path: FIXTURES, files: [parsed.value] }]);
  const checked = books.value.map(checkBook);
  const diagnostics = [...parsed.diagnostics, ...books.diagnostics, ...checked.flatMap((book) => book.diagnostics)];
  if (diagnostics.some(isError)) return diagnostics;
  const editions = prepare(checked);
  const examples = checked.flatMap(({ book, programs }) => [...book.blocks].flatMap((article) =>
    article.statements.flatMap((statement) => (statement.kind === 'example' ? runExample(statement, article, programs, editions).failures : []))));
  return [...diagnostics, ...checked.flatMap((book) => verifyBook(book, editions)), ...examples];
}
