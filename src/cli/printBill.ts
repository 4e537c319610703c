/** A bill in the terminal, as a customer would read it. */
import { inWords } from '../evaluate/words.ts';
import Table from 'cli-table3';
import { noteText } from '../contract/writeBill.ts';
import type { Bill } from '../evaluate/bill.ts';
import { formatMoney, formatNumber, formatQuantity, type Lang } from '../quantity/format.ts';
import { formatDims } from '../quantity/unit.ts';
import { explainBill, formatDay, formatPrice } from '../render/explain.ts';
import { dayAt, startOfDay } from '../calendar/zone.ts';
import { out as pc } from './colors.ts';

const WORDS = {
  fr: { line: 'Ligne', article: 'Article', quantity: 'Quantité', price: 'Prix', time: 'Durée', amount: 'Montant', subtotal: 'Sous-total', total: 'Total', from: 'du', to: 'au', days: 'jours', months: 'mois', explanation: 'Explication', reserves: "Ce que la facture ne vérifie ou ne calcule pas", readings: 'Lectures du livre', presumed: 'Présumé', carried: 'À reporter sur la facture suivante', edition: 'Édition' },
  en: { line: 'Line', article: 'Article', quantity: 'Quantity', price: 'Price', time: 'Time', amount: 'Amount', subtotal: 'Subtotal', total: 'Total', from: 'from', to: 'to', days: 'days', months: 'months', explanation: 'Explanation', reserves: 'What this bill does not verify or compute', readings: 'Readings of the book', presumed: 'Presumed', carried: 'To carry to the next bill', edition: 'Edition' },
};

export function printBill(bill: Bill, lang: Lang, explain: boolean): string {
  const words = WORDS[lang];
  const lastDay = startOfDay(dayAt(bill.end - 1));
  const days = dayAt(bill.end - 1) - dayAt(bill.start) + 1;
  const title = `${bill.rateTitle}${bill.options.length > 0 ? ` + ${bill.options.join(', ').replace(/_/g, ' ')}` : ''}, ${words.from} ${formatDay(bill.start, lang)} ${words.to} ${formatDay(lastDay, lang)} (${formatNumber(String(days), lang)} ${words.days})`;
  const table = new Table({
    head: [words.line, words.article, words.quantity, words.price, words.time, words.amount].map((head) => pc.bold(head)), colAligns: ['left', 'left', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  const parts = new Set(bill.lines.map((line) => `${line.start}-${line.end}`)).size > 1;
  for (const line of bill.lines) {
    const span = parts && (line.start !== bill.start || line.end !== bill.end) ? ` (${formatDay(line.start, lang)} – ${formatDay(startOfDay(dayAt(line.end - 1)), lang)})` : '';
    table.push([
      line.title + span, line.origin.article + (line.origin.label === undefined ? '' : ` ${line.origin.label}`),
      line.quantity ? formatQuantity(line.quantity, line.quantityDims ? formatDims(line.quantityDims, lang) : '', lang, 3) : '',
      line.price && line.priceDims ? formatPrice(line.price, line.priceDims, lang) : '',
      line.time ? formatQuantity(line.time.value, line.time.factor === 'durée' ? words.months : words.days, lang, 4) : '',
      formatMoney(line.rounded, lang),
    ]);
  }
  const total = (label: string, value: string): void => { table.push([{ colSpan: 5, content: label, hAlign: 'right' }, value]); };
  total(words.subtotal, formatMoney(bill.subtotal, lang));
  for (const tax of bill.taxes) total(`${tax.name} (${lang === 'fr' ? tax.rateText : tax.rateText.replace(',', '.').replace(' %', '%')})`, formatMoney(tax.amount, lang));
  total(pc.bold(words.total), pc.bold(formatMoney(bill.totalRounded, lang)));
  const out = [pc.bold(title), table.toString()];
  if (explain) out.push('', pc.bold(words.explanation), ...explainBill(bill, lang).map((line) => `  ${line}`));
  const presumed = bill.notes.filter((note) => note.code === 'reserve/presume');
  if (presumed.length > 0) out.push('', `${pc.bold(words.presumed)} : ${presumed.map((note) => { const params = note.params as { name: string; value: string }; return `${params.name} = ${params.value}`; }).join(' ; ')}`);
  const reserves = bill.notes.filter((note) => note.code !== 'reserve/presume');
  if (reserves.length > 0) out.push('', pc.bold(words.reserves), ...reserves.map((note) => `  • ${note.article === undefined ? '' : `[${note.article}] `}${noteText(note, lang)}`));
  const readings = explain ? bill.readings() : [];
  if (readings.length > 0) out.push('', pc.bold(words.readings), ...readings.map((reading) => `  • [${reading.article}] ${reading.subject} : ${reading.kept}`));
  if (bill.state.size > 0) {
    out.push('', `${pc.bold(words.carried)} : ${[...bill.state].map(([name, { value, symbol }]) => `${inWords(name)} = ${typeof value === 'object' ? formatQuantity(value, symbol.kind.kind === 'quantity' ? formatDims(symbol.kind.dims, lang) : '', lang) : typeof value === 'number' ? formatDay(value, lang) : String(value)}`).join(' ; ')}`);
  }
  return out.join('\n');
}
