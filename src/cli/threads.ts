/**
 * More threads of this very command. Each runs the same command line; the action sees that it is not the main thread (`sharedWork`) and
 * either takes units of work from the counter that all share, so that whoever is free takes the next one, or serves the questions that
 * the main thread asks. What each unit or question gives does not depend on who did it.
 */
import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker, workerData, type MessagePort, type Transferable } from 'node:worker_threads';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { invariant } from '../support/invariant.ts';
import { FileRefused } from './clients/refused.ts';

/** Where units of work are taken: each call gives the next number, whichever thread calls; `done` counts what is finished, for the progress. */
export interface Counter { readonly next: () => number; readonly done: (count: number) => void; readonly finished: () => number }

/** How many threads a command takes: as many as asked for, or as there are processors, eight at most. Run from its sources, it has one: what reads TypeScript does not reach another. */
export const threadCount = (asked?: string | number): number => (process.argv[1]?.endsWith('.ts') ? 1 : asked === undefined ? Math.min(8, availableParallelism()) : Number(asked));

/** The other threads of a command, seen from the main one. */
export interface Crew<Message> {
  readonly count: number;
  /** A counter for each stage of the work. */
  readonly counter: (stage?: number) => Counter;
  /** The next message of each other thread. */
  readonly gather: () => Promise<Message[]>;
  readonly tell: (message: unknown) => void;
  /** Asks the thread that has least to do. What is `moved` goes to it without a copy, and is no longer here. Fails with `FileRefused` when the thread finds the file or the tariffs wrong. */
  readonly ask: <Question, Answer>(question: Question, moved?: readonly Transferable[]) => Promise<Answer>;
  readonly stop: () => Promise<void>;
}

/** An answer whose buffers go to whoever asked without a copy. */
export interface Moved<Answer> { readonly answer: Answer; readonly moved: readonly Transferable[] }

/** What crosses between threads. */
type Mail = { readonly say: unknown } | { readonly ask: unknown; readonly id: number } | { readonly answer: unknown; readonly id: number } | { readonly refused: readonly Diagnostic[]; readonly id: number };

/** Stages that a work may have. */
const STAGES = 2;
const counterAt = (memory: SharedArrayBuffer, stage: number): Counter => {
  const cells = new Int32Array(memory);
  return { next: () => Atomics.add(cells, 2 * stage, 1), done: (count) => { Atomics.add(cells, 2 * stage + 1, count); }, finished: () => Atomics.load(cells, 2 * stage + 1) };
};

/** Starts so many other threads; none when `count` is 0. */
export function startCrew<Message>(count: number): Crew<Message> {
  const memory = new SharedArrayBuffer(8 * STAGES);
  const path = process.argv[1];
  invariant(path !== undefined, 'a command has a file');
  const members = Array.from({ length: count }, () => memberOf(new Worker(path, { argv: process.argv.slice(2), workerData: { memory } })));
  let next = 0;
  return {
    count, counter: (stage = 0) => counterAt(memory, stage),
    gather: () => Promise.all(members.map(({ box }) => box.next() as Promise<Message>)),
    tell: (message) => { for (const { worker } of members) worker.postMessage({ say: message } satisfies Mail); },
    ask: <Question, Answer>(question: Question, moved: readonly Transferable[] = []) => new Promise<Answer>((resolve, reject) => {
      const idle = members.reduce((least, each) => (each.asked.size < least.asked.size ? each : least));
      const id = next++;
      idle.asked.set(id, { resolve: resolve as (answer: unknown) => void, reject });
      if (idle.failure()) reject(idle.failure() as Error);
      else idle.worker.postMessage({ ask: question, id } satisfies Mail, moved);
    }),
    stop: async () => { await Promise.all(members.map(({ worker }) => worker.terminate())); },
  };
}

interface Waiting<T> { readonly resolve: (value: T) => void; readonly reject: (error: Error) => void }

/** One other thread: what it says is kept until it is gathered, what it answers goes to whoever asked. A thread that ends early fails whoever waits for it. */
function memberOf(worker: Worker): { readonly worker: Worker; readonly box: Box; readonly asked: Map<number, Waiting<unknown>>; readonly failure: () => Error | undefined } {
  const box = newBox();
  const asked = new Map<number, Waiting<unknown>>();
  let failure: Error | undefined;
  const fail = (error: Error): void => { failure ??= error; box.fail(failure); for (const { reject } of asked.values()) reject(failure); asked.clear(); };
  worker.on('message', (mail: Mail) => {
    if ('say' in mail) { box.put(mail.say); return; }
    const waiting = asked.get(mail.id);
    asked.delete(mail.id);
    if ('refused' in mail) waiting?.reject(new FileRefused(mail.refused));
    else if ('answer' in mail) waiting?.resolve(mail.answer);
  });
  worker.on('error', (error) => { fail(error instanceof Error ? error : new Error(String(error))); });
  worker.on('exit', (code) => { fail(new Error(`a thread ended with ${code}`)); });
  return { worker, box, asked, failure: () => failure };
}

