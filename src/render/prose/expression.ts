/** Expressions and sets of time as they are said in a sentence. */
import type { Lang } from '../../quantity/format.ts';
import { formatNumber } from '../../quantity/format.ts';
import { unitInEnglish } from '../../quantity/unit.ts';
import { inWords } from '../../evaluate/words.ts';
import { assertNever } from '../../support/assertNever.ts';
import type * as n from '../../syntax/nodes.ts';
import { articleRef, figure, listed, prose, text, type Prose } from './inline.ts';
import { PATTERNS, type Patterns } from './patterns.ts';

/** English words, where some were given: of terms by their name, of authors' words by the French. What has none is shown in French, and marked so. */
export interface English { readonly terms: ReadonlyMap<string, string>; readonly texts: ReadonlyMap<string, string> }
const NO_ENGLISH: English = { terms: new Map(), texts: new Map() };

/** A language to say things in, with its words for the terms. */
export interface Voice { readonly lang: Lang; readonly patterns: Patterns; readonly english: English }
export const voice = (lang: Lang, english: English = NO_ENGLISH): Voice => ({ lang, patterns: PATTERNS[lang], english });

/** A name as a term of the sentence. */
export function term({ lang, english }: Voice, name: string): Prose {
  const known = lang === 'en' ? english.terms.get(name) : undefined;
  return [{ kind: 'term', name, text: known ?? inWords(name), foreign: lang === 'en' && known === undefined }];
}
/** Words of an author. */
export function words({ lang, english }: Voice, said: string): Prose {
  const known = lang === 'en' ? english.texts.get(said) : undefined;
  return [{ kind: 'words', text: known ?? said, foreign: lang === 'en' && known === undefined }];
}
export const rateTerm = ({ lang, english }: Voice, name: string): Prose => [{ kind: 'rate', name, text: (lang === 'en' ? english.terms.get(name) : undefined) ?? inWords(name) }];
export const optionTerm = ({ lang, english }: Voice, name: string): Prose => [{ kind: 'option', name, text: (lang === 'en' ? english.terms.get(name) : undefined) ?? inWords(name) }];

/** A figure with its unit, digits as they were printed. */
export function quantity({ lang }: Voice, { decimal, unit }: n.Quantity): Prose {
  const number = formatNumber(decimal, lang);
  if (unit === undefined) return figure(number);
  const shown = lang === 'fr' ? unit.replace(/[ \u00A0\u202F]+/g, '\u00A0') : unitInEnglish(unit);
  if (lang === 'en' && shown === '$') return figure(`$${number}`);
  if (lang === 'en' && shown === '%') return figure(`${number}%`);
  // English words agree with their number; signs do not.
  const [head = '', ...rest] = shown.split('/');
  const agreed = lang === 'en' && number !== '1' && /^[a-z]{3,}( [a-z]+)?$/.test(head) ? [`${head}s`, ...rest].join('/') : shown;
  return figure(`${number}\u00A0${agreed}`);
}

export const date = ({ patterns }: Voice, literal: n.DateLiteral): Prose =>
  figure(`${patterns.date(literal.day, patterns.months[literal.month - 1] ?? '', literal.year)}${literal.minutes === undefined ? '' : `${patterns.say.at}${clockText(patterns, literal.minutes)}`}`);
const clockText = (patterns: Patterns, minutes: number): string => patterns.clock(Math.floor(minutes / 60), minutes % 60);

/** How tightly an expression holds together: what is looser than its surroundings goes between parentheses. */
const LOOSENESS: Readonly<Record<n.BinaryOperator, number>> = { ou: 1, et: 2, 'à défaut': 5, 'mais au moins': 6, 'mais au plus': 6, 'au-delà de': 6, '+': 7, '-': 7, '×': 8, '÷': 8 };
function bindingOf(expr: n.Expr): number {
  switch (expr.kind) {
    case 'binary': return LOOSENESS[expr.operator];
    case 'not': return 3;
    case 'comparison': case 'among': case 'isIn': return 4;
    case 'negate': case 'aggregate': case 'select': case 'expressed': case 'original': case 'atRate': case 'with': return 9;
    default: return 10;
  }
}
const within = (v: Voice, expr: n.Expr, least: number): Prose => (bindingOf(expr) < least ? prose('(', expression(v, expr), ')') : expression(v, expr));

