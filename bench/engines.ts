/**
 * `npm run bench -- engines [--json FILE] [--svg FILE]`: the same bills side by side in one run: the interpreter, compiled code case by case, compiled
 * code by columns, and the same lines by hand in decimal.js, in safe whole numbers and in doubles. Each way is first held to the
 * interpreter; the doubles are told by how many bills they are wrong. It prints ratios and never judges.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { Decimal } from 'decimal.js';
import { dayOf } from '../src/calendar/day.ts';
import { startOfDay } from '../src/calendar/zone.ts';
import { ColumnBiller, type Column } from '../src/compile/columns.ts';
import { CompiledForm } from '../src/compile/compiled.ts';
import { formOf } from '../src/compile/form.ts';
import type { CaseInput } from '../src/evaluate/case.ts';
import { barsSvg } from '../src/render/plot.ts';
import { fromInteger, toFixed } from '../src/quantity/exact.ts';
import * as hand from './byHand.ts';
import { billed, catalogue, editions, energyOf, gCase, mCase, medium, months, prepared, WINTER } from './cases.ts';

/** Bills a second, a run making `each` of them; the best of three times half a second, since the machine has other things to do. */
function perSecond(run: (index: number) => unknown, each = 1, atOnce = each > 1 ? 1 : 64): number {
  let best = 0;
  for (let turn = 0; turn < 3; turn++) {
    const started = performance.now();
    let count = 0;
    while (performance.now() - started < 500) for (let i = 0; i < atOnce; i++) run(count++);
    best = Math.max(best, count * each / ((performance.now() - started) / 1000));
  }
  return best;
}

type Ways = Readonly<Record<string, number>>;
const results: Record<string, { readonly billsPerSecond: Ways; readonly doublesWrong?: string }> = {};
function tell(name: string, ways: Ways, reference: string, doublesWrong?: string): void {
  results[name] = { billsPerSecond: Object.fromEntries(Object.entries(ways).map(([way, rate]) => [way, Math.round(rate)])), ...(doublesWrong === undefined ? {} : { doublesWrong }) };
  const base = ways[reference] ?? 1;
  console.log(`\n${name}${doublesWrong === undefined ? '' : ` (doubles wrong in ${doublesWrong})`}`);
  for (const [way, rate] of Object.entries(ways)) console.log(`  ${way.padEnd(26)} ${(rate / base).toFixed(rate / base < 10 ? 2 : 0).padStart(8)} × ${reference}   ${rate < 1000 ? rate.toFixed(1) : Math.round(rate).toLocaleString('en').replace(/,/g, ' ')} bills/s`);
}

console.log(`Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} processors, shared.`);

// ── rates by the month ─────────────────────────────────────────────────────
const thirty = new Decimal(30);

