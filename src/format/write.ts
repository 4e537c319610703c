/**
 * Pieces → the lines of the formatted text. A level is two spaces. The author's lines are kept: no line is cut or joined, so that a
 * change of one figure is a change of one line.
 */
import type { IToken, TokenType } from 'chevrotain';
import * as t from '../../grammar/lexer.ts';
import type { Line } from '../../grammar/layout.ts';
import { VOCABULARY } from '../../grammar/vocabulary.ts';
import type { TarifFile } from '../syntax/nodes.ts';
import { alignGrid, alignRows, type Cell, type RowParts } from './columns.ts';
import { marksOf, type Marks } from './marks.ts';
import { pageOf, type Piece } from './page.ts';
import { spell } from './spelling.ts';

/** Spaces of a level. */
const STEP = 2;
/** Operators that may begin a line under the value that they go on with. */
const JOINTS: ReadonlySet<TokenType> = new Set([
  t.Plus, t.Moins, t.Fois, t.Divise, t.KEYWORDS.Et, t.KEYWORDS.Ou, t.KEYWORDS.ADefaut, t.KEYWORDS.MaisAuMoins, t.KEYWORDS.MaisAuPlus, t.KEYWORDS.AuDelaDe, t.KEYWORDS.Sauf, t.Virgule,
]);

/** The text of a file, formatted; the tree is that of its text, read without an error. Empty for a file without a line. */
export function write(tree: TarifFile): string {
  const pieces = pageOf(tree.file.text);
  const writer = new Writer(marksOf(tree.blocks), pieces);
  const lines = pieces.flatMap((piece) => [...(piece.blankBefore ? [''] : []), ...writer.lines(piece)]);
  return lines.map((line) => `${line}\n`).join('');
}

const isGridRow = (line: Line): boolean => line.tokens[0]?.tokenType === t.Barre;

class Writer {
  private readonly pieces = new Map<Line, Piece[]>();
  /** What is written of the pieces that stand in columns. */
  private readonly aligned = new Map<Piece, string>();

  constructor(private readonly marks: Marks, pieces: readonly Piece[]) {
    for (const piece of pieces) {
      if (!piece.line) continue;
      const known = this.pieces.get(piece.line);
      if (known) known.push(piece);
      else this.pieces.set(piece.line, [piece]);
    }
    for (const line of this.pieces.keys()) this.alignChildren(line);
  }

  /** The lines of a piece: one, or as many as a text in it has. */
  lines(piece: Piece): string[] {
    const indent = this.indent(piece);
    const written = this.aligned.get(piece) ?? this.join(piece.tokens);
    const comment = piece.comment?.image.trimEnd() ?? '';
    const [first = '', ...rest] = `${written}${written !== '' && comment !== '' ? '  ' : ''}${comment}`.split('\n');
    return [`${' '.repeat(indent)}${first}`, ...rest.map((line) => `${' '.repeat(indent + STEP)}${line}`)];
  }

  private indent({ level, continues, within, tokens: [first], line }: Piece): number {
    const base = level * STEP;
    if (!continues) return base;
    if (within === 'open' || level === 0) return base + 2 * STEP;
    if (within === 'hanging') return base + STEP;
    const row = line?.tokens[0] && this.marks.rows.get(line.tokens[0].startOffset);
    const joins = first && row && level > 1 && JOINTS.has(first.tokenType) && row.joints.some(({ start, end }) => first.startOffset >= start && first.startOffset < end);
    return joins ? base : base + STEP;
  }

  /** Sets neighbouring rows, and neighbouring lines of a table, in columns. */
  private alignChildren({ children }: Line): void {
    let from = 0;
    while (from < children.length) {
      const grid = isGridRow(children[from]!);
      let to = from + 1;
      while (to < children.length && isGridRow(children[to]!) === grid) to++;
      if (grid) this.alignGrid(children.slice(from, to));
      else this.alignRows(children.slice(from, to));
      from = to;
    }
  }

  private alignGrid(block: readonly Line[]): void {
    const single = block.flatMap((line) => { const [piece, ...more] = this.pieces.get(line) ?? []; return piece && more.length === 0 ? [piece] : []; });
    const written = alignGrid(single.map(({ tokens }) => this.cells(tokens)));
    for (const [index, piece] of single.entries()) this.aligned.set(piece, written[index] ?? '');
  }

  private alignRows(block: readonly Line[]): void {
    const rows = block.map((line) => this.row(line));
    if (!rows.every((row) => row !== undefined)) return;
    const places = alignRows(rows.map(({ parts }) => parts));
    for (const [index, { first, guarded, parts }] of rows.entries()) {
      const { lead = '', guardAt = 0, gap = 1 } = places[index] ?? {};
      this.aligned.set(first, lead + this.join(parts.label === '' ? first.tokens : first.tokens.slice(1)));
      if (guarded && parts.before) {
        const start = guarded === first ? lead + parts.before.text : parts.before.text;
        const [word, ...limit] = guarded.tokens.slice(this.guardIn(guarded));
        const guard = gap > 1 && word ? spell(word) + ' '.repeat(gap) + this.join(limit) : this.join(guarded.tokens.slice(this.guardIn(guarded)));
        this.aligned.set(guarded, start.padEnd(guardAt - parts.before.offset) + guard);
      }
    }
  }

