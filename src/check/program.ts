/** Closes a rate with a set of options: from statements to a checked program. */
import type { Code, Diagnostic } from '../diagnostics/diagnostic.ts';
import { nearestName } from '../support/nearestName.ts';
import type { Book } from './book.ts';
import { closeStatements, type Placed } from './close.ts';
import type { Consulted, Core, CoreCondition, CoreCut, CoreReading, CoreReserve, MeasureKey, Program, RelatedDatum, Restriction, ValueSymbol } from './core.ts';
import { Elaborator, textOf, type Library, type Standing } from './elaborate.ts';
import { adjustmentOf, circumstances, collectLines, elaborateMinimum, lineOf } from './lines.ts';
import { elaboratePlage, plageOf } from './plage.ts';
import { relatedData } from './related.ts';
import { buildScope } from './scope.ts';
import { visibleFrom, type Grain } from './types.ts';
import { walkAmounts, walkCore, walkPlage } from './walk.ts';

export interface ProgramOutcome { readonly program: Program; readonly diagnostics: readonly Diagnostic[] }

/** A name of a program, by what it is called there. */
export interface Home { readonly rate: string; readonly options: readonly string[]; readonly key: string }

interface Opened { readonly elaborator: Elaborator; readonly placed: readonly Placed[]; readonly diagnostics: readonly Diagnostic[] }

/**
 * All the programs of a book, each made when first asked for. `whole`, for a check, makes a program to its end before another reads
 * from it: what is found does then not depend on who asked first, and what an edit does not touch can be kept (`renew`).
 */
export class Programs implements Library {
  private readonly elaborators = new Map<string, Opened>();
  private readonly programs = new Map<string, ProgramOutcome>();
  /** The programs that are being made, innermost last. */
  private readonly making: string[] = [];
  /** Which programs each one reads from. */
  private readonly reads = new Map<string, Set<string>>();
  /** Made before the last edits: to be compared with the book before they serve. */
  private readonly unverified = new Set<string>();

  /** Grows whenever a program is made or forgotten: while it stays, so does what was worked out with them. */
  changes = 0;

  constructor(private current: Book, private readonly mode: 'lazy' | 'whole' = 'lazy') {}

  get book(): Book { return this.current; }

  /** The checked program of a rate with options, in any order; undefined when one of them does not exist. */
  program(rate: string, options: readonly string[] = []): ProgramOutcome | undefined {
    const key = keyOf(rate, options);
    this.verify(key);
    const known = this.programs.get(key);
    if (known) return known;
    const opened = this.open(rate, options);
    if (!opened) return undefined;
    this.making.push(key);
    let program = assemble(opened.elaborator, opened.placed, this);
    if (this.mode === 'lazy') for (const other of this.elaborators.values()) if (other !== opened) other.elaborator.diagnostics.length = 0;
    if (opened.elaborator.restart()) {
      // Those that read from it meanwhile hold what is now made anew.
      for (const other of this.readersOf([key])) if (!this.making.includes(other)) this.forget(other);
      this.elaborators.delete(key);
      const again = this.open(rate, options, opened.elaborator);
      if (again) program = assemble(again.elaborator, again.placed, this);
    }
    this.making.pop();
    const { elaborator } = this.open(rate, options) ?? opened;
    const outcome: ProgramOutcome = { program, diagnostics: [...opened.diagnostics, ...elaborator.diagnostics] };
    this.programs.set(key, outcome);
    this.changes++;
    return outcome;
  }

  /** What is wrong with the programs closed so far. */
  found(): Diagnostic[] {
    // Options that a case puts together of its own accord are the case's affair.
    return [...this.programs.values()].filter(({ program }) => program.options.length < 2 || this.book.modules.some(({ options }) => options.length === program.options.length && options.every(({ name }) => program.options.includes(name)))).flatMap((outcome) => outcome.diagnostics);
  }

  /** The programs closed so far, in order. */
  closed(): Program[] {
    return [...this.programs.values()].map(({ program }) => program);
  }

