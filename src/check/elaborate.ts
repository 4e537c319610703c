/**
 * A closed rate → the core: resolves names, infers and converts units, follows sheets. Each name is inferred once, when first
 * met; a definition that reads its own past is inferred again once its unit is known.
 */
import { diagnostic, type Code, type Diagnostic, type Params } from '../diagnostics/diagnostic.ts';
import { divide, fromInteger, multiply, ONE, parseExact, ZERO, isZero, type Exact } from '../quantity/exact.ts';
import { divideDims, dimsKey, isDimensionless, multiplyDims, NONE, parseUnit, sameDims, UNIT_NAMES, type Unit } from '../quantity/unit.ts';
import type { Span } from '../source/file.ts';
import { assertNever } from '../support/assertNever.ts';
import { invariant } from '../support/invariant.ts';
import { nearestName } from '../support/nearestName.ts';
import type * as n from '../syntax/nodes.ts';
import { optionsIn, type Book } from './book.ts';
import type { BuiltinName, Core, CoreBinding, CoreRow, DataInfo, PeriodWindow, ProgramRef, Restriction, RowSource, ValueSymbol } from './core.ts';
import { elaborateLineAccess, type LineTable } from './lines.ts';
import { elaboratePlage, occurrencePlage } from './plage.ts';
import type { Entry, Scope } from './scope.ts';
import {
  BOOLEAN, compatible, DATE, describe, ERROR, finer, grainName, INSTANT, isLoose, isTimeGrain, moreDefinite, quantityOf, UNKNOWN, visibleFrom, type Dims, type Grain, type Kind,
} from './types.ts';

export interface Typed { readonly core: Core; readonly kind: Kind; readonly grain: Grain }

/** Where an expression stands. */
export interface Standing {
  /** The article in which it is written. */
  readonly article: string;
  /** The sheet whose rows it is evaluated on. */
  readonly grain: Grain;
  /** The replacement in which it stands, for `d'origine`. */
  readonly replacing: Entry | undefined;
  /** In the condition of a cut at changes: the kind of what changes. */
  readonly changing?: Kind;
}

export const DOLLAR = parseUnitOrFail('$');
export const HOUR = parseUnitOrFail('h');
export const DAY = parseUnitOrFail('jour');
export const MONTH = parseUnitOrFail('mois');
function parseUnitOrFail(text: string): Unit {
  const unit = parseUnit(text);
  invariant(unit !== undefined, `no unit ${text}`);
  return unit;
}

const BUILTINS: Readonly<Record<string, BuiltinName>> = { premier_jour: 'premier_jour', dernier_jour: 'dernier_jour', début: 'début', fin: 'fin', rang: 'rang' };
/** Durations that may be added to a date. */
const DATE_UNITS = new Set(['h', 'jour', 'mois', 'an', 'mois civil', 'jour ouvrable']);
/** Measures that every span of time has. */
export const CLOCK_MEASURES: readonly string[] = ['jours', 'heures'];

/** What elaborators of the same book share: other rates, for `au tarif M`. */
export interface Library {
  readonly book: Book;
  readonly elaboratorOf: (rate: string, options: readonly string[]) => Elaborator | undefined;
}

export class Elaborator {
  readonly symbols = new Map<Entry, ValueSymbol>();
  readonly clocks = new Map<string, ValueSymbol>();
  readonly diagnostics: Diagnostic[] = [];
  lines: LineTable | undefined;
  private slots = 0;
  /** Kinds found by an earlier pass, for definitions that read their own past. */
  private known = new Map<Entry, Kind>();
  /** Whether something was left for the next pass, which will know the kinds. */
  private guessed = false;
  private stack: { entry: Entry; past: boolean }[] = [];
  private past = false;
  /** Names that were looked for among those of broken statements. */
  readonly askedBroken = new Set<string>();
  /** Cut by a `fractionne`: these are one value per part. */
  readonly cutTargets = new Set<string>();

  constructor(
    readonly library: Library, readonly rate: string, readonly options: readonly string[], readonly scope: Scope,
  ) {}

  get book(): Book { return this.library.book; }
  get slotCount(): number { return this.slots; }

  /** Whether a statement that could not be read would have given this name. */
  isBroken(name: string): boolean {
    this.askedBroken.add(name);
    return this.book.broken.has(name);
  }

  report<C extends Code>(code: C, params: Params<C>, span: Span, article: string | undefined): void {
    this.diagnostics.push(diagnostic(code, params, { span, article }));
  }

  /** Forgets all but the kinds found, to infer again those that read their own past. */
  restart(): boolean {
    const before = this.known;
    this.known = new Map([...this.symbols].map(([entry, symbol]) => [entry, symbol.kind]));
    const again = (this.guessed || [...this.symbols.values()].some((symbol) => symbol.kind.kind === 'unknown')) && before.size === 0;
    if (again) {
      this.symbols.clear();
      this.diagnostics.length = 0;
      this.slots = 0;
      this.lines = undefined;
    }
    return again;
  }

  // ── symbols ────────────────────────────────────────────────────────────
  clock(name: string): ValueSymbol {
    const known = this.clocks.get(name);
    if (known) return known;
    const made: ValueSymbol = {
      name, slot: this.slots++, role: 'measure', kind: quantityOf(name === 'jours' ? DAY.dims : HOUR.dims), grain: 'constante', value: undefined, metered: false, data: undefined, text: undefined,
      origin: { article: '12.11', home: '12.11', label: undefined, module: undefined, span: { file: { path: '', text: '' }, start: 0, end: 0 } },
    };
    this.clocks.set(name, made);
    return made;
  }

  symbol(entry: Entry): ValueSymbol {
    const known = this.symbols.get(entry);
    if (known) {
      const at = this.stack.findIndex((frame) => frame.entry === entry);
      if (at >= 0 && !this.past && !this.stack.slice(at + 1).some((frame) => frame.past)) {
        const path = [...this.stack.slice(at).map((frame) => frame.entry.name), entry.name].join(' → ');
        this.report('definitions/cycle', { path }, entry.origin.span, entry.origin.article);
        known.kind = ERROR;
      }
      return known;
    }
    const made = this.declare(entry);
    this.symbols.set(entry, made);
    const past = this.past;
    this.stack.push({ entry, past });
    this.past = false;
    this.define(entry, made);
    this.past = past;
    this.stack.pop();
    return made;
  }

