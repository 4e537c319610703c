/** Why one bill is not the other: rows that add up, whatever the cases, and amounts worked by hand with exact fractions. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byArticle, differenceOf, type Difference } from '../../src/analysis/difference.ts';
import { billSide, type Instead } from '../../src/analysis/sides.ts';
import { differenceToJson } from '../../src/analysis/writeDifference.ts';
import { collectBooks } from '../../src/check/book.ts';
import { Programs } from '../../src/check/program.ts';
import type { Bill } from '../../src/evaluate/bill.ts';
import { catalogueOf, prepare } from '../../src/index.ts';
import type { Exact } from '../../src/quantity/exact.ts';
import { sourceFile } from '../../src/source/file.ts';
import { parseFile } from '../../src/syntax/parse.ts';
import { catalogue, editions, jsonOf } from '../tools/editions.ts';
import { amount, f, minus, over, plus, times, type Fraction } from '../tools/fraction.ts';

const noTable = (): { readonly diagnostics: [] } => ({ diagnostics: [] });
const billed = (json: object, instead: Instead = {}): { bill: Bill } | { codes: string[] } => {
  const outcome = billSide(jsonOf(json), instead, { catalogue, editions }, noTable);
  return 'side' in outcome ? { bill: outcome.side.bill } : { codes: outcome.diagnostics.map((item) => item.code) };
};
const bill = (json: object, instead: Instead = {}): Bill => {
  const outcome = billed(json, instead);
  if ('codes' in outcome) throw new Error(outcome.codes.join());
  return outcome.bill;
};
const exact = ({ n, d }: Exact): Fraction => over(n, d);
/** The rows as `nature ligne article écart`, the amounts as fractions of this spec. */
const rows = (difference: Difference): [string, string, string | undefined, Fraction][] => difference.rows.map((row) => [row.kind, row.line, row.article, exact(row.amount)]);
const sides = (difference: Difference): Fraction => minus(exact(difference.b.totalRounded), exact(difference.a.totalRounded));

