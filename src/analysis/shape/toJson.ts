/** A shape as JSON: stable keys, exact numbers as decimal strings (a fraction beside 30 decimals when they never end). */
import { formatIsoDate } from '../../calendar/day.ts';
import { formatLocalInstant } from '../../calendar/zone.ts';
import { toJson as diagnosticToJson } from '../../diagnostics/print.ts';
import { jsonKey } from '../../evaluate/words.ts';
import { noteText } from '../../contract/writeBill.ts';
import { toFraction, toJsonAmount, type Exact, type JsonAmount } from '../../quantity/exact.ts';
import type { Lang } from '../../quantity/format.ts';
import type { Cause } from './causes.ts';
import type { Duel } from './crossings.ts';
import type { Fall } from './falls.ts';
import { affine, type Formula, type Piece } from './pieces.ts';
import type { Polynomial, Quotient } from './polynomial.ts';
import type { Shape } from './shape.ts';
import { causeWords, stoppedWords } from './words.ts';

export const SHAPE_VERSION = 1;

const KINDS: Readonly<Record<Cause['kind'], string>> = { tranche: 'tranche', minimum: 'minimum', threshold: 'seuil', floor: 'plancher', ceiling: 'plafond', condition: 'condition', rounding: 'arrondi', eligibility: 'admissibilite', line: 'ligne' };
const EFFECTS = { slope: 'pente', jump: 'saut', eligibility: 'admissibilite', none: 'aucun' } as const;
const VERDICTS = { first: 'premier', second: 'second', same: 'egalite', 'first only': 'premier_seul', 'second only': 'second_seul', neither: 'aucun', untold: 'indetermine' } as const;

const optional = (x: Exact | undefined): JsonAmount | null => (x ? toJsonAmount(x) : null);

/** a + b·x, or the two polynomials of a curve, constant term first. */
function amountToJson(amount: Quotient): object {
  const line = affine(amount);
  const terms = (p: Polynomial): string[] => p.map(toFraction);
  return line ? { constante: toJsonAmount(line.constant), pente: toJsonAmount(line.slope) } : { courbe: { numerateur: terms(amount.above), denominateur: terms(amount.below) } };
}

function formulaToJson(formula: Formula, lang: Lang): object {
  if (formula.kind === 'refused') return { etat: 'refus', refus: formula.diagnostics.map((item) => diagnosticToJson(item, lang)) };
  return {
    etat: 'facture', ...amountToJson(formula.total),
    lignes: formula.lines.map((line) => ({ article: line.article, ligne: jsonKey(line.name), ...(line.tranche === undefined ? {} : { tranche: line.tranche }), libelle: line.title, ...amountToJson(line.amount) })),
  };
}
const pieceToJson = (piece: Piece, lang: Lang): object => ({ de: toJsonAmount(piece.from), a: optional(piece.to), ...formulaToJson(piece.formula, lang) });

const causeToJson = (cause: Cause, lang: Lang): object => ({
  sorte: KINDS[cause.kind], article: cause.article, ...(cause.line === undefined ? {} : { ligne: cause.line }), ...(cause.name === undefined ? {} : { nom: jsonKey(cause.name) }), ...(cause.tranche === undefined ? {} : { tranche: cause.tranche }), texte: causeWords(cause, lang),
});

const fallToJson = (fall: Fall, lang: Lang): object => (fall.kind === 'jump'
  ? { sorte: 'saut', a: toJsonAmount(fall.x), baisse: toJsonAmount(fall.by), de_facture: toJsonAmount(fall.from), a_facture: toJsonAmount(fall.to), causes: fall.causes.map((cause) => causeToJson(cause, lang)) }
  : { sorte: 'pente', de: toJsonAmount(fall.from), a: optional(fall.to), pente: toJsonAmount(fall.slope), baisse: optional(fall.by), lignes: fall.lines.map((line) => ({ article: line.article, libelle: line.title, ...amountToJson(line.amount) })) });

/** One shape; `points` are those where the exact bill and average price are wanted. */
export function shapeToJson(shape: Shape, points: readonly Exact[], lang: Lang): object {
  const { ask, program, input, quantity } = shape;
  return {
    tarif: program.rate, options: program.options, edition: formatIsoDate(program.edition.date), periode: { debut: formatLocalInstant(input.period.start), fin: formatLocalInstant(input.period.end) },
    selon: quantity ? { cle: quantity.key, libelle: quantity.words, unite: quantity.unit, article: quantity.article } : { cle: ask.quantity, lu: false },
    ...(ask.loadFactor ? { facteur_d_utilisation: toJsonAmount(ask.loadFactor) } : {}), liens: Object.fromEntries([...ask.links].map(([key, { by, of }]) => [key, { fois: toJsonAmount(by), de: of }])),
    montants: 'exacts, avant taxes, lignes non arrondies', de: toJsonAmount(ask.from), a: optional(ask.to),
    morceaux: shape.pieces.map((piece) => pieceToJson(piece, lang)),
    ruptures: shape.breaks.map((each) => ({ a: toJsonAmount(each.x), effet: EFFECTS[each.effect], facture: { avant: optional(each.before), au_point: optional(each.at), apres: optional(each.after) }, causes: each.causes.map((cause) => causeToJson(cause, lang)) })),
    points: shape.pointsAt(points).map(({ x, bill, average }) => ({ a: toJsonAmount(x), facture: optional(bill), prix_moyen: optional(average) })),
    baisses: { aucune: provenRising(shape), liste: shape.falls.map((fall) => fallToJson(fall, lang)), indetermine: shape.untold.map((piece) => ({ de: toJsonAmount(piece.from), a: optional(piece.to) })) },
    arret: shape.stopped ? { a: toJsonAmount(shape.stopped.at), raison: stoppedWords(shape.stopped.why, lang) } : null,
    notes: shape.notes.map((note) => ({ code: note.code, ...(note.article === undefined ? {} : { article: note.article }), texte: noteText(note, lang) })),
  };
}

/** Whether it is proven that the bill never falls on the whole range, wherever there is one. */
export const provenRising = ({ falls, untold, stopped }: Shape): boolean => falls.length === 0 && untold.length === 0 && stopped === undefined;

export const duelToJson = (duel: Duel, first: string, second: string): object => ({
  premier: first, second,
  zones: duel.zones.map(({ from, to, verdict }) => ({ de: toJsonAmount(from), a: optional(to), moins_cher: VERDICTS[verdict] })),
  croisements: duel.crossings.map(({ x, bill, before, after }) => ({ a: toJsonAmount(x), facture: optional(bill), avant: VERDICTS[before], apres: VERDICTS[after] })),
});