  private declare(entry: Entry): ValueSymbol {
    const { source, origin, name } = entry;
    const base = { name, slot: this.slots++, origin, value: undefined, metered: false, data: undefined, text: undefined };
    switch (source.kind) {
      case 'data': {
        const { statement } = source;
        return { ...base, role: 'data', kind: this.dataKind(statement, origin.home), grain: this.grainOf(statement.sheet, origin.home, 'période'), data: this.dataInfo(statement, origin.home), text: statement.text };
      }
      case 'measure': {
        const unit = this.unit(source.statement.unit.text, source.statement.unit.span, origin.home);
        return { ...base, role: 'measure', kind: quantityOf(unit.dims), grain: 'constante', metered: this.isMetered(source.statement), text: source.statement.text,
          data: { sort: 'quantity', unitText: source.statement.unit.text, factor: unit.factor, least: undefined, most: undefined, presumed: undefined, within: undefined, choices: [], choiceNames: [] } };
      }
      case 'replacement': {
        const original = this.symbol(source.original);
        return { ...base, original, role: original.role === 'measure' ? 'measure' : 'definition', kind: this.known.get(entry) ?? original.kind, grain: source.statement.sheet ? this.grainOf(source.statement.sheet, origin.home, 'période') : original.role === 'measure' ? 'constante' : original.grain };
      }
      case 'fact': return { ...base, role: 'definition', kind: this.known.get(entry) ?? UNKNOWN, grain: 'constante', text: source.statement.text };
      case 'column': {
        // A table looked up by a field of a list has a value for each of its rows.
        const key = this.scope.lookup(source.statement.key.name, origin.home);
        const grain = key && key.source.kind !== 'plage' ? this.symbol(key).grain : 'période';
        return { ...base, role: 'definition', kind: this.known.get(entry) ?? UNKNOWN, grain: grain === 'constante' ? 'période' : grain };
      }
      case 'definition': {
        const cut = this.cutTargets.has(name) ? 'partie' : 'période';
        return { ...base, role: 'definition', kind: this.known.get(entry) ?? UNKNOWN, grain: this.grainOf(source.statement.sheet, origin.home, cut) };
      }
      case 'plage': return { ...base, role: 'definition', kind: ERROR, grain: 'constante' };
    }
  }

  private define(entry: Entry, made: ValueSymbol): void {
    const { source, origin } = entry;
    const standing: Standing = { article: origin.home, grain: made.grain, replacing: source.kind === 'replacement' ? entry : undefined };
    switch (source.kind) {
      case 'data': case 'plage': return;
      case 'fact': {
        const value = this.expr(source.statement.value, standing);
        made.kind = value.kind;
        made.value = value.core;
        if (source.statement.until) this.expr(source.statement.until, standing);
        return;
      }
      case 'measure': {
        if (!source.statement.value) return;
        const value = this.value(source.statement.value, { ...standing, grain: 'période' }, entry.name);
        this.expectKind(value, made.kind, source.statement.value.span, standing, entry.name);
        made.value = value.core;
        return;
      }
      default: {
        const node = source.kind === 'column' ? source.value : source.statement.value;
        const original = source.kind === 'replacement' ? this.symbol(source.original) : undefined;
        const value = this.value(node, standing, entry.name, original);
        if (original) this.expectKind(value, original.kind, node.span, standing, entry.name);
        made.kind = original && !isLoose(original.kind) ? original.kind : value.kind;
        if (made.kind.kind === 'zero') made.kind = quantityOf(NONE.dims);
        made.value = value.core;
        if (made.role === 'measure') return;
        if (!visibleFrom(value.grain, made.grain)) this.grainError(value.grain, made.grain, node.span, standing);
      }
    }
  }

  private isMetered(statement: n.MeasureDeclaration): boolean {
    const { value } = statement;
    if (!value) return true;
    const only = value.rows.length === 1 ? value.rows[0]?.value : undefined;
    return gathers(only);
  }

  private dataKind(statement: n.DataDeclaration, article: string): Kind {
    const { sort } = statement;
    switch (sort.kind) {
      case 'quantity': return quantityOf(this.unit(sort.unit.text, sort.unit.span, article).dims);
      case 'number': return quantityOf(NONE.dims);
      case 'boolean': return BOOLEAN;
      case 'date': return DATE;
      case 'choices': {
        const numeric = sort.choices.every((choice) => choice.quantity !== undefined);
        if (!numeric) return { kind: 'choice', choices: sort.choices.map((choice) => choice.name ?? '') };
        const unit = sort.choices[0]?.quantity?.unit;
        return quantityOf(unit === undefined ? NONE.dims : this.unit(unit, statement.span, article).dims);
      }
      case 'list': case 'spans': return { kind: 'text' };
    }
  }

  private dataInfo(statement: n.DataDeclaration, article: string): DataInfo {
    const { sort } = statement;
    const standing: Standing = { article, grain: 'constante', replacing: undefined };
    const numeric = sort.kind === 'choices' ? sort.choices.flatMap((choice) => (choice.quantity ? [this.exactOf(choice.quantity, article)] : [])) : [];
    const unitText = sort.kind === 'quantity' ? sort.unit.text : sort.kind === 'choices' ? sort.choices[0]?.quantity?.unit : undefined;
    const unitSpan = sort.kind === 'quantity' ? sort.unit.span : statement.span;
    const kind = this.dataKind(statement, article);
    const bound = (expr: n.Expr | undefined): Core | undefined => {
      if (!expr) return undefined;
      const typed = this.exprAs(expr, kind, standing);
      this.expectKind(typed, kind, expr.span, standing, statement.name.name);
      return typed.core;
    };
    return {
      sort: sort.kind === 'number' ? 'number' : sort.kind, unitText, factor: unitText === undefined ? ONE : this.unit(unitText, unitSpan, article).factor,
      least: bound(statement.least), most: bound(statement.most), presumed: bound(statement.presumed),
      within: sort.kind === 'spans' && sort.within ? elaboratePlage(this, sort.within, standing) : undefined,
      choices: sort.kind === 'choices' ? (numeric.length > 0 ? numeric : sort.choices.map((choice) => choice.name ?? '')) : [],
      choiceNames: sort.kind === 'choices' ? sort.choices.map((choice) => choice.name ?? choice.quantity?.decimal ?? '') : [],
    };
  }

  grainOf(sheet: n.Identifier | undefined, article: string, otherwise: Grain): Grain {
    if (!sheet) return otherwise;
    if (sheet.name === 'palier') return 'partie';
    if (['jour', 'heure', 'intervalle', 'partie'].includes(sheet.name)) return sheet.name as Grain;
    const list = this.scope.lookup(sheet.name, article);
    if (list?.source.kind === 'data' && ['list', 'spans'].includes(list.source.statement.sort.kind)) return `liste:${sheet.name}`;
    if (!this.isBroken(sheet.name)) {
      const lists = [...this.scope.entries.values()].filter((entry) => entry.source.kind === 'data' && ['list', 'spans'].includes(entry.source.statement.sort.kind)).map((entry) => entry.name);
      this.report('noms/feuille-inconnue', { name: sheet.name, nearest: nearestName(sheet.name, ['jour', 'heure', 'intervalle', 'partie', ...lists]) }, sheet.span, article);
    }
    return otherwise;
  }