  elaboratorOf(rate: string, options: readonly string[]): Elaborator | undefined {
    const key = keyOf(rate, options);
    const reader = this.making.at(-1);
    if (reader !== undefined && reader !== key) this.reads.set(reader, (this.reads.get(reader) ?? new Set()).add(key));
    if (this.mode === 'whole' && reader !== undefined && !this.making.includes(key)) this.program(rate, options);
    return this.open(rate, options)?.elaborator;
  }

  /** A program if it is made already, perhaps before the last edits. */
  made(rate: string, options: readonly string[]): { readonly outcome: ProgramOutcome; readonly elaborator: Elaborator; readonly placed: readonly Placed[] } | undefined {
    const key = keyOf(rate, options);
    const outcome = this.programs.get(key);
    const opened = this.elaborators.get(key);
    return outcome && opened && { outcome, elaborator: opened.elaborator, placed: opened.placed };
  }

  /** Where the names of the programs made so far are at home: which program, and which of its keys. For whoever writes programs down. */
  homes(): Map<ValueSymbol, Home> {
    const found = new Map<ValueSymbol, Home>();
    for (const { program } of this.programs.values()) for (const [key, symbol] of program.symbols) found.set(symbol, { rate: program.rate, options: program.options, key });
    return found;
  }

  /**
   * The same book after an edit. Programs are kept until they are asked for: a program is then made again when its statements are not
   * the very same ones, when it asked for a name that is broken now or no more, or when one that it reads from is made again.
   */
  renew(book: Book): void {
    const before = this.current;
    this.current = book;
    this.making.length = 0;
    if (signature(before) !== signature(book)) {
      for (const key of [...this.elaborators.keys()]) this.forget(key);
      return;
    }
    const broken = [...before.broken, ...book.broken].filter((name) => before.broken.has(name) !== book.broken.has(name));
    for (const [key, { elaborator }] of [...this.elaborators]) {
      if (!this.programs.has(key) || broken.some((name) => elaborator.askedBroken.has(name))) this.forgetWithReaders(key);
      else this.unverified.add(key);
    }
  }

  /** Forgets a program that the last edits changed. */
  private verify(key: string): void {
    if (!this.unverified.delete(key)) return;
    const opened = this.elaborators.get(key);
    if (!opened) return;
    const { elaborator, placed, diagnostics } = opened;
    const found: Diagnostic[] = [];
    const now = closeStatements(this.book, elaborator.rate, elaborator.options, found);
    if (!now || !samePlaced(now, placed) || found.length > 0 || diagnostics.some(({ code }) => OF_CLOSING.has(code))) this.forgetWithReaders(key);
    else for (const read of this.reads.get(key) ?? []) this.verify(read);
  }

  private forgetWithReaders(key: string): void {
    for (const reader of this.readersOf([key])) if (!this.making.includes(reader)) this.forget(reader);
    this.forget(key);
  }

  /** All that read from some programs, directly or not. */
  private readersOf(keys: readonly string[]): Set<string> {
    const found = new Set<string>();
    const waiting = [...keys];
    for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
      for (const [reader, read] of this.reads) if (read.has(key) && !found.has(reader)) { found.add(reader); waiting.push(reader); }
    }
    return found;
  }

  private forget(key: string): void {
    this.changes++;
    this.elaborators.delete(key);
    this.programs.delete(key);
    this.reads.delete(key);
  }

  private open(rate: string, options: readonly string[], reuse?: Elaborator): Opened | undefined {
    const key = keyOf(rate, options);
    this.verify(key);
    const known = this.elaborators.get(key);
    if (known) return known;
    const diagnostics: Diagnostic[] = [];
    const placed = closeStatements(this.book, rate, [...options].sort(), diagnostics);
    if (!placed) return undefined;
    const scope = buildScope(placed, diagnostics);
    const elaborator = reuse ?? new Elaborator(this, rate, [...options].sort(), scope);
    for (const { statement } of placed) if (statement.kind === 'cut' && statement.target) elaborator.cutTargets.add(statement.target.name);
    const opened = { elaborator, placed, diagnostics };
    this.elaborators.set(key, opened);
    elaborator.lines = collectLines(elaborator, placed);
    return opened;
  }
}

/** What closing a program may complain of: it depends on more than the program's statements. */
const OF_CLOSING: ReadonlySet<Code> = new Set<Code>(['modeles/inconnu', 'tarifs/inconnu', 'reprises/cycle']);

