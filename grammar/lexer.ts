/**
 * Text → tokens. Keywords come from the vocabulary, longest spelling first, each ending in a guard that knows accents
 * (`\b` does not: `été` would end before its last letter).
 */
import { createToken, Lexer, type ILexingResult, type IToken, type TokenType } from 'chevrotain';
import { MONTHS, UNIT_WORDS, VOCABULARY, WEEKDAYS, type WordToken } from './vocabulary.ts';

/** Pieces of patterns, which the colouring of editors is made from too. */
export const LETTER = 'a-zA-ZÀ-ÖØ-öø-ÿŒœ';
export const BLANK = '[ \\t\\u00A0\\u202F]';
export const END = `(?![${LETTER}0-9_])`;
const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** A spelling as a pattern: any blanks between its words, either apostrophe, and a guard unless it ends in an apostrophe. */
const spelling = (text: string): string =>
  escape(text).replace(/ /g, `${BLANK}+`).replace(/'/g, "['\\u2019]") + (text.endsWith("'") ? '' : END);

const NUMBER = `(?:\\d{1,3}(?:[ \\u00A0\\u202F]\\d{3})+(?!\\d)|\\d+)(?:,\\d+)?`;
const UNIT = `(?:${UNIT_WORDS.map((unit) => escape(unit).replace(/ /g, `${BLANK}+`)).join('|')})`;
const UNIT_CHAIN = `${UNIT}(?:/${UNIT})*`;
const MONTH = `(?:${MONTHS.join('|')})`;
const pattern = (source: string): RegExp => new RegExp(source);

/** The category of all that may stand as a name: identifiers and the words that are also names. */
export const Nom = createToken({ name: 'Nom', pattern: Lexer.NA, label: 'un nom' });
/** The category of the grammatical `de`, `du`, `de la`. */
export const DeX = createToken({ name: 'DeX', pattern: Lexer.NA, label: '« de »' });
/** What an example may set: an identifier, or a measure that bears the name of a role (`énergie`). */
export const NomLibre = createToken({ name: 'NomLibre', pattern: Lexer.NA, label: 'un nom' });
export const Role = createToken({ name: 'Rôle', pattern: Lexer.NA, label: 'un rôle (frais…)' });
export const Agregat = createToken({ name: 'Agrégat', pattern: Lexer.NA, label: 'un agrégat (somme de…)' });

export const Identifiant = createToken({
  name: 'Identifiant', label: 'un nom', categories: [Nom, NomLibre], line_breaks: false, pattern: pattern(`[${LETTER}][${LETTER}0-9_]*`),
});

const ROLES = new Set(['Frais', 'Energie', 'Prime', 'Credit', 'Penalite', 'Montant', 'Minimum']);
const AGGREGATES = new Set(['Somme', 'MoyenneSansExtremes', 'Moyenne', 'Maximum', 'Minimum', 'Cumul', 'Nombre']);

export const KEYWORDS = Object.fromEntries(
  VOCABULARY.map((entry) => {
    const categories: TokenType[] = [];
    if (entry.alsoName) categories.push(Nom);
    if (['DeLa', 'Du', 'De'].includes(entry.token)) categories.push(DeX);
    if (ROLES.has(entry.token)) categories.push(Role, NomLibre);
    if (AGGREGATES.has(entry.token)) categories.push(Agregat);
    const longestFirst = [...entry.spellings].sort((a, b) => b.length - a.length);
    return [entry.token, createToken({
      name: entry.token, label: `« ${entry.spellings[0]} »`, categories, line_breaks: false, pattern: pattern(longestFirst.map(spelling).join('|')),
    })];
  }),
) as Readonly<Record<WordToken, TokenType>>;

const basic = (name: string, label: string, source: string): TokenType =>
  createToken({ name, label, pattern: pattern(source), line_breaks: false });

