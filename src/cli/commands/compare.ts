/** `bareme compare`: what changed between two editions, and what it does to customers. */
import { join } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { compareBooks } from '../../analysis/editions/compareBooks.ts';
import type { Outcome } from '../../analysis/customers/tally.ts';
import { articlesCsv, customerLine, customersHead, linesCsv, outHead, outLines, summaryCsv } from '../../analysis/report/csv.ts';
import { outcomeToJson, reportToJson } from '../../analysis/report/json.ts';
import type { Report } from '../../analysis/report/report.ts';
import { serveCompare } from '../clients/compareJob.ts';
import { FileRefused } from '../clients/refused.ts';
import { compareClients } from '../compare/customers.ts';
import { printCustomers } from '../compare/printCustomers.ts';
import { printDiff } from '../compare/printDiff.ts';
import { common, complain, fail, langOf, print, printJson, type Common } from '../context.ts';
import { openEdition } from '../editions.ts';
import { say } from '../language.ts';
import { NotWritten, openDrafts, type Draft, type Drafts } from '../output.ts';
import { withExamples } from '../program.ts';
import { sharedWork, threadCount } from '../threads.ts';

interface Options extends Common { readonly clients?: string; readonly ignore: readonly string[]; readonly threads: number; readonly csv?: string; readonly html?: string; readonly each?: boolean }

const edition = (): string => say("une date (l'édition en vigueur ce jour-là) ou le dossier d'une édition", 'a date (the edition in force that day) or the folder of an edition');

export function addCompare(program: Command): void {
  withExamples(common(program.command('compare').argument(say('<avant>', '<before>'), edition()).argument(say('<après>', '<after>'), edition())
    .description(say('compare deux éditions, et ce que chacune ferait payer à des clients', 'compares two editions, and what each would have customers pay')))
    .option(say('--clients <fichier>', '--clients <file>'), say('clients à facturer aux deux éditions : .csv, .ndjson ou .parquet', 'customers to bill under both editions: .csv, .ndjson or .parquet'))
    .option(say('--ignore <colonnes>', '--ignore <columns>'), say('colonnes du fichier à ne pas lire, séparées par des virgules', 'columns of the file not to read, with commas between'), (name: string, list: string[]) => [...list, ...name.split(',')], [] as string[])
    .option(say('--csv <dossier>', '--csv <folder>'), say('écrit les tableaux en CSV dans ce dossier', 'writes the tables as CSV in this folder'))
    .option(say('--html <page>', '--html <page>'), say('écrit une page qui se lit seule', 'writes a page that stands alone'))
    .option('--each', say('joint au JSON chaque client', 'joins each customer to the JSON'))
    .option(say('--threads <nombre>', '--threads <number>'), say('fils de calcul', 'threads'), threadsOf, threadCount()),
  'bareme compare 2025-04-01 2026-04-01', say('bareme compare 2026-04-01 copie', 'bareme compare 2026-04-01 copy'), 'bareme compare 2025-04-01 2026-04-01 --clients examples/clients.csv',
  say('bareme compare 2026-04-01 copie --clients clients.parquet --html page.html', 'bareme compare 2026-04-01 copy --clients clients.parquet --html page.html'))
    .action(compare);
}

function threadsOf(text: string): number {
  if (!/^[1-9]\d?$/.test(text) || Number(text) > 64) throw new InvalidArgumentError(say('il faut un nombre de 1 à 64.', 'a number from 1 to 64 is needed.'));
  return Number(text);
}

async function compare(before: string, after: string, options: Options): Promise<void> {
  const work = sharedWork();
  if (work) { await serveCompare(work); return; }
  const lang = langOf(options);
  const [a, b] = [openEdition(before, options), openEdition(after, options)];
  if ('diagnostics' in a || 'diagnostics' in b) { complain([a, b].flatMap((each) => ('diagnostics' in each ? each.diagnostics : [])), options); fail(); return; }
  const diff = compareBooks(a.book, b.book, { before: a.folder, after: b.folder });
  const wrong = [...a.errors(), ...b.errors()];
  if (wrong.length > 0) { complain(wrong, options); fail(); return; }
  const miscited = [...a.miscited, ...b.miscited];
  if (miscited.length > 0 && options.clients !== undefined) { complain(miscited, options); fail(); return; }
  if (miscited.length > 0) process.stderr.write(say(`${miscited.length} chiffre(s) repris d'un article qui en a changé : « bareme check » dit lesquels. Les corriger avant de facturer.\n`, `${miscited.length} figure(s) taken from an article that has changed: “bareme check” says which. Correct them before billing.\n`));
  const drafts = openDrafts();
  try {
    const each = eachTo(options, drafts);
    const customers = options.clients === undefined ? undefined : await compareClients(
      { before, after, tariffs: options.tariffs, lang, clients: options.clients, renumbered: diff.renumbered }, { before: a, after: b }, { ignored: options.ignore, threads: threadCount(options.threads), each: each.take });
    const report: Report = { diff, customers };
    if (options.csv !== undefined) writeTables(options.csv, report, drafts, lang);
    if (options.html !== undefined) {
      const { comparisonPage } = await import('../../analysis/report/page.ts');
      drafts.open(options.html).write(await comparisonPage(report, lang));
    }
    drafts.keep();
    if (options.json) {
      const json = reportToJson(report, lang);
      printJson(each.kept ? { ...json, liste: each.kept } : json);
    } else print([printDiff(diff, lang), ...(customers ? ['', printCustomers(customers, lang)] : [])].join('\n'));
    if (customers && customers.tally.out > 0) fail();
  } catch (error) {
    drafts.drop();
    if (error instanceof FileRefused) complain(error.diagnostics, options);
    else if (error instanceof NotWritten) complain([error.diagnostic], options);
    else throw error;
    fail();
  }
}

/** Where each customer goes as it comes: the files of the CSV folder, and the JSON. */
function eachTo(options: Options, drafts: Drafts): { readonly take: (outcome: Outcome) => void; readonly kept: object[] | undefined } {
  const lang = langOf(options);
  const kept: object[] | undefined = options.json && options.each ? [] : undefined;
  const [list, out]: (Draft | undefined)[] = options.csv !== undefined && options.clients !== undefined ? [drafts.open(join(options.csv, 'clients.csv')), drafts.open(join(options.csv, say('ecartes.csv', 'left-out.csv')))] : [];
  list?.write(customersHead(lang));
  out?.write(outHead(lang));
  return { kept, take: (outcome) => { list?.write(customerLine(outcome, lang)); out?.write(outLines(outcome, lang)); kept?.push(outcomeToJson(outcome)); } };
}

function writeTables(folder: string, { diff, customers }: Report, drafts: Drafts, lang: 'fr' | 'en'): void {
  drafts.open(join(folder, 'articles.csv')).write(articlesCsv(diff, lang));
  if (!customers) return;
  drafts.open(join(folder, say('sommaire.csv', 'summary.csv'))).write(summaryCsv(customers.tally, lang));
  drafts.open(join(folder, say('lignes.csv', 'lines.csv'))).write(linesCsv(customers.tally, lang));
}
