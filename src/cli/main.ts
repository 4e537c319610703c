#!/usr/bin/env node
/** The `bareme` command: results on stdout, the rest on stderr; exit 0, 1 (files or case wrong), 2 (command wrong). */
import { CommanderError } from 'commander';
import { commandsFor } from './commands.ts';
import { langFrom, langInArguments, speak } from './language.ts';
import { newProgram } from './program.ts';
import { silenceProgress } from './progress.ts';

speak(langFrom(langInArguments(process.argv.slice(2)), process.env));

const program = newProgram().hook('preAction', (_, command) => { if (command.opts()['json'] === true) silenceProgress(); });
// A reader that stops early (`| head`) is no mistake of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => { if (error.code === 'EPIPE') process.exit(0); throw error; });
for (const add of await commandsFor(process.argv.slice(2))) add(program);

// Another thread of a command that shares its work runs this same file, and the same command line (`threads.ts`).
try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
