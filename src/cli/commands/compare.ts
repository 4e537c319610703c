/** `bareme compare`: what changed between two editions, and what it does to customers. */
import type { Command } from 'commander';
import { compareBooks } from '../../analysis/editions/compareBooks.ts';
import { common, complain, fail, langOf, print, type Common } from '../context.ts';
import { openEdition } from '../editions.ts';
import { printDiff } from '../compare/printDiff.ts';

export interface CompareOptions extends Common { readonly clients?: string }

export function addCompare(program: Command): void {
  common(program.command('compare').argument('<avant>', "une date (l'édition en vigueur ce jour-là) ou le dossier d'une édition").argument('<après>', 'de même').description('compare deux éditions, et ce que chacune ferait payer à des clients'))
    .action((before: string, after: string, options: CompareOptions) => {
      const [a, b] = [openEdition(before, options), openEdition(after, options)];
      if ('diagnostics' in a || 'diagnostics' in b) { complain([a, b].flatMap((each) => ('diagnostics' in each ? each.diagnostics : [])), options); fail(); return; }
      const diff = compareBooks(a.book, b.book);
      const wrong = [...a.errors(), ...b.errors()];
      if (wrong.length > 0) { complain(wrong, options); fail(); return; }
      print(printDiff(diff, langOf(options)));
    });
}
