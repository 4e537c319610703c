/** The tariff files that a result depends on, with their contents; and the key of what is kept of them. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { endianness } from 'node:os';
import { relative, sep } from 'node:path';
import { tarifFiles } from '../../disk/editions.ts';
import { readSource, type SourceFile } from '../../source/file.ts';
import { shownPath } from '../paths.ts';

/** What this program is: a digest of its sources, put in its place by the bundler. Run from its sources, it is not known, and nothing is kept. */
declare const BAREME_BUILD: string | undefined;
const build = (): string | undefined => (typeof BAREME_BUILD === 'string' ? BAREME_BUILD : undefined);

/** The files under some folders, read once. A file is named by its place in the list: a copy of the folder elsewhere has the same key. */
export interface TariffFiles {
  /** Digest of the names and contents, of this program, and of what its bytes mean on this machine. */
  readonly key: string;
  readonly count: number;
  /** A file as its places name it. Its text is decoded when it is first asked for. */
  readonly file: (index: number) => SourceFile;
  /** The place of a file in the list, if it has the contents that the key was made from. */
  readonly indexOf: (file: SourceFile) => number | undefined;
}

/** Reads the files under `root`, or those of the list; undefined when one cannot be read, when there is none, or when this program does not know itself. */
export function readTariffFiles(root: string, paths: readonly string[] = tarifFiles(root)): TariffFiles | undefined {
  const program = build();
  if (program === undefined || paths.length === 0) return undefined;
  const digest = createHash('sha256');
  // What a structure written by V8 looks like depends on its version, and on the machine for big integers.
  digest.update(JSON.stringify([program, process.version, process.versions.v8, process.arch, endianness()]));
  const read: { readonly shown: string; readonly bytes: Buffer }[] = [];
  try {
    for (const path of paths) {
      const bytes = readFileSync(path);
      digest.update(JSON.stringify([relative(root, path).split(sep).join('/'), bytes.length])).update(bytes);
      read.push({ shown: shownPath(path), bytes });
    }
  } catch {
    return undefined;
  }
  const made: (SourceFile | undefined)[] = [];
  const places = new Map(read.map(({ shown }, index) => [shown, index]));
  const file = (index: number): SourceFile => {
    const { shown, bytes } = read[index] ?? { shown: '', bytes: Buffer.of() };
    let text: string | undefined;
    return (made[index] ??= Object.defineProperty({ path: shown, text: '' }, 'text', { enumerable: true, get: () => (text ??= readSource(shown, bytes).file.text) }));
  };
  return {
    key: digest.digest('hex').slice(0, 32), count: read.length, file,
    indexOf: ({ path, text }) => { const index = places.get(path); return index !== undefined && file(index).text === text ? index : undefined; },
  };
}
