/**
 * A year of quarter-hours in CSV files, as utilities export them, billed by the command. What a bill derives (energy, peak, seasons,
 * events) is worked out again here from the same readings with integers, and compared to the last digit.
 */
import { readFileSync, writeFileSync } from 'node:fs';
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

describe('small files', () => {
  const fixtures = join(import.meta.dirname, '../fixtures/series');
  /** The figures of a column in thousandths: everything but its digits is dropped, which is right when all have three decimals. */
  const thousandths = (file: string, cell: RegExp): bigint[] => [...readFileSync(join(fixtures, file), 'utf8').matchAll(cell)].map((match) => BigInt((match[1] ?? '').replace(/\D/g, '')));
  const sum = (values: readonly bigint[]): bigint => values.reduce((a, b) => a + b, 0n);
  const billed = new Map<string, Bill>();
  beforeAll(() => {
    const cases = {
      november: { tarif: 'M', periode: { debut: '2026-11-01', fin: '2026-11-02' }, donnees: { phases: 3 }, series: { puissance_reelle: { fichier: 'usine-1er-novembre.csv', colonne: 'Appel réel (kW)' } }, demandes: ['energie', 'puissance_maximale_appelee'] },
      march: { tarif: 'M', periode: { debut: '2027-03-14', fin: '2027-03-15' }, donnees: { phases: 3 }, series: { puissance_reelle: { fichier: 'usine-14-mars.csv' } }, demandes: ['energie', 'puissance_maximale_appelee'] },
      hours: { tarif: 'Flex_D', periode: { debut: '2027-03-13', fin: '2027-03-16' }, donnees: { evenement_de_pointe: [{ debut: '2027-03-14T06:00', fin: '2027-03-14T10:00' }] }, series: { energie: { fichier: 'maison-13-au-15-mars.csv' } }, demandes: ['energie'] },
    };
    // A CSV stands beside its case: the path in the case is relative to the case's own folder.
    const list = Object.values(cases).map((each) => { const [[name, series] = ['', { fichier: '' }]] = Object.entries(each.series); return { ...each, series: { [name]: { ...series, fichier: join(fixtures, series.fichier) } } }; });
    const ran = command.run(['bill', '-', '--json'], { input: JSON.stringify(list) });
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    (JSON.parse(ran.stdout) as Bill[]).forEach((bill, index) => billed.set(Object.keys(cases)[index] ?? '', bill));
  });

  it('thousands with a plain, a no-break and a narrow space; the hour that November repeats', () => {
    const watts = thousandths('usine-1er-novembre.csv', /;([^;\r\n]*\d,\d{3});/g);
    expect(watts).toHaveLength(100);
    const bill = billed.get('november') as Bill;
    expect(amount(bill.demandes['energie']?.valeur)).toEqual(kwh(sum(watts)));
    expect(bill.demandes['puissance_maximale_appelee']).toMatchObject({ valeur: '1259.25', unite: 'kW' });
    const energy = kwh(sum(watts));
    expect(amount(bill.total)).toEqual(plus(times(f('1259.25'), f('18.242'), over(1, 30)), times(f('7000'), f('0.06292')), times(beyond(energy, f('7000')), f('0.04666'))));
  });

  it('quoted numbers with decimal commas between commas; the hour that March skips', () => {
    const watts = thousandths('usine-14-mars.csv', /,"([^"]*)"/g);
    expect(watts).toHaveLength(92);
    const bill = billed.get('march') as Bill;
    expect(amount(bill.demandes['energie']?.valeur)).toEqual(kwh(sum(watts)));
    expect(bill.demandes['puissance_maximale_appelee']).toMatchObject({ valeur: '2034.125', unite: 'kW' });
  });

  it('kilowatthours by the hour, `6h00`, over the change of clocks and an event', () => {
    const rows = [...readFileSync(join(fixtures, 'maison-13-au-15-mars.csv'), 'utf8').matchAll(/^(\S+) (\d+)h00\t(\d+),(\d\d)$/gm)].map(([, day = '', hour, whole, cents]) => ({ day, hour: Number(hour), hundredths: BigInt(`${whole}${cents}`) }));
    expect(rows).toHaveLength(71);
    const during = rows.filter((row) => row.day === '2027-03-14' && row.hour >= 6 && row.hour < 10);
    expect(during).toHaveLength(4);
    const bill = billed.get('hours') as Bill;
    expect(amount(bill.demandes['energie']?.valeur)).toEqual(over(sum(rows.map((row) => row.hundredths)), 100n));
    expect(quantity(bill, 'energie_en_evenement')).toEqual(over(sum(during.map((row) => row.hundredths)), 100n));
    expect(plus(quantity(bill, 'energie_d_hiver', 1), quantity(bill, 'energie_d_hiver', 2))).toEqual(over(sum(rows.map((row) => row.hundredths)) - sum(during.map((row) => row.hundredths)), 100n));
  });
});

