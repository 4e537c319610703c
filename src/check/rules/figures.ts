/** One home per figure: a repeat names its home and must be found there; a price written twice is said. */
import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { parseUnit } from '../../quantity/unit.ts';
import type { Quantity, Statement } from '../../syntax/nodes.ts';
import { compareNumbers, statementsOf, type Book } from '../book.ts';
import { mentionsOf } from '../mentions.ts';

const figure = (quantity: Quantity): string => `${quantity.text}${quantity.unit === undefined ? '' : ` ${quantity.unit}`}`;
const key = (quantity: Quantity): string => `${Number(quantity.decimal)}|${quantity.unit ?? ''}`;
const isPrice = (quantity: Quantity): boolean => {
  if (quantity.unit === undefined) return false;
  const known = prices.get(quantity.unit);
  if (known !== undefined) return known;
  const dims = parseUnit(quantity.unit)?.dims;
  const found = (dims?.get('$') ?? 0) !== 0 && dims?.size !== 1;
  prices.set(quantity.unit, found);
  return found;
};
/** Whether each unit met is that of a price. */
const prices = new Map<string, boolean>();

const figuresOf = (statements: readonly Statement[]): Quantity[] => statements.flatMap((statement) => (statement.kind === 'example' || statement.kind === 'setAside' ? [] : mentionsOf(statement).figures));

export function checkFigures(book: Book, diagnostics: Diagnostic[]): void {
  const byArticle = new Map([...statementsOf(book)].sort(([a], [b]) => compareNumbers(a, b)).map(([number, statements]) => [number, { statements, figures: figuresOf(statements) }]));
  const homes = new Map<string, string>();
  for (const [number, { statements, figures }] of byArticle) {
    const misprints = new Set(statements.flatMap((statement) => (statement.kind === 'misprint' && statement.printed.kind === 'quantity' ? [statement.printed] : [])));
    const checks = new Set(statements.flatMap((statement) => (statement.kind === 'verify' ? mentionsOf(statement).figures : [])));
    for (const quantity of book.own.has(number) ? figures : []) {
      if (quantity.source) {
        const home = byArticle.get(quantity.source.number)?.figures;
        if (home && !home.some((other) => key(other) === key(quantity) && !other.source)) diagnostics.push(diagnostic('chiffres/reprise', { figure: figure(quantity), article: quantity.source.number }, { span: quantity.span, article: number }));
        continue;
      }
      if (!isPrice(quantity) || misprints.has(quantity) || checks.has(quantity) || Number(quantity.decimal) === 0) continue;
      const home = homes.get(key(quantity));
      if (home === undefined) homes.set(key(quantity), number);
      else if (home !== number) diagnostics.push(diagnostic('chiffres/repete', { figure: figure(quantity), article: home }, { span: quantity.span, article: number }));
    }
  }
}
