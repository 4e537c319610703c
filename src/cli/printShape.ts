/** Shapes in the terminal and as CSV. */
import Table from 'cli-table3';
import type { Duel } from '../analysis/shape/crossings.ts';
import type { Fall } from '../analysis/shape/falls.ts';
import { affine, valueOf, type Break, type Piece } from '../analysis/shape/pieces.ts';
import { rateName } from '../analysis/shape/request.ts';
import type { Shape } from '../analysis/shape/shape.ts';
import { provenRising } from '../analysis/shape/toJson.ts';
import { causeWords, exactly, priceOf, refusalWords, stoppedWords, verdictWords } from '../analysis/shape/words.ts';
import { dayAt, startOfDay } from '../calendar/zone.ts';
import { noteText } from '../contract/writeBill.ts';
import { absolute, compare, fromInteger, multiply, sign, toDecimal, type Exact } from '../quantity/exact.ts';
import { formatNumberFr, formatQuantity, type Lang } from '../quantity/format.ts';
import { formatDay } from '../render/explain.ts';
import { out as pc } from './colors.ts';

const WORDS = {
  fr: {
    by: 'selon', from: 'De', to: 'À', bill: 'Facture', next: 'Prix de l’unité suivante', average: 'Prix moyen', end: 'sans fin', at: 'Au point', why: 'Ce qui change', article: 'article', refused: 'refusé', curve: 'courbe (non affine)',
    exact: 'Montants exacts, avant taxes ; aucune ligne n’est arrondie au cent.', load: "facteur d'utilisation", days: 'jours', breaks: 'Ruptures', lines: 'Ce que paie l’unité suivante', points: 'Facture et prix moyen',
    jump: 'la facture saute', slope: 'prix', never: 'La facture ne baisse jamais quand la quantité monte : prouvé sur tout l’intervalle facturé.', falls: 'La facture baisse quand la quantité monte', untold: 'On ne peut pas dire si elle baisse ailleurs.',
    flat: 'Ce tarif ne lit pas cette quantité : sa facture ne varie pas.', crossing: 'Croisement', duel: 'Qui coûte moins', leap: 'sans égalité : l’un saute par-dessus l’autre', notes: 'Présumé et réservé', stopped: 'Arrêt', none: 'Aucune rupture sur l’intervalle.', same: 'sans effet sur le total', free: 'rien de plus',
  },
  en: {
    by: 'by', from: 'From', to: 'To', bill: 'Bill', next: 'Price of the next unit', average: 'Average price', end: 'no end', at: 'At the point', why: 'What changes', article: 'article', refused: 'refused', curve: 'curve (not linear)',
    exact: 'Exact amounts before taxes; no line is rounded to the cent.', load: 'load factor', days: 'days', breaks: 'Breaks', lines: 'What the next unit pays', points: 'Bill and average price',
    jump: 'the bill jumps', slope: 'price', never: 'The bill never falls when the quantity rises: proven on the whole billed range.', falls: 'The bill falls when the quantity rises', untold: 'Elsewhere it could not be told.',
    flat: 'This rate does not read the quantity: its bill does not vary.', crossing: 'Crossing', duel: 'Which costs less', leap: 'no equality: one leaps over the other', notes: 'Presumed and reserved', stopped: 'Stopped', none: 'No break on the range.', same: 'no effect on the total', free: 'nothing more',
  },
};
const STYLE = { style: { head: [], border: [], compact: true } };
const money = (x: Exact, lang: Lang): string => exactly(x, '$', lang, 8);

/** Shapes by one quantity: each rate, then who is cheaper where. */
export function printShapes(shapes: readonly Shape[], duels: readonly { readonly other: Shape; readonly duel: Duel }[], points: (shape: Shape) => readonly Exact[], lang: Lang): string {
  const [first] = shapes;
  return [...shapes.map((shape) => printShape(shape, points(shape), lang)), ...duels.flatMap(({ other, duel }) => (first ? [printDuel(first, other, duel, lang)] : []))].join('\n\n');
}

