/** Tokens of the piece under a place, and the help of a word of the language. */
import { lex } from '../../grammar/lexer.ts';
import { VOCABULARY, type Word } from '../../grammar/vocabulary.ts';
import type { Part } from './document.ts';

export type Token = ReturnType<typeof lex>['tokens'][number];

const lexed = new WeakMap<Part, ReturnType<typeof lex>>();

/** The tokens of a piece, cut once. */
export function lexPart(part: Part): ReturnType<typeof lex> {
  const known = lexed.get(part);
  if (known) return known;
  const made = lex(part.file.text);
  lexed.set(part, made);
  return made;
}

export const endOf = (token: Token): number => (token.endOffset ?? token.startOffset) + 1;

/** The token that holds an offset, or that ends there. */
export function tokenAt(part: Part, offset: number): Token | undefined {
  const { tokens } = lexPart(part);
  return tokens.find((token) => token.startOffset <= offset && offset < endOf(token)) ?? tokens.find((token) => endOf(token) === offset);
}

const words = new Map<string, Word>(VOCABULARY.map((word) => [word.token, word]));
/** The entry of the vocabulary of a token; undefined for a name, a figure or a sign. */
export const wordOf = (token: Token): Word | undefined => words.get(token.tokenType.name);
