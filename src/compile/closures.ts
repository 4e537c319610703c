/** A plan run without generated code, where a page forbids it (`unsafe-eval`): the same formulas, each a closure on ratios. */
import type { Exact } from '../quantity/exact.ts';
import { compare } from '../quantity/exact.ts';
import type { Node } from './graph.ts';
import type { Block, Order, Output } from './plan.ts';
import { evaluateNode, type Given, type Known } from './values.ts';

/** Finds the leaf of a case, and gives its outputs; undefined for a refusal or a case that no one has recorded. */
export function interpretPlan(plan: Block, given: Given): { readonly rank: number; readonly outputs: readonly Output[]; readonly values: (node: Node) => Exact } | undefined {
  const known: Known = new Map();
  const value = (node: Node): Exact => evaluateNode(node, given, known);
  for (let { end } = plan; ;) {
    if (end.kind === 'bill') return { rank: end.leaf.rank, outputs: end.outputs, values: value };
    if (end.kind !== 'ask') return undefined;
    const order: Order = compare(value(end.left), value(end.right));
    const way = end.ways.find(({ orders }) => orders.includes(order));
    if (!way) return undefined;
    ({ end } = way.block);
  }
}
