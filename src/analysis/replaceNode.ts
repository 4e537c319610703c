/** A tree with one of its nodes replaced: what is not on the way to it is shared with the tree as it was. */

/** The same tree, but with `to` where `from` stands; the same object when it is not there. Places and files are not entered. */
export function replaceNode<T>(tree: T, from: object, to: object): T {
  return rebuilt(tree, from, to) as T;
}

function rebuilt(value: unknown, from: object, to: object): unknown {
  if (value === from) return to;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => rebuilt(item, from, to));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  let changed: Record<string, unknown> | undefined;
  for (const [key, child] of Object.entries(value)) {
    if (key === 'span' || key === 'file') continue;
    const made = rebuilt(child, from, to);
    if (made !== child) (changed ??= { ...value })[key] = made;
  }
  return changed ?? value;
}
