/** The command as a process: results on stdout, the rest on stderr, exit 0, 1 (files or case wrong) or 2 (command wrong). */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCommand, root, type Command, type Ran } from './tools/command.ts';

let command: Command;
beforeAll(async () => { command = await openCommand(); }, 60_000);
afterAll(() => { command.remove(); });
const run = (args: readonly string[], options?: Parameters<Command['run']>[1]): Ran => command.run(args, options);
/** A file of the spec's own. */
const written = (name: string, text: string): string => { const path = join(command.folder, name); writeFileSync(path, text); return path; };

interface Shown { readonly version: number; readonly total_arrondi?: string; readonly erreurs?: readonly { code: string; message: string; pointeur: string }[] }
const june = (energie: unknown): object => ({ tarif: 'D', periode: { debut: '2026-06-01', fin: '2026-07-01' }, donnees: { energie } });

describe('bill', () => {
  it('a bill for people: a table on stdout, nothing on stderr', () => {
    const ran = run(['bill', 'examples/maison-d.json', '--explain']);
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout).toContain("Tarif D, du 1er novembre 2026 au 31 décembre 2026 (61 jours)");
    // 61 × 46,154 ¢ = 28,15394 $ ; 2 440 × 7,065 ¢ = 172,386 $ ; 1 680 × 11,142 ¢ = 187,1856 $ ; 387,73 $ + 19,39 $ + 38,68 $
    expect(ran.stdout.replace(/\u00A0/g, ' ')).toMatch(/28,15 \$[\s\S]*172,39 \$[\s\S]*187,19 \$[\s\S]*387,73 \$[\s\S]*19,39 \$[\s\S]*38,68 \$[\s\S]*445,80 \$[\s\S]*Explication/);
  });

  it('a bill for programs, of one case on stdin; numbers keep their digits', () => {
    const ran = run(['bill', '-', '--json'], { input: JSON.stringify(june(900)).replace('900', '900.000000000000001') });
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    // 30 × 46,154 ¢ + 900,000000000000001 × 7,065 ¢
    expect(JSON.parse(ran.stdout)).toMatchObject({ version: 1, tarif: 'D', total: '77.43120000000000007065', sous_total: '77.44', total_arrondi: '89.03' });
  });

  it('a list gives a list; one bad case gives one error in its place', () => {
    const ran = run(['bill', '-', '--json'], { input: JSON.stringify([june(0), { ...june(1), tarif: 'DDD' }, june('1e3'), june(1)]) });
    const shown = JSON.parse(ran.stdout) as Shown[];
    expect([ran.status, ran.stderr, shown.length]).toEqual([1, '', 4]);
    expect(shown.map((each) => each.total_arrondi ?? each.erreurs?.map((error) => `${error.code} ${error.pointeur}`))).toEqual([
      '15.92', ['tarifs/inconnu /tarif'], ['cas-json/type /donnees/energie'], '16.01',
    ]);
  });

  it('NDJSON gives NDJSON, a line a case, in the same order', () => {
    const lines = [JSON.stringify(june(0)), '{ "tarif": "D", }', JSON.stringify(june(-1)), '', JSON.stringify(june(1))];
    const ran = run(['bill', '-', '--json'], { input: `${lines.join('\r\n')}\n` });
    const shown = ran.stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as Shown);
    expect([ran.status, ran.stderr]).toEqual([1, '']);
    expect(shown.map((each) => each.version)).toEqual([1, 1, 1, 1]);
    expect(shown.map((each) => each.total_arrondi ?? each.erreurs?.map((error) => error.code))).toEqual(['15.92', ['cas-json/syntaxe'], ['cas-json/borne'], '16.01']);
  });

  it('a line cut short, or no JSON at all, is one error in its place too', () => {
    const ran = run(['bill', '-', '--json'], { input: `${[JSON.stringify(june(0)), '{"tarif":"D","per', 'bonjour', JSON.stringify(june(1))].join('\n')}\n` });
    const shown = ran.stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as Shown);
    expect(shown.map((each) => each.total_arrondi ?? each.erreurs?.map((error) => error.code))).toEqual(['15.92', ['cas-json/syntaxe'], ['cas-json/syntaxe'], '16.01']);
  });

  it('one case over many lines is one case, also when it cannot be read', () => {
    expect(JSON.parse(run(['bill', 'examples/commerce-g.json', '--json']).stdout)).toMatchObject({ version: 1, total: '1457.67826' });
    const ran = run(['bill', '-'], { input: '{\n  "tarif": "D",\n  "historique": [\n    { "periode": {} }\n  ]\n  "donnees": {}\n}\n' });
    expect([ran.status, ran.stdout, ran.stderr.split('\n').length]).toEqual([1, '', 2]);
    expect(ran.stderr).toContain('cas-json/syntaxe');
  });

  it('without --json, the good bills go to stdout and the errors to stderr', () => {
    const ran = run(['bill', '-'], { input: JSON.stringify([{ ...june(1), donnes: {} }, june(1)]) });
    expect(ran.status).toBe(1);
    expect(ran.stderr).toBe('/donnes  cas-json/champ-inconnu  Personne ne lit « donnes » au tarif D. Le plus proche : « donnees ».\n');
    expect(ran.stdout).toContain('16,01');
    expect(ran.stdout).not.toContain('cas-json');
  });

  it('a file that is not there', () => {
    const ran = run(['bill', 'examples/absent.json']);
    expect(ran).toEqual({ status: 1, stdout: '', stderr: "texte/introuvable  Le fichier « examples/absent.json » n'existe pas ou ne peut pas être lu.\n" });
  });

  it('a CSV stands beside its case, wherever the command is run', () => {
    written('heures.csv', `h;kWh\n${Array.from({ length: 24 }, (_, hour) => `2026-06-01 ${String(hour).padStart(2, '0')}:00;1,5`).join('\n')}\n`);
    const path = written('cas.json', JSON.stringify({ tarif: 'D', periode: { debut: '2026-06-01', fin: '2026-06-02' }, series: { energie: { fichier: 'heures.csv' } } }));
    // 46,154 ¢ + 36 × 7,065 ¢
    expect(JSON.parse(run(['bill', path, '--json']).stdout)).toMatchObject({ total: '3.00494' });
  });

  it('the trace is joined when asked', () => {
    const trace = (args: readonly string[]): unknown[] => (JSON.parse(run(['bill', '-', '--json', ...args], { input: JSON.stringify(june(900)) }).stdout) as { lignes: { trace?: unknown }[] }).lignes.map((line) => line.trace !== undefined);
    expect([trace([]), trace(['--trace'])]).toEqual([[false, false], [true, true]]);
  });
});

