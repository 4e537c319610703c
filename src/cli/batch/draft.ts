/**
 * The files of a batch while they are made: each beside its place, under its name with `.part`, until all of it is there; and a journal that
 * tells how far they are, so that an interrupted run can go on from there. Nothing stands under the name of the output before the end.
 */
import { closeSync, existsSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { NotWritten } from '../output.ts';
import type { FilePrint } from './prints.ts';

/** How far a run is: the chunks done, what was written of them, and what they counted. */
export interface Standing { readonly chunks: number; /** Where the next chunk begins. */ readonly offset: number; readonly out: number; readonly errors: number; readonly billed: number; readonly refused: number }
const NOTHING_DONE: Standing = { chunks: 0, offset: 0, out: 0, errors: 0, billed: 0, refused: 0 };

/** What a run must find again to go on. */
export interface Identity { readonly input: FilePrint; readonly tariffs: string; readonly program: string; readonly command: string }
export interface Journal extends Identity { readonly version: 1; readonly pid: number; readonly standing: Standing }

export const journalPath = (out: string): string => `${out}.journal`;
const partPath = (path: string): string => `${path}.part`;
const attempt = <T>(path: string, act: () => T): T => { try { return act(); } catch (error) { throw error instanceof NotWritten ? error : new NotWritten(path, error); } };

/** The journal of an output: what it says, that there is none, or that it says nothing. */
export function readJournal(out: string): Journal | 'none' | 'unreadable' {
  const path = journalPath(out);
  if (!existsSync(path)) return 'none';
  try {
    const read = JSON.parse(readFileSync(path, 'utf8')) as Partial<Journal>;
    return read.version === 1 && typeof read.standing?.chunks === 'number' ? read as Journal : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

/** Whether the drafts hold what a journal says was written. */
export function holds({ standing }: Journal, out: string, errors: string): boolean {
  const sizeOf = (path: string): number => statSync(partPath(path), { throwIfNoEntry: false })?.size ?? -1;
  return sizeOf(out) >= standing.out && sizeOf(errors) >= standing.errors;
}

export interface BatchDraft {
  readonly standing: () => Standing;
  /** Writes what a chunk gave, after those before it. */
  readonly add: (chunk: { readonly end: number; readonly out: Uint8Array; readonly errors: Uint8Array; readonly billed: number; readonly refused: number }) => void;
  /** What was written is on the disk, and the journal says so. */
  readonly checkpoint: () => void;
  /** All is written: `make` turns the draft into another form, if the output is in another. Everything takes its place. */
  readonly keep: (make?: (draft: string, to: string) => Promise<void>) => Promise<void>;
  /** Nothing is left of it. */
  readonly drop: () => void;
  /** Leaves it for another run to go on. */
  readonly leave: () => void;
}

/** Opens the drafts anew, with `head` first, or where an interrupted run left them. */
export function openBatchDraft(out: string, errors: string, identity: Identity, from: Standing | undefined, head: string): BatchDraft {
  let standing = from ?? NOTHING_DONE;
  const openPart = (path: string, length: number): number => attempt(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    const file = openSync(partPath(path), from ? 'r+' : 'w');
    ftruncateSync(file, length);
    return file;
  });
  const files = { out: openPart(out, standing.out), errors: openPart(errors, standing.errors) };
  let open = true;
  const close = (): void => { if (open) { closeSync(files.out); closeSync(files.errors); } open = false; };
  const write = (path: string, file: number, bytes: Uint8Array, at: number): number => attempt(path, () => {
    for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done, bytes.length - done, at + done);
    return at + bytes.length;
  });
  const checkpoint = (): void => attempt(out, () => {
    fsyncSync(files.out);
    fsyncSync(files.errors);
    const journal: Journal = { version: 1, ...identity, pid: process.pid, standing };
    writeFileSync(`${journalPath(out)}.part`, JSON.stringify(journal));
    renameSync(`${journalPath(out)}.part`, journalPath(out));
  });
  if (!from) standing = { ...standing, out: write(out, files.out, new TextEncoder().encode(head), 0) };
  checkpoint();
  return {
    standing: () => standing, checkpoint,
    add: (chunk) => {
      standing = {
        chunks: standing.chunks + 1, offset: chunk.end, out: write(out, files.out, chunk.out, standing.out), errors: write(errors, files.errors, chunk.errors, standing.errors),
        billed: standing.billed + chunk.billed, refused: standing.refused + chunk.refused,
      };
    },
    keep: async (make) => {
      checkpoint();
      close();
      // A folder that stands in the place of one of them is found before any takes its place.
      for (const path of [errors, out]) attempt(path, () => { if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' }); });
      let made = partPath(out);
      if (make) { made = `${out}.made.part`; await make(partPath(out), made); }
      attempt(errors, () => { if (standing.refused > 0) renameSync(partPath(errors), errors); else { rmSync(partPath(errors), { force: true }); rmSync(errors, { force: true }); } });
      attempt(out, () => { renameSync(made, out); });
      for (const path of [partPath(out), journalPath(out)]) rmSync(path, { force: true });
    },
    drop: () => {
      close();
      for (const path of [partPath(out), partPath(errors), `${out}.made.part`, journalPath(out), `${journalPath(out)}.part`]) rmSync(path, { force: true });
    },
    leave: () => { if (open) checkpoint(); close(); },
  };
}
