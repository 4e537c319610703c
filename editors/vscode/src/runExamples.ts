/** The command's `test` alone, for the editor to run: everything else of the command stays out of the extension. */
import { CommanderError } from 'commander';
import { addTest } from '../../../src/cli/commands/test.ts';
import { langFrom, langInArguments, speak } from '../../../src/cli/language.ts';
import { newProgram } from '../../../src/cli/program.ts';
import { silenceProgress } from '../../../src/cli/progress.ts';

speak(langFrom(langInArguments(process.argv.slice(2)), process.env));
silenceProgress();
const program = newProgram();
addTest(program);
try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = 2;
}
