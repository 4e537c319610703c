import { describe, expect, it } from 'vitest';
import { assertNever } from '../../src/support/assertNever.ts';
import { InternalError, invariant } from '../../src/support/invariant.ts';

describe('our own mistakes', () => {
  it('throw an internal error, and nothing else does', () => {
    expect(() => invariant(true, 'all is well')).not.toThrow();
    expect(() => invariant(false, 'a row without a value')).toThrow(new InternalError('Internal error: a row without a value.'));
    expect(() => assertNever({ kind: 'nouveau' } as never)).toThrow(InternalError);
  });
});
