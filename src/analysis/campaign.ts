/** All the mutations of some articles, tried one after another. */
import type { Article, Book } from '../check/book.ts';
import { optionSets } from '../check/sets.ts';
import { programOfExample } from '../evaluate/example.ts';
import { placeKey, type Candidates, type Laboratory, type Reach, type Trial } from './kill.ts';
import type { Statement } from '../syntax/nodes.ts';
import { mutationsOf, type Mutation } from './mutations.ts';

/** The mutations of one article, or of one model, together: a unit of work. */
export interface Subject { readonly article: string; readonly title: string; readonly mutations: readonly Mutation[] }

/** What is to be mutated in a book: the articles that an edition writes itself, and its models; `wanted` chooses among the articles' blocks. */
export function subjectsOf(book: Book, wanted: (article: Article) => boolean): Subject[] {
  return book.blocks.filter((article) => book.own.has(article.number) && wanted(article)).map((article) => ({ article: article.number, title: article.title, mutations: article.statements.flatMap(mutationsOf) }));
}

/** Every example of some editions, each with the one that writes it. */
export function trialsOf(books: readonly { readonly book: Book }[]): Trial[] {
  return books.flatMap(({ book }, index) => book.blocks.filter(({ number }) => book.own.has(number)).flatMap((article) => article.statements.flatMap((statement): Trial[] => (statement.kind === 'example' ? [{ example: statement, article, book: index }] : []))));
}

/** Whether any of the statements acts on the case of a trial. */
export function concerns({ example, article }: Trial, laboratory: Laboratory, statements: Iterable<Statement>): boolean {
  const { rate, options } = programOfExample(example, article);
  if (rate === undefined) return false;
  const inForce = laboratory.statementsOf(rate, options);
  for (const statement of statements) if (inForce.has(statement)) return true;
  return false;
}

/** The rates of a book, each with the sets of options that its statements of itself are checked with. */
export const ratesOf = (book: Book): { rate: string; options: string[] }[] => [...book.rates.keys()].flatMap((rate) => optionSets(book, rate).map((options) => ({ rate, options })));

/** By which trials, and which rates' statements, each place is used or met. */
export interface Index { readonly used: ReadonlyMap<string, Candidates>; readonly met: ReadonlyMap<string, Candidates>; readonly costs: readonly number[] }

/** Joins what each trial and each rate reached. */
export function indexOf(trials: readonly (Reach | undefined)[], rates: readonly { readonly rate: string; readonly options: readonly string[]; readonly reach: Reach }[]): Index {
  const used = new Map<string, { trials: number[]; rates: { rate: string; options: readonly string[] }[] }>();
  const met = new Map<string, { trials: number[]; rates: { rate: string; options: readonly string[] }[] }>();
  const at = (map: typeof used, key: string): { trials: number[]; rates: { rate: string; options: readonly string[] }[] } => {
    let found = map.get(key);
    if (!found) map.set(key, (found = { trials: [], rates: [] }));
    return found;
  };
  trials.forEach((reach, index) => {
    for (const key of reach?.used ?? []) at(used, key).trials.push(index);
    for (const key of reach?.met ?? []) at(met, key).trials.push(index);
  });
  for (const { reach, ...rate } of rates) {
    for (const key of reach.used) at(used, key).rates.push(rate);
    for (const key of reach.met) at(met, key).rates.push(rate);
  }
  return { used, met, costs: trials.map((reach) => reach?.cost ?? 0) };
}

const NONE: Candidates = { trials: [], rates: [] };

/** Who may notice a mutation, those of its own article first, then the quick ones. */
export function candidatesOf(laboratory: Laboratory, subject: Subject, mutation: Mutation, trials: readonly Trial[], index: Index): Candidates {
  const found = mutation.met ? (index.met.get(placeKey(mutation.met)) ?? NONE)
    : mutation.used ? (index.used.get(placeKey(mutation.used)) ?? NONE)
    : {
      trials: trials.flatMap((trial, at) => (concerns(trial, laboratory, [mutation.statement]) ? [at] : [])),
      rates: ratesOf(laboratory.book).filter(({ rate, options }) => laboratory.statementsOf(rate, options).has(mutation.statement)),
    };
  const rank = (at: number): number => (trials[at]?.article.number === subject.article ? 0 : trials[at]?.article.span.file === mutation.span.file ? 1 : 2);
  return { trials: [...found.trials].sort((a, b) => rank(a) - rank(b) || (index.costs[a] ?? 0) - (index.costs[b] ?? 0) || a - b), rates: found.rates };
}
