/** The extension of VS Code: what it declares, what its package holds, and what it does once it runs, with the real server. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VOCABULARY } from '../../grammar/vocabulary.ts';
import { LANGUAGE_ID, textmateGrammar } from '../../src/render/textmate.ts';
import { sourceFile } from '../../src/source/file.ts';
import { parseFile } from '../../src/syntax/parse.ts';
import { root } from '../tools/command.ts';
import type * as Fake from '../tools/fakeVscode.ts';

const home = join(root, 'editors/vscode');
const json = <T>(path: string): T => JSON.parse(readFileSync(join(home, path), 'utf8')) as T;
interface Manifest {
  readonly version: string; readonly publisher: string; readonly main: string; readonly icon: string; readonly engines: { readonly vscode: string };
  readonly contributes: {
    readonly languages: readonly { readonly id: string; readonly extensions: readonly string[]; readonly configuration: string }[]; readonly grammars: readonly { readonly path: string; readonly scopeName: string }[]; readonly snippets: readonly { readonly path: string }[];
    readonly commands: readonly { readonly command: string }[]; readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>; readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
  };
}
const manifest = json<Manifest>('package.json');
const commands = manifest.contributes.commands.map(({ command }) => command);

describe('the manifest', () => {
  it('has the version of the whole, and asks for no editor older than the types it is checked with', () => {
    const whole = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string; devDependencies: Record<string, string> };
    expect(manifest.version).toBe(whole.version);
    expect(manifest.engines.vscode).toBe(`^${whole.devDependencies['@types/vscode']}`);
  });
  it('knows .tarif files by the language and the colours that are generated', () => {
    expect(manifest.contributes.languages).toEqual([expect.objectContaining({ id: LANGUAGE_ID, extensions: ['.tarif'] })]);
    expect(manifest.contributes.grammars.map(({ scopeName }) => scopeName)).toContain(textmateGrammar().scopeName);
  });
  it('names only files that are there', () => {
    const paths = [...manifest.contributes.languages.map(({ configuration }) => configuration), ...manifest.contributes.grammars.map(({ path }) => path), ...manifest.contributes.snippets.map(({ path }) => path), manifest.icon];
    expect(paths.filter((path) => !existsSync(join(home, path)))).toEqual([]);
  });
  it('says every text in both languages', () => {
    const asked = new Set([...readFileSync(join(home, 'package.json'), 'utf8').matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key));
    for (const path of ['package.nls.json', 'package.nls.fr.json']) expect(new Set(Object.keys(json<object>(path))), path).toEqual(asked);
  });
  it('puts in menus only commands that it has', () => expect(Object.values(manifest.contributes.menus).flat().map(({ command }) => command).filter((command) => !commands.includes(command))).toEqual([]));
});

describe('blocks', () => {
  /** What a block writes when every place keeps what is proposed. */
  const filled = (lines: readonly string[]): string => lines.join('\n')
    .replace(/\$\{\d+\|([^,|]*)[^}]*\|\}/g, '$1').replace(/\$\{\d+:([^{}]*)\}/g, '$1').replace(/\$\{\d+:([^{}]*)\}/g, '$1').replace(/(?<!\\)\$\d/g, '').replace(/\\\$/g, '$');
  const blocks = Object.entries(json<Record<string, { prefix: string | readonly string[]; description: string; body: readonly string[] }>>('snippets/tarif.json'));
  it.each(blocks)('%s is read by the parser as it is', (name, { body }) => {
    const text = filled(body);
    expect(text, name).not.toMatch(/\$\{|\\/);
    const margin = /^(?:article|tarif|option|dispositions)/.test(text);
    const file = margin ? `${text}\n${/\n {2}\S/.test(text.trimEnd()) ? '' : '  note « x »\n'}` : `article 1.1 « Un »\n${text.split('\n').map((line) => `  ${line}`).join('\n')}\n`;
    const { diagnostics } = parseFile(sourceFile('bloc.tarif', file));
    expect(diagnostics.map(({ code, params }) => [code, params]), file).toEqual([]);
  });
});

describe('the configuration of the language', () => {
  const configuration = json<{ comments: { lineComment: string }; wordPattern: string; indentationRules: { increaseIndentPattern: string; decreaseIndentPattern: string } }>('language-configuration.json');
  const deeper = new RegExp(configuration.indentationRules.increaseIndentPattern);
  const margin = new RegExp(configuration.indentationRules.decreaseIndentPattern);
  it.each(['article 2.5 « Structure »', '  énergie', '  prime de puissance_à_facturer', '  part =', '  crédit_de_tension = d\'après tension', '  exemple « un cas »', '    donne', '    historique', '    relève du 31 mars 2026', '  lecture « le mois »'])('after « %s » a line is deeper', (line) => expect(deeper.test(line)).toBe(true));
  it.each(['  frais 46,154 ¢/jour', '  énergie = 1 200 kWh', '    7,065 ¢/kWh  au-delà', '  note « exemple »', '  seuil = 50 kW', '    total = 98,6262 $', '    tarif D', '# part =', '  exige énergie > 0 kWh', '  montant de l\'énergie = 4 $'])('after « %s » it is not', (line) => expect(deeper.test(line)).toBe(false));
  it.each([['article 2.6 « Suite »', true], ['  article 2.6 « Suite »', true], ['tarif D « Tarif D »', true], ['    tarif D', false], ['    option rodage', false], ['  note « article »', false]])('« %s » belongs at the margin: %s', (line, expected) => expect(margin.test(line)).toBe(expected));
  it('takes a name of the book for one word, accents and all', () => {
    const words = (text: string): string[] => [...text.matchAll(new RegExp(configuration.wordPattern, 'g'))].map(([word]) => word);
    expect(words('puissance_à_facturer × 15\u00A0090,5 kWh')).toEqual(['puissance_à_facturer', '15\u00A0090,5', 'kWh']);
    for (const { spellings } of VOCABULARY) expect(words(spellings[0] ?? '').join('').length).toBeGreaterThan(0);
  });
});

