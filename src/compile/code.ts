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
    const names = constants.map((_, rank) => `k${rank}`);
    factory = new Function('k', 'arithmetic', `'use strict';\nconst { ${Object.keys(ARITHMETIC).join(', ')} } = arithmetic;\n${names.length > 0 ? `const [${names.join(', ')}] = k;\n` : ''}${text}`) as Factory;
    if (made.size < MOST_MADE) made.set(text, factory);
  }
  return factory(constants, ARITHMETIC) as T;
}
