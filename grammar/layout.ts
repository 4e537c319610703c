/**
 * Tokens → a tree of lines. A statement begins on a line of its own and continues on deeper lines; a deeper line is a row
 * of its own unless it plainly continues the one above (it begins with an operator, or a parenthesis is open). This is what
 * keeps a mistake inside its statement, and inside its row.
 */
import type { IToken, TokenType } from 'chevrotain';
import * as t from './lexer.ts';

export interface Line {
  /** Column of the first token, from 1. */
  readonly column: number;
  readonly tokens: IToken[];
  readonly children: Line[];
}

const k = t.KEYWORDS;
const types = (...list: TokenType[]): ReadonlySet<TokenType> => new Set(list);

/** Words and signs that cannot open a row: a line that begins with one continues the line above. */
const CONTINUES = types(
  t.Plus, t.Moins, t.Fois, t.Divise, t.InferieurOuEgal, t.SuperieurOuEgal, t.Different, t.Inferieur, t.Superieur, t.Egal, t.ParD, t.PointVirgule, t.Virgule,
  k.Et, k.Ou, k.Si, k.Sinon, k.Pendant, k.Sauf, k.Sur, k.OuFiltre, k.MaisAuMoins, k.MaisAuPlus, k.AuDelaDe, k.ADefaut, k.Avec,
  k.Parmi, k.Retient, k.Ecarte, k.De, k.DeLa, k.En, k.Hors, k.Jusqua, k.AuDela, k.AuxTarifs, k.DOrigine, k.AuLieuDe,
  k.Presumee, k.AuMoins, k.AuPlus, k.Delai, k.Avant, k.A, k.Pour, k.Selon, k.Est, k.AuProrata, k.DApresLaReleve, k.ExprimeeEn,
);
/** After one of these the line is not finished. `=` is absent on purpose: it may open rows. */
const UNFINISHED = types(
  t.Plus, t.Moins, t.Fois, t.Divise, t.InferieurOuEgal, t.SuperieurOuEgal, t.Different, t.Inferieur, t.Superieur, t.ParG, t.PointVirgule, t.Virgule,
  k.Et, k.Ou, k.Si, k.Pendant, k.Sauf, k.Sur, k.MaisAuMoins, k.MaisAuPlus, k.AuDelaDe, k.ADefaut, k.De, k.DeLa, k.Le,
);

/**
 * Arranges tokens by line and indentation. With `under`, a line at the margin that was read before, what is deeper becomes its
 * children: statements are then read without the rest of their block.
 */
export function layout(tokens: readonly IToken[], under?: Line): Line[] {
  const roots: Line[] = [];
  const open: Line[] = under ? [under] : [];
  let current: Line | undefined;
  let lastLine = 0;
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    const startsLine = (token.startLine ?? 0) > lastLine;
    lastLine = token.endLine ?? token.startLine ?? lastLine;
    if (!startsLine && current) {
      current.tokens.push(token);
      depth = nesting(depth, token);
      continue;
    }
    const column = token.startColumn ?? 1;
    const last = current?.tokens.at(-1);
    const deeper = current !== undefined && column > (statementColumn(open, current) ?? 0);
    if (current && last && deeper && (depth > 0 || (CONTINUES.has(token.tokenType) && !isNegative(token, tokens[index + 1])) || UNFINISHED.has(last.tokenType) || isText(token))) {
      current.tokens.push(token);
      depth = nesting(depth, token);
      continue;
    }
    current = { column, tokens: [token], children: [] };
    depth = nesting(0, token);
    while (open.length > 0 && ((open.at(-1)?.column ?? 0) >= column || isRow(open.at(-1)))) open.pop();
    const parent = open.at(-1);
    (parent ? parent.children : roots).push(current);
    open.push(current);
  }
  return roots;
}

/** A row that begins with a figure opens nothing: figures may be aligned on their right, as in the book. */
const ROW_STARTS = types(t.Quantite, t.Nombre, t.Barre, t.HeureMinute, t.DateLitterale);
/** Whether a line opens nothing: it begins with a figure, which may have its sign and the book's letter before it. */
export function isRow(line: Line | undefined): boolean {
  const [first, second, third] = line?.tokens ?? [];
  const [start, next] = first?.tokenType === t.Lettre ? [second, third] : [first, second];
  const figure = start !== undefined && isNegative(start, next) ? next : start;
  return figure !== undefined && ROW_STARTS.has(figure.tokenType);
}
/** `−12 °C`, the sign against the figure, is a value; `− 12 °C` continues a difference. */
const isNegative = (token: IToken, next: IToken | undefined): boolean => token.tokenType === t.Moins && next !== undefined && next.startOffset === (token.endOffset ?? token.startOffset) + 1;
const isText = (token: IToken): boolean => token.tokenType === t.Texte;
const nesting = (depth: number, token: IToken): number =>
  token.tokenType === t.ParG ? depth + 1 : token.tokenType === t.ParD ? Math.max(0, depth - 1) : depth;

/** A continuation must be deeper than the statement it continues (the second open line, under an article), not than its last row. */
function statementColumn(open: readonly Line[], current: Line): number | undefined {
  return (open.length > 1 ? open[1] : current)?.column;
}

const virtual = (type: TokenType, near: IToken | undefined): IToken => ({
  image: '', tokenType: type, tokenTypeIdx: type.tokenTypeIdx!,
  startOffset: near ? (near.endOffset ?? near.startOffset) + 1 : 0, endOffset: near ? (near.endOffset ?? near.startOffset) : 0,
  startLine: near?.endLine ?? 1, endLine: near?.endLine ?? 1, startColumn: near?.endColumn ?? 1, endColumn: near?.endColumn ?? 1,
});

/** The tokens of a line and of its deeper lines, with the marks of layout that the grammar reads. */
export function flatten(line: Line, keep: (child: Line) => boolean = () => true): IToken[] {
  const out = [...line.tokens];
  const children = line.children.filter(keep);
  if (children.length > 0) {
    out.push(virtual(t.Retrait, out.at(-1)));
    for (const child of children) {
      out.push(...flatten(child, keep));
      out.push(virtual(t.FinLigne, out.at(-1)));
    }
    out.push(virtual(t.FinRetrait, out.at(-1)));
  }
  return out;
}
