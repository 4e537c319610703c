/**
 * The first reading of a file of customers: where it can be cut between two customers, which programs it names, whether the rows of each
 * customer follow each other. It reads three cells of each row and keeps nothing of them, whatever the size of the file.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import type { Program } from '../../check/core.ts';
import { clientOf } from '../../analysis/customers/rows.ts';
import { diagnostic } from '../../diagnostics/diagnostic.ts';
import { csvPiece } from '../clients/csv.ts';
import { FileRefused } from '../clients/refused.ts';
import { textOf, type InputFile } from './input.ts';
import { hashOf, order, scatterWatch, type Name } from './scattered.ts';

/** A stretch of the file that begins and ends between two customers. `line`, `rank`: how many lines and rows come before it. */
export interface Chunk { readonly offset: number; readonly length: number; readonly line: number; readonly rank: number; readonly rows: number }

export interface Survey { readonly chunks: readonly Chunk[]; readonly rows: number; readonly programs: readonly Program[] }

/** A chunk is as long as that, or as the customer in it. It decides only how the work is shared. */
const CHUNK = 1 << 18;
const BLOCK = 1 << 22;
/** The longest customer. */
const MOST = 1 << 26;

/** `resolve` finds the programs that a row's rate and options name; `scratch` is a file that may be written, and is removed; `tick` is told how many bytes were read. Throws `FileRefused`. */
export function surveyOf(input: InputFile, resolve: (rate: string, options: string) => readonly Program[], scratch: string, tick: (bytes: number) => void): Survey {
  const programs = new Map<string, Program>();
  const named = pairWatch((rate, options) => { for (const program of resolve(rate, options)) programs.set([program.edition.date, program.rate, ...program.options].join('+'), program); });
  const watch = scatterWatch(scratch);
  try {
    let cut = cutter(input, watch.next);
    if (!walk(input, cut, named, tick)) {
      // Not in the order of the names: each must be remembered. The little that was read is read again.
      watch.remember();
      cut = cutter(input, watch.next);
      walk(input, cut, named, tick);
    }
    const repeated = watch.repeated();
    if (repeated.size > 0) refuseScattered(input, repeated);
    const { chunks, rows } = cut.end();
    if (rows === 0) throw new FileRefused([diagnostic('clients/vide', {})]);
    return { chunks, rows, programs: [...programs.values()] };
  } finally {
    watch.close();
  }
}

/** The file has customers that come back: tells one, unless two names only had the same hash. */
function refuseScattered(input: InputFile, repeated: ReadonlySet<number>): void {
  const seen = new Set<string>();
  const cut = cutter(input, (name, _, line) => {
    if (!repeated.has(hashOf(name))) return true;
    const client = Buffer.from(name.bytes.subarray(name.start, name.end)).toString();
    if (seen.has(client)) throw new FileRefused([diagnostic('clients/disperse', { client, line })]);
    seen.add(client);
    return true;
  });
  walk(input, cut, () => undefined, () => undefined);
}

/** Where the cells that the survey reads stand in a row. */
interface Cells { readonly client: Name; readonly rate: Name; readonly options: Name }

interface Cutter {
  /** A row that holds something; false to stop. */
  readonly row: (client: Name, offset: number, line: number) => boolean;
  readonly end: () => { readonly chunks: Chunk[]; readonly rows: number };
}