/** What every program sees of a book, beside its statements. */
const signature = ({ edition, rates, options, partial }: Book): string => JSON.stringify([
  edition.title, edition.date, String(edition.lineStep.n), String(edition.lineStep.d), edition.taxes.map(({ name, rateText }) => [name, rateText]), partial, [...rates.values()].map(({ name, title, largePower }) => [name, title, largePower]), [...options.keys()],
]);

/** Statements that no program reads. */
const INERT: ReadonlySet<Placed['statement']['kind']> = new Set(['example', 'note', 'wordsOnly', 'broken'] as const);
const read = (placed: readonly Placed[]): Placed[] => placed.filter(({ statement }) => !INERT.has(statement.kind));

const samePlaced = (now: readonly Placed[], then: readonly Placed[]): boolean => {
  const [after, before] = [read(now), read(then)];
  return after.length === before.length && after.every((item, index) => isSamePlaced(item, before[index]));
};
const isSamePlaced = (item: Placed, other: Placed | undefined): boolean => {
  return other !== undefined && item.statement === other.statement && item.layer === other.layer && item.combined === other.combined && item.declarationsOnly === other.declarationsOnly
    && item.origin.article === other.origin.article && item.origin.home === other.origin.home && item.origin.module === other.origin.module;
};

const keyOf = (rate: string, options: readonly string[]): string => [rate, ...[...options].sort()].join('+');

