/** The colours of editors and pages: the lexer is the truth of where a word is a keyword, a name, a quantity. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { lex } from '../../grammar/lexer.ts';
import { VOCABULARY } from '../../grammar/vocabulary.ts';
import { IN_PLACE, scopeOf, textmateGrammar } from '../../src/render/textmate.ts';
import { openColours, type Stretch } from '../tools/colours.ts';
import { root } from '../tools/command.ts';

let colour: (text: string) => Stretch[][];
beforeAll(async () => { colour = await openColours(); });

const filesOf = (folder: string): string[] => readdirSync(join(root, folder), { withFileTypes: true, recursive: true }).filter((entry) => entry.name.endsWith('.tarif')).map((entry) => join(entry.parentPath, entry.name)).sort();
const read = (path: string): string => readFileSync(path, 'utf8').normalize('NFC').replace(/\r\n?/g, '\n').replace(/^\uFEFF/, '');

const nameable = new Set<string>(VOCABULARY.filter(({ alsoName }) => alsoName).map(({ token }) => token));
const words = new Set<string>(VOCABULARY.map(({ token }) => token));
/** The most precise scopes that a token may have. */
function scopesOf(token: string): readonly (string | undefined)[] {
  if (token === 'Quantité') return ['constant.numeric.tarif', 'keyword.other.unit.tarif', 'meta.quantity.tarif'];
  if (token === 'Texte') return ['string.quoted.other.tarif', IN_PLACE.title, 'punctuation.definition.string.begin.tarif', 'punctuation.definition.string.end.tarif'];
  if (token === 'Identifiant') return [scopeOf(token), IN_PLACE.definition, IN_PLACE.rate, IN_PLACE.local, IN_PLACE.call, IN_PLACE.unit];
  if (token === 'Minimum') return [scopeOf(token), 'storage.type.role.tarif', IN_PLACE.definition];
  return nameable.has(token) ? [scopeOf(token), IN_PLACE.definition, IN_PLACE.measure] : [scopeOf(token)];
}

/** Where colours and lexer differ, as `line:column text scope, not token`. */
function differences(text: string): string[] {
  const scopes: (string | undefined)[] = colour(text).flatMap((line, index, lines) => [
    ...line.flatMap(({ start, end, scopes: all }) => Array.from({ length: end - start }, () => all.at(-1))), ...(index < lines.length - 1 ? [undefined] : []),
  ]);
  const { tokens, comments, unknown } = lex(text);
  const covered = new Set(unknown.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, index) => start + index)));
  const wrong: string[] = [];
  const place = (offset: number): string => `${text.slice(0, offset).split('\n').length}:${offset - text.lastIndexOf('\n', offset - 1)}`;
  for (const { startOffset, image, tokenType } of [...tokens, ...comments]) {
    const allowed = new Set(scopesOf(tokenType.name));
    for (let offset = startOffset; offset < startOffset + image.length; offset++) {
      covered.add(offset);
      if (text[offset] === '\n' || allowed.has(scopes[offset])) continue;
      wrong.push(`${place(offset)} « ${image} » ${scopes[offset]}, not ${tokenType.name}`);
      break;
    }
  }
  // What is between tokens is blank, and has no colour of its own.
  for (let offset = 0; offset < text.length; offset++) if (!covered.has(offset) && scopes[offset] !== undefined && !/^(source|meta)\./.test(scopes[offset] ?? '')) wrong.push(`${place(offset)} blank ${scopes[offset]}`);
  return wrong;
}

describe('every token has the colour of what the lexer takes it for', () => {
  it.each(['tariffs', 'spec/langage', 'spec/fixtures'])('in every file of %s', (folder) => {
    const files = filesOf(folder);
    expect(files.length).toBeGreaterThan(0);
    for (const path of files) expect(differences(read(path)), path).toEqual([]);
  }, 120_000);
  it('in every file of mistakes, but where a text is never closed', () => {
    for (const path of filesOf('spec/mauvais').filter((name) => !/guillemets/.test(name))) expect(differences(read(path)), path).toEqual([]);
  }, 60_000);
  it('of every word, in each of its spellings, alone and inside a longer word', () => {
    const lines = VOCABULARY.flatMap(({ spellings }) => spellings).flatMap((spelling) => [`  x ${spelling} x`, `  x ${spelling.replace(/ /g, '\u00A0 ').replace(/'/g, '\u2019')} x`, `  x ${spelling}é x`, `  x ${spelling}_a`, `  x a${spelling}`, `  x ${spelling}2`]);
    expect(lines.length).toBeGreaterThan(6 * words.size - 1);
    expect(differences(lines.join('\n'))).toEqual([]);
  });
  it('has a scope for every token that the lexer can give', () => {
    const given = new Set(filesOf('tariffs').flatMap((path) => lex(read(path)).tokens.map(({ tokenType }) => tokenType.name)));
    expect(given.size).toBeGreaterThan(100);
    expect([...given].filter((token) => scopeOf(token) === undefined)).toEqual([]);
  });
});

/** The most precise scope of what is marked in a line, without the name of the language. */
const scopeIn = (line: string, marked: string, before: readonly string[] = []): string | undefined => {
  const stretches = colour([...before, line].join('\n')).at(-1) ?? [];
  const start = line.indexOf(marked);
  const found = stretches.filter((stretch) => stretch.start < start + marked.length && stretch.end > start);
  return [...new Set(found.map(({ scopes }) => scopes.at(-1)?.replace(/\.tarif$/, '')))].join(' ');
};

