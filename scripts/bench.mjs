// Bundles the benchmarks as the command and the library are bundled, and runs them: what is timed is what users run.
// `npm run bench` times bills; `npm run bench -- server` the language server; `npm run bench -- edits 1000` edits every file at random;
// `npm run bench -- batch 10000000` bills files of customers; `npm run bench -- equality 1000000` compares compiled bills with the
// interpreter's, digit by digit; `npm run bench -- engines` times all the ways side by side; `npm run bench -- peers` other rule engines.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundling } from './bundling.mjs';
import { root } from './install.mjs';
import { build } from 'esbuild';

const KINDS = ['bench', 'server', 'edits', 'batch', 'equality', 'engines', 'peers'];
const kind = KINDS.includes(process.argv[2]) ? process.argv.splice(2, 1)[0] : 'bench';
const outfile = join(root, `node_modules/.cache/bareme/${kind}.js`);
await build({ ...bundling, platform: 'node', packages: 'external', entryPoints: [`bench/${kind}.ts`], outfile });
process.chdir(root);
await import(pathToFileURL(outfile).href);
