/**
 * The files of the editor: open ones as it has them, the others as they are on disk, grouped into the editions that are checked
 * together. Nothing here waits: reading and checking go by small steps (`work`), which the process runs when it has nothing to answer.
 */
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { editionOf, editionsOf } from '../disk/editions.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { editDocument, openDocument, unreadableDocument, type Document } from './document.ts';
import { occurrencesOf } from './names.ts';
import { World, type Folder } from './world.ts';

/** What the workspace asks of the system. */
export interface Disk {
  readonly has: (path: string) => boolean;
  /** Every `.tarif` file under a folder, sorted. */
  readonly list: (folder: string) => readonly string[];
  /** The text of a file, or the first byte that is not UTF-8; undefined when it cannot be read. */
  readonly read: (path: string) => { readonly text: string } | { readonly badByte: number } | undefined;
  readonly pathOf: (uri: string) => string;
  readonly uriOf: (path: string) => string;
  /** The folder of a path; and a path under it. */
  readonly folderOf: (path: string) => string;
  readonly isUnder: (path: string, folder: string) => boolean;
}

/** Files that are read together: the editions of one folder, or a file that is in none. */
export interface Library {
  /** The folder of the editions, or the file. */
  readonly root: string;
  readonly whole: boolean;
  readonly documents: Map<string, Document>;
  /** Files still to be read. */
  pending: string[];
  /** Whether a document changed since the worlds were last told. */
  dirty: boolean;
  /** Articles edited since they were last checked. */
  readonly edited: Set<string>;
  /** Whether the last edit left a statement that cannot be read: that is all there is to say of it, and is said at once. */
  unread: boolean;
  worlds: World[];
}

/** A library of which there is something new to show. */
export type Work = { readonly kind: 'publish'; readonly library: Library } | { readonly kind: 'step' };
const STEP: Work = { kind: 'step' };

export class Workspace {
  readonly libraries = new Map<string, Library>();
  private readonly open = new Map<string, Document>();

  constructor(private readonly disk: Disk) {}

  /** A file is opened: its own text is read at once, what goes with it by steps. */
  openFile(uri: string, text: string, version: number): Document {
    const path = this.disk.pathOf(uri);
    const document = openDocument(uri, path, text, version);
    this.open.set(path, document);
    this.place(document);
    return document;
  }

  changeFile(uri: string, changes: TextDocumentContentChangeEvent[], version: number): Document | undefined {
    const path = this.disk.pathOf(uri);
    const before = this.open.get(path);
    if (!before) return undefined;
    const document = editDocument(before, changes, version);
    this.open.set(path, document);
    const library = this.libraryOf(path);
    if (!library) return document;
    library.documents.set(path, document);
    library.dirty = true;
    const kept = new Set(before.parts);
    for (const part of document.parts) {
      const header = part.blocks.at(-1)?.header;
      const article = part.article ?? (header?.kind === 'article' ? header.number : undefined);
      if (kept.has(part)) continue;
      if (article !== undefined) library.edited.add(article);
      if (part.diagnostics.length > 0 || part.anywhere.length > 0) library.unread = true;
    }
    return document;
  }

  /** A file is closed: what counts is what is on disk again. */
  closeFile(uri: string): void {
    const path = this.disk.pathOf(uri);
    this.open.delete(path);
    this.changedOnDisk(uri);
  }

  /** A file was made, changed or removed outside the editor. */
  changedOnDisk(uri: string): void {
    const path = this.disk.pathOf(uri);
    if (this.open.has(path)) return;
    if (path.endsWith('edition.tarif')) {
      const known = this.libraryOf(path)?.documents.has(path) ?? false;
      // It may make a folder an edition, or be what made it one.
      if (known !== this.disk.has(path)) return this.regroup();
    }
    const library = this.libraryOf(path);
    if (!library) return;
    if (!this.disk.has(path)) {
      library.documents.delete(path);
      library.pending = library.pending.filter((each) => each !== path);
      if (!library.whole) this.libraries.delete(library.root);
    } else if (!library.pending.includes(path)) library.pending.push(path);
    library.dirty = true;
  }

  /** Groups the open files anew. */
  private regroup(): void {
    this.libraries.clear();
    for (const document of this.open.values()) this.place(document);
  }

  /** Puts an open file with those that go with it. */
  private place(document: Document): void {
    const { path } = document;
    const edition = editionOf(path, (each) => this.disk.has(each) || this.open.has(each));
    const root = edition === undefined ? path : this.disk.folderOf(edition);
    if (path.endsWith('edition.tarif')) for (const [key, library] of this.libraries) if (!library.whole && this.disk.isUnder(key, this.disk.folderOf(path))) this.libraries.delete(key);
    const library = this.libraries.get(root) ?? this.gather(root, edition !== undefined);
    library.documents.set(path, document);
    library.pending = library.pending.filter((each) => each !== path);
    library.dirty = true;
  }

