// How the program is bundled, whatever for.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './install.mjs';

/** A digest of what the program is made from: what an earlier program kept of the tariffs is not believed by another one. */
function buildId() {
  const digest = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const folder of ['grammar', 'src']) {
    const names = readdirSync(join(root, folder), { recursive: true }).map(String).filter((name) => name.endsWith('.ts')).sort();
    for (const name of names) digest.update(`\0${name}\0`).update(readFileSync(join(root, folder, name)));
  }
  return digest.digest('hex').slice(0, 32);
}

export const bundling = { bundle: true, target: 'node20', format: 'esm', absWorkingDir: root, logLevel: 'warning', minify: true, charset: 'utf8' };
/** What others bundle again. */
export const library = { platform: 'neutral', packages: 'external' };

// Some dependencies are CommonJS and ask for `require`.
export const banner = { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" };

/**
 * Bundles the command: in pieces, for what only one command needs (plots, the server of the editor) is read only when that command runs;
 * and `quick.cjs`, what starts quickly (`src/cli/entry.ts`). The command knows itself, and keeps what it worked out (`src/cli/cache`).
 */
export async function bundleCommand(outdir, options = {}) {
  const define = { BAREME_BUILD: JSON.stringify(buildId()) };
  const common = { ...bundling, platform: 'node', ...options };
  await build({ ...common, define, banner, entryPoints: { cli: 'src/cli/entry.ts' }, outdir, splitting: true, chunkNames: 'parts/[name]-[hash]', external: ['@duckdb/node-api', '@myriaddreamin/typst-ts-node-compiler'] });
  await build({
    ...common, entryPoints: { quick: 'src/cli/quick.ts' }, outdir, format: 'cjs', outExtension: { '.js': '.cjs' }, sourcemap: false, define: { ...define, 'import.meta.url': '__url' },
    banner: { js: "const __url = require('node:url').pathToFileURL(__filename).href;" },
    plugins: [{ name: 'elsewhere', setup: (on) => { on.onResolve({ filter: /\/(billingFromFiles|freshCheck)\.ts$/ }, () => ({ path: join(root, 'src/cli/elsewhere.ts') })); } }],
  });
}
