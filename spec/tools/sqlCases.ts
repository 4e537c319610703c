/** Random tables of customers, and what the interpreter bills for each of their rows: what a query must give. */
import { startOfDay } from '../../src/calendar/zone.ts';
import type { Column } from '../../src/compile/sql/places.ts';
import type { SqlAnswer } from '../../src/compile/sql/sql.ts';
import { billCase, type Editions } from '../../src/evaluate/bill.ts';
import type { CaseInput, PeriodData, Value } from '../../src/evaluate/case.ts';
import { jsonKey } from '../../src/evaluate/words.ts';
import { add, multiply, ratio, reduce, toFixed, ZERO, type Exact } from '../../src/quantity/exact.ts';

export interface Row { readonly client: string; readonly debut: number; readonly fin: number; /** Whole units of the last decimal; a rank of choices; yes or no; a day. */ readonly data: ReadonlyMap<string, number | boolean | undefined> }

/** The same numbers for the same seed. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state / 2 ** 32; };
}

/** How a number of a column is drawn, given the days of the row. */
export type Draw = (random: () => number, days: number, client: number) => number | undefined;

/** Customers of up to `periods` periods that follow each other, sometimes with a gap, from days spread over `from` to `to`. */
export function tableOf(rows: number, periods: number, from: number, to: number, columns: readonly Column[], draws: ReadonlyMap<string, Draw>, random: () => number): Row[] {
  const made: Row[] = [];
  for (let client = 0; made.length < rows; client++) {
    let debut = from + Math.floor(random() * (to - from));
    const size = random();
    const count = 1 + Math.floor(random() * periods);
    for (let i = 0; i < count && made.length < rows; i++) {
      const days = random() < 0.7 ? 28 + Math.floor(random() * 6) : 1 + Math.floor(random() * 65);
      if (random() < 0.05) debut += 1 + Math.floor(random() * 40);
      const data = new Map<string, number | boolean | undefined>();
      for (const { key, holds } of columns) {
        const draw = draws.get(key);
        if (draw) { data.set(key, draw(random, days, size)); continue; }
        if (holds.kind === 'choice') data.set(key, random() < 0.05 ? undefined : Math.floor(random() * holds.values.length));
        else if (holds.kind === 'boolean') data.set(key, random() < 0.1 ? undefined : random() < 0.5);
        else data.set(key, random() < 0.1 ? undefined : Math.floor(random() * 100));
      }
      made.push({ client: `c${client}`, debut, fin: debut + days, data });
      debut += days;
    }
  }
  return made;
}

/** A row as the period of a case. */
function periodOf(row: Row, { data: columns, bound }: Pick<SqlAnswer, 'data' | 'bound'>, pointer: string): PeriodData {
  const facts = new Map<string, Value>(bound);
  const measures = new Map<string, Exact>();
  for (const { key, asked, symbol, holds } of columns) {
    const found = row.data.get(key);
    if (found === undefined) continue;
    if (holds.kind === 'number') { const value = multiply(ratio(BigInt(found as number), holds.fit.denominator), holds.factor); if (symbol.metered) measures.set(asked, value); else facts.set(asked, value); }
    else if (holds.kind === 'choice') facts.set(asked, holds.values[found as number]?.value ?? '');
    else if (holds.kind === 'boolean') facts.set(asked, found as boolean);
    else facts.set(asked, startOfDay(found as number));
  }
  return { start: startOfDay(row.debut), end: startOfDay(row.fin), facts, measures, lists: new Map(), series: new Map(), steps: new Map(), rate: undefined, pointer };
}

/** What each row is billed, its customer's earlier rows being its history: columns as the query names them, or the code that refuses it. */
export function billRows(rows: readonly Row[], rate: string, options: readonly string[], query: Pick<SqlAnswer, 'data' | 'bound'>, editions: Editions, each: (row: Row, bill: ReadonlyMap<string, string> | string) => void): void {
  let history: PeriodData[] = [];
  let client = '';
  for (const row of rows) {
    if (row.client !== client) { history = []; client = row.client; }
    const period = periodOf(row, query, '');
    const input: CaseInput = { rate, options, period, readings: [], history, state: new Map(), asked: [] };
    const outcome = billCase(input, editions);
    history = [...history, { ...period, rate, pointer: `/historique/${history.length}` }];
    each(row, 'diagnostics' in outcome ? outcome.diagnostics[0]?.code ?? '' : columnsOf(outcome.bill));
  }
}

/** The sums of a bill, and its rounded lines: by article, the sum of theirs, as a query may name them otherwise. */
function columnsOf(bill: { readonly lines: readonly { readonly rounded: Exact; readonly origin: { readonly article: string } ; readonly title: string }[]; readonly subtotal: Exact; readonly taxes: readonly { readonly name: string; readonly amount: Exact }[]; readonly totalRounded: Exact; readonly total: Exact }): Map<string, string> {
  const found = new Map<string, Exact>();
  for (const line of bill.lines) found.set(`${line.origin.article} ${line.title}`, add(found.get(`${line.origin.article} ${line.title}`) ?? ZERO, line.rounded));
  const text = new Map([...found].map(([name, value]): [string, string] => [name, toFixed(value, 2)]));
  text.set('sous_total', toFixed(bill.subtotal, 2));
  for (const tax of bill.taxes) text.set(jsonKey(tax.name).toLowerCase(), toFixed(tax.amount, 2));
  text.set('total_arrondi', toFixed(bill.totalRounded, 2));
  const { n, d } = reduce(bill.total);
  text.set('total', `${n}/${d}`);
  return text;
}
