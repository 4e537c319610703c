/** An example as a worked bill: the case, each line with its arithmetic, the totals and what else it must yield. */
import type { Element } from 'hast';
import { h } from 'hastscript';
import { messageOf } from '../../diagnostics/diagnostic.ts';
import type { Lang } from '../../quantity/format.ts';
import { givenOf } from '../book/given.ts';
import type { WorkedBill, WorkedExample, WorkedRefusal } from '../book/worked.ts';
import { term, voice, words as saidBy, type English, type Voice } from '../prose/expression.ts';
import { articleRef, prose } from '../prose/inline.ts';
import { lineTitle } from '../prose/lineTitle.ts';
import { inlineHtml, tableHtml, type Content, type Targets } from './html.ts';
import { SITE_WORDS } from './words.ts';

export function exampleHtml(worked: WorkedExample, lang: Lang, english: English, targets: Targets): Element {
  const v = voice(lang, english);
  const words = SITE_WORDS[lang];
  const given = givenOf(v, worked.example).flatMap(({ says, table }): Content[] => [h('li', [...inlineHtml(says, targets), ...(table ? [tableHtml(table.head.map((cell) => inlineHtml(cell, targets)), table.rows.map((row) => row.map((cell) => inlineHtml(cell, targets))))] : [])])]);
  return h('details.example', [
    h('summary', inlineHtml(saidBy(v, worked.example.title), targets)),
    h('ul.given', given),
    ...('bill' in worked ? billHtml(worked.bill[lang], worked.checks, v, targets) : worked.refusal.map((item) => h('p.refused', [...(item.article === undefined ? [] : inlineHtml(prose(`${words.refused} `, articleRef(item.article), ' – '), targets)), refusalText(v, item)]))),
  ]);
}

/** The message of a refusal; what it tells in the words of an author is told in the language of the page. */
function refusalText({ lang, english }: Voice, { code, params }: WorkedRefusal): string {
  const translated = (value: string): string => {
    const [, said] = /^[\s\u00A0]*:[\s\u00A0]*(.+)$/.exec(value) ?? [];
    return said === undefined ? (english.texts.get(value) ?? value) : `: ${english.texts.get(said) ?? said}`;
  };
  const told = lang === 'fr' ? params : Object.fromEntries(Object.entries(params).map(([name, value]: [string, unknown]) => [name, typeof value === 'string' ? translated(value) : value]));
  return messageOf({ code, params: told }, lang);
}

function billHtml(bill: WorkedBill, checks: readonly { readonly expression: string; readonly found: string }[], v: Voice, targets: Targets): Content[] {
  const words = SITE_WORDS[v.lang];
  const figure = (shown: string): Content[] => [h('span.figure', shown)];
  const rows = bill.lines.map(({ title, part, article, arithmetic, amount }): Content[][] => [[...inlineHtml(lineTitle(v, title), targets), part], inlineHtml(articleRef(article), targets), [arithmetic], figure(amount)]);
  const total = (label: readonly Content[], amount: string): Content[][] => [[...label], [], [], figure(amount)];
  return [
    tableHtml([[words.line], [words.article], [words.arithmetic], [words.amount]], [...rows, total([words.subtotal], bill.subtotal), ...bill.taxes.map(({ name, rate, amount }) => total([...inlineHtml(term(v, name), targets), ` (${rate})`], amount)), total([words.total], bill.total)], { total: true }),
    ...(checks.length > 0 ? [h('ul.checks', checks.map(({ expression, found }) => h('li', [h('code', { lang: 'fr' }, expression), ' = ', h('span.figure', found)])))] : []),
  ];
}
