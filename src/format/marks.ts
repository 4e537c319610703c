/**
 * What the tree says of the places of a text: where a parenthesis is a function's, a sign a contrary, a stroke a unit's, and where
 * the parts of a row are. The tokens alone do not tell.
 */
import type { Span } from '../source/file.ts';
import type { Block, Guard } from '../syntax/nodes.ts';
import { visit, type AnyNode } from '../syntax/visit.ts';

/** A row: a value, then what says when it holds. All are offsets. */
export interface RowMark {
  /** Where the value ends. */
  readonly end: number;
  /** Where the first guard, or the row's text, begins; undefined when there is nothing, or a comma, after the value. */
  readonly tail: number | undefined;
  /** Stretches that hold an operator which joins whole parts of the value: a line may begin with it, under the value. */
  readonly joints: readonly { readonly start: number; readonly end: number }[];
}
export interface Marks {
  /** Ends of the names of functions that are called. */
  readonly calls: ReadonlySet<number>;
  /** Starts of what begins with the sign of a contrary, the letter of the book before it included. */
  readonly negatives: ReadonlySet<number>;
  /** From start to end of the units that are written alone (`en $/kWh`). */
  readonly units: ReadonlyMap<number, number>;
  readonly rows: ReadonlyMap<number, RowMark>;
}

/** The marks of a file's blocks. */
export function marksOf(blocks: readonly Block[]): Marks {
  const calls = new Set<number>();
  const negatives = new Set<number>();
  const units = new Map<number, number>();
  const rows = new Map<number, RowMark>();
  for (const block of blocks) {
    for (const statement of block.statements) {
      visit(statement, (node) => {
        if (node.kind === 'call') calls.add(node.fn.span.end);
        else if (node.kind === 'negate' || node.kind === 'choice') negatives.add(node.span.start);
        else if (node.kind === 'unit') units.set(node.span.start, node.span.end);
        else if (node.kind === 'row') rows.set(node.span.start, rowMark(node.span, node.value, node.guards, node.text !== undefined));
        else if (node.kind === 'plageRow') rows.set(node.span.start, rowMark(node.span, node.plage, node.guards, false));
      });
    }
  }
  return { calls, negatives, units, rows };
}

function rowMark(span: Span, value: AnyNode, guards: readonly Guard[], hasText: boolean): RowMark {
  const [first] = guards;
  const comma = first !== undefined && first.span.file.text[first.span.start] === ',';
  const after = span.file.text.slice(value.span.end, span.end).indexOf('«');
  const tail = first ? (comma ? undefined : first.span.start) : hasText && after >= 0 ? value.span.end + after : undefined;
  return { end: value.span.end, tail, joints: joints(value) };
}

/** From the loosest operation down its left side: `a + b × c − d` is joined at `+` and `−`. */
function joints(value: AnyNode): { start: number; end: number }[] {
  const found = [];
  for (let node = value; node.kind === 'binary' || node.kind === 'plageBinary'; node = node.left) found.push({ start: node.left.span.end, end: node.right.span.start });
  return found;
}
