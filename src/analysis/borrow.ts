/** The data of a case, written for one rate, as another rate reads them. */
import type { Program } from '../check/core.ts';
import { grainName } from '../check/types.ts';
import { field, isObject, type Json } from '../contract/json.ts';
import { givenKeys, type GivenKey } from './givenKeys.ts';

type JsonObject = { readonly [key: string]: Json };

/** What became of the data on the way. */
export interface Carried {
  /** Facts of the customer that the other rate does not read: leaving them out changes nothing there. */
  readonly unread: Set<string>;
  /** Results at the case's own rate, which would be others at another rate: the other rate works them out again. */
  readonly recomputed: Set<string>;
  /** Data of the same name that the other rate counts in another unit or form: not to be taken for its own. */
  readonly unlike: Map<string, { readonly own: string; readonly other: string }>;
  /** Data that another article declares under the same name: read as its own, and told. */
  readonly readAs: Map<string, { readonly from: string; readonly to: string }>;
  /** Data that the case's own rate does not read: only the other rate can say whether they are right. */
  readonly unproved: Set<string>;
}

export const newCarried = (): Carried => ({ unread: new Set(), recomputed: new Set(), unlike: new Map(), readAs: new Map(), unproved: new Set() });

/** A period of a case (`periode`, `donnees`, `series`, `releves`) for another program; `to` gathers what became of its data. */
export function borrowPeriod(json: JsonObject, from: Program, target: Program, to: Carried): JsonObject {
  const readings = field(json, 'releves');
  const data = borrowData(field(json, 'donnees'), from, target, to);
  const series = borrowData(field(json, 'series'), from, target, to);
  return {
    ...json, ...(data ? { donnees: data } : {}), ...(series ? { series } : {}),
    ...(Array.isArray(readings) ? { releves: (readings as Json[]).map((each) => (isObject(each) ? { ...each, donnees: borrowData(field(each, 'donnees'), from, target, to) ?? {} } : each)) } : {}),
  };
}

function borrowData(data: Json | undefined, from: Program, target: Program, to: Carried): JsonObject | undefined {
  if (!isObject(data)) return undefined;
  const own = givenKeys(from);
  const theirs = givenKeys(target);
  const out: Record<string, Json> = {};
  for (const [key, value] of Object.entries(data)) {
    const here = own.get(key);
    const there = theirs.get(key);
    if (here?.kind === 'column' && from !== target) { to.recomputed.add(key); continue; }
    if (!there || (there.kind === 'column' && from !== target)) { to.unread.add(key); continue; }
    if (here && !isAlike(here, there, Array.isArray(value))) { to.unlike.set(key, { own: formOf(here), other: formOf(there) }); continue; }
    const [home, away] = [here?.symbol.origin.home ?? '', there.symbol.origin.home];
    if (here && home !== away) to.readAs.set(key, { from: home, to: away });
    if (!here) to.unproved.add(key);
    out[key] = here && from !== target && there.fields.size > 0 && Array.isArray(value) ? (value as Json[]).map((row) => borrowRow(row, key, there, to)) : value;
  }
  return out;
}

function borrowRow(row: Json, list: string, there: GivenKey, to: Carried): Json {
  if (!isObject(row)) return row;
  return Object.fromEntries(Object.entries(row).filter(([key]) => {
    const read = there.fields.has(key);
    if (!read) to.unread.add(`${list}.${key}`);
    return read;
  }));
}

/** Whether a value given for one can be read by the other: same kind, same unit, and the same sheet when it changes in steps. */
function isAlike(a: GivenKey, b: GivenKey, inSteps: boolean): boolean {
  const [one, other] = [a.symbol.data, b.symbol.data];
  return a.kind === b.kind && one?.sort === other?.sort && one?.unitText === other?.unitText && (!inSteps || a.kind !== 'fact' || a.symbol.grain === b.symbol.grain);
}
const formOf = ({ kind, symbol }: GivenKey): string => `${{ fact: 'un fait', measure: 'une mesure', spans: 'des périodes', rows: 'une liste', column: 'un résultat' }[kind]}${symbol.data?.unitText === undefined ? '' : ` en ${symbol.data.unitText}`} par ${grainName(symbol.grain)}`;
