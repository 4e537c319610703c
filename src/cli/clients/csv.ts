/** CSV as it streams, cut by `;`, tabs or commas, whichever its header shows. */
import { Readable } from 'node:stream';
import { parse as csvParser, type CsvError } from 'csv-parse';
import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { textOfFile } from './text.ts';
import { FileRefused } from './refused.ts';

export interface Table {
  readonly header: readonly string[];
  /** Cut by commas, as in English: a comma in a number groups its digits. */
  readonly english: boolean;
  readonly rows: AsyncIterable<{ readonly line: number; readonly cells: readonly (string | null)[] }>;
}

export async function csvRows(path: string): Promise<Table | { readonly diagnostics: readonly Diagnostic[] }> {
  const pieces = textOfFile(path)[Symbol.asyncIterator]();
  // The first line tells how the file is cut.
  let head = '';
  while (!head.trimStart().includes('\n')) { const next = await pieces.next(); if (next.done === true) break; head += next.value; }
  const first = head.trimStart().split('\n')[0] ?? '';
  if (first.trim() === '') return { diagnostics: [diagnostic('clients/vide', {})] };
  const delimiter = [';', '\t', ','].find((each) => first.includes(each)) ?? ';';
  const rest = async function* (): AsyncIterable<string> {
    yield head;
    for (;;) { const next = await pieces.next(); if (next.done === true) return; yield next.value; }
  };
  const parser = Readable.from(rest()).compose(csvParser({ delimiter, bom: true, skip_empty_lines: true, relax_column_count: true, info: true, encoding: 'utf8' }));
  const records = (parser as AsyncIterable<{ readonly info: { readonly lines: number }; readonly record: string[] }>)[Symbol.asyncIterator]();
  const next = async (): Promise<{ readonly line: number; readonly cells: string[] } | undefined> => {
    try {
      const read = await records.next();
      return read.done === true ? undefined : { line: read.value.info.lines, cells: read.value.record };
    } catch (error) {
      if (error instanceof FileRefused) throw error;
      const wrong = error as CsvError & { readonly lines?: number };
      throw new FileRefused([diagnostic('clients/csv', { line: wrong.lines ?? 0, detail: wrong.message })]);
    }
  };
  const header = await next();
  const rows = async function* (): Table['rows'] {
    for (let row = await next(); row; row = await next()) if (row.cells.some((cell) => cell.trim() !== '')) yield row;
  };
  return { header: header?.cells ?? [], english: delimiter === ',', rows: rows() };
}
