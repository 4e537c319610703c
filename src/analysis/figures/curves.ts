/** The curves of a rate: the bill and the average price of its typical customer by consumption, and the price by load factor. */
import { compareNumbers } from '../../check/book.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { jsonKey } from '../../evaluate/words.ts';
import { compare, divide, fromInteger, multiply, parseExact, ratio, toDecimal, ZERO, type Exact } from '../../quantity/exact.ts';
import { formatMoney, formatNumber, formatQuantity, formatValue, type Lang } from '../../quantity/format.ts';
import { divideDims } from '../../quantity/unit.ts';
import type { Figure, FigureTable, Spoken } from '../../render/figures/figure.ts';
import { linesSvg, MOST_LINES, type Line, type LinesAxis, type LinesPlot } from '../../render/figures/lines.ts';
import type { Shape } from '../shape/shape.ts';
import { averageAt, averagePoints, billAt, billPoints, drawn, percent, pointsToTell } from './points.ts';
import { bothPeriods, HOURS, periodsOf, rangeOf, seen, type FigureSource, type Made, type Named, type Seen } from './source.ts';
import { both, causeTold, FIGURE_WORDS, kept, moduleTitle, quantityWords } from './words.ts';

/** A curve: its name in each language, its shape; the shape's program says what it reads. */
export interface Drawn { readonly name: Spoken<string>; readonly shape: Shape }

export const UNNAMED: Spoken<string> = { fr: '', en: '' };
/** Prices by load factor are drawn past this share. */
const LOAD_SHARE = 0.15;
/** Past this, an axis counts thousands. */
const MANY = 100_000;
const DOLLARS = new Map([['$', 1]]);

/** The figures of a rate; none when nobody said who its customer is. */
export function curvesOf(source: FigureSource, rate: string): Made {
  const customer = source.customers.courbes[rate];
  if (!customer) return { figures: [], diagnostics: [] };
  const named: Named = { ...customer, name: rate };
  const found = bothPeriods(source, rate, named);
  if ('diagnostics' in found) return { figures: [], diagnostics: found.diagnostics };
  const curves = found.map(({ period, shape }): Drawn => ({ name: found.length > 1 ? period.name : UNNAMED, shape }));
  const head = both((lang) => [toldCustomer(source, named, found, lang), ...breaksTold(source, curves, lang)]);
  const told: Omit<Figure, 'id' | 'kind' | 'title' | 'alt' | 'svg' | 'table'> = { rates: [rate], articles: articlesOf(curves), says: head };
  const load = loadFactorFigure(source, rate, named);
  return {
    figures: [
      { ...told, ...panel(source, 'facture', curves, rate, named) }, { ...told, says: both((lang) => [toldCustomer(source, named, found, lang)]), ...panel(source, 'prix', curves, rate, named) },
      ...('diagnostics' in load ? [] : load.figures),
    ],
    diagnostics: 'diagnostics' in load ? load.diagnostics : [],
  };
}

/** Who the customer is, and what its bill is for. */
function toldCustomer(source: FigureSource, { client }: Named, found: readonly Seen[], lang: Lang): string {
  const words = FIGURE_WORDS[lang];
  const names = periodsOf(source).map(({ name }) => name[lang]);
  return `${words.customer}${words.colon}${kept(client[lang])}${words.list}${words.period}.${found.length === 1 ? ` ${words.same} ${names.join(` ${words.and} `)}.` : ''}`;
}

/** Where the slope changes or the bill leaps, and what makes it; what two periods have alike is said once. */
export function breaksTold({ english }: FigureSource, curves: readonly Drawn[], lang: Lang): string[] {
  const told = new Map<string, { readonly where: string; readonly made: string; readonly names: string[] }>();
  for (const { name, shape } of curves) {
    for (const { x, causes } of shape.breaks.filter(({ effect }) => effect !== 'none')) {
      const [where, made] = [near(x, unitOf(shape, lang), lang), [...new Set(causes.map((cause) => causeTold(cause, english, lang)))].join(FIGURE_WORDS[lang].list)];
      const known = told.get(`${where} ${made}`) ?? { where, made, names: [] };
      if (name[lang] !== '') known.names.push(name[lang]);
      told.set(`${where} ${made}`, known);
    }
  }
  return [...told.values()].map(({ where, made, names }) => `${where}${names.length === 0 ? '' : ` (${names.join(` ${FIGURE_WORDS[lang].and} `)})`}${FIGURE_WORDS[lang].colon}${made}`);
}
/** A point to the thousandth, with a sign when it has more. */
export const near = (x: Exact, unit: string, lang: Lang): string => `${toDecimal(x, 3).exact ? '' : '≈\u00A0'}${formatQuantity(x, unit, lang, 3)}`;

