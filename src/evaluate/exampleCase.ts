/** The lines of an `exemple` → the case that it gives. */
import type { Series } from '../calendar/series.ts';
import { dayOf } from '../calendar/day.ts';
import { localToInstant, startOfDay, type Minute } from '../calendar/zone.ts';
import type { ValueSymbol } from '../check/core.ts';
import { textOf, type Elaborator, type Standing } from '../check/elaborate.ts';
import { diagnostic } from '../diagnostics/diagnostic.ts';
import type { Exact } from '../quantity/exact.ts';
import { invariant } from '../support/invariant.ts';
import type * as n from '../syntax/nodes.ts';
import type { CaseInput, ListRow, PeriodData, Reading, Value } from './case.ts';
import { seriesOf, type Runtime } from './runtime.ts';
import { Instance, Session, type Row } from './session.ts';
import { Missing, Stop } from './stop.ts';

/** The case of an example of an article, for a rate with options. Throws `Stop` for a mistake; slips of names and units go to the elaborator. */
export function caseOfExample(example: n.ExampleStatement, article: string, elaborator: Elaborator, runtime: Runtime): CaseInput {
  return new CaseBuilder(example, elaborator, runtime, article).build(elaborator.rate, elaborator.options);
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
