/** Formulas as SQL on whole numbers: 64 bits where bounds allow it, more where they must. */
import { diagnostic } from '../../diagnostics/diagnostic.ts';
import { inWords } from '../../evaluate/words.ts';
import { joins, steps, type Fit, type Fits } from '../fit.ts';
import type { Node } from '../graph.ts';
import type { Order } from '../plan.ts';
import type { Dialect, Width } from './dialect.ts';
import { Unsayable } from './runtime.ts';

const LONG = 2n ** 63n - 1n;
const size = (n: bigint): bigint => (n < 0n ? -n : n);

interface Written { readonly text: string; readonly width: Width; /** Needs no parentheses. */ readonly atom: boolean }

export class Expressions {
  /** `named`: the column that holds a node, for those that have one. */
  constructor(private readonly fits: Fits, private readonly dialect: Dialect, private readonly named: (node: Node) => string | undefined) {}

  fit(node: Node): Fit {
    const fit = this.fits.of(node);
    if (fit.as === 'ratio') throw new Unsayable(diagnostic('sql/quotient', { what: inWords(node.place?.name ?? '') }));
    return fit;
  }

  widthOf(node: Node): Width { const { least, most } = this.fit(node); return this.width(least, most, node); }

  private width(least: bigint, most: bigint, node: Node): Width {
    const widest = size(least) > size(most) ? size(least) : size(most);
    if (widest <= LONG) return 'bigint';
    if (this.dialect.widest !== undefined && widest > this.dialect.widest) throw new Unsayable(diagnostic('sql/largeur', { what: inWords(node.place?.name ?? '') }));
    return 'wide';
  }

  /** A formula as its whole number. */
  text(node: Node): string { return this.write(node, 1n, this.widthOf(node)).text; }

  /** A formula worked out in a column of its own. */
  made(node: Node): string { const width = this.widthOf(node); const made = this.work(node); return this.held(made, width).text; }

  /** The whole number of a node times a factor, in a width. */
  private write(node: Node, factor: bigint, width: Width): Written {
    if (node.op === 'constant') return { text: String(this.wholeOf(node) * factor), width, atom: this.wholeOf(node) >= 0n };
    const name = this.named(node);
    const bare: Written = name === undefined ? this.held(this.work(node), this.widthOf(node)) : { text: name, width: this.widthOf(node), atom: true };
    if (factor === 1n) return this.held(bare, width, true);
    return { text: `${wrapped(this.held(bare, width, true))} * ${factor}`, width, atom: false };
  }
  private wholeOf(node: Extract<Node, { op: 'constant' }>): bigint { return node.value.n * (this.fit(node).denominator / node.value.d); }

  private held(made: Written, width: Width, onlyWider = false): Written {
    if (made.width === width || (onlyWider && made.width === 'wide')) return made;
    return { text: `CAST(${made.text} AS ${this.dialect.type(width)})`, width, atom: true };
  }

  private work(node: Node): Written {
    switch (node.op) {
      case 'input': case 'constant': case 'divide': case 'fold': case 'series': case 'part': case 'test': case 'where': case 'spread': throw new RangeError('a formula that is not worked out');
      case 'nearest': case 'below': return this.step(node);
      case 'multiply': {
        const width = this.widthOf(node);
        const [a, b] = [this.write(node.left, 1n, width), this.write(node.right, 1n, width)];
        if (a.text === '1') return b;
        if (b.text === '1') return a;
        return { text: `${wrapped(a)} * ${wrapped(b)}`, width, atom: false };
      }
      case 'add': case 'maximum': case 'minimum': {
        const [left, right] = [this.fit(node.left), this.fit(node.right)];
        const factors = joins(left, right);
        const widths = [this.width(left.least * factors.left, left.most * factors.left, node), this.width(right.least * factors.right, right.most * factors.right, node), this.widthOf(node)];
        const width = widths.includes('wide') ? 'wide' : 'bigint';
        const [a, b] = [this.write(node.left, factors.left, width), this.write(node.right, factors.right, width)];
        if (node.op !== 'add') return { text: `${node.op === 'maximum' ? 'greatest' : 'least'}(${a.text}, ${b.text})`, width, atom: true };
        return { text: b.text.startsWith('-') && b.atom ? `${a.text} - ${b.text.slice(1)}` : `${a.text} + ${b.text.startsWith('-') ? `(${b.text})` : b.text}`, width, atom: false };
      }
    }
  }

  private step(node: Extract<Node, { op: 'nearest' | 'below' }>): Written {
    const fit = this.fit(node.operand);
    const { up, down } = steps(fit, node.step);
    const by = node.step.n === 1n ? '' : ` * ${node.step.n}`;
    if (down === 1n) { const width = this.width(fit.least * up * node.step.n, fit.most * up * node.step.n, node); const made = this.write(node.operand, up, width); return { text: `${wrapped(made)}${by}`, width, atom: by === '' && made.atom }; }
    const nearest = node.op === 'nearest';
    const [factor, under] = nearest && down % 2n === 1n ? [up * 2n, down * 2n] : [up, down];
    const edge = nearest ? under / 2n : under - 1n;
    const width = this.width(fit.least * factor - under, fit.most * factor + under, node);
    const x = wrapped(this.write(node.operand, factor, width));
    const over = (top: string): string => this.dialect.divide(`(${top})`, String(under), width);
    const whole = fit.least >= 0n ? over(nearest ? `${x} + ${edge}` : x)
      : nearest ? over(`${x} + CASE WHEN ${x} < 0 THEN -${edge} ELSE ${edge} END`)
        : `CASE WHEN ${x} < 0 THEN -(${over(`${edge} - ${x}`)}) ELSE ${over(x)} END`;
    return { text: by === '' ? whole : `(${whole})${by}`, width, atom: false };
  }

  /** How two formulas compare, in one of some orders. */
  condition(left: Node, right: Node, orders: readonly Order[]): string {
    const [a, b] = [this.fit(left), this.fit(right)];
    const factors = joins(a, b);
    const widths = [this.width(a.least * factors.left, a.most * factors.left, left), this.width(b.least * factors.right, b.most * factors.right, right)];
    const width = widths.includes('wide') ? 'wide' : 'bigint';
    return `${this.write(left, factors.left, width).text} ${SIGNS[orders.join()] ?? '='} ${this.write(right, factors.right, width).text}`;
  }
}
const wrapped = ({ text, atom }: Written): string => (atom ? text : `(${text})`);
const SIGNS: Readonly<Record<string, string>> = { '-1': '<', 0: '=', 1: '>', '-1,0': '<=', '0,1': '>=', '-1,1': '<>' };
