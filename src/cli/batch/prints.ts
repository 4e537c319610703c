/** What tells a file or the tariffs from what they were: an interrupted run goes on only with the very same ones. */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { relative } from 'node:path';
import { tarifFiles } from '../../disk/editions.ts';
import { readBytes } from './input.ts';

/** How much of each end of a file is read. */
const END = 1 << 16;

export interface FilePrint { readonly size: number; readonly modified: number; readonly ends: string }
/** A file by its size, its date and its two ends. */
export function filePrint(path: string): FilePrint {
  const { size, mtimeMs } = statSync(path);
  const hash = createHash('sha256').update(readBytes(path, 0, Math.min(size, END)));
  if (size > END) hash.update(readBytes(path, Math.max(END, size - END), Math.min(END, size - END)));
  return { size, modified: mtimeMs, ends: hash.digest('hex') };
}

/** The text of all the editions. */
export function tariffsPrint(root: string): string {
  const hash = createHash('sha256');
  for (const path of tarifFiles(root)) hash.update(`${relative(root, path)}\n`).update(readFileSync(path));
  return hash.digest('hex');
}

/** The command that runs. */
export function programPrint(): string {
  const [, entry] = process.argv;
  return createHash('sha256').update(entry === undefined ? '' : readFileSync(entry)).digest('hex');
}