  unit(text: string, span: Span, article: string): Unit {
    const unit = parseUnit(text);
    if (unit) return unit;
    this.report('unites/inconnue', { name: text, nearest: nearestName(text, UNIT_NAMES) }, span, article);
    return NONE;
  }

  exactOf(quantity: n.Quantity, article: string): Exact {
    const number = parseExact(quantity.decimal);
    invariant(number !== undefined, `not a number: ${quantity.decimal}`);
    return quantity.unit === undefined ? number : multiply(number, this.unit(quantity.unit, quantity.span, article).factor);
  }

  // ── errors ─────────────────────────────────────────────────────────────
  expectKind(found: Typed, expected: Kind, span: Span, standing: Standing, what: string): void {
    if (compatible(found.kind, expected)) return;
    if (found.kind.kind === 'quantity' && expected.kind === 'quantity') this.report('unites/attendue', { what: `« ${what} »`, found: describe(found.kind), expected: describe(expected) }, span, standing.article);
    else this.report('types/attendu', { found: describe(found.kind), expected: describe(expected) }, span, standing.article);
  }
  grainError(found: Grain, expected: Grain, span: Span, standing: Standing): void {
    if (finer(found, expected) === undefined) this.report('feuilles/sans-lien', { left: grainName(found), right: grainName(expected) }, span, standing.article);
    else this.report('feuilles/sans-agregat', { found: grainName(found), expected: grainName(expected) }, span, standing.article);
  }
  private error(): Typed { return { core: { op: 'constant', value: ZERO }, kind: ERROR, grain: 'constante' }; }

  /** Two values that meet: their sheet, or an error. */
  meet(a: Typed, b: Typed, span: Span, standing: Standing): Grain {
    const grain = finer(a.grain, b.grain);
    if (grain !== undefined) return grain;
    this.report('feuilles/sans-lien', { left: grainName(a.grain), right: grainName(b.grain) }, span, standing.article);
    return 'constante';
  }

  // ── values by rows ─────────────────────────────────────────────────────
  value(node: n.Value, standing: Standing, name: string, original?: ValueSymbol): Typed {
    const only = node.rows[0];
    if (!node.by && node.rows.length === 1 && only && only.guards.length === 0) return this.expr(only.value, standing);
    const by = node.by && this.expr(node.by, standing);
    let kind: Kind = UNKNOWN;
    let grain: Grain = by?.grain ?? 'constante';
    let failed = false;
    const rows: CoreRow[] = [];
    node.rows.forEach((row, index) => {
      const value = this.exprAs(row.value, kind, standing);
      if (!compatible(value.kind, kind)) {
        this.report(value.kind.kind === 'quantity' && kind.kind === 'quantity' ? 'unites/attendue' : 'types/attendu',
          { what: 'Cette rangée', found: describe(value.kind), expected: describe(kind) }, row.value.span, standing.article);
      }
      if (value.kind.kind === 'error') failed = true;
      else kind = moreDefinite(kind, value.kind);
      const guard = this.guard(row, index, node, by, standing);
      grain = finer(finer(grain, value.grain) ?? grain, guard.grain) ?? grain;
      if (finer(value.grain, guard.grain) === undefined) this.grainError(value.grain, guard.grain, row.span, standing);
      rows.push({ when: guard.when, during: guard.during, otherwise: guard.otherwise, value: value.core });
      if (guard.during && !isTimeGrain(standing.grain) && !standing.grain.startsWith('liste:')) {
        this.report('feuilles/sans-agregat', { found: 'jour', expected: grainName(standing.grain) }, row.span, standing.article);
      }
    });
    if (original && !rows.some((row) => row.otherwise)) rows.push({ when: undefined, during: undefined, otherwise: true, value: this.read(original, []) });
    return { core: { op: 'cases', rows, name, span: node.span }, kind: failed ? ERROR : kind, grain };
  }

  /** The guards of a row, as one condition and at most one set of time. */
  guard(row: n.Row, index: number, node: n.Value, by: Typed | undefined, standing: Standing): { when: Core | undefined; during: CoreRow['during']; otherwise: boolean; grain: Grain } {
    let when: Core | undefined;
    let during: CoreRow['during'];
    let otherwise = false;
    let grain: Grain = 'constante';
    const and = (condition: Typed): void => {
      grain = finer(grain, condition.grain) ?? grain;
      when = when ? { op: 'and', left: when, right: condition.core } : condition.core;
    };
    if (row.guards.length === 0 && node.rows.length > 1) this.report('cas/garde-absente', {}, row.span, standing.article);
    for (const guard of row.guards) {
      switch (guard.kind) {
        case 'si': and(this.condition(guard.condition, standing)); break;
        case 'sinon':
          otherwise = true;
          if (index !== node.rows.length - 1) this.report('cas/sinon', {}, guard.span, standing.article);
          break;
        case 'en': case 'hors': {
          const plage = elaboratePlage(this, guard.plage, standing);
          if (by) and({ core: guard.kind === 'hors' ? { op: 'not', operand: { op: 'isIn', operand: by.core, entirely: false, plage } } : { op: 'isIn', operand: by.core, entirely: false, plage }, kind: BOOLEAN, grain: by.grain });
          else during = { plage, outside: guard.kind === 'hors' };
          break;
        }
        case 'sous': case 'dès': case 'pour':
          if (!by) this.report('cas/paliers', {}, guard.span, standing.article);
          else and(this.step(guard, index, node, by, standing));
          break;
        case 'jusqua': case 'audela': this.report('cas/melange', {}, guard.span, standing.article); break;
        default: assertNever(guard);
      }
    }
    return { when, during, otherwise, grain };
  }

  private step(guard: Extract<n.Guard, { kind: 'sous' | 'dès' | 'pour' }>, index: number, node: n.Value, by: Typed, standing: Standing): Typed {
    if (guard.kind === 'pour') return this.among(by, guard.choices, guard.span, standing);
    const limit = (expr: n.Expr): Core => {
      const typed = this.expr(expr, standing);
      if (!compatible(typed.kind, by.kind)) this.report('unites/seuil', { found: describe(typed.kind), expected: describe(by.kind) }, expr.span, standing.article);
      return typed.core;
    };
    const at = limit(guard.limit);
    const limitOf = (row: n.Row | undefined, kind: 'sous' | 'dès'): (n.Guard & { readonly limit: n.Expr }) | undefined => {
      const found = row?.guards.find((candidate) => candidate.kind === kind);
      return found && 'limit' in found ? found : undefined;
    };
    if (guard.kind === 'sous') {
      const before = limitOf(node.rows[index - 1], 'sous');
      const under: Core = { op: 'compare', sign: '<', left: by.core, right: at, at: guard.span };
      return { core: before ? { op: 'and', left: { op: 'compare', sign: '≥', left: by.core, right: limit(before.limit), at: before.span }, right: under } : under, kind: BOOLEAN, grain: by.grain };
    }
    const next = limitOf(node.rows[index + 1], 'dès');
    const from: Core = { op: 'compare', sign: '≥', left: by.core, right: at, at: guard.span };
    return { core: next ? { op: 'and', left: from, right: { op: 'compare', sign: '<', left: by.core, right: limit(next.limit), at: next.span } } : from, kind: BOOLEAN, grain: by.grain };
  }

