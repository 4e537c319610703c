/**
 * A piece of CSV read straight into columns, with no string for a number nor object for a row. What it cannot read so (a number that is
 * written in another way, a cell too many) makes the row an odd one, which is read as any other file is; a piece whose quotes hold more
 * than a plain text is read so as a whole.
 */
import { isUtf8 } from 'node:buffer';
import { plainNumber } from '../../analysis/customers/rows.ts';
import type { Column } from '../../compile/columns.ts';
import type { InputFile } from './input.ts';

/** What a column is read as. */
export type ColumnKind = 'number' | 'text' | 'none';

/** The rows of a piece. */
export interface ParsedPiece {
  readonly count: number;
  /** Of each row: its bytes, its line from 1 in the piece, and the bytes of its customer's name, blanks around it left out. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly lines: Int32Array;
  readonly nameStarts: Int32Array;
  readonly nameEnds: Int32Array;
  /** 1 where a row is of the customer of the row before it. */
  readonly follows: Uint8Array;
  /** 1 for a row that must be read otherwise. */
  readonly odd: Uint8Array;
  /** By place in the file; undefined for those that are not read. */
  readonly columns: readonly (Column | undefined)[];
}

/** Different texts of a column that are told apart; more are no choices. */
const MOST_TEXTS = 4096;
const [QUOTE, NEWLINE, RETURN] = [34, 10, 13];

/** Reads a piece; `kinds` are those of the file's columns, by place. Undefined when it must be read otherwise as a whole. */
export function parsePiece(bytes: Uint8Array, { delimiter, columns: { client, count: width, english } }: InputFile, kinds: readonly ColumnKind[]): ParsedPiece | undefined {
  if (!isUtf8(bytes)) return undefined;
  const cutting = delimiter.charCodeAt(0);
  let most = 1;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) most++;
  const ints = (): Int32Array => new Int32Array(most);
  const rows = { starts: ints(), ends: ints(), lines: ints(), nameStarts: ints(), nameEnds: ints(), follows: new Uint8Array(most), odd: new Uint8Array(most) };
  const takers = kinds.map((kind) => (kind === 'number' ? numberTaker(bytes, most, english) : kind === 'text' ? textTaker(bytes, most) : undefined));
  let count = 0;
  let line = 0;
  for (let at = 0; at < bytes.length;) {
    const start = at;
    line++;
    let column = 0;
    let odd = 0;
    let blank = true;
    let [nameStart, nameEnd] = [start, start];
    let ended = false;
    while (!ended) {
      let from = at;
      let to: number;
      if (bytes[at] === QUOTE) {
        from = ++at;
        for (;;) {
          const byte = bytes[at];
          if (byte === QUOTE) break;
          if (byte === NEWLINE || byte === undefined) return undefined;
          at++;
        }
        to = at++;
        if (bytes[at] === RETURN && (bytes[at + 1] === NEWLINE || at + 1 === bytes.length)) at++;
        if (at < bytes.length && bytes[at] !== cutting && bytes[at] !== NEWLINE) return undefined;
      } else {
        while (at < bytes.length) { const byte = bytes[at]; if (byte === cutting || byte === NEWLINE) break; if (byte === QUOTE) return undefined; at++; }
        to = at;
        if (to > from && bytes[to - 1] === RETURN && (at === bytes.length || bytes[at] === NEWLINE)) to--;
      }
      ended = at >= bytes.length || bytes[at] === NEWLINE;
      at++;
      while (to > from && bytes[to - 1] === 32) to--;
      while (to > from && bytes[from] === 32) from++;
      if (to > from) {
        blank = false;
        const [first, last] = [bytes[from] as number, bytes[to - 1] as number];
        // Blanks that are not ASCII are taken off where strings are read.
        if (column === client) { nameStart = from; nameEnd = to; if (first <= 32 || last <= 32 || first > 126 || last > 126) odd = 1; }
        const taker = takers[column];
        if (taker && !taker.take(count, from, to)) odd = 1;
      } else takers[column]?.none(count);
      column++;
    }
    if (blank) continue;
    if (column !== width) odd = 1;
    for (; column < width; column++) takers[column]?.none(count);
    if (nameEnd === nameStart) odd = 1;
    rows.starts[count] = start;
    rows.ends[count] = Math.min(at - 1, bytes.length);
    rows.lines[count] = line;
    rows.nameStarts[count] = nameStart;
    rows.nameEnds[count] = nameEnd;
    rows.odd[count] = odd;
    // A row that names nobody is of the customer before it.
    if (count > 0) {
      if (nameEnd === nameStart) { rows.follows[count] = 1; rows.nameStarts[count] = rows.nameStarts[count - 1] as number; rows.nameEnds[count] = rows.nameEnds[count - 1] as number; }
      else if (sameBytes(bytes, nameStart, nameEnd, bytes, rows.nameStarts[count - 1] as number, rows.nameEnds[count - 1] as number)) rows.follows[count] = 1;
    }
    count++;
  }
  return { count, ...rows, columns: takers.map((taker) => taker?.column(count, rows.odd)) };
}