describe('amounts by hand', () => {
  const house = (energie: number, more: object = {}): object => ({ tarif: 'D', periode: { debut: '2026-06-01', fin: '2026-07-01' }, donnees: { energie, ...more } });
  it('an edition and a consumption that both change share what they do together', () => {
    const difference = differenceOf(bill(house(1500), { edition: '2025-04-01' }), bill(house(1700), { edition: '2026-04-01' }));
    expect(rows(difference)).toEqual([
      ['prix', 'énergie', '2.5', times(f('0.0016'), over(1200))],
      // 300 kWh at 10,652 ¢, 500 kWh at 11,142 ¢: 200 kWh at the mean price, and the change of price on 400 kWh
      ['quantité', 'énergie', '2.5', times(over(200), f('0.10897'))], ['prix', 'énergie', '2.5', times(over(400), f('0.0049'))],
      // 13,85 + 82,86 + 31,96 − 128,6622; 13,85 + 84,78 + 55,71 − 154,3362
      ['arrondi', 'arrondi', undefined, minus(f('0.0038'), f('0.0078'))],
      ['taxe', 'taxe', undefined, minus(f('7.72'), f('6.43'))], ['taxe', 'taxe', undefined, minus(f('15.40'), f('12.83'))],
    ]);
  });
  it('three factors: the mean over the six orders', () => {
    const large = (kW: number, fin: string, edition?: string): Bill => bill({ tarif: 'M', periode: { debut: '2026-06-01', fin }, donnees: { energie: 80_000, puissance_maximale_appelee: kW, phases: 3 } }, { edition });
    // 200 kW for 30 days, 210 kW for 33 days at 18,242 $: quantity 10 × (1 + 1,1) ÷ 2, time 0,1 × 205
    expect(rows(differenceOf(large(200, '2026-07-01'), large(210, '2026-07-04'))).slice(0, 2)).toEqual([
      ['quantité', 'prime', '4.2', times(over(10), f('18.242'), f('1.05'))], ['durée', 'prime', '4.2', times(f('0.1'), f('18.242'), over(205))],
    ]);
  });
  it('a second tranche that one side does not reach is a quantity', () => {
    const difference = differenceOf(bill(house(1000)), bill(house(1300)));
    expect(rows(difference).slice(0, 2)).toEqual([['quantité', 'énergie', '2.5', times(over(200), f('0.07065'))], ['quantité', 'énergie', '2.5', times(over(100), f('0.11142'))]]);
    expect(difference.rows[1]?.causes.map(({ name }) => name)).toEqual(['énergie']);
  });
  it('D and DP: a fee on one side, a price on both, a premium on the other', () => {
    const at55 = house(3000, { puissance_maximale_appelee: 55, phases: 1 });
    expect(rows(differenceOf(bill(at55), bill(at55, { rate: 'DP' }))).slice(0, 4)).toEqual([
      ['en moins', 'frais', '2.5', f('-13.8462')], ['prix', 'énergie', '2.15', times(f('-0.00187'), over(1200))], ['prix', 'énergie', '2.15', times(f('-0.00684'), over(1800))], ['en plus', 'prime', '2.15', f('26.845')],
    ]);
  });
  it('a credit of 12.2 by the voltage belongs to 12.2, the kilowatts to the line', () => {
    const at = (tension: number, kW: number): Bill => bill({ tarif: 'M', periode: { debut: '2026-06-01', fin: '2026-07-01' }, donnees: { energie: 80_000, puissance_maximale_appelee: kW, phases: 3, tension, transforme_a_ses_frais: true } });
    // 0,7131 $ at 5 kV on 200 kW, 1,1427 $ at 25 kV on 210 kW
    const difference = differenceOf(at(5, 200), at(25, 210));
    expect(rows(difference).slice(0, 3)).toEqual([
      ['quantité', 'prime', '4.2', times(over(10), f('18.242'))], ['quantité', 'prime', '12.2', times(over(-10), f('0.9279'))], ['prix', 'prime', '12.2', times(over(-205), f('0.4296'))],
    ]);
    expect(difference.rows[2]?.causes.map(({ name, b }) => [name, b?.article])).toEqual([['crédit_d_alimentation', '12.2']]);
  });
  it('a price that another article sets goes to that article', () => {
    const edition = (year: number, index: string): { path: string; text: string } => ({ path: `${year}.tarif`, text: `édition « ${year} » en vigueur le 1er avril ${year}
  arrondit les lignes à 0,01 $
  taxe TPS 5 %
dispositions communes
article 1.1 « Définitions »
  mesure énergie en kWh
article 12.9 « Indexation »
  indice = ${index} %
  prix_indexé = 10 ¢/kWh × (100 % + indice)
tarif X « Tarif X »
article 2.5 « Structure »
  frais 50 ¢/jour
  énergie à prix_indexé
` });
    const own = collectBooks([edition(2025, '2'), edition(2026, '3,5')].map(({ path, text }) => ({ path, files: [parseFile(sourceFile(path, text)).value] }))).value.map((book) => ({ book, programs: new Programs(book) }));
    const market = { catalogue: catalogueOf(own), editions: prepare(own) };
    const [one, other] = ['2025-04-01', '2026-04-01'].map((date) => billSide(jsonOf({ tarif: 'X', periode: { debut: '2026-06-01', fin: '2026-07-01' }, donnees: { energie: 1000 } }), { edition: date }, market, noTable));
    if (!one || !other || !('side' in one) || !('side' in other)) throw new Error('a case of this spec is wrong');
    const [row] = differenceOf(one.side.bill, other.side.bill).rows;
    // 1 000 kWh × 10 ¢ × 1,5 %
    expect(row && [row.kind, row.article, row.lineArticles, exact(row.amount), row.causes.map(({ name, a, b }) => [name, a?.article, b?.article])]).toEqual(['prix', '12.9', ['2.5', '2.5'], f('1.5'), [['indice', '12.9', '12.9']]]);
  });
  it('a premium that nothing was billed of is a quantity, from 0', () => {
    const shop = (kW: number): object => ({ tarif: 'G', periode: { debut: '2026-06-01', fin: '2026-07-01' }, donnees: { energie: 1000, puissance_maximale_appelee: kW, phases: 3 } });
    const row = differenceOf(bill(shop(5)), bill(shop(60))).rows.find((each) => each.line === 'prime');
    expect(row && [row.kind, row.article, exact(row.amount), row.causes.map(({ name }) => name)]).toEqual(['quantité', '3.2', f('220.71'), ['puissance_maximale_appelée']]);
  });
  it('a floor of the power billed goes to the article of the floor', () => {
    const shop = (january: number): object => ({
      tarif: 'G', periode: { debut: '2026-06-01', fin: '2026-07-01' }, donnees: { energie: 9850, puissance_maximale_appelee: 40, phases: 3 },
      historique: [{ periode: { debut: '2026-01-01', fin: '2026-01-31' }, donnees: { energie: 9000, puissance_maximale_appelee: january } }],
    });
    // 65 % of 90 kW is 58,5 kW; of 80 kW, 52 kW: 6,5 kW more, by the peak of January
    const [row] = differenceOf(bill(shop(80)), bill(shop(90))).rows;
    expect(row && [row.kind, exact(row.amount), row.causes.map(({ name, at }) => [name, at])]).toEqual(['quantité', times(f('6.5'), f('22.071')), [['puissance_maximale_appelée', '2026-01-01']]]);
  });
  it('the minimum of a bill', () => {
    const little = (energie: number): object => ({ tarif: 'G', periode: { debut: '2026-06-01', fin: '2026-07-01' }, donnees: { energie, puissance_maximale_appelee: 5, phases: 3 } });
    // 46,278 − 15,426 − 12,388 on one side; 1 000 kWh pass the minimum
    expect(rows(differenceOf(bill(little(100)), bill(little(1000)))).slice(0, 2)).toEqual([['quantité', 'énergie', '3.2', times(over(900), f('0.12388'))], ['en moins', 'minimum', '3.2', f('-18.464')]]);
  });
  it('an option: its lines, with what they take from the bill of the rate', () => {
    const june = house(900, { electricite_injectee: 400 });
    const difference = differenceOf(bill(house(900)), bill({ ...june, options: ['mesurage_net_1'] }));
    expect(sides(difference)).toEqual(plus(...difference.rows.map((row) => exact(row.amount))));
    expect([...byArticle(difference).keys()].some((article) => /^2\.(4|5)/.test(article))).toBe(true);
  });
  it('an option that replaces the bill: the lines of the rate go to the article that replaces them', () => {
    // The example of the book of rates: twelve periods of 280 000 to 302 000 kWh and 780 to 835 kW before the break-in of May 2026.
    const months = ['2025-05-01', '2025-06-01', '2025-07-01', '2025-08-01', '2025-09-01', '2025-10-01', '2025-11-01', '2025-12-01', '2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01', '2026-05-01'];
    const running = {
      tarif: 'M', options: ['rodage'], periode: { debut: '2026-05-01', fin: '2026-05-31' },
      donnees: { phases: 3, debut_du_rodage: '2026-05-01', puissance_des_equipements_en_rodage: 400, puissance_minimale_a_la_demande: 800, energie: 600_000, puissance_maximale_appelee: 1900 },
      historique: months.slice(0, 12).map((debut, index) => ({ periode: { debut, fin: months[index + 1] }, donnees: { energie: 280_000 + 2000 * index, puissance_maximale_appelee: 780 + 5 * index, puissance_facturee_en_moyenne: 780 + 5 * index } })),
    };
    const difference = differenceOf(bill(running), bill(running, { options: [] }));
    // 6 598 399,6 $ ÷ 97 by 6.89; at M alone 1 900 × 18,242 $, 210 000 × 6,292 ¢ and 390 000 × 4,666 ¢
    expect(rows(difference).slice(0, 4)).toEqual([
      ['en moins', 'rodage_au_prix_moyen', '6.89', over(-65_983_996, 970)], ['en plus', 'prime', '6.89', f('34659.8')], ['en plus', 'énergie', '6.89', f('13213.2')], ['en plus', 'énergie', '6.89', f('18197.4')],
    ]);
    expect(plus(...difference.rows.map((row) => exact(row.amount)))).toEqual(sides(difference));
  });
  it('the JSON adds up too', () => {
    const json = differenceToJson(differenceOf(bill(house(1500), { edition: '2025-04-01' }), bill(house(1700))), 'fr') as { version: number; ecart: string; lignes: { ecart: unknown }[]; par_article: { ecart: unknown }[]; a: { total_arrondi: string }; b: { total_arrondi: string } };
    expect(json.version).toBe(1);
    for (const list of [json.lignes, json.par_article]) expect(plus(...list.map((row) => amount(row.ecart)))).toEqual(f(json.ecart));
    expect(f(json.ecart)).toEqual(minus(f(json.b.total_arrondi), f(json.a.total_arrondi)));
  });
});

