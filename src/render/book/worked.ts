/** The examples of a block, worked: each line of the bill with its arithmetic, in both languages. Only text is kept, for a book has thousands. */
import type { Article } from '../../check/book.ts';
import type { Programs } from '../../check/program.ts';
import { dayAt, startOfDay } from '../../calendar/zone.ts';
import type { Code } from '../../diagnostics/diagnostic.ts';
import type { Bill, Editions } from '../../evaluate/bill.ts';
import { runExample } from '../../evaluate/example.ts';
import { formatMoney, type Lang } from '../../quantity/format.ts';
import type { ExampleStatement } from '../../syntax/nodes.ts';
import { formatDay, lineArithmetic } from '../explain.ts';

type Spoken<T> = { readonly [lang in Lang]: T };
/** A line of a worked bill, as it is shown; its title in French, and the part of the period that it is for. */
export interface WorkedLine { readonly title: string; readonly part: string; readonly article: string; readonly arithmetic: string; readonly amount: string }
export interface WorkedBill { readonly lines: readonly WorkedLine[]; readonly subtotal: string; readonly taxes: readonly { readonly name: string; readonly rate: string; readonly amount: string }[]; readonly total: string }
/** The message of a refusal, to be told in either language. */
export interface WorkedRefusal { readonly article: string | undefined; readonly code: Code; readonly params: object }
/** An example that was run: its bill with what else it checks, or the messages that refuse it. */
export type WorkedExample = { readonly example: ExampleStatement } & ({ readonly bill: Spoken<WorkedBill>; readonly checks: readonly { readonly expression: string; readonly found: string }[] } | { readonly refusal: readonly WorkedRefusal[] });

/** Runs the examples of a block; one that cannot be run has been reported by `test`, and is not shown. */
export function workedExamples(block: Article, programs: Programs, editions: Editions): WorkedExample[] {
  return block.statements.flatMap((example): WorkedExample[] => {
    if (example.kind !== 'example') return [];
    const { outcome, checks } = runExample(example, block, programs, editions);
    if (outcome === undefined) return [];
    if (!('bill' in outcome)) return [{ example, refusal: outcome.diagnostics.map(({ article, code, params }) => ({ article, code, params })) }];
    // Amounts and totals are told by the bill; what else the example checks stands under it.
    const others = checks.filter(({ expression, holds }) => holds && !/^(montant |total|sous_total|réserve)/.test(expression));
    return [{ example, bill: { fr: shown(outcome.bill, 'fr'), en: shown(outcome.bill, 'en') }, checks: others.map(({ expression, found }) => ({ expression, found })) }];
  });
}

function shown(bill: Bill, lang: Lang): WorkedBill {
  const inParts = new Set(bill.lines.map(({ start, end }) => `${start}-${end}`)).size > 1;
  return {
    lines: bill.lines.map((line) => ({
      title: line.title, part: inParts && (line.start !== bill.start || line.end !== bill.end) ? ` (${formatDay(line.start, lang)} – ${formatDay(startOfDay(dayAt(line.end - 1)), lang)})` : '',
      article: line.origin.article, arithmetic: lineArithmetic(line, lang), amount: formatMoney(line.rounded, lang),
    })),
    subtotal: formatMoney(bill.subtotal, lang), total: formatMoney(bill.totalRounded, lang),
    taxes: bill.taxes.map((tax) => ({ name: tax.name, rate: lang === 'fr' ? tax.rateText : tax.rateText.replace(',', '.').replace(/[\s\u00A0]+%/, '%'), amount: formatMoney(tax.amount, lang) })),
  };
}
