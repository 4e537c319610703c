/** The guide to adding a construct names files, functions and tables: each is where it says. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const PAGES = ['docs/engineers/adding-a-construct.md', 'docs/architecture.md'];
const texts = PAGES.map((path) => readFileSync(join(root, path), 'utf8'));

it.each(PAGES.map((path, index) => [path, texts[index] ?? ''] as const))('%s names files that there are', (_, text) => {
  const named = [...text.matchAll(/`((?:src|grammar|spec|scripts|bench|tariffs|docs|editors)\/[^`\s<>*]*)`/g)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

it('the steps cite what is in the sources', () => {
  const cited = [...(texts[0] ?? '').matchAll(/^<!-- cites ([^:]+): (.+) -->$/gm)].map(([, path = '', words = '']) => [path, words] as const);
  expect(cited.length).toBeGreaterThan(15);
  expect(cited.filter(([path, words]) => !readFileSync(join(root, path), 'utf8').replace(/[\u00A0\u202F]/g, ' ').includes(words))).toEqual([]);
});
