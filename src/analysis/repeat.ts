/** One kind of case, billed for many customers: a case in JSON tells the kind, and only its numbers change from one bill to the next. */
import { keyOf, RowBiller, type ReadNumbers } from '../compile/rowBiller.ts';
import { formOf, type Slot } from '../compile/form.ts';
import { field, isObject, JsonNumber, type Json } from '../contract/json.ts';
import { readCase, type Catalogue, type ReadTable } from '../contract/readCase.ts';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Bill, BillOutcome, Editions } from '../evaluate/bill.ts';
import type { CaseInput } from '../evaluate/case.ts';
import { jsonKey } from '../evaluate/words.ts';

export interface Repeated {
  /** The data that may change: `energie`; `energie/1` for that of the period before. */
  readonly keys: readonly string[];
  readonly total: (numbers: ArrayLike<number>) => number | undefined;
  readonly bill: <T>(numbers: ArrayLike<number>, read: (bill: Bill) => T) => { readonly bill: T } | Extract<BillOutcome, { diagnostics: unknown }>;
}

/** Reads the case and prepares its kind. `decimals`: of the numbers that will be given, which are whole. */
export function repeatCase(json: Json, decimals: number, catalogue: Catalogue, editions: Editions, readTable: ReadTable): { readonly repeated: Repeated } | { readonly diagnostics: readonly Diagnostic[] } {
  const first = readCase(json, catalogue, readTable);
  if ('diagnostics' in first) return first;
  const { input } = first;
  const program = catalogue.program(input.rate, input.options);
  const { slots, series } = formOf(input);
  if (!program || series.length > 0) return { diagnostics: [diagnostic('compilation/impossible', { rate: [input.rate, ...input.options].join(' + '), reason: 'series' })] };
  const places = slots.flatMap((slot, index) => { const key = keyOf(slot); return key === undefined ? [] : [{ slot, key, index }]; });
  const read: ReadNumbers = (numbers) => {
    const wrong = places.flatMap(({ key }, rank) => (Number.isSafeInteger(numbers[rank]) ? [] : [diagnostic('cas-json/type', { name: key, found: String(numbers[rank]), expected: 'un nombre' }, { pointer: '/donnees' })]));
    return wrong.length > 0 ? { diagnostics: wrong } : readCase(withNumbers(json, input, places.map(({ slot }, rank) => ({ slot, text: decimalText(numbers[rank] ?? 0, decimals) }))), catalogue, readTable);
  };
  const biller = new RowBiller(input, program, editions, decimals, places.map(({ index }) => index), read);
  return { repeated: { keys: places.map(({ key }) => key), total: (numbers) => biller.total(numbers), bill: (numbers, use) => biller.bill(numbers, use) } };
}

/** So many of 10^−decimals, as a decimal without needless zeros: a choice is compared as it is written. */
function decimalText(whole: number, decimals: number): string {
  if (decimals === 0) return String(whole);
  const digits = String(Math.abs(whole)).padStart(decimals + 1, '0');
  const text = `${whole < 0 ? '-' : ''}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  return text.replace(/\.?0+$/, '');
}

/** The case with other numbers at some of its places. */
function withNumbers(json: Json, { history }: CaseInput, changes: readonly { readonly slot: Slot; readonly text: string }[]): Json {
  const changed = (period: Json | undefined, of: readonly { readonly slot: Slot; readonly text: string }[]): Json => {
    const data = field(period, 'donnees');
    return { ...(isObject(period) ? period : {}), donnees: { ...(isObject(data) ? data : {}), ...Object.fromEntries(of.map(({ slot, text }) => [jsonKey(slot.name), new JsonNumber(text)])) } };
  };
  const own = changed(json, changes.filter(({ slot }) => slot.back === 0)) as { readonly [key: string]: Json };
  const past = field(json, 'historique');
  if (!Array.isArray(past)) return own;
  return { ...own, historique: (past as Json[]).map((each, rank) => changed(each, changes.filter(({ slot }) => slot.back > 0 && history[history.length - slot.back]?.pointer === `/historique/${rank}`))) };
}
