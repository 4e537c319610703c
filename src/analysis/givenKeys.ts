/** What a case may give a program: each key of its data, with what stands behind it. */
import type { Program, RelatedDatum, ValueSymbol } from '../check/core.ts';
import { isFact } from '../check/types.ts';
import { originals } from '../contract/schema.ts';
import { jsonKey } from '../evaluate/words.ts';

/**
 * `fact`: of the customer; `measure`: metered; `spans`, `rows`: a list with or without times; `column`: a result, which a history may
 * give because it is known. `fields` are the keys of a list's rows.
 */
export interface GivenKey { readonly kind: 'fact' | 'measure' | 'spans' | 'rows' | 'column'; readonly symbol: ValueSymbol; readonly fields: ReadonlySet<string> }

const NONE: ReadonlySet<string> = new Set();
const known = new WeakMap<Program, ReadonlyMap<string, GivenKey>>();

/** The keys that the cases of a program may have in `donnees` and `series`, with those of the rates that it consults. */
export function givenKeys(program: Program): ReadonlyMap<string, GivenKey> {
  const found = known.get(program) ?? keysOf(program, program.related());
  known.set(program, found);
  return found;
}

/** The same with some related data, or none: finding those of a program closes other programs. */
export function keysOf(program: Program, related: readonly RelatedDatum[]): ReadonlyMap<string, GivenKey> {
  const keys = new Map<string, GivenKey>();
  for (const symbol of originals(program, related)) {
    if (isFact(symbol)) keys.set(jsonKey(symbol.name), { kind: 'fact', symbol, fields: NONE });
    else if (symbol.metered) keys.set(jsonKey(symbol.name), { kind: 'measure', symbol, fields: NONE });
    else if (symbol.role === 'definition' && symbol.grain === 'période') keys.set(jsonKey(symbol.name), { kind: 'column', symbol, fields: NONE });
  }
  for (const { key, symbol } of program.measureKeys) keys.set(jsonKey(key), { kind: 'measure', symbol, fields: NONE });
  for (const [name, symbol] of program.lists) {
    const fields = [...program.symbols.values()].filter((each) => each.role === 'data' && each.grain === `liste:${name}`).map((each) => jsonKey(each.name));
    keys.set(jsonKey(name), { kind: symbol.data?.sort === 'spans' ? 'spans' : 'rows', symbol, fields: new Set([...fields, 'debut', 'fin']) });
  }
  return keys;
}
