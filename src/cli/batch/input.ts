/** A file of customers as bytes: what it is, where its rows begin, and pieces of it as customers. */
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import { clientOf, noColumns, readHeader, type Columns, type Customer } from '../../analysis/customers/rows.ts';
import { diagnostic } from '../../diagnostics/diagnostic.ts';
import { csvPiece, delimiterOf } from '../clients/csv.ts';
import { customersOf, type Named } from '../clients/read.ts';
import { FileRefused } from '../clients/refused.ts';

/** It crosses between threads as a copy. */
export interface InputFile {
  readonly path: string;
  readonly kind: 'csv' | 'ndjson';
  readonly size: number;
  /** The first byte of its first row, and how many lines come before it. */
  readonly start: number;
  readonly before: number;
  /** What cuts the cells of a CSV file. */
  readonly delimiter: string;
  readonly columns: Columns;
  /** Rows are told by their rank, not by their line: it was not a text (Parquet). */
  readonly ranks: boolean;
}

const TABLES: readonly string[] = ['.csv', '.tsv', '.txt'];
const LINES: readonly string[] = ['.ndjson', '.jsonl'];
/** What a file of customers may end with. */
export const EXTENSIONS: readonly string[] = [...TABLES, ...LINES, '.parquet'];

/** The longest header. */
const HEAD = 1 << 22;

/** Opens a CSV or NDJSON file of customers. Throws `FileRefused`. */
export function openInput(path: string, ignored: readonly string[], ranks = false): InputFile {
  if (!existsSync(path)) throw new FileRefused([diagnostic('texte/introuvable', { path })]);
  const extension = extname(path).toLowerCase();
  const { size } = statSync(path);
  const head = readBytes(path, 0, Math.min(size, HEAD));
  const mark = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
  if (LINES.includes(extension)) return { path, kind: 'ndjson', size, start: mark, before: 0, delimiter: '', columns: noColumns(ignored), ranks };
  if (!TABLES.includes(extension)) throw new FileRefused([diagnostic('clients/format', { path })]);
  let start = mark;
  while (head[start] === 10 || head[start] === 13) start++;
  const end = endOfRecord(head, start);
  const text = textOf(head.subarray(start, end), start);
  const delimiter = delimiterOf(text.split('\n')[0] ?? '');
  const [first] = csvPiece(text, delimiter, 0);
  if (!first) throw new FileRefused([diagnostic('clients/vide', {})]);
  const read = readHeader(first.cells, delimiter === ',', ignored);
  if ('diagnostics' in read) throw new FileRefused(read.diagnostics);
  return { path, kind: 'csv', size, start: end, before: head.subarray(0, end).reduce((sum, byte) => sum + (byte === 10 ? 1 : 0), 0), delimiter, columns: read.columns, ranks };
}

/** The first byte after the record that begins there. */
function endOfRecord(bytes: Uint8Array, start: number): number {
  let quoted = false;
  for (let at = start; at < bytes.length; at++) {
    if (bytes[at] === 34) quoted = !quoted;
    else if (bytes[at] === 10 && !quoted) return at + 1;
  }
  return bytes.length;
}

/** Bytes of a file. Throws `FileRefused` when it cannot be read, or is shorter. */
export function readBytes(path: string, offset: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafeSlow(length);
  let read = 0;
  try {
    const file = openSync(path, 'r');
    try {
      while (read < length) {
        const more = readSync(file, bytes, read, length - read, offset + read);
        if (more === 0) break;
        read += more;
      }
    } finally {
      closeSync(file);
    }
  } catch {
    throw new FileRefused([diagnostic('texte/introuvable', { path })]);
  }
  if (read < length) throw new FileRefused([diagnostic('lot/entree-changee', { path })]);
  return bytes;
}

/** The text of bytes in UTF-8; `offset` tells where they stand. Throws `FileRefused`. */
export function textOf(bytes: Uint8Array, offset: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new FileRefused([diagnostic('texte/encodage', { offset })]);
  }
}

/** The customers of a piece of the file that begins and ends between two customers. Throws `FileRefused`. */
export function customersIn(input: InputFile, bytes: Uint8Array, piece: { readonly offset: number; readonly line: number; readonly rank: number }): Customer[] {
  const text = textOf(bytes, piece.offset);
  if (input.kind === 'ndjson') return customersOf(ndjsonPiece(text, piece.line));
  const rows = csvPiece(text, input.delimiter, piece.line);
  return customersOf(rows.map(({ line, cells }, index): Named => {
    const name = cells[input.columns.client]?.trim();
    return { name: name === '' ? undefined : name, row: { line: input.ranks ? piece.rank + index + 1 : line, cells } };
  }));
}

function ndjsonPiece(text: string, before: number): Named[] {
  return text.split('\n').flatMap((json, index) => (json.trim() === '' ? [] : [{ name: clientOf(json), row: { line: before + index + 1, json } }]));
}