interface Rate { readonly name: string; readonly json: object; readonly scale: number; readonly decimal: (energy: number) => Decimal; readonly plain: (energy: number) => number; readonly whole?: (energy: number) => number }
const decimals = (values: readonly number[]): Decimal[] => values.map((value) => new Decimal(value));
const mWinter = WINTER.map((each) => each * 20);
/** Whole cents with the two taxes. */
const taxed = (sum: number): number => sum + Math.floor((sum * 5 + 50) / 100) + Math.floor((sum * 9975 + 50000) / 100000);
/** Rate D in whole numbers within 2^53: kWh in thousandths, prices in hundred-thousandths. */
function dWhole(energy: number, days: number): number {
  const thousandths = energy * 1000;
  const first = Math.min(thousandths, 40000 * days);
  const lines = Math.floor((46154 * days + 500) / 1000) + Math.floor((7065 * first + 500000) / 1000000) + Math.floor((11142 * (thousandths - first) + 500000) / 1000000);
  return taxed(lines);
}
/** Rate G over 30 days, in whole kWh and kW, the demand billed in hundredths of a kW; far above its minimum. */
function gWhole(energy: number, demand: number, winter: readonly number[]): number {
  const power = Math.max(demand * 100, 65 * Math.max(0, ...winter), 5000) - 5000;
  const first = Math.min(energy, 15090);
  return taxed(1543 + Math.floor((power * 22071 + 500) / 1000) + Math.floor((first * 12388 + 500) / 1000) + Math.floor(((energy - first) * 9534 + 500) / 1000));
}
/** Rate M at 25 kV over 30 days, likewise; the credit is rounded as a debit is, then taken away. */
function mWhole(energy: number, demand: number, winter: readonly number[]): number {
  const power = Math.max(demand * 100, 65 * Math.max(0, ...winter));
  const first = Math.min(energy, 210000);
  return taxed(Math.floor((power * 18242 + 500) / 1000) + Math.floor((first * 6292 + 500) / 1000) + Math.floor(((energy - first) * 4666 + 500) / 1000) - Math.floor((power * 11427 + 5000) / 10000));
}
const RATES: readonly Rate[] = [
  { name: 'D, 30 days', json: { tarif: 'D', periode: { debut: '2026-06-01', fin: '2026-07-01' }, donnees: { energie: 1500 } }, scale: 1, decimal: (energy) => hand.dDecimal(new Decimal(energy), thirty), plain: (energy) => hand.dNumber(energy, 30), whole: (energy) => dWhole(energy, 30) },
  { name: 'G, 30 days', json: gCase, scale: 1, decimal: (energy) => hand.gDecimal(new Decimal(energy), new Decimal(58), thirty, []), plain: (energy) => hand.gNumber(energy, 58, 30, []), whole: (energy) => gWhole(energy, 58, []) },
  { name: 'G, 12 months of history', json: { ...gCase, historique: months }, scale: 1, decimal: (energy) => hand.gDecimal(new Decimal(energy), new Decimal(58), thirty, decimals(WINTER)), plain: (energy) => hand.gNumber(energy, 58, 30, WINTER), whole: (energy) => gWhole(energy, 58, WINTER) },
  { name: 'M at 25 kV, 30 days', json: mCase, scale: 100, decimal: (energy) => hand.mDecimal(new Decimal(energy), new Decimal(580), thirty, []), plain: (energy) => hand.mNumber(energy, 580, 30, []), whole: (energy) => mWhole(energy, 580, []) },
  { name: 'M at 25 kV, 12 months of history', json: { ...mCase, historique: medium }, scale: 100, decimal: (energy) => hand.mDecimal(new Decimal(energy), new Decimal(580), thirty, decimals(mWinter)), plain: (energy) => hand.mNumber(energy, 580, 30, mWinter), whole: (energy) => mWhole(energy, 580, mWinter) },
];
for (const { name, json, scale, decimal, plain, whole } of RATES) {
  const input = prepared(json);
  const withEnergy = (energy: number): CaseInput => ({ ...input, period: { ...input.period, measures: new Map([...input.period.measures, ['énergie', fromInteger(energy)]]) } });
  const { numbers, slots } = formOf(input);
  const form = new CompiledForm(input, editions, numbers.map(() => ({ denominator: 1000n, least: 0n, most: 10n ** 10n })));
  const at = slots.findIndex((slot) => slot.name === 'énergie' && slot.back === 0);
  const given = Float64Array.from(numbers, ({ n, d }) => Number(n * 1000n / d));
  const compiled = (energy: number): number => {
    given[at] = energy * 1000;
    const raw = form.bill({ numbers: given });
    return raw ? raw.values.at(-1) as number : NaN;
  };
  let off = 0;
  for (let i = 0; i < 5000; i += 7) {
    const energy = energyOf(i) * scale;
    const cents = Number(toFixed(billed(withEnergy(energy)).totalRounded, 2).replace('.', ''));
    if (Number.isNaN(compiled(energy))) form.learn(withEnergy(energy));
    for (const [way, found] of [['compiled', compiled(energy)], ['decimal.js', Math.round(Number(decimal(energy)) * 100)], ...(whole ? [['whole numbers', whole(energy)] as const] : [])] as const) if (found !== cents) throw new Error(`${name}: ${energy} kWh, ${way}: ${found} cents, ${cents} by the interpreter`);
    if (Math.round(plain(energy) * 100) !== cents) off++;
  }
  tell(name, {
    'decimal.js by hand': perSecond((i) => decimal(energyOf(i) * scale)), interpreter: perSecond((i) => billed(withEnergy(energyOf(i) * scale))), compiled: perSecond((i) => compiled(energyOf(i) * scale)),
    'doubles by hand': perSecond((i) => plain(energyOf(i) * scale)), ...(whole ? { 'safe integers by hand': perSecond((i) => whole(energyOf(i) * scale)) } : {}),
  }, 'decimal.js by hand', `${off} of 715`);
}

