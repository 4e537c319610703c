#!/usr/bin/env node
/** The `bareme` command: results on stdout, the rest on stderr; exit 0, 1 (files or case wrong), 2 (command wrong). */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, CommanderError } from 'commander';
import { parse as parseCsv } from 'csv-parse/sync';
import { coverage } from '../check/coverage.ts';
import { Programs } from '../check/program.ts';
import type { Book } from '../check/book.ts';
import { readJson, type Json } from '../contract/json.ts';
import { readCase, type ReadTable } from '../contract/readCase.ts';
import { caseSchema } from '../contract/schema.ts';
import { billToJson } from '../contract/writeBill.ts';
import { diagnostic, isError, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { inOrder, toJson, toText } from '../diagnostics/print.ts';
import { billCase, type Bill } from '../evaluate/bill.ts';
import { runExample } from '../evaluate/example.ts';
import { catalogueOf, prepare } from '../index.ts';
import { checkAll, loadFolder, loadPath, type LoadedPath } from './load.ts';
import { printBill } from './printBill.ts';

type Lang = 'fr' | 'en';
interface Common { readonly lang?: string; readonly json?: boolean; readonly tariffs?: string }

/** French unless the environment or the user says English. */
function langOf(options: Common): Lang {
  const asked = options.lang ?? process.env['LC_ALL'] ?? process.env['LC_MESSAGES'] ?? process.env['LANG'] ?? '';
  return asked.toLowerCase().startsWith('en') ? 'en' : 'fr';
}

/** The tariffs shipped with the command: beside its sources, or beside its bundle. */
function defaultTariffs(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  return [join(here, '../tariffs'), join(here, '../../tariffs'), 'tariffs'].find((path) => existsSync(path)) ?? 'tariffs';
}

function complain(items: readonly Diagnostic[], options: Common): void {
  const lang = langOf(options);
  const list = inOrder(items);
  if (options.json) process.stdout.write(`${JSON.stringify({ version: 1, diagnostics: list.map((item) => toJson(item, lang)) }, null, 2)}\n`);
  else for (const item of list) process.stderr.write(`${toText(item, lang)}\n`);
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch {
    return undefined;
  }
}

/** A CSV beside the case: `;`, `,` or tabs, UTF-8 with or without BOM. */
function tableReader(base: string): ReadTable {
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

/** The editions; `errors` may grow while articles are read, so it is asked again once the work is done. */
function open(options: Common, withExamples = false): { books: { book: Book; programs: Programs }[]; errors: () => Diagnostic[] } {
  const loaded = loadFolder(options.tariffs ?? defaultTariffs(), { examples: withExamples });
  const books = loaded.books.map((book) => ({ book, programs: new Programs(book) }));
  return { books, errors: () => [...loaded.diagnostics, ...books.flatMap(({ programs }) => programs.found())].filter(isError) };
}

const program = new Command();
program.name('bareme').description("Les tarifs d'électricité en code : factures exactes, vérifications, explications.").version('0.1.0')
  .showHelpAfterError().exitOverride().configureOutput({ writeOut: (text) => process.stdout.write(text), writeErr: (text) => process.stderr.write(text) });
const common = (command: Command): Command => command.option('--lang <fr|en>', 'langue des messages').option('--json', 'sortie JSON').option('--tariffs <dossier>', 'dossier des éditions');
let status = 0;
// A reader that stops early (`| head`) is no mistake of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => { if (error.code === 'EPIPE') process.exit(0); throw error; });

common(program.command('bill').argument('<cas>', 'fichier JSON (un cas ou une liste), NDJSON, ou - pour stdin').description('facture un cas')
  .option('--explain', 'explique chaque ligne').option('--trace', 'joint la trace au JSON')
  .addHelpText('after', '\nExemples :\n  bareme bill examples/maison-d.json --explain\n  cat cas.ndjson | bareme bill - --json'))
  .action((path: string, options: Common & { explain?: boolean; trace?: boolean }) => {
    const lang = langOf(options);
    const text = readText(path);
    if (text === undefined) { complain([diagnostic('texte/introuvable', { path })], options); status = 1; return; }
    const { books, errors } = open(options);
    if (errors().length > 0) { complain(errors(), options); status = 1; return; }
    const editions = prepare(books);
    const catalogue = catalogueOf(books);
    const tables = tableReader(path === '-' ? process.cwd() : dirname(path));
    const one = (json: Json): { bill: Bill } | { diagnostics: readonly Diagnostic[] } => {
      const read = readCase(json, catalogue, tables);
      return 'input' in read ? billCase(read.input, editions, { trace: (options.explain ?? false) || (options.trace ?? false) }) : read;
    };
    const show = (result: ReturnType<typeof one>): object => ('bill' in result ? billToJson(result.bill, lang, options.trace ?? false) : { version: 1, erreurs: result.diagnostics.map((item) => toJson(item, lang)) });
    const cases = readCases(text);
    if ('diagnostics' in cases) { complain(cases.diagnostics, options); status = 1; return; }
    const results = cases.list.map((each) => ('diagnostics' in each ? each : one(each.value)));
    if (errors().length > 0) { complain(errors(), options); status = 1; return; }
    if (results.some((result) => 'diagnostics' in result)) status = 1;
    if (options.json) {
      const shown = results.map(show);
      if (cases.form === 'ndjson') for (const each of shown) process.stdout.write(`${JSON.stringify(each)}\n`);
      else process.stdout.write(`${JSON.stringify(cases.form === 'one' ? shown[0] : shown, null, 2)}\n`);
      return;
    }
    for (const result of results) {
      if ('bill' in result) process.stdout.write(`${printBill(result.bill, lang, options.explain ?? false)}\n\n`);
      else complain(result.diagnostics, options);
    }
  });

type Cases = { form: 'one' | 'list' | 'ndjson'; list: readonly ({ value: Json } | { diagnostics: readonly Diagnostic[] })[] } | { diagnostics: readonly Diagnostic[] };
/** One case, a list, or one case a line. */
function readCases(text: string): Cases {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  // One case a line, if the first line is a case by itself; a line that cannot be read is then one error in its place.
  const first = lines.length > 1 && lines[0]?.trim().startsWith('{') ? readJson(lines[0]) : undefined;
  const isNdjson = first !== undefined && 'value' in first;
  if (isNdjson) return { form: 'ndjson', list: lines.map((line) => readJson(line)) };
  const read = readJson(text);
  if ('diagnostics' in read) return read;
  return Array.isArray(read.value) ? { form: 'list', list: (read.value as Json[]).map((value) => ({ value })) } : { form: 'one', list: [read] };
}

common(program.command('check').argument('[fichiers...]', 'dossiers ou fichiers .tarif').description('vérifie les fichiers de tarifs')
  .addHelpText('after', '\nExemple :\n  bareme check tariffs'))
  .action((paths: string[], options: Common) => {
    const results = sources(paths, options).map((loaded) => ({ ...loaded, ...checkAll(loaded) }));
    const diagnostics = results.flatMap(({ diagnostics: found, names }) => found.filter((item) => isAbout(item, names)));
    const blocks = results.flatMap(({ checked, names, whole }) => checked.map(({ book }) => [...book.articles.values()].filter(({ number, span }) => whole || (book.own.has(number) && names(span.file.path))).length)).filter((count) => count > 0);
    const shown = inOrder(diagnostics);
    const errors = shown.filter(isError).length;
    if (errors > 0) status = 1;
    complain(diagnostics, options);
    const articles = blocks.reduce((sum, count) => sum + count, 0);
    if (!options.json) process.stdout.write(langOf(options) === 'fr' ? `${blocks.length} édition(s), ${articles} articles : ${errors} erreur(s), ${shown.length - errors} avis.\n` : `${blocks.length} edition(s), ${articles} articles: ${errors} error(s), ${shown.length - errors} advice.\n`);
  });

/** What the paths name: each set of files is loaded once, with what it needs. */
function sources(paths: readonly string[], options: Common): LoadedPath[] {
  return (paths.length > 0 ? paths : [options.tariffs ?? defaultTariffs()]).map(loadPath);
}
/** Whether a diagnostic is about what was asked for; one without a file always is. */
const isAbout = (item: Diagnostic, names: LoadedPath['names']): boolean => item.span === undefined || names(item.span.file.path);

common(program.command('test').argument('[fichiers...]', 'dossiers ou fichiers .tarif').description('exécute les exemples écrits à côté des articles')
  .addHelpText('after', '\nExemples :\n  bareme test tariffs/2026-04-01\n  bareme test tariffs/2026-04-01/03-tarifs-de-petite-puissance/01-tarif-g.tarif'))
  .action((paths: string[], options: Common) => {
    const lang = langOf(options);
    const failures: Diagnostic[] = [];
    let passed = 0;
    let failed = 0;
    const done = new Set<object>();
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
            const result = runExample(statement, article, programs, editions);
            if (result.failures.length === 0) passed++;
            else { failed++; failures.push(...result.failures); }
          }
        }
      }
    }
    if (failures.length > 0) status = 1;
    if (options.json) process.stdout.write(`${JSON.stringify({ version: 1, reussis: passed, echoues: failed, diagnostics: inOrder(failures).map((item) => toJson(item, lang)) }, null, 2)}\n`);
    else {
      complain(failures, options);
      process.stdout.write(lang === 'fr' ? `${passed} exemple(s) exact(s), ${failed} en écart.\n` : `${passed} example(s) exact, ${failed} off.\n`);
    }
  });

