/** What a person asks about the shape of a rate → shapes by each quantity, with those of the rates that it is compared with. */
import { formatIsoDate } from '../../calendar/day.ts';
import { field, isObject } from '../../contract/json.ts';
import type { Catalogue, ReadTable } from '../../contract/readCase.ts';
import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Editions } from '../../evaluate/bill.ts';
import { jsonKey } from '../../evaluate/words.ts';
import { sign, type Exact } from '../../quantity/exact.ts';
import type { Lang } from '../../quantity/format.ts';
import { nearestName } from '../../support/nearestName.ts';
import { duelOf, type Duel } from './crossings.ts';
import { placeOf } from './places.ts';
import { usualQuantities, type ShapeAsk } from './question.ts';
import { endOf, shapeOf, type Shape } from './shape.ts';
import { duelToJson, shapeToJson, SHAPE_VERSION } from './toJson.ts';

export interface ShapeRequest extends Omit<ShapeAsk, 'rate' | 'options' | 'quantity'> {
  /** `M`, or `M+rodage` with an option; accents may be left out. */
  readonly rate: string;
  /** Keys of the quantities; none for the usual ones. */
  readonly quantities: readonly string[];
  /** Other rates, written as the first is. */
  readonly others: readonly string[];
}

/** The shapes by one quantity, the asked rate's first, and what comes of comparing it with each other. */
export interface ShapeSet { readonly shapes: readonly Shape[]; readonly duels: readonly { readonly other: Shape; readonly duel: Duel }[] }

/** A period of 30 days begins so many days after an edition comes into force: on 1 June, when that is on 1 April. */
export const DAYS_INTO_EDITION = 61;

export function shapesOf(request: ShapeRequest, catalogue: Catalogue, editions: Editions, readTable: ReadTable): { readonly sets: readonly ShapeSet[] } | { readonly diagnostics: readonly Diagnostic[] } {
  const { base, data } = request;
  const first = namedRate(request.rate, catalogue);
  const others = request.others.map((text) => namedRate(text, catalogue));
  const strange = [first, ...others].flatMap((each) => unknown(each, catalogue));
  const own = strange.length > 0 ? undefined : catalogue.program(first.rate, first.options);
  if (!own) return { diagnostics: strange };
  const rateOfCase = field(base, 'tarif');
  const source = typeof rateOfCase === 'string' ? catalogue.program(namedRate(rateOfCase, catalogue).rate, []) ?? own : own;
  const start = own.edition.date + DAYS_INTO_EDITION;
  const period = request.period ?? (field(base, 'periode') === undefined ? { start: formatIsoDate(start), end: formatIsoDate(start + 30) } : undefined);
  const inCase = field(base, 'donnees');
  const given = new Set([...Object.keys(isObject(inCase) ? inCase : {}), ...data.keys()]);
  const usual = usualQuantities(own);
  const absent = usual.filter((key) => !given.has(key));
  // The one that is not given, or a cut through the given point by each.
  const quantities = request.quantities.length > 0 ? request.quantities : request.loadFactor ? usual.slice(0, 1) : absent.length > 0 ? absent.slice(0, 1) : usual;
  const wrong = quantities.length === 0 ? ['energie'] : quantities.filter((key) => !placeOf(own, key));
  if (wrong.length > 0) return { diagnostics: wrong.map((name) => diagnostic('cas-json/champ-inconnu', { name, where: `au tarif ${own.rate}`, nearest: nearestName(name, [...own.measureKeys.map(({ key }) => jsonKey(key)), ...own.neededByAmounts].map(jsonKey)) })) };
  const sets: ShapeSet[] = [];
  for (const quantity of quantities) {
    const shapes: Shape[] = [];
    for (const each of [first, ...others]) {
      const made = shapeOf({ ...request, ...each, period, quantity }, catalogue, editions, readTable, shapes.length === 0 ? source : own);
      if ('diagnostics' in made) return made;
      const refused = made.pieces.every(({ formula }) => formula.kind === 'refused') ? made.pieces[0]?.formula : undefined;
      if (refused?.kind === 'refused' && shapes.length === 0) return { diagnostics: refused.diagnostics };
      shapes.push(made);
    }
    sets.push({ shapes, duels: shapes.slice(1).flatMap((other) => (shapes[0] ? [{ other, duel: duelOf(shapes[0], other) }] : [])) });
  }
  return { sets };
}

interface Named { readonly rate: string; readonly options: readonly string[] }
/** `M+rodage` → the rate and its options, as the book writes them. */
export function namedRate(text: string, catalogue: Catalogue): Named {
  const [name = '', ...taken] = text.split('+').map((part) => part.trim());
  return { rate: catalogue.rates.find((each) => jsonKey(each) === jsonKey(name)) ?? name, options: taken.map((option) => [...catalogue.options.keys()].find((each) => jsonKey(each) === jsonKey(option)) ?? option) };
}
/** What there is not: the rate, an option, or an option of that rate. */
function unknown({ rate, options }: Named, catalogue: Catalogue): Diagnostic[] {
  if (!catalogue.rates.includes(rate)) return [diagnostic('tarifs/inconnu', { name: rate, nearest: nearestName(rate, catalogue.rates) })];
  return options.flatMap((option): Diagnostic[] => {
    const rates = catalogue.options.get(option);
    if (!rates) return [diagnostic('options/inconnue', { name: option, nearest: nearestName(option, catalogue.options.keys()) })];
    return rates.includes(rate) ? [] : [diagnostic('options/non-admise', { option, rate, rates: rates.join(', ') })];
  });
}

/** `M`, `M+rodage`. */
export const rateName = ({ program }: Shape): string => [program.rate, ...program.options].join('+');

/** The points asked for, or those where something changes and the end of what is shown. */
export const pointsOf = (shape: Shape, asked: readonly Exact[]): readonly Exact[] => (asked.length > 0 ? asked : [...shape.breaks.map(({ x }) => x), endOf([shape])].filter((x) => sign(x) > 0));

export const shapesToJson = (sets: readonly ShapeSet[], points: readonly Exact[], lang: Lang): object => ({
  version: SHAPE_VERSION,
  formes: sets.flatMap(({ shapes }) => shapes.map((shape) => shapeToJson(shape, pointsOf(shape, points), lang))),
  duels: sets.flatMap(({ shapes, duels }) => duels.map(({ other, duel }) => ({ selon: other.ask.quantity, ...duelToJson(duel, shapes[0] ? rateName(shapes[0]) : '', rateName(other)) }))),
});
