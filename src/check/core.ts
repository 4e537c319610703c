/**
 * The checked program: what the surface language means, in few forms. Names are resolved, units are known and converted, rows
 * are proved, sheets are explicit. The interpreter runs this, and nothing else knows how to.
 */
import type { Recurring } from '../calendar/calendarSet.ts';
import type { RecurringShape } from '../calendar/recurring.ts';
import type { Exact } from '../quantity/exact.ts';
import type { Span } from '../source/file.ts';
import type { Dims, Grain, Kind } from './types.ts';

/** Where a value of the program comes from, for the trace and for messages. */
export interface Origin {
  /** The article that acts: where it is written, or the one that borrows it. */
  readonly article: string;
  /** The article where it is written. */
  readonly home: string;
  readonly label: string | undefined;
  readonly span: Span;
  /** The rate or option whose module it belongs to; undefined for the common provisions. */
  readonly module: string | undefined;
}

export type Arithmetic = 'add' | 'subtract' | 'multiply' | 'divide' | 'max' | 'min' | 'excess';

export type Core =
  /** `at`: where it is written, when it is a figure of the text. */
  | { readonly op: 'constant'; readonly value: Exact; readonly at?: Span }
  | { readonly op: 'boolean'; readonly value: boolean }
  | { readonly op: 'choice'; readonly value: string }
  | { readonly op: 'text'; readonly value: string }
  /** A date; without a year, that of the row where it is read. */
  | { readonly op: 'date'; readonly year: number | undefined; readonly month: number; readonly day: number; readonly minutes: number | undefined; readonly at?: Span }
  | { readonly op: 'symbol'; readonly symbol: ValueSymbol }
  | { readonly op: 'measure'; readonly symbol: ValueSymbol; readonly path: readonly Restriction[] }
  | { readonly op: 'builtin'; readonly name: BuiltinName }
  /** A value posed for the evaluation: `écart`, `ancienne_valeur` of a change. */
  | { readonly op: 'posed'; readonly name: string }
  | { readonly op: Arithmetic; readonly left: Core; readonly right: Core; readonly span: Span }
  | { readonly op: 'negate' | 'absolute'; readonly operand: Core }
  | { readonly op: 'round' | 'floor'; readonly operand: Core; readonly step: Core }
  /** `at`: the sign and its two sides, or the `dès` or `sous` that it stands for. */
  | { readonly op: 'compare'; readonly sign: '=' | '≠' | '<' | '≤' | '>' | '≥'; readonly left: Core; readonly right: Core; readonly at?: Span }
  | { readonly op: 'and' | 'or'; readonly left: Core; readonly right: Core }
  | { readonly op: 'not'; readonly operand: Core }
  | { readonly op: 'among'; readonly operand: Core; readonly choices: readonly (string | Exact)[] }
  /** Is this instant, day, row (no operand) or period in the set of time? */
  | { readonly op: 'isIn'; readonly operand: Core | undefined; readonly entirely: boolean; readonly plage: CorePlage }
  | { readonly op: 'cases'; readonly rows: readonly CoreRow[]; readonly name: string; readonly span: Span }
  | { readonly op: 'aggregate'; readonly operator: AggregateOperator; /** Only so many of the largest values. */ readonly largest: number | undefined; readonly operand: Core; readonly rows: RowSource; readonly where: Core | undefined; /** `sur les 12 dernières périodes où c`: the last 12 of those that hold. */ readonly filterFirst: boolean; readonly kind: Kind; readonly name: string; readonly at?: Span }
  | { readonly op: 'default'; readonly left: Core; readonly right: Core }
  /** The operand in the previous period, the previous row, or over a whole occurrence of a season. */
  | { readonly op: 'previousPeriod'; readonly operand: Core }
  | { readonly op: 'within'; readonly operand: Core; readonly plage: CorePlage }
  | { readonly op: 'apply'; readonly program: ProgramRef; readonly bindings: readonly CoreBinding[]; readonly operand: Core }
  | { readonly op: 'line'; readonly part: 'prix' | 'prix net' | 'montant' | 'assiette'; readonly line: string; readonly tranche: number | undefined }
  | { readonly op: 'total' }
  | { readonly op: 'shiftDate'; readonly date: Core; readonly amount: Core; readonly unit: 'jour' | 'mois civil' | 'jour ouvrable' | 'h' | 'mois' | 'an'; readonly sign: 1 | -1 }
  | { readonly op: 'dateDifference'; /** Between two dates: 24 h a day, whatever the clocks do; between instants, real hours. */ readonly days: boolean; readonly left: Core; readonly right: Core }
  | { readonly op: 'hasOption'; readonly option: string }
  | { readonly op: 'eligible'; readonly program: ProgramRef };