  /** A row, its first piece, and the piece where its guard comes after something else. Undefined for a line that is no row. */
  private row(line: Line): { parts: RowParts; first: Piece; guarded: Piece | undefined } | undefined {
    const pieces = this.pieces.get(line) ?? [];
    const [first] = pieces;
    const mark = line.tokens[0] && this.marks.rows.get(line.tokens[0].startOffset);
    if (!first || !mark) return undefined;
    const letter = line.tokens[0]?.tokenType === t.Lettre ? line.tokens[0] : undefined;
    const from = letter ? 1 : 0;
    const guarded = pieces.find((piece) => this.guardIn(piece) > (piece === first ? from : 0) && this.guardIn(piece) < piece.tokens.length);
    const text = guarded && this.join(guarded.tokens.slice(guarded === first ? from : 0, this.guardIn(guarded)));
    const before = guarded && text !== undefined && !text.includes('\n') ? { text, offset: guarded === first ? 0 : this.indent(guarded) - this.indent(first) } : undefined;
    return { parts: { label: letter ? spell(letter) : '', figure: figureOf(line.tokens.slice(from), mark.end), before, guard: guardOf(line.tokens.filter(({ startOffset }) => startOffset >= (mark.tail ?? Infinity))) }, first, guarded };
  }

  /** Where the guard of a row begins in a piece; the end when it does not. */
  private guardIn({ tokens, line }: Piece): number {
    const tail = line?.tokens[0] && this.marks.rows.get(line.tokens[0].startOffset)?.tail;
    const at = tail === undefined ? -1 : tokens.findIndex(({ startOffset }) => startOffset === tail);
    return at < 0 ? tokens.length : at;
  }

  private cells(tokens: readonly IToken[]): Cell[] {
    const bars = tokens.flatMap((token, index) => (token.tokenType === t.Barre ? [index] : []));
    const cells = bars.slice(0, -1).map((bar, index) => tokens.slice(bar + 1, bars[index + 1]));
    return cells.map((cell) => ({ text: this.join(cell), figure: cell.every(({ tokenType: type }) => type === t.Quantite || type === t.Nombre || type === t.Moins) }));
  }

  private join(tokens: readonly IToken[]): string {
    let out = '';
    let unitEnd = -1;
    for (const [index, token] of tokens.entries()) {
      const before = tokens[index - 1];
      const inUnit = token.startOffset < unitEnd;
      if (!inUnit) unitEnd = this.marks.units.get(token.startOffset) ?? -1;
      if (before && !inUnit && this.isApart(before, token, tokens[index - 2])) out += ' ';
      out += spell(token, inUnit);
    }
    return out;
  }

  /** Whether a space stands between two tokens. */
  private isApart(before: IToken, token: IToken, earlier: IToken | undefined): boolean {
    if (token.tokenType === t.Virgule) return false;
    // `a)` would be a letter of the book.
    if (token.tokenType === t.ParD) return /^(?:[a-z]|[ivx]{2,4})$/.test(before.image);
    if (before.tokenType === t.ParG) return false;
    if (token.tokenType === t.ParG) return !this.marks.calls.has(before.startOffset + before.image.length);
    if (before.tokenType === t.Moins) return !this.marks.negatives.has(before.startOffset) && !(earlier?.tokenType === t.Lettre && this.marks.negatives.has(earlier.startOffset));
    return !/['\u2019]$/.test(before.image) || joinsIntoWord(before.image + token.image);
  }
}

/** The number that a row begins with: its sign and digits, and its unit. */
function figureOf([first, second, third]: readonly IToken[], end: number): RowParts['figure'] {
  const sign = first?.tokenType === t.Moins ? first : undefined;
  const [number, next] = sign ? [second, third] : [first, second];
  if (!number || (number.tokenType !== t.Quantite && number.tokenType !== t.Nombre)) return undefined;
  const [digits = '', unit = ''] = spell(number).split(/\u00A0(?!\d)/);
  return { width: digits.length + (sign ? 1 : 0), unit, alone: !next || next.startOffset >= end || next.tokenType === t.KEYWORDS.Selon };
}

/** A guard of one word, or of a word and a number. */
function guardOf([word, limit, more]: readonly IToken[]): RowParts['guard'] {
  if (!word || more) return word ? undefined : { word: 0, figure: 0, unit: '' };
  const figure = limit && figureOf([limit], limit.startOffset);
  return limit && !figure ? undefined : { word: spell(word).length, figure: figure?.width ?? 0, unit: figure?.unit ?? '' };
}

/** Whether a word and what follows its apostrophe would be read as another word: `l'article`. */
const joinsIntoWord = (image: string): boolean => VOCABULARY.some(({ spellings }) => spellings.some((spelling) => spelling.startsWith(image.replaceAll('\u2019', "'"))));
