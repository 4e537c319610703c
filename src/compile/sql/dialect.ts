/** Where DuckDB and PostgreSQL differ. Both cut a quotient of whole numbers towards zero. */
export const DIALECTS = ['duckdb', 'postgres'] as const;
export type DialectName = (typeof DIALECTS)[number];

/** How a whole number is held: in 64 bits, or in more. */
export type Width = 'bigint' | 'wide';

export interface Dialect {
  readonly name: DialectName;
  readonly type: (width: Width) => string;
  /** The largest whole number of the wide type; undefined when it has no bound. */
  readonly widest: bigint | undefined;
  readonly divide: (left: string, right: string, width: Width) => string;
  /** The number of a column, with at most so many decimals; null when it has no place in so many digits. */
  readonly read: (column: string, digits: number, decimals: number) => string;
  /** A number read so, as whole units of its last decimal. */
  readonly whole: (read: string, digits: number, decimals: number) => string;
  /** Whole units of the last of so many decimals, as a decimal number. */
  readonly decimal: (whole: string, digits: number, decimals: number) => string;
  readonly yearDate: (date: string, month: number, day: number) => string;
  /** Ends a layer. PostgreSQL would else put each column's text in the place of its name, layer in layer, without end. */
  readonly fence: string;
  /** Days since 1970. */
  readonly dayNumber: (date: string) => string;
}

const power = (digits: number): string => `1${'0'.repeat(digits)}`;
const fraction = (decimals: number): string => (decimals === 0 ? '1' : `0.${'0'.repeat(decimals - 1)}1`);

const DUCKDB: Dialect = {
  name: 'duckdb', fence: '',
  type: (width) => (width === 'bigint' ? 'BIGINT' : 'HUGEINT'),
  widest: 2n ** 127n - 1n,
  divide: (left, right) => `${left} // ${right}`,
  read: (column, digits, decimals) => `TRY_CAST(${column} AS DECIMAL(${digits}, ${decimals}))`,
  whole: (read, digits, decimals) => (decimals === 0 ? `CAST(${read} AS ${digits > 18 ? 'HUGEINT' : 'BIGINT'})` : `CAST(${read} * CAST(${power(decimals)} AS DECIMAL(${decimals + 1}, 0)) AS BIGINT)`),
  // A quotient would be a double; a product of decimals is exact.
  decimal: (whole, digits, decimals) => (decimals === 0 ? whole : digits + decimals + 1 <= 38 ? `CAST(${whole} AS DECIMAL(${digits}, 0)) * CAST(${fraction(decimals)} AS DECIMAL(${decimals + 1}, ${decimals}))` : `CAST(${whole} AS DECIMAL(${38 - decimals}, 0)) * CAST(${fraction(decimals)} AS DECIMAL(${decimals}, ${decimals}))`),
  yearDate: (date, month, day) => `make_date(year(${date}), ${month}, ${day})`,
  dayNumber: (date) => `(${date} - DATE '1970-01-01')`,
};

const POSTGRES: Dialect = {
  name: 'postgres', fence: '\n  OFFSET 0',
  type: (width) => (width === 'bigint' ? 'bigint' : 'numeric'),
  widest: undefined,
  divide: (left, right, width) => (width === 'bigint' ? `${left} / ${right}` : `div(${left}, ${right})`),
  read: (column, digits, decimals) => `CASE WHEN abs(CAST(${column} AS numeric)) < ${power(digits - decimals)} THEN round(CAST(${column} AS numeric), ${decimals}) END`,
  whole: (read, _, decimals) => `CAST(${read}${decimals === 0 ? '' : ` * ${power(decimals)}`} AS bigint)`,
  decimal: (whole, _, decimals) => (decimals === 0 ? whole : `round((${whole}) * ${fraction(decimals)}, ${decimals})`),
  yearDate: (date, month, day) => `make_date(CAST(extract(year FROM ${date}) AS integer), ${month}, ${day})`,
  dayNumber: (date) => `(${date} - DATE '1970-01-01')`,
};

export const dialectOf = (name: DialectName): Dialect => (name === 'duckdb' ? DUCKDB : POSTGRES);
