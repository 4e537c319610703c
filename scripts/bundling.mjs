// How the program is bundled, whatever for.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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
/** The command knows itself, and keeps what it worked out (`src/cli/cache`). */
export const knowingItself = { define: { BAREME_BUILD: JSON.stringify(buildId()) } };