/** Cuts the file where a customer begins, once a chunk is long enough. `next` is asked of each customer. */
function cutter(input: InputFile, next: (name: Name, before: Name, line: number) => boolean): Cutter {
  const chunks: Chunk[] = [];
  let [start, line, rank] = [input.start, input.before, 0];
  let begun = input.start;
  let rows = 0;
  // The name of the customer before; no name is empty.
  const before: Place = { bytes: new Uint8Array(256), start: 0, end: 0 };
  const close = (offset: number, lineHere: number): void => {
    chunks.push({ offset: start, length: offset - start, line, rank, rows: rows - rank });
    [start, line, rank] = [offset, lineHere, rows];
  };
  return {
    row: (client, offset, lineHere) => {
      // A row that names nobody belongs to the customer before it.
      if (client.end > client.start && order(client, before) !== 0) {
        if (!next(client, before, lineHere + 1)) return false;
        if (offset - start >= CHUNK) close(offset, lineHere);
        const length = client.end - client.start;
        if (length > before.bytes.length) before.bytes = new Uint8Array(length * 2);
        for (let at = 0; at < length; at++) before.bytes[at] = client.bytes[client.start + at] ?? 0;
        before.end = length;
        begun = offset;
      } else if (offset - begun > MOST) throw tooLong(lineHere + 1);
      rows++;
      return true;
    },
    end: () => { if (rows > rank) close(input.size, line); return { chunks, rows }; },
  };
}
const tooLong = (line: number): FileRefused => new FileRefused([diagnostic('lot/ligne-longue', { line, most: MOST >> 20 })]);

/** Goes through the rows of the file; false when the cutter stopped it. */
function walk(input: InputFile, cut: Cutter, named: (rate: Name, options: Name) => void, tick: (bytes: number) => void): boolean {
  const file = openSync(input.path, 'r');
  const cellsOf = input.kind === 'csv' ? csvCells(input) : ndjsonCells;
  try {
    let block = Buffer.allocUnsafeSlow(BLOCK);
    // `base` is where the block stands in the file; it holds bytes up to `filled`.
    let [base, filled, line] = [input.start, 0, input.before];
    for (;;) {
      const read = readSync(file, block, filled, block.length - filled, base + filled);
      const last = read === 0;
      filled += read;
      tick(read);
      const quotes = input.kind === 'csv' && block.subarray(0, filled).includes(34);
      let start = 0;
      let lines = 0;
      let quoted = false;
      for (let at = 0; at < filled; at++) {
        const byte = block[at];
        if (byte === 34 && quotes) quoted = !quoted;
        if (byte !== 10) continue;
        lines++;
        if (quoted) continue;
        const cells = cellsOf(block, start, at, quotes);
        if (cells) {
          if (!cut.row(cells.client, base + start, line)) return false;
          named(cells.rate, cells.options);
        }
        line += lines;
        lines = 0;
        start = at + 1;
      }
      if (last) {
        const cells = start < filled ? cellsOf(block, start, filled, quotes) : undefined;
        if (cells) {
          if (!cut.row(cells.client, base + start, line)) return false;
          named(cells.rate, cells.options);
        }
        return true;
      }
      if (start === 0 && filled === block.length) {
        if (block.length >= MOST) throw tooLong(line + 1);
        const more = Buffer.allocUnsafeSlow(block.length * 2);
        block.copy(more, 0, 0, filled);
        block = more;
      } else {
        block.copyWithin(0, start, filled);
        base += start;
        filled -= start;
      }
    }
  } finally {
    closeSync(file);
  }
}

type CellsOf = (bytes: Uint8Array, start: number, end: number, quotes: boolean) => Cells | undefined;
const NOTHING: Name = { bytes: new Uint8Array(0), start: 0, end: 0 };

/** The cells of a row of CSV; undefined for an empty line. Those of a row without quotes are where they stand, the others are read apart. */
function csvCells({ columns, delimiter }: InputFile): CellsOf {
  const cutting = delimiter.charCodeAt(0);
  const { client, rate, options } = columns;
  const last = Math.max(client, rate, options ?? 0);
  const [starts, ends] = [new Int32Array(last + 1), new Int32Array(last + 1)];
  // Written anew at each row, and read before the next.
  const [name, rateName, optionsName] = [place(), place(), place()];
  const cells: Cells = { client: name, rate: rateName, options: optionsName };
  return (bytes, start, lineEnd, quotes) => {
    const end = lineEnd > start && bytes[lineEnd - 1] === 13 ? lineEnd - 1 : lineEnd;
    if (end === start) return undefined;
    if (quotes && hasQuote(bytes, start, end)) return slowCells(bytes.subarray(start, end), delimiter, columns);
    let column = 0;
    let from = start;
    for (let at = start; at <= end && column <= last; at++) {
      if (at !== end && bytes[at] !== cutting) continue;
      starts[column] = from;
      ends[column] = at;
      column++;
      from = at + 1;
    }
    while (column <= last) { starts[column] = end; ends[column] = end; column++; }
    trimTo(name, bytes, starts[client] ?? end, ends[client] ?? end);
    trimTo(rateName, bytes, starts[rate] ?? end, ends[rate] ?? end);
    if (options !== undefined) trimTo(optionsName, bytes, starts[options] ?? end, ends[options] ?? end);
    return cells;
  };
}
interface Place { bytes: Uint8Array; start: number; end: number }
const place = (): Place => ({ bytes: NOTHING.bytes, start: 0, end: 0 });

