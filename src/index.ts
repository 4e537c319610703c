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
import { chooseRate } from './analysis/choose.ts';
import { choiceToJson } from './analysis/writeChoice.ts';
import { repeatCase } from './analysis/repeat.ts';
import { shapesOf, shapesToJson } from './analysis/shape/request.ts';
import { collectBooks } from './check/book.ts';
import { checkBook } from './check/check.ts';
import { Programs } from './check/program.ts';
import { refusedTogether } from './check/sets.ts';
import { catalogueFrom, type Offered } from './contract/catalogue.ts';
import { readInput, type Json } from './contract/json.ts';
import { readCase, type Catalogue, type ReadTable } from './contract/readCase.ts';
import { caseSchema, type Schema } from './contract/schema.ts';
import { billToJson } from './contract/writeBill.ts';
import { diagnostic, isError, type Diagnostic } from './diagnostics/diagnostic.ts';
import { toJson, type PrintedDiagnostic } from './diagnostics/print.ts';
import { billCase } from './evaluate/bill.ts';
import { prepare } from './evaluate/editions.ts';
import { parseExact, sign, ZERO, type Exact } from './quantity/exact.ts';
import { sourceFile } from './source/file.ts';
import { parseFile } from './syntax/parse.ts';

/** @internal */
export { prepare } from './evaluate/editions.ts';
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

export interface ChooseOptions extends Pick<BillOptions, 'lang' | 'readTable'> {
  /** Only these rates; all those of the edition otherwise. */
  readonly rates?: readonly string[];
  /** Only these sets of options; else each option alone, and the sets that the book allows. */
  readonly sets?: readonly (readonly string[])[];
  /** Bills the last period only; the others are its history. */
  readonly lastOnly?: boolean;
}

/** What each rate would cost a customer, as JSON, or what is wrong with the case. */
export type ChooseResult = { readonly choix: object } | { readonly erreurs: readonly PrintedDiagnostic[] };

export interface ShapeOptions extends Pick<BillOptions, 'lang' | 'readTable'> {
  /** The case to start from: JSON text or a plain object; its rate may be another. */
  readonly case?: string | object;
  /** Data added to it, by key. */
  readonly data?: Readonly<Record<string, string | number | boolean>>;
  /** Keys of the quantities that vary; the energy and the power that the rate bills otherwise. */
  readonly by?: readonly string[];
  /** The range, decimals in the unit of the quantity; from 0 and without end otherwise. */
  readonly from?: string;
  readonly to?: string;
  /** Other rates to compare with: `M`, `M+option`. */
  readonly against?: readonly string[];
  /** Ties maximum power and energy: `0.4`. */
  readonly loadFactor?: string;
  /** Points at which the exact bill and average price are wanted. */
  readonly points?: readonly string[];
  /** First day, and first day after it. */
  readonly period?: { readonly start: string; readonly end: string };
}

/** The shape of a rate as JSON, or why there is none. */
export type ShapeResult = { readonly forme: object } | { readonly erreurs: readonly PrintedDiagnostic[] };

/** Bills of one kind, from their numbers alone, at the speed of compiled code. */
export interface Repeated {
  /** What the numbers stand for, in order: `energie`; `energie/1` for the period before. */
  readonly keys: readonly string[];
  /** What is to be paid, in cents; undefined when the case is refused (`bill` says why). */
  readonly total: (numbers: ArrayLike<number>) => number | undefined;
  /** The bill, as `Tariffs.bill` gives it. */
  readonly bill: (numbers: ArrayLike<number>) => BillResult;
}
export interface RepeatOptions extends Pick<BillOptions, 'lang' | 'readTable'> {
  /** Numbers are whole: so many of 10^−decimals of the unit in which a case gives them (3 if nothing is said: Wh for kWh). */
  readonly decimals?: number;
}
export type RepeatResult = { readonly factures: Repeated } | { readonly erreurs: readonly PrintedDiagnostic[] };

