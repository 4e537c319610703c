/** Laws that every bill keeps, tried on random cases. Amounts are compared as exact fractions, worked out here by hand. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openTariffs } from '../src/index.ts';

const path = join(import.meta.dirname, 'fixtures/contrat.tarif');
const tariffs = openTariffs([{ path: 'contrat', files: [{ path, text: readFileSync(path, 'utf8') }] }]);

// ── fractions, on purpose not the engine's ───────────────────────────────
interface Fraction { readonly n: bigint; readonly d: bigint }
const gcd = (a: bigint, b: bigint): bigint => { while (b !== 0n) [a, b] = [b, a % b]; return a < 0n ? -a : a; };
const over = (n: bigint, d: bigint): Fraction => { const by = gcd(n, d) || 1n; return { n: n / by, d: d / by }; };
const plus = (a: Fraction, b: Fraction): Fraction => over(a.n * b.d + b.n * a.d, a.d * b.d);
const times = (a: Fraction, b: Fraction): Fraction => over(a.n * b.n, a.d * b.d);
const less = (a: Fraction, b: Fraction): boolean => a.n * b.d < b.n * a.d;
const greatest = (a: Fraction, b: Fraction): Fraction => (less(a, b) ? b : a);
const least = (a: Fraction, b: Fraction): Fraction => (less(a, b) ? a : b);
const minus = (a: Fraction, b: Fraction): Fraction => plus(a, { n: -b.n, d: b.d });
const ZERO: Fraction = { n: 0n, d: 1n };
/** `12.5` → 25/2. */
function fraction(decimal: string): Fraction {
  const [whole = '0', digits = ''] = decimal.replace('-', '').split('.');
  const n = BigInt(whole + digits);
  return over(decimal.startsWith('-') ? -n : n, 10n ** BigInt(digits.length));
}
/** An amount of a bill: a decimal text, or a fraction when its decimals never end. */
function amount(json: unknown): Fraction {
  if (typeof json === 'string') return fraction(json);
  const [n = '', d = ''] = (json as { fraction: string }).fraction.split('/');
  return over(BigInt(n), BigInt(d));
}

// ── days ─────────────────────────────────────────────────────────────────
const DAY = 86_400_000;
const dayOf = (iso: string): number => Date.parse(`${iso}T00:00Z`) / DAY;
const isoOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);
const isWinter = (day: number): boolean => [11, 0, 1, 2].includes(new Date(day * DAY).getUTCMonth());
const period = (start: number, days: number): { debut: string; fin: string } => ({ debut: isoOf(start), fin: isoOf(start + days) });

type Bill = { total: unknown; sous_total: string; total_arrondi: string; lignes: { montant: unknown; montant_arrondi: string }[]; etat: Record<string, unknown> };
function bill(input: object): Bill {
  const result = tariffs.bill(input);
  if ('erreurs' in result) throw new Error(result.erreurs.map((item) => `${item.code} ${item.pointeur ?? ''} ${item.message}`).join('\n'));
  return result.facture as Bill;
}
const total = (input: object): Fraction => amount(bill(input).total);

const thousandths = (most: number): fc.Arbitrary<string> => fc.integer({ min: 0, max: most * 1000 }).map((n) => `${Math.floor(n / 1000)}.${String(n % 1000).padStart(3, '0')}`);
const RUNS = { numRuns: 200 };
const start2026 = (most = 240): fc.Arbitrary<number> => fc.integer({ min: 0, max: most }).map((shift) => dayOf('2026-04-01') + shift);
const days = fc.integer({ min: 1, max: 75 });
const D = (start: number, length: number, energie: string): object => ({ tarif: 'D', periode: period(start, length), donnees: { energie } });
const P = (start: number, length: number, energie: string, puissance: string, phases: number): { [key: string]: unknown } => ({ tarif: 'P', periode: period(start, length), donnees: { energie, puissance_maximale_appelee: puissance, phases } });
const phases = fc.constantFrom(1, 3);

