/** Files of customers and editions, for the specs that compare inside this process. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BillingEdition } from '../../src/analysis/customers/billRows.ts';
import { compareBatch, type BatchResult } from '../../src/analysis/customers/compareCustomers.ts';
import type { Columns, Customer } from '../../src/analysis/customers/rows.ts';
import { collectBooks, type Book } from '../../src/check/book.ts';
import { Programs } from '../../src/check/program.ts';
import { openClients } from '../../src/cli/clients/read.ts';
import { FileRefused } from '../../src/cli/clients/refused.ts';
import { oneEdition } from '../../src/evaluate/editions.ts';
import { catalogueOf, prepare } from '../../src/index.ts';
import { sourceFile } from '../../src/source/file.ts';
import { parseFile } from '../../src/syntax/parse.ts';
import { books } from './editions.ts';

export const folder = mkdtempSync(join(tmpdir(), 'bareme-clients-'));
export const removeFolder = (): void => { rmSync(folder, { recursive: true }); };
let files = 0;
/** A file of the spec's own. */
export function written(name: string, content: string | Uint8Array): string {
  const path = join(folder, `${files++}-${name}`);
  writeFileSync(path, content);
  return path;
}

function opened(book: Book): BillingEdition {
  const list = [{ book, programs: new Programs(book) }];
  const editions = oneEdition(prepare(list), book.edition.date);
  if (!editions) throw new Error('no edition');
  return { catalogue: catalogueOf(list), editions, readTable: () => ({ diagnostics: [] }) };
}
/** The edition of the tariffs of a year. */
export function editionOf(year: number): BillingEdition {
  const found = books.find(({ book }) => book.edition.title.endsWith(String(year)));
  if (!found) throw new Error('no edition of that year');
  return opened(found.book);
}
/** An invented edition. */
export function invented(text: string): BillingEdition {
  const [book] = collectBooks([{ path: 'essai', files: [parseFile(sourceFile('essai.tarif', text)).value] }]).value;
  if (!book) throw new Error('no book');
  return opened(book);
}

export interface ReadFile { readonly columns: Columns; readonly customers: readonly Customer[] }
/** The customers of a file, or the codes of what refuses it. */
export async function read(path: string, ignored: readonly string[] = []): Promise<ReadFile | readonly string[]> {
  try {
    const file = await openClients(path, ignored);
    const customers: Customer[] = [];
    for await (const customer of file.customers) customers.push(customer);
    return { columns: file.columns, customers };
  } catch (error) {
    if (error instanceof FileRefused) return error.diagnostics.map(({ code }) => code);
    throw error;
  }
}
export async function compared(path: string, before: BillingEdition, after: BillingEdition, ignored: readonly string[] = []): Promise<BatchResult> {
  const file = await read(path, ignored);
  if (!('customers' in file)) throw new Error(file.join());
  return compareBatch(file.customers, { before, after, columns: file.columns, renumbered: new Map(), lang: 'fr' });
}
