/** A graph that leaves out what the bounds of its numbers decide: the larger of a number and 0, where it is never negative. */
import { Bounds } from '../bounds.ts';
import type { InputFit } from '../fit.ts';
import { Graph, type Binary, type Node } from '../graph.ts';

export class BoundedGraph extends Graph {
  private readonly bounds: Bounds;
  constructor(fit: (index: number) => InputFit) { super(); this.bounds = new Bounds(fit); }

  override binary(op: Binary, left: Node, right: Node): Node {
    if (op === 'maximum' || op === 'minimum') {
      const orders = this.bounds.orders(left, right);
      const [larger, smaller] = op === 'maximum' ? [left, right] : [right, left];
      if (!orders.includes(-1)) return larger;
      if (!orders.includes(1)) return smaller;
    }
    return super.binary(op, left, right);
  }
}
