/** Figures set aside: for a reason, and only where the block does as is said. */
import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { blockFigures } from '../blockFigures.ts';
import type { Book } from '../book.ts';
import { same } from '../figures.ts';

export function checkSetAside(book: Book, diagnostics: Diagnostic[]): void {
  const those = new Set(book.blocks.filter(({ number, statements }) => book.own.has(number) && statements.some(({ kind }) => kind === 'setAside')).map(({ number }) => number));
  if (those.size === 0) return;
  for (const [number, { written, setAside }] of blockFigures(book, those)) {
    for (const { figure, text, statement, span, inherited } of setAside) {
      if (inherited) continue;
      if (statement.text === '') diagnostics.push(diagnostic('livre/sans-raison', {}, { span: statement.span, article: number }));
      if (!figure) continue;
      const own = written.some((each) => each.from === 'bloc' && same(figure, each.figure));
      if (statement.out === 'calcul' && own) diagnostics.push(diagnostic('livre/hors-calcul-employe', { figure: text }, { span, article: number }));
      if (statement.out === 'livre' && !own && !written.some((each) => each.from === 'reprise' && same(figure, each.figure))) diagnostics.push(diagnostic('livre/hors-livre-inutile', { figure: text }, { span, article: number }));
    }
  }
}
