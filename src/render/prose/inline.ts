/**
 * What a sentence of the book is made of, whatever it is printed on: a page, a PDF, a hover in the editor. Terms and articles are
 * marked, so that each output may link them.
 */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  /** A figure with its unit, as the language writes it; never broken at the end of a line. */
  | { readonly kind: 'figure'; readonly text: string }
  /** A name of the rules; `foreign` when the language has no word for it, and the French one is shown. */
  | { readonly kind: 'term'; readonly name: string; readonly text: string; readonly foreign: boolean }
  | { readonly kind: 'article'; readonly number: string; readonly text: string }
  | { readonly kind: 'rate'; readonly name: string; readonly text: string }
  | { readonly kind: 'option'; readonly name: string; readonly text: string }
  /** Words of whoever wrote the block; `foreign` when they are shown in French for want of a translation. */
  | { readonly kind: 'words'; readonly text: string; readonly foreign: boolean };

export type Prose = readonly Inline[];

export const text = (words: string): Prose => (words === '' ? [] : [{ kind: 'text', text: words }]);
export const figure = (words: string): Prose => [{ kind: 'figure', text: words }];
export const articleRef = (number: string): Prose => [{ kind: 'article', number, text: number }];

/** Pieces one after the other: strings are plain text. */
export const prose = (...parts: readonly (string | Prose)[]): Prose => parts.flatMap((part) => (typeof part === 'string' ? text(part) : part));

/** `a, b and c`: what joins the last is given with its blanks. */
export function listed(items: readonly Prose[], last: string): Prose {
  return items.flatMap((item, index) => (index === 0 ? item : [...text(index === items.length - 1 ? last : ', '), ...item]));
}

/** French elision where two pieces meet: `de` + `énergie` → `d'énergie`; a name of units or of rates elides nothing. */
export function elided(said: Prose): Prose {
  return said.map((piece, index) => {
    const next = said[index + 1];
    if (next === undefined || (next.kind !== 'term' && next.kind !== 'text') || !/^[aeiouyâàéèêëîïôûùœ]/i.test(next.text) || next.text.length < 2) return piece;
    const joined = piece.text.replace(/(^|[\s(\u00A0])(de|que|jusque) $/, (_, before: string, word: string) => `${before}${word.slice(0, -1)}'`);
    return joined === piece.text ? piece : { ...piece, text: joined };
  });
}

/** The same without marks. */
export const plain = (said: Prose): string => said.map((each) => each.text).join('');

/** The first letter as a sentence begins. */
export function capital(said: Prose): Prose {
  const [first, ...rest] = said;
  return first === undefined || first.kind === 'figure' || first.kind === 'article' ? said : [{ ...first, text: first.text.charAt(0).toUpperCase() + first.text.slice(1) }, ...rest];
}
