/** Numbers as they are printed: `1 234,50 $` in French, `$1,234.50` in English. */
import { compare, divide, fromInteger, absolute, equals, multiply, ONE, toDecimal, toFixed, type Exact } from './exact.ts';
import { formatDims, preferredUnit, unitName, type Unit } from './unit.ts';

export type Lang = 'fr' | 'en';
const NBSP = '\u00A0';
const MINUS = '−';

/** Groups by three and the decimal mark of the language; the text is a plain decimal. */
export function formatNumber(text: string, lang: Lang): string {
  const negative = text.startsWith('-');
  const [whole = '', decimals] = (negative ? text.slice(1) : text).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, lang === 'fr' ? NBSP : ',');
  return `${negative ? MINUS : ''}${grouped}${decimals === undefined ? '' : `${lang === 'fr' ? ',' : '.'}${decimals}`}`;
}
/** `1234.5` → `1 234,5`, with a no-break space. */
export const formatNumberFr = (text: string): string => formatNumber(text, 'fr');

/** Words that agree with the number before them; signs and abbreviations do not. */
const PLURALS: Readonly<Record<Lang, Readonly<Record<string, string>>>> = {
  fr: { jour: 'jours', an: 'ans', litre: 'litres', baril: 'barils', luminaire: 'luminaires', lampe: 'lampes', lumen: 'lumens', 'jour ouvrable': 'jours ouvrables', 'mois civil': 'mois civils' },
  en: { day: 'days', month: 'months', year: 'years', barrel: 'barrels', luminaire: 'luminaires', lamp: 'lamps', lumen: 'lumens', 'working day': 'working days', 'calendar month': 'calendar months' },
};
function agreed(unit: string, x: Exact, lang: Lang): string {
  const [head = '', ...rest] = unit.split('/');
  const entry = Object.entries(PLURALS[lang]).find(([one, many]) => head === one || head === many);
  if (!entry) return unit;
  // French counts from two, English away from one: 1,5 jour, 1.5 days.
  const many = lang === 'fr' ? compare(absolute(x), fromInteger(2)) >= 0 : !equals(absolute(x), ONE);
  return [entry[many ? 1 : 0], ...rest].join('/');
}

/**
 * A number that counts this unit, with it: `7,065 ¢/kWh`, `1 234,50 $`. Shown to `places` decimals at most (half up), money to two
 * at least. A unit without a name of its own is brought to base units.
 */
export function formatQuantity(x: Exact, unit: Unit | string, lang: Lang, places = 6): string {
  if (typeof unit !== 'string') {
    const name = unitName(unit, lang);
    return name === undefined ? formatQuantity(multiply(x, unit.factor), formatDims(unit.dims, lang), lang, places) : formatQuantity(x, name, lang, places);
  }
  const decimal = toDecimal(x, places).text;
  const cents = unit === '$' && (decimal.split('.')[1] ?? '').length < 2;
  const number = formatNumber(cents ? toFixed(x, 2) : decimal, lang);
  if (unit === '') return number;
  if (lang === 'en' && unit === '$') return dollars(number);
  return lang === 'en' && unit === '%' ? `${number}%` : `${number}${NBSP}${agreed(unit, x, lang)}`;
}

/** A value in base units, shown in the unit that the book prints it in: 0.07065 $/kWh is `7,065 ¢/kWh`. */
export function formatValue(x: Exact, dims: Unit['dims'], lang: Lang, places = 6): string {
  const unit = preferredUnit(dims);
  return formatQuantity(divide(x, unit.factor), unit, lang, places);
}

/** Money to the cent, half up. */
export function formatMoney(x: Exact, lang: Lang): string {
  const number = formatNumber(toFixed(x, 2), lang);
  return lang === 'fr' ? `${number}${NBSP}$` : dollars(number);
}
const dollars = (number: string): string => (number.startsWith(MINUS) ? `${MINUS}$${number.slice(1)}` : `$${number}`);
