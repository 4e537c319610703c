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

/** A row, and whose it is. */
export interface Named { readonly name: string | undefined; readonly row: Row }

async function* named(rows: AsyncIterable<{ readonly line: number; readonly cells: readonly (string | null)[] }>, at: number): AsyncIterable<Named> {
  for await (const row of rows) { const name = row.cells[at]?.trim(); yield { name: name === '' ? undefined : name, row }; }
}
async function* ndjsonRows(path: string): AsyncIterable<Named> {
  for await (const row of ndjsonLines(path)) yield { name: clientOf(row.json), row };
}

/** Rows of one name that follow each other are one customer. A row that names nobody belongs to the customer before it, and refuses it. */
async function* grouped(rows: AsyncIterable<Named>): AsyncIterable<Customer> {
  const seen = new Set<string>();
  const grouper = newGrouper();
  for await (const named of rows) {
    const done = grouper.take(named);
    if (done) yield done;
    if (named.name === undefined || !grouper.began()) continue;
    if (seen.has(named.name)) throw new FileRefused([diagnostic('clients/disperse', { client: named.name, line: named.row.line })]);
    seen.add(named.name);
  }
  const last = grouper.rest();
  if (last) yield last;
  else throw new FileRefused([diagnostic('clients/vide', {})]);
}

/** The customers of a piece of a file that is cut between customers. */
export function customersOf(rows: Iterable<Named>): Customer[] {
  const grouper = newGrouper();
  const customers = [...rows].flatMap((named) => grouper.take(named) ?? []);
  const last = grouper.rest();
  return last ? [...customers, last] : customers;
}

interface Grouper {
  /** Takes a row; gives the customer that it ends, if it begins another. */
  readonly take: (named: Named) => Customer | undefined;
  /** Whether the last row that was taken began a customer. */
  readonly began: () => boolean;
  readonly rest: () => Customer | undefined;
}
function newGrouper(): Grouper {
  let name: string | undefined;
  let held: Row[] = [];
  let first = false;
  const close = (): Customer | undefined => (held.length > 0 ? { name: name ?? '', rows: held } : undefined);
  return {
    take: ({ name: next, row }) => {
      first = next !== undefined && next !== name;
      if (!first) { held.push(row); return undefined; }
      const done = close();
      name = next;
      held = [row];
      return done;
    },
    began: () => first, rest: close,
  };
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
