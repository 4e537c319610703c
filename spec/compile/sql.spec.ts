import { afterAll, describe, expect, it } from 'vitest';
import { askDuckdb, holdRate, RATES, removeFolder } from '../tools/sqlTables.ts';

afterAll(removeFolder);

/** Rows a rate; BAREME_SQL_ROWS asks for another number, and says what became of them. */
const MANY = Number(process.env['BAREME_SQL_ROWS'] ?? 4000);

describe('a rate as SQL gives the digits of the interpreter', () => {
  it.each(RATES)('%s %s %o', async (rate, columns, set) => {
    const { billed, wrong } = await holdRate(rate, columns, set, MANY, 'duckdb', askDuckdb);
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(billed).toBeGreaterThan(MANY / 20);
  }, 600_000);
});
