/** Two traces of one figure → the values that make it differ, as deep as they are known. */
import type { Value } from '../evaluate/case.ts';
import type { TraceNode } from '../evaluate/session.ts';
import { sameValue } from '../evaluate/words.ts';

/** A value that is not the same on both sides, with the article that sets it on each; undefined where it is not read. */
export interface Cause {
  readonly name: string;
  /** The row or the instant that it is the value of, when it is not that of the period. */
  readonly at: string | undefined;
  readonly dims: TraceNode['dims'];
  readonly a: { readonly value: Value | undefined; readonly article: string | undefined } | undefined;
  readonly b: { readonly value: Value | undefined; readonly article: string | undefined } | undefined;
}

/** Past so many causes of one figure (a sum over a year of hours), the value that gathers them says enough. */
const MOST = 6;

/**
 * What changed between two lists of values read for the same figure. A value that differs is explained by those it was worked out from; it
 * is itself the cause when they are alike, when it is set by another article, or when they are too many.
 */
export function causesOf(a: readonly TraceNode[], b: readonly TraceNode[]): Cause[] {
  const left = byKey(a);
  const right = byKey(b);
  const found = new Map<string, Cause>();
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    for (const cause of causeOf(left.get(key), right.get(key))) found.set(`${cause.name} ${cause.at ?? ''}`, cause);
  }
  return [...found.values()];
}

function causeOf(a: TraceNode | undefined, b: TraceNode | undefined): Cause[] {
  if (a && b && a.value !== undefined && b.value !== undefined && sameValue(a.value, b.value)) return [];
  const node = a ?? b;
  if (!node) return [];
  const own: Cause = { name: node.name, at: node.row ?? node.at, dims: (b ?? node).dims, a: sideOf(a), b: sideOf(b) };
  if (!a || !b || a.home !== b.home) return [own];
  const deeper = causesOf(a.inputs, b.inputs);
  return deeper.length === 0 || deeper.length > MOST ? [own] : deeper;
}

const sideOf = (node: TraceNode | undefined): Cause['a'] => node && { value: node.value, article: node.home ?? node.article };
/** A name that is read several times has the same value each time. */
const byKey = (nodes: readonly TraceNode[]): Map<string, TraceNode> => new Map(nodes.map((node) => [`${node.name}|${node.at ?? ''}|${node.row ?? ''}|${node.dims ? [...node.dims].join() : ''}`, node]));
