/** When a printed figure and a figure of a block say the same: the rules, one after the other, each with what it does not admit. */
import { describe, expect, it } from 'vitest';
import { comparable, inUnit, quantity, same, type Figure } from '../../src/check/figures.ts';
import { read } from '../../src/check/readFigures.ts';
import { parseExact, type Exact } from '../../src/quantity/exact.ts';

const printed = (text: string): Figure => { const found = read(text).figures[0]; if (!found) throw new Error(`no figure in ${text}`); return found.figure; };
const exact = (text: string): Exact => { const value = parseExact(text); if (!value) throw new Error(text); return value; };
/** `7.065 ¢/kWh`, `12`, as a block writes it. */
const written = (text: string): Figure => { const [number = '', ...unit] = text.split(' '); return unit.length === 0 ? quantity(exact(number), { kind: 'unit', unit: { dims: new Map(), factor: { n: 1n, d: 1n } } }) : inUnit(exact(number), unit.join(' ')); };

describe('the same', () => {
  it.each([
    ['1,2 MW', '1200 kW'], ['25 kV', '25000 V'], ['15 minutes', '0.25 h'], ['65 %', '65 %'], ['65 %', '0.65'], ['7,065 ¢ le kilowattheure', '7.065 ¢/kWh'], ['7,065 ¢', '0.07065 $/kWh'],
    ['5,369 $ le kilowatt', '5.369 $/kW/mois'], ['40 kilowattheures', '40 kWh/jour'], ['1 200 kilowattheures', '1200 kWh/mois'], ['12 périodes mensuelles', '12 mois'], ['12 mois', '12 mois civil'], ['14e période mensuelle', '14 mois'],
    ['12 périodes de consommation', '12'], ['12 périodes de consommation', '12 mois'], ['2 options', '2'], ['3e', '3'], ['4', '4 h'], ['la moitié', '50 %'], ['deux options', '2'],
  ])('%s and %s', (a, b) => { expect(same(printed(a), written(b))).toBe(true); });
  it.each([
    ['24 heures', '1 jour'], ['30 jours', '1 mois'], ['12 mois', '1 an'], ['360 jours', '12 mois'], ['5 jours ouvrables', '5 jour'], ['5,369 $ le kilowatt', '5.369 $/kWh'], ['7,065 ¢ le kilowattheure', '7.065 ¢'],
    ['1 200 kilowattheures par période mensuelle', '1200 kWh/jour'], ['40 kilowattheures', '40 kW'], ['50 kilowatts', '50'], ['2 options', '2 h'], ['12 périodes de consommation', '12 jour'], ['65 %', '65'], ['7,065 ¢', '7.0651 ¢'], ['3e', '3 mois'],
  ])('never %s and %s', (a, b) => { expect(same(printed(a), written(b))).toBe(false); });
  it('dates: the same day, whatever the year that one does not say', () => {
    const date = (day: number, month: number, year?: number): Figure => ({ kind: 'date', day, month, year });
    expect([same(printed('le 1er avril'), date(1, 4, 2026)), same(printed('le 1er avril 2026'), date(1, 4)), same(printed('le 1er avril 2026'), date(1, 4, 2025)), same(printed('le 31 mars'), date(1, 4))]).toEqual([true, true, false, false]);
    expect([same(printed('année 2024'), written('2024')), same(printed('année 2024'), written('2024 kW'))]).toEqual([true, false]);
  });
});

describe('one figure changed', () => {
  it.each([['4,215 $ le kilowatt', '4.125 $/kW/mois', true], ['16 octobre', '15 octobre', true], ['4,215 $', '50 kW', false], ['2 options', '3', true], ['2 options', '3 h', false]])('%s for %s: %s', (a, b, expected) => {
    expect(comparable(printed(a), b === '15 octobre' ? printed(b) : written(b))).toBe(expected);
  });
});
