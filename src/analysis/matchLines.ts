/** The lines of two bills, paired: which line of one is which line of the other. */
import type { BillLine } from '../evaluate/bill.ts';

/** Lines that are the same line of the two bills: one on each side, or several that can only be compared together. */
export interface Pair { readonly a: readonly BillLine[]; readonly b: readonly BillLine[] }

const nameOf = (line: BillLine): string => [line.role, line.line, line.adjusts ?? '', line.tranche ?? ''].join('|');
const spanOf = (line: BillLine): string => `${line.start}-${line.end}`;
/** How closely two lines must agree; the closest first. */
const CLOSENESS: readonly ((line: BillLine) => string)[] = [
  (line) => [nameOf(line), line.title, spanOf(line), line.origin.article].join('|'), (line) => [nameOf(line), spanOf(line), line.title].join('|'), (line) => [nameOf(line), line.title].join('|'), (line) => [nameOf(line), spanOf(line)].join('|'), nameOf,
];

/** Pairs in the order of the bills. A line that has no counterpart stands alone; those of one name that a cut left uneven stand together. */
export function pairLines(a: readonly BillLine[], b: readonly BillLine[]): Pair[] {
  const pairs: Pair[] = [];
  let [left, right] = [[...a], [...b]];
  for (const key of CLOSENESS) {
    const [ours, theirs] = [grouped(left, key), grouped(right, key)];
    for (const [name, one] of ours) {
      const other = theirs.get(name);
      if (!other || (key !== nameOf && (one.length > 1 || other.length > 1))) continue;
      pairs.push({ a: one, b: other });
      left = left.filter((line) => !one.includes(line));
      right = right.filter((line) => !other.includes(line));
    }
  }
  pairs.push(...left.map((line): Pair => ({ a: [line], b: [] })), ...right.map((line): Pair => ({ a: [], b: [line] })));
  const place = ({ a: ours, b: theirs }: Pair): number => (ours[0] ? a.indexOf(ours[0]) : theirs[0] ? b.indexOf(theirs[0]) + 0.5 : 0);
  return pairs.sort((one, other) => place(one) - place(other));
}

function grouped(lines: readonly BillLine[], key: (line: BillLine) => string): Map<string, BillLine[]> {
  const groups = new Map<string, BillLine[]>();
  for (const line of lines) groups.set(key(line), [...(groups.get(key(line)) ?? []), line]);
  return groups;
}
