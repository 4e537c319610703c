/** The types of values: what kind of thing, in which unit, on which sheet. */
import type { ValueSymbol } from './core.ts';
import { dimsKey, formatDims, sameDims, type Unit } from '../quantity/unit.ts';

export type Dims = Unit['dims'];

export type Kind =
  | { readonly kind: 'quantity'; readonly dims: Dims }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'date' }
  /** A date without a year: it falls in the year of the row. */
  | { readonly kind: 'instant' }
  | { readonly kind: 'text' }
  /** Met while a definition that reads its own past is being inferred; fits anything. */
  | { readonly kind: 'unknown' }
  /** A bare 0: fits any unit. */
  | { readonly kind: 'zero' }
  /** A mistake already reported: fits anything, and silences what follows. */
  | { readonly kind: 'error' };

/**
 * On which sheet of the workbook a value stands. A coarser value is repeated on finer rows; only an aggregate goes back up.
 * `liste:x` is the sheet of the rows of list x.
 */
export type Grain = 'constante' | 'période' | 'partie' | 'jour' | 'heure' | 'intervalle' | `liste:${string}`;

const ORDER: readonly Grain[] = ['constante', 'période', 'partie', 'jour', 'heure', 'intervalle'];

/** The finer of two sheets, or undefined when their rows never meet. */
export function finer(a: Grain, b: Grain): Grain | undefined {
  if (a === b) return a;
  if (a.startsWith('liste:') || b.startsWith('liste:')) {
    const [list, other] = a.startsWith('liste:') ? [a, b] : [b, a];
    return other === 'constante' || other === 'période' ? list : undefined;
  }
  return ORDER.indexOf(a) > ORDER.indexOf(b) ? a : b;
}

/** Whether a value of sheet `a` may be read from a row of sheet `row`. */
export function visibleFrom(a: Grain, row: Grain): boolean {
  return finer(a, row) === row;
}

export function isTimeGrain(grain: Grain): grain is 'partie' | 'jour' | 'heure' | 'intervalle' {
  return grain === 'partie' || grain === 'jour' || grain === 'heure' || grain === 'intervalle';
}

/** Whether a case gives this datum among the facts of a period, neither as a list nor in a list's rows. */
export const isFact = ({ role, data, grain }: Pick<ValueSymbol, 'role' | 'data' | 'grain'>): boolean => role === 'data' && data !== undefined && data.sort !== 'spans' && data.sort !== 'list' && !grain.startsWith('liste:');

export const grainName = (grain: Grain): string => (grain.startsWith('liste:') ? grain.slice(6) : grain);

export const quantityOf = (dims: Dims): Kind => ({ kind: 'quantity', dims });
export const BOOLEAN: Kind = { kind: 'boolean' };
export const DATE: Kind = { kind: 'date' };
export const INSTANT: Kind = { kind: 'instant' };
export const ERROR: Kind = { kind: 'error' };
export const UNKNOWN: Kind = { kind: 'unknown' };

/** Whether two kinds may stand on the two sides of a sum, a comparison or a choice of rows. */
export function compatible(a: Kind, b: Kind): boolean {
  if (isLoose(a) || isLoose(b)) return true;
  if (a.kind === 'zero') return b.kind === 'quantity' || b.kind === 'zero';
  if (b.kind === 'zero') return a.kind === 'quantity';
  if (a.kind === 'quantity' && b.kind === 'quantity') return sameDims(a.dims, b.dims);
  if ((a.kind === 'date' && b.kind === 'instant') || (a.kind === 'instant' && b.kind === 'date')) return true;
  return a.kind === b.kind;
}
export const isLoose = (kind: Kind): boolean => kind.kind === 'unknown' || kind.kind === 'error';
/** Of two compatible kinds, the one that says more. */
export function moreDefinite(a: Kind, b: Kind): Kind {
  if (a.kind === 'error' || b.kind === 'error') return ERROR;
  if (a.kind === 'unknown' || a.kind === 'zero') return b;
  return a;
}

/** A kind in words, for messages. */
export function describe(kind: Kind): string {
  switch (kind.kind) {
    case 'quantity': return dimsKey(kind.dims) === '' ? 'un nombre' : formatDims(kind.dims, 'fr');
    case 'zero': return '0';
    case 'boolean': return 'oui ou non';
    case 'choice': return `un choix parmi ${kind.choices.join(', ')}`;
    case 'date': return 'une date';
    case 'instant': return 'un instant';
    case 'text': return 'un texte';
    case 'unknown': case 'error': return 'une valeur';
  }
}
