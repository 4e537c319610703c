/** `vérifie` and `coquille`: what the book states of its own figures, worked out on a period of 30 days without a customer. */
import { startOfDay } from '../calendar/zone.ts';
import type { Book } from '../check/book.ts';
import type { Core, Origin, Program } from '../check/core.ts';
import type { Programs } from '../check/program.ts';
import { optionSets } from '../check/sets.ts';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { equals, toDecimal, toFraction } from '../quantity/exact.ts';
import { formatNumber } from '../quantity/format.ts';
import { formatDims } from '../quantity/unit.ts';
import type { Span } from '../source/file.ts';
import type { CaseInput, PeriodData, Value } from './case.ts';
import type { Editions } from './bill.ts';
import { Runtime, type Watch } from './runtime.ts';
import { Session } from './session.ts';
import { Stop } from './stop.ts';

/** A statement of the book about itself, and why it does not hold. */
export interface Verification { readonly span: Span; readonly article: string; readonly words: string; readonly failure: Diagnostic | undefined }

/** What is wrong with the `vérifie` and `coquille` of an edition. */
export const verifyBook = (checked: { readonly book: Book; readonly programs: Programs }, editions: Editions): Diagnostic[] => verifications(checked, editions).flatMap(({ failure }) => failure ?? []);

/** Checks every `vérifie` and `coquille` of an edition, each once. */
export function verifications({ book, programs }: { readonly book: Book; readonly programs: Programs }, editions: Editions): Verification[] {
  const found = new Map<Span, Verification>();
  for (const rate of book.rates.keys()) {
    for (const set of optionSets(book, rate)) {
      const program = programs.program(rate, set)?.program;
      if (program) verifyProgram(program, editions, found);
    }
  }
  return [...found.values()];
}

/** The statements of one program, but for those that `found` has already; `watch` is told what they evaluate. */
export function verifyProgram(program: Program, editions: Editions, found: Map<Span, Verification>, watch?: Watch): void {
  const evaluate = evaluator(program, editions, watch);
  const once = ({ span, home }: Origin, words: string, check: () => Diagnostic | undefined): void => {
    if (found.has(span)) return;
    found.set(span, { span, article: home, words, failure: stopped(check, span, home) });
  };
  for (const { condition, origin, words, dims } of program.verifications) {
    once(origin, words, () => {
      if (evaluate(condition) === true) return undefined;
      const [left, right] = condition.op === 'compare' ? [show(evaluate(condition.left), dims), show(evaluate(condition.right), dims)] : [words, 'non'];
      return diagnostic('livre/verification', { left, right }, { span: origin.span, article: origin.home });
    });
  }
  for (const { printed, right, origin, words } of program.misprints) {
    once(origin, words, () => {
      const [a, b] = [evaluate(printed), evaluate(right)];
      return typeof a === 'object' && typeof b === 'object' && equals(a, b) ? diagnostic('livre/coquille-corrigee', { figure: words }, { span: origin.span, article: origin.home }) : undefined;
    });
  }
}

/** What a check finds, or what stopped it. */
function stopped(check: () => Diagnostic | undefined, span: Span, article: string): Diagnostic | undefined {
  try {
    return check();
  } catch (stop) {
    if (!(stop instanceof Stop)) throw stop;
    return { ...stop.diagnostic, span, pointer: undefined, article };
  }
}

function evaluator(program: Program, editions: Editions, watch: Watch | undefined): (core: Core) => Value {
  const { date } = program.edition;
  const period: PeriodData = { start: startOfDay(date), end: startOfDay(date + 30), facts: new Map(), measures: new Map(), lists: new Map(), series: new Map(), steps: new Map(), rate: undefined, pointer: '' };
  const input: CaseInput = { rate: program.rate, options: program.options, period, readings: [], history: [], state: new Map(), asked: [] };
  const runtime = new Runtime(program, watch);
  const { root } = new Session(input, [period], (rate, options) => editions.at(date)?.runtimeOf(rate, options), period.end).instance(runtime, 0);
  return (core) => runtime.of(core)(root);
}

function show(value: Value, dims: ReadonlyMap<string, number> | undefined): string {
  if (typeof value !== 'object') return String(value);
  const decimal = toDecimal(value, 12);
  return `${decimal.exact ? formatNumber(decimal.text, 'fr') : toFraction(value)}${dims === undefined ? '' : ` ${formatDims(dims, 'fr')}`}`.trim();
}
