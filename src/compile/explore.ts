/**
 * All the ways through the questions of a kind of case, not only those that cases have taken: each is answered in every way that
 * bounds allow, depth first, the recording run again for each.
 */
import { Bounds } from './bounds.ts';
import type { InputFit } from './fit.ts';
import type { Order } from './plan.ts';
import type { Settle } from './record.ts';

/** Thrown out of a recording whose answers turn out to exclude each other; caught here. */
class Impossible { readonly what = 'impossible'; }

/**
 * Runs `record` once a way, with what settles its questions. `fit` gives the bounds of a number of the case by its rank. False when
 * there are more ways than `most`. With a `CaseTree`: `explore(most, fit, (settle) => tree.learn(input, settle))`.
 */
export function explore(most: number, fit: (index: number) => InputFit, record: (settle: Settle) => void): boolean {
  const script: { readonly orders: readonly Order[]; at: number }[] = [];
  for (let way = 0; way < most; way++) {
    const bounds = new Bounds(fit);
    let depth = 0;
    try {
      record((left, right) => {
        let step = script[depth];
        if (!step) script.push((step = { orders: bounds.orders(left, right), at: 0 }));
        depth++;
        const order = step.orders[step.at];
        if (order === undefined || !bounds.assume(left, right, order)) throw new Impossible();
        return order;
      });
    } catch (stop) {
      if (!(stop instanceof Impossible)) throw stop;
    }
    while (script.length > 0 && (script.at(-1)?.at ?? 0) >= (script.at(-1)?.orders.length ?? 0) - 1) script.pop();
    const last = script.at(-1);
    if (!last) return true;
    last.at++;
  }
  return false;
}
