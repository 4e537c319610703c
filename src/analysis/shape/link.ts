/** A quantity tied to another, as people write it: `8 % × energie`. */
import { jsonKey } from '../../evaluate/words.ts';
import { divide, fromInteger, ONE, parseExact } from '../../quantity/exact.ts';
import type { Link } from './question.ts';

/** Reads `autre`, `0,9 × autre` or `8 % × autre`; undefined when it is none of these, or ties the key to itself. */
export function linkOf(key: string, text: string): Link | undefined {
  const [, number, percent, of] = /^\s*(?:([\d.,\s\u00A0\u202F]+)(%?)\s*[×x*]?\s*)?([^\d\s%×*][^\s]*)\s*$/u.exec(text) ?? [];
  const by = number === undefined ? ONE : parseExact(number.replace(/[\s\u00A0\u202F]/g, '').replace(',', '.'));
  if (of === undefined || !by || jsonKey(key) === jsonKey(of)) return undefined;
  return { by: percent === '%' ? divide(by, fromInteger(100)) : by, of: jsonKey(of) };
}
