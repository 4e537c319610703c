/**
 * A small invented book and its blocks: they agree, whatever a PDF does to the text; and each slip planted in the text or in the blocks
 * is told, once, with nothing else beside it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collectBooks, type Book } from '../../src/check/book.ts';
import { checkBook } from '../../src/check/check.ts';
import { isError } from '../../src/diagnostics/diagnostic.ts';
import { toText } from '../../src/diagnostics/print.ts';
import { reconcile, type Difference } from '../../src/reconcile/compare.ts';
import { readBook } from '../../src/reconcile/printed.ts';
import { readSummary, summarize, writeSummary } from '../../src/reconcile/summary.ts';
import { sourceFile } from '../../src/source/file.ts';
import { parseFile } from '../../src/syntax/parse.ts';
import { dressed, paged, rewrapped } from '../tools/mangle.ts';

const text = readFileSync(join(import.meta.dirname, 'livre.txt'), 'utf8');
// No-break spaces apart, so that a slip can be planted.
const blocks = readFileSync(join(import.meta.dirname, 'livre.tarif'), 'utf8').replace(/\u00A0/g, ' ');

function bookOf(source: string): Book {
  const parsed = parseFile(sourceFile('livre.tarif', source));
  const [book] = collectBooks([{ path: 'livre', files: [parsed.value] }]).value;
  if (!book) throw new Error('the blocks of the spec make no book');
  expect([...parsed.diagnostics, ...checkBook(book).diagnostics].filter(isError).map((item) => toText(item, 'fr'))).toEqual([]);
  return book;
}
const whole = bookOf(blocks);
const titlesOf = (book: Book): Map<string, string> => new Map([...book.articles].map(([number, { title }]) => [number, title]));
const told = (found: readonly Difference[]): string[] => found.map(({ article, kind, printed, written }) => `${article} ${kind} ${printed?.text ?? '∅'} | ${written?.text ?? '∅'}`);
const differences = (book: Book, printed: string): string[] => told(reconcile(readBook(printed, titlesOf(book)), book).differences);
/** A planted slip; its place must be there once. */
const planted = (from: string, what: string, by: string): string => { expect(from.split(what)).toHaveLength(2); return from.replace(what, by); };

/** What may be done to the text of a page without changing what it says. */
const heads = [(page: number): string => `Tarifs en vigueur le 1er avril 2026    ${page}`, (page: number): string => (page % 2 === 0 ? `${page} Régie de Valmont 2026` : `Chapitre 2 – Tarif des serres ${page}`), (): string => 'Régie de Valmont, édition 2026'];
const MANGLED: readonly (readonly [name: string, mangle: (text: string) => string])[] = [
  ['as it is', (from) => from],
  ...[30, 44, 61, 78, 110].flatMap((width, index) => [1, 2].map((seed) => [`on lines of ${width}, hyphens ${seed}`, (from: string) => rewrapped(from, width, seed * 10 + index)] as const)),
  ...[10, 13, 22].flatMap((lines) => heads.map((head, index) => [`pages of ${lines} lines, head ${index}`, (from: string) => paged(from, lines, head)] as const)),
  ...[1, 2, 3, 4].map((seed) => [`typography ${seed}`, (from: string) => dressed(from, seed)] as const),
  ['no blank lines', (from) => from.replace(/\n\s*\n+/g, '\n')],
  ['Windows line ends and a byte order mark', (from) => `\uFEFF${from.replace(/\n/g, '\r\n')}`],
  ['decomposed accents', (from) => from.normalize('NFD')],
  ['everything at once', (from) => paged(dressed(rewrapped(from, 52, 4), 3), 14, heads[0] ?? String)],
  ['numbers of articles first, in the margin', (from) => from.replace(/^([^\t\n]*\p{Ll}|Termes) (\d\.\d)$/gmu, '$2 $1')],
];

describe('a book and its blocks that agree', () => {
  it.each(MANGLED)('%s: no difference', (_, mangle) => {
    const result = reconcile(readBook(mangle(text), titlesOf(whole)), whole);
    expect(told(result.differences)).toEqual([]);
    expect(result.articles).toBe(6);
    expect(result.accounts.rien).toBe(0);
  });
  it('every figure has its account', () => {
    const { figures, accounts, citations } = reconcile(readBook(text, titlesOf(whole)), whole);
    // Counted by hand on the page: 1.1 has five, 2.1 six, 2.2 nine and four in its table, 2.3 two, 2.4 five, 2.5 two; 2.1 cites one article, 2.5 one and a run.
    expect({ figures, citations }).toEqual({ figures: 5 + 6 + 13 + 2 + 5 + 2, citations: 3 });
    expect(accounts).toEqual({ bloc: 27, nom: 0, reprise: 0, 'hors calcul': 6, rien: 0 });
  });
});

