/** Every sample of the guides is run, or checked as far as it can be: see `tools/samples.ts` for how a guide writes them. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesEnding } from '../scripts/docs/links.ts';
import { newProgram } from '../src/cli/program.ts';
import { sourceFile } from '../src/source/file.ts';
import { parseFile } from '../src/syntax/parse.ts';
import { openCommand, root, type Command } from './tools/command.ts';
import { commandsOf, matches, samplesOf, type Sample } from './tools/samples.ts';

/** What is not run here, and why. */
const SHOWN: Readonly<Record<string, string>> = { lua: "an editor's settings", toml: "an editor's settings", elisp: "an editor's settings", mermaid: 'a picture', text: 'what something prints or says' };
const guides = filesEnding(root, '.md', 'docs').filter((path) => !path.startsWith('docs/reference/'));
const read = (path: string): Sample[] => samplesOf(readFileSync(join(root, path), 'utf8'));

let command: Command;
beforeAll(async () => { command = await openCommand(); }, 120_000);
afterAll(() => { command.remove(); });

/** A folder like the repository, in which a page may write: its commands find the tariffs and the examples where the page says. */
function openFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bareme-samples-'));
  for (const part of ['tariffs', 'examples', 'spec/reconcile', 'spec/fixtures']) cpSync(join(root, part), join(folder, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin/bareme'), `#!/bin/sh\nexec "${process.execPath}" "${join(command.folder, 'cli.js')}" "$@"\n`, { mode: 0o755 });
  return folder;
}
function shell(folder: string, line: string): { readonly status: number | null; readonly said: string } {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(LANG|LANGUAGE|LC_.*|FORCE_COLOR|NODE_OPTIONS)$/.test(name)));
  const ran = spawnSync('sh', ['-c', line], { cwd: folder, encoding: 'utf8', env: { ...env, NO_COLOR: '1', BAREME_CACHE: join(command.folder, 'cache'), PATH: `${join(folder, 'bin')}:${env['PATH'] ?? ''}` }, maxBuffer: 1 << 28 });
  return { status: ran.status, said: `${ran.stdout}${ran.stdout === '' || ran.stdout.endsWith('\n') ? '' : '\n'}${ran.stderr}` };
}

/** What adds each command to the program: the one function that its file exports under such a name. */
const adders = await Promise.all(readdirSync(join(root, 'src/cli/commands')).map(async (file) => {
  const found = Object.entries(await import(join(root, 'src/cli/commands', file)) as Record<string, unknown>).filter(([name]) => /^add[A-Z]/.test(name)).map(([, add]) => add as (program: ReturnType<typeof newProgram>) => void);
  return found;
})).then((all) => all.flat());

/** What is wrong with how a command is written, found without running it; nothing for another program's. */
async function misuse(line: string): Promise<string | undefined> {
  const words = spawnSync('sh', ['-c', `bareme() { printf '%s\\0' "$@"; }\n${line.replace(/ [|<>] .*$/, '')}`], { encoding: 'utf8' });
  if (!/^(?:npx )?bareme\b/.test(line)) return undefined;
  let complaint = '';
  const program = newProgram();
  for (const add of adders) add(program);
  const quiet = (each: typeof program): void => { each.configureOutput({ writeOut: () => undefined, writeErr: (text) => { complaint += text; } }).exitOverride(); each.commands.forEach((child) => { child.action(() => undefined); quiet(child); }); };
  quiet(program);
  try {
    await program.parseAsync(words.stdout.split('\0').slice(0, -1), { from: 'user' });
  } catch {
    // Help ends by an exception too, with nothing to complain about.
    return complaint === '' ? undefined : complaint;
  }
  return undefined;
}

