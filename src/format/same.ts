/** Whether two texts say the same: the same tokens and comments in the same order, and the same tree. */
import * as t from '../../grammar/lexer.ts';
import type { SourceFile } from '../source/file.ts';
import type { Block } from '../syntax/nodes.ts';
import { parseFile } from '../syntax/parse.ts';
import { spell } from './spelling.ts';

/** What a text says, beside its layout. */
export interface Meaning { readonly words: readonly string[]; readonly blocks: readonly Block[]; readonly broken: boolean }

/** The meaning of a file. `blocks` when it has been read already. */
export function meaningOf(file: SourceFile, blocks?: readonly Block[]): Meaning {
  const { tokens, comments, unknown } = t.lex(file.text);
  const read = blocks === undefined ? parseFile(file) : { value: { blocks }, diagnostics: [] };
  const words = [...tokens.map((token) => `${token.tokenType.name} ${spell(token)}`), ...comments.map((comment) => comment.image.trimEnd())].map(plain);
  return { words, blocks: read.value.blocks, broken: unknown.length > 0 || read.diagnostics.length > 0 };
}

/** Whether two meanings are one. */
export function isSame(a: Meaning, b: Meaning): boolean {
  return a.broken === b.broken && a.words.length === b.words.length && a.words.every((word, index) => word === b.words[index]) && equal(a.blocks, b.blocks);
}

/** A no-break space is a space, and lines of a text are one. */
export const plain = (text: string): string => text.replace(/[\s\u00A0\u202F]+/g, ' ').replaceAll('\u2019', "'");

/** Deep equality of trees; places are not compared. A number's own writing may change: its value is beside it. */
function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a === 'string' && typeof b === 'string') return plain(a) === plain(b);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  const isQuantity = 'kind' in a && a.kind === 'quantity' && 'decimal' in a;
  return keys.every((key) => key === 'span' || (isQuantity && key === 'text') || (key in b && equal((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key])));
}
