/** `bareme check`: what is wrong with tariff files. */
import type { Command } from 'commander';
import { isError } from '../../diagnostics/diagnostic.ts';
import { inOrder } from '../../diagnostics/print.ts';
import { common, complain, fail, isAbout, langOf, sources, type Common } from '../context.ts';
import { say } from '../language.ts';
import { checkAll } from '../load.ts';
import { withExamples } from '../program.ts';

export function addCheck(program: Command): void {
  withExamples(common(program.command('check').argument(say('[fichiers...]', '[files...]'), say('dossiers ou fichiers .tarif', 'folders or .tarif files'))
    .description(say('vérifie les fichiers de tarifs', 'checks the tariff files'))),
  'bareme check tariffs', 'bareme check tariffs/2026-04-01/02-tarifs-domestiques --json')
    .action((paths: string[], options: Common) => {
      const results = sources(paths, options).map((loaded) => ({ ...loaded, ...checkAll(loaded) }));
      const diagnostics = results.flatMap(({ diagnostics: found, names }) => found.filter((item) => isAbout(item, names)));
      const blocks = results.flatMap(({ checked, names, whole }) => checked.map(({ book }) => [...book.articles.values()].filter(({ number, span }) => whole || (book.own.has(number) && names(span.file.path))).length)).filter((count) => count > 0);
      const shown = inOrder(diagnostics);
      const errors = shown.filter(isError).length;
      if (errors > 0) fail();
      complain(diagnostics, options);
      const articles = blocks.reduce((sum, count) => sum + count, 0);
      if (!options.json) process.stdout.write(langOf(options) === 'fr' ? `${blocks.length} édition(s), ${articles} articles : ${errors} erreur(s), ${shown.length - errors} avis.\n` : `${blocks.length} edition(s), ${articles} articles: ${errors} error(s), ${shown.length - errors} advice.\n`);
    });
}