/** The articles that the lines of the curves come from, and those that make their breaks. */
export const articlesOf = (curves: readonly Drawn[]): string[] => [...new Set(curves.flatMap(({ shape }) => [
  ...shape.pieces.flatMap(({ formula }) => (formula.kind === 'bill' ? formula.lines.map(({ article }) => article) : [])), ...shape.breaks.flatMap(({ causes }) => causes.map(({ article }) => article)),
]))].filter((article) => article !== '').sort(compareNumbers);

export const unitOf = ({ quantity }: Shape, lang: Lang): string => (quantity ? unitWords(quantity.unit, lang) : '');
const unitWords = (unit: string, lang: Lang): string => (unit === '' ? '' : formatQuantity(fromInteger(2), unit, lang).replace(/^2\u00A0?/, ''));

/** The bill, or the average price, of one or more curves. */
function panel(source: FigureSource, kind: 'facture' | 'prix', curves: readonly Drawn[], rate: string, customer: Named): Pick<Figure, 'id' | 'kind' | 'title' | 'alt' | 'svg' | 'table'> {
  const title = both((lang) => `${moduleTitle(source, rate, lang)}${FIGURE_WORDS[lang].colon}${(kind === 'facture' ? FIGURE_WORDS[lang].bill : FIGURE_WORDS[lang].average).toLowerCase()}`);
  return {
    id: `${kind}-${jsonKey(rate)}`, kind, title,
    alt: both((lang) => altOf(source, kind, curves, lang)),
    svg: both((lang) => linesSvg({ title: title[lang], ...(kind === 'facture' ? billPlot : averagePlot)(source, curves, customer, lang).plot }, lang)),
    table: both((lang) => tableOf(source, kind, curves, lang)),
  };
}

/** Bills on common axes; `point` says where a point of the range stands on them. */
export function billPlot(source: FigureSource, curves: readonly Drawn[], customer: Named, lang: Lang): { readonly plot: Omit<LinesPlot, 'title'>; readonly point: (x: Exact, bill: Exact) => readonly [number, number] } {
  const most = Math.max(...curves.flatMap(({ shape }) => billPoints(shape).map(([, y]) => y)).filter((y) => !Number.isNaN(y)));
  const thousands = most >= MANY;
  const { axis, under, scale } = quantityAxis(source, curves, customer, lang);
  const by = (y: number): number => (thousands ? y / 1000 : y);
  const point = (x: Exact, bill: Exact): readonly [number, number] => [scale(drawn(x)), by(drawn(bill))];
  return { point, plot: {
    x: axis, ...under, y: { title: `${FIGURE_WORDS[lang].bill} (${thousands ? FIGURE_WORDS[lang].thousands : '$'})`, from: 0, to: by(most) },
    lines: curves.slice(0, MOST_LINES).map(({ name, shape }): Line => ({
      name: name[lang], points: billPoints(shape).map(([x, y]) => [scale(x), by(y)]),
      marks: shape.breaks.flatMap(({ x, at, effect }) => (effect === 'none' || !at ? [] : [point(x, at)])),
    })),
  } };
}

/** Average prices on common axes; they begin where they say something, and the axis under the lowest when that says more. */
export function averagePlot(source: FigureSource, curves: readonly Drawn[], customer: Named, lang: Lang): ReturnType<typeof billPlot> {
  const { axis, under, scale } = quantityAxis(source, curves, customer, lang);
  const cents = curves.some(({ shape }) => inCents(shape));
  const by = (y: number): number => (cents ? y * 100 : y);
  const lines = curves.slice(0, MOST_LINES).map(({ name, shape }): Line => ({
    name: name[lang], points: averagePoints(shape).map(([x, y]) => [scale(x), by(y)]),
    marks: shape.breaks.flatMap(({ x, effect }) => { const y = averageAt(shape, x); return effect === 'none' || !y || scale(drawn(x)) < axis.to * 0.08 ? [] : [[scale(drawn(x)), by(drawn(y))] as const]; }),
  }));
  return { plot: { x: axis, ...under, y: priceAxis(curves, lines, lang), lines }, point: (x, bill) => [scale(drawn(x)), by(drawn(divide(bill, x)))] };
}

const inCents = ({ quantity }: Shape): boolean => quantity?.dims.has('h') ?? false;
export function priceAxis(curves: readonly Drawn[], lines: readonly Line[], lang: Lang): LinesAxis {
  const values = lines.flatMap(({ points }) => points.map(([, y]) => y)).filter((y) => !Number.isNaN(y));
  const [first] = curves;
  const unit = first ? unitOne(first.shape, lang) : '';
  return { title: `${FIGURE_WORDS[lang].average} (${curves.some(({ shape }) => inCents(shape)) ? '¢' : '$'}${unit === '' ? '' : `/${unit}`})`, from: Math.min(...values) > 0.6 * Math.max(...values) ? Math.floor(Math.min(...values) * 0.95) : 0, to: Math.max(...values) };
}
const unitOne = ({ quantity }: Shape, lang: Lang): string => (quantity && quantity.unit !== '' ? formatQuantity(fromInteger(1), quantity.unit, lang).replace(/^1\u00A0?/, '') : '');

