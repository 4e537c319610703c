/** The difference of two bills in the terminal: each row with its article and what changed, then the sum of each article. */
import Table from 'cli-table3';
import type { Cause } from '../analysis/causes.ts';
import { byArticle, type Difference, type DifferenceRow, type Figure } from '../analysis/difference.ts';
import type { Side } from '../analysis/sides.ts';
import { SHARING_RULE } from '../analysis/writeDifference.ts';
import { dayAt, startOfDay } from '../calendar/zone.ts';
import type { Value } from '../evaluate/case.ts';
import { inWords, jsonKey, sameValue, showValue } from '../evaluate/words.ts';
import { add, fromInteger, divide, roundTo, sign, subtract, toFixed, ZERO, type Exact } from '../quantity/exact.ts';
import { formatMoney, formatNumber, formatQuantity, type Lang } from '../quantity/format.ts';
import { formatDims } from '../quantity/unit.ts';
import { formatDay, formatPrice } from '../render/explain.ts';
import { out as pc } from './colors.ts';

const WORDS = {
  fr: {
    from: 'du', to: 'au', edition: 'édition du', article: 'Article', line: 'Ligne', due: 'Dû à', difference: 'Écart', total: 'Total', alike: (count: number) => (count === 1 ? '1 ligne pareille' : `${count} lignes pareilles`), by: 'Par article', data: 'Données qui diffèrent', none: 'rien', rule: 'Règle',
    kinds: { quantité: 'quantité', prix: 'prix', durée: 'durée', montant: 'montant', 'en moins': 'ligne de A seul', 'en plus': 'ligne de B seul', arrondi: 'lignes au cent', taxe: 'taxe' }, rounding: 'Arrondi', unread: 'Données de A laissées de côté', months: 'mois', days: 'jours', yes: 'oui', no: 'non', why: 'Ce qui a changé', same: 'Les deux factures sont pareilles, ligne par ligne.',
  },
  en: {
    from: 'from', to: 'to', edition: 'edition of', article: 'Article', line: 'Line', due: 'Due to', difference: 'Difference', total: 'Total', alike: (count: number) => (count === 1 ? '1 line alike' : `${count} lines alike`), by: 'By article', data: 'Data that differ', none: 'nothing', rule: 'Rule',
    kinds: { quantité: 'quantity', prix: 'price', durée: 'time', montant: 'amount', 'en moins': 'line of A alone', 'en plus': 'line of B alone', arrondi: 'lines to the cent', taxe: 'tax' }, rounding: 'Rounding', unread: 'Data of A left aside', months: 'months', days: 'days', yes: 'yes', no: 'no', why: 'What changed', same: 'The two bills are alike, line by line.',
  },
};
/** Rows are shown to this many decimals. */
const PLACES = 4;
const STEP: Exact = divide(fromInteger(1), fromInteger(10 ** PLACES));

export function printDifference(difference: Difference, a: Side, b: Side, lang: Lang): string {
  const words = WORDS[lang];
  const table = new Table({ head: [words.article, words.line, words.due, 'A', 'B', words.difference].map((head) => pc.bold(head)), colAligns: ['left', 'left', 'left', 'right', 'right', 'right'], style: { head: [], border: [], compact: true } });
  const shown = rounded(difference.rows.map((row) => row.amount));
  const notes: string[] = [];
  difference.rows.forEach((row, index) => {
    if (row.causes.length > 0) notes.push(`  ${row.title}, ${words.kinds[row.kind]}${lang === 'fr' ? ' :' : ':'} ${row.causes.map((cause) => causeText(cause, lang)).join(' ; ')}`);
    table.push([articles(row), row.kind === 'arrondi' ? words.rounding : row.title, words.kinds[row.kind], figure(row.a, lang), figure(row.b, lang), signed(shown[index] ?? ZERO, lang)]);
  });
  table.push([{ colSpan: 3, content: pc.bold(words.total), hAlign: 'right' }, formatMoney(difference.a.totalRounded, lang), formatMoney(difference.b.totalRounded, lang), pc.bold(signed(difference.total, lang))]);
  const out = [`A  ${titleOf(a, lang)}`, `B  ${titleOf(b, lang)}`];
  const data = dataThatDiffer(a, b, lang);
  if (data.length > 0) out.push(`${words.data}${lang === 'fr' ? ' :' : ':'} ${data.join(' ; ')}`);
  const unread = [...b.carried.unread, ...b.carried.recomputed];
  if (unread.length > 0) out.push(`${words.unread}${lang === 'fr' ? ' :' : ':'} ${unread.join(', ')}`);
  if (difference.rows.length === 0) return [...out, '', words.same].join('\n');
  out.push('', table.toString());
  if (difference.alike > 0) out.push(`${words.alike(difference.alike)}.`);
  if (notes.length > 0) out.push('', pc.bold(words.why), ...notes);
  const sums = [...byArticle(difference)];
  const sumsShown = rounded(sums.map(([, amount]) => amount));
  out.push('', `${pc.bold(words.by)}${lang === 'fr' ? ' :' : ':'} ${sums.map(([name], index) => `${name === 'arrondi' ? words.rounding : name} ${signed(sumsShown[index] ?? ZERO, lang)}`).join(' ; ')}`);
  if (difference.rows.some((row) => row.kind === 'quantité' || row.kind === 'prix' || row.kind === 'durée')) out.push('', `${words.rule}${lang === 'fr' ? ' :' : ':'} ${SHARING_RULE[lang]}.`);
  return out.join('\n');
}

