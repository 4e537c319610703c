import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineColumn, readSource, sourceFile } from '../../src/source/file.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const bytes = (...parts: (string | number)[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...utf8(part)])));

describe('a source file', () => {
  it('has composed accents, whatever was typed', () => expect(sourceFile('a', 'e\u0301nergie').text).toBe('\u00E9nergie'));
  it('has no byte order mark', () => expect(sourceFile('a', '\uFEFFtarif').text).toBe('tarif'));
  it('finds lines and columns', () => {
    const file = sourceFile('a', 'été\n\n  prime\n');
    expect([0, 2, 3, 4, 5, 7, 12, 13].map((offset) => lineColumn(file, offset))).toEqual([
      { line: 1, column: 1 }, { line: 1, column: 3 }, { line: 1, column: 4 }, { line: 2, column: 1 }, { line: 3, column: 1 }, { line: 3, column: 3 }, { line: 3, column: 8 }, { line: 4, column: 1 },
    ]);
  });
  it('places every offset as counting line ends does', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('a', 'é', '\n', '  ', '\r\n'), { maxLength: 60 }).map((parts) => parts.join('')), (text) => {
      const file = sourceFile('a', text);
      for (let offset = 0; offset <= file.text.length; offset++) {
        const before = file.text.slice(0, offset).split('\n');
        expect(lineColumn(file, offset)).toEqual({ line: before.length, column: (before.at(-1) ?? '').length + 1 });
      }
    }));
  });
});

describe('reading bytes', () => {
  it('reads UTF-8, with or without a byte order mark', () => {
    expect(readSource('a', utf8('énergie 7,065 ¢/kWh'))).toEqual({ file: { path: 'a', text: 'énergie 7,065 ¢/kWh' } });
    expect(readSource('a', bytes(0xef, 0xbb, 0xbf, 'été')).file.text).toBe('été');
    expect(readSource('a', new Uint8Array()).file.text).toBe('');
  });
  it('takes a file in Latin-1 for what it is, and says at which byte', () => {
    // « prime été » with é as 0xE9.
    expect(readSource('a', bytes('prime ', 0xe9, 't', 0xe9))).toEqual({ file: { path: 'a', text: 'prime été' }, problem: 'latin1', badByte: 6 });
  });
  it.each([
    ['a stray continuation byte', bytes('é', 0x80), 2], ['a character cut short by another', bytes('ab', 0xe2, 0x82, 'c'), 2], ['a character cut short by the end', bytes('ab', 0xe2, 0x82), 2], ['a lead byte at the end', bytes('ab', 0xc3), 2],
    ['an impossible byte', bytes(0xff, 'abc'), 0], ['an overlong form', bytes('a', 0xc0, 0xaf), 1], ['a surrogate', bytes('abc', 0xed, 0xa0, 0x80), 3], ['four bytes, one missing', bytes('é', 0xf0, 0x9f, 0x92, 'x'), 2],
  ])('says where: %s', (_, text, badByte) => expect(readSource('a', text)).toMatchObject({ problem: 'latin1', badByte }));
  it('tells of zero bytes, and keeps them in their place', () => {
    expect(readSource('a', bytes('ta', 0, 'rif'))).toEqual({ file: { path: 'a', text: 'ta\0rif' }, problem: 'nul' });
  });
  it('takes UTF-16 for bytes that are no UTF-8', () => {
    expect(readSource('a', bytes(0xff, 0xfe, 't', 0, 'a', 0))).toMatchObject({ problem: 'latin1', badByte: 0 });
  });
  it('finds the first wrong byte put into any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')), fc.string(), (before, after) => {
      const read = readSource('a', Uint8Array.from([...utf8(before), 0xff, ...utf8(after.replaceAll('\0', ''))]));
      expect(read).toMatchObject({ problem: 'latin1', badByte: utf8(before).length });
    }));
  });
});
