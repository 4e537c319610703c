/** Views of the editions: which programs a bill is made with, whatever the date of its case. */
import type { Editions } from './bill.ts';

/**
 * The edition in force on a day (days since 1970), for every case whatever its dates: what a case of this year would have cost at
 * the prices of last year. Nothing is cut where the book changes. Undefined when no edition is in force that day.
 */
export function oneEdition(editions: Editions, day: number): Editions | undefined {
  const edition = editions.at(day);
  return edition && { at: () => edition, alone: true };
}
