/** Figures on a page: the picture, what it shows, the numbers behind it on demand, and the articles that make it. */
import type { Element } from 'hast';
import { h } from 'hastscript';
import type { Lang } from '../../quantity/format.ts';
import { figurePath, type Figure } from '../figures/figure.ts';
import { WIDTH } from '../figures/frame.ts';
import { articleRef, listed } from '../prose/inline.ts';
import { inlineHtml, list, tableHtml, type Content, type Targets } from './html.ts';
import type { SiteWords } from './words.ts';

/** A figure's anchor on a page. */
export const figureAnchor = ({ id }: Pick<Figure, 'id'>): string => `figure-${id}`;

export function figureHtml(figure: Figure, lang: Lang, words: SiteWords, targets: Targets, folder = ''): Element {
  const { head, rows } = figure.table[lang];
  const height = /^<svg[^>]* height="(\d+)"/.exec(figure.svg[lang])?.[1];
  return h('figure', { id: figureAnchor(figure), className: ['plot', figure.kind] }, [
    h('img', { src: `${folder}${figurePath(figure)}`, alt: figure.alt[lang], width: WIDTH, ...(height === undefined ? {} : { height }), decoding: 'async' }),
    h('figcaption', [
      h('p.title', figure.title[lang]),
      ...(figure.says[lang].length === 0 ? [] : [list(figure.says[lang].map((said) => [said]))]),
      ...(figure.articles.length === 0 ? [] : [h('p.more', [`${words.articles} `, ...inlineHtml(listed(figure.articles.map(articleRef), ', '), targets)])]),
    ]),
    ...(rows.length === 0 ? [] : [h('details', [h('summary', words.numbers), tableHtml(head.map((cell) => [cell]), rows.map((row) => row.map((cell, column): Content[] => (column === 0 || !/\d/.test(cell) ? [cell] : [h('span.figure', cell)]))), { caption: figure.title[lang] })])]),
  ]);
}

/** Figures side by side where there is room. */
export const figuresHtml = (figures: readonly Figure[], lang: Lang, words: SiteWords, targets: Targets): Content[] => (figures.length === 0 ? [] : [h('div.plots', figures.map((figure) => figureHtml(figure, lang, words, targets)))]);
