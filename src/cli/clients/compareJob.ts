/** The work of one thread: it opens both editions and bills batches of customers at each. */
import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { compareBatch, type BatchResult, type Comparison } from '../../analysis/customers/compareCustomers.ts';
import type { Columns, Customer } from '../../analysis/customers/rows.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Lang } from '../../quantity/format.ts';
import { openEdition, type OpenedEdition } from '../editions.ts';
import { tableReader } from '../tables.ts';
import type { Answer } from './pool.ts';

/** What a thread must know; it crosses to it as a copy. */
export interface CompareJob {
  readonly before: string;
  readonly after: string;
  readonly tariffs: string | undefined;
  readonly lang: Lang;
  readonly clients: string;
  readonly columns: Columns;
  readonly renumbered: ReadonlyMap<string, string>;
}

/** Bills batches in this thread, with editions that are open. */
export function comparer(job: CompareJob, before: OpenedEdition, after: OpenedEdition): (customers: readonly Customer[]) => BatchResult | { readonly refused: readonly Diagnostic[] } {
  const readTable = tableReader(dirname(job.clients));
  const comparison: Comparison = { before: { ...before, readTable }, after: { ...after, readTable }, columns: job.columns, renumbered: job.renumbered, lang: job.lang };
  return (customers) => {
    const result = compareBatch(customers, comparison);
    // Articles are read when a bill needs them, and may then be found wrong.
    const refused = [...before.errors(), ...after.errors()];
    return refused.length > 0 ? { refused } : result;
  };
}

/** Serves batches that come to this thread, until it is ended. */
export function serveCompare(): void {
  const job = workerData as CompareJob;
  const options = job.tariffs === undefined ? {} : { tariffs: job.tariffs };
  const [before, after] = [openEdition(job.before, options), openEdition(job.after, options)];
  const work = 'diagnostics' in before || 'diagnostics' in after ? undefined : comparer(job, before, after);
  const wrong = [before, after].flatMap((each) => ('diagnostics' in each ? each.diagnostics : []));
  parentPort?.on('message', ({ id, batch }: { readonly id: number; readonly batch: readonly Customer[] }) => {
    const result = work ? work(batch) : { refused: wrong };
    const answer: Answer<BatchResult> = 'refused' in result ? { id, refused: result.refused } : { id, result };
    parentPort?.postMessage(answer);
  });
}
