/** What bills are made with: editions kept from an earlier run when they are all there, or else read from their files. */
import type { Catalogue } from '../contract/readCase.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Editions } from '../evaluate/bill.ts';
import { readTariffFiles, type TariffFiles } from './cache/files.ts';
import { keptEditions } from './cache/keptEditions.ts';
import { openStore, type Store } from './cache/store.ts';
import { defaultTariffs, type Common } from './common.ts';

export interface Billing {
  readonly editions: Editions;
  readonly catalogue: Catalogue;
  /** What is wrong with the files; it may grow while articles are read. */
  readonly errors: () => readonly Diagnostic[];
  /** Whether something was asked for that was not kept: what was worked out since is void. */
  readonly missed: () => boolean;
  /** Keeps what was asked for, for the next run. To be called last. */
  readonly keep: () => Promise<void>;
}

/** Where what is worked out from some files is kept. */
export interface Kept { readonly files: TariffFiles; readonly store: Store }

/** What is kept of the tariffs of a command; undefined when nothing can be. */
export function keptFor(root: string, paths?: readonly string[]): Kept | undefined {
  const files = readTariffFiles(root, paths);
  const store = files && openStore(files.key);
  return store && { files, store };
}

/**
 * Makes something of each item, with what is kept as long as it suffices, and with the files from the first one for which it does not.
 * Gives what is wrong with the files instead, when something is.
 */
export async function withEditions<Item, Result>(options: Common, items: readonly Item[], make: (item: Item, billing: Billing) => Result): Promise<{ readonly results: readonly Result[]; readonly keep: Billing['keep'] } | { readonly errors: readonly Diagnostic[] }> {
  const kept = keptFor(options.tariffs ?? defaultTariffs());
  let billing = (kept && billingKept(kept)) ?? await billingFromFiles(options, kept);
  const results: Result[] = [];
  if (billing.errors().length > 0) return { errors: billing.errors() };
  for (const item of items) {
    let result = attempt(() => make(item, billing), billing.missed);
    if (!result) {
      billing = await billingFromFiles(options, kept);
      if (billing.errors().length > 0) return { errors: billing.errors() };
      result = { made: make(item, billing) };
    }
    results.push(result.made);
  }
  return billing.errors().length > 0 ? { errors: billing.errors() } : { results, keep: billing.keep };
}

/** What was made, unless something was missed on the way. */
function attempt<T>(make: () => T, missed: () => boolean): { readonly made: T } | undefined {
  try {
    const made = make();
    return missed() ? undefined : { made };
  } catch (error) {
    if (missed()) return undefined;
    throw error;
  }
}

function billingKept({ files, store }: Kept): Billing | undefined {
  const found = keptEditions(files, store);
  return found && { ...found, errors: () => [], keep: () => Promise.resolve() };
}

/** Reading files takes the parser and the checker, that a run which finds all that it needs does without. */
async function billingFromFiles(options: Common, kept: Kept | undefined): Promise<Billing> {
  const { readEditions } = await import('./billingFromFiles.ts');
  return readEditions(options, kept);
}
