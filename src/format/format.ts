/** The formatter as a function: what the command and the editor call. */
import { diagnostic, isError, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SourceFile } from '../source/file.ts';
import { parseFile } from '../syntax/parse.ts';
import * as plugin from './plugin.ts';

/**
 * The text of a file, formatted: lines end in LF, and a file that is not empty ends in one. A file that cannot be read is refused
 * with its diagnostics, and so is one whose meaning would change (a mistake of the formatter's: nothing is to be written then).
 */
export async function formatTarif(file: SourceFile): Promise<{ readonly text: string } | { readonly diagnostics: readonly Diagnostic[] }> {
  const { format } = await import('prettier/standalone');
  try {
    return { text: await format(file.text, { parser: 'tarif', plugins: [plugin], endOfLine: 'lf' }) };
  } catch (error) {
    if (error instanceof SyntaxError) {
      const { diagnostics } = parseFile(file);
      if (diagnostics.some(isError)) return { diagnostics };
    }
    if (error instanceof plugin.MeaningChanged) return { diagnostics: [diagnostic('texte/mise-en-forme', {}, { span: { file, start: 0, end: Math.min(1, file.text.length) } })] };
    throw error;
  }
}
