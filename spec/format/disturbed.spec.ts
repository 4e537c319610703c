/**
 * Files whose layout has been disturbed, their meaning kept, all come back to the same text. The disturbances are made on the text,
 * without the formatter: blanks between words, scale of the indentation, signs of a keyboard, blank lines, line ends, encoding.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatTarif } from '../../src/format/format.ts';
import { sourceFile } from '../../src/source/file.ts';
import { paths, samples, textOf } from './files.ts';

async function formatted(text: string): Promise<string> {
  const result = await formatTarif(sourceFile('essai.tarif', text));
  if (!('text' in result)) throw new Error(result.diagnostics.map(({ code, span }) => `${code} ${span?.file.text.slice(span.start - 40, span.end + 40)}`).join('\n'));
  return result.text;
}

/** How a text is disturbed; `dice` are drawn one after the other, from the start again at the end. */
interface Disturbance {
  readonly indent: string; readonly blankLines: number; readonly blanks: boolean; readonly signs: boolean; readonly noBreaks: boolean; readonly trailing: boolean;
  readonly lineEnd: '\n' | '\r\n'; readonly mark: boolean; readonly decomposed: boolean; readonly cut: boolean; readonly dice: readonly number[];
}
const disturbances: fc.Arbitrary<Disturbance> = fc.record({
  indent: fc.constantFrom(' ', '  ', '   ', '\t', '\t\t'), blankLines: fc.integer({ min: 1, max: 3 }), blanks: fc.boolean(), signs: fc.boolean(), noBreaks: fc.boolean(), trailing: fc.boolean(),
  lineEnd: fc.constantFrom<('\n' | '\r\n')[]>('\n', '\r\n'), mark: fc.boolean(), decomposed: fc.boolean(), cut: fc.boolean(), dice: fc.array(fc.nat(11), { minLength: 50, maxLength: 50 }),
});
const KEYS: Readonly<Record<string, string>> = { '×': '*', '÷': '/', '−': '-', '≤': '<=', '≥': '>=', '≠': '<>', "'": '\u2019' };
const TEXT_OR_COMMENT = /(«[^«»]*»|#[^\n]*)/;

function disturb(text: string, how: Disturbance): string {
  let drawn = 0;
  const draw = (sides: number): number => (how.dice[drawn++ % how.dice.length] ?? 0) % sides;
  const words = (code: string): string => code
    .replace(/[×÷−≤≥≠']/g, (sign) => (how.signs ? KEYS[sign] ?? sign : sign))
    // Every run of spaces, also those of a column: a space is kept where there was one.
    .replace(/(?<=\S) +/g, (blank) => (how.blanks ? ' '.repeat(1 + draw(3)) : blank))
    // One blank at most stands in a number: these are not doubled.
    .replace(/\u00A0/g, (blank) => (how.noBreaks ? [' ', '\u202F', blank][draw(3)] ?? blank : blank));
  const lines = text.split('\n').map((line) => {
    if (line === '') return Array.from({ length: how.blankLines }, () => (how.trailing ? ' '.repeat(draw(4)) : '')).join('\n');
    const start = /^ */.exec(line)?.[0].length ?? 0;
    const pieces = line.slice(start).split(TEXT_OR_COMMENT).map((piece, index) => (index % 2 === 0 ? piece : piece.startsWith('#') ? piece : how.blanks ? piece.replace(/ /g, () => ' '.repeat(1 + draw(2))) : piece));
    // Blanks at the edge of a piece touch a text: they are disturbed with it.
    const code = pieces.map((piece, index) => (index % 2 === 0 ? words(piece) : piece)).join('');
    return how.indent.repeat(start) + code + (how.trailing ? ' '.repeat(draw(3)) : '');
  });
  const whole = (how.cut ? lines.join('\n').trimEnd() : lines.join('\n')).replaceAll('\n', how.lineEnd);
  return `${how.mark ? '\uFEFF' : ''}${how.decomposed ? whole.normalize('NFD') : whole}`;
}

describe('a disturbed layout comes back', () => {
  const small = [...paths.filter((path) => path.startsWith('spec/')).map((path) => ({ name: path, text: textOf(path) })), ...samples.map((text, index) => ({ name: `sample ${index + 1}`, text }))];
  it.each(small)('$name, often', async ({ text }) => {
    const right = await formatted(text);
    await fc.assert(fc.asyncProperty(disturbances, async (how) => { expect(await formatted(disturb(right, how))).toBe(right); }), { numRuns: 6, endOnFailure: true });
  });
  it.each(paths.filter((path) => path.startsWith('tariffs/')))('%s, once', async (path) => {
    const right = await formatted(textOf(path));
    await fc.assert(fc.asyncProperty(disturbances, async (how) => { expect(await formatted(disturb(right, how))).toBe(right); }), { numRuns: 1, endOnFailure: true });
  });
});
