/**
 * A year of quarter-hours in CSV files, as utilities export them, billed by the command. What a bill derives (energy, peak, seasons,
 * events) is worked out again here from the same readings with integers, and compared to the last digit.
 */
import { writeFileSync } from 'node:fs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTariffs, type BillOptions, type PrintedDiagnostic } from '../../src/index.ts';
import { openCommand, type Command } from '../tools/command.ts';
import { amount, beyond, f, least, over, plus, times, type Fraction } from '../tools/fraction.ts';
import { kilowatts, quarterHours, scattered, wattsOf, type QuarterHour } from '../tools/readings.ts';

interface Line { readonly article: string; readonly ligne: string; readonly tranche?: number; readonly quantite?: { valeur: unknown; unite: string }; readonly montant: unknown }
interface Bill { readonly lignes: readonly Line[]; readonly total: unknown; readonly demandes: Record<string, { valeur: unknown; unite: string }> }
const line = (bill: Bill, name: string, tranche?: number): Line => {
  const found = bill.lignes.filter((each) => each.ligne === name && each.tranche === tranche);
  expect(found, `${name} ${tranche ?? ''}`).toHaveLength(1);
  return found[0] as Line;
};
const quantity = (bill: Bill, name: string, tranche?: number): Fraction => amount(line(bill, name, tranche).quantite?.valeur);
/** Quarter-hours of so many watts in all → kWh. */
const kwh = (watts: bigint): Fraction => over(watts, 4000n);

const year = { debut: '2026-04-01', fin: '2027-04-01' };
const DAYS = 365n;
const shop = quarterHours('2026-04-01', '2027-04-01', scattered(7, 180, 60_000));
const house = quarterHours('2026-04-01', '2027-04-01', scattered(11, 150, 9_000));

// ── the same readings, in the ways of writing them ───────────────────────
const BOM = '\uFEFF';
/** `2026-12-03T06:15` → `03/12/2026 06:15`. */
const french = (local: string): string => `${local.slice(8, 10)}/${local.slice(5, 7)}/${local.slice(0, 4)} ${local.slice(11)}`;
const excel = (quarters: readonly QuarterHour[]): string => `${BOM}Date et heure;Puissance (kW)\r\n${quarters.map((each) => `${each.local.replace('T', ' ')};${kilowatts(each.watts, ',')}`).join('\r\n')}\r\n`;
const plain = (quarters: readonly QuarterHour[]): string => `time,puissance_apparente,puissance_reelle\n${quarters.map((each) => `${each.local},${kilowatts(each.watts, '.')},${kilowatts(each.watts, '.')}`).join('\n')}\n`;
const tabbed = (quarters: readonly QuarterHour[]): string => `kVA\tkW réels\tLu le\n${quarters.map((each) => `0\t${kilowatts(each.watts, ',')}\t${french(each.local)}`).join('\n')}`;
const universal = (quarters: readonly QuarterHour[]): string => `${BOM}quand;kW\n${quarters.map((each) => `${new Date(each.utc * 60_000).toISOString().slice(0, 16)}Z;${kilowatts(each.watts, '.')}`).join('\n')}\n`;
const offsets = (quarters: readonly QuarterHour[]): string => `quand;kW\n${quarters.map((each) => `${each.local}:00${each.offset};${kilowatts(each.watts, ',')}`).join('\n')}\n`;
const FORMATS: readonly (readonly [string, (quarters: readonly QuarterHour[]) => string, object])[] = [
  ['semicolons, decimal commas, BOM, CRLF', excel, {}],
  ['commas, decimal points, its column among others', plain, {}],
  ['tabs, decimal commas, days first, columns named in the case', tabbed, { colonne: 'kW réels', horodatage: 'Lu le' }],
  ['semicolons, decimal points, universal time', universal, {}],
  ['seconds and the offset of each hour', offsets, { colonne: 'kW', horodatage: 'quand' }],
];

const events = [
  ['2026-12-01T06:00', '2026-12-01T10:00'], ['2026-12-09T06:00', '2026-12-09T10:00'], ['2026-12-09T16:00', '2026-12-09T20:00'], ['2027-01-13T16:00', '2027-01-13T20:00'],
  ['2027-02-28T06:00', '2027-02-28T10:00'], ['2027-03-14T06:00', '2027-03-14T10:00'], ['2027-03-31T16:00', '2027-03-31T20:00'],
].map(([debut = '', fin = '']) => ({ debut, fin }));