function printShape(shape: Shape, points: readonly Exact[], lang: Lang): string {
  const words = WORDS[lang];
  const { input, program, quantity, ask } = shape;
  const unit = quantity?.unit ?? '';
  const { start, end } = input.period;
  const out: string[] = [
    pc.bold(`${program.rateTitle}${program.options.length > 0 ? ` + ${program.options.join(', ').replace(/_/g, ' ')}` : ''}, ${words.by} : ${quantity?.words ?? ask.quantity}${unit === '' ? '' : ` (${unit})`}`),
    `${formatDay(start, lang)} – ${formatDay(startOfDay(dayAt(end - 1)), lang)} (${dayAt(end - 1) - dayAt(start) + 1} ${words.days})${given(shape, lang)}`, words.exact,
  ];
  if (!quantity) out.push(words.flat);
  const table = new Table({ head: [words.from, words.to, words.bill, words.next].map((head) => pc.bold(head)), colAligns: ['right', 'right', 'left', 'right'], ...STYLE });
  for (const piece of shape.pieces) table.push([exactly(piece.from, unit, lang), piece.to ? exactly(piece.to, unit, lang) : words.end, formulaWords(piece, shape, lang), nextPrice(piece, shape, lang)]);
  out.push(table.toString());
  if (shape.breaks.length === 0) out.push(words.none);
  else out.push(pc.bold(words.breaks), ...shape.breaks.map((each, index) => `  ${breakWords(each, shape.pieces[index], shape.pieces[index + 1], shape, lang)}`));
  const lines = nextLines(shape, lang);
  if (lines.length > 0) out.push(pc.bold(words.lines), ...lines);
  const shown = shape.pointsAt(points);
  if (shown.length > 0) {
    const averages = new Table({ head: [quantity?.words ?? ask.quantity, words.bill, words.average].map((head) => pc.bold(head)), colAligns: ['right', 'right', 'right'], ...STYLE });
    for (const { x, bill, average } of shown) averages.push([exactly(x, unit, lang), bill ? money(bill, lang) : words.refused, average && quantity ? priceOf(average, quantity, lang) : '—']);
    out.push(pc.bold(words.points), averages.toString());
  }
  if (shape.stopped) out.push(pc.yellow(`${words.stopped} : ${exactly(shape.stopped.at, unit, lang)}, ${stoppedWords(shape.stopped.why, lang)}`));
  if (provenRising(shape)) out.push(pc.green(words.never));
  else if (shape.falls.length > 0) out.push(pc.red(`${words.falls} :`), ...shape.falls.map((fall) => `  ${fallWords(fall, shape, lang)}`));
  if (shape.untold.length > 0 || (shape.stopped && shape.falls.length > 0)) out.push(words.untold);
  if (shape.notes.length > 0) out.push(pc.dim(`${words.notes} :`), ...shape.notes.map((note) => pc.dim(`  ${noteText(note, lang)}${note.article === undefined ? '' : ` (${words.article} ${note.article})`}`)));
  return out.join('\n');
}

/** What the case gives besides the quantity. */
function given({ ask, input, quantity }: Shape, lang: Lang): string {
  const parts = [...ask.data].filter(([key]) => key !== quantity?.key && !ask.links.has(key)).map(([key, value]) => `${key} = ${typeof value === 'string' ? formatNumberFr(value) : typeof value === 'boolean' ? (value ? 'oui' : 'non') : '[…]'}`);
  if (ask.loadFactor) parts.push(`${WORDS[lang].load} = ${formatQuantity(multiply(ask.loadFactor, fromInteger(100)), '%', lang)}`);
  for (const [key, { by, of }] of ask.links) parts.push(`${key} = ${toDecimal(by).text === '1' ? '' : `${formatQuantity(multiply(by, fromInteger(100)), '%', lang)} × `}${of}`);
  if (input.history.length > 0) parts.push(lang === 'fr' ? `${input.history.length} période(s) d'historique` : `${input.history.length} past period(s)`);
  return parts.length === 0 ? '' : ` ; ${parts.join(', ')}`;
}

function formulaWords({ formula }: Piece, { quantity }: Shape, lang: Lang): string {
  if (formula.kind === 'refused') return pc.dim(`${WORDS[lang].refused} (${[...new Set(formula.diagnostics.flatMap(({ article }) => article ?? []))].map((article) => `${WORDS[lang].article} ${article}`).join(', ')})`);
  const line = affine(formula.total);
  if (!line) return WORDS[lang].curve;
  const x = quantity?.unit === undefined || quantity.unit === '' ? 'x' : quantity.unit;
  const by = absolute(line.slope);
  const slope = sign(line.slope) === 0 ? '' : `${sign(line.slope) < 0 ? '− ' : '+ '}${toDecimal(by, 8).exact ? '' : '≈ '}${formatQuantity(by, '', lang, 8)} × ${x}`;
  return [...(sign(line.constant) === 0 && slope !== '' ? [] : [money(line.constant, lang)]), ...(slope === '' ? [] : [sign(line.constant) === 0 ? slope.replace(/^\+ /, '') : slope])].join(' ');
}
function nextPrice({ formula }: Piece, { quantity }: Shape, lang: Lang): string {
  const line = formula.kind === 'bill' ? affine(formula.total) : undefined;
  return line ? (sign(line.slope) === 0 ? WORDS[lang].free : priceOf(line.slope, quantity, lang)) : '—';
}

