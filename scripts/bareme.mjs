#!/usr/bin/env node
// The command. This file is always there, so that `npx bareme` can link it before anything is built; the program is in dist/.
import { existsSync } from 'node:fs';

const built = new URL('../dist/cli.js', import.meta.url);
if (existsSync(built)) await import(built.href);
else {
  process.stderr.write('bareme : rien n’est construit encore ; lancer « npm start » une première fois. (Not built yet: run “npm start” once.)\n');
  process.exitCode = 2;
}
