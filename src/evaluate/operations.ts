/** What the operators of the language do with exact numbers, worked out row by row or by column. */
import type { Core } from '../check/core.ts';
import { add, excess, maximum, minimum, multiply, subtract } from '../quantity/exact.ts';

/** Of two numbers, one: all but the quotient, which is not always there. */
export const ARITHMETIC = { add, subtract, multiply, max: maximum, min: minimum, excess } as const;

/** Whether a comparison holds, by the order of its sides: below, at or above 0. */
export const HOLDS: Readonly<Record<Extract<Core, { op: 'compare' }>['sign'], (order: number) => boolean>> = {
  '=': (order) => order === 0, '≠': (order) => order !== 0, '<': (order) => order < 0, '≤': (order) => order <= 0, '>': (order) => order > 0, '≥': (order) => order >= 0,
};
