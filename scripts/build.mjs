// Bundles the command and the library into dist/.
import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundling } from './bundling.mjs';
import { root } from './install.mjs';
import { build } from 'esbuild';

const common = { ...bundling, sourcemap: 'linked' };
rmSync(join(root, 'dist'), { recursive: true, force: true });
await build({
  ...common, platform: 'node', entryPoints: { cli: 'src/cli/main.ts' }, outdir: 'dist', splitting: true, chunkNames: 'parts/[name]-[hash]', external: ['@duckdb/node-api'],
  // What only one command needs (plots, the server of the editor) is read only when that command runs.
  // Some dependencies are CommonJS and ask for `require`.
  banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
});
// The library leaves its dependencies to whoever bundles it, and asks nothing of Node: it runs in a browser too.
await build({ ...common, platform: 'neutral', entryPoints: ['src/index.ts'], outfile: 'dist/index.js', packages: 'external' });
chmodSync(join(root, 'dist/cli.js'), 0o755);
