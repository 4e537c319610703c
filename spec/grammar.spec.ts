import { describe, expect, it } from 'vitest';
import { lex } from '../grammar/lexer.ts';
import { Grammar } from '../grammar/parser.ts';
import { VOCABULARY } from '../grammar/vocabulary.ts';

describe('the grammar', () => {
  it('has no ambiguity', () => {
    expect(() => new Grammar(true)).not.toThrow();
  });
  it('reads every spelling of every word as that word', () => {
    for (const word of VOCABULARY) {
      for (const spelling of word.spellings) {
        const { tokens } = lex(spelling);
        expect(tokens.map((token) => token.tokenType.name), spelling).toEqual([word.token]);
      }
    }
  });
  it('keeps accented names whole: a keyword is not a prefix', () => {
    const { tokens } = lex('été siège sinon_autre parmiré');
    expect(tokens.map((token) => token.tokenType.name)).toEqual(['Identifiant', 'Identifiant', 'Identifiant', 'Identifiant']);
  });
  it('reads a quantity as one token, with any space between groups', () => {
    for (const text of ['15 090 kWh', '15\u00A0090\u00A0kWh', '15\u202F090 kWh/mois', '7,065 ¢/kWh', '5 jours ouvrables', '−', '65 %']) {
      expect(lex(text).tokens).toHaveLength(1);
    }
  });
  it('never takes an article number for a decimal', () => {
    expect(lex('12.2 7,065').tokens.map((token) => token.tokenType.name)).toEqual(['NuméroArticle', 'NombreLittéral']);
  });
});
