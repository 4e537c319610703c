/** What figures are made from, and a customer's bill as a function of one quantity, in the two periods that figures show. */
import { civil, dayOf, formatIsoDate, MONTHS_EN, MONTHS_FR } from '../../calendar/day.ts';
import type { Book } from '../../check/book.ts';
import type { Program } from '../../check/core.ts';
import type { Programs } from '../../check/program.ts';
import { isObject, type Json } from '../../contract/json.ts';
import { readBorrowed, type Catalogue, type ReadTable } from '../../contract/readCase.ts';
import type { TypicalCase, TypicalCustomer, TypicalCustomers } from '../../contract/typical.ts';
import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Editions } from '../../evaluate/bill.ts';
import { jsonKey } from '../../evaluate/words.ts';
import { equals, fromInteger, multiply, parseExact, ZERO, type Exact } from '../../quantity/exact.ts';
import type { Figure, Spoken } from '../../render/figures/figure.ts';
import type { English } from '../../render/prose/expression.ts';
import { sameQuotient, type Pieces } from '../shape/pieces.ts';
import { linkOf } from '../shape/link.ts';
import { placeOf } from '../shape/places.ts';
import { keysRead, type Link, type ShapeAsk } from '../shape/question.ts';
import { DAYS_INTO_EDITION } from '../shape/request.ts';
import { shapeOf, type Shape } from '../shape/shape.ts';

export interface FigureSource {
  readonly book: Book;
  readonly programs: Programs;
  readonly catalogue: Catalogue;
  readonly editions: Editions;
  readonly english: English;
  readonly customers: TypicalCustomers;
  /** The file of the customers, for messages. */
  readonly path: string;
}

/** Figures, or why a customer gives none. */
export interface Made { readonly figures: readonly Figure[]; readonly diagnostics: readonly Diagnostic[] }

/** The hours of a period of 30 days. */
export const HOURS = fromInteger(720);
/** The key of the maximum power. */
export const POWER = 'puissance_maximale_appelee';

export interface Period { readonly start: string; readonly end: string; readonly winter: boolean; readonly name: Spoken<string> }
/** Thirty days from the first summer month of an edition, and from the first January after it begins. */
export function periodsOf({ book }: FigureSource): readonly [Period, Period] {
  const { date } = book.edition;
  const january = [0, 1].map((later) => dayOf(civil(date).year + later, 1, 1) ?? 0).find((day) => day >= date) ?? date;
  const period = (start: number, winter: boolean): Period => { const { month } = civil(start); return { start: formatIsoDate(start), end: formatIsoDate(start + 30), winter, name: { fr: MONTHS_FR[month - 1] ?? '', en: MONTHS_EN[month - 1] ?? '' } }; };
  return [period(date + DAYS_INTO_EDITION, false), period(january, true)];
}

/** What a customer is called in messages: its rates. */
export type Named = TypicalCustomer & { readonly name: string };
/** A shape in a period. */
export interface Seen { readonly period: Period; readonly shape: Shape }

/** The shape of a rate for a customer in a period; `power` in the place of its own. */
export function seen(source: FigureSource, rate: string, customer: Named, period: Period, power = customer.puissance): Seen | { readonly diagnostics: readonly Diagnostic[] } {
  const wrong = (items: readonly Diagnostic[]) => ({ diagnostics: [diagnostic('livre/client-type', { path: source.path, name: customer.name }), ...items] });
  const other: TypicalCase = period.winter ? customer.hiver ?? {} : {};
  const links = new Map<string, Link>();
  for (const [key, text] of Object.entries({ ...customer.liens, ...other.liens })) {
    const link = linkOf(key, text);
    if (!link) return wrong([diagnostic('texte/clients-types', { path: source.path, detail: `${key} : ${text}` })]);
    links.set(jsonKey(key), link);
  }
  const past = other.historique ?? customer.historique;
  const to = power !== undefined && (customer.jusqua === undefined || power !== customer.puissance) ? multiply(parseExact(power) ?? ZERO, HOURS) : parseExact(customer.jusqua ?? '');
  const ask: ShapeAsk = {
    rate, options: [], base: past === undefined ? undefined : { historique: past }, period, quantity: customer.selon ?? 'energie', links, loadFactor: undefined, from: ZERO, to,
    data: new Map<string, Json>(Object.entries({ ...(power === undefined ? {} : { [POWER]: power }), ...customer.donnees, ...other.donnees })),
  };
  const noTables: ReadTable = (file, pointer) => ({ diagnostics: [diagnostic('texte/introuvable', { path: file }, { pointer })] });
  const program = source.catalogue.program(rate, []);
  const quick = program && isPlain(ask.data, program) ? shapeOf(ask, source.catalogue, source.editions, noTables, program, (json, catalogue, tables) => readBorrowed(isObject(json) ? json : {}, program, [], catalogue, tables)) : undefined;
  const made = quick && !('diagnostics' in quick) ? quick : shapeOf(ask, source.catalogue, source.editions, noTables, program);
  if ('diagnostics' in made) return wrong(made.diagnostics);
  const [only] = made.pieces;
  if (made.pieces.length === 1 && only?.formula.kind === 'refused') return wrong(only.formula.diagnostics);
  return { period, shape: made };
}

/**
 * Whether what is given has no more to be held to than the reader of a case does: decimals and choices that the rate reads, and lists of
 * spans. The schema of a rate takes longer to make than all its figures; whatever else is given goes through it, as does what is wrong.
 */
function isPlain(data: ReadonlyMap<string, Json>, program: Program): boolean {
  const keys = keysRead(program);
  const isSpan = (row: Json): boolean => isObject(row) && Object.keys(row).every((key) => key === 'debut' || key === 'fin');
  return [...data].every(([key, value]) => keys.has(key) && (typeof value === 'string' || (Array.isArray(value) && (value as Json[]).every(isSpan)) || (typeof value === 'boolean' && placeOf(program, key)?.symbol.data?.sort === 'boolean')));
}

/** The shapes of both periods, or one when they are the same. */
export function bothPeriods(source: FigureSource, rate: string, customer: Named): readonly Seen[] | { readonly diagnostics: readonly Diagnostic[] } {
  const [summer, winter] = periodsOf(source).map((period) => seen(source, rate, customer, period));
  if (!summer || !winter) return [];
  if ('diagnostics' in summer) return summer;
  if ('diagnostics' in winter) return winter;
  return samePieces(summer.shape, winter.shape) ? [summer] : [summer, winter];
}

/** Whether two bills are the same all along. */
export function samePieces(a: Pieces, b: Pieces): boolean {
  return a.pieces.length === b.pieces.length && a.pieces.every(({ from, to, formula }, index) => {
    const other = b.pieces[index];
    return other !== undefined && equals(from, other.from) && (to === undefined ? other.to === undefined : other.to !== undefined && equals(to, other.to))
      && (formula.kind === 'bill' && other.formula.kind === 'bill' ? sameQuotient(formula.total, other.formula.total) : formula.kind === other.formula.kind);
  });
}

/** The end of what is drawn. */
export const rangeOf = ({ ask }: Shape): Exact => ask.to ?? ZERO;
