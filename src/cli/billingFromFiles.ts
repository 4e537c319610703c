/** Editions read from their files; what was asked of them is kept for the next run. */
import { catalogueOf, prepare } from '../index.ts';
import type { Billing, Kept } from './billing.ts';
import { keepPrograms } from './cache/keepPrograms.ts';
import { open, type Common } from './context.ts';

export function readEditions(options: Common, kept: Kept | undefined): Billing {
  const { books, errors } = open(options);
  return {
    editions: prepare(books), catalogue: catalogueOf(books), errors, missed: () => false,
    keep: async () => { if (kept && errors().length === 0) keepPrograms(kept.files, kept.store, books.map(({ book, programs }) => ({ book, asked: programs.closed() })), errors); },
  };
}
