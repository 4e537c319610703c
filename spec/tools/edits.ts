/** Random edits of a text, by its tokens: what fingers do to a file. */
import { lex } from '../../grammar/lexer.ts';

export interface Edit { readonly start: number; readonly end: number; readonly text: string }

/** A generator of numbers from 0 to 1 that a seed repeats (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const WORDS = ['«', '»', '(', ')', '=', ' si ', ' sinon ', ' et ', ' × ', ' 5 kW ', ' 12.2 ', '\n', '\n  ', '\n    ', ' exemple « e »', '\narticle 99.1 « N »\n  note « n »\n', ' énergie ', ' au tarif M ', ' donnée ', '!', '#', ' % ', '|', ';', ' sur ', ' selon 2.5', '\ntarif ZZ « z »\n', ' remplace '];

/** Places of tokens in a text, for edits to start from. */
export const placesOf = (text: string): readonly (readonly [number, number])[] => lex(text).tokens.map((token) => [token.startOffset, (token.endOffset ?? token.startOffset) + 1] as const);

/** One edit: a token inserted, deleted, doubled, or swapped with a near one. */
export function anEdit(text: string, places: readonly (readonly [number, number])[], next: () => number): Edit {
  const at = Math.floor(next() * places.length);
  const [start, end] = places[at] ?? [0, 0];
  const kind = Math.floor(next() * 4);
  if (kind === 0) return { start, end: start, text: WORDS[Math.floor(next() * WORDS.length)] ?? '' };
  if (kind === 1) return { start, end, text: '' };
  if (kind === 2) return { start: end, end, text: ` ${text.slice(start, end)}` };
  const [from, to] = places[Math.min(places.length - 1, at + 1 + Math.floor(next() * 3))] ?? [end, end];
  return from < end ? { start, end, text: '' } : { start, end: to, text: text.slice(from, to) + text.slice(end, from) + text.slice(start, end) };
}
