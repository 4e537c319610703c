/**
 * More threads of this very command. Each runs the same command line; the action sees that it is not the main thread (`sharedWork`) and
 * takes units of work from the same counter, so that whoever is free takes the next one. What each unit gives does not depend on who did it.
 */
import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { invariant } from '../support/invariant.ts';

/** Where units of work are taken: each call gives the next number, whichever thread calls; `done` counts what is finished, for the progress. */
export interface Counter { readonly next: () => number; readonly done: (count: number) => void; readonly finished: () => number }

function counterOn(memory: SharedArrayBuffer): Counter {
  const cells = new Int32Array(memory);
  return { next: () => Atomics.add(cells, 0, 1), done: (count) => { Atomics.add(cells, 1, count); }, finished: () => Atomics.load(cells, 1) };
}

/** How many threads a command takes: as many as asked for, or as there are processors, four at most. Run from its sources, it has one: what reads TypeScript does not reach another. */
export const threadCount = (asked: string | undefined): number => (process.argv[1]?.endsWith('.ts') ? 1 : asked === undefined ? Math.min(4, availableParallelism()) : Number(asked));

export interface Crew<Result> {
  readonly counter: Counter;
  /** What the other threads made, once they have nothing left to take. */
  readonly results: () => Promise<Result[]>;
  readonly stop: () => Promise<void>;
}

/** Starts so many other threads with `data`; none when `count` is 0. */
export function startCrew<Result>(count: number, data: unknown): Crew<Result> {
  const memory = new SharedArrayBuffer(8);
  const path = process.argv[1];
  invariant(path !== undefined, 'a command has a file');
  const workers = Array.from({ length: count }, () => new Worker(path, { argv: process.argv.slice(2), workerData: { bareme: true, memory, data } }));
  const made = workers.map((worker) => new Promise<Result>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => { reject(new Error(`a thread ended with ${code}`)); });
  }));
  // Until someone waits for them, a failure is kept, not thrown.
  for (const each of made) each.catch(() => undefined);
  return {
    counter: counterOn(memory),
    results: () => Promise.all(made),
    stop: async () => { await Promise.all(workers.map((worker) => worker.terminate())); },
  };
}

/** In another thread of a command: what it was given, and where it hands over what it made. Undefined in the main thread. */
export function sharedWork<Data, Result>(): { readonly data: Data; readonly counter: Counter; readonly give: (result: Result) => void } | undefined {
  const given = workerData as { readonly bareme?: true; readonly memory: SharedArrayBuffer; readonly data: Data } | null;
  if (isMainThread || !given?.bareme) return undefined;
  return { data: given.data, counter: counterOn(given.memory), give: (result) => { parentPort?.postMessage(result); } };
}
