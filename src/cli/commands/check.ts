/** `bareme check`: what is wrong with tariff files. */
import type { Command } from 'commander';
import { isError, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { inOrder } from '../../diagnostics/print.ts';
import { checkOnce } from '../cache/keptCheck.ts';
import { common, complain, defaultTariffs, fail, langOf, type Common } from '../common.ts';
import { say } from '../language.ts';
import { isAbout, scopeOf } from '../paths.ts';
import { withExamples } from '../program.ts';

export function addCheck(program: Command): void {
  withExamples(common(program.command('check').argument(say('[fichiers...]', '[files...]'), say('dossiers ou fichiers .tarif', 'folders or .tarif files'))
    .description(say('vérifie les fichiers de tarifs', 'checks the tariff files'))),
  'bareme check tariffs', 'bareme check tariffs/2026-04-01/02-tarifs-domestiques --json')
    .action(async (paths: string[], options: Common) => {
      const diagnostics: Diagnostic[] = [];
      const blocks: number[] = [];
      for (const path of paths.length > 0 ? paths : [options.tariffs ?? defaultTariffs()]) {
        const { names, whole } = scopeOf(path);
        const found = await checkOnce(path, async () => (await import('../freshCheck.ts')).checkFresh(path));
        diagnostics.push(...found.diagnostics.filter((item) => isAbout(item, names)));
        blocks.push(...found.editions.map((articles) => articles.filter(({ file, own }) => whole || (own && names(file.path))).length).filter((count) => count > 0));
      }
      const shown = inOrder(diagnostics);
      const errors = shown.filter(isError).length;
      if (errors > 0) fail();
      complain(diagnostics, options);
      const articles = blocks.reduce((sum, count) => sum + count, 0);
      if (!options.json) process.stdout.write(langOf(options) === 'fr' ? `${blocks.length} édition(s), ${articles} articles : ${errors} erreur(s), ${shown.length - errors} avis.\n` : `${blocks.length} edition(s), ${articles} articles: ${errors} error(s), ${shown.length - errors} advice.\n`);
    });
}
