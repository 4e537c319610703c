/** A comparison as CSV files for a spreadsheet: `;` and decimal commas in French, `,` and points in English; UTF-8 with a byte order mark, which Excel asks for. */
import { toDecimal, toFixed, type Exact } from '../../quantity/exact.ts';
import type { Lang } from '../../quantity/format.ts';
import { dollarLabel, energyLabel, percentLabel } from '../customers/classes.ts';
import { isBilled, changeOf, percentOf, type Outcome, type Sums, type Tally } from '../customers/tally.ts';
import type { EditionDiff } from '../editions/compareBooks.ts';
import { KINDS, placeInWords, sideInWords } from '../editions/words.ts';
import { changeOfSums, changesOf, linesOf, percentOfSums, ratesOf, sizesOf, unchanged } from './report.ts';

/** A cell: a text, a whole number, or an exact number with at most so many decimals. */
type Cell = string | number | undefined | { readonly value: Exact | undefined; readonly places: number };
export const BOM = '\uFEFF';
/** Decimals of amounts: exact in most bills; an amount that never ends is rounded there, and is exact in the JSON. */
const PLACES = 12;

/** One line of CSV, with its end. */
export function csvLine(cells: readonly Cell[], lang: Lang): string {
  const [cut, mark] = lang === 'fr' ? [';', ','] as const : [',', '.'] as const;
  return `${cells.map((cell) => {
    if (cell === undefined) return '';
    if (typeof cell === 'number') return String(cell);
    if (typeof cell === 'object') return cell.value === undefined ? '' : toDecimal(cell.value, cell.places).text.replace('.', mark);
    return cell.includes(cut) || /["\r\n]|^\s|\s$/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell;
  }).join(cut)}\r\n`;
}
const money = (value: Exact | undefined): Cell => ({ value, places: PLACES });
const percent = (value: Exact | undefined): Cell => ({ value, places: 6 });
const cents = (value: Exact | undefined, lang: Lang): Cell => (value === undefined ? undefined : toFixed(value, 2).replace('.', lang === 'fr' ? ',' : '.'));

const HEADS = {
  fr: {
    clients: ['client', 'ligne', 'tarif', 'periodes', 'jours', 'energie_kWh', 'avant', 'apres', 'difference', 'pourcentage', 'facture_avant', 'facture_apres'],
    out: ['client', 'ligne', 'edition', 'code', 'article', 'message', 'ligne_de_la_periode', 'debut', 'periodes'],
    summary: ['groupe', 'classe', 'clients', 'gagnants', 'perdants', 'inchanges', 'energie_kWh', 'avant', 'apres', 'difference', 'pourcentage', 'facture_avant', 'facture_apres'],
    lines: ['tarif', 'article', 'libelle', 'tranche', 'avant', 'apres', 'difference', 'pourcentage'],
    articles: ['article', 'titre', 'sort', 'sorte', 'endroit', 'avant', 'apres', 'difference', 'unite', 'pourcentage'],
    groups: { all: 'total', rate: 'tarif', size: 'taille', dollars: 'difference', percent: 'pourcentage', out: 'ecartes' }, sides: { avant: 'avant', après: 'apres' }, none: 'sans',
  },
  en: {
    clients: ['client', 'line', 'rate', 'periods', 'days', 'energy_kWh', 'before', 'after', 'difference', 'percent', 'billed_before', 'billed_after'],
    out: ['client', 'line', 'edition', 'code', 'article', 'message', 'line_of_period', 'start', 'periods'],
    summary: ['group', 'class', 'customers', 'gain', 'lose', 'unchanged', 'energy_kWh', 'before', 'after', 'difference', 'percent', 'billed_before', 'billed_after'],
    lines: ['rate', 'article', 'label', 'block', 'before', 'after', 'difference', 'percent'],
    articles: ['article', 'title', 'fate', 'kind', 'place', 'before', 'after', 'difference', 'unit', 'percent'],
    groups: { all: 'total', rate: 'rate', size: 'size', dollars: 'difference', percent: 'percent', out: 'left out' }, sides: { avant: 'before', après: 'after' }, none: 'none',
  },
} as const;

