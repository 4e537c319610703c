/**
 * A file as the editor has it, read in pieces: after an edit, only the pieces whose text changed are read again. Places in the tree
 * count from the start of their piece, so that moving a piece costs nothing; a document knows where each piece stands now.
 */
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Range, TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceFile, Span } from '../source/file.ts';
import type { Block, Statement, TarifFile } from '../syntax/nodes.ts';
import { parseMargin, parseStatements } from '../syntax/parse.ts';
import { cutText, type Piece } from '../syntax/pieces.ts';

/** A piece that was read. */
export interface Part {
  readonly kind: Piece['kind'];
  /** As the editor has it. */
  readonly raw: string;
  /** In NFC, as it was read. */
  readonly file: SourceFile;
  /** The article whose statements these are, for a piece that has no header. */
  readonly article: string | undefined;
  /** Of a margin: its blocks, with the statements that are in this piece. */
  readonly blocks: readonly Block[];
  /** Of statements: themselves. */
  readonly statements: readonly Statement[];
  readonly diagnostics: readonly Diagnostic[];
  /** Of statements: what is said of them even when their header could not be read, and they are in no block. */
  readonly anywhere: readonly Diagnostic[];
  /** The header goes on past its first line: then its block is one piece. */
  readonly spread: boolean;
  /** Where each unit of the text in NFC stands in `raw`; undefined when they are the same text. */
  readonly shift: readonly number[] | undefined;
}

