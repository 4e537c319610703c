/** Rows of all sorts, one by one: what a query refuses has no amount, and why; amounts worked by hand. */
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { books } from '../tools/editions.ts';
import { sqlOf } from '../../src/compile/sql/sql.ts';
import { queryFor, removeFolder, request } from '../tools/sqlTables.ts';

let connection: DuckDBConnection;
beforeAll(async () => { connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect(); });
afterAll(() => { connection.closeSync(); removeFolder(); });

/** What a query gives of a table whose rows are `client, debut, fin, …` in SQL. */
async function ask(asked: Parameters<typeof request>, columns: string, ...rows: readonly string[]): Promise<Record<string, string | null>[]> {
  const { text } = queryFor(request(...asked));
  await connection.run(`create or replace table factures as select * from (values ${rows.map((row) => `(${row})`).join(', ')}) as v(client, debut, fin, ${columns})`);
  const read = await connection.runAndReadAll(`select * from (${text}) order by client, debut`);
  const names = read.columnNames();
  return read.getRows().map((cells) => Object.fromEntries(cells.map((cell, index) => [names[index] ?? '', cell === null ? null : String(cell as string)])));
}
const day = (iso: string): string => `DATE '${iso}'`;
const june = `${day('2026-06-01')}, ${day('2026-07-01')}`;

describe('rate D', () => {
  it('900 kWh in 30 days: 13,8462 $ and 63,585 $, each rounded half up', async () => {
    expect(await ask(['D'], 'energie', `'a', ${june}, 900.000`)).toEqual([{
      client: 'a', debut: '2026-06-01', fin: '2026-07-01', refus: null, frais: '13.85', energie_1: '63.59', energie_2: '0.00', sous_total: '77.44', tps: '3.87', tvq: '7.72', total_arrondi: '89.03', total: '77.43120000',
    }]);
  });
  it('a tie goes up: 40,001 kWh in a day', async () => {
    // 40 × 7,065 ¢ = 2,826 $; 0,001 × 11,142 ¢ = 0,00011142 $; 46,154 ¢: 0,46 + 2,83 + 0 = 3,29 $; 5 %: 0,1645; 9,975 %: 0,3281775.
    const [row] = await ask(['D'], 'energie', `'a', ${day('2028-02-29')}, ${day('2028-03-01')}, 40.001`);
    expect(row).toMatchObject({ frais: '0.46', energie_1: '2.83', energie_2: '0.00', sous_total: '3.29', tps: '0.16', tvq: '0.33', total_arrondi: '3.78', total: '3.28765142' });
  });
  it.each([
    ['no customer', `NULL, ${june}, 900.0`, 'periode'],
    ['no day', `'a', NULL, ${day('2026-07-01')}, 900.0`, 'periode'],
    ['an empty period', `'a', ${day('2026-07-01')}, ${day('2026-07-01')}, 900.0`, 'periode'],
    ['a period that ends before it begins', `'a', ${day('2026-07-01')}, ${day('2026-06-01')}, 900.0`, 'periode'],
    ['an hour', `'a', TIMESTAMP '2026-06-01 06:00', TIMESTAMP '2026-07-01 00:00', 900.0`, 'periode'],
    ['an hour in a text', `'a', '2026-06-01 06:00', '2026-07-01', 900.0`, 'periode'],
    ['more than three years', `'a', ${day('2026-06-01')}, ${day('2029-06-06')}, 900.0`, 'periode'],
    ['eight thousand years', `'a', ${day('2026-06-01')}, ${day('9999-12-31')}, 999999999.0`, 'periode'],
    ['before the edition', `'a', ${day('2026-03-31')}, ${day('2026-05-01')}, 900.0`, 'edition'],
    ['beyond the years of the query', `'a', ${day('2030-03-15')}, ${day('2030-04-02')}, 900.0`, 'edition'],
    ['nothing metered', `'a', ${june}, CAST(NULL AS DECIMAL(9, 3))`, 'cas-json/champ-absent 1.1'],
    ['a negative quantity', `'a', ${june}, -0.001`, 'colonne energie'],
    ['more decimals than are read', `'a', ${june}, 900.0001`, 'colonne energie'],
    ['more than a terawatt-hour', `'a', ${june}, 1000000000.001`, 'colonne energie'],
    ['a number that has no end', `'a', ${june}, CAST('inf' AS DOUBLE)`, 'colonne energie'],
    ['a double that is no decimal', `'a', ${june}, CAST(1 AS DOUBLE) / 3`, 'colonne energie'],
  ])('%s', async (_, row, refus) => {
    const [found] = await ask(['D'], 'energie', row);
    expect(found?.['refus']).toBe(refus);
    expect(Object.entries(found ?? {}).filter(([name, value]) => !['client', 'debut', 'fin', 'refus'].includes(name) && value !== null)).toEqual([]);
  });
  it('the first and the last day of the query', async () => {
    const found = await ask(['D'], 'energie', `'a', ${day('2026-04-01')}, ${day('2026-04-02')}, 0.0`, `'b', ${day('2030-03-31')}, ${day('2030-04-01')}, 0.0`);
    expect(found.map((row) => [row['refus'], row['total']])).toEqual([[null, '0.46154000'], [null, '0.46154000']]);
  });
  it('a text in place of a number is no table for the query', async () => {
    await expect(ask(['D'], 'energie', `'a', ${june}, '900.0004'`)).rejects.toThrow(/VARCHAR/);
  });
  it('a choice that is none, and one with its accent', async () => {
    const found = await ask(['D', { columns: new Map([['usage', 'usage']]) }], 'energie, usage', `'a', ${june}, 900.0, 'agricole'`, `'b', ${june}, 900.0, 'général'`, `'c', ${june}, 900.0, 'general'`, `'d', ${june}, 900.0, 'Agricole'`, `'e', ${june}, 900.0, NULL`);
    expect(found.map((row) => row['refus'])).toEqual([null, 'admissibilite/exige 2.1', 'admissibilite/exige 2.1', 'colonne usage', null]);
  });
});

