/** The commands, in the order of the help. Each is read only when it is needed: the start of one does not pay for the others. */
import type { Command } from 'commander';

type Add = (program: Command) => void;

const COMMANDS: Readonly<Record<string, () => Promise<Add>>> = {
  bill: async () => (await import('./commands/bill.ts')).addBill,
  batch: async () => (await import('./commands/batch.ts')).addBatch,
  compile: async () => (await import('./commands/compile.ts')).addCompile,
  choose: async () => (await import('./commands/choose.ts')).addChoose,
  compare: async () => (await import('./commands/compare.ts')).addCompare,
  check: async () => (await import('./commands/check.ts')).addCheck,
  format: async () => (await import('./commands/format.ts')).addFormat,
  test: async () => (await import('./commands/test.ts')).addTest,
  schema: async () => (await import('./commands/schema.ts')).addSchema,
  shape: async () => (await import('./commands/shape.ts')).addShape,
  sql: async () => (await import('./commands/sql.ts')).addSql,
  coverage: async () => (await import('./commands/coverage.ts')).addCoverage,
  docs: async () => (await import('./commands/docs.ts')).addDocs,
  explain: async () => (await import('./commands/explain.ts')).addExplain,
  reconcile: async () => (await import('./commands/reconcile.ts')).addReconcile,
  cache: async () => (await import('./commands/cache.ts')).addCache,
  completion: async () => (await import('./commands/completion.ts')).addCompletion,
  lsp: async () => (await import('./commands/lsp.ts')).addLsp,
};

/** What adds the commands that a command line may be about: the one that it begins with, or all of them (help, a mistake, `--lang` first). */
export function commandsFor(args: readonly string[]): Promise<Add[]> {
  const [first = ''] = args;
  const named = Object.hasOwn(COMMANDS, first) ? COMMANDS[first] : undefined;
  return Promise.all((named ? [named] : Object.values(COMMANDS)).map((load) => load()));
}
