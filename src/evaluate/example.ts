/** `exemple`: a case written beside its article, and what it must yield. Amounts are compared exactly. */
import type { Series } from '../calendar/series.ts';
import { dayOf } from '../calendar/day.ts';
import { localToInstant, startOfDay, type Minute } from '../calendar/zone.ts';
import type { Article } from '../check/book.ts';
import type { ValueSymbol } from '../check/core.ts';
import { textOf, type Elaborator, type Standing } from '../check/elaborate.ts';
import type { Programs } from '../check/program.ts';
import { refusedTogether } from '../check/sets.ts';
import { formatDims } from '../quantity/unit.ts';
import { diagnostic, messageOf, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { add, compare, negate, toDecimal, toFraction, ZERO, type Exact } from '../quantity/exact.ts';
import { formatNumber, formatQuantity } from '../quantity/format.ts';
import { invariant } from '../support/invariant.ts';
import { nearestName } from '../support/nearestName.ts';
import type * as n from '../syntax/nodes.ts';
import { billCase, type Bill, type Editions } from './bill.ts';
import type { CaseInput, ListRow, PeriodData, Reading, Value } from './case.ts';
import { Runtime, seriesOf } from './runtime.ts';
import { Instance, Session, type Row } from './session.ts';
import { showValue } from './words.ts';
import { Missing, Stop } from './stop.ts';

export interface ExampleResult {
  readonly title: string;
  readonly article: string;
  readonly span: n.ExampleStatement['span'];
  readonly checks: number;
  readonly failures: readonly Diagnostic[];
}

/** Runs an example of an article. */
export function runExample(example: n.ExampleStatement, article: Article, programs: Programs, editions: Editions): ExampleResult {
  const { title } = example;
  const result = (checks: number, failures: readonly Diagnostic[]): ExampleResult => ({ title, article: article.number, span: example.span, checks, failures });
  const place = { span: example.span, article: article.number };
  const rate = example.lines.find((line) => line.kind === 'exampleRate')?.rate.name ?? (article.module.kind === 'rate' ? article.module.name : undefined);
  if (rate === undefined) return result(1, [diagnostic('exemples/incomplet', { title, missing: '« tarif … »' }, place)]);
  const options = example.lines.flatMap((line) => (line.kind === 'exampleOptions' ? line.options.map((option) => option.name) : []));
  const slip = misnamed(example, programs, article.number);
  if (slip) return result(1, [slip]);
  const refusal = example.lines.find((line) => line.kind === 'exampleRefusal');
  const forbidden = refusedTogether(programs, rate, options);
  if (forbidden && refusal?.article.number === forbidden.article) return result(1, []);
  if (forbidden) return result(1, [diagnostic('exemples/refus', { title, found: messageOf(forbidden, 'fr') }, place)]);
  const elaborator = programs.elaboratorOf(rate, options);
  const outcome = programs.program(rate, options);
  if (!elaborator || !outcome) return result(1, [diagnostic('tarifs/inconnu', { name: [rate, ...options].join(' + '), nearest: undefined }, place)]);
  const before = elaborator.diagnostics.length;
  const builder = new CaseBuilder(example, elaborator, new Runtime(outcome.program), article.number);
  let input: CaseInput;
  try {
    input = builder.build(rate, options);
  } catch (stop) {
    if (stop instanceof Stop) return result(1, [diagnostic('exemples/refus', { title, found: messageOf(stop.diagnostic, 'fr') }, place)]);
    throw stop;
  }
  const slips = elaborator.diagnostics.splice(before);
  if (slips.length > 0) return result(1, slips);
  const billed = billCase(input, editions);
  if (refusal) {
    const wanted = refusal.article.number;
    if ('bill' in billed) return result(1, [diagnostic('exemples/refus-attendu', { title, article: wanted, found: 'la facture est faite' }, { span: refusal.span, article: article.number })]);
    const met = billed.diagnostics.some((item) => item.article === wanted);
    return result(1, met ? [] : [diagnostic('exemples/refus-attendu', { title, article: wanted, found: billed.diagnostics.map((item) => messageOf(item, 'fr')).join(' ') }, { span: refusal.span, article: article.number })]);
  }
  if (!('bill' in billed)) return result(1, [diagnostic('exemples/refus', { title, found: billed.diagnostics.map((item) => messageOf(item, 'fr')).join(' ') }, place)]);
  const checks = example.lines.flatMap((line) => (line.kind === 'exampleExpects' ? line.checks : []));
  if (checks.length === 0) return result(1, [diagnostic('exemples/incomplet', { title, missing: '« donne » ou « refusé par »' }, place)]);
  const failures = checks.flatMap((check) => verify(check, billed.bill, elaborator, article.number, title));
  return result(checks.length, failures);
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

function verify(check: n.Expr | n.ArticleRef, bill: Bill, e: Elaborator, article: string, title: string): Diagnostic[] {
  if (check.kind === 'articleRef') {
    return bill.notes.some((note) => note.article === check.number) ? [] : [diagnostic('exemples/reserve', { title, article: check.number }, { span: check.span, article })];
  }
  const standing: Standing = { article, grain: 'période', replacing: undefined };
  const fail = (expression: string, expected: string, found: string): Diagnostic[] => [diagnostic('exemples/ecart', { title, expression, expected, found }, { span: check.span, article })];
  if (check.kind !== 'comparison' || check.signs.length !== 1) {
    const before = e.diagnostics.length;
    const core = e.condition(check, standing).core;
    const slips = e.diagnostics.splice(before);
    if (slips.length > 0) return slips;
    return evaluated(bill, () => (bill.instance.runtime.of(core)(bill.instance.root) === true ? [] : fail(textOf(check.span), 'oui', 'non')), fail);
  }
  const [left, right] = check.operands;
  invariant(left !== undefined && right !== undefined, 'a comparison has two sides');
  return evaluated(bill, () => {
    const before = e.diagnostics.length;
    const found = sideOf(left, bill, e, standing);
    const expected = e.exprAs(right, found.kind, standing);
    if (!found.printed) e.expectKind(expected, found.kind, right.span, standing, textOf(left.span));
    const slips = e.diagnostics.splice(before);
    if (slips.length > 0) return slips;
    const value = bill.instance.runtime.of(expected.core)(bill.instance.root);
    const ok = holds(check.signs[0] ?? '=', found.value, value);
    return ok ? [] : fail(textOf(left.span), textOf(right.span), show(found.value, found.kind.kind === 'quantity' ? formatDims(found.kind.dims, 'fr') : ''));
  }, fail);
}

function evaluated(bill: Bill, run: () => Diagnostic[], fail: (expression: string, expected: string, found: string) => Diagnostic[]): Diagnostic[] {
  try {
    return run();
  } catch (stop) {
    if (stop instanceof Stop) return fail('', '', `refusé : ${messageOf(stop.diagnostic, 'fr')}`);
    throw stop;
  }
}

function holds(sign: n.Comparator, a: Value, b: Value): boolean {
  const order = typeof a === 'object' && typeof b === 'object' ? compare(a, b) : a === b ? 0 : typeof a === 'number' && typeof b === 'number' ? a - b : 1;
  return { '=': order === 0, '≠': order !== 0, '<': order < 0, '≤': order <= 0, '>': order > 0, '≥': order >= 0 }[sign];
}

/** Totals and amounts are those of the whole bill, all its parts together; other names, those of the last part. */
function sideOf(expr: n.Expr, bill: Bill, e: Elaborator, standing: Standing): { value: Value; kind: ReturnType<Elaborator['expr']>['kind']; printed: boolean } {
  const dollars = e.expr({ kind: 'name', name: 'total', span: expr.span }, standing).kind;
  if (expr.kind === 'name') {
    if (expr.name === 'total') return { value: bill.total, kind: dollars, printed: true };
    if (expr.name === 'total_arrondi') return { value: bill.totalRounded, kind: dollars, printed: true };
    if (expr.name === 'sous_total') return { value: bill.subtotal, kind: dollars, printed: true };
  }
  const target = expr.kind === 'lineAccess' && expr.part === 'montant' ? expr : undefined;
  if (target) {
    const own = bill.lines.filter((line) => line.line === target.line.name && (line.adjusts === undefined || !bill.lines.some((other) => other.line === target.line.name && other.adjusts === undefined)) && (target.tranche === undefined || line.tranche === target.tranche));
    if (own.length > 0 || target.line.name === 'minimum') return { value: own.reduce<Exact>((sum, line) => add(sum, line.role === 'crédit' ? negate(line.amount) : line.amount), ZERO), kind: dollars, printed: true };
  }
  const typed = e.expr(expr, standing);
  return { value: bill.instance.runtime.of(typed.core)(bill.instance.root), kind: typed.kind, printed: false };
}

function show(value: Value, unit: string): string {
  if (typeof value !== 'object') return showValue(value, { data: undefined, kind: { kind: 'text' } });
  const decimal = toDecimal(value, 12);
  return decimal.exact ? `${formatNumber(decimal.text, 'fr')} ${unit}`.trim() : `${formatQuantity(value, unit, 'fr', 10)} (${toFraction(value)})`;
}

/** An example's lines → a case. */
class CaseBuilder {
  private readonly standing: Standing;
  constructor(private readonly example: n.ExampleStatement, private readonly e: Elaborator, private readonly rt: Runtime, article: string) {
    this.standing = { article, grain: 'période', replacing: undefined };
  }

  build(rate: string, options: readonly string[]): CaseInput {
    const period = this.example.lines.find((line) => line.kind === 'examplePeriod');
    if (!period) throw new Stop(diagnostic('exemples/incomplet', { title: this.example.title, missing: '« période du … au … »' }, { span: this.example.span }));
    const start = instantOf(period.from, false);
    const end = instantOf(period.to, true);
    const assignments = this.example.lines.filter((line) => line.kind === 'assignment');
    const base = this.period(start, end, assignments.filter((line) => !line.sheet), '');
    const history = this.example.lines.flatMap((line) => (line.kind === 'exampleHistory' ? this.history(line.grid) : [])).sort((a, b) => a.start - b.start);
    const readings = this.example.lines.flatMap((line): Reading[] => (line.kind === 'exampleReading' ? [{ at: instantOf(line.date, true), measures: this.period(start, end, line.assignments, '').measures, pointer: '' }] : []));
    const input: CaseInput = { rate, options, period: base, readings, history, state: new Map(), asked: [] };
    const series = new Map<string, Series>();
    for (const line of assignments) if (line.sheet) series.set(line.name.name, this.series(line, { ...input, period: { ...base, series } }));
    return series.size === 0 ? input : { ...input, period: { ...base, series } };
  }

  private period(start: Minute, end: Minute, assignments: readonly n.Assignment[], pointer: string): PeriodData {
    const facts = new Map<string, Value>();
    const measures = new Map<string, Exact>();
    const lists = new Map<string, ListRow[]>();
    const steps = new Map<string, { from: Minute; value: Value }[]>();
    for (const line of assignments) {
      const symbol = this.symbolOf(line.name.name, line.name);
      if (line.grid && symbol && symbol.data?.sort !== 'spans' && symbol.data?.sort !== 'list') {
        steps.set(symbol.name, this.steps(line.grid, symbol));
        continue;
      }
      if (line.grid) {
        lists.set(line.name.name, this.list(line.grid, line.name.name));
        continue;
      }
      const value = line.value?.rows[0]?.value;
      if (!symbol || !value) continue;
      const found = this.constant(value, symbol);
      const key = [line.name.name, ...line.selectors.flatMap((selector) => (selector.kind === 'pendant' || selector.kind === 'sauf' ? [`${selector.kind}_${textOf(selector.plage.span)}`] : []))].join('_');
      if (symbol.metered && typeof found === 'object') measures.set(key, found);
      else facts.set(symbol.name, found);
    }
    return { start, end, facts, measures, lists, series: new Map(), steps, rate: undefined, pointer };
  }

  /** A datum that changes at dates: columns « début » and « valeur ». */
  private steps(grid: n.Grid, symbol: ValueSymbol): { from: Minute; value: Value }[] {
    const at = (name: string): number => grid.header.findIndex((column) => column.name === name);
    return grid.rows.flatMap((row) => {
      const from = row[at('début')];
      const value = row[at('valeur')];
      return from?.kind === 'date' && value ? [{ from: instantOf(from, false), value: this.constant(value, symbol) }] : [];
    });
  }

  private symbolOf(name: string, at: n.Identifier): ValueSymbol | undefined {
    const keyed = this.rt.program.measureKeys.find((key) => key.key === name);
    if (keyed) return keyed.symbol;
    const entry = this.e.scope.lookup(name, this.standing.article);
    if (entry && entry.source.kind !== 'plage') {
      let original = entry;
      // What a case gives is the meter's value, not what an option makes of it.
      while (original.source.kind === 'replacement') original = original.source.original;
      return this.e.symbol(original);
    }
    const other = this.rt.program.related().find(({ symbol }) => symbol.name === name);
    if (other) return other.symbol;
    this.e.expr({ kind: 'name', name, span: at.span }, this.standing);
    return undefined;
  }

  private constant(expr: n.Expr, symbol: ValueSymbol): Value {
    const typed = this.e.exprAs(expr, symbol.kind, this.standing);
    this.e.expectKind(typed, symbol.kind, expr.span, this.standing, symbol.name);
    const value = this.rt.of(typed.core)(NOWHERE);
    if (typeof value === 'object') return value;
    return value;
  }

  private history(grid: n.Grid): PeriodData[] {
    return grid.rows.map((row, index) => {
      const cell = (name: string): n.Expr | undefined => row[grid.header.findIndex((column) => column.name === name)];
      const date = (name: string, last: boolean): Minute => {
        const found = cell(name);
        if (found?.kind !== 'date') throw new Stop(diagnostic('exemples/incomplet', { title: this.example.title, missing: `« ${name} » dans l'historique` }, { span: grid.span }));
        return instantOf(found, last);
      };
      const assignments = grid.header.flatMap((column, at): n.Assignment[] => {
        const value = row[at];
        if (!value || ['du', 'au', 'tarif'].includes(column.name)) return [];
        const made: n.Row = { kind: 'row', label: undefined, value, guards: [], text: undefined, span: value.span };
        return [{ kind: 'assignment', name: column, selectors: [], sheet: undefined, from: undefined, to: undefined, grid: undefined, span: value.span, value: { kind: 'value', by: undefined, rows: [made], span: value.span } }];
      });
      const period = this.period(date('du', false), date('au', true), assignments, `/historique/${index}`);
      const rate = cell('tarif');
      return { ...period, measures: this.keyed(assignments, period), rate: rate?.kind === 'name' ? rate.name : undefined };
    });
  }
  /** A header such as `énergie_pendant_hiver` keeps its own key. */
  private keyed(assignments: readonly n.Assignment[], period: PeriodData): Map<string, Exact> {
    const measures = new Map(period.measures);
    for (const line of assignments) {
      const key = this.rt.program.measureKeys.find((each) => each.key === line.name.name);
      const value = measures.get(line.name.name);
      if (key && value) measures.set(key.key, value);
    }
    return measures;
  }

  private list(grid: n.Grid, list: string): ListRow[] {
    return grid.rows.map((row, index) => {
      const fields = new Map<string, Value>();
      let start = 0;
      let end = 0;
      grid.header.forEach((column, at) => {
        const value = row[at];
        if (!value) return;
        if (column.name === 'début' && value.kind === 'date') start = instantOf(value, false);
        else if (column.name === 'fin' && value.kind === 'date') end = instantOf(value, false);
        else {
          const symbol = this.symbolOf(column.name, column);
          if (symbol) fields.set(column.name, this.constant(value, symbol));
        }
      });
      return { start, end, fields, pointer: `/donnees/${list}/${index}` };
    });
  }

  /** A series by formula: its rows are evaluated at each step. */
  private series(line: n.Assignment, input: CaseInput): Series {
    const sheet = line.sheet?.name;
    const grain = sheet === 'intervalle' || sheet === 'heure' ? sheet : 'jour';
    const start = line.from ? instantOf(line.from, false) : input.period.start;
    const end = line.to ? instantOf(line.to, true) : input.period.end;
    const symbol = this.symbolOf(line.name.name, line.name);
    invariant(line.value !== undefined, 'a series has a value');
    const typed = this.e.value(line.value, { ...this.standing, grain }, line.name.name);
    if (symbol) this.e.expectKind(typed, symbol.kind, line.value.span, this.standing, line.name.name);
    const session = new Session(input, [...input.history, input.period], () => undefined, input.period.end);
    const instance = new Instance(this.rt, session, input.history.length, undefined);
    return seriesOf(this.rt, typed.core, grain, instance, { start, end });
  }
}

/** A constant is evaluated nowhere: it reads no row. */
const NOWHERE = new Proxy({} as Row, { get: (_, name) => { throw new Missing(diagnostic('exemples/incomplet', { title: '', missing: `une constante (${String(name)})` }), 'constante'); } });

function instantOf(date: n.DateLiteral, lastIncluded: boolean): Minute {
  const day = date.year === undefined ? undefined : dayOf(date.year, date.month, date.day);
  if (day === undefined) throw new Stop(diagnostic('syntaxe/date-impossible', { found: textOf(date.span) }, { span: date.span }));
  if (date.minutes !== undefined) return date.minutes >= 1440 ? startOfDay(day + 1) : (localToInstant(day, date.minutes).instants[0] ?? startOfDay(day) + date.minutes);
  return startOfDay(lastIncluded ? day + 1 : day);
}
