// Bundles the command and the library into dist/.
import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundling, knowingItself, library } from './bundling.mjs';
import { root } from './install.mjs';
import { build } from 'esbuild';

// Some dependencies are CommonJS and ask for `require`.
const banner = { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" };
const common = { ...bundling, sourcemap: 'linked' };
rmSync(join(root, 'dist'), { recursive: true, force: true });
await build({
  ...common, ...knowingItself, platform: 'node', entryPoints: { cli: 'src/cli/main.ts' }, outdir: 'dist', splitting: true, chunkNames: 'parts/[name]-[hash]', external: ['@duckdb/node-api', '@myriaddreamin/typst-ts-node-compiler'],
  // What only one command needs (plots, the server of the editor) is read only when that command runs.
  banner,
});
// The language server in one file, for an editor's extension to carry.
await build({
  ...common, platform: 'node', entryPoints: { server: 'src/server/main.ts' }, outdir: 'dist', banner,
});
// The library and the plugin of prettier leave their dependencies to whoever bundles them, and ask nothing of Node: they run in a browser too.
await build({ ...common, ...library, entryPoints: { index: 'src/index.ts', prettier: 'src/format/plugin.ts' }, outdir: 'dist' });
// The search of the site that `bareme docs` makes, for the reader's browser.
await build({ ...common, sourcemap: false, platform: 'browser', format: 'iife', target: 'es2020', entryPoints: ['scripts/site/search.mjs'], outfile: 'dist/site-search.js' });
chmodSync(join(root, 'dist/cli.js'), 0o755);
