/** `vérifie` and `coquille`: what the book states of its own figures, worked out on a period of 30 days without a customer. */
import { startOfDay } from '../calendar/zone.ts';
import type { Book } from '../check/book.ts';
import type { Core, Program } from '../check/core.ts';
import type { Programs } from '../check/program.ts';
import { optionSets } from '../check/sets.ts';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { equals, toDecimal, toFraction } from '../quantity/exact.ts';
import { formatNumber } from '../quantity/format.ts';
import { formatDims } from '../quantity/unit.ts';
import type { CaseInput, PeriodData, Value } from './case.ts';
import type { Editions } from './bill.ts';
import { Runtime } from './runtime.ts';
import { Session } from './session.ts';
import { Stop } from './stop.ts';

/** Checks every `vérifie` and `coquille` of an edition, each once. */
export function verifyBook({ book, programs }: { readonly book: Book; readonly programs: Programs }, editions: Editions): Diagnostic[] {
  const found: Diagnostic[] = [];
  const done = new Set<number | string>();
  for (const rate of book.rates.keys()) {
    for (const set of optionSets(book, rate)) {
      const program = programs.program(rate, set)?.program;
      if (program) verifyProgram(program, editions, done, found);
    }
  }
  return found;
}

function verifyProgram(program: Program, editions: Editions, done: Set<number | string>, found: Diagnostic[]): void {
  const evaluate = evaluator(program, editions);
  const once = (origin: Program['misprints'][number]['origin'], check: () => Diagnostic | undefined): void => {
    const key = `${origin.span.file.path}:${origin.span.start}`;
    if (done.has(key)) return;
    done.add(key);
    try {
      const item = check();
      if (item) found.push(item);
    } catch (stop) {
      if (!(stop instanceof Stop)) throw stop;
      found.push({ ...stop.diagnostic, span: origin.span, pointer: undefined, article: origin.home });
    }
  };
  for (const { condition, origin, words, dims } of program.verifications) {
    once(origin, () => {
      if (evaluate(condition) === true) return undefined;
      const [left, right] = condition.op === 'compare' ? [show(evaluate(condition.left), dims), show(evaluate(condition.right), dims)] : [words, 'non'];
      return diagnostic('livre/verification', { left, right }, { span: origin.span, article: origin.home });
    });
  }
  for (const { printed, right, origin, words } of program.misprints) {
    once(origin, () => {
      const [a, b] = [evaluate(printed), evaluate(right)];
      return typeof a === 'object' && typeof b === 'object' && equals(a, b) ? diagnostic('livre/coquille-corrigee', { figure: words }, { span: origin.span, article: origin.home }) : undefined;
    });
  }
}

function evaluator(program: Program, editions: Editions): (core: Core) => Value {
  const { date } = program.edition;
  const period: PeriodData = { start: startOfDay(date), end: startOfDay(date + 30), facts: new Map(), measures: new Map(), lists: new Map(), series: new Map(), steps: new Map(), rate: undefined, pointer: '' };
  const input: CaseInput = { rate: program.rate, options: program.options, period, readings: [], history: [], state: new Map(), asked: [] };
  const runtime = new Runtime(program);
  const { root } = new Session(input, [period], (rate, options) => editions.at(date)?.runtimeOf(rate, options), period.end).instance(runtime, 0);
  return (core) => runtime.of(core)(root);
}

function show(value: Value, dims: ReadonlyMap<string, number> | undefined): string {
  if (typeof value !== 'object') return String(value);
  const decimal = toDecimal(value, 12);
  return `${decimal.exact ? formatNumber(decimal.text, 'fr') : toFraction(value)}${dims === undefined ? '' : ` ${formatDims(dims, 'fr')}`}`.trim();
}
