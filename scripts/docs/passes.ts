/**
 * The picture of the passes, for `docs/architecture.md`: from the words below to an SVG that needs no script and no font of its own. It
 * brings its own background, so that it reads on a light page as on a dark one.
 */

/** What each pass gives, the folder that makes it, and what it adds. */
const PASSES: readonly (readonly [gives: string, folder: string, adds: readonly string[]])[] = [
  ['text', 'src/source', ['files in NFC,', 'places']],
  ['tokens, lines', 'grammar', ['one vocabulary;', 'a line and its', 'deeper lines']],
  ['tree', 'src/syntax', ['each statement', 'read alone: ten', 'mistakes, ten', 'diagnostics']],
  ['book', 'src/check', ['articles, rates,', 'options, by name']],
  ['closed program', 'src/check', ['one rate × options:', 'names, units, sheets,', 'rows; only the core', 'is left']],
  ['bill + trace', 'src/evaluate', ['program × case,', 'exact; refusals,', 'reserves, state']],
];
/** What is made of a checked program and of its bills. */
const PRODUCTS: readonly (readonly [folder: string, does: string])[] = [
  ['src/contract', 'JSON ⇄ case and bill'], ['src/render', 'sentences, site, PDF, cards, plots'], ['src/analysis', 'choose, compare, explain, shape, mutate'],
  ['src/reconcile', 'a printed book against its blocks'], ['src/format', 'files as the book prints them'], ['src/server', 'the editor'],
];
const WIDTH = 1120;
const HEIGHT = 520;
const BOX = { width: 158, height: 128, top: 96, gap: 22 };

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const words = (x: number, y: number, text: string, kind: string): string => `<text x="${x}" y="${y}" class="${kind}">${escaped(text)}</text>`;
const box = (x: number, y: number, width: number, height: number, kind: string): string => `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8" class="${kind}"/>`;
const arrow = (path: string): string => `<path d="${path}" class="arrow" marker-end="url(#tip)"/>`;

export function passesPicture(): string {
  const left = (index: number): number => 28 + index * (BOX.width + BOX.gap);
  const middle = BOX.top + BOX.height / 2;
  const passes = PASSES.map(([gives, folder, adds], index) => [
    box(left(index), BOX.top, BOX.width, BOX.height, 'pass'),
    words(left(index) + 12, BOX.top + 25, gives, 'name'), words(left(index) + 12, BOX.top + 44, folder, 'folder'),
    ...adds.map((line, row) => words(left(index) + 12, BOX.top + 66 + row * 17, line, 'adds')),
    ...(index > 0 ? [arrow(`M${left(index) - BOX.gap + 2} ${middle}H${left(index) - 4}`)] : []),
  ].join('\n'));
  const [program, bill] = [left(4) + BOX.width / 2, left(5) + BOX.width / 2];
  const compile = { x: left(4), y: 252, width: 2 * BOX.width + BOX.gap, height: 64 };
  const product = (index: number): { x: number; y: number } => ({ x: 28 + (index % 3) * 360, y: 366 + Math.floor(index / 3) * 62 });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-labelledby="title desc">
<title id="title">The passes of Barème</title>
<desc id="desc">${escaped(PASSES.map(([gives, folder]) => `${gives} (${folder})`).join(', then '))}; beside the interpreter, src/compile; then what is made of them: ${escaped(PRODUCTS.map(([folder, does]) => `${folder}, ${does}`).join('; '))}.</desc>
<style>
text { font: 14px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1d2733 }
.title { font-size: 17px; font-weight: 600 }
.name { font-weight: 600; font-size: 15px }
.folder { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 12px; fill: #0b5394 }
.adds { font-size: 12.5px; fill: #3d4a58 }
.page { fill: #fbfaf7; stroke: #8a94a0 }
.pass { fill: #ffffff; stroke: #1d2733; stroke-width: 1.2 }
.beside { fill: #eef4fb; stroke: #0b5394; stroke-width: 1.2 }
.product { fill: #f3f1ea; stroke: #8a94a0 }
.arrow { fill: none; stroke: #1d2733; stroke-width: 1.6 }
</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#1d2733"/></marker></defs>
<rect x="1" y="1" width="${WIDTH - 2}" height="${HEIGHT - 2}" rx="12" class="page"/>
${words(28, 42, 'Data flows one way', 'title')}
${words(28, 66, 'Each pass gives a value and what there is to say about it (src/diagnostics); amounts are exact ratios (src/quantity), time is Québec’s (src/calendar).', 'adds')}
${passes.join('\n')}
${box(compile.x, compile.y, compile.width, compile.height, 'beside')}
${words(compile.x + 12, compile.y + 25, 'recorded, then compiled', 'name')}${words(compile.x + 232, compile.y + 25, 'src/compile', 'folder')}
${words(compile.x + 12, compile.y + 48, 'the same rules on whole numbers, for many cases', 'adds')}
${arrow(`M${program} ${BOX.top + BOX.height + 2}V${compile.y - 4}`)}
${arrow(`M${bill} ${compile.y - 2}V${BOX.top + BOX.height + 4}`)}
${words(28, 352, 'Made of a checked program and its bills', 'name')}
${PRODUCTS.map(([folder, does], index) => { const { x, y } = product(index); return `${box(x, y, 344, 50, 'product')}\n${words(x + 12, y + 20, folder, 'folder')}\n${words(x + 12, y + 40, does, 'adds')}`; }).join('\n')}
${words(28, 504, 'src/index.ts is the whole flow on one screen; src/cli alone touches the system (with src/disk and the process of src/server).', 'adds')}
</svg>
`;
}
