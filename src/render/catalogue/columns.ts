/**
 * The columns of the catalogue of prices: the one definition from which come its type, its JSON Schema and the header of its CSV. A
 * column is never removed nor given another meaning within a version.
 */
type Schema = { readonly [key: string]: unknown };
/** A column with values of type T. */
interface Column<T> { readonly schema: Schema; /** Decimal numbers, which a spreadsheet in French writes with a comma. */ readonly decimal: boolean; readonly of?: T }

const NUMBER = '^-?\\d+(\\.\\d+)?$';
const DAY = '^\\d{4}-\\d{2}-\\d{2}$';
const ARTICLE = '^\\d+\\.\\d+$';
const text = (description: string, more: Schema = {}): Column<string> => ({ schema: { type: 'string', minLength: 1, ...more, description }, decimal: false });
const maybe = (description: string, more: Schema = {}): Column<string | null> => ({ schema: { type: ['string', 'null'], minLength: 1, ...more, description }, decimal: false });
const list = (description: string): Column<readonly string[]> => ({ schema: { type: 'array', items: { type: 'string', minLength: 1 }, description }, decimal: false });
const oneOf = <const T extends string>(description: string, choices: readonly T[]): Column<T> => ({ schema: { enum: choices, description }, decimal: false });

/** What a price is in the rules, in the words of the language. */
export const ROLES = ['frais', 'énergie', 'prime', 'crédit', 'pénalité', 'montant', 'minimum', 'majoration', 'réduction', 'valeur', 'remplacement', 'table'] as const;
export type PriceRole = (typeof ROLES)[number];

export const COLUMNS = {
  article: text('Article that prints the price.', { pattern: ARTICLE }),
  scope: oneOf('Whether the price stands under a rate, an option, or provisions common to several.', ['rate', 'option', 'common']),
  rate: maybe('Name of the rate, when it stands under one.'),
  option: maybe('Name of the option, when it stands under one.'),
  rates: list('Rates that it applies to: the rate itself, those that the option goes with, those of the common provisions; empty when these are for all.'),
  options: list('Options that must be held: the option itself, or those of the common provisions.'),
  paragraph: maybe('Letter or paragraph of the article, as the book has it.'),
  role: oneOf('What the price is in the rules.', ROLES),
  component_fr: text('What is priced, in French: title of the line, else its name or its role; the name of a value; the column of a table.'),
  component_en: text('The same in English, in French where no translation is given.'),
  part: oneOf('Whether it is a price, or an amount that something is compared with.', ['price', 'threshold']),
  price: { ...text('The price, with the digits of the book and a decimal point.', { pattern: NUMBER }), decimal: true },
  unit: text('Its unit as the book writes it: ¢/kWh, $/kW/mois.'),
  unit_en: text('Its unit in English: ¢/kWh, $/kW/month.'),
  block: { schema: { type: ['integer', 'null'], minimum: 1, description: 'Rank of the block of energy or power that it prices.' }, decimal: false } as Column<number | null>,
  above: { ...maybe('Where its block begins.', { pattern: NUMBER }), decimal: true },
  up_to: { ...maybe('Where its block ends, that quantity included; null for the last block.', { pattern: NUMBER }), decimal: true },
  limit_unit: maybe('Unit of the limits of the block, as the book writes it: kWh/jour.'),
  season_fr: maybe('When it applies, in French: en hiver.'),
  season_en: maybe('When it applies, in English.'),
  conditions_fr: maybe('The other conditions, in French; the row of a table.'),
  conditions_en: maybe('The other conditions, in English.'),
  formula_fr: maybe('The formula that it enters, in French, when it is not billed as it stands.'),
  formula_en: maybe('The formula that it enters, in English.'),
  home: maybe('Article where the figure has its home, when this one repeats it.', { pattern: ARTICLE }),
  from: text('Day when the edition came into force.', { pattern: DAY }),
  to: maybe('Day when the next edition with the same rates comes into force, the first day when this price no longer holds; null while there is none.', { pattern: DAY }),
} satisfies Readonly<Record<string, Column<unknown>>>;

export type ColumnName = keyof typeof COLUMNS;
/** A row of the catalogue. */
export type PriceRow = { readonly [K in ColumnName]: (typeof COLUMNS)[K] extends Column<infer T> ? T : never };
export const COLUMN_NAMES = Object.keys(COLUMNS) as readonly ColumnName[];

export const CATALOGUE_VERSION = 1;
/** The catalogue as JSON. */
export interface PriceCatalogue {
  readonly version: typeof CATALOGUE_VERSION;
  readonly editions: readonly { readonly title: string; readonly from: string; readonly rates: readonly string[] }[];
  readonly prices: readonly PriceRow[];
}

/** The JSON Schema of the catalogue (draft 2020-12). */
export function catalogueSchema(): Schema {
  const strict = (properties: Schema): Schema => ({ type: 'object', additionalProperties: false, required: Object.keys(properties), properties });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema', $id: `urn:bareme:catalogue:${CATALOGUE_VERSION}`, title: 'Catalogue of prices',
    description: 'Every price of every article of the rate book, by edition (bareme docs --prices).',
    ...strict({
      version: { const: CATALOGUE_VERSION },
      editions: { type: 'array', items: strict({ title: { type: 'string', minLength: 1 }, from: { type: 'string', pattern: DAY }, rates: { type: 'array', items: { type: 'string', minLength: 1 } } }) },
      prices: { type: 'array', items: { $ref: '#/$defs/price' } },
    }),
    $defs: { price: strict(Object.fromEntries(COLUMN_NAMES.map((name) => [name, COLUMNS[name].schema]))) },
  };
}