/** The axis of the quantity, in thousands past so many; under it the load factor, where a power is known. */
function quantityAxis({ english }: FigureSource, curves: readonly Drawn[], customer: Named, lang: Lang): { axis: LinesAxis; under: Pick<LinesPlot, 'under'>; scale: (x: number) => number } {
  const [first] = curves;
  const end = first ? rangeOf(first.shape) : ZERO;
  const unit = first ? unitOf(first.shape, lang) : '';
  const thousands = unit === 'kWh' && compare(end, fromInteger(MANY)) >= 0;
  const scale = (x: number): number => (thousands ? x / 1000 : x);
  const power = customer.puissance === undefined || unit !== 'kWh' ? undefined : parseExact(customer.puissance);
  const shares = [0, 1, 2, 3, 4, 5].map((fifth) => ratio(BigInt(fifth), 5n));
  const used = power ? shares.map((share) => ({ share, x: multiply(multiply(power, HOURS), share) })).filter(({ x }) => compare(x, end) <= 0) : [];
  const said = first ? quantityWords(first.shape.quantity, first.shape.program, english, lang) : '';
  return {
    axis: { title: `${said}${unit === '' ? '' : ` (${thousands ? 'MWh' : unit})`}`, from: 0, to: scale(drawn(end)) }, scale,
    under: used.length > 1 ? { under: { title: FIGURE_WORDS[lang].loadFactor, at: used.map(({ share, x }) => ({ value: scale(drawn(x)), words: formatNumber(toDecimal(percent(share)).text, lang) })) } } : {},
  };
}

/** What is to be seen, in a sentence. */
function altOf(source: FigureSource, kind: 'facture' | 'prix', curves: readonly Drawn[], lang: Lang): string {
  const [first] = curves;
  if (!first) return '';
  const end = rangeOf(first.shape);
  const unit = unitOf(first.shape, lang);
  const said = quantityWords(first.shape.quantity, first.shape.program, source.english, lang);
  const value = (shape: Shape, x: Exact): string => (kind === 'facture' ? moneyAt(shape, x, lang) : priceAt(shape, x, lang));
  const what = kind === 'facture' ? FIGURE_WORDS[lang].bill : FIGURE_WORDS[lang].average;
  // An average price says nothing at the origin, nor a bill that is refused there.
  const fifth = multiply(end, ratio(1n, 5n));
  const start = kind === 'facture' && curves.every(({ shape }) => billAt(shape, ZERO) !== undefined) ? ZERO : fifth;
  const each = curves.map(({ name, shape }) => `${name[lang] === '' ? '' : `${name[lang]}, `}${lang === 'fr' ? `de ${value(shape, start)} à ${value(shape, end)}` : `from ${value(shape, start)} to ${value(shape, end)}`}`);
  const range = lang === 'fr' ? `${said} de ${formatQuantity(start, '', lang)} à ${formatQuantity(end, unit, lang)}` : `${said} from ${formatQuantity(start, '', lang)} to ${formatQuantity(end, unit, lang)}`;
  const head = `${range}${FIGURE_WORDS[lang].list}${what.toLowerCase()}${curves.length > 1 ? FIGURE_WORDS[lang].colon : ' '}${each.join(FIGURE_WORDS[lang].list)}.`;
  const bends = [...new Set(curves.flatMap(({ shape }) => shape.breaks.filter(({ effect }) => effect !== 'none').map(({ x }) => formatQuantity(x, unit, lang, 1))))];
  return bends.length === 0 ? head : `${head} ${lang === 'fr' ? 'La courbe change à' : 'The curve changes at'} ${bends.join(', ')}.`;
}

export const moneyAt = (shape: Shape, x: Exact, lang: Lang): string => { const bill = billAt(shape, x); return bill ? formatMoney(bill, lang) : FIGURE_WORDS[lang].refused; };
/** The average price there, to the thousandth of a cent. */
export function priceAt(shape: Shape, x: Exact, lang: Lang): string {
  const average = averageAt(shape, x);
  if (!average) return FIGURE_WORDS[lang].refused;
  if (!shape.quantity) return formatMoney(average, lang);
  return inCents(shape) ? formatValue(divide(average, shape.quantity.factor), divideDims(DOLLARS, shape.quantity.dims), lang, 3) : `${formatMoney(average, lang)}${shape.quantity.unit === '' ? '' : `/${unitOne(shape, lang)}`}`;
}

