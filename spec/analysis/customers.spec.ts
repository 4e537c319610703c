/** What customers pay under two editions. Amounts are worked out by hand, in fractions, from the prices of articles 2.5 and 3.2. */
import { afterAll, describe, expect, it } from 'vitest';
import { compareBatch } from '../../src/analysis/customers/compareCustomers.ts';
import { dollarClass, dollarLabel, energyClass, energyLabel, percentClass, percentLabel } from '../../src/analysis/customers/classes.ts';
import { plainNumber } from '../../src/analysis/customers/rows.ts';
import { EMPTY, Extremes, isBilled, joinTallies, type Outcome, type Tally } from '../../src/analysis/customers/tally.ts';
import { parseExact, toDecimal, toFraction, type Exact } from '../../src/quantity/exact.ts';
import { compared, editionOf, invented, read, removeFolder, written } from '../tools/customers.ts';

afterAll(removeFolder);
const [y2025, y2026] = [editionOf(2025), editionOf(2026)];
const shown = ({ client, before, after }: Outcome): string[] => [client, before ? toDecimal(before.total).text : 'non', after ? toDecimal(after.total).text : 'non'];
const HEAD = 'client;tarif;debut;fin;energie\n';
const exact = (text: string): Exact => parseExact(text) ?? { n: 0n, d: 1n };

describe('customers at rate D, 2025 and 2026', () => {
  // A 61 days: 61 × 46,154 ¢ + 2 150 × 6,905 ¢ = 176,61144 $ ; at 7,065 ¢: 180,05144 $. B 59 days: 2 360 kWh at the first price, 3 050 at the second.
  const path = written('d.csv', `${HEAD}a;D;2026-04-01;2026-06-01;2150\nb;D;2027-02-01;2027-04-01;5410\n`);
  it('each pays what article 2.5 of each edition says, whatever the dates', async () => {
    const { outcomes } = await compared(path, y2025, y2026);
    // b: 27,23086 + 162,958 + 324,886 = 515,07486 $ ; 27,23086 + 166,734 + 339,831 = 533,79586 $
    expect(outcomes.map(shown)).toEqual([['a', '176.61144', '180.05144'], ['b', '515.07486', '533.79586']]);
    expect(outcomes.map(({ energy, days, rate }) => [energy && toDecimal(energy).text, days, rate])).toEqual([['2150', 61, 'D'], ['5410', 59, 'D']]);
  });
  it('sums are exact, by rate, by size and by line', async () => {
    const { tally } = await compared(path, y2025, y2026);
    expect([tally.all.customers, tally.all.lose, tally.all.gain, toDecimal(tally.all.before).text, toDecimal(tally.all.after).text]).toEqual([2, 2, 0, '691.6863', '713.8473']);
    // (2 150 + 2 360) × 6,905 ¢ ; 3 050 × 10,652 ¢ ; 120 × 46,154 ¢
    expect([...tally.byLine.values()].map((line) => [line.article, line.tranche, toDecimal(line.before).text, toDecimal(line.after).text])).toEqual([[`2.5`, undefined, '55.3848', '55.3848'], ['2.5', 1, '311.4155', '318.6315'], ['2.5', 2, '324.886', '339.831']]);
    expect([...tally.bySize.keys()]).toEqual([0, 1]);
  });
});

describe('earlier rows are the history of later ones', () => {
  // 3.2 and 3.4: a peak of 92,4 kW in December commands 65 % of it, 60,06 kW, in April.
  // durée 31/30: 15,426 + 42,4 × 22,071 ; 15 593 kWh at 12,388 ¢, the rest at 9,534 ¢… : 3 029,6805 + 4 428,78078 + 1 457,67826 = 8 916,13954 $
  const rows = ['commerce;G;2025-12-01;2026-01-01;16800;92,4;3', 'commerce;G;2026-01-01;2026-04-01;30000;60;3', 'commerce;G;2026-04-01;2026-05-01;9850;48,5;3'];
  const head = 'client;tarif;debut;fin;energie;puissance_maximale_appelee;phases\n';
  it('a peak of winter commands the bill of April', async () => {
    const { outcomes } = await compared(written('g.csv', head + rows.join('\n')), y2026, y2026);
    expect(outcomes.map(shown)).toEqual([['commerce', '8916.13954', '8916.13954']]);
    // Without the winter: 15,426 + 0 + 9 850 × 12,388 ¢
    expect((await compared(written('g.csv', head + (rows[2] ?? '')), y2026, y2026)).outcomes.map(shown)).toEqual([['commerce', '1235.644', '1235.644']]);
  });
  it('rows that overlap are refused', async () => {
    const { outcomes } = await compared(written('g.csv', `${head}${rows[0]}\ncommerce;G;2025-12-31;2026-02-01;100;60;3\n`), y2026, y2026);
    expect(outcomes[0]?.reasons.map(({ side, code, line }) => [side, code, line])).toEqual([['avant', 'historique/chevauchement', 3], ['après', 'historique/chevauchement', 3]]);
  });
});

