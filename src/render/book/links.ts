/** What leads from one article to another: the articles that it cites, and those that fix the terms it reads. */
import { compareNumbers, type Article, type Book } from '../../check/book.ts';
import type { Programs } from '../../check/program.ts';
import { ownProgram } from '../../check/sets.ts';
import type { Statement } from '../../syntax/nodes.ts';
import { visit } from '../../syntax/visit.ts';

export interface Links {
  /** The article that fixes what a name means where a block reads it; undefined for what is built in. */
  readonly home: (name: string, block: Article) => string | undefined;
  /** By article: those that it cites or borrows, those that cite it. */
  readonly cites: ReadonlyMap<string, readonly string[]>;
  readonly citedBy: ReadonlyMap<string, readonly string[]>;
  /** By article: those whose terms it reads, those that read its terms. */
  readonly reads: ReadonlyMap<string, readonly string[]>;
  readonly readBy: ReadonlyMap<string, readonly string[]>;
}

export function linksOf(book: Book, programs: Programs): Links {
  const scopes = new Map<Article['module'], ReturnType<Programs['elaboratorOf']>>();
  const home = (name: string, block: Article): string | undefined => {
    if (!scopes.has(block.module)) {
      const own = ownProgram(book, block.module);
      scopes.set(block.module, own && programs.elaboratorOf(own.rate, own.options));
    }
    return scopes.get(block.module)?.scope.lookup(name, block.number)?.origin.home;
  };
  const cites = new Map<string, Set<string>>();
  const reads = new Map<string, Set<string>>();
  const add = (map: Map<string, Set<string>>, from: string, to: string | undefined): void => {
    if (to !== undefined && to !== from && book.articles.has(to)) map.set(from, (map.get(from) ?? new Set()).add(to));
  };
  for (const block of book.blocks) {
    for (const statement of block.statements) {
      if (statement.kind === 'example') continue;
      for (const number of citedIn(book, statement)) add(cites, block.number, number);
      visit(statement, (node) => { if (node.kind === 'name' || node.kind === 'plageName') add(reads, block.number, home(node.name, block)); });
    }
  }
  return { home, cites: sorted(cites), citedBy: sorted(reversed(cites)), reads: sorted(reads), readBy: sorted(reversed(reads)) };
}

/** The names that a statement fixes. */
export function namesFixed(statement: Statement): readonly string[] {
  switch (statement.kind) {
    case 'data': case 'measure': case 'plage': case 'definition': case 'replacement': case 'fact': case 'tax': return [statement.name.name];
    case 'table': return statement.grid.header.map(({ name }) => name);
    case 'line': return statement.name ? [statement.name.name] : [];
    default: return [];
  }
}

/** The articles that a statement names; a range names all that it spans. */
function citedIn(book: Book, statement: Statement): string[] {
  const found: string[] = [];
  visit(statement, (node) => { if (node.kind === 'articleRef') found.push(node.number); });
  if (statement.kind === 'borrow') {
    for (const { from, to } of statement.articles) {
      if (to) for (const number of book.articles.keys()) if (compareNumbers(number, from.number) > 0 && compareNumbers(number, to.number) < 0) found.push(number);
    }
  }
  return found;
}

const sorted = (map: ReadonlyMap<string, ReadonlySet<string>>): Map<string, string[]> => new Map([...map].map(([number, others]) => [number, [...others].sort(compareNumbers)]));
function reversed(map: ReadonlyMap<string, ReadonlySet<string>>): Map<string, Set<string>> {
  const out = new Map<string, Set<string>>();
  for (const [from, others] of map) for (const to of others) out.set(to, (out.get(to) ?? new Set()).add(from));
  return out;
}