describe('earlier rows of a customer', () => {
  const M = ['M', { bound: new Map([['phases', '3']]) }] as const;
  it('a winter peak within 360 days is 65 % of what is billed; a day later it is not', async () => {
    const rows = (end: string): string[] => [`'a', ${day('2027-01-01')}, ${day('2027-01-31')}, 0.0, 1000.000`, `'a', ${day('2027-12-01')}, ${day(end)}, 0.0, 100.000`];
    // January ends on 31 January 2027; 360 days before 25 January 2028 is 30 January 2027, before 26 January it is 31.
    const [, within] = await ask([...M], 'energie, puissance_maximale_appelee', ...rows('2028-01-25'));
    const [, beyond] = await ask([...M], 'energie, puissance_maximale_appelee', ...rows('2028-01-26'));
    // 55 days: 650 kW × 18,242 $ × 55 ÷ 30; 56 days: the period's own 100 kW, for it too is all in winter.
    expect(within).toMatchObject({ refus: null, prime: '21738.38' });
    expect(BigInt(within?.['total_n'] ?? 0) * 30n * 1000n).toBe(650n * 18242n * 55n * BigInt(within?.['total_d'] ?? 0));
    expect(beyond).toMatchObject({ refus: null, prime: '3405.17' });
  });
  it('a peak of a period that straddles the seasons does not count', async () => {
    const found = await ask([...M], 'energie, puissance_maximale_appelee', `'a', ${day('2026-11-20')}, ${day('2026-12-20')}, 0.0, 1000.0`, `'a', ${day('2026-12-20')}, ${day('2027-01-19')}, 0.0, 100.0`);
    expect(found[1]).toMatchObject({ refus: null, prime: '1824.20' });
  });
  it('periods that overlap, and a peak that is not known', async () => {
    const found = await ask([...M], 'energie, puissance_maximale_appelee', `'a', ${day('2026-12-01')}, ${day('2026-12-31')}, 0.0, NULL`, `'a', ${day('2026-12-31')}, ${day('2027-01-30')}, 0.0, 100.0`, `'b', ${june}, 0.0, 100.0`, `'b', ${day('2026-06-30')}, ${day('2026-07-30')}, 0.0, 100.0`);
    expect(found.map((row) => row['refus'])).toEqual(['cas-json/champ-absent 1.1', 'cas-json/champ-absent 1.1', null, 'chevauchement']);
  });
  it('a row that is refused for its dates does not overflow what is worked out for the others', async () => {
    const found = await ask([...M], 'energie, puissance_maximale_appelee', `'a', ${day('0001-01-01')}, ${day('9999-12-31')}, 1000000000.0, 1000000.0`, `'b', ${june}, 1000000000.0, 1000000.0`);
    expect(found.map((row) => row['refus'])).toEqual(['periode', null]);
  });
  it('a period of more than two seasons is left', async () => {
    const [row] = await ask([...M], 'energie, puissance_maximale_appelee', `'a', ${day('2026-11-30')}, ${day('2027-04-02')}, 0.0, 100.0`);
    expect(row?.['refus']).toBe('saisons');
  });
});

describe('what is asked', () => {
  const codes = (...asked: Parameters<typeof request>): string[] => { const outcome = sqlOf(request(...asked)); return 'diagnostics' in outcome ? outcome.diagnostics.map(({ code }) => code) : []; };
  it.each([
    [['D', { columns: new Map([['energi', 'energi']]) }], 'sql/donnee'],
    [['D', { bound: new Map([['usage', 'campagne']]) }], 'sql/valeur'],
    [['M', { bound: new Map([['phases', '2']]) }], 'sql/valeur'],
    [['D', { bound: new Map([['usage', 'général']]) }], 'sql/rien'],
    [['D', { options: ['mesurage_net_1'] }], 'sql/periode-precedente'],
    [['BR'], 'sql/quotient'],
    [['L'], 'sql/feuille'],
  ] as const)('%o: %s', (asked, code) => { expect(codes(...(asked as unknown as Parameters<typeof request>))).toEqual([code]); });
  it('names of tables and columns are quoted, whatever they hold', () => {
    const { text } = queryFor(request('D', { table: 'a"b;c', columns: new Map([['energie', 'k"Wh; drop table x']]) }));
    expect(text).toContain('FROM "a""b;c" AS t');
    expect(text).toContain('t."k""Wh; drop table x"');
  });
  it('rate D stays within 64 bits', () => {
    expect(queryFor(request('D')).narrow).toBe(true);
    expect(queryFor(request('D')).text).not.toMatch(/HUGEINT/);
  });
  it('an edition that has a next one ends with it', () => {
    const before = books.at(-2);
    if (!before) throw new Error('one edition');
    expect(queryFor(request('D', { next: before.book.edition.date + 365 + 1461 })).text).toMatch(/fin > DATE '20/);
  });
});
