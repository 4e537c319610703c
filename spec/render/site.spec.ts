/** The book as a site: every price on its page, every link leading somewhere, and a change of one price seen where it stands and nowhere else. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Book } from '../../src/check/book.ts';
import { Programs } from '../../src/check/program.ts';
import { openFigures } from '../../src/cli/figures.ts';
import { loadFolder } from '../../src/cli/load.ts';
import { prepare } from '../../src/index.ts';
import { formatNumber } from '../../src/quantity/format.ts';
import { parseUnit } from '../../src/quantity/unit.ts';
import { siteOf } from '../../src/render/site/pages.ts';
import { workedExamples } from '../../src/render/book/worked.ts';
import { visit } from '../../src/syntax/visit.ts';

const tariffs = join(import.meta.dirname, '../../tariffs');
const NO_ENGLISH = { terms: new Map<string, string>(), texts: new Map<string, string>() };

/** The site of the newest edition of a folder; without its examples unless they are asked for. */
function build(folder: string, only?: (path: string) => boolean): { readonly book: Book; readonly files: Map<string, string> } {
  const { books } = loadFolder(folder, { examples: only !== undefined });
  const book = books.at(-1);
  if (!book) throw new Error(`no edition in ${folder}`);
  const programs = new Programs(book);
  const editions = prepare([{ book, programs }]);
  const figures = openFigures({ book, programs, editions, english: NO_ENGLISH });
  if ('wrong' in figures) throw new Error('the typical customers cannot be read');
  const site = siteOf({ book, programs, english: NO_ENGLISH, figures, searchScript: '', examples: (block) => (only?.(block.span.file.path) ? workedExamples(block, programs, editions) : []) });
  const files = new Map<string, string>(site.rest());
  for (let index = 0; index < site.sections; index++) for (const [path, page] of site.section(index)) files.set(path, page);
  return { book, files };
}

/** The text of each article, in one language. */
function articlesOf(files: ReadonlyMap<string, string>, lang: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [path, page] of files) {
    if (!path.startsWith(`${lang}/`)) continue;
    for (const part of page.split('<article ').slice(1)) {
      const number = /^id="a(\d+)-(\d+(?:-\d+)?)"/.exec(part);
      if (number) found.set(`${number[1]}.${number[2]?.replace('-', '.')}`, textOf(part));
    }
  }
  return found;
}
const textOf = (html: string): string => html.replace(/<[^>]+>/g, '').replace(/&#x27;/g, "'").replace(/&amp;/g, '&').replace(/&lt;/g, '<').replace(/&gt;/g, '>');

const whole = build(tariffs);

describe('the site of the book', () => {
  it('has a page for each section in each language, and every article once in each', () => {
    for (const lang of ['fr', 'en']) expect([...articlesOf(whole.files, lang).keys()].sort()).toEqual([...whole.book.articles.keys()].sort());
    expect(whole.book.articles.size).toBe(431);
  });

  it.each(['fr', 'en'] as const)('shows every price of every article in its article (%s)', (lang) => {
    const shown = articlesOf(whole.files, lang);
    const missing: string[] = [];
    let prices = 0;
    for (const block of whole.book.blocks) {
      for (const statement of block.statements) {
        if (statement.kind === 'example') continue;
        visit(statement, (node) => {
          if (node.kind !== 'quantity' || !parseUnit(node.unit ?? '')?.dims.has('$')) return;
          prices++;
          if (!shown.get(block.number)?.includes(formatNumber(node.decimal, lang))) missing.push(`${block.number}: ${node.text}`);
        });
      }
    }
    expect(prices).toBeGreaterThan(300);
    expect(missing).toEqual([]);
  });

  it('leads somewhere with each of its links', () => {
    const ids = new Map([...whole.files].map(([path, page]) => [path, new Set([...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1] ?? ''))]));
    const broken: string[] = [];
    for (const [path, page] of whole.files) {
      if (!path.endsWith('.html')) continue;
      for (const [, href = ''] of page.matchAll(/ (?:href|src)="([^"]+)"/g)) {
        const [file = '', anchor] = href.split('#');
        const target = file === '' ? path : join(path, '..', file);
        if (!whole.files.has(target) || (anchor !== undefined && !ids.get(target)?.has(anchor))) broken.push(`${path} → ${href}`);
      }
    }
    expect(broken).toEqual([]);
  });

  it('says of every picture what it shows, and has a picture for every figure', () => {
    const pictures = [...whole.files].flatMap(([path, page]) => (path.endsWith('.html') ? [...page.matchAll(/<img [^>]*>/g)].map(([tag]) => ({ path, tag })) : []));
    expect(pictures.length).toBeGreaterThan(200);
    for (const { path, tag } of pictures) expect(tag, path).toMatch(/ alt="[^"]{20,}"/);
    const shown = new Set(pictures.map(({ path, tag }) => join(path, '..', / src="([^"]+)"/.exec(tag)?.[1] ?? '')));
    expect([...whole.files.keys()].filter((path) => path.endsWith('.svg') && !shown.has(path))).toEqual([]);
    // The curves of a rate stand with its structure too.
    expect(whole.files.get('fr/2-3.html')).toContain('id="figure-prix-DP"');
  });

  it('gives each id once on a page, and each page a title, a language and one main heading', () => {
    for (const [path, page] of whole.files) {
      if (!path.endsWith('.html')) continue;
      const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
      expect(ids.length, path).toBe(new Set(ids).size);
      expect(page, path).toMatch(/<html lang="(fr|en)">/);
      expect(page, path).toMatch(/<title>.+<\/title>/);
      expect([...page.matchAll(/<h1[ >]/g)].length, path).toBe(1);
    }
  });

  it('has all articles in the data of its search', () => {
    const data = whole.files.get('fr/search-data.js') ?? '';
    const entries = JSON.parse(data.slice(data.indexOf('['), data.lastIndexOf(']') + 1)) as { id: string; text: string }[];
    expect(entries.length).toBe(431);
    expect(entries.find(({ id }) => id === '2.15')?.text).toContain('6,878');
  });
});