common(program.command('schema').argument('<tarif>').option('--option <nom...>', 'options du tarif').description("le JSON Schema des cas d'un tarif")
  .addHelpText('after', '\nExemple :\n  bareme schema DP'))
  .action((rate: string, options: Common & { option?: string[] }) => {
    const { books, errors } = open(options);
    const read = errors().length > 0 ? { diagnostics: errors() } : readCase({ tarif: rate, options: options.option ?? [], periode: {} } as unknown as Json, catalogueOf(books), () => ({ diagnostics: [] }));
    const made = catalogueOf(books).program(rate, (options.option ?? []));
    if (errors().length > 0 || !made) { complain('diagnostics' in read ? read.diagnostics : [], options); status = 1; return; }
    process.stdout.write(`${JSON.stringify(caseSchema(made), null, 2)}\n`);
  });

common(program.command('coverage').description("ce que chaque article donne : calculé, faits typés, ou mots seulement"))
  .action((options: Common) => {
    const { books, errors } = open(options, true);
    if (errors().length > 0) { complain(errors(), options); status = 1; return; }
    const newest = books.at(-1);
    if (!newest) return;
    const report = coverage(newest.book);
    if (options.json) { process.stdout.write(`${JSON.stringify({ version: 1, ...report }, null, 2)}\n`); return; }
    for (const article of report.articles) process.stdout.write(`${article.article.padEnd(6)} ${article.nature.padEnd(9)} ${String(article.exemples).padStart(3)} ex.  ${article.titre}${article.raison === undefined ? '' : ` — ${article.raison}`}\n`);
    process.stdout.write(`${report.articles.length} articles : ${report.calcules} calculés, ${report.faits} en faits typés, ${report.mots} en mots seulement.\n`);
    if (report.coquilles.length > 0) process.stdout.write('\nErreurs relevées dans le livre :\n');
    for (const slip of report.coquilles) process.stdout.write(`${slip.article.padEnd(6)} ${slip.imprime} au lieu de ${slip.juste}${slip.note === undefined ? '' : ` — ${slip.note}`}\n`);
  });

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) status = error.exitCode === 0 ? 0 : 2;
  else throw error;
}
process.exitCode = status;