  condition(expr: n.Expr, standing: Standing): Typed {
    const typed = this.expr(expr, standing);
    if (typed.kind.kind !== 'boolean' && !isLoose(typed.kind)) this.report('types/attendu', { found: describe(typed.kind), expected: 'une condition' }, expr.span, standing.article);
    return { ...typed, kind: BOOLEAN };
  }

  // ── expressions ────────────────────────────────────────────────────────
  /** An expression of which the kind is expected: a lone name may then be one of the choices. */
  exprAs(expr: n.Expr, expected: Kind, standing: Standing): Typed {
    if (expected.kind === 'choice' && expr.kind === 'name' && expected.choices.includes(expr.name)) return { core: { op: 'choice', value: expr.name }, kind: expected, grain: 'constante' };
    return this.expr(expr, standing);
  }

  expr(expr: n.Expr, standing: Standing): Typed {
    switch (expr.kind) {
      case 'quantity': return this.quantity(expr, standing);
      case 'boolean': return { core: { op: 'boolean', value: expr.value }, kind: BOOLEAN, grain: 'constante' };
      case 'text': return { core: { op: 'text', value: expr.text }, kind: { kind: 'text' }, grain: 'constante' };
      case 'date': return { core: { op: 'date', year: expr.year, month: expr.month, day: expr.day, minutes: expr.minutes, at: expr.span }, kind: expr.minutes === undefined ? DATE : INSTANT, grain: 'constante' };
      case 'clock': return { core: { op: 'constant', value: divide(fromInteger(expr.minutes), fromInteger(60)), at: expr.span }, kind: quantityOf(HOUR.dims), grain: 'constante' };
      case 'month': return { core: { op: 'constant', value: fromInteger(expr.month) }, kind: quantityOf(NONE.dims), grain: 'constante' };
      case 'name': return this.name(expr, standing);
      case 'negate': {
        const operand = this.expr(expr.operand, standing);
        this.mustBeQuantity(operand, expr.operand.span, standing);
        return { ...operand, core: { op: 'negate', operand: operand.core } };
      }
      case 'not': { const operand = this.condition(expr.operand, standing); return { ...operand, core: { op: 'not', operand: operand.core } }; }
      case 'binary': return this.binary(expr, standing);
      case 'comparison': return this.comparison(expr, standing);
      case 'among': return this.among(this.expr(expr.operand, standing), expr.choices, expr.span, standing);
      case 'isIn': return this.isIn(expr, standing);
      case 'call': return this.call(expr, standing);
      case 'aggregate': return this.aggregate(expr, standing);
      case 'select': return this.select(expr, standing);
      case 'original': return this.original(expr, standing);
      case 'expressed': {
        const operand = this.expr(expr.operand, standing);
        return { ...operand, kind: quantityOf(this.unit(expr.unit.text, expr.unit.span, standing.article).dims) };
      }
      case 'atRate': return this.apply(expr.operand, { rate: expr.rate, bindings: [] }, expr.span, standing);
      case 'with': {
        const inner = expr.operand.kind === 'atRate' ? expr.operand : undefined;
        return this.apply(inner ? inner.operand : expr.operand, { rate: inner ? inner.rate : null, bindings: expr.bindings }, expr.span, standing);
      }
      case 'lineAccess': return elaborateLineAccess(this, expr, standing);
      case 'hasOption': {
        if (!this.book.options.has(expr.option.name)) this.report('options/inconnue', { name: expr.option.name, nearest: nearestName(expr.option.name, this.book.options.keys()) }, expr.option.span, standing.article);
        return { core: { op: 'hasOption', option: expr.option.name }, kind: BOOLEAN, grain: 'constante' };
      }
      case 'hasOptionOf': {
        const options = optionsIn(this.book, expr);
        if (options.length === 0) this.report('options/aucune', { chapter: expr.chapter, sections: expr.sections.join(', ') }, expr.span, standing.article);
        const cores = options.map((option): Core => ({ op: 'hasOption', option }));
        return { core: cores.reduce((left, right) => ({ op: 'or', left, right }), cores.shift() ?? { op: 'boolean', value: false }), kind: BOOLEAN, grain: 'constante' };
      }
      case 'eligible': {
        if (!this.checkRate(expr.rate, standing)) return { ...this.error(), kind: BOOLEAN };
        return { core: { op: 'eligible', program: { rate: expr.rate.name, keepOptions: false } }, kind: BOOLEAN, grain: 'période' };
      }
      default: return assertNever(expr);
    }
  }

  private quantity(expr: n.Quantity, standing: Standing): Typed {
    const value = this.exactOf(expr, standing.article);
    const core: Core = { op: 'constant', value, at: expr.span };
    if (expr.unit === undefined) return { core, kind: isZero(value) ? { kind: 'zero' } : quantityOf(NONE.dims), grain: 'constante' };
    return { core, kind: quantityOf(this.unit(expr.unit, expr.span, standing.article).dims), grain: 'constante' };
  }

  /** The core that reads a symbol where one stands. */
  read(symbol: ValueSymbol, path: readonly Restriction[]): Core {
    return symbol.role === 'measure' ? { op: 'measure', symbol, path } : { op: 'symbol', symbol };
  }

