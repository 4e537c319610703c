/** The same trace that the JSON carries, as sentences: what each line is made of, article by article. */
import { formatLocalDateTime, isMidnight } from '../calendar/zone.ts';
import { formatDateEn, formatDateFr } from '../calendar/day.ts';
import { dayAt } from '../calendar/zone.ts';
import type { Bill, BillLine } from '../evaluate/bill.ts';
import type { Value } from '../evaluate/case.ts';
import { type TraceNode } from '../evaluate/session.ts';
import { inWords, sameValue } from '../evaluate/words.ts';
import { formatMoney, formatQuantity, type Lang } from '../quantity/format.ts';
import { formatDims } from '../quantity/unit.ts';
import { divide, fromInteger, isZero, multiply, type Exact } from '../quantity/exact.ts';

/** A price as the book prints it: cents for energy and daily fees under a dollar. */
export function formatPrice(price: Exact, dims: ReadonlyMap<string, number>, lang: Lang): string {
  const unit = formatDims(dims, lang);
  const cents = dims.get('$') === 1 && (dims.has('h') || (dims.get('jour') === -1 && Math.abs(Number(price.n) / Number(price.d)) < 1));
  if (dims.size === 0) return formatQuantity(divide(price, divide(fromInteger(1), fromInteger(100))), '%', lang);
  return cents ? formatQuantity(divide(price, divide(fromInteger(1), fromInteger(100))), unit.replace('$', '¢'), lang) : formatQuantity(price, unit, lang);
}

export function formatDay(at: number, lang: Lang): string {
  return lang === 'fr' ? formatDateFr(dayAt(at)) : formatDateEn(dayAt(at));
}

/** Past so many values of one name, only the telling ones are shown, and no more than this. */
const MANY = 6;
const MOST = 12;

const WORDS = {
  fr: { upTo: "jusqu'à", on: 'le', yes: 'oui', no: 'non', months: 'mois', days: 'jours', more: (count: number) => `${count} autre(s) :` },
  en: { upTo: 'up to', on: 'on', yes: 'yes', no: 'no', months: 'months', days: 'days', more: (count: number) => `${count} more:` },
};

function formatValue(value: Value | undefined, dims: ReadonlyMap<string, number> | undefined, lang: Lang): string {
  if (value === undefined) return '—';
  if (typeof value === 'boolean') return value ? WORDS[lang].yes : WORDS[lang].no;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return isMidnight(value) ? formatDay(value, lang) : formatLocalDateTime(value).replace('T', ' ');
  return formatQuantity(value, dims ? formatDims(dims, lang) : '', lang, 4);
}

/** What a line is: quantity × price × time = amount. */
export function lineArithmetic(line: BillLine, lang: Lang): string {
  const parts: string[] = [];
  if (line.quantity) parts.push(formatQuantity(line.quantity, line.quantityDims ? formatDims(line.quantityDims, lang) : '', lang));
  if (line.price && line.priceDims) parts.push(formatPrice(line.price, line.priceDims, lang));
  if (line.time) parts.push(formatQuantity(line.time.value, line.time.factor === 'durée' ? WORDS[lang].months : WORDS[lang].days, lang));
  return parts.length > 0 ? `${parts.join(' × ')} = ${formatQuantity(line.amount, '$', lang)}` : formatQuantity(line.amount, '$', lang);
}

/** Explains a bill, a line a string, indented by depth. Each value is told once. */
export const explainBill = (bill: Bill, lang: Lang): string[] => explainLines(bill.lines, lang);
/** Explains some lines of a bill. */
export function explainLines(lines: readonly BillLine[], lang: Lang): string[] {
  const teller = tellerOf(lang);
  for (const line of lines) teller.line(line);
  return teller.out;
}
/** Explains values: what each was worked out from. */
export function explainNodes(nodes: readonly TraceNode[], lang: Lang): string[] {
  const teller = tellerOf(lang);
  teller.all(nodes, 0);
  return teller.out;
}

function tellerOf(lang: Lang): { readonly out: string[]; readonly line: (line: BillLine) => void; readonly all: (nodes: readonly TraceNode[], depth: number) => void } {
  const out: string[] = [];
  const told = new Set<string>();
  const tell = (node: TraceNode, depth: number): void => {
    const when = node.row !== undefined ? ` (${inWords(node.row)})` : node.at === undefined ? '' : ` (${WORDS[lang].on} ${node.at.replace(/T00:00$/, '').replace('T', ' ')})`;
    const key = `${node.name}${when}`;
    if (told.has(key) || depth > 6) return;
    told.add(key);
    const cited = node.article === undefined ? '' : `  [${node.article}${node.home !== undefined && node.home !== node.article ? ` ← ${node.home}` : ''}]`;
    out.push(`${'  '.repeat(depth)}${inWords(node.name)}${when} = ${formatValue(node.value, node.dims, lang)}${cited}`);
    tellAll(node.inputs, depth + 1);
  };
  /** Of many values of one name (a sum over days), those that are not nothing, and how many are left unsaid. */
  const tellAll = (nodes: readonly TraceNode[], depth: number): void => {
    for (const name of new Set(nodes.map((node) => node.name))) {
      const group = nodes.filter((node) => node.name === name);
      const telling = group.length > MANY ? group.filter(({ value }) => typeof value !== 'object' || !isZero(value)) : group;
      const first = telling[0]?.value;
      const alike = telling.length > MANY && first !== undefined && telling.every(({ value }) => value !== undefined && sameValue(value, first));
      const shown = group.length > MANY ? telling.slice(0, alike ? 1 : MOST) : group;
      for (const node of shown) tell(node, depth);
      if (shown.length < group.length && depth <= 6) out.push(`${'  '.repeat(depth)}… ${WORDS[lang].more(group.length - shown.length)} ${inWords(name)}`);
    }
  };
  const tellLine = (line: BillLine): void => {
    const label = line.origin.label === undefined ? '' : ` ${line.origin.label}`;
    out.push(`${line.title}  [${line.origin.article}${label}]`);
    out.push(`  ${lineArithmetic(line, lang)} → ${formatMoney(line.rounded, lang)}`);
    if (line.limit?.time) {
      const { value, dims, time } = line.limit;
      const unit = time.factor === 'durée' ? WORDS[lang].months : WORDS[lang].days;
      out.push(`    ${WORDS[lang].upTo} ${formatQuantity(value, formatDims(dims, lang), lang)} × ${formatQuantity(time.value, unit, lang)} = ${formatQuantity(multiply(value, time.value), line.quantityDims ? formatDims(line.quantityDims, lang) : '', lang)}`);
    }
    tellAll(line.trace ?? [], 2);
  };
  return { out, line: tellLine, all: tellAll };
}
