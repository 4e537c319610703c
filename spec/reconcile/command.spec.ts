/** `bareme reconcile` as a process: what it prints, in JSON too, its exit codes, and what it says of a file that is no book. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCommand, type Command, type Ran } from '../tools/command.ts';

let command: Command;
const book = readFileSync(join(import.meta.dirname, 'livre.txt'), 'utf8');
const blocks = join(import.meta.dirname, 'livre.tarif');
let file: (name: string, text: string) => string;
let folder = '';
beforeAll(async () => {
  command = await openCommand();
  folder = join(command.folder, 'editions');
  file = (name, text) => { const path = join(command.folder, name); writeFileSync(path, text); return path; };
  const { mkdirSync } = await import('node:fs');
  mkdirSync(join(folder, '2026-04-01'), { recursive: true });
  writeFileSync(join(folder, '2026-04-01', 'livre.tarif'), readFileSync(blocks, 'utf8'));
}, 60_000);
afterAll(() => { command.remove(); });
const reconcile = (path: string, ...more: string[]): Ran => {
  const ran = command.run(['reconcile', path, '--tariffs', folder, ...more]);
  return { ...ran, stdout: ran.stdout.replace(/\u00A0/g, ' ') };
};

describe('bareme reconcile', () => {
  it('says that all agree, with what it counted, and ends with 0', () => {
    const ran = reconcile(file('livre.txt', book));
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout.split('\n')).toEqual([
      '6 articles rapprochés, sur 6 imprimés.', 'Livre → blocs : 33 chiffres, dont 27 employés (27 dans le bloc, 0 par leur nom, 0 par une reprise), 6 hors calcul avec leur raison, 0 sans emploi ; 3 renvois.',
      expect.stringMatching(/^Blocs → livre : \d+ chiffres\.$/), 'Aucune différence.', '',
    ]);
  });
  it('shows a difference side by side, the figure between brackets, and ends with 1', () => {
    const ran = reconcile(file('changé.txt', book.replace('4,125 $', '4,215 $')));
    expect(ran.status).toBe(1);
    expect(ran.stdout).toMatch(/^Article 2\.2 {2}Prix du tarif S\n {2}le chiffre diffère\n {4}livre, ligne 40 +│ \S*livre\.tarif:\d+\n {4}- a\) \[4,215 \$ le kilowatt\] de pointe .*│ +\[4,125 \$\/kW\/mois\] +hors saison_froide$/m);
    expect(ran.stdout).toMatch(/1 différence\(s\)\.\n$/);
  });
  it('in English where that is asked', () => {
    const ran = reconcile(file('changé.txt', book.replace('4,125 $', '4,215 $')), '--lang', 'en');
    expect(ran.stdout).toContain('the figure differs');
    expect(ran.stdout).toMatch(/1 difference\(s\)\.\n$/);
  });
  it('as JSON: the edition, the counts, each difference with its two places', () => {
    const ran = reconcile(file('changé.txt', book.replace('4,125 $', '4,215 $')), '--json');
    expect(ran.status).toBe(1);
    expect(JSON.parse(ran.stdout)).toMatchObject({
      version: 1, edition: '2026-04-01', articles: 6, imprimes: 6, chiffres: { imprimes: 33, hors_calcul: 6, sans_emploi: 1 },
      differences: [{ article: '2.2', sorte: 'chiffre-different', fois: 1, livre: { texte: '4,215 $ le kilowatt', ligne: 40 }, bloc: { texte: '4,125 $/kW/mois' } }],
    });
  });
  it('reads a summary that it wrote', () => {
    const written = reconcile(file('livre.txt', book), '--summary');
    expect([written.status, written.stderr]).toEqual([0, '']);
    expect(reconcile(file('livre.json', written.stdout)).status).toBe(0);
    expect(reconcile(file('livre.json', written.stdout.replace('4,125 $/kW', '4,215 $/kW'))).status).toBe(1);
  });
  it('reads stdin', () => { expect(command.run(['reconcile', '-', '--tariffs', folder], { input: book }).status).toBe(0); });
  it.each([
    ['a file that is not there', (): string => 'absent.txt', 1, 'texte/introuvable'],
    ['a PDF', (): string => file('livre.pdf', '%PDF-1.7\n%âãÏÓ'), 1, 'livre/pdf'],
    ['a text without articles', (): string => file('notes.txt', 'Rien ici.\n\nNi 3 chats ni 2.5 chiens.\n'), 1, 'livre/sans-article'],
    ['an empty text', (): string => file('vide.txt', ''), 1, 'livre/sans-article'],
    ['JSON that is no summary', (): string => file('cas.json', '{"tarif":"D"}'), 1, 'livre/resume'],
    ['JSON that does not read', (): string => file('cassé.json', '{"version":1,'), 1, 'livre/resume'],
  ] as const)('%s', (_, path, status, code) => {
    const ran = reconcile(path());
    expect([ran.status, ran.stdout]).toEqual([status, '']);
    expect(ran.stderr).toContain(code);
    expect(ran.stderr).not.toMatch(/undefined|NaN|\n {4}at /);
  });
  it('an edition that there is not, and a date that is none', () => {
    const path = file('livre.txt', book);
    expect(reconcile(path, '--edition', '2026-04-01').status).toBe(0);
    expect(reconcile(path, '--edition', '2031-04-01')).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('edition/inconnue') as string });
    expect(reconcile(path, '--edition', 'hier')).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('commande/valeur') as string });
  });
  it('blocks with a mistake are not compared', () => {
    writeFileSync(join(folder, '2026-04-01', 'faute.tarif'), 'article 2.9 « Faute »\n  frais 3 $ $\n');
    const ran = reconcile(file('livre.txt', book));
    expect([ran.status, ran.stdout]).toEqual([1, '']);
    expect(ran.stderr).toContain('syntaxe/');
  });
});