export interface Document {
  readonly uri: string;
  readonly path: string;
  readonly text: TextDocument;
  readonly parts: readonly Part[];
  /** Where each part starts. */
  readonly starts: readonly number[];
  readonly index: ReadonlyMap<SourceFile, number>;
  readonly tarif: TarifFile;
  /** What is wrong with the text alone. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a whole text. */
export function openDocument(uri: string, path: string, text: string, version = 0): Document {
  return read(uri, path, TextDocument.create(uri, 'tarif', version, text), []);
}

/** A file that is not text: kept, so that what is wrong with it is said. */
export function unreadableDocument(uri: string, path: string, badByte: number): Document {
  const empty = read(uri, path, TextDocument.create(uri, 'tarif', 0, ''), []);
  return { ...empty, diagnostics: [diagnostic('texte/encodage', { offset: badByte }, { span: { file: empty.tarif.file, start: 0, end: 0 } })] };
}

/** The document after edits, in order. */
export function editDocument(document: Document, changes: TextDocumentContentChangeEvent[], version: number): Document {
  return read(document.uri, document.path, TextDocument.update(document.text, changes, version), document.parts);
}

function read(uri: string, path: string, text: TextDocument, before: readonly Part[]): Document {
  const raw = text.getText();
  const bom = raw.startsWith('\uFEFF') ? 1 : 0;
  const body = bom === 0 ? raw : raw.slice(1);
  const reuse = pool(before);
  const parts: Part[] = [];
  const starts: number[] = [];
  const blocks: Block[] = [];
  const diagnostics: Diagnostic[] = [];
  const pieces = cutText(body);
  let article: string | undefined;
  let statements: Statement[] | undefined;
  for (let at = 0; at < pieces.length; at++) {
    const piece = pieces[at]!;
    let part = reuse(piece.kind, body.slice(piece.start, piece.end), piece.kind === 'margin' ? undefined : article, path);
    if (part.spread && pieces[at + 1]?.kind === 'statements') {
      while (pieces[at + 1]?.kind === 'statements') at++;
      part = reuse('margin', body.slice(piece.start, pieces[at]!.end), undefined, path);
    }
    parts.push(part);
    starts.push(piece.start + bom);
    if (part.kind === 'margin') {
      for (const block of part.blocks) {
        statements = [...block.statements];
        blocks.push({ ...block, statements });
      }
      const header = part.blocks.at(-1)?.header;
      if (!header) statements = undefined;
      article = header?.kind === 'article' ? header.number : undefined;
      diagnostics.push(...part.diagnostics);
    } else {
      diagnostics.push(...part.anywhere);
      if (!statements) continue;
      statements.push(...part.statements);
      diagnostics.push(...part.diagnostics);
    }
  }
  const file: SourceFile = { path, text: raw };
  return { uri, path, text, parts, starts, index: new Map(parts.map((part, at) => [part.file, at])), tarif: { file, blocks }, diagnostics };
}

/** Gives back the parts of before whose text is the same, each once; reads the others. */
function pool(before: readonly Part[]): (kind: Piece['kind'], raw: string, article: string | undefined, path: string) => Part {
  let next = 0;
  let rest: Map<string, Part[]> | undefined;
  const fits = (part: Part | undefined, kind: Piece['kind'], raw: string, article: string | undefined): part is Part => part !== undefined && part.kind === kind && part.article === article && part.raw === raw;
  return (kind, raw, article, path) => {
    const same = before[next];
    if (!rest && fits(same, kind, raw, article)) {
      next++;
      return same;
    }
    if (!rest) {
      rest = new Map();
      for (const part of before.slice(next)) {
        const known = rest.get(part.raw);
        if (known) known.push(part);
        else rest.set(part.raw, [part]);
      }
    }
    const list = rest.get(raw);
    const found = list?.findIndex((part) => fits(part, kind, raw, article)) ?? -1;
    return found < 0 ? readPart(kind, raw, article, path) : list!.splice(found, 1)[0]!;
  };
}

function readPart(kind: Piece['kind'], raw: string, article: string | undefined, path: string): Part {
  const text = raw.normalize('NFC');
  const file: SourceFile = { path, text };
  const shift = text === raw ? undefined : shiftOf(raw);
  if (kind === 'margin') {
    const { value, diagnostics, spread } = parseMargin(file);
    return { kind, raw, file, article: undefined, blocks: value, statements: [], diagnostics, anywhere: [], spread, shift };
  }
  const { value, diagnostics, anywhere } = parseStatements(file, article);
  return { kind, raw, file, article, blocks: [], statements: value, diagnostics, anywhere, spread: false, shift };
}

/** Where each unit of the composed text comes from. */
function shiftOf(raw: string): number[] {
  const shift: number[] = [];
  for (const { 0: cluster, index } of raw.matchAll(/\P{M}\p{M}*|\p{M}+/gsu)) {
    const { length } = cluster.normalize('NFC');
    for (let i = 0; i < length; i++) shift.push(index + Math.min(i, cluster.length - 1));
  }
  shift.push(raw.length);
  return shift;
}

const rawOf = (part: Part, offset: number): number => (part.shift ? part.shift[Math.min(offset, part.shift.length - 1)] ?? part.raw.length : Math.min(offset, part.raw.length));

/** A place of the tree as offsets of the editor's text; undefined when its piece is no more. */
export function offsetsOf(document: Document, { file, start, end }: Span): { readonly start: number; readonly end: number } | undefined {
  const at = document.index.get(file);
  if (at === undefined) return file === document.tarif.file ? { start, end } : undefined;
  const part = document.parts[at]!;
  const base = document.starts[at]!;
  return { start: base + rawOf(part, start), end: base + rawOf(part, end) };
}

/** A place of the tree as the protocol says it. */
export function rangeOf(document: Document, span: Span): Range | undefined {
  const offsets = offsetsOf(document, span);
  return offsets && { start: document.text.positionAt(offsets.start), end: document.text.positionAt(offsets.end) };
}

/** The part under an offset of the editor's text, and the offset in the text of that part. */
export function partAt(document: Document, offset: number): { readonly part: Part; readonly at: number; readonly offset: number } | undefined {
  let low = 0;
  let high = document.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (document.starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  const part = document.parts[low];
  if (!part) return undefined;
  const inside = Math.max(0, offset - document.starts[low]!);
  if (!part.shift) return { part, at: low, offset: Math.min(inside, part.raw.length) };
  const composed = part.shift.findIndex((from, index) => from <= inside && (part.shift![index + 1] ?? Infinity) > inside);
  return { part, at: low, offset: composed < 0 ? part.file.text.length : composed };
}
