/** Completion at the Tab key: what may come next, and the script of each shell in that shell, where it is installed. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCommand, root, type Command } from '../tools/command.ts';

let command: Command;
beforeAll(async () => {
  command = await openCommand();
  // The command under its name, on the path; asked to do anything but complete, it says what it was given.
  const bareme = join(command.folder, 'bareme');
  writeFileSync(bareme, `#!/bin/sh\nif [ "$1" = complete ] || [ "$1" = completion ]; then exec "${process.execPath}" "${join(command.folder, 'cli.js')}" "$@"; fi\nprintf 'GIVEN'; printf '[%s]' "$@"; echo\n`);
  chmodSync(bareme, 0o755);
  mkdirSync(join(command.folder, 'mon dossier'));
  writeFileSync(join(command.folder, 'mon dossier', 'essai.tarif'), '');
  symlinkSync(join(root, 'tariffs'), join(command.folder, 'tariffs'));
  writeFileSync(join(command.folder, 'cas.json'), '');
  writeFileSync(join(command.folder, 'casier.txt'), '');
}, 60_000);
afterAll(() => { command.remove(); });

const lines = (...words: string[]): string[] => command.run(['complete', '--', ...words]).stdout.trimEnd().split('\n');
const values = (...words: string[]): string[] => lines(...words).slice(0, -1).map((line) => line.split('\t')[0] ?? '');

describe('what may come next', () => {
  it('a command, with what it does', () => {
    expect(values('')).toEqual(expect.arrayContaining(['bill', 'check', 'test', 'schema', 'coverage', 'completion', 'help']));
    expect(lines('')).toContain('bill\tfacture un cas');
    expect(command.run(['complete', '--', ''], { env: { LANG: 'en' } }).stdout).toContain('bill\tbills a case\n');
    expect(values('')).not.toContain('complete');
    expect(values('help', '')).toEqual(values(''));
  });
  it('a rate, then an option of that rate that was not given yet', () => {
    expect(lines('schema', '')).toEqual(expect.arrayContaining(['D\tTarif D', 'G9\tTarif G9', ':4']));
    expect(values('schema', 'D', '--option', '')).toEqual(expect.arrayContaining(['mesurage_net_1', 'crédit_hivernal_D']));
    expect(values('schema', 'D', '--option', '')).not.toContain('crédit_hivernal_G');
    expect(values('schema', 'D', '--option', 'mesurage_net_1', '')).not.toContain('mesurage_net_1');
    expect(values('schema', 'D', '--option', 'mesurage_net_1', '')).toContain('crédit_hivernal_D');
  }, 30_000);
  it('of the tariffs that the line names', () => {
    const folder = join(command.folder, 'autres');
    mkdirSync(folder);
    writeFileSync(join(folder, 'un.tarif'), "édition « Un » en vigueur le 1er avril 2026\n  arrondit les lignes à 0,01 $\ntarif ZZ « Tarif ZZ »\narticle 1.1 « Un »\n  frais 1 $/jour\n");
    expect(lines('schema', '--tariffs', folder, '')).toEqual(['ZZ\tTarif ZZ', ':4']);
    expect(lines('schema', `--tariffs=${folder}`, '')).toEqual(['ZZ\tTarif ZZ', ':4']);
    expect(lines('schema', '--tariffs', join(folder, 'absent'), '')).toEqual([':4']);
  });
  it('several rates or options in one word, each once', () => {
    expect(values('choose', 'x.json', '--tarifs', 'G,')).toEqual(expect.arrayContaining(['G,M', 'G,G9']));
    expect(values('choose', 'x.json', '--tarifs', 'G,M,')).not.toContain('G,M,G');
    expect(values('choose', 'x.json', '--options=crédit_hivernal_D+')).toContain('crédit_hivernal_D+mesurage_net_1');
  }, 30_000);
  it('the date of an edition, or a folder', () => {
    expect(values('compare', '')).toEqual(expect.arrayContaining(['2025-04-01', '2026-04-01']));
    expect(lines('compare', '2025-04-01', 'cop')).toEqual([':16']);
    expect(lines('compare', '2025-04-01', '2026-04-01', '--clients', '')).toEqual(['csv', 'ndjson', 'jsonl', 'parquet', ':8']);
    expect(lines('compare', '2025-04-01', '2026-04-01', '--csv', '')).toEqual([':16']);
    expect(lines('compare', '2025-04-01', '2026-04-01', '--html', '')).toEqual(['html', ':8']);
  }, 30_000);
  it('an option of the command, once, and its choices', () => {
    expect(values('bill', 'x.json', '--e')).toEqual(expect.arrayContaining(['--explain', '--json', '--lang', '--tariffs', '--help']));
    expect(values('bill', '--explain', '-')).not.toContain('--explain');
    expect(lines('check', '--lang', '')).toEqual(['fr', 'en', ':4']);
    expect(lines('check', '--lang=')).toEqual(['fr', 'en', ':4']);
    expect(values('completion', '')).toEqual(['bash', 'zsh', 'fish', 'powershell']);
  });
  it('a file of the kind that is wanted, or a folder', () => {
    expect(lines('bill', '')).toEqual(['json', 'ndjson', 'jsonl', ':8']);
    expect(lines('check', 'a.tarif', '')).toEqual(['tarif', ':8']);
    expect(lines('bill', 'x.json', '--tariffs', '')).toEqual([':16']);
  });
  it('nothing after what is wrong, and never a complaint', () => {
    for (const words of [['nimporte', ''], ['check', '--nimporte='], ['help', 'bill', ''], ['-'], []]) {
      const ran = command.run(['complete', '--', ...words]);
      expect([ran.status, ran.stderr], words.join(' ')).toEqual([0, '']);
      expect(ran.stdout, words.join(' ')).toMatch(/:4\n$/);
    }
  });
});

const has = (name: string): boolean => spawnSync(name, ['--version']).error === undefined;
const env = (): NodeJS.ProcessEnv => ({ ...process.env, PATH: `${command.folder}:${process.env['PATH']}`, TERM: 'xterm', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', HOME: command.folder, PS1: '> ', INPUTRC: '/dev/null' });
/** Types lines in a shell of a terminal, as a person would; gives what the command was given, each word between brackets. */
function typed(shell: string, prepare: string, keys: readonly string[]): string[] {
  writeFileSync(join(command.folder, 'prepare'), prepare);
  const input = [`. ./prepare`, ...keys, 'exit'].map((line) => `${line}\r`).join('');
  const ran = spawnSync('script', ['-qec', shell, '/dev/null'], { cwd: command.folder, input, encoding: 'utf8', env: env(), timeout: 60_000 });
  return [...ran.stdout.matchAll(/^GIVEN(.*?)\r?$/gm)].map(([, words = '']) => words);
}
/** What is typed, and what the command must then be given. */
const KEYS: readonly (readonly [typed: string, given: string])[] = [
  ['bareme sch\tDP', '[schema][DP]'],
  ['bareme schema Flex_\tD', '[schema][Flex_D]'],
  ['bareme check --lang=e\t', '[check][--lang=en]'],
  ['bareme check --tar\tx', '[check][--tariffs][x]'],
  ['bareme bill cas\t', '[bill][cas.json]'],
  ['bareme check mon\tessai\t', '[check][mon dossier/essai.tarif]'],
  ['bareme schema D --option mesurage_net_1 crédit\t', '[schema][D][--option][mesurage_net_1][crédit_hivernal_D]'],
];

