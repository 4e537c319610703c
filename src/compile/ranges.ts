/** Within which bounds a case may give each number: what its declaration says, and that a quantity is not negative. */
import { jsonKey } from '../evaluate/words.ts';
import type { Program, ValueSymbol } from '../check/core.ts';
import { compare, floorTo, negate, ONE, ZERO, type Exact } from '../quantity/exact.ts';
import type { InputFit } from './fit.ts';
import type { Slot } from './form.ts';

/** In base units; undefined where the declaration says nothing. */
export interface Range { readonly least: Exact | undefined; readonly most: Exact | undefined; readonly symbol: ValueSymbol }

/** The bounds that a case is held to when it is read (`readCase`), or undefined for a name that the program does not know. */
export function rangeOf(slot: Slot, program: Program): Range | undefined {
  const symbol = symbolOf(slot, program);
  if (!symbol) return undefined;
  const of = (edge: 'least' | 'most'): Exact | undefined => { const core = symbol.data?.[edge]; return core?.op === 'constant' ? core.value : undefined; };
  const [least, most] = [of('least'), of('most')];
  const dims = symbol.kind.kind === 'quantity' ? symbol.kind.dims : undefined;
  const signed = slot.kind === 'state' ? dims?.has('$') ?? true : dims?.has('°C') ?? false;
  if (slot.kind === 'state') return { least: signed ? undefined : ZERO, most: undefined, symbol };
  return { least: least && (signed || compare(least, ZERO) > 0) ? least : signed ? undefined : ZERO, most, symbol };
}

/** The whole numbers over a denominator that lie within a range; where its declaration says nothing, up to so many either way. */
export function fitWithin(range: Pick<Range, 'least' | 'most'> | undefined, denominator: bigint, reach: bigint): InputFit {
  const below = ({ n, d }: Exact): bigint => floorTo({ n: n * denominator, d }, ONE).n;
  const [least, most] = [range?.least && -below(negate(range.least)), range?.most && below(range.most)];
  return { denominator, least: least ?? -reach, most: most !== undefined && most < reach ? most : reach };
}

function symbolOf(slot: Slot, program: Program): ValueSymbol | undefined {
  const measured = program.measureKeys.find(({ key }) => key === slot.name || jsonKey(key) === jsonKey(slot.name));
  if (measured) return measured.symbol;
  const named = (symbol: ValueSymbol): boolean => symbol.name === slot.name;
  const own = [...program.symbols.values()].filter(named);
  return own.find((symbol) => (slot.kind === 'row') === symbol.grain.startsWith('liste:')) ?? own[0] ?? program.related().map(({ symbol }) => symbol).find(named);
}
