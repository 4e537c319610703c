/** The cases of a file: one, a list, or one a line. */
import { readJson, type Json } from '../contract/json.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';

export type Cases = { form: 'one' | 'list' | 'ndjson'; list: readonly ({ value: Json } | { diagnostics: readonly Diagnostic[] })[] } | { diagnostics: readonly Diagnostic[] };
/** One case, a list, or one case a line. */
export function readCases(text: string): Cases {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  // One case a line, if the first line is a case by itself; a line that cannot be read is then one error in its place.
  const first = lines.length > 1 && lines[0]?.trim().startsWith('{') ? readJson(lines[0]) : undefined;
  const isNdjson = first !== undefined && 'value' in first;
  if (isNdjson) return { form: 'ndjson', list: lines.map((line) => readJson(line)) };
  const read = readJson(text);
  if ('diagnostics' in read) return read;
  return Array.isArray(read.value) ? { form: 'list', list: (read.value as Json[]).map((value) => ({ value })) } : { form: 'one', list: [read] };
}
