/** The words of a comparison of customers. */
import { formatMoney, formatNumber, type Lang } from '../../quantity/format.ts';
import type { Exact } from '../../quantity/exact.ts';
import { percentInWords } from '../editions/words.ts';
import { changeOfSums, percentOfSums, unchanged, type CustomerReport } from './report.ts';

export const WORDS = {
  fr: {
    customers: 'Clients', customer: 'Client', rate: 'Tarif', article: 'Article', line: 'Ligne', before: 'Avant', after: 'Après', difference: 'Différence', count: 'Clients', gain: 'Gagnent', lose: 'Perdent', same: 'Inchangés', total: 'Total',
    byRate: 'Par tarif', bySize: "Par taille : l'énergie de toutes les périodes du client, en kWh", byPercent: 'Clients par variation, en pourcentage', byDollars: 'Clients par variation, en dollars', byLine: 'Revenus par tarif, article et ligne', winners: 'Les dix qui gagnent le plus', losers: 'Les dix qui perdent le plus',
    unmeasured: 'sans énergie mesurée', noPercent: 'sans pourcentage (rien à payer avant)', outTitle: "Clients qu'une édition ne facture pas", sides: { avant: 'avant', après: 'après' }, andOthers: (count: string) => `et ${count} autre(s)`,
    class: 'Variation', reason: 'Motif', edition: 'Édition', periods: 'Périodes',
  },
  en: {
    customers: 'Customers', customer: 'Customer', rate: 'Rate', article: 'Article', line: 'Line', before: 'Before', after: 'After', difference: 'Difference', count: 'Customers', gain: 'Gain', lose: 'Lose', same: 'Unchanged', total: 'Total',
    byRate: 'By rate', bySize: 'By size: the energy of all the periods of the customer, in kWh', byPercent: 'Customers by change, in percent', byDollars: 'Customers by change, in dollars', byLine: 'Revenue by rate, article and line', winners: 'The ten who gain the most', losers: 'The ten who lose the most',
    unmeasured: 'without a measured energy', noPercent: 'without a percentage (nothing to pay before)', outTitle: 'Customers that an edition does not bill', sides: { avant: 'before', après: 'after' }, andOthers: (count: string) => `and ${count} more`,
    class: 'Change', reason: 'Reason', edition: 'Edition', periods: 'Periods',
  },
} as const;

/** Money with its sign, `+` included. */
export function signedMoney(amount: Exact, lang: Lang): string {
  const shown = formatMoney(amount, lang);
  return amount.n > 0n ? `+${shown}` : shown;
}

/** How many customers were read, kept and left out; what they pay in all; and what the comparison stands on. */
export function summaryInWords({ file, tally }: CustomerReport, lang: Lang): string[] {
  const { all, out } = tally;
  const n = (count: number): string => formatNumber(String(count), lang);
  const percent = percentInWords(percentOfSums(all), lang);
  const change = `${signedMoney(changeOfSums(all), lang)}${percent === '' ? '' : ` (${percent})`}`;
  return lang === 'fr' ? [
    `${file} : ${n(all.customers + out)} clients lus, ${n(all.customers)} dans les totaux, ${n(out)} en dehors.`,
    `Avant taxes : ${formatMoney(all.before, lang)} → ${formatMoney(all.after, lang)}, ${change}. Facturé, taxes comprises : ${formatMoney(all.paidBefore, lang)} → ${formatMoney(all.paidAfter, lang)}.`,
    `${n(all.gain)} gagnent, ${n(all.lose)} perdent, ${n(unchanged(all))} paient autant.`,
    'Chaque période est facturée à ses propres dates aux deux éditions, sans coupure ; ce qu’un article fait dépendre de la date (saisons, jours fériés, échéanciers) se lit à ces dates.',
  ] : [
    `${file}: ${n(all.customers + out)} customers read, ${n(all.customers)} in the totals, ${n(out)} out.`,
    `Before taxes: ${formatMoney(all.before, lang)} → ${formatMoney(all.after, lang)}, ${change}. Billed, with taxes: ${formatMoney(all.paidBefore, lang)} → ${formatMoney(all.paidAfter, lang)}.`,
    `${n(all.gain)} gain, ${n(all.lose)} lose, ${n(unchanged(all))} pay the same.`,
    'Each period is billed at its own dates under both editions, without a cut; what an article makes depend on the date (seasons, holidays, schedules) is read at those dates.',
  ];
}
