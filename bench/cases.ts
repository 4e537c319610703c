/** Cases that several benchmarks bill: the tariffs, and a year of months at general rates. */
import { dayOf } from '../src/calendar/day.ts';
import { Programs } from '../src/check/program.ts';
import { loadFolder } from '../src/cli/load.ts';
import { readJson } from '../src/contract/json.ts';
import { readCase } from '../src/contract/readCase.ts';
import { billCase, type Bill } from '../src/evaluate/bill.ts';
import type { CaseInput } from '../src/evaluate/case.ts';
import { catalogueOf, prepare } from '../src/index.ts';

const books = loadFolder('tariffs', { examples: false }).books.map((book) => ({ book, programs: new Programs(book) }));
export const editions = prepare(books);
export const catalogue = catalogueOf(books);

/** A case as it is read. */
export function prepared(json: object): CaseInput {
  const parsed = readJson(JSON.stringify(json));
  const read = 'value' in parsed ? readCase(parsed.value, catalogue, () => ({ diagnostics: [] })) : parsed;
  if (!('input' in read)) throw new Error(JSON.stringify(read.diagnostics));
  return read.input;
}
/** Its bill by the interpreter. */
export function billed(input: CaseInput): Bill {
  const result = billCase(input, editions);
  if (!('bill' in result)) throw new Error(JSON.stringify(result.diagnostics));
  return result.bill;
}

/** Twelve periods of 30 days up to 1 July 2026, at rate G and, twenty times as large, at rate M. */
export const months = Array.from({ length: 12 }, (_, index) => {
  const end = (dayOf(2026, 7, 1) ?? 0) - 30 * (11 - index);
  const iso = (day: number): string => new Date(day * 86400000).toISOString().slice(0, 10);
  return { periode: { debut: iso(end - 30), fin: iso(end) }, donnees: { energie: 9000 + 100 * index, puissance_maximale_appelee: 50 + index } };
});
export const medium = months.map(({ periode, donnees }) => ({ periode, donnees: { energie: donnees.energie * 20, puissance_maximale_appelee: donnees.puissance_maximale_appelee * 20 } }));
/** The demands of the months that lie wholly in winter, at rate G. */
export const WINTER: readonly number[] = [55, 56, 57];
export const gCase = { tarif: 'G', periode: { debut: '2026-07-01', fin: '2026-07-31' }, donnees: { energie: 16000, puissance_maximale_appelee: 58, phases: 3 } };
export const mCase = { tarif: 'M', periode: { debut: '2026-07-01', fin: '2026-07-31' }, donnees: { energie: 160000, puissance_maximale_appelee: 580, phases: 3, tension: 25, transforme_a_ses_frais: true } };
/** kWh that differ from bill to bill. */
export const energyOf = (index: number): number => 1000 + (index % 5000);