export const Texte = createToken({ name: 'Texte', label: 'un texte « … »', pattern: /«[^«»]*»/, line_breaks: true });
export const DateLitterale = basic('DateLittérale', 'une date', `(?:\\d{4}-\\d{2}-\\d{2}|(?:1er|\\d{1,2})${BLANK}+${MONTH}(?:${BLANK}+\\d{4})?)${END}`);
export const MoisNomme = basic('MoisNommé', 'un mois', `${MONTH}${END}`);
export const JourSemaine = basic('JourSemaine', 'un jour de la semaine', `(?:${WEEKDAYS.join('|')})${END}`);
export const HeureMinute = basic('HeureMinute', 'une heure', `\\d{1,2}${BLANK}h${BLANK}\\d{2}${END}`);
export const Quantite = basic('Quantité', 'une quantité', `${NUMBER}${BLANK}?${UNIT_CHAIN}${END}`);
export const NumeroArticle = basic('NuméroArticle', "un numéro d'article", `\\d+\\.\\d+(?:\\.\\d+)?${END}`);
export const Rang = basic('Rang', 'un rang (2e)', `\\d+(?:er|re|e)${END}`);
export const Nombre = basic('NombreLittéral', 'un nombre', `${NUMBER}${END}`);
export const Lettre = basic('Lettre', 'une lettre du livre : a)', `(?:[a-z]|[ivx]{2,4})\\)`);
export const Alinea = basic('Alinéa', 'alinéa', `alinéa${BLANK}+\\d+`);
export const Plus = basic('Plus', '« + »', '\\+');
export const Moins = basic('Moins', '« − »', '[-\\u2212]');
export const Fois = basic('Fois', '« × »', '[×*]');
export const Divise = basic('Divisé', '« ÷ »', '[÷/]');
export const InferieurOuEgal = basic('InférieurOuÉgal', '« ≤ »', '≤|<=');
export const SuperieurOuEgal = basic('SupérieurOuÉgal', '« ≥ »', '≥|>=');
export const Different = basic('Différent', '« ≠ »', '≠|<>');
export const Inferieur = basic('Inférieur', '« < »', '<');
export const Superieur = basic('Supérieur', '« > »', '>');
export const Egal = basic('Égal', '« = »', '=');
export const ParG = basic('ParG', '« ( »', '\\(');
export const ParD = basic('ParD', '« ) »', '\\)');
export const Virgule = basic('Virgule', 'une virgule', ',');
export const PointVirgule = basic('PointVirgule', '« ; »', ';');
export const SigneUnite = basic('SigneUnité', 'une unité', '[$¢%]|°C');
export const Barre = basic('Barre', '« | »', '\\|');

/** Made by the layout, never by the lexer: the opening and closing of deeper lines, and the end of each. */
export const Retrait = createToken({ name: 'Retrait', label: 'une ligne en retrait', pattern: Lexer.NA });
export const FinRetrait = createToken({ name: 'FinRetrait', label: 'la fin du retrait', pattern: Lexer.NA });
export const FinLigne = createToken({ name: 'FinLigne', label: 'la fin de la ligne', pattern: Lexer.NA });

const blanks = createToken({ name: 'Blancs', pattern: /[ \t\u00A0\u202F\r\n\uFEFF]+/, group: Lexer.SKIPPED, line_breaks: true });
export const Commentaire = createToken({ name: 'Commentaire', pattern: /#[^\n\r]*/, group: 'comments', line_breaks: false });

const longest = (type: TokenType): number => {
  const entry = VOCABULARY.find((candidate) => candidate.token === type.name);
  return Math.max(...(entry?.spellings ?? ['']).map((text) => text.length));
};
const keywords = Object.values(KEYWORDS).sort((a, b) => longest(b) - longest(a));

export const ALL_TOKENS: readonly TokenType[] = [
  blanks, Commentaire, Texte, Alinea, DateLitterale, HeureMinute, Quantite, NumeroArticle, Rang, Nombre, Lettre,
  ...keywords, MoisNomme, JourSemaine, Identifiant,
  Plus, Moins, Fois, Divise, InferieurOuEgal, SuperieurOuEgal, Different, Inferieur, Superieur, Egal, ParG, ParD, Virgule, PointVirgule, Barre, SigneUnite,
  Nom, NomLibre, DeX, Role, Agregat, Retrait, FinRetrait, FinLigne,
];

const lexer = new Lexer([...ALL_TOKENS], { positionTracking: 'full', ensureOptimizations: false, skipValidations: true });

export interface LexResult {
  readonly tokens: readonly IToken[];
  readonly comments: readonly IToken[];
  /** Stretches that no token covers, as offsets. */
  readonly unknown: readonly { readonly start: number; readonly end: number }[];
}

/** Cuts a text, already in NFC, into tokens. Never throws. `offset` is where the text starts in its file. */
export function lex(text: string, offset = 0): LexResult {
  const result: ILexingResult = lexer.tokenize(text);
  if (offset > 0) {
    for (const token of result.tokens) {
      token.startOffset += offset;
      if (token.endOffset !== undefined) token.endOffset += offset;
    }
  }
  return {
    tokens: result.tokens,
    comments: result.groups['comments'] ?? [],
    unknown: result.errors.map((error) => ({ start: error.offset + offset, end: error.offset + offset + error.length })),
  };
}
