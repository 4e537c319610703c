/** `bareme batch`: a file or a folder of customers in, their bills out. */
import { existsSync, mkdirSync, readdirSync, realpathSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { EXTENSIONS } from '../batch/input.ts';
import { crewOf, Interrupted, runBatch, type BatchFile, type BatchHow, type BatchResult } from '../batch/run.ts';
import { serveBatch } from '../batch/work.ts';
import { FileRefused } from '../clients/refused.ts';
import { common, complain, defaultTariffs, fail, open, printJson, type Common } from '../context.ts';
import { say } from '../language.ts';
import { isFolder } from '../load.ts';
import { NotWritten } from '../output.ts';
import { refuse, withExamples } from '../program.ts';
import { sharedWork, threadCount } from '../threads.ts';

const FORMS = ['csv', 'ndjson', 'parquet'] as const;
type Form = (typeof FORMS)[number];

interface Options extends Common { readonly out?: string; readonly format?: Form; readonly errors?: string; readonly ignore: readonly string[]; readonly threads?: number; readonly resume?: boolean; readonly exact?: boolean; readonly reserves?: boolean }

export function addBatch(program: Command): void {
  const command = common(program.command('batch').argument(say('<clients>', '<customers>'), say('fichier .csv, .ndjson ou .parquet, ou dossier de tels fichiers : une ligne par période et par client', 'file (.csv, .ndjson or .parquet), or folder of such files: a row is one period of one customer'))
    .description(say('facture des clients par milliers ou par millions', 'bills customers by the thousand or the million')))
    .option(say('--out <factures>', '--out <bills>'), say("fichier .csv, .ndjson ou .parquet à écrire ; un dossier si l'entrée en est un", 'file to write (.csv, .ndjson or .parquet); a folder if the input is one'))
    .addOption(new Option(say('--format <forme>', '--format <form>'), say("forme des fichiers qu'un dossier donne (csv, sinon)", 'form of the files that a folder gives (csv, otherwise)')).choices(FORMS))
    .option(say('--errors <refus>', '--errors <refusals>'), say('fichier NDJSON des lignes refusées ; à côté de la sortie, sinon', 'NDJSON file of the rows that are refused; otherwise beside the output'))
    .option(say('--ignore <colonnes>', '--ignore <columns>'), say("colonnes de l'entrée à ne pas lire, séparées par des virgules", 'columns of the input not to read, with commas between'), (name: string, list: string[]) => [...list, ...name.split(',')], [] as string[])
    .option('--exact', say('joint le total exact avant taxes', 'joins the exact total before taxes'))
    .option('--reserves', say('joint les articles des réserves et des présomptions', 'joins the articles of reserves and presumptions'))
    .option('--resume', say('reprend un passage interrompu là où il en était', 'goes on with an interrupted run from where it was'))
    .option(say('--threads <nombre>', '--threads <number>'), say("fils de calcul (autant que de processeurs, sinon)", 'threads (as many as there are processors, otherwise)'), threadsOf);
  withExamples(command, say('bareme batch examples/clients.csv --out factures.csv', 'bareme batch examples/clients.csv --out bills.csv'), say('bareme batch clients.parquet --out factures.parquet --exact', 'bareme batch customers.parquet --out bills.parquet --exact'),
    say('bareme batch clients.csv --out factures.csv --resume', 'bareme batch customers.csv --out bills.csv --resume'), say('bareme batch dossier/ --out factures/ --format ndjson', 'bareme batch folder/ --out bills/ --format ndjson'))
    .action((path: string, options: Options) => batch(command, path, options));
}

function threadsOf(text: string): number {
  if (!/^[1-9]\d?$/.test(text) || Number(text) > 64) throw new InvalidArgumentError(say('il faut un nombre de 1 à 64.', 'a number from 1 to 64 is needed.'));
  return Number(text);
}
const formOfFile = (path: string): Form | undefined => ({ '.csv': 'csv', '.ndjson': 'ndjson', '.jsonl': 'ndjson', '.parquet': 'parquet' } as const)[extname(path).toLowerCase()];

async function batch(command: Command, path: string, options: Options): Promise<void> {
  const work = sharedWork();
  if (work) { serveBatch(work, () => open(options)); return; }
  const { out } = options;
  // Said here, after what the command line holds was found right: commander asks for it first.
  if (out === undefined) return refuse(command, diagnostic('commande/option-absente', { name: say('--out <factures>', '--out <bills>') }));
  if (!existsSync(path)) { complain([diagnostic('texte/introuvable', { path })], options); fail(); return; }
  const files = filesOf(command, path, { ...options, out });
  if ('diagnostics' in files) { complain(files.diagnostics, options); fail(); return; }
  const opened = open(options);
  if (opened.errors().length > 0) { complain(opened.errors(), options); fail(); return; }
  const how: BatchHow = { ignored: options.ignore, threads: threadCount(options.threads), asked: options.threads !== undefined, resume: options.resume ?? false, exact: options.exact ?? false, reserves: options.reserves ?? false, common: options, tariffs: options.tariffs ?? defaultTariffs() };
  const crews = crewOf(how.threads);
  const results: { readonly file: BatchFile; readonly result: BatchResult; readonly seconds: number }[] = [];
  try {
    for (const file of files.list) {
      const begun = performance.now();
      const result = await runBatch(file, how, opened, crews);
      const seconds = (performance.now() - begun) / 1000;
      results.push({ file, result, seconds });
      if (result.standing.refused > 0) fail();
      if (!options.json) process.stderr.write(`${summary(file, result, seconds)}\n`);
    }
    if (options.json) printJson({ version: 1, fichiers: results.map(({ file, result: { standing } }) => ({ entree: file.path, sortie: file.out, factures: standing.billed, refusees: standing.refused, ...(standing.refused > 0 ? { erreurs: file.errors } : {}) })) });
  } catch (error) {
    if (error instanceof FileRefused) complain(error.diagnostics, options);
    else if (error instanceof NotWritten) complain([error.diagnostic], options);
    else if (!(error instanceof Interrupted)) throw error;
    else {
      process.stderr.write(`${say(`Interrompu : ${count(error.done)} lignes sur ${count(error.total)} sont faites. Pour reprendre, la même commande avec « --resume ».`, `Interrupted: ${count(error.done)} rows of ${count(error.total)} are done. To go on, the same command with “--resume”.`)}\n`);
      process.exitCode = 130;
      return;
    }
    fail();
  } finally {
    await crews.close();
  }
}

const count = (value: number): string => new Intl.NumberFormat(say('fr-CA', 'en-CA')).format(value);

/** The files to bill, each with its output. A command that makes no sense ends with 2. */
function filesOf(command: Command, path: string, { out, format, errors }: Options & { readonly out: string }): { readonly list: readonly BatchFile[] } | { readonly diagnostics: readonly Diagnostic[] } {
  const wrong = (name: string, found: string, why: string): never => refuse(command, diagnostic('commande/valeur', { name, found, why }));
  const beside = (file: string): string => `${file.slice(0, file.length - extname(file).length)}.erreurs.ndjson`;
  if (!isFolder(path)) {
    const form = formOfFile(out);
    if (!form) return wrong('--out', out, say('il faut un fichier .csv, .ndjson ou .parquet.', 'a .csv, .ndjson or .parquet file is needed.'));
    if (format !== undefined && format !== form) return wrong('--format', format, say(`« ${out} » dit ${form}.`, `“${out}” says ${form}.`));
    const file: BatchFile = { path, out, errors: errors ?? beside(out), form };
    const taken = [out, file.errors].filter((each) => existsSync(each) && realpathSync(each) === realpathSync(path));
    return taken.length > 0 ? { diagnostics: taken.map((each) => diagnostic('lot/sur-entree', { path: each })) } : { list: [file] };
  }
  if (errors !== undefined) return wrong('--errors', errors, say("chaque fichier d'un dossier a le sien.", 'each file of a folder has its own.'));
  if (formOfFile(out) || (existsSync(out) && !isFolder(out))) return wrong('--out', out, say("il faut un dossier, car l'entrée en est un.", 'a folder is needed, for the input is one.'));
  const names = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isFile() && EXTENSIONS.includes(extname(entry.name).toLowerCase()) && extname(entry.name).toLowerCase() !== '.txt' && !entry.name.startsWith('.')).map(({ name }) => name).sort();
  if (names.length === 0) return { diagnostics: [diagnostic('lot/dossier-vide', { path })] };
  if (existsSync(out) && realpathSync(out) === realpathSync(path)) return { diagnostics: [diagnostic('lot/sur-entree', { path: out })] };
  const form = format ?? 'csv';
  const list = names.map((name): BatchFile => { const to = join(out, `${basename(name, extname(name))}.${form}`); return { path: join(path, name), out: to, errors: beside(to), form }; });
  const twice = list.find((file, index) => list.findIndex((each) => each.out === file.out) < index);
  if (twice) return { diagnostics: [diagnostic('lot/meme-sortie', { first: list.find((each) => each.out === twice.out)?.path ?? '', second: twice.path, path: twice.out })] };
  mkdirSync(out, { recursive: true });
  return { list };
}

/** `10 000 factures → factures.csv, en 3,2 s (3 125/s). 2 lignes refusées : factures.erreurs.ndjson.` */
function summary({ out, errors }: BatchFile, { standing: { billed, refused }, rows }: BatchResult, seconds: number): string {
  const shown = new Intl.NumberFormat(say('fr-CA', 'en-CA'), { maximumFractionDigits: 1 }).format(seconds);
  const rate = new Intl.NumberFormat(say('fr-CA', 'en-CA'), { maximumSignificantDigits: 3 }).format(rows / seconds);
  return [
    say(`${count(billed)} facture(s) → ${out}, en ${shown} s (${rate}/s).`, `${count(billed)} bill(s) → ${out}, in ${shown} s (${rate}/s).`),
    ...(refused > 0 ? [say(`${count(refused)} ligne(s) refusée(s) : ${errors}.`, `${count(refused)} row(s) refused: ${errors}.`)] : []),
  ].join(' ');
}
