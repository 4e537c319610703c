/** Reading a file in pieces gives what reading it whole gives, whatever the edits that led there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { editDocument, offsetsOf, openDocument, partAt, rangeOf, type Document } from '../../src/server/document.ts';
import { sourceFile } from '../../src/source/file.ts';
import { parseFile } from '../../src/syntax/parse.ts';

const root = join(import.meta.dirname, '../..');
const SMALL = readFileSync(join(root, 'tariffs/2026-04-01/02-tarifs-domestiques/10-gdp-latitude.tarif'), 'utf8');

/** Everything but places, with each place as an offset of the whole text. */
function plain(value: unknown, at: (span: { file: never; start: number; end: number }) => unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner: unknown) => (key === 'span' || key === 'related' ? at(inner as never) : key === 'file' ? undefined : inner)));
}
const inOrder = (items: readonly Diagnostic[]): Diagnostic[] => [...items].sort((a, b) => JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

/** The tree and the diagnostics, read in pieces and read whole: both with places in the editor's text. */
function both(document: Document): [unknown, unknown] {
  const whole = parseFile(sourceFile(document.path, document.text.getText()));
  const pieces = plain([document.tarif.blocks.map(({ header, statements }) => ({ header, statements })), inOrder(document.diagnostics.map((item) => ({ ...item, ...(item.span ? { span: offsetsOf(document, item.span) as never } : {}) })))], (span) => ('file' in (span ?? {}) ? offsetsOf(document, span) : span));
  const read = plain([whole.value.blocks.map(({ header, statements }) => ({ header, statements })), inOrder(whole.diagnostics.map((item) => ({ ...item, ...(item.span ? { span: { start: item.span.start, end: item.span.end } as never } : {}) })))], (span) => span && { start: (span as { start: number }).start, end: (span as { end: number }).end });
  return [pieces, read];
}

const SCRAPS = ['«', '»', '(', ')', '\n', '\n  ', '\n    ', '#', '!', ' si ', ' = ', ' et ', '5 kW', '12abc', 'article 2.5 « X »', '|', ' ', '\r\n', '\t', 'exemple « e »', ';', '1er avril', 'option A « T »\n  sur G\n', '\n5 kW\n  x = 1'];

describe('a document read in pieces', () => {
  it('is the document read whole, after any edits', () => {
    fc.assert(fc.property(fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), remove: fc.constantFrom(0, 0, 1, 3, 40), add: fc.constantFrom('', ...SCRAPS) }), { minLength: 1, maxLength: 6 }), (edits) => {
      let document = openDocument('file:///a.tarif', 'a.tarif', SMALL);
      for (const { at, remove, add } of edits) {
        const text = document.text.getText();
        const start = Math.floor(at * text.length);
        document = editDocument(document, [{ range: { start: document.text.positionAt(start), end: document.text.positionAt(Math.min(text.length, start + remove)) }, text: add }], document.text.version + 1);
      }
      const [pieces, read] = both(document);
      expect(pieces).toEqual(read);
    }), { numRuns: 150, seed: 5 });
  });

  it('reads again only the statement that changed', () => {
    const before = openDocument('file:///a.tarif', 'a.tarif', SMALL);
    const at = SMALL.indexOf('note «') + 6;
    const after = editDocument(before, [{ range: { start: before.text.positionAt(at), end: before.text.positionAt(at) }, text: ' bien' }], 1);
    const kept = after.parts.filter((part) => before.parts.includes(part)).length;
    expect(before.parts.length).toBeGreaterThan(15);
    expect(kept).toBe(before.parts.length - 1);
  });

  it('keeps places in a text of decomposed accents, with a byte order mark and Windows line ends', () => {
    const composed = 'article 1.1 « Été »\r\n  donnée énergie_brûlée en kWh\r\n  seuil_élevé = énergie_brûlé\r\n';
    const raw = `\uFEFF${composed.normalize('NFD')}`;
    const document = openDocument('file:///a.tarif', 'a.tarif', raw);
    const [statement] = document.tarif.blocks[0]?.statements.slice(1) ?? [];
    expect(statement?.kind).toBe('definition');
    if (statement?.kind !== 'definition') return;
    const range = rangeOf(document, statement.name.span)!;
    expect(document.text.getText(range).normalize('NFC')).toBe('seuil_élevé');
    const inside = partAt(document, document.text.offsetAt(range.end))!;
    expect(inside.part.file.text.slice(0, inside.offset).endsWith('seuil_élevé')).toBe(true);
  });
});
