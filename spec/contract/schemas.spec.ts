/** The schemas of cases are JSON Schema 2020-12: what reads a case takes it for granted. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { optionSets } from '../../src/check/sets.ts';
import { caseSchema, SECTIONS } from '../../src/contract/schema.ts';
import { books } from '../tools/editions.ts';

describe('the schema of every rate with its options', () => {
  it('is one, whole or without the sections that a case does not have', () => {
    const ajv = new Ajv2020({ strict: false, allowUnionTypes: true });
    let count = 0;
    for (const { book, programs } of books) for (const rate of book.rates.keys()) for (const set of optionSets(book, rate)) {
      const program = programs.program(rate, set)?.program;
      if (!program) continue;
      for (const schema of [caseSchema(program), caseSchema(program, new Set(SECTIONS), [])]) expect(ajv.validateSchema(schema), [rate, ...set].join('+')).toBe(true);
      count++;
    }
    expect(count).toBeGreaterThan(100);
    expect(ajv.validateSchema({ type: 'nombre' })).toBe(false);
  });
});