function hasQuote(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] === 34) return true;
  return false;
}

const isPlain = (byte: number | undefined): boolean => byte !== undefined && byte > 32 && byte < 127;
/** A cell without the blanks around it, as a string is trimmed. */
function trimTo(target: Place, bytes: Uint8Array, start: number, end: number): void {
  if (start === end || (isPlain(bytes[start]) && isPlain(bytes[end - 1]))) { target.bytes = bytes; target.start = start; target.end = end; return; }
  target.bytes = Buffer.from(Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString().trim());
  target.start = 0;
  target.end = target.bytes.length;
}
const nameOf = (text: string | undefined): Name => { const bytes = Buffer.from((text ?? '').trim()); return { bytes, start: 0, end: bytes.length }; };

function slowCells(bytes: Uint8Array, delimiter: string, { client, rate, options }: InputFile['columns']): Cells | undefined {
  let cells: readonly string[] | undefined;
  try {
    cells = csvPiece(Buffer.from(bytes).toString(), delimiter, 0)[0]?.cells;
  } catch (error) {
    // What is wrong with it is told, with its line, when it is read to be billed.
    if (!(error instanceof FileRefused)) throw error;
    return { client: NOTHING, rate: NOTHING, options: NOTHING };
  }
  return cells && { client: nameOf(cells[client]), rate: nameOf(cells[rate]), options: options === undefined ? NOTHING : nameOf(cells[options]) };
}

/** What a line of NDJSON names; undefined for an empty line. */
const ndjsonCells: CellsOf = (bytes, start, end) => {
  const text = textOf(bytes.subarray(start, end), start);
  if (text.trim() === '') return undefined;
  const name = clientOf(text);
  if (name === undefined) return { client: NOTHING, rate: NOTHING, options: NOTHING };
  const { tarif, options } = JSON.parse(text) as { readonly tarif?: unknown; readonly options?: unknown };
  return { client: nameOf(name), rate: typeof tarif === 'string' ? nameOf(tarif) : NOTHING, options: Array.isArray(options) ? nameOf(options.filter((each) => typeof each === 'string').join('+')) : NOTHING };
};

/** Calls `each` for the pairs of rate and options that it has not seen; it remembers the last, and some others. */
function pairWatch(each: (rate: string, options: string) => void): (rate: Name, options: Name) => void {
  const seen = new Set<string>();
  let [lastRate, lastOptions] = [new Uint8Array(0), new Uint8Array(0)];
  const same = (cell: Name, last: Uint8Array): boolean => {
    if (cell.end - cell.start !== last.length) return false;
    for (let at = 0; at < last.length; at++) if (cell.bytes[cell.start + at] !== last[at]) return false;
    return true;
  };
  return (rate, options) => {
    if (same(rate, lastRate) && same(options, lastOptions)) return;
    [lastRate, lastOptions] = [Uint8Array.from(rate.bytes.subarray(rate.start, rate.end)), Uint8Array.from(options.bytes.subarray(options.start, options.end))];
    const [rateText, optionsText] = [Buffer.from(lastRate).toString(), Buffer.from(lastOptions).toString()];
    const key = `${rateText}\n${optionsText}`;
    if (seen.has(key)) return;
    if (seen.size < MOST_PAIRS) seen.add(key);
    each(rateText, optionsText);
  };
}
/** More pairs than that are no rates; they are looked for again each time. */
const MOST_PAIRS = 4096;
