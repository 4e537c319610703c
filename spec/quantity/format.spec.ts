import { describe, expect, it } from 'vitest';
import { parseExact, ratio, ZERO, type Exact } from '../../src/quantity/exact.ts';
import { formatMoney, formatNumber, formatNumberFr, formatQuantity, formatValue } from '../../src/quantity/format.ts';
import { parseUnit } from '../../src/quantity/unit.ts';

const N = '\u00A0';
const exact = (text: string): Exact => parseExact(text) ?? ZERO;

describe('numbers', () => {
  it.each([['0', '0'], ['999', '999'], ['1200', `1${N}200`], ['15090', `15${N}090`], ['1234567.8901', `1${N}234${N}567,8901`], ['-1234.5', `−1${N}234,5`]])('%s in French', (text, shown) => expect(formatNumberFr(text)).toBe(shown));
  it('in English', () => expect(formatNumber('-1234567.25', 'en')).toBe('−1,234,567.25'));
});

describe('quantities', () => {
  it.each([
    ['1234.5', '$', `1${N}234,50${N}$`], ['12', '$', `12,00${N}$`], ['138.6305', '$', `138,6305${N}$`], ['7.065', '¢/kWh', `7,065${N}¢/kWh`], ['15090', 'kWh', `15${N}090${N}kWh`], ['65', '%', `65${N}%`],
    ['1', 'jour', `1${N}jour`], ['1', 'jours', `1${N}jour`], ['1.5', 'jour', `1,5${N}jour`], ['2', 'jour', `2${N}jours`], ['-2', 'jour', `−2${N}jours`], ['30', 'mois', `30${N}mois`], ['40', 'kWh/jour', `40${N}kWh/jour`],
    ['5', 'jour ouvrable', `5${N}jours ouvrables`], ['3', 'luminaire', `3${N}luminaires`], ['1.2345678', 'kW', `1,234568${N}kW`], ['0.5', '', '0,5'],
  ])('%s %s in French', (text, unit, shown) => expect(formatQuantity(exact(text), unit, 'fr')).toBe(shown));
  it.each([['1234.5', '$', '$1,234.50'], ['-1.2', '$', '−$1.20'], ['65', '%', '65%'], ['1', 'day', `1${N}day`], ['1.5', 'day', `1.5${N}days`], ['30', 'days', `30${N}days`]])('%s %s in English', (text, unit, shown) => expect(formatQuantity(exact(text), unit, 'en')).toBe(shown));

  it('counts in the unit that it is given', () => {
    const cents = parseUnit('¢/kWh');
    const odd = parseUnit('$/MWh');
    expect(cents && formatQuantity(exact('7.065'), cents, 'fr')).toBe(`7,065${N}¢/kWh`);
    expect(odd && formatQuantity(exact('70.65'), odd, 'fr')).toBe(`0,07065${N}$/kWh`);
  });
  it('brings base units to the unit of the book', () => {
    expect(formatValue(exact('0.07065'), parseUnit('$/kWh')?.dims ?? new Map(), 'fr')).toBe(`7,065${N}¢/kWh`);
    expect(formatValue(exact('25000'), parseUnit('kV')?.dims ?? new Map(), 'fr')).toBe(`25${N}kV`);
  });
  it('cuts what does not end', () => expect(formatQuantity(ratio(100n, 3n), '$', 'fr', 4)).toBe(`33,3333${N}$`));
});

describe('money', () => {
  it.each([['1234.5', `1${N}234,50${N}$`], ['0.005', `0,01${N}$`], ['-0.005', `−0,01${N}$`], ['-0.004', `0,00${N}$`], ['0', `0,00${N}$`]])('%s', (text, shown) => expect(formatMoney(exact(text), 'fr')).toBe(shown));
  it('in English', () => expect(formatMoney(exact('-1234.5'), 'en')).toBe('−$1,234.50'));
});
