/**
 * The recordings of cases of one form, as a tree of questions: at each leaf, the bill of all the cases that answer alike, or a
 * refusal. The tree grows as cases come that answer otherwise.
 */
import { billCase, type Bill, type Editions } from '../evaluate/bill.ts';
import type { CaseInput } from '../evaluate/case.ts';
import type { Exact } from '../quantity/exact.ts';
import { invariant } from '../support/invariant.ts';
import { refill } from './form.ts';
import { Graph, type Node } from './graph.ts';
import { record, Recorded, Unrecordable, type Decision, type Recording, type Settle } from './record.ts';

export interface BillLeaf { readonly kind: 'bill'; readonly rank: number; readonly bill: Bill; readonly recording: Recording }
export interface Ask { readonly kind: 'ask'; readonly left: Node; readonly right: Node; readonly branches: [below: Branch | undefined, equal: Branch | undefined, above: Branch | undefined] }
export type Branch = BillLeaf | { readonly kind: 'refused' } | Ask;

const branchOf = (order: -1 | 0 | 1): 0 | 1 | 2 => (order + 1) as 0 | 1 | 2;

/** Recordings of cases of one form. */
export class CaseTree {
  readonly graph = new Graph();
  readonly leaves: BillLeaf[] = [];
  root: Branch | undefined;
  /** Why cases of this form are left to the interpreter. */
  unrecordable: Unrecordable['reason'] | undefined;

  constructor(private readonly editions: Editions) {}

  /** Records a case; whether the tree has grown. `settle` answers the questions in place of the case. */
  learn(input: CaseInput, settle?: Settle): boolean {
    if (this.unrecordable) return false;
    const recording = record(this.graph, settle);
    let numbers = 0;
    let series = 0;
    const made = refill(input, {
      number: (value) => recording.input(numbers++, value),
      series: (each) => ({ ...each, ...recording.series(series++, each.values) }),
    });
    try {
      const outcome = billCase(made, this.editions, {
        watch: (session) => {
          session.places = [];
          Object.defineProperty(this.graph, 'place', { configurable: true, get: () => { const place = session.places?.at(-1); return place && { name: place.name, article: place.article }; } });
        },
      });
      if ('bill' in outcome) {
        const leaf: BillLeaf = { kind: 'bill', rank: this.leaves.length, bill: outcome.bill, recording };
        if (!this.grow(recording.decisions, leaf)) return false;
        this.leaves.push(leaf);
        return true;
      }
      return this.grow(recording.decisions, { kind: 'refused' });
    } catch (stop) {
      if (!(stop instanceof Unrecordable)) throw stop;
      this.unrecordable = stop.reason;
      return false;
    }
  }

  private grow(decisions: readonly Decision[], leaf: Branch): boolean {
    let hang = (branch: Branch): void => { this.root = branch; };
    let at = this.root;
    for (const { left, right, order } of decisions) {
      if (!at) { at = { kind: 'ask', left, right, branches: [undefined, undefined, undefined] }; hang(at); }
      invariant(at.kind === 'ask' && at.left === left && at.right === right, 'cases of one form are asked the same questions while they answer alike');
      const { branches } = at;
      hang = (branch) => { branches[branchOf(order)] = branch; };
      at = branches[branchOf(order)];
    }
    if (at) return false;
    hang(leaf);
    return true;
  }
}

/** The node of a value of a recorded bill. */
export const nodeOf = (graph: Graph, value: Exact): Node => (value instanceof Recorded ? value.node : graph.constant(value));
