/** `bareme test --watch`: at each change of a file, runs again the examples that the change touches. */
import { existsSync, watch, type FSWatcher } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { out as pc } from './colors.ts';
import { filesOfRate, statementsByRate } from '../analysis/dependencies.ts';
import { isError } from '../diagnostics/diagnostic.ts';
import { editionOf } from '../disk/editions.ts';
import { programOfExample } from '../evaluate/example.ts';
import type { ExampleReport } from '../render/testReport.ts';
import { defaultTariffs, langOf, sources, type Common } from './context.ts';
import { say } from './language.ts';
import { checkAll, isFolder, type Reading } from './load.ts';
import { showOutcome } from './printTest.ts';
import { itemsOf, readied, runItem, unitsOf, verificationsOf, type Item, type Ready, type Wanted } from './testing.ts';

/** An editor writes a file in several strokes: they are one change, in milliseconds. */
const SETTLES = 120;

/** What was found last time. */
interface Memory { readonly known: NonNullable<Reading['known']>; texts: ReadonlyMap<string, string>; reports: ReadonlyMap<string, ExampleReport>; /** The files of each rate with its options, in one source. */ readonly files: Map<string, ReadonlySet<string>> }

/** Runs until it is interrupted. */
export async function watchTests(paths: readonly string[], options: Common & { readonly verbose?: boolean }, wanted: Wanted): Promise<void> {
  const memory: Memory = { known: new Map(), texts: new Map(), reports: new Map(), files: new Map() };
  const roots = [...new Set((paths.length > 0 ? paths : [options.tariffs ?? defaultTariffs()]).map(rootOf))];
  const run = (): void => {
    const text = round(paths, options, wanted, memory);
    process.exitCode = 0;
    process.stdout.write(text);
  };
  await new Promise<void>((finish) => {
    let timer: NodeJS.Timeout | undefined;
    let watchers: FSWatcher[] = [];
    const close = (): void => { for (const each of watchers) each.close(); };
    /** Watches before it reads, so that no change is lost; anew each time, for a file that an editor replaces is watched no more. */
    const work = (): void => {
      close();
      watchers = roots.flatMap((root): FSWatcher[] => (existsSync(root) ? [watch(root, { recursive: true }, changed)] : []));
      // A folder that goes away is told by the next run, not by the watcher.
      for (const each of watchers) each.on('error', changed);
      run();
    };
    const changed = (): void => {
      clearTimeout(timer);
      timer = setTimeout(work, SETTLES);
    };
    const end = (): void => {
      clearTimeout(timer);
      close();
      process.exitCode = 0;
      finish();
    };
    process.once('SIGINT', end);
    process.once('SIGTERM', end);
    work();
  });
}

/** The folder to watch for a path: the editions that it is read with, or the folder of a file. */
function rootOf(path: string): string {
  const edition = editionOf(resolve(path));
  return edition === undefined ? (isFolder(path) ? resolve(path) : dirname(resolve(path))) : dirname(edition);
}

/** Reads what changed, runs what it touches, says how all stand; returns the line that ends the screen. */
function round(paths: readonly string[], options: Common & { readonly verbose?: boolean }, wanted: Wanted, memory: Memory): string {
  const lang = langOf(options);
  const opened = sources(paths, options, { known: memory.known }).map((source) => ({ source, ...checkAll(source) }));
  const ready = opened.map(({ source, checked }) => readied(source, checked));
  const texts = new Map(ready.flatMap(({ books }) => books.flatMap(({ book }) => book.files.map(({ file }): [string, string] => [file.path, file.text]))));
  const changed = new Set([...new Set([...texts.keys(), ...memory.texts.keys()])].filter((path) => texts.get(path) !== memory.texts.get(path)));
  const reports = new Map<string, ExampleReport>();
  let ran = 0;
  for (const unit of unitsOf(opened.map(({ source }) => source))) {
    const own = ready[unit.source];
    if (!own) continue;
    const touched = touches(own, unit.source, changed, memory.files);
    for (const item of itemsOf(own, unit, wanted)) {
      const key = `${item.example.span.file.path}:${item.example.span.start}`;
      const before = memory.reports.get(key);
      if (before && !touched(item)) { reports.set(key, before); continue; }
      reports.set(key, runItem(item, own.editions, lang));
      ran++;
    }
  }
  memory.texts = texts;
  memory.reports = reports;
  if (process.stdout.isTTY) process.stdout.write('\u001B[2J\u001B[3J\u001B[H');
  showOutcome({ examples: [...reports.values()], verifications: verificationsOf(opened, wanted, lang), wrong: opened.flatMap(({ diagnostics }) => diagnostics.filter(isError)) }, options);
  return pc.dim(say(`${ran} exemple(s) exécuté(s). En attente d'un changement ; Ctrl-C pour finir.\n`, `${ran} example(s) run. Waiting for a change; Ctrl-C to end.\n`));
}

/** Whether a change of some files may change what an example gives: those that its rate is written in now, or was before. */
function touches(ready: Ready, source: number, changed: ReadonlySet<string>, files: Memory['files']): (item: Item) => boolean {
  const known = new Map<string, boolean>();
  const statements = ready.books.map(({ book }) => statementsByRate(book));
  // What an edition says of itself (taxes, rounding) acts on all its bills.
  const edition = ready.books.some(({ book }) => book.files.some(({ file, blocks }) => changed.has(file.path) && blocks.some(({ header }) => header.kind === 'edition')));
  return ({ example, article }) => {
    const { rate, options } = programOfExample(example, article);
    if (edition || rate === undefined || changed.has(example.span.file.path)) return true;
    const key = `${source} ${[rate, ...options].join('+')}`;
    let touched = known.get(key);
    if (touched === undefined) {
      const now = new Set(statements.flatMap((of) => [...filesOfRate(of, rate, options)]));
      touched = [...now, ...(files.get(key) ?? [])].some((path) => changed.has(path));
      known.set(key, touched);
      files.set(key, now);
    }
    return touched;
  };
}
