/** The layout, case by case: what an author wrote, and what is written. In this file `~` stands for a no-break space of the result. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isError } from '../../src/diagnostics/diagnostic.ts';
import { formatTarif } from '../../src/format/format.ts';
import { sourceFile } from '../../src/source/file.ts';
import { parseFile } from '../../src/syntax/parse.ts';
import { root } from './files.ts';

async function written(text: string): Promise<string> {
  const result = await formatTarif(sourceFile('essai.tarif', text));
  return 'text' in result ? result.text.replaceAll('\u00A0', '~') : `refused: ${result.diagnostics.map(({ code }) => code).join(', ')}`;
}
/** Statements of an article, without their margin. */
async function body(text: string): Promise<string> {
  const lines = (await written(`tarif X « X »\narticle 1.1 « A »\n${text}`)).split('\n');
  expect(lines.slice(0, 2)).toEqual(['tarif X «~X~»', 'article 1.1 «~A~»']);
  return lines.slice(2).map((line) => line.replace(/^ {2}/, '')).join('\n');
}

describe('rows', () => {
  it('prices end in one column, units and guards stand in one', async () => {
    expect(await body("  énergie\n    7,065 ¢/kWh jusqu'à 40 kWh/jour\n    11,142 ¢/kWh au-delà\n")).toBe("énergie\n   7,065~¢/kWh  jusqu'à 40~kWh/jour\n  11,142~¢/kWh  au-delà\n");
  });
  it('thresholds of one unit end in one column too', async () => {
    expect(await body("  c = d'après tension\n    0 $/kW/mois sous 5 kV\n    0,7131 $/kW/mois dès 5 kV\n    4,1239 $/kW/mois dès 170 kV\n"))
      .toBe("c = d'après tension\n       0~$/kW/mois  sous  5~kV\n  0,7131~$/kW/mois  dès   5~kV\n  4,1239~$/kW/mois  dès 170~kV\n");
  });
  it('expressions begin in one column, and so do their guards', async () => {
    expect(await body('  mesure durée en mois =\n      heures ÷ 720 h/mois si grande_puissance\n      jours ÷ 30 jours/mois     sinon\n'))
      .toBe('mesure durée en mois =\n  heures ÷ 720~h/mois    si grande_puissance\n  jours ÷ 30~jours/mois  sinon\n');
  });
  it('a row that begins with a name keeps the figures beside it at the margin: a deeper figure would be a part of it', async () => {
    expect(await body('  x =\n    seuil si a\n    5 kW sinon\n')).toBe('x =\n  seuil  si a\n  5~kW   sinon\n');
  });
  it('figures of several units are in one column only when they are nothing else', async () => {
    expect(await body('  x =\n    12 $/mois si a\n    5 ¢/jour si b\n')).toBe('x =\n  12~$/mois  si a\n   5~¢/jour  si b\n');
    expect(await body('  x =\n    50 % × y si a\n    0 $ sinon\n')).toBe('x =\n  50~% × y  si a\n  0~$       sinon\n');
  });
  it('the sign of a negative figure is a part of it', async () => {
    expect(await body('  x par intervalle =\n    −5 °C si a\n    12 °C sinon\n')).toBe('x par intervalle =\n  −5~°C  si a\n  12~°C  sinon\n');
  });
  it('the letters of the book stand in a column of their own', async () => {
    expect(await body('  x =\n    i) 5 % si a\n    iii) 10 % si b\n    0 % sinon\n')).toBe('x =\n  i)    5~%  si a\n  iii) 10~%  si b\n        0~%  sinon\n');
  });
  it('a row on several lines keeps them; its guard is in the column when it ends a line', async () => {
    expect(await body('  x =\n    a si c\n    max(\n      bb ;\n      dd) si non c\n')).toBe('x =\n  a      si c\n  max(\n    bb ;\n    dd)  si non c\n');
    expect(await body('  x =\n    somme de a\n    + b\n        si c\n    0 kW sinon\n')).toBe('x =\n  somme de a\n  + b\n    si c\n  0~kW  sinon\n');
  });
  it('comments and blank lines between rows part no column', async () => {
    expect(await body('  énergie\n    7 ¢/kWh en été # court\n\n\n       # long\n    11,5 ¢/kWh en hiver\n')).toBe('énergie\n     7~¢/kWh  en été  # court\n\n  # long\n  11,5~¢/kWh  en hiver\n');
  });
});

describe('tables', () => {
  it('columns of figures are set against their right edge, others against their left', async () => {
    expect(await body("  table d'après clé\n    |clé|prix|mot|\n    | I | 5 $ | oui |\n    |III|12,50 $|non|\n")).toBe("table d'après clé\n  | clé |    prix | mot |\n  | I   |     5~$ | oui |\n  | III | 12,50~$ | non |\n");
  });
  it('empty cells, comments in the table and after its lines', async () => {
    expect(await body("  table d'après clé\n    # les prix\n    |clé|prix| # tête\n    | I ||\n      # au milieu\n    |III|1200 $|\n")).toBe("table d'après clé\n  # les prix\n  | clé |    prix |  # tête\n  | I   |         |\n  # au milieu\n  | III | 1~200~$ |\n");
  });
});

