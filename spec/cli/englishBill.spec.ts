/** A bill in English has the titles of the book in English, and nothing else of it changes. */
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openCommand, type Command } from '../tools/command.ts';

let command: Command;
beforeAll(async () => { command = await openCommand(); }, 60_000);
afterAll(() => { command.remove(); });
interface Line { readonly libelle: string; readonly ligne: string; readonly montant: unknown }
const lines = (...more: readonly string[]): readonly Line[] => (JSON.parse(command.run(['bill', 'examples/maison-d.json', '--json', ...more]).stdout) as { lignes: readonly Line[] }).lignes;

it('says the lines and the rate in English, at the same amounts and keys', () => {
  expect(lines('--lang', 'en').map(({ libelle }) => libelle)).toEqual(['System access charge', 'Energy, block 1', 'Energy, remainder']);
  expect(lines().map(({ libelle }) => libelle)).toEqual(["Frais d'accès au réseau", 'Énergie, 1re tranche', 'Énergie, reste']);
  const rest = (list: readonly Line[]): object[] => list.map((line) => ({ ...line, libelle: '' }));
  expect(rest(lines('--lang', 'en'))).toEqual(rest(lines()));
  const shown = command.run(['bill', 'examples/maison-d.json', '--lang', 'en', '--explain']).stdout;
  expect(shown).toMatch(/^Rate D, from November 1, 2026/);
  expect(shown).toMatch(/Explanation\n {2}System access charge {2}\[2\.5\]/);
});

it('refuses English words that cannot be read, in English only', () => {
  const tariffs = join(command.folder, 'tarifs');
  cpSync('tariffs', tariffs, { recursive: true });
  writeFileSync(join(tariffs, '2026-04-01/anglais/titres.json'), '{ "a": 1 }');
  const ran = command.run(['bill', 'examples/maison-d.json', '--lang', 'en', '--tariffs', tariffs]);
  expect([ran.status, ran.stdout]).toEqual([1, '']);
  expect(ran.stderr).toContain('texte/traduction');
  expect(command.run(['bill', 'examples/maison-d.json', '--tariffs', tariffs]).status).toBe(0);
});
