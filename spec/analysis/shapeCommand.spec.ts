/** `bareme shape` as a process, and the library's `shape`: results, questions for what is missing, commands that are wrong. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTariffs } from '../../src/index.ts';
import { openCommand, root, type Command, type Ran } from '../tools/command.ts';

let command: Command;
beforeAll(async () => { command = await openCommand(); }, 120_000);
afterAll(() => { command.remove(); });
const shape = (...args: string[]): Ran => command.run(['shape', ...args]);
const plain = (text: string): string => text.replace(/[\u00A0\u202F]/g, ' ');

interface Amount { readonly fraction: string; readonly decimal: string }
interface Report {
  readonly version: number;
  readonly formes: readonly { readonly tarif: string; readonly selon: object; readonly morceaux: readonly { readonly de: string; readonly a: string | null; readonly etat: string; readonly pente?: string; readonly constante?: string }[]; readonly ruptures: readonly { readonly a: string | Amount; readonly effet: string; readonly causes: readonly { readonly sorte: string; readonly article: string }[] }[]; readonly points: readonly { readonly a: string; readonly facture: string; readonly prix_moyen: string | Amount }[]; readonly baisses: { readonly aucune: boolean } }[];
  readonly duels: readonly { readonly premier: string; readonly second: string; readonly croisements: readonly { readonly a: Amount }[] }[];
}

describe('bareme shape', () => {
  it('for people: pieces, breaks with their articles, a proof; exact, before taxes', () => {
    const ran = shape('D');
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    const text = plain(ran.stdout);
    expect(text).toContain('Montants exacts, avant taxes');
    expect(text).toContain('1 200 kWh : prix 7,065 ¢/kWh → 11,142 ¢/kWh — fin de la 1re tranche (Énergie) [2.5]');
    expect(text).toContain('La facture ne baisse jamais');
  });

  it('for programs: version 1, exact fractions and decimals', () => {
    const ran = shape('G', '--donnee', 'puissance_maximale_appelee=60', '--donnee', 'phases=3', '--avec', 'M', '--points', '1000;15 090', '--json');
    const report = JSON.parse(ran.stdout) as Report;
    expect([ran.status, ran.stderr, report.version]).toEqual([0, '', 1]);
    expect(report.formes.map(({ tarif, morceaux }) => [tarif, morceaux.map(({ de, a, constante, pente }) => [de, a, constante, pente])])).toEqual([
      ['G', [['0', '15090', '236.136', '0.12388'], ['15090', null, '666.8046', '0.09534']]], ['M', [['0', '210000', '1094.52', '0.06292'], ['210000', null, '4509.12', '0.04666']]],
    ]);
    // 236,136 + 123,88 ; ÷ 1 000
    expect(report.formes[0]?.points[0]).toEqual({ a: '1000', facture: '360.016', prix_moyen: '0.360016' });
    expect(report.duels.map(({ premier, second, croisements }) => [premier, second, croisements.map(({ a }) => a.fraction)])).toEqual([['G', 'M', ['1788300/127']]]);
  });

  it('starts from a case, its period and history; a rate that the case was not written for leaves aside what it does not read', () => {
    const report = JSON.parse(shape('G', 'examples/commerce-g.json', '--selon', 'puissance_maximale_appelee', '--json').stdout) as Report;
    // 65 % of the winter peak of 92,4 kW
    expect(report.formes[0]?.ruptures.map(({ a, causes }) => [a, causes.map(({ sorte, article }) => `${sorte} ${article}`)])).toEqual([['60.06', ['plancher 3.3']]]);
    // D reads neither the phases nor, here, a power.
    const small = { tarif: 'G', periode: { debut: '2026-06-01', fin: '2026-07-01' }, donnees: { energie: 900, puissance_maximale_appelee: 40, phases: 3 } };
    const ran = command.run(['shape', 'D', '-', '--json', '--selon', 'energie'], { input: JSON.stringify(small) });
    expect([ran.status, (JSON.parse(ran.stdout) as Report).formes[0]?.morceaux.map(({ a }) => a)]).toEqual([0, ['1200', null]]);
  });

  it('a table for Excel, a picture for a report', () => {
    const picture = join(command.folder, 'd.svg');
    const ran = shape('D', '--csv', '--svg', picture);
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout.split('\r\n')[1]).toBe('D;energie;kWh;0;1200;facture;13,8462;0,07065;13,8462;98,6262;2.5;fin de la 1re tranche (Énergie)');
    const svg = readFileSync(picture, 'utf8');
    expect(svg).toMatch(/^<svg [^>]*role="img"/);
    expect(svg).not.toMatch(/NaN|undefined/);
    expect(plain(svg)).toContain('1. 1 200 kWh : fin de la 1re tranche (Énergie), article 2.5');
  });

  it('asks for all that is missing, with key, unit and words; guesses nothing', () => {
    const ran = shape('L');
    expect([ran.status, ran.stdout]).toEqual([1, '']);
    expect(ran.stderr).toContain('« puissance_maximale_appelee » (kW) : puissance maximale appelée');
    expect(ran.stderr).toContain('« puissance_souscrite » (kW)');
    expect(plain(ran.stderr)).toContain('À ajouter : --donnee puissance_maximale_appelee=… --donnee puissance_souscrite=…');
  });

  it.each([
    [['DQ'], 1, 'tarifs/inconnu'], [['D+rodage'], 1, 'options/non-admise'], [['D+rodag'], 1, 'options/inconnue'], [['D', '--selon', 'energi'], 1, 'cas-json/champ-inconnu'], [['D', '--selon', 'usage'], 1, 'cas-json/type'], [['D', '--donnee', 'couleur=bleu'], 1, 'cas-json/champ-inconnu'],
    [['D', '--avec', 'Z'], 1, 'tarifs/inconnu'], [['D', 'absent.json'], 1, 'texte/introuvable'], [['D', '--svg', '/nulle/part.svg'], 1, 'texte/introuvable'], [['M', '--donnee', 'energie=10', '--donnee', 'phases=3', '--a', '40'], 1, 'admissibilite/exige'],
    [['D', '--periode', '2026-07-01..2026-06-01'], 1, 'periode/vide'], [['D', '--periode', '2019-06-01..2019-07-01'], 1, 'periode/sans-edition'],
    [['D', '--de', 'x'], 2, 'commande/valeur'], [['D', '--de', '-1'], 2, 'commande/'], [['D', '--a', '5', '--de', '10'], 2, 'commande/valeur'], [['D', '--donnee', 'energie'], 2, 'commande/valeur'], [['D', '--facteur-d-utilisation', '140'], 2, 'commande/valeur'], [['D', '--lien', 'energie=12'], 2, 'commande/valeur'],
    [['D', '--csv', '--json'], 2, 'commande/options-contraires'], [[], 2, 'commande/argument-absent'],
  ])('%j is refused', (args, status, code) => {
    const ran = shape(...args);
    expect([ran.status, ran.stdout]).toEqual([status, '']);
    expect(ran.stderr).toContain(code);
    expect(ran.stderr).not.toMatch(/\bat .*\.ts|NaN|undefined/);
  });

  it('speaks English', () => {
    const ran = shape('D', '--lang', 'en');
    expect(ran.stdout).toContain('The bill never falls when the quantity rises: proven');
    expect(ran.stdout).toContain('end of the 1st block');
  });
});

describe('the library', () => {
  const path = join(root, 'spec/fixtures/formes.tarif');
  const tariffs = openTariffs([{ path: 'formes', files: [{ path, text: readFileSync(path, 'utf8') }] }]);
  it('gives the same JSON', () => {
    expect(existsSync(path)).toBe(true);
    const made = tariffs.shape('CHUTE', { to: '1500', points: ['750'] });
    expect(made).toMatchObject({ forme: { version: 1, formes: [{ tarif: 'CHUTE', baisses: { aucune: false, liste: [{ sorte: 'saut', a: '1000', baisse: '20', de_facture: '100', a_facture: '80' }] }, points: [{ a: '750', facture: '75', prix_moyen: '0.1' }] }] } });
  });
  it('refuses what is wrong', () => {
    expect(tariffs.shape('CHUTE', { to: 'beaucoup' })).toMatchObject({ erreurs: [{ code: 'cas-json/type' }] });
    expect(tariffs.shape('CHUTTE')).toMatchObject({ erreurs: [{ code: 'tarifs/inconnu' }] });
  });
});
