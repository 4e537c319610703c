/** The two bills of an explanation: two cases, or one case and the same with another edition, rate, options or data. */
import { parseIsoDate } from '../calendar/day.ts';
import { field, isObject, type Json } from '../contract/json.ts';
import { readBorrowed, readCase, type Catalogue, type ReadTable } from '../contract/readCase.ts';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { billCase, type Bill, type Editions } from '../evaluate/bill.ts';
import type { CaseInput } from '../evaluate/case.ts';
import { oneEdition } from '../evaluate/editions.ts';
import { borrowPeriod, newCarried, type Carried } from './borrow.ts';

type JsonObject = { readonly [key: string]: Json };

/** How a case is billed, where it is not as it says. */
export interface Instead {
  readonly rate?: string | undefined;
  /** All of its options. */
  readonly options?: readonly string[] | undefined;
  /** The date of an edition, as in `2025-04-01`. */
  readonly edition?: string | undefined;
  /** Data added to the case, or put in place of its own. */
  readonly data?: ReadonlyMap<string, Json> | undefined;
}

export interface Side { readonly bill: Bill; readonly input: CaseInput; readonly carried: Carried }
export interface Market { readonly catalogue: Catalogue; readonly editions: Editions }
type Outcome = { readonly side: Side } | { readonly diagnostics: readonly Diagnostic[] };

/** Bills a case, with its trace. At another rate or with other options, what those do not read of the case is left aside, and told in `carried`. */
export function billSide(json: Json, instead: Instead, { catalogue, editions }: Market, readTable: ReadTable): Outcome {
  const carried = newCarried();
  const view = instead.edition === undefined ? editions : editionOf(instead.edition, editions);
  if (!view) return { diagnostics: [diagnostic('edition/inconnue', { date: instead.edition ?? '' })] };
  const read = readInstead(withData(json, instead.data), instead, catalogue, readTable, carried);
  if ('diagnostics' in read) return read;
  const billed = billCase(read.input, view, { trace: true });
  return 'bill' in billed ? { side: { bill: billed.bill, input: read.input, carried } } : billed;
}

/** The edition that comes into force on a date, for every day; undefined when there is none. */
function editionOf(date: string, editions: Editions): Editions | undefined {
  const day = parseIsoDate(date);
  return day !== undefined && editions.at(day)?.info.date === day ? oneEdition(editions, day) : undefined;
}

function withData(json: Json, data: Instead['data']): Json {
  if (!isObject(json) || !data || data.size === 0) return json;
  const own = field(json, 'donnees');
  return { ...json, donnees: { ...(isObject(own) ? own : {}), ...Object.fromEntries(data) } };
}

function readInstead(json: Json, { rate, options }: Instead, catalogue: Catalogue, readTable: ReadTable, carried: Carried): ReturnType<typeof readCase> {
  const own = readCase(json, catalogue, readTable);
  if ((rate === undefined && options === undefined) || !isObject(json)) return own;
  const to = { rate: rate ?? String(field(json, 'tarif') ?? ''), options: options ?? [] };
  // A case that is right for the other rate as it stands is taken as it stands.
  const asIs = readCase({ ...json, tarif: to.rate, options: to.options }, catalogue, readTable);
  if ('input' in asIs || asIs.diagnostics.some(({ pointer }) => pointer?.startsWith('/options') === true || pointer === '/tarif')) return asIs;
  if ('diagnostics' in own) return own;
  const [from, target, forbidden] = [catalogue.program(own.input.rate, own.input.options), catalogue.program(to.rate, to.options), catalogue.forbidden(to.rate, to.options)];
  if (forbidden) return { diagnostics: [forbidden] };
  if (!from || !target) return asIs;
  const { etat: _, demandes: __, ...rest } = json;
  const past = field(json, 'historique');
  const moved: JsonObject = {
    ...borrowPeriod(rest, from, target, carried), tarif: to.rate, options: to.options,
    ...(Array.isArray(past) ? { historique: (past as JsonObject[]).map((each) => borrowPeriod({ tarif: own.input.rate, ...each }, from, target, carried)) } : {}),
  };
  if (carried.unlike.size > 0) return { diagnostics: [...carried.unlike].map(([name, { own: found, other }]) => diagnostic('cas-json/type', { name, found, expected: other }, { pointer: '/donnees' })) };
  return readBorrowed(moved, target, to.options, catalogue, readTable);
}
