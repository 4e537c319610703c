/** Sentences as HTML, and the shell of a page. */
import type { Element, ElementContent, Root } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import type { Lang } from '../../quantity/format.ts';
import type { Inline, Prose } from '../prose/inline.ts';
import type { SiteWords } from './words.ts';

export type Content = ElementContent | string;

/** Where links lead; undefined when there is nothing to lead to. */
export interface Targets {
  readonly article: (number: string) => string | undefined;
  /** The article where a term is fixed, as read from the block at hand. */
  readonly term: (name: string) => { readonly href: string; readonly article: string } | undefined;
  readonly rate: (name: string) => string | undefined;
}

/** A sentence; figures are kept whole, terms and articles lead to where they stand. */
export const inlineHtml = (said: Prose, targets: Targets): Content[] => said.map((piece) => pieceHtml(piece, targets));

function pieceHtml(piece: Inline, targets: Targets): Content {
  switch (piece.kind) {
    case 'text': return piece.text;
    case 'figure': return h('span.figure', piece.text);
    case 'words': return piece.foreign ? h('span.foreign', { lang: 'fr' }, piece.text) : piece.text;
    case 'article': { const href = targets.article(piece.number); return href === undefined ? piece.text : h('a', { href }, piece.text); }
    case 'rate': case 'option': { const href = targets.rate(piece.name); return href === undefined ? piece.text : h('a', { href }, piece.text); }
    case 'term': {
      const target = targets.term(piece.name);
      const properties = { ...(piece.foreign ? { lang: 'fr' } : {}), className: piece.foreign ? ['term', 'foreign'] : ['term'] };
      return target === undefined ? h('span', properties, piece.text) : h('a', { ...properties, href: target.href, title: target.article }, piece.text);
    }
  }
}

export interface Shell {
  readonly lang: Lang;
  readonly title: string;
  readonly words: SiteWords;
  /** From this page: the root of its language, and the same page in the other. */
  readonly home: string;
  readonly other: string;
  readonly style: string;
  readonly edition: string;
  readonly nav: readonly { readonly href: string; readonly text: string; readonly current: boolean }[];
  readonly side: readonly Content[];
  readonly main: readonly Content[];
  readonly scripts?: readonly string[];
}

/** A whole page. */
export function pageHtml(shell: Shell): string {
  const { words } = shell;
  const root: Root = {
    type: 'root',
    children: [
      { type: 'doctype' },
      h('html', { lang: shell.lang }, [
        h('head', [h('meta', { charSet: 'utf-8' }), h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }), h('title', shell.title), h('link', { rel: 'stylesheet', href: shell.style })]),
        h('body', [
          h('a.skip', { href: '#texte' }, words.skip),
          h('header.bar', [
            h('a.name', { href: shell.home }, shell.edition),
            h('nav', { ariaLabel: words.menu }, shell.nav.flatMap(({ href, text, current }, index): Content[] => [...(index === 0 ? [] : [' · ']), h('a', { href, ...(current ? { ariaCurrent: 'page' } : {}) }, text)])),
            h('a.lang', { href: shell.other, hrefLang: words.otherLang, lang: words.otherLang }, words.other),
          ]),
          h('div.frame', [h('nav.side', { ariaLabel: words.contents }, [...shell.side]), h('main#texte', { tabIndex: -1 }, [...shell.main])]),
          h('footer', words.generated),
          ...(shell.scripts ?? []).map((src) => h('script', { src })),
        ]),
      ]),
    ],
  };
  return `${toHtml(root)}\n`;
}

export const list = (items: readonly (readonly Content[])[], properties: { className?: string[] } = {}): Element => h('ul', properties, items.map((item) => h('li', [...item])));
/** Past so many columns, the first stays in sight while the others scroll. */
const WIDE = 6;

/** How a table is set: what it is of, unseen but told; `stacked`, on a phone each row is a paragraph whose cells say their heads. */
export interface TableSetting { readonly caption?: string; readonly stacked?: boolean; readonly total?: boolean }

/** A table with its column heads; a column all of figures is set to the right. The last row may be the `total` of those before. */
export function tableHtml(head: readonly (readonly Content[])[], rows: readonly (readonly (readonly Content[])[])[], { caption, stacked = false, total = false }: TableSetting = {}): Element {
  const numeric = head.map((_, column) => rows.some((row) => (row[column] ?? []).length > 0) && rows.every((row) => (row[column] ?? []).every((cell) => typeof cell === 'object' && cell.type === 'element' && [cell.properties['className']].flat().includes('figure'))));
  const mark = (column: number) => (numeric[column] ? { className: ['number'] } : {});
  // What lies over the table's own display on a phone must not take its roles away.
  const role = (name: string) => (stacked ? { role: name } : {});
  const said = (cell: readonly Content[]): string => cell.map((each) => (typeof each === 'string' ? each : '')).join('');
  const headed = !head.every((cell) => cell.length === 0);
  return h('div', { className: ['scroll', ...(stacked ? ['stack'] : []), ...(head.length > WIDE ? ['wide'] : [])], ...(stacked ? {} : { tabIndex: 0, role: 'group', ...(caption === undefined ? {} : { ariaLabel: caption }) }) }, [h('table', role('table'), [
    ...(caption === undefined ? [] : [h('caption', caption)]),
    ...(headed ? [h('thead', role('rowgroup'), h('tr', role('row'), head.map((cell, column) => (cell.length === 0 ? h('td') : h('th', { scope: 'col', ...role('columnheader'), ...mark(column) }, [...cell])))))] : []),
    h('tbody', role('rowgroup'), rows.map((row, index) => h('tr', { ...role('row'), ...(total && index === rows.length - 1 ? { className: ['total'] } : {}) }, row.map((cell, column) => h('td', { ...role('cell'), ...mark(column), ...(stacked ? { dataHead: said(head[column] ?? []) } : {}) }, [...cell]))))),
  ])]);
}
