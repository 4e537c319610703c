/** An example as a worked bill: the case, each line with its arithmetic, the totals and what else it must yield. */
import type { Element } from 'hast';
import { h } from 'hastscript';
import type { Lang } from '../../quantity/format.ts';
import { givenOf } from '../book/given.ts';
import type { WorkedBill, WorkedExample } from '../book/worked.ts';
import { voice, words as saidBy, type English } from '../prose/expression.ts';
import { articleRef, prose } from '../prose/inline.ts';
import { inlineHtml, tableHtml, type Content, type Targets } from './html.ts';
import { SITE_WORDS } from './words.ts';

export function exampleHtml(worked: WorkedExample, lang: Lang, english: English, targets: Targets): Element {
  const v = voice(lang, english);
  const words = SITE_WORDS[lang];
  const given = givenOf(v, worked.example).flatMap(({ says, table }): Content[] => [h('li', [...inlineHtml(says, targets), ...(table ? [tableHtml(table.head.map((cell) => inlineHtml(cell, targets)), table.rows.map((row) => row.map((cell) => inlineHtml(cell, targets))))] : [])])]);
  return h('details.example', [
    h('summary', inlineHtml(saidBy(v, worked.example.title), targets)),
    h('ul.given', given),
    ...('bill' in worked ? billHtml(worked.bill[lang], worked.checks, lang, targets) : worked.refusal.map(({ article, message }) => h('p.refused', [...(article === undefined ? [] : inlineHtml(prose(`${words.refused} `, articleRef(article), ' – '), targets)), message[lang]]))),
  ]);
}

function billHtml(bill: WorkedBill, checks: readonly { readonly expression: string; readonly found: string }[], lang: Lang, targets: Targets): Content[] {
  const words = SITE_WORDS[lang];
  const figure = (shown: string): Content[] => [h('span.figure', shown)];
  const rows = bill.lines.map(({ title, article, arithmetic, amount }): Content[][] => [[title], inlineHtml(articleRef(article), targets), [arithmetic], figure(amount)]);
  const total = (label: Content, amount: string): Content[][] => [[label], [], [], figure(amount)];
  return [
    tableHtml([[words.line], [words.article], [words.arithmetic], [words.amount]], [...rows, total(h('strong', words.subtotal), bill.subtotal), ...bill.taxes.map(({ name, amount }) => total(name, amount)), total(h('strong', words.total), bill.total)]),
    ...(checks.length > 0 ? [h('ul.checks', checks.map(({ expression, found }) => h('li', [h('code', { lang: 'fr' }, expression), ' = ', h('span.figure', found)])))] : []),
  ];
}
