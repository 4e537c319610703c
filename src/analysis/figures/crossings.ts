/** Rates that one customer may have, on the same axes: where each costs the least, and the exact points where they cross. */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { jsonKey } from '../../evaluate/words.ts';
import { add, compare, divide, equals, fromInteger, multiply, parseExact, ZERO, type Exact } from '../../quantity/exact.ts';
import { formatMoney, formatQuantity, type Lang } from '../../quantity/format.ts';
import type { Figure } from '../../render/figures/figure.ts';
import { linesSvg } from '../../render/figures/lines.ts';
import { duelOf } from '../shape/crossings.ts';
import { keysRead } from '../shape/question.ts';
import { articlesOf, averagePlot, billPlot, curveTable, near, unitOf, type Drawn } from './curves.ts';
import { billAt, percent } from './points.ts';
import { HOURS, periodsOf, rangeOf, samePieces, seen, type FigureSource, type Made, type Named, type Period } from './source.ts';
import { both, FIGURE_WORDS, kept, rateName } from './words.ts';

/** Where two of the curves cross, by their ranks. */
export interface Crossed { readonly x: Exact; readonly bill: Exact | undefined; readonly between: readonly [number, number]; /** The one that costs less beyond. */ readonly then: number }

/** Each question of the file of customers, in the periods where its answer differs. */
export function crossingFigures(source: FigureSource): Made {
  const figures: Figure[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const crossing of source.customers.croisements) {
    const named: Named = { ...crossing, name: crossing.tarifs.join(', ') };
    const found: { readonly period: Period; readonly curves: readonly Drawn[] }[] = [];
    for (const period of periodsOf(source)) {
      const curves = curvesIn(source, named, crossing.tarifs, period);
      if ('diagnostics' in curves) diagnostics.push(...curves.diagnostics); else found.push({ period, curves });
    }
    const [summer, winter] = found;
    const alike = summer && winter && summer.curves.every(({ shape }, index) => { const other = winter.curves[index]; return other !== undefined && samePieces(shape, other.shape); });
    for (const each of alike ? [summer] : found) figures.push(...figuresOf(source, named, crossing.tarifs, each.curves, each.period, alike === true));
  }
  return { figures, diagnostics };
}

function curvesIn(source: FigureSource, customer: Named, rates: readonly string[], period: Period): readonly Drawn[] | { readonly diagnostics: readonly Diagnostic[] } {
  const curves: Drawn[] = [];
  for (const rate of rates) {
    const program = source.catalogue.program(rate, []);
    // What one rate reads and another does not says nothing of the other.
    const read = program ? keysRead(program) : new Set<string>();
    const own = { ...customer, liens: Object.fromEntries(Object.entries(customer.liens ?? {}).filter(([key]) => read.has(jsonKey(key)))), donnees: Object.fromEntries(Object.entries(customer.donnees ?? {}).filter(([key]) => read.has(key))) };
    const found = seen(source, rate, own, period);
    if ('diagnostics' in found) return found;
    curves.push({ name: both((lang) => rateName(source, rate, lang)), shape: found.shape });
  }
  return curves;
}

/** Every point where two curves cross, from left to right; a point where one leaps over the other has no bill. */
export function crossingsOf(curves: readonly Drawn[]): Crossed[] {
  const found = curves.flatMap(({ shape }, first) => curves.slice(first + 1).flatMap(({ shape: other }, offset) => duelOf(shape, other).crossings.map(({ x, bill, after }): Crossed => {
    const second = first + 1 + offset;
    return { x, bill, between: [first, second], then: after === 'second' ? second : first };
  })));
  return found.sort((a, b) => compare(a.x, b.x));
}