export type AggregateOperator = 'somme' | 'moyenne' | 'moyenne sans extrêmes' | 'maximum' | 'minimum' | 'cumul' | 'nombre';
export type BuiltinName = 'premier_jour' | 'dernier_jour' | 'début' | 'fin' | 'rang' | 'tarif' | 'jours' | 'heures';

/** Which rate, with which options, an expression is evaluated in; `undefined` for the program where it stands. */
export interface ProgramRef { readonly rate: string | undefined; readonly keepOptions: boolean }

/** `pendant P` or `sauf P` on a measure. */
export interface Restriction { readonly mode: 'pendant' | 'sauf'; readonly plage: CorePlage }

/** Which rows an aggregate gathers. */
export type RowSource =
  /** The finer rows of the operand, inside the row where one stands. */
  | { readonly kind: 'finer'; readonly grain: Grain; readonly path: readonly Restriction[] }
  | { readonly kind: 'periods'; readonly window: PeriodWindow; readonly path: readonly Restriction[] }
  /** The N days before that of the row, at the same clock hours. */
  | { readonly kind: 'previousDays'; readonly count: number; readonly path: readonly Restriction[] }
  | { readonly kind: 'daysOfPeriod'; readonly path: readonly Restriction[] }
  | { readonly kind: 'previousRows'; readonly list: string };

export type PeriodWindow =
  | { readonly kind: 'months'; readonly count: number; readonly previous: boolean }
  | { readonly kind: 'count'; readonly count: number; readonly previous: boolean }
  | { readonly kind: 'filtered'; readonly entirely: boolean; readonly plage: CorePlage; readonly of: PeriodWindow }
  | { readonly kind: 'season'; readonly plage: CorePlage; readonly previous: boolean }
  | { readonly kind: 'since'; readonly date: Core };

export interface CoreRow {
  /** All must hold; none for a row alone or `sinon`. */
  readonly when: Core | undefined;
  readonly during: { readonly plage: CorePlage; readonly outside: boolean } | undefined;
  readonly otherwise: boolean;
  readonly value: Core;
}

export type CorePlage =
  /** `set` is made from `shape`. */
  | { readonly kind: 'recurring'; readonly shape: RecurringShape; readonly set: Recurring; readonly wholeDays: boolean; readonly key: string }
  | { readonly kind: 'oneDate'; readonly year: number; readonly month: number; readonly day: number; readonly key: string }
  | { readonly kind: 'range'; readonly from: Core; readonly to: Core; readonly key: string }
  | { readonly kind: 'list'; readonly list: string; readonly where: Core | undefined; readonly key: string }
  | { readonly kind: 'when'; readonly condition: Core; readonly grain: Grain; readonly key: string }
  | { readonly kind: 'daysOf'; readonly plage: CorePlage; readonly key: string }
  /** `own`: one for each row of a list; it is its row's time by itself, even outside the row. */
  | { readonly kind: 'named'; readonly name: string; readonly plage: CorePlage; readonly own: boolean; readonly key: string }
  | { readonly kind: 'cases'; readonly rows: readonly { readonly when: Core | undefined; readonly plage: CorePlage }[]; readonly key: string }
  | { readonly kind: 'ou' | 'et' | 'sauf'; readonly left: CorePlage; readonly right: CorePlage; readonly key: string };

