/** The committed reference is what the live tables and grammar give, and no link of a page leads nowhere. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../src/diagnostics/catalogue.ts';
import { VOCABULARY } from '../grammar/vocabulary.ts';
import { Grammar } from '../grammar/parser.ts';
import { filesEnding, linkChecker } from '../scripts/docs/links.ts';
import { pages, root } from '../scripts/docs/pages.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const generated = await pages();
const page = (path: string): string => generated.get(`docs/reference/${path}`) ?? '';

describe('the reference', () => {
  it.each([...generated.keys()])('%s is up to date (npm run docs)', (path) => {
    expect(existsSync(join(root, path)), 'npm run docs has not been run').toBe(true);
    // Compared as a condition: the difference of two long pages says less than the name of the command.
    expect(read(path) === generated.get(path), `${path} is not what the sources give: npm run docs`).toBe(true);
  });
  it('has a page for every code, with its severity, both languages, and no hole in its messages', () => {
    const index = page('diagnostics.md');
    for (const [code, { severity }] of Object.entries(CATALOGUE)) {
      const file = `diagnostics/${code.replace('/', '-')}.md`;
      expect(index).toContain(`| [\`${code}\`](${file}) | ${severity} | `);
      expect(page(file)).toMatch(new RegExp(`\\n# ${code}\\n\\n\\*${severity}\\* · [^]*\\n- français : \\S[^]*\\n- anglais : \\S[^]*\\n## Quand\\n\\n\\S[^]*\\n## Y remédier\\n\\n\\S`));
      expect(page(file)).not.toMatch(/undefined|\bNaN\b(?! *`)|\[object|\bat .*:\d+:\d+\b|\/tmp\//);
    }
  });
  it('keeps no page of a code that is no more', () => {
    expect(readdirSync(join(root, 'docs/reference/diagnostics')).map((name) => `docs/reference/diagnostics/${name}`).filter((path) => !generated.has(path))).toEqual([]);
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

describe('links', () => {
  const markdown = filesEnding(root, '.md');
  const checker = linkChecker(root);
  it('are looked for in every page of the repository', () => {
    expect(markdown).toEqual(expect.arrayContaining(['README.md', 'LISEZMOI.md', 'CHANGELOG.md', 'docs/langage.md', 'docs/architecture.md', 'docs/atelier/README.md', 'editors/vscode/README.md', 'docs/reference/diagnostics/unites-ligne.md']));
  });
  it('lead to a file, and to a heading of it', () => {
    expect([...markdown, 'docs/reference/grammaire.html'].flatMap(checker.broken)).toEqual([]);
  });
  it('that lead nowhere are found', () => {
    const folder = mkdtempSync(join(tmpdir(), 'links-'));
    writeFileSync(join(folder, 'a.md'), '# Un titre\n## Un titre\n[ici](#un-titre-1) [là](#un-titre-2) [b](b.md) [a](a.md#un-titre) `[code](c.md)`\n```text\n[d](d.md)\n```\n[e](https://x.test/) ![f](f.svg)\n');
    writeFileSync(join(folder, 'g.html'), '<h1 id="haut">x</h1><a href="#haut">y</a><a href="#bas">z</a><a href="a.md">w</a><img src="h.png">');
    expect(filesEnding(folder, '.md').flatMap(linkChecker(folder).broken)).toEqual(['a.md: #un-titre-2', 'a.md: b.md', 'a.md: f.svg']);
    expect(linkChecker(folder).broken('g.html')).toEqual(['g.html: #bas', 'g.html: h.png']);
    rmSync(folder, { recursive: true });
  });
});
