/** The catalogue of prices as a file: JSON, or CSV for programs (RFC 4180) or for Excel in French. */
import { stringify } from 'csv-stringify/sync';
import { formatIsoDate } from '../calendar/day.ts';
import type { Book } from '../check/book.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { COLUMN_NAMES, COLUMNS, type PriceCatalogue } from '../render/catalogue/columns.ts';
import { catalogueOf } from '../render/catalogue/prices.ts';
import type { English } from '../render/prose/expression.ts';
import { writeWhole } from './output.ts';

/** Writes the prices of all editions, or of one of them only; says how many there are, or why the system would not. */
export function writeCatalogue(path: string, books: readonly Book[], only: Book | undefined, english: English, forExcel: boolean): { readonly prices: number } | { readonly diagnostic: Diagnostic } {
  const whole = catalogueOf(books, english);
  const from = only && formatIsoDate(only.edition.date);
  const catalogue: PriceCatalogue = from === undefined ? whole : { ...whole, editions: whole.editions.filter((edition) => edition.from === from), prices: whole.prices.filter((price) => price.from === from) };
  const diagnostic = writeWhole(path, /\.json$/i.test(path) ? `${JSON.stringify(catalogue, null, 1)}\n` : catalogueCsv(catalogue, forExcel));
  return diagnostic ? { diagnostic } : { prices: catalogue.prices.length };
}

/**
 * A row a price, under the names of the columns. For programs whatever their language: commas, decimal points, no byte order mark. For
 * Excel in French: `;`, decimal commas, a mark. Lists have blanks between their names, which have none.
 */
export function catalogueCsv({ prices }: PriceCatalogue, forExcel: boolean): string {
  const rows = prices.map((price) => COLUMN_NAMES.map((name) => {
    const value = price[name];
    if (value === null) return '';
    if (typeof value === 'object') return value.join(' ');
    return forExcel && COLUMNS[name].decimal ? String(value).replace('.', ',') : String(value);
  }));
  return stringify([[...COLUMN_NAMES], ...rows], { record_delimiter: 'windows', delimiter: forExcel ? ';' : ',', bom: forExcel });
}
