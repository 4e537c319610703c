/** What a rate depends on: its own statements, and those of the rates that they consult. */
import type { Book } from '../check/book.ts';
import { closeStatements } from '../check/close.ts';
import type { Statement } from '../syntax/nodes.ts';
import { visit } from '../syntax/visit.ts';

/** Paths of the files that a rate with options depends on; empty when the book has no such rate. */
export const filesOfRate = (statementsOf: StatementsOf, rate: string, options: readonly string[]): Set<string> => new Set([...statementsOf(rate, options)].map(({ span }) => span.file.path));

/** The statements that act in a rate with options, and in the rates that it consults. */
export type StatementsOf = (rate: string, options: readonly string[]) => ReadonlySet<Statement>;

/** Worked out once for each rate with its options. */
export function statementsByRate(book: Book): StatementsOf {
  const own = new Map<string, { readonly statements: ReadonlySet<Statement>; readonly consulted: ReadonlySet<string> }>();
  const of = (rate: string, options: readonly string[]): { readonly statements: ReadonlySet<Statement>; readonly consulted: ReadonlySet<string> } => {
    const key = [rate, ...[...options].sort()].join('+');
    let known = own.get(key);
    if (!known) {
      const statements = new Set((closeStatements(book, rate, [...options].sort(), []) ?? []).map(({ statement }) => statement));
      const consulted = new Set<string>();
      for (const statement of statements) {
        if (statement.kind === 'example') continue;
        if (statement.kind === 'move') consulted.add(statement.rate.name);
        if (statement.kind === 'condition') for (const each of statement.instead) consulted.add(each.name);
        visit(statement, (node) => {
          if (node.kind === 'atRate') consulted.add(node.rate?.name ?? rate);
          if (node.kind === 'eligible') consulted.add(node.rate.name);
        });
      }
      own.set(key, (known = { statements, consulted }));
    }
    return known;
  };
  const whole = new Map<string, ReadonlySet<Statement>>();
  return (rate, options) => {
    const key = [rate, ...[...options].sort()].join('+');
    let found = whole.get(key);
    if (!found) {
      const all = new Set<Statement>();
      const seen = new Set<string>();
      const waiting: [string, readonly string[]][] = [[rate, options]];
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        const name = [next[0], ...next[1]].join('+');
        if (seen.has(name)) continue;
        seen.add(name);
        const { statements, consulted } = of(...next);
        for (const statement of statements) all.add(statement);
        for (const other of consulted) waiting.push([other, []]);
      }
      whole.set(key, (found = all));
    }
    return found;
  };
}
