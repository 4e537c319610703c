#!/usr/bin/env node
/** Where the bundled command begins: the file that starts quickly when it may suffice, or else the whole command. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { isMainThread } from 'node:worker_threads';

const here = dirname(fileURLToPath(import.meta.url));

/**
 * The functions of `quick.cjs`, with those that V8 had already compiled when the command was built. Its code is believed only if it is of
 * this very text (`quick.code` begins with a digest of both), and V8 refuses what another version of itself wrote.
 */
function quick(): { readonly runQuick: () => Promise<boolean> } | undefined {
  const path = join(here, 'quick.cjs');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${text}\n})`, { filename: path, ...codeOf(text) });
  const module = { exports: {} as { readonly runQuick: () => Promise<boolean> } };
  (script.runInThisContext() as (...given: unknown[]) => void)(module.exports, createRequire(path), module, path, here);
  const written = process.env['BAREME_WRITE_CODE'];
  // Only the build asks for it.
  if (written !== undefined) process.once('exit', () => { const code = script.createCachedData(); writeFileSync(written, Buffer.concat([digestOf(text, code), code])); });
  return module.exports;
}
const digestOf = (text: string, code: Uint8Array): Buffer => createHash('sha256').update(text).update(code).digest();
function codeOf(text: string): { readonly cachedData?: Buffer } {
  try {
    const bytes = readFileSync(join(here, 'quick.code'));
    const code = bytes.subarray(32);
    return bytes.subarray(0, 32).equals(digestOf(text, code)) ? { cachedData: code } : {};
  } catch {
    return {};
  }
}

// Without a cache there is nothing to start from.
const begins = isMainThread && process.env['BAREME_CACHE'] !== 'off' && ['bill', 'check'].includes(process.argv[2] ?? '');
if (!begins || !(await (quick()?.runQuick() ?? Promise.resolve(false)))) await import('./main.ts');
