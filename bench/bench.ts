/**
 * `npm run bench`: bills per second against the same lines written by hand, in decimal.js and in plain numbers, in one run; then
 * the time and memory to bill a year of 15-minute readings. It prints ratios and never judges.
 */
import { cpus } from 'node:os';
import { Decimal } from 'decimal.js';
import { startOfDay } from '../src/calendar/zone.ts';
import { dayOf } from '../src/calendar/day.ts';
import { Programs } from '../src/check/program.ts';
import { readJson } from '../src/contract/json.ts';
import { readCase } from '../src/contract/readCase.ts';
import { billToJson } from '../src/contract/writeBill.ts';
import { loadFolder } from '../src/cli/load.ts';
import { billCase } from '../src/evaluate/bill.ts';
import type { CaseInput } from '../src/evaluate/case.ts';
import { catalogueOf, prepare } from '../src/index.ts';
import { fromInteger } from '../src/quantity/exact.ts';

const books = loadFolder('tariffs', { examples: false }).books.map((book) => ({ book, programs: new Programs(book) }));
const editions = prepare(books);
const catalogue = catalogueOf(books);

function prepared(json: object): CaseInput {
  const parsed = readJson(JSON.stringify(json));
  if (!('value' in parsed)) throw new Error('bad bench case');
  const read = readCase(parsed.value, catalogue, () => ({ diagnostics: [] }));
  if (!('input' in read)) throw new Error(JSON.stringify(read.diagnostics));
  return read.input;
}

/** Runs a function for a while and gives runs per second. */
function rate(run: (index: number) => unknown): number {
  for (let i = 0; i < 300; i++) run(i);
  const started = performance.now();
  let count = 0;
  while (performance.now() - started < 1200) for (let i = 0; i < 50; i++) run(count++);
  return count / ((performance.now() - started) / 1000);
}

const cents = (x: Decimal): Decimal => x.toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
const round = (x: number): number => Math.round(x * 100) / 100;

// ── rate D: 30 days ────────────────────────────────────────────────────────
const dDecimal = (energy: Decimal, days: Decimal): Decimal => {
  const limit = new Decimal('40').times(days);
  const first = Decimal.min(energy, limit);
  const lines = [cents(new Decimal('0.46154').times(days)), cents(new Decimal('0.07065').times(first)), cents(new Decimal('0.11142').times(energy.minus(first)))];
  const subtotal = lines.reduce((sum, line) => sum.plus(line), new Decimal(0));
  return subtotal.plus(cents(subtotal.times('0.05'))).plus(cents(subtotal.times('0.09975')));
};
const dNumber = (energy: number, days: number): number => {
  const first = Math.min(energy, 40 * days);
  const subtotal = round(0.46154 * days) + round(0.07065 * first) + round(0.11142 * (energy - first));
  return subtotal + round(subtotal * 0.05) + round(subtotal * 0.09975);
};

// ── rate G: a month, and the 12 months behind it ───────────────────────────
const gDecimal = (energy: Decimal, demand: Decimal, days: Decimal, winter: readonly Decimal[]): Decimal => {
  const duration = days.div(30);
  const minimal = winter.length === 0 ? new Decimal(0) : winter.reduce((most, each) => Decimal.max(most, each)).times('0.65');
  const billed = Decimal.max(demand, minimal, 50).minus(50);
  const first = Decimal.min(energy, new Decimal('15090').times(duration));
  const lines = [new Decimal('15.426').times(duration), billed.times('22.071').times(duration), first.times('0.12388'), energy.minus(first).times('0.09534')];
  const total = lines.reduce((sum, line) => sum.plus(line), new Decimal(0));
  const floor = new Decimal('46.278').times(duration);
  if (total.lt(floor)) lines.push(floor.minus(total));
  const subtotal = lines.reduce((sum, line) => sum.plus(cents(line)), new Decimal(0));
  return subtotal.plus(cents(subtotal.times('0.05'))).plus(cents(subtotal.times('0.09975')));
};
const gNumber = (energy: number, demand: number, days: number, winter: readonly number[]): number => {
  const duration = days / 30;
  const billed = Math.max(demand, 0.65 * Math.max(0, ...winter), 50) - 50;
  const first = Math.min(energy, 15090 * duration);
  const lines = [15.426 * duration, billed * 22.071 * duration, first * 0.12388, (energy - first) * 0.09534];
  const total = lines.reduce((sum, line) => sum + line, 0);
  if (total < 46.278 * duration) lines.push(46.278 * duration - total);
  const subtotal = lines.reduce((sum, line) => sum + round(line), 0);
  return subtotal + round(subtotal * 0.05) + round(subtotal * 0.09975);
};