/** The header of the file of customers; its lines are made one by one, as customers come. */
export const customersHead = (lang: Lang): string => BOM + csvLine(HEADS[lang].clients, lang);
export function customerLine(outcome: Outcome, lang: Lang): string {
  const billed = isBilled(outcome);
  return csvLine([
    outcome.client, outcome.line, outcome.rate, outcome.periods, outcome.days, money(outcome.energy), money(outcome.before?.total), money(outcome.after?.total),
    money(billed ? changeOf(outcome) : undefined), percent(billed ? percentOf(outcome.before.total, outcome.after.total) : undefined), cents(outcome.before?.paid, lang), cents(outcome.after?.paid, lang),
  ], lang);
}
/** Customers left out, a line a reason. */
export const outHead = (lang: Lang): string => BOM + csvLine(HEADS[lang].out, lang);
export const outLines = (outcome: Outcome, lang: Lang): string => outcome.reasons.map((reason) => csvLine([outcome.client, outcome.line, HEADS[lang].sides[reason.side], reason.code, reason.article, reason.message, reason.line, reason.start, reason.periods], lang)).join('');

/** Groups: all, by rate, by size, by class of change; who is left out is counted too. */
export function summaryCsv(tally: Tally, lang: Lang): string {
  const { summary, groups, none } = HEADS[lang];
  const row = (group: string, name: string, each: Sums): string => csvLine([
    group, name, each.customers, each.gain, each.lose, unchanged(each), money(each.energy), money(each.before), money(each.after), money(changeOfSums(each)), percent(percentOfSums(each)), cents(each.paidBefore, lang), cents(each.paidAfter, lang),
  ], lang);
  const counted = (group: string, name: string, customers: number): string => csvLine([group, name, customers, ...Array<undefined>(10).fill(undefined)], lang);
  return [
    BOM + csvLine(summary, lang), row(groups.all, '', tally.all), counted(groups.out, '', tally.out), ...ratesOf(tally).map(([rate, each]) => row(groups.rate, rate, each)),
    ...sizesOf(tally).map(([rank, each]) => row(groups.size, rank === undefined ? none : energyLabel(rank, lang), each)),
    ...changesOf(tally.byDollars).map(([rank, customers]) => counted(groups.dollars, rank === undefined ? none : dollarLabel(rank, lang), customers)),
    ...changesOf(tally.byPercent).map(([rank, customers]) => counted(groups.percent, rank === undefined ? none : percentLabel(rank, lang), customers)),
  ].join('');
}
/** Revenue by rate, article and line. */
export const linesCsv = (tally: Tally, lang: Lang): string => [BOM + csvLine(HEADS[lang].lines, lang), ...linesOf(tally).map((line) => csvLine([line.rate, line.article, line.title, line.tranche, money(line.before), money(line.after), money(changeOfSums(line)), percent(percentOfSums(line))], lang))].join('');

/** What changed in the articles, a line a change. */
export function articlesCsv(diff: EditionDiff, lang: Lang): string {
  return [BOM + csvLine(HEADS[lang].articles, lang), ...diff.articles.flatMap(({ kind, before, after, changes }) => {
    const standing = after ?? before;
    const head = [standing?.number, standing?.title, kind];
    return changes.length === 0 ? [csvLine([...head, '', '', before?.title, after?.title], lang)]
      : changes.map((change) => csvLine([...head, KINDS[lang][change.kind], placeInWords(change.place, lang), sideInWords(change.before, lang), sideInWords(change.after, lang), money(change.difference), change.difference === undefined ? undefined : change.after?.figure?.unit, percent(change.percent)], lang));
  })].join('');
}
