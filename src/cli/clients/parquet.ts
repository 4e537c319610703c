/**
 * Parquet through DuckDB, an optional package. What is read is turned by DuckDB into text, so that a DECIMAL keeps its digits; a column of
 * doubles is refused: its figures are not what was written. What is written has dollars as DECIMAL.
 */
import type { DuckDBConnection } from '@duckdb/node-api';
import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { NotWritten } from '../output.ts';
import type { Table } from './csv.ts';
import { FileRefused } from './refused.ts';

const load = () => import('@duckdb/node-api');

interface Open { readonly connection: DuckDBConnection; readonly close: () => void }
/** DuckDB on nothing, with one thread: what it writes is in the order of what it reads, and always the same. Undefined when the package is not there. */
async function openDuckdb(): Promise<Open | undefined> {
  let duckdb: Awaited<ReturnType<typeof load>>;
  try {
    duckdb = await load();
  } catch {
    return undefined;
  }
  const instance = await duckdb.DuckDBInstance.create(':memory:', { threads: '1', preserve_insertion_order: 'true' });
  const connection = await instance.connect();
  return { connection, close: () => { connection.closeSync(); instance.closeSync(); } };
}
/** Whether Parquet can be read and written here. */
export async function hasDuckdb(): Promise<boolean> {
  try {
    await load();
    return true;
  } catch {
    return false;
  }
}

const literal = (text: string): string => `'${text.replace(/'/g, "''")}'`;
const identifier = (text: string): string => `"${text.replace(/"/g, '""')}"`;
const firstLine = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
const unreadable = (error: unknown): Diagnostic => diagnostic('clients/parquet', { detail: firstLine(error) });

/** What a file holds, each column as text; throws `FileRefused` for one of doubles. A list or a structure becomes JSON, which a cell may hold. */
async function asText({ connection }: Open, path: string): Promise<{ readonly columns: readonly string[]; readonly select: string }> {
  const described = await connection.runAndReadAll(`describe select * from read_parquet(${literal(path)})`);
  const columns = described.getRows().map(([name, type]) => ({ name: String(name), type: String(type) }));
  const inexact = columns.filter(({ type }) => /DOUBLE|FLOAT|REAL/.test(type));
  if (inexact.length > 0) throw new FileRefused(inexact.map(({ name, type }) => diagnostic('clients/double', { name, type })));
  const text = ({ name, type }: { name: string; type: string }): string => `${/[[\]]|^STRUCT|^MAP/.test(type) ? `to_json(${identifier(name)})` : identifier(name)}::VARCHAR as ${identifier(name)}`;
  return { columns: columns.map(({ name }) => name), select: `select ${columns.map(text).join(', ')} from read_parquet(${literal(path)})` };
}

/** The rows of a file as it streams. */
export async function parquetRows(path: string): Promise<Table | { readonly diagnostics: readonly Diagnostic[] }> {
  const open = await openDuckdb();
  if (!open) return { diagnostics: [diagnostic('clients/duckdb', {})] };
  try {
    const { columns, select } = await asText(open, path);
    const result = await open.connection.stream(select);
    const rows = async function* (): Table['rows'] {
      let line = 0;
      try {
        for (;;) {
          const chunk = await result.fetchChunk();
          if (!chunk || chunk.rowCount === 0) break;
          for (const cells of chunk.getRows()) yield { line: ++line, cells: cells.map((cell) => (cell === null || cell === undefined ? null : String(cell as string))) };
        }
      } catch (error) {
        throw new FileRefused([unreadable(error)]);
      } finally {
        open.close();
      }
    };
    return { header: columns, english: false, rows: rows() };
  } catch (error) {
    open.close();
    return { diagnostics: error instanceof FileRefused ? error.diagnostics : [unreadable(error)] };
  }
}

/** Writes a file's rows as CSV cut by `;`, in their order. Throws `FileRefused`, or `NotWritten`. */
export async function parquetToCsv(path: string, to: string): Promise<void> {
  const open = await openDuckdb();
  if (!open) throw new FileRefused([diagnostic('clients/duckdb', {})]);
  try {
    const { select } = await asText(open, path);
    await open.connection.run(`copy (${select}) to ${literal(to)} (format csv, delimiter ';', header true)`);
  } catch (error) {
    if (error instanceof FileRefused) throw error;
    const wrong = firstLine(error);
    throw wrong.startsWith('IO Error') ? new NotWritten(to, wrong) : new FileRefused([unreadable(error)]);
  } finally {
    open.close();
  }
}

/** Writes a CSV of ours as Parquet. `money` are the columns of dollars and `dates` those of dates, which stay texts if one of them has an hour; the others are texts. */
export async function csvToParquet(path: string, to: string, header: readonly string[], money: ReadonlySet<string>, dates: readonly string[]): Promise<void> {
  const open = await openDuckdb();
  if (!open) throw new FileRefused([diagnostic('lot/duckdb', {})]);
  const read = (typeOf: (name: string) => string): string => `read_csv(${literal(path)}, header = true, delim = ',', quote = '"', escape = '"', auto_detect = false, new_line = '\\n', columns = {${header.map((name) => `${literal(name)}: ${literal(typeOf(name))}`).join(', ')}})`;
  try {
    const longest = await open.connection.runAndReadAll(`select max(greatest(${dates.map((name) => `length(${identifier(name)})`).join(', ')})) from ${read(() => 'VARCHAR')}`);
    const whole = Number(longest.getRows()[0]?.[0] ?? 0) <= 'aaaa-mm-jj'.length;
    await open.connection.run(`copy (select * from ${read((name) => (money.has(name) ? 'DECIMAL(18,2)' : whole && dates.includes(name) ? 'DATE' : 'VARCHAR'))}) to ${literal(to)} (format parquet, compression zstd)`);
  } catch (error) {
    throw new NotWritten(to, firstLine(error));
  } finally {
    open.close();
  }
}
