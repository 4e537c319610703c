/** The cache as a process sees it: nothing that is stale, damaged or forbidden changes a result, and nothing of it is ever said to the user. */
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cacheFolder } from '../../src/cli/cache/place.ts';
import { openCommand, type Command, type Ran } from '../tools/command.ts';

let command: Command;
let tariffs: string;
let cache: string;
beforeAll(async () => {
  command = await openCommand();
  tariffs = join(command.folder, 'tarifs');
  mkdirSync(tariffs);
  cpSync('tariffs/2024-04-01', join(tariffs, '2024-04-01'), { recursive: true });
  cpSync('tariffs/2025-04-01', join(tariffs, '2025-04-01'), { recursive: true });
  cpSync('tariffs/2023-04-01', join(tariffs, '2023-04-01'), { recursive: true });
  cpSync('tariffs/2026-04-01', join(tariffs, '2026-04-01'), { recursive: true });
}, 60_000);
afterAll(() => { command.remove(); });
beforeEach(() => { cache = join(command.folder, 'garde'); rmSync(cache, { recursive: true, force: true }); });

const bill = (env: Readonly<Record<string, string>> = {}): Ran => command.run(['bill', 'examples/maison-d.json', '--json', '--trace', '--tariffs', tariffs], { env: { BAREME_CACHE: cache, ...env } });
const without = (): Ran => bill({ BAREME_CACHE: 'off' });
const log = (): string => bill({ BAREME_CACHE_LOG: '1' }).stderr;
const kept = (): string[] => readdirSync(cache, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));

describe('a bill', () => {
  it('is the same the first time, the second time, and without a cache; the second one reads no statement', () => {
    const expected = without();
    expect(expected.status).toBe(0);
    expect([bill(), bill()]).toEqual([expected, expected]);
    expect(log()).toMatch(/served editions\n.*served program \d+ D\n$/);
  });

  it('follows an edit of any file, and its withdrawal', () => {
    const path = readdirSync(join(tariffs, '2026-04-01', '02-tarifs-domestiques')).map((name) => join(tariffs, '2026-04-01', '02-tarifs-domestiques', name)).find((name) => /^tarif D /m.test(readFileSync(name, 'utf8'))) ?? '';
    const text = readFileSync(path, 'utf8');
    const before = bill();
    writeFileSync(path, text.replaceAll('46,154', '46,155'));
    const changed = bill();
    expect(changed.stdout).not.toBe(before.stdout);
    expect([changed, bill()]).toEqual([without(), without()]);
    // What is wrong now refuses the bill, whatever was kept.
    writeFileSync(path, `${text}\n  ???\n`);
    expect([bill(), bill()]).toEqual([without(), without()]);
    writeFileSync(path, text);
    expect([bill(), bill()]).toEqual([before, before]);
  });

  it('is made again from the files when what was kept is cut short, changed, lengthened, emptied or put under another name', () => {
    const expected = without();
    const damages: readonly ((bytes: Buffer) => Uint8Array)[] = [
      (bytes) => bytes.subarray(0, bytes.length >> 1), (bytes) => bytes.subarray(0, 20), () => Buffer.of(), (bytes) => Buffer.concat([bytes, Buffer.of(0)]),
      (bytes) => { const copy = Buffer.from(bytes); copy[copy.length >> 1] = (copy[copy.length >> 1] ?? 0) ^ 1; return copy; },
    ];
    for (const damage of damages) {
      bill();
      const files = kept();
      expect(files.length).toBe(2);
      for (const file of files) writeFileSync(file, damage(readFileSync(file)));
      expect(log()).toContain('damaged, not believed');
      expect(bill()).toEqual(expected);
    }
    const [first = '', second = ''] = kept();
    const [one, two] = [readFileSync(first), readFileSync(second)];
    writeFileSync(first, two); writeFileSync(second, one);
    expect(bill()).toEqual(expected);
  });

  it('does without a cache that cannot be written, or that is a file, and says nothing of it', () => {
    const expected = without();
    writeFileSync(cache, 'ceci est un fichier');
    expect([bill(), bill()]).toEqual([expected, expected]);
    expect(readFileSync(cache, 'utf8')).toBe('ceci est un fichier');
    rmSync(cache);
    mkdirSync(cache);
    chmodSync(cache, 0o500);
    expect([bill(), bill()]).toEqual([expected, expected]);
    chmodSync(cache, 0o700);
  });

  it('of a list: those that were kept, and those that were not', () => {
    const d = { tarif: 'D', periode: { debut: '2026-06-01', fin: '2026-07-01' }, donnees: { energie: 900 } };
    const input = JSON.stringify([d, { ...d, tarif: 'DDD' }, { ...d, tarif: 'DP', donnees: { energie: 900, puissance_maximale_appelee: 60, phases: 1 } }, { ...d, donnes: {} }, d]);
    const run = (env: Readonly<Record<string, string>>): Ran => command.run(['bill', '-', '--json', '--tariffs', tariffs], { input, env });
    bill();
    const found = [1, 2, 3].map(() => run({ BAREME_CACHE: cache }));
    const expected = run({ BAREME_CACHE: 'off' });
    expect(found).toEqual([expected, expected, expected]);
  });
});

