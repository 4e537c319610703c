/** Recorded bills give what the interpreter gives, to the last digit and word, or nothing. */
import { describe, expect, it } from 'vitest';
import { Programs } from '../../src/check/program.ts';
import { loadFolder } from '../../src/cli/load.ts';
import { billToJson } from '../../src/contract/writeBill.ts';
import { billCase } from '../../src/evaluate/bill.ts';
import { prepare } from '../../src/index.ts';
import { seeded } from '../tools/seeded.ts';
import { exampleCases, unlike, variationsOf } from '../tools/variations.ts';

const books = loadFolder('tariffs', { examples: true }).books.map((book) => ({ book, programs: new Programs(book) }));
const editions = prepare(books);
const all = [...exampleCases(books)];
/** Every ninth example: all the rates and options are among them. */
const some = all.filter((_, index) => index % 9 === 4);

function holds(random: () => number, count: number, code: boolean): { readonly billed: number; readonly wrong: readonly string[] } {
  const wrong: string[] = [];
  let billed = 0;
  for (const { title, input } of some) {
    const { form, series: ownSeries, draw, drawSeries, own, caseOf } = variationsOf(input, editions, code);
    form.learn(input);
    for (let turn = 0; turn < count && !form.tree.unrecordable; turn++) {
      const numbers = turn === 0 ? own : draw(random);
      const series = turn === 0 ? ownSeries : drawSeries(random);
      const varied = caseOf(numbers, series);
      const outcome = billCase(varied, editions);
      const raw = form.bill({ numbers, series });
      if (!raw) { form.learn(varied); continue; }
      billed++;
      const expected = 'bill' in outcome ? JSON.stringify(billToJson(outcome.bill, 'fr')) : 'refused';
      const found = form.as(raw, { numbers, series }, (bill) => JSON.stringify(billToJson(bill, 'fr')));
      if (expected !== found) wrong.push(`${title}: ${numbers.join(' ')}`);
      else if ('bill' in outcome) form.as(raw, { numbers, series }, (bill) => { const where = unlike(outcome.bill, bill); if (where !== undefined) wrong.push(`${title}: ${where}`); });
    }
  }
  return { billed, wrong };
}

describe('recorded bills', () => {
  it('are those of the interpreter, to the last digit and word, for cases like the worked examples', () => {
    const { billed, wrong } = holds(seeded(1), 6, true);
    expect(wrong).toEqual([]);
    expect(billed).toBeGreaterThan(300);
  }, 180_000);
  it('are the same without generated code', () => {
    const { billed, wrong } = holds(seeded(2), 3, false);
    expect(wrong).toEqual([]);
    expect(billed).toBeGreaterThan(150);
  }, 180_000);
  it('refuse nothing that they bill, and bill nothing that the interpreter refuses', () => {
    const energy = all.find(({ input }) => input.rate === 'D' && input.options.length === 0 && input.history.length === 0 && input.period.measures.size === 1 && input.period.facts.size === 0);
    expect(energy).toBeDefined();
    if (!energy) return;
    const { form } = variationsOf(energy.input, editions);
    expect(form.bill({ numbers: [1000] })).toBeUndefined();
    form.learn(energy.input);
    for (const bad of [NaN, -1, Infinity, 2 ** 53]) expect(form.bill({ numbers: [bad] })).toBeUndefined();
  });
});
