/** Pairs the items of two lists by what they have in common, from the surest likeness to the loosest. */
export interface Paired<T> { readonly pairs: readonly (readonly [T, T])[]; readonly removed: readonly T[]; readonly added: readonly T[] }

/** Each likeness gives an item a key, or undefined when it has none; items of one key are paired in their order. */
export function pairUp<T>(before: readonly T[], after: readonly T[], likenesses: readonly ((item: T) => string | undefined)[]): Paired<T> {
  const pairs: [T, T][] = [];
  let left = [...before];
  let right = [...after];
  for (const likeness of likenesses) {
    if (left.length === 0 || right.length === 0) break;
    const waiting = new Map<string, T[]>();
    for (const item of right) { const key = likeness(item); if (key !== undefined) waiting.set(key, [...(waiting.get(key) ?? []), item]); }
    const taken = new Set<T>();
    left = left.filter((item) => {
      const key = likeness(item);
      const found = key === undefined ? undefined : waiting.get(key)?.shift();
      if (found === undefined) return true;
      pairs.push([item, found]);
      taken.add(found);
      return false;
    });
    right = right.filter((item) => !taken.has(item));
  }
  const place = new Map(after.map((item, index) => [item, index]));
  return { pairs: pairs.sort(([, a], [, b]) => (place.get(a) ?? 0) - (place.get(b) ?? 0)), removed: left, added: right };
}
