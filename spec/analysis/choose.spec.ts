/** What each rate would cost a customer. Amounts by hand with exact fractions: each line to the cent, then TPS and TVQ on their sum. */
import { describe, expect, it } from 'vitest';
import { chooseRate, isIdle, type Billed, type Choice, type Request } from '../../src/analysis/choose.ts';
import { choiceToJson, lackingDatum } from '../../src/analysis/writeChoice.ts';
import { toFixed, type Exact } from '../../src/quantity/exact.ts';
import { books, catalogue, editions, jsonOf } from '../tools/editions.ts';
import { cents, f, minus, over, plus, times, type Fraction } from '../tools/fraction.ts';

const offer = { catalogue, editions, books: books.map(({ book }) => book), readTable: () => ({ diagnostics: [] }) };
function chosen(cases: object | readonly object[], request: Request = {}): Choice {
  const outcome = chooseRate((Array.isArray(cases) ? cases as object[] : [cases]).map(jsonOf), offer, request);
  if ('diagnostics' in outcome) throw new Error(outcome.diagnostics.map((item) => `${item.code} ${item.pointer ?? ''}`).join());
  return outcome.choice;
}
const refusal = (cases: readonly object[], request: Request = {}): string[] => {
  const outcome = chooseRate(cases.map(jsonOf), offer, request);
  return 'diagnostics' in outcome ? outcome.diagnostics.map((item) => `${item.code} ${item.pointer ?? ''}`) : [];
};
const named = ({ rate, options }: { readonly rate: string; readonly options: readonly string[] }): string => [rate, ...options].join('+');
const money = (amount: Exact): string => toFixed(amount, 2);
const amounts = (list: readonly Billed[]): Record<string, string[]> => Object.fromEntries(list.map((each) => [named(each), [money(each.subtotal), money(each.total)]]));
const out = (choice: Choice, name: string): (string | undefined)[] => choice.out.find((each) => named(each) === name)?.diagnostics.map((item) => item.article) ?? [];
const lacking = (choice: Choice, name: string): (string | undefined)[] | undefined => choice.lacking.find((each) => named(each) === name)?.diagnostics.map((item) => lackingDatum(item)?.nom ?? item.code);

/** Before and with taxes, of lines in $. */
function printed(lines: readonly Fraction[]): [Fraction, Fraction] {
  const subtotal = plus(...lines.map((line) => f(cents(line))));
  return [subtotal, plus(subtotal, f(cents(times(subtotal, f('0.05')))), f(cents(times(subtotal, f('0.09975')))))];
}
const sums = (bills: readonly [Fraction, Fraction][]): string[] => [cents(plus(...bills.map(([before]) => before))), cents(plus(...bills.map(([, total]) => total)))];

describe('a house', () => {
  const house = (kW: number, more: object = {}): object => ({ tarif: 'D', periode: { debut: '2026-06-01', fin: '2026-07-01' }, donnees: { energie: 3000, puissance_maximale_appelee: kW, usage: 'domestique', lieu: 'logement', mesurage: 'individuel', phases: 1, ...more } });
  const domestic: Request = { rates: ['D', 'DP', 'DM', 'DT'], sets: [] };

  it('55 kW: D and DP, not DM', () => {
    const choice = chosen(house(55), domestic);
    // D: 13,85 + 84,78 + 200,56 ; DP: 82,54 + 188,24 + 5 kW × 5,369 $ = 26,85
    expect(amounts(choice.sure)).toEqual({ DP: ['297.63', '342.20'], D: ['299.19', '343.99'] });
    expect(choice.sure.map(named)).toEqual(['DP', 'D']);
    expect(out(choice, 'DM')).toEqual(['2.21']);
    expect(lacking(choice, 'DT')).toEqual(['energie_sauf_grand_froid', 'energie_pendant_grand_froid']);
  });
  it.each([[49.9, ['D'], 'DP', '2.14'], [65, ['DP'], 'D', '2.4']])('%d kW', (kW, sure, other, article) => {
    const choice = chosen(house(kW), domestic);
    expect(choice.sure.map(named)).toEqual(sure);
    expect(out(choice, other)).toContain(article);
  });
  it('refused at its present rate, it is compared all the same, without differences', () => {
    const choice = chosen(house(65), domestic);
    const json = choiceToJson(choice, 'fr') as { admissibles: { ecart?: object }[]; exclus: { tarif: string; raisons: { article: string; tarifs?: string[] }[] }[] };
    expect(choice.present).toBeUndefined();
    expect(json.admissibles.map((each) => each.ecart)).toEqual([undefined]);
    expect(json.exclus.find((each) => each.tarif === 'D')?.raisons[0]).toMatchObject({ code: 'admissibilite/exige', article: '2.4', tarifs: ['DP'] });
  });
  it('what nobody said of a shop is a supposition, not a fact', () => {
    const shop = { tarif: 'G', periode: { debut: '2026-06-01', fin: '2026-07-01' }, donnees: { energie: 3000, puissance_maximale_appelee: 55, phases: 1 } };
    const choice = chosen(shop, { rates: ['G', 'DP'], sets: [] });
    expect([choice.sure.map(named), choice.unsure.map(named)]).toEqual([['G'], ['DP']]);
    expect(choice.unsure[0]?.supposed.map((note) => (note.params as { name: string }).name)).toEqual(['usage', 'lieu', 'mesurage']);
  });
});

