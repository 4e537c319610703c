/** `bareme compile`: the code that it prints bills what `bareme bill` bills, and is refused with a word a person can act on. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ARITHMETIC } from '../../src/compile/arithmetic.ts';
import { openCommand, type Command } from '../tools/command.ts';

let command: Command;
beforeAll(async () => { command = await openCommand(); }, 120_000);
afterAll(() => { command.remove(); });

type Bill = (...numbers: number[]) => Readonly<Record<string, number>> | undefined;
const functionIn = (code: string): Bill => {
  const body = code.replace(/^import .*$/m, '').replace('export function', 'return function');
  return new Function(...Object.keys(ARITHMETIC), body)(...Object.values(ARITHMETIC)) as Bill;
};

describe('bareme compile', () => {
  it('prints a function that bills rate D: below, at and above the first tranche, worked by hand', () => {
    const { status, stdout } = command.run(['compile', 'D', '--json']);
    expect(status).toBe(0);
    const { complet, code } = JSON.parse(stdout) as { complet: boolean; code: string };
    expect(complet).toBe(true);
    expect(code).toContain('// 2.5 énergie');
    const bill = functionIn(code);
    // 30 days: 30 × 46.154 ¢ = 13.85 $; 1 199.999, 1 200 and 1 200.1 kWh, 1 200 × 7.065 ¢ = 84.78 $, 300 × 11.142 ¢ = 33.43 $ (33.426).
    expect(bill(1_199_999)).toMatchObject({ '2.5 frais': 1385, '2.5 energie 1': 8478, sous_total: 9863, TPS: 493, TVQ: 984, total: 11340 });
    expect(bill(1_200_000)).toMatchObject({ '2.5 energie 1': 8478, total: 11340 });
    expect(bill(1_500_000)).toMatchObject({ '2.5 energie 1': 8478, '2.5 energie 2': 3343, sous_total: 13206, TPS: 660, TVQ: 1317, total: 15183 });
    expect(bill(-1)).toBeUndefined();
  });
  it('follows the period and the language that are given', () => {
    const { stdout } = command.run(['compile', 'D', '--periode', '2027-01-01..2027-02-01', '--lang', 'en']);
    expect(stdout).toContain('Rate D, from 2027-01-01 to before 2027-02-01');
    expect(stdout).toContain('1240000');
  });
  it('refuses a case of rate G whose phases are not said to be 1 or 3 in the code itself', () => {
    const { stdout } = command.run(['compile', 'G', '--donnee', 'phases=3']);
    expect(stdout).toMatch(/phases < 1000\) \{\s+return undefined; \/\/ refusé/);
  });
  it.each([
    [['compile', 'Z'], 1, 'tarifs/inconnu'], [['compile', 'D', 'absent.json'], 1, 'texte/introuvable'], [['compile', 'LD'], 1, 'tarif_de_base'], [['compile', 'D', '--periode', 'hier'], 2, '2026-06-01..2026-07-01'],
    [['compile', 'D', '--donnee', 'puissance=3'], 1, 'cas-json/champ-inconnu'], [['compile'], 2, 'tarif'], [['compile', 'D+gratuit'], 1, 'options/inconnue'],
  ] as const)('says what is wrong: %j', (args, status, word) => {
    const ran = command.run(args);
    expect(ran.status).toBe(status);
    expect(ran.stderr).toContain(word);
    expect(ran.stdout).toBe('');
  });
});
