/**
 * What `bareme bill` and `bareme check` need when all that they ask for was kept: in one file of its own, without the parser and the
 * checker, that starts several times sooner. When something is missing, nothing has been said yet and the whole command starts over.
 */
import type { Command } from 'commander';
import { addBill } from './commands/bill.ts';
import { addCheck } from './commands/check.ts';
import { Elsewhere } from './elsewhere.ts';
import { run } from './run.ts';

const QUICK: Readonly<Record<string, (program: Command) => void>> = { bill: addBill, check: addCheck };

/** Whether the command line was carried out; else the whole command has to. */
export async function runQuick(): Promise<boolean> {
  const add = QUICK[process.argv[2] ?? ''];
  if (!add) return false;
  try {
    await run(() => Promise.resolve([add]));
    return true;
  } catch (error) {
    if (error instanceof Elsewhere) return false;
    throw error;
  }
}
