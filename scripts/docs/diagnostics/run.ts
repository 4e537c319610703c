/**
 * Runs many command lines in one process: each is the real command, bundled from the sources of the moment, with its own folder of
 * files. One process, because starting sixty of them would take longer than all the rest of `npm run docs`.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

export interface Job { readonly files: Readonly<Record<string, string | Uint8Array>>; readonly args: readonly string[] }
export interface Said { readonly status: number; readonly stdout: string; readonly stderr: string }

/** What runs inside: the module of the command is read anew for each line, what it imports once for all. */
const DRIVER = `
import { readFileSync, writeFileSync } from 'node:fs';
process.stdout.setMaxListeners(0);
const jobs = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const results = process.argv[3];
const writers = [process.stdout, process.stderr].map((stream) => stream.write);
const said = [];
for (const [index, { folder, args }] of jobs.entries()) {
  const texts = ['', ''];
  [process.stdout, process.stderr].forEach((stream, which) => { stream.write = (text) => { texts[which] += text; return true; }; });
  process.chdir(folder);
  process.argv = [process.execPath, new URL('./cli.js', import.meta.url).pathname, ...args];
  process.exitCode = 0;
  await import('./cli.js?' + index);
  [process.stdout, process.stderr].forEach((stream, which) => { stream.write = writers[which]; });
  said.push({ status: process.exitCode, stdout: texts[0], stderr: texts[1] });
}
process.exitCode = 0;
writeFileSync(results, JSON.stringify(said));
`;

/** What each command says, in the order of the jobs. */
export async function runCommands(root: string, jobs: readonly Job[]): Promise<readonly Said[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bareme-docs-'));
  try {
    const bundle = join(folder, 'bin/of/bareme');
    await build({
      entryPoints: { cli: join(root, 'src/cli/main.ts') }, outdir: bundle, splitting: true, bundle: true, platform: 'node', target: 'node20', format: 'esm', logLevel: 'error', external: ['@duckdb/node-api', '@myriaddreamin/typst-ts-node-compiler'],
      banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
    });
    writeFileSync(join(bundle, 'package.json'), '{ "type": "module" }\n');
    writeFileSync(join(bundle, 'driver.js'), DRIVER);
    writeFileSync(join(bundle, 'site-search.js'), '');
    const placed = jobs.map(({ files, args }, index) => {
      const at = join(folder, 'jobs', String(index));
      mkdirSync(at, { recursive: true });
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(at, path)), { recursive: true });
        writeFileSync(join(at, path), content);
      }
      return { folder: at, args };
    });
    writeFileSync(join(folder, 'jobs.json'), JSON.stringify(placed));
    const plain = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(LANG|LANGUAGE|LC_.*|FORCE_COLOR|NODE_OPTIONS)$/.test(name)));
    const ran = spawnSync(process.execPath, [join(bundle, 'driver.js'), join(folder, 'jobs.json'), join(folder, 'said.json')], { cwd: folder, encoding: 'utf8', env: { ...plain, NO_COLOR: '1' } });
    if (ran.status !== 0) throw new Error(`The commands of the pages of diagnostics could not all be run: ${ran.stderr}`);
    return JSON.parse(readFileSync(join(folder, 'said.json'), 'utf8')) as Said[];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
