/** What a statement mentions, gathered in one walk and kept: the rules of the book ask for it, an editor at every keystroke. */
import type { ArticleRef, Quantity, Statement } from '../syntax/nodes.ts';
import { visit } from '../syntax/visit.ts';

export interface Mentions {
  /** Names that it reads. */
  readonly names: ReadonlySet<string>;
  readonly articles: readonly ArticleRef[];
  readonly figures: readonly Quantity[];
}

const known = new WeakMap<Statement, Mentions>();

export function mentionsOf(statement: Statement): Mentions {
  const made = known.get(statement);
  if (made) return made;
  const names = new Set<string>();
  const articles: ArticleRef[] = [];
  const figures: Quantity[] = [];
  visit(statement, (node) => {
    switch (node.kind) {
      case 'name': case 'plageName': names.add(node.name); break;
      case 'articleRef': articles.push(node); break;
      case 'quantity': figures.push(node); break;
      case 'ofThis': names.add(node.season.name); break;
      case 'whole': names.add(node.plage.name); break;
      case 'table': names.add(node.key.name); break;
      case 'binding': if (node.target.kind === 'identifier') names.add(node.target.name); break;
      case 'cut': if (node.at.kind === 'changes') names.add(node.at.of.name); break;
      case 'replacement': names.add(node.name.name); break;
      default: break;
    }
    if ('sheet' in node && node.sheet) names.add(node.sheet.name);
  });
  const mentions: Mentions = { names, articles, figures };
  known.set(statement, mentions);
  return mentions;
}
