/**
 * Parquet as it streams, through DuckDB, an optional package: DuckDB turns each column into its text, so that a DECIMAL keeps its digits.
 * A column of doubles is refused: its figures are not what was written.
 */
import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Table } from './csv.ts';
import { FileRefused } from './refused.ts';

const load = () => import('@duckdb/node-api');

export async function parquetRows(path: string): Promise<Table | { readonly diagnostics: readonly Diagnostic[] }> {
  let duckdb: Awaited<ReturnType<typeof load>>;
  try {
    duckdb = await load();
  } catch {
    return { diagnostics: [diagnostic('clients/duckdb', {})] };
  }
  const quoted = `'${path.replace(/'/g, "''")}'`;
  const unreadable = (error: unknown): Diagnostic => diagnostic('clients/parquet', { detail: (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '' });
  try {
    const instance = await duckdb.DuckDBInstance.create(':memory:', { threads: '1', preserve_insertion_order: 'true' });
    const connection = await instance.connect();
    const described = await connection.runAndReadAll(`describe select * from read_parquet(${quoted})`);
    const columns = described.getRows().map(([name, type]) => ({ name: String(name), type: String(type) }));
    const inexact = columns.filter(({ type }) => /DOUBLE|FLOAT|REAL/.test(type));
    if (inexact.length > 0) return { diagnostics: inexact.map(({ name, type }) => diagnostic('clients/double', { name, type })) };
    const name = (text: string): string => `"${text.replace(/"/g, '""')}"`;
    // A list or a structure becomes JSON, which a cell may hold.
    const text = (column: { name: string; type: string }): string => (/[[\]]|^STRUCT|^MAP/.test(column.type) ? `to_json(${name(column.name)})::VARCHAR` : `${name(column.name)}::VARCHAR`);
    const result = await connection.stream(`select ${columns.map(text).join(', ')} from read_parquet(${quoted})`);
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
        connection.closeSync();
        instance.closeSync();
      }
    };
    return { header: columns.map((column) => column.name), english: false, rows: rows() };
  } catch (error) {
    return { diagnostics: [unreadable(error)] };
  }
}