describe('a shop, twelve periods of 30 days from 1 April 2026', () => {
  const kWh = [9000, 8500, 9000, 9500, 10000, 9000, 8500, 12000, 16000, 18000, 16500, 12000];
  const kW = [44, 41, 46, 52, 55, 47, 45, 58, 63, 60, 57, 48];
  const day = (index: number): string => new Date(Date.UTC(2026, 3, 1 + 30 * index)).toISOString().slice(0, 10);
  const months = (peaks: readonly number[]): object[] => peaks.map((peak, index) => ({
    tarif: 'G', periode: { debut: day(index), fin: day(index + 1) }, donnees: { energie: kWh[index], puissance_maximale_appelee: peak, phases: 3, borne_de_recharge_a_courant_continu: false, debut_de_l_abonnement: '2026-04-01' },
  }));
  // The three periods of winter are the last but two to the last: 27 Dec., 26 Jan. and 25 Feb.
  const billed = (peaks: readonly number[], index: number): Fraction => {
    const winter = peaks.slice(9, index + 1);
    const least = times(f('0.65'), over(Math.max(0, ...winter)));
    const peak = over(peaks[index] ?? 0);
    return minus(peak, least).n >= 0n ? peak : least;
  };
  const atG = (peaks: readonly number[]): [Fraction, Fraction][] => kWh.map((energy, index) => {
    const beyond = minus(billed(peaks, index), over(50));
    return printed([f('15.426'), times(beyond.n > 0n ? beyond : over(0), f('22.071')), times(over(Math.min(energy, 15_090)), f('0.12388')), times(over(Math.max(0, energy - 15_090)), f('0.09534'))]);
  });
  const atM = (peaks: readonly number[]): [Fraction, Fraction][] => kWh.map((energy, index) => printed([times(billed(peaks, index), f('18.242')), times(over(energy), f('0.06292'))]));
  const business: Request = { rates: ['G', 'M', 'G9'], sets: [] };

  it('twelve bills at each rate, each with those before as its history', () => {
    const choice = chosen(months(kW), business);
    expect(amounts(choice.sure)).toEqual({ G: sums(atG(kW)), M: sums(atM(kW)) });
    expect(amounts(choice.sure)).toEqual({ G: ['18124.54', '20838.69'], M: ['19920.03', '22903.06'] });
    expect(choice.present?.bills.map((bill) => money(bill.totalRounded))).toEqual(atG(kW).map(([, total]) => cents(total)));
    expect(out(choice, 'G9')).toEqual(['4.9']);
  });
  it('an article that would have refused M in the first three periods is told, with its period', () => {
    const earlier = chosen(months(kW), business).sure.find((each) => each.rate === 'M')?.earlier ?? [];
    expect(earlier.map(({ diagnostics }) => diagnostics.map((item) => item.article))).toEqual([['4.1'], ['4.1'], ['4.1']]);
  });
  it('never 50 kW: M is not for it', () => {
    const choice = chosen(months(kW.map((each) => Math.min(each, 49))), business);
    expect([choice.sure.map(named), out(choice, 'M')]).toEqual([['G'], ['4.1']]);
  });
  it('65 % of a winter peak of 100 kW is 65 kW: G no longer, but M', () => {
    const peaks = kW.map((each, index) => (index === 10 ? 100 : each));
    const choice = chosen(months(peaks), business);
    expect([choice.sure.map(named), choice.present, out(choice, 'G')]).toEqual([['M'], undefined, ['3.1', '3.4']]);
    expect(amounts(choice.sure)['M']).toEqual(sums(atM(peaks)));
  });
  it('99 kW: G still', () => expect(chosen(months(kW.map((each, index) => (index === 10 ? 99 : each))), business).sure.map(named)).toContain('G'));
  it('one case with its history is the same year', () => {
    const list = months(kW) as { periode: object; donnees: { energie: number; puissance_maximale_appelee: number } }[];
    const last = list.at(-1);
    const alone = { ...last, historique: list.slice(0, -1).map(({ periode, donnees: { energie, puissance_maximale_appelee } }) => ({ periode, donnees: { energie, puissance_maximale_appelee } })) };
    expect(amounts(chosen(alone, business).sure)).toEqual({ G: sums(atG(kW)), M: sums(atM(kW)) });
    const only = chosen(alone, { ...business, lastOnly: true });
    expect([only.periods.length, only.remembered, amounts(only.sure)]).toEqual([1, 'demande', { G: sums(atG(kW).slice(-1)), M: sums(atM(kW).slice(-1)) }]);
  });
  it('a history without energy is remembered, not billed', () => {
    const list = months(kW) as { periode: object; donnees: { puissance_maximale_appelee: number } }[];
    const alone = { ...list.at(-1), historique: list.slice(0, -1).map(({ periode, donnees: { puissance_maximale_appelee } }) => ({ periode, donnees: { puissance_maximale_appelee } })) };
    const choice = chosen(alone, business);
    expect([choice.periods.length, choice.remembered, amounts(choice.sure)['G']]).toEqual([1, 'donnees', sums(atG(kW).slice(-1))]);
  });
  it('a bank is handed from one bill to the next', () => {
    const net = months(kW).slice(0, 2).map((each, index) => ({ ...each, tarif: 'D', options: ['mesurage_net_1'], donnees: { energie: index === 0 ? 100 : 900, electricite_injectee: index === 0 ? 400 : 0, premiere_remise_a_0: '2027-03-31' } }));
    const choice = chosen(net, { rates: ['D'], sets: [] });
    // 300 kWh are banked in April: May bills 600 kWh of its 900. 13,85 + 42,39 against 13,85 + 63,59 at D alone; April 13,85, and 13,85 + 7,07.
    expect(amounts([...choice.sure, ...choice.unsure])).toEqual({ 'D+mesurage_net_1': sums([printed([f('13.8462')]), printed([f('13.8462'), f('42.39')])]), D: sums([printed([f('13.8462'), f('7.065')]), printed([f('13.8462'), f('63.585')])]) });
  });
});

