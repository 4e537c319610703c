/** Text of a function → the function. */
import { ARITHMETIC } from './arithmetic.ts';

/** Whether code may be made from text: a page's content policy may forbid it. */
export function codeIsAllowed(): boolean {
  try {
    return new Function('return 1')() === 1;
  } catch {
    return false;
  }
}

type Factory = (k: readonly (number | bigint)[], arithmetic: typeof ARITHMETIC) => unknown;
/** Code already made, by its text: cases of other periods often differ by figures alone, which are not in it. */
const made = new Map<string, Factory>();
const MOST_MADE = 5000;

/** What a text returns, with its figures as `k0`, `k1`… and the operations of `arithmetic.ts`. */
export function codeOf<T>(text: string, constants: readonly (number | bigint)[]): T {
  let factory = made.get(text);
  if (!factory) {
    factory = new Function('k', 'arithmetic', `'use strict';\nconst { ${Object.keys(ARITHMETIC).join(', ')} } = arithmetic;\n${figuresIn('k', constants).join('\n')}\n${text}`) as Factory;
    if (made.size < MOST_MADE) made.set(text, factory);
  }
  return factory(constants, ARITHMETIC) as T;
}

/** Reads figures into `k0`, `k1`…, from an array of that name. */
const figuresIn = (from: string, constants: readonly (number | bigint)[]): string[] => constants.map((_, rank) => `const k${rank} = ${from}[${rank}];`);

/** The same, once more inside a function, for a loop: figures that stand in an array of doubles need not be taken apart at each turn. */
export const figuresOfLoop = (constants: readonly (number | bigint)[], indent: string): { readonly doubles: Float64Array; readonly lines: readonly string[] } => ({
  doubles: Float64Array.from(constants, (each) => (typeof each === 'number' ? each : 0)),
  lines: constants.flatMap((each, rank) => (typeof each === 'number' ? [`${indent}const k${rank} = doubles[${rank}];`] : [])),
});
