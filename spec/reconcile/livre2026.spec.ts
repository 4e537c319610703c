/** The edition of 2026 against the book, as `bareme reconcile BOOK.txt --summary` wrote it down: titles, numbers with units, references. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isError } from '../../src/diagnostics/diagnostic.ts';
import { loadFolder } from '../../src/cli/load.ts';
import { reconcile } from '../../src/reconcile/compare.ts';
import { readSummary } from '../../src/reconcile/summary.ts';

const root = join(import.meta.dirname, '../..');
const printed = readSummary(JSON.parse(readFileSync(join(root, 'spec/livre-2026.json'), 'utf8'))) ?? [];
const loaded = loadFolder(join(root, 'tariffs/2026-04-01'), { examples: false });
const [book] = loaded.books;
if (!book) throw new Error('no edition of 2026');

describe('the edition of 2026', () => {
  const result = reconcile(printed, book);
  it('has every article of the book, each number used or set aside with a reason, and no number of its own', () => {
    expect(loaded.diagnostics.filter(isError)).toEqual([]);
    expect(result.differences.map(({ article, kind, printed: page, written }) => `${article} ${kind} ${page?.text ?? '∅'} | ${written?.text ?? '∅'}`)).toEqual([]);
    expect([result.articles, result.printed, result.accounts.rien]).toEqual([431, 431, 0]);
  });
  it('is a whole book: figures in plenty, most of them used', () => {
    expect(result.figures).toBeGreaterThan(1000);
    expect(result.accounts.bloc + result.accounts.nom + result.accounts.reprise).toBeGreaterThan(0.95 * result.figures);
  });
  it.each([['2.5', '7,065 ¢/kWh'], ['12.2', '1,1427'], ['10.3', '50,469 $'], ['5.7', '3 périodes de consommation']])('a price of article %s that changes is seen', (number) => {
    const changed = printed.map((page) => (page.number !== number ? page : { ...page, figures: page.figures.map((each, at) => (at === 0 && each.figure.kind === 'quantity' ? { ...each, figure: { ...each.figure, value: { n: each.figure.value.n * 1000n + 7n, d: each.figure.value.d * 1000n } } } : each)) }));
    expect(reconcile(changed, book).differences.map(({ article }) => article)).toEqual([number]);
  });
});
