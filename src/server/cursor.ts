/** What comes before the cursor: the word being typed, the tokens of its statement before it, and what the grammar lets follow. */
import type { IToken } from '../../grammar/parser.ts';
import { flatten, layout, type Line } from '../../grammar/layout.ts';
import { lex } from '../../grammar/lexer.ts';
import { mayFollow } from '../syntax/parse.ts';
import { partAt, type Document, type Part } from './document.ts';

export interface Cursor {
  readonly part: Part;
  /** Its place among the parts. */
  readonly at: number;
  /** Where the word being typed starts and ends, in the editor's text. */
  readonly start: number;
  readonly end: number;
  readonly word: string;
  /** The text of the line before the word. */
  readonly before: string;
  /** Tokens of the statement, or of the header, before the word; marks of the layout included. */
  readonly tokens: readonly IToken[];
  /** All real tokens of the statement's first line and of the word's ancestors, before the word. */
  readonly inHeader: boolean;
  /** Names of the tokens that may stand here. */
  readonly next: ReadonlySet<string>;
}

const STANDIN = 'zzmarquezz';
const WORD = /[\p{L}\p{M}\d_]*$/u;

/** Reads what is before an offset; undefined in a text `« … »` or a comment. */
export function cursorAt(document: Document, offset: number): Cursor | undefined {
  const place = partAt(document, offset) ?? { part: undefined, at: 0, offset: 0 };
  const whole = document.text.getText();
  const base = place.part ? document.starts[place.at]! : 0;
  const typed = WORD.exec(whole.slice(base, offset))?.[0] ?? '';
  // A figure is no word: « 12.2 », « 5 » are read as they are.
  const word = /^\d/.test(typed) ? '' : typed;
  const start = offset - word.length;
  const head = whole.slice(base, start).normalize('NFC');
  const before = head.slice(Math.max(head.lastIndexOf('\n'), head.lastIndexOf('\r')) + 1);
  const { tokens, comments, unknown } = lex(`${head}${STANDIN}`);
  const standin = tokens.at(-1);
  if (!standin || !standin.image.endsWith(STANDIN) || comments.some(({ image }) => image.endsWith(STANDIN)) || unknown.some(({ start: at }) => head[at] === '«')) return undefined;
  const under: Line | undefined = place.part?.kind === 'statements' ? { column: 1, tokens: [], children: [] } : undefined;
  const roots = layout(tokens, under);
  const path = pathTo(under ? [under, ...roots] : roots, standin);
  if (!path) return undefined;
  const known = { part: place.part ?? emptyPart, at: place.at, start, end: offset, word, before };
  const statement = path[1];
  const inHeader = statement === undefined;
  const line = statement ?? path[0]!;
  const kept = new Set(path);
  const all = inHeader ? line.tokens : flatten(line, (child) => kept.has(child));
  const own = all.slice(0, all.indexOf(standin));
  const next = new Set(mayFollow(own, inHeader ? 'entête' : 'énoncé'));
  // On a line of its own, the word may also go on with the line above.
  if (!inHeader && path.length > 2 && path.at(-1)!.tokens[0] === standin) {
    for (const name of mayFollow(own.filter((token, index) => !(index === own.length - 1 && token.image === '')), 'énoncé')) next.add(name);
  }
  return { ...known, tokens: own, inHeader, next };
}

const emptyPart: Part = { kind: 'margin', raw: '', file: { path: '', text: '' }, article: undefined, blocks: [], statements: [], diagnostics: [], anywhere: [], spread: false, shift: undefined };

/** The lines from a root to the one that holds a token. */
function pathTo(lines: readonly Line[], token: IToken): Line[] | undefined {
  for (const line of lines) {
    if (line.tokens.includes(token)) return [line];
    const deeper = pathTo(line.children, token);
    if (deeper) return [line, ...deeper];
  }
  return undefined;
}
