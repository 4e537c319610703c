/** A new name for a thing, everywhere that it is read: or why it cannot have it. */
import type { Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { lex } from '../../grammar/lexer.ts';
import { UNIT_WORDS } from '../../grammar/vocabulary.ts';
import type { Lang } from '../quantity/format.ts';
import { rangeOf, type Document } from './document.ts';
import { foundAt, indexOf, type Found, type Index } from './index.ts';
import { group } from './navigate.ts';
import type { World } from './world.ts';

export type Refused = { readonly refused: string };

const isLocal = (name: string): boolean => /^[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ0-9]*$/.test(name);
/** Two names that a case in JSON could not tell apart. */
const key = (name: string): string => name.normalize('NFD').replace(/\p{M}/gu, '');
/** Names that every rate has. */
const TAKEN = new Set(['jours', 'heures', 'durée', 'total', 'total_arrondi', 'sous_total', 'tarif', 'grande_puissance', 'premier_jour', 'dernier_jour', 'début', 'fin', 'rang', 'écart', 'ancienne_valeur', 'jour', 'heure', 'intervalle', 'partie', 'palier', 'période', 'max', 'min', 'arrondi', 'entier', 'abs', 'valeur', ...UNIT_WORDS]);

/** The name under the pointer, when it can be renamed. */
export function prepareRename(world: World, document: Document, offset: number, lang: Lang): { readonly range: Range; readonly placeholder: string } | Refused {
  const index = indexOf(world);
  const found = foundAt(index, document, offset);
  const why = refusal(index, found, lang);
  const range = found && rangeOf(document, found.occurrence.span);
  return why !== undefined || !found || !range ? { refused: why ?? say(lang, 'Il n’y a pas de nom ici.', 'There is no name here.') } : { range, placeholder: found.occurrence.name };
}

function refusal(index: Index, found: Found | undefined, lang: Lang): string | undefined {
  if (!found) return say(lang, 'Il n’y a ici aucun nom qui puisse changer : un mot du langage, un chiffre ou un texte ne se renomment pas.', 'There is no name to change here: a word of the language, a figure or a text is not renamed.');
  const { name, space } = found.occurrence;
  if (space === 'article') return say(lang, "Le numéro d'un article est celui du livre : il ne se renomme pas.", 'The number of an article is the book’s: it is not renamed.');
  if (TAKEN.has(name)) return say(lang, `« ${name} » est un nom du langage.`, `“${name}” is a name of the language.`);
  const declarations = index.resolve(found);
  if (declarations.length === 0) return say(lang, `« ${name} » n’est déclaré nulle part.`, `“${name}” is declared nowhere.`);
  if (space === 'line' && declarations.some(({ statement }) => statement?.kind === 'line' && !statement.name)) return say(lang, `« ${name} » est un mot du langage : une ligne sans nom porte celui de son rôle.`, `“${name}” is a word of the language: a line without a name bears that of its role.`);
  // A measure may bear a word of the language (énergie): it would not be one any more elsewhere.
  if (!isName(name)) return say(lang, `« ${name} » est un mot du langage.`, `“${name}” is a word of the language.`);
  return undefined;
}

/** Whether a text reads as one name, and as nothing else. */
const isName = (text: string): boolean => {
  const { tokens, unknown } = lex(text);
  return unknown.length === 0 && tokens.length === 1 && tokens[0]?.tokenType.name === 'Identifiant' && tokens[0].image === text;
};

/** The edits that give a name to all that the pointed name means. */
export function rename(world: World, document: Document, offset: number, newName: string, lang: Lang): WorkspaceEdit | Refused {
  const index = indexOf(world);
  const found = foundAt(index, document, offset);
  const why = refusal(index, found, lang);
  if (why !== undefined || !found) return { refused: why ?? '' };
  const wanted = newName.trim().normalize('NFC');
  const { name, space } = found.occurrence;
  if (wanted === name) return { changes: {} };
  if (!isName(wanted) || TAKEN.has(wanted)) return { refused: say(lang, `« ${wanted} » ne peut pas être un nom : c’est un mot du langage, ou il a d’autres signes que des lettres, des chiffres et « _ ».`, `“${wanted}” cannot be a name: it is a word of the language, or has other signs than letters, digits and “_”.`) };
  if (space === 'value' && isLocal(wanted) !== isLocal(name)) return { refused: say(lang, `Un nom tout en majuscules n’existe que dans son article : « ${name} » ne peut pas devenir « ${wanted} ».`, `A name all in capitals belongs to its article alone: “${name}” cannot become “${wanted}”.`) };
  const { occurrences } = group(index, found);
  const clash = index.all((other) => other.declares && other.space === space && key(other.name) === key(wanted) && other.name !== name).find((other) => !isLocal(wanted) || occurrences.some(({ site }) => site.article === other.site.article));
  if (clash) {
    const at = clash.site.block.header.kind === 'article' ? ` (article ${clash.site.block.header.number})` : '';
    return { refused: say(lang, `« ${clash.occurrence.name} » existe déjà${at}.`, `“${clash.occurrence.name}” exists already${at}.`) };
  }
  const choice = space === 'value' ? index.all((other) => other.name === wanted && other.space === space)[0] : undefined;
  if (choice) return { refused: say(lang, `« ${wanted} » se lit déjà quelque part (un choix, peut-être) : on ne saurait plus ce qu’il désigne.`, `“${wanted}” is read somewhere already (a choice, perhaps): it would not be clear any more what it means.`) };
  const changes: Record<string, TextEdit[]> = {};
  for (const { occurrence, site } of occurrences) {
    const range = rangeOf(site.document, occurrence.span);
    if (range) (changes[site.document.uri] ??= []).push({ range, newText: wanted });
  }
  return { changes };
}

const say = (lang: Lang, french: string, english: string): string => (lang === 'fr' ? french : english);
