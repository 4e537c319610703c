/** The outcome of `bareme check`, kept for files that have not changed since. */
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { SourceFile } from '../../source/file.ts';
import { invariant } from '../../support/invariant.ts';
import { filesOf } from '../paths.ts';
import { spokenLang } from '../language.ts';
import { readTariffFiles, type TariffFiles } from './files.ts';
import { pack, unpack } from './pack.ts';
import { openStore, tell } from './store.ts';

/** What is wrong with some files, and what stands in them. */
export interface CheckOutcome {
  readonly diagnostics: readonly Diagnostic[];
  /** The articles of each edition; `own` when the edition writes it itself. */
  readonly editions: readonly (readonly { readonly file: SourceFile; readonly own: boolean }[])[];
}

/** What a check found, and the files that it read, as they were read. */
export interface FreshCheck { readonly outcome: CheckOutcome; readonly read: readonly SourceFile[] }

/** The outcome that was kept for what a path names, or a fresh one, then kept. */
export async function checkOnce(path: string, fresh: () => Promise<FreshCheck>): Promise<CheckOutcome> {
  const { root, files: paths } = filesOf(path);
  const files = readTariffFiles(root, paths);
  const store = files && openStore(files.key);
  if (!store) return (await fresh()).outcome;
  // Diagnostics name files as they are seen from here.
  const name = JSON.stringify(['check', process.cwd(), path, spokenLang()]);
  const kept = store.read(name);
  if (kept) return unpack(kept, files, () => invariant(false, 'an outcome names no program') as never) as CheckOutcome;
  const { outcome, read } = await fresh();
  if (!read.every((file) => files.indexOf(file) !== undefined) || !isSame(files, readTariffFiles(root, paths))) { tell('not kept: the files changed meanwhile'); return outcome; }
  const packed = pack(outcome, files, () => undefined);
  if ('bytes' in packed) store.write(name, packed.bytes);
  else tell(`not kept: ${name} (${packed.why})`);
  return outcome;
}
const isSame = (before: TariffFiles, after: TariffFiles | undefined): boolean => before.key === after?.key;
