/** An example as a worked bill: the case, each line with its arithmetic, the totals and what else it must yield. */
import type { Element } from 'hast';
import { h } from 'hastscript';
import type { Article } from '../../check/book.ts';
import type { Programs } from '../../check/program.ts';
import { dayAt, startOfDay } from '../../calendar/zone.ts';
import { messageOf } from '../../diagnostics/diagnostic.ts';
import type { Bill, Editions } from '../../evaluate/bill.ts';
import { runExample } from '../../evaluate/example.ts';
import { formatMoney, type Lang } from '../../quantity/format.ts';
import type { ExampleStatement } from '../../syntax/nodes.ts';
import { givenOf } from '../book/given.ts';
import { formatDay, lineArithmetic } from '../explain.ts';
import { voice, words as saidBy, type English } from '../prose/expression.ts';
import { articleRef, prose, type Prose } from '../prose/inline.ts';
import { inlineHtml, tableHtml, type Content, type Targets } from './html.ts';
import { SITE_WORDS } from './words.ts';

/** An example that was run: its bill, or the messages that refuse it. */
export type WorkedExample = { readonly example: ExampleStatement } & ({ readonly bill: Bill; readonly checks: readonly { readonly expression: string; readonly found: string }[] } | { readonly refusal: readonly { readonly article: string | undefined; readonly message: { readonly [lang in Lang]: string } }[] });

/** Runs the examples of a block; one that is off has been reported by `test`, and is not shown. */
export function workedExamples(block: Article, programs: Programs, editions: Editions): WorkedExample[] {
  return block.statements.flatMap((example): WorkedExample[] => {
    if (example.kind !== 'example') return [];
    const { outcome, checks } = runExample(example, block, programs, editions);
    if (outcome === undefined) return [];
    if (!('bill' in outcome)) return [{ example, refusal: outcome.diagnostics.map((item) => ({ article: item.article, message: { fr: messageOf(item, 'fr'), en: messageOf(item, 'en') } })) }];
    // Amounts and totals are told by the bill; what else the example checks stands under it.
    const others = checks.filter(({ expression, holds }) => holds && !/^(montant |total|sous_total|réserve)/.test(expression));
    return [{ example, bill: outcome.bill, checks: others.map(({ expression, found }) => ({ expression, found })) }];
  });
}

export function exampleHtml(worked: WorkedExample, lang: Lang, english: English, targets: Targets): Element {
  const v = voice(lang, english);
  const words = SITE_WORDS[lang];
  const given = givenOf(v, worked.example).flatMap(({ says, table }): Content[] => [h('li', [...inlineHtml(says, targets), ...(table ? [tableHtml(table.head.map((cell) => inlineHtml(cell, targets)), table.rows.map((row) => row.map((cell) => inlineHtml(cell, targets))))] : [])])]);
  return h('details.example', [
    h('summary', inlineHtml(saidBy(v, worked.example.title), targets)),
    h('ul.given', given),
    ...('bill' in worked ? billHtml(worked.bill, worked.checks, lang, targets) : worked.refusal.map(({ article, message }) => h('p.refused', [...(article === undefined ? [] : inlineHtml(prose(`${words.refused} `, articleRef(article), ' – '), targets)), message[lang]]))),
  ]);
}

function billHtml(bill: Bill, checks: readonly { readonly expression: string; readonly found: string }[], lang: Lang, targets: Targets): Content[] {
  const words = SITE_WORDS[lang];
  const cell = (said: Prose): Content[] => inlineHtml(said, targets);
  const figure = (shown: string): Content[] => [h('span.figure', shown)];
  const parts = new Set(bill.lines.map(({ start, end }) => `${start}-${end}`)).size > 1;
  const rows = bill.lines.map((line) => [
    [`${line.title}${parts && (line.start !== bill.start || line.end !== bill.end) ? ` (${formatDay(line.start, lang)} – ${formatDay(startOfDay(dayAt(line.end - 1)), lang)})` : ''}`], cell(articleRef(line.origin.article)),
    [lineArithmetic(line, lang)], figure(formatMoney(line.rounded, lang)),
  ]);
  const total = (label: string, amount: string): Content[][] => [[h('strong', label)], [], [], figure(amount)];
  return [
    tableHtml([[words.line], [words.article], [words.arithmetic], [words.amount]], [...rows, total(words.subtotal, formatMoney(bill.subtotal, lang)), ...bill.taxes.map((tax) => [[`${tax.name} (${lang === 'fr' ? tax.rateText : tax.rateText.replace(',', '.').replace(/[\s\u00A0]+%/, '%')})`], [], [], figure(formatMoney(tax.amount, lang))]), total(words.total, formatMoney(bill.totalRounded, lang))]),
    ...(checks.length > 0 ? [h('ul.checks', checks.map(({ expression, found }) => h('li', [h('code', { lang: 'fr' }, expression), ' = ', h('span.figure', found)])))] : []),
  ];
}
