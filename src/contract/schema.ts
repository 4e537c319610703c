/** The JSON Schema of a rate's cases, made from its checked program. Names, units and words come from the declarations. */
import { formatIsoDate } from '../calendar/day.ts';
import { readsSymbol } from '../check/walk.ts';
import type { MeasureKey, Program, RelatedDatum, ValueSymbol } from '../check/core.ts';
import { isFact, isTimeGrain } from '../check/types.ts';
import { inWords, jsonKey } from '../evaluate/words.ts';
import { toDecimal } from '../quantity/exact.ts';
import { formatDims } from '../quantity/unit.ts';

export type Schema = { readonly [key: string]: unknown };

const DECIMAL = '^-?\\d{1,30}(\\.\\d{1,15})?$';
const LOCAL = '^\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:00)?(Z|[+-]\\d{2}:\\d{2})?)?$';
export const VERSION = 1;

/** A number, or its decimal text when its digits must all be kept. */
const decimal = (extra: Schema = {}): Schema => ({ $ref: '#/$defs/decimal', ...extra });
/** A date, or a local time. */
const instant = (extra: Schema = {}): Schema => ({ $ref: '#/$defs/instant', ...extra });
const DEFINITIONS: Readonly<Record<string, Schema>> = { decimal: { type: ['number', 'string'], pattern: DECIMAL }, instant: { type: 'string', pattern: LOCAL } };

export const isSeries = (symbol: ValueSymbol): boolean => (symbol.role === 'data' && isTimeGrain(symbol.grain) && symbol.grain !== 'partie') || symbol.metered;
export const originals = (program: Program, related: readonly RelatedDatum[]): ValueSymbol[] => {
  const found = new Map<string, ValueSymbol>();
  for (const key of program.measureKeys) found.set(key.symbol.name, key.symbol);
  // A datum that an article replaces, starting from what the case gives, is given still.
  for (const symbol of program.symbols.values()) if (!found.has(symbol.name)) found.set(symbol.name, givenUnder(symbol));
  for (const { symbol } of related) if (!found.has(symbol.name)) found.set(symbol.name, symbol);
  return [...found.values()];
};

function givenUnder(symbol: ValueSymbol): ValueSymbol {
  const { original, value } = symbol;
  if (!original || !value) return symbol;
  const before = givenUnder(original);
  return before.role === 'data' && readsSymbol(value, original) ? before : symbol;
}

function describe(symbol: ValueSymbol, key?: MeasureKey): string {
  const unit = symbol.data?.unitText ?? (symbol.kind.kind === 'quantity' ? formatDims(symbol.kind.dims, 'fr') : '');
  const words = symbol.text ?? inWords(symbol.name);
  const path = key && key.path.length > 0 ? ` ${key.path.map((each) => `${each.mode} ${inWords(each.name)}`).join(' ')}` : '';
  return `${words}${path}${unit === '' ? '' : `, en ${unit}`} (article ${symbol.origin.home})`;
}

function factSchema(symbol: ValueSymbol, program: Program, related: readonly RelatedDatum[] = []): Schema {
  const info = symbol.data;
  const description = describe(symbol);
  const extras: Schema = {
    description, ...(info?.unitText === undefined ? {} : { 'x-unite': info.unitText }), 'x-article': symbol.origin.home,
    'x-besoin': needOf(symbol, program, related),
  };
  const value = valueSchema(info);
  if (!isTimeGrain(symbol.grain)) return { ...value, ...extras };
  // One value for the whole period, or a new one from each of some instants.
  const steps: Schema = { type: 'array', minItems: 1, items: { type: 'object', additionalProperties: false, required: ['debut', 'valeur'], properties: { debut: instant(), valeur: value } } };
  return { anyOf: [value, steps], ...extras };
}
function valueSchema(info: ValueSymbol['data']): Schema {
  switch (info?.sort) {
    case 'boolean': return { type: 'boolean' };
    case 'date': return instant();
    case 'choices': return { enum: info.choices.flatMap((choice) => (typeof choice === 'string' ? [jsonKey(choice)] : [Number(toDecimal(choice).text), toDecimal(choice).text])) };
    default: return decimal();
  }
}

function needOf(symbol: ValueSymbol, program: Program, related: readonly RelatedDatum[]): 'montants' | 'conditions' | 'aucun' {
  const other = related.find((each) => each.symbol === symbol);
  if (other) return other.forAmounts ? 'montants' : 'conditions';
  return program.neededByAmounts.has(symbol.name) ? 'montants' : program.neededByConditions.has(symbol.name) ? 'conditions' : 'aucun';
}

