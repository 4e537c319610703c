/** How many decimals say all numbers over some denominators, or undefined when none do. */
export function decimalsFor(denominators: readonly bigint[]): number | undefined {
  let decimals = 0;
  for (const denominator of denominators) {
    let [rest, twos, fives] = [denominator, 0, 0];
    while (rest % 2n === 0n) { rest /= 2n; twos++; }
    while (rest % 5n === 0n) { rest /= 5n; fives++; }
    if (rest !== 1n) return undefined;
    decimals = Math.max(decimals, twos, fives);
  }
  return decimals;
}
