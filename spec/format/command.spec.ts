/** `bareme format` as a process. */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCommand, type Command } from '../tools/command.ts';

let command: Command;
beforeAll(async () => { command = await openCommand(); }, 60_000);
afterAll(() => { command.remove(); });

const rough = "tarif X « X »\narticle 1.1 « A »\n    énergie\n      5 ¢/kWh jusqu'à 1200 kWh/mois\n      12,5 ¢/kWh au-delà\n";
const fine = "tarif X «\u00A0X\u00A0»\narticle 1.1 «\u00A0A\u00A0»\n  énergie\n       5\u00A0¢/kWh  jusqu'à 1\u00A0200\u00A0kWh/mois\n    12,5\u00A0¢/kWh  au-delà\n";
const broken = 'tarif X « X »\narticle 1.1 « A »\n  x = = 3\n';
let number = 0;
/** A folder with these files. */
function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = join(command.folder, `essai-${++number}`);
  for (const [name, text] of Object.entries(files)) { mkdirSync(join(folder, name, '..'), { recursive: true }); writeFileSync(join(folder, name), text); }
  return folder;
}
const read = (...path: string[]): string => readFileSync(join(...path), 'utf8');

describe('bareme format', () => {
  it('writes the files that are not formatted, leaves the others and those that it refuses, and tells each', () => {
    const folder = folderOf({ 'a.tarif': rough, 'b/c.tarif': fine, 'b/d.tarif': broken, 'e.tarif': new Uint8Array([0x74, 0xe9]), 'f.txt': rough });
    chmodSync(join(folder, 'a.tarif'), 0o640);
    const before = statSync(join(folder, 'b/c.tarif')).mtimeMs;
    const ran = command.run(['format', folder]);
    expect([ran.status, ran.stdout]).toEqual([1, `${join(folder, 'a.tarif')}\n`]);
    expect(ran.stderr).toMatch(/d\.tarif:3:7 {2}syntaxe\/inattendu/);
    expect(ran.stderr).toContain('texte/encodage');
    expect(ran.stderr).toContain("1 fichier(s) mis en forme, 1 qui l'étaient déjà, 2 refusé(s).");
    expect(read(folder, 'a.tarif')).toBe(fine);
    expect(statSync(join(folder, 'a.tarif')).mode & 0o777).toBe(0o640);
    expect(read(folder, 'b/d.tarif')).toBe(broken);
    expect(read(folder, 'f.txt')).toBe(rough);
    expect(statSync(join(folder, 'b/c.tarif')).mtimeMs).toBe(before);
    expect(readdirSync(folder).sort()).toEqual(['a.tarif', 'b', 'e.tarif', 'f.txt']);
  });
  it('--check writes nothing, lists what is to be formatted, and ends with 1 if there is any', () => {
    const folder = folderOf({ 'a.tarif': rough, 'b.tarif': fine, 'crlf.tarif': fine.replaceAll('\n', '\r\n'), 'bom.tarif': `\uFEFF${fine}` });
    const ran = command.run(['format', '--check', folder, join(folder, 'a.tarif')]);
    expect([ran.status, ran.stdout.trimEnd().split('\n')]).toEqual([1, ['a.tarif', 'bom.tarif', 'crlf.tarif'].map((name) => join(folder, name))]);
    expect(read(folder, 'a.tarif')).toBe(rough);
    expect(command.run(['format', '--check', join(folder, 'b.tarif')])).toMatchObject({ status: 0, stdout: '' });
  });
  it('- : the input comes out formatted, or not at all', () => {
    expect(command.run(['format', '-'], { input: rough })).toEqual({ status: 0, stdout: fine, stderr: '' });
    const ran = command.run(['format', '-'], { input: broken });
    expect([ran.status, ran.stdout]).toEqual([1, '']);
    expect(ran.stderr).toMatch(/^-:3:7 {2}syntaxe\/inattendu/);
    expect(command.run(['format', '-', '--check'], { input: rough })).toMatchObject({ status: 1, stdout: '-\n' });
    expect(command.run(['format', '-', '--check'], { input: fine })).toMatchObject({ status: 0, stdout: '' });
    expect(command.run(['format', '-'])).toEqual({ status: 0, stdout: '', stderr: '' });
  });
  it('--json', () => {
    const folder = folderOf({ 'a.tarif': rough, 'b.tarif': fine, 'c.tarif': broken });
    const ran = command.run(['format', '--check', '--json', folder]);
    expect([ran.status, ran.stderr]).toEqual([1, '']);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      version: 1, fichiers: [{ fichier: join(folder, 'a.tarif'), etat: 'à faire' }, { fichier: join(folder, 'b.tarif'), etat: 'inchangé' }, { fichier: join(folder, 'c.tarif'), etat: 'refusé' }],
      diagnostics: [{ code: 'syntaxe/inattendu', ligne: 3, colonne: 7 }],
    });
    expect(JSON.parse(command.run(['format', '-', '--json'], { input: rough }).stdout)).toMatchObject({ version: 1, texte: fine });
  });
  it('a link stays a link', () => {
    const folder = folderOf({ 'vrai.tarif': rough });
    symlinkSync(join(folder, 'vrai.tarif'), join(folder, 'lien.tarif'));
    expect(command.run(['format', join(folder, 'lien.tarif')]).status).toBe(0);
    expect(read(folder, 'vrai.tarif')).toBe(fine);
    expect(readdirSync(folder, { withFileTypes: true }).map((entry) => [entry.name, entry.isSymbolicLink()]).sort()).toEqual([['lien.tarif', true], ['vrai.tarif', false]]);
  });
  it('a file that is not there, a folder without tariffs, a place that is taken, and arguments that are too many', () => {
    const folder = folderOf({ 'a.tarif': rough, 'vide/x.txt': '' });
    expect(command.run(['format', join(folder, 'absent.tarif'), '--lang', 'en'])).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('texte/introuvable') as string });
    expect(command.run(['format', join(folder, 'vide')]).status).toBe(1);
    expect(command.run(['format', '-', join(folder, 'a.tarif')])).toMatchObject({ status: 2, stdout: '' });
    expect(command.run(['format', '--chek'])).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('--check') as string });
    expect(read(folder, 'a.tarif')).toBe(rough);
    expect(existsSync(join(folder, 'absent.tarif'))).toBe(false);
  });
});
