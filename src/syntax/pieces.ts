/**
 * A text → the pieces that can be read alone. A line at the margin opens a block; under it, a line no deeper than the statement above
 * opens another statement, whatever that one left open. What an edit touches is then read again without the rest. Cuts are made only
 * where the layout (`grammar/layout.ts`) is sure to begin afresh; where in doubt, the piece is longer.
 */
export interface Piece {
  /** `margin`: a header and its first statement, or what stands before any header. `statements`: more of the same block. */
  readonly kind: 'margin' | 'statements';
  readonly start: number;
  readonly end: number;
}

const QUOTE = 0xab;
const UNQUOTE = 0xbb;
const HASH = 0x23;
/** Only a letter is sure to begin a token where it stands. */
const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 0xc0 && code <= 0xff && code !== 0xd7 && code !== 0xf7) || code === 0x152 || code === 0x153;
const isBlank = (code: number): boolean => code === 32 || code === 9 || code === 0xa0 || code === 0x202f || code === 0xfeff;
const isBreak = (code: number): boolean => code === 10 || code === 13;

/** Cuts a text, in one pass. Joined, the pieces are the text. */
export function cutText(text: string): Piece[] {
  const pieces: Piece[] = [];
  let kind: Piece['kind'] = 'margin';
  let start = 0;
  /** The column of the statement above, counted from 0; undefined before the first of a block. */
  let statement: number | undefined;
  let inBlock = false;
  const cut = (at: number, next: Piece['kind']): void => {
    if (at > start) pieces.push({ kind, start, end: at });
    start = at;
    kind = next;
  };
  let at = 0;
  while (at < text.length) {
    const line = at;
    while (isBlank(text.charCodeAt(at))) at++;
    const code = text.charCodeAt(at);
    const column = at - line;
    if (at < text.length && !isBreak(code) && code !== HASH) {
      const sure = isLetter(code);
      if (sure && column === 0) {
        cut(line, 'margin');
        inBlock = true;
        statement = undefined;
      } else if (inBlock && statement === undefined) statement = sure ? column : 0;
      else if (inBlock && statement !== undefined) {
        if (sure && column <= statement) cut(line, 'statements');
        if (column < statement) statement = column;
      }
    }
    at = endOfLine(text, at);
  }
  cut(text.length, 'margin');
  return pieces;
}

/** The start of the next line that is not inside a text `« … »`. */
function endOfLine(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 10) return at + 1;
    if (code === 13) return text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
    if (code === HASH) {
      while (at < text.length && !isBreak(text.charCodeAt(at))) at++;
      continue;
    }
    if (code === QUOTE) {
      let end = at + 1;
      while (end < text.length && text.charCodeAt(end) !== QUOTE && text.charCodeAt(end) !== UNQUOTE) end++;
      // A text that is never closed is a stray sign, and what follows is read as usual.
      if (text.charCodeAt(end) === UNQUOTE) at = end;
    }
    at++;
  }
  return at;
}
