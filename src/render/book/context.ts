/** How a block and its statements are headed, whatever they are printed on. */
import type { Module } from '../../check/book.ts';
import { rateTerm, words as saidBy, type Voice } from '../prose/expression.ts';
import { listed, plain, prose, text, type Prose } from '../prose/inline.ts';

/** The words that head blocks. */
export interface HeadWords { readonly common: string; readonly commonTo: string; readonly commonToOptions: string; readonly paragraph: string }

/** A title in the language of the book. */
export const titled = (voice: Voice, french: string): string => plain(saidBy(voice, french));

/** Which rate, option or provisions a block belongs to. */
export function contextOf(module: Module, words: HeadWords, voice: Voice): Prose {
  const names = (list: Module['rates']): Prose => listed(list.map(({ name }) => rateTerm(voice, name)), voice.patterns.say.and);
  if (module.kind !== 'common') return text(titled(voice, module.title));
  if (module.options.length > 0) return prose(`${words.commonToOptions} `, names(module.options));
  return module.rates.length > 0 ? prose(`${words.commonTo} `, names(module.rates)) : text(words.common);
}

/** `alinéa 2` in the margin: `al. 2`. */
export const marginOf = (label: string | undefined, words: HeadWords): string => (label ?? '').replace(/alinéa[\s\u00A0]+/g, `${words.paragraph}\u00A0`);
