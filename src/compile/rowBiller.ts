/** Cases of one form billed one by one from their numbers: by generated code where it knows them, else by the interpreter, which it learns from. */
import type { Program } from '../check/core.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { billCase, type Bill, type BillOutcome, type Editions } from '../evaluate/bill.ts';
import type { CaseInput } from '../evaluate/case.ts';
import { jsonKey } from '../evaluate/words.ts';
import { ONE, reduce } from '../quantity/exact.ts';
import { invariant } from '../support/invariant.ts';
import { CompiledForm, exactOf, type Numbers, type RawBill } from './compiled.ts';
import type { InputFit } from './fit.ts';
import { formOf, type Slot } from './form.ts';
import { fitWithin, rangeOf } from './ranges.ts';

/** Units up to which code is made at first; wider numbers make it anew. */
const AT_FIRST = 10n ** 6n;

/** Reads the case with other numbers, each the whole number of its place; or says what is wrong with them. */
export type ReadNumbers = (numbers: ArrayLike<number>) => { readonly input: CaseInput } | { readonly diagnostics: readonly Diagnostic[] };

export class RowBiller {
  private readonly form: CompiledForm;
  private readonly times: readonly number[];
  private readonly scratch: Float64Array;
  private readonly given: Numbers;

  /**
   * `input` tells the form; it has no series. Numbers will be whole, so many of 10^−decimals of the unit in which a case gives them: those
   * of its places of the ranks `varying`, in order. The others stay what they are.
   */
  constructor(input: CaseInput, program: Program, private readonly editions: Editions, decimals: number, private readonly varying: readonly number[], private readonly read: ReadNumbers) {
    const { slots, numbers } = formOf(input);
    const places = slots.map((slot) => ({ slot, range: rangeOf(slot, program) }));
    this.times = places.map(({ range }) => Number((range?.symbol.data?.factor ?? ONE).n));
    this.scratch = new Float64Array(slots.length);
    this.given = { numbers: this.scratch };
    const ranges = places.map(({ range }, index): InputFit => {
      const fixed = varying.includes(index) ? undefined : reduce(numbers[index] ?? ONE);
      if (fixed) { this.scratch[index] = Number(fixed.n); return { denominator: fixed.d, least: fixed.n, most: fixed.n }; }
      const factor = range?.symbol.data?.factor ?? ONE;
      const denominator = factor.d * 10n ** BigInt(decimals);
      return fitWithin(range, denominator, AT_FIRST * denominator);
    });
    this.form = new CompiledForm(input, editions, ranges);
    this.form.learn(input);
  }

  /** What is to be paid, in cents; undefined when the case is refused (`bill` says why). */
  total(numbers: ArrayLike<number>): number | undefined {
    const raw = this.raw(numbers);
    if (raw) return centsOf(raw.values.at(-1));
    const outcome = this.interpreted(numbers);
    return 'bill' in outcome ? Number(outcome.bill.totalRounded.n * 100n / outcome.bill.totalRounded.d) : undefined;
  }

  /** The whole bill, given to `read`; or why there is none. */
  bill<T>(numbers: ArrayLike<number>, read: (bill: Bill) => T): { readonly bill: T } | Extract<BillOutcome, { diagnostics: unknown }> {
    const raw = this.raw(numbers);
    if (raw) return { bill: this.form.as(raw, this.given, read) };
    const outcome = this.interpreted(numbers);
    return 'bill' in outcome ? { bill: read(outcome.bill) } : outcome;
  }

  private raw(numbers: ArrayLike<number>): RawBill | undefined {
    const { scratch, times, varying, given } = this;
    for (let rank = 0; rank < varying.length; rank++) { const index = varying[rank] as number; scratch[index] = (numbers[rank] ?? NaN) * (times[index] ?? 1); }
    return this.form.bill(given);
  }

  private interpreted(numbers: ArrayLike<number>): BillOutcome {
    const made = this.read(numbers);
    if ('diagnostics' in made) return made;
    this.scratch.forEach((value, index) => {
      const range = this.form.ranges[index];
      invariant(range !== undefined, 'a number of the form has bounds');
      if (value > Number(range.most)) this.form.widen(index, { ...range, most: BigInt(value) * 8n });
    });
    this.form.learn(made.input);
    return billCase(made.input, this.editions);
  }
}

/** The keys of the places of a form that a case gives as data, in order: `energie`; `energie/1` for the period before. Undefined for what stands in lists, steps, readings or a state. */
export const keyOf = (slot: Slot): string | undefined => (slot.kind === 'fact' || slot.kind === 'measure' ? `${jsonKey(slot.name)}${slot.back > 0 ? `/${slot.back}` : ''}` : undefined);

const centsOf = (value: RawBill['values'][number] | undefined): number | undefined => {
  if (value === undefined) return undefined;
  const { n, d } = exactOf(value, 100n);
  return typeof value === 'number' ? value : Number(n * 100n / d);
};
