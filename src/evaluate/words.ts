/** Names and values as people and programs outside the language see them. */
import { formatLocalDateTime } from '../calendar/zone.ts';
import { type ValueSymbol } from '../check/core.ts';
import { divide, equals } from '../quantity/exact.ts';
import { formatQuantity } from '../quantity/format.ts';
import { formatDims } from '../quantity/unit.ts';
import { type Value } from './case.ts';

const keys = new Map<string, string>();

/** A name as it stands in JSON: without accents. */
export function jsonKey(name: string): string {
  let key = keys.get(name);
  if (key === undefined) {
    key = unaccented(name);
    if (keys.size < 20000) keys.set(name, key);
  }
  return key;
}

const unaccented = (name: string): string => name.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/œ/g, 'oe').replace(/Œ/g, 'OE');

/** A name as a sentence says it: `coûts_d_électricité` → coûts d'électricité. */
export const inWords = (name: string): string => name.replace(/(^|_)(d|l|n|s|qu|jusqu|lorsqu)_(?=[aeiouyhàâäéèêëîïôöùûüœAEIOUYHÀÂÉÈÊÎÔÙ])/g, "$1$2'").replace(/_/g, ' ');

/** The unit in which a case gives a datum, after its name: ` (kWh)`; nothing when it has none. */
export const unitWritten = ({ data }: Pick<ValueSymbol, 'data'>): string => (data?.unitText === undefined ? '' : ` (${data.unitText})`);

/** A value in words, in the unit of its declaration. */
export function showValue(value: Value, symbol: Pick<ValueSymbol, 'data' | 'kind'>): string {
  if (typeof value === 'boolean') return value ? 'oui' : 'non';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return formatLocalDateTime(value).replace(/T00:00$/, '');
  const shown = symbol.data?.unitText === undefined ? value : divide(value, symbol.data.factor);
  const unit = symbol.data?.unitText ?? (symbol.kind.kind === 'quantity' ? formatDims(symbol.kind.dims, 'fr') : '');
  return formatQuantity(shown, unit, 'fr');
}

export const sameValue = (a: Value, b: Value): boolean => (typeof a === 'object' && typeof b === 'object' ? equals(a, b) : a === b);