/** A name of the program that has a value. */
export interface ValueSymbol {
  /** What it replaces (`remplace`). */
  readonly original?: ValueSymbol;
  readonly name: string;
  /** The place of its value in a row's cache. */
  readonly slot: number;
  readonly role: 'data' | 'measure' | 'definition';
  readonly origin: Origin;
  kind: Kind;
  grain: Grain;
  /** How a definition or a measure is made; undefined for a datum, or a measure that only the case gives. */
  value: Core | undefined;
  /** Whether a case may give the measure: it is metered, not a formula. */
  readonly metered: boolean;
  readonly data: DataInfo | undefined;
  readonly text: string | undefined;
}

export interface DataInfo {
  readonly sort: 'quantity' | 'number' | 'boolean' | 'date' | 'spans' | 'list' | 'choices';
  /** The unit that a case's numbers are in, as written. */
  readonly unitText: string | undefined;
  readonly factor: Exact;
  readonly least: Core | undefined;
  readonly most: Core | undefined;
  readonly presumed: Core | undefined;
  readonly within: CorePlage | undefined;
  readonly choices: readonly (string | Exact)[];
  readonly choiceNames: readonly string[];
}

export interface PriceRow { readonly price: Core; /** The base as metered during the row's own plage. */ readonly base: Core | undefined; readonly priceDims: Dims; readonly upTo: { readonly limit: Core; readonly dims: Dims } | undefined; readonly when: Core | undefined; readonly during: CoreRow['during']; readonly otherwise: boolean; readonly grain: Grain; readonly text: string | undefined; readonly label: string | undefined }

/** By what the time being billed multiplies an amount. */
export type TimeFactor = 'durée' | 'jours' | undefined;

export interface CoreLine {
  readonly name: string;
  readonly role: 'frais' | 'énergie' | 'prime' | 'crédit' | 'pénalité' | 'montant';
  readonly title: string;
  readonly origin: Origin;
  /** Of the rate's own bill (held to its minimum), or of an option (after it). */
  readonly layer: 'tarif' | 'option';
  readonly when: Core | undefined;
  readonly during: readonly { readonly plage: CorePlage; readonly outside: boolean }[];
  /** An amount in dollars, for `= …`; else base and price. */
  readonly amount: { readonly value: Core; readonly time: TimeFactor } | undefined;
  readonly base: { readonly value: Core; readonly dims: Dims; readonly metered: boolean; readonly grain: Grain } | undefined;
  readonly tranches: boolean;
  readonly rows: readonly (PriceRow & { readonly time: TimeFactor; readonly limitTime: TimeFactor })[];
}

export interface CoreAdjustment {
  readonly direction: 1 | -1;
  readonly targets: readonly string[];
  readonly target: string;
  readonly price: Core;
  readonly priceDims: Dims;
  readonly time: TimeFactor;
  /** A percentage of the lines' amount, not a price on their base. */
  readonly ofAmount: boolean;
  readonly when: Core | undefined;
  readonly during: readonly { readonly plage: CorePlage; readonly outside: boolean }[];
  readonly origin: Origin;
  readonly title: string;
}

export interface CoreMinimum {
  readonly rows: readonly { readonly value: Core; readonly time: TimeFactor; readonly when: Core | undefined; readonly during: CoreRow['during']; readonly otherwise: boolean }[];
  readonly layer: 'tarif' | 'option';
  readonly origin: Origin;
}

/** A value posed by `avec`. A datum per interval, hour or day takes one for each: `grain` says which. */
export interface CoreBinding { readonly target: string; readonly value: Core; readonly grain: 'intervalle' | 'heure' | 'jour' | undefined }

export interface CoreCondition {
  readonly mode: 'exige' | 'exclut' | 'contrôle' | 'passe';
  readonly condition: Core | undefined;
  readonly when: Core | undefined;
  /** `période` when `when` can be read once for all the rows. */
  readonly whenGrain: Grain;
  readonly grain: Grain;
  /** The condition as written, for messages, or its author's words. */
  readonly words: string;
  /** Of a `passe`: the rate that applies. */
  readonly rate: string | undefined;
  /** The rates that the article names instead of the one that it refuses. */
  readonly instead: readonly string[];
  readonly origin: Origin;
  /** The symbol to show with the refusal: what was found. */
  readonly shows: ValueSymbol | undefined;
}

