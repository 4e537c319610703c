/** Queries of a rate against the interpreter, on a random table: for the specs of DuckDB and of PostgreSQL. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { formatIsoDate } from '../../src/calendar/day.ts';
import { Programs } from '../../src/check/program.ts';
import { sqlOf, type SqlAnswer, type SqlRequest } from '../../src/compile/sql/sql.ts';
import { messageOf } from '../../src/diagnostics/diagnostic.ts';
import { oneEdition } from '../../src/evaluate/editions.ts';
import { prepare } from '../../src/index.ts';
import { books } from './editions.ts';
import { billRows, randomOf, tableOf, type Draw, type Row } from './sqlCases.ts';

const found = books.at(-1);
if (!found) throw new Error('no edition');
const { book } = found;
const programs = new Programs(book);
const editions = oneEdition(prepare([{ book, programs }]), book.edition.date);
if (!editions) throw new Error('no edition');
export const folder = mkdtempSync(join(tmpdir(), 'bareme-sql-'));
export const removeFolder = (): void => { rmSync(folder, { recursive: true }); };

export const request = (rate: string, more: Partial<SqlRequest> = {}): SqlRequest => ({
  rate, options: [], edition: book.edition, programOf: (each, options) => programs.program(each, options)?.program, next: undefined,
  dialect: 'duckdb', table: 'factures', columns: new Map(), bound: new Map(), decimals: 3, ...more,
});
export function queryFor(asked: SqlRequest): SqlAnswer {
  const outcome = sqlOf(asked);
  if ('diagnostics' in outcome) throw new Error(outcome.diagnostics.map((item) => messageOf(item, 'fr')).join('\n'));
  return outcome.query;
}

/** Around the thresholds of the book, in thousandths. */
const near = (edges: (days: number) => number[], most: number): Draw => (random, days, size) => {
  const roll = random();
  if (roll < 0.02) return undefined;
  if (roll < 0.08) return 0;
  if (roll < 0.4) { const all = edges(days); return Math.max(0, Math.round((all[Math.floor(random() * all.length)] ?? 0) * 1000) + Math.floor(random() * 3) - 1); }
  return Math.floor(random() * size * most * 1000);
};
const energy = near((days) => [40 * days, 1200 * days / 30, 15090 * days / 30, 210000 * days / 30], 60000);
const power = near(() => [0, 13, 50, 65, 76.923, 100, 5000], 220);
const DRAWS = new Map<string, Draw>([['energie', energy], ['puissance_maximale_appelee', power], ['plus_grand_appel_reel', power], ['tension', near(() => [0.6, 5, 15, 25, 50, 80, 170], 230)], ['logements', (random) => (random() < 0.1 ? undefined : Math.floor(random() * 20))]]);
/** Days after the edition by which the periods of a customer have begun. */
const LAST = 1192;

/** A table as CSV, and what DuckDB and PostgreSQL call the types of its columns. */
export function csvOf(rows: readonly Row[], { data }: SqlAnswer): { readonly text: string; readonly types: readonly string[] } {
  const cell = (row: Row, { key, holds }: SqlAnswer['data'][number]): string => {
    const value = row.data.get(key);
    if (value === undefined) return '';
    if (holds.kind === 'number') { const digits = String(value).padStart(holds.decimals + 1, '0'); return holds.decimals === 0 ? digits : `${digits.slice(0, -holds.decimals)}.${digits.slice(-holds.decimals)}`; }
    if (holds.kind === 'choice') return holds.values[value as number]?.written[0] ?? '';
    return holds.kind === 'date' ? formatIsoDate(value as number) : String(value);
  };
  const type = ({ holds }: SqlAnswer['data'][number]): string => (holds.kind === 'number' ? `decimal(18,${holds.decimals})` : holds.kind === 'choice' ? (typeof holds.values[0]?.value === 'string' ? 'varchar' : 'integer') : holds.kind);
  return {
    text: [['client', 'debut', 'fin', ...data.map(({ key }) => key)].join(), ...rows.map((row) => [row.client, formatIsoDate(row.debut), formatIsoDate(row.fin), ...data.map((column) => cell(row, column))].join())].join('\n'),
    types: ['client varchar', 'debut date', 'fin date', ...data.map((column) => `${column.key} ${type(column)}`)],
  };
}

export type Given = Readonly<Record<string, string | null>>;
export async function askDuckdb(query: SqlAnswer, rows: readonly Row[]): Promise<Map<string, Given>> {
  const { text, types } = csvOf(rows, query);
  const path = join(folder, 'table.csv');
  writeFileSync(path, text);
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
  await connection.run(`create table factures (${types.join(', ')})`);
  await connection.run(`copy factures from '${path}' (header, nullstr '')`);
  const read = await connection.runAndReadAll(query.text);
  const names = read.columnNames();
  const found = new Map<string, Given>();
  for (const cells of read.getRows()) {
    const row = Object.fromEntries(cells.map((cell, index) => [names[index] ?? '', cell === null ? null : String(cell as string)]));
    found.set(`${row['client'] ?? ''} ${row['debut'] ?? ''}`, row);
  }
  connection.closeSync();
  return found;
}

