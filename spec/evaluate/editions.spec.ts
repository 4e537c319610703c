/** A case at an edition that is not that of its dates. Amounts by hand: 2.5 of each edition, 30 days. */
import { describe, expect, it } from 'vitest';
import { dayOf } from '../../src/calendar/day.ts';
import { billCase } from '../../src/evaluate/bill.ts';
import { oneEdition } from '../../src/evaluate/editions.ts';
import { toDecimal } from '../../src/quantity/exact.ts';
import { editions, inputOf } from '../tools/editions.ts';

const day = (year: number): number => dayOf(year, 4, 1) ?? 0;

/** Exact totals of a case, billed by its dates or at one edition. */
function totalAt(json: object, year?: number): string {
  const view = year === undefined ? editions : oneEdition(editions, day(year));
  if (!view) throw new Error('no edition on that day');
  const billed = billCase(inputOf(json), view);
  return 'bill' in billed ? toDecimal(billed.bill.total).text : billed.diagnostics.map((item) => item.code).join();
}
const house = (debut: string, fin: string, more: object = {}): object => ({ tarif: 'D', periode: { debut, fin }, donnees: { energie: 1500 }, ...more });

describe('oneEdition', () => {
  const june = house('2026-06-01', '2026-07-01');
  // 30 × 46,154 ¢ + 1 200 × 6,905 ¢ + 300 × 10,652 ¢ = 128,6622 $ ; 13,8462 + 84,78 + 33,426 = 132,0522 $ en 2026
  it('a period after the edition', () => expect([totalAt(june), totalAt(june, 2025)]).toEqual(['132.0522', '128.6622']));
  it('a period before the edition', () => expect(totalAt(house('2024-06-01', '2024-07-01'), 2026)).toBe('132.0522'));
  it('a period astride two editions is not cut, and the reading between them is left aside', () => {
    const astride = house('2026-03-17', '2026-04-16', { releves: [{ date: '2026-04-01', donnees: { energie: 700 } }] });
    expect([totalAt(astride, 2025), totalAt(astride, 2026)]).toEqual(['128.6622', '132.0522']);
  });
  it('a day before every edition has none', () => expect(oneEdition(editions, dayOf(2001, 1, 1) ?? 0)).toBeUndefined());
});
