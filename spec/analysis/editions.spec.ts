/** What changed between two editions: every kind of change on small invented books, then the real book with one price changed. */
import { describe, expect, it } from 'vitest';
import { compareBooks, type EditionDiff } from '../../src/analysis/editions/compareBooks.ts';
import { placeInWords } from '../../src/analysis/editions/words.ts';
import { collectBooks, type Book } from '../../src/check/book.ts';
import { toDecimal } from '../../src/quantity/exact.ts';
import { sourceFile } from '../../src/source/file.ts';
import { parseFile } from '../../src/syntax/parse.ts';

const HEAD = 'édition « Essai » en vigueur le 1er avril 2026\n  arrondit les lignes à 0,01 $\n  taxe TPS 5 %\n';
function book(text: string, head = HEAD): Book {
  const parsed = parseFile(sourceFile('essai.tarif', head + text));
  expect(parsed.diagnostics).toEqual([]);
  const [made] = collectBooks([{ path: 'essai', files: [parsed.value] }]).value;
  if (!made) throw new Error('no book');
  return made;
}
const article = (lines: string, title = 'Structure', number = '2.5', header = 'tarif X « X »'): string => `${header}\narticle ${number} « ${title} »\n${lines.split('\n').map((line) => `  ${line}`).join('\n')}\n`;
const between = (before: string, after: string): EditionDiff => compareBooks(book(before), book(after));

/** A change on one line: kind, place, old → new, difference, percentage. */
const told = (diff: EditionDiff): string[] => diff.articles.flatMap(({ changes }) => changes.map((change) =>
  [`${change.kind} | ${placeInWords(change.place, 'fr')} | ${change.before?.text ?? '∅'} → ${change.after?.text ?? '∅'}`, ...(change.difference ? [toDecimal(change.difference).text] : []), ...(change.percent ? [`${toDecimal(change.percent, 4).text} %`] : [])].join(' | ')));
const changes = (before: string, after: string): string[] => told(between(article(before), article(after)));

describe('a figure', () => {
  // 0,16 ÷ 6,905 = 2,317161… % ; 0,5 ÷ 10 = 5 %
  it('of a block of energy, with its place, its difference and its percentage', () => {
    expect(changes("énergie\n  6,905 ¢/kWh  jusqu'à 40 kWh/jour\n  10,000 ¢/kWh  au-delà", "énergie\n  7,065 ¢/kWh  jusqu'à 40 kWh/jour\n  10,500 ¢/kWh  au-delà")).toEqual([
      "chiffre | énergie, 1re tranche (jusqu'à 40 kWh/jour), prix | 6,905 ¢/kWh → 7,065 ¢/kWh | 0.16 | 2.3172 %", 'chiffre | énergie, 2e tranche (au-delà), prix | 10,000 ¢/kWh → 10,500 ¢/kWh | 0.5 | 5 %',
    ]);
  });
  it('of a limit', () => {
    expect(changes("énergie\n  7 ¢/kWh  jusqu'à 40 kWh/jour\n  9 ¢/kWh  au-delà", "énergie\n  7 ¢/kWh  jusqu'à 30 kWh/jour\n  9 ¢/kWh  au-delà")).toEqual(["chiffre | énergie, 1re tranche (jusqu'à 30 kWh/jour), seuil | 40 kWh/jour → 30 kWh/jour | -10 | -25 %"]);
  });
  it('of a season, of a line without rows, of a table', () => {
    expect(changes('prime de P\n  5 $/kW/mois  en été\n  7 $/kW/mois  en hiver\nfrais 46,154 ¢/jour', 'prime de P\n  5 $/kW/mois  en été\n  6,65 $/kW/mois  en hiver\nfrais 47 ¢/jour')).toEqual([
      'chiffre | prime, en hiver, prix | 7 $/kW/mois → 6,65 $/kW/mois | -0.35 | -5 %', 'chiffre | frais | 46,154 ¢/jour → 47 ¢/jour | 0.846 | 1.833 %',
    ]);
    const table = (figure: string): string => `donnée sorte parmi A ou B\ntable d'après sorte\n  | sorte | puissance | tarif_de_la_sorte |\n  | A     | 70 W      | 28 $/mois         |\n  | B     | 100 W     | ${figure.padEnd(15)} |`;
    expect(changes(table('30 $/mois'), table('33 $/mois'))).toEqual(["chiffre | table d'après sorte, B, tarif_de_la_sorte | 30 $/mois → 33 $/mois | 3 | 10 %"]);
  });
  it('of another unit has no difference; the same value written otherwise is no change', () => {
    expect(changes('fait F = 2 h', 'fait F = 2 jours')).toEqual(['chiffre | fait F | 2 h → 2 jours']);
    expect(changes('frais 46,154 ¢/jour', 'frais 0,46154 $/jour')).toEqual([]);
  });
  it('in a formula: a count of months, a factor', () => {
    expect(changes('A = 65 % × maximum de P sur les 12 derniers mois', 'A = 75 % × maximum de P sur les 24 derniers mois')).toEqual([
      'chiffre | A | 65 % → 75 % | 10 | 15.3846 %', 'chiffre | A | les 12 derniers mois → les 24 derniers mois | 12 | 100 %',
    ]);
  });
});

