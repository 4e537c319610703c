/** Checking in the gaps: small steps between the editor's messages, begun again at each edit, and what they find shown when it changes. */
import type { Connection } from 'vscode-languageserver';
import type { Lang } from '../quantity/format.ts';
import { placeDiagnostics } from './diagnostics.ts';
import type { Document } from './document.ts';
import type { Disk, Library, Work, Workspace } from './workspace.ts';

/** How long checking may run before the editor is listened to again, in milliseconds. */
const SLICE = 10;

export class Checking {
  private running: Generator<Work, void, undefined> | undefined;
  private planned = false;
  private waiting: (() => void)[] = [];
  /** What was sent last for each file that has something. */
  private readonly shown = new Map<string, string>();

  constructor(private readonly connection: Connection, private readonly workspace: Workspace, private readonly disk: Disk, private readonly session: { readonly lang: Lang; readonly refreshesInlays: boolean }) {}

  /** A file was opened: what is wrong with its text is shown at once, while the others are read. */
  opened(document: Document): void {
    const library = this.workspace.libraryOf(document.path);
    if (library && library.pending.length > 0) this.publish(library);
    this.wake();
  }

  /** Begins checking again: what was left is superseded. */
  wake(): void {
    this.running = undefined;
    this.plan();
  }

  /** Resolves when nothing is left to check. */
  idle(): Promise<void> {
    return this.planned || this.running ? new Promise((resolve) => { this.waiting.push(resolve); }) : Promise.resolve();
  }

  private plan(): void {
    if (this.planned) return;
    this.planned = true;
    setImmediate(() => { this.planned = false; this.run(); });
  }

  private run(): void {
    this.running ??= this.workspace.work();
    const until = performance.now() + SLICE;
    try {
      do {
        const next = this.running.next();
        if (next.done) return this.done();
        if (next.value.kind === 'publish') { this.publish(next.value.library); break; }
      } while (performance.now() < until);
    } catch (error) {
      // Our own mistake: said, and everything is checked afresh at the next edit.
      this.connection.console.error(`bareme: ${error instanceof Error ? error.stack ?? error.message : String(error)}`);
      this.workspace.forget();
      return this.done();
    }
    this.plan();
  }

  private done(): void {
    this.running = undefined;
    for (const uri of this.shown.keys()) {
      const path = this.disk.pathOf(uri);
      if (!this.workspace.libraryOf(path)?.documents.has(path)) this.show(uri, [], undefined);
    }
    if (this.session.refreshesInlays) void this.connection.languages.inlayHint.refresh().catch(() => undefined);
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }

  private publish(library: Library): void {
    for (const [path, diagnostics] of placeDiagnostics(library.documents, this.workspace.found(library), this.session.lang)) {
      // A file that stands alone is not shown again with the folder around it.
      if (this.workspace.libraryOf(path) !== library) continue;
      const document = library.documents.get(path)!;
      this.show(document.uri, diagnostics, this.workspace.isOpen(path) ? document.text.version : undefined);
    }
  }

  private show(uri: string, diagnostics: Parameters<Connection['sendDiagnostics']>[0]['diagnostics'], version: number | undefined): void {
    const text = JSON.stringify(diagnostics);
    if ((this.shown.get(uri) ?? '[]') === text) return;
    if (diagnostics.length === 0) this.shown.delete(uri);
    else this.shown.set(uri, text);
    void this.connection.sendDiagnostics({ uri, diagnostics, ...(version === undefined ? {} : { version }) });
  }
}
