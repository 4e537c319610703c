/** A book with one statement changed, and its programs: those that the statement is no part of are shared with the book as it was. */
import type { Article, Book, Model, Module } from '../check/book.ts';
import type { Elaborator } from '../check/elaborate.ts';
import { Programs, type ProgramOutcome } from '../check/program.ts';
import type { Statement } from '../syntax/nodes.ts';

/** The same book with `to` in place of `from`, which stands in one of its articles or models. */
export function bookWith(book: Book, from: Statement, to: Statement): Book {
  const swap = (statements: readonly Statement[]): readonly Statement[] => (statements.includes(from) ? statements.map((statement) => (statement === from ? to : statement)) : statements);
  const articles = new Map<Article, Article>();
  for (const article of book.blocks) {
    const statements = swap(article.statements);
    if (statements !== article.statements) articles.set(article, { ...article, statements });
  }
  const articleOf = (article: Article): Article => articles.get(article) ?? article;
  const modules = new Map<Module, Module>();
  for (const module of book.modules) if (module.articles.some((article) => articles.has(article))) modules.set(module, { ...module, articles: module.articles.map(articleOf) });
  const moduleOf = (module: Module): Module => modules.get(module) ?? module;
  const mapped = <T>(map: ReadonlyMap<string, T>, change: (value: T) => T): Map<string, T> => new Map([...map].map(([key, value]) => [key, change(value)]));
  return {
    ...book, articles: mapped(book.articles, articleOf), blocks: book.blocks.map(articleOf), modules: book.modules.map(moduleOf), rates: mapped(book.rates, moduleOf), options: mapped(book.options, moduleOf),
    models: mapped(book.models, (model: Model) => { const statements = swap(model.statements); return statements === model.statements ? model : { ...model, statements }; }),
  };
}

/** The programs of a book with one statement changed. */
export class MutantPrograms extends Programs {
  constructor(book: Book, private readonly original: Programs, private readonly holds: (rate: string, options: readonly string[]) => boolean) { super(book); }

  override program(rate: string, options: readonly string[] = []): ProgramOutcome | undefined {
    return this.holds(rate, options) ? super.program(rate, options) : this.original.program(rate, options);
  }
  override elaboratorOf(rate: string, options: readonly string[]): Elaborator | undefined {
    return this.holds(rate, options) ? super.elaboratorOf(rate, options) : this.original.elaboratorOf(rate, options);
  }
}
