/** Bills of one kind, from their numbers alone. */
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTariffs, type BillResult, type Repeated } from '../../src/index.ts';

const folder = 'tariffs/2026-04-01';
const files = (at: string): { path: string; text: string }[] => readdirSync(at, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? files(join(at, entry.name)) : entry.name.endsWith('.tarif') ? [{ path: join(at, entry.name), text: readFileSync(join(at, entry.name), 'utf8') }] : []));
const bareme = openTariffs([{ path: folder, files: files(folder) }]);
const made = (input: object, decimals = 3): Repeated => { const found = bareme.repeat(input, { decimals }); if (!('factures' in found)) throw new Error(JSON.stringify(found.erreurs)); return found.factures; };
const totalOf = (result: BillResult): string => ('facture' in result ? (result.facture as { total_arrondi: string }).total_arrondi : result.erreurs[0]?.code ?? '');

const d = { tarif: 'D', periode: { debut: '2026-06-01', fin: '2026-07-01' }, donnees: { energie: 900 } };
const g = {
  tarif: 'G', periode: { debut: '2027-03-01', fin: '2027-03-31' }, donnees: { energie: 16000, puissance_maximale_appelee: 58, phases: 3 },
  historique: [{ periode: { debut: '2026-12-31', fin: '2027-01-30' }, donnees: { energie: 1000, puissance_maximale_appelee: 90 } }, { periode: { debut: '2027-01-30', fin: '2027-03-01' }, donnees: { energie: 1000, puissance_maximale_appelee: 60 } }],
};

describe('repeat', () => {
  it('gives totals worked by hand, below, at and above the first tranche of rate D', () => {
    const { keys, total } = made(d);
    expect(keys).toEqual(['energie']);
    // 13.85 + 84.78 = 98.63; TPS 4.93, TVQ 9.84. With 300 kWh more at 11.142 ¢: 132.06, 6.60, 13.17.
    expect([total([1_200_000]), total([1_500_000]), total([1_199_999])]).toEqual([11340, 15183, 11340]);
  });
  it('gives the very bill that `bill` gives, whatever the numbers, and in any order', () => {
    const { bill } = made(d);
    fc.assert(fc.property(fc.integer({ min: 0, max: 40_000_000 }), (whole) => {
      expect(bill([whole])).toEqual(bareme.bill({ ...d, donnees: { energie: (whole / 1000).toFixed(3) } }));
    }), { numRuns: 60 });
  });
  it('reads the past: the winter demand of rate G', () => {
    const { keys, bill } = made(g, 1);
    expect(keys).toEqual(['energie', 'puissance_maximale_appelee', 'phases', 'energie/2', 'puissance_maximale_appelee/2', 'energie/1', 'puissance_maximale_appelee/1'].sort((a, b) => keys.indexOf(a) - keys.indexOf(b)));
    const at = (key: string): number => keys.indexOf(key);
    fc.assert(fc.property(fc.integer({ min: 0, max: 640 }), fc.integer({ min: 0, max: 640 }), (now, before) => {
      const numbers = Array.from({ length: keys.length }, () => 0);
      numbers[at('energie')] = 160_000; numbers[at('puissance_maximale_appelee')] = now; numbers[at('phases')] = 30;
      numbers[at('puissance_maximale_appelee/2')] = before; numbers[at('puissance_maximale_appelee/1')] = 600; numbers[at('energie/2')] = 10_000; numbers[at('energie/1')] = 10_000;
      const [first, second] = g.historique;
      const plain = { ...g, donnees: { energie: 16000, puissance_maximale_appelee: now / 10, phases: 3 }, historique: [{ ...first, donnees: { energie: 1000, puissance_maximale_appelee: before / 10 } }, second] };
      expect(bill(numbers)).toEqual(bareme.bill(plain));
    }), { numRuns: 40 });
  });
  it('refuses what a case may not have, with the same words', () => {
    const { total, bill } = made(d);
    expect(total([-1])).toBeUndefined();
    expect(totalOf(bill([-1]))).toBe('cas-json/borne');
    for (const bad of [NaN, 1.5, Infinity, 2 ** 60]) expect(totalOf(bill([bad]))).toBe('cas-json/type');
    expect(totalOf(bill([]))).toBe('cas-json/type');
    // Once refused, the next one is billed all the same.
    expect(total([1_500_000])).toBe(15183);
    expect(total([9_000_000_000_000])).toBe(Math.round(100 * Number(totalOf(bill([9_000_000_000_000])))));
  });
  it('says what is wrong with the case that tells the kind', () => {
    expect(bareme.repeat({ ...d, tarif: 'Z' })).toMatchObject({ erreurs: [{ code: 'tarifs/inconnu' }] });
    expect(bareme.repeat('{')).toMatchObject({ erreurs: [{ code: 'cas-json/syntaxe' }] });
    expect(bareme.repeat({ tarif: 'L', periode: { debut: '2026-06-01', fin: '2026-06-02' }, donnees: { puissance_souscrite: 6000 }, series: { puissance_reelle: { debut: '2026-06-01', pas: 60, valeurs: Array.from({ length: 24 }, () => 5) } } })).toMatchObject({ erreurs: [{ code: 'compilation/impossible' }] });
  });
});
