/**
 * `npm run bench -- edits [how many] [part of a path]`: random edits of every tariff file (a token inserted, deleted, doubled, swapped), each undone, as an
 * editor would send them. Nothing may crash; the longest step is printed; after the edits are undone the diagnostics must be those of
 * before. Exits with 1 when one of these fails.
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { tarifFiles } from '../src/disk/editions.ts';
import { placeDiagnostics } from '../src/server/diagnostics.ts';
import { systemDisk } from '../src/server/disk.ts';
import { Workspace } from '../src/server/workspace.ts';
import { anEdit, placesOf, random } from '../spec/tools/edits.ts';

const times = Number(process.argv[2] ?? 1000);
const wanted = process.argv[3] ?? '';
/** Milliseconds of processor, so that other programs do not count. */
const cpu = (): number => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };

const workspace = new Workspace(systemDisk);
let failed = false;
let longestOfAll = 0;
let edits = 0;
for (const path of tarifFiles(resolve('tariffs')).filter((file) => file.includes(wanted))) {
  const uri = pathToFileURL(path).href;
  const text = readFileSync(path, 'utf8');
  const places = placesOf(text);
  const next = random(path.length * 7919 + text.length);
  workspace.openFile(uri, text, 0);
  const library = workspace.libraryOf(path)!;
  let longest = 0;
  let version = 0;
  const timed = <T>(run: () => T): T => { const at = cpu(); const value = run(); longest = Math.max(longest, cpu() - at); return value; };
  const change = (start: number, end: number, added: string): void => {
    const { text: document } = workspace.documentOf(uri)!;
    const range = { start: document.positionAt(start), end: document.positionAt(end) };
    timed(() => workspace.changeFile(uri, [{ range, text: added }], ++version));
  };
  /** Checks for some steps, or to the end. */
  const check = (most: number): void => { const work = workspace.work(); for (let step = 0; step < most; step++) if (timed(() => work.next()).done) return; };
  const said = (): string => { check(Infinity); return JSON.stringify([...placeDiagnostics(library.documents, workspace.found(library), 'fr')].filter(([, list]) => list.length > 0)); };
  const before = said();
  try {
    for (let i = 0; i < times; i++) {
      edits++;
      const edit = anEdit(text, places, next);
      const removed = text.slice(edit.start, edit.end);
      change(edit.start, edit.end, edit.text);
      // Each tenth is checked as far as a fast typist would let it; each two hundredth to the end.
      if (i % 200 === 199) check(Infinity);
      else if (i % 10 === 9) check(3);
      change(edit.start, edit.start + edit.text.length, removed);
    }
    const after = said();
    if (after !== before) { failed = true; process.stdout.write(`${path}: other diagnostics after the edits were undone\n${after.slice(0, 2000)}\n`); }
  } catch (error) {
    failed = true;
    process.stdout.write(`${path}: ${error instanceof Error ? error.stack ?? '' : String(error)}\n`);
    workspace.forget();
  }
  workspace.closeFile(uri);
  longestOfAll = Math.max(longestOfAll, longest);
  process.stdout.write(`${path.slice(path.indexOf('tariffs'))}: longest step ${longest.toFixed(0)} ms of processor\n`);
}
process.stdout.write(`${edits} edits, longest step ${longestOfAll.toFixed(0)} ms of processor${failed ? ': FAILED' : ''}\n`);
process.exit(failed || longestOfAll > 1000 ? 1 : 0);
