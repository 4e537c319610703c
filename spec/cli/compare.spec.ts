/** `bareme compare` as a process: a working copy of the real book, files written whole, the same result on any number of threads. */
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCommand, root, type Command, type Ran } from '../tools/command.ts';

let command: Command;
let copy = '';
/** A copy of the book with one price of article 2.15 changed. */
beforeAll(async () => {
  command = await openCommand();
  copy = join(command.folder, 'copie');
  cpSync(join(root, 'tariffs/2026-04-01'), copy, { recursive: true });
  const path = join(copy, '02-tarifs-domestiques/03-tarif-dp.tarif');
  const text = readFileSync(path, 'utf8');
  expect(text.split('7,266\u00A0$/kW/mois  en hiver').length).toBe(2);
  writeFileSync(path, text.replace('7,266\u00A0$/kW/mois  en hiver', '7,366\u00A0$/kW/mois  en hiver'));
}, 120_000);
afterAll(() => { command.remove(); });
const run = (args: readonly string[], options?: Parameters<Command['run']>[1]): Ran => command.run(['compare', ...args], options);
const written = (name: string, text: string): string => { const path = join(command.folder, name); writeFileSync(path, text); return path; };

interface Json { readonly articles: { avant: { numero: string }; changements: { sorte: string; enonce: string; rangee: string; avant: { valeur: string; ligne: number }; apres: { valeur: string }; difference: string; pourcentage: unknown }[] }[]; readonly clients?: { retenus: number; ecartes: number; total: { avant: string; difference: string }; perdants: { client: string; difference: string; avant: { total_arrondi: string } }[] } }