function assemble(e: Elaborator, placed: readonly Placed[], programs: Programs): Program {
  const { book } = programs;
  for (const entry of e.scope.entries.values()) {
    if (entry.source.kind === 'plage') plageOf(e, entry);
    else e.symbol(entry);
  }
  const table = e.lines;
  const lines = [...(table?.placed.keys() ?? [])].flatMap((name) => lineOf(e, name) ?? []);
  const adjustments = (table?.adjustments ?? []).map(({ statement, placed: item }) => adjustmentOf(e, statement, item));
  const minimums = (table?.minimums ?? []).map(({ statement, placed: item }) => elaborateMinimum(e, statement, item));
  const conditions: CoreCondition[] = [];
  const cuts: CoreCut[] = [];
  const reserves: CoreReserve[] = [];
  const readings: CoreReading[] = [];
  const verifications: Program['verifications'][number][] = [];
  const misprints: Program['misprints'][number][] = [];
  let replacesBill: Program['replacesBill'];
  const bills: Placed[] = [];
  for (const item of placed) {
    if (item.declarationsOnly) continue;
    const { statement, origin } = item;
    const standing: Standing = { article: origin.home, grain: 'période', replacing: undefined };
    switch (statement.kind) {
      case 'condition': conditions.push(conditionOf(e, statement, item)); break;
      case 'move': {
        // An edition that has only some of the rates cannot move a case to another: it only refuses.
        if (!book.rates.has(statement.rate.name) && !book.partial) e.report('tarifs/inconnu', { name: statement.rate.name, nearest: nearestName(statement.rate.name, book.rates.keys()) }, statement.rate.span, origin.home);
        const { when } = circumstances(e, statement.guards, standing);
        conditions.push({ mode: 'passe', condition: when, when: undefined, whenGrain: 'période', grain: 'période', words: statement.text ?? statement.guards.map((guard) => textOf(guard.span)).join(' '), rate: statement.rate.name, instead: [], origin, shows: undefined });
        break;
      }
      case 'cut': {
        const at: CoreCut['at'] = statement.at.kind === 'edges' ? { kind: 'edges', plage: elaboratePlage(e, statement.at.plage, standing) }
          : statement.at.kind === 'dates' ? { kind: 'dates', dates: statement.at.dates.map(({ year, month, day }) => ({ year, month, day })) }
          : statement.at.kind === 'edition' ? { kind: 'edition' } : changes(e, statement.at.of.name, statement.at.of.span, standing);
        cuts.push({ target: statement.target?.name, at, byReading: statement.byReading, byDays: statement.byDays, condition: statement.condition && e.condition(statement.condition, at.kind === 'changes' ? { ...standing, changing: at.of.kind } : standing).core, origin });
        break;
      }
      case 'reserve': reserves.push({ text: statement.text, condition: statement.condition && e.condition(statement.condition, standing).core, origin }); break;
      case 'reading': readings.push({ subject: statement.subject, kept: statement.kept, others: statement.others, origin }); break;
      case 'verify': {
        const condition = e.condition(statement.condition, standing).core;
        const before = e.diagnostics.length;
        const left = statement.condition.kind === 'comparison' && statement.condition.operands[0] ? e.expr(statement.condition.operands[0], standing).kind : undefined;
        e.diagnostics.length = before;
        verifications.push({ condition, origin, words: textOf(statement.condition.span), dims: left?.kind === 'quantity' ? left.dims : undefined });
        break;
      }
      case 'misprint': {
        if (statement.printed.kind === 'text') break;
        const printed = e.expr(statement.printed, standing); const right = e.expr(statement.right, standing); e.expectKind(printed, right.kind, statement.printed.span, standing, textOf(statement.printed.span)); misprints.push({ printed: printed.core, right: right.core, origin, words: textOf(statement.printed.span) });
        break;
      }
      case 'replaceBill': bills.push(item); replacesBill = { condition: statement.condition && e.condition(statement.condition, standing).core, origin }; break;
      case 'norm': for (const term of statement.terms) e.expr(term.value, standing); if (statement.condition) e.condition(statement.condition, standing); break;
      default: break;
    }
  }
  const [firstBill, secondBill] = bills.filter(({ origin }, index) => bills.findIndex((other) => other.origin.module === origin.module) === index);
  if (firstBill && secondBill && !bills.some(({ combined }) => combined)) e.report('options/conflit', { name: 'la facture', first: firstBill.origin.module ?? '', second: secondBill.origin.module ?? '' }, secondBill.origin.span, secondBill.origin.article);
  const symbols = new Map<string, ValueSymbol>();
  for (const [key, entry] of e.scope.entries) { const symbol = e.symbols.get(entry); if (symbol && entry.source.kind !== 'plage') symbols.set(key, symbol); }
  const lists = new Map([...symbols].filter(([, symbol]) => symbol.data?.sort === 'spans' || symbol.data?.sort === 'list'));
  const plages = new Map([...e.scope.entries.values()].filter((entry) => entry.source.kind === 'plage').map((entry) => [entry.name, plageOf(e, entry)]));
  const duration = [...symbols.values()].find((symbol) => symbol.name === 'durée');
  const parts = { lines, adjustments, minimums, replacesBill, cuts };
  const amounts = reach((visit) => { walkAmounts(parts, visit); if (duration) visit({ op: 'measure', symbol: duration, path: [] }, []); });
  const checks = reach((visit) => { for (const each of conditions) { if (each.condition) walkCore(each.condition, visit); if (each.when) walkCore(each.when, visit); } for (const each of reserves) if (each.condition) walkCore(each.condition, visit); });
  const module = book.rates.get(e.rate);
  const consulted: Consulted = { amounts: amounts.rates, conditions: new Set([...checks.rates, ...conditions.flatMap(({ rate, instead }) => (rate === undefined ? instead : [rate, ...instead]))]) };
  let related: RelatedDatum[] | undefined;
  return {
    rate: e.rate, rateTitle: module?.title ?? e.rate, options: e.options, edition: book.edition, largePower: module?.largePower ?? false, symbols, plages, lists, slots: e.slotCount,
    ...parts, conditions, reserves, readings, verifications, misprints, duration, carried: [...new Set([...amounts.carried, ...checks.carried])],
    measureKeys: [...new Map([...amounts.keys, ...checks.keys].map((key) => [key.key, key])).values()], neededByAmounts: amounts.names, neededByConditions: checks.names,
    consulted, related: () => (related ??= relatedData(symbols, consulted, (rate) => programs.program(rate)?.program)),
  };
}

function changes(e: Elaborator, name: string, span: Parameters<Elaborator['report']>[2], standing: Standing): CoreCut['at'] {
  const entry = e.scope.lookup(name, standing.article);
  if (entry && entry.source.kind === 'data') return { kind: 'changes', of: e.symbol(entry) };
  e.report('noms/inconnu', { name, nearest: nearestName(name, [...e.scope.entries.values()].map((each) => each.name)), where: `au tarif ${e.rate}` }, span, standing.article);
  return { kind: 'dates', dates: [] };
}

