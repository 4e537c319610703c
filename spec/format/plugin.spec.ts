/** The plugin as others use it: prettier's own command, with the bundle that the package exports. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { format } from 'prettier';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatTarif } from '../../src/format/format.ts';
import * as plugin from '../../src/format/plugin.ts';
import { sourceFile } from '../../src/source/file.ts';
import { root, textOf } from './files.ts';

const SAMPLE = 'tariffs/2026-04-01/02-tarifs-domestiques/03-tarif-dp.tarif';
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bareme-plugin-'));
  // What the bundle leaves to be found (the library of the parser) is, as where the package is installed.
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const { bundling, library } = await import(join(root, 'scripts/bundling.mjs')) as { bundling: BuildOptions; library: BuildOptions };
  await build({ ...bundling, ...library, entryPoints: [join(root, 'src/format/plugin.ts')], outfile: join(folder, 'prettier.js') });
});
afterAll(() => { rmSync(folder, { recursive: true }); });

const prettier = (...args: string[]): { status: number | null; stdout: string; stderr: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'node_modules/prettier/bin/prettier.cjs'), '--plugin', join(folder, 'prettier.js'), '--ignore-path', join(folder, 'none'), '--no-config', ...args], { cwd: folder, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' } });
  return { status, stdout, stderr };
};
const written = (name: string, text: string): string => { writeFileSync(join(folder, name), text); return name; };
async function right(text: string): Promise<string> {
  const result = await formatTarif(sourceFile('essai.tarif', text));
  return 'text' in result ? result.text : '';
}

describe('prettier --plugin', () => {
  it('writes what bareme writes, whatever its options, and says so of a file that is written', async () => {
    const text = textOf(SAMPLE).replace(/ {2}/g, '   ');
    const expected = await right(text);
    expect(expected.length).toBeGreaterThan(1000);
    const ran = prettier('--tab-width', '8', '--use-tabs', '--print-width', '20', written('a.tarif', text));
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout).toBe(expected);
    expect(prettier('--check', 'a.tarif').status).toBe(1);
    expect(prettier('--write', 'a.tarif').status).toBe(0);
    expect(readFileSync(join(folder, 'a.tarif'), 'utf8')).toBe(expected);
    expect(prettier('--check', 'a.tarif').status).toBe(0);
  });
  it("finds by its own comparison that the tree is the same, and that a second time changes nothing", () => {
    const ran = prettier('--debug-check', written('b.tarif', textOf(SAMPLE)));
    expect([ran.status, ran.stderr]).toEqual([0, '']);
  });
  it('refuses a file that cannot be read, says where, and leaves it', () => {
    const text = 'tarif X « X »\narticle 1.1 « A »\n  x = = 3\n';
    const ran = prettier('--write', written('c.tarif', text));
    expect([ran.status, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toContain('syntaxe/inattendu');
    expect(ran.stderr).toMatch(/> 3 \| {3}x = = 3\n.*\| {7}\^/);
    expect(readFileSync(join(folder, 'c.tarif'), 'utf8')).toBe(text);
  });
  it('gives CRLF to who asks for it', async () => {
    expect(await format('chapitre 1 « A »', { parser: 'tarif', plugins: [plugin], endOfLine: 'crlf' })).toBe('chapitre 1 «\u00A0A\u00A0»\r\n');
  });
});

it('the package exports the plugin from where the build writes it', () => {
  const { exports } = JSON.parse(textOf('package.json')) as { exports: Record<string, { default: string; types: string }> };
  expect(exports['./prettier']).toEqual({ types: './dist/types/src/format/plugin.d.ts', default: './dist/prettier.js' });
  expect(textOf('scripts/build.mjs')).toContain("prettier: 'src/format/plugin.ts'");
  expect(textOf('tsconfig.types.json')).toContain('src/format/plugin.ts');
});