describe('for any two bills', () => {
  const whole = (least: number, most: number): fc.Arbitrary<number> => fc.integer({ min: least, max: most });
  const period = fc.tuple(fc.constantFrom('2025-05-10', '2026-03-05', '2026-06-01', '2026-11-12', '2027-02-20'), whole(5, 70)).map(([debut, days]) => ({ debut, fin: new Date(Date.parse(debut) + days * 86_400_000).toISOString().slice(0, 10) }));
  const modern = period.filter(({ debut }) => debut >= '2026-06-01');
  const d = fc.record({ periode: period, energie: whole(0, 9000), kW: whole(0, 64) }).map(({ periode, energie, kW }) => ({ tarif: 'D', periode, donnees: { energie, puissance_maximale_appelee: kW } }));
  const general = fc.record({ periode: modern, tarif: fc.constantFrom('DP', 'G', 'M', 'G9'), energie: whole(0, 400_000), kW: whole(1, 900), tension: fc.constantFrom(0.6, 5, 25, 69), transforme: fc.boolean(), phases: fc.constantFrom(1, 3), january: fc.option(whole(1, 900), { nil: undefined }) }).map((each) => ({
    tarif: each.tarif, periode: each.periode, donnees: {
      energie: each.energie, puissance_maximale_appelee: each.kW, ...(each.tarif === 'G9' ? { plus_grand_appel_reel: each.kW } : {}), phases: each.phases, tension: each.tension, transforme_a_ses_frais: each.transforme,
    },
    ...(each.january === undefined ? {} : { historique: [{ periode: { debut: '2026-01-01', fin: '2026-01-31' }, donnees: { puissance_maximale_appelee: each.january, ...(each.tarif === 'G9' ? { plus_grand_appel_reel: each.january } : {}) } }] }),
  }));
  const factory = fc.record({ periode: modern, energie: whole(0, 5_000_000), kW: whole(0, 9000), souscrite: whole(5000, 8000), tension: fc.constantFrom(25, 120, 230) }).map((each) => ({
    tarif: 'L', periode: each.periode, donnees: { energie: each.energie, puissance_maximale_appelee: each.kW, plus_grand_appel_reel: each.kW, puissance_souscrite: each.souscrite, puissance_disponible: 9500, activite_industrielle: true, tension: each.tension, transforme_a_ses_frais: true },
  }));
  const edition = fc.constantFrom(undefined, '2023-04-01', '2024-04-01', '2025-04-01', '2026-04-01');
  const side = fc.oneof(fc.tuple(d, edition).map(([json, each]) => ({ json, instead: { edition: each } })), general.map((json) => ({ json, instead: {} })), factory.map((json) => ({ json, instead: {} })));
  const pair = fc.tuple(side, side).chain(([one, other]) => fc.constantFrom([one, other], [other, one]));

  it('the rows add up to the difference of the totals, to the last digit, both ways', () => {
    let counted = 0;
    const kinds = new Set<string>();
    fc.assert(fc.property(pair, ([one, other]) => {
      const [a, b] = [one, other].map((each) => each && billed(each.json, each.instead));
      if (!a || !b || 'codes' in a || 'codes' in b) return;
      counted++;
      const there = differenceOf(a.bill, b.bill);
      const back = differenceOf(b.bill, a.bill);
      for (const row of there.rows) kinds.add(row.kind);
      expect(plus(...there.rows.map((row) => exact(row.amount)))).toEqual(minus(exact(b.bill.totalRounded), exact(a.bill.totalRounded)));
      expect(exact(there.total)).toEqual(sides(there));
      expect(plus(...[...byArticle(there).values()].map(exact))).toEqual(sides(there));
      expect(plus(exact(there.total), exact(back.total))).toEqual(over(0));
      const part = (difference: Difference, kind: string): Fraction => plus(...difference.rows.filter((row) => row.kind === kind).map((row) => exact(row.amount)));
      for (const kind of ['quantité', 'prix', 'durée', 'montant', 'arrondi', 'taxe']) expect(plus(part(there, kind), part(back, kind)), kind).toEqual(over(0));
      expect(plus(part(there, 'en plus'), part(back, 'en moins'))).toEqual(over(0));
    }), { numRuns: 400, seed: 20_260_401 });
    // Most pairs are two bills, and every kind of row was met.
    expect(counted).toBeGreaterThan(120);
    expect([...kinds]).toEqual(expect.arrayContaining(['arrondi', 'durée', 'en moins', 'en plus', 'prix', 'quantité', 'taxe']));
  });
  it('a bill and itself have no row', () => {
    fc.assert(fc.property(side, ({ json, instead }) => {
      const [one, other] = [billed(json, instead), billed(json, instead)];
      if ('codes' in one || 'codes' in other) return;
      expect(differenceOf(one.bill, other.bill).rows).toEqual([]);
    }), { numRuns: 60, seed: 7 });
  });
});

describe('bad cases', () => {
  const june = { tarif: 'D', periode: { debut: '2026-06-01', fin: '2026-07-01' }, donnees: { energie: 900 } };
  it.each<[string, object, Instead, string[]]>([
    ['a wrong case', { ...june, donnees: { energie: 'x' } }, {}, ['cas-json/type']],
    ['an edition that is none', june, { edition: '2025-04-02' }, ['edition/inconnue']],
    ['an edition without the rate', { ...june, tarif: 'DP', donnees: { energie: 900, puissance_maximale_appelee: 55, phases: 1 } }, { edition: '2025-04-01' }, ['periode/edition-sans-tarif']],
    ['a rate that lacks data', june, { rate: 'DP' }, ['cas-json/champ-absent']],
    ['a rate that an article refuses', june, { rate: 'DM' }, ['admissibilite/exige']],
    ['options that do not go with the rate', june, { options: ['crédit_hivernal_G'] }, ['options/non-admise']],
    ['a datum that nobody reads', june, { data: new Map([['couleur', 'bleu']]) }, ['cas-json/champ-inconnu']],
  ])('%s', (_, json, instead, codes) => expect(billed(json, instead)).toEqual({ codes }));
});
