/** Which files a rate is written in: those of its own statements, and of the rates that they consult. */
import type { Book } from '../check/book.ts';
import { closeStatements } from '../check/close.ts';
import { visit } from '../syntax/visit.ts';

/** Paths of the files that a rate with options depends on; empty when the book has no such rate. */
export function filesOfRate(book: Book, rate: string, options: readonly string[], seen = new Set<string>()): Set<string> {
  const files = new Set<string>();
  const key = [rate, ...options].join('+');
  if (seen.has(key)) return files;
  seen.add(key);
  const consulted = new Set<string>();
  for (const { statement } of closeStatements(book, rate, options, []) ?? []) {
    files.add(statement.span.file.path);
    if (statement.kind === 'example') continue;
    if (statement.kind === 'move') consulted.add(statement.rate.name);
    if (statement.kind === 'condition') for (const each of statement.instead) consulted.add(each.name);
    visit(statement, (node) => {
      if (node.kind === 'atRate') consulted.add(node.rate?.name ?? rate);
      if (node.kind === 'eligible') consulted.add(node.rate.name);
    });
  }
  for (const other of consulted) for (const path of filesOfRate(book, other, [], seen)) files.add(path);
  return files;
}
