// Bundles the benchmarks as the command and the library are bundled, and runs them: what is timed is what users run.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundling } from './bundling.mjs';
import { root } from './install.mjs';
import { build } from 'esbuild';

const outfile = join(root, 'node_modules/.cache/bareme/bench.js');
await build({ ...bundling, platform: 'node', packages: 'external', entryPoints: ['bench/bench.ts'], outfile });
process.chdir(root);
await import(pathToFileURL(outfile).href);
