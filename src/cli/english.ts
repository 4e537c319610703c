/** The English words of a book: JSON files in the folder of an edition, in `anglais/`; what they lack is shown in French. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { editionFolders } from '../disk/editions.ts';
import type { English } from '../render/prose/expression.ts';

/** What each file says: of terms by their name, of titles and of authors' words by the French. */
const FILES = { terms: ['termes.json'], texts: ['titres.json', 'textes.json'] } as const;

export interface EnglishRead { readonly english: English; readonly diagnostics: readonly Diagnostic[] }

/** Reads the English words of the editions under a folder; those of a newer edition come last, and prevail. */
export function readEnglish(tariffs: string): EnglishRead {
  const diagnostics: Diagnostic[] = [];
  const read = (folder: string, file: string): Map<string, string> => {
    const path = join(folder, 'anglais', file);
    if (!existsSync(path)) return new Map();
    try {
      const json: unknown = JSON.parse(readFileSync(path, 'utf8'));
      const entries = typeof json === 'object' && json !== null && !Array.isArray(json) ? Object.entries(json) : undefined;
      const wrong = entries?.find(([, value]) => typeof value !== 'string');
      if (entries && !wrong) return new Map(entries.map(([key, value]) => [key.normalize('NFC'), String(value)]));
      diagnostics.push(diagnostic('texte/traduction', { path, detail: wrong?.[0] ?? '' }));
    } catch (error) {
      diagnostics.push(diagnostic('texte/traduction', { path, detail: error instanceof Error ? error.message : String(error) }));
    }
    return new Map();
  };
  const all = (files: readonly string[]): Map<string, string> => new Map(editionFolders(tariffs).flatMap((folder) => files.flatMap((file) => [...read(folder, file)])));
  return { english: { terms: all(FILES.terms), texts: all(FILES.texts) }, diagnostics };
}
