/** What `bareme shape` is told on the command line: numbers, data, links, a period. */
import { InvalidArgumentError } from 'commander';
import { linkOf } from '../analysis/shape/link.ts';
import type { Link } from '../analysis/shape/question.ts';
import { readJson, type Json } from '../contract/json.ts';
import { jsonKey } from '../evaluate/words.ts';
import { compare, divide, fromInteger, parseExact, sign, type Exact } from '../quantity/exact.ts';
import { say } from './language.ts';

const plain = (text: string): string => text.replace(/[\s\u00A0\u202F]/g, '').replace(',', '.');
export function readNumber(text: string): Exact {
  const number = parseExact(plain(text));
  if (!number || sign(number) < 0) throw new InvalidArgumentError(say('on attend un nombre décimal, positif ou nul', 'expected a decimal number, zero or more'));
  return number;
}
export const readNumbers = (text: string, before: readonly Exact[] = []): Exact[] => [...before, ...text.split(/[;\s]+/).filter((part) => part !== '').map(readNumber)];
export function readPercent(text: string): Exact {
  const number = parseExact(plain(text).replace(/%$/, ''));
  if (!number || sign(number) <= 0 || compare(number, fromInteger(100)) > 0) throw new InvalidArgumentError(say('on attend un pourcentage, plus que 0 et au plus 100', 'expected a percentage above 0 and at most 100'));
  return divide(number, fromInteger(100));
}
export function readDatum(text: string): [string, Json] {
  const [key = '', ...rest] = text.split('=');
  const value = rest.join('=').trim();
  if (key.trim() === '' || value === '') throw new InvalidArgumentError(say('on attend clé=valeur', 'expected key=value'));
  // A list, as a case writes it.
  if (value.startsWith('[')) {
    const read = readJson(value);
    if ('diagnostics' in read) throw new InvalidArgumentError(say('cette liste ne se lit pas comme du JSON', 'this list does not read as JSON'));
    return [jsonKey(key.trim()), read.value];
  }
  const truth = { oui: true, true: true, non: false, false: false }[value.toLowerCase()];
  return [jsonKey(key.trim()), truth ?? (parseExact(plain(value)) ? plain(value) : value)];
}
export function readLink(text: string): [string, Link] {
  const [, key, other] = /^\s*([^=\s]+)\s*=(.*)$/u.exec(text) ?? [];
  const link = key === undefined ? undefined : linkOf(key, other ?? '');
  if (key === undefined || !link) throw new InvalidArgumentError(say('on attend clé=autre, ou « clé=95 % × autre »', 'expected key=other, or “key=95 % × other”'));
  return [jsonKey(key), link];
}
export function readPeriod(text: string): { start: string; end: string } {
  const [start = '', end = ''] = text.split('..');
  if (start === '' || end === '') throw new InvalidArgumentError(say('on attend 2026-06-01..2026-07-01', 'expected 2026-06-01..2026-07-01'));
  return { start, end };
}