describe('a house in winter, with what only DT and Flex D read', () => {
  const month = (debut: string, fin: string, energie: number, cold: number, event: number, at: string): object => ({
    tarif: 'D', periode: { debut, fin }, donnees: {
      energie, puissance_maximale_appelee: 12, energie_sauf_grand_froid: energie - cold, energie_pendant_grand_froid: cold, energie_sauf_evenement_de_pointe: energie - event, energie_pendant_evenement_de_pointe: event,
      evenement_de_pointe: [{ debut: `${at}T06:00`, fin: `${at}T10:00` }],
    },
  });
  const winter = [month('2026-12-01', '2027-01-01', 2000, 300, 60, '2026-12-09'), month('2027-01-01', '2027-02-01', 2400, 500, 90, '2027-01-12')];
  const rates: Request = { rates: ['D', 'DT', 'Flex_D'], sets: [] };
  it('each is billed with its own', () => {
    const choice = chosen(winter, rates);
    // D: 31 × 46,154 ¢, 1 240 kWh at 7,065 ¢, the rest at 11,142 ¢. DT: 5,131 ¢ and 30,001 ¢. Flex D: 4,886 ¢, 9,103 ¢, 46,463 ¢.
    expect(amounts([...choice.sure, ...choice.unsure])).toEqual({ D: ['417.77', '480.33'], Flex_D: ['380.62', '437.63'], DT: ['453.35', '521.25'] });
    expect(choice.sure.map(named)).toEqual(['D']);
    expect([...(choice.present?.carried.unread ?? [])]).toContain('evenement_de_pointe');
  });
  it('an event off the hours of the book is refused at Flex D only', () => {
    const wrong = [month('2026-12-01', '2027-01-01', 2000, 300, 60, '2026-12-25')];
    const choice = chosen(wrong, rates);
    expect([choice.sure.map(named), choice.lacking.filter((each) => each.rate === 'Flex_D').flatMap((each) => each.diagnostics.map((item) => item.code))]).toEqual([['D'], ['evenements/hors-plage']]);
  });
  it('a value that only the other rate can judge is judged there', () => {
    const wrong = [{ tarif: 'D', periode: { debut: '2026-12-01', fin: '2027-01-01' }, donnees: { energie: 1, evenement_de_pointe: 'oui' } }];
    expect(lacking(chosen(wrong, rates), 'Flex_D')).toEqual(['cas-json/type']);
  });
});

