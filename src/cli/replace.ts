/** A file of the user's that is written again: whole, or left as it was. */
import { chmodSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';

/** Replaces the text of a file that exists, its rights kept, through a link if it is one. Gives what is wrong when it cannot. */
export function replaceFile(path: string, text: string): Diagnostic | undefined {
  let draft: string | undefined;
  try {
    const target = realpathSync(path);
    // Beside its place, for a file moves at once only within its disk; not a `.tarif`, so that nobody reads it meanwhile.
    draft = join(dirname(target), `.${basename(target)}.${process.pid}.part`);
    writeFileSync(draft, text, { flag: 'wx' });
    chmodSync(draft, statSync(target).mode);
    renameSync(draft, target);
    return undefined;
  } catch (error) {
    if (draft !== undefined && (error as NodeJS.ErrnoException).code !== 'EEXIST') rmSync(draft, { force: true });
    return diagnostic('texte/non-ecrit', { path, detail: (error as NodeJS.ErrnoException).code ?? String(error) });
  }
}
