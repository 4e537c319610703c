/**
 * `npm run bench -- equality [cases] [seed]`: random cases like the worked examples of the book, billed by the interpreter and by compiled
 * code: every digit of every line, sum and tax; then, for cases that can be rows, by columns: every cent of every column. It stops at
 * the first difference, and writes the case.
 */
import type { Program } from '../src/check/core.ts';
import { billCase } from '../src/evaluate/bill.ts';
import type { CaseInput } from '../src/evaluate/case.ts';
import { Programs } from '../src/check/program.ts';
import { loadFolder } from '../src/cli/load.ts';
import { catalogueOf, prepare } from '../src/index.ts';
import { seeded } from '../spec/tools/seeded.ts';
import { exampleCases, unlike, variationsOf } from '../spec/tools/variations.ts';
import { compareTable } from './equalityColumns.ts';

const wanted = Number(process.argv[2] ?? 100_000);
const random = seeded(Number(process.argv[3] ?? 1));
const books = loadFolder('tariffs', { examples: true }).books.map((book) => ({ book, programs: new Programs(book) }));
const editions = prepare(books);
const catalogue = catalogueOf(books);
const programOf = ({ rate, options }: CaseInput): Program | undefined => catalogue.program(rate, options);
const cases = [...exampleCases(books)];

const seen = { cases: 0, compiled: 0, refusedAlike: 0, learnt: 0, rates: new Set<string>(), left: new Map<string, number>() };
const rows = { billed: 0, left: 0, refusedAlike: 0, rates: new Set<string>() };
const started = performance.now();
let told = 0;
/** Rounds over all the examples, so that each rate has its share. A form is made anew each round: what is kept is one form at a time. */
const share = Math.max(4, Math.min(400, Math.ceil(wanted / cases.length)));
while (seen.cases < wanted) {
  for (const { title, input } of cases) {
    if (seen.cases >= wanted) break;
    if (seen.cases >= told + 50_000) { told = seen.cases; console.error(`${told} cases, ${seen.compiled} compiled; ${rows.billed} rows by columns; no difference so far, ${((performance.now() - started) / 1000).toFixed(0)} s`); }
    const { form, series: own, draw, drawSeries, own: numbersOwn, caseOf } = variationsOf(input, editions);
    if (numbersOwn.length + own.length === 0) continue;
    form.learn(input);
    const rate = [input.rate, ...input.options].join('+');
    const table = compareTable(input, editions, programOf, Math.ceil(share / (2 + 2 * input.history.length)), random);
    if (table?.wrong !== undefined) { console.error(`${rate} by columns, « ${title} », ${table.wrong}`); process.exit(1); }
    if (table) { rows.billed += table.billed; rows.left += table.left; rows.refusedAlike += table.refusedAlike; if (table.billed > 0) rows.rates.add(rate); }
    if (form.tree.unrecordable) { seen.left.set(`${form.tree.unrecordable} ${rate}`, (seen.left.get(`${form.tree.unrecordable} ${rate}`) ?? 0) + 1); continue; }
    // Long series are slow to bill: fewer of them.
    const turns = own.length > 0 ? Math.max(2, share / 20) : share * 1.5;
    for (let turn = 0; turn < turns && seen.cases < wanted; turn++) {
      const numbers = turn === 0 ? [...numbersOwn] : draw(random);
      const series = turn === 0 ? own : drawSeries(random);
      const varied = caseOf(numbers, series);
      const outcome = billCase(varied, editions);
      const raw = form.bill({ numbers, series });
      seen.cases++;
      seen.rates.add(rate);
      const wrong = ((): string | undefined => {
        if (!raw) return undefined;
        if (!('bill' in outcome)) return `billed, while the interpreter refuses (${outcome.diagnostics[0]?.code ?? ''})`;
        return form.as(raw, { numbers, series }, (bill) => unlike(outcome.bill, bill));
      })();
      if (wrong !== undefined) {
        console.error(`${rate}, « ${title} »: ${wrong}\nnumbers ${numbers.join(' ')}\nover ${form.ranges.map(({ denominator }) => String(denominator)).join(' ')}`);
        process.exit(1);
      }
      if (raw) { seen.compiled++; continue; }
      if (!('bill' in outcome)) seen.refusedAlike++;
      form.learn(varied);
      seen.learnt++;
      if (form.tree.unrecordable) break;
    }
  }
}
const count = (n: number): string => n.toLocaleString('en').replace(/,/g, ' ');
console.log(`${count(seen.cases)} cases of ${seen.rates.size} rates and sets of options: ${count(seen.compiled)} billed by compiled code, each digit the interpreter's; ${count(seen.learnt)} left to the interpreter (${count(seen.refusedAlike)} of them refused by it) and learnt from; no difference. ${((performance.now() - started) / 1000).toFixed(0)} s.`);
console.log(`By columns: ${count(rows.billed)} rows of ${rows.rates.size} rates and sets of options, each cent the interpreter's; ${count(rows.left)} rows left to it (${count(rows.refusedAlike)} of them refused by it).`);
console.log(`Forms left to the interpreter: ${[...seen.left].sort((a, b) => b[1] - a[1]).map(([what, times]) => `${what} (${times})`).join(', ')}`);