describe('editions', () => {
  it('one price changed in a copy of the book: that figure and nothing else', () => {
    const ran = run(['2026-04-01', copy, '--json']);
    // Articles that take this price from 2.15 still say the old one: told, and no customer is billed so.
    expect(ran.status).toBe(0);
    expect(ran.stderr).toMatch(/^\d+ chiffre\(s\) repris/);
    const billed = run(['2026-04-01', copy, '--clients', 'examples/clients.csv']);
    expect([billed.status, billed.stdout]).toEqual([1, '']);
    expect(billed.stderr).toContain('chiffres/reprise');
    const { articles } = JSON.parse(ran.stdout) as Json;
    // 0,1 ÷ 7,266 = 50 ÷ 3 633, × 100 = 5 000 ÷ 3 633
    expect(articles.map(({ avant, changements }) => [avant.numero, changements.map(({ sorte, enonce, rangee, avant: a, apres: b, difference, pourcentage }) => [sorte, enonce, rangee, a.valeur, b.valeur, difference, (pourcentage as { fraction: string }).fraction])])).toEqual([
      ['2.15', [['chiffre', 'prime', 'en hiver', '7.266', '7.366', '0.1', '5000/3633']]],
    ]);
  }, 120_000);
  it('a book and itself: nothing', () => expect((JSON.parse(run(['2026-04-01', 'tariffs/2026-04-01', '--json']).stdout) as Json).articles).toEqual([]), 120_000);
  it('a partial edition is compared on what it carries', () => {
    const ran = run(['2025-04-01', '2026-04-01', '--lang', 'en']);
    expect(ran.status).toBe(0);
    expect(ran.stdout.replace(/\u00A0/g, ' ')).toMatch(/carries only rate D: \d+ articles[\s\S]*énergie, block 1 \(jusqu'à 40 kWh\/jour\), price +6\.905 ¢\/kWh → +7\.065 ¢\/kWh +\+0\.16 ¢\/kWh +\+2\.32%/);
    expect(ran.stdout).not.toContain('4.19');
  }, 120_000);
});

describe('customers', () => {
  // By hand, 2.5 of 2025 and of 2026: 1 915,146125 + 478,42755 + 81,52959 = 2 475,103265 $ ; 1 975,742425 + 485,60995 + 82,76639 = 2 544,118765 $
  it('the example: exact sums, those who lose, one left out; it ends with 1', () => {
    const ran = run(['2025-04-01', '2026-04-01', '--clients', 'examples/clients.csv', '--json']);
    expect([ran.status, ran.stderr]).toEqual([1, '']);
    const { clients } = JSON.parse(ran.stdout) as Json;
    expect(clients).toMatchObject({ retenus: 3, ecartes: 1, total: { avant: '2475.103265', apres: '2544.118765', difference: '69.0155' } });
    expect(clients?.perdants.map(({ client, difference, avant }) => [client, difference, avant.total_arrondi])).toEqual([['maison-1', '60.5963', '2201.93'], ['chalet', '7.1824', '550.08'], ['logement-12', '1.2368', '93.75']]);
  }, 120_000);

  it('one thread or two: the same bytes, in the order of the file', () => {
    const rows = Array.from({ length: 460 }, (_, index) => ['client-' + String(index).padStart(4, '0'), index % 50 === 7 ? 'ZZ' : 'D'] as const)
      .flatMap(([client, rate], index) => Array.from({ length: 12 }, (_, month) => `${client};${rate};${month === 0 ? '2026-12-01' : `2027-${String(month).padStart(2, '0')}-01`};2027-${String(month + 1).padStart(2, '0')}-01;${(index * 37 + month * 111) % 2900},${index % 10}`));
    const path = written('many.csv', `client;tarif;debut;fin;energie\n${rows.join('\n')}\n`);
    const made = ['1', '2'].map((threads) => {
      const out = join(command.folder, `sortie-${threads}`);
      const ran = run(['2025-04-01', '2026-04-01', '--clients', path, '--threads', threads, '--json', '--each', '--csv', out]);
      expect([ran.status, ran.stderr]).toEqual([1, '']);
      return [ran.stdout, ...readdirSync(out).sort().map((name) => `${name}\n${readFileSync(join(out, name), 'utf8')}`)];
    });
    expect(made[0]?.length).toBe(6);
    expect(made[1]).toEqual(made[0]);
    const list = (JSON.parse(made[0]?.[0] ?? '') as { liste: { client: string }[] }).liste.map(({ client }) => client);
    expect([list.length, list]).toEqual([460, [...list].sort()]);
  }, 240_000);

  it('CSV files of each language', () => {
    const out = join(command.folder, 'fr');
    run(['2025-04-01', '2026-04-01', '--clients', 'examples/clients.csv', '--csv', out]);
    const lines = (folder: string, name: string): string[] => readFileSync(join(folder, name), 'utf8').split('\r\n');
    expect(readdirSync(out).sort()).toEqual(['articles.csv', 'clients.csv', 'ecartes.csv', 'lignes.csv', 'sommaire.csv']);
    // 7,1824 ÷ 478,42755 = 1,501251… %
    expect(lines(out, 'clients.csv').slice(0, 3)).toEqual(['\uFEFFclient;ligne;tarif;periodes;jours;energie_kWh;avant;apres;difference;pourcentage;facture_avant;facture_apres', 'maison-1;2;D;6;365;20805,5;1915,146125;1975,742425;60,5963;3,164056;2201,93;2271,59', 'chalet;8;D;4;365;4489;478,42755;485,60995;7,1824;1,501251;550,08;558,32']);
    const english = join(command.folder, 'en');
    run(['2025-04-01', '2026-04-01', '--clients', 'examples/clients.csv', '--csv', english, '--lang', 'en']);
    expect(lines(english, 'clients.csv')[2]).toBe('chalet,8,D,4,365,4489,478.42755,485.60995,7.1824,1.501251,550.08,558.32');
    expect(lines(english, 'left-out.csv')[1]).toBe('commerce-4,14,before,tarifs/inconnu,,There is no rate “G”.,14,,2');
  }, 120_000);

  it('the page stands alone, holds no script, and writes what users wrote as text', () => {
    const page = join(command.folder, 'pages/page.html');
    run(['2025-04-01', '2026-04-01', '--clients', written('b.csv', 'client;tarif;debut;fin;energie\n"<b>&""x";D;2026-06-01;2026-07-01;900\n'), '--html', page]);
    const text = readFileSync(page, 'utf8');
    expect(text).toMatch(/^<!doctype html>\n<html lang="fr">/);
    expect(text).not.toMatch(/<script|<b>|src=|href="(?!#)/);
    expect(text).toContain('&#60;b&#62;&#38;&#34;x');
    expect(text.match(/<svg/g)?.length).toBe(4);
    expect([...text.matchAll(/<h([1-6])/g)].map((match) => Number(match[1])).every((level, index, levels) => level <= (levels[index - 1] ?? 0) + 1)).toBe(true);
  }, 120_000);
});

describe('what is wrong', () => {
  const codes = (args: readonly string[]): unknown => { const ran = run([...args, '--json']); return [ran.status, (JSON.parse(ran.stdout) as { diagnostics: { code: string }[] }).diagnostics.map(({ code }) => code)]; };
  it.each([
    [['2001-01-01', '2026-04-01'], ['edition/inconnue']], [['2026-04-01', 'absent'], ['texte/introuvable']], [['tariffs', '2026-04-01'], ['edition/plusieurs']], [['2026-04-01', 'examples'], ['texte/introuvable']],
    [['2025-04-01', '2026-04-01', '--clients', 'absent.csv'], ['texte/introuvable']], [['2025-04-01', '2026-04-01', '--clients', 'examples/usine-l.csv'], ['clients/colonne', 'clients/colonne', 'clients/colonne']],
  ])('%j', (args, expected) => expect(codes(args)).toEqual([1, expected]), 60_000);
  it('a number of threads', () => { const ran = run(['2025-04-01', '2026-04-01', '--threads', '0']); expect([ran.status, ran.stdout]).toEqual([2, '']); expect(ran.stderr).toContain('commande/valeur'); }, 60_000);
  it('a broken file of the copy', () => {
    const broken = join(command.folder, 'cassee');
    mkdirSync(broken);
    writeFileSync(join(broken, 'edition.tarif'), 'édition « Essai » en vigueur le 1er avril 2026\n  taxe TPS 5 %\ntarif X « X »\narticle 2.5 « S »\n  frais 1 $/jour/\n');
    expect(run(['2026-04-01', broken]).status).toBe(1);
  }, 60_000);
  it('a file that refuses the run leaves nothing behind, nor replaces anything', () => {
    const out = join(command.folder, 'rien');
    mkdirSync(out);
    writeFileSync(join(out, 'clients.csv'), 'ancien');
    const path = written('r.csv', 'client;tarif;debut;fin;energie\na;D;2026-06-01;2026-07-01;1\nb;D;2026-06-01;2026-07-01;1\na;D;2026-07-01;2026-08-01;1\n');
    expect(codes(['2025-04-01', '2026-04-01', '--clients', path, '--csv', out, '--html', join(out, 'p.html')])).toEqual([1, ['clients/disperse']]);
    expect([readdirSync(out), readFileSync(join(out, 'clients.csv'), 'utf8')]).toEqual([['clients.csv'], 'ancien']);
    // A place where no file can be written.
    expect(codes(['2025-04-01', '2026-04-01', '--html', join(out, 'clients.csv', 'p.html')])).toEqual([1, ['texte/non-ecrit']]);
    expect(existsSync(join(out, 'p.html'))).toBe(false);
    // A folder stands where one of the files would: none of the others is replaced.
    expect(codes(['2025-04-01', '2026-04-01', '--clients', 'examples/clients.csv', '--csv', out, '--html', command.folder])).toEqual([1, ['texte/non-ecrit']]);
    expect([readdirSync(out), readFileSync(join(out, 'clients.csv'), 'utf8')]).toEqual([['clients.csv'], 'ancien']);
  }, 60_000);
});
