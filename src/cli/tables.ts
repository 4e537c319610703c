/** Tables that stand beside a case: interval data in CSV files. */
import { resolve } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
import type { ReadTable } from '../contract/readCase.ts';
import { diagnostic } from '../diagnostics/diagnostic.ts';
import { readText } from './common.ts';

/** A CSV beside the case: `;`, `,` or tabs, UTF-8 with or without BOM. */
export function tableReader(base: string): ReadTable {
  return (file, pointer) => {
    const path = resolve(base, file);
    const text = readText(path);
    if (text === undefined) return { diagnostics: [diagnostic('texte/introuvable', { path: file }, { pointer })] };
    const first = text.slice(0, text.indexOf('\n') < 0 ? undefined : text.indexOf('\n'));
    const delimiter = [';', '\t', ','].find((each) => first.includes(each)) ?? ';';
    try {
      const rows = parseCsv(text, { delimiter, bom: true, skip_empty_lines: true, relax_column_count: true }) as string[][];
      return { header: rows[0] ?? [], rows: rows.slice(1) };
    } catch (error) {
      return { diagnostics: [diagnostic('cas-json/syntaxe', { detail: error instanceof Error ? error.message : String(error) }, { pointer })] };
    }
  };
}