  /** A library with all its files, to be read. */
  private gather(root: string, whole: boolean): Library {
    const library: Library = { root, whole, documents: new Map(), pending: whole ? [...this.disk.list(root)] : [], dirty: true, edited: new Set(), unread: false, worlds: [] };
    for (const document of this.open.values()) {
      if (whole && this.disk.isUnder(document.path, root)) {
        library.documents.set(document.path, document);
        library.pending = library.pending.filter((each) => each !== document.path);
      }
    }
    this.libraries.set(root, library);
    return library;
  }

  /** Reads the editions under a folder of the editor that no open file has named yet. */
  gatherUnder(folder: string): void {
    for (const path of this.disk.list(folder)) {
      const edition = editionOf(path, this.disk.has);
      if (edition === undefined) continue;
      const root = this.disk.folderOf(edition);
      if (!this.libraries.has(root)) this.gather(root, true);
    }
  }

  libraryOf(path: string): Library | undefined {
    const own = this.libraries.get(path);
    if (own) return own;
    return [...this.libraries.values()].find((library) => library.documents.has(path) || library.pending.includes(path)) ?? [...this.libraries.values()].find((library) => library.whole && this.disk.isUnder(path, library.root));
  }

  isOpen(path: string): boolean { return this.open.has(path); }

  /** A document, open or not, and the world that it is checked in; once all of its library is read. */
  lookup(uri: string): { readonly document: Document; readonly world: World } | undefined {
    const path = this.disk.pathOf(uri);
    const library = this.libraryOf(path);
    const document = library?.documents.get(path);
    if (!library || !document || library.pending.length > 0) return undefined;
    if (library.dirty) this.tell(library);
    const world = library.worlds.find(({ documents }) => documents.has(path));
    return world && { document, world };
  }

  /** A document by itself. */
  documentOf(uri: string): Document | undefined {
    const path = this.disk.pathOf(uri);
    return this.open.get(path) ?? this.libraryOf(path)?.documents.get(path);
  }

  /** All that is read, as it is now. */
  worlds(): World[] {
    for (const library of this.libraries.values()) if (library.dirty && library.pending.length === 0) this.tell(library);
    return [...this.libraries.values()].flatMap(({ worlds }) => worlds);
  }

  /** Forgets what was worked out from the texts. */
  forget(): void {
    for (const library of this.libraries.values()) {
      library.worlds = [];
      library.dirty = true;
    }
  }

  /** Whether all that goes with a file is read. */
  isRead(uri: string): boolean { return (this.libraryOf(this.disk.pathOf(uri))?.pending.length ?? 0) === 0; }

  /** All that is left to do, in small steps: reading, then checking. May be left at any step and begun again. */
  *work(): Generator<Work, void, undefined> {
    for (const library of this.libraries.values()) {
      while (library.pending.length > 0) {
        this.readNext(library);
        yield STEP;
      }
      if (library.dirty) this.tell(library);
      if (library.worlds.every(({ settled }) => settled)) continue;
      if (library.unread) {
        library.unread = false;
        yield { kind: 'publish', library };
      }
      const edited = [...library.edited];
      for (const world of library.worlds) {
        if (world.settled) continue;
        for (const step of world.check(edited)) yield step === 'publish' ? { kind: 'publish', library } : STEP;
      }
      library.edited.clear();
    }
    // So that the first question finds the names gathered.
    for (const library of this.libraries.values()) {
      for (const { tarif: { blocks } } of library.documents.values()) {
        for (const { statements } of blocks) for (const statement of statements) occurrencesOf(statement);
        yield STEP;
      }
    }
  }

  private readNext(library: Library): void {
    const path = library.pending.shift()!;
    const read = this.disk.read(path);
    const uri = this.disk.uriOf(path);
    if (!read) library.documents.delete(path);
    else library.documents.set(path, 'text' in read ? openDocument(uri, path, read.text) : unreadableDocument(uri, path, read.badByte));
    library.dirty = true;
  }

  /** Tells the worlds of a library how its texts are now. */
  private tell(library: Library): void {
    library.dirty = false;
    const paths = [...library.documents.keys()].sort();
    const folders = (library.whole ? editionsOf(library.root, paths) : [{ path: library.root, files: paths }]).map(({ path, files }): Folder => ({ path, documents: files.map((file) => library.documents.get(file)!) }));
    const [first] = library.worlds;
    const together = first && first.folders.length === folders.length ? first : new World();
    together.update(folders);
    // Drafts of one edition side by side are not neighbours in time.
    if (!library.whole || !together.divided || folders.length < 2) library.worlds = [together];
    else {
      library.worlds = folders.map((folder) => {
        const world = library.worlds.find(({ folders: [only, ...others] }) => others.length === 0 && only?.path === folder.path) ?? new World();
        world.update([folder]);
        return world;
      });
    }
  }

  /** What is known to be wrong in a library. */
  found(library: Library): readonly Diagnostic[] {
    if (library.worlds.length === 0) return [...library.documents.values()].flatMap(({ diagnostics }) => diagnostics);
    return library.worlds.flatMap((world) => world.found());
  }
}
