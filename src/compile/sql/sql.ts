/** A rate as a query: what the command asks for → the text, or why there is none. */
import type { Day } from '../../calendar/day.ts';
import { formatIsoDate } from '../../calendar/day.ts';
import type { EditionInfo, Program } from '../../check/core.ts';
import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Value } from '../../evaluate/case.ts';
import { jsonKey } from '../../evaluate/words.ts';
import { nearestName } from '../../support/nearestName.ts';
import { dialectOf, type DialectName } from './dialect.ts';
import { holdsOf, readable, readBound, type Column } from './places.ts';
import { queryOf, type Query } from './query.ts';
import { sayRate, type Line } from './record.ts';
import { Unsayable } from './runtime.ts';
import { quoted } from './source.ts';

export interface SqlRequest {
  readonly rate: string;
  readonly options: readonly string[];
  readonly edition: EditionInfo;
  readonly programOf: (rate: string, options: readonly string[]) => Program | undefined;
  /** The first day of the edition after this one, if there is one. */
  readonly next: Day | undefined;
  readonly dialect: DialectName;
  readonly table: string;
  /** Columns that the table has, by key; those that amounts cannot do without are there of themselves. */
  readonly columns: ReadonlyMap<string, string>;
  /** Data that are the same on every row, by key, as written. */
  readonly bound: ReadonlyMap<string, string>;
  /** Decimals of a quantity in a column. */
  readonly decimals: number;
}

export interface SqlAnswer extends Query {
  /** Keys of the data that no column gives and that nothing sets. */
  readonly aside: readonly string[];
  /** Of the lines of a bill, which column each has. */
  readonly lines: readonly Line[];
  readonly data: readonly Column[];
  readonly bound: ReadonlyMap<string, Value>;
}
export type SqlOutcome = { readonly query: SqlAnswer } | { readonly diagnostics: readonly Diagnostic[] };

/** Days for which a query of the newest edition serves. */
const YEARS = 1461;
const OWN = ['client', 'debut', 'fin'];

/** The query of a rate, or what is wrong with the request, or why SQL cannot say the rate. */
export function sqlOf(request: SqlRequest): SqlOutcome {
  const { rate, options, edition, programOf, table, dialect } = request;
  const program = programOf(rate, options);
  if (!program) throw new RangeError(`no rate ${rate}`);
  const known = readable(program).flatMap(({ key, symbol, asked }) => { const holds = holdsOf(symbol, asked, program, request.decimals); return holds ? [{ key, symbol, asked, holds }] : []; });
  const wrong: Diagnostic[] = [];
  const names = known.map(({ key }) => key);
  for (const key of [...request.columns.keys(), ...request.bound.keys()]) {
    if (!names.includes(key) && !(request.columns.has(key) && OWN.includes(key))) wrong.push(diagnostic('sql/donnee', { name: key, nearest: nearestName(key, [...names, ...OWN]) }));
  }
  const bound = new Map<string, Value>();
  for (const [key, text] of request.bound) {
    const datum = known.find((each) => each.key === key);
    const value = datum && readBound(datum.holds, text);
    if (datum && value !== undefined) bound.set(datum.asked, value);
    else if (datum) wrong.push(diagnostic('sql/valeur', { name: key, found: text }));
  }
  if (wrong.length > 0) return { diagnostics: wrong };
  const columns = known.flatMap((datum): Column[] => {
    if (bound.has(datum.asked)) return [];
    const named = request.columns.get(datum.key);
    const needed = program.neededByAmounts.has(datum.symbol.name) && !datum.symbol.data?.presumed && datum.asked === datum.symbol.name;
    return named === undefined && !needed ? [] : [{ ...datum, name: `t.${quoted(named ?? datum.key)}` }];
  });
  const until = request.next ?? edition.date + YEARS;
  const outcome = sayRate({ rate, options, edition, programOf, columns, bound, until });
  if ('why' in outcome) return { diagnostics: [outcome.why] };
  const { said } = outcome;
  const refusal = [said.amounts, ...said.checks].find(({ kind }) => kind === 'refused');
  if (refusal?.kind === 'refused') return { diagnostics: [diagnostic('sql/rien', { article: refusal.code })] };
  const own = (key: 'client' | 'debut' | 'fin'): string => `t.${quoted(request.columns.get(key) ?? key)}`;
  const aside = names.filter((key) => !columns.some((column) => column.key === key) && !request.bound.has(key));
  const heading = (read: readonly string[]): string[] => [
    `${[rate, ...options].join('+')} : ${program.rateTitle}, ${edition.title}, du ${formatIsoDate(edition.date)} au ${formatIsoDate(until - 1)}. Fait par bareme sql.`,
    'Une ligne par période d\'un client ; fin est le premier jour après la période.',
    `Colonnes lues : ${[...OWN, ...read].join(', ')}.`,
    ...(request.bound.size > 0 ? [`Valeurs fixées : ${[...request.bound].map(([key, text]) => `${key} = ${text.replace(/[\r\n]/g, ' ')}`).join(', ')}.`] : []),
    'Une ligne dont refus n\'est pas nul n\'a pas de montant : la facturer par bareme bill, qui dit pourquoi.',
  ];
  try {
    const query = queryOf(said, { from: `${table.split('.').map((part) => (/^[A-Za-z_][A-Za-z0-9_]*$/.test(part) ? part : quoted(part))).join('.')} AS t`, own, first: edition.date, until }, columns, dialectOf(dialect), heading);
    return { query: { ...query, aside, lines: said.lines, data: columns, bound } };
  } catch (stop) {
    if (stop instanceof Unsayable) return { diagnostics: [stop.why] };
    throw stop;
  }
}

/** Keys of the data that a rate reads and that a column may hold. */
export function dataOf({ rate, options, programOf, decimals }: SqlRequest): string[] {
  const program = programOf(rate, options);
  return program ? readable(program).flatMap(({ key, symbol, asked }) => (holdsOf(symbol, asked, program, decimals) && (program.neededByAmounts.has(symbol.name) || program.neededByConditions.has(symbol.name)) ? [key] : [])) : [];
}

/** A key as it is written on the command line: with or without its accents. */
export const keyOf = (text: string): string => jsonKey(text.trim());
