/** The site of an edition, made by as many threads as there are: each takes sections, the main one makes the rest too. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Book } from '../check/book.ts';
import type { Programs } from '../check/program.ts';
import type { Editions } from '../evaluate/bill.ts';
import { workedExamples } from '../render/book/worked.ts';
import type { Figures } from '../render/figures/figure.ts';
import { siteOf, type Site } from '../render/site/pages.ts';
import type { English } from '../render/prose/expression.ts';
import type { Counter } from './threads.ts';

/** The script of the search page, bundled beside the command; undefined when nothing was built. */
export function searchScript(): string | undefined {
  const here = dirname(fileURLToPath(import.meta.url));
  const found = [join(here, 'site-search.js'), join(here, '../site-search.js'), join(here, '../../dist/site-search.js')].find((path) => existsSync(path));
  return found === undefined ? undefined : readFileSync(found, 'utf8');
}

export interface SiteWork { readonly book: Book; readonly programs: Programs; readonly editions: Editions; readonly english: English; readonly figures: Figures; readonly script: string }

export const openSite = ({ book, programs, editions, english, figures, script }: SiteWork): Site => siteOf({ book, programs, english, figures, searchScript: script, examples: (block) => workedExamples(block, programs, editions) });

/** The files of the sections that nobody else has taken, the longest first. */
export function takeSections(site: Site, counter: Counter, tick: () => void): [string, string][] {
  const order = Array.from({ length: site.sections }, (_, index) => index).sort((a, b) => site.weight(b) - site.weight(a) || a - b);
  const files: [string, string][] = [];
  for (let next = order[counter.next()]; next !== undefined; next = order[counter.next()]) {
    files.push(...site.section(next));
    counter.done(1);
    tick();
  }
  return files;
}
