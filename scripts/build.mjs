// Bundles the command and the library into dist/.
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.mjs';
import { build } from 'esbuild';

const common = {
  bundle: true, platform: 'node', target: 'node20', format: 'esm', absWorkingDir: root, logLevel: 'warning', sourcemap: 'linked', minifySyntax: true,
  // Some dependencies are CommonJS and ask for `require`.
  banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
};
await build({ ...common, entryPoints: ['src/cli/main.ts'], outfile: 'dist/cli.js' });
await build({ ...common, entryPoints: ['src/index.ts'], outfile: 'dist/index.js', packages: 'external' });
chmodSync(join(root, 'dist/cli.js'), 0o755);
