/** The hard constructs, a file each, with bills worked by hand: they must check without a word, and every example be exact. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkAll, loadFile } from '../src/cli/load.ts';
import { toText } from '../src/diagnostics/print.ts';
import { isError } from '../src/diagnostics/diagnostic.ts';
import { runExample } from '../src/evaluate/example.ts';
import { prepare } from '../src/index.ts';

const folder = join(import.meta.dirname, 'langage');
describe.each(readdirSync(folder).filter((name) => name.endsWith('.tarif')).sort())('%s', (name) => {
  const { checked, diagnostics } = checkAll(loadFile(join(folder, name)));
  it('checks without an error', () => {
    expect(diagnostics.filter(isError).map((item) => toText(item, 'fr'))).toEqual([]);
  });
  const editions = prepare(checked);
  const examples = checked.flatMap(({ book, programs }) => [...book.articles.values()].flatMap((article) => article.statements.flatMap((statement) => (statement.kind === 'example' ? [{ title: statement.title, run: () => runExample(statement, article, programs, editions) }] : []))));
  it('has an example', () => {
    expect(examples.length).toBeGreaterThan(0);
  });
  it.each(examples)('$title', ({ run }) => {
    expect(run().failures.map((item) => toText(item, 'fr'))).toEqual([]);
  });
});
