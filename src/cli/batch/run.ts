/** One file of customers → one file of bills: surveyed, cut in chunks, billed by as many threads as there are, written in its order. */
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Program } from '../../check/core.ts';
import { optionsIn, programNamed } from '../../analysis/customers/rows.ts';
import { sheetOf, type SheetExtras } from '../../analysis/customers/sheet.ts';
import { diagnostic } from '../../diagnostics/diagnostic.ts';
import { catalogueOf } from '../../index.ts';
import { csvToParquet, hasDuckdb, parquetToCsv } from '../clients/parquet.ts';
import { FileRefused } from '../clients/refused.ts';
import { langOf, type Common, type Opened } from '../context.ts';
import { say } from '../language.ts';
import { startProgress } from '../progress.ts';
import { runInOrder, startCrew, type Crew } from '../threads.ts';
import { kindsOf } from './columns.ts';
import { holds, journalPath, openBatchDraft, readJournal, type BatchDraft, type Identity, type Standing } from './draft.ts';
import { openInput, type InputFile } from './input.ts';
import { filePrint, programPrint, tariffsPrint } from './prints.ts';
import { surveyOf, type Chunk, type Survey } from './survey.ts';
import { baseOf, chunkBiller, csvLine, vanished, type BatchJob, type Billed, type Question } from './work.ts';

/** A file to bill. */
export interface BatchFile { readonly path: string; readonly out: string; readonly errors: string; readonly form: 'csv' | 'ndjson' | 'parquet' }
export interface BatchHow extends SheetExtras { readonly ignored: readonly string[]; readonly threads: number; /** The number was asked for: other threads are opened as soon as there are two chunks. */ readonly asked: boolean; readonly resume: boolean; readonly common: Common; /** The folder of the editions. */ readonly tariffs: string }

/** What became of a file. `rows`: those of this run, when it went on with another. */
export interface BatchResult { readonly standing: Standing; readonly rows: number }

/** The run was told to stop; its draft can be gone on with. */
export class Interrupted extends Error {
  constructor(readonly done: number, readonly total: number) { super('interrupted'); }
}

/** The threads of a run, opened when the first file is worth it; they serve all its files. */
export interface Crews { readonly open: () => Crew<never>; readonly close: () => Promise<void> }
export function crewOf(threads: number): Crews {
  let crew: Crew<never> | undefined;
  return { open: () => (crew ??= startCrew(threads)), close: async () => { await crew?.stop(); crew = undefined; } };
}

/** How much work must be left for other threads to be worth opening, when nobody asked for them: each must read the tariffs first. In milliseconds. */
const WORTH = 3000;
/** A file for which they are surely worth it, so that they read the tariffs while it is surveyed; in bytes. */
const LARGE = 1 << 27;
const SEVERAL = 1 << 19;
/** How often what is written is made sure of, in milliseconds. */
const CHECKPOINT = 1000;
const MEGA = 1e6;
let jobs = 0;

/** Bills a file. Throws `FileRefused` when the file or the tariffs are wrong, `NotWritten`, or `Interrupted`; the output is then not there. */
export async function runBatch(file: BatchFile, how: BatchHow, opened: Opened, crews: Crews): Promise<BatchResult> {
  const { form } = file;
  const from = startingPoint(file, how);
  const identity = identityOf(file, how);
  if (form === 'parquet' && !await hasDuckdb()) throw new FileRefused([diagnostic('lot/duckdb', {})]);
  const text = await asText(file);
  try {
    return await billFile({ file, from, identity, input: openInput(text.path, how.ignored, text.made) }, how, opened, crews);
  } finally {
    if (text.made) rmSync(text.path, { force: true });
  }
}

/** A file of Parquet is written as text beside the output, and read from there. */
async function asText({ path, out }: BatchFile): Promise<{ readonly path: string; readonly made: boolean }> {
  if (extname(path).toLowerCase() !== '.parquet') return { path, made: false };
  const to = `${out}.entree.part.csv`;
  mkdirSync(dirname(out), { recursive: true });
  await parquetToCsv(path, to);
  return { path: to, made: true };
}

interface Prepared { readonly file: BatchFile; readonly from: Standing | undefined; readonly identity: Identity; readonly input: InputFile }

async function billFile({ file, from, identity, input }: Prepared, how: BatchHow, opened: Opened, crews: Crews): Promise<BatchResult> {
  const { out, errors, form } = file;
  if (how.threads > 1 && input.size > (how.asked ? SEVERAL : LARGE)) crews.open();
  const survey = surveyed(input, opened, out);
  const sheet = sheetOf(form === 'ndjson' ? [] : survey.programs, how);
  const job: BatchJob = { id: jobs++, input, form: form === 'ndjson' ? 'ndjson' : 'csv', sheet, kinds: kindsOf(input.columns, survey.programs), lang: langOf(how.common), base: baseOf(file.path) };
  const done = from?.chunks ?? 0;
  if (from && done > 0 && from.offset !== (survey.chunks[done]?.offset ?? input.size)) throw new FileRefused([diagnostic('lot/reprise', { path: out, reason: "le fichier d'entrée a changé" })]);
  const draft = openBatchDraft(out, errors, identity, from, form === 'ndjson' ? '' : csvLine(sheet.header));
  const rows = survey.chunks.slice(done).reduce((sum, chunk) => sum + chunk.rows, 0);
  try {
    await billChunks(survey.chunks.slice(done), rows, job, how, opened, crews, draft);
    const now = filePrint(file.path);
    if (now.size !== identity.input.size || now.modified !== identity.input.modified) throw vanished(file.path);
    await draft.keep(form === 'parquet' ? (made, to) => csvToParquet(made, to, sheet.header, new Set([...sheet.lines, ...sheet.taxes, 'sous_total', 'total']), ['debut', 'fin']) : undefined);
    return { standing: draft.standing(), rows };
  } catch (error) {
    // What is wrong with the file will be wrong when it is read again; a full disk, or an end that was asked for, can be gone on from.
    if (error instanceof FileRefused) draft.drop();
    else draft.leave();
    throw error;
  }
}

