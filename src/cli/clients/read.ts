/** A file of customers, read as it streams: CSV, NDJSON or Parquet → customers, each with its rows. */
import { extname } from 'node:path';
import { existsSync } from 'node:fs';
import { clientOf, noColumns, readHeader, type Columns, type Customer, type Row } from '../../analysis/customers/rows.ts';
import { diagnostic } from '../../diagnostics/diagnostic.ts';
import { csvRows } from './csv.ts';
import { ndjsonLines } from './ndjson.ts';
import { parquetRows } from './parquet.ts';
import { FileRefused } from './refused.ts';

export interface ClientFile {
  readonly columns: Columns;
  /** Its customers in order. Throws `FileRefused`. */
  readonly customers: AsyncIterable<Customer>;
}

/** Opens a file of customers by its extension. Throws `FileRefused`. */
export async function openClients(path: string, ignored: readonly string[]): Promise<ClientFile> {
  if (!existsSync(path)) throw new FileRefused([diagnostic('texte/introuvable', { path })]);
  const kind = extname(path).toLowerCase();
  if (['.ndjson', '.jsonl'].includes(kind)) return { columns: noColumns(ignored), customers: grouped(ndjsonRows(path)) };
  const table = ['.csv', '.tsv', '.txt'].includes(kind) ? await csvRows(path) : kind === '.parquet' ? await parquetRows(path) : undefined;
  if (!table) throw new FileRefused([diagnostic('clients/format', { path })]);
  if ('diagnostics' in table) throw new FileRefused(table.diagnostics);
  const header = readHeader(table.header, table.english, ignored);
  if ('diagnostics' in header) throw new FileRefused(header.diagnostics);
  const { columns } = header;
  return { columns, customers: grouped(named(table.rows, columns.client)) };
}

interface Named { readonly name: string | undefined; readonly row: Row }

async function* named(rows: AsyncIterable<{ readonly line: number; readonly cells: readonly (string | null)[] }>, at: number): AsyncIterable<Named> {
  for await (const row of rows) { const name = row.cells[at]?.trim(); yield { name: name === '' ? undefined : name, row }; }
}
async function* ndjsonRows(path: string): AsyncIterable<Named> {
  for await (const row of ndjsonLines(path)) yield { name: clientOf(row.json), row };
}

/** Rows of one name that follow each other are one customer. A row that names nobody belongs to the customer before it, and refuses it. */
async function* grouped(rows: AsyncIterable<Named>): AsyncIterable<Customer> {
  const seen = new Set<string>();
  let name: string | undefined;
  let held: Row[] = [];
  for await (const { name: next, row } of rows) {
    if (next === undefined || next === name) { held.push(row); continue; }
    if (held.length > 0) yield { name: name ?? '', rows: held };
    if (seen.has(next)) throw new FileRefused([diagnostic('clients/disperse', { client: next, line: row.line })]);
    seen.add(next);
    name = next;
    held = [row];
  }
  if (held.length > 0) yield { name: name ?? '', rows: held };
  else throw new FileRefused([diagnostic('clients/vide', {})]);
}

/** Customers by batches of about so many rows. */
export async function* inBatches(customers: AsyncIterable<Customer>, rows: number): AsyncIterable<Customer[]> {
  let batch: Customer[] = [];
  let size = 0;
  for await (const customer of customers) {
    batch.push(customer);
    size += customer.rows.length;
    if (size >= rows) { yield batch; batch = []; size = 0; }
  }
  if (batch.length > 0) yield batch;
}
