/** The code of a form of cases, to be read: each formula under the article that it comes from, amounts in cents at the end. */
import type { Lang } from '../quantity/format.ts';
import { formatDims } from '../quantity/unit.ts';
import type { Program } from '../check/core.ts';
import { formatLocalInstant } from '../calendar/zone.ts';
import type { CaseInput } from '../evaluate/case.ts';
import { jsonKey } from '../evaluate/words.ts';
import { ARITHMETIC } from './arithmetic.ts';
import { Fits, type InputFit } from './fit.ts';
import { formOf, type Slot } from './form.ts';
import type { Node } from './graph.ts';
import { printPlan } from './javascript.ts';
import { planOf, type Output } from './plan.ts';
import { rangeOf } from './ranges.ts';
import { nodeOf, type BillLeaf, type CaseTree } from './tree.ts';

export interface ReadableForm {
  readonly input: CaseInput;
  readonly program: Program;
  readonly tree: CaseTree;
  readonly ranges: readonly InputFit[];
  /** Whether every way through the questions was explored; else those of the case alone are there. */
  readonly whole: boolean;
}

/** A JavaScript module whose function bills cases of the form, in whole numbers. */
export function readable({ input, program, tree, ranges, whole }: ReadableForm, lang: Lang): string {
  const { slots, series } = formOf(input);
  const seriesFits = series.map((): InputFit => ({ denominator: 1000n, least: 0n, most: 10n ** 10n }));
  const fits = new Fits(tree.graph, ranges, seriesFits);
  const wishes = new Map([...tree.leaves].reverse().flatMap((leaf) => outputsOf(leaf, tree).filter(({ node }) => node.op !== 'constant').map(({ name, node }): [Node, string] => [node, /^\d/.test(name) ? `cents_${name.slice(name.indexOf(' ') + 1)}` : name])));
  const { lines, inputs } = printPlan(planOf(tree, (leaf) => outputsOf(leaf, tree), false, whole), {
    fits, slots, wishes, lift: false, comments: true, indent: '  ',
    miss: (why) => [`return undefined; // ${MISSES[why][lang]}`],
    bill: (outputs) => ['return {', ...outputs.map(({ name, text, fit }) => `  ${JSON.stringify(name)}: ${inCents(text, fit)},`), '};'],
  });
  const used = Object.keys(ARITHMETIC).filter((name) => lines.some((line) => new RegExp(`\\b${name}\\(`).test(line)));
  const parameters = [...inputs, ...series.map((_, rank) => `s${rank}`)];
  return [
    ...head(input, program, slots, ranges, inputs, whole, lang).map((line) => `// ${line}`.trimEnd()),
    ...(used.length > 0 ? [`import { ${used.join(', ')} } from 'bareme/arithmetic';`, ''] : []),
    `export function ${lang === 'fr' ? 'facture' : 'bill'}(${parameters.join(', ')}) {`,
    ...inputs.map((name, index) => `  if (!(${name} >= ${ranges[index]?.least ?? 0n} && ${name} <= ${ranges[index]?.most ?? 0n})) return undefined; // ${MISSES.beyond[lang]}`),
    ...lines, '}',
  ].join('\n');
}

const MISSES: Readonly<Record<'refused' | 'unknown' | 'beyond', Readonly<Record<Lang, string>>>> = {
  refused: { fr: 'refusé : « bareme bill » dit pourquoi', en: 'refused: `bareme bill` says why' },
  unknown: { fr: 'non exploré : à l’interprète', en: 'not explored: for the interpreter' },
  beyond: { fr: 'hors des bornes de ce code', en: 'out of the bounds of this code' },
};

function head(input: CaseInput, program: Program, slots: readonly Slot[], ranges: readonly InputFit[], names: readonly string[], whole: boolean, lang: Lang): string[] {
  const [start, end] = [formatLocalInstant(input.period.start), formatLocalInstant(input.period.end)];
  const rate = [program.rate, ...program.options].join(' + ');
  const given = [...input.period.facts].filter(([, value]) => typeof value !== 'object').map(([name, value]) => `${jsonKey(name)} = ${String(value)}`);
  const numbers = slots.map((slot, index) => {
    const symbol = rangeOf(slot, program)?.symbol;
    const unit = symbol?.kind.kind === 'quantity' ? formatDims(symbol.kind.dims, lang) : '';
    const { denominator = 1n } = ranges[index] ?? {};
    return `  ${names[index] ?? slot.name}: ${lang === 'fr' ? `en 1/${denominator}` : `in 1/${denominator}`}${unit === '' ? '' : ` ${unit}`}${slot.back > 0 ? (lang === 'fr' ? `, ${slot.back} période(s) avant` : `, ${slot.back} period(s) before`) : ''}`;
  });
  return lang === 'fr'
    ? [`Tarif ${rate}, du ${start} au ${end} exclu, fait des articles de l’édition en vigueur.`, 'Tout est en nombres entiers ; « ÷ n » dit de quoi ils sont les parties. Les montants rendus sont en cents.',
      ...(given.length > 0 ? [`Pour : ${given.join(', ')}.`] : []), ...(numbers.length > 0 ? ['Nombres du cas :', ...numbers] : []), ...(whole ? [] : ['Trop de chemins pour être tous explorés : seul celui du cas est écrit.']), '']
    : [`Rate ${rate}, from ${start} to before ${end}, made from the articles of the edition in force.`, 'All numbers are whole; “÷ n” says what they are parts of. Amounts returned are in cents.',
      ...(given.length > 0 ? [`For: ${given.join(', ')}.`] : []), ...(numbers.length > 0 ? ['Numbers of the case:', ...numbers] : []), ...(whole ? [] : ['Too many ways to explore them all: only that of the case is written.']), ''];
}

function outputsOf({ bill }: BillLeaf, tree: CaseTree): Output[] {
  const seen = new Map<string, number>();
  const named = (name: string): string => { const count = (seen.get(name) ?? 0) + 1; seen.set(name, count); return count === 1 ? name : `${name} (${count})`; };
  return [
    ...bill.lines.map((line) => ({ name: named(`${line.origin.article} ${jsonKey(line.line)}${line.tranche === undefined ? '' : ` ${line.tranche}`}`), node: nodeOf(tree.graph, line.rounded) })),
    { name: 'sous_total', node: nodeOf(tree.graph, bill.subtotal) }, ...bill.taxes.map((tax) => ({ name: tax.name, node: nodeOf(tree.graph, tax.amount) })), { name: 'total', node: nodeOf(tree.graph, bill.totalRounded) },
  ];
}

function inCents(text: string, { denominator, as }: { readonly denominator: bigint; readonly as: string }): string {
  if (as === 'ratio') return `centsOf(${text})`;
  const times = 100n / denominator;
  return times === 1n ? text : as === 'bigint' ? `${text} * ${times}n` : `${text} * ${times}`;
}
