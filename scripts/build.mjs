// Bundles the command and the library into dist/.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { banner, bundleCommand, bundling, library } from './bundling.mjs';
import { root } from './install.mjs';
import { build } from 'esbuild';

const common = { ...bundling, sourcemap: 'linked' };
rmSync(join(root, 'dist'), { recursive: true, force: true });
await bundleCommand('dist', { sourcemap: 'linked' });
// The language server in one file, for an editor's extension to carry.
await build({
  ...common, platform: 'node', entryPoints: { server: 'src/server/main.ts' }, outdir: 'dist', banner,
});
// The library and the plugin of prettier leave their dependencies to whoever bundles them, and ask nothing of Node: they run in a browser too.
await build({ ...common, ...library, entryPoints: { index: 'src/index.ts', prettier: 'src/format/plugin.ts', arithmetic: 'src/compile/arithmetic.ts' }, outdir: 'dist' });
// The search of the site that `bareme docs` makes, for the reader's browser.
await build({ ...common, sourcemap: false, platform: 'browser', format: 'iife', target: 'es2020', entryPoints: ['scripts/site/search.mjs'], outfile: 'dist/site-search.js' });
chmodSync(join(root, 'dist/cli.js'), 0o755);
// What V8 compiles to bill from what was kept, kept too: the first run keeps, the second one is what most runs are like.
const kept = mkdtempSync(join(tmpdir(), 'bareme-build-'));
for (const more of [{}, { BAREME_WRITE_CODE: join(root, 'dist/quick.code') }]) spawnSync(process.execPath, ['dist/cli.js', 'bill', 'examples/maison-d.json'], { cwd: root, env: { ...process.env, BAREME_CACHE: kept, ...more }, stdio: 'ignore' });
rmSync(kept, { recursive: true, force: true });
