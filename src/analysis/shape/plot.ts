/** A shape as a picture: the bill and, under it, the average price; breaks and crossings are numbered, and told below. */
import { inWords } from '../../evaluate/words.ts';
import { add, compare, divide, fromInteger, multiply, ratio, sign, subtract, toDecimal, type Exact } from '../../quantity/exact.ts';
import type { Lang } from '../../quantity/format.ts';
import { curvesSvg, type Curve, type CurvePlot } from '../../render/plot.ts';
import type { Duel } from './crossings.ts';
import { valueOf } from './pieces.ts';
import { endOf, type Shape } from './shape.ts';
import { causeWords, exactly } from './words.ts';

/** What a number of the picture stands for. */
interface Mark { readonly x: number; readonly y: number; readonly text: string }

const WIDTH = 640;
const HEIGHT = 300;
/** Of a panel, with its axes and legend. */
const PANEL = { width: 750, height: 390 };
const MARGIN = 62;
const LINE = 18;
/** Past so many, marks say less than the curve. */
const MOST_MARKS = 16;
/** Numbers closer than this, in pixels, would be written over each other. */
const NEAR = { x: 22, y: 16 };

const WORDS = {
  fr: { bill: 'Facture avant taxes ($)', average: 'Prix moyen', crossing: 'croisement', more: (count: number) => `… et ${count} autre(s)`, by: 'selon' },
  en: { bill: 'Bill before taxes ($)', average: 'Average price', crossing: 'crossing', more: (count: number) => `… and ${count} more`, by: 'by' },
};

// A picture is drawn with doubles; the exact figures are in the text and the JSON.
const drawn = (x: Exact): number => Number(toDecimal(x, 12).text);
const nameOf = ({ program }: Shape): string => [program.rate, ...program.options.map(inWords)].join(' + ');

export async function shapesSvg(shapes: readonly Shape[], duels: readonly { readonly other: Shape; readonly duel: Duel }[], lang: Lang): Promise<string> {
  const words = WORDS[lang];
  const [first] = shapes;
  const end = endOf(shapes, duels.flatMap(({ duel }) => duel.crossings.map(({ x }) => x)));
  const quantity = shapes.find((shape) => shape.quantity)?.quantity;
  const unit = quantity?.unit ?? '';
  const title = `${shapes.map(nameOf).join(', ')}, ${words.by} : ${quantity?.words ?? ''}${unit === '' ? '' : ` (${unit})`}`;
  const from = drawn(first?.ask.from ?? fromInteger(0));
  const x = { title: `${quantity?.words ?? ''}${unit === '' ? '' : ` (${unit})`}`, format: ',~f', from, to: drawn(end) };
  const cents = quantity?.dims.has('h') ?? false;
  const [marks, rest] = marksOf(shapes, duels, end, lang);
  const bills = shapes.map((shape): Curve => ({ name: nameOf(shape), points: pointsOf(shape, end, (at, bill) => [drawn(at), drawn(bill)], 1) }));
  const least = from + (drawn(end) - from) / 25;
  const averages = shapes.map((shape): Curve => ({
    name: nameOf(shape),
    points: pointsOf(shape, end, (at, bill) => (drawn(at) < least || sign(at) <= 0 ? undefined : [drawn(at), drawn(divide(bill, at)) * (cents ? 100 : 1)]), 60),
  }));
  const panel = (plot: Omit<CurvePlot, 'description' | 'width' | 'height' | 'margin'>): Promise<string> => curvesSvg({ description: `${title} : ${plot.y.title}`, width: WIDTH, height: HEIGHT, margin: MARGIN, ...plot }, lang);
  const upper = await panel({ x, y: { title: words.bill, format: ',~f' }, curves: bills, marks: numbered(marks, bills, drawn(end) - from) });
  const lower = await panel({ x, y: { title: `${words.average} (${cents ? '¢' : '$'}/${unit})`, format: ',~f', ...clear(averages) }, curves: averages });
  const key = [...marks.map(({ text }, index) => `${index + 1}. ${text}`), ...(rest > 0 ? [words.more(rest)] : [])].flatMap(folded);
  const height = 40 + 2 * PANEL.height + (key.length + 1) * LINE;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${PANEL.width}" height="${height}" viewBox="0 0 ${PANEL.width} ${height}" role="img" aria-label="${escaped(title)}" font-family="system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif">`,
    `<rect width="100%" height="100%" fill="white"/>`, `<text x="16" y="26" font-size="16" font-weight="600" fill="#222">${escaped(title)}</text>`,
    placed(upper, 40), placed(lower, 40 + PANEL.height),
    ...key.map((line, index) => `<text x="16" y="${40 + 2 * PANEL.height + (index + 0.5) * LINE}" font-size="13" fill="#222">${escaped(line)}</text>`), '</svg>', '',
  ].join('\n');
}

const placed = (svg: string, y: number): string => svg.replace(/^[\s\S]*?<svg /, `<svg y="${y}" `);
const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');