describe('in a terminal', () => {
  it.runIf(has('bash') && has('script'))('bash completes, with no other package, read twice, and runs nothing of what is typed', () => {
    const given = typed('bash --norc --noprofile -i', 'source <(bareme completion bash)\nsource <(bareme completion bash)\n', [...KEYS.map(([keys]) => keys), "bareme check '$(touch trace)' x\t", 'bareme check essai$(test -e trace && echo couru)']);
    expect(given).toEqual([...KEYS.map(([, words]) => words), '[check][$(touch trace)][x]', '[check][essai]']);
  }, 90_000);
  it.runIf(has('zsh') && has('script'))('zsh', () => {
    // Where several are possible zsh redraws its list while what follows is typed: that one is left to people.
    const keys = KEYS.filter(([line]) => !line.includes('Flex_'));
    expect(typed('zsh -f -i', 'autoload -U compinit; compinit -u -D; source <(bareme completion zsh)\n', keys.map(([line]) => line))).toEqual(keys.map(([, words]) => words));
  }, 90_000);
  it.runIf(has('fish'))('fish', () => {
    const offered = (line: string): string[] => spawnSync('fish', ['--no-config', '-c', `bareme completion fish | source; complete -C '${line}'`], { cwd: command.folder, encoding: 'utf8', env: env() }).stdout.trimEnd().split('\n');
    expect(offered('bareme sch')).toEqual(["schema\tdonne le JSON Schema des cas d'un tarif"]);
    expect(offered('bareme schema D')).toEqual(expect.arrayContaining(['D\tTarif D', 'DP\tTarif DP']));
    expect(offered('bareme check --lang=').sort()).toEqual(['--lang=en', '--lang=fr']);
    expect(offered('bareme bill cas')).toEqual(expect.arrayContaining(['cas.json']));
  }, 60_000);
  it('there is a script for PowerShell', () => expect(command.run(['completion', 'powershell']).stdout).toContain('Register-ArgumentCompleter'));
});
