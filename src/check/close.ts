/**
 * A rate with a set of options → the statements that make it, in order, each with the article that acts. Borrowed articles and
 * models are unfolded here, referrals too; nothing is resolved yet.
 */
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { nearestName } from '../support/nearestName.ts';
import type { Statement } from '../syntax/nodes.ts';
import { compareNumbers, type Article, type Book, type Module } from './book.ts';
import type { Origin } from './core.ts';

export interface Placed {
  readonly statement: Statement;
  readonly origin: Origin;
  readonly layer: 'tarif' | 'option';
  /** Of provisions for several options taken together: they prevail over what each says alone. */
  readonly combined: boolean;
  /** Only for its names: a line or condition of an article « sur renvoi » that nothing refers to. */
  readonly declarationsOnly: boolean;
}

/** The statements of a rate with its options, or undefined when the rate or an option does not exist. */
export function closeStatements(book: Book, rate: string, options: readonly string[], diagnostics: Diagnostic[]): Placed[] | undefined {
  const module = book.rates.get(rate);
  if (!module) return undefined;
  const placed: Placed[] = [];
  const lineage = ratesOf(book, module);
  const commons = book.modules.filter((candidate) => candidate.kind === 'common' && candidate.options.length === 0 && (candidate.rates.length === 0 || candidate.rates.some((name) => lineage.has(name.name))));
  const modules: Module[] = [...commons, module];
  for (const option of options) {
    const found = book.options.get(option);
    if (!found) return undefined;
    modules.push(found);
  }
  modules.push(...book.modules.filter((candidate) => candidate.options.length > 0 && candidate.options.every(({ name }) => options.includes(name))));
  const referred = new Set<string>();
  for (const each of modules) {
    for (const article of each.articles) unfoldArticle(book, article, article.number, each, placed, diagnostics, new Set([article.number]), article.onReferral, referred);
  }
  // Articles « sur renvoi » act when one of the statements in force refers to them; what they refer to may refer further.
  for (let round = 0; round < 10; round++) {
    const wanted = new Set(placed.filter((item) => !item.declarationsOnly && item.statement.kind === 'referral').flatMap((item) => item.statement.kind === 'referral' ? item.statement.articles.map((ref) => ref.number) : []));
    let changed = false;
    for (let i = 0; i < placed.length; i++) {
      const item = placed[i];
      if (item?.declarationsOnly && wanted.has(item.origin.article)) {
        placed[i] = { ...item, declarationsOnly: false };
        changed = true;
      }
    }
    if (!changed) break;
  }
  return placed;
}

/** The rate and those that it borrows whole: common provisions for a rate serve the rates made from it. */
function ratesOf(book: Book, module: Module, seen = new Set<string>()): Set<string> {
  if (seen.has(module.name)) return seen;
  seen.add(module.name);
  for (const article of module.articles) {
    for (const statement of article.statements) {
      const borrowed = statement.kind === 'borrow' && statement.rate ? book.rates.get(statement.rate.name) : undefined;
      if (borrowed) ratesOf(book, borrowed, seen);
    }
  }
  return seen;
}

function unfoldArticle(
  book: Book, article: Article, acting: string, module: Module, placed: Placed[], diagnostics: Diagnostic[], path: ReadonlySet<string>, declarationsOnly: boolean, referred: Set<string>,
): void {
  unfold(book, article.statements, { article: acting, home: article.number, module }, placed, diagnostics, path, declarationsOnly, referred);
}

function unfold(
  book: Book, statements: readonly Statement[], at: { article: string; home: string; module: Module }, placed: Placed[], diagnostics: Diagnostic[],
  path: ReadonlySet<string>, declarationsOnly: boolean, referred: Set<string>,
): void {
  for (const statement of statements) {
    const origin: Origin = { article: at.article, home: at.home, label: statement.label, span: statement.span, module: at.module.kind === 'common' ? undefined : at.module.name };
    if (statement.kind !== 'borrow') {
      placed.push({ statement, origin, layer: at.module.kind === 'option' || at.module.options.length > 0 ? 'option' : 'tarif', combined: at.module.options.length > 0, declarationsOnly });
      continue;
    }
    if (statement.model) {
      const model = book.models.get(statement.model.name);
      const key = `modèle ${statement.model.name}`;
      if (!model) diagnostics.push(diagnostic('modeles/inconnu', { name: statement.model.name, nearest: nearestName(statement.model.name, book.models.keys()) }, { span: statement.model.span, article: at.home }));
      else if (path.has(key)) diagnostics.push(diagnostic('reprises/cycle', { name: key }, { span: statement.span, article: at.home }));
      else unfold(book, model.statements, { ...at, home: at.home }, placed, diagnostics, new Set([...path, key]), declarationsOnly, referred);
    }
    if (statement.rate) {
      const rate = book.rates.get(statement.rate.name);
      const key = `tarif ${statement.rate.name}`;
      if (!rate) diagnostics.push(diagnostic('tarifs/inconnu', { name: statement.rate.name, nearest: nearestName(statement.rate.name, book.rates.keys()) }, { span: statement.rate.span, article: at.home }));
      else if (path.has(key)) diagnostics.push(diagnostic('reprises/cycle', { name: key }, { span: statement.span, article: at.home }));
      else for (const article of rate.articles) unfoldArticle(book, article, article.number, at.module, placed, diagnostics, new Set([...path, key]), article.onReferral, referred);
    }
    for (const range of statement.articles) {
      for (const article of articlesIn(book, range.from.number, range.to?.number)) {
        if (path.has(article.number)) diagnostics.push(diagnostic('reprises/cycle', { name: `article ${article.number}` }, { span: range.from.span, article: at.home }));
        else unfoldArticle(book, article, range.to ? article.number : at.article, at.module, placed, diagnostics, new Set([...path, article.number]), declarationsOnly, referred);
      }
    }
  }
}

/** One article, or all from one to another, in the book's order. */
export function articlesIn(book: Book, from: string, to: string | undefined): Article[] {
  if (to === undefined) {
    const article = book.articles.get(from);
    return article ? [article] : [];
  }
  return [...book.articles.values()].filter((article) => compareNumbers(article.number, from) >= 0 && compareNumbers(article.number, to) <= 0)
    .sort((a, b) => compareNumbers(a.number, b.number));
}
