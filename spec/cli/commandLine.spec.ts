/** Help, colours and what is said of a command that is wrong, in both languages, for every command that the root's help lists. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { coloured } from '../../src/cli/colors.ts';
import { openCommand, type Command, type Ran } from '../tools/command.ts';

let command: Command;
let names: string[] = [];
beforeAll(async () => {
  command = await openCommand();
  names = [...(/^Commandes\u00A0:\n([^]*?)\n\n/m.exec(command.run(['--help']).stdout)?.[1] ?? '').matchAll(/^ {2}([a-z]+)/gm)].map(([, name = '']) => name);
}, 60_000);
afterAll(() => { command.remove(); });
const ran = new Map<string, Ran>();
/** Each command once: several things are looked at in the same help. */
function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Ran {
  const key = JSON.stringify([args, env]);
  const known = ran.get(key) ?? command.run(args, { env });
  ran.set(key, known);
  return known;
}
/** What is asked of each command: its own name, or nothing for the root. */
const all = (): string[][] => [[], ...names.filter((name) => name !== 'help').map((name) => [name])];

/** Words of one language only, as they come in help; names, flags, paths and examples are no language. */
const ENGLISH = /(?<![\p{L}-])(?:the|of|and|for|with|from|each|this|that|is|are|or|not|an|to|as|by|shows?|gives?|command|files?|folders?|language|rates?|cases?|choices|default|Examples?:|Usage:|Options:)(?![\p{L}])/iu;
const FRENCH = /(?<![\p{L}-])(?:le|la|les|des|du|de|un|une|et|ou|pour|avec|dans|sur|ce|cette|chaque|fichiers?|dossiers?|langue|affiche|aide|cas|tarifs?|choix|commande|Exemples?)(?![\p{L}])/iu;
const prose = (text: string): string => text
  .replace(/^(?:Exemples?|Examples?)\u00A0?:\n[^]*/m, '').replace(/^ {2}[a-z]+ (?=[[<]|  )/gm, ' ')
  .replace(/^Usage\u00A0?: bareme(?: [a-z]+)?/m, (usage) => (usage.includes('\u00A0') ? '' : 'Usage ')).replace(/--[a-z-]+|\S*[/_.«»]\S*(?=\s)|NDJSON|JSON Schema|JSON|CSV|HTML/g, ' ');

describe('help', () => {
  it('lists the commands that there are', () => expect(names).toEqual(expect.arrayContaining(['bill', 'check', 'test', 'schema', 'coverage', 'help'])));
  it.each([['fr', FRENCH, ENGLISH, /^Exemples?\u00A0:\n {2}\S/m], ['en', ENGLISH, FRENCH, /^Examples?:\n {2}\S/m]] as const)('in %s: an example of every command, and no word of the other language', (lang, own, others, example) => {
    for (const args of all()) {
      const ran = run([...args, '--help'], lang === 'en' ? { LANG: 'en' } : {});
      const what = `bareme ${args.join(' ')} --help (${lang})`;
      expect([ran.status, ran.stderr], what).toEqual([0, '']);
      expect(ran.stdout, what).toMatch(example);
      expect(prose(ran.stdout), what).toMatch(own);
      expect(others.exec(prose(ran.stdout))?.[0], `${what}\n${ran.stdout}`).toBeUndefined();
    }
  }, 120_000);
  it('fits a terminal of 80 columns, examples apart', () => {
    for (const args of all()) for (const line of run([...args, '--help']).stdout.replace(/\nExemples?\u00A0:[^]*/, '').split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
  }, 60_000);
  it('follows the environment, and is what `help` shows too', () => {
    expect(run(['bill', '--help'], { LANG: 'en_CA.UTF-8' }).stdout).toContain('Usage: bareme bill [options] <case>');
    expect(run(['help', 'bill'])).toEqual(run(['bill', '--help']));
  });
});

describe('a command that is wrong', () => {
  it.each([
    [['bil', 'x'], "commande/inconnue  Il n'y a pas de commande « bil ». Le plus proche : « bill ».", 'commande/inconnue  There is no command “bil”. Did you mean “bill”?'],
    [['help', 'chek'], "commande/inconnue  Il n'y a pas de commande « chek ». Le plus proche : « check ».", 'commande/inconnue  There is no command “chek”. Did you mean “check”?'],
    [['schema', 'D', 'DP'], 'commande/argument-en-trop  « DP » est de trop : cette commande en prend 1.', 'commande/argument-en-trop  “DP” is one too many: this command takes 1.'],
    [['coverage', 'D'], "commande/argument-en-trop  « D » est de trop : cette commande ne prend pas d'argument.", 'commande/argument-en-trop  “D” is one too many: this command takes no argument.'],
    [['check', '--jsonn'], "commande/option-inconnue  Il n'y a pas d'option « --jsonn ». Le plus proche : « --json ».", 'commande/option-inconnue  There is no option “--jsonn”. Did you mean “--json”?'],
    [['check', '-x'], "commande/option-inconnue  Il n'y a pas d'option « -x ».", 'commande/option-inconnue  There is no option “-x”.'],
  ] as const)('%j', (args, french, english) => {
    for (const [lang, message, more] of [['fr', french, 'Pour en savoir plus\u00A0?: bareme'], ['en', english, 'To know more: bareme']] as const) {
      const ran = run(args, { LANG: lang });
      expect([ran.status, ran.stdout]).toEqual([2, '']);
      expect(ran.stderr.split('\n')[0]).toBe(message);
      expect(ran.stderr).toMatch(new RegExp(`\\nUsage\u00A0?: bareme[^\\n]*\\n${more.replace('\u00A0?', ' ?')}[^\\n]*--help\\n$`));
    }
  });
  it('an argument or a value that is missing is named in the language of the message', () => {
    expect(run(['bill']).stderr).toContain('commande/argument-absent  Il manque « cas ».\n');
    expect(run(['bill'], { LANG: 'en' }).stderr).toContain('commande/argument-absent  “case” is missing.\n');
    expect(run(['check', '--tariffs']).stderr).toContain("commande/valeur-absente  L'option « --tariffs <dossier> » attend une valeur.\n");
    expect(run(['check', '--tariffs'], { LANG: 'en' }).stderr).toContain('commande/valeur-absente  Option “--tariffs <folder>” needs a value.\n');
  });
  it.each(['es', 'EN', 'en_CA', ''])('--lang %j is refused', (lang) => {
    const ran = run(['check', '--lang', lang]);
    expect([ran.status, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toContain(`commande/choix  « ${lang} » ne convient pas à « --lang <langue> » ; les choix sont fr, en.\n`);
  });
  it('every command refuses an option that it does not have, in French', () => {
    for (const args of all()) {
      const ran = run([...args, '--nimporte']);
      expect([ran.status, ran.stdout], args.join(' ')).toEqual([2, '']);
      expect(ran.stderr, args.join(' ')).toMatch(/^commande\/option-inconnue {2}Il n'y a pas d'option « --nimporte »/);
    }
  }, 60_000);
});

describe('colours', () => {
  const terminal = { isTTY: true };
  it.each([
    ['a terminal', terminal, {}, true], ['a pipe', {}, {}, false], ['NO_COLOR', terminal, { NO_COLOR: '1' }, false], ['an empty NO_COLOR says nothing', terminal, { NO_COLOR: '' }, true],
    ['FORCE_COLOR', {}, { FORCE_COLOR: '1' }, true], ['FORCE_COLOR=0', terminal, { FORCE_COLOR: '0' }, false], ['NO_COLOR before FORCE_COLOR', terminal, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    ['a terminal without colours', terminal, { TERM: 'dumb' }, false], ['a pipe under CI', {}, { CI: 'true' }, false],
  ] as const)('%s', (_, stream, env, expected) => expect(coloured(stream, env)).toBe(expected));

  it('of every command go to a pipe only when they are forced, and never against NO_COLOR', () => {
    for (const args of all()) {
      const shown = (env: Readonly<Record<string, string>>): boolean => run([...args, '--help'], env).stdout.includes('\u001B');
      expect([shown({ NO_COLOR: '', CI: 'true' }), shown({ NO_COLOR: '', FORCE_COLOR: '1' }), shown({ FORCE_COLOR: '1' })], args.join(' ')).toEqual([false, true, false]);
    }
  }, 60_000);
  it('of results: the same text with and without them', () => {
    const bare = (text: string): string => text.replace(/\u001B\[[\d;]*m/g, '');
    for (const args of [['bill', 'examples/maison-d.json', '--explain'], ['schema', 'DP'], ['coverage'], ['bill', 'examples/absent.json']]) {
      const [piped, forced] = [run(args, { NO_COLOR: '', CI: 'true' }), run(args, { NO_COLOR: '', FORCE_COLOR: '1' })];
      expect(piped.stdout + piped.stderr).not.toContain('\u001B');
      expect({ ...forced, stdout: bare(forced.stdout), stderr: bare(forced.stderr) }).toEqual(piped);
    }
    expect(run(['bill', 'examples/maison-d.json'], { NO_COLOR: '', FORCE_COLOR: '1' }).stdout).toContain('\u001B[1m');
  });
});
