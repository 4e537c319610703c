/** What cannot be recorded: a rule that reads the digits of a number, or more questions than code is worth. Caught by `tree.ts`. */
export class Unrecordable {
  constructor(readonly reason: 'digits' | 'questions' | 'series') {}
}
