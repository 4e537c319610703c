/** The one traversal of the abstract syntax: children in the order of the text. */
import type * as n from './nodes.ts';

/** Every node that a traversal meets. */
export type AnyNode = n.Statement | n.Expr | n.WindowExpr | n.PlageExpr | n.Guard | n.Row | n.Value | n.Grid | n.Identifier | n.ArticleRef | n.Choice | n.Binding | n.Assignment | n.UnitText | n.PlageRow | n.SetAsideFigure | Exclude<n.ExampleLine, n.Assignment>;

const isNode = (value: unknown): value is AnyNode => typeof value === 'object' && value !== null && 'kind' in value && 'span' in value;

/** Calls `enter` on a node and on all below it. Places (`span`) are not entered. */
export function visit(node: AnyNode, enter: (node: AnyNode) => void): void {
  enter(node);
  for (const child of childrenOf(node)) visit(child, enter);
}

/** The children of a node: whatever nodes its fields, lists and plain records hold. */
export function childrenOf(node: AnyNode): AnyNode[] {
  const out: AnyNode[] = [];
  collect(node, out);
  return out;
}

/** Looks into the fields of a record. A loop over keys, for this is the hottest walk of a check. */
function collect(record: object, out: AnyNode[]): void {
  for (const key in record) {
    if (key === 'span' || key === 'file') continue;
    const value = (record as Record<string, unknown>)[key];
    if (typeof value !== 'object' || value === null) continue;
    if (isNode(value)) out.push(value);
    else collect(value, out);
  }
}
