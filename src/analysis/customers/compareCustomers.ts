/** A batch of customers, each billed at both editions: what each pays, and the batch gathered. */
import { messageOf } from '../../diagnostics/diagnostic.ts';
import type { Lang } from '../../quantity/format.ts';
import { reduce } from '../../quantity/exact.ts';
import { billCustomer, type CustomerBills, type Refusal } from './billCustomer.ts';
import type { BillingEdition } from './billRows.ts';
import type { Columns, Customer } from './rows.ts';
import { Gatherer, type Outcome, type Reason, type Tally } from './tally.ts';

export interface Comparison { readonly before: BillingEdition; readonly after: BillingEdition; readonly columns: Columns; readonly renumbered: ReadonlyMap<string, string>; readonly lang: Lang }
export interface BatchResult { readonly outcomes: readonly Outcome[]; readonly tally: Tally }

export function compareBatch(customers: readonly Customer[], comparison: Comparison): BatchResult {
  const gatherer = new Gatherer(comparison.renumbered);
  const outcomes = customers.map((customer) => {
    const before = billCustomer(customer, comparison.columns, comparison.before);
    const after = billCustomer(customer, comparison.columns, comparison.after, before.read);
    const outcome = outcomeOf(customer, before, after, comparison.lang);
    gatherer.add(outcome, before.lines, after.lines);
    return outcome;
  });
  return { outcomes, tally: gatherer.tally() };
}

function outcomeOf(customer: Customer, before: CustomerBills, after: CustomerBills, lang: Lang): Outcome {
  const paid = ({ total, rounded, paid: sum, refusals }: CustomerBills): Outcome['before'] => (refusals.length > 0 ? undefined : { total: reduce(total), rounded: reduce(rounded), paid: reduce(sum) });
  const told = after.refusals.length > before.refusals.length ? before : after;
  const energy = told.energy;
  return {
    client: customer.name, line: customer.rows[0]?.line ?? 0, periods: customer.rows.length, days: told.days, rate: told.rates.join(' → '), energy: energy && reduce(energy), before: paid(before), after: paid(after),
    reasons: [...reasonsOf('avant', before.refusals, lang), ...reasonsOf('après', after.refusals, lang)],
  };
}

/** Each reason once, with the first period that it refuses and how many it refuses in all. */
function reasonsOf(side: Reason['side'], refusals: readonly Refusal[], lang: Lang): Reason[] {
  const found = new Map<string, Reason>();
  for (const { line, start, diagnostics } of refusals) {
    for (const item of diagnostics) {
      const message = messageOf(item, lang);
      const key = `${item.code}|${item.article ?? ''}|${item.pointer ?? ''}`;
      const known = found.get(key);
      found.set(key, known ? { ...known, periods: known.periods + 1 } : { side, line, start, code: item.code, message, article: item.article, pointer: item.pointer, periods: 1 });
    }
  }
  return [...found.values()];
}
