/** The `bareme` command as a real process, bundled once from its sources for the spec that asks: what runs is never an older build. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';

export const root = join(import.meta.dirname, '../..');

export interface Ran { readonly status: number | null; readonly stdout: string; readonly stderr: string }
export interface Command {
  /** A folder of its own, for what the spec writes. */
  readonly folder: string;
  /** Runs it at the root of the project, with no language in the environment unless one is given. */
  readonly run: (args: readonly string[], options?: { readonly input?: string; readonly env?: Readonly<Record<string, string>> }) => Ran;
  readonly remove: () => void;
}

export async function openCommand(): Promise<Command> {
  const folder = mkdtempSync(join(tmpdir(), 'bareme-spec-'));
  const outfile = join(folder, 'cli.js');
  const { bundleCommand } = await import(join(root, 'scripts/bundling.mjs')) as { bundleCommand: (outdir: string, options: BuildOptions) => Promise<void> };
  // As what is shipped.
  await bundleCommand(folder, { logLevel: 'error', minify: false });
  // Said, Node need not read a file twice to find it out.
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  const plain = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(LANG|LANGUAGE|LC_.*|FORCE_COLOR|NODE_OPTIONS)$/.test(name)));
  return {
    folder,
    run: (args, { input = '', env = {} } = {}) => {
      const ran = spawnSync(process.execPath, [outfile, ...args], { cwd: root, input, encoding: 'utf8', env: { ...plain, NO_COLOR: '1', BAREME_CACHE: join(folder, 'cache'), ...env }, maxBuffer: 1 << 28 });
      return { status: ran.status, stdout: ran.stdout, stderr: ran.stderr };
    },
    remove: () => { rmSync(folder, { recursive: true }); },
  };
}
