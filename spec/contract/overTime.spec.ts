/** A datum over time may be one value, steps, or a series: the same power gives the same bill, whichever way a case says it. */
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openTariffs } from '../../src/index.ts';
import { root } from '../tools/command.ts';

const read = (name: string): { path: string; text: string } => ({ path: name, text: readFileSync(join(root, 'spec/langage', name), 'utf8') });
const open = (name: string): ReturnType<typeof openTariffs> => openTariffs([{ path: name, files: [read(name)] }]);
const daily = open('07-prime-quotidienne-plafonnee.tarif');
const bill = (tariffs: ReturnType<typeof openTariffs>, input: object): { total?: unknown; messages: string[] } => {
  const result = tariffs.bill(input);
  return 'facture' in result ? { total: (result.facture as { total: unknown }).total, messages: [] } : { messages: result.erreurs.map((item) => `${item.code} ${item.message}`) };
};

describe('one power said three ways', () => {
  const base = { tarif: 'L', periode: { debut: '2027-01-02', fin: '2027-02-01' } };
  const quarters = (power: (day: number) => number): object => ({ puissance_reelle: { debut: '2027-01-02', pas: 15, valeurs: Array.from({ length: 30 * 96 }, (_, i) => power(Math.floor(i / 96))) } });
  it('a power that never changes: one value', () => {
    // 30 days of 10 000 kW: 150 270 $ and 7 200 000 kWh at 3,821 ¢
    const value = bill(daily, { ...base, donnees: { puissance_souscrite: 10000, puissance_reelle: 10000 } });
    expect(value).toEqual({ total: '425382', messages: [] });
    expect(bill(daily, { ...base, donnees: { puissance_souscrite: 10000 }, series: quarters(() => 10000) })).toEqual(value);
  });
  it('one that changes for a day: steps', () => {
    const steps = [{ debut: '2027-01-02', valeur: 10000 }, { debut: '2027-01-12', valeur: 12000 }, { debut: '2027-01-13', valeur: 10000 }];
    // 12 000 kW: 180 324 $; 7 248 000 kWh: 276 946,08 $; one day 1 000 kW over: 8 808 $
    const value = bill(daily, { ...base, donnees: { puissance_souscrite: 10000, puissance_reelle: steps } });
    expect(value).toEqual({ total: '466078.08', messages: [] });
    expect(bill(daily, { ...base, donnees: { puissance_souscrite: 10000 }, series: quarters((day) => (day === 10 ? 12000 : 10000)) })).toEqual(value);
  });
});

describe('steps that would count for nothing', () => {
  const steps = (...starts: string[]): string[] => bill(daily, { tarif: 'L', periode: { debut: '2027-01-02', fin: '2027-02-01' }, donnees: { puissance_souscrite: 10000, puissance_reelle: starts.map((debut) => ({ debut, valeur: 10000 })) } }).messages;
  it('one that starts within a quarter-hour', () => {
    expect(steps('2027-01-02', '2027-01-12T06:15')).toEqual([]);
    expect(steps('2027-01-02', '2027-01-12T06:10')).toEqual([expect.stringMatching(/^cas-json\/date .*2027-01-12T06:10.*15 minutes/)]);
  });
  it('two that start together: which one holds?', () => {
    expect(steps('2027-01-02', '2027-01-12', '2027-01-12')).toEqual([expect.stringMatching(/^cas-json\/champ-repete .*2027-01-12/)]);
  });
});

describe('a state of another time', () => {
  it('is refused with its hour, when only the hour differs', () => {
    const bank = openTariffs([{ path: 'contrat', files: [{ path: 'contrat.tarif', text: readFileSync(join(root, 'spec/fixtures/contrat.tarif'), 'utf8') }] }]);
    const { messages } = bill(bank, { tarif: 'D', options: ['banque'], periode: { debut: '2026-06-01', fin: '2026-07-01' }, donnees: { energie: 900, energie_injectee: 3 }, etat: { au: '2026-06-01T06:00', banque: '3' } });
    expect(messages).toEqual([expect.stringMatching(/^etat\/date .*2026-06-01T06:00 .*2026-06-01\./)]);
  });
});

describe('a field of an option', () => {
  it('names the option that reads it', () => {
    const bank = openTariffs([{ path: 'contrat', files: [{ path: 'contrat.tarif', text: readFileSync(join(root, 'spec/fixtures/contrat.tarif'), 'utf8') }] }]);
    const { messages } = bill(bank, { tarif: 'D', periode: { debut: '2026-06-01', fin: '2026-07-01' }, donnees: { energie: 900, energie_injectee: 3 } });
    expect(messages).toEqual([expect.stringContaining('« banque »')]);
  });
});

describe('a month by the quarter-hour, and a past that gives its own figures', () => {
  const minimal = open('12-autre-tarif-autres-quantites.tarif');
  const input = {
    tarif: 'M', periode: { debut: '2027-05-01', fin: '2027-05-31' }, donnees: { phases: 3 }, series: { puissance_reelle: { debut: '2027-05-01', pas: 15, valeurs: Array.from({ length: 30 * 96 }, () => 100) } },
    historique: [{ periode: { debut: '2027-01-01', fin: '2027-01-31' }, donnees: { puissance_maximale_appelee: 1000 } }],
  };
  it('the past is read as it is given', () => {
    // 650 kW × 18,242 $ + 72 000 kWh × 6,292 ¢
    expect(bill(minimal, input)).toEqual({ total: '16387.54', messages: [] });
  });
  it('a past period that gives nothing says what it lacks', () => {
    const { messages } = bill(minimal, { ...input, historique: [{ periode: { debut: '2027-01-01', fin: '2027-01-31' } }] });
    expect(messages).toEqual([expect.stringContaining('cas-json/champ-absent')]);
  });
});

describe('a measure of a part of the period', () => {
  it('is asked for by the key that gives it', () => {
    const seasons = open('05-temperature-evenements-calendrier.tarif');
    const { messages } = bill(seasons, { tarif: 'Flex_D', periode: { debut: '2026-11-21', fin: '2026-12-21' }, donnees: { energie: 2000, evenement_de_pointe: [] } });
    expect(messages.join('\n')).toMatch(/energie_pendant_(hiver|ete)/);
  });
  it('or by its time, when only a series can tell', () => {
    const { messages } = bill(daily, { tarif: 'L', periode: { debut: '2027-01-02', fin: '2027-02-01' }, donnees: { puissance_souscrite: 10000, energie: 7200000, puissance_maximale_appelee: 12000 } });
    expect(messages).toEqual([expect.stringMatching(/^cas-json\/mesure-absente .*2027-01-02 au 2027-01-03.*série/)]);
  });
});
