/** Where in a case a quantity stands: a datum or a measure, or a field of a row of a list (`points_de_livraison.1.puissance_installee`). */
import type { Program, ValueSymbol } from '../../check/core.ts';
import { isObject, type Json } from '../../contract/json.ts';
import type { CaseInput, Value } from '../../evaluate/case.ts';
import { jsonKey } from '../../evaluate/words.ts';
import { multiply, type Exact } from '../../quantity/exact.ts';

export interface Place {
  /** As the interpreter has it. */
  readonly name: string;
  readonly symbol: ValueSymbol;
  /** The row of a list, from 0. */
  readonly row: { readonly list: string; readonly rank: number } | undefined;
}

const IN_LIST = /^([^.]+)\.([1-9]\d{0,4})\.([^.]+)$/;

/** What a key stands for; undefined when the program reads no such thing. */
export function placeOf(program: Program, key: string): Place | undefined {
  const [, list, rank, field] = IN_LIST.exec(key) ?? [];
  if (list !== undefined) {
    const named = [...program.lists.keys()].find((each) => jsonKey(each) === list);
    const symbol = named === undefined ? undefined : [...program.symbols.values()].find((each) => each.grain === `liste:${named}` && each.data && jsonKey(each.name) === field);
    return named !== undefined && symbol ? { name: symbol.name, symbol, row: { list: named, rank: Number(rank) - 1 } } : undefined;
  }
  const measure = program.measureKeys.find((each) => jsonKey(each.key) === key);
  if (measure) return { name: measure.key, symbol: measure.symbol, row: undefined };
  const symbol = [...program.symbols.values(), ...program.related().map((each) => each.symbol)].find((each) => !each.grain.startsWith('liste:') && (each.metered || each.data) && jsonKey(each.name) === key);
  return symbol && { name: symbol.name, symbol, row: undefined };
}

/** The datum of a case in which a key stands: itself, or its list. */
export const datumOf = (key: string): string => IN_LIST.exec(key)?.[1] ?? key;

/** Writes a value into data where a key says; a row that the case does not have is left for the case's reader to miss. */
export function write(data: Map<string, Json>, key: string, value: string): void {
  const [, list, rank, field] = IN_LIST.exec(key) ?? [];
  if (list === undefined || field === undefined) { data.set(key, value); return; }
  const rows = data.get(list);
  if (Array.isArray(rows)) data.set(list, (rows as Json[]).map((row, index) => (index === Number(rank) - 1 && isObject(row) ? { ...row, [field]: value } : row)));
}

/** The case with x times a number at each place. */
export function placed(input: CaseInput, places: readonly { readonly place: Place; readonly by: Exact }[], x: Exact): CaseInput {
  const { period } = input;
  const single = new Map(places.filter(({ place }) => !place.row).map(({ place, by }) => [place.name, by]));
  const put = <T>(values: ReadonlyMap<string, T>): Map<string, T | Exact> => new Map([...values].map(([name, value]) => { const by = single.get(name); return [name, by ? multiply(x, by) : value]; }));
  const lists = new Map([...period.lists].map(([list, rows]) => [list, rows.map((row, rank) => {
    const own = places.filter(({ place }) => place.row?.list === list && place.row.rank === rank);
    return own.length === 0 ? row : { ...row, fields: new Map<string, Value>([...row.fields, ...own.map(({ place, by }): [string, Value] => [place.name, multiply(x, by)])]) };
  })] as const));
  return { ...input, period: { ...period, measures: put(period.measures), facts: put(period.facts), lists } };
}
