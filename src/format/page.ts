/**
 * A text as its author laid it out: statements and rows with their level, the lines that each takes, comments where they stand, and
 * where a blank line was left.
 */
import type { IToken } from 'chevrotain';
import * as t from '../../grammar/lexer.ts';
import { isRow, layout, type Line } from '../../grammar/layout.ts';

/** One line of the text; `level` is that of the statement or the row that it belongs to. */
export interface Piece {
  readonly level: number;
  /** The tokens, or none for a line that is only a comment. */
  readonly tokens: readonly IToken[];
  readonly comment: IToken | undefined;
  /** Whether it goes on with the line above. */
  readonly continues: boolean;
  /** The parenthesis that is open where it begins: whether it ended its line. */
  readonly within: 'hanging' | 'open' | undefined;
  readonly blankBefore: boolean;
  /** The statement or row that it is of; undefined for a line that is only a comment. */
  readonly line: Line | undefined;
}

/** Lexes a text and lays its lines out. The text is one that could be read: see `parseFile`. */
export function pageOf(text: string): Piece[] {
  const { tokens, comments } = t.lex(text);
  const pieces = new Pieces(comments);
  for (const line of layout(tokens)) pieces.add(line, 0);
  pieces.commentsBefore(Infinity, 0);
  return pieces.done;
}

/** Collects pieces in the order of the text. */
class Pieces {
  readonly done: Piece[] = [];
  private readonly open: Line[] = [];
  private next = 0;
  private endLine = 0;
  constructor(private readonly comments: readonly IToken[]) {}

  add(line: Line, level: number): void {
    const [first] = line.tokens;
    if (!first) return;
    this.commentsBefore(first.startOffset, level);
    this.open.length = level;
    this.open.push(line);
    const parentheses: ('hanging' | 'open')[] = [];
    for (let from = 0; from < line.tokens.length;) {
      const start = line.tokens[from]!;
      this.commentsWithin(start.startOffset, level, parentheses.at(-1));
      let to = from + 1;
      while (to < line.tokens.length && line.tokens[to]!.startLine! <= line.tokens[to - 1]!.endLine!) to++;
      const tokens = line.tokens.slice(from, to);
      const last = tokens.at(-1)!;
      const after = this.comments[this.next];
      const comment = after?.startLine === last.endLine ? after : undefined;
      if (comment) this.next++;
      this.put({ level, tokens, comment, continues: from > 0, within: parentheses.at(-1), line }, start, last);
      for (const token of tokens) {
        if (token.tokenType === t.ParG) parentheses.push(token === last ? 'hanging' : 'open');
        else if (token.tokenType === t.ParD) parentheses.pop();
      }
      from = to;
    }
    for (const child of line.children) this.add(child, level + 1);
  }

  /** Comments between two lines of one statement or row. */
  private commentsWithin(offset: number, level: number, within: Piece['within']): void {
    for (let comment = this.comments[this.next]; comment && comment.startOffset < offset; comment = this.comments[++this.next]) {
      this.put({ level, tokens: [], comment, continues: true, within, line: undefined }, comment, comment);
    }
  }

  /**
   * Comments between statements go with what follows. One that stands deeper goes with what is above, as deep as it stands: it ends
   * a block.
   */
  commentsBefore(offset: number, level: number): void {
    for (let comment = this.comments[this.next]; comment && comment.startOffset < offset; comment = this.comments[++this.next]) {
      const column = comment.startColumn ?? 1;
      const above = this.open.filter((line) => line.column < column && !isRow(line)).length;
      this.put({ level: Math.max(level, Math.min(above, this.open.length - 1)), tokens: [], comment, continues: false, within: undefined, line: undefined }, comment, comment);
    }
  }

  private put(piece: Omit<Piece, 'blankBefore'>, first: IToken, last: IToken): void {
    this.done.push({ ...piece, blankBefore: this.done.length > 0 && (first.startLine ?? 0) > this.endLine + 1 });
    this.endLine = last.endLine ?? last.startLine ?? 0;
  }
}
