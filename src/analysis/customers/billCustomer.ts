/** A customer's bills at one edition, gathered: what it pays over all its periods, and the sums of its lines. */
import { formatLocalInstant } from '../../calendar/zone.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { ask, type Bill } from '../../evaluate/bill.ts';
import type { CaseInput } from '../../evaluate/case.ts';
import { add, ZERO, type Exact } from '../../quantity/exact.ts';
import { Refused, Stop } from '../../evaluate/stop.ts';
import { billRows, type BillingEdition, type ReadRow } from './billRows.ts';
import type { Columns, Customer } from './rows.ts';

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
export function billCustomer(customer: Customer, columns: Columns, edition: BillingEdition, already: CustomerBills['read'] = []): CustomerBills {
  const refusals: Refusal[] = [];
  const rates = new Set<string>();
  const lines = new Map<string, LineSum>();
  let [total, rounded, paid]: [Exact, Exact, Exact] = [ZERO, ZERO, ZERO];
  let energy: Exact | undefined = ZERO;
  let minutes = 0;
  const reads: (ReadRow | undefined)[] = [];
  for (const outcome of billRows(customer, columns, edition, { already })) {
    reads.push(outcome.read);
    const own = outcome.read?.own;
    if (own) {
      rates.add([own.rate, ...own.options].join('+'));
      minutes += own.period.end - own.period.start;
    }
    if ('diagnostics' in outcome) { refusals.push({ line: outcome.line, start: own && formatLocalInstant(own.period.start), diagnostics: outcome.diagnostics }); continue; }
    const { bill, read } = outcome;
    total = add(total, bill.total);
    rounded = add(rounded, bill.subtotal);
    paid = add(paid, bill.totalRounded);
    const used = energyOf(read.own, bill);
    energy = energy && used && add(energy, used);
    sumLines(bill, lines);
  }
  return { rates: [...rates], total, rounded, paid, energy, days: Math.round(minutes / 1440), lines, refusals, read: reads };
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
