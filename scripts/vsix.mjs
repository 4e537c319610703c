// `npm run vsix`: the extension of VS Code, with the language server and the runner of examples inside, packed for “Install from VSIX”, into
// the path that is given or editors/vscode.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install, root } from './install.mjs';

export const extension = join(root, 'editors/vscode');
const { version } = JSON.parse(readFileSync(join(extension, 'package.json'), 'utf8'));

/** Bundles what runs into `folder`. The editor loads the client as CommonJS, and has `vscode` itself. */
export async function bundleExtension(folder) {
  const { build } = await import('esbuild');
  const { bundling } = await import('./bundling.mjs');
  rmSync(folder, { recursive: true, force: true });
  await build({ ...bundling, format: 'cjs', platform: 'node', entryPoints: ['editors/vscode/src/extension.ts'], outfile: join(folder, 'extension.cjs'), external: ['vscode'] });
  await build({
    ...bundling, platform: 'node', entryPoints: { server: 'src/server/main.ts', examples: 'editors/vscode/src/runExamples.ts' }, outdir: folder, outExtension: { '.js': '.mjs' }, splitting: true, chunkNames: 'parts/[name]-[hash]', external: ['@duckdb/node-api'],
    banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
  });
}

/** Packs the extension; gives the path of the file. Nothing is fetched and nothing is published. */
export async function packExtension(packagePath = join(extension, `bareme-${version}.vsix`)) {
  const { createVSIX } = await import('@vscode/vsce');
  await createVSIX({ cwd: extension, packagePath, dependencies: false, skipLicense: true, allowMissingRepository: true });
  return packagePath;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  install();
  await bundleExtension(join(extension, 'dist'));
  process.stdout.write(`${await packExtension(process.argv[2])}\n`);
}
