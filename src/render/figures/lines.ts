/** Curves on common axes, each named where it ends, with columns behind them where there are some. */
import type { ElementContent } from 'hast';
import { scaleLinear } from 'd3-scale';
import { s } from 'hastscript';
import type { Lang } from '../../quantity/format.ts';
import { at, axisNumber, GRID, INK, markOf, penOf, PENS, sheet, SOFT, WIDTH, widthOf, words } from './frame.ts';

export interface LinesAxis {
  readonly title: string;
  readonly from: number;
  readonly to: number;
  /** The figures to write, rather than round ones. */
  readonly at?: readonly { readonly value: number; readonly words: string }[];
  /** Whether the axis ends where it is told to, rather than at the next round figure. */
  readonly tight?: boolean;
}
export interface Line {
  /** Empty when there is only one, and its picture names it. */
  readonly name: string;
  /** No curve where y is NaN. */
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Points to mark: where something changes. */
  readonly marks: readonly (readonly [x: number, y: number])[];
}
export interface LinesPlot {
  readonly title: string;
  readonly x: LinesAxis;
  readonly y: LinesAxis;
  /** A second reading of the x axis, under the first. */
  readonly under?: Pick<LinesAxis, 'title' | 'at'>;
  readonly lines: readonly Line[];
  /** Points that a letter names, told in words under the picture. */
  readonly letters?: readonly { readonly x: number; readonly y: number; readonly letter: string }[];
  readonly columns?: { readonly name: string; readonly width: number; readonly at: readonly (readonly [x: number, y: number])[] };
}

const TOP = 34;
const PLOT = 200;
const ROW = 17;
/** Between the names of two curves. */
const LEADING = 15;
/** So much past the frame is still drawn, for a line's own width. */
const OVER = 2;

export function linesSvg(plot: LinesPlot, lang: Lang): string {
  const y = scaleLinear().domain([plot.y.from, plot.y.to]).range([TOP + PLOT, TOP]);
  if (!plot.y.tight) y.nice(5);
  const yTicks = y.ticks(5).map((value) => ({ value, words: axisNumber(value, lang) }));
  const left = 16 + Math.max(...yTicks.map((tick) => widthOf(tick.words)));
  const ends = plot.lines.filter(({ name }) => name !== '').map(({ name }) => widthOf(name));
  const right = WIDTH - (ends.length === 0 ? 28 : 16 + Math.max(...ends));
  const x = scaleLinear().domain([plot.x.from, plot.x.to]).range([left, right]);
  const xTicks = plot.x.at ?? ticksThatFit(plot.x, right - left, lang);
  const foot = TOP + PLOT;
  const inside = (value: number): boolean => value >= (y.domain()[0] ?? 0) && value <= (y.domain()[1] ?? 0);
  const underTicks = plot.under?.at ?? [];
  const height = foot + 2 * ROW + 12 + (plot.under ? 2 * ROW + 4 : 0) + (plot.columns ? ROW + 6 : 0);
  const content: ElementContent[] = [
    s('defs', s('clipPath', { id: 'frame' }, s('rect', { x: at(left), y: TOP - OVER, width: at(right - left + OVER), height: PLOT + 2 * OVER }))),
    words(plot.y.title, 6, 16, { fill: SOFT }),
    s('g', { stroke: GRID }, yTicks.map(({ value }) => s('path', { d: `M${at(left)} ${at(y(value))}H${at(right)}` }))),
    s('g', { textAnchor: 'end' }, yTicks.map((tick) => words(tick.words, left - 7, y(tick.value) + 4.5))),
    ...(plot.columns ? plot.columns.at.map(([each, value]) => s('rect', { x: at(x(each)), y: at(y(value)), width: at(Math.max(1, x(each + (plot.columns?.width ?? 0)) - x(each))), height: at(y(0) - y(value)), fill: '#b9cfe0', stroke: '#54748c' })) : []),
    s('path', { d: `M${at(left)} ${at(foot)}H${at(right)}${xTicks.map(({ value }) => `M${at(x(value))} ${foot}v5`).join('')}`, stroke: SOFT, fill: 'none' }),
    s('g', { textAnchor: 'middle' }, [
      ...xTicks.map((tick) => words(tick.words, x(tick.value), foot + ROW + 2)), words(plot.x.title, (left + right) / 2, foot + 2 * ROW + 2, { fill: SOFT }),
      ...(plot.under ? [...underTicks.map((tick) => words(tick.words, x(tick.value), foot + 3 * ROW + 6)), words(plot.under.title, (left + right) / 2, foot + 4 * ROW + 6, { fill: SOFT })] : []),
    ]),
    s('g', { fill: 'none', strokeWidth: 2.5, strokeLinejoin: 'round', clipPath: 'url(#frame)' }, plot.lines.map(({ points }, rank) => s('path', { d: pathOf(points, x, y), stroke: penOf(rank).colour, ...(penOf(rank).dash === '' ? {} : { strokeDasharray: penOf(rank).dash }) }))),
    ...plot.lines.flatMap(({ marks }, rank) => marks.filter(([, value]) => inside(value)).map(([each, value]) => markOf(penOf(rank), x(each), y(value)))),
    ...namesOf(plot, x, y, right),
    ...(plot.letters ?? []).filter((letter) => inside(letter.y)).flatMap(({ x: each, y: value, letter }) => [
      s('circle', { cx: at(x(each)), cy: at(y(value)), r: 6, fill: 'white', fillOpacity: 0.6, stroke: INK, strokeWidth: 1.6 }), words(letter, x(each) - 5, y(value) - 11, { fontWeight: 700, paintOrder: 'stroke', stroke: 'white', strokeWidth: 3 }),
    ]),
    ...(plot.columns ? [s('rect', { x: at(left), y: height - ROW - 2, width: 14, height: 11, fill: '#b9cfe0', stroke: '#54748c' }), words(plot.columns.name, left + 20, height - ROW + 8)] : []),
  ];
  return sheet(height, plot.title, content);
}

