/** Definitions that no line, condition or other definition ever uses. */
import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Statement } from '../../syntax/nodes.ts';
import type { Book } from '../book.ts';
import { mentionsOf } from '../mentions.ts';

export function checkUnused(book: Book, used: ReadonlySet<string>, diagnostics: Diagnostic[]): void {
  const mentioned = new Set<string>(used);
  const mention = (statement: Statement): void => { for (const name of mentionsOf(statement).names) mentioned.add(name); };
  for (const article of book.blocks) article.statements.forEach(mention);
  for (const model of book.models.values()) model.statements.forEach(mention);
  for (const article of book.blocks) {
    if (!book.own.has(article.number)) continue;
    for (const statement of article.statements) {
      if ((statement.kind === 'definition' || statement.kind === 'plage' || statement.kind === 'data') && !mentioned.has(statement.name.name)) {
        diagnostics.push(diagnostic('definitions/inutile', { name: statement.name.name }, { span: statement.name.span, article: article.number }));
      }
    }
  }
}
