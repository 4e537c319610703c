/** Who may import whom. The folders are passes, and data flows one way; this table is where a change of that is decided. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

interface Rule {
  readonly folders: readonly string[];
  readonly packages?: readonly string[];
  /** Packages of which only types may be imported. */
  readonly types?: readonly string[];
  readonly node?: true;
}
const BASE = ['src/support', 'src/source'];
const CHECK = [...BASE, 'src/quantity', 'src/calendar', 'src/diagnostics', 'src/syntax'];
const EVALUATE = [...CHECK, 'src/check'];
const RENDER = [...EVALUATE, 'src/evaluate'];
const RULES: Readonly<Record<string, Rule>> = {
  grammar: { folders: [], packages: ['chevrotain'] },
  'src/support': { folders: [] },
  'src/source': { folders: [] },
  'src/quantity': { folders: ['src/support'], packages: ['decimal.js'] },
  'src/calendar': { folders: ['src/support', 'src/quantity'], packages: ['temporal-polyfill'] },
  'src/diagnostics': { folders: ['src/source'] },
  'src/syntax': { folders: [...BASE, 'grammar', 'src/diagnostics'], types: ['chevrotain'] },
  // The vocabulary for the months, which figures in words name.
  'src/check': { folders: [...CHECK, 'grammar'] },
  'src/evaluate': { folders: EVALUATE },
  'src/compile': { folders: RENDER },
  'src/contract': { folders: RENDER, packages: ['ajv', 'ajv-formats', 'lossless-json'] },
  // The formatter writes tokens, so it names their type.
  'src/format': { folders: [...BASE, 'grammar', 'src/diagnostics', 'src/syntax'], packages: ['prettier'], types: ['chevrotain'] },
  'src/render': { folders: [...RENDER, 'grammar'], packages: ['vega', 'vega-lite', 'd3-scale', 'hastscript', 'hast-util-to-html'], types: ['hast'] },
  'src/reconcile': { folders: [...CHECK, 'src/check', 'grammar'] },
  'src/analysis': { folders: [...RENDER, 'src/contract', 'src/render', 'src/compile'] },
  // Where editions are on disk: the command and the server look for them in the same way.
  'src/disk': { folders: [], node: true },
  'src/server': { folders: [...RENDER, 'src/disk', 'src/contract', 'src/format', 'src/render', 'grammar'], packages: ['vscode-languageserver', 'vscode-languageserver-textdocument'], node: true },
  // The public face shows the whole flow, and runs in a browser.
  'src/index.ts': { folders: [...RENDER, 'src/contract', 'src/render', 'src/format', 'src/analysis'] },
  'src/cli': { folders: [...RENDER, 'src/contract', 'src/render', 'src/format', 'src/reconcile', 'src/analysis', 'src/compile', 'src/server', 'src/disk', 'src/index.ts', 'grammar'], packages: ['commander', 'csv-parse', 'csv-stringify', 'picocolors', 'cli-table3', 'cli-progress', '@bomb.sh/tab', '@duckdb/node-api', '@myriaddreamin/typst-ts-node-compiler', 'prettier'], node: true },
};

interface Import { readonly from: string; readonly name: string; readonly typeOnly: boolean }

/** Every import, export … from and import() of a text. */
function importsOf(path: string, text: string): Import[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false);
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      found.push({ from: path, name: node.moduleSpecifier.text, typeOnly: node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword });
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      found.push({ from: path, name: node.moduleSpecifier.text, typeOnly: node.isTypeOnly });
    } else if (ts.isCallExpression(node) && (node.expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(node.expression) && node.expression.text === 'require'))) {
      const [argument] = node.arguments;
      found.push({ from: path, name: argument && ts.isStringLiteral(argument) ? argument.text : '(computed)', typeOnly: false });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The part of the table that a path belongs to. */
const folderOf = (path: string): string => {
  const [first = '', second = ''] = path.split('/');
  return first === 'src' ? `${first}/${second}` : first;
};
const packageOf = (name: string): string => name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/');

/** Why an import is not allowed, or undefined when it is. */
function breach({ from, name, typeOnly }: Import): string | undefined {
  const folder = folderOf(from);
  const rule = RULES[folder];
  if (!rule) return `${from}: the folder ${folder} is not in the table`;
  if (name.startsWith('node:')) return rule.node ? undefined : `${from} imports ${name}: only the command and the server touch the system`;
  if (name.startsWith('.')) {
    const target = folderOf(posix.join(posix.dirname(from), name));
    return target === folder || rule.folders.includes(target) ? undefined : `${from} imports ${target}`;
  }
  const allowed = [...(rule.packages ?? []), ...(typeOnly ? (rule.types ?? []) : [])];
  return allowed.includes(packageOf(name)) ? undefined : `${from} imports ${typeOnly ? 'types of ' : ''}${name}`;
}

const files = ['grammar', 'src'].flatMap((folder) =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/')),
).sort();
const imports = files.flatMap((path) => importsOf(path, readFileSync(join(root, path), 'utf8')));

describe('the folders', () => {
  it('import only what the table lets them', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(imports.map(breach).filter((found) => found !== undefined)).toEqual([]);
  });

  it('form no cycle: each imports only folders that stand before it in the table', () => {
    const order = Object.keys(RULES);
    for (const [folder, rule] of Object.entries(RULES)) for (const other of rule.folders) expect(order.indexOf(other), `${folder} imports ${other}`).toBeLessThan(order.indexOf(folder));
  });
});

describe('the table', () => {
  const check = (from: string, text: string): (string | undefined)[] => importsOf(from, text).map(breach);
  it.each([
    ['src/quantity/a.ts', "import { Decimal } from 'decimal.js';"], ['src/syntax/a.ts', "import type { IToken } from 'chevrotain';"], ['src/check/rules/a.ts', "import { b } from '../../syntax/b.ts';"], ['src/cli/a.ts', "import { readFileSync } from 'node:fs';"],
    ['src/contract/a.ts', "import Ajv from 'ajv/dist/2020.js';"], ['src/check/a.ts', "export * from './b.ts';"],
  ])('lets %s say %s', (from, text) => expect(check(from, text)).toEqual([undefined]));
  it.each([
    ['src/check/a.ts', "import { Decimal } from 'decimal.js';"], ['src/syntax/a.ts', "import { Lexer } from 'chevrotain';"], ['src/support/a.ts', "import '../source/file.ts';"], ['src/syntax/a.ts', "export { b } from '../check/b.ts';"],
    ['src/evaluate/a.ts', "const fs = await import('node:fs');"], ['src/render/a.ts', "import Ajv from 'ajv';"], ['src/check/a.ts', "import type { Bill } from '../evaluate/bill.ts';"], ['src/utils/a.ts', "import './b.ts';"], ['src/index.ts', "import 'node:path';"], ['src/check/a.ts', 'await import(name);'],
  ])('keeps %s from saying %s', (from, text) => expect(check(from, text)).toEqual([expect.any(String)]));
});