  private name(expr: n.NameExpr, standing: Standing): Typed {
    const entry = this.scope.lookup(expr.name, standing.article);
    if (entry) {
      if (entry.source.kind === 'plage') {
        this.report('noms/plage-comme-valeur', { name: expr.name }, expr.span, standing.article);
        return this.error();
      }
      const symbol = this.symbol(entry);
      if (symbol.data && (symbol.data.sort === 'spans' || symbol.data.sort === 'list')) {
        this.report('noms/plage-comme-valeur', { name: expr.name }, expr.span, standing.article);
        return this.error();
      }
      return { core: this.read(symbol, []), kind: symbol.kind, grain: symbol.grain };
    }
    if (CLOCK_MEASURES.includes(expr.name)) { const symbol = this.clock(expr.name); return { core: this.read(symbol, []), kind: symbol.kind, grain: 'constante' }; }
    if (standing.changing && (expr.name === 'écart' || expr.name === 'ancienne_valeur')) return { core: { op: 'posed', name: expr.name }, kind: standing.changing, grain: 'constante' };
    const builtin = BUILTINS[expr.name];
    if (builtin && (builtin === 'début' || builtin === 'fin' || builtin === 'rang') && (standing.grain === 'période' || standing.grain === 'constante')) {
      this.report('feuilles/sans-lien', { left: `rangée (« ${builtin} »)`, right: 'période' }, expr.span, standing.article);
      return this.error();
    }
    if (builtin) {
      if (builtin === 'rang') return { core: { op: 'builtin', name: builtin }, kind: quantityOf(NONE.dims), grain: standing.grain };
      if (builtin === 'premier_jour' || builtin === 'dernier_jour') return { core: { op: 'builtin', name: builtin }, kind: DATE, grain: 'période' };
      return { core: { op: 'builtin', name: builtin }, kind: INSTANT, grain: standing.grain };
    }
    if (expr.name === 'tarif') return { core: { op: 'builtin', name: 'tarif' }, kind: { kind: 'choice', choices: [...this.book.rates.keys()] }, grain: 'période' };
    if (expr.name === 'grande_puissance' ) return { core: { op: 'boolean', value: this.book.rates.get(this.rate)?.largePower ?? false }, kind: BOOLEAN, grain: 'constante' };
    if (expr.name === 'total') return { core: { op: 'total' }, kind: quantityOf(DOLLAR.dims), grain: 'période' };
    if (!this.isBroken(expr.name)) {
      const names = [...[...this.scope.entries.values()].map((candidate) => candidate.name), ...CLOCK_MEASURES, ...Object.keys(BUILTINS), 'total', 'tarif'];
      const where = `au tarif ${[this.rate, ...this.options].join(' avec ')}`;
      this.report('noms/inconnu', { name: expr.name, nearest: nearestName(expr.name, names), where }, expr.span, standing.article);
    }
    return this.error();
  }

  private mustBeQuantity(typed: Typed, span: Span, standing: Standing): Dims | undefined {
    if (typed.kind.kind === 'quantity') return typed.kind.dims;
    if (typed.kind.kind === 'zero') return NONE.dims;
    if (!isLoose(typed.kind)) this.report('types/attendu', { found: describe(typed.kind), expected: 'une quantité' }, span, standing.article);
    return undefined;
  }

  private binary(expr: n.Binary, standing: Standing): Typed {
    if (expr.operator === 'et' || expr.operator === 'ou') {
      const left = this.condition(expr.left, standing);
      const right = this.condition(expr.right, standing);
      return { core: { op: expr.operator === 'et' ? 'and' : 'or', left: left.core, right: right.core }, kind: BOOLEAN, grain: this.meet(left, right, expr.span, standing) };
    }
    const left = this.expr(expr.left, standing);
    const right = this.exprAs(expr.right, left.kind, standing);
    const grain = this.meet(left, right, expr.span, standing);
    if (expr.operator === 'à défaut') {
      this.sameKind(left, right, 'choisir entre', expr.span, standing);
      return { core: { op: 'default', left: left.core, right: right.core }, kind: moreDefinite(left.kind, right.kind), grain };
    }
    const dated = this.dateArithmetic(expr, left, right, grain, standing);
    if (dated) return dated;
    if (expr.operator === '×' || expr.operator === '÷') {
      const a = this.mustBeQuantity(left, expr.left.span, standing);
      const b = this.mustBeQuantity(right, expr.right.span, standing);
      const core: Core = { op: expr.operator === '×' ? 'multiply' : 'divide', left: left.core, right: right.core, span: expr.span };
      if (!a || !b) return { core, kind: left.kind.kind === 'error' || right.kind.kind === 'error' || (!isLoose(left.kind) && !isLoose(right.kind)) ? ERROR : UNKNOWN, grain };
      return { core, kind: quantityOf(expr.operator === '×' ? multiplyDims(a, b) : divideDims(a, b)), grain };
    }
    // What it adds to is not known yet: it may be a date.
    if ((expr.operator === '+' || expr.operator === '-') && (left.kind.kind === 'unknown' || right.kind.kind === 'unknown')) {
      const other = left.kind.kind === 'unknown' ? right.kind : left.kind;
      if (this.known.size === 0 && other.kind === 'quantity' && DATE_UNITS.has(dimsKey(other.dims))) {
        this.guessed = true;
        return { core: { op: 'constant', value: ZERO }, kind: UNKNOWN, grain };
      }
    }
    const words = { '+': 'additionner', '-': 'soustraire', 'mais au moins': 'comparer', 'mais au plus': 'comparer', 'au-delà de': 'soustraire' }[expr.operator];
    this.mustBeQuantity(left, expr.left.span, standing);
    this.mustBeQuantity(right, expr.right.span, standing);
    this.sameKind(left, right, words, expr.span, standing);
    const op = ({ '+': 'add', '-': 'subtract', 'mais au moins': 'max', 'mais au plus': 'min', 'au-delà de': 'excess' } as const)[expr.operator];
    return { core: { op, left: left.core, right: right.core, span: expr.span }, kind: moreDefinite(left.kind, right.kind), grain };
  }

  private sameKind(left: Typed, right: Typed, operation: string, span: Span, standing: Standing): void {
    if (compatible(left.kind, right.kind)) return;
    if (left.kind.kind !== 'quantity' && left.kind.kind !== 'zero') return;
    if (right.kind.kind !== 'quantity' && right.kind.kind !== 'zero') return;
    this.report('unites/incompatibles', { operation, left: describe(left.kind), right: describe(right.kind) }, span, standing.article);
  }

  /** Dates shift by days, months or hours; two dates differ by days, two instants by hours. */
  private dateArithmetic(expr: n.Binary, left: Typed, right: Typed, grain: Grain, standing: Standing): Typed | undefined {
    const dated = (typed: Typed): boolean => typed.kind.kind === 'date' || typed.kind.kind === 'instant';
    if (expr.operator !== '+' && expr.operator !== '-') return undefined;
    if (!dated(left) && !dated(right)) return undefined;
    if (dated(left) && dated(right) && expr.operator === '-') {
      const days = left.kind.kind === 'date' && right.kind.kind === 'date';
      const difference: Core = { op: 'dateDifference', days, left: left.core, right: right.core };
      return { core: days ? { op: 'divide', left: difference, right: { op: 'constant', value: fromInteger(24) }, span: expr.span } : difference, kind: quantityOf(days ? DAY.dims : HOUR.dims), grain };
    }
    const [date, amount, amountNode] = dated(left) ? [left, right, expr.right] : [right, left, expr.left];
    const dims = this.mustBeQuantity(amount, amountNode.span, standing);
    const unit = dims && dimsKey(dims);
    if (unit === 'h' || unit === 'jour' || unit === 'mois civil' || unit === 'jour ouvrable' || unit === 'mois' || unit === 'an') {
      return { core: { op: 'shiftDate', date: date.core, amount: amount.core, unit, sign: expr.operator === '-' ? -1 : 1 }, kind: unit === 'h' ? INSTANT : date.kind, grain };
    }
    if (dims) this.report('types/attendu', { found: describe(amount.kind), expected: 'une durée (h, jours, mois civils, jours ouvrables)' }, amountNode.span, standing.article);
    return this.error();
  }

