/**
 * A factory at rate L for a year, by the quarter-hour, in bills that start on the 16th: two daily overruns, a period across 1 December,
 * both changes of clocks. Each line is worked out again here, with integers and fractions of the spec's own.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openTariffs } from '../src/index.ts';
import { root } from './tools/command.ts';
import { amount, beyond, cents, f, greatest, least, minus, over, plus, times, type Fraction } from './tools/fraction.ts';
import { kilowatts, quarterHours, scattered, wattsOf, type QuarterHour } from './tools/readings.ts';

const folder = join(root, 'tariffs/2026-04-01');
const tariffs = openTariffs([{
  path: '2026-04-01', files: readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.tarif')).sort().map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') })),
}]);
interface Bill { readonly lignes: readonly { readonly ligne: string; readonly montant: unknown; readonly montant_arrondi: string; readonly periode?: { readonly debut: string } }[]; readonly total: unknown; readonly sous_total: string }
function bill(input: object): Bill {
  const result = tariffs.bill(input);
  if ('erreurs' in result) throw new Error(result.erreurs.map((item) => `${item.code} ${item.pointeur ?? ''} ${item.message}`).join('\n'));
  return result.facture as Bill;
}

const SUBSCRIBED = f('8000');
const seasonOf = (local: string): 'hiver' | 'été' => (['12', '01', '02', '03'].includes(local.slice(5, 7)) ? 'hiver' : 'été');
const kw = (watts: number): Fraction => over(watts, 1000);
const peak = (quarters: readonly QuarterHour[]): Fraction => kw(quarters.reduce((most, { watts }) => Math.max(most, watts), 0));

/** The lines of article 5.2 to 5.9 for the quarter-hours of a period, by hand. */
function byHand(quarters: readonly QuarterHour[]): { prime: Fraction[]; energie: Fraction; depassement: Fraction } {
  const parts = (['été', 'hiver'] as const).map((season) => quarters.filter(({ local }) => seasonOf(local) === season)).filter((part) => part.length > 0)
    .sort((a, b) => (a[0]?.utc ?? 0) - (b[0]?.utc ?? 0));
  const months = (part: readonly QuarterHour[]): Fraction => over(part.length, 4 * 720);
  const billed = (part: readonly QuarterHour[]): Fraction => greatest(peak(part), SUBSCRIBED);
  const threshold = times(SUBSCRIBED, f('1.1'));
  const winter = quarters.filter(({ local }) => seasonOf(local) === 'hiver');
  const days = [...new Set(winter.map(({ local }) => local.slice(0, 10)))];
  const daily = days.map((day) => beyond(peak(winter.filter(({ local }) => local.startsWith(day))), threshold));
  const cap = winter.length === 0 ? over(0) : times(beyond(billed(winter), threshold), f('26.420'), months(winter));
  return {
    prime: parts.map((part) => times(billed(part), f('15.027'), months(part))), energie: times(over(wattsOf(quarters), 4000), f('0.03821')), depassement: least(times(plus(...daily), f('8.808')), cap),
  };
}

const power = scattered(20260401, 6_200_000, 1_900_000);
const year = quarterHours('2026-04-01', '2027-04-01', power).map((each) => (each.local === '2026-12-09T17:15' ? { ...each, watts: 9_412_500 } : each.local === '2027-01-20T07:45' ? { ...each, watts: 9_055_000 } : each));
const EDGES = ['2026-04-01', '2026-04-16', '2026-05-16', '2026-06-16', '2026-07-16', '2026-08-16', '2026-09-16', '2026-10-16', '2026-11-16', '2026-12-16', '2027-01-16', '2027-02-16', '2027-03-16', '2027-04-01'];
const caseOf = (debut: string, fin: string, quarters: readonly QuarterHour[]): object => ({
  tarif: 'L', periode: { debut, fin }, donnees: { puissance_souscrite: 8000, puissance_disponible: 10000, activite_industrielle: true },
  series: { puissance_reelle: { debut, pas: 15, valeurs: quarters.map(({ watts }) => kilowatts(watts, '.')) } },
});

describe('rate L, a year of quarter-hours', () => {
  const sums: Fraction[] = [];
  EDGES.slice(0, -1).forEach((debut, index) => {
    const fin = EDGES[index + 1] ?? '';
    const quarters = year.filter(({ local }) => local.slice(0, 10) >= debut && local.slice(0, 10) < fin);
    it(`${debut} to ${fin}, ${quarters.length / 4} hours`, () => {
      const made = bill(caseOf(debut, fin, quarters));
      const hand = byHand(quarters);
      const lines = (name: string): Fraction[] => made.lignes.filter(({ ligne }) => ligne === name).map(({ montant }) => amount(montant));
      expect(lines('prime')).toEqual(hand.prime);
      expect(lines('energie')).toEqual([hand.energie]);
      expect(plus(...lines('prime_de_depassement'))).toEqual(hand.depassement);
      const all = [...hand.prime, hand.energie, ...(hand.depassement.n === 0n ? [] : [hand.depassement])];
      expect(amount(made.total)).toEqual(plus(...all));
      expect(made.sous_total).toBe(cents(plus(...all.map((line) => f(cents(line))))));
      sums.push(hand.energie);
    });
  });

  it('the two overruns fall where they were put, the first across a season edge', () => {
    const over1 = byHand(year.filter(({ local }) => local >= '2026-11-16' && local < '2026-12-16')).depassement;
    // 612,5 kW over 8 800, one day at 8,808 $: 5 394,90 $; the cap of 15 days of winter, 8 091,125 $, is not reached
    expect(over1).toEqual(f('5394.9'));
    // 255 kW over, one day
    expect(byHand(year.filter(({ local }) => local >= '2027-01-16' && local < '2027-02-16')).depassement).toEqual(f('2246.04'));
  });
  it('thirteen bills use the energy of the year, no more and no less', () => {
    expect(plus(...sums)).toEqual(times(over(wattsOf(year), 4000), f('0.03821')));
  });

  it('a bill never falls when a quarter-hour rises', () => {
    const january = year.filter(({ local }) => local >= '2027-01-16' && local < '2027-02-16');
    const base = amount(bill(caseOf('2027-01-16', '2027-02-16', january)).total);
    fc.assert(fc.property(fc.integer({ min: 0, max: january.length - 1 }), fc.integer({ min: 1, max: 4_000_000 }), (at, more) => {
      const raised = january.map((each, index) => (index === at ? { ...each, watts: each.watts + more } : each));
      expect(minus(amount(bill(caseOf('2027-01-16', '2027-02-16', raised)).total), base).n).toBeGreaterThan(0n);
    }), { numRuns: 25 });
  });
});
