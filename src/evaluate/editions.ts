/** Views of the editions: which programs a bill is made with, whatever the date of its case. */
import type { EditionInfo, Program } from '../check/core.ts';
import type { Editions } from './bill.ts';
import { Runtime, type Watch } from './runtime.ts';

/**
 * The edition in force on a day (days since 1970), for every case whatever its dates: what a case of this year would have cost at
 * the prices of last year. Nothing is cut where the book changes. Undefined when no edition is in force that day.
 */
export function oneEdition(editions: Editions, day: number): Editions | undefined {
  const edition = editions.at(day);
  return edition && { at: () => edition, alone: true };
}

/** An edition with its programs: a book and what closes its rates, or what was kept of them. */
export interface WithPrograms { readonly book: { readonly edition: EditionInfo }; readonly programs: { readonly program: (rate: string, options: readonly string[]) => { readonly program: Program } | undefined } }

/** Editions as the interpreter asks for them: by day, each program made when first needed; `watch` is told what their bills evaluate. */
export function prepare(books: readonly WithPrograms[], watch?: Watch): Editions {
  const editions = books.map(({ book, programs }) => {
    const runtimes = new Map<string, Runtime | undefined>();
    return {
      info: book.edition,
      runtimeOf: (rate: string, options: readonly string[]): Runtime | undefined => {
        const key = options.length === 0 ? rate : [rate, ...[...options].sort()].join('+');
        if (!runtimes.has(key)) {
          const outcome = programs.program(rate, options);
          runtimes.set(key, outcome && new Runtime(outcome.program, watch));
        }
        return runtimes.get(key);
      },
    };
  });
  return { at: (day) => editions.filter((edition) => edition.info.date <= day).at(-1) };
}
