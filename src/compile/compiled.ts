/**
 * Cases of one form, billed by generated code. A case that the code does not know (it answers a question otherwise, it is refused, a
 * number is out of the bounds for which the code was made) is left to the interpreter, and may be learned: the code only ever gives
 * what the interpreter would.
 */
import type { Bill, Editions } from '../evaluate/bill.ts';
import type { CaseInput } from '../evaluate/case.ts';
import { ratio, reduce, type Exact } from '../quantity/exact.ts';
import { interpretPlan } from './closures.ts';
import { codeIsAllowed, codeOf } from './code.ts';
import { Fits, type InputFit } from './fit.ts';
import { formOf, type Slot } from './form.ts';
import type { Node } from './graph.ts';
import { printPlan, TooWide } from './javascript.ts';
import { planOf, type Block, type Output } from './plan.ts';
import { evaluateNode, type Given, type Known } from './values.ts';
import { CaseTree, nodeOf, type BillLeaf } from './tree.ts';

export type Whole = number | bigint | Exact;
/** A bill as generated code gives it: the leaf that it is of, and what is needed of it, in the order of the leaf's outputs. */
export interface RawBill { readonly rank: number; readonly values: readonly Whole[] }

/** Numbers of a case as whole numbers, over the denominators of its form; series likewise. */
export interface Numbers { readonly numbers: ArrayLike<number>; readonly series?: readonly Float64Array[] }

type Run = (numbers: ArrayLike<number>, series: readonly Float64Array[] | undefined) => RawBill | undefined;

/** What a bill gives by name, each once: its lines exact and rounded, its sums, its taxes. */
export function outputsOf({ bill }: BillLeaf, tree: CaseTree): readonly Output[] {
  const of = (name: string, value: Exact): Output => ({ name, node: nodeOf(tree.graph, value) });
  return [
    ...bill.lines.flatMap((line, index) => [of(`montant ${index}`, line.amount), of(`arrondi ${index}`, line.rounded)]),
    of('total', bill.total), of('sous_total', bill.subtotal), ...bill.taxes.map((tax) => of(tax.name, tax.amount)), of('total_arrondi', bill.totalRounded),
  ];
}

export class CompiledForm {
  readonly tree: CaseTree;
  readonly slots: readonly Slot[];
  private run: Run | undefined;
  private fits: Fits | undefined;
  private leavesMade = 0;
  private missed = 0;

  /** `ranges` are those of the numbers of the case, `series` those of its series; `code` false: without generated code. */
  constructor(input: CaseInput, editions: Editions, readonly ranges: InputFit[], readonly series: InputFit[] = [], private readonly code = codeIsAllowed()) {
    this.tree = new CaseTree(editions);
    this.slots = formOf(input).slots;
  }

  /** Records a case of this form. */
  learn(input: CaseInput): void {
    if (this.tree.learn(input) && (++this.missed > this.leavesMade / 4)) this.run = undefined;
  }

  /** A number was out of bounds: code is made anew for wider ones. */
  widen(index: number, range: InputFit): void {
    this.ranges[index] = range;
    this.run = undefined;
  }

  /** The bill of a case of this form, or undefined when it is the interpreter's. */
  bill({ numbers, series }: Numbers): RawBill | undefined {
    return (this.run ??= this.makeOrLeave())(numbers, series);
  }

  /** Reads a recorded bill as that of a case: within `read`, its numbers are the case's. */
  as<T>(raw: RawBill, { numbers, series }: Numbers, read: (bill: Bill) => T): T {
    const leaf = this.tree.leaves[raw.rank];
    const fits = this.fits;
    if (!leaf || !fits) throw new RangeError('no such leaf');
    const known: Known = new Map();
    outputsOf(leaf, this.tree).forEach(({ node }, index) => { const value = raw.values[index]; if (value !== undefined) known.set(node.id, exactOf(value, fits.of(node).denominator)); });
    const given = this.given(numbers, series);
    leaf.recording.replay = (node: Node) => evaluateNode(node, given, known);
    try {
      return read(leaf.bill);
    } finally {
      leaf.recording.replay = undefined;
    }
  }

  private given(numbers: ArrayLike<number>, series: readonly Float64Array[] | undefined): Given {
    const over = (value: number, denominator: bigint | undefined): Exact => ratio(BigInt(value), denominator ?? 1n);
    return {
      input: (index) => over(numbers[index] ?? 0, this.ranges[index]?.denominator),
      series: (rank) => Array.from(series?.[rank] ?? [], (value) => over(value, this.series[rank]?.denominator)),
    };
  }

  private plan(): Block { return planOf(this.tree, (leaf) => outputsOf(leaf, this.tree), true); }

  private makeOrLeave(): Run {
    try {
      return this.make();
    } catch (stop) {
      if (!(stop instanceof TooWide)) throw stop;
      return () => undefined;
    }
  }

  private make(): Run {
    this.leavesMade = this.tree.leaves.length;
    this.missed = 0;
    const fits = (this.fits = new Fits(this.tree.graph, this.ranges, this.series, this.code));
    const plan = this.plan();
    if (!this.code) return this.closures(plan);
    const { lines, constants, inputs } = printPlan(plan, {
      fits, slots: this.slots, lift: true, comments: false, indent: '  ', miss: () => ['return undefined;'],
      bill: (outputs, rank) => [`return { rank: ${rank}, values: [${outputs.map(({ text }) => text).join(', ')}] };`],
    });
    return codeOf<Run>(`return (x, s) => {\n${[...this.entry(inputs, '  '), ...lines].join('\n')}\n};`, constants);
  }

  /** Reads the numbers, and leaves those that are out of bounds. */
  private entry(names: readonly string[], indent: string): string[] {
    return [
      ...this.series.map((_, rank) => `${indent}const s${rank} = s[${rank}];`),
      ...names.flatMap((name, index) => {
        const { least, most } = this.ranges[index] ?? { least: 0n, most: 0n };
        return [`${indent}const ${name} = x[${index}];`, `${indent}if (!(${name} >= ${least} && ${name} <= ${most} && Math.floor(${name}) === ${name})) return undefined;`];
      }),
    ];
  }
  private closures(plan: Block): Run {
    return (numbers, series) => {
      for (let i = 0; i < this.ranges.length; i++) { const range = this.ranges[i]; const each = numbers[i] ?? NaN; if (!range || !(Number.isInteger(each) && each >= Number(range.least) && each <= Number(range.most))) return undefined; }
      const found = interpretPlan(plan, this.given(numbers, series));
      return found && { rank: found.rank, values: found.outputs.map(({ node }) => found.values(node)) };
    };
  }
}

export function exactOf(value: Whole, denominator: bigint): Exact {
  return typeof value === 'object' ? value : reduce(ratio(BigInt(value), denominator));
}
