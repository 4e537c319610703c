/** A case whose figures contradict each other is refused; a past that is not whole is said. */
import { describe, expect, it } from 'vitest';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTariffs } from '../../src/index.ts';

const root = join(import.meta.dirname, '../../tariffs/2026-04-01');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tarif')).map((name) => ({ path: name, text: readFileSync(join(root, name), 'utf8') }));
const bareme = openTariffs([{ path: root, files }]);
const codes = (input: object): string[] => {
  const result = bareme.bill(input);
  return 'erreurs' in result ? result.erreurs.map((item) => item.code) : [];
};
const reserves = (input: object): string[] => {
  const result = bareme.bill(input);
  return 'facture' in result ? (result.facture as { reserves: { code: string }[] }).reserves.map((item) => item.code) : ['refused'];
};

describe('the parts of a quantity', () => {
  const straddling = { tarif: 'Flex_D', periode: { debut: '2027-11-16', fin: '2027-12-16' } };
  const january = { tarif: 'Flex_D', periode: { debut: '2027-01-01', fin: '2027-02-01' } };
  it('make their total when they share it out', () => {
    expect(codes({ ...straddling, donnees: { energie: 2000, energie_pendant_ete: 400, energie_pendant_hiver: 300, evenement_de_pointe: [] } })).toEqual(['mesures/somme']);
  });
  it('in and out of events make the whole, also when the events are not dated', () => {
    expect(codes({ ...january, donnees: { energie: 1000, energie_sauf_evenement_de_pointe: 700, energie_pendant_evenement_de_pointe: 100 } })).toEqual(['mesures/somme']);
    expect(codes({ ...january, donnees: { energie: 800, energie_sauf_evenement_de_pointe: 700, energie_pendant_evenement_de_pointe: 100 } })).toEqual([]);
  });
  it('are nothing where there is no time for them', () => {
    expect(codes({ ...january, donnees: { energie: 1000, energie_pendant_evenement_de_pointe: 3, evenement_de_pointe: [] } })).toEqual(['mesures/somme']);
  });
});

describe('a history with a hole', () => {
  const june = (historique: object[]): object => ({
    tarif: 'DP', periode: { debut: '2026-06-01', fin: '2026-07-01' }, historique,
    donnees: { energie: 1500, puissance_maximale_appelee: 55, phases: 1, debut_de_l_abonnement: '2026-01-01' },
  });
  const past = (debut: string, fin: string): object => ({ periode: { debut, fin }, donnees: { energie: 1000, puissance_maximale_appelee: 60 } });
  it('is said, even when it starts with the subscription', () => {
    expect(reserves(june([past('2026-01-01', '2026-02-01')]))).toContain('reserve/fenetre');
  });
  it('is not said when every day since the subscription is known', () => {
    expect(reserves(june([past('2026-01-01', '2026-04-01'), past('2026-04-01', '2026-06-01')]))).not.toContain('reserve/fenetre');
  });
});

describe('what a bill hands on', () => {
  it('is never a negative bank', () => {
    expect(codes({ tarif: 'D', options: ['mesurage_net_1'], periode: { debut: '2026-06-01', fin: '2026-07-01' }, donnees: { energie: 10, electricite_injectee: 3 }, etat: { banque_a_reporter: '-5' } })).toContain('cas-json/borne');
  });
});
