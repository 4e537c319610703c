/** A case as the interpreter reads it: names of the language, numbers in base units, instants in minutes. */
import type { Series } from '../calendar/series.ts';
import type { Minute } from '../calendar/zone.ts';
import type { Exact } from '../quantity/exact.ts';

/** A quantity in base units, yes or no, a choice or a text, or an instant (a date is its local midnight). */
export type Value = Exact | boolean | string | number;

/** A row of a list: its span, if the list is made of spans, and its fields. */
export interface ListRow {
  readonly start: Minute;
  readonly end: Minute;
  readonly fields: ReadonlyMap<string, Value>;
  readonly pointer: string;
}

/** One period of consumption: the one that is billed, or one of the past. */
export interface PeriodData {
  readonly start: Minute;
  readonly end: Minute;
  /** Facts, by name; also columns of the past that need not be worked out again. */
  readonly facts: ReadonlyMap<string, Value>;
  /** Metered quantities by key: `énergie`, `énergie_pendant_hiver`. */
  readonly measures: ReadonlyMap<string, Exact>;
  /** Lists, by name. */
  readonly lists: ReadonlyMap<string, readonly ListRow[]>;
  readonly series: ReadonlyMap<string, Series>;
  /** Data that change at dates, by name. */
  readonly steps: ReadonlyMap<string, readonly { readonly from: Minute; readonly value: Value }[]>;
  /** The rate of that period, when the case says it. */
  readonly rate: string | undefined;
  /** Where it stands in the case. */
  readonly pointer: string;
}

export interface Reading {
  /** The first instant after the reading. */
  readonly at: Minute;
  /** What was metered since the reading before it. */
  readonly measures: ReadonlyMap<string, Exact>;
  readonly pointer: string;
}

export interface CaseInput {
  readonly rate: string;
  readonly options: readonly string[];
  readonly period: PeriodData;
  readonly readings: readonly Reading[];
  /** Oldest first, none overlapping. */
  readonly history: readonly PeriodData[];
  /** What the previous bill handed on. */
  readonly state: ReadonlyMap<string, Value>;
  /** Names whose value is asked for besides the bill. */
  readonly asked: readonly string[];
}
