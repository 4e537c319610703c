/** What a thread does of a batch: a chunk of the file in, the bytes of its bills and of its refusals out. */
import { dirname } from 'node:path';
import { billRows, type BillingEdition } from '../../analysis/customers/billRows.ts';
import type { Customer } from '../../analysis/customers/rows.ts';
import { billCells, type Sheet } from '../../analysis/customers/sheet.ts';
import { billToJson } from '../../contract/writeBill.ts';
import { diagnostic, isError, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { toJson } from '../../diagnostics/print.ts';
import type { Lang } from '../../quantity/format.ts';
import { catalogueOf, prepare } from '../../index.ts';
import { FileRefused } from '../clients/refused.ts';
import type { Opened } from '../context.ts';
import { tableReader } from '../tables.ts';
import type { Shared } from '../threads.ts';
import { pieceBiller, type BillOne } from './columns.ts';
import { customersIn, readBytes, type InputFile } from './input.ts';
import type { Chunk } from './survey.ts';
import type { ColumnKind } from './table.ts';

/** The file to bill, and how; it crosses between threads as a copy. `id` tells one file of a folder from another. */
export interface BatchJob {
  readonly id: number;
  readonly input: InputFile;
  readonly form: 'csv' | 'ndjson';
  readonly sheet: Sheet;
  /** What the columns of a CSV file are read as, by place. */
  readonly kinds: readonly ColumnKind[];
  readonly lang: Lang;
  /** Where the files are that a case names. */
  readonly base: string;
}

/** What a chunk gave: bytes to write, and counts of rows. */
export interface Billed {
  readonly out: Uint8Array<ArrayBuffer>;
  readonly errors: Uint8Array<ArrayBuffer>;
  readonly billed: number;
  readonly refused: number;
}

export type BillChunk = (chunk: Chunk) => Billed;

/** Bills the chunks of a file with editions that are open. It throws `FileRefused` when the file is not what it was, or an article that a bill needs is wrong. */
export function chunkBiller(job: BatchJob, opened: Opened): BillChunk {
  const { input, form, sheet, lang, kinds } = job;
  const editions = prepare(opened.books);
  const edition: BillingEdition = { catalogue: catalogueOf(opened.books), editions, readTable: tableReader(job.base) };
  const encoder = new TextEncoder();
  const byColumns = form === 'csv' ? pieceBiller(input, kinds, sheet, edition) : undefined;
  return (chunk) => {
    const bytes = readBytes(input.path, chunk.offset, chunk.length);
    const errors: string[] = [];
    const one: BillOne = (customer) => {
      let [text, billed] = ['', 0];
      for (const outcome of billRows(customer, input.columns, edition, { refuseHoles: true })) {
        if ('diagnostics' in outcome) { errors.push(errorLine(outcome.line, customer.name, outcome.diagnostics, lang)); continue; }
        const { bill } = outcome;
        text += form === 'csv' ? csvLine(billCells(bill, customer.name, sheet, editions)) : `${JSON.stringify({ client: customer.name, ...billToJson(bill, lang) })}\n`;
        billed++;
      }
      return { text, billed };
    };
    const made = byColumns?.(bytes, chunk, one) ?? byRows(customersIn(input, bytes, chunk), one);
    const wrong = opened.errors().filter(isError);
    if (wrong.length > 0) throw new FileRefused(wrong);
    return { ...made, errors: encoder.encode(errors.join('')), refused: errors.length };
  };
}

function byRows(customers: readonly Customer[], one: BillOne): Pick<Billed, 'out' | 'billed'> {
  const made = customers.map(one);
  return { out: new TextEncoder().encode(made.map(({ text }) => text).join('')), billed: made.reduce((sum, { billed }) => sum + billed, 0) };
}

/** A row that was refused, as a line of the file of errors: what `bareme bill --json` says of it, with its line and its customer. */
const errorLine = (line: number, client: string, diagnostics: readonly Diagnostic[], lang: Lang): string =>
  `${JSON.stringify({ version: 1, ligne: line, ...(client === '' ? {} : { client }), erreurs: diagnostics.map((item) => toJson(item, lang)) })}\n`;

/** A line of CSV for programs: commas, decimal points, no byte order mark. */
export const csvLine = (cells: readonly string[]): string => `${cells.map((cell) => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell)).join(',')}\n`;

/** What the main thread asks another for. */
export interface Question { readonly job: BatchJob; readonly chunk: Chunk }

/** Serves the chunks that come to this thread, until it is ended. */
export function serveBatch(work: Shared, open: () => Opened): void {
  // While the main thread surveys the file; the questions wait.
  const opened = open();
  let current: { readonly id: number; readonly bill: BillChunk } | undefined;
  work.serve(({ job, chunk }: Question) => {
    if (current?.id !== job.id) current = { id: job.id, bill: chunkBiller(job, opened) };
    const answer = current.bill(chunk);
    return { answer, moved: [answer.out.buffer, answer.errors.buffer] };
  });
}

/** The folder of a file's tables. */
export const baseOf = (path: string): string => dirname(path);
export const vanished = (path: string): FileRefused => new FileRefused([diagnostic('lot/entree-changee', { path })]);
