/** `bareme reconcile`: the text of a printed rate book against the blocks of an edition. */
import { InvalidArgumentError, type Command } from 'commander';
import { dayOf, formatIsoDate } from '../../calendar/day.ts';
import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { PrintedArticle } from '../../reconcile/printed.ts';
import { common, complain, fail, open, print, printJson, readText, type Common } from '../context.ts';
import { say } from '../language.ts';
import { withExamples } from '../program.ts';

interface Options extends Common { readonly edition?: number; readonly summary?: boolean }

export function addReconcile(program: Command): void {
  withExamples(common(program.command('reconcile').argument(say('<livre>', '<book>'), say("texte d'un livre imprimé (tiré de son PDF), ou son résumé en JSON ; - pour stdin", 'text of a printed book (from its PDF), or its summary as JSON; - for stdin'))
    .description(say('rapproche un livre imprimé et ses articles : chiffres, titres et renvois, dans les deux sens', 'reconciles a printed book with its articles: figures, titles and references, both ways'))
    .option('--edition <date>', say("l'édition, par sa date d'entrée en vigueur (à défaut : la dernière)", 'the edition, by the day it came into force (default: the newest)'), isoDay)
    .option('--summary', say('écrit seulement le résumé du livre : titres, nombres, unités et renvois de chaque article', "only writes the book's summary: titles, numbers, units and references of each article"))),
  'bareme reconcile livre.txt', 'bareme reconcile livre.txt --edition 2026-04-01 --json', 'bareme reconcile livre.txt --summary > livre-2026.json')
    .action(async (path: string, options: Options) => {
      const text = readText(path);
      if (text === undefined) { complain([diagnostic('texte/introuvable', { path })], options); fail(); return; }
      const { books, errors } = open(options);
      const book = options.edition === undefined ? books.at(-1)?.book : books.find(({ book: each }) => each.edition.date === options.edition)?.book;
      if (!book && options.edition !== undefined) { complain([...errors(), diagnostic('edition/inconnue', { date: formatIsoDate(options.edition) })], options); fail(); return; }
      if (!book || errors().length > 0) { complain(errors(), options); fail(); return; }
      const printed = await readPrinted(path, text, new Map([...book.articles].map(([number, { title }]) => [number, title])));
      if ('code' in printed) { complain([printed], options); fail(); return; }
      if (options.summary) {
        const { summarize, writeSummary } = await import('../../reconcile/summary.ts');
        process.stdout.write(writeSummary(summarize(printed)));
        return;
      }
      const { reconcile } = await import('../../reconcile/compare.ts');
      const result = reconcile(printed, book);
      // Articles are read as they are needed; a mistake found on the way is told first.
      if (errors().length > 0) { complain(errors(), options); fail(); return; }
      if (result.differences.length > 0) fail();
      const { printReconciled, reconciledJson } = await import('../printReconciled.ts');
      if (options.json) printJson(reconciledJson(result, book));
      else print(printReconciled(result, book));
    });
}

function isoDay(text: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const day = match ? dayOf(Number(match[1]), Number(match[2]), Number(match[3])) : undefined;
  if (day === undefined) throw new InvalidArgumentError(say("une date comme 2026-04-01", 'a date such as 2026-04-01'));
  return day;
}

/** The articles of a text or of a summary, or why there are none. */
async function readPrinted(path: string, text: string, titles: ReadonlyMap<string, string>): Promise<PrintedArticle[] | Diagnostic> {
  if (text.startsWith('%PDF')) return diagnostic('livre/pdf', { path });
  if (text.trimStart().startsWith('{')) {
    const { readSummary } = await import('../../reconcile/summary.ts');
    try {
      return readSummary(JSON.parse(text)) ?? diagnostic('livre/resume', { path });
    } catch {
      return diagnostic('livre/resume', { path });
    }
  }
  const { readBook } = await import('../../reconcile/printed.ts');
  const articles = readBook(text, titles);
  return articles.length > 0 ? articles : diagnostic('livre/sans-article', { path });
}
