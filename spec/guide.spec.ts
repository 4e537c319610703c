/** Every sample of the language guide is read, checked and, where it has examples, run. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collectBooks } from '../src/check/book.ts';
import { checkBook } from '../src/check/check.ts';
import { isError } from '../src/diagnostics/diagnostic.ts';
import { toText } from '../src/diagnostics/print.ts';
import { runExample } from '../src/evaluate/example.ts';
import { prepare } from '../src/index.ts';
import { sourceFile } from '../src/source/file.ts';
import { parseFile } from '../src/syntax/parse.ts';

const guide = readFileSync(join(import.meta.dirname, '../docs/langage.md'), 'utf8');
const samples = [...guide.matchAll(/```tarif\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');

describe('the samples of docs/langage.md', () => {
  const [whole = '', ...parts] = samples;
  // The other samples are statements of a second rate, an article each: later ones may use the names of earlier ones.
  const text = parts.reduce((sum, part, index) => `${sum}article 3.${index + 1} « Échantillon ${index + 1} »\n${part}\n`, `${whole}\ntarif Y « Second exemple »\n`);
  const parsed = parseFile(sourceFile('docs/langage.md', text));
  const books = collectBooks([{ path: 'docs', files: [parsed.value] }]);
  const checked = books.value.map(checkBook);
  it('are many', () => expect(samples.length).toBeGreaterThan(6));
  it('check without an error', () => {
    const errors = [...parsed.diagnostics, ...books.diagnostics, ...checked.flatMap((book) => book.diagnostics)].filter(isError);
    expect(errors.map((item) => toText(item, 'fr'))).toEqual([]);
  });
  it('give what their examples say', () => {
    const editions = prepare(checked);
    const examples = checked.flatMap(({ book, programs }) => [...book.articles.values()].flatMap((article) => article.statements.flatMap((statement) => (statement.kind === 'example' ? [runExample(statement, article, programs, editions)] : []))));
    expect(examples.length).toBeGreaterThan(0);
    expect(examples.flatMap((example) => example.failures).map((item) => toText(item, 'fr'))).toEqual([]);
  });
});
