/**
 * `npm run bench`: bills per second against the same lines written by hand, in decimal.js and in plain numbers, in one run; then
 * the time to bill a year of 15-minute readings, and the memory left after many customers. It prints ratios and never judges. Each
 * bill is first compared with the one by hand, to the cent: what is timed is the same work.
 */
import { cpus } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Decimal } from 'decimal.js';
import { startOfDay } from '../src/calendar/zone.ts';
import { dayOf } from '../src/calendar/day.ts';
import { readJson } from '../src/contract/json.ts';
import { readCase } from '../src/contract/readCase.ts';
import { billToJson } from '../src/contract/writeBill.ts';
import type { Bill } from '../src/evaluate/bill.ts';
import type { CaseInput } from '../src/evaluate/case.ts';
import { fromInteger, toFixed } from '../src/quantity/exact.ts';
import * as hand from './byHand.ts';
import { billed, catalogue, energyOf, gCase, mCase, medium, months, prepared, WINTER } from './cases.ts';

/** Runs a function for a while and gives runs per second. */
function rate(run: (index: number) => unknown, batch = 50): number {
  const warm = Math.max(6, batch * 6);
  for (let i = 0; i < warm; i++) run(i);
  const started = performance.now();
  let count = 0;
  while (performance.now() - started < 1200) for (let i = 0; i < batch; i++) run(count++);
  return count / ((performance.now() - started) / 1000);
}

interface Contest { readonly name: string; readonly ours: (index: number) => Bill; readonly decimal: (index: number) => Decimal; readonly plain: (index: number) => number; readonly batch?: number }
function compete({ name, ours, decimal, plain, batch = 50 }: Contest): void {
  const [bill, check] = [toFixed(ours(7).totalRounded, 2), decimal(7).toFixed(2)];
  if (bill !== check) throw new Error(`${name}: ${bill} here, ${check} by hand`);
  const [us, they, numbers] = [rate(ours, batch), rate(decimal, batch), rate(plain, batch)];
  const shown = (perSecond: number): string => (perSecond < 100 ? perSecond.toFixed(1) : String(Math.round(perSecond)));
  console.log(`${name.padEnd(34)} ${(they / us).toFixed(2)} × the time of decimal.js by hand   (interpreter ${shown(us)}/s, decimal.js ${shown(they)}/s, plain numbers ${shown(numbers)}/s)`);
}

const vary = (input: CaseInput, index: number, scale = 1): CaseInput => ({ ...input, period: { ...input.period, measures: new Map([...input.period.measures, ['énergie', fromInteger(energyOf(index) * scale)]]) } });

const d = prepared({ tarif: 'D', periode: { debut: '2026-06-01', fin: '2026-07-01' }, donnees: { energie: 1500 } });
const [g, gPast] = [prepared(gCase), prepared({ ...gCase, historique: months })];
const [m, mPast] = [prepared(mCase), prepared({ ...mCase, historique: medium })];
const thirty = new Decimal(30);
const decimals = (values: readonly (number | string)[]): Decimal[] => values.map((value) => new Decimal(value));

console.log(`Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}, one core. Ratio to hand-written decimal.js first.`);
compete({ name: 'D, 30 days', ours: (i) => billed(vary(d, i)), decimal: (i) => hand.dDecimal(new Decimal(energyOf(i)), thirty), plain: (i) => hand.dNumber(energyOf(i), 30) });
compete({ name: 'G, 30 days', ours: (i) => billed(vary(g, i)), decimal: (i) => hand.gDecimal(new Decimal(energyOf(i)), new Decimal(58), thirty, []), plain: (i) => hand.gNumber(energyOf(i), 58, 30, []) });
const gWinter = decimals(WINTER);
compete({ name: 'G, 12 months of history', ours: (i) => billed(vary(gPast, i)), decimal: (i) => hand.gDecimal(new Decimal(energyOf(i)), new Decimal(58), thirty, gWinter), plain: (i) => hand.gNumber(energyOf(i), 58, 30, WINTER) });
compete({ name: 'M, 30 days, 25 kV', ours: (i) => billed(vary(m, i, 100)), decimal: (i) => hand.mDecimal(new Decimal(energyOf(i) * 100), new Decimal(580), thirty, []), plain: (i) => hand.mNumber(energyOf(i) * 100, 580, 30, []) });
const mWinter = WINTER.map((each) => each * 20);
const mWinterDecimal = decimals(mWinter);
compete({ name: 'M, 12 months of history', ours: (i) => billed(vary(mPast, i, 100)), decimal: (i) => hand.mDecimal(new Decimal(energyOf(i) * 100), new Decimal(580), thirty, mWinterDecimal), plain: (i) => hand.mNumber(energyOf(i) * 100, 580, 30, mWinter) });

// ── by the quarter-hour ────────────────────────────────────────────────────
const january = Array.from({ length: 30 * 96 }, (_, i) => 5200 + (i % 96) * 6 + (i % 7) + (i === 500 || i === 1700 ? 900 : 0));
const l = prepared({ tarif: 'L', periode: { debut: '2027-01-01', fin: '2027-01-31' }, donnees: { puissance_souscrite: 5500 }, series: { puissance_reelle: { debut: '2027-01-01', pas: 15, valeurs: january } } });
const januaryDecimal = decimals(january);
compete({ name: 'L, 30 days by the quarter-hour', batch: 2, ours: () => billed(l), decimal: () => hand.lDecimal(januaryDecimal, new Decimal(5500)), plain: () => hand.lNumber(january, 5500) });