// ── what is wrong with a file, and where ─────────────────────────────────
/** Two rates in the shape of the book's, so that these need no process: what reads the cells is the same. */
const tariffs = openTariffs([{
  path: 'petit', files: [{ path: 'petit.tarif', text: `édition « Petit » en vigueur le 1er avril 2026
  arrondit les lignes à 0,01 $
tarif G « Tarif G »
article 1.1 « Mesures »
  donnée puissance_réelle en kW par intervalle
  mesure énergie en kWh = cumul de puissance_réelle
  énergie 12,388 ¢/kWh
` }],
}]);

describe('a year with one fault is refused, with its place', () => {
  const good = shop.map((each) => [each.local, kilowatts(each.watts, ',')]);
  /** The row of a local time; the second one when the clock shows it twice. */
  const rowOf = (local: string, second = false): number => good.findIndex(([time], index) => time === local && (!second || good[index - 4]?.[0] === time));
  const skipped = rowOf('2027-03-14T03:00');
  const without = (row: number, count = 1): string[][] => good.filter((_, index) => index < row || index >= row + count);
  const errors = (rows: readonly (readonly string[])[], periode: object = year): readonly PrintedDiagnostic[] => {
    const options: BillOptions = { readTable: () => ({ header: ['heure', 'kW'], rows }) };
    const result = tariffs.bill({ tarif: 'G', periode, series: { puissance_reelle: { fichier: 'annee.csv' } } }, options);
    return 'erreurs' in result ? result.erreurs : [];
  };
  /** What is wrong, the rows, the code, and what the message must name. The header is line 1 of the file. */
  const faults: readonly (readonly [string, readonly (readonly string[])[], string, string])[] = [
    ['a quarter-hour is missing', without(rowOf('2026-08-17T13:30')), 'series/lacune', '2026-08-17T13:30'],
    ['a day is missing', without(rowOf('2027-01-05T00:00'), 96), 'series/lacune', '2027-01-05T00:00'],
    ['the hour of November is there once: the second is missing', without(rowOf('2026-11-01T01:00', true), 4), 'series/lacune', '2026-11-01T01:00-05:00'],
    ['a quarter of the repeated hour is missing', without(rowOf('2026-11-01T01:30', true)), 'series/lacune', '2026-11-01T01:30-05:00'],
    ['the hour that March skips is there', good.flatMap((row, index) => (index === skipped ? [['2027-03-14T02:00', '1'], row] : [row])), 'series/heure', `2027-03-14T02:00 n'existe pas : les horloges avancent ce jour-là (ligne ${skipped + 2})`],
    ['the last quarter-hour is missing', good.slice(0, -1), 'series/lacune', '2027-03-31T23:45'],
    ['the first quarter-hour is missing', good.slice(1), 'series/lacune', '2026-04-01'],
    ['a row twice', good.flatMap((row, index) => (index === 20_000 ? [row, row] : [row])), 'series/repetee', `${good[20_000]?.[0] ?? ''} (ligne 20003)`],
    ['a row from an hour ago', good.map((row, index) => (index === 20_000 ? good[19_996] ?? row : row)), 'series/desordre', '(ligne 20002)'],
    ['newest first', [...good].reverse(), 'series/desordre', '(ligne 3)'],
    ['an empty cell', good.map((row, index) => (index === 30_000 ? [row[0] ?? '', ''] : row)), 'series/valeur', '(ligne 30002)'],
    ['a word', good.map((row, index) => (index === 30_000 ? [row[0] ?? '', 'panne'] : row)), 'series/valeur', '« panne »'],
    ['decimal point and commas by thousands', good.map((row, index) => (index === 30_000 ? [row[0] ?? '', '1,234.5'] : row)), 'series/valeur', '« 1,234.5 »'],
    ['months first', good.map(([time = '', value = '']) => [`${time.slice(5, 7)}/${time.slice(8, 10)}/${time.slice(0, 4)} ${time.slice(11)}`, value]), 'series/lacune', '2026-01-05'],
    ['a negative power', good.map((row, index) => (index === 30_000 ? [row[0] ?? '', '-1,5'] : row)), 'cas-json/borne', 'positif ou nul'],
  ];
  it('the year itself is billed', () => { expect(tariffs.diagnostics.filter((item) => item.gravite === 'erreur')).toEqual([]); expect(errors(good)).toEqual([]); });
  it.each(faults)('%s', (_, rows, code, named) => {
    const found = errors(rows);
    expect(found.map((item) => item.code)).toEqual([code]);
    expect(found[0]?.pointeur).toMatch(/^\/series/);
    expect(found[0]?.message).toContain(named);
  });
  it('two rows changed about: refused where the first of them was due', () => {
    const found = errors(good.map((row, index) => (index === 20_000 ? good[20_001] ?? row : index === 20_001 ? good[20_000] ?? row : row)));
    expect(found[0]?.code).toMatch(/^series\/(lacune|desordre)$/);
    expect(found[0]?.message).toContain(good[20_000]?.[0]);
  });
  const small = (header: readonly string[], rows: readonly (readonly string[])[], series: object = {}): string[] => {
    const result = tariffs.bill({ tarif: 'G', periode: { debut: '2026-06-01', fin: '2026-06-02' }, series: { puissance_reelle: { fichier: 'a.csv', ...series } } }, { readTable: () => ({ header, rows }) });
    return 'erreurs' in result ? result.erreurs.map((item) => `${item.code} ${item.pointeur ?? ''} ${item.message}`) : ['billed'];
  };
  const day = quarterHours('2026-06-01', '2026-06-02', () => 1500).map((each) => [each.local, '1,5']);
  const files: readonly (readonly [string, readonly string[], readonly (readonly string[])[], string, object?])[] = [
    ['a good day', ['heure', 'kW'], day, 'billed'],
    ['a good day with an empty cell more in each row', ['heure', 'kW'], day.map((row) => [...row, '']), 'billed'],
    ['the second row is missing', ['heure', 'kW'], [...day.slice(0, 1), ...day.slice(2)], "n'a pas de valeur le 2026-06-01T00:15"],
    ['no header: the first reading would be lost', day[0] ?? [], day.slice(1), 'il a 2026-06-01T00:00, 1,5'],
    ['decimal commas between commas: each number in two cells', ['heure', 'kW'], day.map(([time = '']) => [time, '1', '5']), '« 2026-06-01T00:00 | 1 | 5 » n\'est pas un nombre (ligne 2)'],
    ['a column that is there twice', ['heure', 'kW', 'kW'], day.map((row) => [...row, '9']), 'pas de colonne « kW »', { colonne: 'kW' }],
    ['a single reading, of who knows how long', ['heure', 'kW'], day.slice(0, 1), 'un pas de longueur inconnue'],
    ['an empty file', [], [], 'est vide'],
  ];
  for (const [name, header, rows, said, series] of files) {
    it(name, () => {
      const found = small(header, rows, series);
      expect(found).toHaveLength(1);
      expect(found[0]).toContain(said);
    });
  }
  it('the readings of another year', () => {
    expect(errors(good, { debut: '2027-04-01', fin: '2027-05-01' }).map((item) => item.code)).toEqual(['series/lacune']);
  });
});
