/** `bareme test` as a process: what is off line by line, one thread as many, what a change touches, bad commands. */
import { spawn } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCommand, root, type Command, type Ran } from '../tools/command.ts';

let command: Command;
beforeAll(async () => { command = await openCommand(); }, 60_000);
afterAll(() => { command.remove(); });
const run = (args: readonly string[]): Ran => command.run(args);
const plain = (text: string): string => text.replace(/\u00A0/g, ' ');

/** An edition of one rate; 100 kWh cost 10 × `price` $ and 1 day 50 ¢ × 30. */
const book = (price: string, expected: string): string => `édition « Essai » en vigueur le 1er avril 2026
  arrondit les lignes à 0,01 $

dispositions communes
article 1.1 « Définitions »
  mesure énergie en kWh
article 12.11 « Durée »
  mesure durée en mois = jours ÷ 30 jours/mois

tarif X « Tarif d'essai »
article 2.5 « Structure »
  énergie
    ${price} ¢/kWh  jusqu'à 40 kWh/mois
    7 ¢/kWh  au-delà
  vérifie prix de la 2e tranche de l'énergie = 7 ¢/kWh
  exemple « dans la tranche »
    période du 1er juin 2026 au 30 juin 2026
    énergie = 40 kWh
    donne
      total = 2 $
  exemple « au-delà »
    période du 1er juin 2026 au 30 juin 2026
    énergie = 100 kWh
    donne
      montant de la 2e tranche de l'énergie = 4,20 $
      total = ${expected}
`;
const written = (name: string, text: string): string => { const path = join(command.folder, name); writeFileSync(path, text); return path; };

interface Report {
  readonly version: number; readonly reussis: number; readonly echoues: number; readonly verifications_reussies: number;
  readonly exemples: readonly { readonly titre: string; readonly exact: boolean; readonly ligne: number; readonly verifications: readonly { readonly expression: string; readonly exact: boolean; readonly attendu_fraction: string; readonly trouve_fraction: string; readonly ecart_fraction: string; readonly unite: string; readonly trace?: readonly string[] }[] }[];
}

describe('what is off', () => {
  // 40 kWh × 5 ¢ = 2 $ ; 60 kWh × 7 ¢ = 4,20 $.
  it('says nothing of what is exact but the counts', () => {
    expect(run(['test', written('juste.tarif', book('5', '6,20 $'))])).toEqual({ status: 0, stdout: '2 exemple(s) exact(s), 0 en écart ; 1 vérification(s) du livre exacte(s), 0 en écart.\n', stderr: '' });
  });
  it('shows each line of an example that is off, expected beside found, the difference, and where it comes from', () => {
    // One cent more on 40 kWh: 0,40 $.
    const ran = run(['test', written('faux.tarif', book('6', '6,20 $'))]);
    const shown = plain(ran.stdout);
    expect([ran.status, ran.stderr]).toEqual([1, '']);
    expect(shown).toContain('✗ « au-delà »  article 2.5, tarif X');
    expect(shown).toContain('faux.tarif:21');
    expect(shown).toMatch(/✓ │\s+25 │ montant de la 2e tranche de l'énergie │\s+4,20 \$ │\s+4,2 \$ │\s+│/);
    expect(shown).toMatch(/✗ │\s+26 │ total\s+│\s+6,20 \$ │\s+6,6 \$ │\s+\+0,4 \$ │/);
    expect(shown).toContain("D'où vient total\n    Énergie, 1re tranche  [2.5]\n      40 kWh × 6 ¢/kWh = 2,40 $");
    expect(shown).toContain('0 exemple(s) exact(s), 2 en écart ; 1 vérification(s) du livre exacte(s), 0 en écart.');
  });
  it('says it in English, by file, and for programs with exact fractions', () => {
    const path = written('faux.tarif', book('6', '6,20 $'));
    const english = run(['test', path, '--lang', 'en', '--verbose']);
    expect(plain(english.stdout)).toMatch(/expected[\s\S]*Where total comes from[\s\S]*✗ .*faux\.tarif {2}1 exact, 2 off, 4 values[\s\S]*0 example\(s\) exact, 2 off; 1 check\(s\) of the book exact, 0 off\./);
    const json = JSON.parse(run(['test', path, '--json']).stdout) as Report;
    expect(json).toMatchObject({ version: 1, reussis: 0, echoues: 2, verifications_reussies: 1 });
    expect(json.exemples[1]).toMatchObject({ titre: 'au-delà', exact: false, ligne: 21, verifications: [{ exact: true }, { expression: 'total', exact: false, unite: '$', attendu_fraction: '31/5', trouve_fraction: '33/5', ecart_fraction: '2/5' }] });
    expect(json.exemples[1]?.verifications[1]?.trace?.[0]).toContain('Énergie');
  });
  it('takes the examples of an article, or those whose title says something', () => {
    const path = written('faux.tarif', book('6', '6,20 $'));
    expect(run(['test', path, '--article', '2.6']).stdout).toBe('0 exemple(s) exact(s), 0 en écart.\n');
    expect((JSON.parse(run(['test', path, '--filter', 'AU-DELA', '--json']).stdout) as Report).exemples.map(({ titre }) => titre)).toEqual(['au-delà']);
  });
  it('runs in one thread or in several alike, in the order of the files', () => {
    mkdirSync(join(command.folder, 'livre'));
    written('livre/1.tarif', book('6', '6,20 $'));
    for (const name of ['2', '3', '4']) written(`livre/${name}.tarif`, `tarif Y${name} « Y${name} »\narticle 3.${name} « Structure »\n  frais 15 ¢/jour\n  exemple « un mois de Y${name} »\n    période du 1er juin 2026 au 30 juin 2026\n    donne\n      total = ${name === '3' ? '4,6' : '4,5'} $\n`);
    const [one, two, three] = ['1', '2', '3'].map((count) => run(['test', join(command.folder, 'livre'), '--threads', count, '--json']));
    expect((JSON.parse(one?.stdout ?? '') as Report).exemples.map(({ titre, exact }) => `${titre} ${exact}`)).toEqual(['dans la tranche false', 'au-delà false', 'un mois de Y2 true', 'un mois de Y3 false', 'un mois de Y4 true']);
    expect([two, three]).toEqual([one, one]);
  });
});

describe('what the command refuses', () => {
  it.each([
    [['test', '--threads', '0'], 2, /1 à 99/], [['test', '--json', '--watch', 'spec/langage'], 2, /commande\/options-contraires/], [['test', 'nulle-part'], 1, /texte\/introuvable/], [['test', '--articles', '2.5'], 2, /--article/], [['test', '--article'], 2, /--article/],
  ])('%j', (args, status, said) => {
    const ran = run(args);
    expect(ran.status).toBe(status);
    expect(ran.stdout + ran.stderr).toMatch(said);
  });
});

describe('--watch', () => {
  it('runs again what a change touches, survives a broken file and one that an editor replaces, and ends cleanly', async () => {
    const folder = join(command.folder, 'guet');
    mkdirSync(folder);
    const path = join(folder, 'x.tarif');
    writeFileSync(path, book('5', '6,20 $'));
    const child = spawn(process.execPath, [join(command.folder, 'cli.js'), 'test', path, '--watch'], { cwd: root, env: { ...process.env, NO_COLOR: '1', LANG: 'fr_CA.UTF-8', LC_ALL: '' } });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => { said += data.toString(); });
    const round = async (): Promise<string> => {
      for (let waited = 0; !said.includes('Ctrl-C') && waited < 20_000; waited += 20) await new Promise((resolve) => { setTimeout(resolve, 20); });
      const heard = said;
      said = '';
      return plain(heard);
    };
    expect(await round()).toMatch(/2 exemple\(s\) exact\(s\), 0 en écart.*\n2 exemple\(s\) exécuté/);
    writeFileSync(path, book('5 +', '6,20 $'));
    expect(await round()).toContain('syntaxe/');
    writeFileSync(join(folder, 'autre'), book('6', '6,20 $'));
    renameSync(join(folder, 'autre'), path);
    expect(await round()).toMatch(/\+0,4 \$[\s\S]*0 exemple\(s\) exact\(s\), 2 en écart/);
    writeFileSync(path, book('5', '6,20 $'));
    expect(await round()).toMatch(/2 exemple\(s\) exact\(s\), 0 en écart/);
    rmSync(path);
    expect(await round()).toContain('texte/introuvable');
    const ended = new Promise((resolve) => { child.once('exit', (code, signal) => { resolve([code, signal]); }); });
    child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
  }, 120_000);
});

