/** Cases like those of the worked examples of a book, with other numbers: what holds recorded bills to the interpreter. */
import type { Book } from '../../src/check/book.ts';
import type { Programs } from '../../src/check/program.ts';
import { CompiledForm } from '../../src/compile/compiled.ts';
import type { InputFit } from '../../src/compile/fit.ts';
import { formOf, refill, type Slot } from '../../src/compile/form.ts';
import { rangeOf } from '../../src/compile/ranges.ts';
import { dayAt } from '../../src/calendar/zone.ts';
import type { Series } from '../../src/calendar/series.ts';
import type { Bill, Editions } from '../../src/evaluate/bill.ts';
import type { CaseInput } from '../../src/evaluate/case.ts';
import { openExample } from '../../src/evaluate/example.ts';
import { equals, ratio, reduce, type Exact } from '../../src/quantity/exact.ts';

/** The cases of the worked examples that have numbers. */
export function* exampleCases(books: readonly { readonly book: Book; readonly programs: Programs }[]): Iterable<{ readonly title: string; readonly input: CaseInput }> {
  for (const { book, programs } of books) {
    for (const article of book.articles.values()) {
      for (const statement of article.statements) {
        if (statement.kind !== 'example') continue;
        const opened = openExample(statement, article, programs);
        if ('input' in opened) yield { title: statement.title, input: opened.input };
      }
    }
  }
}

/** A form of cases that one case tells, and how to make others of it. */
export interface Variations {
  readonly form: CompiledForm;
  readonly series: readonly Float64Array[];
  /** The whole numbers of a case of the form, from draws between 0 and 1. */
  readonly draw: (random: () => number) => number[];
  /** Those of the case itself. */
  readonly own: readonly number[];
  /** The whole numbers of its series, some of them lower than those of the case. */
  readonly drawSeries: (random: () => number) => readonly Float64Array[];
  readonly caseOf: (numbers: readonly number[], series?: readonly Float64Array[]) => CaseInput;
}

const wholeOver = (value: Exact, denominator: bigint): bigint => value.n * denominator / value.d;

export function variationsOf(input: CaseInput, editions: Editions, code = true): Variations {
  const { numbers, slots, series } = formOf(input);
  const program = editions.at(dayAt(input.period.end - 1))?.runtimeOf(input.rate, input.options)?.program;
  const rangeFor = (value: Exact, slot: Slot): InputFit => {
    const denominator = reduce(value).d * 10n;
    const size = (value.n < 0n ? -wholeOver(value, denominator) : wholeOver(value, denominator)) * 8n;
    let most = 1000n * denominator;
    while (most < size) most *= 1000n;
    const range = program && rangeOf(slot, program);
    return { denominator, least: range && !range.least ? -most : 0n, most };
  };
  const ranges = numbers.map((value, index) => rangeFor(value, slots[index] as Slot));
  const seriesFit = (one: Series): InputFit => {
    const denominator = one.values.reduce((common, { n, d }) => { const each = reduce({ n, d }).d; return common % each === 0n ? common : common * each; }, 1n);
    const whole = one.values.map((value) => wholeOver(value, denominator));
    return { denominator, least: whole.reduce((a, b) => (a < b ? a : b), 0n), most: whole.reduce((a, b) => (a > b ? a : b), 0n) };
  };
  const fits = series.map(seriesFit);
  const own = numbers.map((value, index) => Number(wholeOver(value, ranges[index]?.denominator ?? 1n)));
  const wholes = series.map((one, index) => Float64Array.from(one.values, (value) => Number(wholeOver(value, fits[index]?.denominator ?? 1n))));
  return {
    form: new CompiledForm(input, editions, ranges, fits, code), own,
    series: wholes,
    drawSeries: (random) => wholes.map((values) => { const share = random(); return share < 0.4 ? values : values.map((value) => (random() < share ? Math.round(value * random()) : value)); }),
    // Half of the time one number alone: what the others make of it is then less often refused.
    draw: (random) => {
      const alone = random() < 0.5 ? Math.floor(random() * own.length) : undefined;
      return own.map((value, index) => {
        const way = alone === undefined ? random() : alone === index ? 0.3 + 0.7 * random() : 0;
        if (way < 0.3) return value;
        return way < 0.35 ? 0 : way < 0.4 ? value + (random() < 0.5 ? 1 : -1) * Math.min(value, 1) : Math.round(value * (way < 0.85 ? 0.5 + random() : 3 * random()));
      });
    },
    caseOf: (drawn, over = wholes) => {
      let [at, rank] = [0, 0];
      return refill(input, {
        number: () => { const index = at++; return ratio(BigInt(drawn[index] ?? 0), ranges[index]?.denominator ?? 1n); },
        series: (each) => { const index = rank++; return over[index] === wholes[index] ? each : { ...each, values: Array.from(over[index] ?? [], (value) => ratio(BigInt(value), fits[index]?.denominator ?? 1n)) }; },
      });
    },
  };
}

/** What differs between the amounts of two bills of one case; nothing when every digit is the same. */
export function unlike(a: Bill, b: Bill): string | undefined {
  if (a.lines.length !== b.lines.length) return `${a.lines.length} lines, ${b.lines.length}`;
  const wrong = a.lines.find((line, index) => { const other = b.lines[index]; return !other || other.line !== line.line || other.tranche !== line.tranche || !equals(line.amount, other.amount) || !equals(line.rounded, other.rounded); });
  if (wrong) return wrong.title;
  if (!equals(a.total, b.total) || !equals(a.subtotal, b.subtotal)) return 'total';
  return a.taxes.every((tax, index) => { const other = b.taxes[index]; return other && equals(tax.amount, other.amount); }) && equals(a.totalRounded, b.totalRounded) ? undefined : 'taxes';
}
