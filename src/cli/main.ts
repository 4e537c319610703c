#!/usr/bin/env node
/** The `bareme` command: results on stdout, the rest on stderr; exit 0, 1 (files or case wrong), 2 (command wrong). */
import { CommanderError } from 'commander';
import { addBatch } from './commands/batch.ts';
import { addBill } from './commands/bill.ts';
import { addCheck } from './commands/check.ts';
import { addChoose } from './commands/choose.ts';
import { addCompletion } from './commands/completion.ts';
import { addCompare } from './commands/compare.ts';
import { addCoverage } from './commands/coverage.ts';
import { addDocs } from './commands/docs.ts';
import { addExplain } from './commands/explain.ts';
import { addFormat } from './commands/format.ts';
import { addLsp } from './commands/lsp.ts';
import { addReconcile } from './commands/reconcile.ts';
import { addSchema } from './commands/schema.ts';
import { addShape } from './commands/shape.ts';
import { addTest } from './commands/test.ts';
import { langFrom, langInArguments, speak } from './language.ts';
import { newProgram } from './program.ts';
import { silenceProgress } from './progress.ts';

speak(langFrom(langInArguments(process.argv.slice(2)), process.env));

const program = newProgram().hook('preAction', (_, command) => { if (command.opts()['json'] === true) silenceProgress(); });
// A reader that stops early (`| head`) is no mistake of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => { if (error.code === 'EPIPE') process.exit(0); throw error; });
for (const add of [addBill, addBatch, addChoose, addCompare, addCheck, addFormat, addTest, addSchema, addShape, addCoverage, addDocs, addExplain, addReconcile, addCompletion, addLsp]) add(program);

// Another thread of a command that shares its work runs this same file, and the same command line (`threads.ts`).
try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
