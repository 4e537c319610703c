/** `bareme coverage`: what each article of the book gives. */
import type { Command } from 'commander';
import { coverage } from '../../check/coverage.ts';
import { common, complain, fail, open, type Common } from '../context.ts';

export function addCoverage(program: Command): void {
  common(program.command('coverage').description("ce que chaque article donne : calculé, faits typés, ou mots seulement"))
    .action((options: Common) => {
      const { books, errors } = open(options, true);
      if (errors().length > 0) { complain(errors(), options); fail(); return; }
      const newest = books.at(-1);
      if (!newest) return;
      const report = coverage(newest.book);
      if (options.json) { process.stdout.write(`${JSON.stringify({ version: 1, ...report }, null, 2)}\n`); return; }
      for (const article of report.articles) process.stdout.write(`${article.article.padEnd(6)} ${article.nature.padEnd(9)} ${String(article.exemples).padStart(3)} ex.  ${article.titre}${article.raison === undefined ? '' : ` — ${article.raison}`}\n`);
      process.stdout.write(`${report.articles.length} articles : ${report.calcules} calculés, ${report.faits} en faits typés, ${report.mots} en mots seulement.\n`);
      if (report.coquilles.length > 0) process.stdout.write('\nErreurs relevées dans le livre :\n');
      for (const slip of report.coquilles) process.stdout.write(`${slip.article.padEnd(6)} ${slip.imprime} au lieu de ${slip.juste}${slip.note === undefined ? '' : ` — ${slip.note}`}\n`);
    });
}
