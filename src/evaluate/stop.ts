/**
 * How an evaluation ends early. A formula is a tree of closures: returning a diagnostic through each would cost every sum of
 * every bill, so these are thrown inside the interpreter and caught at its door (`bill.ts`), never beyond.
 */
import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/** A refusal: what is wrong is in the diagnostic. */
export class Stop {
  constructor(readonly diagnostic: Diagnostic) {}
}
/** The case does not give something: a refusal for an amount, an unverified condition for a condition. */
export class Missing extends Stop {
  constructor(diagnostic: Diagnostic, readonly what: string) { super(diagnostic); }
}
/** There is nothing to gather, or no previous period: `à défaut` answers it. */
export class Absent extends Stop {}
/** Several refusals at once. */
export class Refused {
  constructor(readonly diagnostics: readonly Diagnostic[]) {}
}
