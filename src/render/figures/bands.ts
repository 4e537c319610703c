/** Time in bands: the hours of a week, day by day; the seasons of a year, rate by rate. */
import type { ElementContent } from 'hast';
import { scaleLinear } from 'd3-scale';
import { s } from 'hastscript';
import { at, GRID, INK, PENS, sheet, SOFT, WIDTH, widthOf, words } from './frame.ts';

export interface Band { readonly from: number; readonly to: number; readonly words: string; /** Which of the fills. */ readonly fill: number }
export interface BandRow { readonly name: string; readonly bands: readonly Band[] }
export interface BandsPlot {
  readonly title: string;
  readonly rows: readonly BandRow[];
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly { readonly value: number; readonly words: string }[];
  /** Whether a row's name stands over it rather than before it: a long one. */
  readonly over: boolean;
  readonly under: string;
}

/** Light for words on them; told apart by their lines as well. */
const FILLS = ['#cfe3f3', '#fbe3cf', '#d5efe5', '#f3dcea'];

export function bandsSvg({ title, rows, from, to, ticks, over, under }: BandsPlot): string {
  const left = over ? 24 : 18 + Math.max(...rows.map(({ name }) => widthOf(name)));
  const right = WIDTH - 24;
  const x = scaleLinear().domain([from, to]).range([left, right]);
  const bar = 24;
  const lines = over ? rows.map(({ name }) => folded(name, right - left)) : rows.map(() => []);
  let y = 10;
  const drawn = rows.map(({ name, bands }, index): ElementContent[] => {
    const heads = lines[index] ?? [];
    const head = heads.map((line, rank) => words(line, left, y + 12 + 16 * rank, { fontWeight: 600 }));
    const top = y + 16 * heads.length + (over ? 4 : 0);
    y = top + bar + (over ? 14 : 6);
    return [
      ...head, ...(over ? [] : [words(name, left - 8, top + bar / 2 + 4.5, { textAnchor: 'end' })]),
      s('rect', { x: at(left), y: top, width: at(right - left), height: bar, fill: '#f6f6f6', stroke: GRID }),
      ...bands.flatMap(({ from: start, to: end, words: said, fill }) => [
        s('rect', { x: at(x(start)), y: top, width: at(x(end) - x(start)), height: bar, fill: FILLS[fill % FILLS.length] ?? FILLS[0], stroke: PENS[fill % PENS.length]?.colour ?? INK, strokeWidth: 1.5, ...(fill % 2 === 1 ? { strokeDasharray: '5 2' } : {}) }),
        ...(widthOf(said) <= x(end) - x(start) ? [words(said, (x(start) + x(end)) / 2, top + bar / 2 + 4.5, { textAnchor: 'middle' })] : []),
      ]),
    ];
  }).flat();
  const foot = y + 2;
  return sheet(foot + 44, title, [
    ...drawn,
    s('path', { d: `M${at(left)} ${foot}H${at(right)}${ticks.map(({ value }) => `M${at(x(value))} ${foot}v5`).join('')}`, stroke: SOFT, fill: 'none' }),
    s('g', { textAnchor: 'middle' }, [...ticks.map((tick) => words(tick.words, x(tick.value), foot + 18)), words(under, (left + right) / 2, foot + 36, { fill: SOFT })]),
  ]);
}

/** Words in lines no wider than so much. */
function folded(text: string, room: number): string[] {
  const out: string[] = [];
  for (const word of text.split(' ')) {
    const last = out.at(-1);
    if (last !== undefined && widthOf(`${last} ${word}`) <= room) out[out.length - 1] = `${last} ${word}`;
    else out.push(word);
  }
  return out;
}