describe('the language of messages', () => {
  const wrong = { input: JSON.stringify({ ...june(1), tarif: 'DDD' }) };
  const french = '/tarif  tarifs/inconnu  Il n\'y a pas de tarif « DDD ».\n';
  const english = '/tarif  tarifs/inconnu  There is no rate “DDD”.\n';
  it.each([
    ['French when nothing is said', [], {}, french], ['--lang en', ['--lang', 'en'], {}, english], ['LANG', [], { LANG: 'en_CA.UTF-8' }, english], ['LC_ALL before LANG', [], { LANG: 'en_CA.UTF-8', LC_ALL: 'fr_CA.UTF-8' }, french],
    ['--lang before LANG', ['--lang', 'fr'], { LANG: 'en_CA.UTF-8' }, french],
  ] as const)('%s', (_, args, env, message) => {
    expect(run(['bill', '-', ...args], { ...wrong, env })).toEqual({ status: 1, stdout: '', stderr: message });
  });
});

describe('the command is wrong: exit 2, help on stderr', () => {
  it.each([[['facture']], [['bill']], [['bill', 'examples/maison-d.json', '--jsonn']], [['schema']], [[]]])('%j', (args) => {
    const ran = run(args);
    expect([ran.status, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toMatch(/Usage\u00A0: bareme/);
  });
  it('help that is asked for is a result', () => {
    const ran = run(['--help']);
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout).toMatch(/bill[\s\S]*check[\s\S]*test[\s\S]*schema[\s\S]*coverage/);
  });
});

describe('schema', () => {
  it('a JSON Schema of the cases of a rate, with units and articles', () => {
    const ran = run(['schema', 'DP']);
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    const schema = JSON.parse(ran.stdout) as { $schema: string; $defs: { donnees: { properties: Record<string, object>; additionalProperties: boolean } } };
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(schema.$defs.donnees.additionalProperties).toBe(false);
    expect(schema.$defs.donnees.properties['puissance_maximale_appelee']).toMatchObject({ 'x-unite': 'kW', 'x-article': '1.1' });
  });
  it('an option adds its data', () => {
    const has = (args: readonly string[]): boolean => 'capacite_d_autoproduction' in (JSON.parse(run(['schema', 'D', ...args]).stdout) as { $defs: { donnees: { properties: object } } }).$defs.donnees.properties;
    expect([has([]), has(['--option', 'mesurage_net_1'])]).toEqual([false, true]);
  });
  it('no such rate', () => {
    const ran = run(['schema', 'DQ']);
    expect([ran.status, ran.stdout]).toEqual([1, '']);
    expect(ran.stderr).toContain('tarifs/inconnu');
  });
});

describe('coverage', () => {
  it('every article of the book, counted in it by hand; words alone say why they are enough', () => {
    const ran = run(['coverage', '--json']);
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    const report = JSON.parse(ran.stdout) as { version: number; articles: { article: string; nature: string; raison?: string }[]; coquilles: { article: string; imprime: string; juste: string }[]; calcules: number; faits: number; mots: number };
    const count = (chapter: string): number => report.articles.filter((each) => each.article.startsWith(`${chapter}.`)).length;
    const book = { 1: 2, 2: 75, 3: 25, 4: 52, 5: 51, 6: 98, 7: 15, 8: 14, 9: 51, 10: 10, 11: 15, 12: 15, 13: 8 };
    expect(Object.fromEntries(Object.keys(book).map((chapter) => [chapter, count(chapter)]))).toEqual(book);
    expect(report.articles).toHaveLength(431);
    expect(report.articles.filter(({ nature, raison }) => nature === 'mots' && raison === undefined)).toEqual([]);
    expect(report.coquilles).toContainEqual(expect.objectContaining({ article: '5.48', imprime: expect.stringContaining('5.46') as string, juste: expect.stringContaining('5.47') as string }));
    expect(new Set(report.articles.map((each) => each.article)).size).toBe(report.articles.length);
    expect([report.version, report.calcules + report.faits + report.mots]).toEqual([1, report.articles.length]);
    expect(report.articles.find((each) => each.article === '2.5')?.nature).toBe('calculé');
  });
});

describe('check and test', () => {
  const broken = `édition « Cassée » en vigueur le 1er avril 2026
  arrondit les lignes à 0,01 $
tarif X « X »
article 1.1 « Un »
  mesure énergie en kWh
  frais 15 $/kWh
  énergie 7 ¢/kWh
  prime de inconnue à 4 $/kW/mois
`;
  it('check says every mistake, with its place and article, and fails', () => {
    const path = written('casse.tarif', broken);
    const ran = run(['check', path]);
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain(`${path}:6:9  unites/prix`);
    expect(ran.stderr).toContain(`${path}:8:12  noms/inconnu`);
    expect(ran.stderr).toMatch(/« inconnue »[^\n]*\(article 1\.1\)/);
    expect(ran.stdout).toBe('1 édition(s), 1 articles : 2 erreur(s), 0 avis.\n');
  });
  it('check --json says the same to programs', () => {
    const ran = run(['check', written('casse.tarif', broken), '--json']);
    const report = JSON.parse(ran.stdout) as { version: number; diagnostics: { code: string; ligne: number; colonne: number; article: string }[] };
    expect([ran.status, ran.stderr, report.version]).toEqual([1, '', 1]);
    expect(report.diagnostics.map(({ code, ligne, colonne, article }) => [code, ligne, colonne, article])).toEqual([['unites/prix', 6, 9, '1.1'], ['noms/inconnu', 8, 12, '1.1']]);
  });
  it('a broken book bills nothing', () => {
    mkdirSync(join(command.folder, 'casse'));
    written('casse/casse.tarif', broken);
    const ran = run(['bill', '-', '--tariffs', join(command.folder, 'casse')], { input: JSON.stringify({ ...june(1), tarif: 'X' }) });
    expect([ran.status, ran.stdout]).toEqual([1, '']);
    expect(ran.stderr).toContain('unites/prix');
  });
  it('test counts the examples that are exact, and shows the one that is off', () => {
    const book = (total: string): string => `édition « Deux exemples » en vigueur le 1er avril 2026
  arrondit les lignes à 0,01 $
tarif X « X »
article 1.1 « Un »
  frais 15 ¢/jour
  exemple « juste »
    période du 1er juin 2026 au 30 juin 2026
    donne
      total = 4,5 $
  exemple « faux »
    période du 1er juin 2026 au 30 juin 2026
    donne
      total = ${total}
`;
    const off = run(['test', written('exemples.tarif', book('4,500001 $'))]);
    expect([off.status, off.stderr]).toEqual([1, '']);
    expect(off.stdout).toMatch(/« faux »[^]*exemples\.tarif:10\n[^]*✗ │ +13 │ total │ +4,500001 \$ │[^]*\n1 exemple\(s\) exact\(s\), 1 en écart\.\n$/);
    expect(run(['test', written('exemples.tarif', book('4,5 $'))])).toEqual({ status: 0, stdout: '2 exemple(s) exact(s), 0 en écart.\n', stderr: '' });
  });
  it('runs the examples of one section with its whole edition, and checks that section alone', () => {
    const section = 'tariffs/2026-04-01/04-tarifs-de-moyenne-puissance/05-tarif-br.tarif';
    const own = readFileSync(join(root, section), 'utf8').match(/^ {2}exemple /gm)?.length;
    expect(run(['test', section])).toEqual({ status: 0, stdout: `${own} exemple(s) exact(s), 0 en écart.\n`, stderr: '' });
    expect(run(['check', section])).toEqual({ status: 0, stdout: '1 édition(s), 6 articles : 0 erreur(s), 0 avis.\n', stderr: '' });
  });
});
