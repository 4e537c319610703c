/** Rate cards as they are printed, by a real browser: a page of Letter paper each. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { workedExamples } from '../../src/render/book/worked.ts';
import { cardsOf } from '../../src/render/cards/cards.ts';
import { openNewest } from '../tools/newest.ts';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const found = existsSync(executablePath);

/** The cards of the newest edition, whole. */
function cards(): Map<string, string> {
  const { books, book, programs, editions, english, figures } = openNewest();
  return cardsOf({ book, books, english, figures, work: (block) => workedExamples(block, programs, editions) });
}

describe.skipIf(!found)(`cards on paper${found ? '' : ' — skipped: no Chromium at /usr/bin/chromium, nor where CHROMIUM says'}`, () => {
  it('fill one page each, and show every picture', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bareme-cards-'));
    const files = cards();
    for (const [path, text] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
    try {
      const page = await browser.newPage();
      const longer: string[] = [];
      for (const path of [...files.keys()].filter((each) => each.endsWith('.html') && !each.endsWith('index.html'))) {
        await page.goto(pathToFileURL(join(folder, path)).href);
        expect(await page.evaluate('[...document.images].every((image) => image.complete && image.naturalWidth > 0)'), path).toBe(true);
        const sheets = (await page.pdf({ format: 'Letter', preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page\b/g) ?? [];
        if (sheets.length !== 1) longer.push(`${path}: ${sheets.length}`);
      }
      expect(longer).toEqual([]);
    } finally {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }, 240_000);
});
