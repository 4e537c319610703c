/** The statements of one article in two editions → what changed between them, piece by piece. */
import { equals, divide, isZero, subtract, fromInteger, multiply, type Exact } from '../../quantity/exact.ts';
import { sameDims } from '../../quantity/unit.ts';
import { lineColumn, type Span } from '../../source/file.ts';
import { pairUp } from './pairUp.ts';
import type { Line, Part, Piece, Place, Taken } from '../../render/book/pieces.ts';
import { meaning, wholly, type Figure, type Sketch } from '../../render/book/sketch.ts';

/** What sort of thing changed: a figure, the time of a season, a condition, another rule (formula, declaration, line), or words alone. */
export type ChangeKind = 'chiffre' | 'saison' | 'condition' | 'règle' | 'mots';
export interface Side { readonly text: string; readonly figure?: Figure; readonly at: { readonly file: string; readonly line: number } | undefined }
export interface Change {
  readonly kind: ChangeKind;
  readonly place: Place;
  /** Missing on the side where it does not exist. */
  readonly before?: Side;
  readonly after?: Side;
  /** New minus old, in the unit of the new figure; both have the same dimensions. */
  readonly difference?: Exact;
  /** The same, in hundredths of the old figure, which is not zero. */
  readonly percent?: Exact;
}

const HUNDRED = fromInteger(100);

/** What changed between the statements of an article. */
export function compareStatements(before: readonly Taken[], after: readonly Taken[]): Change[] {
  const { pairs, removed, added } = pairUp(before, after, LIKENESSES.flatMap((likeness) => [
    // Under the same header of the article first; then under another.
    (item: Taken) => { const key = likeness(item); return key && `${item.within}|${key}`; }, likeness,
  ]));
  return [
    ...removed.map((item) => alone(item, 'before')),
    ...pairs.flatMap(([old, now]) => comparePair(old, now)),
    ...added.map((item) => alone(item, 'after')),
  ];
}

/** What makes two statements the same one, changed or not, from the surest to the loosest. */
const LIKENESSES: readonly ((item: Taken) => string | undefined)[] = [
  (item) => `${item.identity}|${wholly(item.whole)}`,
  (item) => `${item.identity}|${meaning(item.whole)}`,
  (item) => `${item.identity}|${item.whole.form}`,
  (item) => (item.whole.words.length > 0 ? `${item.identity}|${item.whole.words.join('|')}` : undefined),
  (item) => (item.whole.names === '' ? undefined : `${item.identity}|${item.whole.names}`),
  (item) => (isNamed(item) || item.wordy ? item.identity : undefined),
  (item) => (item.statement.kind === 'table' ? `table ${item.statement.key.name}` : undefined),
];

/** Two statements of one name are the same statement, whatever they say. */
const NAMED: ReadonlySet<string> = new Set(['line', 'definition', 'data', 'measure', 'plage', 'replacement', 'fact', 'tax', 'table', 'adjustment', 'move', 'rounding', 'referral', 'reserve', 'reading']);
const isNamed = (item: Taken): boolean => NAMED.has(item.statement.kind);

function comparePair(old: Taken, now: Taken): Change[] {
  if (wholly(old.whole) === wholly(now.whole)) return [];
  const found = comparePiece(old.head, now.head, old.wordy);
  const { pairs, removed, added } = pairUp(old.lines, now.lines, [
    (line) => `${placeKey(line)}|${guardsOf(line, wholly)}|${wholly(line.value.sketch)}`,
    (line) => `${placeKey(line)}|${guardsOf(line, meaning)}`,
    (line) => `${placeKey(line)}|${guardsOf(line, ({ form }) => form)}`,
    (line) => (line.value.place.column === undefined ? meaning(line.value.sketch) : undefined),
    (line) => (line.value.place.column === undefined ? line.value.sketch.form : undefined),
  ]);
  for (const line of removed) found.push({ kind: kindOf(line.value.place.part), place: line.value.place, before: side(line.text, line.value.sketch.span) });
  for (const [a, b] of pairs) {
    found.push(...comparePiece(a.value, b.value, false));
    const guards = pairUp(a.guards, b.guards, [({ sketch }) => meaning(sketch), ({ sketch }) => sketch.form, ({ place }) => place.part]);
    for (const piece of guards.removed) found.push({ kind: kindOf(piece.place.part), place: piece.place, before: side(piece.text, piece.sketch.span) });
    for (const [left, right] of guards.pairs) found.push(...comparePiece(left, right, false));
    for (const piece of guards.added) found.push({ kind: kindOf(piece.place.part), place: piece.place, after: side(piece.text, piece.sketch.span) });
  }
  for (const line of added) found.push({ kind: kindOf(line.value.place.part), place: line.value.place, after: side(line.text, line.value.sketch.span) });
  return found;
}

