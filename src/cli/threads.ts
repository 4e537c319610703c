/**
 * More threads of this very command. Each runs the same command line; the action sees that it is not the main thread (`sharedWork`) and
 * takes units of work from the same counter, so that whoever is free takes the next one. What each unit gives does not depend on who did it.
 */
import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker, workerData, type MessagePort } from 'node:worker_threads';
import { invariant } from '../support/invariant.ts';

/** Where units of work are taken: each call gives the next number, whichever thread calls; `done` counts what is finished, for the progress. */
export interface Counter { readonly next: () => number; readonly done: (count: number) => void; readonly finished: () => number }

/** How many threads a command takes: as many as asked for, or as there are processors, four at most. Run from its sources, it has one: what reads TypeScript does not reach another. */
export const threadCount = (asked: string | undefined): number => (process.argv[1]?.endsWith('.ts') ? 1 : asked === undefined ? Math.min(4, availableParallelism()) : Number(asked));

/** The other threads of a command, seen from the main one. */
export interface Crew<Message> {
  readonly count: number;
  /** A counter for each stage of the work. */
  readonly counter: (stage?: number) => Counter;
  /** The next message of each other thread. */
  readonly gather: () => Promise<Message[]>;
  readonly tell: (message: unknown) => void;
  readonly stop: () => Promise<void>;
}

/** Stages that a work may have. */
const STAGES = 2;
const counterAt = (memory: SharedArrayBuffer, stage: number): Counter => {
  const cells = new Int32Array(memory);
  return { next: () => Atomics.add(cells, 2 * stage, 1), done: (count) => { Atomics.add(cells, 2 * stage + 1, count); }, finished: () => Atomics.load(cells, 2 * stage + 1) };
};

/** Whether this runs the command line: the main thread, and the other threads of a command that shares its work. */
export const runsCommand = (): boolean => isMainThread || (workerData as { readonly bareme?: true } | null)?.bareme === true;

/** Starts so many other threads; none when `count` is 0. */
export function startCrew<Message>(count: number): Crew<Message> {
  const memory = new SharedArrayBuffer(8 * STAGES);
  const path = process.argv[1];
  invariant(path !== undefined, 'a command has a file');
  const workers = Array.from({ length: count }, () => new Worker(path, { argv: process.argv.slice(2), workerData: { bareme: true, memory } }));
  const boxes = workers.map((worker) => boxOf<Message>(worker, worker));
  return {
    count, counter: (stage = 0) => counterAt(memory, stage), gather: () => Promise.all(boxes.map((box) => box.next())), tell: (message) => { for (const worker of workers) worker.postMessage(message); },
    stop: async () => { await Promise.all(workers.map((worker) => worker.terminate())); },
  };
}

/** Messages, kept until they are asked for; a thread that ends early fails whoever waits for it. */
function boxOf<Message>(port: Pick<Worker, 'on'> | MessagePort, worker?: Worker): { readonly next: () => Promise<Message> } {
  const kept: Message[] = [];
  const waiting: { resolve: (message: Message) => void; reject: (error: Error) => void }[] = [];
  let failure: Error | undefined;
  const fail = (error: Error): void => { failure ??= error; for (const each of waiting.splice(0)) each.reject(failure); };
  port.on('message', (message: Message) => { const first = waiting.shift(); if (first) first.resolve(message); else kept.push(message); });
  worker?.on('error', fail);
  worker?.on('exit', (code) => { fail(new Error(`a thread ended with ${code}`)); });
  return { next: () => new Promise((resolve, reject) => { const first = kept.shift(); if (first !== undefined) resolve(first); else if (failure) reject(failure); else waiting.push({ resolve, reject }); }) };
}

/** A command in one of its other threads. */
export interface Shared { readonly counter: (stage?: number) => Counter; readonly give: (message: unknown) => void; readonly receive: <Message>() => Promise<Message>; readonly end: () => void }

/** In another thread of a command: its counters, and the way to the main thread. Undefined in the main thread. */
export function sharedWork(): Shared | undefined {
  const given = workerData as { readonly bareme?: true; readonly memory: SharedArrayBuffer } | null;
  const port = parentPort;
  if (isMainThread || !given?.bareme || !port) return undefined;
  let box: { readonly next: () => Promise<unknown> } | undefined;
  // To listen keeps a thread alive: only one that waits for something does.
  return { counter: (stage = 0) => counterAt(given.memory, stage), give: (message) => { port.postMessage(message); }, receive: <Message>() => (box ??= boxOf(port)).next() as Promise<Message>, end: () => { port.close(); } };
}