/** Slips of the text, each with what is to be said of it. */
const SLIPS: readonly (readonly [name: string, plant: (text: string) => string, expected: readonly string[]])[] = [
  ['a price changed', (from) => planted(from, '4,125 $', '4,215 $'), ['2.2 chiffre-different 4,215 $ le kilowatt | 4,125 $/kW/mois']],
  ['a limit changed', (from) => planted(from, '15 090', '15 900'), ['2.2 chiffre-different 15 900 kilowattheures par mois | 15 090 kWh/mois']],
  ['a limit in another unit of the same kind', (from) => planted(from, '1 200 kilowatts', '1,3 mégawatt'), ['2.1 chiffre-different 1,3 mégawatt | 1,2 MW']],
  ['a number in words changed', (from) => planted(from, 'douze mois', 'quinze mois'), ['2.1 chiffre-different quinze mois | 12 mois civils']],
  ['a part in words changed', (from) => planted(from, 'la moitié', 'le tiers'), ['2.1 chiffre-different le tiers | 50 %']],
  ['a date changed', (from) => planted(from, '15 octobre 2026', '16 octobre 2026'), ['2.4 chiffre-different 16 octobre 2026 | 15 octobre 2026']],
  ['a year changed', (from) => planted(from, '15 octobre 2026', '15 octobre 2027'), ['2.4 chiffre-different 1er octobre | 1er octobre 2026', '2.4 chiffre-different 15 octobre 2027 | 15 octobre 2026']],
  ['an hour changed', (from) => planted(from, '6 h 30', '6 h 45'), ['1.1 chiffre-different 6 h 45 | 6 h 30']],
  ['a temperature that loses its sign', (from) => planted(from, '−12 °C', '12 °C'), ['1.1 chiffre-different 12 °C | −12 °C']],
  ['a cell of a table changed', (from) => planted(from, '\t0,75', '\t0,85'), ['2.2 chiffre-sans-emploi 0,85 | ∅']],
  ['a deadline changed', (from) => planted(from, 'la 3e période', 'la 4e période'), ['2.3 chiffre-different 4e période mensuelle | 3 mois']],
  ['a number more', (from) => planted(from, 'On paye chaque mois :', 'On paye chaque mois, dans les 21 jours :'), ['2.2 chiffre-sans-emploi 21 jours | ∅']],
  ['a number more, twice', (from) => planted(planted(from, 'On paye chaque mois :', 'On paye chaque mois, dans les 21 jours :'), 'selon le tableau', 'dans 21 jours selon le tableau'), ['2.2 chiffre-sans-emploi 21 jours | ∅']],
  ['a number less', (from) => planted(from, ' à 6 h 30', ''), ['1.1 chiffre-non-imprime ∅ | 6 h 30']],
  ['a figure set aside that the text drops', (from) => planted(from, ', à moins qu\'elle n\'ait reçu plus de 300 demandes1', ''), ['2.4 mise-a-part-inutile ∅ | 300']],
  ['a figure set aside that the text changes', (from) => planted(from, '300 demandes', '400 demandes'), ['2.4 chiffre-different 400 demandes | 300']],
  ['a reference changed', (from) => planted(from, "veut l'article 2.4", "veut l'article 2.3"), ['2.1 renvoi-sans-emploi 2.3 | ∅']],
  ['a reference more', (from) => planted(from, 'On paye chaque mois :', "On paye chaque mois, malgré l'article 1.1 :"), []],
  ['a section that is not the one', (from) => planted(from, 'la section 1 du chapitre 1', 'la section 7 du chapitre 4'), ['2.5 renvoi-sans-emploi section 7 du chapitre 4 | ∅']],
  ['a title changed', (from) => planted(from, "Demande d'inscription 2.4", 'Demande écrite 2.4'), ["2.4 titre Demande écrite | Demande d'inscription"]],
  ['two titles swapped', (from) => planted(planted(planted(from, 'Prix du tarif S 2.2', '@ 2.2'), "Demande d'inscription 2.4", 'Prix du tarif S 2.4'), '@ 2.2', "Demande d'inscription 2.2"), ["2.2 titre Demande d'inscription | Prix du tarif S", "2.4 titre Prix du tarif S | Demande d'inscription"]],
  ['an article dropped', (from) => from.replace(/Demande d'inscription 2\.4[^]*?(?=SECTION 2)/, ''), ["2.4 article-absent ∅ | Demande d'inscription"]],
  ['an article without a block', (from) => planted(from, 'SECTION 2\n', 'Amende 2.45\n\nLe client qui triche verse 500 $.\n\nSECTION 2\n').replace('2.5\n', '2.50\n'), ['2.5 article-absent ∅ | Partage des prix', '2.45 article-sans-bloc Amende | ∅', '2.50 article-sans-bloc Partage des prix | ∅']],
];
/** Some of the ways a page is mangled, for each slip: enough to show that neither hides the other. */
const SOME = MANGLED.filter(([name]) => /^(as it is|on lines of 61, hyphens 1|pages of 13 lines, head 0|typography 2|everything)/.test(name));

describe('a slip of the printed text is told once, and nothing else', () => {
  for (const [how, mangle] of SOME) {
    it.each(SLIPS)(`${how}: %s`, (_, plant, expected) => {
      // Lines, hyphens and typography may change how a figure is printed: what is compared here is the article and the kind.
      const found = differences(whole, mangle(plant(text)));
      if (how === 'as it is') expect(found).toEqual(expected);
      else expect(found.map((each) => each.split(' ').slice(0, 2).join(' '))).toEqual(expected.map((each) => each.split(' ').slice(0, 2).join(' ')));
    });
  }
});

describe('a slip of a block is told once, and nothing else', () => {
  const slips: readonly (readonly [name: string, plant: (blocks: string) => string, expected: readonly string[]])[] = [
    ['a price mistyped', (from) => planted(from, '7,35 ¢/kWh', '7,53 ¢/kWh'), ['2.2 chiffre-different 7,35 ¢ le kilowattheure | 7,53 ¢/kWh']],
    ['a figure that the text does not have', (from) => planted(from, '  crédit de pointe à remise', '  crédit de pointe à remise\n  fait rabais = 3 %'), ['2.2 chiffre-non-imprime ∅ | 3 %']],
    ['a set-aside forgotten', (from) => planted(from, "  hors calcul 2024 « l'année du guide »\n", ''), ['2.4 chiffre-sans-emploi 2024 | ∅']],
    ['a figure beyond the text no longer said to be', (from) => planted(from, '  hors livre 7 h 30 « une heure plus tard : la sonde donne une valeur par heure »\n', ''), ['1.1 chiffre-non-imprime ∅ | 7 h 30']],
    ['a title mistyped', (from) => planted(from, "article 2.1 « À qui il s'adresse »", "article 2.1 « À qui il s'adrese »"), ["2.1 titre À qui il s'adresse | À qui il s'adrese"]],
    ['an article forgotten', (from) => from.replace(/article 2\.4[^]*?(?=section 2)/, '').replace(' « voir 2.4 »', '').replace('délai au plus 10 jours ouvrables', 'délai au plus 10 jours ouvrables « après 2.4 »').replace('« après 2.4 »', ''), ["2.1 renvoi-sans-emploi 2.4 | ∅", "2.4 article-sans-bloc Demande d'inscription | ∅"]],
  ];
  it.each(slips)('%s', (_, plant, expected) => expect(differences(bookOf(plant(blocks)), text)).toEqual(expected));
});

describe('a summary', () => {
  const printed = readBook(text, titlesOf(whole));
  const summary = writeSummary(summarize(printed));
  it('holds an edition to the book without its sentences', () => {
    const read = readSummary(JSON.parse(summary));
    expect(told(reconcile(read ?? [], whole).differences)).toEqual([]);
    expect(summary).not.toMatch(/cultive sous verre|coopérative de/);
  });
  it('finds what the book finds', () => {
    const read = readSummary(JSON.parse(planted(summary, '"4,125 $/kW"', '"4,215 $/kW"')));
    expect(told(reconcile(read ?? [], whole).differences)).toEqual(['2.2 chiffre-different 4,215 $/kW | 4,125 $/kW/mois']);
  });
  it('is written the same when it is read back', () => {
    const read = readSummary(JSON.parse(summary));
    expect(writeSummary(summarize(read ?? []))).toBe(summary);
  });
  it.each(['{}', '[]', '3', 'null', '{"version":2,"articles":{}}', '{"version":1,"articles":{"1.1":{}}}', '{"version":1,"articles":[]}'])('is not %s', (json) => expect(readSummary(JSON.parse(json))).toBeUndefined());
});