function tableOf({ english }: FigureSource, kind: 'facture' | 'prix', curves: readonly Drawn[], lang: Lang, more: readonly Exact[] = []): FigureTable {
  const [first] = curves;
  if (!first) return { head: [], rows: [] };
  const what = kind === 'facture' ? FIGURE_WORDS[lang].bill : FIGURE_WORDS[lang].average;
  return {
    head: [quantityWords(first.shape.quantity, first.shape.program, english, lang), ...curves.map(({ name }) => (name[lang] === '' ? what : `${what}, ${name[lang]}`))],
    rows: pointsToTell(curves.map(({ shape }) => shape), more).map((x) => [formatQuantity(x, unitOf(first.shape, lang), lang, 3), ...curves.map(({ shape }) => (kind === 'facture' ? moneyAt(shape, x, lang) : priceAt(shape, x, lang)))]),
  };
}
export { tableOf as curveTable };

/** The average price by load factor, for each of a few powers: what a kilowatthour costs to who uses his power more or less. */
function loadFactorFigure(source: FigureSource, rate: string, customer: Named): { readonly figures: readonly Figure[] } | { readonly diagnostics: readonly Diagnostic[] } {
  const powers = customer.puissances ?? [];
  // Of one power, the average price has its load factor under it.
  if (powers.length < 2 || (customer.selon ?? 'energie') !== 'energie') return { figures: [] };
  const [period] = periodsOf(source);
  const made = powers.map((power) => ({ power, found: seen(source, rate, customer, period, power) }));
  const curves: (Drawn & { readonly power: Exact })[] = [];
  for (const { power, found } of made) {
    if ('diagnostics' in found) return found;
    const kilowatts = parseExact(power) ?? ZERO;
    curves.push({ power: kilowatts, shape: found.shape, name: both((lang) => formatQuantity(kilowatts, 'kW', lang)) });
  }
  const shares = [1, 2, 3, 4, 5].map((fifth) => ratio(BigInt(fifth), 5n)).filter((share) => curves.every(({ power, shape }) => compare(multiply(multiply(power, HOURS), share), rangeOf(shape)) <= 0));
  const price = (curve: (typeof curves)[number], share: Exact, lang: Lang): string => priceAt(curve.shape, multiply(multiply(curve.power, HOURS), share), lang);
  const title = both((lang) => `${moduleTitle(source, rate, lang)}${FIGURE_WORDS[lang].colon}${FIGURE_WORDS[lang].byLoad.toLowerCase()}`);
  const [low, high] = [shares[0] ?? ZERO, shares.at(-1) ?? ZERO];
  return {
    figures: [{
      id: `utilisation-${jsonKey(rate)}`, kind: 'utilisation', rates: [rate], articles: articlesOf(curves), title,
      alt: both((lang) => {
        const path = curves.map((curve) => (lang === 'fr' ? `${curve.name.fr}, de ${price(curve, low, 'fr')} à ${price(curve, high, 'fr')}` : `${curve.name.en}, from ${price(curve, low, 'en')} to ${price(curve, high, 'en')}`)).join(FIGURE_WORDS[lang].list);
        const [from, to] = [low, high].map((share) => formatQuantity(percent(share), '%', lang));
        return lang === 'fr' ? `Prix moyen quand le facteur d’utilisation va de ${from} à ${to} : ${path}.` : `Average price as the load factor goes from ${from} to ${to}: ${path}.`;
      }),
      says: both((lang) => [lang === 'fr' ? `Chaque courbe est d’une puissance maximale appelée ; facture de 30 jours en ${period.name.fr}, avant taxes.` : `Each curve is of a maximum power demand; bill of 30 days in ${period.name.en}, before taxes.`]),
      svg: both((lang) => {
        const lines = curves.slice(0, MOST_LINES).map(({ name, power, shape }): Line => {
          const full = drawn(multiply(power, HOURS)) / 100;
          return { name: name[lang], points: averagePoints(shape, LOAD_SHARE).map(([x, y]) => [x / full, y * 100]), marks: [] };
        });
        return linesSvg({ title: title[lang], x: { title: FIGURE_WORDS[lang].loadFactor, from: 0, to: drawn(percent(high)), at: [0, 20, 40, 60, 80, 100].filter((share) => share <= drawn(percent(high))).map((value) => ({ value, words: String(value) })) }, y: priceAxis(curves, lines, lang), lines }, lang);
      }),
      table: both((lang) => ({ head: [FIGURE_WORDS[lang].loadFactor.replace(/ \(%\)/, ''), ...curves.map(({ name }) => name[lang])], rows: shares.map((share) => [formatQuantity(percent(share), '%', lang), ...curves.map((curve) => price(curve, share, lang))]) })),
    }],
  };
}
