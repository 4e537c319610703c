/** Data that a case may give for the rates that its own rate consults. */
import type { Consulted, Program, RelatedDatum, ValueSymbol } from './core.ts';
import { isFact } from './types.ts';

/** What the consulted rates read of a case and this one does not have. */
export function relatedData(own: ReadonlyMap<string, ValueSymbol>, consulted: Consulted, programOf: (rate: string) => Program | undefined): RelatedDatum[] {
  const known = new Set([...own.values()].map((symbol) => symbol.name));
  const found = new Map<string, RelatedDatum>();
  for (const [rates, forAmounts] of [[consulted.amounts, true], [consulted.conditions, false]] as const) {
    for (const rate of rates) {
      const other = programOf(rate);
      for (const symbol of other?.symbols.values() ?? []) {
        const needed = (forAmounts ? other?.neededByAmounts : other?.neededByConditions)?.has(symbol.name);
        if (isFact(symbol) && needed && !known.has(symbol.name) && !found.has(symbol.name)) found.set(symbol.name, { symbol, forAmounts });
      }
    }
  }
  return [...found.values()];
}