/** An expression in words. */
export function expression(v: Voice, expr: n.Expr): Prose {
  const { patterns } = v;
  const { say } = patterns;
  switch (expr.kind) {
    case 'quantity': return prose(quantity(v, expr), ...(expr.source ? [' (', say.article, articleRef(expr.source.number), ')'] : []));
    case 'boolean': return text(expr.value ? say.yes : say.no);
    case 'text': return words(v, expr.text);
    case 'date': return date(v, expr);
    case 'clock': return figure(clockText(patterns, expr.minutes));
    case 'month': return text(patterns.months[expr.month - 1] ?? '');
    case 'name': return term(v, expr.name);
    case 'negate': return prose('−', within(v, expr.operand, 9));
    case 'not': return prose(say.not, within(v, expr.operand, 3));
    case 'binary': {
      const own = LOOSENESS[expr.operator];
      // What is subtracted or divided by holds together on its own; so does the right of a bound.
      return prose(within(v, expr.left, own), ` ${patterns.operators[expr.operator]} `, within(v, expr.right, ['-', '÷'].includes(expr.operator) || own === 6 ? own + 1 : own));
    }
    case 'comparison': return comparison(v, expr);
    case 'among': return prose(within(v, expr.operand, 5), say.among, choices(v, expr.choices));
    case 'isIn': return prose(within(v, expr.operand, 5), expr.mode === 'en' ? say.isIn : expr.mode === 'hors' ? say.isOutside : say.isEntirelyIn, plage(v, expr.plage));
    case 'call': return prose(term(v, expr.fn.name), '(', ...expr.args.flatMap((arg, index) => [index === 0 ? '' : say.semicolon, expression(v, arg)]), ')');
    case 'aggregate': return prose(`${expr.largest === undefined ? patterns.aggregates[expr.operator] : `${patterns.aggregates[expr.operator].replace(/ (de|of)$/, '')} ${patterns.largest(expr.largest)}`} `, within(v, expr.operand, 9), ...expr.selectors.map((each) => selector(v, each)));
    case 'select': return prose(within(v, expr.operand, 9), ...expr.selectors.map((each) => selector(v, each)));
    case 'original': return prose(within(v, expr.operand, 9), say.original);
    case 'expressed': return prose(within(v, expr.operand, 9), say.expressedIn, unitText(v, expr.unit.text));
    case 'atRate': return prose(within(v, expr.operand, 9), ...(expr.rate ? [say.atRate, rateTerm(v, expr.rate.name)] : [say.atBaseRate]));
    case 'with': return prose(within(v, expr.operand, 9), say.with, listed(expr.bindings.map(({ target, value }) => prose(target.kind === 'identifier' ? term(v, target.name) : expression(v, target), say.equals, expression(v, value))), say.and));
    case 'lineAccess': return prose(`${patterns.parts[expr.part]} `, ...(expr.tranche === undefined ? [] : [`${say.block}${expr.tranche}${say.of}`]), term(v, expr.line.name));
    case 'hasOption': return prose(say.withOption, optionTerm(v, expr.option.name));
    case 'hasOptionOf': return prose(say.anyOption, ...(expr.sections.length === 0 ? [] : [say.ofSections, listed(expr.sections.map((section) => figure(section)), say.and)]), say.ofChapter, figure(expr.chapter));
    case 'eligible': return prose(say.eligibleAt, rateTerm(v, expr.rate.name));
    default: return assertNever(expr);
  }
}

/** `a < b ≤ c`; a yes-or-no against `oui` is said by its name alone. */
function comparison(v: Voice, { operands, signs }: n.Comparison): Prose {
  const { comparators } = v.patterns;
  return operands.flatMap((operand, index) => {
    const sign = signs[index - 1];
    // A number equals, a choice is.
    const shown = sign === '=' && operand.kind === 'quantity' ? '=' : sign === '≠' && operand.kind === 'quantity' ? '≠' : sign && comparators[sign];
    return [...(shown === undefined ? [] : text(` ${shown} `)), ...within(v, operand, 5)];
  });
}

export const unitText = ({ lang }: Voice, unit: string): string => {
  const shown = lang === 'fr' ? unit : unitInEnglish(unit);
  // Days are counted by several.
  return ['jour', 'day', 'year'].includes(shown) ? `${shown}s` : shown;
};

export const choices = (v: Voice, list: readonly n.Choice[]): Prose =>
  listed(list.map(({ name, quantity: figureOf }) => (figureOf ? quantity(v, figureOf) : term(v, name ?? ''))), v.patterns.say.or);

