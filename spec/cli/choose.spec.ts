/** `bareme choose` as a process. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCommand, type Command } from '../tools/command.ts';

let command: Command;
beforeAll(async () => { command = await openCommand(); }, 60_000);
afterAll(() => { command.remove(); });
const june = { tarif: 'D', periode: { debut: '2026-06-01', fin: '2026-07-01' }, donnees: { energie: 3000, puissance_maximale_appelee: 55, usage: 'domestique', lieu: 'logement', mesurage: 'individuel', phases: 1 } };
const bare = (text: string): string => text.replace(/\u00A0/g, ' ');

describe('bareme choose', () => {
  it('for people: cheapest first, with the difference, then who is out and why', () => {
    const ran = command.run(['choose', '-', '--tarifs', 'D,DP,DM,DT', '--options', 'mesurage_net_1'], { input: JSON.stringify(june) });
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    expect(bare(ran.stdout)).toMatch(/Admissibles[\s\S]*DP +│ +297,63 \$ │ 342,20 \$ │ −1,79 \$ │ −0,5 %[\s\S]*D \(présent\) │ +299,19 \$ │ 343,99 \$[\s\S]*Non admissibles\n {2}DM\n.*article 2\.21[\s\S]*Non comparés[\s\S]*DT : energie_sauf_grand_froid[\s\S]*\[2\.46\] electricite_injectee \(kWh\)/);
  });
  it('for programs: version, amounts as decimal strings, what is missing with its unit', () => {
    const ran = command.run(['choose', '-', '--tarifs', 'DP,DT', '--json'], { input: JSON.stringify(june) });
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      version: 1, present: { tarif: 'D', options: [] }, edition: { en_vigueur: '2026-04-01' }, periodes: [{ debut: '2026-06-01', fin: '2026-07-01' }],
      admissibles: [{ tarif: 'DP', sous_total: '297.63', total_arrondi: '342.20', ecart: { montant: '-1.79', pourcentage: '-0.52' }, factures: [{ total: '297.625' }] }, { tarif: 'D', present: true, total_arrondi: '343.99' }],
    });
    expect((JSON.parse(ran.stdout) as { non_compares: { tarif: string; donnees_manquantes: object[] }[] }).non_compares.find((each) => each.tarif === 'DT')?.donnees_manquantes[0]).toEqual({ nom: 'energie_sauf_grand_froid', unite: 'kWh', description: 'énergie', article: '1.1' });
  });
  it('in English', () => expect(bare(command.run(['choose', '-', '--tarifs', 'D,DP', '--options', '', '--lang', 'en'], { input: JSON.stringify(june) }).stdout)).toContain('Eligible'));
  it('an unknown rate or option, or a date that is none, is a mistake of the command', () => {
    const input = JSON.stringify(june);
    expect([['--tarifs', 'DQ'], ['--options', 'mesurage_net_7'], ['--edition', 'hier']].map((args) => { const ran = command.run(['choose', '-', ...args], { input }); return [ran.status, ran.stdout, /tarifs\/inconnu|options\/inconnue|2025-04-01/.test(ran.stderr)]; })).toEqual([[2, '', true], [2, '', true], [2, '', true]]);
  });
  it('a wrong case: exit 1, its place', () => {
    const path = join(command.folder, 'cas.ndjson');
    writeFileSync(path, `${JSON.stringify(june)}\n{"tarif":\n`);
    const ran = command.run(['choose', path]);
    expect([ran.status, ran.stdout]).toEqual([1, '']);
    expect(ran.stderr).toContain('/1  cas-json/syntaxe');
    expect(command.run(['choose', 'absent.json'])).toMatchObject({ status: 1, stdout: '' });
  });
});