  private comparison(expr: n.Comparison, standing: Standing): Typed {
    const isWord = (operand: n.Expr): operand is n.NameExpr => operand.kind === 'name' && operand.name !== 'tarif' && !this.scope.lookup(operand.name, standing.article);
    const typed = expr.operands.map((operand) => (isWord(operand) ? undefined : this.expr(operand, standing)));
    const chosen = typed.find((item) => item?.kind.kind === 'choice');
    // Beside a name that is unknown, or of a broken statement, a word cannot be told from a choice: the first alone is reported.
    let lost = typed.some((item) => item?.kind.kind === 'error');
    const operands = expr.operands.map((operand, index): Typed => {
      const done = typed[index];
      if (done) return done;
      if (chosen && operand.kind === 'name') {
        const choices = chosen.kind.kind === 'choice' ? chosen.kind.choices : [];
        if (choices.includes(operand.name)) return { core: { op: 'choice', value: operand.name }, kind: chosen.kind, grain: 'constante' };
        this.report('noms/choix-inconnu', { name: operand.name, choices: choices.join(', '), nearest: nearestName(operand.name, choices) }, operand.span, standing.article);
        return this.error();
      }
      if (lost) return this.error();
      const found = this.expr(operand, standing);
      lost = found.kind.kind === 'error';
      return found;
    });
    let result: Typed | undefined;
    expr.signs.forEach((sign, index) => {
      const left = operands[index];
      const right = operands[index + 1];
      if (!left || !right) return;
      if (!compatible(left.kind, right.kind)) {
        const span = expr.operands[index + 1]?.span ?? expr.span;
        if (left.kind.kind === 'quantity' && right.kind.kind === 'quantity') this.report('unites/incompatibles', { operation: 'comparer', left: describe(left.kind), right: describe(right.kind) }, expr.span, standing.article);
        else this.report('types/attendu', { found: describe(right.kind), expected: describe(left.kind) }, span, standing.article);
      }
      const link: Typed = { core: { op: 'compare', sign, left: left.core, right: right.core, at: linkSpan(expr, index) }, kind: BOOLEAN, grain: this.meet(left, right, expr.span, standing) };
      result = result ? { core: { op: 'and', left: result.core, right: link.core }, kind: BOOLEAN, grain: this.meet(result, link, expr.span, standing) } : link;
    });
    return result ?? this.error();
  }

  private among(operand: Typed, choices: readonly n.Choice[], span: Span, standing: Standing): Typed {
    const values = choices.flatMap((choice): (string | Exact)[] => {
      if (choice.quantity) {
        const typed = this.quantity(choice.quantity, standing);
        if (!compatible(typed.kind, operand.kind)) this.report('types/attendu', { found: describe(typed.kind), expected: describe(operand.kind) }, choice.span, standing.article);
        return [this.exactOf(choice.quantity, standing.article)];
      }
      const name = choice.name ?? '';
      if (operand.kind.kind === 'choice' && !operand.kind.choices.includes(name)) {
        this.report('noms/choix-inconnu', { name, choices: operand.kind.choices.join(', '), nearest: nearestName(name, operand.kind.choices) }, choice.span, standing.article);
        return [];
      }
      if (operand.kind.kind !== 'choice' && !isLoose(operand.kind)) this.report('types/attendu', { found: describe(operand.kind), expected: 'un choix' }, span, standing.article);
      return [name];
    });
    return { core: { op: 'among', operand: operand.core, choices: values }, kind: BOOLEAN, grain: operand.grain };
  }

  private isIn(expr: n.IsIn, standing: Standing): Typed {
    const own = expr.operand.kind === 'name' && ['période', 'jour', 'heure', 'intervalle'].includes(expr.operand.name);
    const operand = own ? undefined : this.expr(expr.operand, standing);
    if (operand && operand.kind.kind !== 'date' && operand.kind.kind !== 'instant' && !isLoose(operand.kind)) {
      this.report('types/attendu', { found: describe(operand.kind), expected: 'une date ou un instant' }, expr.operand.span, standing.article);
    }
    const plage = elaboratePlage(this, expr.plage, standing);
    const core: Core = { op: 'isIn', operand: operand?.core, entirely: expr.mode === 'entièrement en', plage };
    return { core: expr.mode === 'hors' ? { op: 'not', operand: core } : core, kind: BOOLEAN, grain: operand?.grain ?? standing.grain };
  }

  private call(expr: n.Call, standing: Standing): Typed {
    const args = expr.args.map((arg) => this.expr(arg, standing));
    const first = args[0];
    const arity = { max: [2, 99], min: [2, 99], arrondi: [2, 2], entier: [2, 2], abs: [1, 1] }[expr.fn.name];
    if (!arity) {
      this.report('noms/fonction-inconnue', { name: expr.fn.name, nearest: nearestName(expr.fn.name, ['max', 'min', 'arrondi', 'entier', 'abs']) }, expr.fn.span, standing.article);
      return this.error();
    }
    if (args.length < (arity[0] ?? 0) || args.length > (arity[1] ?? 0) || !first) {
      this.report('noms/arguments', { name: expr.fn.name, expected: arity[0] === arity[1] ? String(arity[0]) : `au moins ${arity[0]}`, found: args.length }, expr.span, standing.article);
      return this.error();
    }
    return args.slice(1).reduce((left: Typed, right): Typed => {
      this.mustBeQuantity(left, expr.span, standing);
      this.mustBeQuantity(right, expr.span, standing);
      this.sameKind(left, right, 'comparer', expr.span, standing);
      const grain = this.meet(left, right, expr.span, standing);
      const kind = moreDefinite(left.kind, right.kind);
      if (expr.fn.name === 'arrondi' || expr.fn.name === 'entier') return { core: { op: expr.fn.name === 'arrondi' ? 'round' : 'floor', operand: left.core, step: right.core }, kind, grain };
      return { core: { op: expr.fn.name === 'max' ? 'max' : 'min', left: left.core, right: right.core, span: expr.span }, kind, grain };
    }, expr.fn.name === 'abs' ? { ...first, core: { op: 'absolute', operand: first.core } } : first);
  }

