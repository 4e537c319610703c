/** The formatter on every file that we have: the meaning stays, a second time changes nothing, and it is quick. */
import { describe, expect, it } from 'vitest';
import type { SourceFile } from '../../src/source/file.ts';
import { sourceFile } from '../../src/source/file.ts';
import { formatTarif } from '../../src/format/format.ts';
import { parseFile } from '../../src/syntax/parse.ts';
import { paths, samples, textOf } from './files.ts';

/** A tree without its places; what a number is, not how it is written. A no-break space is a space. */
function treeOf(file: SourceFile): unknown {
  const { value, diagnostics } = parseFile(file);
  expect(diagnostics).toEqual([]);
  return bare(value.blocks);
}
function bare(node: unknown): unknown {
  if (typeof node === 'string') return node.replaceAll('\u00A0', ' ');
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return node.map(bare);
  const isQuantity = 'kind' in node && node.kind === 'quantity' && 'decimal' in node;
  return Object.fromEntries(Object.entries(node).filter(([key]) => key !== 'span' && !(isQuantity && key === 'text')).map(([key, value]) => [key, bare(value)]));
}
async function formatted(path: string, text: string): Promise<string> {
  const result = await formatTarif(sourceFile(path, text));
  if (!('text' in result)) throw new Error(`${path}: ${result.diagnostics.map(({ code }) => code).join(', ')}`);
  return result.text;
}

describe('a formatted file', () => {
  it.each([...paths.map((path) => [path, textOf(path)]), ...samples.map((text, index) => [`sample ${index + 1}`, text])])('%s: says the same, and is formatted', async (path = '', text = '') => {
    const once = await formatted(path, text);
    expect(treeOf(sourceFile(path, once))).toEqual(treeOf(sourceFile(path, text)));
    expect(await formatted(path, once)).toBe(once);
  });
});
