/** The tariff files of a folder → checked editions. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { collectBooks, type Book } from '../check/book.ts';
import { checkBookByRate, type CheckedBook } from '../check/check.ts';
import { diagnostic, isError, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { editionFolders, tarifFiles } from '../disk/editions.ts';
import { verifications, type Verification } from '../evaluate/verify.ts';
import { prepare } from '../index.ts';
import { readSource, type SourceFile } from '../source/file.ts';
import { parseFile } from '../syntax/parse.ts';
import type { TarifFile } from '../syntax/nodes.ts';
import { say } from './language.ts';
import { isFolder, neighboursOf, scopeOf, shownPath, type Scope } from './paths.ts';
import { counted } from './progress.ts';

export interface Loaded {
  readonly books: readonly Book[];
  readonly diagnostics: readonly Diagnostic[];
}
/** What a path names, loaded with all that it needs. */
export interface LoadedPath extends Loaded, Omit<Scope, 'edition'> {}

/**
 * A folder of editions, one edition, a folder or a file of an edition, or a file that is an edition by itself. What is a part of an
 * edition is loaded with the whole of it, and an edition with its neighbours: a period may straddle two.
 */
export function loadPath(path: string, options: Reading = {}): LoadedPath {
  const { names, whole, edition } = scopeOf(path);
  if (edition === undefined) return { ...(isFolder(path) ? loadFolder(path, options) : loadFile(path, options)), names, whole };
  const neighbours = loadEditions(neighboursOf(edition), options);
  // Drafts of one edition side by side are not neighbours in time.
  const alone = neighbours.diagnostics.some(({ code }) => code === 'edition/double' || code === 'edition/absente');
  return { ...(alone ? loadFolder(edition, options) : neighbours), names, whole };
}

/** Reads every edition under a folder: each sub-folder that holds `.tarif` files, or the folder itself. */
export function loadFolder(root: string, options: Reading = {}): Loaded {
  const folders = editionFolders(root);
  const loaded = loadEditions(folders, options);
  return folders.length > 0 ? loaded : { ...loaded, diagnostics: [...loaded.diagnostics, diagnostic('texte/introuvable', { path: root })] };
}

/** Reads these folders, each an edition. More may be found wrong later, when an article that was left for later is read. */
export function loadEditions(paths: readonly string[], options: Reading = {}): Loaded {
  const diagnostics: Diagnostic[] = [];
  const found = paths.map((path) => ({ path, files: tarifFiles(path) }));
  const folders = counted(say('Lecture des fichiers', 'Reading files'), found.reduce((sum, { files }) => sum + files.length, 0), (tick) =>
    found.map(({ path, files }) => ({ path, files: files.flatMap((file) => { const read = readTarif(file, diagnostics, options); tick(); return read; }) })));
  const collected = collectBooks(folders, options.examples === false);
  diagnostics.push(...collected.diagnostics);
  return { books: collected.value, diagnostics };
}

/** A single file as an edition of its own. */
export function loadFile(path: string, options: Reading = {}): Loaded {
  const diagnostics: Diagnostic[] = [];
  const files = readTarif(path, diagnostics, options);
  if (files.length === 0) return { books: [], diagnostics };
  const collected = collectBooks([{ path, files }], options.examples === false);
  return { books: collected.value, diagnostics: [...diagnostics, ...collected.diagnostics] };
}

/** How files are read. */
export interface Reading {
  /** Without their examples: for billing. */
  readonly examples?: boolean;
  /** Files as they were read before: one whose text is the same is not read again. */
  readonly known?: Map<string, { readonly file: TarifFile; readonly diagnostics: readonly Diagnostic[] }>;
}

/** One file, with what is wrong with its bytes or its text. */
export function readTarif(path: string, diagnostics: Diagnostic[], options: Reading = {}): TarifFile[] {
  const read = readTarifText(path, diagnostics);
  if (!read) return [];
  if (!options.known) return [parseFile(read.file, { ...options, diagnostics }).value];
  let known = options.known.get(path);
  if (known?.file.file.text !== read.file.text) {
    const parsed = parseFile(read.file);
    options.known.set(path, (known = { file: parsed.value, diagnostics: parsed.diagnostics }));
  }
  diagnostics.push(...known.diagnostics);
  return [known.file];
}

/** The text of a tariff file, or of stdin for `-`, with its bytes; undefined when it cannot be read, or is no text: that is in the diagnostics. */
export function readTarifText(path: string, diagnostics: Diagnostic[]): { readonly file: SourceFile; readonly bytes: Uint8Array } | undefined {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path === '-' ? 0 : path);
  } catch {
    diagnostics.push(diagnostic('texte/introuvable', { path }));
    return undefined;
  }
  const shown = shownPath(path);
  const read = readSource(shown, bytes);
  if ('badByte' in read) {
    diagnostics.push(diagnostic('texte/encodage', { offset: read.badByte }, { span: { file: { path: shown, text: '' }, start: 0, end: 1 } }));
    return undefined;
  }
  return { file: read.file, bytes };
}

/** Every edition, checked; its diagnostics with those of its files. */
export function checkAll(loaded: Loaded): { readonly checked: readonly CheckedBook[]; readonly diagnostics: readonly Diagnostic[]; readonly verified: readonly Verification[] } {
  const checked = counted(say('Vérification des tarifs', 'Checking rates'), loaded.books.reduce((sum, { rates }) => sum + rates.size, 0), (tick) => loaded.books.map((book) => checkBookByRate(book, tick)));
  const diagnostics = [...loaded.diagnostics, ...checked.flatMap((book) => book.diagnostics)];
  // A book with errors is not to be worked with: its own statements are verified once the rest is right.
  if (diagnostics.some(isError)) return { checked, diagnostics, verified: [] };
  const editions = prepare(checked);
  const verified = checked.flatMap((book) => verifications(book, editions));
  return { checked, diagnostics: [...diagnostics, ...verified.flatMap(({ failure }) => failure ?? [])], verified };
}

/** How many bytes of tariffs some paths name. */
export const sizeOf = (paths: readonly string[]): number => paths.flatMap((path) => (isFolder(path) ? tarifFiles(path) : existsSync(path) ? [path] : [])).reduce((sum, path) => sum + statSync(path).size, 0);

export { isFolder };
