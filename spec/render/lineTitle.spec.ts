/** Titles of the lines of a bill: the author's by their translation, ours by the patterns, French and marked so without either. */
import { describe, expect, it } from 'vitest';
import { voice } from '../../src/render/prose/expression.ts';
import { plain } from '../../src/render/prose/inline.ts';
import { lineTitle } from '../../src/render/prose/lineTitle.ts';

const english = { terms: new Map([['été', 'summer'], ['crédit_hivernal', 'winter credit']]), texts: new Map([['Énergie en été', 'Summer energy'], ['Crédit, préavis court', 'Credit, short notice']]) };

describe('the title of a line', () => {
  it.each([
    ['Énergie, 1re tranche', 'Energy, block 1'], ['Énergie en été, reste', 'Summer energy, remainder'], ['Prime de puissance, en été', 'Demand charge, in summer'], ['Prime de puissance, hors été', 'Demand charge, outside summer'],
    ['Crédit hivernal, 2e tranche', 'Winter credit, block 2'], ['Crédit, préavis court', 'Credit, short notice'],
  ])('is said in English: %s', (french, said) => {
    expect(plain(lineTitle(voice('en', english), french))).toBe(said);
    expect(plain(lineTitle(voice('fr', english), french))).toBe(french);
  });

  it('stays in French, marked so, when nothing says it', () => {
    expect(lineTitle(voice('en', english), 'Redevance, selon contrat')).toEqual([{ kind: 'words', text: 'Redevance, selon contrat', foreign: true }]);
  });
});
