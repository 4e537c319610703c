import { afterAll, describe, expect, it } from 'vitest';
import type { SqlAnswer } from '../../src/compile/sql/sql.ts';
import { startPostgres } from '../tools/postgres.ts';
import type { Row } from '../tools/sqlCases.ts';
import { csvOf, holdRate, RATES, removeFolder, type Given } from '../tools/sqlTables.ts';

const server = startPostgres();
if (typeof server === 'string') process.stderr.write(`spec/compile/sqlPostgres.spec.ts is skipped: ${server}\n`);
afterAll(() => { if (typeof server !== 'string') server.stop(); removeFolder(); });

const MANY = Number(process.env['BAREME_SQL_ROWS'] ?? 4000);

function askPostgres(query: SqlAnswer, rows: readonly Row[]): Promise<Map<string, Given>> {
  if (typeof server === 'string') throw new Error(server);
  const { text, types } = csvOf(rows, query);
  const out = server.run(`drop table if exists factures;\ncreate table factures (${types.join(', ')});\ncopy factures from stdin (format csv, header);\n${text}\n\\.\n${query.text};\n`);
  const [header = '', ...lines] = out.trimEnd().split('\n');
  const names = header.split(',');
  return Promise.resolve(new Map(lines.map((line) => {
    const row: Given = Object.fromEntries(line.split(',').map((cell, index) => [names[index] ?? '', cell === '' ? null : cell]));
    return [`${row['client'] ?? ''} ${row['debut'] ?? ''}`, row];
  })));
}

describe.skipIf(typeof server === 'string')('a rate as SQL gives the digits of the interpreter on PostgreSQL', () => {
  it.each(RATES)('%s %s %o', async (rate, columns, set) => {
    const { billed, wrong } = await holdRate(rate, columns, set, MANY, 'postgres', askPostgres);
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(billed).toBeGreaterThan(MANY / 20);
  }, 600_000);
});
