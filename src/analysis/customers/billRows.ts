/** A customer's periods, billed one after the other: the earlier ones are the history of the later, and what a bill hands on is given to the next. */
import { formatLocalInstant } from '../../calendar/zone.ts';
import type { Program } from '../../check/core.ts';
import { looksBack } from '../../check/looksBack.ts';
import { readCase, type Catalogue, type ReadTable } from '../../contract/readCase.ts';
import { readsAlike } from '../../contract/readsAlike.ts';
import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { billCase, type Bill, type Editions } from '../../evaluate/bill.ts';
import type { CaseInput, PeriodData, Value } from '../../evaluate/case.ts';
import { caseOf, type Columns, type Customer, type Row } from './rows.ts';

/** What customers are billed with. */
export interface BillingEdition { readonly catalogue: Catalogue; readonly editions: Editions; readonly readTable: ReadTable }

/** A row that was read, and the program that it was read for. */
export interface ReadRow { readonly own: CaseInput; readonly program: Program | undefined; /** What a bill of this rate takes from the one before. */ readonly reach: ReadonlySet<string> }

/** What became of a row: its bill, or why there is none. `read` is there once the row was read, billed or not. */
export type RowOutcome = { readonly line: number; readonly read: ReadRow; readonly bill: Bill } | { readonly line: number; readonly read: ReadRow | undefined; readonly diagnostics: readonly Diagnostic[] };

/** How a row that could not be read weighs on those after it. */
export interface RowsHow {
  /** Rows as another edition read them, of use where both read a case alike. */
  readonly already?: readonly (ReadRow | undefined)[];
  /** Refuses a row whose rate looks at the past when an earlier row of the customer could not be read: its past has a hole. */
  readonly refuseHoles?: boolean;
}

/** Bills the rows of a customer, in order, one when it is asked for. */
export function* billRows({ rows }: Customer, columns: Columns, edition: BillingEdition, { already = [], refuseHoles = false }: RowsHow = {}): Generator<RowOutcome, void> {
  let history: PeriodData[] = [];
  let state: ReadonlyMap<string, Value> = new Map();
  let hole: number | undefined;
  for (const [index, row] of rows.entries()) {
    const { line } = row;
    const read = reread(already[index], edition) ?? readRow(row, columns, edition);
    const passed = state;
    state = new Map();
    if ('diagnostics' in read) { hole ??= line; yield { line, read: undefined, diagnostics: read.diagnostics }; continue; }
    const { own, reach, program } = read;
    if (refuseHoles && hole !== undefined && program && looksBack(program)) { yield { line, read, diagnostics: [diagnostic('lot/passe', { line: hole, rate: [own.rate, ...own.options].join(' + ') })] }; continue; }
    const joined = joinedTo(own, history, passed, reach);
    if ('diagnostics' in joined) { yield { line, read, diagnostics: joined.diagnostics }; continue; }
    const outcome = billCase(joined.input, edition.editions);
    history = [...joined.input.history, { ...own.period, rate: own.rate, pointer: `/historique/${joined.input.history.length}` }];
    if ('diagnostics' in outcome) { yield { line, read, diagnostics: outcome.diagnostics }; continue; }
    state = new Map([...outcome.bill.state].map(([name, { value }]) => [name, value]));
    yield { line, read, bill: outcome.bill };
  }
}

/**
 * The case of one row of a customer with its past, as `billRows` makes it but for what an earlier bill handed on; undefined when it, or a
 * row before it, is refused before it is billed.
 */
export function caseOfRow({ rows }: Customer, index: number, columns: Columns, edition: BillingEdition): CaseInput | undefined {
  let history: PeriodData[] = [];
  for (const [at, row] of rows.entries()) {
    const read = readRow(row, columns, edition);
    if ('diagnostics' in read) return undefined;
    const joined = joinedTo(read.own, history, new Map(), read.reach);
    if ('diagnostics' in joined) return undefined;
    if (at === index) return joined.input;
    history = [...joined.input.history, { ...read.own.period, rate: read.own.rate, pointer: `/historique/${joined.input.history.length}` }];
  }
  return undefined;
}

/** What another edition read, where this one would read the same: the rate and its options exist, go together, and have the same data. */
function reread(read: ReadRow | undefined, { catalogue }: BillingEdition): ReadRow | undefined {
  if (!read?.program || read.own.asked.length > 0) return undefined;
  const { rate, options } = read.own;
  if (!catalogue.rates.includes(rate) || !options.every((option) => catalogue.options.get(option)?.includes(rate)) || (options.length > 1 && catalogue.forbidden(rate, options))) return undefined;
  const program = catalogue.program(rate, options);
  if (!program || !readsAlike(read.program, program)) return undefined;
  const { period, history } = read.own;
  // What the case gives of a rate that this one consults is read by that rate: it may have changed.
  const own = (each: PeriodData): boolean => [each.facts, each.steps, each.series].every((given) => [...given.keys()].every((name) => program.symbols.has(name))) && (each.rate === undefined || catalogue.rates.includes(each.rate));
  return own(period) && history.every(own) ? { ...read, program } : undefined;
}
function readRow(row: Row, columns: Columns, { catalogue, readTable }: BillingEdition): ReadRow | { readonly diagnostics: readonly Diagnostic[] } {
  const made = caseOf(row, columns, catalogue);
  const read = 'diagnostics' in made ? made : readCase(made.value, catalogue, readTable);
  if ('diagnostics' in read) return read;
  const own = read.input;
  const program = catalogue.program(own.rate, own.options);
  return { own, program, reach: new Set(program?.carried ?? []) };
}

/** The case of a row with the customer's past: its earlier rows, after the history that the row brings itself. */
function joinedTo(own: CaseInput, history: readonly PeriodData[], state: ReadonlyMap<string, Value>, reach: ReadonlySet<string>): { readonly input: CaseInput } | { readonly diagnostics: readonly Diagnostic[] } {
  const before = history.at(-1);
  if (!before) return { input: own };
  const shown = (period: PeriodData): string => `${formatLocalInstant(period.start)} – ${formatLocalInstant(period.end)}`;
  if (own.history.length > 0) return { diagnostics: [diagnostic('clients/historique', {}, { pointer: '/historique' })] };
  if (before.end > own.period.start) return { diagnostics: [diagnostic('historique/chevauchement', { first: shown(before), second: shown(own.period) }, { pointer: '/periode' })] };
  const carried = own.state.size > 0 ? own.state : new Map([...state].filter(([name]) => reach.has(name)));
  if (own.state.size === 0 && carried.size > 0 && before.end !== own.period.start) return { diagnostics: [diagnostic('etat/date', { until: formatLocalInstant(before.end), start: formatLocalInstant(own.period.start) }, { pointer: '/periode' })] };
  return { input: { ...own, history, state: carried } };
}
