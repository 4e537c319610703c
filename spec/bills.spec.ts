/**
 * Whole bills, by the rates of the book. Every figure here was worked out by hand from the printed prices; what takes many periods is
 * worked out again in the spec, with integers.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTariffs } from '../src/index.ts';
import { root } from './tools/command.ts';
import { amount, beyond, cents, f, least, over, plus, times } from './tools/fraction.ts';

const folder = join(root, 'tariffs');
const tariffs = openTariffs(readdirSync(folder).sort().map((edition) => ({
  path: edition,
  files: readdirSync(join(folder, edition), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.tarif')).sort()
    .map((path) => ({ path: join(edition, path), text: readFileSync(join(folder, edition, path), 'utf8') })),
})));

interface Trace { readonly nom: string; readonly article?: string; readonly valeur: unknown; readonly entrees: readonly Trace[] }
interface Bill {
  readonly lignes: readonly { readonly ligne: string; readonly tranche?: number; readonly periode?: object; readonly quantite?: { valeur: unknown }; readonly montant: unknown; readonly montant_arrondi: string; readonly trace?: readonly Trace[] }[];
  readonly editions: readonly { en_vigueur: string }[]; readonly total: unknown; readonly sous_total: string; readonly total_arrondi: string;
  readonly presomptions: readonly object[]; readonly reserves: readonly { code: string; article?: string; texte: string }[]; readonly lectures: readonly object[];
  readonly etat: Record<string, unknown>; readonly demandes?: Record<string, { valeur: unknown; unite?: string; article: string; trace?: readonly Trace[] }>;
}
function billed(input: object, trace = false): Bill {
  const result = tariffs.bill(input, { trace });
  if ('erreurs' in result) throw new Error(result.erreurs.map((item) => `${item.code} ${item.pointeur ?? ''} ${item.message}`).join('\n'));
  return result.facture as Bill;
}
const TAXES = (tps: string, tvq: string): object[] => [{ nom: 'TPS', taux: '5 %', montant: tps }, { nom: 'TVQ', taux: '9,975 %', montant: tvq }];

describe('the JSON of a bill', () => {
  it('D, June 2026, 1 500 kWh', () => {
    const { presomptions, reserves, lectures, ...bill } = billed({ tarif: 'D', periode: { debut: '2026-06-01', fin: '2026-07-01' }, donnees: { energie: 1500 } });
    expect(bill).toEqual({
      version: 1, tarif: 'D', options: [], periode: { debut: '2026-06-01', fin: '2026-07-01' },
      editions: [{ titre: "Tarifs d'électricité 2026", en_vigueur: '2026-04-01' }],
      lignes: [
        // 30 × 46,154 ¢
        { article: '2.5', ligne: 'frais', libelle: "Frais d'accès au réseau", prix: { valeur: '0.46154', unite: '$/jour' }, duree: { valeur: '30', unite: 'jour' }, montant: '13.8462', montant_arrondi: '13.85' },
        // 30 × 40 kWh × 7,065 ¢
        { article: '2.5', ligne: 'energie', tranche: 1, libelle: 'Énergie, 1re tranche', quantite: { valeur: '1200', unite: 'kWh' }, prix: { valeur: '0.07065', unite: '$/kWh' }, montant: '84.78', montant_arrondi: '84.78' },
        // 300 × 11,142 ¢
        { article: '2.5', ligne: 'energie', tranche: 2, libelle: 'Énergie, reste', quantite: { valeur: '300', unite: 'kWh' }, prix: { valeur: '0.11142', unite: '$/kWh' }, montant: '33.426', montant_arrondi: '33.43' },
      ],
      // 13,85 + 84,78 + 33,43 ; 6,603 ; 13,172985
      total: '132.0522', sous_total: '132.06', taxes: TAXES('6.60', '13.17'), total_arrondi: '151.83', etat: {},
    });
    expect(presomptions).toContainEqual({ nom: 'lieu', valeur: 'logement', article: '2.1' });
    expect(reserves.map(({ code, article }) => `${code} ${article ?? ''}`)).toEqual(expect.arrayContaining(['reserve/non-verifie 2.4']));
    expect(lectures).toContainEqual({ article: '2.4', sujet: '12 périodes mensuelles consécutives', retenue: expect.stringContaining('12 fois 30 jours') as string });
  });

  it('G, July 2026, 20 000 kWh, 70 kW, with the values that the case asks for', () => {
    const { presomptions, reserves, lectures, ...bill } = billed({
      tarif: 'G', periode: { debut: '2026-07-01', fin: '2026-08-01' }, donnees: { energie: '20000', puissance_maximale_appelee: 70, phases: 3 }, demandes: ['puissance_a_facturer', 'facteur_d_utilisation'],
    });
    const month = { valeur: { fraction: '31/30', decimal: '1.033333333333333333333333333333' }, unite: 'mois' };
    expect(bill).toEqual({
      version: 1, tarif: 'G', options: [], periode: { debut: '2026-07-01', fin: '2026-08-01' },
      editions: [{ titre: "Tarifs d'électricité 2026", en_vigueur: '2026-04-01' }],
      lignes: [
        // 15,426 $ × 31 ÷ 30
        { article: '3.2', ligne: 'frais', libelle: "Frais d'accès au réseau", prix: { valeur: '15.426', unite: '$/mois' }, duree: month, montant: '15.9402', montant_arrondi: '15.94' },
        // (70 − 50) × 22,071 $ × 31 ÷ 30
        { article: '3.2', ligne: 'prime', libelle: 'Prime de puissance', quantite: { valeur: '20', unite: 'kW' }, prix: { valeur: '22.071', unite: '$/kW/mois' }, duree: month, montant: '456.134', montant_arrondi: '456.13' },
        // 15 090 × 31 ÷ 30 = 15 593 kWh × 12,388 ¢
        { article: '3.2', ligne: 'energie', tranche: 1, libelle: 'Énergie, 1re tranche', quantite: { valeur: '15593', unite: 'kWh' }, prix: { valeur: '0.12388', unite: '$/kWh' }, montant: '1931.66084', montant_arrondi: '1931.66' },
        // 4 407 × 9,534 ¢
        { article: '3.2', ligne: 'energie', tranche: 2, libelle: 'Énergie, reste', quantite: { valeur: '4407', unite: 'kWh' }, prix: { valeur: '0.09534', unite: '$/kWh' }, montant: '420.16338', montant_arrondi: '420.16' },
      ],
      // 15,94 + 456,13 + 1 931,66 + 420,16 ; 141,1945 ; 281,6830275
      total: '2823.89842', sous_total: '2823.89', taxes: TAXES('141.19', '281.68'), total_arrondi: '3246.76', etat: {},
      demandes: {
        puissance_a_facturer: { valeur: '70', unite: 'kW', article: '3.3' },
        // 20 000 ÷ (70 × 744)
        facteur_d_utilisation: { valeur: { fraction: '250/651', decimal: '0.38402457757296466973886328725' }, unite: '', article: '3.4' },
      },
    });
    expect(presomptions).toContainEqual({ nom: 'transforme_a_ses_frais', valeur: 'non', article: '12.2' });
    expect(reserves).toContainEqual(expect.objectContaining({ code: 'reserve/non-verifie', article: '3.1' }));
    expect(lectures).toContainEqual(expect.objectContaining({ article: '12.11', sujet: 'heures' }));
  });

  it('what a case asks for comes with its trace: each value, its article, what it was made from', () => {
    const winter = { periode: { debut: '2026-01-01', fin: '2026-02-01' }, donnees: { puissance_maximale_appelee: 90, energie: 1 } };
    const bill = billed({ tarif: 'G', periode: { debut: '2026-07-01', fin: '2026-08-01' }, donnees: { energie: 1, puissance_maximale_appelee: 51, phases: 1 }, historique: [winter], demandes: ['puissance_a_facturer'] }, true);
    const asked = bill.demandes?.['puissance_a_facturer'];
    // 65 % × 90 kW
    expect(asked).toMatchObject({ valeur: '58.5', unite: 'kW', article: '3.3' });
    const named = (node: Trace): string => `${node.nom} ${node.article ?? ''} ${JSON.stringify(node.valeur)}`;
    const [top] = asked?.trace ?? [];
    expect(top && named(top)).toBe('puissance_à_facturer 3.3 {"valeur":"58.5","unite":"kW"}');
    expect(top?.entrees.map(named)).toEqual(['puissance_maximale_appelée 1.1 {"valeur":"51","unite":"kW"}', 'puissance_à_facturer_minimale 3.4 {"valeur":"58.5","unite":"kW"}']);
    expect(top?.entrees[1]?.entrees.map(named)).toContain('puissance_maximale_appelée 1.1 {"valeur":"90","unite":"kW"}');
    expect(bill.lignes.every((line) => line.trace !== undefined)).toBe(true);
  });
});

describe('net metering: a bank over two years', () => {
  /** Month by month: delivered and injected, in tenths of a kilowatthour. */
  const months = Array.from({ length: 24 }, (_, index) => {
    const date = new Date(Date.UTC(2026, 3 + index, 1));
    const next = new Date(Date.UTC(2026, 4 + index, 1));
    const sunny = [2, 3, 4, 5, 6, 7, 8].includes(date.getUTCMonth());
    return {
      periode: { debut: date.toISOString().slice(0, 10), fin: next.toISOString().slice(0, 10) }, days: (next.getTime() - date.getTime()) / 86_400_000,
      delivered: 5_003 + ((index * 7_919) % 6_101), injected: sunny ? 9_007 + ((index * 3_571) % 5_003) : (index * 1_009) % 1_511,
    };
  });
  const kwh = (tenths: number): string => `${Math.floor(tenths / 10)}.${tenths % 10}`;
  const caseOf = (index: number, extra: object): object => {
    const month = months[index];
    return { tarif: 'D', options: ['mesurage_net_1'], periode: month?.periode, donnees: dataOf(index), ...extra };
  };
  const dataOf = (index: number): object => ({ energie: kwh(months[index]?.delivered ?? 0), electricite_injectee: kwh(months[index]?.injected ?? 0) });

  /** 2.46, 2.50 and 2.51 in tenths: what is billed, paid at the end, and kept. */
  const byHand: { readonly billed: number; readonly paid: number; readonly bank: number }[] = [];
  let bank = 0;
  for (const { delivered, injected, periode } of months) {
    const net = delivered - injected;
    const due = Math.max(0, net - bank);
    bank = Math.max(0, bank - net);
    const paid = periode.fin === '2028-04-01' ? bank : 0;
    bank -= paid;
    byHand.push({ billed: due, paid, bank });
  }

  it('the bank is used, emptied, refilled and paid on 31 March 2028: the months are not all alike', () => {
    expect(byHand.some((month) => month.billed > 0) && byHand.some((month) => month.bank > 0)).toBe(true);
    expect(byHand.at(-1)?.paid).toBeGreaterThan(0);
  });

  it('handed from bill to bill in `etat`, or worked out from `historique`: the same bank, the same bills, and those worked out here', () => {
    let etat: Record<string, unknown> | undefined;
    for (const [index, month] of months.entries()) {
      const due = byHand[index];
      const carried: Bill = billed(caseOf(index, etat ? { etat } : {}));
      const remembered = billed(caseOf(index, { historique: months.slice(0, index).map((past, at) => ({ periode: past.periode, donnees: dataOf(at) })) }));
      const tenths = over(due?.billed ?? 0, 10);
      const block = over(month.days * 40);
      const energy = plus(times(least(tenths, block), f('0.07065')), times(beyond(tenths, block), f('0.11142')));
      const total = plus(times(over(month.days), f('0.46154')), energy, times(over(-(due?.paid ?? 0), 10), f('0.04730')));
      expect([month.periode.debut, amount(carried.total), carried.etat['banque_a_reporter']]).toEqual([month.periode.debut, total, kwhText(due?.bank ?? 0)]);
      expect([remembered.total, remembered.etat, remembered.total_arrondi]).toEqual([carried.total, carried.etat, carried.total_arrondi]);
      etat = carried.etat;
    }
    expect(etat).toEqual({ au: '2028-04-01', banque_a_reporter: '0', remises_a_reporter: '0' });
  });
  const kwhText = (tenths: number): string => (tenths % 10 === 0 ? String(tenths / 10) : kwh(tenths));
});