/** The schema of `donnees` for one period. */
function dataSchema(program: Program, past: boolean, related: readonly RelatedDatum[]): Schema {
  const properties: Record<string, Schema> = {};
  for (const symbol of originals(program, related)) {
    if (isFact(symbol)) properties[jsonKey(symbol.name)] = factSchema(symbol, program, related);
    if (symbol.metered) properties[jsonKey(symbol.name)] = decimal({ description: describe(symbol), 'x-unite': symbol.data?.unitText, 'x-article': symbol.origin.home });
    if (past && symbol.role === 'definition' && symbol.grain === 'période' && symbol.kind.kind === 'quantity') properties[jsonKey(symbol.name)] ??= decimal({ description: `${describe(symbol)}, si elle est connue` });
  }
  for (const key of program.measureKeys) properties[jsonKey(key.key)] ??= decimal({ description: describe(key.symbol, key), 'x-unite': key.symbol.data?.unitText, 'x-article': key.symbol.origin.home });
  for (const [name, list] of program.lists) {
    const fields: Record<string, Schema> = {};
    const required: string[] = [];
    if (list.data?.sort === 'spans') {
      for (const edge of ['debut', 'fin']) fields[edge] = instant();
      required.push('debut', 'fin');
    }
    for (const symbol of program.symbols.values()) if (symbol.role === 'data' && symbol.grain === `liste:${name}`) fields[jsonKey(symbol.name)] = factSchema(symbol, program);
    properties[jsonKey(name)] = { type: 'array', maxItems: 100000, description: describe(list), items: { type: 'object', additionalProperties: false, required, properties: fields } };
  }
  return { type: 'object', additionalProperties: false, properties };
}

/** The key of a carried state that says until when it goes: the next period begins there. */
export const STATE_DATE = 'au';

/** Parts of a case that many cases do without. */
export const SECTIONS = ['releves', 'historique', 'series', 'etat'] as const;

/**
 * The JSON Schema (2020-12) of the cases of a rate with options. `without` leaves out the detail of sections that a case does not
 * have, and `related` may leave out the data of consulted rates: a validator is then made in half the time.
 */
export function caseSchema(program: Program, without: ReadonlySet<string> = new Set(), related: readonly RelatedDatum[] = program.related()): Schema {
  const period: Schema = {
    type: 'object', additionalProperties: false, required: ['debut', 'fin'], description: '« fin » est le premier jour, ou le premier instant, après la période',
    properties: { debut: instant(), fin: instant() },
  };
  const series: Record<string, Schema> = {};
  for (const symbol of originals(program, related)) {
    if (!isSeries(symbol)) continue;
    series[jsonKey(symbol.name)] = {
      description: describe(symbol), type: 'object', oneOf: [
        { additionalProperties: false, required: ['debut', 'pas', 'valeurs'], properties: { debut: instant(), pas: { enum: [15, 30, 60, 1440, '15', '30', '60', '1440'], description: 'minutes' }, valeurs: { type: 'array', minItems: 1, items: decimal() } } },
        { additionalProperties: false, required: ['fichier'], properties: { fichier: { type: 'string', minLength: 1 }, colonne: { type: 'string' }, horodatage: { type: 'string' } } },
      ],
    };
  }
  const has = (section: string, make: () => Schema): Schema | boolean => (without.has(section) ? true : make());
  const allSeries: Schema = { type: 'object', additionalProperties: false, properties: series };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema', $id: `urn:bareme:cas:v${VERSION}:${formatIsoDate(program.edition.date)}:${jsonKey([program.rate, ...program.options].join('+'))}`,
    title: `Cas au tarif ${[program.rate, ...program.options].join(' avec ')}`, type: 'object', additionalProperties: false, required: ['tarif', 'periode'],
    properties: {
      tarif: { enum: [...new Set([program.rate, jsonKey(program.rate)])] }, options: { type: 'array', uniqueItems: true, items: { type: 'string' } }, periode: period, donnees: { $ref: '#/$defs/donnees' }, series: has('series', () => ({ $ref: '#/$defs/series' })),
      releves: has('releves', () => ({ type: 'array', items: { type: 'object', additionalProperties: false, required: ['date', 'donnees'], properties: { date: instant({ description: 'le premier jour après la lecture du compteur' }), donnees: { $ref: '#/$defs/donnees' } } } })),
      historique: has('historique', () => ({ type: 'array', maxItems: 1000, items: { type: 'object', additionalProperties: false, required: ['periode'], properties: { periode: period, tarif: { type: 'string' }, donnees: dataSchema(program, true, related), series: { $ref: '#/$defs/series' } } } })),
      etat: has('etat', () => ({ type: 'object', additionalProperties: false, properties: { [STATE_DATE]: instant({ description: 'fin de la période qui a remis cet état' }), ...Object.fromEntries(program.carried.map((name) => [jsonKey(name), { type: ['number', 'string', 'boolean', 'object'] }])) } })),
      demandes: { type: 'array', items: { type: 'string' } }, note: { type: 'string' },
    },
    $defs: { ...DEFINITIONS, donnees: dataSchema(program, false, related), series: without.has('series') && without.has('historique') ? true : allSeries },
  };
}
