/** Which options go together: the sets that a rate is checked with, and what an article forbids. */
import { diagnostic, isError, messageOf, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Expr } from '../syntax/nodes.ts';
import { optionsIn, type Book, type Module } from './book.ts';
import { closeStatements } from './close.ts';
import { textOf } from './elaborate.ts';
import type { Programs } from './program.ts';

/** The sets of options with which a rate makes a program of its own: none, each alone, and those that provisions are written for. */
export function optionSets(book: Book, rate: string): string[][] {
  const options = [...book.options.values()].filter((option) => option.rates.some(({ name }) => name === rate)).map(({ name }) => name);
  const together = book.modules.map((module) => module.options.map(({ name }) => name)).filter((set) => set.length > 0 && set.every((name) => options.includes(name)));
  // Provisions for one option alone, or written in several places, are of a set that is there already.
  return [...new Map([[], ...options.map((option) => [option]), ...together].map((set) => [[...set].sort().join('+'), set])).values()];
}

/** A program that a block is read in: of its own rate, of its option, or of the first rate that it is common to. */
export function ownProgram(book: Book, module: Pick<Module, 'kind' | 'name' | 'rates' | 'options'>): { readonly rate: string; readonly options: readonly string[] } | undefined {
  const known = (names: readonly string[]): string | undefined => names.find((name) => book.rates.has(name));
  const at = (rate: string | undefined, options: readonly string[]) => (rate === undefined ? undefined : { rate, options });
  if (module.kind === 'rate') return at(module.name, []);
  const rates = module.rates.map(({ name }) => name);
  if (module.kind === 'option') return at(known(rates), [module.name]);
  const options = module.options.map(({ name }) => name);
  if (options.length === 0) return at(known(rates) ?? [...book.rates.keys()][0], []);
  return at([...book.rates.keys()].find((rate) => options.every((option) => book.options.get(option)?.rates.some(({ name }) => name === rate))), options);
}

/** Why a case may not take these options at a rate: an article forbids it, or the book does not say how to join them. */
export function refusedTogether(programs: Programs, rate: string, options: readonly string[]): Diagnostic | undefined {
  const offered = options.filter((name) => programs.book.options.get(name)?.rates.some((each) => each.name === rate));
  // One option that goes with the rate is refused by its conditions, if at all.
  if (options.length < 2 && offered.length === options.length) return undefined;
  const forbidden = forbiddenTogether(programs.book, rate, options, offered);
  if (forbidden) return forbidden;
  const conflict = programs.program(rate, offered)?.diagnostics.find(isError);
  return conflict && diagnostic('options/ensemble', { rate, options: options.join(', '), why: messageOf(conflict, 'fr') }, { pointer: '/options', article: conflict.article });
}

/** The article of the rate or of an option that goes with it which forbids one of the options, found before anything is worked out. */
function forbiddenTogether(book: Book, rate: string, options: readonly string[], offered: readonly string[]): Diagnostic | undefined {
  for (const { statement, origin } of closeStatements(book, rate, offered, []) ?? []) {
    if (statement.kind !== 'condition' || statement.mode !== 'exclut') continue;
    if (!statement.guards.every((guard) => guard.kind === 'si' && concernsRate(guard.condition, rate))) continue;
    if (namesOption(book, statement.condition, options)) {
      const words = statement.text ?? textOf(statement.condition.span);
      // Of the rates that apply instead, those to which the options can be added.
      const instead = statement.instead.filter((other) => options.every((option) => book.options.get(option)?.rates.some(({ name }) => name === other.name))).map(({ name }) => name);
      return diagnostic('admissibilite/exclut', { article: origin.article, condition: words, instead: instead.join(', ') }, { pointer: '/options', article: origin.article });
    }
  }
  return undefined;
}

/** Whether a condition holds for a rate whatever the case: `si tarif parmi L ou LG`. */
function concernsRate(expr: Expr, rate: string): boolean {
  if (expr.kind === 'among') return expr.operand.kind === 'name' && expr.operand.name === 'tarif' && expr.choices.some(({ name }) => name === rate);
  if (expr.kind !== 'comparison' || expr.signs.length !== 1 || expr.signs[0] !== '=') return false;
  const names = expr.operands.map((operand) => (operand.kind === 'name' ? operand.name : undefined));
  return names.includes('tarif') && names.includes(rate);
}

/** Whether one of the options is enough for a condition to hold. */
function namesOption(book: Book, expr: Expr, options: readonly string[]): boolean {
  if (expr.kind === 'hasOption') return options.includes(expr.option.name);
  if (expr.kind === 'hasOptionOf') return optionsIn(book, expr).some((name) => options.includes(name));
  return expr.kind === 'binary' && expr.operator === 'ou' && (namesOption(book, expr.left, options) || namesOption(book, expr.right, options));
}
