import type { Diagnostic } from '../../diagnostics/diagnostic.ts';

/** Something is wrong with the file of customers as a whole, or with the editions: nothing can be trusted. Thrown while the file streams, caught at the door of the command. */
export class FileRefused extends Error {
  constructor(readonly diagnostics: readonly Diagnostic[]) { super('the file of customers is refused'); }
}
