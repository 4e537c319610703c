/** The figures of an edition, of the typical customers in its folder. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { figuresOf, type BookFigures } from '../analysis/figures/figures.ts';
import type { Book } from '../check/book.ts';
import type { Programs } from '../check/program.ts';
import { NO_CUSTOMERS, readTypical, type TypicalCustomers } from '../contract/typical.ts';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { editionOf } from '../disk/editions.ts';
import type { Editions } from '../evaluate/bill.ts';
import { catalogueOf } from '../index.ts';
import type { English } from '../render/prose/expression.ts';

export interface FiguresWork { readonly book: Book; readonly programs: Programs; readonly editions: Editions; readonly english: English }

const FILE = 'clients-types.json';

/** Figures, to be asked for; or why the file of customers cannot be read. An edition without the file has the figures that need no customer. */
export function openFigures({ book, programs, editions, english }: FiguresWork): BookFigures | { readonly wrong: readonly Diagnostic[] } {
  const read = customersOf(book);
  if ('diagnostics' in read) return { wrong: read.diagnostics };
  return figuresOf({ book, programs, editions, english, customers: read.customers, path: read.path, catalogue: catalogueOf([{ book, programs }]) });
}

function customersOf({ files }: Book): { readonly customers: TypicalCustomers; readonly path: string } | { readonly diagnostics: readonly Diagnostic[] } {
  const [first] = files;
  const folder = first && editionOf(first.file.path);
  const path = join(folder ?? '', FILE);
  if (folder === undefined || !existsSync(path)) return { customers: NO_CUSTOMERS, path };
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return { diagnostics: [diagnostic('texte/introuvable', { path })] };
  }
  const read = readTypical(text, path);
  return 'diagnostics' in read ? read : { customers: read.customers, path };
}
