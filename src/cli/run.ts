/** Runs the command line with some commands. */
import { CommanderError, type Command } from 'commander';
import { langFrom, langInArguments, speak } from './language.ts';
import { newProgram } from './program.ts';
import { silenceProgress } from './progress.ts';

/** Exit 0, 1 (files or case wrong) or 2 (command wrong) goes to `process.exitCode`. The language is set before any command says anything. */
export async function run(commands: () => Promise<readonly ((program: Command) => void)[]>): Promise<void> {
  speak(langFrom(langInArguments(process.argv.slice(2)), process.env));
  const program = newProgram().hook('preAction', (_, command) => { if (command.opts()['json'] === true) silenceProgress(); });
  // A reader that stops early (`| head`) is no mistake of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => { if (error.code === 'EPIPE') process.exit(0); throw error; });
  for (const add of await commands()) add(program);
  // Another thread of a command that shares its work runs this same file, and the same command line (`threads.ts`).
  try {
    await program.parseAsync();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  }
}
