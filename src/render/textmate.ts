/**
 * The colouring of `.tarif` files for editors and pages (TextMate), made from the lexer itself: the same patterns in the same order, so
 * that a word is coloured as a keyword just where it is one. A few rules look further than a token: titles, names being defined, the
 * word that opens a line of the bill, the names of rates.
 */
import { ALL_TOKENS, BLANK, END, Identifiant, KEYWORDS } from '../../grammar/lexer.ts';
import { UNIT_WORDS, VOCABULARY, type WordKind, type WordToken } from '../../grammar/vocabulary.ts';

/** A rule of a TextMate grammar, as editors read it. */
export interface Rule {
  readonly name?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly captures?: Captures;
  readonly beginCaptures?: Captures;
  readonly endCaptures?: Captures;
  readonly patterns?: readonly Rule[];
  readonly include?: string;
}
type Captures = Readonly<Record<string, { readonly name?: string; readonly patterns?: readonly Rule[] }>>;
export interface TextmateGrammar {
  readonly comment: string;
  readonly name: string;
  readonly scopeName: string;
  readonly fileTypes: readonly string[];
  readonly patterns: readonly Rule[];
  readonly repository: Readonly<Record<string, { readonly patterns: readonly Rule[] }>>;
}

/** The identifier of the language in editors, and the root of its scopes. */
export const LANGUAGE_ID = 'tarif';
const scope = (name: string): string => `${name}.${LANGUAGE_ID}`;

const KINDS: Readonly<Record<WordKind, string>> = {
  entête: 'storage.type.header', énoncé: 'keyword.control.statement', rôle: 'storage.type.role', garde: 'keyword.control.conditional', opérateur: 'keyword.operator.wordlike',
  agrégat: 'support.function.aggregate', fenêtre: 'keyword.other.window', temps: 'keyword.other.time', liaison: 'keyword.operator.connective',
};
const NUMBER = scope('constant.numeric');
const UNIT = scope('keyword.other.unit');
/** The scope of each token that is no word; a quantity is a number and a unit. */
const TOKENS: Readonly<Record<string, string>> = {
  Commentaire: 'comment.line.number-sign', Texte: 'string.quoted.other', Alinéa: 'entity.name.label', Lettre: 'entity.name.label', DateLittérale: 'constant.numeric.date', HeureMinute: 'constant.numeric.time', MoisNommé: 'constant.numeric.date',
  JourSemaine: 'constant.numeric.date', Quantité: 'meta.quantity', NuméroArticle: 'constant.numeric.article', Rang: 'constant.numeric', NombreLittéral: 'constant.numeric', Identifiant: 'variable.other', SigneUnité: 'keyword.other.unit',
  Plus: 'keyword.operator.arithmetic', Moins: 'keyword.operator.arithmetic', Fois: 'keyword.operator.arithmetic', Divisé: 'keyword.operator.arithmetic',
  InférieurOuÉgal: 'keyword.operator.comparison', SupérieurOuÉgal: 'keyword.operator.comparison', Différent: 'keyword.operator.comparison', Inférieur: 'keyword.operator.comparison', Supérieur: 'keyword.operator.comparison',
  Égal: 'keyword.operator.assignment', ParG: 'punctuation.section.parens.begin', ParD: 'punctuation.section.parens.end', Virgule: 'punctuation.separator', PointVirgule: 'punctuation.separator.argument', Barre: 'punctuation.separator.table',
};
/** What a rule that looks further than a token gives instead. */
export const IN_PLACE = {
  title: scope('entity.name.section'), definition: scope('entity.name.function.definition'), rate: scope('entity.name.type'), measure: scope('support.variable.measure'), local: scope('variable.other.constant'),
  call: scope('support.function.call'), unit: UNIT,
} as const;

const words = new Map<string, (typeof VOCABULARY)[number]>(VOCABULARY.map((word) => [word.token, word]));

/** The scope that a token has where no rule looks further; undefined for what the lexer leaves out and for the tokens of the layout. */
export function scopeOf(token: string): string | undefined {
  const word = words.get(token);
  // `minimum` opens a line, and gathers values elsewhere: the line's own rule says which.
  const found = word ? (token === 'Minimum' ? KINDS['agrégat'] : KINDS[word.kind]) : TOKENS[token];
  return found === undefined ? undefined : scope(found);
}

