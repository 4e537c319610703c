/** `exemple`: a case written beside its article, and what it must yield. Amounts are compared exactly. */
import type { Article } from '../check/book.ts';
import { textOf, type Elaborator, type Standing } from '../check/elaborate.ts';
import type { Programs } from '../check/program.ts';
import { refusedTogether } from '../check/sets.ts';
import type { Kind } from '../check/types.ts';
import { formatDims, parseUnit } from '../quantity/unit.ts';
import { diagnostic, messageOf, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { add, compare, divide, negate, ONE, toDecimal, toFraction, ZERO, type Exact } from '../quantity/exact.ts';
import { formatNumber, formatQuantity } from '../quantity/format.ts';
import type { Span } from '../source/file.ts';
import { invariant } from '../support/invariant.ts';
import { nearestName } from '../support/nearestName.ts';
import type * as n from '../syntax/nodes.ts';
import { billCase, worked, type Bill, type BillLine, type Editions } from './bill.ts';
import type { CaseInput, Value } from './case.ts';
import { caseOfExample } from './exampleCase.ts';
import { Runtime } from './runtime.ts';
import type { TraceNode } from './session.ts';
import { showValue } from './words.ts';
import { Stop } from './stop.ts';

/** A value of a check, with what it counts. */
export interface Found { readonly value: Value; readonly kind: Kind }
/** The unit in which a check is written, or that of what it found. */
export interface Written { readonly text: string; readonly factor: Exact }

/** One thing that an example says must be so, and what was found. */
export interface Check {
  readonly span: Span;
  /** As written: `montant de l'énergie`, `refus`, `réserve`. */
  readonly expression: string;
  readonly sign: n.Comparator | undefined;
  /** As written. */
  readonly expected: string;
  readonly found: string;
  readonly holds: boolean;
  /** Both sides, when the check compares two values that could be worked out. */
  readonly values: { readonly found: Value; readonly expected: Value; readonly unit: Written } | undefined;
  /** What the value found was worked out from, when a trace was asked for: lines of the bill, or the values that it read. */
  readonly basis: { readonly lines: readonly BillLine[]; readonly nodes: readonly TraceNode[] } | undefined;
}

export interface ExampleResult {
  readonly title: string;
  readonly article: string;
  readonly span: Span;
  readonly rate: string | undefined;
  readonly options: readonly string[];
  readonly checks: readonly Check[];
  /** Why the example is off: a check that does not hold, or an example that cannot be run. */
  readonly failures: readonly Diagnostic[];
  /** The bill of the case, or why it is refused; undefined when there is no case to bill. */
  readonly outcome: { readonly bill: Bill } | { readonly diagnostics: readonly Diagnostic[] } | undefined;
}

/** The rate and the options of an example: those that it names, or the rate of its article. */
export function programOfExample(example: n.ExampleStatement, article: Article): { readonly rate: string | undefined; readonly options: readonly string[] } {
  return {
    rate: example.lines.find((line) => line.kind === 'exampleRate')?.rate.name ?? (article.module.kind === 'rate' ? article.module.name : undefined),
    options: example.lines.flatMap((line) => (line.kind === 'exampleOptions' ? line.options.map((option) => option.name) : [])),
  };
}

/** The case of an example, or why there is none. */
export type ExampleCase = { readonly input: CaseInput; readonly elaborator: Elaborator } | { readonly slips: readonly Diagnostic[] } | { readonly forbidden: Diagnostic };

/** Makes the case of an example: names, units and options in order, or what is wrong with them. */
export function openExample(example: n.ExampleStatement, article: Article, programs: Programs): ExampleCase {
  const { title } = example;
  const place = { span: example.span, article: article.number };
  const { rate, options } = programOfExample(example, article);
  if (rate === undefined) return { slips: [diagnostic('exemples/incomplet', { title, missing: '« tarif … »' }, place)] };
  const slip = misnamed(example, programs, article.number);
  if (slip) return { slips: [slip] };
  const forbidden = refusedTogether(programs, rate, options);
  if (forbidden) return { forbidden };
  const elaborator = programs.elaboratorOf(rate, options);
  const outcome = programs.program(rate, options);
  if (!elaborator || !outcome) return { slips: [diagnostic('tarifs/inconnu', { name: [rate, ...options].join(' + '), nearest: undefined }, place)] };
  const before = elaborator.diagnostics.length;
  try {
    const input = caseOfExample(example, article.number, elaborator, new Runtime(outcome.program));
    const slips = elaborator.diagnostics.splice(before);
    return slips.length > 0 ? { slips } : { input: { ...input, options }, elaborator };
  } catch (stop) {
    elaborator.diagnostics.length = before;
    if (stop instanceof Stop) return { slips: [diagnostic('exemples/refus', { title, found: messageOf(stop.diagnostic, 'fr') }, place)] };
    throw stop;
  }
}

/** Runs an example of an article; `trace` joins to each check what was found from. */
export function runExample(example: n.ExampleStatement, article: Article, programs: Programs, editions: Editions, how: { readonly trace?: boolean } = {}): ExampleResult {
  const { title } = example;
  const place = { span: example.span, article: article.number };
  const result = (checks: readonly Check[], failures: readonly Diagnostic[], outcome?: ExampleResult['outcome']): ExampleResult => ({ title, article: article.number, span: example.span, ...programOfExample(example, article), checks, failures, outcome });
  const opened = openExample(example, article, programs);
  if ('slips' in opened) return result([], opened.slips);
  const refusal = example.lines.find((line) => line.kind === 'exampleRefusal');
  const billed = 'forbidden' in opened ? { diagnostics: [opened.forbidden] } : billCase(opened.input, editions, how);
  if (refusal) {
    const wanted = refusal.article.number;
    const met = !('bill' in billed) && billed.diagnostics.some((item) => item.article === wanted);
    const found = 'bill' in billed ? 'la facture est faite' : billed.diagnostics.map((item) => messageOf(item, 'fr')).join(' ');
    return result([{ span: refusal.span, expression: 'refus', sign: undefined, expected: `refusé par ${wanted}`, found, holds: met, values: undefined, basis: 'bill' in billed ? { lines: billed.bill.lines, nodes: [] } : undefined }],
      met ? [] : [diagnostic('exemples/refus-attendu', { title, article: wanted, found }, { span: refusal.span, article: article.number })], billed);
  }
  if (!('bill' in billed)) return result([], [diagnostic('exemples/refus', { title, found: billed.diagnostics.map((item) => messageOf(item, 'fr')).join(' ') }, place)], billed);
  invariant('elaborator' in opened, 'a bill was made of a case');
  const checks = example.lines.flatMap((line) => (line.kind === 'exampleExpects' ? line.checks : []));
  if (checks.length === 0) return result([], [diagnostic('exemples/incomplet', { title, missing: '« donne » ou « refusé par »' }, place)]);
  const verified = checks.map((check) => verify(check, billed.bill, opened.elaborator, article.number, title));
  return result(verified.flatMap(({ check }) => check ?? []), verified.flatMap(({ failures }) => failures), billed);
}

/** The first rate or option of an example that the book does not have. */
function misnamed(example: n.ExampleStatement, { book }: Programs, article: string): Diagnostic | undefined {
  for (const line of example.lines) {
    if (line.kind === 'exampleRate' && !book.rates.has(line.rate.name)) return diagnostic('tarifs/inconnu', { name: line.rate.name, nearest: nearestName(line.rate.name, book.rates.keys()) }, { span: line.rate.span, article });
    const option = line.kind === 'exampleOptions' ? line.options.find((each) => !book.options.has(each.name)) : undefined;
    if (option) return diagnostic('options/inconnue', { name: option.name, nearest: nearestName(option.name, book.options.keys()) }, { span: option.span, article });
  }
  return undefined;
}

interface Verified { readonly check: Check | undefined; readonly failures: readonly Diagnostic[] }

function verify(check: n.Expr | n.ArticleRef, bill: Bill, e: Elaborator, article: string, title: string): Verified {
  const place = { span: check.span, article };
  if (check.kind === 'articleRef') {
    const holds = bill.notes.some((note) => note.article === check.number);
    return {
      check: { span: check.span, expression: 'réserve', sign: undefined, expected: `réserve ${check.number}`, found: [...new Set(bill.notes.flatMap((note) => note.article ?? []))].join(', ') || 'aucune', holds, values: undefined, basis: undefined },
      failures: holds ? [] : [diagnostic('exemples/reserve', { title, article: check.number }, place)],
    };
  }
  const standing: Standing = { article, grain: 'période', replacing: undefined };
  const [left, right] = check.kind === 'comparison' && check.signs.length === 1 ? check.operands : [];
  const expression = textOf((left ?? check).span);
  const off = (found: string, expected: string, more: Partial<Check> = {}): Verified => ({
    check: { span: check.span, expression, sign: undefined, expected, found, holds: false, values: undefined, basis: undefined, ...more },
    failures: [diagnostic('exemples/ecart', { title, expression, expected, found }, place)],
  });
  const before = e.diagnostics.length;
  try {
    if (check.kind !== 'comparison' || !left || !right) {
      const { core } = e.condition(check, standing);
      const slips = e.diagnostics.splice(before);
      if (slips.length > 0) return { check: undefined, failures: slips };
      const { value, nodes } = worked(bill.instance, core);
      const basis = nodes && { lines: [], nodes };
      return value === true ? { check: { span: check.span, expression, sign: undefined, expected: 'oui', found: 'oui', holds: true, values: undefined, basis }, failures: [] } : off('non', 'oui', { basis });
    }
    const found = sideOf(left, bill, e, standing);
    const expected = e.exprAs(right, found.kind, standing);
    if (!found.printed) e.expectKind(expected, found.kind, right.span, standing, textOf(left.span));
    const slips = e.diagnostics.splice(before);
    if (slips.length > 0) return { check: undefined, failures: slips };
    const value = bill.instance.runtime.of(expected.core)(bill.instance.root);
    const sign = check.signs[0] ?? '=';
    const unit = writtenIn(right, found.kind);
    const shown = showIn(found.value, unit);
    const more = { sign, values: { found: found.value, expected: value, unit }, basis: found.basis };
    return holds(sign, found.value, value) ? { check: { span: check.span, expression, expected: textOf(right.span), found: shown, holds: true, ...more }, failures: [] } : off(shown, textOf(right.span), more);
  } catch (stop) {
    if (!(stop instanceof Stop)) throw stop;
    return off(`refusé : ${messageOf(stop.diagnostic, 'fr')}`, right ? textOf(right.span) : '');
  }
}

function holds(sign: n.Comparator, a: Value, b: Value): boolean {
  const order = typeof a === 'object' && typeof b === 'object' ? compare(a, b) : a === b ? 0 : typeof a === 'number' && typeof b === 'number' ? a - b : 1;
  return { '=': order === 0, '≠': order !== 0, '<': order < 0, '≤': order <= 0, '>': order > 0, '≥': order >= 0 }[sign];
}

/** Totals and amounts are those of the whole bill, all its parts together; other names, those of the last part. */
function sideOf(expr: n.Expr, bill: Bill, e: Elaborator, standing: Standing): Found & { readonly printed: boolean; readonly basis: Check['basis'] } {
  const dollars = e.expr({ kind: 'name', name: 'total', span: expr.span }, standing).kind;
  const printed = (value: Exact, lines: readonly BillLine[]): ReturnType<typeof sideOf> => ({ value, kind: dollars, printed: true, basis: { lines, nodes: [] } });
  if (expr.kind === 'name') {
    if (expr.name === 'total') return printed(bill.total, bill.lines);
    if (expr.name === 'total_arrondi') return printed(bill.totalRounded, bill.lines);
    if (expr.name === 'sous_total') return printed(bill.subtotal, bill.lines);
  }
  const target = expr.kind === 'lineAccess' && expr.part === 'montant' ? expr : undefined;
  if (target) {
    const own = bill.lines.filter((line) => line.line === target.line.name && (line.adjusts === undefined || !bill.lines.some((other) => other.line === target.line.name && other.adjusts === undefined)) && (target.tranche === undefined || line.tranche === target.tranche));
    if (own.length > 0 || target.line.name === 'minimum') return printed(own.reduce<Exact>((sum, line) => add(sum, line.role === 'crédit' ? negate(line.amount) : line.amount), ZERO), own);
  }
  const typed = e.expr(expr, standing);
  const { value, nodes } = worked(bill.instance, typed.core);
  return { value, kind: typed.kind, printed: false, basis: nodes && { lines: [], nodes } };
}

function writtenIn(right: n.Expr, kind: Kind): Written {
  const unit = right.kind === 'quantity' && right.unit !== undefined ? parseUnit(right.unit) : undefined;
  if (unit && right.kind === 'quantity') return { text: right.unit ?? '', factor: unit.factor };
  return { text: kind.kind === 'quantity' ? formatDims(kind.dims, 'fr') : '', factor: ONE };
}

/** A value of a check in its unit: every digit when they end, else ten and the fraction. */
export function showIn(value: Value, unit: Written): string {
  if (typeof value !== 'object') return showValue(value, { data: undefined, kind: { kind: 'text' } });
  const shown = divide(value, unit.factor);
  const decimal = toDecimal(shown, 12);
  return decimal.exact ? `${formatNumber(decimal.text, 'fr')} ${unit.text}`.trim() : `${formatQuantity(shown, unit.text, 'fr', 10)} (${toFraction(shown)})`;
}