describe('what a bill hands on', () => {
  const book = (price: string): string => `édition « Essai » en vigueur le 1er avril 2026
  arrondit les lignes à 0,01 $
dispositions communes
article 1.1 « Définitions »
  mesure énergie en kWh
tarif X « X »
article 2.5 « Structure »
  report = (report sur la période précédente à défaut 0 kWh) + énergie
  énergie de report à ${price} ¢/kWh
`;
  const line = (debut: string, fin: string, energie: number, more: object = {}): string => JSON.stringify({ client: 'x', tarif: 'X', periode: { debut, fin }, donnees: { energie }, ...more });
  const [old, now] = [invented(book('10')), invented(book('12,5'))];
  it('goes to the next row, from the state that the first brings', async () => {
    const path = written('x.ndjson', [line('2026-06-01', '2026-07-01', 50, { etat: { report: '100' } }), line('2026-07-01', '2026-08-01', 30)].join('\n'));
    // (100 + 50) + (100 + 50 + 30) = 330 kWh, at 10 ¢ then at 12,5 ¢
    expect((await compared(path, old, now)).outcomes.map(shown)).toEqual([['x', '33', '41.25']]);
  });
  it('is refused by a row that does not begin where the last one ends', async () => {
    const path = written('x.ndjson', [line('2026-06-01', '2026-07-01', 50), line('2026-07-02', '2026-08-01', 30)].join('\n'));
    expect((await compared(path, old, now)).outcomes[0]?.reasons.map(({ side, code }) => [side, code])).toEqual([['avant', 'etat/date'], ['après', 'etat/date']]);
  });
  it('only the first row may bring a history', async () => {
    const historique = [{ periode: { debut: '2026-06-01', fin: '2026-07-01' }, donnees: { energie: 5 } }];
    const path = written('x.ndjson', [line('2026-06-01', '2026-07-01', 50), line('2026-07-01', '2026-08-01', 30, { historique })].join('\n'));
    expect((await compared(path, old, now)).outcomes[0]?.reasons.map(({ code }) => code)).toEqual(['clients/historique', 'clients/historique']);
  });
});

describe('a row that both editions read alike is read once; otherwise each reads it', () => {
  const book = (data: string): string => `édition « Essai » en vigueur le 1er avril 2026
  arrondit les lignes à 0,01 $
dispositions communes
article 12.11 « Durée »
  mesure durée en mois = jours ÷ 30 jours/mois
tarif X « X »
article 2.5 « Structure »
  ${data}
  prime de P à 10 $/kW/mois
`;
  const path = written('p.csv', 'client;tarif;debut;fin;P\na;X;2026-06-01;2026-07-01;2,5\n');
  // 30 days: 2,5 kW × 10 $ ; 2,5 W × 10 $ ÷ 1 000
  it.each([
    ['the same', 'donnée P en kW', [['a', '25', '25']], []], ['another unit', 'donnée P en W', [['a', '25', '0.025']], []], ['a bound', 'donnée P en kW au plus 2 kW', [['a', '25', 'non']], ['après cas-json/borne']],
    ['another sort', 'donnée P parmi 2 kW ou 3 kW', [['a', '25', 'non']], ['après cas-json/choix']], ['another name', 'donnée Q en kW\n  P = Q', [['a', '25', 'non']], ['après cas-json/champ-inconnu']],
  ])('%s', async (_, data, expected, why) => {
    const { outcomes } = await compared(path, invented(book('donnée P en kW')), invented(book(data)));
    expect([outcomes.map(shown), outcomes.flatMap(({ reasons }) => reasons.map(({ side, code }) => `${side} ${code}`))]).toEqual([expected, why]);
  });
});

describe('customers that an edition does not bill', () => {
  it('are out of every sum, and told with their reasons', async () => {
    const path = written('c.csv', `${HEAD.trim()};puissance_maximale_appelee;phases\nbon;D;2026-06-01;2026-07-01;900;;\ng;G;2026-06-01;2026-07-01;900;20;3\nfaux;D;2026-06-01;2026-07-01;abc;;\nfaux;D;2026-07-01;2026-08-01;100;;\nlongue;D;2026-06-01;2026-07-01;900;;;;\n`);
    const { outcomes, tally } = await compared(path, y2025, y2026);
    expect([tally.all.customers, tally.out, [...tally.byRate.keys()]]).toEqual([1, 3, ['D']]);
    expect(outcomes.filter((outcome) => !isBilled(outcome)).map(({ client, reasons }) => [client, ...reasons.map(({ side, code, line }) => `${side} ${code} ${line}`)])).toEqual([
      ['g', 'avant tarifs/inconnu 3'], ['faux', 'avant cas-json/type 4', 'après cas-json/type 4'], ['longue', 'avant clients/cellules 6', 'après clients/cellules 6'],
    ]);
    // What one edition bills is still told: 15,426 + 900 × 12,388 ¢ = 126,918 $
    expect(outcomes.map(shown)[1]).toEqual(['g', 'non', '126.918']);
  });
  it('a column that nobody reads refuses its customers, unless it is ignored', async () => {
    const path = written('c.csv', `${HEAD.trim()};ville\na;D;2026-06-01;2026-07-01;900;Gaspé\n`);
    expect((await compared(path, y2025, y2026)).outcomes[0]?.reasons.map(({ code }) => code)).toEqual(['cas-json/champ-inconnu', 'cas-json/champ-inconnu']);
    expect((await compared(path, y2025, y2026, ['ville'])).tally.all.customers).toBe(1);
  });
});

