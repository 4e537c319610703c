/** A customer's periods, billed one after the other at one edition: the earlier ones are the history of the later, and what a bill hands on is given to the next. */
import { formatLocalInstant } from '../../calendar/zone.ts';
import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { readCase, type Catalogue, type ReadTable } from '../../contract/readCase.ts';
import { ask, billCase, type Bill, type Editions } from '../../evaluate/bill.ts';
import { readsAlike } from '../../contract/readsAlike.ts';
import type { Program } from '../../check/core.ts';
import type { CaseInput, PeriodData, Value } from '../../evaluate/case.ts';
import { add, ZERO, type Exact } from '../../quantity/exact.ts';
import { Refused, Stop } from '../../evaluate/stop.ts';
import { caseOf, type Columns, type Customer, type Row } from './rows.ts';

/** What one edition is billed with. */
export interface BillingEdition { readonly catalogue: Catalogue; readonly editions: Editions; readonly readTable: ReadTable }

/** A period that cannot be billed, and why. */
export interface Refusal { readonly line: number; readonly start: string | undefined; readonly diagnostics: readonly Diagnostic[] }
/** A sum of the lines of one kind. */
export interface LineSum { readonly article: string; readonly title: string; readonly tranche: number | undefined; readonly amount: Exact }

export interface CustomerBills {
  /** Rates of its periods, each with its options, in order, each once: `D`, `G+crédit_hivernal_G`. */
  readonly rates: readonly string[];
  /** Exact, before taxes. */
  readonly total: Exact;
  /** Lines rounded to the cent, before taxes; and what is paid, with taxes. */
  readonly rounded: Exact;
  readonly paid: Exact;
  /** kWh over its periods, or undefined when they do not all have some. */
  readonly energy: Exact | undefined;
  readonly days: number;
  readonly lines: ReadonlyMap<string, LineSum>;
  readonly refusals: readonly Refusal[];
  /** Its rows as they were read, for another edition that reads them alike. */
  readonly read: readonly (ReadRow | undefined)[];
}

/** Bills a customer at one edition. `already`: its rows as another edition read them, of use where both read a case alike. */
export function billCustomer({ rows }: Customer, columns: Columns, edition: BillingEdition, already: CustomerBills['read'] = []): CustomerBills {
  const refusals: Refusal[] = [];
  const rates = new Set<string>();
  const lines = new Map<string, LineSum>();
  let [total, rounded, paid]: [Exact, Exact, Exact] = [ZERO, ZERO, ZERO];
  let energy: Exact | undefined = ZERO;
  let minutes = 0;
  let history: PeriodData[] = [];
  let state: ReadonlyMap<string, Value> = new Map();
  const reads: (ReadRow | undefined)[] = [];
  for (const [index, row] of rows.entries()) {
    const read = reread(already[index], edition) ?? readRow(row, columns, edition);
    reads.push('refusal' in read ? undefined : read);
    if ('refusal' in read) { refusals.push(read.refusal); state = new Map(); continue; }
    const { own, reach } = read;
    rates.add([own.rate, ...own.options].join('+'));
    minutes += own.period.end - own.period.start;
    const refuse = (diagnostics: readonly Diagnostic[]): void => { refusals.push({ line: row.line, start: formatLocalInstant(own.period.start), diagnostics }); };
    const joined = joinedTo(own, history, state, reach);
    if ('diagnostics' in joined) { refuse(joined.diagnostics); state = new Map(); continue; }
    const outcome = billCase(joined.input, edition.editions);
    history = [...joined.input.history, { ...own.period, rate: own.rate, pointer: `/historique/${joined.input.history.length}` }];
    if ('diagnostics' in outcome) { refuse(outcome.diagnostics); state = new Map(); continue; }
    const { bill } = outcome;
    state = new Map([...bill.state].map(([name, { value }]) => [name, value]));
    total = add(total, bill.total);
    rounded = add(rounded, bill.subtotal);
    paid = add(paid, bill.totalRounded);
    const used = energyOf(own, bill);
    energy = energy && used && add(energy, used);
    sumLines(bill, lines);
  }
  return { rates: [...rates], total, rounded, paid, energy, days: Math.round(minutes / 1440), lines, refusals, read: reads };
}

/** A row that was read, and the program that it was read for. */
interface ReadRow { readonly own: CaseInput; readonly program: Program | undefined; /** What a bill of this rate takes from the one before. */ readonly reach: ReadonlySet<string> }

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
function readRow(row: Row, columns: Columns, { catalogue, readTable }: BillingEdition): ReadRow | { readonly refusal: Refusal } {
  const made = caseOf(row, columns, catalogue);
  const read = 'diagnostics' in made ? made : readCase(made.value, catalogue, readTable);
  if ('diagnostics' in read) return { refusal: { line: row.line, start: undefined, diagnostics: read.diagnostics } };
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

/** kWh of a period: given, or worked out from its series or its parts. */
function energyOf({ period }: CaseInput, bill: Bill): Exact | undefined {
  const given = period.measures.get('énergie');
  if (given) return given;
  if (!bill.instance.runtime.program.symbols.has('énergie') || bill.instance.period.start !== period.start) return undefined;
  try {
    const { value } = ask(bill.instance, 'énergie');
    return typeof value === 'object' ? value : undefined;
  } catch (stop) {
    // A rate without a meter has none; that is no mistake.
    if (stop instanceof Stop || stop instanceof Refused) return undefined;
    throw stop;
  }
}

function sumLines(bill: Bill, sums: Map<string, LineSum>): void {
  for (const line of bill.lines) {
    const key = [bill.rate, ...bill.options].join('+');
    const id = `${key}|${line.origin.article}|${line.line}|${line.role}|${line.adjusts ?? ''}|${line.tranche ?? ''}`;
    const known = sums.get(id);
    sums.set(id, known ? { ...known, amount: add(known.amount, line.amount) } : { article: line.origin.article, title: line.title, tranche: line.tranche, amount: line.amount });
  }
}
