/** What is wrong, as the protocol says it: by file, in the order of the text, each once. */
import type { Diagnostic as LspDiagnostic, Range } from 'vscode-languageserver';
import { messageOf, severityOf, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Lang } from '../quantity/format.ts';
import { offsetsOf, type Document } from './document.ts';

/** What a code action needs to know of a diagnostic: its parameters, as the catalogue types them. */
export interface DiagnosticData { readonly params: object }

const ERROR = 1;
const WARNING = 2;
const UNNECESSARY = 1;

/** The diagnostics of each document, by path; a document without any has an empty list. What stands in a piece that is no more is left out. */
export function placeDiagnostics(documents: ReadonlyMap<string, Document>, items: readonly Diagnostic[], lang: Lang): Map<string, LspDiagnostic[]> {
  const placed = new Map<string, { readonly start: number; readonly item: LspDiagnostic }[]>([...documents.keys()].map((path) => [path, []]));
  const seen = new Set<string>();
  for (const item of items) {
    for (const { document, start, end } of placesOf(documents, item)) {
      const key = `${item.code}|${document.path}|${start}|${item.pointer ?? ''}|${item.span ? '' : messageOf(item, 'fr')}`;
      if (seen.has(key)) continue;
      seen.add(key);
      placed.get(document.path)?.push({ start, item: toLsp(documents, document, item, start, end, lang) });
    }
  }
  return new Map([...placed].map(([path, list]) => [path, list.sort((a, b) => a.start - b.start).map(({ item }) => item)]));
}

/** Where a diagnostic stands. One without a place (a folder without its edition) is shown at the head of what it is about. */
function placesOf(documents: ReadonlyMap<string, Document>, { span, params }: Diagnostic): { readonly document: Document; readonly start: number; readonly end: number }[] {
  if (span) {
    const document = documents.get(span.file.path);
    const offsets = document && offsetsOf(document, span);
    return document && offsets ? [{ document, ...offsets }] : [];
  }
  const path = 'path' in params && typeof params.path === 'string' ? params.path : '';
  const about = documents.get(path) ?? documents.get(`${path}/edition.tarif`);
  return about ? [{ document: about, start: 0, end: 0 }] : [];
}

function toLsp(documents: ReadonlyMap<string, Document>, document: Document, item: Diagnostic, start: number, end: number, lang: Lang): LspDiagnostic {
  const range: Range = { start: document.text.positionAt(start), end: document.text.positionAt(end) };
  const other = item.related && documents.get(item.related.file.path);
  const place = other && item.related && offsetsOf(other, item.related);
  return {
    range, severity: severityOf(item) === 'erreur' ? ERROR : WARNING, code: item.code, source: 'bareme', message: messageOf(item, lang), data: { params: item.params } satisfies DiagnosticData,
    ...(item.code === 'definitions/inutile' ? { tags: [UNNECESSARY] } : {}),
    ...(other && place ? { relatedInformation: [{ location: { uri: other.uri, range: { start: other.text.positionAt(place.start), end: other.text.positionAt(place.end) } }, message: lang === 'fr' ? "l'autre endroit" : 'the other place' }] } : {}),
  };
}