/** The bills and the average prices: prices part where bills lie close. */
function figuresOf(source: FigureSource, customer: Named, rates: readonly string[], curves: readonly Drawn[], period: Period, alike: boolean): Figure[] {
  const crossed = crossingsOf(curves);
  const letters = crossed.map((_, index) => String.fromCharCode(65 + index));
  const names = (lang: Lang): string[] => curves.map(({ name }) => name[lang]);
  const zones = both((lang) => cheapestTold(curves, crossed, lang));
  const head = both((lang) => `${FIGURE_WORDS[lang].customer}${FIGURE_WORDS[lang].colon}${kept(customer.client[lang])}${FIGURE_WORDS[lang].list}${FIGURE_WORDS[lang].period}${alike ? '' : lang === 'fr' ? `, en ${period.name.fr}` : `, in ${period.name.en}`}.`);
  return (['facture', 'prix'] as const).map((of): Figure => {
    const what = (lang: Lang): string => (of === 'facture' ? FIGURE_WORDS[lang].bill : FIGURE_WORDS[lang].average);
    const title = both((lang) => `${names(lang).join(', ').replace(/, ([^,]*)$/, ` ${FIGURE_WORDS[lang].and} $1`)}${FIGURE_WORDS[lang].colon}${what(lang).toLowerCase()}${alike ? '' : ` (${period.name[lang]})`}`);
    return {
      id: `croisement-${rates.map(jsonKey).join('-')}-${of}${alike ? '' : `-${jsonKey(period.name.fr)}`}`, kind: 'croisement', rates, articles: articlesOf(curves), title,
      alt: both((lang) => `${what(lang)}${lang === 'fr' ? ' aux tarifs ' : ' at Rates '}${names(lang).join(', ')}. ${zones[lang]}`),
      says: both((lang) => [head[lang], zones[lang], ...crossed.map((each, index) => crossingTold(each, letters[index] ?? '', curves, customer, lang))].slice(0, of === 'facture' ? undefined : 2)),
      svg: both((lang) => {
        const { plot, point } = (of === 'facture' ? billPlot : averagePlot)(source, curves, customer, lang);
        return linesSvg({ title: title[lang], ...plot, letters: crossed.flatMap(({ x: at, bill }, index) => { const [x, y] = bill ? point(at, bill) : []; return x === undefined || y === undefined ? [] : [{ x, y, letter: letters[index] ?? '' }]; }) }, lang);
      }),
      table: both((lang) => curveTable(source, of, curves, lang, crossed.map(({ x }) => x))),
    };
  });
}

/** Which costs the least, from where to where. */
function cheapestTold(curves: readonly Drawn[], crossed: readonly Crossed[], lang: Lang): string {
  const [first] = curves;
  if (!first) return '';
  const end = rangeOf(first.shape);
  const unit = unitOf(first.shape, lang);
  const cuts = [ZERO, ...crossed.map(({ x }) => x), ...curves.flatMap(({ shape }) => shape.breaks.map(({ x }) => x)), end].filter((x) => compare(x, end) <= 0).sort(compare).filter((x, index, all) => index === 0 || !equals(x, all[index - 1] ?? ZERO));
  const zones: { name: string; from: Exact; to: Exact }[] = [];
  cuts.slice(0, -1).forEach((from, index) => {
    const to = cuts[index + 1] ?? end;
    const middle = divide(add(from, to), fromInteger(2));
    const bills = curves.flatMap(({ name, shape }) => { const bill = billAt(shape, middle); return bill ? [{ name: name[lang], bill }] : []; }).sort((a, b) => compare(a.bill, b.bill));
    const name = bills[0]?.name ?? '';
    const last = zones.at(-1);
    if (last?.name === name) last.to = to; else zones.push({ name, from, to });
  });
  const amount = (x: Exact): string => formatQuantity(x, unit, lang, 1);
  if (zones.length === 1) return lang === 'fr' ? `${zones[0]?.name ?? ''} coûte le moins partout.` : `${zones[0]?.name ?? ''} costs the least everywhere.`;
  const told = zones.map(({ name, from, to }, index) => (index === 0 ? (lang === 'fr' ? `${name} jusqu’à ${amount(to)}` : `${name} up to ${amount(to)}`) : index === zones.length - 1 ? (lang === 'fr' ? `${name} au-delà` : `${name} beyond`) : lang === 'fr' ? `${name} de ${amount(from)} à ${amount(to)}` : `${name} from ${amount(from)} to ${amount(to)}`));
  return lang === 'fr' ? `Le moins cher : ${told.join(' ; ')}.` : `Cheapest: ${told.join('; ')}.`;
}

/** `A : D et DP se croisent à 2 773,3 kWh, 275,12 $`. */
function crossingTold({ x, bill, between, then }: Crossed, letter: string, curves: readonly Drawn[], customer: Named, lang: Lang): string {
  const [a, b] = between.map((rank) => curves[rank]?.name[lang] ?? '');
  const unit = curves[0] ? unitOf(curves[0].shape, lang) : '';
  const power = customer.puissance === undefined || unit !== 'kWh' ? undefined : parseExact(customer.puissance);
  const share = power ? ` (${lang === 'fr' ? 'facteur d’utilisation de ' : 'load factor of '}${formatQuantity(percent(divide(x, multiply(power, HOURS))), '%', lang, 1)})` : '';
  const money = bill ? `, ${formatMoney(bill, lang)}` : '';
  return lang === 'fr' ? `${letter} : ${a} et ${b} se croisent à ${near(x, unit, lang)}${share}${money} ; au-delà, ${curves[then]?.name.fr ?? ''} coûte moins.` : `${letter}: ${a} and ${b} meet at ${near(x, unit, lang)}${share}${money}; beyond, ${curves[then]?.name.en ?? ''} costs less.`;
}
