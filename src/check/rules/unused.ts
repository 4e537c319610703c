/** Definitions that no line, condition or other definition ever uses. */
import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { visit } from '../../syntax/visit.ts';
import type { Book } from '../book.ts';

export function checkUnused(book: Book, used: ReadonlySet<string>, diagnostics: Diagnostic[]): void {
  const mentioned = new Set<string>(used);
  for (const article of book.blocks) {
    for (const statement of article.statements) {
      visit(statement, (node) => {
        if (node.kind === 'name' || node.kind === 'plageName') mentioned.add(node.name);
        if (node.kind === 'ofThis') mentioned.add(node.season.name);
        if (node.kind === 'whole') mentioned.add(node.plage.name);
        if (node.kind === 'table') mentioned.add(node.key.name);
        if ('sheet' in node && node.sheet) mentioned.add(node.sheet.name);
        if (node.kind === 'binding' && node.target.kind === 'identifier') mentioned.add(node.target.name);
        if (node.kind === 'cut' && node.at.kind === 'changes') mentioned.add(node.at.of.name);
        if (node.kind === 'replacement') mentioned.add(node.name.name);
      });
    }
  }
  for (const model of book.models.values()) for (const statement of model.statements) visit(statement, (node) => { if (node.kind === 'name' || node.kind === 'plageName') mentioned.add(node.name); });
  for (const article of book.blocks) {
    if (!book.own.has(article.number)) continue;
    for (const statement of article.statements) {
      if ((statement.kind === 'definition' || statement.kind === 'plage' || statement.kind === 'data') && !mentioned.has(statement.name.name)) {
        diagnostics.push(diagnostic('definitions/inutile', { name: statement.name.name }, { span: statement.name.span, article: article.number }));
      }
    }
  }
}
