/**
 * A printed book against the blocks of an edition, both ways: what an article prints and its block neither uses nor sets aside, what a
 * block writes and its article does not print. What remains is a difference; each is given once.
 */
import type { BookPart, Cited, BlockFigures, SetAside, Written } from '../check/blockFigures.ts';
import { blockFigures } from '../check/blockFigures.ts';
import { compareNumbers, type Book } from '../check/book.ts';
import { comparable, keyOf, same, type Figure } from '../check/figures.ts';
import { fromInteger } from '../quantity/exact.ts';
import type { Span } from '../source/file.ts';
import { squeezed } from './articles.ts';
import type { PrintedArticle, PrintedCitation, PrintedFigure } from './printed.ts';

/** How a printed figure is accounted for. */
export type Account = 'bloc' | 'nom' | 'reprise' | 'hors calcul' | 'rien';

export type DifferenceKind = 'titre' | 'article-absent' | 'article-sans-bloc' | 'chiffre-sans-emploi' | 'chiffre-non-imprime' | 'chiffre-different' | 'renvoi-sans-emploi' | 'renvoi-non-imprime' | 'mise-a-part-inutile';
export interface Difference {
  readonly article: string;
  readonly kind: DifferenceKind;
  /** What the book prints, with its place in its sentence when the book itself is at hand. */
  readonly printed: { readonly text: string; readonly sentence: string | undefined; readonly at: readonly [number, number] | undefined; readonly line: number | undefined } | undefined;
  /** What the block writes. */
  readonly written: { readonly text: string; readonly span: Span } | undefined;
  /** How many times the article prints it. */
  readonly times: number;
}

export interface Reconciled {
  readonly articles: number;
  readonly printed: number;
  readonly figures: number;
  readonly accounts: Readonly<Record<Account, number>>;
  readonly citations: number;
  readonly written: number;
  readonly differences: readonly Difference[];
}

/** Compares; `printed` are the articles of the book in its order, `blocks` what each block says in numbers. */
export function reconcile(printed: readonly PrintedArticle[], book: Book, blocks = blockFigures(book)): Reconciled {
  const byNumber = new Map(printed.map((article) => [article.number, article]));
  const accounts: Record<Account, number> = { bloc: 0, nom: 0, reprise: 0, 'hors calcul': 0, rien: 0 };
  const differences: Difference[] = [];
  let written = 0;
  let both = 0;
  for (const number of [...new Set([...byNumber.keys(), ...book.articles.keys()])].sort(compareNumbers)) {
    const page = byNumber.get(number);
    const block = blocks.get(number);
    const article = book.articles.get(number);
    if (!page || !block || !article) {
      differences.push({
        article: number, kind: page ? 'article-sans-bloc' : 'article-absent', times: 1,
        printed: page && { text: page.title, sentence: undefined, at: undefined, line: page.line }, written: article && { text: article.title, span: article.span },
      });
      continue;
    }
    both++;
    if (squeezed(page.title) !== squeezed(article.title)) differences.push({ article: number, kind: 'titre', times: 1, printed: { text: page.title, sentence: undefined, at: undefined, line: page.line }, written: { text: article.title, span: article.span } });
    written += block.written.filter(({ from }) => from === 'bloc').length;
    differences.push(...figuresOf(number, page, block, accounts, byNumber, book), ...citationsOf(number, page, block, blocks), ...partsOf(page, block, book));
  }
  return { articles: both, printed: printed.length, figures: printed.reduce((sum, page) => sum + page.figures.filter(({ soft }) => !soft).length, 0), accounts, citations: printed.reduce((sum, page) => sum + page.citations.length, 0), written, differences };
}