const fraction = (decimal: string): { n: bigint; d: bigint } => { const [whole = '0', part = ''] = decimal.split('.'); return { n: BigInt(whole + part), d: 10n ** BigInt(part.length) }; };
const exactTotal = (row: Given): { n: bigint; d: bigint } => (row['total'] === undefined ? { n: BigInt(row['total_n'] ?? '0'), d: BigInt(row['total_d'] ?? '1') } : fraction(row['total'] ?? '0'));
const same = (a: string, b: { n: bigint; d: bigint }): boolean => { const [n = '0', d = '1'] = a.split('/'); return BigInt(n) * b.d === b.n * BigInt(d); };

/** Compares what a query gave with what the interpreter bills. Gives how many rows have amounts, and how many it left. */
export function held(rows: readonly Row[], rate: string, options: readonly string[], query: SqlAnswer, given: ReadonlyMap<string, Given>): { billed: number; left: Map<string, number>; wrong: string[] } {
  const wrong: string[] = [];
  const left = new Map<string, number>();
  let billed = 0;
  if (!editions) throw new Error('no edition');
  billRows(rows, rate, options, query, editions, (row, bill) => {
    const got = given.get(`${row.client} ${formatIsoDate(row.debut)}`);
    const say = (text: string): void => { wrong.push(`${row.client} ${formatIsoDate(row.debut)} ${formatIsoDate(row.fin)} ${JSON.stringify([...row.data])}: ${text}`); };
    if (!got) { say('no row'); return; }
    const refus = got['refus'];
    if (refus !== null && refus !== undefined) {
      left.set(refus, (left.get(refus) ?? 0) + 1);
      if (query.columns.slice(4).some((name) => got[name] !== null)) say('an amount beside a refusal');
      // Where the query says what refuses, the interpreter refuses too.
      if (refus.includes('/') && typeof bill !== 'string') say(`the interpreter bills what is refused by ${refus}`);
      return;
    }
    if (typeof bill === 'string') { say(`the interpreter refuses (${bill})`); return; }
    billed++;
    const lines = new Map(query.lines.map(({ key, article, title }) => [`${article} ${title}`, key]));
    for (const [name, amount] of bill) {
      if (name === 'total') { if (!same(amount, exactTotal(got))) say(`total ${amount}, not ${got['total'] ?? `${got['total_n'] ?? ''}/${got['total_d'] ?? ''}`}`); continue; }
      const column = lines.get(name) ?? name;
      if (got[column] !== amount) say(`${column} ${amount}, not ${got[column] ?? 'nothing'}`);
    }
    for (const { key, article, title } of query.lines) if (!bill.has(`${article} ${title}`) && !/^-?0(?:\.0+)?$/.test(got[key] ?? '')) say(`${key} ${got[key] ?? 'nothing'}, which the bill has not`);
  });
  return { billed, left, wrong };
}

/** Rate, further columns, what all rows have alike. */
export const RATES: readonly (readonly [rate: string, columns: readonly string[], set: Readonly<Record<string, string>>])[] = [
  ['D', [], {}],
  ['D', ['tension', 'transforme_a_ses_frais', 'usage', 'lieu', 'mesurage'], {}],
  ['D', ['puissance_maximale_appelee'], {}],
  ['DP', ['tension', 'transforme_a_ses_frais'], {}],
  ['DT', ['energie_pendant_grand_froid', 'energie_sauf_grand_froid'], { mesurage: 'individuel', lieu: 'logement', seuil_de_temperature: '-12', permutation_automatique: 'oui' }],
  ['DM', ['lieu', 'mesurage', 'logements', 'chambres', 'droit_acquis_depuis'], {}],
  ['G', [], {}],
  ['G', ['tension', 'transforme_a_ses_frais', 'abonnement', 'livraison_mesuree'], {}],
  ['M', [], {}],
  ['M', ['abonnement'], { phases: '3', livraison_mesuree: 'oui' }],
  ['G9', [], {}],
  ['GD', ['energie_pendant_ete', 'energie_pendant_hiver'], {}],
  ['LG', [], {}],
  ['DN', [], {}],
  ['biénergie_petite_puissance', [], {}],
  ['éclairage_général', [], {}],
];

export interface Held { readonly billed: number; readonly left: ReadonlyMap<string, number>; readonly wrong: readonly string[] }

/** A random table billed by a query and by the interpreter. */
export async function holdRate(rate: string, columns: readonly string[], set: Readonly<Record<string, string>>, rows: number, dialect: SqlRequest['dialect'], ask: (query: SqlAnswer, rows: readonly Row[]) => Promise<Map<string, Given>>): Promise<Held> {
  const query = queryFor(request(rate, { dialect, columns: new Map(columns.map((key) => [key, key])), bound: new Map(Object.entries(set)) }));
  // Before the edition rows are history, that other editions bill; then come three winters and a leap day.
  const table = tableOf(rows, 16, book.edition.date - 400, book.edition.date + LAST, query.data, DRAWS, randomOf(rate.length * 97 + columns.length));
  const found = held(table, rate, [], query, await ask(query, table));
  if (process.env['BAREME_SQL_ROWS'] !== undefined) process.stderr.write(`${rate} ${columns.join()} ${found.billed}/${table.length} ${JSON.stringify([...found.left])}\n`);
  return found;
}
