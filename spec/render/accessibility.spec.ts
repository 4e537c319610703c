/** The pages of the site in a real browser, at the widths of a desk and of a phone, by day and by night: what axe finds serious, and pages wider than the screen. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workedExamples } from '../../src/render/book/worked.ts';
import { siteOf } from '../../src/render/site/pages.ts';
import { root } from '../tools/command.ts';
import { openNewest } from '../tools/newest.ts';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const found = existsSync(executablePath);
/** What a page must be free of. */
const GRAVE = new Set(['serious', 'critical']);
/** A section of each sort: tranches and sentences, big tables, luminaires, history; `2-3` with its worked bills. */
const PAGES = ['index.html', '2-3.html', '6-2.html', '11-1.html', '7-1.html', '12-1.html', 'glossary.html', 'readings.html', 'slips.html', 'curves.html', 'search.html?q=prime'];
const folder = mkdtempSync(join(tmpdir(), 'bareme-pages-'));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Writes the site, the bills of one section only: they take most of the time. */
async function writeSite(): Promise<void> {
  await build({ entryPoints: [join(root, 'scripts/site/search.mjs')], outfile: join(folder, 'search.js'), bundle: true, format: 'iife', logLevel: 'error' });
  const { book, programs, editions, english, figures } = openNewest();
  const site = siteOf({ book, programs, english, figures, searchScript: readFileSync(join(folder, 'search.js'), 'utf8'), examples: (block) => (block.span.file.path.endsWith('03-tarif-dp.tarif') ? workedExamples(block, programs, editions) : []) });
  const files = new Map(site.rest());
  for (let index = 0; index < site.sections; index++) for (const [path, page] of site.section(index)) files.set(path, page);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

let browser: Browser | undefined;
beforeAll(async () => {
  if (!found) return;
  const [opened] = await Promise.all([chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] }), writeSite()]);
  browser = opened;
}, 120_000);
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Leaves a sample of a long page, for axe looks at each node: the first items of each list and rows of each table, six articles and those with tables, three examples, figures of each sort. */
const SAMPLE = `
for (const each of document.querySelectorAll('main li:nth-child(n+8), tbody tr:nth-child(n+16), details.examples > details:nth-of-type(n+4)')) each.remove();
for (const each of [...document.querySelectorAll('figure.plot')].filter((figure, rank) => rank > 6 && (figure.matches('.facture, .prix') || rank % 4))) each.remove();
for (const each of [...document.querySelectorAll('article')].slice(6)) if (!each.querySelector('table')) each.remove();
for (const each of [...document.querySelectorAll('main > h3')].slice(6)) { each.nextElementSibling?.remove(); each.remove(); }
`;

/** Opens a page with all that it hides. */
async function open(page: Page, path: string): Promise<void> {
  const [file = '', query = ''] = path.split('?');
  await page.goto(`${pathToFileURL(join(folder, file)).href}${query === '' ? '' : `?${query}`}`);
  await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
}

/** At night, only colours differ. */
async function graveOf(page: Page, onlyColours = false): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, { resultTypes: ['violations']${onlyColours ? ", runOnly: ['color-contrast']" : ''} })`);
  return violations.filter(({ impact }) => GRAVE.has(impact ?? '')).flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

describe.skipIf(!found)(`the pages in a browser${found ? '' : ' — skipped: no Chromium at /usr/bin/chromium, nor where CHROMIUM says'}`, () => {
  // Whatever differs by language is seen at the desk; a phone changes the style only, and the night the colours.
  it.each([['light', 1280, /./], ['light', 390, /^fr/], ['dark', 390, /^en\/(?:2-3|6-2|curves|search)/]] as const)('have nothing that axe finds serious, and are no wider than the screen (%s, %i px)', async (colorScheme, width, audited) => {
    if (!browser) throw new Error('no browser');
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
    const page = await context.newPage();
    const wrong: string[] = [];
    for (const path of ['index.html', ...['fr', 'en'].flatMap((lang) => PAGES.map((each) => `${lang}/${each}`))]) {
      await open(page, path);
      if (await page.evaluate<boolean>('document.documentElement.scrollWidth > window.innerWidth')) wrong.push(`${path}  wider than the screen`);
      if (!audited.test(path)) continue;
      await page.evaluate(SAMPLE);
      for (const each of await graveOf(page, colorScheme === 'dark')) wrong.push(`${path}  ${each}`);
    }
    await context.close();
    expect(wrong).toEqual([]);
  }, 240_000);

  it('are told apart by axe from a page that is wrong', async () => {
    if (!browser) throw new Error('no browser');
    const page = await browser.newPage();
    await page.setContent('<!doctype html><html><title>x</title><main><h1>x</h1><p style="color:#bbb">pale</p><input></main></html>');
    const wrong = await graveOf(page);
    await page.close();
    expect(wrong.map((each) => each.split(':')[0]).sort()).toEqual(['color-contrast', 'html-has-lang', 'label']);
  });
});
