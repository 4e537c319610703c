/** The columns of a table of bills: known before the bills, and no bill has a line without one. */
import { describe, expect, it } from 'vitest';
import { trialsOf } from '../../src/analysis/campaign.ts';
import { columnId, lineColumns } from '../../src/analysis/customers/lineColumns.ts';
import { billCells, FIRST_LINE, sheetOf } from '../../src/analysis/customers/sheet.ts';
import { collectBooks } from '../../src/check/book.ts';
import { looksBack } from '../../src/check/looksBack.ts';
import { Programs } from '../../src/check/program.ts';
import { prepare } from '../../src/evaluate/editions.ts';
import { runExample } from '../../src/evaluate/example.ts';
import { billCase } from '../../src/evaluate/bill.ts';
import { parseExact, toFixed, add, ZERO } from '../../src/quantity/exact.ts';
import { sourceFile } from '../../src/source/file.ts';
import { parseFile } from '../../src/syntax/parse.ts';
import { loadFolder } from '../../src/cli/load.ts';
import { books as opened, editions, inputOf } from '../tools/editions.ts';

const programOf = (rate: string, options: readonly string[] = []) => {
  const program = opened.at(-1)?.programs.program(rate, options)?.program;
  if (!program) throw new Error(`no rate ${rate}`);
  return program;
};
const keys = (rate: string, options: readonly string[] = []): string[] => lineColumns(programOf(rate, options)).map(({ key }) => key);

describe('the columns of a rate', () => {
  it.each([
    ['a fee, then each tranche, then what an article takes off', 'D', [], ['frais', 'energie_tranche_1', 'energie_tranche_2', 'reduction_energie']],
    ['a premium by season; two reductions of one line, told apart by their articles; the minimum', 'DP', [], ['energie_tranche_1', 'energie_tranche_2', 'prime_en_ete', 'prime_en_hiver', 'reduction_prime_art_12_2', 'reduction_prime_art_12_4', 'minimum']],
    ['outside and inside a set of time', 'H', [], ['prime', 'energie_hors_jours_de_semaine_en_hiver', 'energie_en_jours_de_semaine_en_hiver', 'reduction_prime_art_12_2', 'reduction_prime_art_12_4']],
    ['the lines of an option after those of the rate', 'D', ['crédit_hivernal_D'], ['frais', 'energie_tranche_1', 'energie_tranche_2', 'reduction_energie', 'effacement']],
  ] as const)('%s', (_, rate, options, expected) => expect(keys(rate, options)).toEqual(expected));

  it('two lines that only their articles tell apart, and a line that is called as the total', () => {
    const text = `édition « x » en vigueur le 1er avril 2026
  arrondit les lignes à 0,01 $
dispositions communes
article 1.1 « x »
  mesure durée en mois = jours ÷ 30 jours/mois
tarif X « x »
article 2.1 « x »
  montant total = 3 $
  montant Loyer = 1 $
  montant loyer = 2 $
`;
    const { value: [book] } = collectBooks([{ path: 'x', files: [parseFile(sourceFile('x.tarif', text)).value] }]);
    const program = book && new Programs(book).program('X')?.program;
    expect(program && lineColumns(program).map(({ key }) => key)).toEqual(['ligne_total', 'loyer_art_2_1_1', 'loyer_art_2_1_2']);
  });

  it('whether amounts are read from the past', () => expect(['D', 'G', 'DP', 'M', 'éclairage_général'].map((rate) => looksBack(programOf(rate)))).toEqual([false, true, true, true, false]));
});

describe('every example of the book', () => {
  const books = loadFolder('tariffs').books.map((book) => ({ book, programs: new Programs(book) }));
  const own = prepare(books);
  const bills = trialsOf(books).flatMap(({ example, article, book }) => {
    const outcome = runExample(example, article, (books[book] ?? books[0])?.programs as Programs, own).outcome;
    return outcome && 'bill' in outcome ? [{ title: example.title, bill: outcome.bill }] : [];
  });
  it('has bills whose lines all have a column', () => {
    expect(bills.length).toBeGreaterThan(700);
    const lost = bills.filter(({ bill }) => bill.editions.length === 1).flatMap(({ title, bill }) => { const known = new Set(lineColumns(bill.instance.runtime.program).map(({ id }) => id)); return bill.lines.filter((line) => !known.has(columnId(line))).map((line) => `${title}: ${columnId(line)}`); });
    expect(lost).toEqual([]);
  });
  it('has columns whose sum is the subtotal', () => {
    const off = bills.filter(({ bill }) => bill.editions.length === 1).filter(({ bill }) => {
      const sheet = sheetOf([bill.instance.runtime.program], { exact: false, reserves: false });
      const cells = billCells(bill, 'x', sheet, own).slice(FIRST_LINE, FIRST_LINE + sheet.lines.length).filter((cell) => cell !== '');
      return toFixed(cells.reduce((sum, cell) => add(sum, parseExact(cell) ?? ZERO), ZERO), 2) !== toFixed(bill.subtotal, 2);
    });
    expect(off.map(({ title }) => title)).toEqual([]);
  });
});

it('a period that two editions share: the parts of a line are rounded, then summed', () => {
  const outcome = billCase(inputOf({ tarif: 'D', periode: { debut: '2026-03-02', fin: '2026-05-01' }, donnees: { energie: 1200 } }), editions);
  if (!('bill' in outcome)) throw new Error('refused');
  const programs = opened.flatMap(({ programs }) => programs.program('D', [])?.program ?? []);
  const cells = billCells(outcome.bill, 'a, b', sheetOf(programs, { exact: true, reserves: false }), editions);
  // 30 days and 30 at 46,154 ¢: twice 13,8462 → 13,85. 600 kWh at 6,905 ¢ and 600 at 7,065 ¢: 41,43 and 42,39.
  // 111,52; taxes of 5 % and 9,975 %: 5,576 → 5,58 and 11,12412 → 11,12; exact 27,6924 + 83,82.
  expect(cells).toEqual(['a, b', 'D', '', '2026-03-02', '2026-05-01', '27.70', '83.82', '', '', '111.52', '5.58', '11.12', '128.22', '111.5124']);
});
