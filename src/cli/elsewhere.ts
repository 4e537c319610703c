/** Stands, in the file that starts quickly, for what reads tariff files: that is the whole command's work. */
/** Not a mistake: the whole command is to start over. */
export class Elsewhere extends Error {}

const leave = (): never => { throw new Elsewhere('the files are to be read'); };
/** In the place of `billingFromFiles.ts` and of `freshCheck.ts`. */
export const readEditions = leave;
export const checkFresh = leave;