describe('signs', () => {
  it.each([
    ['x = 2*y - 3/z', 'x = 2 × y − 3 ÷ z'],
    ['exige a>=5 kW et b<=7kW et c<>d', 'exige a ≥ 5~kW et b ≤ 7~kW et c ≠ d'],
    ['x = −5 kW + (−seuil)', 'x = −5~kW + (−seuil)'],
    ['x = - 5 kW', 'x = −5~kW'],
    ['donnée prix en $ / kW / mois', 'donnée prix en $/kW/mois'],
    ['x = 15090 kWh + 1 200,5 $/kW/mois', 'x = 15~090~kWh + 1~200,5~$/kW/mois'],
    ['x = 2026 + 12345 + 1 234', 'x = 2026 + 12~345 + 1~234'],
    ['x = 65% × max( a;b ;  seuil )', 'x = 65~% × max(a ; b ; seuil)'],
    ['x = 24 mois   civils', 'x = 24~mois civils'],
    ["x = maximum de l’énergie sur les 12 derniers mois", "x = maximum de l'énergie sur les 12 derniers mois"],
    ["s’il y  a   lieu articles 12.2 , 12.4", "s'il y a lieu articles 12.2, 12.4"],
    ['plage p = de 6 h 30 à 10 h ou du 1er   décembre au 31 mars', 'plage p = de 6~h~30 à 10~h ou du 1er décembre au 31 mars'],
    ['note «sans blancs»', 'note «~sans blancs~»'],
    ['note «  deux  blancs, 3 kWh et l’apostrophe :\u00A0oui »', 'note «~deux blancs, 3 kWh et l’apostrophe :~oui~»'],
    ['x = total avec( énergie=5 kWh;y = 3 kW )', 'x = total avec (énergie = 5~kWh ; y = 3~kW)'],
    ['x = y où(z > 0 kW) sur les 12 dernières périodes', 'x = y où (z > 0~kW) sur les 12 dernières périodes'],
    ['x = (a )', 'x = (a )'],
  ])('%s', async (from, to) => expect(await body(`  ${from}\n`)).toBe(`${to}\n`));
});

describe('lines', () => {
  it('levels are two spaces; a line that goes on is one level deeper, and two in a parenthesis that is open in the middle of a line', async () => {
    expect(await body('      lecture « a »\n            retient « b »\n         écarte « c »\n      x = total avec (a = 1 kW ;\n        b = 2 kW)\n      y = max(\n          aa ;\n          bb)\n'))
      .toBe('lecture «~a~»\n  retient «~b~»\n  écarte «~c~»\nx = total avec (a = 1~kW ;\n    b = 2~kW)\ny = max(\n  aa ;\n  bb)\n');
  });
  it('a text keeps its lines', async () => {
    expect(await body('  note « une\n  deux\n\n        trois »\n')).toBe('note «~une\n  deux\n  trois~»\n');
  });
  it('blank lines are single, and none begins or ends a file', async () => {
    expect(await written('\n\n# a\n\n\n\nchapitre 1 « A »\n \t\n\n')).toBe('# a\n\nchapitre 1 «~A~»\n');
  });
  it('comments stand with what follows, or end the block that they stand in', async () => {
    expect(await written('tarif X « X »\narticle 1.1 « A »\n# de x\n   x = 1 kW   # au bout\n     # fin\n# de l’article\narticle 1.2 « B »\n   y = 2 kW\n   # dernier\n# vraiment'))
      .toBe('tarif X «~X~»\narticle 1.1 «~A~»\n  # de x\n  x = 1~kW  # au bout\n  # fin\n# de l’article\narticle 1.2 «~B~»\n  y = 2~kW\n  # dernier\n# vraiment\n');
  });
  it('comments within a statement that goes on', async () => {
    expect(await body('  x = a\n    # pourquoi\n    + b # et\n    + c\n')).toBe('x = a\n  # pourquoi\n  + b  # et\n  + c\n');
  });
  it.each([['empty', '', ''], ['blank', ' \n\t\n', ''], ['comments only', '  # a\n\n\n# b', '# a\n\n# b\n'], ['no last line end', 'chapitre 1 « A »', 'chapitre 1 «~A~»\n']])('a file that is %s', async (_, from, to) => expect(await written(from)).toBe(to));
  it('CRLF, CR, a byte order mark, decomposed accents and tabs', async () => {
    const text = 'tarif X « X »\narticle 1.1 « A »\n\tété = 5 kW\n\ténergie\n\t\t5 ¢/kWh en été # é\n\t\t12 ¢/kWh en hiver\n';
    const right = 'tarif X «~X~»\narticle 1.1 «~A~»\n  été = 5~kW\n  énergie\n     5~¢/kWh  en été  # é\n    12~¢/kWh  en hiver\n';
    for (const each of [text, text.replaceAll('\n', '\r\n'), `\uFEFF${text}`, text.normalize('NFD')]) expect(await written(each)).toBe(right);
  });
});

describe('a file that cannot be read', () => {
  const folder = join(root, 'spec/mauvais');
  it.each(readdirSync(folder).filter((name) => name.endsWith('.tarif')))('%s: refused with what is wrong, or formatted when only its meaning is wrong', async (name) => {
    const file = sourceFile(name, readFileSync(join(folder, name), 'utf8'));
    const { diagnostics } = parseFile(file);
    const result = await formatTarif(file);
    if (diagnostics.some(isError)) expect(result).toEqual({ diagnostics });
    else expect('text' in result && (await formatTarif(sourceFile(name, result.text)))).toEqual(result);
  });
  it('says where', async () => {
    expect(await written('tarif X « X »\narticle 1.1 « A »\n  x = = 3\n')).toBe('refused: syntaxe/inattendu');
    expect(await written('tarif X « X »\narticle 1.1 « A »\n  note « x\n')).toMatch(/^refused: texte\/guillemets/);
  });
});