// ── rate D by columns ──────────────────────────────────────────────────────
const ROWS = 32768;
const starts = ['2026-04-01', '2026-05-01', '2026-06-01', '2026-07-01', '2026-08-01', '2026-09-01'];
const days = [30, 31, 30, 31, 31, 30];
const codes = Int32Array.from({ length: ROWS }, (_, i) => (i * 7919) % 5);
const energies = Float64Array.from({ length: ROWS }, (_, i) => (i * 104729) % 3_000_000);
const text = (dictionary: readonly string[]): Column => ({ kind: 'text', codes, dictionary });
const columns = new Map<string, Column>([['debut', text(starts)], ['fin', text(starts.slice(1))], ['energie', { kind: 'number', values: energies, scale: 3 }]]);
const rowCase = (row: number): CaseInput => prepared({ tarif: 'D', periode: { debut: starts[codes[row] ?? 0], fin: starts[(codes[row] ?? 0) + 1] }, donnees: { energie: ((energies[row] ?? 0) / 1000).toFixed(3) } });
const biller = new ColumnBiller({ editions, programOf: ({ rate, options }) => catalogue.program(rate, options), columnOf: ({ line, tranche }) => `${line}${tranche ?? ''}` });
const byColumns = (): ReturnType<ColumnBiller['bill']> => biller.bill({ count: ROWS, columns, follows: undefined, read: rowCase });
const out = Array.from({ length: 7 }, () => new Float64Array(ROWS));
/** The same seven columns, from the same ones. */
function handColumns(): void {
  const [a, b, c, s, x, y, z] = out as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  for (let i = 0; i < ROWS; i++) {
    const length = days[codes[i] as number] as number;
    const energy = energies[i] as number;
    const first = Math.min(energy, 40000 * length);
    const [fee, one, two] = [Math.floor((46154 * length + 500) / 1000), Math.floor((7065 * first + 500000) / 1000000), Math.floor((11142 * (energy - first) + 500000) / 1000000)];
    const sum = fee + one + two;
    const [tps, tvq] = [Math.floor((sum * 5 + 50) / 100), Math.floor((sum * 9975 + 50000) / 100000)];
    a[i] = fee; b[i] = one; c[i] = two; s[i] = sum; x[i] = tps; y[i] = tvq; z[i] = sum + tps + tvq;
  }
}
handColumns();
const first = byColumns();
for (let i = 0; i < ROWS; i++) if (first.total[i] !== out[6]?.[i]) throw new Error(`row ${i}: ${first.total[i]} by columns, ${out[6]?.[i]} by hand`);
tell('D by columns, five periods', { 'safe integers by hand': perSecond(handColumns, ROWS), columns: perSecond(byColumns, ROWS) }, 'safe integers by hand');

// ── rate L, a month of winter by the quarter-hour ──────────────────────────
const january = Array.from({ length: 30 * 96 }, (_, i) => 5200 + (i % 96) * 6 + (i % 7) + (i === 500 || i === 1700 ? 900 : 0));
const month = prepared({ tarif: 'L', periode: { debut: '2027-01-01', fin: '2027-01-31' }, donnees: { puissance_souscrite: 5500 }, series: { puissance_reelle: { debut: '2027-01-01', pas: 15, valeurs: january } } });
const monthForm = new CompiledForm(month, editions, [{ denominator: 10n, least: 0n, most: 10n ** 7n }], [{ denominator: 1n, least: 0n, most: 10n ** 6n }]);
monthForm.learn(month);
const januaryReadings = Float64Array.from(january);
const januaryDecimal = decimals(january);
const compiledMonth = (): number => monthForm.bill({ numbers: [55000], series: [januaryReadings] })?.values.at(-1) as number;
const monthCents = Number(toFixed(billed(month).totalRounded, 2).replace('.', ''));
const monthByHand = Math.round(Number(hand.lDecimal(januaryDecimal, new Decimal(5500))) * 100);
if (compiledMonth() !== monthCents || monthByHand !== monthCents) throw new Error(`L, 30 days: ${compiledMonth()} compiled, ${monthByHand} by hand, ${monthCents} by the interpreter`);
tell('L, 30 days by the quarter-hour', {
  'decimal.js by hand': perSecond(() => hand.lDecimal(januaryDecimal, new Decimal(5500)), 1, 1), interpreter: perSecond(() => billed(month), 1, 1), compiled: perSecond(compiledMonth, 1, 1),
  'doubles by hand': perSecond(() => hand.lNumber(january, 5500), 1, 1),
}, 'decimal.js by hand', `${Math.round(hand.lNumber(january, 5500) * 100) === monthCents ? 0 : 1} of 1`);

