/** Files that a command writes: whole, or not at all. */
import { closeSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';

/** A file being written beside its place; it takes its place at the end, with the others. */
export interface Draft {
  readonly write: (text: string) => void;
}
/** Files written together. */
export interface Drafts {
  readonly open: (path: string) => Draft;
  /** All of them take their places. */
  readonly keep: () => void;
  /** None of them was. */
  readonly drop: () => void;
}

/** The system would not write a file: caught at the door of the command. */
export class NotWritten extends Error {
  readonly diagnostic: Diagnostic;
  constructor(path: string, error: unknown) {
    super(`cannot write ${path}`);
    this.diagnostic = diagnostic('texte/non-ecrit', { path, detail: (error as NodeJS.ErrnoException).code ?? String(error) });
  }
}

/** Writes one file whole; tells why when the system would not. */
export function writeWhole(path: string, content: string | Uint8Array): Diagnostic | undefined {
  const draft = `${path}.${process.pid}.part`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(draft, content);
    renameSync(draft, path);
    return undefined;
  } catch (error) {
    rmSync(draft, { force: true });
    return new NotWritten(path, error).diagnostic;
  }
}

/** A piece that is kept before it is written to the disk, in UTF-16 units. */
const PIECE = 1 << 16;

export function openDrafts(): Drafts {
  const files: { readonly path: string; readonly draft: string; fd: number | undefined; flush: () => void }[] = [];
  const attempt = <T>(path: string, act: () => T): T => { try { return act(); } catch (error) { throw new NotWritten(path, error); } };
  const interrupted = (): void => { drop(); process.exit(130); };
  process.once('SIGINT', interrupted);
  const close = (): void => { for (const file of files) { if (file.fd !== undefined) { closeSync(file.fd); file.fd = undefined; } } };
  const drop = (): void => { process.off('SIGINT', interrupted); close(); for (const { draft } of files) rmSync(draft, { force: true }); };
  return {
    open: (path) => {
      const draft = `${path}.${process.pid}.part`;
      const fd = attempt(path, () => { mkdirSync(dirname(path), { recursive: true }); return openSync(draft, 'w'); });
      let held = '';
      const flush = (): void => { if (held !== '') attempt(path, () => writeSync(fd, held)); held = ''; };
      files.push({ path, draft, fd, flush });
      return { write: (text) => { held += text; if (held.length > PIECE) flush(); } };
    },
    keep: () => {
      for (const { flush } of files) flush();
      close();
      // A folder that stands in the place of one of them is found before any takes its place.
      for (const { path } of files) attempt(path, () => { if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' }); });
      for (const { path, draft } of files) attempt(path, () => { renameSync(draft, path); });
      process.off('SIGINT', interrupted);
    },
    drop,
  };
}
