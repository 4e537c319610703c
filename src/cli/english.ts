/** The English words of a book: JSON files beside its editions, in `anglais/`; what they lack is shown in French. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { English } from '../render/prose/expression.ts';

/** What each file says: of terms by their name, of titles and of authors' words by the French. */
const FILES = { terms: ['termes.json'], texts: ['titres.json', 'textes.json'] } as const;

export interface EnglishRead { readonly english: English; readonly diagnostics: readonly Diagnostic[] }

/** Reads the English words under a folder of editions. */
export function readEnglish(tariffs: string): EnglishRead {
  const diagnostics: Diagnostic[] = [];
  const read = (file: string): Map<string, string> => {
    const path = join(tariffs, 'anglais', file);
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
  const all = (files: readonly string[]): Map<string, string> => new Map(files.flatMap((file) => [...read(file)]));
  return { english: { terms: all(FILES.terms), texts: all(FILES.texts) }, diagnostics };
}
