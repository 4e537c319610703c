/** CSV as it streams, cut by `;`, tabs or commas, whichever its header shows. */
import { Readable } from 'node:stream';
import { parse as csvParser, type CsvError } from 'csv-parse';
import { parse as parseNow } from 'csv-parse/sync';
import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { textOfFile } from './text.ts';
import { FileRefused } from './refused.ts';

export interface Table {
  readonly header: readonly string[];
  /** Cut by commas, as in English: a comma in a number groups its digits. */
  readonly english: boolean;
  readonly rows: AsyncIterable<{ readonly line: number; readonly cells: readonly (string | null)[] }>;
}

/** What cuts a file, by its first line. */
export const delimiterOf = (first: string): string => [';', '\t', ','].find((each) => first.includes(each)) ?? ';';

const settings = (delimiter: string) => ({ delimiter, bom: true, skip_empty_lines: true, relax_column_count: true, info: true }) as const;
const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '');
function unreadable(error: unknown, before: number): FileRefused {
  const wrong = error as CsvError & { readonly lines?: number };
  return new FileRefused([diagnostic('clients/csv', { line: before + (wrong.lines ?? 0), detail: wrong.message })]);
}

/** The rows of a piece of a file that begins and ends with a row; `before`: how many lines come before it. Throws `FileRefused`. */
export function csvPiece(text: string, delimiter: string, before: number): { readonly line: number; readonly cells: readonly string[] }[] {
  try {
    // The ends of lines are said: each piece would find out for itself otherwise, and they could differ.
    const records = parseNow(text, { ...settings(delimiter), record_delimiter: ['\r\n', '\n'] }) as unknown as { readonly info: { readonly lines: number }; readonly record: string[] }[];
    return records.flatMap(({ info, record }) => (isBlank(record) ? [] : [{ line: before + info.lines, cells: record }]));
  } catch (error) {
    throw unreadable(error, before);
  }
}

export async function csvRows(path: string): Promise<Table | { readonly diagnostics: readonly Diagnostic[] }> {
  const pieces = textOfFile(path)[Symbol.asyncIterator]();
  // The first line tells how the file is cut.
  let head = '';
  while (!head.trimStart().includes('\n')) { const next = await pieces.next(); if (next.done === true) break; head += next.value; }
  const first = head.trimStart().split('\n')[0] ?? '';
  if (first.trim() === '') return { diagnostics: [diagnostic('clients/vide', {})] };
  const delimiter = delimiterOf(first);
  const rest = async function* (): AsyncIterable<string> {
    yield head;
    for (;;) { const next = await pieces.next(); if (next.done === true) return; yield next.value; }
  };
  const parser = Readable.from(rest()).compose(csvParser({ ...settings(delimiter), encoding: 'utf8' }));
  const records = (parser as AsyncIterable<{ readonly info: { readonly lines: number }; readonly record: string[] }>)[Symbol.asyncIterator]();
  const next = async (): Promise<{ readonly line: number; readonly cells: string[] } | undefined> => {
    try {
      const read = await records.next();
      return read.done === true ? undefined : { line: read.value.info.lines, cells: read.value.record };
    } catch (error) {
      if (error instanceof FileRefused) throw error;
      throw unreadable(error, 0);
    }
  };
  const header = await next();
  const rows = async function* (): Table['rows'] {
    for (let row = await next(); row; row = await next()) if (!isBlank(row.cells)) yield row;
  };
  return { header: header?.cells ?? [], english: delimiter === ',', rows: rows() };
}