const BROKEN = `édition « Deux exemples » en vigueur le 1er avril 2026
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
      total = 4,6 $
`;

/** Packed once: what is activated below is what the package holds. */
let folder: string;
let names: readonly string[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bareme-vscode-'));
  const { bundleExtension, packExtension } = await import(join(root, 'scripts/vsix.mjs')) as { bundleExtension: (to: string) => Promise<void>; packExtension: (path: string) => Promise<string> };
  await bundleExtension(join(home, 'dist'));
  names = unzip(readFileSync(await packExtension(join(folder, 'bareme.vsix'))), folder);
}, 120_000);
afterAll(() => { rmSync(folder, { recursive: true }); });

describe('the package', () => {
  it('holds what runs, and nothing of the sources', () => {
    const fixed = names.filter((name) => !name.startsWith('extension/dist/parts/')).sort();
    expect(fixed).toEqual([
      '[Content_Types].xml', 'extension.vsixmanifest', 'extension/dist/examples.mjs', 'extension/dist/extension.cjs', 'extension/dist/server.mjs', 'extension/icon.png', 'extension/language-configuration.json', 'extension/package.json', 'extension/package.nls.fr.json', 'extension/package.nls.json',
      'extension/readme.md', 'extension/snippets/tarif.json', 'extension/syntaxes/markdown.tmLanguage.json', 'extension/syntaxes/tarif.tmLanguage.json',
    ]);
    expect(names.length).toBeGreaterThan(fixed.length);
  });
  it('is made by one command', () => expect((JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }).scripts['vsix']).toBe('node scripts/vsix.mjs'));
  it('says the same as the manifest, and where it starts is in it', () => {
    expect(JSON.parse(readFileSync(join(folder, 'extension/package.json'), 'utf8'))).toEqual(manifest);
    expect(names).toContain(`extension/${manifest.main.replace(/^\.\//, '')}`);
    expect(readFileSync(join(folder, 'extension.vsixmanifest'), 'utf8')).toContain(`Id="bareme" Version="${manifest.version}" Publisher="${manifest.publisher}"`);
  });
  it('holds nothing of this machine', () => {
    for (const name of names.filter((each) => /\.(?:mjs|cjs)$/.test(each))) expect(readFileSync(join(folder, name), 'utf8').includes(root), name).toBe(false);
  });
});