// ── rate L, a year of quarter-hours ────────────────────────────────────────
const from = startOfDay(dayOf(2026, 4, 1) ?? 0);
const QUARTERS = (startOfDay(dayOf(2027, 4, 1) ?? 0) - from) / 15;
const year = prepared({
  tarif: 'L', periode: { debut: '2026-04-01', fin: '2027-04-01' }, donnees: { puissance_souscrite: 5500 },
  series: { puissance_reelle: { debut: '2026-04-01', pas: 15, valeurs: Array.from({ length: QUARTERS }, (_, i) => `${5200 + (i % 96) * 6 + (i % 7) + (i === 27000 || i === 29000 ? 900 : 0)}.5`) } },
});
const yearForm = new CompiledForm(year, editions, [{ denominator: 10n, least: 0n, most: 10n ** 7n }], [{ denominator: 10n, least: 0n, most: 10n ** 7n }]);
yearForm.learn(year);
const readings = Float64Array.from(year.period.series.get('puissance_réelle')?.values ?? [], ({ n, d }) => Number(n * 10n / d));
const compiledYear = (): number => yearForm.bill({ numbers: [55000], series: [readings] })?.values.at(-1) as number;
const wanted = Number(toFixed(billed(year).totalRounded, 2).replace('.', ''));
if (compiledYear() !== wanted) throw new Error(`L: ${compiledYear()} compiled, ${wanted} by the interpreter`);
tell(`L, a year of ${QUARTERS} quarter-hours`, { interpreter: perSecond(() => billed(year), 1, 1), compiled: perSecond(compiledYear, 1, 1) }, 'interpreter');

// ── GDP Engagement at M: 25 mornings of 4 hours in a year of quarter-hours ──
const mornings = Array.from({ length: 60 }, (_, i) => (dayOf(2026, 12, 7) ?? 0) + i).filter((day) => (day + 3) % 7 < 5 && day % 2 === 0).slice(0, 25);
const iso = (day: number): string => new Date(day * 86400000).toISOString().slice(0, 10);
const engaged = prepared({
  tarif: 'M', options: ['gdp_engagement'], periode: { debut: '2026-04-01', fin: '2027-04-01' },
  donnees: {
    phases: 3, puissance_interruptible: 400, sous_option: 'XIX', date_d_inscription: '2026-09-15', hivers_engages: 1,
    evenement_de_pointe: mornings.map((day) => ({ debut: `${iso(day)}T06:00`, fin: `${iso(day)}T10:00`, avis: `${iso(day - 1)}T14:00` })),
  },
  series: { puissance_reelle: { debut: '2026-04-01', pas: 15, valeurs: Array.from({ length: QUARTERS }, (_, i) => 900 + (i % 96) + (i % 7)) } },
});
const { numbers: engagedNumbers, series: engagedSeries } = formOf(engaged);
const engagedForm = new CompiledForm(engaged, editions, engagedNumbers.map(({ d }) => ({ denominator: d, least: 0n, most: 10n ** 7n })), engagedSeries.map(() => ({ denominator: 1n, least: 0n, most: 10n ** 6n })));
engagedForm.learn(engaged);
tell(`M with GDP Engagement, a year${engagedForm.tree.unrecordable ? `; not compiled: ${engagedForm.tree.unrecordable}` : ''}`, { interpreter: perSecond(() => billed(engaged), 1, 1) }, 'interpreter');

const after = (option: string): string | undefined => (process.argv.includes(option) ? process.argv[process.argv.indexOf(option) + 1] : undefined);
const picture = after('--svg');
if (picture !== undefined) {
  const ways = results['D, 30 days']?.billsPerSecond ?? {};
  const bars = [...Object.entries(ways), ['columns', results['D by columns, five periods']?.billsPerSecond['columns'] ?? 0] as const].sort(([, a], [, b]) => a - b);
  writeFileSync(picture, await barsSvg({
    description: `Bills of rate D a second, each step ten times the one below: ${bars.map(([way, rate]) => `${way} ${rate}`).join(', ')}.`,
    x: { title: '' }, y: { title: 'bills of rate D a second, in powers of ten' }, bars: bars.map(([label, rate]) => ({ label, value: Math.log10(rate) })),
  }, 'en'));
}
const file = after('--json');
if (file !== undefined) writeFileSync(file, `${JSON.stringify({ version: 1, node: process.version, processor: cpus()[0]?.model, processors: cpus().length, results }, null, 2)}\n`);
