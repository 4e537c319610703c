import { InternalError } from './invariant.ts';

/** The end of a switch over a union: a new member does not compile until it is handled. */
export function assertNever(value: never): never {
  throw new InternalError(`Internal error: unhandled ${JSON.stringify(value)}.`);
}