/** The lines that vary, with their articles, piece by piece. */
function nextLines({ pieces, quantity }: Shape, lang: Lang): string[] {
  return pieces.flatMap(({ from, formula }): string[] => {
    if (formula.kind === 'refused') return [];
    const varying = formula.lines.flatMap((line) => { const made = affine(line.amount); return made && sign(made.slope) === 0 ? [] : [`${line.title} [${line.article}] ${made ? priceOf(made.slope, quantity, lang) : WORDS[lang].curve}`]; });
    return varying.length === 0 ? [] : [`  > ${exactly(from, quantity?.unit ?? '', lang)} : ${varying.join(' ; ')}`];
  });
}

function breakWords({ x, before, at, after, effect, causes }: Break, left: Piece | undefined, right: Piece | undefined, shape: Shape, lang: Lang): string {
  const words = WORDS[lang];
  const made = [...new Set(causes.map((cause) => `${causeWords(cause, lang)}${cause.kind === 'eligibility' ? '' : ` [${cause.article}]`}`))].join(' ; ');
  const change = effect === 'slope' && left && right ? `${words.slope} ${nextPrice(left, shape, lang)} → ${nextPrice(right, shape, lang)}`
    : effect === 'jump' ? `${words.jump} : ${[before, at, after].flatMap((value) => (value ? [money(value, lang)] : [])).filter((text, index, all) => text !== all[index - 1]).join(' → ')}` : effect === 'none' ? words.same : '';
  return `${pc.bold(exactly(x, shape.quantity?.unit ?? '', lang))} : ${[change, made].filter((part) => part !== '').join(' — ')}`;
}

function fallWords(fall: Fall, shape: Shape, lang: Lang): string {
  const unit = shape.quantity?.unit ?? '';
  if (fall.kind === 'jump') return `${exactly(fall.x, unit, lang)} : ${money(fall.from, lang)} → ${money(fall.to, lang)}, −${money(fall.by, lang)} — ${fall.causes.map((cause) => `${causeWords(cause, lang)} [${cause.article}]`).join(' ; ')}`;
  const until = fall.to ? exactly(fall.to, unit, lang) : WORDS[lang].end;
  return `${exactly(fall.from, unit, lang)} → ${until} : ${priceOf(fall.slope, shape.quantity, lang)}${fall.by ? `, −${money(fall.by, lang)}` : ''} — ${fall.lines.map((line) => `${line.title} [${line.article}]`).join(' ; ')}`;
}

function printDuel(first: Shape, second: Shape, duel: Duel, lang: Lang): string {
  const words = WORDS[lang];
  const unit = first.quantity?.unit ?? second.quantity?.unit ?? '';
  const [a, b] = [rateName(first), rateName(second)];
  return [
    pc.bold(`${a} – ${b} : ${words.duel}`),
    ...duel.zones.map(({ from, to, verdict }) => `  ${exactly(from, unit, lang)} → ${to ? exactly(to, unit, lang) : words.end} : ${verdictWords(verdict, a, b, lang)}`),
    ...duel.crossings.map(({ x, bill }) => `  ${pc.bold(`${words.crossing} : ${exactly(x, unit, lang)}`)}, ${bill ? money(bill, lang) : words.leap}`),
  ].join('\n');
}

/** For Excel in French: `;`, a decimal comma, UTF-8 with a mark. A row for each piece. */
export function shapesToCsv(shapes: readonly Shape[]): string {
  const decimal = (x: Exact | undefined): string => (x ? toDecimal(x, 12).text.replace('.', ',') : '');
  const cell = (text: string): string => (/[;"\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
  const header = ['tarif', 'selon', 'unite', 'de', 'a', 'etat', 'constante_$', 'pente_$', 'facture_au_debut_$', 'facture_a_la_fin_$', 'article', 'ce_qui_change_a_la_fin'];
  const rows = shapes.flatMap((shape) => shape.pieces.map(({ from, to, formula }) => {
    const line = formula.kind === 'bill' ? affine(formula.total) : undefined;
    const end = to && shape.breaks.find(({ x }) => compare(x, to) === 0);
    const value = (x: Exact | undefined): Exact | undefined => (x && formula.kind === 'bill' ? valueOf(formula.total, x) : undefined);
    return [
      rateName(shape), shape.ask.quantity, shape.quantity?.unit ?? '', decimal(from), decimal(to), formula.kind === 'refused' ? 'refus' : line ? 'facture' : 'courbe', decimal(line?.constant), decimal(line?.slope), decimal(value(from)), decimal(value(to)),
      [...new Set((end?.causes ?? []).map(({ article }) => article))].join(', '), formula.kind === 'refused' ? formula.diagnostics.map((item) => refusalWords(item, 'fr')).join(' ') : (end?.causes ?? []).map((cause) => causeWords(cause, 'fr')).join(' ; '),
    ];
  }));
  return `\uFEFF${[header, ...rows].map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`;
}
