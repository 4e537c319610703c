/** After any edits, once nothing is left to check, the server says what `bareme check` says of the same texts. */
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { afterAll, describe, expect, it } from 'vitest';
import { checkAll, loadPath } from '../../src/cli/load.ts';
import { messageOf } from '../../src/diagnostics/diagnostic.ts';
import { inOrder } from '../../src/diagnostics/print.ts';
import { placeDiagnostics } from '../../src/server/diagnostics.ts';
import { systemDisk } from '../../src/server/disk.ts';
import { rename } from '../../src/server/rename.ts';
import { Workspace } from '../../src/server/workspace.ts';
import { lineColumn } from '../../src/source/file.ts';
import { anEdit, placesOf, random } from '../tools/edits.ts';

const root = join(import.meta.dirname, '../..');
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bareme-monde-')));
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

// A book small enough to be checked whole after each edit: common provisions, three rates, an option that reads another rate.
const edition = join(folder, '2026-04-01');
for (const file of ['edition.tarif', '01-dispositions-interpretatives', '12-dispositions-complementaires', '02-tarifs-domestiques/02-tarif-d.tarif', '02-tarifs-domestiques/03-tarif-dp.tarif', '02-tarifs-domestiques/07-electricite-additionnelle.tarif', '03-tarifs-de-petite-puissance/01-tarif-g.tarif', '04-tarifs-de-moyenne-puissance/01-tarif-m.tarif']) {
  cpSync(join(root, 'tariffs/2026-04-01', file), join(edition, file), { recursive: true });
}
// Examples are most of a file, and nothing that the check reads.
const shorten = (path: string): void => {
  let skipping = false;
  let kept = 0;
  writeFileSync(path, readFileSync(path, 'utf8').split('\n').filter((line) => {
    const indent = line.search(/\S/);
    if (indent >= 0 && indent <= 2) skipping = line.startsWith('  exemple') && ++kept > 2;
    return !skipping;
  }).join('\n'));
};
for (const file of ['02-tarifs-domestiques/02-tarif-d.tarif', '02-tarifs-domestiques/03-tarif-dp.tarif', '02-tarifs-domestiques/07-electricite-additionnelle.tarif', '03-tarifs-de-petite-puissance/01-tarif-g.tarif', '04-tarifs-de-moyenne-puissance/01-tarif-m.tarif']) shorten(join(edition, file));

type Said = readonly string[];

/** What the command says of a folder, file by file. */
function checked(): Map<string, Said> {
  const { diagnostics } = checkAll(loadPath(edition));
  const found = new Map<string, string[]>();
  for (const item of inOrder(diagnostics)) {
    // What has no place is shown at the head of its edition.
    const { line, column } = item.span ? lineColumn(item.span.file, item.span.start) : { line: 1, column: 1 };
    const path = item.span ? item.span.file.path : join(edition, 'edition.tarif');
    found.set(path, [...(found.get(path) ?? []), `${line}:${column} ${item.code} ${messageOf(item, 'fr')}`]);
  }
  return new Map([...found].map(([path, list]) => [path, list.sort()]));
}

/** What the server says once it has checked everything. */
function settled(workspace: Workspace, path: string): Map<string, Said> {
  for (const _ of workspace.work());
  const library = workspace.libraryOf(path)!;
  const placed = placeDiagnostics(library.documents, workspace.found(library), 'fr');
  return new Map([...placed].filter(([, list]) => list.length > 0).map(([each, list]) => [each, list.map(({ range, code, message }) => `${range.start.line + 1}:${range.start.character + 1} ${code} ${message}`).sort()]));
}

function opened(name: string): { workspace: Workspace; path: string; uri: string; text: string } {
  const path = join(edition, name);
  const uri = pathToFileURL(path).href;
  const text = readFileSync(path, 'utf8');
  const workspace = new Workspace(systemDisk);
  workspace.openFile(uri, text, 0);
  return { workspace, path, uri, text };
}