/** Where an interrupted run is gone on with; undefined to begin. */
function startingPoint({ out, errors, path }: BatchFile, how: BatchHow): Standing | undefined {
  const journal = readJournal(out);
  if (typeof journal === 'object' && isRunning(journal.pid)) throw new FileRefused([diagnostic('lot/occupe', { path: out, pid: journal.pid, journal: journalPath(out) })]);
  if (!how.resume) {
    if (journal !== 'none') process.stderr.write(say(`Le brouillon d'un passage interrompu vers « ${out} » est remplacé ; « --resume » l'aurait repris.\n`, `The draft of an interrupted run to “${out}” is replaced; “--resume” would have gone on with it.\n`));
    return undefined;
  }
  if (journal === 'none') throw new FileRefused([diagnostic('lot/rien-a-reprendre', { path: out })]);
  const no = (reason: string): FileRefused => new FileRefused([diagnostic('lot/reprise', { path: out, reason })]);
  if (journal === 'unreadable') throw no('son journal ne se lit pas');
  const now = identityOf({ out, errors, path, form: 'csv' }, how);
  if (JSON.stringify(journal.input) !== JSON.stringify(now.input)) throw no("le fichier d'entrée a changé");
  if (journal.tariffs !== now.tariffs) throw no('les tarifs ont changé');
  if (journal.program !== now.program) throw no('Barème a changé');
  if (journal.command !== now.command) throw no('la commande est autre');
  if (!holds(journal, out, errors)) throw no('son brouillon manque, ou est plus court que le journal ne le dit');
  return journal.standing;
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The number of threads is no part of it: the result does not depend on it. */
function identityOf({ path, errors }: BatchFile, { ignored, exact, reserves, common, tariffs }: BatchHow): Identity {
  const input = (() => { try { return filePrint(path); } catch { throw new FileRefused([diagnostic('texte/introuvable', { path })]); } })();
  return { input, tariffs: tariffsPrint(tariffs), program: programPrint(), command: createHash('sha256').update(JSON.stringify([path, errors, ignored, exact, reserves, langOf(common)])).digest('hex') };
}

function surveyed(input: BatchJob['input'], { books }: Opened, out: string): Survey {
  const catalogue = catalogueOf(books);
  const resolve = (rate: string, options: string): readonly Program[] => {
    const program = programNamed(catalogue, rate, optionsIn(options));
    if (!program || catalogue.forbidden(program.rate, program.options)) return [];
    return books.flatMap(({ programs }) => programs.program(program.rate, program.options)?.program ?? []).reverse();
  };
  const progress = startProgress(say('Première lecture (Mo)', 'First reading (MB)'), Math.ceil(input.size / MEGA));
  let [read, told] = [0, 0];
  const tick = (bytes: number): void => { read += bytes; const now = Math.floor(read / MEGA); if (now > told) progress.tick(now - told); told = now; };
  try {
    return surveyOf(input, resolve, `${out}.clients.part`, tick);
  } finally {
    progress.stop();
  }
}

async function billChunks(chunks: readonly Chunk[], rows: number, job: BatchJob, { threads, asked }: BatchHow, opened: Opened, crews: Crews, draft: BatchDraft): Promise<void> {
  let shared = threads > 1 && chunks.length > 1 && (asked || job.input.size > LARGE);
  let here: ReturnType<typeof chunkBiller> | undefined;
  let begun = 0;
  const run = async (chunk: Chunk): Promise<Billed> => {
    const rank = begun++;
    if (shared) return crews.open().ask<Question, Billed>({ job, chunk });
    // A signal is heard between two chunks.
    await setImmediate();
    const from = performance.now();
    const billed = (here ??= chunkBiller(job, opened))(chunk);
    // The first chunk takes longer than the others: it tells nothing, unless it is slow by far.
    const left = (performance.now() - from) * (chunks.length - begun) / (rank === 0 ? 10 : 1);
    if (threads > 1 && left > WORTH) shared = true;
    return billed;
  };
  let stopped = false;
  const stop = (): void => { stopped = true; if (shared) void crews.close(); };
  const progress = startProgress(say('Factures', 'Bills'), rows);
  let [checked, done] = [Date.now(), 0];
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    await runInOrder(each(chunks, () => stopped), run, () => (shared ? threads * 3 : 1), (billed, chunk) => {
      draft.add({ ...billed, end: chunk.offset + chunk.length });
      done += billed.billed + billed.refused;
      progress.tick(billed.billed + billed.refused);
      if (Date.now() - checked > CHECKPOINT) { draft.checkpoint(); checked = Date.now(); }
    });
  } catch (error) {
    // Threads that are ended fail whoever waits for them.
    if (!stopped) throw error;
  } finally {
    progress.stop();
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
  if (stopped) throw new Interrupted(done, rows);
}

async function* each(chunks: readonly Chunk[], stopped: () => boolean): AsyncIterable<Chunk> {
  for (const chunk of chunks) { if (stopped()) return; yield chunk; }
}