  // ── aggregates, windows ────────────────────────────────────────────────
  private aggregate(expr: n.Aggregate, standing: Standing): Typed {
    const path = this.path(expr.selectors, standing);
    const windows = expr.selectors.filter((selector) => selector.kind === 'sur');
    const filter = expr.selectors.find((selector) => selector.kind === 'où');
    const window = windows[0]?.window;
    const inPeriods = window !== undefined && !['previousDays', 'daysOfPeriod', 'previousRows', 'whole'].includes(window.kind);
    const before = this.past;
    if (inPeriods && window) this.past = this.past || isPast(window);
    if (window?.kind === 'previousPeriod') this.past = true;
    const inner: Standing = inPeriods ? { ...standing, grain: 'période' } : standing;
    const operand = this.operandOf(expr, inner);
    const rows = this.rowsOf(expr, operand, window, path, standing);
    const where = filter && this.condition(filter.condition, { ...inner, grain: inPeriods ? 'période' : rows?.kind === 'finer' ? rows.grain : standing.grain });
    this.past = before;
    if (!rows) return this.error();
    if (where && rows.kind === 'finer' && !visibleFrom(where.grain, rows.grain)) this.grainError(where.grain, rows.grain, filter.condition.span, standing);
    const kind = this.aggregateKind(expr, operand, rows, standing);
    const core: Core = { op: 'aggregate', operator: expr.operator, largest: expr.largest, operand: operand.core, rows, where: where?.core, filterFirst: expr.selectors.findIndex((selector) => selector.kind === 'où') > expr.selectors.findIndex((selector) => selector.kind === 'sur'), kind, name: textOf(expr.span), at: expr.span };
    const wholeCore: Core = window?.kind === 'whole' ? { op: 'within', operand: core, plage: occurrencePlage(this, window.plage, standing) } : core;
    return { core: wholeCore, kind, grain: rows.kind === 'previousRows' ? `liste:${rows.list}` : 'constante' };
  }

  /** `nombre de événement_de_pointe` counts the rows of a list; `nombre de condition` those where it holds. */
  private operandOf(expr: n.Aggregate, standing: Standing): Typed {
    const entry = expr.operand.kind === 'name' ? this.scope.lookup(expr.operand.name, standing.article) : undefined;
    if (entry?.source.kind === 'data' && ['list', 'spans'].includes(entry.source.statement.sort.kind) && expr.operator === 'nombre') {
      this.symbol(entry);
      return { core: { op: 'boolean', value: true }, kind: BOOLEAN, grain: `liste:${entry.name}` };
    }
    return this.expr(expr.operand, standing);
  }

  private rowsOf(expr: n.Aggregate, operand: Typed, window: n.WindowExpr | undefined, path: readonly Restriction[], standing: Standing): RowSource | undefined {
    if (!window || window.kind === 'whole') {
      const { grain } = operand;
      if (grain === 'constante' || grain === 'période') {
        if (operand.kind.kind !== 'error') this.report('feuilles/rien-a-reunir', { operator: expr.operator, grain: 'période' }, expr.span, standing.article);
        return operand.kind.kind === 'error' ? { kind: 'finer', grain: 'jour', path } : undefined;
      }
      if (grain === standing.grain) {
        this.report('feuilles/rien-a-reunir', { operator: expr.operator, grain: grainName(grain) }, expr.span, standing.article);
        return undefined;
      }
      return { kind: 'finer', grain, path };
    }
    switch (window.kind) {
      case 'previousDays': return { kind: 'previousDays', count: window.count, path };
      case 'daysOfPeriod': return { kind: 'daysOfPeriod', path };
      case 'previousRows':
        if (!standing.grain.startsWith('liste:')) {
          this.report('feuilles/sans-lien', { left: 'les précédents', right: grainName(standing.grain) }, window.span, standing.article);
          return undefined;
        }
        return { kind: 'previousRows', list: standing.grain.slice(6) };
      default: {
        const periods = this.periodWindow(window, standing);
        if (!periods) return undefined;
        if (!visibleFrom(operand.grain, 'période')) this.grainError(operand.grain, 'période', expr.operand.span, standing);
        return { kind: 'periods', window: periods, path };
      }
    }
  }

  private periodWindow(window: n.WindowExpr, standing: Standing): PeriodWindow | undefined {
    switch (window.kind) {
      case 'months': return { kind: 'months', count: window.count, previous: window.previous };
      case 'periods': return { kind: 'count', count: window.count, previous: window.previous };
      case 'previousPeriod': return { kind: 'count', count: 1, previous: true };
      case 'filtered': {
        const of = this.periodWindow(window.of, standing);
        return of && { kind: 'filtered', entirely: window.entirely, plage: elaboratePlage(this, window.plage, standing), of };
      }
      case 'ofThis': return { kind: 'season', previous: window.previous, plage: elaboratePlage(this, { kind: 'plageName', name: window.season.name, where: undefined, span: window.season.span }, standing) };
      case 'since': {
        const date = this.expr(window.date, standing);
        this.expectKind(date, DATE, window.date.span, standing, 'depuis');
        return { kind: 'since', date: date.core };
      }
      case 'previousDays': case 'daysOfPeriod': case 'previousRows': case 'whole':
        this.report('types/attendu', { found: 'une autre fenêtre', expected: 'des périodes de consommation' }, window.span, standing.article);
        return undefined;
      default: return assertNever(window);
    }
  }

  private aggregateKind(expr: n.Aggregate, operand: Typed, rows: RowSource, standing: Standing): Kind {
    if (expr.operator === 'nombre') {
      if (operand.kind.kind !== 'boolean' && !isLoose(operand.kind)) return quantityOf(NONE.dims);
      return quantityOf(NONE.dims);
    }
    if ((expr.operator === 'maximum' || expr.operator === 'minimum') && (operand.kind.kind === 'date' || operand.kind.kind === 'instant')) return operand.kind;
    const dims = this.mustBeQuantity(operand, expr.operand.span, standing);
    if (!dims) return isLoose(operand.kind) ? operand.kind : ERROR;
    if (expr.operator !== 'cumul') return operand.kind.kind === 'zero' ? quantityOf(NONE.dims) : operand.kind;
    if (rows.kind !== 'finer' || !isTimeGrain(rows.grain)) {
      this.report('feuilles/cumul', { found: rows.kind === 'finer' ? grainName(rows.grain) : 'période' }, expr.span, standing.article);
      return ERROR;
    }
    return quantityOf(multiplyDims(dims, HOUR.dims));
  }

  path(selectors: readonly n.Selector[], standing: Standing): Restriction[] {
    return selectors.flatMap((selector) => (selector.kind === 'pendant' || selector.kind === 'sauf' ? [{ mode: selector.kind, plage: elaboratePlage(this, selector.plage, standing) }] : []));
  }

