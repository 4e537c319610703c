/** What customers pay under two editions, in the terminal. */
import Table from 'cli-table3';
import { energyLabel, percentLabel } from '../../analysis/customers/classes.ts';
import { changeOf, percentOf, type Billed, type Sums } from '../../analysis/customers/tally.ts';
import { percentInWords } from '../../analysis/editions/words.ts';
import { changeOfSums, changesOf, commonReasons, linesOf, percentOfSums, ratesOf, reasonInWords, sizesOf, unchanged, type CustomerReport } from '../../analysis/report/report.ts';
import { signedMoney, summaryInWords, WORDS } from '../../analysis/report/words.ts';
import { formatMoney, formatNumber, type Lang } from '../../quantity/format.ts';
import { toFixed } from '../../quantity/exact.ts';
import { out as pc } from '../colors.ts';

const table = (head: readonly string[], left: number): Table.Table => new Table({ head: head.map((each) => pc.bold(each)), colAligns: head.map((_, index) => (index < left ? 'left' : 'right')), style: { head: [], border: [], compact: true } });
/** Bars of the widest class, in characters. */
const BAR = 40;

export function printCustomers(report: CustomerReport, lang: Lang): string {
  const { tally } = report;
  const words = WORDS[lang];
  const out = [pc.bold(words.customers), ...summaryInWords(report, lang)];
  if (tally.all.customers > 0) {
    out.push('', pc.bold(words.byRate), groups(ratesOf(tally).map(([name, sums]) => [name, sums]), words.rate, tally.all, lang));
    out.push('', pc.bold(words.bySize), groups(sizesOf(tally).map(([rank, sums]) => [rank === undefined ? words.unmeasured : energyLabel(rank, lang), sums]), 'kWh', undefined, lang));
    out.push('', pc.bold(words.byPercent), ...bars(changesOf(tally.byPercent).map(([rank, count]) => [rank === undefined ? words.noPercent : percentLabel(rank, lang), count]), lang));
    const lines = table([words.rate, words.article, words.line, words.before, words.after, words.difference, '%'], 3);
    for (const line of linesOf(tally)) lines.push([line.rate, line.article, line.title, formatMoney(line.before, lang), formatMoney(line.after, lang), signedMoney(changeOfSums(line), lang), percentInWords(percentOfSums(line), lang)]);
    out.push('', pc.bold(words.byLine), lines.toString());
    if (report.winners.length > 0) out.push('', pc.bold(words.winners), extremes(report.winners, lang));
    if (report.losers.length > 0) out.push('', pc.bold(words.losers), extremes(report.losers, lang));
  }
  if (report.out.length > 0) {
    out.push('', pc.bold(words.outTitle));
    for (const reason of commonReasons(report.out)) {
      const others = reason.customers - reason.first.length;
      out.push(`  ${pc.red(formatNumber(String(reason.customers), lang))}  ${words.sides[reason.side]}, ${reason.code} : ${reasonInWords(reason)}`, pc.dim(`     ${reason.first.join(', ')}${others > 0 ? ` ${words.andOthers(formatNumber(String(others), lang))}` : ''}`));
    }
  }
  return out.join('\n');
}

function groups(rows: readonly (readonly [string, Sums])[], title: string, all: Sums | undefined, lang: Lang): string {
  const words = WORDS[lang];
  const made = table([title, words.count, words.before, words.after, words.difference, '%', words.gain, words.lose, words.same], 1);
  const put = (name: string, sums: Sums): void => {
    made.push([name, formatNumber(String(sums.customers), lang), formatMoney(sums.before, lang), formatMoney(sums.after, lang), signedMoney(changeOfSums(sums), lang), percentInWords(percentOfSums(sums), lang), ...[sums.gain, sums.lose, unchanged(sums)].map((count) => formatNumber(String(count), lang))]);
  };
  for (const [name, sums] of rows) put(name, sums);
  if (all && rows.length > 1) put(pc.bold(words.total), all);
  return made.toString();
}

function bars(rows: readonly (readonly [string, number])[], lang: Lang): string[] {
  const most = Math.max(1, ...rows.map(([, count]) => count));
  const width = Math.max(...rows.map(([label]) => label.length));
  const numbers = rows.map(([, count]) => formatNumber(String(count), lang));
  const digits = Math.max(...numbers.map((number) => number.length));
  return rows.map(([label, count], index) => `  ${label.padStart(width)}  ${(numbers[index] ?? '').padStart(digits)}  ${'█'.repeat(Math.round((count / most) * BAR)) || (count > 0 ? '▏' : '')}`.trimEnd());
}

function extremes(list: readonly Billed[], lang: Lang): string {
  const words = WORDS[lang];
  const made = table([words.customer, words.rate, 'kWh', words.before, words.after, words.difference, '%'], 2);
  for (const each of list) made.push([each.client, each.rate, each.energy ? formatNumber(toFixed(each.energy, 0), lang) : '', formatMoney(each.before.total, lang), formatMoney(each.after.total, lang), signedMoney(changeOf(each), lang), percentInWords(percentOf(each.before.total, each.after.total), lang)]);
  return made.toString();
}