describe('once activated, with the server that it carries', () => {
  let fake: typeof Fake;
  let extension: { activate: (context: object) => Promise<void>; deactivate: () => Promise<void> };
  const context = (): object => ({ extensionPath: join(folder, 'extension'), subscriptions: [] });
  const file = (): string => join(folder, 'exemples.tarif');
  const until = async (what: string, condition: () => boolean): Promise<void> => {
    for (let tries = 0; tries < 300; tries++) { if (condition()) return; await new Promise((resolve) => { setTimeout(resolve, 100); }); }
    expect.fail(`${what}\n${fake.told.output.join('\n')}\n${fake.told.messages.join('\n')}`);
  };
  beforeAll(async () => {
    await build({ entryPoints: [join(root, 'spec/tools/fakeVscode.ts')], outfile: join(folder, 'extension/node_modules/vscode/index.js'), bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' });
    writeFileSync(file(), BROKEN);
    const require = createRequire(join(folder, 'extension/dist/'));
    fake = require('vscode') as typeof fake;
    extension = require(join(folder, 'extension/dist/extension.cjs')) as typeof extension;
    await extension.activate(context());
  }, 120_000);
  afterAll(async () => { await extension.deactivate(); }, 30_000);

  it('has every command of its manifest, and no complaint', () => {
    expect([...fake.told.commands.keys()].filter((name) => name.startsWith('bareme.')).sort()).toEqual([...commands].sort());
    expect(fake.told.messages).toEqual([]);
  });
  it('offers what the server offers', () => {
    expect(fake.told.providers).toEqual(expect.arrayContaining(['registerHoverProvider', 'registerDocumentFormattingEditProvider', 'registerCompletionItemProvider', 'registerDefinitionProvider']));
  });
  it('shows the mistakes of a file that is opened, and takes them away when it is mended', async () => {
    const path = join(folder, 'faute.tarif');
    const document = fake.openFile(path, BROKEN.replace('15 ¢/jour', '15 $/kWh'));
    await until('no diagnostic came', () => (fake.told.diagnostics.get(document.uri.toString()) ?? []).length > 0);
    expect(fake.told.diagnostics.get(document.uri.toString())?.map(({ code }) => (typeof code === 'object' && code !== null && 'value' in code ? code.value : code))).toContain('unites/prix');
    document.version++;
    const text = document.text;
    document.text = text.replace('15 $/kWh', '15 ¢/jour');
    const lines = text.split('\n').length;
    fake.happen('onDidChangeTextDocument', { document, contentChanges: [{ range: new fake.Range(0, 0, lines, 0), rangeOffset: 0, rangeLength: text.length, text: document.text }], reason: undefined });
    await until('the diagnostics stayed', () => !(fake.told.diagnostics.get(document.uri.toString()) ?? []).some(({ code }) => JSON.stringify(code).includes('unites/prix')));
  }, 60_000);
  it('marks the examples of an open file', () => {
    fake.openFile(file());
    expect([...fake.told.controllers.at(-1)!.items.get(fake.Uri.file(file()).toString())!.children.values()].map(({ label, range }) => [label, range?.start.line])).toEqual([['juste', 5], ['faux', 9]]);
  });
  it('runs them: one is exact, the other shows what was expected beside what was found', async () => {
    (fake.window as { activeTextEditor: unknown }).activeTextEditor = { document: fake.openFile(file()) };
    await fake.told.commands.get('bareme.runExamples')!();
    expect(fake.told.tests.map(({ state, label }) => [state, label])).toEqual([['passed', 'juste'], ['failed', 'faux']]);
    const [message] = fake.told.tests[1]!.messages;
    expect([message?.expectedOutput, message?.actualOutput, (message?.location?.range as { line: number }).line]).toEqual(['4,6 $', '4,5 $', 12]);
    // 30 × 15 ¢
    expect(message?.message.replace(/\u00A0/g, ' ')).toContain('15 ¢/jour × 30 jours');
  }, 60_000);
  it('a file with a mistake says it, and runs no example', async () => {
    const path = join(folder, 'casse.tarif');
    writeFileSync(path, BROKEN.replace('15 ¢/jour', '15 $/kWh'));
    fake.told.tests.length = 0;
    (fake.window as { activeTextEditor: unknown }).activeTextEditor = { document: fake.openFile(path) };
    await fake.told.commands.get('bareme.runExamples')!();
    expect(fake.told.tests.map(({ state }) => state)).toEqual(['errored', 'errored']);
    expect(fake.told.output.join('')).toMatch(/casse\.tarif:5 {2}unites\/prix/);
  }, 60_000);
  it('saves first, for what is run is what is on disk', async () => {
    const document = fake.openFile(file());
    document.text = BROKEN.replace('4,6 $', '4,5 $');
    document.isDirty = true;
    fake.told.tests.length = 0;
    (fake.window as { activeTextEditor: unknown }).activeTextEditor = { document };
    await fake.told.commands.get('bareme.runExamples')!();
    expect(fake.told.tests.map(({ state }) => state)).toEqual(['passed', 'passed']);
  }, 60_000);
  it('says that there is nothing to run where there is no example', async () => {
    (fake.window as { activeTextEditor: unknown }).activeTextEditor = undefined;
    await fake.told.commands.get('bareme.runExamples')!();
    expect(fake.told.messages.at(-1)).toBe("Il n'y a pas d'exemple à exécuter ici.");
  });
  it('starts again in English when it is asked, and formats through the editor', async () => {
    fake.told.settings.set('bareme.language', 'en');
    await fake.told.commands.get('bareme.restart')!();
    await fake.told.commands.get('bareme.runExamples')!();
    expect(fake.told.messages.at(-1)).toBe('There is no example to run here.');
    await fake.told.commands.get('bareme.format')!();
    expect(fake.told.executed).toContain('editor.action.formatDocument');
  }, 60_000);
  it('says so when the server does not start', async () => {
    await extension.deactivate();
    await extension.activate({ extensionPath: join(folder, 'nowhere'), subscriptions: [] });
    expect(fake.told.messages.join('\n')).toContain('The language server of Barème does not start.');
  }, 60_000);
});

/** Writes the files of a zip under a folder; gives their names, from its central directory. */
function unzip(bytes: Buffer, to: string): string[] {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const found: string[] = [];
  for (let at = bytes.readUInt32LE(end + 16), left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size, length, extra, comment, place] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42)];
    const name = bytes.subarray(at + 46, at + 46 + length).toString();
    const start = place + 30 + bytes.readUInt16LE(place + 26) + bytes.readUInt16LE(place + 28);
    const data = bytes.subarray(start, start + size);
    mkdirSync(dirname(join(to, name)), { recursive: true });
    writeFileSync(join(to, name), method === 0 ? data : inflateRawSync(data));
    found.push(name);
    at += 46 + length + extra + comment;
  }
  return found;
}