describe('check', () => {
  it('says the same of the same files, right or wrong, whatever part of them is named', () => {
    const wrong = join(command.folder, 'faux');
    cpSync('tariffs/2024-04-01', wrong, { recursive: true });
    writeFileSync(join(wrong, 'de-trop.tarif'), 'tarif ZZ « Z »\n\narticle 99.1 « Rien »\n  énergie 3 ¢/kW\n  ???\n');
    for (const args of [['check', wrong], ['check', join(wrong, 'de-trop.tarif')], ['check', wrong, '--json', '--lang', 'en']]) {
      const run = (where: string): Ran => command.run(args, { env: { BAREME_CACHE: where } });
      const expected = run('off');
      expect(expected.status).toBe(1);
      expect([run(cache), run(cache)]).toEqual([expected, expected]);
    }
  });
});

describe('the place of the cache', () => {
  it('is what BAREME_CACHE says, or that of the system', () => {
    expect(cacheFolder({ BAREME_CACHE: 'off' }, 'linux', '/home/a')).toBe(undefined);
    expect(cacheFolder({ BAREME_CACHE: '/x/y' }, 'linux', '/home/a')).toBe('/x/y');
    expect(cacheFolder({ XDG_CACHE_HOME: '/c' }, 'linux', '/home/a')).toBe('/c/bareme');
    // A relative path is to be ignored, the specification says.
    expect(cacheFolder({ XDG_CACHE_HOME: 'c' }, 'linux', '/home/a')).toBe('/home/a/.cache/bareme');
    expect(cacheFolder({}, 'darwin', '/Users/a')).toBe('/Users/a/Library/Caches/bareme');
    expect(cacheFolder({}, 'linux', '')).toBe(undefined);
  });

  it('keeps the last states only, and is emptied without touching what is not its own', () => {
    mkdirSync(cache);
    writeFileSync(join(cache, 'notes.txt'), 'à moi');
    for (let i = 0; i < 12; i++) mkdirSync(join(cache, `v1-${String(i).padStart(32, '0')}`));
    bill();
    expect(readdirSync(cache).filter((name) => name.startsWith('v1-')).length).toBe(8);
    const run = (...args: string[]): Ran => command.run(['cache', ...args], { env: { BAREME_CACHE: cache } });
    expect(JSON.parse(run('--json').stdout)).toMatchObject({ version: 1, dossier: cache, etats: 8 });
    expect(run('clear').status).toBe(0);
    expect(readdirSync(cache)).toEqual(['notes.txt']);
    expect(run('vider').status).toBe(2);
  });
});
