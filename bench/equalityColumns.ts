/** The same random cases as rows of a table, billed by columns and by the interpreter: each cent of each column. */
import { columnId } from '../src/analysis/customers/lineColumns.ts';
import type { Program } from '../src/check/core.ts';
import { ColumnBiller, type BilledColumns, type Column } from '../src/compile/columns.ts';
import { formOf, refill, type Slot } from '../src/compile/form.ts';
import { rangeOf } from '../src/compile/ranges.ts';
import { billCase, type Bill, type Editions } from '../src/evaluate/bill.ts';
import type { CaseInput, PeriodData } from '../src/evaluate/case.ts';
import { jsonKey } from '../src/evaluate/words.ts';
import { ONE, ratio, toFixed, type Exact } from '../src/quantity/exact.ts';

/** What a table's rows came to; `wrong` tells the first that differs. */
export interface TableOutcome { readonly billed: number; readonly left: number; readonly refusedAlike: number; readonly wrong?: string }

const SCALE = 3;
const cents = (value: Exact): number => Number(toFixed(value, 2).replace('.', '')) + 0;

/** Whether a case can be rows of a table: nothing in it but facts and measures, in one rate. */
function flat({ rate, readings, state, asked, period, history }: CaseInput): boolean {
  const plain = (each: PeriodData): boolean => each.series.size === 0 && each.lists.size === 0 && each.steps.size === 0 && (each.rate ?? rate) === rate;
  return readings.length === 0 && state.size === 0 && asked.length === 0 && plain(period) && history.every(plain);
}

/**
 * Bills `customers` customers, each with the periods of the case as its rows; undefined when the case is not one of rows. The interpreter
 * bills each row with the rows before it as its past.
 */
export function compareTable(input: CaseInput, editions: Editions, programOf: (input: CaseInput) => Program | undefined, customers: number, random: () => number): TableOutcome | undefined {
  const program = programOf(input);
  if (!program || !flat(input)) return undefined;
  const timeline = [...input.history, input.period];
  const width = timeline.length;
  const count = customers * width;
  // The case of each of its periods, with those before it.
  const forms = timeline.map((period, at): CaseInput => ({ ...input, period, history: timeline.slice(0, at).map((each) => ({ ...each, rate: input.rate })) }));
  const factorOf = (slot: Slot): Exact => rangeOf(slot, program)?.symbol.data?.factor ?? ONE;
  const numbers = new Map<string, Float64Array>();
  for (const [at, form] of forms.entries()) {
    const { numbers: own, slots } = formOf({ ...form, history: [] });
    for (const [index, slot] of slots.entries()) {
      const key = jsonKey(slot.name);
      const values = numbers.get(key) ?? new Float64Array(count).fill(NaN);
      numbers.set(key, values);
      const [given, factor] = [own[index] ?? ONE, factorOf(slot)];
      const whole = Math.round(Number(given.n) / Number(given.d) * Number(factor.d) / Number(factor.n) * 10 ** SCALE);
      for (let customer = 0; customer < customers; customer++) {
        const way = random();
        values[customer * width + at] = customer === 0 || way < 0.5 ? whole : way < 0.53 ? 0 : Math.round(whole * (way < 0.9 ? 0.5 + random() : 3 * random()));
      }
    }
  }
  const read = (row: number): CaseInput => {
    const form = forms[row % width] ?? input;
    return refill(form, {
      number: (_, slot) => { const { n, d } = factorOf(slot); return ratio(BigInt(numbers.get(jsonKey(slot.name))?.[row - slot.back] ?? NaN) * n, d * 10n ** BigInt(SCALE)); },
      series: (each) => each,
    });
  };
  const columns = new Map<string, Column>([['forme', { kind: 'text', codes: Int32Array.from({ length: count }, (_, row) => row % width), dictionary: forms.map((_, at) => String(at)) }]]);
  for (const [key, values] of numbers) columns.set(key, { kind: 'number', values, scale: SCALE });
  const bills = new ColumnBiller({ editions, programOf, columnOf: columnId }).bill({ count, columns, follows: width > 1 ? Uint8Array.from({ length: count }, (_, row) => (row % width > 0 ? 1 : 0)) : undefined, read });
  const left = new Set(bills.left);
  let refusedAlike = 0;
  for (let row = 0; row < count; row++) {
    if (left.has(row) && left.size === count) continue;
    const outcome = billCase(read(row), editions);
    if (left.has(row)) { if (!('bill' in outcome)) refusedAlike++; continue; }
    const wrong = 'bill' in outcome ? differing(bills, outcome.bill, row) : `billed, while the interpreter refuses (${outcome.diagnostics[0]?.code ?? ''})`;
    if (wrong !== undefined) return { billed: row, left: left.size, refusedAlike, wrong: `row ${row} of ${count}: ${wrong}\n${[...numbers].map(([key, values]) => `${key} (thousandths): ${values.slice(row - row % width, row + 1).join(' ')}`).join('\n')}` };
  }
  return { billed: count - left.size, left: left.size, refusedAlike };
}

/** The column in which a row is not the bill. */
function differing(bills: BilledColumns, bill: Bill, row: number): string | undefined {
  const lines = new Map<string, number>();
  for (const line of bill.lines) lines.set(columnId(line), (lines.get(columnId(line)) ?? 0) + cents(line.rounded));
  const taxes = new Map(bill.taxes.map(({ name, amount }) => [name, cents(amount)]));
  const unlike = (name: string, found: number | undefined, expected: number | undefined): string | undefined => (Object.is(found ?? NaN, expected ?? NaN) ? undefined : `${name}: ${found ?? 'none'} cents by columns, ${expected ?? 'none'} by the interpreter`);
  for (const [name, values] of bills.lines) { const wrong = unlike(name, values[row], lines.get(name)); if (wrong !== undefined) return wrong; }
  for (const name of lines.keys()) if (!bills.lines.has(name)) return `${name}: no such column`;
  for (const [name, values] of bills.taxes) { const wrong = unlike(name, values[row], taxes.get(name)); if (wrong !== undefined) return wrong; }
  for (const name of taxes.keys()) if (!bills.taxes.has(name)) return `${name}: no such column`;
  return unlike('sous-total', bills.subtotal[row], cents(bill.subtotal)) ?? unlike('total', bills.total[row], cents(bill.totalRounded));
}
