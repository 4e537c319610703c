/** The words of figures, in both languages. */
import { rateTerm, term, voice, words, type English } from '../../render/prose/expression.ts';
import { plain } from '../../render/prose/inline.ts';
import { lineTitle } from '../../render/prose/lineTitle.ts';
import type { Spoken } from '../../render/figures/figure.ts';
import type { Lang } from '../../quantity/format.ts';
import { jsonKey } from '../../evaluate/words.ts';
import type { Book } from '../../check/book.ts';
import type { Program } from '../../check/core.ts';
import type { Cause } from '../shape/causes.ts';
import { causeWords } from '../shape/words.ts';
import type { Quantity } from '../shape/question.ts';

export const LANGS: readonly Lang[] = ['fr', 'en'];
/** The same thing said in each language. */
export const both = <T>(make: (lang: Lang) => T): Spoken<T> => ({ fr: make('fr'), en: make('en') });

export const FIGURE_WORDS = {
  fr: {
    bill: 'Facture', average: 'Prix moyen', period: 'facture de 30 jours, avant taxes', thousands: 'milliers de $', loadFactor: 'Facteur d’utilisation (%)', customer: 'Client type', same: 'La facture est la même en', and: 'et', article: 'article',
    byLoad: 'Prix moyen selon le facteur d’utilisation', refused: 'non admis', crossing: 'Croisement', colon: '\u00A0: ', list: '\u00A0; ', admitted: 'Admis', cheapest: 'Le moins cher',
  },
  en: {
    bill: 'Bill', average: 'Average price', period: 'bill of 30 days, before taxes', thousands: 'thousands of $', loadFactor: 'Load factor (%)', customer: 'Typical customer', same: 'The bill is the same in', and: 'and', article: 'article',
    byLoad: 'Average price by load factor', refused: 'not admitted', crossing: 'Crossing', colon: ': ', list: '; ', admitted: 'Admitted', cheapest: 'Cheapest',
  },
} as const satisfies Record<Lang, object>;

/** The title of a rate or an option, as the book has it. */
export function moduleTitle({ book, english }: { readonly book: Book; readonly english: English }, name: string, lang: Lang): string {
  const module = book.rates.get(name) ?? book.options.get(name);
  return module ? plain(words(voice(lang, english), module.title)) : name;
}
export const rateWords = (rate: string, english: English, lang: Lang): string => plain(rateTerm(voice(lang, english), rate));
/** A rate's short name; its title where the short one is words that have no English. */
export const rateName = (source: { readonly book: Book; readonly english: English }, rate: string, lang: Lang): string =>
  (lang === 'en' && !source.english.terms.has(rate) && /[a-zà-ÿ]{4}/.test(rate) ? moduleTitle(source, rate, lang) : rateWords(rate, source.english, lang));
export const termWords = (name: string, english: English, lang: Lang): string => plain(term(voice(lang, english), name));

/** What a quantity is called: its name, for its declaration's words are those of one language. */
export function quantityWords(quantity: Quantity | undefined, program: Program, english: English, lang: Lang): string {
  const key = quantity?.key.split('.').at(-1) ?? '';
  const name = [...program.symbols.values()].find((symbol) => jsonKey(symbol.name) === key)?.name ?? key;
  return capital(termWords(name, english, lang));
}
export const capital = (said: string): string => `${said.charAt(0).toUpperCase()}${said.slice(1)}`;

/** The title of a line of a bill. */
export const lineWords = (title: string, english: English, lang: Lang): string => plain(lineTitle(voice(lang, english), title));

/** What makes a break, with its article; lines and names are said in the words of the page. */
export function causeTold(cause: Cause, english: English, lang: Lang): string {
  const { line, name } = cause;
  const said = causeWords({ ...cause, line: line === undefined ? undefined : lineWords(line, english, lang).toLowerCase(), name: name === undefined ? undefined : termWords(name, english, lang) }, lang);
  return cause.kind === 'eligibility' ? said : `${said}, ${FIGURE_WORDS[lang].article}\u00A0${cause.article}`;
}

/** What someone wrote, its numbers kept whole and its marks with the word before. */
export const kept = (said: string): string => said.replace(/(\d) (?=\d{3}(?!\d)|[kMG]W|kV|%|¢|\$)/g, '$1\u00A0').replace(/ (?=[;:!?])/g, '\u00A0');