describe('a factory at L, 720 hours of June 2026', () => {
  const factory = (more: object = {}): object => ({
    tarif: 'L', periode: { debut: '2026-06-01', fin: '2026-07-01' }, donnees: {
      puissance_souscrite: 6000, puissance_disponible: 7000, activite_industrielle: true, puissance_maximale_appelee: 5500, plus_grand_appel_reel: 5500, energie: 2_500_000, tension: 120, transforme_a_ses_frais: true, phases: 3,
      acces_a_l_etablissement: true, equipements_et_internet: true, entente_signee: true, service_offert_le: '2026-05-15', debut_des_frais: '2026-06-01', ...more,
    },
  });
  it('with the Signature service, whose year begins that day', () => {
    const choice = chosen(factory(), { rates: ['L', 'LG'] });
    // 6 000 × (15,027 − 3,1208) $ and 2 500 000 × 3,821 ¢; the service: 6 568,519 $
    const lines = [f('90162'), f('95525'), f('-18724.8')];
    const all = amounts([...choice.sure, ...choice.unsure]);
    expect([all['L'], all['L+service_Signature']]).toEqual([sums([printed(lines)]), sums([printed([...lines, f('6568.519')])])]);
    expect(out(choice, 'LG')).toEqual(['5.14']);
  });
  it('options that change nothing are told from the others, and are not paired', () => {
    const choice = chosen(factory(), { rates: ['L'] });
    const all = [...choice.sure, ...choice.unsure];
    const alone = all.find((each) => each.options.length === 0);
    expect(alone && all.filter((each) => isIdle(each, alone)).map(named)).toEqual(expect.arrayContaining(['L+gdp_latitude']));
    expect(all.map(named)).not.toContain('L+gdp_latitude+service_Signature');
  });
  it('only the sets that are asked for', () => {
    const choice = chosen(factory(), { rates: ['L'], sets: [['service_Signature', 'gdp_latitude'], ['photosynthèse']] });
    expect([...choice.sure, ...choice.unsure].map(named).sort()).toEqual(['L', 'L+gdp_latitude+service_Signature']);
  });
  it('a datum that changes in steps at L is one value at H: not taken for it', () => {
    const choice = chosen(factory({ puissance_souscrite: [{ debut: '2026-06-01', valeur: 5500 }, { debut: '2026-06-15', valeur: 6000 }] }), { rates: ['L', 'H'], sets: [] });
    expect(lacking(choice, 'H')).toEqual(['cas-json/type']);
  });
  it('a datum of another article is read as such, and told', () => {
    const other = chosen(factory(), { rates: ['L', 'H'], sets: [] }).unsure.find((each) => each.rate === 'H');
    expect(other?.carried.readAs.get('puissance_souscrite')).toEqual({ from: '5.3', to: '5.28' });
  });
});

describe('editions', () => {
  const june = { tarif: 'D', periode: { debut: '2025-06-01', fin: '2025-07-01' }, donnees: { energie: 1500 } };
  // 13,85 + 1 200 × 6,905 ¢ + 300 × 10,652 ¢ in 2025; 13,85 + 84,78 + 33,43 in 2026
  it.each([[undefined, '128.67'], [20544, '132.06']])('edition of day %s', (edition, subtotal) => {
    const choice = chosen(june, { rates: ['D'], sets: [], edition });
    expect(amounts(choice.sure)['D']?.[0]).toBe(subtotal);
  });
  it('each day at its prices', () => {
    const astride = { ...june, periode: { debut: '2026-03-22', fin: '2026-04-11' }, donnees: { energie: 600 } };
    // 10 days and 300 kWh on each side, 12.14: 4,62 + 20,72 and 4,62 + 21,20
    expect(amounts(chosen(astride, { rates: ['D'], sets: [], edition: 'dates' }).sure)['D']?.[0]).toBe('51.16');
  });
  it('an edition that has only some rates offers only those', () => expect(chosen(june, { sets: [] }).out.map(named)).toEqual([]));
});

describe('bad cases', () => {
  const june = { tarif: 'D', periode: { debut: '2026-06-01', fin: '2026-07-01' }, donnees: { energie: 1500 } };
  it.each<[string, object[], Request, string[]]>([
    ['a wrong case', [{ ...june, donnees: { energie: -1 } }], {}, ['cas-json/borne /donnees/energie']],
    ['a wrong case in a list has its place', [june, { ...june, periode: { debut: '2026-07-01', fin: '2026-08-01' }, donnees: { energi: 1 } }], {}, ['cas-json/champ-inconnu /1/donnees/energi']],
    ['periods that overlap', [june, { ...june, periode: { debut: '2026-06-15', fin: '2026-07-15' } }], {}, ['historique/chevauchement ']],
    ['no case', [], {}, ['cas-json/type ']],
    ['before every edition', [june], { edition: 11_000 }, ['periode/sans-edition /periode']],
    ['a key that no rate reads', [{ ...june, donnees: { energie: 1, couleur: 1 } }], {}, ['cas-json/champ-inconnu /donnees/couleur']],
    ['a history that runs into the next case', [june, { ...june, periode: { debut: '2026-07-01', fin: '2026-08-01' }, historique: [{ periode: { debut: '2026-05-15', fin: '2026-06-10' }, donnees: { energie: 3 } }] }], {}, ['historique/chevauchement /historique/0']],
  ])('%s', (_, cases, request, expected) => expect(refusal(cases, request)).toEqual(expected));
});
