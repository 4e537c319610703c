/**
 * `npm run bench -- batch [rows] [--json FILE]`: `bareme batch` on invented rows of rate D, always the same ones. First in this process, on one thread,
 * what reading and writing alone take beside the whole; then the built command (`npm start` builds it) on more and more rows: time, memory.
 */
import { spawn } from 'node:child_process';
import { closeSync, createWriteStream, mkdtempSync, openSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { billRows, type BillingEdition } from '../src/analysis/customers/billRows.ts';
import { optionsIn, programNamed } from '../src/analysis/customers/rows.ts';
import { billCells, sheetOf } from '../src/analysis/customers/sheet.ts';
import { lineColumns } from '../src/analysis/customers/lineColumns.ts';
import { kindsOf, pieceBiller, type TableBiller } from '../src/cli/batch/columns.ts';
import { customersIn, openInput, readBytes } from '../src/cli/batch/input.ts';
import { surveyOf } from '../src/cli/batch/survey.ts';
import { csvLine } from '../src/cli/batch/work.ts';
import { open } from '../src/cli/context.ts';
import { catalogueOf, prepare } from '../src/index.ts';
import { seeded } from '../spec/tools/seeded.ts';

const given = process.argv[2];
const rows = given === undefined || given.startsWith('--') ? 1_000_000 : Number(given);
const jsonAt = process.argv.indexOf('--json');
const json = jsonAt < 0 ? undefined : process.argv[jsonAt + 1];
/** What `--json` writes: the two ways in this process, and the command on more and more rows. */
const results: { alone?: object; readonly growth: object[] } = { growth: [] };
const folder = mkdtempSync(join(tmpdir(), 'bareme-bench-'));

/** A row a customer: a month of 2026, and up to 4 000 kWh. */
async function write(count: number): Promise<string> {
  const path = join(folder, `${count}.csv`);
  const stream = createWriteStream(path);
  const next = seeded(2026);
  let text = 'client;tarif;debut;fin;energie\n';
  for (let index = 0; index < count; index++) {
    const month = 4 + Math.floor(next() * 5);
    text += `C-${String(index).padStart(8, '0')};D;2026-0${month}-01;2026-0${month + 1}-01;${(next() * 4000).toFixed(1)}\n`;
    if (text.length > 1 << 20) { if (!stream.write(text)) await new Promise((resolve) => { stream.once('drain', () => { resolve(undefined); }); }); text = ''; }
  }
  await new Promise((resolve) => { stream.end(text, () => { resolve(undefined); }); });
  return path;
}

const seconds = (from: number): number => (performance.now() - from) / 1000;
const fixed = (value: number, places = 2): string => value.toFixed(places);

/** Works nothing out: every line, tax and sum is the number of the row. */
function nothingWorkedOut(lines: readonly string[], taxes: readonly string[]): TableBiller {
  let amounts = new Float64Array(0);
  return {
    bill: ({ count }) => {
      if (amounts.length < count) amounts = Float64Array.from({ length: count }, (_, row) => 5000 + row);
      return { lines: new Map(lines.map((id) => [id, amounts])), subtotal: amounts, taxes: new Map(taxes.map((name) => [name, amounts])), total: amounts, left: new Int32Array(0) };
    },
  };
}

async function inThisProcess(): Promise<void> {
  const path = await write(rows);
  const { books } = open({});
  const catalogue = catalogueOf(books);
  const edition: BillingEdition = { catalogue, editions: prepare(books), readTable: () => ({ diagnostics: [] }) };
  const input = openInput(path, []);
  const program = programNamed(catalogue, 'D', []);
  if (!program) throw new Error('no rate D');
  const survey = (): ReturnType<typeof surveyOf> => surveyOf(input, (rate, options) => [programNamed(catalogue, rate, optionsIn(options)) ?? program], join(folder, 'scratch'), () => undefined);
  const { chunks, programs } = survey();
  const sheet = sheetOf(programs, { exact: false, reserves: false });
  const kinds = kindsOf(input.columns, programs);
  // The same lines as a bill of rate D: the fee and the two blocks.
  const lines = lineColumns(program).slice(0, 3).map(({ id }) => id);
  const all = (make?: () => TableBiller): number => {
    const bill = pieceBiller(input, kinds, sheet, edition, make);
    const file = openSync(join(folder, 'out.csv'), 'w');
    const begun = performance.now();
    survey();
    for (const chunk of chunks) { const made = bill?.(readBytes(path, chunk.offset, chunk.length), chunk, () => { throw new Error('a row was left'); }); if (!made) throw new Error('a piece was not read'); writeSync(file, made.out); }
    closeSync(file);
    return seconds(begun);
  };
  const least = (run: () => number): number => Math.min(run(), run(), run());
  const alone = least(() => all(() => nothingWorkedOut(lines, program.edition.taxes.map(({ name }) => name))));
  const whole = least(() => all());
  console.log(`${rows} rows of rate D, ${(statSync(path).size / 1e6).toFixed(0)} MB in, ${(statSync(join(folder, 'out.csv')).size / 1e6).toFixed(0)} MB out, one thread, the least of three`);
  results.alone = { rows, readingAndWritingSeconds: alone, billedSeconds: whole };
  console.log(`reading and writing alone: ${fixed(alone)} s; billed: ${fixed(whole)} s, ${fixed(whole / alone)} times as long (${Math.round(rows / whole)} bills/s)`);
  const first = chunks[0];
  if (!first) return;
  const customers = customersIn(input, readBytes(path, first.offset, first.length), first);
  const begun = performance.now();
  for (const customer of customers) for (const outcome of billRows(customer, input.columns, edition)) if ('bill' in outcome) csvLine(billCells(outcome.bill, customer.name, sheet, edition.editions));
  console.log(`by the interpreter: ${Math.round(customers.length / seconds(begun))} bills/s`);
  rmSync(path);
}

const HOOK = "data:text/javascript,import{isMainThread as m}from'node:worker_threads';if(m)process.on('exit',()=>{const u=process.resourceUsage();process.stderr.write('used '+u.maxRSS+' '+(u.userCPUTime+u.systemCPUTime)+'\\n')})";
const run = (args: readonly string[]): Promise<{ seconds: number; cpu: number; megabytes: number }> => new Promise((resolve) => {
  const begun = performance.now();
  const child = spawn(process.execPath, ['--import', HOOK, 'dist/cli.js', ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (piece: Buffer) => { said += piece.toString(); });
  child.on('close', () => {
    const [, memory = '0', microseconds = '0'] = /used (\d+) (\d+)/.exec(said) ?? [];
    resolve({ seconds: seconds(begun), cpu: Number(microseconds) / 1e6, megabytes: Number(memory) / 1024 });
  });
});

async function growth(): Promise<void> {
  console.log(`\nnode ${process.version}, ${cpus()[0]?.model ?? ''}, ${cpus().length} cores; the command from its start to its end\n      rows  threads  seconds  processor  bills/s      MB`);
  for (let count = 1000; count <= rows; count *= 10) {
    const path = await write(count);
    for (const threads of ['1', '2']) {
      const made = await run(['batch', path, '--out', join(folder, 'out.csv'), '--threads', threads]);
      results.growth.push({ rows: count, threads: Number(threads), seconds: made.seconds, processorSeconds: made.cpu, rowsPerSecond: Math.round(count / made.seconds), peakMegabytes: Math.round(made.megabytes) });
      console.log(`${String(count).padStart(10)}  ${threads.padStart(7)}  ${fixed(made.seconds).padStart(7)}  ${fixed(made.cpu).padStart(9)}  ${String(Math.round(count / made.seconds)).padStart(7)}  ${made.megabytes.toFixed(0).padStart(6)}`);
    }
    rmSync(path);
  }
}

try {
  await inThisProcess();
  await growth();
  if (json !== undefined) writeFileSync(json, `${JSON.stringify({ version: 1, node: process.version, processor: cpus()[0]?.model, processors: cpus().length, ...results }, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