/** A pattern of the lexer as editors read it: the same language, but for escapes and classes that their engine takes otherwise. */
const source = (pattern: unknown): string => {
  if (!(pattern instanceof RegExp)) throw new Error('A token of the language without a regular expression');
  return portable(pattern.source);
};
const portable = (text: string): string => text.replace(/\\u([0-9A-Fa-f]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))).replace(/\\d/g, '0-9').replace(/(?<!\[[^\]]*)0-9/g, '[0-9]');

const patternOf = (token: WordToken): string => `(?:${source(KEYWORDS[token].PATTERN)})`;
const anyOf = (tokens: readonly WordToken[]): string => `(?:${tokens.map(patternOf).join('|')})`;
const all = VOCABULARY.map(({ token }) => token);
const nameable = VOCABULARY.filter(({ alsoName }) => alsoName).map(({ token }) => token);
const ROLES = VOCABULARY.filter(({ kind }) => kind === 'rôle').map(({ token }) => token);
const blank = portable(BLANK);
const end = portable(END);
const identifier = `(?:${source(Identifiant.PATTERN)})`;
/** A name that is no word of the language; and a name that may be one of those that are both. */
const ownName = `(?!${anyOf(all)})${identifier}`;
const anyName = `(?:(?!${anyOf(all.filter((token) => !nameable.includes(token)))})${identifier})`;
const units = `(?:${UNIT_WORDS.map((unit) => unit.replace(/[$]/g, '\\$&').replace(/ /g, `${blank}+`)).join('|')})`;
const letters = `((?:(?:${tokenSource('Lettre')}|${tokenSource('Alinéa')})${blank}*)*)`;
const start = `^(${blank}*)${letters}`;

function tokenSource(name: string): string {
  return source(ALL_TOKENS.find((token) => token.name === name)?.PATTERN);
}

const lettersOf: Captures[string] = { patterns: [{ include: '#letters' }] };
/** Rules that look further than a token, before the tokens: where several match at one place the first is taken. */
const further = (): Rule[] => [
  {
    name: scope('meta.header'), begin: `^(?=${anyOf(['Edition', 'Chapitre', 'Section', 'Tarif', 'Option', 'DispositionsCommunes', 'Modele', 'Article'])})`, end: '$',
    patterns: [text(`${scope('markup.heading')} ${IN_PLACE.title}`), { include: '#rates' }, { include: '#tokens' }],
  },
  // `donnée phases …`, `plage hiver = …`; `remplace la facture` gives no name.
  { match: `${start}(${anyOf(['Donnee', 'Mesure', 'Plage', 'Fait'])})${blank}+(${anyName})`, captures: { 2: lettersOf, 3: { name: scope(KINDS['énoncé']) }, 4: { name: IN_PLACE.definition } } },
  { match: `${start}(${patternOf('Remplace')})${blank}+(?!${patternOf('LaFacture')})(?:(${patternOf('Le')})${blank}*)?(${anyName})`, captures: { 2: lettersOf, 3: { name: scope(KINDS['énoncé']) }, 4: { name: scope(KINDS['liaison']) }, 5: { name: IN_PLACE.definition } } },
  // `seuil = …`, `énergie_par_jour par jour = …`
  { match: `${start}(${ownName})(?=${blank}*=|${blank}+${patternOf('Par')}${blank}+${anyName}${blank}*=)`, captures: { 2: lettersOf, 3: { name: IN_PLACE.definition } } },
  // `prime de …`; `crédit effacement « … » de …`
  { match: `${start}(${anyOf(ROLES)})(?:${blank}+(${ownName}))?`, captures: { 2: lettersOf, 3: { name: scope(KINDS['rôle']) }, 4: { name: IN_PLACE.definition } } },
  { include: '#rates' },
  // `arrondi(…)`; the unit of `en $/kW/mois`, which are names and signs to the lexer.
  { match: `${ownName}(?=\\()`, name: IN_PLACE.call },
  { match: `(?:(${patternOf('En')})|(${patternOf('ExprimeeEn')}))${blank}+(${units}(?:/${units})*${end})`, captures: { 1: { name: scope(KINDS['garde']) }, 2: { name: scope(KINDS['opérateur']) }, 3: { patterns: [{ match: '/', name: scope('keyword.operator.arithmetic') }, { match: '[^/]+', name: UNIT }] } } },
  // Elsewhere the word of a role names a measure or a line; all but `minimum`, which gathers values.
  { match: anyOf(ROLES.filter((token) => token !== 'Minimum')), name: IN_PLACE.measure },
];