describe.each(guides)('%s', (path) => {
  const samples = read(path);
  it('says of each sample what it is', () => {
    const known = ['console', 'ts', 'json', 'csv', 'tarif', ...Object.keys(SHOWN)];
    expect(samples.filter(({ language }) => !known.includes(language)).map(({ line, language }) => `line ${line}: ${language}`)).toEqual([]);
  });
  const tariffs = samples.filter(({ language }) => language === 'tarif');
  // The samples of the language's own guide are checked and worked out by guide.spec.ts.
  if (tariffs.length > 0 && path !== 'docs/langage.md') it('has samples of the language that read', () => {
    const wrong = tariffs.flatMap(({ text, line }) => {
      const whole = /^(?:édition|article|tarif|option|dispositions|modèle|chapitre|section) /m.test(text) ? text : `article 1.1 « Échantillon »\n${text.replace(/^/gm, '  ')}\n`;
      return parseFile(sourceFile(path, whole)).diagnostics.map(({ code }) => `line ${line}: ${code}`);
    });
    expect(wrong).toEqual([]);
  });
  const json = samples.filter(({ language, name }) => language === 'json' && name === '');
  if (json.length > 0) it('has JSON that reads', () => { for (const { text, line } of json) expect(() => { JSON.parse(text); }, `line ${line}`).not.toThrow(); });

  const run = samples.filter(({ language, name }) => language === 'console' || (name !== '' && language !== 'ts'));
  if (run.some(({ language }) => language === 'console')) it('has commands that do what it says', async () => {
    const folder = openFolder();
    try {
      for (const { language, name, text, line, notes } of run) {
        for (const note of notes) if (note.startsWith('before: ')) expect(shell(folder, note.slice(8)), `line ${line}: ${note}`).toMatchObject({ status: 0 });
        if (language !== 'console') { mkdirSync(dirname(join(folder, name)), { recursive: true }); writeFileSync(join(folder, name), `${text}\n`); continue; }
        const commands = commandsOf(text);
        const exits = (notes.find((note) => note.startsWith('exit '))?.slice(5) ?? '0').split(' ').map(Number);
        for (const [index, { command: written, expected }] of commands.entries()) {
          const what = `${path}:${line}: ${written}`;
          const exit = exits.length === 1 ? (index === commands.length - 1 ? exits[0] : 0) : exits[index];
          if (exit !== 2) expect(await misuse(written), what).toBeUndefined();
          if (notes.some((note) => note.startsWith('not run: '))) continue;
          const { status, said } = shell(folder, written);
          expect(status, `${what}\n${said}`).toBe(exit);
          if (expected !== undefined) expect(matches(expected, said) ? '' : said, what).toBe('');
        }
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 240_000);

  const modules = samples.filter(({ language }) => language === 'ts');
  if (modules.length > 0) it('has modules that compile and print what it says', async () => {
    const folder = openFolder();
    try {
      for (const { language, name, text } of samples) if (language !== 'console' && name !== '') { mkdirSync(dirname(join(folder, name)), { recursive: true }); writeFileSync(join(folder, name), `${text}\n`); }
      const named = modules.map((each, index) => ({ ...each, file: each.name === '' ? `sample-${index + 1}.ts` : each.name }));
      for (const { file, text } of named) writeFileSync(join(folder, file), `${text}\n`);
      const paths = { bareme: [join(root, 'src/index.ts')], 'bareme/prettier': [join(root, 'src/format/plugin.ts')] };
      const options: ts.CompilerOptions = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, noEmit: true, skipLibCheck: true, allowImportingTsExtensions: true, types: ['node'], typeRoots: [join(root, 'node_modules/@types')], paths };
      writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
      const program = ts.createProgram(named.map(({ file }) => join(folder, file)), options);
      expect(ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => `${file?.fileName ?? ''}:${start ?? 0} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`)).toEqual([]);
      const mark = '—— sample';
      const runs = named.filter(({ name }) => name === '');
      writeFileSync(join(folder, 'all.ts'), runs.map(({ file }) => `console.log('${mark}'); await import('./${file}');`).join('\n'));
      await build({
        entryPoints: [join(folder, 'all.ts')], outfile: join(folder, 'all.js'), bundle: true, platform: 'node', format: 'esm', logLevel: 'error', absWorkingDir: folder, external: ['prettier'],
        alias: Object.fromEntries(Object.entries(paths).reverse().map(([name, [file = '']]) => [name, file])),
        banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
      });
      const { status, said } = shell(folder, `"${process.execPath}" all.js`);
      expect(status, said).toBe(0);
      const printed = said.split(`${mark}\n`).slice(1);
      runs.forEach((each, index) => {
        const next = samples[samples.findIndex(({ line }) => line === each.line) + 1];
        const expected = next?.language === 'text' && next.follows ? next.text : '';
        expect(matches(expected, printed[index] ?? '') ? '' : printed[index], `${path}:${each.line}`).toBe('');
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, 240_000);
});

describe('the reader of samples', () => {
  it('finds files, commands, what they say, and the notes before them', () => {
    const found = samplesOf('a\n```json cas.json\n{}\n```\n\n<!-- exit 1 -->\n```console\n$ bareme a\nx\n$ bareme b\n```\n');
    expect(found.map(({ language, name, line, notes, follows }) => [language, name, line, notes, follows])).toEqual([['json', 'cas.json', 2, [], false], ['console', '', 7, ['exit 1'], true]]);
    expect(commandsOf(found[1]?.text ?? '')).toEqual([{ command: 'bareme a', expected: 'x' }, { command: 'bareme b', expected: undefined }]);
  });
  it.each([['a … z', 'a b\nc z', true], ['1 234 $', '1\u00A0234\u00A0$ \n', true], ['a', 'ab', false], ['a.c', 'abc', false]])('%j stands for %j: %s', (expected, said, is) => expect(matches(expected, said)).toBe(is));
  it('tells an option that a command does not have, and one that it has', async () => {
    expect(await misuse('bareme bill cas.json --jsonn')).toContain('commande/option-inconnue');
    expect(await misuse('bareme bil cas.json')).toContain('commande/inconnue');
    expect(await misuse('bareme bill cas.json --json | head')).toBeUndefined();
  });
});
