/** What is kept between two runs gives the very same bills, and is never believed when it is not what was written. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTariffFiles } from '../../src/cli/cache/files.ts';
import { keepPrograms } from '../../src/cli/cache/keepPrograms.ts';
import { keptEditions } from '../../src/cli/cache/keptEditions.ts';
import { openStore } from '../../src/cli/cache/store.ts';
import { open } from '../../src/cli/context.ts';
import { printBill } from '../../src/cli/printBill.ts';
import { billToJson } from '../../src/contract/writeBill.ts';
import { toJson, toText } from '../../src/diagnostics/print.ts';
import { billCase, type BillOutcome, type Editions } from '../../src/evaluate/bill.ts';
import { openExample } from '../../src/evaluate/example.ts';
import type { CaseInput } from '../../src/evaluate/case.ts';
import { prepare } from '../../src/index.ts';
import { invariant } from '../../src/support/invariant.ts';

const folder = mkdtempSync(join(tmpdir(), 'bareme-cache-'));
const before = process.env['BAREME_CACHE'];
beforeAll(() => {
  process.env['BAREME_CACHE'] = folder;
  // What the bundler puts in its place.
  (globalThis as { BAREME_BUILD?: string }).BAREME_BUILD = 'spec';
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  delete (globalThis as { BAREME_BUILD?: string }).BAREME_BUILD;
  if (before === undefined) delete process.env['BAREME_CACHE']; else process.env['BAREME_CACHE'] = before;
});

/** All that a bill or a refusal says, in the forms that people and programs are given. */
const said = (outcome: BillOutcome, trace: boolean): string => ('bill' in outcome
  ? [JSON.stringify(billToJson(outcome.bill, 'fr', trace)), printBill(outcome.bill, 'fr', trace), placesOf(outcome)]
  : outcome.diagnostics.flatMap((item) => [JSON.stringify(toJson(item, 'fr')), toText(item, 'fr'), toText(item, 'en')])).join('\n');
/** Where each line was written: the places are those of the files, whatever the lines were read from. */
const placesOf = ({ bill }: Extract<BillOutcome, { bill: unknown }>): string => bill.lines.map(({ origin: { span: { file, start, end } } }) => `${file.path}:${start} ${file.text.slice(start, end)}`).join('\n');
/** The trace of a winter of events, or of a year of quarter-hours, is a book by itself: traces are those of short cases, one in seven. */
const traced = (input: CaseInput, index: number): boolean => index % 7 === 0 && input.history.length <= 1 && [input.period, ...input.history].every(({ series, lists, steps }) => series.size + lists.size + steps.size === 0);

describe('the worked examples of the book, from what was kept', () => {
  it('are billed, explained and refused to the letter as from the files', () => {
    const { books, errors } = open({ tariffs: 'tariffs' }, true);
    const fresh = prepare(books);
    const inputs: CaseInput[] = books.flatMap(({ book, programs }) => book.blocks.flatMap((article) => article.statements.flatMap((statement) => {
      const opened = statement.kind === 'example' && book.own.has(article.number) ? openExample(statement, article, programs) : undefined;
      return opened && 'input' in opened ? [opened.input] : [];
    })));
    const bill = (editions: Editions): string[] => inputs.map((input, index) => { const trace = traced(input, index); return said(billCase(input, editions, { trace }), trace); });
    expect(inputs.filter(traced).length).toBeGreaterThan(100);
    const expected = bill(fresh);
    expect(errors()).toEqual([]);

    const files = readTariffFiles('tariffs');
    const store = files && openStore(files.key);
    invariant(files !== undefined && store !== undefined, 'the tariffs are there');
    const asked = books.map(({ book, programs }) => ({ book, asked: programs.closed() }));
    // So many are kept at a time.
    for (let round = 0; round < 10; round++) keepPrograms(files, store, asked, errors);
    const kept = keptEditions(files, store);
    invariant(kept !== undefined, 'something was kept');
    const found = bill(kept.editions);
    expect(kept.missed()).toBe(false);
    expect(found.length).toBeGreaterThan(500);
    found.forEach((text, index) => { if (text !== expected[index]) expect(text).toBe(expected[index]); });
  }, 300_000);
});