function figuresOf(number: string, page: PrintedArticle, block: BlockFigures, accounts: Record<Account, number>, pages: ReadonlyMap<string, PrintedArticle>, book: Book): Difference[] {
  const aside = block.setAside.filter((each): each is SetAside & { figure: Figure } => each.figure !== undefined);
  const unused = new Map<string, { figure: PrintedFigure; times: number }>();
  for (const each of page.figures) {
    if (each.soft) continue;
    const account = accountFor(each.figure, block, aside);
    accounts[account]++;
    if (account !== 'rien') continue;
    const key = keyOf(each.figure);
    unused.set(key, { figure: unused.get(key)?.figure ?? each, times: (unused.get(key)?.times ?? 0) + 1 });
  }
  const outside = aside.filter(({ statement }) => statement.out === 'livre');
  const unprinted = new Map<string, Written>();
  for (const each of block.written) {
    if (!each.owed || unprinted.has(keyOf(each.figure)) || !isOwed(page, each, pages, book)) continue;
    if (page.figures.some(({ figure }) => same(figure, each.figure)) || outside.some(({ figure }) => same(figure, each.figure))) continue;
    if (block.written.some(({ reading, from, figure }) => reading && from !== 'nom' && same(figure, each.figure))) continue;
    unprinted.set(keyOf(each.figure), each);
  }
  const out: Difference[] = [];
  // A figure that changed is missing on one side and new on the other: one difference, not two.
  for (const { figure, times } of unused.values()) {
    const twins = [...unprinted].filter(([, each]) => comparable(figure.figure, each.figure));
    const twin = twins.find(([, each]) => measureOf(each.figure) === measureOf(figure.figure)) ?? twins[0];
    if (twin) unprinted.delete(twin[0]);
    out.push({ article: number, kind: twin ? 'chiffre-different' : 'chiffre-sans-emploi', printed: figure, written: twin?.[1], times });
  }
  for (const each of unprinted.values()) out.push({ article: number, kind: 'chiffre-non-imprime', printed: undefined, written: each, times: 1 });
  // What is set aside must be there: a figure of the page that it prints, a figure of the block that it does not print.
  for (const each of aside) {
    if (each.inherited) continue;
    const stands = page.figures.some(({ figure }) => same(figure, each.figure));
    const missing = each.statement.out === 'calcul' && !stands;
    const twin = missing ? out.find((found) => found.kind === 'chiffre-sans-emploi' && page.figures.some((figure) => figure === found.printed && comparable(figure.figure, each.figure))) : undefined;
    const side = { text: each.text, span: each.span };
    if (twin) out[out.indexOf(twin)] = { ...twin, kind: 'chiffre-different', written: side };
    else if (missing || (each.statement.out === 'livre' && stands)) out.push({ article: number, kind: 'mise-a-part-inutile', printed: undefined, written: side, times: 1 });
  }
  return out;
}

/** What is borrowed from an article that the page does not cite, the page repeats: it must print those figures too. */
function isOwed(page: PrintedArticle, { through }: Written, pages: ReadonlyMap<string, PrintedArticle>, book: Book): boolean {
  let at: PrintedArticle | undefined = page;
  for (const step of through) {
    // A whole rate, or the other articles of the same section, are rules that apply here, not a text repeated here.
    if (step === '*') return false;
    if (!step.includes(' ')) {
      if (at?.citations.some(({ from, to }) => within(step, from, to)) || at?.parts.some((part) => inPart(book.articles.get(step), part))) return false;
      at = pages.get(step);
    }
  }
  return true;
}

function accountFor(figure: Figure, block: BlockFigures, aside: readonly (SetAside & { figure: Figure })[]): Account {
  const found = block.written.filter((each) => same(figure, each.figure));
  if (found.some(({ from }) => from === 'bloc')) return 'bloc';
  if (aside.some(({ statement, figure: other }) => statement.out === 'calcul' && same(figure, other))) return 'hors calcul';
  return found[0]?.from ?? 'rien';
}
const measureOf = (figure: Figure): string => (figure.kind === 'quantity' ? keyOf({ ...figure, value: fromInteger(1) }) : figure.kind);

const within = (number: string, from: string, to: string | undefined): boolean => (to === undefined ? number === from : compareNumbers(number, from) >= 0 && compareNumbers(number, to) <= 0);
const meets = (a: { readonly from: string; readonly to: string | undefined }, b: { readonly from: string; readonly to: string | undefined }): boolean => within(a.from, b.from, b.to) || within(b.from, a.from, a.to);

