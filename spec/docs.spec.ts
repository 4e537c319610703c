/** The committed reference is what the live tables and grammar give, and no link of a page leads nowhere. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../src/diagnostics/catalogue.ts';
import { VOCABULARY } from '../grammar/vocabulary.ts';
import { Grammar } from '../grammar/parser.ts';
import { pages, root } from '../scripts/docs/pages.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const generated = pages();
const page = (path: string): string => generated.get(`docs/reference/${path}`) ?? '';

describe('the reference', () => {
  it.each([...generated.keys()])('%s is up to date (npm run docs)', (path) => {
    expect(existsSync(join(root, path)), 'npm run docs has not been run').toBe(true);
    // Compared as a condition: the difference of two long pages says less than the name of the command.
    expect(read(path) === generated.get(path), `${path} is not what the sources give: npm run docs`).toBe(true);
  });
  it('has every code, with its severity and no hole in its messages', () => {
    const text = page('diagnostics.md');
    for (const [code, { severity }] of Object.entries(CATALOGUE)) expect(text).toContain(`### ${code}\n\n*${severity}*\n\n- français : `);
    expect(text).not.toMatch(/undefined|NaN|\[object/);
  });
  it('has every word and each of its spellings', () => {
    for (const { spellings } of VOCABULARY) for (const spelling of spellings) expect(page('vocabulaire.md')).toContain(`\`${spelling}\``);
  });
  it('draws every rule, with no address outside the page', () => {
    const text = page('grammaire.html');
    for (const name of Object.keys(new Grammar().getGAstProductions())) expect(text).toMatch(new RegExp(`<section id="${name}">[^]*?<svg `));
    expect(text).not.toMatch(/https?:|<script|undefined|NaN/);
  });
  it('leads each link of the diagrams to a place of the page', () => {
    const text = page('grammaire.html');
    const ids = new Set([...text.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]));
    const anchors = [...text.matchAll(/href="#([^"]+)"/g)].map((match) => match[1]);
    expect(anchors.length).toBeGreaterThan(200);
    expect(anchors.filter((anchor) => !ids.has(anchor))).toEqual([]);
  });
});

/** The anchors that the headings of a Markdown page give. */
const anchorsOf = (text: string): string[] =>
  [...text.replace(/^```[^]*?^```/gm, '').matchAll(/^#+ +(.+)$/gm)].map((match) => (match[1] ?? '').toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replace(/ /g, '-'));

describe('links', () => {
  const markdown = (folder: string): string[] => readdirSync(join(root, folder)).filter((name) => name.endsWith('.md')).map((name) => (folder === '' ? name : `${folder}/${name}`));
  const paths = [...markdown(''), ...markdown('docs'), 'docs/reference/diagnostics.md', 'docs/reference/vocabulaire.md', 'docs/reference/livre.md', 'docs/reference/grammaire.html'];

  it('are looked for in the pages that people open first', () => {
    expect(paths).toEqual(expect.arrayContaining(['README.md', 'LISEZMOI.md', 'CHANGELOG.md', 'docs/langage.md', 'docs/architecture.md']));
  });
  it.each(paths)('of %s lead to something', (path) => {
    const text = read(path).replace(/^```[^]*?^```/gm, '');
    const found = path.endsWith('.html') ? text.matchAll(/href="([^"]+)"/g) : text.matchAll(/\]\(([^()\s]+)\)/g);
    const broken = [...found].map((match) => match[1] ?? '').filter((link) => {
      if (/^[a-z]+:/.test(link)) return false;
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? path : join(dirname(path), decodeURI(file));
      if (!existsSync(join(root, target))) return true;
      return anchor !== undefined && target.endsWith('.md') && !anchorsOf(read(target)).includes(decodeURI(anchor));
    });
    expect(broken).toEqual([]);
  });
});
