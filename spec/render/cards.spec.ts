/** Rate cards: each price that a rate bills on its card in both languages, bills that are those of its examples, links that lead somewhere. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatNumber } from '../../src/quantity/format.ts';
import { workedExamples } from '../../src/render/book/worked.ts';
import { cardsOf } from '../../src/render/cards/cards.ts';
import { catalogueOf } from '../../src/render/catalogue/prices.ts';
import { openNewest } from '../tools/newest.ts';

const { books, book, programs, editions, english, figures } = openNewest();
const files = cardsOf({ book, books, english, figures, work: (block) => workedExamples(block, programs, editions) });
const textOf = (path: string): string => (files.get(path) ?? '').replace(/<[^>]+>/g, ' ').replace(/&#x27;/g, "'").replace(/\u00A0/g, ' ').replace(/\s+/g, ' ');

describe('rate cards', () => {
  it('are one a rate in each language, with a list that leads to all of them', () => {
    for (const lang of ['fr', 'en']) {
      const pages = [...files.keys()].filter((path) => path.startsWith(`${lang}/`) && path.endsWith('.html'));
      expect(pages).toHaveLength(book.rates.size + 1);
      const hrefs = [...(files.get(`${lang}/index.html`) ?? '').matchAll(/<li><a href="([^"]+)"/g)].map((match) => `${lang}/${match[1] ?? ''}`);
      expect([...hrefs, `${lang}/index.html`].sort()).toEqual(pages.sort());
    }
    for (const [path, page] of files) for (const [, href = ''] of page.matchAll(/ (?:href|src)="([^"#]+)"/g)) expect(files.has(join(path, '..', href)), `${path} → ${href}`).toBe(true);
  });

  it.each(['fr', 'en'] as const)('show every price that a rate bills (%s)', (lang) => {
    const missing: string[] = [];
    for (const { rate, role, part, price, from } of catalogueOf(books, english).prices) {
      if (rate === null || part !== 'price' || role === 'valeur' || role === 'remplacement' || from !== '2026-04-01') continue;
      const page = textOf(`${lang}/${rate.normalize('NFD').replace(/\p{M}/gu, '')}.html`);
      if (!page.includes(`${formatNumber(price, lang).replace(/\u00A0/g, ' ')} `)) missing.push(`${rate}: ${price}`);
    }
    expect(missing).toEqual([]);
  });

  it('say of rate D what it asks, its prices by block, and a bill worked by hand', () => {
    const french = textOf('fr/D.html');
    expect(french).toContain("Exigé : moins de 65 kW à chacune des 12 périodes mensuelles (S'applique plutôt : DP)");
    expect(french).toContain("Énergie 7,065 ¢/kWh jusqu'à 40 kWh/jour 2.5");
    expect(french).toContain('Énergie 11,142 ¢/kWh au-delà de 40 kWh/jour 2.5');
    // 30 × 46,154 ¢ = 13,8462 $ ; 1 200 × 7,065 ¢ = 84,78 $ ; 1 × 11,142 ¢ = 0,11142 $
    for (const amount of ['13,85 $', '84,78 $', '0,11 $']) expect(french).toContain(amount);
    expect(textOf('en/D.html')).toContain('Energy 11.142 ¢/kWh in excess of 40 kWh/day 2.5');
  });

  it('give every rate a bill, and its curves where it has a typical customer', () => {
    const names = [...book.rates.keys()].map((name) => name.normalize('NFD').replace(/\p{M}/gu, ''));
    expect(names.filter((name) => !(files.get(`fr/${name}.html`) ?? '').includes('<details class="example" open>'))).toEqual([]);
    expect(names.filter((name) => !files.has(`en/figures/prix-${name}.svg`))).toEqual(['LD_non_ferme']);
    // 11.14: a luminaire of 7 000 lumens without a pole, 30 days at 40,912 $ a month; TPS 2,05 $, TVQ 4,08 $.
    for (const amount of ['40,91 $', '2,05 $', '4,08 $', '47,04 $']) expect(textOf('fr/Sentinelle.html')).toContain(amount);
  });

  it('show the bills of examples only, two at most, with no name of the rules', () => {
    expect([...(files.get('fr/DP.html') ?? '').matchAll(/<details class="example" open>/g)]).toHaveLength(2);
    expect(textOf('fr/DP.html')).not.toMatch(/[a-zà-ÿ]_[a-zà-ÿ]|undefined|NaN|\[object/);
  });

  it('of a rate that takes its prices from another, name it', () => {
    expect(textOf('fr/G9_grande_puissance.html')).toMatch(/Prix Les prix sont pris ailleurs dans le livre : Comme au tarif G9/);
  });
});
