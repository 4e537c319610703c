/** A choice of rates → JSON: stable keys, exact amounts as decimal strings. */
import { formatIsoDate } from '../calendar/day.ts';
import { formatLocalInstant } from '../calendar/zone.ts';
import { noteText } from '../contract/writeBill.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { toJson } from '../diagnostics/print.ts';
import type { Note } from '../evaluate/session.ts';
import { jsonKey } from '../evaluate/words.ts';
import { divide, fromInteger, isZero, multiply, subtract, toFixed, toJsonAmount, type Exact } from '../quantity/exact.ts';
import type { Billed, Candidate, Choice, Refused } from './choose.ts';

export const CHOICE_VERSION = 1;

/** What a case lacks: a datum, its unit, what it is, and the article that defines it. */
export interface LackingDatum { readonly nom: string; readonly unite?: string; readonly description?: string; readonly article?: string }

/** The datum that a diagnostic asks for; undefined when it says something else. */
export function lackingDatum({ code, params, article }: Diagnostic): LackingDatum | undefined {
  if (code !== 'cas-json/champ-absent' && code !== 'cas-json/mesure-absente') return undefined;
  const { name, unit, use, key } = params as { readonly name: string; readonly unit: string; readonly use?: string; readonly key?: string };
  const bare = unit.trim().replace(/^\(|\)$/g, '');
  return { nom: key ?? name, ...(bare === '' ? {} : { unite: bare }), ...(use === undefined ? {} : { description: use }), ...(article === undefined ? {} : { article }) };
}

/** The difference with the present rate, in $ and in percent of it; undefined when the present rate has no bill. */
export function differenceWith(present: Billed | undefined, { total }: Billed): { readonly amount: Exact; readonly percent: Exact | undefined } | undefined {
  if (!present) return undefined;
  const amount = subtract(total, present.total);
  return { amount, percent: isZero(present.total) ? undefined : divide(multiply(amount, fromInteger(100)), present.total) };
}

/** The JSON of a choice. `lang` is that of its words; keys never change. */
export function choiceToJson(choice: Choice, lang: 'fr' | 'en'): object {
  const named = ({ rate, options }: Candidate): object => ({ tarif: rate, options: options.map(jsonKey) });
  const span = ({ start, end }: { readonly start: number; readonly end: number }): object => ({ debut: formatLocalInstant(start), fin: formatLocalInstant(end) });
  const note = (each: Note): object => ({ code: each.code, ...(each.article === undefined ? {} : { article: each.article }), texte: noteText(each, lang) });
  const reasons = (items: readonly Diagnostic[]): object[] => items.map((item) => { const { gravite: _, ...rest } = toJson(item, lang); return rest; });
  const carried = ({ carried: { unread, recomputed, readAs } }: Pick<Billed, 'carried'>): object => ({
    donnees_non_lues: [...unread], donnees_recalculees: [...recomputed], donnees_lues_comme: [...readAs].map(([nom, { from, to }]) => ({ nom, article: from, lue_comme: to })),
  });
  const billed = (each: Billed): object => {
    const difference = differenceWith(choice.present, each);
    return {
      ...named(each), libelle: each.title, present: each === choice.present, sous_total: toFixed(each.subtotal, 2), total_arrondi: toFixed(each.total, 2),
      ...(difference ? { ecart: { montant: toFixed(difference.amount, 2), ...(difference.percent ? { pourcentage: toFixed(difference.percent, 2) } : {}) } } : {}),
      factures: each.bills.map((bill) => ({ periode: span(bill), total: toJsonAmount(bill.total), sous_total: toFixed(bill.subtotal, 2), total_arrondi: toFixed(bill.totalRounded, 2) })),
      suppositions: each.supposed.map(note), reserves: each.notes.filter((other) => !each.supposed.includes(other)).map(note),
      periodes_non_admissibles: each.earlier.map((earlier) => ({ periode: span(earlier), raisons: reasons(earlier.diagnostics) })), ...carried(each),
    };
  };
  const refused = (each: Refused): object => ({ ...named(each), ...(each.at ? { periode: span(each.at) } : {}), raisons: reasons(each.diagnostics) });
  return {
    version: CHOICE_VERSION, present: named(choice.current), edition: choice.edition ? { titre: choice.edition.title, en_vigueur: formatIsoDate(choice.edition.date) } : null, periodes: choice.periods.map(span),
    ...(choice.remembered === undefined ? {} : { historique_non_facture: choice.remembered }),
    admissibles: choice.sure.map(billed), sous_reserve: choice.unsure.map(billed), exclus: choice.out.map(refused),
    non_compares: choice.lacking.map((each) => ({ ...refused(each), donnees_manquantes: each.diagnostics.flatMap((item) => lackingDatum(item) ?? []) })),
    non_essayes: choice.untried.map(({ rate, sets, why }) => ({ tarif: rate, ensembles: sets.map((set) => set.map(jsonKey)), raison: why })), essayes: choice.tried,
  };
}
