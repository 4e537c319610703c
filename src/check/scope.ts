/**
 * The names of a closed rate: what each is, and what replaces what. Two definitions of one name are an error, never "the last
 * one wins"; a `remplace` says what it replaces.
 */
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { nearestName } from '../support/nearestName.ts';
import type { Choice, DataDeclaration, Definition, Expr, FactStatement, MeasureDeclaration, PlageDeclaration, Replacement, TableStatement, Value } from '../syntax/nodes.ts';
import type { Placed } from './close.ts';
import type { Origin } from './core.ts';

export interface Entry {
  readonly name: string;
  readonly origin: Origin;
  readonly source:
    | { readonly kind: 'data'; readonly statement: DataDeclaration }
    | { readonly kind: 'measure'; readonly statement: MeasureDeclaration }
    | { readonly kind: 'plage'; readonly statement: PlageDeclaration }
    | { readonly kind: 'definition'; readonly statement: Definition }
    | { readonly kind: 'fact'; readonly statement: FactStatement }
    | { readonly kind: 'column'; readonly statement: TableStatement; readonly value: Value }
    | { readonly kind: 'replacement'; readonly statement: Replacement; readonly original: Entry };
}

export interface Scope {
  readonly entries: ReadonlyMap<string, Entry>;
  /** Looks a name up from an article: its own capitals first. */
  readonly lookup: (name: string, article: string) => Entry | undefined;
}

/** A name all in capitals belongs to its article alone. */
const isLocal = (name: string): boolean => /^[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ0-9]*$/.test(name);
const keyOf = (name: string, article: string): string => (isLocal(name) ? `${article}#${name}` : name);

export function buildScope(placed: readonly Placed[], diagnostics: Diagnostic[]): Scope {
  const entries = new Map<string, Entry>();
  const declare = (entry: Entry, span: Entry['origin']['span']): void => {
    const key = keyOf(entry.name, entry.origin.home);
    const first = entries.get(key);
    if (first) {
      // The same sentence, reached by two roads (a modèle that two articles take in), is one definition.
      if (first.origin.span.file === entry.origin.span.file && first.origin.span.start === entry.origin.span.start) return;
      diagnostics.push(diagnostic('definitions/double', { name: entry.name, first: first.origin.article, second: entry.origin.article }, { span, article: entry.origin.article, related: first.origin.span }));
      return;
    }
    entries.set(key, entry);
  };
  for (const { statement, origin } of placed) {
    switch (statement.kind) {
      case 'data': declare({ name: statement.name.name, origin, source: { kind: 'data', statement } }, statement.name.span); break;
      case 'measure': declare({ name: statement.name.name, origin, source: { kind: 'measure', statement } }, statement.name.span); break;
      case 'plage': declare({ name: statement.name.name, origin, source: { kind: 'plage', statement } }, statement.name.span); break;
      case 'definition': declare({ name: statement.name.name, origin, source: { kind: 'definition', statement } }, statement.name.span); break;
      case 'fact': declare({ name: statement.name.name, origin, source: { kind: 'fact', statement } }, statement.name.span); break;
      case 'table': for (const column of columnsOf(statement, diagnostics)) declare({ name: column.name, origin, source: { kind: 'column', statement, value: column.value } }, column.span); break;
      default: break;
    }
  }
  replace(placed, entries, diagnostics);
  return { entries, lookup: (name, article) => entries.get(`${article}#${name}`) ?? entries.get(name) };
}

/** Replacements of the rate come first, then those of its options; two options on one name conflict. */
function replace(placed: readonly Placed[], entries: Map<string, Entry>, diagnostics: Diagnostic[]): void {
  const byName = new Map<string, Placed[]>();
  for (const item of placed) {
    if (item.statement.kind !== 'replacement') continue;
    const list = byName.get(item.statement.name.name) ?? [];
    if (list.some((other) => other.origin.span.start === item.origin.span.start && other.origin.span.file === item.origin.span.file)) continue;
    byName.set(item.statement.name.name, [...list, item]);
  }
  for (const [name, items] of byName) {
    const rankOf = (item: Placed): number => Number(item.layer === 'option') + Number(item.combined);
    const ordered = [...items].sort((a, b) => rankOf(a) - rankOf(b));
    // What is said of options taken together settles what they say apart.
    const settled = ordered.some(({ combined }) => combined);
    let last: Placed | undefined;
    for (const item of ordered) {
      if (item.statement.kind !== 'replacement') continue;
      const original = entries.get(name);
      const place = { span: item.statement.name.span, article: item.origin.article };
      if (!original) {
        diagnostics.push(diagnostic('definitions/remplace-rien', { name, nearest: nearestName(name, entries.keys()) }, place));
        continue;
      }
      // One article may override what another replaced only by naming it, and an option what its rate replaced.
      const names = item.statement.article?.number;
      if (last && rankOf(last) === rankOf(item) && !(settled && !item.combined) && names !== last.origin.article) {
        const conflict = last.origin.module !== item.origin.module && item.layer === 'option';
        diagnostics.push(conflict
          ? diagnostic('options/conflit', { name, first: last.origin.module ?? '', second: item.origin.module ?? '' }, place)
          : diagnostic('definitions/remplace-double', { name, first: last.origin.article, second: item.origin.article }, place));
        continue;
      }
      entries.set(name, { name, origin: item.origin, source: { kind: 'replacement', statement: item.statement, original } });
      last = item;
    }
  }
}

/** Each column of a table is a definition by cases of its key. */
function columnsOf(table: TableStatement, diagnostics: Diagnostic[]): { name: string; value: Value; span: Entry['origin']['span'] }[] {
  const { header, rows } = table.grid;
  for (const row of rows) {
    if (row.length !== header.length) {
      const first = row.find((cell) => cell !== undefined);
      diagnostics.push(diagnostic('syntaxe/tableau', { found: row.length, expected: header.length }, { span: first?.span ?? table.span }));
    }
  }
  const keyIndex = Math.max(0, header.findIndex((column) => column.name === table.key.name));
  return header.flatMap((column, index) => {
    if (index === keyIndex || column.name === '') return [];
    const value: Value = {
      kind: 'value', span: table.span, by: { kind: 'name', name: table.key.name, span: table.key.span },
      rows: rows.flatMap((row) => {
        const key = row[keyIndex];
        const cell = row[index];
        const choice = key && choiceOf(key);
        return choice && cell ? [{ kind: 'row' as const, label: undefined, value: cell, guards: [{ kind: 'pour' as const, choices: [choice], span: choice.span }], text: undefined, span: cell.span }] : [];
      }),
    };
    return [{ name: column.name, value, span: column.span }];
  });
}

export function choiceOf(expr: Expr): Choice | undefined {
  if (expr.kind === 'name') return { kind: 'choice', name: expr.name, quantity: undefined, span: expr.span };
  if (expr.kind === 'quantity') return { kind: 'choice', name: undefined, quantity: expr, span: expr.span };
  return undefined;
}
