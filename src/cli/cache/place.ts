/** Where what is worked out from tariff files is kept between two runs, and for how long. */
import { readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The folder of the cache: `BAREME_CACHE` if it names one, else that of the system for its user; undefined when `BAREME_CACHE=off`, or
 * when the user has no home.
 */
export function cacheFolder(env: Env = process.env, platform: NodeJS.Platform = process.platform, home: string = homeOf()): string | undefined {
  const asked = env['BAREME_CACHE'] ?? '';
  if (asked === 'off') return undefined;
  if (asked !== '') return resolve(asked);
  // The specification says that a path that is not absolute is to be ignored.
  const given = env['XDG_CACHE_HOME'] ?? '';
  if (isAbsolute(given)) return join(given, 'bareme');
  if (platform === 'win32' && (env['LOCALAPPDATA'] ?? '') !== '') return join(env['LOCALAPPDATA'] ?? '', 'bareme', 'Cache');
  if (!isAbsolute(home)) return undefined;
  return platform === 'darwin' ? join(home, 'Library', 'Caches', 'bareme') : join(home, '.cache', 'bareme');
}
function homeOf(): string {
  try {
    return homedir();
  } catch {
    return '';
  }
}

/** A state of some tariff files has a folder of its own, so named: nothing else in the cache's folder is ours. */
const STATE = /^v1-[0-9a-f]{32}$/;
export const stateFolder = (folder: string, key: string): string => join(folder, `v1-${key}`);

/** How many states are kept: those of a few editions, of a working copy while it is edited. One with every program is some 20 MB. */
const MOST = 8;
const DAY = 86_400_000;

interface State { readonly path: string; readonly used: number }
function statesIn(folder: string): State[] {
  try {
    return readdirSync(folder).filter((name) => STATE.test(name)).flatMap((name) => {
      const path = join(folder, name);
      const found = statSync(path, { throwIfNoEntry: false });
      return found ? [{ path, used: found.mtimeMs }] : [];
    });
  } catch {
    return [];
  }
}

/** Removes the states that were used the longest ago, past the number that is kept. */
export function prune(folder: string): void {
  for (const { path } of statesIn(folder).sort((a, b) => b.used - a.used).slice(MOST)) remove(path);
}
/** Removes every state; gives how many there were. */
export function clear(folder: string): number {
  return statesIn(folder).filter(({ path }) => remove(path)).length;
}
const remove = (path: string): boolean => {
  try {
    rmSync(path, { recursive: true, force: true });
    return true;
  } catch {
    return false;
  }
};

/** What the cache holds: states, and bytes. */
export function contents(folder: string): { readonly states: number; readonly bytes: number } {
  const states = statesIn(folder);
  const sizes = states.flatMap(({ path }) => readdirSync(path).map((name) => statSync(join(path, name), { throwIfNoEntry: false })?.size ?? 0));
  return { states: states.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

/** Tells that a state serves still; once a day is enough. */
export function touch(state: string): void {
  try {
    const now = Date.now();
    if (now - statSync(state).mtimeMs > DAY) utimesSync(state, now / 1000, now / 1000);
  } catch {
    // It may not be ours to write: it serves all the same.
  }
}
