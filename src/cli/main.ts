#!/usr/bin/env node
/** The `bareme` command: results on stdout, the rest on stderr; exit 0, 1 (files or case wrong), 2 (command wrong). */
import { commandsFor } from './commands.ts';
import { run } from './run.ts';

await run(() => commandsFor(process.argv.slice(2)));
