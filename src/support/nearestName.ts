/** Lower case without accents or separators: `Puissance à facturer` and `puissance_a_facturer` are the same. */
const fold = (text: string): string =>
  text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replace(/[\s_\-'’]+/g, '');

/** Edits (insertions, deletions, changes, swaps of neighbours) from one text to another; past the limit, just more than it. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((row[j - 1] ?? 0) + 1, (previous[j] ?? 0) + 1, (previous[j - 1] ?? 0) + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    before = previous;
    previous = row;
  }
  return Math.min(previous[b.length] ?? limit + 1, limit + 1);
}

/** A beginning shorter than this says too little to guess from. */
const TELLING = 4;

/**
 * The candidate that the writer most likely meant: the nearest within a third of the name's letters; failing that, the shortest
 * that begins with the name. Undefined when none is near enough. Of equals, the first wins.
 *
 * `nearestName('energi', ['puissance', 'énergie'])` is `'énergie'`.
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = fold(name);
  if (wanted === '') return undefined;
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  let nearest: string | undefined;
  let least = limit + 1;
  let longer: string | undefined;
  for (const candidate of candidates) {
    const folded = fold(candidate);
    const found = distance(wanted, folded, limit);
    // A name of one or two letters is within one edit of every other: then some letter must be shared.
    if (found < least && found < Math.max(wanted.length, folded.length)) {
      least = found;
      nearest = candidate;
    }
    if (wanted.length >= TELLING && folded.startsWith(wanted) && (longer === undefined || candidate.length < longer.length)) longer = candidate;
  }
  return nearest ?? longer;
}
