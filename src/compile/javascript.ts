/** A plan as JavaScript on whole numbers, to be read and to be run. */
import type { Slot } from './form.ts';
import { comparesAsNumbers, joins, steps, workOf, type Fit, type Fits } from './fit.ts';
import type { Sign } from './graph.ts';
import type { Node } from './graph.ts';
import type { Block, End, Order, Output } from './plan.ts';

export interface PrintOptions {
  readonly fits: Fits;
  readonly slots: readonly Slot[];
  /** What to do with a bill, in statements. */
  readonly bill: (outputs: readonly (Output & { readonly text: string; readonly fit: Fit })[], rank: number) => readonly string[];
  /** What to do with a case that is refused, or that no one has recorded. */
  readonly miss: (why: 'refused' | 'unknown') => readonly string[];
  /** Keeps whole numbers of formulas out of the text, in `k`: code of another case with other figures is then the same text. */
  readonly lift: boolean;
  /** Names for formulas, where those of their places would say less. */
  readonly wishes?: ReadonlyMap<Node, string>;
  /** Tells articles and denominators. */
  readonly comments: boolean;
  readonly indent: string;
}

export interface Printed { readonly lines: readonly string[]; readonly constants: readonly (number | bigint)[]; /** The names of the numbers of the case, by rank. */ readonly inputs: readonly string[] }

type Work = 'number' | 'bigint' | 'ratio';

/** A formula over intervals whose values do not all fit in doubles: no code is made for it. Caught by `compiled.ts`. */
export class TooWide { readonly what = 'too wide'; }

