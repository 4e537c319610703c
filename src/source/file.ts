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

/** Bytes → a source file, or the offset of the first byte that is not UTF-8. */
export function readSource(path: string, bytes: Uint8Array): { readonly file: SourceFile } | { readonly badByte: number } {
  try {
    return { file: sourceFile(path, new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch {
    return { badByte: firstBadByte(bytes) };
  }
}

function firstBadByte(bytes: Uint8Array): number {
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
  return low;
}