/** A cell of a table is only compared with the cell of the same row and column. */
const placeKey = ({ value: { place } }: Line): string => (place.column === undefined ? '' : `${place.row} ${place.column}`);
const guardsOf = (line: Line, of: (sketch: Sketch) => string): string => line.guards.map(({ sketch }) => of(sketch)).join('&');

function comparePiece(old: Piece, now: Piece, wordy: boolean): Change[] {
  const [a, b] = [old.sketch, now.sketch];
  const { place } = now;
  if (a.form !== b.form || a.figures.length !== b.figures.length) {
    return [{ kind: wordy ? 'mots' : kindOf(place.part), place, before: side(old.text, a.span), after: side(now.text, b.span) }];
  }
  const found: Change[] = [];
  a.figures.forEach((figure, index) => {
    const other = b.figures[index];
    if (other && !sameFigure(figure, other)) found.push(figureChange(place, figure, other, a.span, b.span));
  });
  if (a.words.join('\u0000') !== b.words.join('\u0000')) {
    const [left, right] = [differing(a.words, b.words), differing(b.words, a.words)];
    found.push({ kind: 'mots', place, ...(left === '' ? {} : { before: side(left, a.span) }), ...(right === '' ? {} : { after: side(right, b.span) }) });
  }
  return found;
}

/** The words of one side that are not on the other. */
const differing = (words: readonly string[], others: readonly string[]): string => words.filter((word, index) => word !== others[index]).map((word) => `« ${word} »`).join(' ');

const sameFigure = (a: Figure, b: Figure): boolean => (a.value && b.value ? equals(a.value, b.value) && (sameDims(a.dims, b.dims) || isZero(a.value)) : a.text === b.text);

function figureChange(place: Place, old: Figure, now: Figure, oldSpan: Span | undefined, nowSpan: Span | undefined): Change {
  const sides = { before: { ...side(old.text, oldSpan), figure: old }, after: { ...side(now.text, nowSpan), figure: now } };
  if (!old.value || !now.value) return { kind: 'saison', place, ...sides };
  if (!sameDims(old.dims, now.dims)) return { kind: 'chiffre', place, ...sides };
  const gap = subtract(now.value, old.value);
  return { kind: 'chiffre', place, ...sides, difference: divide(gap, now.factor), ...(isZero(old.value) ? {} : { percent: multiply(divide(gap, old.value.n < 0n ? { n: -old.value.n, d: old.value.d } : old.value), HUNDRED) }) };
}

const kindOf = (part: Part): ChangeKind => (part === 'saison' ? 'saison' : part === 'condition' ? 'condition' : 'règle');

function alone(item: Taken, where: 'before' | 'after'): Change {
  const kind = item.wordy ? 'mots' : item.statement.kind === 'condition' || item.statement.kind === 'move' ? 'condition' : item.statement.kind === 'plage' ? 'saison' : 'règle';
  return { kind, place: item.head.place, [where]: side(item.text, item.statement.span) };
}

const side = (text: string, span: Span | undefined): Side => ({ text, at: span && { file: span.file.path, line: lineColumn(span.file, span.start).line } });
