/**
 * What a piece of a block says, taken apart: its form (names, operators, units of declarations), its figures, its words. Two pieces of
 * one form differ only by figures or by words, and each of these can be told by itself.
 */
import type { AnyNode } from '../../syntax/visit.ts';
import type { Quantity } from '../../syntax/nodes.ts';
import { fromInteger, multiply, parseExact, toFraction, type Exact } from '../../quantity/exact.ts';
import { dimsKey, NONE, parseUnit, type Unit } from '../../quantity/unit.ts';
import type { Span } from '../../source/file.ts';

/** A figure of a block. Dates and hours are figures of seasons; a count has no unit. */
export interface Figure {
  readonly kind: 'quantity' | 'count' | 'time';
  /** As the block writes it. */
  readonly text: string;
  /** In plain decimals, for other languages; and the unit as written. */
  readonly decimal: string | undefined;
  readonly unit: string | undefined;
  /** In base units; none for a time. */
  readonly value: Exact | undefined;
  readonly dims: Unit['dims'];
  readonly factor: Exact;
}
export interface Sketch {
  readonly form: string;
  readonly figures: readonly Figure[];
  readonly words: readonly string[];
  /** The names that it reads, in order: what is left of a formula when its signs change. */
  readonly names: string;
  readonly span: Span | undefined;
}

/** Text in quotes, and letters of the book: words that change no amount. */
const WORDS: ReadonlySet<string> = new Set(['text', 'title', 'subject', 'kept', 'others', 'label']);
const COUNTED: ReadonlySet<string> = new Set(['months', 'periods', 'previousDays']);

/** Takes apart nodes, or records of them. `renumbered` says what an article of the older edition is called in the newer one. */
export function sketch(parts: readonly unknown[], renumbered: (article: string) => string = (article) => article): Sketch {
  const figures: Figure[] = [];
  const words: string[] = [];
  const names: string[] = [];
  const form: string[] = [];
  let span: Span | undefined;
  const take = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) { form.push(String(value)); return; }
    if (Array.isArray(value)) { form.push('['); value.forEach(take); form.push(']'); return; }
    const node = value as AnyNode & { readonly [field: string]: unknown };
    // A sort (`en date`) or a place of cuts is a plain record, with no text of its own.
    if (!('span' in node)) { takeFields(node); return; }
    span = joined(span, node.span);
    switch (node.kind) {
      case 'quantity': form.push('#'); figures.push(figureOf(node)); if (node.source) { form.push('selon'); take(node.source); } return;
      case 'date': case 'clock': case 'month': form.push(`#${node.kind}`); figures.push({ kind: 'time', text: textOf(node.span), decimal: undefined, unit: undefined, value: undefined, dims: NONE.dims, factor: NONE.factor }); return;
      case 'unit': form.push(node.text); return;
      case 'text': form.push('«»'); words.push(node.text); return;
      case 'articleRef': form.push(`art:${renumbered(node.number)}`); return;
      case 'name': case 'identifier': form.push(node.name); names.push(node.name); return;
      case 'plageName': names.push(node.name); break;
      default: break;
    }
    takeFields(node);
  };
  const takeFields = (node: { readonly [field: string]: unknown }): void => {
    form.push('(');
    for (const field in node) {
      if (field === 'span' || field === 'file') continue;
      const inner = node[field];
      if (inner === undefined) continue;
      if (WORDS.has(field) && (typeof inner === 'string' || Array.isArray(inner))) { words.push(...(typeof inner === 'string' ? [inner] : inner as string[])); continue; }
      if ((field === 'count' && COUNTED.has(String(node['kind']))) || field === 'largest') {
        form.push('#n');
        figures.push({ kind: 'count', text: field === 'largest' ? String(inner) : textOf(node['span'] as Span), decimal: undefined, unit: undefined, value: fromInteger(inner as number), dims: NONE.dims, factor: NONE.factor });
        continue;
      }
      form.push(`${field}:`);
      take(inner);
    }
    form.push(')');
  };
  parts.forEach((part) => { if (part !== undefined) take(part); else form.push('∅'); });
  return { form: form.join(' '), figures, words, names: names.join(' '), span };
}

const joined = (a: Span | undefined, b: Span): Span => (a?.file === b.file ? { file: a.file, start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) } : a ?? b);

/** A stretch of source on one line. */
export const textOf = (span: Span): string => span.file.text.slice(span.start, span.end).replace(/#.*$/gm, '').replace(/\s+/g, ' ').trim();

function figureOf(quantity: Quantity): Figure {
  const number = parseExact(quantity.decimal);
  const unit = quantity.unit === undefined ? NONE : parseUnit(quantity.unit) ?? NONE;
  return { kind: 'quantity', text: quantity.unit === undefined ? quantity.text : `${quantity.text} ${quantity.unit}`, decimal: quantity.decimal, unit: quantity.unit, value: number && multiply(number, unit.factor), dims: unit.dims, factor: unit.factor };
}

const worth = ({ value, dims, text }: Figure): string => (value ? `${toFraction(value)} ${dimsKey(dims)}` : text);
/** What a sketch says, its words aside: equal when two pieces mean the same, however they write it. */
export const meaning = ({ form, figures }: Sketch): string => [form, ...figures.map(worth)].join('|');
/** Everything that it says. */
export const wholly = (each: Sketch): string => [meaning(each), ...each.words].join('|');
