/** Changes of editions in words, in French or English. The words of the articles stay those of the book. */
import { formatNumber, type Lang } from '../../quantity/format.ts';
import { toDecimal, toFixed, type Exact } from '../../quantity/exact.ts';
import { parseUnit, unitName } from '../../quantity/unit.ts';
import type { ArticleChange, EditionDiff, EditionName } from './compareBooks.ts';
import type { Place } from '../../render/book/pieces.ts';
import type { Change, ChangeKind, Side } from './statements.ts';
import type { Figure } from '../../render/book/sketch.ts';

const NBSP = '\u00A0';
const ordinal = (rank: number, lang: Lang): string => (lang === 'fr' ? `${rank === 1 ? '1re' : `${rank}e`} tranche` : `block ${rank}`);
const PARTS = {
  fr: { tête: '', valeur: '', prix: 'prix', seuil: 'seuil', condition: 'condition', saison: 'saison' },
  en: { tête: '', valeur: '', prix: 'price', seuil: 'limit', condition: 'condition', saison: 'season' },
} as const;
export const KINDS: Readonly<Record<Lang, Readonly<Record<ChangeKind, string>>>> = {
  fr: { chiffre: 'chiffre', saison: 'saison', condition: 'condition', règle: 'règle', mots: 'mots' },
  en: { chiffre: 'figure', saison: 'season', condition: 'condition', règle: 'rule', mots: 'words' },
};

/** `énergie, 1re tranche (jusqu'à 40 kWh/jour), prix`. */
export function placeInWords(place: Place, lang: Lang): string {
  const row = place.row === undefined ? undefined : place.row;
  const where = [place.statement];
  if (place.tranche !== undefined) where.push(`${ordinal(place.tranche, lang)}${row === undefined ? '' : ` (${row})`}`);
  else if (row !== undefined) where.push(row);
  if (place.column !== undefined) where.push(place.column);
  const part = PARTS[lang][place.part];
  if (part !== '' && place.row !== undefined) where.push(part);
  return where.join(', ');
}

/** A figure as the language writes it. */
export function figureInWords(figure: Figure, lang: Lang): string {
  if (figure.kind !== 'quantity' || figure.decimal === undefined) return figure.text;
  const number = formatNumber(figure.decimal, lang);
  if (figure.unit === undefined) return number;
  const unit = parseUnit(figure.unit);
  const name = lang === 'fr' ? figure.unit : (unit && unitName(unit, 'en')) ?? figure.unit;
  return lang === 'en' && name === '%' ? `${number}%` : `${number}${NBSP}${name}`;
}
export const sideInWords = (side: Side | undefined, lang: Lang): string => (side === undefined ? '' : side.figure ? figureInWords(side.figure, lang) : side.text);

const signed = (text: string, lang: Lang): string => { const shown = formatNumber(text, lang); return shown.startsWith('−') || /^[0.,]*$/.test(shown) ? shown : `+${shown}`; };
/** `+2,32 %`, to two decimals. */
export function percentInWords(percent: Exact | undefined, lang: Lang): string {
  if (percent === undefined) return '';
  return `${signed(toFixed(percent, 2), lang)}${lang === 'fr' ? `${NBSP}%` : '%'}`;
}
/** The difference in the unit of the newer figure; between two percentages, in points. */
export function differenceInWords(change: Change, lang: Lang): string {
  const unit = change.after?.figure?.unit;
  if (change.difference === undefined) return '';
  const parsed = unit === undefined ? undefined : parseUnit(unit);
  const name = unit === '%' ? 'points' : lang === 'fr' ? unit : (parsed && unitName(parsed, 'en')) ?? unit;
  return `${signed(toDecimal(change.difference, 12).text, lang)}${name === undefined ? '' : `${NBSP}${name}`}`;
}

/** What happened to an article besides its figures: `renommé`, `déplacé`. */
export function fateInWords(article: ArticleChange, lang: Lang): string[] {
  const { before, after } = article;
  const said: string[] = [];
  if (article.kind === 'ajouté') said.push(lang === 'fr' ? 'ajouté' : 'added');
  if (article.kind === 'retiré') said.push(lang === 'fr' ? 'retiré' : 'removed');
  if (article.renumbered && before) said.push(lang === 'fr' ? `était l'article ${before.number}` : `was article ${before.number}`);
  if (article.renamed && before) said.push(lang === 'fr' ? `s'intitulait « ${before.title} »` : `was called “${before.title}”`);
  if (article.moved && before && after) {
    const stood = (each: typeof before): string => [each.module, each.section === '' ? '' : `section ${each.chapter}.${each.section}`].filter((text) => text !== '').join(', ');
    said.push(lang === 'fr' ? `déplacé : ${stood(before)} → ${stood(after)}` : `moved: ${stood(before)} → ${stood(after)}`);
  }
  if (article.kind === 'changé' && said.length === 0 && article.changes.every(({ kind }) => kind === 'mots')) said.push(lang === 'fr' ? 'mots seulement' : 'words only');
  return said;
}

export const editionInWords = (edition: EditionName): string => `${edition.title} (${edition.inForce}${edition.folder === undefined ? '' : `, ${edition.folder}`})`;

/** How many of each sort. */
export function countsInWords(diff: EditionDiff, lang: Lang): string {
  const changes = diff.articles.flatMap((article) => (article.kind === 'changé' ? article.changes : []));
  const count = (kind: ChangeKind): number => changes.filter((change) => change.kind === kind).length;
  const of = (kind: ArticleChange['kind']): number => diff.articles.filter((article) => article.kind === kind).length;
  const n = (value: number, one: string, many: string): string => `${formatNumber(String(value), lang)} ${(lang === 'fr' ? value < 2 : value === 1) ? one : many}`;
  return lang === 'fr'
    ? `${n(of('changé'), 'article changé', 'articles changés')} sur ${formatNumber(String(diff.common), lang)} communs, ${n(of('ajouté'), 'ajouté', 'ajoutés')}, ${n(of('retiré'), 'retiré', 'retirés')} : ${n(count('chiffre'), 'chiffre', 'chiffres')}, ${n(count('saison'), 'saison', 'saisons')}, ${n(count('condition'), 'condition', 'conditions')}, ${n(count('règle'), 'règle', 'règles')}, ${n(count('mots'), 'passage en mots', 'passages en mots')}.`
    : `${n(of('changé'), 'article changed', 'articles changed')} of ${formatNumber(String(diff.common), lang)} in common, ${of('ajouté')} added, ${of('retiré')} removed: ${n(count('chiffre'), 'figure', 'figures')}, ${n(count('saison'), 'season', 'seasons')}, ${n(count('condition'), 'condition', 'conditions')}, ${n(count('règle'), 'rule', 'rules')}, ${n(count('mots'), 'passage of words', 'passages of words')}.`;
}

/** What a partial edition does not carry is no difference; it is only said. */
export function outsideInWords(diff: EditionDiff, lang: Lang): string[] {
  const said = (edition: EditionName, count: number): string[] => (count === 0 ? [] : [lang === 'fr'
    ? `${editionInWords(edition)} ne porte que ${edition.rates.map((rate) => `le tarif ${rate}`).join(', ')} : ${formatNumber(String(count), lang)} articles de l'autre sont hors de la comparaison.`
    : `${editionInWords(edition)} carries only ${edition.rates.map((rate) => `rate ${rate}`).join(', ')}: ${formatNumber(String(count), lang)} articles of the other are outside the comparison.`]);
  return [...said(diff.before, diff.outside.after), ...said(diff.after, diff.outside.before)];
}
