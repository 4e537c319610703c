import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toFraction } from '../../src/quantity/exact.ts';
import { dimsKey, divideDims, formatDims, isDimensionless, multiplyDims, NONE, parseUnit, preferredUnit, sameDims, UNIT_NAMES, unitName, type Unit } from '../../src/quantity/unit.ts';

const unit = (text: string): Unit => {
  const found = parseUnit(text);
  if (!found) throw new Error(`${text} is no unit`);
  return found;
};
const BASES = ['$', 'kW', 'h', 'kVA', 'V', 'jour', 'mois', 'an', '°C', 'MJ', 'L', 'baril', 'luminaire', 'lampe', 'lumen', 'jour ouvrable', 'mois civil'];
const anyDims = fc.dictionary(fc.constantFrom(...BASES), fc.integer({ min: -2, max: 2 }).filter((n) => n !== 0), { maxKeys: 4, noNullPrototype: true }).map((object) => new Map(Object.entries(object)));

describe('reading units', () => {
  it.each([
    ['$', '$', '1'], ['¢', '$', '1/100'], ['%', '', '1/100'], ['kWh', 'h·kW', '1'], ['MWh', 'h·kW', '1000'], ['MW', 'kW', '1000'], ['kV', 'V', '1000'], ['min', 'h', '1/60'],
    ['¢/kWh', '$·h^-1·kW^-1', '1/100'], ['$/kW/mois', '$·kW^-1·mois^-1', '1'], ['kWh/jour', 'h·jour^-1·kW', '1'], ['h/mois', 'h·mois^-1', '1'], ['$/luminaire/mois', '$·luminaire^-1·mois^-1', '1'],
    ['jours', 'jour', '1'], ['jours ouvrables', 'jour ouvrable', '1'], ['mois civils', 'mois civil', '1'], ['°C', '°C', '1'], ['¢/litre', '$·L^-1', '1/100'], ['¢/L', '$·L^-1', '1/100'], ['$/baril', '$·baril^-1', '1'], ['$/MWh', '$·h^-1·kW^-1', '1/1000'],
    ['jours\u00A0ouvrables', 'jour ouvrable', '1'], ['kW/kW', '', '1'],
  ])('%s', (text, key, factor) => {
    expect(dimsKey(unit(text).dims)).toBe(key);
    expect(toFraction(unit(text).factor)).toBe(factor);
  });
  it.each(['', '/', 'kwh', 'KWH', '€', '$/', '/kWh', '$//kW', 'kWh/semaine', 'toString', '__proto__', 'constructor', '1'])('refuses %j', (text) => expect(parseUnit(text)).toBeUndefined());

  it('reads every name that messages suggest', () => {
    for (const name of UNIT_NAMES) expect(parseUnit(name), name).toBeDefined();
  });
  it('keeps days, months and working days apart', () => {
    expect(new Set(['h', 'jour', 'mois', 'an', 'jour ouvrable', 'mois civil'].map((name) => dimsKey(unit(name).dims))).size).toBe(6);
  });
});

describe('dimensions', () => {
  it('make money of a premium, a demand and a duration', () => {
    const { dims } = unit('$/kW/mois');
    expect(sameDims(multiplyDims(multiplyDims(dims, unit('kW').dims), unit('mois').dims), unit('$').dims)).toBe(true);
  });
  it('cancel out', () => {
    fc.assert(fc.property(anyDims, anyDims, (a, b) => {
      expect(isDimensionless(divideDims(a, a))).toBe(true);
      expect(sameDims(divideDims(multiplyDims(a, b), b), a)).toBe(true);
      expect(dimsKey(multiplyDims(a, b))).toBe(dimsKey(multiplyDims(b, a)));
      expect(sameDims(a, b)).toBe(dimsKey(a) === dimsKey(b));
    }));
  });
  it('leave what they combine untouched', () => {
    const { dims } = unit('kWh');
    multiplyDims(dims, unit('h').dims);
    expect(dimsKey(dims)).toBe('h·kW');
    expect(NONE.dims.size).toBe(0);
  });
});

describe('writing units', () => {
  it.each(['$/kW/mois', '$/kWh', 'kWh', 'kWh/jour', 'h/mois', '$/luminaire/mois', 'kWh/mois', '$/jour', 'jour ouvrable', 'V', '°C'])('writes %s as it is read', (text) => expect(formatDims(unit(text).dims, 'fr')).toBe(text));
  it('says it in English', () => {
    expect(formatDims(unit('$/kW/mois').dims, 'en')).toBe('$/kW/month');
    expect(formatDims(unit('jours ouvrables').dims, 'en')).toBe('working day');
  });
  it('is read back, whatever the dimensions', () => {
    fc.assert(fc.property(anyDims, (dims) => {
      const text = formatDims(dims, 'fr');
      expect(sameDims(text === '' ? NONE.dims : unit(text).dims, dims), text).toBe(true);
    }));
  });
  it.each([['$/kWh', '¢/kWh'], ['$/MWh', '¢/kWh'], ['V', 'kV'], ['$/kW/mois', '$/kW/mois'], ['MW', 'kW'], ['%', '']])('prefers the unit of the book: %s is shown in %s', (text, shown) => {
    expect(unitName(preferredUnit(unit(text).dims), 'fr')).toBe(shown);
  });
  it.each(['¢/kWh', '%', 'kV', 'MWh', 'MW', 'min', '¢/jour', '%/an'])('names %s', (text) => expect(unitName(text === '%/an' ? { dims: unit('1/an').dims, factor: unit('%').factor } : unit(text), 'fr')).toBe(text));
  it('has no name for a factor of no unit', () => expect(unitName(unit('$/MWh'), 'fr')).toBeUndefined());
});
