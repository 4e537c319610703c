/** A tree of recordings as a program: what to work out, in order, up to the next question; then a bill, a refusal, or a case that no one has recorded. */
import { neededFor, type Node } from './graph.ts';
import type { BillLeaf, Branch, CaseTree } from './tree.ts';

/** Something that a bill is to give, by its name. */
export interface Output { readonly name: string; readonly node: Node }

export interface Block { readonly steps: readonly Node[]; readonly end: End }
export type End =
  | { readonly kind: 'ask'; readonly left: Node; readonly right: Node; /** Answers that come to the same share a block. */ readonly ways: readonly Way[] }
  | { readonly kind: 'bill'; readonly leaf: BillLeaf; readonly outputs: readonly Output[] }
  | { readonly kind: 'refused' | 'unknown' };
export type Order = -1 | 0 | 1;
export interface Way { readonly orders: readonly Order[]; readonly block: Block }

/** The program of a tree, for the outputs that are wanted of each leaf. `apart`: leaves are told apart even where their outputs are the same (their bills may have other things to say). `explored`: a way that no one has recorded is one that no case takes. */
export function planOf(tree: CaseTree, outputsOf: (leaf: BillLeaf) => readonly Output[], apart: boolean, explored = false): Block {
  const outputs = new Map(tree.leaves.map((leaf) => [leaf, outputsOf(leaf)]));
  const signatures = new Map<Branch, string>();
  const signature = (branch: Branch | undefined): string => {
    if (!branch) return '?';
    let found = signatures.get(branch);
    if (found === undefined) {
      found = branch.kind === 'refused' ? 'r' : branch.kind === 'bill' ? apart ? `b${branch.rank}` : (outputs.get(branch) ?? []).map(({ name, node }) => `${name}=${node.id}`).join(',') : `(${branch.left.id}:${branch.right.id}${branch.branches.map(signature).join(';')})`;
      signatures.set(branch, found);
    }
    return found;
  };
  const blockOf = (branch: Branch | undefined, known: ReadonlySet<Node>): Block => {
    const done = new Set(known);
    const steps: Node[] = [];
    const need = (node: Node): void => {
      for (const each of neededFor(node, (operand) => done.has(operand))) {
        done.add(each);
        if (each.op !== 'constant') steps.push(each);
      }
    };
    if (!branch) return { steps, end: { kind: 'unknown' } };
    switch (branch.kind) {
      case 'refused': return { steps, end: branch };
      case 'bill': {
        const wanted = outputs.get(branch) ?? [];
        for (const { node } of wanted) need(node);
        return { steps, end: { kind: 'bill', leaf: branch, outputs: wanted } };
      }
      case 'ask': {
        const ways: { orders: Order[]; branch: Branch | undefined; sign: string }[] = [];
        for (const order of [-1, 0, 1] as const) {
          const next = branch.branches[(order + 1) as 0 | 1 | 2];
          if (!next && explored) continue;
          const sign = signature(next);
          const same = ways.find((way) => way.sign === sign);
          if (same) same.orders.push(order);
          else ways.push({ orders: [order], branch: next, sign });
        }
        const [only] = ways;
        if (ways.length === 1 && only?.branch) return blockOf(only.branch, known);
        need(branch.left);
        need(branch.right);
        return { steps, end: { kind: 'ask', left: branch.left, right: branch.right, ways: ways.map((way) => ({ orders: way.orders, block: blockOf(way.branch, done) })) } };
      }
    }
  };
  return blockOf(tree.root, new Set());
}