/** A line of the key in lines that fit. */
function folded(text: string): string[] {
  const out: string[] = [];
  for (const word of text.split(' ')) {
    const last = out.at(-1);
    if (last !== undefined && last.length + word.length < 100) out[out.length - 1] = `${last} ${word}`;
    else out.push(out.length === 0 ? word : `    ${word}`);
  }
  return out;
}

/** Points along a shape: the ends of its pieces, and so many steps between; a gap where there is no bill. */
function pointsOf({ pieces }: Shape, end: Exact, at: (x: Exact, bill: Exact) => readonly [number, number] | undefined, steps: number): (readonly [number, number])[] {
  return pieces.flatMap(({ from, to, formula }): (readonly [number, number])[] => {
    const last = to && compare(to, end) < 0 ? to : end;
    if (compare(from, last) >= 0) return [];
    if (formula.kind === 'refused') return [[drawn(from), NaN]];
    const straight = formula.total.above.length <= 2 && formula.total.below.length === 1;
    const count = straight ? steps : 60;
    return Array.from({ length: count + 1 }, (_, index) => between(from, last, index, count)).flatMap((x) => { const bill = valueOf(formula.total, x); const point = bill && at(x, bill); return point ? [point] : []; });
  });
}
const between = (from: Exact, to: Exact, index: number, count: number): Exact => add(from, multiply(subtract(to, from), ratio(BigInt(index), BigInt(count))));

/** An average price is very high at first: the axis begins under its lowest value rather than at 0 when that says more. */
function clear(curves: readonly Curve[]): { readonly from?: number } {
  const values = curves.flatMap(({ points }) => points.map(([, y]) => y)).filter((y) => !Number.isNaN(y));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return values.length > 0 && low > 0.5 * high ? { from: Math.floor(low * 0.95) } : {};
}

function marksOf(shapes: readonly Shape[], duels: readonly { readonly other: Shape; readonly duel: Duel }[], end: Exact, lang: Lang): [readonly Mark[], number] {
  const several = shapes.length > 1;
  const unit = shapes.find((shape) => shape.quantity)?.quantity?.unit ?? '';
  const breaks = shapes.flatMap((shape) => shape.breaks.filter(({ effect, x }) => effect !== 'none' && compare(x, end) <= 0).map((each): Mark & { at: Exact } => ({
    at: each.x, x: drawn(each.x), y: drawn(each.at ?? each.after ?? each.before ?? fromInteger(0)),
    text: `${exactly(each.x, unit, lang)}${several ? ` (${nameOf(shape)})` : ''} : ${[...new Set(each.causes.map((cause) => `${causeWords(cause, lang)}${cause.kind === 'eligibility' ? '' : `, article ${cause.article}`}`))].join(' ; ')}`,
  })));
  const crossings = duels.flatMap(({ other, duel }) => duel.crossings.filter(({ x }) => compare(x, end) <= 0).flatMap(({ x, bill }) => (bill && shapes[0]
    ? [{ at: x, x: drawn(x), y: drawn(bill), text: `${exactly(x, unit, lang)} : ${WORDS[lang].crossing} ${nameOf(shapes[0])} – ${nameOf(other)}, ${exactly(bill, '$', lang)}` }] : [])));
  const all = [...breaks, ...crossings].sort((a, b) => compare(a.at, b.at));
  return [all.slice(0, MOST_MARKS), Math.max(0, all.length - MOST_MARKS)];
}

/** Marks with their numbers; those too near to be read apart share one label. */
function numbered(marks: readonly Mark[], curves: readonly Curve[], range: number): { x: number; y: number; words: string; above: boolean }[] {
  const tops = curves.flatMap(({ points }) => points.map(([, y]) => y)).filter((y) => !Number.isNaN(y));
  const [width, height] = [range / WIDTH, (Math.max(...tops, 0) - Math.min(...tops, 0)) / HEIGHT];
  const labels: { x: number; y: number; words: string; above: boolean; numbers: number[] }[] = [];
  // Near the foot of the plot, words under a point would be on the axis.
  const foot = Math.min(...tops, 0) + 24 * height;
  marks.forEach(({ x, y }, index) => {
    const near = labels.find((label) => label.words !== '' && Math.abs(label.x - x) < NEAR.x * width * Math.max(1, label.words.length / 3) && Math.abs(label.y - y) < NEAR.y * height);
    if (near) { near.numbers.push(index + 1); near.words = listed(near.numbers); }
    labels.push({ x, y, words: near ? '' : String(index + 1), above: y < foot, numbers: [index + 1] });
  });
  return labels;
}

/** `2–5` for numbers that follow each other, else each. */
const listed = (numbers: readonly number[]): string => {
  const [first = 0, last = 0] = [numbers[0], numbers.at(-1)];
  return last - first === numbers.length - 1 && numbers.length > 2 ? `${first}–${last}` : numbers.join(', ');
};
