/** JSON text → plain values in which every number is its own decimal text: no digit is lost on the way in. */
import { parse } from 'lossless-json';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';

/** Numbers are strings of their text; a marker tells them from JSON strings where that matters. */
export type Json = string | boolean | null | JsonNumber | readonly Json[] | { readonly [key: string]: Json };
export class JsonNumber {
  constructor(readonly text: string) {}
}

/** Deeper than any case. */
const DEEPEST = 64;

/** A case as the library is given it: its text, or an object, which JSON may be unable to hold (a loop, a bigint). */
export function readInput(input: string | object): ReturnType<typeof readJson> {
  if (typeof input === 'string') return readJson(input);
  try {
    return readJson(JSON.stringify(input) ?? '');
  } catch (error) {
    return { diagnostics: [diagnostic('cas-json/syntaxe', { detail: firstLine(error) }, { pointer: '' })] };
  }
}
const firstLine = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';

export function readJson(text: string): { readonly value: Json } | { readonly diagnostics: readonly Diagnostic[] } {
  if (isTooDeep(text)) return { diagnostics: [diagnostic('cas-json/profondeur', {}, { pointer: '' })] };
  try {
    return { value: parse(text.replace(/^\uFEFF/, ''), null, { parseNumber: (number) => new JsonNumber(number), onDuplicateKey: ({ key }) => { throw new DuplicateKey(key); } }) as Json };
  } catch (error) {
    if (error instanceof DuplicateKey) return { diagnostics: [diagnostic('cas-json/champ-repete', { name: error.key }, { pointer: '' })] };
    return { diagnostics: [diagnostic('cas-json/syntaxe', { detail: error instanceof Error ? error.message : String(error) }, { pointer: '' })] };
  }
}

class DuplicateKey extends Error {
  constructor(readonly key: string) { super(key); }
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (inString) {
      if (char === 92) i++;
      else if (char === 34) inString = false;
    } else if (char === 34) inString = true;
    else if (char === 91 || char === 123) { if (++depth > DEEPEST) return true; } else if (char === 93 || char === 125) depth--;
  }
  return false;
}

/** What the schema validates: numbers as their decimal text. */
export function toPlain(value: Json): unknown {
  if (value instanceof JsonNumber) return value.text;
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, toPlain(field as Json)]));
  return value;
}
/** An object's own field, and nothing inherited. */
export function field(value: Json | undefined, name: string): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber) && Object.hasOwn(value, name) ? (value as Record<string, Json>)[name] : undefined;
}
export const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } => typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber);