describe('against the same rate written by hand', () => {
  it('D: a fee by the day, a block of kilowatthours by the day', () => {
    fc.assert(fc.property(start2026(), days, thousandths(6000), (start, length, energie) => {
      const number = over(BigInt(length), 1n);
      const used = fraction(energie);
      const block = times(number, fraction('40'));
      const byHand = [times(number, fraction('0.46154')), times(least(used, block), fraction('0.07065')), times(greatest(minus(used, block), ZERO), fraction('0.11142'))].reduce(plus);
      expect(total(D(start, length, energie))).toEqual(byHand);
    }), RUNS);
  });

  it('P: monthly blocks, a premium by season above 50 kW, a winter peak kept for 12 months, a minimum', () => {
    const peak = { debut: '2026-01-01', fin: '2026-02-01' };
    fc.assert(fc.property(start2026(300), days, thousandths(8000), thousandths(150), thousandths(300), phases, (start, length, energie, power, before, wires) => {
      const months = over(BigInt(length), 30n);
      const used = fraction(energie);
      const block = times(months, fraction('1200'));
      const energy = plus(times(least(used, block), fraction('0.06878')), times(greatest(minus(used, block), ZERO), fraction('0.10458')));
      // The window is 360 days long and ends with the billed period; one common day is enough.
      const remembered = dayOf(peak.fin) > start + length - 360 ? times(fraction('0.65'), fraction(before)) : ZERO;
      const kilowatts = greatest(minus(greatest(fraction(power), remembered), fraction('50')), ZERO);
      const winterDays = Array.from({ length }, (_, at) => start + at).filter(isWinter).length;
      const premium = plus(times(over(BigInt(length - winterDays), 30n), fraction('5.369')), times(over(BigInt(winterDays), 30n), fraction('7.266')));
      const byHand = greatest(plus(energy, times(kilowatts, premium)), times(months, fraction(wires === 1 ? '13.833' : '20.750')));
      expect(total({ ...P(start, length, energie, power, wires), historique: [{ periode: peak, donnees: { puissance_maximale_appelee: before } }] })).toEqual(byHand);
    }), RUNS);
  });
});

describe('monotony', () => {
  it.each([['D', (start: number, length: number, energie: string): object => D(start, length, energie)], ['P', (start: number, length: number, energie: string): object => P(start, length, energie, '60', 3)]] as const)('at %s, one more thousandth of a kilowatthour never lowers a bill', (_, make) => {
    fc.assert(fc.property(start2026(), days, fc.integer({ min: 0, max: 4_000_000 }), fc.integer({ min: 1, max: 500_000 }), (start, length, low, more) => {
      const text = (n: number): string => `${Math.floor(n / 1000)}.${String(n % 1000).padStart(3, '0')}`;
      const before = bill(make(start, length, text(low)));
      const after = bill(make(start, length, text(low + more)));
      expect(less(amount(after.total), amount(before.total))).toBe(false);
      expect(less(fraction(after.total_arrondi), fraction(before.total_arrondi))).toBe(false);
    }), RUNS);
  });
});

describe('cutting a period in two at a day', () => {
  // A bill by days is homogeneous: f(k × energy, k × days) = k × f(energy, days). So when each part has its share of the energy by
  // days, each stands on the same side of every limit as the whole, and the exact totals add up; rounded ones need not.
  const perDay = fc.integer({ min: 0, max: 120_000 });
  const share = (rate: number, count: number): string => `${Math.floor((rate * count) / 1000)}.${String((rate * count) % 1000).padStart(3, '0')}`;
  const two = fc.integer({ min: 2, max: 75 }).chain((length) => fc.tuple(fc.constant(length), fc.integer({ min: 1, max: length - 1 })));
  it('changes nothing at D', () => {
    fc.assert(fc.property(start2026(), two, perDay, (start, [length, first], rate) => {
      const parts = plus(total(D(start, first, share(rate, first))), total(D(start + first, length - first, share(rate, length - first))));
      expect(parts).toEqual(total(D(start, length, share(rate, length))));
    }), RUNS);
  });
  it('changes nothing at P within one season, the same power being called in both parts', () => {
    fc.assert(fc.property(start2026(160), two, perDay, thousandths(120), phases, (start, [length, first], rate, power, wires) => {
      const part = (from: number, count: number): object => P(from, count, share(rate, count), power, wires);
      expect(plus(total(part(start, first)), total(part(start + first, length - first)))).toEqual(total(part(start, length)));
    }), RUNS);
  });
  it('never lowers a bill at D when one part is given all the energy: the blocks of the other part are lost', () => {
    fc.assert(fc.property(start2026(), two, perDay, (start, [length, first], rate) => {
      const parts = plus(total(D(start, first, share(rate, length))), total(D(start + first, length - first, '0')));
      expect(less(parts, total(D(start, length, share(rate, length))))).toBe(false);
    }), RUNS);
  });
});

describe('a series and its total', () => {
  // The clocks go back on 1 November 2026 and forward on 14 March 2027.
  const hoursIn = (start: number, length: number): number => {
    const holds = (iso: string): boolean => dayOf(iso) >= start && dayOf(iso) < start + length;
    return length * 24 + (holds('2026-11-01') ? 1 : 0) - (holds('2027-03-14') ? 1 : 0);
  };
  it('give the same bill at D, clock changes included', () => {
    const shifts = fc.oneof(fc.integer({ min: 0, max: 240 }), fc.integer({ min: 208, max: 214 }), fc.integer({ min: 340, max: 347 }));
    fc.assert(fc.property(shifts, fc.integer({ min: 1, max: 9 }), fc.array(fc.integer({ min: 0, max: 9999 }), { minLength: 1, maxLength: 30 }), (shift, length, some) => {
      const start = dayOf('2026-04-01') + shift;
      const values = Array.from({ length: hoursIn(start, length) }, (_, hour) => some[hour % some.length] ?? 0);
      const sum = values.reduce((a, b) => a + b, 0);
      const text = (n: number): string => `${Math.floor(n / 1000)}.${String(n % 1000).padStart(3, '0')}`;
      const series = { energie: { debut: isoOf(start), pas: 60, valeurs: values.map(text) } };
      const given = total(D(start, length, text(sum)));
      expect(total({ tarif: 'D', periode: period(start, length), series })).toEqual(given);
      expect(total({ ...D(start, length, text(sum)), series })).toEqual(given);
    }), { numRuns: 100 });
  });
});