export interface CoreCut {
  readonly target: string | undefined;
  readonly at: { readonly kind: 'edition' } | { readonly kind: 'edges'; readonly plage: CorePlage } | { readonly kind: 'changes'; readonly of: ValueSymbol } | { readonly kind: 'dates'; readonly dates: readonly { readonly year: number | undefined; readonly month: number; readonly day: number }[] };
  readonly byReading: boolean;
  readonly byDays: boolean;
  readonly condition: Core | undefined;
  readonly origin: Origin;
}

export interface CoreReserve { readonly text: string; readonly condition: Core | undefined; readonly origin: Origin }
export interface CoreReading { readonly subject: string; readonly kept: string; readonly others: readonly string[]; readonly origin: Origin }

/** A rate with a set of options, closed and checked. */
export interface Program {
  readonly rate: string;
  readonly rateTitle: string;
  readonly options: readonly string[];
  readonly edition: EditionInfo;
  readonly largePower: boolean;
  readonly symbols: ReadonlyMap<string, ValueSymbol>;
  readonly plages: ReadonlyMap<string, CorePlage>;
  readonly lists: ReadonlyMap<string, ValueSymbol>;
  readonly slots: number;
  readonly lines: readonly CoreLine[];
  readonly adjustments: readonly CoreAdjustment[];
  readonly minimums: readonly CoreMinimum[];
  readonly replacesBill: { readonly condition: Core | undefined; readonly origin: Origin } | undefined;
  readonly conditions: readonly CoreCondition[];
  /** The rates that amounts are worked out with, and those that conditions name. */
  readonly consulted: Consulted;
  /** Data of the rates that this one consults (`au tarif L`, `admissible au tarif L`, `renvoie au tarif L`), that its cases may give too. Made when first asked for. */
  readonly related: () => readonly RelatedDatum[];
  readonly cuts: readonly CoreCut[];
  readonly reserves: readonly CoreReserve[];
  readonly readings: readonly CoreReading[];
  /** What the book states of itself; `dims` are those of its two sides, when it is an equality of quantities. */
  readonly verifications: readonly { readonly condition: Core; readonly origin: Origin; readonly words: string; readonly dims: ReadonlyMap<string, number> | undefined }[];
  /** Misprints: the figure that is printed, and what the rule gives. */
  readonly misprints: readonly { readonly printed: Core; readonly right: Core; readonly origin: Origin; readonly words: string }[];
  readonly duration: ValueSymbol | undefined;
  /** What a bill must hand on: the columns read in the previous period or over the season. */
  readonly carried: readonly string[];
  /** Measures as they are read, with their restrictions: the keys that a case may give. */
  readonly measureKeys: readonly MeasureKey[];
  /** Symbols that amounts need, and those that only conditions need. */
  readonly neededByAmounts: ReadonlySet<string>;
  readonly neededByConditions: ReadonlySet<string>;
}

/** Rates that a program reads from. */
export interface Consulted { readonly amounts: ReadonlySet<string>; readonly conditions: ReadonlySet<string> }

/** A datum of another rate: `amounts` when the bill is worked out with it, else only a condition reads it. */
export interface RelatedDatum { readonly symbol: ValueSymbol; readonly forAmounts: boolean }

export interface MeasureKey { readonly symbol: ValueSymbol; readonly path: readonly { readonly mode: 'pendant' | 'sauf'; readonly name: string; readonly plage: CorePlage }[]; readonly key: string }

export interface EditionInfo {
  readonly title: string;
  /** Day (days since 1970) on which it comes into force. */
  readonly date: number;
  readonly lineStep: Exact;
  readonly taxes: readonly { readonly name: string; readonly rate: Exact; readonly rateText: string }[];
}