type Scale = ReturnType<typeof scaleLinear>;

function pathOf(points: readonly (readonly [number, number])[], x: Scale, y: Scale): string {
  let drawn = '';
  let pen = false;
  for (const [each, value] of points) {
    if (Number.isNaN(value)) { pen = false; continue; }
    drawn += `${pen ? 'L' : 'M'}${at(x(each))} ${at(y(value))}`;
    pen = true;
  }
  return drawn;
}

/** As many round figures as can be told apart. */
function ticksThatFit({ from, to }: LinesAxis, room: number, lang: Lang): { value: number; words: string }[] {
  for (let count = 7; count > 1; count--) {
    const ticks = scaleLinear().domain([from, to]).ticks(count).map((value) => ({ value, words: axisNumber(value, lang) }));
    const widest = Math.max(...ticks.map((tick) => widthOf(tick.words)));
    if (ticks.length * (widest + 12) <= room) return ticks;
  }
  return [from, to].map((value) => ({ value, words: axisNumber(value, lang) }));
}

/** The names of curves where they end, apart from each other. */
function namesOf({ lines }: LinesPlot, x: Scale, y: Scale, right: number): ElementContent[] {
  const [low, high] = y.domain();
  const named = lines.flatMap(({ name, points }, rank) => {
    const last = points.filter(([, value]) => value >= low && value <= high).at(-1);
    return name === '' || !last ? [] : [{ name, rank, x: Math.min(x(last[0]), right), end: y(last[1]), y: y(last[1]) }];
  }).sort((a, b) => a.y - b.y);
  for (let again = 0; again < named.length; again++) {
    named.forEach((each, index) => {
      const next = named[index + 1];
      const apart = next ? next.y - each.y : LEADING;
      if (!next || apart >= LEADING) return;
      each.y -= (LEADING - apart) / 2;
      next.y += (LEADING - apart) / 2;
    });
  }
  return named.flatMap(({ name, rank, x: end, end: height, y: beside }) => [markOf(penOf(rank), end, height, 3), words(name, end + 8, beside + 4.5, { paintOrder: 'stroke', stroke: 'white', strokeWidth: 3 })]);
}

/** As many curves as there are pens to tell them apart. */
export const MOST_LINES = PENS.length;
