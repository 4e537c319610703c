/** A mistake of ours, never of the user's: the only thing that Barème throws on purpose. */
export class InternalError extends Error {
  override name = 'InternalError';
}

/** States what must be true here; when it is not, we have a bug. */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InternalError(`Internal error: ${message}.`);
}
