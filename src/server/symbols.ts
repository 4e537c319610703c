/** What a file or the workspace holds, by article and by name; and what of it may be folded. */
import type { DocumentSymbol, FoldingRange, Range, SymbolInformation } from 'vscode-languageserver';
import type { Span } from '../source/file.ts';
import type { Block, Header, Statement } from '../syntax/nodes.ts';
import { offsetsOf, rangeOf, type Document } from './document.ts';
import { locationOf } from './navigate.ts';
import { headerOccurrences, occurrencesOf } from './names.ts';
import type { World } from './world.ts';

/** Kinds of the protocol. */
const MODULE = 2; const NAMESPACE = 3; const CLASS = 5; const PROPERTY = 7; const FIELD = 8; const INTERFACE = 11; const FUNCTION = 12; const VARIABLE = 13; const CONSTANT = 14; const EVENT = 24; const OPERATOR = 25; const STRUCT = 23;
type Kind = DocumentSymbol['kind'];

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);

function headerSymbol(header: Header): { readonly name: string; readonly kind: Kind } {
  switch (header.kind) {
    case 'edition': return { name: `édition « ${header.title} »`, kind: MODULE };
    case 'chapter': return { name: `chapitre ${header.number} « ${header.title} »`, kind: NAMESPACE };
    case 'section': return { name: `section ${header.number} « ${header.title} »`, kind: NAMESPACE };
    case 'rate': return { name: `tarif ${header.name.name}${header.title === undefined ? '' : ` « ${header.title} »`}`, kind: NAMESPACE };
    case 'option': return { name: `option ${header.name.name}${header.title === undefined ? '' : ` « ${header.title} »`}`, kind: NAMESPACE };
    case 'common': return { name: ['dispositions communes', ...header.rates.map(({ name }) => name), ...header.options.map(({ name }) => name)].join(' '), kind: NAMESPACE };
    case 'model': return { name: `modèle ${header.name.name}`, kind: INTERFACE };
    case 'article': return { name: `${header.number} « ${header.title} »`, kind: CLASS };
  }
}

function statementSymbol(statement: Statement): { readonly name: string; readonly kind: Kind; readonly at?: Span } | undefined {
  switch (statement.kind) {
    case 'data': return { name: statement.name.name, kind: FIELD, at: statement.name.span };
    case 'measure': return { name: statement.name.name, kind: PROPERTY, at: statement.name.span };
    case 'plage': return { name: statement.name.name, kind: EVENT, at: statement.name.span };
    case 'definition': return { name: statement.name.name, kind: VARIABLE, at: statement.name.span };
    case 'fact': return { name: statement.name.name, kind: CONSTANT, at: statement.name.span };
    case 'replacement': return { name: `remplace ${statement.name.name}`, kind: VARIABLE, at: statement.name.span };
    case 'table': return { name: `table d'après ${statement.key.name}`, kind: STRUCT, at: statement.key.span };
    case 'line': return { name: [statement.role, statement.name?.name, statement.title && `« ${short(statement.title)} »`].filter(Boolean).join(' '), kind: OPERATOR };
    case 'example': return { name: `exemple « ${short(statement.title)} »`, kind: FUNCTION };
    case 'condition': return { name: `${statement.mode} ${short(statement.text ?? statement.condition.span.file.text.slice(statement.condition.span.start, statement.condition.span.end).replace(/\s+/g, ' '))}`, kind: INTERFACE };
    default: return undefined;
  }
}

/** The articles of a file with their number and title, each with its statements. */
export function documentSymbols(document: Document): DocumentSymbol[] {
  return document.tarif.blocks.flatMap((block): DocumentSymbol[] => {
    const header = rangeOf(document, block.header.span);
    if (!header) return [];
    const children = block.statements.flatMap((statement): DocumentSymbol[] => {
      const symbol = statementSymbol(statement);
      const range = rangeOf(document, statement.span);
      const at = symbol?.at && rangeOf(document, symbol.at);
      return symbol && range ? [{ name: symbol.name, kind: symbol.kind, range, selectionRange: at ?? { start: range.start, end: range.start } }] : [];
    });
    return [{ ...headerSymbol(block.header), range: blockRange(document, block, header), selectionRange: header, children }];
  });
}
function blockRange(document: Document, block: Block, header: Range): Range {
  const last = block.statements.at(-1);
  const end = last && rangeOf(document, last.span);
  return { start: header.start, end: end ? end.end : header.end };
}

/** Articles by number or title, and names, that hold the letters of a query in their order. */
export function workspaceSymbols(worlds: readonly World[], query: string): SymbolInformation[] {
  const wanted = fold(query);
  const accepts = (text: string): boolean => holds(fold(text), wanted);
  const found: { readonly symbol: SymbolInformation; readonly exact: number }[] = [];
  for (const world of worlds) {
    for (const document of world.documents.values()) {
      for (const block of document.tarif.blocks) {
        const { name, kind } = headerSymbol(block.header);
        const container = block.header.kind === 'article' ? name : '';
        if (block.header.kind !== 'chapter' && block.header.kind !== 'section' && accepts(name)) {
          const location = locationOf(world, headerOccurrences(block.header).find(({ declares }) => declares)?.span ?? block.header.span);
          if (location) found.push({ symbol: { name, kind, location }, exact: rank(block.header.kind === 'article' ? block.header.number : name, query) });
        }
        for (const statement of block.statements) {
          const symbol = statementSymbol(statement);
          if (!symbol) continue;
          for (const { name: declared, span } of occurrencesOf(statement).filter(({ declares }) => declares)) {
            if (!accepts(declared)) continue;
            const location = locationOf(world, span);
            if (location) found.push({ symbol: { name: declared, kind: symbol.kind, location, containerName: container }, exact: rank(declared, query) });
          }
        }
      }
    }
  }
  return found.sort((a, b) => a.exact - b.exact).slice(0, 300).map(({ symbol }) => symbol);
}
const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const rank = (name: string, query: string): number => (name === query ? 0 : fold(name).startsWith(fold(query)) ? 1 : fold(name).includes(fold(query)) ? 2 : 3);
function holds(text: string, letters: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** Articles, examples, tables and whatever statement has several lines; comments that follow one another. */
export function foldingRanges(document: Document): FoldingRange[] {
  const found: FoldingRange[] = [];
  const fold = (start: number, end: number, kind?: 'comment'): void => {
    const from = document.text.positionAt(start).line;
    const to = document.text.positionAt(end).line;
    if (to > from) found.push({ startLine: from, endLine: to, ...(kind ? { kind } : {}) });
  };
  for (const block of document.tarif.blocks) {
    const header = offsetsOf(document, block.header.span);
    const last = block.statements.at(-1);
    const end = last && offsetsOf(document, last.span);
    if (header && end) fold(header.start, end.end);
    for (const statement of block.statements) {
      const offsets = offsetsOf(document, statement.span);
      if (offsets) fold(offsets.start, offsets.end);
      if (statement.kind !== 'example') continue;
      for (const line of statement.lines) { const inner = offsetsOf(document, line.span); if (inner) fold(inner.start, inner.end); }
    }
  }
  const lines = document.text.getText().split(/\r\n|\r|\n/);
  for (let line = 0; line < lines.length; line++) {
    const start = line;
    while (/^\s*#/.test(lines[line + 1] ?? '') && /^\s*#/.test(lines[start] ?? '')) line++;
    if (line > start) found.push({ startLine: start, endLine: line, kind: 'comment' });
  }
  return found;
}