function citationsOf(number: string, page: PrintedArticle, block: BlockFigures, blocks: ReadonlyMap<string, BlockFigures>): Difference[] {
  const out: Difference[] = [];
  const known = (to: { readonly from: string; readonly to: string | undefined }): boolean => block.cited.some((cited) => meets(cited, to)) || [...block.named].some((home) => within(home, to.from, to.to));
  const aside = block.setAside.flatMap(({ article }) => (article ? [article] : []));
  const seen = new Set<string>();
  for (const each of page.citations) {
    const key = `${each.from} ${each.to ?? ''}`;
    if (seen.has(key) || each.from === number) continue;
    seen.add(key);
    if (known(each) || aside.some((article) => meets(article, each))) continue;
    // A borrowed article cites its own neighbours; the borrower's neighbours that borrow these stand for them.
    if (each.to === undefined && [...(blocks.get(each.from)?.borrows ?? [])].some((lender) => known({ from: lender, to: undefined }))) continue;
    out.push({ article: number, kind: 'renvoi-sans-emploi', printed: each, written: undefined, times: page.citations.filter(({ from, to }) => from === each.from && to === each.to).length });
  }
  const told = new Set<string>();
  for (const each of block.cited) {
    if (!each.owed || told.has(each.from) || printsCitation(page, each) || outsideCites(block, each)) continue;
    told.add(each.from);
    out.push({ article: number, kind: 'renvoi-non-imprime', printed: undefined, written: { text: each.to === undefined ? each.from : `${each.from} à ${each.to}`, span: each.span }, times: 1 });
  }
  for (const { article, text, span, statement, inherited } of block.setAside) {
    if (!article || inherited) continue;
    const stands = page.citations.some((each: PrintedCitation) => meets(each, article));
    if (stands === (statement.out === 'livre')) out.push({ article: number, kind: 'mise-a-part-inutile', printed: undefined, written: { text, span }, times: 1 });
  }
  return out;
}
const printsCitation = (page: PrintedArticle, cited: Cited): boolean => page.citations.some((each) => meets(each, cited));
const outsideCites = (block: BlockFigures, cited: Cited): boolean => block.cited.some((each) => each.reading && meets(each, cited)) || block.setAside.some(({ article, statement }) => statement.out === 'livre' && article !== undefined && meets(article, cited));

const inPart = (article: { readonly chapter: string; readonly section: string } | undefined, { chapter, sections }: BookPart): boolean => article?.chapter === chapter && (sections.length === 0 || sections.includes(article.section));

/** Sections and chapters: the block reads, borrows or cites something of each, or says so in words. */
function partsOf(page: PrintedArticle, block: BlockFigures, book: Book): Difference[] {
  const out: Difference[] = [];
  const touched = [...block.named, ...block.borrows, ...block.cited.flatMap(({ from, to }) => (to === undefined ? [from] : [from, to]))].flatMap((number) => book.articles.get(number) ?? []);
  const modules = [...block.modules].flatMap((name) => [book.rates.get(name), book.options.get(name)]).flatMap((module) => module?.articles ?? []);
  const own = book.articles.get(page.number);
  const home = own ? [...(book.rates.get(own.module.name)?.articles ?? []), ...own.module.rates.flatMap(({ name }) => book.rates.get(name)?.articles ?? [])] : [];
  for (const part of page.parts) {
    const wanted = part.sections.length === 0 ? [part] : part.sections.map((section) => ({ chapter: part.chapter, sections: [section] }));
    const missing = wanted.filter((each) => ![...touched, ...modules, ...home].some((article) => inPart(article, each)) && ![...block.parts, ...block.setAside.flatMap((aside) => (aside.part ? [aside.part] : []))].some(({ chapter, sections }) => chapter === each.chapter && (sections.length === 0 || each.sections.every((section) => sections.includes(section)))));
    if (missing.length > 0) out.push({ article: page.number, kind: 'renvoi-sans-emploi', printed: { ...part, text: missing.map(({ chapter, sections }) => (sections[0] === undefined ? `chapitre ${chapter}` : `section ${sections[0]} du chapitre ${chapter}`)).join(', ') }, written: undefined, times: 1 });
  }
  return out;
}