export function sameBytes(a: Uint8Array, aStart: number, aEnd: number, b: Uint8Array, bStart: number, bEnd: number): boolean {
  if (aEnd - aStart !== bEnd - bStart) return false;
  for (let i = aStart, j = bStart; i < aEnd; i++, j++) if (a[i] !== b[j]) return false;
  return true;
}

/** Takes the cells of a column, one a row. */
interface Taker {
  /** A cell that holds something; false when it cannot be taken. */
  readonly take: (row: number, from: number, to: number) => boolean;
  readonly none: (row: number) => void;
  /** Marks as odd the rows whose numbers are too long once all have the same decimals. */
  readonly column: (count: number, odd: Uint8Array) => Column;
}

const POWERS = Array.from({ length: 16 }, (_, places) => 10 ** places);
/** The scales that columns have: few, for each is billed by its own code. */
const SCALES = [0, 3, 6, 9, 12, 15];
const MOST_DIGITS = 15;

function numberTaker(bytes: Uint8Array, most: number, english: boolean): Taker {
  const wholes = new Float64Array(most);
  const places = new Uint8Array(most);
  let longest = 0;
  const put = (row: number, whole: number, decimals: number): boolean => {
    wholes[row] = whole;
    places[row] = decimals;
    if (decimals > longest) longest = decimals;
    return true;
  };
  const none = (row: number): void => { wholes[row] = NaN; };
  return {
    none,
    take: (row, from, to) => {
      const negative = bytes[from] === 45;
      let whole = 0;
      let digits = 0;
      let mark = -1;
      for (let at = negative ? from + 1 : from; at < to; at++) {
        const byte = bytes[at] as number;
        if (byte >= 48 && byte <= 57) { whole = whole * 10 + (byte - 48); digits++; continue; }
        // The first mark of decimals, between digits; anything else is read at leisure.
        if ((byte !== 46 && (byte !== 44 || english)) || mark >= 0 || digits === 0 || at === to - 1) return slow(row, from, to);
        mark = digits;
      }
      if (digits === 0 || digits > MOST_DIGITS) return slow(row, from, to);
      return put(row, negative ? 0 - whole : whole, mark < 0 ? 0 : digits - mark);
    },
    column: (count, odd) => {
      const scale = SCALES.find((each) => each >= longest) ?? longest;
      const values = wholes.subarray(0, count);
      for (let row = 0; row < count; row++) { const up = scale - (places[row] as number); if (up > 0) values[row] = (values[row] as number) * (POWERS[up] as number); if ((values[row] as number) > Number.MAX_SAFE_INTEGER || (values[row] as number) < -Number.MAX_SAFE_INTEGER) { values[row] = NaN; odd[row] = 1; } }
      return { kind: 'number', values, scale };
    },
  };
  function slow(row: number, from: number, to: number): boolean {
    const text = plainNumber(Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString().trim(), english);
    const digits = text?.replace(/^-/, '').replace('.', '') ?? '';
    if (text === undefined || digits.length > MOST_DIGITS) { none(row); return false; }
    const point = text.indexOf('.');
    return put(row, Number(text.replace('.', '')), point < 0 ? 0 : text.length - point - 1);
  }
}

function textTaker(bytes: Uint8Array, most: number): Taker {
  const codes = new Int32Array(most);
  const dictionary: string[] = [];
  // Where each text was first met.
  const [froms, tos]: [number[], number[]] = [[], []];
  const byHash = new Map<number, number>();
  let last = -1;
  return {
    none: (row) => { codes[row] = -1; },
    take: (row, from, to) => {
      if (last >= 0 && sameBytes(bytes, from, to, bytes, froms[last] as number, tos[last] as number)) { codes[row] = last; return true; }
      const first = bytes[from];
      let hash = to - from;
      for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
      let code = byHash.get(hash);
      if (code === undefined) {
        // A list or an object is no choice: each could be another.
        if (dictionary.length >= MOST_TEXTS || first === 91 || first === 123) { codes[row] = -1; return false; }
        const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString().trim();
        if (text === '') { codes[row] = -1; return false; }
        code = dictionary.length;
        byHash.set(hash, code);
        froms.push(from);
        tos.push(to);
        dictionary.push(text);
      } else if (!sameBytes(bytes, from, to, bytes, froms[code] as number, tos[code] as number)) { codes[row] = -1; return false; }
      codes[row] = last = code;
      return true;
    },
    column: (count) => ({ kind: 'text', codes: codes.subarray(0, count), dictionary }),
  };
}
