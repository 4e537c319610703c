// Installs the dependencies when they are missing or not those of the lockfile. Needs only Node and npm.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Runs a command with its output shown; gives its exit status. */
export function attempt(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (result.error) process.stderr.write(`${command}: ${result.error.message}\n`);
  return { ...result, status: result.status ?? 1 };
}

/** Runs a command with its output shown; ends the process with its status when it fails. */
export function run(command, args, options = {}) {
  const result = attempt(command, args, options);
  if (result.status !== 0) process.exit(result.status);
  return result;
}

/** What npm recorded of an installation, or of what one must be. */
const packagesOf = (path) => {
  try {
    return JSON.parse(readFileSync(join(root, path), 'utf8')).packages;
  } catch {
    return undefined;
  }
};

/** Dates of files say little (a clone, a copy, a merge change them): what is installed is compared with what is asked for. */
function isInstalled() {
  const wanted = packagesOf('package-lock.json');
  const present = packagesOf('node_modules/.package-lock.json');
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, { version, integrity, optional, peer }]) => {
    const found = present[path];
    return path === '' || (found ? found.version === version && found.integrity === integrity : Boolean(optional || peer));
  });
}

export function install() {
  // `--include=dev`: the build needs them, whatever NODE_ENV says.
  if (!isInstalled()) run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
}
