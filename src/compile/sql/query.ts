/** What a query says of a rate → the query: layers, each with columns made of those of the layer before. */
import { Fits } from '../fit.ts';
import { operandsOf, type Node } from '../graph.ts';
import type { Order } from '../plan.ts';
import { decimalsFor } from './decimals.ts';
import type { Dialect } from './dialect.ts';
import { Expressions } from './expression.ts';
import type { Column, Place } from './places.ts';
import type { Said } from './record.ts';
import { digitsOf, literal, quoted, sourceOf, type Made, type Stood, type Table } from './source.ts';
import type { Ways } from './ways.ts';
import { jsonKey } from '../../evaluate/words.ts';

/** A query with what it gives: a column of the result, and of which line of the bill it is. */
export interface Query { readonly text: string; readonly columns: readonly string[]; /** Keys of the data that it reads. */ readonly read: readonly string[]; /** Whether every whole number is held in 64 bits. */ readonly narrow: boolean }

/** Throws `Unsayable` where a number has no room. */
export function queryOf(said: Said, table: Table, columns: readonly Column[], dialect: Dialect, heading: (read: readonly string[]) => readonly string[]): Query {
  const { graph, places } = said;
  const source = sourceOf(said, usedBy(said), table, columns, dialect);
  const fits = new Fits(graph, places.fits, []);
  const stands = (node: Node): Stood | undefined => { const place = node.op === 'input' ? places.all[node.index] : undefined; return place && source.stands(place); };
  const unknown = (node: Node): boolean => stands(node)?.kind === 'unknown' || operandsOf(node).some(unknown);

  // ── which formulas have a column ──
  const bills = new Map<string, Extract<Ways, { kind: 'bill' }>>();
  const sign = (bill: Extract<Ways, { kind: 'bill' }>): string => [...bill.outputs].map(([name, node]) => `${name}=${node.id}`).join();
  const uses = new Map<Node, number>();
  const use = (node: Node): void => {
    const count = (uses.get(node) ?? 0) + 1;
    uses.set(node, count);
    if (count === 1) for (const each of operandsOf(node)) use(each);
    // The sign of what is rounded is looked at beside its size.
    if (count === 1 && (node.op === 'nearest' || node.op === 'below') && fits.of(node.operand).least < 0n) use(node.operand);
  };
  const gather = (ways: Ways): void => {
    if (ways.kind === 'bill') { const key = sign(ways); if (!bills.has(key)) { bills.set(key, ways); for (const node of new Set(ways.outputs.values())) use(node); } }
    if (ways.kind !== 'ask') return;
    if (!unknown(ways.left) && !unknown(ways.right) && !flagOf(ways)) { use(ways.left); use(ways.right); }
    for (const next of ways.branches) if (next) gather(next);
  };
  /** A question of yes or no. */
  const flagOf = (ways: Extract<Ways, { kind: 'ask' }>): string | undefined => { const stood = stands(ways.left); return stood?.kind === 'flag' ? stood.text : undefined; };
  gather(said.amounts);
  for (const check of said.checks) gather(check);

  const names = new Map<Node, string>();
  const levels = new Map<Node, number>();
  const taken = new Set([...source.read, ...source.weighed, ...source.windows].map(({ name }) => name));
  const named = (node: Node): string | undefined => { const stood = stands(node); return stood?.kind === 'number' ? stood.name : names.get(node); };
  const level = (node: Node): number => {
    let found = levels.get(node);
    if (found === undefined) { found = Math.max(0, ...operandsOf(node).map(level)) + (names.has(node) ? 1 : 0); levels.set(node, found); }
    return found;
  };
  for (const node of graph.nodes) {
    if ((uses.get(node) ?? 0) < 2 || node.op === 'input' || node.op === 'constant') continue;
    const wish = jsonKey(node.place?.name ?? 'valeur').toLowerCase().replace(/[^a-z0-9_]/g, '_');
    let name = wish;
    for (let rank = 2; taken.has(name); rank++) name = `${wish}_${rank}`;
    taken.add(name);
    names.set(node, name);
  }
  const expressions = new Expressions(fits, dialect, named);
  let narrow = true;
  const layers: Made[][] = [];
  for (const [node, name] of names) {
    if (expressions.widthOf(node) === 'wide') narrow = false;
    (layers[level(node) - 1] ??= []).push({ name, text: expressions.made(node) });
  }

  // ── which way a row takes ──
  const choose = (ways: Ways, leaf: (bill: Extract<Ways, { kind: 'bill' }>) => string, refused: (code: string) => string): string => {
    const go = (each: Ways, doubtful: boolean): string => {
      if (each.kind === 'bill') return leaf(each);
      if (each.kind === 'refused') return refused(doubtful ? `a-verifier ${each.code.split(' ')[1] ?? ''}`.trim() : each.code);
      const doubt = unknown(each.left) || unknown(each.right);
      const made = each.branches.map((next) => next && go(next, doubtful || doubt));
      const texts = [...new Set(made.filter((text) => text !== undefined))];
      if (texts.length === 1) return texts[0] ?? 'NULL';
      if (doubt) { const codes = texts.filter((text) => text !== 'NULL'); return codes.length === 1 ? codes[0] ?? 'NULL' : `COALESCE(${codes.join(', ')})`; }
      const whens = texts.map((text) => ({ text, orders: ([-1, 0, 1] as const).filter((order: Order) => made[order + 1] === text) }));
      // The shorter first: what follows is then set in least.
      whens.sort((a, b) => a.text.length - b.text.length);
      const last = whens.pop();
      const flag = flagOf(each);
      const holds = (orders: readonly Order[]): string => (flag === undefined ? expressions.condition(each.left, each.right, orders) : orders.includes(1) ? flag : `NOT (${flag})`);
      return `CASE ${whens.map(({ text, orders }) => `WHEN ${holds(orders)} THEN ${text}`).join(' ')} ELSE ${last?.text ?? 'NULL'} END`;
    };
    return go(ways, false);
  };
  const refusals = [...said.checks, said.amounts].map((ways) => choose(ways, () => 'NULL', literal)).filter((text) => text !== 'NULL');
  const ranks = [...bills.keys()].filter((key) => bills.get(key)?.outputs.size);
  const cases = ranks.length > 1 ? choose(said.amounts, (bill) => String(ranks.indexOf(sign(bill)) + 1), () => 'NULL') : undefined;
  const verdict: Made[] = [{ name: 'refus', text: refusals.length === 0 ? source.unread : `COALESCE(${[source.unread, ...refusals].join(',\n    ')})` }, ...(cases === undefined ? [] : [{ name: 'cas', text: cases }])];

  // ── what is given ──
  const outputs = [...(bills.get(ranks[0] ?? '')?.outputs.keys() ?? [])];
  const titles = new Map(said.lines.map(({ key, article, title }) => [key, `${article} ${title}`]));
  const given: (Made & { readonly told: string | undefined })[] = [];
  for (const output of outputs) {
    const nodes = ranks.map((key) => bills.get(key)?.outputs.get(output)).filter((node) => node !== undefined);
    const put = (name: string, text: (node: Node) => string): void => {
      const by = new Map<string, number[]>();
      nodes.forEach((node, index) => { const made = text(node); by.set(made, [...(by.get(made) ?? []), index + 1]); });
      const ways = [...by];
      const [only] = ways;
      const value = ways.length === 1 ? `CASE WHEN refus IS NULL THEN ${only?.[0] ?? 'NULL'} END`
        : `CASE WHEN refus IS NOT NULL THEN NULL ${ways.slice(1).map(([made, cas]) => `WHEN cas IN (${cas.join(', ')}) THEN ${made}`).join(' ')} ELSE ${only?.[0] ?? 'NULL'} END`;
      given.push({ name, text: value, told: titles.get(name) });
    };
    const decimals = decimalsFor(nodes.map((node) => expressions.fit(node).denominator));
    for (const node of nodes) if (expressions.widthOf(node) === 'wide') narrow = false;
    if (decimals !== undefined) {
      put(output, (node) => {
        const { denominator, least, most } = expressions.fit(node);
        const factor = 10n ** BigInt(decimals) / denominator;
        const widest = (-least > most ? -least : most) * factor;
        if (node.op === 'constant') return dialect.decimal(expressions.text(graph.constant({ n: node.value.n * (denominator / node.value.d) * factor, d: 1n })), digitsOf(widest), decimals);
        return dialect.decimal(factor === 1n ? expressions.text(node) : `(${expressions.text(node)}) * ${factor}`, digitsOf(widest), decimals);
      });
    } else {
      // A fraction that no decimal ends.
      put(`${output}_n`, (node) => expressions.text(node));
      put(`${output}_d`, (node) => String(expressions.fit(node).denominator));
    }
  }
  const select = (made: readonly Made[], indent: string): string => made.map(({ name, text }) => `${indent}${text}${text === name ? '' : ` AS ${name}`}`).join(',\n');
  const steps: [string, string][] = [
    ['lu', `  SELECT\n${select(source.read, '    ')}\n  FROM ${table.from}`],
    ['pese', `  SELECT\n${select([...['client', 'debut', 'fin', 'jour_juste', ...source.read.map(({ name }) => name).filter((name) => name.startsWith('v_'))].map((name) => ({ name, text: name })), ...source.weighed], '    ')}\n  FROM lu`],
    ...(source.windows.length > 0 ? [['passe', `  SELECT *,\n${select(source.windows, '    ')}\n  FROM pese`] as [string, string]] : []),
    ...layers.map((made, index): [string, string] => [`calcul_${index + 1}`, `  SELECT *,\n${select(made, '    ')}\n  FROM ${index === 0 ? (source.windows.length > 0 ? 'passe' : 'pese') : `calcul_${index}`}`]),
  ];
  steps.push(['juge', `  SELECT *,\n${select(verdict, '    ')}\n  FROM ${steps.at(-1)?.[0] ?? 'pese'}`]);
  const final = [`  client, debut, fin, refus`, ...given.map(({ name, text }) => `  ${text} AS ${quotedIfNeeded(name)}`)];
  const lines = final.map((text, index) => `${text}${index < final.length - 1 ? ',' : ''}${given[index - 1]?.told === undefined ? '' : ` -- ${given[index - 1]?.told ?? ''}`}`);
  return {
    text: [...heading(source.data).map((line) => `-- ${line}`.trimEnd()), `WITH\n${steps.map(([name, body]) => `${name} AS (\n${body}${dialect.fence}\n)`).join(',\n')}`, 'SELECT', ...lines, `FROM juge`].join('\n'),
    columns: ['client', 'debut', 'fin', 'refus', ...given.map(({ name }) => name)], read: source.data, narrow,
  };
}
/** The places that what is said still reads, once simplified. */
function usedBy({ amounts, checks, places }: Said): Place[] {
  const seen = new Set<Node>();
  const see = (node: Node): void => { if (!seen.has(node)) { seen.add(node); for (const each of operandsOf(node)) see(each); } };
  const go = (ways: Ways): void => {
    if (ways.kind === 'bill') for (const node of ways.outputs.values()) see(node);
    if (ways.kind === 'ask') { see(ways.left); see(ways.right); for (const next of ways.branches) if (next) go(next); }
  };
  for (const ways of [amounts, ...checks]) go(ways);
  const ranks = new Set([...seen].flatMap((node) => (node.op === 'input' ? [node.index] : [])));
  return places.all.filter((_, rank) => ranks.has(rank));
}
const quotedIfNeeded = (name: string): string => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : quoted(name));
