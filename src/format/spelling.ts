/**
 * How one token is written: the signs of the printed book, no-break spaces where a line must not be cut (in a number, before its
 * unit, inside guillemets). A token is never another token for it.
 */
import type { IToken, TokenType } from 'chevrotain';
import * as t from '../../grammar/lexer.ts';

/** The space that no line is cut at. */
export const NO_BREAK = '\u00A0';
const BLANKS = /[ \t\u00A0\u202F]+/g;
const QUANTITY = /^(\d[\d \u00A0\u202F]*)(,\d+)?[ \t\u00A0\u202F]?(.*)$/s;

/** The signs that have one writing; others stay as they are. */
const SIGNS: ReadonlyMap<TokenType, string> = new Map([
  [t.Moins, '−'], [t.Fois, '×'], [t.Divise, '÷'], [t.InferieurOuEgal, '≤'], [t.SuperieurOuEgal, '≥'], [t.Different, '≠'],
]);
const WORDS: ReadonlySet<TokenType> = new Set([...Object.values(t.KEYWORDS), t.DateLitterale, t.Alinea]);

/** A token as it is written, on one line; a text on as many as its author gave it. `inUnit`: a sign between two units stays `/`. */
export function spell(token: IToken, inUnit = false): string {
  const { tokenType: type, image } = token;
  if (type === t.Quantite) return quantity(image);
  if (type === t.Nombre) return number(image, 5);
  if (type === t.HeureMinute) return image.replace(BLANKS, NO_BREAK);
  if (type === t.Texte) return text(image);
  if (WORDS.has(type)) return image.replace(BLANKS, ' ').replaceAll('\u2019', "'");
  return inUnit ? image : SIGNS.get(type) ?? image;
}

function quantity(image: string): string {
  const [, whole = '', decimals = '', unit = ''] = QUANTITY.exec(image) ?? [];
  return `${number(whole + decimals, 4)}${NO_BREAK}${unit.replace(BLANKS, ' ')}`;
}

/** Digits by threes from so many on: without a unit, four digits may be a year. */
function number(image: string, from: number): string {
  const [whole = '', decimals] = image.split(',');
  const digits = whole.replace(BLANKS, '');
  const grouped = digits !== whole || digits.length >= from ? digits.replace(/\B(?=(?:\d{3})+$)/g, NO_BREAK) : digits;
  return decimals === undefined ? grouped : `${grouped},${decimals}`;
}

/** The author's words and lines, single blanks between them. A no-break space that was there stays. */
function text(image: string): string {
  const lines = image.slice(1, -1).split(/\r\n|\r|\n/).map((line) => line.replace(BLANKS, (blanks) => (/^[ \t]+$/.test(blanks) ? ' ' : blanks.replace(/[ \t]/g, '').slice(0, 1))).trim()).filter((line, index, all) => line !== '' || all.length === 1);
  const words = lines.join('\n');
  return words === '' ? `«${NO_BREAK}»` : `«${NO_BREAK}${words}${NO_BREAK}»`;
}
