/** What a case may name, whether its editions were read from their files or kept from an earlier run. */
import type { Program } from '../check/core.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Catalogue } from './readCase.ts';

/** One edition, as far as a case is concerned. */
export interface Offered {
  readonly rates: readonly string[];
  /** Each option with the rates that it goes with. */
  readonly options: readonly (readonly [option: string, rates: readonly string[]])[];
  readonly program: (rate: string, options: readonly string[]) => Program | undefined;
  /** What forbids the options together. */
  readonly forbidden: (rate: string, options: readonly string[]) => Diagnostic | undefined;
}

/** The catalogue of editions, oldest first: the newest that has a rate describes its cases. */
export function catalogueFrom(editions: readonly Offered[]): Catalogue {
  const newest = [...editions].reverse();
  return {
    rates: [...new Set(newest.flatMap(({ rates }) => rates))], options: new Map(newest.flatMap(({ options }) => options)),
    program: (rate, chosen) => {
      for (const edition of newest) { const program = edition.program(rate, chosen); if (program) return program; }
      return undefined;
    },
    forbidden: (rate, chosen) => newest.find(({ rates }) => rates.includes(rate))?.forbidden(rate, chosen),
  };
}
