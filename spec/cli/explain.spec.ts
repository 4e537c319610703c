/** `bareme explain` as a process. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCommand, type Command } from '../tools/command.ts';
import { amount, f, plus } from '../tools/fraction.ts';

let command: Command;
beforeAll(async () => { command = await openCommand(); }, 60_000);
afterAll(() => { command.remove(); });
const june = (energie: number): string => JSON.stringify({ tarif: 'D', periode: { debut: '2026-06-01', fin: '2026-07-01' }, donnees: { energie } });
const bare = (text: string): string => text.replace(/\u00A0/g, ' ');

describe('bareme explain', () => {
  it('one case and another edition: a row a figure, then the sum of each article', () => {
    const ran = command.run(['explain', '-', '--contre-edition', '2025-04-01'], { input: june(1500) });
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    // 1 200 × 0,16 ¢ and 300 × 0,49 ¢; 13,85 + 82,86 + 31,96 = 128,67 against 132,06; with taxes 147,93 and 151,83
    expect(bare(ran.stdout)).toMatch(/2\.5 +│ Énergie, 1re tranche +│ prix +│ +7,065 ¢\/kWh │ +6,905 ¢\/kWh │ −1,92 \$[\s\S]*−1,47 \$[\s\S]*Total │ +151,83 \$ │ +147,93 \$ │ +−3,90 \$[\s\S]*Par article : 2\.5 −3,39 \$/);
  });
  it('two cases, for programs: the rows add up', () => {
    const paths = [900, 1500].map((kWh) => { const path = join(command.folder, `${kWh}.json`); writeFileSync(path, june(kWh)); return path; });
    const ran = command.run(['explain', ...paths, '--json']);
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    const json = JSON.parse(ran.stdout) as { version: number; ecart: string; lignes: { ecart: unknown }[] };
    expect([json.version, plus(...json.lignes.map((row) => amount(row.ecart)))]).toEqual([1, f(json.ecart)]);
  });
  it('nothing to compare with, or names that are none: mistakes of the command', () => {
    const status = (args: readonly string[]): unknown[] => { const ran = command.run(['explain', '-', ...args], { input: june(1) }); return [ran.status, ran.stdout]; };
    expect([[], ['--contre-tarif', 'DQ'], ['--contre-option', 'photosintese'], ['--contre-edition', 'hier'], ['--contre-donnee', 'energie']].map(status)).toEqual(Array.from({ length: 5 }, () => [2, '']));
  });
  it('a case that is wrong: exit 1, and which of the two', () => {
    const ran = command.run(['explain', '-', '--contre-tarif', 'DP'], { input: june(1) });
    expect([ran.status, ran.stdout]).toEqual([1, '']);
    expect(ran.stderr).toContain('B/donnees  cas-json/champ-absent');
    const list = command.run(['explain', 'examples/cas.ndjson', 'examples/maison-d.json']);
    expect([list.status, list.stdout, list.stderr]).toEqual([1, '', 'A  cas-json/type  « le cas » : on attend un objet, pas une liste.\n']);
  });
  it('in English', () => expect(bare(command.run(['explain', '-', '--contre-donnee', 'energie=900', '--lang', 'en'], { input: june(900) }).stdout)).toContain('The two bills are alike'));
});
