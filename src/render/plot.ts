/**
 * Plots as SVG text: readable in print and by colour-blind readers (a colour and a dash for each curve), with figures written as the
 * language writes them, and a description for those who cannot see them. Amounts are drawn as doubles: a plot is a picture, the
 * exact figures stand in the table beside it.
 */
import { parse, View, type NumberLocale } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { Lang } from '../quantity/format.ts';

/** An axis: what it measures, and how its figures are written (a d3 format, such as `,.2f`). */
export interface Axis { readonly title: string; readonly format?: string; readonly from?: number; readonly to?: number }

export interface Curve {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface CurvePlot {
  /** Says what the picture shows, for those who do not see it. */
  readonly description: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly curves: readonly Curve[];
  /** Points to single out, each with its words: where two rates cross, where a block ends. */
  readonly marks?: readonly { readonly x: number; readonly y: number; readonly words: string; /** Words over the point rather than under it, where they would meet the axis. */ readonly above?: boolean }[];
  /** Room for the figures of the y axis, in pixels, so that plots one above the other stand in line. */
  readonly margin?: number;
  readonly width?: number;
  readonly height?: number;
}

export interface BarPlot {
  readonly description: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly bars: readonly { readonly label: string; readonly value: number }[];
  readonly width?: number;
  readonly height?: number;
}

/** The colours of Okabe and Ito, which colour-blind readers tell apart; yellow is left out, too pale on paper. */
const COLOURS = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#56B4E9', '#E69F00', '#000000'];
const DASHES = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [12, 3], [4, 1], [1, 3]];
const FONT = 'system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif';
const CONFIG = {
  font: FONT, background: 'white', view: { stroke: null },
  axis: { labelFontSize: 12, titleFontSize: 13, titleFontWeight: 'normal' as const, gridColor: '#e3e3e3', domainColor: '#555', tickColor: '#555', labelColor: '#222', titleColor: '#222' },
  legend: { labelFontSize: 12, symbolStrokeWidth: 2.5, symbolSize: 400, labelColor: '#222' },
};
const LOCALES: Readonly<Record<Lang, NumberLocale>> = {
  fr: { decimal: ',', thousands: '\u00A0', grouping: [3], currency: ['', '\u00A0$'], percent: '\u00A0%' },
  en: { decimal: '.', thousands: ',', grouping: [3], currency: ['$', ''] },
};

/** Curves on common axes, as SVG; one that bends only at its points is drawn exactly. */
export function curvesSvg(plot: CurvePlot, lang: Lang): Promise<string> {
  const names = plot.curves.map((curve) => curve.name);
  const values = plot.curves.flatMap(({ name, points }) => points.map(([x, y]) => ({ name, x, y })));
  const legend = { title: null, orient: 'bottom' as const, columns: 3 };
  const curves = {
    data: { values }, mark: { type: 'line' as const, strokeWidth: 2.5 },
    encoding: {
      x: { field: 'x', type: 'quantitative' as const, ...axisOf(plot.x) }, y: { field: 'y', type: 'quantitative' as const, ...axisOf(plot.y, plot.margin) },
      color: { field: 'name', type: 'nominal' as const, sort: names, scale: { domain: names, range: COLOURS }, legend: names.length > 1 ? legend : null },
      strokeDash: { field: 'name', type: 'nominal' as const, sort: names, scale: { domain: names, range: DASHES }, legend: names.length > 1 ? legend : null },
    },
  };
  const at = { x: { field: 'x', type: 'quantitative' as const }, y: { field: 'y', type: 'quantitative' as const } };
  const marks = (plot.marks ?? []).map((mark) => ({ ...mark }));
  const words = (above: boolean): object[] => {
    const values = marks.filter((mark) => (mark.above ?? false) === above);
    return values.length === 0 ? [] : [{ data: { values }, mark: { type: 'text' as const, align: 'left' as const, dx: 7, dy: above ? -9 : 11, fontSize: 12, color: '#222' }, encoding: { ...at, text: { field: 'words', type: 'nominal' as const } } }];
  };
  return draw({
    description: plot.description, width: plot.width ?? 640, height: plot.height ?? 360,
    layer: [
      curves,
      ...(marks.length === 0 ? [] : [
        { data: { values: marks }, mark: { type: 'point' as const, filled: true, size: 50, color: '#222', opacity: 1 }, encoding: at },
        ...words(false), ...words(true),
      ]),
    ],
  }, lang);
}

/** Bars in the order given, as SVG: how many customers in each class. */
export function barsSvg(plot: BarPlot, lang: Lang): Promise<string> {
  return draw({
    description: plot.description, width: plot.width ?? 640, height: plot.height ?? 280, data: { values: plot.bars.map((bar) => ({ ...bar })) }, mark: { type: 'bar', color: COLOURS[0] ?? 'black' },
    encoding: { x: { field: 'label', type: 'ordinal', sort: plot.bars.map(({ label }) => label), axis: { title: plot.x.title, labelAngle: -40 } }, y: { field: 'value', type: 'quantitative', ...axisOf(plot.y, undefined, 1) } },
  }, lang);
}

/** `step` is the least between two marks: what is counted has no halves. */
const axisOf = ({ title, format, from, to }: Axis, margin?: number, step?: number): object => ({
  axis: { title, ...(step === undefined ? {} : { tickMinStep: step }), ...(format === undefined ? {} : { format }), ...(margin === undefined ? {} : { minExtent: margin, maxExtent: margin }) },
  scale: { zero: from === undefined || from <= 0, nice: to === undefined, ...(from === undefined ? {} : { domainMin: from }), ...(to === undefined ? {} : { domainMax: to }) },
});

async function draw(spec: object, lang: Lang): Promise<string> {
  const compiled = compile({ ...spec, config: CONFIG } as TopLevelSpec).spec;
  const view = new View(parse(compiled, { locale: { number: LOCALES[lang] } }), { renderer: 'none' });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
