/** An article on its page: what each of its blocks says, its source, and what it leads to. */
import type { Element } from 'hast';
import { h } from 'hastscript';
import type { Article } from '../../check/book.ts';
import { jsonKey } from '../../evaluate/words.ts';
import { contextOf, marginOf } from '../book/context.ts';
import { namesFixed } from '../book/links.ts';
import type { OutlinedArticle } from '../book/outline.ts';
import { articleRef, listed,  } from '../prose/inline.ts';
import { type Voice } from '../prose/expression.ts';
import { pieces, type Piece } from '../prose/statement.ts';
import { inlineHtml, tableHtml, type Content, type Targets } from './html.ts';
import type { SiteWords } from './words.ts';

/** `2.15` → `a2-15`. */
export const articleId = (number: string): string => `a${number.replace(/\./g, '-')}`;
/** Where a term is fixed in an article. */
export const termId = (number: string, name: string): string => `${articleId(number)}-${jsonKey(name)}`;

export interface ArticleParts {
  readonly voice: Voice;
  readonly words: SiteWords;
  readonly targets: (block: Article) => Targets;
  /** The article's title in the language of the page. */
  readonly title: string;
  readonly cites: readonly string[];
  readonly citedBy: readonly string[];
  readonly reads: readonly string[];
  readonly readBy: readonly string[];
  /** The source of a block, coloured. */
  readonly source: (block: Article) => readonly Content[];
  /** The examples of a block, as worked bills. */
  readonly examples: (block: Article) => readonly Content[];
  /** The figures of the rate whose structure the article sets. */
  readonly figures: readonly Content[];
}

export function articleHtml(article: OutlinedArticle, parts: ArticleParts): Element {
  const { words, targets } = parts;
  const seen = new Set<string>();
  const [first] = article.blocks;
  const references: readonly (readonly [string, readonly string[]])[] = [[words.cites, parts.cites], [words.citedBy, parts.citedBy], [words.reads, parts.reads], [words.readBy, parts.readBy]];
  const linked = first ? references.filter(([, numbers]) => numbers.length > 0) : [];
  return h('article', { id: articleId(article.number), ariaLabelledBy: `titre-${articleId(article.number)}` }, [
    h('h2', { id: `titre-${articleId(article.number)}` }, [h('span.number', article.number), parts.title]),
    ...article.blocks.flatMap((block) => blockHtml(block, article, parts, seen)),
    ...parts.figures,
    ...(linked.length > 0 && first ? [h('div.links', linked.map(([label, numbers]) => h('div', [h('span', `${label} `), ...inlineHtml(listed(numbers.map(articleRef), ', '), targets(first))])))] : []),
  ]);
}

function blockHtml(block: Article, article: OutlinedArticle, parts: ArticleParts, seen: Set<string>): Content[] {
  const { words } = parts;
  const targets = parts.targets(block);
  const source = parts.source(block);
  const examples = parts.examples(block);
  return [
    ...(block.continued || article.blocks.length > 1 ? [h('h3', inlineHtml(contextOf(block.module, words, parts.voice), targets))] : []),
    ...(block.onReferral ? [h('p.more', words.referral)] : []),
    ...pieces(parts.voice, block.statements).map((piece) => pieceHtml(piece, block, targets, seen, words)),
    ...(examples.length > 0 ? [h('details.examples', [h('summary', `${words.examples} (${examples.length})`), ...examples])] : []),
    ...(source.length > 0 ? [h('details', [h('summary', words.source), ...source])] : []),
  ];
}

function pieceHtml(piece: Piece, block: Article, targets: Targets, seen: Set<string>, words: SiteWords): Element {
  const ids = namesFixed(piece.statement).map((name) => termId(block.number, name)).filter((each) => { const fresh = !seen.has(each); seen.add(each); return fresh; });
  const [id, ...others] = ids;
  return h('div', { className: ['piece', piece.statement.kind], ...(id === undefined ? {} : { id }) }, [
    h('div.label', marginOf(piece.label, words)),
    h('div.body', [
      ...others.map((other) => h('span', { id: other })),
      h('p', inlineHtml(piece.says, targets)),
      ...(piece.table ? [tableHtml(piece.table.head.map((cell) => inlineHtml(cell, targets)), piece.table.rows.map((row) => row.map((cell) => inlineHtml(cell, targets))))] : []),
      ...piece.more.map((more) => h('p.more', inlineHtml(more, targets))),
    ]),
  ]);
}