function conditionOf(e: Elaborator, statement: Extract<Placed['statement'], { kind: 'condition' }>, item: Placed): CoreCondition {
  const standing: Standing = { article: item.origin.home, grain: 'période', replacing: undefined };
  const typed = e.condition(statement.condition, standing);
  const { when, whenGrain } = circumstances(e, statement.guards, standing);
  let { grain } = typed;
  if (!visibleFrom(grain, 'période') && !grain.startsWith('liste:') && !['jour', 'heure', 'intervalle', 'partie'].includes(grain)) grain = 'période';
  const shows = firstSymbol(typed.core);
  return { mode: statement.mode, condition: typed.core, when, whenGrain, grain: grain as Grain, words: statement.text ?? textOf(statement.condition.span), rate: undefined, instead: statement.instead.map((rate) => rate.name), origin: item.origin, shows };
}

/** The value to show when a condition refuses: the first quantity that it compares. */
function firstSymbol(core: Core): ValueSymbol | undefined {
  if (core.op === 'symbol' && core.symbol.kind.kind === 'quantity') return core.symbol;
  if (core.op === 'compare' || core.op === 'and' || core.op === 'or') return firstSymbol(core.left) ?? firstSymbol(core.right);
  if (core.op === 'not') return firstSymbol(core.operand);
  return undefined;
}

/** All the names that some cores lead to, with the measures as they are read and what is carried from the past. */
function reach(start: (visit: (core: Core, path: readonly Restriction[]) => void) => void): { names: Set<string>; keys: MeasureKey[]; carried: Set<string>; rates: Set<string> } {
  const names = new Set<string>();
  const rates = new Set<string>();
  const keys = new Map<string, MeasureKey>();
  const carried = new Set<string>();
  const seen = new Set<ValueSymbol>();
  const visit = (core: Core, path: readonly Restriction[]): void => {
    if (core.op === 'previousPeriod') walkCore(core.operand, (inner) => { if (inner.op === 'symbol') carried.add(inner.symbol.name); });
    if (core.op === 'aggregate' && core.rows.kind === 'periods' && (core.rows.window.kind === 'season')) walkCore(core.operand, (inner) => { if (inner.op === 'symbol' && inner.symbol.role === 'definition') carried.add(inner.symbol.name); });
    if (core.op === 'measure') {
      addKey(core.symbol, [...path, ...core.path]);
      follow(core.symbol, [...path, ...core.path]);
    }
    if ((core.op === 'apply' || core.op === 'eligible') && core.program.rate !== undefined) rates.add(core.program.rate);
    if (core.op === 'symbol') follow(core.symbol, []);
    if (core.op === 'isIn') walkPlage(core.plage, visit);
  };
  const addKey = (symbol: ValueSymbol, path: readonly Restriction[]): void => {
    if (!symbol.metered) return;
    const named = path.map(({ mode, plage }) => ({ mode, plage, name: plage.key }));
    if (named.some(({ name }) => !/^[\p{L}_][\p{L}\d_]*$/u.test(name))) return;
    const unique = named.filter((each, index) => named.findIndex((other) => other.mode === each.mode && other.name === each.name) === index);
    // The whole, and each restriction of it on the way: a case may give any of them.
    const ways = [...Array.from({ length: unique.length + 1 }, (_, depth) => unique.slice(0, depth)), ...unique.map((each) => [each])];
    for (const part of ways) {
      const key = [symbol.name, ...part.map(({ mode, name }) => `${mode}_${name}`)].join('_');
      keys.set(key, { symbol, path: part, key });
    }
  };
  const follow = (symbol: ValueSymbol, path: readonly Restriction[]): void => {
    names.add(symbol.name);
    if (seen.has(symbol) && path.length === 0) return;
    if (seen.has(symbol) && symbol.role !== 'measure') return;
    if (seen.has(symbol) && symbol.metered) return;
    seen.add(symbol);
    if (symbol.value) walkCore(symbol.value, visit, symbol.role === 'measure' && !symbol.metered ? path : []);
  };
  start(visit);
  return { names, keys: [...keys.values()], carried, rates };
}