describe('what a bill hands on', () => {
  const months = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), thousandths(3000), thousandths(2000)), { minLength: 1, maxLength: 5 });
  it('gives back the same bills as the whole history, through JSON text', () => {
    fc.assert(fc.property(start2026(60), months, (first, list) => {
      let start = first;
      let etat: unknown;
      let bank = ZERO;
      const history: object[] = [];
      for (const [length, energie, energie_injectee] of list) {
        const own = { periode: period(start, length), donnees: { energie, energie_injectee } };
        const base = { tarif: 'D', options: ['banque'], ...own };
        const byState = bill(etat === undefined ? base : { ...base, etat });
        const byHistory = bill(history.length === 0 ? base : { ...base, historique: history });
        expect(byState.total).toEqual(byHistory.total);
        expect(byState.etat).toEqual(byHistory.etat);
        // By hand: what is in the bank pays first; the rest is billed.
        const held = plus(bank, fraction(energie_injectee));
        const drawn = least(fraction(energie), held);
        bank = minus(held, drawn);
        expect(amount(byState.etat['banque'])).toEqual(bank);
        expect(byState.total).toEqual(bill(D(start, length, decimal(minus(fraction(energie), drawn)))).total);
        etat = JSON.parse(JSON.stringify(byState.etat));
        history.push(own);
        start += length;
      }
    }), { numRuns: 100 });
  });
  /** Thousandths always end. */
  const decimal = ({ n, d }: Fraction): string => { const all = (n * 1000n) / d; return `${all / 1000n}.${String(all % 1000n).padStart(3, '0')}`; };
});

describe('the form of a case does not matter', () => {
  const someP = fc.tuple(start2026(), days, thousandths(5000), thousandths(150), phases);
  it('billing twice gives the same text, byte for byte', () => {
    fc.assert(fc.property(someP, (args) => {
      expect(JSON.stringify(tariffs.bill(P(...args)))).toBe(JSON.stringify(tariffs.bill(P(...args))));
    }), RUNS);
  });
  it('nor do the order of fields and of history, nor text for numbers', () => {
    const pasts = [0, 1, 2, 3].map((at) => ({ periode: period(dayOf('2025-12-01') + 30 * at, 30), donnees: { energie: 5, puissance_maximale_appelee: 60 + at } }));
    fc.assert(fc.property(someP, fc.shuffledSubarray(pasts, { minLength: 4 }), ([start, length, energie, power, wires], historique) => {
      const one = { ...P(start, length, energie, power, wires), historique: pasts };
      const other = `{"historique":${JSON.stringify(historique)},"donnees":{"phases":${wires},"puissance_maximale_appelee":${power},"energie":${energie}},"periode":${JSON.stringify(period(start, length))},"tarif":"P"}`;
      expect(tariffs.bill(other)).toEqual(tariffs.bill(one));
    }), RUNS);
  });
});

describe('rounding', () => {
  it('a bill is the sum of its lines, exact and printed; each printed line is the nearest cent, half up', () => {
    fc.assert(fc.property(start2026(), days, thousandths(5000), thousandths(150), phases, (...args) => {
      const made = bill(P(...args));
      expect(made.lignes.map((line) => amount(line.montant)).reduce(plus, ZERO)).toEqual(amount(made.total));
      expect(made.lignes.map((line) => fraction(line.montant_arrondi)).reduce(plus, ZERO)).toEqual(fraction(made.sous_total));
      for (const line of made.lignes) {
        const gap = minus(fraction(line.montant_arrondi), amount(line.montant));
        // −½ ¢ < gap ≤ ½ ¢
        expect(less(fraction('-0.005'), gap)).toBe(true);
        expect(less(fraction('0.005'), gap)).toBe(false);
      }
      const tax = (percent: string): Fraction => { const exact = times(fraction(made.sous_total), fraction(percent)); const cents = times(exact, over(200n, 1n)); return over((cents.n + cents.d) / (2n * cents.d), 100n); };
      expect([fraction(made.sous_total), tax('0.05'), tax('0.09975')].reduce(plus)).toEqual(fraction(made.total_arrondi));
    }), RUNS);
  });
});
