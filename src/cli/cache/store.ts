/**
 * The files of the cache: written whole or not at all, and believed only when their digest says that they are what was written, under
 * this name, for this state of the tariffs. Nothing here fails: what cannot be read is not there, what cannot be written is not kept.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, prune, stateFolder, touch } from './place.ts';

export interface Store {
  /** What was kept under a name, or undefined. */
  readonly read: (name: string) => Buffer | undefined;
  readonly write: (name: string, content: Uint8Array) => void;
  readonly has: (name: string) => boolean;
}

const MAGIC = Buffer.from('BAREME1\n');
const DIGEST = 32;

/** One line on stderr for those who ask what the cache does (`BAREME_CACHE_LOG=1`). */
export function tell(line: string): void {
  if ((process.env['BAREME_CACHE_LOG'] ?? '') !== '') process.stderr.write(`cache: ${line}\n`);
}

/** What is kept for a key; undefined when the cache is off. */
export function openStore(key: string): Store | undefined {
  const folder = cacheFolder();
  if (folder === undefined) { tell('off'); return undefined; }
  const state = stateFolder(folder, key);
  const pathOf = (name: string): string => join(state, `${createHash('sha256').update(name).digest('hex').slice(0, 24)}.bin`);
  const digestOf = (name: string, content: Uint8Array): Buffer => createHash('sha256').update(`${key}\0${name}\0`).update(content).digest();
  let touched = false;
  const read = (name: string): Buffer | undefined => {
    let bytes: Buffer;
    try {
      bytes = readFileSync(pathOf(name));
    } catch {
      tell(`nothing for ${name}`);
      return undefined;
    }
    const content = bytes.subarray(MAGIC.length + DIGEST);
    if (!bytes.subarray(0, MAGIC.length).equals(MAGIC) || !bytes.subarray(MAGIC.length, MAGIC.length + DIGEST).equals(digestOf(name, content))) {
      tell(`damaged, not believed: ${pathOf(name)}`);
      return undefined;
    }
    if (!touched) touch(state);
    touched = true;
    tell(`served ${name}`);
    return content;
  };
  return {
    read, has: (name) => read(name) !== undefined,
    write: (name, content) => {
      const path = pathOf(name);
      const draft = `${path}.${process.pid}.${randomUUID().slice(0, 8)}.part`;
      try {
        if (mkdirSync(state, { recursive: true, mode: 0o700 }) !== undefined) prune(folder);
        writeFileSync(draft, Buffer.concat([MAGIC, digestOf(name, content), content]), { mode: 0o600, flag: 'wx' });
        renameSync(draft, path);
        tell(`kept ${name} (${content.length} bytes)`);
      } catch (error) {
        try { rmSync(draft, { force: true }); } catch { /* Nothing was written, most likely. */ }
        tell(`not kept: ${name} (${(error as NodeJS.ErrnoException).code ?? String(error)})`);
      }
    },
  };
}