/** A text, which may take several lines; one that is never closed stops where the next begins. */
const text = (name: string): Rule => ({
  name, begin: '«', end: '(»)|(?=«)', beginCaptures: { 0: { name: scope('punctuation.definition.string.begin') } }, endCaptures: { 1: { name: scope('punctuation.definition.string.end') } },
});

/** The rule of one token. */
function ruleOf(token: (typeof ALL_TOKENS)[number]): Rule[] {
  const name = scopeOf(token.name);
  if (name === undefined) return [];
  if (token.name === 'Texte') return [text(name)];
  const match = source(token.PATTERN);
  if (token.name === 'Quantité') {
    return [{ match, name, captures: { 0: { patterns: [{ match: `[0-9](?:${blank}?[0-9]|,[0-9])*`, name: NUMBER }, { match: `[^0-9${blank.slice(1, -1)}].*`, name: UNIT }] } } }];
  }
  // A name all in capitals is a rate, or exists in its article only.
  if (token === Identifiant) return [{ match: `[A-ZÀ-ÖØ-ÞŒ][A-ZÀ-ÖØ-ÞŒ0-9_]*${end}`, name: IN_PLACE.local }, { match, name }];
  return [{ match, name }];
}

/** The whole grammar. */
export function textmateGrammar(): TextmateGrammar {
  return {
    comment: 'Made from grammar/vocabulary.ts and grammar/lexer.ts by `npm run docs`: not to be changed by hand.',
    name: 'Barème', scopeName: `source.${LANGUAGE_ID}`, fileTypes: ['tarif'],
    patterns: [{ include: '#further' }, { include: '#tokens' }],
    repository: {
      further: { patterns: further() },
      rates: { patterns: [{ match: `(${anyOf(['Tarif', 'AuxTarifs'])})${blank}+(${ownName})`, captures: { 1: { name: scope(KINDS['entête']) }, 2: { name: IN_PLACE.rate } } }, { match: `(${anyOf(['Option', 'AuxOptions'])})${blank}+(${ownName})`, captures: { 1: { name: scope(KINDS['entête']) }, 2: { name: IN_PLACE.rate } } }] },
      letters: { patterns: [...ALL_TOKENS.filter(({ name }) => name === 'Lettre' || name === 'Alinéa').flatMap(ruleOf)] },
      tokens: { patterns: ALL_TOKENS.flatMap(ruleOf) },
    },
  };
}

/** A block ```` ```tarif ```` of a Markdown page, coloured as the language: a grammar that editors inject in theirs. */
export function markdownInjection(): object {
  return {
    comment: 'Made by `npm run docs`: not to be changed by hand.', scopeName: `markdown.${LANGUAGE_ID}.codeblock`, injectionSelector: 'L:text.html.markdown',
    patterns: [{
      name: 'markup.fenced_code.block.markdown', begin: `(^|\\G)(\\s*)(\`{3,}|~{3,})\\s*(${LANGUAGE_ID})(?=\\s|$)[^\`]*$`, end: '(^|\\G)(\\2|\\s{0,3})(\\3)\\s*$',
      beginCaptures: { 3: { name: 'punctuation.definition.markdown' }, 4: { name: 'fenced_code.block.language.markdown' } }, endCaptures: { 3: { name: 'punctuation.definition.markdown' } },
      patterns: [{ begin: '(^|\\G)(\\s*)(.*)', while: '(^|\\G)(?!\\s*([`~]{3,})\\s*$)', contentName: `meta.embedded.block.${LANGUAGE_ID}`, patterns: [{ include: `source.${LANGUAGE_ID}` }] }],
    }],
  };
}
