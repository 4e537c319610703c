/** `bareme test`: runs the examples that stand beside the articles. */
import type { Command } from 'commander';
import { isError, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { inOrder, toJson } from '../../diagnostics/print.ts';
import { runExample } from '../../evaluate/example.ts';
import { prepare } from '../../index.ts';
import { common, complain, fail, langOf, sources, type Common } from '../context.ts';
import { say } from '../language.ts';
import { checkAll } from '../load.ts';
import { withExamples } from '../program.ts';
import { counted } from '../progress.ts';

export function addTest(program: Command): void {
  withExamples(common(program.command('test').argument(say('[fichiers...]', '[files...]'), say('dossiers ou fichiers .tarif', 'folders or .tarif files'))
    .description(say('exécute les exemples écrits à côté des articles', 'runs the examples written beside the articles'))),
  'bareme test tariffs/2026-04-01', 'bareme test tariffs/2026-04-01/03-tarifs-de-petite-puissance/01-tarif-g.tarif')
    .action((paths: string[], options: Common) => {
      const lang = langOf(options);
      const failures: Diagnostic[] = [];
      let passed = 0;
      let failed = 0;
      const done = new Set<object>();
      const waiting: (() => void)[] = [];
      for (const loaded of sources(paths, options)) {
        const { checked, diagnostics } = checkAll(loaded);
        failures.push(...diagnostics.filter(isError));
        const editions = prepare(checked);
        for (const { book, programs } of checked) {
          for (const article of book.blocks) {
            if (!book.own.has(article.number) || !loaded.names(article.span.file.path)) continue;
            for (const statement of article.statements) {
              if (statement.kind !== 'example' || done.has(statement)) continue;
              done.add(statement);
              waiting.push(() => {
                const result = runExample(statement, article, programs, editions);
                if (result.failures.length === 0) passed++;
                else { failed++; failures.push(...result.failures); }
              });
            }
          }
        }
      }
      counted(say('Exemples', 'Examples'), waiting.length, (tick) => { for (const run of waiting) { run(); tick(); } });
      if (failures.length > 0) fail();
      if (options.json) process.stdout.write(`${JSON.stringify({ version: 1, reussis: passed, echoues: failed, diagnostics: inOrder(failures).map((item) => toJson(item, lang)) }, null, 2)}\n`);
      else {
        complain(failures, options);
        process.stdout.write(lang === 'fr' ? `${passed} exemple(s) exact(s), ${failed} en écart.\n` : `${passed} example(s) exact, ${failed} off.\n`);
      }
    });
}