/** Amounts as they are shown: each to the last place so that they still add up, what one loses going to the next. */
function rounded(amounts: readonly Exact[]): Exact[] {
  let [exact, told] = [ZERO, ZERO];
  return amounts.map((amount) => {
    exact = add(exact, amount);
    const next = roundTo(exact, STEP);
    const part = subtract(next, told);
    told = next;
    return part;
  });
}

function signed(amount: Exact, lang: Lang): string {
  const plain = toFixed(amount, PLACES).replace(/0{1,2}$/, '');
  const text = formatNumber(plain, lang);
  const money = lang === 'fr' ? `${text}\u00A0$` : text.startsWith('−') ? `−$${text.slice(1)}` : `$${text}`;
  return sign(amount) > 0 ? `+${money}` : money;
}

const articles = ({ article, lineArticles: [a, b] }: DifferenceRow): string => {
  const line = a === undefined || b === undefined || a === b ? b ?? a ?? '' : `${a} → ${b}`;
  return article === undefined || article === a || article === b ? line : `${article} (${line})`;
};

function figure(each: Figure | undefined, lang: Lang): string {
  if (!each) return '';
  if (each.factor === 'prix') return formatPrice(each.value, each.dims, lang);
  if (each.factor === 'durée') return formatQuantity(each.value, each.dims.has('mois') ? WORDS[lang].months : WORDS[lang].days, lang, 4);
  return formatQuantity(each.value, formatDims(each.dims, lang), lang, 4);
}

function causeText({ name, at, dims, a, b }: Cause, lang: Lang): string {
  const told = (side: Cause['a']): string => (side === undefined ? '—' : valueText(side.value, dims, lang));
  const cited = [...new Set([a?.article, b?.article].filter((each) => each !== undefined))].join(' → ');
  return `${inWords(name)}${at === undefined ? '' : ` (${at.replace(/T00:00$/, '').replace('T', ' ')})`} ${told(a)} → ${told(b)}${cited === '' ? '' : `  [${cited}]`}`;
}
function valueText(value: Value | undefined, dims: Cause['dims'], lang: Lang): string {
  if (typeof value === 'object') return dims?.has('$') === true && dims.size > 1 ? formatPrice(value, dims, lang) : formatQuantity(value, dims ? formatDims(dims, lang) : '', lang, 4);
  if (typeof value === 'boolean') return value ? WORDS[lang].yes : WORDS[lang].no;
  return value === undefined ? '—' : typeof value === 'number' ? formatDay(value, lang) : value;
}

function titleOf({ bill }: Side, lang: Lang): string {
  const words = WORDS[lang];
  const editions = bill.editions.map(({ date }) => `${words.edition} ${formatDay(startOfDay(date), lang)}`).join(', ');
  return `${pc.bold([bill.rateTitle, ...bill.options.map(inWords)].join(' + '))}, ${words.from} ${formatDay(bill.start, lang)} ${words.to} ${formatDay(startOfDay(dayAt(bill.end - 1)), lang)}, ${editions}`;
}

/** The data of the billed period that are not the same in the two cases, in the unit of their declaration. */
function dataThatDiffer(a: Side, b: Side, lang: Lang): string[] {
  const given = ({ input }: Side): Map<string, Value> => new Map<string, Value>([...input.period.facts, ...input.period.measures]);
  const [ours, theirs] = [given(a), given(b)];
  return [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((key) => {
    const [one, other] = [ours.get(key), theirs.get(key)];
    if (one === undefined || other === undefined ? b.carried.unread.has(jsonKey(key)) : sameValue(one, other)) return [];
    const text = (value: Value | undefined, side: Side): string => {
      const { program } = side.bill.instance.runtime;
      const symbol = program.symbols.get(key) ?? program.measureKeys.find((each) => each.key === key)?.symbol;
      return value === undefined ? WORDS[lang].none : symbol ? showValue(value, symbol) : valueText(value, undefined, lang);
    };
    return [`${jsonKey(key)} ${text(one, a)} → ${text(other, b)}`];
  });
}
