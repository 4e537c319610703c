/** The work of one thread: it opens both editions and bills batches of customers at each. */
import { dirname } from 'node:path';
import { compareBatch, type BatchResult, type Comparison } from '../../analysis/customers/compareCustomers.ts';
import type { Columns, Customer } from '../../analysis/customers/rows.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Lang } from '../../quantity/format.ts';
import { openEdition, type OpenedEdition } from '../editions.ts';
import { tableReader } from '../tables.ts';
import type { Shared } from '../threads.ts';
import { FileRefused } from './refused.ts';

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

/** Bills batches in this thread, with editions that are open. Throws `FileRefused` when an article that a bill needs is found wrong. */
export function comparer(job: CompareJob, before: OpenedEdition, after: OpenedEdition): (customers: readonly Customer[]) => BatchResult {
  const readTable = tableReader(dirname(job.clients));
  const comparison: Comparison = { before: { ...before, readTable }, after: { ...after, readTable }, columns: job.columns, renumbered: job.renumbered, lang: job.lang };
  return (customers) => {
    const result = compareBatch(customers, comparison);
    // Articles are read when a bill needs them, and may then be found wrong.
    const refused = [...before.errors(), ...after.errors()];
    if (refused.length > 0) throw new FileRefused(refused);
    return result;
  };
}

/** Serves batches that come to this thread, until it is ended. */
export async function serveCompare(work: Shared): Promise<void> {
  const job = await work.receive<CompareJob>();
  const options = job.tariffs === undefined ? {} : { tariffs: job.tariffs };
  const [before, after] = [openEdition(job.before, options), openEdition(job.after, options)];
  const wrong: Diagnostic[] = [before, after].flatMap((each) => ('diagnostics' in each ? each.diagnostics : []));
  const compare = 'diagnostics' in before || 'diagnostics' in after ? undefined : comparer(job, before, after);
  work.serve((batch: readonly Customer[]) => {
    if (!compare) throw new FileRefused(wrong);
    return { answer: compare(batch), moved: [] };
  });
}
