/** A file of customers, billed at two editions: in this thread when it is short, shared among threads when it is not. */
import { basename } from 'node:path';
import { EMPTY, Extremes, isBilled, joinTallies, type Outcome, type Tally } from '../../analysis/customers/tally.ts';
import type { BatchResult } from '../../analysis/customers/compareCustomers.ts';
import type { Customer } from '../../analysis/customers/rows.ts';
import type { CustomerReport } from '../../analysis/report/report.ts';
import { comparer, type CompareJob } from '../clients/compareJob.ts';
import { inBatches, openClients } from '../clients/read.ts';
import type { OpenedEdition } from '../editions.ts';
import { say } from '../language.ts';
import { startProgress } from '../progress.ts';
import { runInOrder, startCrew, type Crew } from '../threads.ts';

/** Rows of a batch: enough that handing it over costs little, few enough that its threads end together. */
const ROWS = 1500;
/** Batches that are billed in this thread before others are worth opening: they must read both editions first. */
const PATIENCE = 2;
const MOST = 10;

/** What to do with the file. `each` is called for each customer, in the order of the file. */
export interface Handling { readonly ignored: readonly string[]; readonly threads: number; readonly each: (outcome: Outcome) => void }

/** Throws `FileRefused` when the file as a whole is not one of customers. */
export async function compareClients(asked: Omit<CompareJob, 'columns'>, editions: { readonly before: OpenedEdition; readonly after: OpenedEdition }, { ignored, threads, each }: Handling): Promise<CustomerReport> {
  const file = await openClients(asked.clients, ignored);
  const job: CompareJob = { ...asked, columns: file.columns };
  const progress = startProgress(say('Clients', 'Customers'));
  const here = comparer(job, editions.before, editions.after);
  let crew: Crew<never> | undefined;
  let batches = 0;
  let tally: Tally = EMPTY;
  const extremes = new Extremes(MOST);
  const out: Outcome[] = [];
  const run = async (batch: readonly Customer[]): Promise<BatchResult> => {
    if (threads === 1 || batches++ < PATIENCE) return here(batch);
    if (!crew) { crew = startCrew(threads); crew.tell(job); }
    return crew.ask<readonly Customer[], BatchResult>(batch);
  };
  try {
    await runInOrder(inBatches(file.customers, ROWS), run, threads > 1 ? threads * 3 : 1, (result) => {
      tally = joinTallies(tally, result.tally);
      for (const outcome of result.outcomes) {
        extremes.add(outcome);
        if (!isBilled(outcome)) out.push(outcome);
        each(outcome);
      }
      progress.tick(result.outcomes.length);
    });
  } finally {
    progress.stop();
    await crew?.stop();
  }
  return { file: basename(asked.clients), tally, winners: extremes.winners, losers: extremes.losers, out };
}
