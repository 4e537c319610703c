/** Source texts and places in them. Places are offsets; lines and columns are computed only to be shown. */
export interface SourceFile {
  readonly path: string;
  /** In NFC. */
  readonly text: string;
}

/** From `start` to `end` (excluded), in UTF-16 units of the file's text. */
export interface Span {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** A file whose accents are composed, whatever the editor wrote. */
export function sourceFile(path: string, text: string): SourceFile {
  return { path, text: text.replace(/^\uFEFF/, '').normalize('NFC') };
}

const starts = new WeakMap<SourceFile, number[]>();

/** Line and column of an offset, from 1. */
export function lineColumn(file: SourceFile, offset: number): { line: number; column: number } {
  let lines = starts.get(file);
  if (!lines) {
    lines = [0];
    for (let i = file.text.indexOf('\n'); i >= 0; i = file.text.indexOf('\n', i + 1)) lines.push(i + 1);
    starts.set(file, lines);
  }
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (lines[low] ?? 0) + 1 };
}

/**
 * A file read from bytes, and what is wrong with them: not UTF-8, with the offset of the first byte that is not; or UTF-8 with zero
 * bytes, which is hardly a text (the lexer says where they are).
 */
export type SourceRead =
  | { readonly file: SourceFile; readonly problem?: 'nul' }
  | { readonly file: SourceFile; readonly problem: 'latin1'; readonly badByte: number };

/**
 * Bytes → a source file. UTF-8 only, with or without a byte order mark. Other bytes are reported, and read as Latin-1, the likely
 * mistake, so that a message may show the line.
 */
export function readSource(path: string, bytes: Uint8Array): SourceRead {
  try {
    const file = sourceFile(path, new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return file.text.includes('\0') ? { file, problem: 'nul' } : { file };
  } catch {
    return { file: sourceFile(path, asLatin1(bytes)), problem: 'latin1', badByte: firstBadByte(bytes) };
  }
}

const asLatin1 = (bytes: Uint8Array): string => new TextDecoder('windows-1252').decode(bytes);

/** The offset of the byte where strict decoding stops: the first of a sequence that is not, or does not become, a character. */
function firstBadByte(bytes: Uint8Array): number {
  // `stream` lets a character be cut short by the end, so that only wrong bytes count: the longest good beginning can be searched for.
  const decodes = (end: number): boolean => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (decodes(middle)) low = middle;
    else high = middle - 1;
  }
  // Step back over the lead and the trail of a character left unfinished there.
  let start = low;
  while (start > 0 && low - start < 3 && ((bytes[start - 1] ?? 0) & 0xc0) === 0x80) start--;
  const lead = bytes[start - 1] ?? 0;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  return start > 0 && length > low - start + 1 ? start - 1 : low;
}
