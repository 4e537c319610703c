/** Numbers as they are printed: `1 234,50 $` in French, `$1,234.50` in English. */
import { toDecimal, toFixed, type Exact } from './exact.ts';

export type Lang = 'fr' | 'en';
const NBSP = '\u00A0';

/** Groups by three and the decimal mark of the language; the text is a plain decimal. */
export function formatNumber(text: string, lang: Lang): string {
  const negative = text.startsWith('-');
  const [whole = '', decimals] = (negative ? text.slice(1) : text).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, lang === 'fr' ? NBSP : ',');
  return `${negative ? '−' : ''}${grouped}${decimals === undefined ? '' : `${lang === 'fr' ? ',' : '.'}${decimals}`}`;
}

/** A number with its unit. Shown to `places` decimals at most when it does not end sooner. */
export function formatQuantity(x: Exact, unit: string, lang: Lang, places = 6): string {
  const decimal = toDecimal(x, places);
  const number = formatNumber(decimal.exact ? decimal.text : toFixed(x, places), lang);
  return unit === '' ? number : lang === 'en' && unit === '$' ? dollars(number) : `${number}${NBSP}${unit}`;
}

/** Money to the cent. */
export function formatMoney(x: Exact, lang: Lang): string {
  const number = formatNumber(toFixed(x, 2), lang);
  return lang === 'fr' ? `${number}${NBSP}$` : dollars(number);
}
const dollars = (number: string): string => (number.startsWith('−') ? `−$${number.slice(1)}` : `$${number}`);
