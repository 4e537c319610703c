/** What all pictures share: a small sheet that is read on a phone as it is, its inks, its letters. */
import type { Element, ElementContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { s } from 'hastscript';
import { formatNumber, type Lang } from '../../quantity/format.ts';

/** In pixels: shown at its own size on a phone, two side by side on a desk. */
export const WIDTH = 440;
export const SIZE = 13;
/** The most that a letter takes, on the average: what room words need. */
const LETTER = 7.4;
export const INK = '#222';
export const SOFT = '#555';
export const GRID = '#dedede';

/** The colours of Okabe and Ito, which colour-blind readers tell apart, each with its dash and its mark: no curve is known by colour alone. */
export const PENS = [
  { colour: '#0072B2', dash: '', mark: 'circle' }, { colour: '#D55E00', dash: '7 3', mark: 'square' }, { colour: '#009E73', dash: '2 3', mark: 'triangle' },
  { colour: '#CC79A7', dash: '9 3 2 3', mark: 'diamond' }, { colour: '#000000', dash: '12 4', mark: 'circle' },
] as const;
export type Pen = (typeof PENS)[number];
export const penOf = (rank: number): Pen => PENS[rank % PENS.length] ?? PENS[0];

export const widthOf = (text: string): number => text.length * LETTER;
/** Coordinates to the tenth of a pixel. */
export const at = (x: number): string => String(Math.round(x * 10) / 10);
export const words = (text: string, x: number, y: number, more: Record<string, string | number> = {}): Element => s('text', { x: at(x), y: at(y), ...more }, text);

/** A figure of an axis, as the language writes it. */
export const axisNumber = (value: number, lang: Lang): string => formatNumber(String(Number(value.toPrecision(10))), lang);

/** A picture as the text of its file. */
export function sheet(height: number, title: string, content: readonly ElementContent[]): string {
  const drawn = s('svg', { xmlns: 'http://www.w3.org/2000/svg', width: WIDTH, height, viewBox: `0 0 ${WIDTH} ${height}`, role: 'img', fontFamily: 'system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif', fontSize: SIZE, fill: INK }, [
    s('title', title), s('rect', { width: '100%', height: '100%', fill: 'white' }), ...content,
  ]);
  return `${toHtml(drawn, { space: 'svg' })}\n`;
}

/** A mark of a curve at a point, so many pixels wide. */
export function markOf({ mark, colour }: Pen, x: number, y: number, size = 4): Element {
  switch (mark) {
    case 'circle': return s('circle', { cx: at(x), cy: at(y), r: size, fill: colour });
    case 'square': return s('rect', { x: at(x - size), y: at(y - size), width: 2 * size, height: 2 * size, fill: colour });
    case 'triangle': return s('path', { d: `M${at(x)} ${at(y - size - 1)}L${at(x + size + 1)} ${at(y + size)}L${at(x - size - 1)} ${at(y + size)}Z`, fill: colour });
    case 'diamond': return s('path', { d: `M${at(x)} ${at(y - size - 1)}L${at(x + size + 1)} ${at(y)}L${at(x)} ${at(y + size + 1)}L${at(x - size - 1)} ${at(y)}Z`, fill: colour });
  }
}
