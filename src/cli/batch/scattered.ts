/**
 * Whether a customer comes back after others. A file that is in the order of its names is told at a glance; of any other, a hash of each
 * name is kept in a file beside the output, eight bytes a customer, so that memory does not grow with their number.
 */
import { closeSync, mkdirSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { NotWritten } from '../output.ts';

/** A name, as it stands in some bytes. */
export interface Name { readonly bytes: Uint8Array; readonly start: number; readonly end: number }

export interface ScatterWatch {
  /** The next customer; false when its name does not come after the one before, until names are remembered. */
  readonly next: (name: Name, before: Name) => boolean;
  /** From now on, and from the beginning, names are remembered. */
  readonly remember: () => void;
  /** The hashes that came more than once: of names that came back, or that by chance are alike. */
  readonly repeated: () => ReadonlySet<number>;
  readonly close: () => void;
}

/** How many hashes are sorted at once. */
const MOST = 1 << 22;
/** Those that are told: one name that comes back is enough to refuse a file. */
const ENOUGH = 1000;

/** `path`: a file that may be written, and is removed. */
export function scatterWatch(path: string): ScatterWatch {
  let file: number | undefined;
  let count = 0;
  const held = new Float64Array(1 << 13);
  let kept = 0;
  const attempt = <T>(act: () => T): T => { try { return act(); } catch (error) { throw new NotWritten(path, error); } };
  const flush = (): void => { if (file !== undefined && kept > 0) { const to = file; attempt(() => writeSync(to, held, 0, kept * 8)); } count += kept; kept = 0; };
  return {
    next: (name, before) => {
      if (file === undefined) return order(before, name) < 0;
      held[kept++] = hashOf(name);
      if (kept === held.length) flush();
      return true;
    },
    remember: () => { file = attempt(() => { mkdirSync(dirname(path), { recursive: true }); return openSync(path, 'w+'); }); },
    repeated: () => {
      if (file === undefined) return new Set();
      flush();
      return repeatedIn(file, count);
    },
    close: () => { if (file !== undefined) { closeSync(file); rmSync(path, { force: true }); file = undefined; } },
  };
}

/** Reads the hashes as often as it takes to sort a share of them each time. */
function repeatedIn(file: number, count: number): Set<number> {
  const found = new Set<number>();
  const passes = Math.ceil(count / MOST);
  const block = new Float64Array(1 << 16);
  for (let pass = 0; pass < passes && found.size < ENOUGH; pass++) {
    // Hashes are even: a share is seldom much more than its part.
    let share = new Float64Array(Math.min(count, MOST * 2));
    let size = 0;
    for (let at = 0; at < count; at += block.length) {
      const read = readSync(file, block, 0, Math.min(block.length, count - at) * 8, at * 8) / 8;
      for (let i = 0; i < read; i++) {
        const hash = block[i] ?? 0;
        if (Math.floor((hash / HASHES) * passes) !== pass) continue;
        if (size === share.length) { const more = new Float64Array(share.length * 2); more.set(share); share = more; }
        share[size++] = hash;
      }
    }
    const sorted = share.subarray(0, size).sort();
    for (let i = 1; i < size && found.size < ENOUGH; i++) if (sorted[i] === sorted[i - 1]) found.add(sorted[i] ?? 0);
  }
  return found;
}

const HASHES = 2 ** 53;
/** 53 bits of a name: two hashes of 32 bits, mixed apart. */
export function hashOf({ bytes, start, end }: Name): number {
  let [a, b] = [0x811c9dc5, 0x9747b28c];
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b ^ byte, 0x5bd1e995);
    b ^= b >>> 15;
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b);
  a ^= a >>> 13;
  b = Math.imul(b ^ (b >>> 16), 0xc2b2ae35);
  b ^= b >>> 16;
  return (a >>> 0) * 2097152 + (b >>> 11);
}

/** Negative, zero or positive, by bytes. */
export function order(a: Name, b: Name): number {
  const length = Math.min(a.end - a.start, b.end - b.start);
  for (let i = 0; i < length; i++) {
    const difference = (a.bytes[a.start + i] ?? 0) - (b.bytes[b.start + i] ?? 0);
    if (difference !== 0) return difference;
  }
  return (a.end - a.start) - (b.end - b.start);
}