describe('D across the 1st of April: each part at its own prices, with blocks for its own days', () => {
  const across = (year: number, releves: readonly object[] = []): object => ({ tarif: 'D', periode: { debut: `${year}-03-02`, fin: `${year}-05-01` }, donnees: { energie: 3000 }, releves });
  const reading = (date: string, energie: number): object => ({ date, donnees: { energie } });
  // 30 days before and 30 after; a block of 1 200 kWh in each. Without a reading 1 500 kWh in each; with one, 1 800 then 1 200.
  const byHand: readonly (readonly [number, string, string])[] = [
    // 2023: 30 × 43,505 ¢ + 1 200 × 6,509 ¢ + 300 × 10,041 ¢ = 121,2825 $ (600: 151,4055 $); 2024: 13,443 + 80,448 + 31,026 = 124,917 $ (none: 93,891 $)
    [2024, '246.1995', '245.2965'],
    // 2024: 124,917 $ (600: 155,943 $); 2025: 30 × 46,154 ¢ + 1 200 × 6,905 ¢ + 300 × 10,652 ¢ = 128,6622 $ (none: 96,7062 $)
    [2025, '253.5792', '252.6492'],
    // 2025: 128,6622 $ (600: 160,6182 $); 2026: 30 × 46,154 ¢ + 1 200 × 7,065 ¢ + 300 × 11,142 ¢ = 132,0522 $ (none: 98,6262 $)
    [2026, '260.7144', '259.2444'],
  ];
  it.each(byHand)('1 April %i', (year, byDays, byReading) => {
    const shared = billed(across(year));
    const read = billed(across(year, [reading(`${year}-04-01`, 1800)]));
    expect([shared.total, read.total]).toEqual([byDays, byReading]);
    expect(shared.editions.map((edition) => edition.en_vigueur)).toEqual([`${year - 1}-04-01`, `${year}-04-01`]);
    const disclosed = (bill: Bill): boolean => bill.reserves.some((reserve) => reserve.code === 'reserve/prorata' && reserve.article === '12.14');
    expect([disclosed(shared), disclosed(read)]).toEqual([true, false]);
    expect(read.lignes.map((line) => [line.periode, line.quantite?.valeur])).toEqual([
      ...[undefined, '1200', '600'].map((value) => [{ debut: `${year}-03-02`, fin: `${year}-04-01` }, value]), ...[undefined, '1200'].map((value) => [{ debut: `${year}-04-01`, fin: `${year}-05-01` }, value]),
    ]);
    expect(read.sous_total).toBe(cents(plus(...read.lignes.map((line) => f(line.montant_arrondi)))));
  });

  it('385 days over three editions', () => {
    const long = (...releves: object[]): Bill => billed({ tarif: 'D', periode: { debut: '2024-03-22', fin: '2025-04-11' }, donnees: { energie: 38500 }, releves });
    // 10 days, 365 days, 10 days; blocks of 400, 14 600 and 400 kWh. By days 1 000, 36 500 and 1 000 kWh:
    // 4,3505 + 26,036 + 60,246; 163,5565 + 978,784 + 2 264,898; 4,6154 + 27,62 + 63,912
    const shared = long();
    expect(shared.total).toBe('3594.0184');
    expect(shared.editions.map((edition) => edition.en_vigueur)).toEqual(['2023-04-01', '2024-04-01', '2025-04-01']);
    // Read: 500, 37 000 and what is left, 1 000 kWh: 4,3505 + 26,036 + 10,041; 163,5565 + 978,784 + 2 316,608; 96,1474
    expect(long(reading('2025-04-01', 37000), reading('2024-04-01', 500)).total).toBe('3595.5234');
  });

  it('a day before the first edition, and a reading where nothing is cut, are refused', () => {
    const codes = (input: object): string[] => { const result = tariffs.bill(input); return 'erreurs' in result ? result.erreurs.map((item) => `${item.code} ${item.pointeur ?? ''}`) : []; };
    expect(codes(across(2023))).toEqual(['periode/sans-edition /periode']);
    expect(codes(across(2026, [reading('2026-04-02', 1800)]))).toEqual(['releve/inutile /releves/0']);
    expect(codes(across(2026, [reading('2026-05-01', 1800)]))).toEqual(['releve/hors-periode /releves/0']);
    expect(codes(across(2026, [reading('2026-04-01', 3001)]))).toEqual(['mesures/somme /releves']);
  });
});
