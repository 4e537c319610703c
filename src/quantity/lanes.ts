/** Values over intervals that are not read one by one but worked with as a whole (`src/compile`): an array that says who works with it. */
import type { Exact } from './exact.ts';

/** One value for all intervals, or one for each. */
export type Operand = Exact | readonly Exact[];
export type LaneOperation = 'add' | 'subtract' | 'multiply' | 'divide' | 'max' | 'min' | 'excess';
export type Comparison = '=' | '≠' | '<' | '≤' | '>' | '≥';

export interface LaneAlgebra {
  readonly zip: (operation: LaneOperation, left: Operand, right: Operand) => readonly Exact[];
  /** 1 where it holds, else 0. */
  readonly compare: (sign: Comparison, left: Operand, right: Operand) => readonly Exact[];
  /** The left one where the test is 1, else the right one. */
  readonly where: (test: readonly Exact[], left: Operand, right: Operand) => readonly Exact[];
  /** Its sum or an extreme, over all its intervals or a stretch of them. */
  readonly fold: (lane: readonly Exact[], operator: 'somme' | 'maximum' | 'minimum', from: number, to: number) => Exact;
}

/** Who works with an array of values over intervals; undefined for a plain one. */
export const lanesOf = (lane: unknown): LaneAlgebra | undefined => (Array.isArray(lane) ? (lane as { readonly lanes?: LaneAlgebra }).lanes : undefined);
