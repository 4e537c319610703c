import { describe, expect, it } from 'vitest';
import { nearestName } from '../../src/support/nearestName.ts';

const NAMES = ['énergie', 'puissance_à_facturer', 'puissance_maximale_appelée', 'phases', 'tension', 'kWh', 'kW', 'D', 'DP', 'crédit_hivernal'];

describe('the nearest name', () => {
  it.each([
    ['energie', 'énergie'], ['énergei', 'énergie'], ['énregie', 'énergie'], ['ENERGIE', 'énergie'], ['phase', 'phases'], ['tensoin', 'tension'], ['puissance_a_facturer', 'puissance_à_facturer'], ['puissance à facturer', 'puissance_à_facturer'],
    ['puissance_maximale_apelée', 'puissance_maximale_appelée'], ['kwh', 'kWh'], ['Dp', 'DP'], ['credithivernal', 'crédit_hivernal'],
  ])('of %s is %s', (name, found) => expect(nearestName(name, NAMES)).toBe(found));
  it.each(['', 'température', 'zzz', 'Q', '_'])('of %j is none', (name) => expect(nearestName(name, NAMES)).toBeUndefined());
  it('may be one that begins so, the shortest', () => expect(nearestName('puissance', NAMES)).toBe('puissance_à_facturer'));
  it('is the first of equals', () => {
    expect(nearestName('prima', ['prime', 'primo'])).toBe('prime');
    expect(nearestName('prima', ['primo', 'prime'])).toBe('primo');
  });
  it('is none among none', () => expect(nearestName('énergie', [])).toBeUndefined());
  it('prefers fewer edits to an earlier place', () => expect(nearestName('option_b', ['option_aa', 'option_b2', 'option_c1'])).toBe('option_b2'));
});