describe('a tally', () => {
  it('is the same however the customers are cut in batches', async () => {
    const rows = Array.from({ length: 24 }, (_, index) => `c${index};D;2026-06-01;2026-07-${String(1 + (index % 3)).padStart(2, '0')};${index * 137}.${index}\n`);
    const file = await read(written('many.csv', HEAD.replace(/;/g, ',') + rows.join('').replace(/;/g, ',')));
    if (!('customers' in file)) throw new Error('refused');
    const comparison = { before: y2025, after: y2026, columns: file.columns, renumbered: new Map<string, string>(), lang: 'fr' as const };
    const plain = (tally: Tally): unknown => JSON.parse(JSON.stringify([tally.all, [...tally.byRate], [...tally.bySize].sort(), [...tally.byDollars].sort(), [...tally.byLine].sort()], (_, value: unknown) => (typeof value === 'object' && value !== null && 'n' in value ? toFraction(value as Exact) : value)));
    const whole = plain(compareBatch(file.customers, comparison).tally);
    for (const size of [1, 5, 23]) {
      const batches = Array.from({ length: Math.ceil(24 / size) }, (_, index) => compareBatch(file.customers.slice(index * size, (index + 1) * size), comparison).tally);
      expect(plain(batches.reduce(joinTallies, EMPTY))).toEqual(whole);
    }
  });
  it('keeps those who gain and lose most; of two alike, the first', () => {
    const outcome = (client: string, before: string, after: string): Outcome => {
      const side = (total: string) => ({ total: exact(total), rounded: exact(total), paid: exact(total) });
      return { client, line: 1, periods: 1, days: 30, rate: 'D', energy: undefined, before: side(before), after: side(after), reasons: [] };
    };
    const extremes = new Extremes(2);
    for (const each of [outcome('a', '10', '11'), outcome('b', '10', '9'), outcome('c', '10', '12'), outcome('d', '20', '22'), outcome('e', '10', '10'), outcome('f', '10', '9.5'), outcome('g', '10', '10.999')]) extremes.add(each);
    expect([extremes.losers.map(({ client }) => client), extremes.winners.map(({ client }) => client)]).toEqual([['c', 'd'], ['b', 'f']]);
  });
});

describe('classes', () => {
  it('have their ends where they say', () => {
    expect(['0', '4999.999', '5000', '10000000'].map((kWh) => energyLabel(energyClass(exact(kWh)), 'fr').replace(/\u00A0/g, ' '))).toEqual(['0 – 5 000', '0 – 5 000', '5 000 – 10 000', '10 000 000 +']);
    expect(['0', '0.01', '-9.99', '-10', '25000'].map((change) => dollarLabel(dollarClass(exact(change)), 'fr').replace(/\u00A0/g, ' '))).toEqual(['0', '0 à +10 $', '0 à −10 $', '−10 à −25 $', '+25 000 $ et plus']);
    expect(['2.3172', '-0.5', '60'].map((change) => percentLabel(percentClass(exact(change)), 'en'))).toEqual(['+2 to +2.5%', '−0.5 to −1%', '+50% and more']);
  });
});

describe('a number of a cell', () => {
  it.each([
    ['1 234,5', '1234.5'], ['1\u00A0234\u00A0567', '1234567'], ['1\u202F234,50', '1234.50'], ['1234.5', '1234.5'], ['0,5', '0.5'], ['−3,2', '-3.2'], ['1,234.5', '1234.5'], ['12 34', undefined], ['1 234.5.6', undefined], ['1e3', undefined], ['', undefined], ['1,234', '1.234'],
  ])('%s', (text, value) => expect(plainNumber(text)).toBe(value));
  it('a comma between three digits is not guessed in a file cut by commas', () => expect([plainNumber('1,234', true), plainNumber('1,5', true), plainNumber('1,234.5', true)]).toEqual([undefined, '1.5', '1234.5']));
});