  private select(expr: n.Select, standing: Standing): Typed {
    const path = this.path(expr.selectors, standing);
    const window = expr.selectors.find((selector) => selector.kind === 'sur')?.window;
    if (window?.kind === 'previousPeriod') {
      const before = this.past;
      this.past = true;
      const operand = this.expr(expr.operand, { ...standing, grain: 'période' });
      this.past = before;
      if (!visibleFrom(operand.grain, 'période')) this.grainError(operand.grain, 'période', expr.operand.span, standing);
      return { core: { op: 'previousPeriod', operand: operand.core }, kind: operand.kind, grain: 'période' };
    }
    const operand = this.expr(expr.operand, standing);
    if (window && window.kind !== 'whole') {
      this.report('types/attendu', { found: 'une fenêtre de plusieurs rangées', expected: 'un agrégat (somme de, maximum de…)' }, window.span, standing.article);
      return this.error();
    }
    const marked = { any: false };
    const core = restrict(operand.core, path, marked);
    if (!marked.any && path.length > 0 && !isLoose(operand.kind)) this.report('feuilles/pas-de-selection', {}, expr.span, standing.article);
    if (window) return { core: { op: 'within', operand: core, plage: occurrencePlage(this, window.plage, standing) }, kind: operand.kind, grain: 'constante' };
    return { ...operand, core };
  }

  private original(expr: n.Original, standing: Standing): Typed {
    const name = expr.operand.kind === 'name' ? expr.operand.name : undefined;
    const { replacing } = standing;
    if (name === undefined || replacing?.source.kind !== 'replacement' || replacing.name !== name) {
      // In another definition of an option: the value that the option replaces.
      const entry = name === undefined ? undefined : this.scope.lookup(name, standing.article);
      if (entry?.source.kind === 'replacement') {
        const symbol = this.symbol(entry.source.original);
        return { core: this.read(symbol, []), kind: symbol.kind, grain: symbol.grain };
      }
      this.report('definitions/sans-origine', { name: name ?? textOf(expr.operand.span) }, expr.span, standing.article);
      return this.error();
    }
    const symbol = this.symbol(replacing.source.original);
    return { core: this.read(symbol, []), kind: symbol.kind, grain: symbol.grain };
  }

  // ── another rate, other quantities ─────────────────────────────────────
  checkRate(rate: n.Identifier, standing: Standing): boolean {
    if (this.book.rates.has(rate.name)) return true;
    this.report('tarifs/inconnu', { name: rate.name, nearest: nearestName(rate.name, this.book.rates.keys()) }, rate.span, standing.article);
    return false;
  }

  /** `rate`: null for this very program, undefined for `au tarif de base`. */
  private apply(operandNode: n.Expr, how: { rate: n.Identifier | undefined | null; bindings: readonly n.Binding[] }, span: Span, standing: Standing): Typed {
    if (how.rate && !this.checkRate(how.rate, standing)) return this.error();
    const target = how.rate === null ? this : this.library.elaboratorOf(how.rate ? how.rate.name : this.rate, []);
    if (!target) return this.error();
    const program: ProgramRef = how.rate === null ? { rate: undefined, keepOptions: true } : { rate: how.rate ? how.rate.name : this.rate, keepOptions: false };
    const count = target.diagnostics.length;
    const operand = target.expr(operandNode, { article: standing.article, grain: 'période', replacing: undefined });
    if (target !== this) this.diagnostics.push(...target.diagnostics.splice(count));
    if (!visibleFrom(operand.grain, 'période')) this.grainError(operand.grain, 'période', operandNode.span, standing);
    const bindings = how.bindings.map((binding) => {
      const value = this.exprAs(binding.value, this.bindingKind(target, binding, standing), standing);
      const expected = this.bindingKind(target, binding, standing);
      this.expectKind(value, expected, binding.value.span, standing, textOf(binding.target.span));
      const series = this.seriesGrain(target, binding, value.grain, standing);
      if (!visibleFrom(value.grain, series ?? 'période')) this.grainError(value.grain, series ?? 'période', binding.value.span, standing);
      return { target: binding.target.kind === 'lineAccess' ? `montant:${binding.target.line.name}` : binding.target.name, value: value.core, grain: series };
    });
    return { core: { op: 'apply', program, bindings, operand: operand.core }, kind: operand.kind, grain: 'période' };
  }

  /** The sheet of a datum per interval, hour or day that is posed row by row: a series in place of the meter's. */
  private seriesGrain(target: Elaborator, binding: n.Binding, found: Grain, standing: Standing): CoreBinding['grain'] {
    if (found !== 'intervalle' && found !== 'heure' && found !== 'jour') return undefined;
    const entry = binding.target.kind === 'lineAccess' ? undefined : target.scope.lookup(binding.target.name, standing.article);
    return entry?.source.kind === 'data' && target.symbol(entry).grain === found ? found : undefined;
  }

  private bindingKind(target: Elaborator, binding: n.Binding, standing: Standing): Kind {
    if (binding.target.kind === 'lineAccess') return quantityOf(DOLLAR.dims);
    const entry = target.scope.lookup(binding.target.name, standing.article);
    if (!entry) {
      const names = [...target.scope.entries.values()].map((candidate) => candidate.name);
      if (!this.isBroken(binding.target.name)) this.report('noms/inconnu', { name: binding.target.name, nearest: nearestName(binding.target.name, names), where: `au tarif ${target.rate}` }, binding.target.span, standing.article);
      return ERROR;
    }
    return target.symbol(entry).kind;
  }
}

/** One sign of a comparison, with its two sides: `a < b` in `a < b ≤ c`. */
export const linkSpan = ({ operands, span }: n.Comparison, index: number): Span => ({ file: span.file, start: operands[index]?.span.start ?? span.start, end: operands[index + 1]?.span.end ?? span.end });

/** Whether a measure is made by gathering a series (then the case may give it), not by a formula. */
function gathers(expr: n.Expr | undefined): boolean {
  if (!expr) return false;
  if (expr.kind === 'aggregate') return true;
  if (expr.kind === 'binary') return gathers(expr.left) && gathers(expr.right);
  if (expr.kind === 'call') return expr.args.every(gathers);
  return false;
}

const isPast = (window: n.WindowExpr): boolean => window.kind === 'filtered' ? isPast(window.of) : 'previous' in window && window.previous;

/** Adds a restriction to every measure that an expression reads. */
export function restrict(core: Core, path: readonly Restriction[], marked: { any: boolean }): Core {
  if (path.length === 0) return core;
  switch (core.op) {
    case 'measure': marked.any = true; return { ...core, path: [...core.path, ...path] };
    case 'aggregate':
      if (core.rows.kind === 'previousRows') return core;
      marked.any = true;
      return { ...core, rows: { ...core.rows, path: [...core.rows.path, ...path] } };
    case 'add': case 'subtract': case 'multiply': case 'divide': case 'max': case 'min': case 'excess':
      return { ...core, left: restrict(core.left, path, marked), right: restrict(core.right, path, marked) };
    case 'negate': case 'absolute': return { ...core, operand: restrict(core.operand, path, marked) };
    default: return core;
  }
}

export const textOf = (span: Span): string => span.file.text.slice(span.start, span.end).replace(/\s+/g, ' ');
export { sameDims, isDimensionless };
