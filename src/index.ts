/**
 * Barème as a library: text → tree → checked program → (program × case) → bill.
 *
 * ```ts
 * const bareme = openTariffs([{ path: 'tariffs/2026-04-01', files: [{ path: 'd.tarif', text }] }]);
 * const result = bareme.bill({ tarif: 'D', periode: { debut: '2026-06-01', fin: '2026-07-01' }, donnees: { energie: 900 } });
 * if ('facture' in result) console.log(result.facture);
 * ```
 * @packageDocumentation
 */
import { collectBooks } from './check/book.ts';
import { checkBook } from './check/check.ts';
import { Programs } from './check/program.ts';
import { refusedTogether } from './check/sets.ts';
import { readInput, type Json } from './contract/json.ts';
import { readCase, type Catalogue, type ReadTable } from './contract/readCase.ts';
import { caseSchema, type Schema } from './contract/schema.ts';
import { billToJson } from './contract/writeBill.ts';
import { diagnostic, isError, type Diagnostic } from './diagnostics/diagnostic.ts';
import { toJson, type PrintedDiagnostic } from './diagnostics/print.ts';
import { billCase, type Editions } from './evaluate/bill.ts';
import { Runtime } from './evaluate/runtime.ts';
import { sourceFile } from './source/file.ts';
import { parseFile } from './syntax/parse.ts';

export type { PrintedDiagnostic } from './diagnostics/print.ts';
export type { Schema } from './contract/schema.ts';

/** The files of one edition: a folder of the rate book. */
export interface EditionFiles {
  readonly path: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

export interface BillOptions {
  readonly lang?: 'fr' | 'en';
  /** Joins to each line what it was worked out from. */
  readonly trace?: boolean;
  /** Gives the table of a CSV file that the case names; without it, such a case is refused. */
  readonly readTable?: ReadTable;
}

/** A bill as JSON, or why there is none. */
export type BillResult = { readonly facture: object } | { readonly erreurs: readonly PrintedDiagnostic[] };

export interface Tariffs {
  /** What is wrong with the files; a bill is refused while there is an error. */
  readonly diagnostics: readonly PrintedDiagnostic[];
  /** The rates of the newest edition that has them. */
  readonly rates: readonly string[];
  /** Bills a case: JSON text (which keeps every digit) or a plain object. */
  readonly bill: (input: string | object, options?: BillOptions) => BillResult;
  /** The JSON Schema of the cases of a rate with options; undefined when there is no such rate. */
  readonly schema: (rate: string, options?: readonly string[]) => Schema | undefined;
}

/** Reads editions and makes them ready to bill. Never throws for a mistake in the files or in a case. */
export function openTariffs(editions: readonly EditionFiles[]): Tariffs {
  const diagnostics: Diagnostic[] = [];
  const folders = editions.map((edition) => ({
    path: edition.path,
    files: edition.files.map(({ path, text }) => {
      const parsed = parseFile(sourceFile(path, text));
      diagnostics.push(...parsed.diagnostics);
      return parsed.value;
    }),
  }));
  const collected = collectBooks(folders);
  const checked = collected.value.map(checkBook);
  diagnostics.push(...collected.diagnostics, ...checked.flatMap((book) => book.diagnostics));
  const programs = checked.map(({ book }) => ({ book, programs: new Programs(book) }));
  const catalogue = catalogueOf(programs);
  const ready = prepare(programs);
  const broken = diagnostics.filter(isError);
  return {
    diagnostics: diagnostics.map((item) => toJson(item, 'fr')), rates: catalogue.rates,
    schema: (rate, options = []) => { const program = catalogue.program(rate, options); return program && caseSchema(program); },
    bill: (input, options = {}) => {
      const lang = options.lang ?? 'fr';
      const refuse = (items: readonly Diagnostic[]): BillResult => ({ erreurs: items.map((item) => toJson(item, lang)) });
      if (broken.length > 0) return refuse(broken);
      const json = readInput(input);
      if ('diagnostics' in json) return refuse(json.diagnostics);
      const read = readCase(json.value as Json, catalogue, options.readTable ?? noFiles);
      if ('diagnostics' in read) return refuse(read.diagnostics);
      const billed = billCase(read.input, ready, { trace: options.trace ?? false });
      return 'bill' in billed ? { facture: billToJson(billed.bill, lang, options.trace ?? false) } : refuse(billed.diagnostics);
    },
  };
}

/** Without a reader of files, a case that names one is refused. */
const noFiles: ReadTable = (file, pointer) => ({ diagnostics: [diagnostic('texte/introuvable', { path: file }, { pointer })] });

type Opened = readonly { readonly book: Programs['book']; readonly programs: Programs }[];

/** What a case may name: the newest edition that has a rate describes its cases. @internal */
export function catalogueOf(books: Opened): Catalogue {
  const newest = [...books].reverse();
  const options = new Map(newest.flatMap(({ book }) => [...book.options.values()].map((option): [string, string[]] => [option.name, option.rates.map((rate) => rate.name)])));
  return {
    rates: [...new Set(newest.flatMap(({ book }) => [...book.rates.keys()]))], options,
    program: (rate, chosen) => newest.map(({ programs }) => programs.program(rate, chosen)?.program).find((program) => program !== undefined),
    forbidden: (rate, chosen) => newest.filter(({ book }) => book.rates.has(rate)).slice(0, 1).map(({ programs }) => refusedTogether(programs, rate, chosen))[0],
  };
}

/** Editions as the interpreter asks for them: by day, each program made when first needed. @internal */
export function prepare(books: Opened): Editions {
  const editions = books.map(({ book, programs }) => {
    const runtimes = new Map<string, Runtime | undefined>();
    return {
      info: book.edition,
      runtimeOf: (rate: string, options: readonly string[]): Runtime | undefined => {
        const key = options.length === 0 ? rate : [rate, ...[...options].sort()].join('+');
        if (!runtimes.has(key)) {
          const outcome = programs.program(rate, options);
          runtimes.set(key, outcome && new Runtime(outcome.program));
        }
        return runtimes.get(key);
      },
    };
  });
  return { at: (day) => editions.filter((edition) => edition.info.date <= day).at(-1) };
}