/** What narrows the rows of a value, with its blank before. */
export function selector(v: Voice, each: n.Selector): Prose {
  const { say } = v.patterns;
  switch (each.kind) {
    case 'pendant': return prose(say.during, plage(v, each.plage));
    case 'sauf': return prose(say.except, plage(v, each.plage));
    case 'sur': return prose(say.over, windowOf(v, each.window));
    case 'où': return prose(say.where, within(v, each.condition, 1));
    default: return assertNever(each);
  }
}

/** The rows that a window looks at. */
export function windowOf(v: Voice, window: n.WindowExpr): Prose {
  const { say, count } = v.patterns;
  switch (window.kind) {
    case 'previousPeriod': return text(say.previousPeriod);
    case 'previousRows': return text(say.previousRows);
    case 'daysOfPeriod': return text(say.daysOfPeriod);
    case 'months': return figure(count.months(window.count, window.previous));
    case 'periods': return figure(count.periods(window.count, window.previous));
    case 'previousDays': return figure(count.days(window.count));
    case 'filtered': return prose(window.entirely ? say.entirelyIn : `${say.in}`, plage(v, window.plage), say.among, windowOf(v, window.of));
    case 'ofThis': return prose(window.previous ? say.ofPrevious : say.ofThis, term(v, window.season.name));
    case 'since': return prose(say.since, expression(v, window.date));
    case 'whole': return prose(say.whole, term(v, window.plage.name));
    default: return assertNever(window);
  }
}

/** A set of time. */
export function plage(v: Voice, set: n.PlageExpr): Prose {
  const { say, weekdays } = v.patterns;
  const weekMark = ({ weekday, minutes }: n.WeekMark): string => `${weekdays[weekday - 1] ?? ''}${minutes === undefined ? '' : ` ${clockText(v.patterns, minutes)}`}`;
  switch (set.kind) {
    case 'dates': return prose(say.fromDate, date(v, set.from), say.toDate, date(v, set.to));
    case 'singleDate': return prose(date(v, set.date), set.evenYears ? say.evenYears : '');
    case 'monthOf': return text(v.patterns.months[set.month - 1] ?? '');
    case 'range': return prose(say.rangeFrom, bound(v, set.from), say.to, bound(v, set.to));
    case 'weekdays': return set.from.weekday === set.to.weekday && set.from.minutes === undefined && set.to.minutes === undefined ? text(weekMark(set.from)) : prose(say.fromDate, weekMark(set.from), say.toDate, weekMark(set.to));
    case 'easter': return text(v.patterns.easter(set.offset));
    case 'when': return prose(say.when, expression(v, set.condition));
    case 'daysOf': return prose(say.daysOf, plage(v, set.plage));
    case 'plageName': return prose(term(v, set.name), ...(set.where ? [say.where, within(v, set.where, 1)] : []));
    case 'plageBinary': return prose(plage(v, set.left), set.operator === 'ou' ? say.or : set.operator === 'et' ? say.and : say.except, set.right.kind === 'plageBinary' ? prose('(', plage(v, set.right), ')') : plage(v, set.right));
    default: return assertNever(set);
  }
}

/** An end of a stretch of time: `20 h` alone is an hour of the clock. */
const bound = (v: Voice, end: n.Expr): Prose => (end.kind === 'quantity' && end.unit === 'h' && /^\d+$/.test(end.decimal) ? figure(v.patterns.clock(Number(end.decimal), 0)) : expression(v, end));

/** Under which circumstances a row holds, without its value: `up to 1,200 kWh/month`, `in winter`, `if three-phase`. */
export function guard(v: Voice, each: n.Guard): Prose {
  const { say } = v.patterns;
  switch (each.kind) {
    case 'si': return prose(say.if, expression(v, each.condition));
    case 'sinon': return text(say.otherwise);
    case 'en': return prose(say.in, plage(v, each.plage));
    case 'hors': return prose(say.outside.trimStart(), plage(v, each.plage));
    case 'jusqua': return prose(say.upTo, expression(v, each.limit));
    case 'audela': return text(say.beyond);
    case 'dès': return prose(say.from, expression(v, each.limit));
    case 'sous': return prose(say.under, expression(v, each.limit));
    case 'pour': return prose(say.for, choices(v, each.choices));
    default: return assertNever(each);
  }
}
export const guards = (v: Voice, list: readonly n.Guard[]): Prose => list.flatMap((each, index) => [...(index === 0 ? [] : text(', ')), ...guard(v, each)]);