const may = Array.from({ length: 30 * 96 }, (_, i) => 2400 + (i % 96) * 4 + (i >= 1000 && i < 1032 ? 2500 : 0));
const own = Array.from({ length: 30 * 96 }, (_, i) => (i >= 1000 && i < 1032 ? 500 : 4000));
const quarter = (index: number): string => { const at = new Date(Date.UTC(2026, 4, 1) + index * 900000); return at.toISOString().slice(0, 16); };
const ld = prepared({
  tarif: 'LD', periode: { debut: '2026-05-01', fin: '2026-05-31' },
  donnees: { tarif_de_base: 'M', production_autonome_normale: 4000, puissance_a_facturer_minimale_de_base: 2500, phases: 3, interruption_planifiee: [], interruption_non_planifiee: [{ debut: quarter(1000), fin: quarter(1032) }] },
  series: { puissance_reelle: { debut: '2026-05-01', pas: 15, valeurs: may }, puissance_generee: { debut: '2026-05-01', pas: 15, valeurs: own } },
});
const [mayDecimal, ownDecimal] = [decimals(may), decimals(own)];
const down = (index: number): boolean => index >= 1000 && index < 1032;
compete({
  name: 'LD, 30 days by the quarter-hour', batch: 2, ours: () => billed(ld),
  decimal: () => hand.ldDecimal(mayDecimal, ownDecimal, new Decimal(4000), new Decimal(2500), down, thirty), plain: () => hand.ldNumber(may, own, 4000, 2500, down, 30),
});

const text = JSON.stringify({ tarif: 'D', periode: { debut: '2026-06-01', fin: '2026-07-01' }, donnees: { energie: 1500 } });
console.log(`D, JSON text to JSON text          ${Math.round(rate(() => {
  const parsed = readJson(text);
  if (!('value' in parsed)) throw new Error('json');
  const read = readCase(parsed.value, catalogue, () => ({ diagnostics: [] }));
  if (!('input' in read)) throw new Error('case');
  return JSON.stringify(billToJson(billed(read.input), 'fr'));
}))}/s`);

// ── a year of 15-minute readings ───────────────────────────────────────────
setFlagsFromString('--expose_gc');
const collect = runInNewContext('gc') as () => void;
const used = (): number => { collect(); return process.memoryUsage().heapUsed / 1e6; };
const start = startOfDay(dayOf(2026, 4, 1) ?? 0);
const end = startOfDay(dayOf(2027, 4, 1) ?? 0);
const QUARTERS = (end - start) / 15;
const year = (shift: number): object => ({
  tarif: 'L', periode: { debut: '2026-04-01', fin: '2027-04-01' }, donnees: { puissance_souscrite: 5500 },
  series: { puissance_reelle: { debut: '2026-04-01', pas: 15, valeurs: Array.from({ length: QUARTERS }, (_, i) => `${5200 + (i % 96) * 6 + ((i + shift) % 7) + (i === 27000 || i === 29000 ? 900 : 0)}.5`) } },
});
const before = used();
for (const turn of ['first', 'again']) {
  const json = year(0);
  const t0 = performance.now();
  const input = prepared(json);
  const t1 = performance.now();
  billed(input);
  console.log(`L, a year of ${QUARTERS} quarter-hours, ${turn}: read ${(t1 - t0).toFixed(0)} ms, billed ${(performance.now() - t1).toFixed(0)} ms`);
}
// GDP Engagement at M: sub-option XIX, 25 events of 4 hours over the winter's weekday mornings, in a year of quarter-hours.
const mornings = Array.from({ length: 60 }, (_, i) => (dayOf(2026, 12, 7) ?? 0) + i).filter((day) => (day + 3) % 7 < 5 && day % 2 === 0).slice(0, 25).map((day) => new Date(day * 86400000).toISOString().slice(0, 10));
const before6 = (day: string): string => `${new Date(Date.parse(`${day}T00:00Z`) - 86400000).toISOString().slice(0, 10)}T14:00`;
const engaged = {
  tarif: 'M', options: ['gdp_engagement'], periode: { debut: '2026-04-01', fin: '2027-04-01' },
  donnees: {
    phases: 3, puissance_interruptible: 400, sous_option: 'XIX', date_d_inscription: '2026-09-15', hivers_engages: 1,
    evenement_de_pointe: mornings.map((day) => ({ debut: `${day}T06:00`, fin: `${day}T10:00`, avis: before6(day) })),
  },
  series: { puissance_reelle: { debut: '2026-04-01', pas: 15, valeurs: Array.from({ length: QUARTERS }, (_, i) => 900 + (i % 96) + (i % 7)) } },
};
for (const turn of ['first', 'again']) {
  const input = prepared(engaged);
  const t1 = performance.now();
  const bill = billed(input);
  console.log(`M with GDP Engagement, a year and ${mornings.length * 4} hours of events, ${turn}: billed ${(performance.now() - t1).toFixed(0)} ms, ${bill.lines.length} lines`);
}
const sizes: string[] = [];
for (let customer = 1; customer <= 40; customer++) {
  billed(prepared(year(customer)));
  if ([1, 10, 20, 40].includes(customer)) sizes.push(`${customer}: ${(used() - before).toFixed(0)} MB`);
}
console.log(`Memory kept after so many customers, a year of quarter-hours each: ${sizes.join(', ')}`);
