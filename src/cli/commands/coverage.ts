/** `bareme coverage`: what each article of the book gives. */
import type { Command } from 'commander';
import { coverage } from '../../check/coverage.ts';
import { common, complain, fail, open, print, type Common } from '../context.ts';
import { say } from '../language.ts';
import { withExamples } from '../program.ts';

const NATURES: Readonly<Record<string, string>> = { calculé: 'computed', faits: 'facts', mots: 'words' };

export function addCoverage(program: Command): void {
  withExamples(common(program.command('coverage')
    .description(say("dit ce que chaque article donne : calculé, faits typés, ou mots seulement", 'says what each article gives: computed, typed facts, or words only'))),
  'bareme coverage', 'bareme coverage --json')
    .action((options: Common) => {
      const { books, errors } = open(options, true);
      if (errors().length > 0) { complain(errors(), options); fail(); return; }
      const newest = books.at(-1);
      if (!newest) return;
      const report = coverage(newest.book);
      if (options.json) { process.stdout.write(`${JSON.stringify({ version: 1, ...report }, null, 2)}\n`); return; }
      const nature = (word: string): string => say(word, NATURES[word] ?? word);
      for (const article of report.articles) print(`${article.article.padEnd(6)} ${nature(article.nature).padEnd(9)} ${String(article.exemples).padStart(3)} ex.  ${article.titre}${article.raison === undefined ? '' : ` — ${article.raison}`}`);
      print(say(`${report.articles.length} articles : ${report.calcules} calculés, ${report.faits} en faits typés, ${report.mots} en mots seulement.`, `${report.articles.length} articles: ${report.calcules} computed, ${report.faits} in typed facts, ${report.mots} in words only.`));
      if (report.coquilles.length > 0) print(say('\nErreurs relevées dans le livre :', '\nSlips found in the book:'));
      for (const slip of report.coquilles) print(`${slip.article.padEnd(6)} ${slip.imprime} ${say('au lieu de', 'instead of')} ${slip.juste}${slip.note === undefined ? '' : ` — ${slip.note}`}`);
    });
}