describe('the diagnostics of the server', () => {
  it('are those of the command for the book as it is', () => {
    const { workspace, path } = opened('04-tarifs-de-moyenne-puissance/01-tarif-m.tarif');
    expect(settled(workspace, path)).toEqual(checked());
  });

  it.each([
    ['04-tarifs-de-moyenne-puissance/01-tarif-m.tarif', 1, 14], ['12-dispositions-complementaires/03-modalites-de-facturation.tarif', 2, 10], ['01-dispositions-interpretatives/01-definitions.tarif', 3, 12], ['02-tarifs-domestiques/07-electricite-additionnelle.tarif', 4, 10], ['edition.tarif', 5, 8],
  ])('are those of the command after each of some random edits, and of their undoing: %s', (name, seed, times) => {
    const { workspace, path, uri, text } = opened(name);
    const before = settled(workspace, path);
    const next = random(seed);
    let version = 0;
    let now = text;
    const change = (start: number, end: number, added: string): void => {
      const { text: document } = workspace.documentOf(uri)!;
      workspace.changeFile(uri, [{ range: { start: document.positionAt(start), end: document.positionAt(end) }, text: added }], ++version);
      now = now.slice(0, start) + added + now.slice(end);
    };
    const undo: (() => void)[] = [];
    for (let i = 0; i < times; i++) {
      const edit = anEdit(now, placesOf(now), next);
      const removed = now.slice(edit.start, edit.end);
      change(edit.start, edit.end, edit.text);
      undo.push(() => change(edit.start, edit.start + edit.text.length, removed));
      // Sometimes another edit comes before all is checked.
      if (next() < 0.3) { const work = workspace.work(); for (let step = 0; step < 4; step++) work.next(); continue; }
      writeFileSync(path, now);
      expect(settled(workspace, path), `seed ${seed}, edit ${i}`).toEqual(checked());
      // One mistake at a time, then some together.
      if (next() < 0.5) undo.pop()!();
    }
    while (undo.length > 0) undo.pop()!();
    expect(now).toBe(text);
    writeFileSync(path, text);
    expect(settled(workspace, path)).toEqual(before);
  }, 240_000);

  it('are the same after a name is changed everywhere', () => {
    const { workspace, path, uri, text } = opened('04-tarifs-de-moyenne-puissance/01-tarif-m.tarif');
    const before = [...settled(workspace, path).values()].flat();
    for (const name of ['puissance_à_facturer', 'puissance_maximale_appelée', 'puissance_à_facturer_minimale']) {
      const { document, world } = workspace.lookup(uri)!;
      const edit = rename(world, document, text.search(new RegExp(`${name}(?![\\p{L}_])`, 'u')), 'un_tout_autre_nom', 'fr');
      if ('refused' in edit) throw new Error(edit.refused);
      const changed = Object.entries(edit.changes ?? {});
      expect(changed.length, name).toBeGreaterThan(1);
      const other = new Workspace(systemDisk);
      for (const [each, edits] of changed) {
        const whole = workspace.documentOf(each)!.text;
        other.openFile(each, TextDocument.applyEdits(whole, edits), 0);
      }
      // The renamed name may be spoken of in a message, and move what follows it on its line.
      const plain = (said: readonly string[], own: string): string[] => said.map((line) => line.replace(/^\d+:\d+/, (place) => place.split(':')[0] ?? '').replaceAll(own, '…').replace(/ Le plus proche.*/, '')).sort();
      expect(plain([...settled(other, path).values()].flat(), 'un_tout_autre_nom'), name).toEqual(plain(before, name));
    }
  }, 120_000);

  it('say first what is wrong with the edited statement', () => {
    const { workspace, path, uri, text } = opened('04-tarifs-de-moyenne-puissance/01-tarif-m.tarif');
    settled(workspace, path);
    const at = text.search(/ {2}prime de /) + '  prime de '.length;
    const { text: document } = workspace.documentOf(uri)!;
    workspace.changeFile(uri, [{ range: { start: document.positionAt(at), end: document.positionAt(at) }, text: 'zz' }], 1);
    const first = [...workspace.work()].findIndex(({ kind }) => kind === 'publish');
    expect(first).toBe(0);
    const work = workspace.work();
    work.next();
    const library = workspace.libraryOf(path)!;
    expect(placeDiagnostics(library.documents, workspace.found(library), 'fr').get(path)?.map(({ code }) => code)).toContain('noms/inconnu');
  });
});