let command: Command;
const bills = new Map<string, Bill>();
beforeAll(async () => {
  command = await openCommand();
  const cases: [string, object][] = [];
  for (const [index, [name, write, columns]] of FORMATS.entries()) {
    for (const [rate, readings] of [['G', shop], ['Flex_D', house]] as const) {
      const fichier = join(command.folder, `${rate}-${index}.csv`);
      writeFileSync(fichier, write(readings));
      const donnees = rate === 'G' ? { phases: 3 } : { evenement_de_pointe: events };
      cases.push([`${rate}: ${name}`, { tarif: rate, periode: year, donnees, series: { puissance_reelle: { fichier, ...columns } }, demandes: rate === 'G' ? ['energie', 'puissance_maximale_appelee', 'plus_grand_appel_reel', 'facteur_d_utilisation'] : ['energie'] }]);
    }
  }
  const ran = command.run(['bill', '-', '--json'], { input: cases.map(([, each]) => JSON.stringify(each)).join('\n') });
  expect(ran.stderr).toBe('');
  const shown = ran.stdout.trim().split('\n');
  expect(shown).toHaveLength(cases.length);
  cases.forEach(([name], index) => bills.set(name, JSON.parse(shown[index] ?? '') as Bill));
}, 120_000);
afterAll(() => { command.remove(); });
const billOf = (name: string): Bill => {
  const bill = bills.get(name);
  expect(bill).not.toHaveProperty('erreurs');
  return bill as Bill;
};

it('the year has what a year of clocks has', () => {
  const at = (local: string): number => shop.filter((each) => each.local === local).length;
  expect([shop.length, at('2026-11-01T01:15'), at('2027-03-14T02:15'), at('2027-03-14T03:00')]).toEqual([365 * 96, 2, 0, 1]);
});

describe.each(FORMATS)('%s', (format) => {
  it('G: energy, peak demand, load factor, and the bill', () => {
    const bill = billOf(`G: ${format}`);
    const energy = kwh(wattsOf(shop));
    const peak = over(Math.max(...shop.map((each) => each.watts)), 1000n);
    const months = over(DAYS, 30n);
    expect(amount(bill.demandes['energie']?.valeur)).toEqual(energy);
    expect(amount(bill.demandes['puissance_maximale_appelee']?.valeur)).toEqual(peak);
    expect(amount(bill.demandes['plus_grand_appel_reel']?.valeur)).toEqual(peak);
    expect(amount(bill.demandes['facteur_d_utilisation']?.valeur)).toEqual(over(energy.n * peak.d, energy.d * peak.n * DAYS * 24n));
    const block = times(f('15090'), months);
    expect(quantity(bill, 'prime')).toEqual(beyond(peak, f('50')));
    expect([quantity(bill, 'energie', 1), quantity(bill, 'energie', 2)]).toEqual([block, beyond(energy, block)]);
    expect(amount(bill.total)).toEqual(plus(
      times(f('15.426'), months), times(beyond(peak, f('50')), f('22.071'), months), times(block, f('0.12388')), times(beyond(energy, block), f('0.09534')),
    ));
  });

  it('Flex_D: each season and its events, and the bill', () => {
    const bill = billOf(`Flex_D: ${format}`);
    const inWinter = (local: string): boolean => local >= '2026-12-01' && local < '2027-04-01';
    const inEvent = (local: string): boolean => events.some((event) => event.debut <= local && local < event.fin);
    const summer = kwh(wattsOf(house.filter((each) => !inWinter(each.local))));
    const event = kwh(wattsOf(house.filter((each) => inEvent(each.local))));
    const winter = kwh(wattsOf(house.filter((each) => inWinter(each.local) && !inEvent(each.local))));
    expect(house.filter((each) => inEvent(each.local))).toHaveLength(events.length * 16);
    expect(amount(bill.demandes['energie']?.valeur)).toEqual(plus(summer, event, winter));
    const [cold, warm] = [f('4840'), f('9760')];
    expect([quantity(bill, 'energie_d_hiver', 1), quantity(bill, 'energie_d_hiver', 2)]).toEqual([cold, beyond(winter, cold)]);
    expect(quantity(bill, 'energie_en_evenement')).toEqual(event);
    expect([quantity(bill, 'energie_d_ete', 1), quantity(bill, 'energie_d_ete', 2)]).toEqual([warm, beyond(summer, warm)]);
    expect(amount(bill.total)).toEqual(plus(
      times(over(DAYS), f('0.46154')), times(least(winter, cold), f('0.04886')), times(beyond(winter, cold), f('0.09103')), times(event, f('0.46463')),
      times(least(summer, warm), f('0.07065')), times(beyond(summer, warm), f('0.11142')),
    ));
  });
});
