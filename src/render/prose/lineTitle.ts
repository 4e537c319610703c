/** The title of a line of a bill, in the language of the reader. */
import type { Prose } from './inline.ts';
import { prose } from './inline.ts';
import { term, words, type Voice } from './expression.ts';

/** `Énergie, 1re tranche` → `Energy, block 1`: an author's words by their translation, ours by the patterns. What has none stays French, marked so. */
export function lineTitle(v: Voice, title: string): Prose {
  if (v.lang === 'fr' || v.english.texts.has(title)) return words(v, title);
  const { lines, remainder, tranche, say } = v.patterns;
  const own = lines[title];
  if (own !== undefined) return prose(own);
  const named = v.english.terms.get(nameOf(title));
  if (named !== undefined) return prose(named.charAt(0).toUpperCase() + named.slice(1));
  const [, head, rest] = /^(.*), ([^,]+)$/.exec(title) ?? [];
  if (head === undefined || rest === undefined) return words(v, title);
  const block = /^(\d+)r?e tranche$/.exec(rest);
  if (block || rest === 'reste') return prose(lineTitle(v, head), ', ', block ? tranche(Number(block[1])) : remainder);
  const [, where, season] = /^(en|hors) (.+)$/.exec(rest) ?? [];
  return season === undefined ? words(v, title) : prose(lineTitle(v, head), ', ', where === 'en' ? say.in : say.outside.trimStart(), term(v, season.replace(/[ \u00A0]/g, '_')));
}

/** The name that a title was made of, its first letter a capital. */
const nameOf = (title: string): string => (title.charAt(0).toLowerCase() + title.slice(1)).replace(/[ \u00A0]/g, '_');
