/**
 * A column gives what its rows give: each formula per interval or per hour, worked out for a period at once and then row by row, on
 * series drawn at random.
 */
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitByStep } from '../../src/calendar/timeset.ts';
import { parseLocalDateTime, type Minute } from '../../src/calendar/zone.ts';
import { checkAll, loadFile } from '../../src/cli/load.ts';
import { columnOf, type ColumnGrain } from '../../src/evaluate/columns.ts';
import type { CaseInput, ListRow, PeriodData, Value } from '../../src/evaluate/case.ts';
import { Runtime } from '../../src/evaluate/runtime.ts';
import { Instance, Session, sliceRow } from '../../src/evaluate/session.ts';
import { Stop } from '../../src/evaluate/stop.ts';
import { stepOf } from '../../src/evaluate/sheets.ts';
import { equals, fromInteger, type Exact } from '../../src/quantity/exact.ts';
import { root } from '../tools/command.ts';

const at = (text: string): Minute => {
  const read = parseLocalDateTime(text);
  if (!('instant' in read)) throw new Error(text);
  return read.instant;
};
/** Two days on which the clocks go back: 49 hours. */
const START = at('2026-10-31');
const END = at('2026-11-02');
const QUARTERS = (END - START) / 15;

const { checked } = checkAll(loadFile(join(root, 'spec/langage/08-quarts-d-heure.tarif')));
const programs = checked[0]?.programs;

/** An instance of the rate on the two days, with a series for each datum per interval and one interruption. */
function instanceOf(rate: string, options: readonly string[], series: readonly (readonly number[])[], facts: readonly number[], from: number, to: number): Instance {
  const outcome = programs?.program(rate, options);
  if (!outcome) throw new Error(rate);
  const { program } = outcome;
  const data = [...program.symbols.values()].filter((symbol) => symbol.role === 'data');
  const list: ListRow[] = [{ start: START + 15 * from, end: START + 15 * (from + to), fields: new Map(), pointer: '' }];
  const period: PeriodData = {
    start: START, end: END, measures: new Map(), steps: new Map(), rate: undefined, pointer: '',
    facts: new Map<string, Value>(data.filter(({ grain }) => grain === 'période').map((symbol, index) => [symbol.name, fromInteger(facts[index % facts.length] ?? 0)])),
    lists: new Map([...program.lists.keys()].map((name) => [name, list])),
    series: new Map(data.filter(({ grain }) => grain === 'intervalle').map((symbol, index) => [symbol.name, { start: START, step: 15, values: (series[index % series.length] ?? []).map(fromInteger) }])),
  };
  const input: CaseInput = { rate, options, period, readings: [], history: [], state: new Map(), asked: [] };
  const runtimeOf = (name: string, chosen: readonly string[]): Runtime | undefined => { const other = programs?.program(name, chosen); return other && new Runtime(other.program); };
  return new Instance(new Runtime(program), new Session(input, [period], runtimeOf, END), 0, undefined);
}

describe('columns and rows', () => {
  const column = fc.array(fc.integer({ min: 0, max: 9000 }), { minLength: QUARTERS, maxLength: QUARTERS });
  const drawn = fc.tuple(fc.array(column, { minLength: 2, maxLength: 3 }), fc.array(fc.integer({ min: 0, max: 9000 }), { minLength: 3, maxLength: 3 }), fc.integer({ min: 0, max: QUARTERS - 40 }), fc.integer({ min: 1, max: 30 }));
  for (const [rate, options] of [['LD', []], ['M', ['gdp_engagement']], ['M', ['électricité_additionnelle']], ['M', ['essais_d_équipements']]] as const) {
    it([rate, ...options].join(' + '), () => {
      let columns = 0;
      fc.assert(fc.property(drawn, ([series, facts, from, to]) => {
        // Two instances, so that neither answers from what the other has remembered.
        const [whole, single] = [instanceOf(rate, options, series, facts, from, to), instanceOf(rate, options, series, facts, from, to)];
        for (const symbol of whole.runtime.program.symbols.values()) {
          if (symbol.grain !== 'intervalle' && symbol.grain !== 'heure') continue;
          const grain: ColumnGrain = symbol.grain;
          const made = columnOf(whole.runtime, { op: 'symbol', symbol }, grain, whole);
          const other = single.runtime.program.symbols.get(symbol.name);
          if (!made || !other) continue;
          columns++;
          splitByStep(single.root.set, stepOf(grain)).forEach((slice, rank) => {
            const value = single.runtime.reader(other)(sliceRow(single, grain, slice, rank)) as Exact;
            if (!equals(value, made.values[rank] as Exact)) throw new Error(`${symbol.name} at ${rank}`);
          });
        }
      }), { numRuns: 12 });
      expect(columns).toBeGreaterThan(0);
    });
  }

  it('a series with a hole is left to the rows, which say where', () => {
    const made = instanceOf('LD', [], [Array.from({ length: QUARTERS - 1 }, () => 1)], [1], 0, 1);
    const symbol = made.runtime.program.symbols.get('charge_de_base');
    if (!symbol) throw new Error('charge_de_base');
    expect(columnOf(made.runtime, { op: 'symbol', symbol }, 'intervalle', made)).toBeUndefined();
    expect(() => made.runtime.reader(symbol)(sliceRow(made, 'intervalle', { start: END - 15, end: END }))).toThrow(Stop as never);
  });
});
