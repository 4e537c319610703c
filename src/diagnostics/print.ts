/** Diagnostics for people (`file:line:col code message`, the line and a caret) and for programs. */
import { lineColumn } from '../source/file.ts';
import { messageOf, severityOf, type Diagnostic } from './diagnostic.ts';

export interface PrintedDiagnostic {
  readonly code: string;
  readonly gravite: 'erreur' | 'avis';
  readonly message: string;
  readonly fichier?: string;
  readonly ligne?: number;
  readonly colonne?: number;
  readonly pointeur?: string;
  readonly article?: string;
  /** The rates that apply instead. */
  readonly tarifs?: readonly string[];
}

/** The diagnostic as JSON. */
export function toJson(item: Diagnostic, lang: 'fr' | 'en'): PrintedDiagnostic {
  const at = item.span && lineColumn(item.span.file, item.span.start);
  return {
    code: item.code, gravite: severityOf(item), message: messageOf(item, lang),
    ...(item.span && at ? { fichier: item.span.file.path, ligne: at.line, colonne: at.column } : {}),
    ...(item.pointer !== undefined ? { pointeur: item.pointer } : {}),
    ...(item.article !== undefined ? { article: item.article } : {}),
    ...(item.rates !== undefined && item.rates.length > 0 ? { tarifs: item.rates } : {}),
  };
}

/** The diagnostic as text, with the line of source it points at. */
export function toText(item: Diagnostic, lang: 'fr' | 'en'): string {
  const words = messageOf(item, lang);
  const cited = item.article === undefined || words.includes(`article ${item.article}`);
  const message = `${item.code}  ${words}${cited ? '' : ` (article ${item.article})`}`;
  if (!item.span) return item.pointer === undefined ? message : `${item.pointer === '' ? '/' : item.pointer}  ${message}`;
  const { file, start, end } = item.span;
  const at = lineColumn(file, start);
  const line = file.text.split('\n')[at.line - 1] ?? '';
  const width = Math.max(1, Math.min(end - start, line.length - at.column + 1));
  const source = line.replace(/\t/g, ' ');
  return `${file.path}:${at.line}:${at.column}  ${message}\n    ${source}\n    ${' '.repeat(at.column - 1)}${'^'.repeat(width)}`;
}

/** Diagnostics in the order of the files and of their text, each once. */
export function inOrder(items: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return [...items]
    .filter((item) => {
      const key = `${item.code}|${item.span?.file.path ?? ''}|${item.span?.start ?? ''}|${item.pointer ?? ''}|${item.span ? '' : messageOf(item, 'fr')}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .sort((a, b) => (a.span?.file.path ?? '').localeCompare(b.span?.file.path ?? '') || (a.span?.start ?? 0) - (b.span?.start ?? 0));
}