interface Box { readonly put: (message: unknown) => void; readonly next: () => Promise<unknown>; readonly fail: (error: Error) => void }
/** Messages, kept until they are asked for. */
function newBox(): Box {
  const kept: unknown[] = [];
  const waiting: Waiting<unknown>[] = [];
  let failure: Error | undefined;
  return {
    put: (message) => { const first = waiting.shift(); if (first) first.resolve(message); else kept.push(message); },
    next: () => new Promise((resolve, reject) => { if (kept.length > 0) resolve(kept.shift()); else if (failure) reject(failure); else waiting.push({ resolve, reject }); }),
    fail: (error) => { failure ??= error; for (const each of waiting.splice(0)) each.reject(failure); },
  };
}

/** A command in one of its other threads. */
export interface Shared {
  readonly counter: (stage?: number) => Counter;
  readonly give: (message: unknown) => void;
  readonly receive: <Message>() => Promise<Message>;
  /** Answers questions, one after the other, until the thread is ended. A `FileRefused` that is thrown goes to whoever asked. */
  readonly serve: <Question, Answer>(answer: (question: Question) => Moved<Answer> | Promise<Moved<Answer>>) => void;
  readonly end: () => void;
}

/** In another thread of a command: its counters, and the way to the main thread. Undefined in the main thread. */
export function sharedWork(): Shared | undefined {
  const port = parentPort;
  if (isMainThread || !port) return undefined;
  const { memory } = workerData as { readonly memory: SharedArrayBuffer };
  let desk: ReturnType<typeof deskOf> | undefined;
  // To listen keeps a thread alive: only one that waits for something does.
  const listening = (): ReturnType<typeof deskOf> => (desk ??= deskOf(port));
  return {
    counter: (stage = 0) => counterAt(memory, stage), give: (message) => { port.postMessage({ say: message } satisfies Mail); }, receive: <Message>() => listening().box.next() as Promise<Message>,
    serve: (answer) => { listening().serve(answer as (question: unknown) => Moved<unknown> | Promise<Moved<unknown>>); }, end: () => { port.close(); },
  };
}

/** What comes from the main thread: its messages, and its questions, which wait until somebody serves them. */
function deskOf(port: MessagePort): { readonly box: Box; readonly serve: (answer: (question: unknown) => Moved<unknown> | Promise<Moved<unknown>>) => void } {
  const box = newBox();
  const early: { readonly ask: unknown; readonly id: number }[] = [];
  let take: ((mail: { readonly ask: unknown; readonly id: number }) => void) | undefined;
  port.on('message', (mail: Mail) => {
    if ('say' in mail) box.put(mail.say);
    else if ('ask' in mail) { if (take) take(mail); else early.push(mail); }
  });
  return {
    box,
    serve: (answer) => {
      let last = Promise.resolve();
      take = ({ ask, id }) => {
        last = last.then(async () => {
          try {
            const made = await answer(ask);
            port.postMessage({ answer: made.answer, id } satisfies Mail, made.moved);
          } catch (error) {
            if (!(error instanceof FileRefused)) throw error;
            port.postMessage({ refused: error.diagnostics, id } satisfies Mail);
          }
        });
      };
      for (const mail of early.splice(0)) take(mail);
    },
  };
}

/** Runs batches in their order, as many ahead as the threads can take, and hands each result on in the same order: neither the reading nor the writing gets far from the other. */
export async function runInOrder<B, R>(batches: AsyncIterable<B>, run: (batch: B) => Promise<R>, ahead: number | (() => number), each: (result: R, batch: B) => void | Promise<void>): Promise<void> {
  const running: { readonly result: Promise<R>; readonly batch: B }[] = [];
  const first = async (): Promise<void> => { const next = running.shift(); if (next) await each(await next.result, next.batch); };
  try {
    for await (const batch of batches) {
      const result = run(batch);
      // One that fails is heard when its turn comes; until then it is not a fault that nobody caught.
      result.catch(() => undefined);
      running.push({ result, batch });
      while (running.length >= (typeof ahead === 'number' ? ahead : ahead())) await first();
    }
    while (running.length > 0) await first();
  } finally {
    await Promise.allSettled(running.map(({ result }) => result));
  }
}
