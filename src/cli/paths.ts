/** Paths of tariff files: as people are shown them, and what a path of the command line stands for. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { editionOf, tarifFiles } from '../disk/editions.ts';

/** A path as diagnostics show it. */
export function shownPath(path: string): string {
  const shown = relative(process.cwd(), path);
  return shown === '' || shown.startsWith('..') ? path : shown;
}

export const isFolder = (path: string): boolean => { try { return statSync(path).isDirectory(); } catch { return false; } };

/** What a path names: `names` tells the files that are under it, `whole` whether these are all that is loaded, `edition` the folder of the edition that it is in. */
export interface Scope { readonly names: (path: string) => boolean; readonly whole: boolean; readonly edition: string | undefined }

/** What a path names, before anything is read. */
export function scopeOf(path: string): Scope {
  const within = shownPath(path);
  const edition = editionOf(resolve(path));
  return {
    edition, whole: edition === undefined,
    names: edition === undefined ? () => true : (file) => file === within || file.startsWith(within.endsWith(sep) ? within : `${within}${sep}`),
  };
}

/** The editions that stand beside one, itself among them. What is there and is none (a draft, a file of examples) is left alone. */
export const neighboursOf = (edition: string): string[] => {
  const beside = dirname(edition);
  return readdirSync(beside, { withFileTypes: true }).filter((entry) => entry.isDirectory() && existsSync(join(beside, entry.name, 'edition.tarif'))).map((entry) => join(beside, entry.name)).sort();
};

/** Every file that `loadPath` may read, under a folder that they share. */
export function filesOf(path: string): { readonly root: string; readonly files: readonly string[] } {
  const { edition } = scopeOf(path);
  if (edition !== undefined) return { root: dirname(edition), files: [...new Set([...neighboursOf(edition), edition])].sort().flatMap(tarifFiles) };
  return isFolder(path) ? { root: path, files: tarifFiles(path) } : { root: dirname(path), files: [path] };
}

/** Whether a diagnostic is about what was asked for; one without a file always is. */
export const isAbout = (item: Diagnostic, names: Scope['names']): boolean => item.span === undefined || names(item.span.file.path);