const months = Array.from({ length: 12 }, (_, index) => {
  const end = (dayOf(2026, 7, 1) ?? 0) - 30 * (11 - index);
  const iso = (day: number): string => new Date(day * 86400000).toISOString().slice(0, 10);
  return { periode: { debut: iso(end - 30), fin: iso(end) }, donnees: { energie: 9000 + 100 * index, puissance_maximale_appelee: 50 + index } };
});
const dInput = prepared({ tarif: 'D', periode: { debut: '2026-06-01', fin: '2026-07-01' }, donnees: { energie: 1500 } });
const gBase = { tarif: 'G', periode: { debut: '2026-07-01', fin: '2026-07-31' }, donnees: { energie: 16000, puissance_maximale_appelee: 58, phases: 3 } };
const gInput = prepared(gBase);
const gHistory = prepared({ ...gBase, historique: months });

const vary = (input: CaseInput, index: number): CaseInput => ({ ...input, period: { ...input.period, measures: new Map([...input.period.measures, ['énergie', fromInteger(1000 + (index % 5000))]]) } });
const bill = (input: CaseInput) => (index: number): unknown => {
  const result = billCase(vary(input, index), editions);
  if (!('bill' in result)) throw new Error(JSON.stringify(result.diagnostics));
  return result.bill.totalRounded;
};
const winter = [60, 61, 62, 63];
const table: [string, number, number, number][] = [
  ['D, 30 days', rate(bill(dInput)), rate((i) => dDecimal(new Decimal(1000 + (i % 5000)), new Decimal(30))), rate((i) => dNumber(1000 + (i % 5000), 30))],
  ['G, 30 days', rate(bill(gInput)), rate((i) => gDecimal(new Decimal(1000 + (i % 5000)), new Decimal(58), new Decimal(30), [])), rate((i) => gNumber(1000 + (i % 5000), 58, 30, []))],
  ['G, 12 months of history', rate(bill(gHistory)), rate((i) => gDecimal(new Decimal(1000 + (i % 5000)), new Decimal(58), new Decimal(30), winter.map((each) => new Decimal(each)))), rate((i) => gNumber(1000 + (i % 5000), 58, 30, winter))],
];
console.log(`Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}, one core. Ratio to hand-written decimal.js first.`);
for (const [name, ours, decimal, plain] of table) {
  console.log(`${name.padEnd(26)} ${(decimal / ours).toFixed(2)} × the time of decimal.js by hand   (interpreter ${Math.round(ours)}/s, decimal.js ${Math.round(decimal)}/s, plain numbers ${Math.round(plain)}/s)`);
}
const text = JSON.stringify({ tarif: 'D', periode: { debut: '2026-06-01', fin: '2026-07-01' }, donnees: { energie: 1500 } });
const whole = rate(() => {
  const parsed = readJson(text);
  if (!('value' in parsed)) throw new Error('json');
  const read = readCase(parsed.value, catalogue, () => ({ diagnostics: [] }));
  if (!('input' in read)) throw new Error('case');
  const result = billCase(read.input, editions);
  return 'bill' in result ? JSON.stringify(billToJson(result.bill, 'fr')) : undefined;
});
console.log(`D, JSON text to JSON text    ${Math.round(whole)}/s`);

// ── a year of 15-minute readings ───────────────────────────────────────────
const start = startOfDay(dayOf(2026, 4, 1) ?? 0);
const end = startOfDay(dayOf(2027, 4, 1) ?? 0);
const values = Array.from({ length: (end - start) / 15 }, (_, i) => `${20 + (i % 96) / 10 + (i % 7)}`.slice(0, 5));
const before = process.memoryUsage().heapUsed;
const t0 = performance.now();
const yearly = prepared({ tarif: 'G', periode: { debut: '2026-04-01', fin: '2027-04-01' }, donnees: { phases: 3 }, series: { puissance_reelle: { debut: '2026-04-01', pas: 15, valeurs: values } } });
const t1 = performance.now();
const result = billCase(yearly, editions);
const t2 = performance.now();
if (!('bill' in result)) throw new Error(JSON.stringify(result.diagnostics));
console.log(`A year of 15-minute readings (${values.length}): read ${(t1 - t0).toFixed(0)} ms, billed ${(t2 - t1).toFixed(0)} ms, ${((process.memoryUsage().heapUsed - before) / 1e6).toFixed(0)} MB`);