export function printPlan(plan: Block, options: PrintOptions): Printed {
  const { fits, comments } = options;
  const names = new Map<Node, string>();
  const taken = new Map<string, number>();
  const constants: (number | bigint)[] = [];
  const ranks = new Map<number | bigint, number>();
  const lines: string[] = [];
  let told: string | undefined;

  const nameOf = (node: Node): string => {
    let name = names.get(node);
    if (name === undefined) {
      const slot = node.op === 'input' ? options.slots[node.index] : undefined;
      const wish = identifier(options.wishes?.get(node) ?? (slot ? (slot.back > 0 ? `${slot.name}_${slot.back}` : slot.name) : comments ? node.place?.name ?? 't' : 't'));
      name = wish;
      for (let rank = (taken.get(wish) ?? 0) + 1; taken.has(name) || RESERVED.has(name); rank++) { name = `${wish}_${rank + 1}`; taken.set(wish, rank); }
      taken.set(name, taken.get(name) ?? 0);
      names.set(node, name);
    }
    return name;
  };
  const literal = (n: bigint, work: Work): string => {
    if (!options.lift) return work === 'number' ? String(n) : `${n}n`;
    const value = work === 'number' ? Number(n) : n;
    let rank = ranks.get(value);
    if (rank === undefined) ranks.set(value, (rank = constants.push(value) - 1));
    return `k${rank}`;
  };
  /** The whole number of a node over another denominator, as the work needs it. */
  const operand = (node: Node, factor: bigint, work: Work): string => {
    const fit = fits.of(node);
    if (work === 'ratio') return node.op === 'constant' ? `ratio(${literal(node.value.n, 'bigint')}, ${node.value.d}n)` : fit.as === 'ratio' ? nameOf(node) : `ratio(${fit.as === 'number' ? `BigInt(${nameOf(node)})` : nameOf(node)}, ${fit.denominator}n)`;
    if (node.op === 'constant') return literal(node.value.n * factor, work);
    const one = node.length === undefined ? nameOf(node) : `${nameOf(node)}[j]`;
    const text = work === 'bigint' && fit.as === 'number' ? `BigInt(${one})` : one;
    return factor === 1n ? text : `${text} * ${work === 'bigint' ? `${factor}n` : String(factor)}`;
  };
  const expression = (node: Node): { readonly text: string; readonly work: Work } => {
    const work = workOf(node, fits);
    const text = ((): string => {
      switch (node.op) {
        case 'input': case 'constant': return nameOf(node);
        case 'fold': return `${FOLDS[node.operator]}(${nameOf(node.vector)}, ${node.from}, ${node.to})`;
        case 'series': return `s${node.rank}`;
        case 'part': return `${nameOf(node.vector)}.subarray(${node.from}, ${node.to})`;
        case 'test': { const { left, right } = joins(fits.of(node.left), fits.of(node.right)); return `${operand(node.left, left, work)} ${TESTS[node.sign]} ${operand(node.right, right, work)} ? 1 : 0`; }
        case 'where': { const { left, right } = joins(fits.of(node.left), fits.of(node.right)); return `${operand(node.test, 1n, work)} === 1 ? ${operand(node.left, left, work)} : ${operand(node.right, right, work)}`; }
        case 'spread': return '';
        case 'nearest': case 'below': return stepText(node, work);
        case 'divide': return `divide(${operand(node.left, 1n, 'ratio')}, ${operand(node.right, 1n, 'ratio')})`;
        case 'multiply':
          if (work === 'ratio') return `multiply(${operand(node.left, 1n, work)}, ${operand(node.right, 1n, work)})`;
          return `${operand(node.left, 1n, work)} * ${operand(node.right, 1n, work)}`;
        case 'add': case 'maximum': case 'minimum': {
          const { left, right } = joins(fits.of(node.left), fits.of(node.right));
          const [a, b] = [operand(node.left, left, work), operand(node.right, right, work)];
          if (work === 'ratio') return `${node.op}(${a}, ${b})`;
          if (node.op === 'add') return `${a} + ${b}`;
          return work === 'number' ? `Math.${node.op === 'maximum' ? 'max' : 'min'}(${a}, ${b})` : `${node.op}Big(${a}, ${b})`;
        }
      }
    })();
    return { text, work };
  };
  const stepText = (node: Extract<Node, { op: 'nearest' | 'below' }>, work: Work): string => {
    const fit = fits.of(node.operand);
    if (work === 'ratio') return `${node.op === 'nearest' ? 'roundTo' : 'floorTo'}(${operand(node.operand, 1n, work)}, { n: ${node.step.n}n, d: ${node.step.d}n })`;
    const { up, down } = steps(fit, node.step);
    const [suffix, positive] = [work === 'bigint' ? 'n' : '', fit.least >= 0n];
    const by = node.step.n === 1n ? '' : ` * ${node.step.n}${suffix}`;
    const scaled = operand(node.operand, up, work);
    if (down === 1n) return `${scaled}${by}`;
    const divided = (text: string, under: bigint): string => (work === 'number' ? `Math.floor((${text}) / ${under})` : `(${text}) / ${under}n`);
    if (!positive) return `${node.op}${work === 'bigint' ? 'Big' : ''}(${scaled}, ${down}${suffix})${by}`;
    if (node.op === 'below') return `${divided(scaled, down)}${by}`;
    return `${down % 2n === 0n ? divided(`${scaled} + ${down / 2n}${suffix}`, down) : divided(`${operand(node.operand, up * 2n, work)} + ${down}${suffix}`, down * 2n)}${by}`;
  };
  const tell = (node: Node, indent: string): void => {
    if (!comments || !node.place || node.op === 'input') return;
    const text = `${node.place.article} ${node.place.name.replace(/_/g, ' ')}`;
    if (text !== told) lines.push(`${indent}// ${text}`);
    told = text;
  };
  const write = (node: Node, indent: string): void => {
    if (node.op === 'input') return;
    tell(node, indent);
    const { text, work } = expression(node);
    const fit = fits.of(node);
    if (node.length !== undefined && node.op !== 'series' && node.op !== 'part') { overIntervals(node, node.length, text, work, indent); return; }
    const kept = work === 'bigint' && fit.as === 'number' ? `Number(${text})` : text;
    lines.push(`${indent}const ${nameOf(node)} = ${kept};${comments && fit.as !== 'ratio' && fit.denominator !== 1n ? ` // ÷ ${fit.denominator}` : ''}`);
  };
  /** Of a formula over intervals, its array. */
  const overIntervals = (node: Node, length: number, text: string, work: Work, indent: string): void => {
    if (work !== 'number') throw new TooWide();
    const name = nameOf(node);
    lines.push(`${indent}const ${name} = new Float64Array(${length});${comments && fits.of(node).denominator !== 1n ? ` // ÷ ${fits.of(node).denominator}` : ''}`);
    if (node.op !== 'spread') { lines.push(`${indent}for (let j = 0; j < ${length}; j++) ${name}[j] = ${text};`); return; }
    let from = 0;
    for (const { value, count } of node.runs) {
      lines.push(`${indent}${name}.fill(${operand(value, fits.of(node).denominator / fits.of(value).denominator, work)}, ${from}, ${from + count});`);
      from += count;
    }
  };
  const condition = (end: Extract<End, { kind: 'ask' }>, orders: readonly Order[]): string => {
    const [left, right] = [fits.of(end.left), fits.of(end.right)];
    const sign = SIGNS[orders.join()] ?? '===';
    if (left.as === 'ratio' || right.as === 'ratio') return `compare(${operand(end.left, 1n, 'ratio')}, ${operand(end.right, 1n, 'ratio')}) ${sign} 0`;
    const work = comparesAsNumbers(left, right) ? 'number' : 'bigint';
    const { left: a, right: b } = joins(left, right);
    return `${operand(end.left, a, work)} ${sign} ${operand(end.right, b, work)}`;
  };
  const block = ({ steps: nodes, end }: Block, indent: string): void => {
    for (const node of nodes) write(node, indent);
    switch (end.kind) {
      case 'refused': case 'unknown': for (const line of options.miss(end.kind)) lines.push(`${indent}${line}`); return;
      case 'bill': {
        if (comments) { lines.push(`${indent}// ${end.outputs.length > 0 ? 'facture' : ''}`); told = undefined; }
        for (const line of options.bill(end.outputs.map((output) => ({ ...output, text: output.node.op === 'constant' ? literal(output.node.value.n, fits.of(output.node).as) : nameOf(output.node), fit: fits.of(output.node) })), end.leaf.rank)) lines.push(`${indent}${line}`);
        return;
      }
      case 'ask': {
        // What leads nowhere first, so that what follows need not be set in.
        const ways = [...end.ways].sort((a, b) => Number(isLong(a.block)) - Number(isLong(b.block)));
        ways.forEach((way, rank) => {
          if (rank === ways.length - 1) { block(way.block, indent); return; }
          if (comments && end.left.place && `${end.left.place.article} ${end.left.place.name}` !== told) tell(end.left, indent);
          lines.push(`${indent}if (${condition(end, way.orders)}) {`);
          const before = told;
          block(way.block, `${indent}  `);
          told = before;
          lines.push(`${indent}}`);
        });
      }
    }
  };
  const inputs = options.slots.map((_, index) => nameOf(fits.graph.input(index)));
  block(plan, options.indent);
  return { lines, constants, inputs };
}

const isLong = (block: Block): boolean => block.end.kind === 'ask' || block.end.kind === 'bill';
const SIGNS: Readonly<Record<string, string>> = { '-1': '<', 0: '===', 1: '>', '-1,0': '<=', '0,1': '>=', '-1,1': '!==' };
const TESTS: Readonly<Record<Sign, string>> = { '=': '===', '≠': '!==', '<': '<', '≤': '<=', '>': '>', '≥': '>=' };
const FOLDS = { somme: 'sumOf', maximum: 'largestOf', minimum: 'smallestOf' } as const;
const RESERVED: ReadonlySet<string> = new Set(['in', 'do', 'if', 'for', 'new', 'var', 'let', 'case', 'else', 'enum', 'this', 'null', 'true', 'with', 'const', 'while', 'class', 'return', 'super', 'yield', 'ratio', 'divide', 'multiply', 'add', 'maximum', 'minimum', 'nearest', 'below', 'compare', 'Math', 'BigInt', 'Number', 'roundTo', 'floorTo', 'i', 'j', 'r', 'k', 'x', 'v', 's', 'rows', 'from', 'to']);
const identifier = (name: string): string => { const made = name.replace(/[^\p{L}\p{N}_]/gu, '_'); return /^\p{N}/u.test(made) ? `_${made}` : /^[kxsoc]\d+$/.test(made) ? `_${made}` : made; };
