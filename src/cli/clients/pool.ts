/** Threads that share a work cut in batches: each runs this same command, which sees that it is a thread (`main.ts`) and serves. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { FileRefused } from './refused.ts';

/** What a thread answers a batch with. */
export type Answer<R> = { readonly id: number; readonly result: R } | { readonly id: number; readonly refused: readonly Diagnostic[] };
export interface Pool<B, R> {
  readonly run: (batch: B) => Promise<R>;
  readonly close: () => Promise<void>;
}

/** Whether this process can open threads: not when it runs from its sources, for the loader of TypeScript does not reach them. */
export const canShare = (): boolean => !(process.argv[1] ?? '').endsWith('.ts');

/** Threads unless said: one a core, up to eight. */
export const defaultThreads = (): number => Math.min(8, availableParallelism());

/** Opens threads on a job; `data` tells them which. */
export function openPool<B, R>(threads: number, data: object): Pool<B, R> {
  const [entry] = process.argv.slice(1);
  const waiting = new Map<number, { readonly resolve: (result: R) => void; readonly reject: (error: Error) => void }>();
  const load: number[] = [];
  const workers = Array.from({ length: threads }, (_, index) => {
    const worker = new Worker(entry ?? '', { workerData: data, argv: process.argv.slice(2) });
    load.push(0);
    worker.on('message', (answer: Answer<R>) => {
      const asked = waiting.get(answer.id);
      waiting.delete(answer.id);
      load[index] = (load[index] ?? 1) - 1;
      if ('refused' in answer) asked?.reject(new FileRefused(answer.refused));
      else asked?.resolve(answer.result);
    });
    worker.on('error', (error) => { for (const { reject } of waiting.values()) reject(error instanceof Error ? error : new Error(String(error))); waiting.clear(); });
    return worker;
  });
  let next = 0;
  return {
    run: (batch) => new Promise((resolve, reject) => {
      const id = next++;
      const idle = load.indexOf(Math.min(...load));
      load[idle] = (load[idle] ?? 0) + 1;
      waiting.set(id, { resolve, reject });
      workers[idle]?.postMessage({ id, batch });
    }),
    close: async () => { await Promise.all(workers.map((worker) => worker.terminate())); },
  };
}

/** Runs batches in their order, as many ahead as the threads can take, and hands each result on in the same order. */
export async function runInOrder<B, R>(batches: AsyncIterable<B>, run: (batch: B) => Promise<R>, ahead: number, each: (result: R) => void): Promise<void> {
  const running: Promise<R>[] = [];
  const first = async (): Promise<void> => { const result = running.shift(); if (result) each(await result); };
  try {
    for await (const batch of batches) {
      const result = run(batch);
      // One that fails is heard when its turn comes; until then it is not a fault that nobody caught.
      result.catch(() => undefined);
      running.push(result);
      if (running.length >= ahead) await first();
    }
    while (running.length > 0) await first();
  } finally {
    await Promise.allSettled(running);
  }
}
