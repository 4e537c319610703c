#!/usr/bin/env node
/** The language server as a process: what an editor starts. It speaks on stdin and stdout, or as the editor's own arguments say. */
import { startFromArguments } from './process.ts';

startFromArguments(process.argv);