describe('colours, case by case', () => {
  it.each([
    ['a keyword stops where its letters do', '  x = 1 sous conditionnel', 'conditionnel', 'variable.other'],
    ['an accent is a letter: été is no keyword and a half', '  x si étés', 'étés', 'variable.other'],
    ['a word of several words, over no-break spaces', '  x = a mais\u00A0au  moins b', 'mais\u00A0au  moins', 'keyword.operator.wordlike'],
    ['either apostrophe', '  x = d\u2019après y', 'd\u2019après', 'keyword.control.statement'],
    ['a number and its unit', '  x = 15\u00A0090,5 kWh/jour', '15\u00A0090,5', 'constant.numeric'],
    ['a unit', '  x = 15 090 ¢/kWh', '¢/kWh', 'keyword.other.unit'],
    ['a unit alone', '  donnée x en $', '$', 'keyword.other.unit'],
    ['a unit after « en », and no season', '  donnée x en $/kW/mois', 'kW', 'keyword.other.unit'],
    ['a season after « en »', '  5 $/mois en mois_froid', 'mois_froid', 'variable.other'],
    ['a function', '  x = min(a ; 2)', 'min', 'support.function.call'],
    ['an article is no number', '  x = 7,065 ¢/kWh selon 12.2', '12.2', 'constant.numeric.article'],
    ['a date', '  plage p = du 1er avril 2026 au 30 juin', '1er avril 2026', 'constant.numeric.date'],
    ['an hour', '  plage p = de 6 h 30 à 10 h', '6 h 30', 'constant.numeric.time'],
    ['a name that is defined', '  seuil par jour = 4 kW', 'seuil', 'entity.name.function.definition'],
    ['and used', '  x = seuil × 2', 'seuil', 'variable.other'],
    ['a letter of the book, then a definition', '  a) ii) seuil = 4 kW', 'seuil', 'entity.name.function.definition'],
    ['a letter of the book', '  a) ii) seuil = 4 kW', 'ii)', 'entity.name.label'],
    ['a datum', '  donnée phases parmi 1 ou 3', 'phases', 'entity.name.function.definition'],
    ['a measure with the name of a role', '  mesure énergie en kWh', 'énergie', 'entity.name.function.definition'],
    ['what replaces', '  remplace le seuil = 3 kW', 'seuil', 'entity.name.function.definition'],
    ['the bill is no name', '  remplace la facture', 'la facture', 'keyword.control.statement'],
    ['a role opens a line', '  énergie par tranches', 'énergie', 'storage.type.role'],
    ['a role in a value is a measure', '  x = énergie pendant hiver', 'énergie', 'support.variable.measure'],
    ['minimum opens a line', '  minimum 13,833 $/mois', 'minimum', 'storage.type.role'],
    ['minimum gathers values', '  x = minimum de y', 'minimum', 'support.function.aggregate'],
    ['a line that has a name', '  crédit effacement « Effacement » de x', 'effacement', 'entity.name.function.definition'],
    ['a title', 'article 2.5 « Structure du tarif D »', ' Structure du tarif D ', 'entity.name.section'],
    ['a rate', '  x = total au tarif Flex_D', 'Flex_D', 'entity.name.type'],
    ['a name of the article', '  x = HAP ÷ 2', 'HAP', 'variable.other.constant'],
    ['a comment after a text', '  note « a # b » # c « d', ' c « d', 'comment.line.number-sign'],
    ['no comment in a text', '  note « a # b »', ' a # b ', 'string.quoted.other'],
    ['a bar of a table', '  | a | 4 kW |', '|', 'punctuation.separator.table'],
  ])('%s', (_, line, marked, scope) => expect(scopeIn(line, marked)).toBe(scope));
  it('a text goes on over lines', () => expect(scopeIn('    suite si énergie » si x', ' suite si énergie ', ['  note « début'])).toBe('string.quoted.other'));
  it('a text that is never closed stops where the next begins', () => {
    expect(scopeIn('  seuil = 4 kW « b »', 'seuil', ['  note « a', '  note « b »'])).toBe('entity.name.function.definition');
  });
});

describe('colours of a page', () => {
  it('are those that were read over', async () => {
    const text = readFileSync(join(import.meta.dirname, 'couleurs.tarif'), 'utf8');
    const lines = text.split('\n');
    const shown = colour(text).flatMap((line, index) => [lines[index] ?? '', ...line.filter((stretch) => stretch.text.trim() !== '').map(({ start, end, scopes }) => `${' '.repeat(start)}${'~'.repeat(end - start)} ${scopes.slice(1).map((each) => each.replace(/\.tarif$/, '')).join(' > ')}`)]);
    await expect(`${shown.join('\n')}\n`).toMatchFileSnapshot('couleurs.txt');
  });
});

describe('the grammar', () => {
  it('names no group that is not there, and includes nothing that is not there', () => {
    const grammar = textmateGrammar();
    const text = JSON.stringify(grammar);
    expect([...text.matchAll(/"include":"#(\w+)"/g)].map(([, name]) => name).filter((name) => !Object.hasOwn(grammar.repository, name ?? ''))).toEqual([]);
    expect(text).not.toMatch(/\\\\u[0-9a-f]{4}|undefined|NaN/i);
  });
});
