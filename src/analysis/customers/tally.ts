/** What customers pay under two editions, gathered: exact sums by rate, size and line, counts by class of change, those who gain and lose most. Nothing grows with the number of customers but the list of refusals. */
import { add, compare, divide, fromInteger, isZero, multiply, reduce, subtract, ZERO, type Exact } from '../../quantity/exact.ts';
import type { CustomerBills, LineSum } from './billCustomer.ts';
import { dollarClass, energyClass, percentClass } from './classes.ts';

/** Why a customer is out: the first period of that kind, and how many more. Words are already those of the reader's language. */
export interface Reason { readonly side: 'avant' | 'après'; readonly line: number; readonly start: string | undefined; readonly code: string; readonly message: string; readonly article: string | undefined; readonly pointer: string | undefined; readonly periods: number }

/** One customer under both editions. */
export interface Outcome {
  readonly client: string;
  readonly line: number;
  readonly periods: number;
  readonly days: number;
  /** Its rate with its options, that of its last period; both ways when the rate changed on the way. */
  readonly rate: string;
  readonly energy: Exact | undefined;
  readonly before: Pick<CustomerBills, 'total' | 'rounded' | 'paid'> | undefined;
  readonly after: Pick<CustomerBills, 'total' | 'rounded' | 'paid'> | undefined;
  readonly reasons: readonly Reason[];
}
/** A customer that both editions can bill. */
export type Billed = Outcome & { readonly before: NonNullable<Outcome['before']>; readonly after: NonNullable<Outcome['after']> };
export const isBilled = (outcome: Outcome): outcome is Billed => outcome.before !== undefined && outcome.after !== undefined;
/** New minus old, before taxes. */
export const changeOf = ({ before, after }: Billed): Exact => subtract(after.total, before.total);
/** In hundredths of the old total, or undefined when it was nothing. */
export const percentOf = (before: Exact, after: Exact): Exact | undefined => (isZero(before) ? undefined : multiply(divide(subtract(after, before), before.n < 0n ? { n: -before.n, d: before.d } : before), fromInteger(100)));

/** Exact sums of a group of customers. */
export interface Sums {
  readonly customers: number;
  readonly gain: number;
  readonly lose: number;
  readonly energy: Exact;
  readonly before: Exact;
  readonly after: Exact;
  /** With lines rounded and taxes, as billed. */
  readonly paidBefore: Exact;
  readonly paidAfter: Exact;
}
export const NOTHING: Sums = { customers: 0, gain: 0, lose: 0, energy: ZERO, before: ZERO, after: ZERO, paidBefore: ZERO, paidAfter: ZERO };
export interface LineTally extends Omit<LineSum, 'amount'> { readonly rate: string; readonly before: Exact; readonly after: Exact }

export interface Tally {
  readonly all: Sums;
  readonly out: number;
  readonly byRate: ReadonlyMap<string, Sums>;
  readonly bySize: ReadonlyMap<number | undefined, Sums>;
  readonly byDollars: ReadonlyMap<number, number>;
  readonly byPercent: ReadonlyMap<number | undefined, number>;
  readonly byLine: ReadonlyMap<string, LineTally>;
}
export const EMPTY: Tally = { all: NOTHING, out: 0, byRate: new Map(), bySize: new Map(), byDollars: new Map(), byPercent: new Map(), byLine: new Map() };

function sumsOf(outcome: Billed): Sums {
  const way = compare(outcome.after.total, outcome.before.total);
  return {
    customers: 1, gain: way < 0 ? 1 : 0, lose: way > 0 ? 1 : 0, energy: outcome.energy ?? ZERO, before: outcome.before.total, after: outcome.after.total, paidBefore: outcome.before.paid, paidAfter: outcome.after.paid,
  };
}
const plus = (a: Sums, b: Sums): Sums => ({
  customers: a.customers + b.customers, gain: a.gain + b.gain, lose: a.lose + b.lose, energy: add(a.energy, b.energy), before: add(a.before, b.before), after: add(a.after, b.after), paidBefore: add(a.paidBefore, b.paidBefore), paidAfter: add(a.paidAfter, b.paidAfter),
});
const LINE = (a: LineTally, b: LineTally): LineTally => ({ ...a, before: add(a.before, b.before), after: add(a.after, b.after) });

function merged<K, V>(a: ReadonlyMap<K, V>, b: ReadonlyMap<K, V>, join: (x: V, y: V) => V): Map<K, V> {
  const out = new Map(a);
  for (const [key, value] of b) { const known = out.get(key); out.set(key, known === undefined ? value : join(known, value)); }
  return out;
}
const count = (x: number, y: number): number => x + y;