export interface Tariffs {
  /** What is wrong with the files; a bill is refused while there is an error. */
  readonly diagnostics: readonly PrintedDiagnostic[];
  /** The rates of the newest edition that has them. */
  readonly rates: readonly string[];
  /** Bills a case: JSON text (which keeps every digit) or a plain object. */
  readonly bill: (input: string | object, options?: BillOptions) => BillResult;
  /** Prepares bills like that of a case, which differ by its numbers alone: exact, millions a second. Cases with series are billed one by one. */
  readonly repeat: (input: string | object, options?: RepeatOptions) => RepeatResult;
  /** Compares the rates for one customer: a case, a case with its history, or a list of consecutive cases. */
  readonly choose: (input: string | object, options?: ChooseOptions) => ChooseResult;
  /** The bill of a rate (`M`, `M+option`) as an exact function of energy or power: breaks, prices of the next unit, crossings, falls. */
  readonly shape: (rate: string, options?: ShapeOptions) => ShapeResult;
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
  /** The JSON of an input, once the files are right; else what refuses it, in the language asked for. */
  const start = (input: string | object, lang: 'fr' | 'en'): { readonly json: Json } | { readonly erreurs: readonly PrintedDiagnostic[] } => {
    const read = broken.length > 0 ? { diagnostics: broken } : readInput(input);
    return 'diagnostics' in read ? refusal(read.diagnostics, lang) : { json: read.value as Json };
  };
  return {
    diagnostics: diagnostics.map((item) => toJson(item, 'fr')), rates: catalogue.rates,
    schema: (rate, options = []) => { const program = catalogue.program(rate, options); return program && caseSchema(program); },
    bill: (input, options = {}) => {
      const lang = options.lang ?? 'fr';
      const read = start(input, lang);
      if ('erreurs' in read) return read;
      const found = readCase(read.json, catalogue, options.readTable ?? noFiles);
      if ('diagnostics' in found) return refusal(found.diagnostics, lang);
      const billed = billCase(found.input, ready, { trace: options.trace ?? false });
      return 'bill' in billed ? { facture: billToJson(billed.bill, lang, options.trace ?? false) } : refusal(billed.diagnostics, lang);
    },
    repeat: (input, options = {}) => {
      const lang = options.lang ?? 'fr';
      const read = start(input, lang);
      if ('erreurs' in read) return read;
      const made = repeatCase(read.json, options.decimals ?? 3, catalogue, ready, options.readTable ?? noFiles);
      if ('diagnostics' in made) return refusal(made.diagnostics, lang);
      const { keys, total, bill } = made.repeated;
      return { factures: { keys, total, bill: (numbers) => { const billed = bill(numbers, (each) => billToJson(each, lang)); return 'bill' in billed ? { facture: billed.bill } : refusal(billed.diagnostics, lang); } } };
    },
    shape: (rate, options = {}) => {
      const lang = options.lang ?? 'fr';
      const read = start(options.case ?? {}, lang);
      if ('erreurs' in read) return read;
      const wrong: Diagnostic[] = [];
      const number = (text: string): Exact => { const found = parseExact(text); if (!found || sign(found) < 0) wrong.push(diagnostic('cas-json/type', { name: text, found: text, expected: 'un nombre décimal' })); return found ?? ZERO; };
      const request = {
        rate, others: options.against ?? [], quantities: options.by ?? [], base: read.json, period: options.period, links: new Map(), from: number(options.from ?? '0'), to: options.to === undefined ? undefined : number(options.to),
        data: new Map(Object.entries(options.data ?? {}).map(([key, value]) => [key, typeof value === 'number' ? String(value) : value])), loadFactor: options.loadFactor === undefined ? undefined : number(options.loadFactor),
      };
      const points = (options.points ?? []).map(number);
      if (wrong.length > 0) return refusal(wrong, lang);
      const found = shapesOf(request, catalogue, ready, options.readTable ?? noFiles);
      return 'diagnostics' in found ? refusal(found.diagnostics, lang) : { forme: shapesToJson(found.sets, points, lang) };
    },
    choose: (input, options = {}) => {
      const lang = options.lang ?? 'fr';
      const read = start(input, lang);
      if ('erreurs' in read) return read;
      const { json } = read;
      const chosen = chooseRate(Array.isArray(json) ? json as Json[] : [json], { catalogue, editions: ready, books: programs.map(({ book }) => book), readTable: options.readTable ?? noFiles }, options);
      return 'choice' in chosen ? { choix: choiceToJson(chosen.choice, lang) } : refusal(chosen.diagnostics, lang);
    },
  };
}

const refusal = (items: readonly Diagnostic[], lang: 'fr' | 'en'): { readonly erreurs: readonly PrintedDiagnostic[] } => ({ erreurs: items.map((item) => toJson(item, lang)) });

/** Without a reader of files, a case that names one is refused. */
const noFiles: ReadTable = (file, pointer) => ({ diagnostics: [diagnostic('texte/introuvable', { path: file }, { pointer })] });

type Opened = readonly { readonly book: Programs['book']; readonly programs: Programs }[];

/** The rates and options of a book. @internal */
export const offeredBy = (book: Programs['book']): Pick<Offered, 'rates' | 'options'> => ({ rates: [...book.rates.keys()], options: [...book.options.values()].map((option): [string, string[]] => [option.name, option.rates.map((rate) => rate.name)]) });

/** What a case may name: the newest edition that has a rate describes its cases. @internal */
export function catalogueOf(books: Opened): Catalogue {
  return catalogueFrom(books.map(({ book, programs }) => ({
    ...offeredBy(book), program: (rate, chosen) => programs.program(rate, chosen)?.program, forbidden: (rate, chosen) => refusedTogether(programs, rate, chosen),
  })));
}
