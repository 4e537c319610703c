/** A diagnostic is a value: a code of the catalogue, its parameters, and where it stands. */
import type { Span } from '../source/file.ts';
import { inEnglish } from './phrases.ts';
import { CATALOGUE, type Code, type Params, type Severity } from './catalogue.ts';

export type { Code, Params, Severity };

export interface Place {
  /** In a source file. */
  readonly span?: Span | undefined;
  /** In a case: a JSON pointer. */
  readonly pointer?: string | undefined;
  /** The article that it is about. */
  readonly article?: string | undefined;
  /** The rates that apply instead of the one that was refused. */
  readonly rates?: readonly string[] | undefined;
  /** Another place that explains it. */
  readonly related?: Span | undefined;
}

export interface Diagnostic extends Place {
  readonly code: Code;
  readonly params: object;
}

/** Makes a diagnostic; the code decides which parameters are needed. */
export function diagnostic<C extends Code>(code: C, params: Params<C>, place: Place = {}): Diagnostic {
  return { code, params, ...place };
}

export function severityOf(item: Diagnostic): Severity {
  return CATALOGUE[item.code].severity;
}
export function isError(item: Diagnostic): boolean {
  return severityOf(item) === 'erreur';
}

/** What a phase returns: a value, perhaps, and what there is to say about it. */
export interface Outcome<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}

/** The sentence of a diagnostic, in one language. */
export function messageOf(item: Diagnostic, lang: 'fr' | 'en'): string {
  const entry = CATALOGUE[item.code] as { fr: (params: object) => string; en: (params: object) => string };
  if (lang === 'fr') return entry.fr(item.params);
  const params = Object.fromEntries(Object.entries(item.params as Record<string, unknown>).map(([name, value]) => [name, typeof value === 'string' && PHRASED.has(name) ? inEnglish(value) : value]));
  return entry.en(params);
}

/** Parameters that hold a phrase of ours, not a name or a text of the user's. */
const PHRASED = new Set(['expected', 'found', 'where', 'reason', 'window', 'left', 'right', 'needed', 'use', 'grain', 'name']);