/** Two tallies as one. Sums are exact, so that the order in which batches come changes nothing. */
export function joinTallies(a: Tally, b: Tally): Tally {
  return {
    all: plus(a.all, b.all), out: a.out + b.out, byRate: merged(a.byRate, b.byRate, plus), bySize: merged(a.bySize, b.bySize, plus), byDollars: merged(a.byDollars, b.byDollars, count),
    byPercent: merged(a.byPercent, b.byPercent, count), byLine: merged(a.byLine, b.byLine, LINE),
  };
}

/** Gathers customers one by one; `renumbered` says what an article of the older edition is called in the newer one. */
export class Gatherer {
  private all = NOTHING;
  private out = 0;
  private readonly byRate = new Map<string, Sums>();
  private readonly bySize = new Map<number | undefined, Sums>();
  private readonly byDollars = new Map<number, number>();
  private readonly byPercent = new Map<number | undefined, number>();
  private readonly byLine = new Map<string, LineTally>();

  constructor(private readonly renumbered: ReadonlyMap<string, string>) {}

  add(outcome: Outcome, before: CustomerBills['lines'], after: CustomerBills['lines']): void {
    if (!isBilled(outcome)) { this.out++; return; }
    const sums = sumsOf(outcome);
    this.all = plus(this.all, sums);
    const into = <K>(map: Map<K, Sums>, key: K): void => { const known = map.get(key); map.set(key, known ? plus(known, sums) : sums); };
    into(this.byRate, outcome.rate);
    into(this.bySize, outcome.energy && energyClass(outcome.energy));
    const step = <K>(map: Map<K, number>, key: K): void => { map.set(key, (map.get(key) ?? 0) + 1); };
    step(this.byDollars, dollarClass(changeOf(outcome)));
    const percent = percentOf(outcome.before.total, outcome.after.total);
    step(this.byPercent, percent && percentClass(percent));
    for (const [side, lines] of [['before', before], ['after', after]] as const) {
      for (const [id, line] of lines) {
        const article = side === 'before' ? this.renumbered.get(line.article) ?? line.article : line.article;
        const [rate = '', , ...rest] = id.split('|');
        const key = [rate, article, ...rest].join('|');
        const known = this.byLine.get(key);
        const { amount } = line;
        this.byLine.set(key, {
          rate, article, title: side === 'after' || !known ? line.title : known.title, tranche: line.tranche,
          before: side === 'before' ? add(known?.before ?? ZERO, amount) : known?.before ?? ZERO, after: side === 'after' ? add(known?.after ?? ZERO, amount) : known?.after ?? ZERO,
        });
      }
    }
  }

  /** What was gathered, in lowest terms. */
  tally(): Tally {
    const lowest = (sums: Sums): Sums => ({ ...sums, energy: reduce(sums.energy), before: reduce(sums.before), after: reduce(sums.after), paidBefore: reduce(sums.paidBefore), paidAfter: reduce(sums.paidAfter) });
    const each = <K>(map: ReadonlyMap<K, Sums>): Map<K, Sums> => new Map([...map].map(([key, sums]) => [key, lowest(sums)]));
    return {
      all: lowest(this.all), out: this.out, byRate: each(this.byRate), bySize: each(this.bySize), byDollars: this.byDollars, byPercent: this.byPercent,
      byLine: new Map([...this.byLine].map(([key, line]) => [key, { ...line, before: reduce(line.before), after: reduce(line.after) }])),
    };
  }
}

/** Those who gain the most and those who lose the most, in dollars; of two alike, the one that comes first in the file. */
export class Extremes {
  private gained: Billed[] = [];
  private lost: Billed[] = [];

  constructor(private readonly most: number) {}

  add(outcome: Outcome): void {
    if (!isBilled(outcome)) return;
    const change = changeOf(outcome);
    if (change.n < 0n) this.gained = this.kept(this.gained, outcome, (a, b) => compare(changeOf(a), changeOf(b)));
    if (change.n > 0n) this.lost = this.kept(this.lost, outcome, (a, b) => compare(changeOf(b), changeOf(a)));
  }
  private kept(list: Billed[], outcome: Billed, order: (a: Billed, b: Billed) => number): Billed[] {
    const last = list.at(-1);
    if (list.length >= this.most && last && order(outcome, last) >= 0) return list;
    const at = list.findIndex((other) => order(outcome, other) < 0);
    return [...list.slice(0, at < 0 ? list.length : at), outcome, ...(at < 0 ? [] : list.slice(at))].slice(0, this.most);
  }
  /** Largest first. */
  get winners(): readonly Billed[] { return this.gained; }
  get losers(): readonly Billed[] { return this.lost; }
}