describe('a change of one price', () => {
  const copy = mkdtempSync(join(tmpdir(), 'bareme-site-'));
  afterAll(() => { rmSync(copy, { recursive: true, force: true }); });

  it('changes the pages that show it and no other', () => {
    cpSync(tariffs, copy, { recursive: true });
    const file = join(copy, '2026-04-01/02-tarifs-domestiques/03-tarif-dp.tarif');
    const text = readFileSync(file, 'utf8');
    expect(text.split('10,458').length).toBeGreaterThan(1);
    writeFileSync(file, text.replace(/10,458/g, '10,459'));
    const { files } = build(copy);
    const changed = [...files].filter(([path, page]) => page !== whole.files.get(path)).map(([path]) => path).sort();
    const showing = [...whole.files].filter(([path, page]) => /10[.,]458/.test(page) || /(?:curves\.html|(?:facture|prix|utilisation)-DP\.svg|croisement-D-DP-[\w-]+\.svg)$/.test(path)).map(([path]) => path).sort();
    expect(changed).toEqual(showing);
    expect(changed).toContain('fr/2-3.html');
    expect(changed).toContain('en/2-3.html');
  });
});

describe('examples as worked bills', () => {
  const { files } = build(tariffs, (path) => path.endsWith('03-tarif-dp.tarif'));
  const page = (lang: string): string => textOf((files.get(`${lang}/2-3.html`) ?? '').replace(/<summary>/g, ' ')).replace(/\u00A0/g, ' ');

  it('show each line with its arithmetic, taxes and total', () => {
    // 1 000 kWh × 6.878 ¢ = 68.78; TPS 3.439 → 3.44; TVQ 6.860805 → 6.86; 79.08.
    expect(page('fr')).toContain('1 000 kWh × 6,878 ¢/kWh = 68,78 $');
    expect(page('fr')).toContain('79,08 $');
    expect(page('en')).toContain('1,000 kWh × 6.878 ¢/kWh = $68.78');
    expect(page('en')).toContain('$79.08');
  });

  it('say which article refuses a case', () => {
    expect(page('fr')).toContain('Refusé par 2.14');
    expect(page('en')).toContain('Refused by 2.14');
  });

});