describe('what is no figure', () => {
  it('the dates of a season', () => {
    expect(changes('plage hiver = du 1er décembre au 31 mars', 'plage hiver = du 1er novembre au 31 mars')).toEqual(['saison | plage hiver | 1er décembre → 1er novembre']);
  });
  it('a condition: its strictness, then one that comes and one that goes', () => {
    expect(changes('exige P ≥ 50 kW « au moins 50 kW »', 'exige P > 50 kW « au moins 50 kW »')).toEqual(['condition | exige « au moins 50 kW » | exige P ≥ 50 kW « au moins 50 kW » → exige P > 50 kW « au moins 50 kW »']);
    expect(changes('exige P > 50 kW', 'exclut Q = 3')).toEqual(['condition | exige P > 50 kW | exige P > 50 kW → ∅', 'condition | exclut Q = 3 | ∅ → exclut Q = 3']);
  });
  it('a row that comes between two others', () => {
    expect(changes("énergie\n  7 ¢/kWh  jusqu'à 40 kWh/jour\n  9 ¢/kWh  au-delà", "énergie\n  7 ¢/kWh  jusqu'à 40 kWh/jour\n  8 ¢/kWh  jusqu'à 60 kWh/jour\n  9 ¢/kWh  au-delà")).toEqual([
      "règle | énergie, 2e tranche (jusqu'à 60 kWh/jour), prix | ∅ → 8 ¢/kWh jusqu'à 60 kWh/jour",
    ]);
  });
  it('a formula, a line that comes', () => {
    expect(changes('A = B + C', 'A = B − C')).toEqual(['règle | A | B + C → B − C']);
    expect(changes('frais 1 $/jour', 'frais 1 $/jour\ncrédit C de P à 2 $/kW/mois')).toEqual(['règle | crédit C | ∅ → crédit C de P à 2 $/kW/mois']);
  });
  it('words alone are told apart from figures', () => {
    const diff = between(article('frais 1 $/jour\nnote « Ancien. »\nexige P > 0 kW « du courant »'), article('frais 1 $/jour\nnote « Nouveau. »\nexige P > 0 kW « de la puissance »'));
    expect(told(diff)).toEqual(['mots | note | « Ancien. » → « Nouveau. »', 'mots | exige « de la puissance » | « du courant » → « de la puissance »']);
  });
  it('the order of statements, comments, blanks and examples are no changes', () => {
    const example = "\nexemple « e »\n  période du 1er juin 2026 au 30 juin 2026\n  donne\n    total = 1 $";
    expect(changes('frais 1 $/jour\nA = 2 kW', `A  =  2 kW  # deux\nfrais 1 $/jour${example}`)).toEqual([]);
  });
});

describe('articles', () => {
  const fates = (diff: EditionDiff): string[] => diff.articles.map(({ kind, before, after, renamed, renumbered, moved, changes: list }) => [kind, `${before?.number ?? '∅'} → ${after?.number ?? '∅'}`, ...(renamed ? ['renommé'] : []), ...(renumbered ? ['renuméroté'] : []), ...(moved ? ['déplacé'] : []), String(list.length)].join(' '));
  it('added and removed', () => {
    expect(fates(between(article('frais 1 $/jour', 'Frais', '2.1') + article('A = 1 kW', 'Puissance', '2.2', ''), article('frais 1 $/jour', 'Frais', '2.1') + article('note « N »', 'Avis', '2.3', '')))).toEqual(['retiré 2.2 → ∅ 1', 'ajouté ∅ → 2.3 1']);
  });
  it('renamed', () => expect(fates(between(article('frais 1 $/jour', 'Frais'), article('frais 1 $/jour', 'Accès')))).toEqual(['changé 2.5 → 2.5 renommé 0']));
  it('renumbered, with what cites it', () => {
    const before = article('frais 1 $/jour', 'Frais', '2.1') + article('P = 5 kW', 'Puissance', '2.2', '') + article('B = 5 kW selon 2.2', 'Base', '2.3', '');
    const after = article('frais 1 $/jour', 'Frais', '2.1') + article('note « neuf »', 'Neuf', '2.2', '') + article('P = 5 kW', 'Puissance', '2.3', '') + article('B = 5 kW selon 2.3', 'Base', '2.4', '');
    const diff = between(before, after);
    expect(fates(diff)).toEqual(['ajouté ∅ → 2.2 1', 'changé 2.2 → 2.3 renuméroté 0', 'changé 2.3 → 2.4 renuméroté 0']);
    expect([...diff.renumbered]).toEqual([['2.2', '2.3'], ['2.3', '2.4']]);
  });
  it('moved to another rate', () => expect(fates(between(article('frais 1 $/jour'), article('frais 1 $/jour', 'Structure', '2.5', 'tarif Y « Y »')))).toEqual(['changé 2.5 → 2.5 déplacé 0']));
  it('the same book has none', () => expect(between(article('frais 1 $/jour'), article('frais 1 $/jour')).articles).toEqual([]));
  it('rates that come and go, taxes', () => {
    const diff = compareBooks(book(article('frais 1 $/jour')), book(article('frais 1 $/jour', 'Structure', '2.5', 'tarif Y « Y »'), HEAD.replace('5 %', '6 %')));
    expect([diff.removed, diff.added]).toEqual([['tarif X'], ['tarif Y']]);
    expect(diff.terms.map(({ name, before, after, percent }) => [name, before, after, percent && toDecimal(percent).text])).toEqual([['taxe TPS', '5 %', '6 %', '20']]);
  });
});
