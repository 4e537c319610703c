/** The difference of two bills → JSON: exact amounts, which add up. */
import { formatIsoDate } from '../calendar/day.ts';
import { formatLocalInstant } from '../calendar/zone.ts';
import { valueToJson } from '../contract/writeBill.ts';
import type { Bill } from '../evaluate/bill.ts';
import { jsonKey } from '../evaluate/words.ts';
import { toFixed, toJsonAmount, type JsonAmount } from '../quantity/exact.ts';
import { formatDims } from '../quantity/unit.ts';
import type { Cause } from './causes.ts';
import { byArticle, type Difference, type Figure } from './difference.ts';

export const DIFFERENCE_VERSION = 1;
/** How the difference of a product is shared between its factors, in words. */
export const SHARING_RULE = {
  fr: "d'une ligne quantité × prix × durée, la part d'un facteur est la moyenne de ce que fait son changement, sur tous les ordres où les facteurs peuvent changer",
  en: "of a line quantity × price × time, a factor's part is the mean of what its change does, over all the orders in which the factors may change",
};

const figure = ({ value, dims }: Figure): { valeur: JsonAmount; unite: string } => ({ valeur: toJsonAmount(value), unite: formatDims(dims, 'fr') });
const side = (bill: Bill): object => ({
  tarif: bill.rate, options: bill.options.map(jsonKey), periode: { debut: formatLocalInstant(bill.start), fin: formatLocalInstant(bill.end) }, editions: bill.editions.map(({ title, date }) => ({ titre: title, en_vigueur: formatIsoDate(date) })),
  total: toJsonAmount(bill.total), sous_total: toFixed(bill.subtotal, 2), total_arrondi: toFixed(bill.totalRounded, 2),
});

/** The JSON of a difference: B less A. */
export function differenceToJson(difference: Difference, lang: 'fr' | 'en'): object {
  const causeSide = (each: Cause['a'], { dims }: Cause): object | null => each === undefined ? null : { ...(each.article === undefined ? {} : { article: each.article }), valeur: each.value === undefined ? null : typeof each.value === 'object' ? { valeur: toJsonAmount(each.value), unite: dims ? formatDims(dims, 'fr') : '' } : valueToJson(each.value, undefined) };
  return {
    version: DIFFERENCE_VERSION, a: side(difference.a), b: side(difference.b), ecart: toJsonAmount(difference.total), regle: SHARING_RULE[lang],
    lignes: difference.rows.map((row) => ({
      ...(row.article === undefined ? {} : { article: row.article }), articles_de_la_ligne: row.lineArticles, ligne: jsonKey(row.line), libelle: row.title, nature: jsonKey(row.kind).replace(' ', '_'),
      a: row.a ? figure(row.a) : null, b: row.b ? figure(row.b) : null, ecart: toJsonAmount(row.amount),
      causes: row.causes.map((cause) => ({ nom: jsonKey(cause.name), ...(cause.at === undefined ? {} : { le: cause.at }), a: causeSide(cause.a, cause), b: causeSide(cause.b, cause) })),
    })),
    par_article: [...byArticle(difference)].map(([article, amount]) => ({ article, ecart: toJsonAmount(amount) })), lignes_pareilles: difference.alike,
  };
}
