/** Rules as sentences: chosen constructs in both languages, and what must hold of every block of the book. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadFolder } from '../../src/cli/load.ts';
import { formatNumber } from '../../src/quantity/format.ts';
import { voice } from '../../src/render/prose/expression.ts';
import { plain, type Prose } from '../../src/render/prose/inline.ts';
import { pieces, type Piece } from '../../src/render/prose/statement.ts';
import { sourceFile } from '../../src/source/file.ts';
import type { Statement } from '../../src/syntax/nodes.ts';
import { parseFile } from '../../src/syntax/parse.ts';
import { visit } from '../../src/syntax/visit.ts';

const statementsOf = (lines: string): readonly Statement[] => {
  const parsed = parseFile(sourceFile('a.tarif', `article 1.1 « A »\n${lines.split('\n').map((line) => `  ${line}`).join('\n')}\n`));
  expect(parsed.diagnostics).toEqual([]);
  return parsed.value.blocks[0]?.statements ?? [];
};
const shown = ({ says, table, more }: Piece): string[] => [plain(says), ...(table?.rows ?? []).map((row) => row.map(plain).join(' | ')), ...more.map(plain)].map((line) => line.replace(/\u00A0/g, '~'));
const TERMS = new Map([['puissance_à_facturer', 'billing demand'], ['hiver', 'winter'], ['été', 'summer'], ['énergie', 'energy']]);
const say = (lang: 'fr' | 'en', lines: string): string[] => pieces(voice(lang, { terms: TERMS, texts: new Map([['depuis la demande', 'since the application']]) }), statementsOf(lines)).flatMap(shown);

describe('a rule is said', () => {
  it.each<[string, string, string[], string[]]>([
    ['blocks of energy', "énergie\n  6,878 ¢/kWh   jusqu'à 1 200 kWh/mois\n  10,458 ¢/kWh  au-delà",
      ['Énergie~:', "6,878~¢/kWh | jusqu'à 1~200~kWh/mois", '10,458~¢/kWh | au-delà'], ['Energy:', '6.878~¢/kWh | up to 1,200~kWh/month', '10.458~¢/kWh | beyond']],
    ['a premium by season', 'prime de puissance_à_facturer au-delà de 50 kW\n  5,369 $/kW/mois en été\n  7,266 $/kW/mois en hiver',
      ['Prime sur puissance à facturer au-delà de 50~kW~:', '5,369~$/kW/mois | en été', '7,266~$/kW/mois | en hiver'], ['Demand charge on billing demand in excess of 50~kW:', '5.369~$/kW/month | in summer', '7.266~$/kW/month | in winter']],
    ['a minimum over a window', 'puissance_à_facturer = 65 % × maximum de énergie sur les périodes entièrement en hiver parmi les 12 derniers mois',
      ["puissance à facturer~: 65~% × maximum d'énergie sur les périodes entièrement en hiver parmi les 12~derniers mois"], ['billing demand: 65% × maximum of energy over the periods entirely in winter among the last 12~months']],
    ['what binds less tightly goes between parentheses', 'énergie_totale = (énergie − 2 kWh) × (3 − 1) − (énergie − 1 kWh)',
      ['énergie totale~: (énergie − 2~kWh) × (3 − 1) − (énergie − 1~kWh)'], ['énergie totale: (energy − 2~kWh) × (3 − 1) − (energy − 1~kWh)']],
    ['a condition, and the rates that apply instead', 'exige puissance_à_facturer ≥ 50 kW « au moins 50 kW » renvoie aux tarifs D et G',
      ['Exigé~: au moins 50 kW', 'puissance à facturer ≥ 50~kW', "S'applique plutôt~: D ou G"], ['Required: au moins 50 kW', 'billing demand ≥ 50~kW', 'Applies instead: D or G']],
    ['a duty with its deadline', 'Hydro-Québec doit « répondre » délai au plus 5 jours ouvrables « depuis la demande »',
      ['Hydro-Québec doit répondre, dans un délai d\'au plus 5~jours~ouvrables depuis la demande'], ['Hydro-Québec must répondre, within at most 5~working days since the application']],
    ['dates and hours', 'plage soirs = du 1er décembre au 31 mars et de 16 h 30 à 20 h',
      ['soirs~: du 1er~décembre au 31~mars et de 16~h~30 à 20~h'], ['soirs: from December~1 to March~31 and from 16:30 to 20:00']],
    ['options of a part of the book', 'exclut option des sections 2 et 4 du chapitre 6', ['Exclu~: une option des sections 2 et 4 du chapitre 6'], ['Excluded: an option of sections 2 and 4 of chapter 6']],
  ])('%s', (_, lines, french, english) => {
    expect(say('fr', lines)).toEqual(french);
    expect(say('en', lines)).toEqual(english);
  });

  it('one day is one day, two are two, in English', () => expect(say('en', 'fait a = 1 jour\nfait b = 2 jours\nfait c = 12 mois')).toEqual(['a: 1~day', 'b: 2~days', 'c: 12~months']));
});

const book = loadFolder(join(import.meta.dirname, '../../tariffs')).books.at(-1);
const parts = ({ says, table, more }: Piece): Prose[] => [says, ...more, ...(table ? [...table.head, ...table.rows.flat()] : [])];

describe('every block of the book', () => {
  for (const lang of ['fr', 'en'] as const) {
    it(`is said, without a gap, in ${lang === 'fr' ? 'French' : 'English'}, and every figure of it is there`, () => {
      const missing: string[] = [];
      let said = 0;
      for (const article of book?.blocks ?? []) {
        for (const piece of pieces(voice(lang), article.statements)) {
          said++;
          const whole = parts(piece).map(plain).join('\n');
          if (whole.trim() === '' || / {2}|undefined|NaN/.test(whole)) missing.push(`${article.number}: ${whole}`);
          const figures = new Set(parts(piece).flat().filter((each) => each.kind === 'figure').map(({ text }) => text));
          visit(piece.statement, (node) => {
            if (node.kind !== 'quantity') return;
            const number = formatNumber(node.decimal, lang);
            if (![...figures].some((text) => text.replace('$', '').startsWith(number))) missing.push(`${article.number}: ${node.text}`);
          });
        }
      }
      expect(said).toBeGreaterThan(2500);
      expect(missing).toEqual([]);
    });
  }
});
