/** Where editions are on disk: which folder a file belongs to, and which files make an edition. The command and the editor share it. */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** One edition: a folder and its files, in the order in which they are read. */
export interface EditionFolder { readonly path: string; readonly files: readonly string[] }

/** How far above a file its `edition.tarif` may be. */
const HIGHEST = 5;

/** The folder of the edition that a path is, or is in: the nearest above it that holds `edition.tarif`. `has` may know of files not saved yet. */
export function editionOf(path: string, has: (path: string) => boolean = existsSync): string | undefined {
  let folder = path;
  for (let up = 0; up < HIGHEST; up++, folder = dirname(folder)) if (has(join(folder, 'edition.tarif'))) return folder;
  return undefined;
}

/** Every `.tarif` file under a folder, sorted; none when it cannot be read. */
export function tarifFiles(folder: string): string[] {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  } catch {
    return [];
  }
  return entries.filter((entry) => entry.isFile() && entry.name.endsWith('.tarif')).map((entry) => join(entry.parentPath, entry.name)).sort();
}

/** The folders of the editions under a folder, or the folder itself. */
export const editionFolders = (root: string): string[] => editionsOf(root, tarifFiles(root)).map(({ path }) => path);

/** The editions that files under a folder make: the folder itself when it holds some, or else each of its sub-folders. */
export function editionsOf(root: string, files: readonly string[]): EditionFolder[] {
  const inside = files.map((file) => relative(root, file).split(sep));
  if (inside.some(({ length }) => length === 1)) return [{ path: root, files }];
  const folders = new Map<string, string[]>();
  files.forEach((file, index) => {
    const path = join(root, inside[index]?.[0] ?? '');
    folders.set(path, [...(folders.get(path) ?? []), file]);
  });
  return [...folders].map(([path, list]) => ({ path, files: list })).sort((a, b) => (a.path < b.path ? -1 : 1));
}