describe('--mutations', () => {
  interface Fates { readonly version: number; readonly mutations: number; readonly remarquees: number; readonly sans_effet: number; readonly non_remarquees: number; readonly mutations_essayees: readonly { readonly de: string; readonly a: string; readonly sort: string; readonly ligne: number; readonly temoin?: string | null }[] }
  // The tranche ends at 40 kWh, which the first example fills, and the second goes beyond it: each figure is noticed; the edge of a tranche is without effect.
  it('exits with 0 when every mutation is noticed, and says what none can notice', () => {
    const path = written('juste.tarif', book('5', '6,20 $'));
    const ran = run(['test', path, '--mutations', '--threads', '1']);
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout).toContain("Sans effet sur une facture : 1, au bord d'une tranche ou d'un plancher, les deux lectures donnent le même montant.");
    expect(ran.stdout).toMatch(/prix +│ +6 │ +6 │ +0 │ +0 │ +0 │/);
  });
  it('exits with 1 when one is not, with an example that would; the same in one thread and in two', () => {
    // Without the second example nothing tells the price beyond the tranche but the statement of the book about it.
    const text = book('5', '6,20 $').split('  exemple « au-delà »')[0] ?? '';
    const path = written('court.tarif', text.replace(/ {2}vérifie.*\n/, ''));
    const [one, two] = ['1', '2'].map((count) => run(['test', path, '--mutations', '--json', '--threads', count]));
    expect(two).toEqual(one);
    const fates = JSON.parse(one?.stdout ?? '') as Fates;
    expect([one?.status, fates.version, fates.remarquees + fates.sans_effet + fates.non_remarquees]).toEqual([1, 1, fates.mutations]);
    const alive = fates.mutations_essayees.filter(({ sort }) => sort === 'survit');
    expect(alive.map(({ de, a }) => `${de} → ${a}`.replace(/\u00A0/g, ' '))).toEqual(['30 jours/mois → 29 jours/mois', '40 kWh/mois → 41 kWh/mois', '7 ¢/kWh → 8 ¢/kWh', '7 ¢/kWh → 6 ¢/kWh']);
    expect(alive[2]?.temoin).toMatch(/^ {2}exemple «[\s\S]*énergie = \d+ kWh\n {4}donne\n {6}total = 0 \$ {2}# à travailler à la main/);
  });
  it('waits until the examples are right, and takes no filter', () => {
    const off = run(['test', written('faux.tarif', book('6', '6,20 $')), '--mutations']);
    expect([off.status, off.stdout]).toEqual([1, '']);
    expect(off.stderr).toContain('exemples/ecart');
    expect(run(['test', '--mutations', '--filter', 'x']).status).toBe(2);
  });
});
