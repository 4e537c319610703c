/** An editor for tests: starts the language server as a process and speaks to it on its stdin and stdout. */
import { spawn, type ChildProcess } from 'node:child_process';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter, type MessageConnection } from 'vscode-languageserver-protocol/node';
import type { Diagnostic, Position, Range } from 'vscode-languageserver-protocol';

const root = join(import.meta.dirname, '../..');

/** A text with a mark for the cursor, `‸`: the text without it, and where it stood. */
export function cursor(marked: string): { readonly text: string; readonly position: Position; readonly offset: number } {
  const offset = marked.indexOf('‸');
  if (offset < 0) throw new Error('no cursor in the text');
  const before = marked.slice(0, offset).split('\n');
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 }, offset };
}

export interface Editor {
  readonly rpc: MessageConnection;
  readonly child: ChildProcess;
  readonly folder: string;
  readonly uri: (name: string) => string;
  readonly write: (name: string, text: string | Uint8Array) => void;
  readonly open: (name: string, text: string) => Promise<void>;
  readonly change: (name: string, text: string, range?: Range) => Promise<void>;
  readonly close: (name: string) => Promise<void>;
  readonly idle: () => Promise<void>;
  /** What the server said last of a file. */
  readonly diagnostics: (name: string) => readonly Diagnostic[];
  /** How often it spoke of a file. */
  readonly spoken: (name: string) => number;
  readonly log: string[];
  readonly stop: () => Promise<number | null>;
}

export async function startEditor(files: Readonly<Record<string, string>>, initialize: object = {}, command: readonly string[] = ['--import', 'tsx', 'src/server/main.ts']): Promise<Editor> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bareme-éditeur-')));
  const write = (name: string, text: string | Uint8Array): void => { mkdirSync(dirname(join(folder, name)), { recursive: true }); writeFileSync(join(folder, name), text); };
  for (const [name, text] of Object.entries(files)) write(name, text);
  const child = spawn(process.execPath, [...command], { cwd: root, stdio: ['pipe', 'pipe', 'pipe'] });
  const log: string[] = [];
  child.stderr.on('data', (data: Buffer) => log.push(data.toString()));
  const rpc = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const said = new Map<string, { diagnostics: readonly Diagnostic[]; count: number }>();
  rpc.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }: { uri: string; diagnostics: Diagnostic[] }) => { said.set(uri, { diagnostics, count: (said.get(uri)?.count ?? 0) + 1 }); });
  rpc.onNotification('window/logMessage', ({ message }: { message: string }) => { log.push(message); });
  rpc.onRequest('client/registerCapability', (params: unknown) => { log.push(JSON.stringify(params)); return null; });
  rpc.listen();
  const uri = (name: string): string => pathToFileURL(join(folder, name)).href;
  const versions = new Map<string, number>();
  const exited = new Promise<number | null>((resolve) => { child.on('exit', (code) => resolve(code)); });
  await rpc.sendRequest('initialize', { processId: process.pid, rootUri: null, workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'essai' }], capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } }, ...initialize });
  await rpc.sendNotification('initialized', {});
  return {
    rpc, child, folder, uri, write, log,
    open: (name, text) => { versions.set(name, 1); return rpc.sendNotification('textDocument/didOpen', { textDocument: { uri: uri(name), languageId: 'tarif', version: 1, text } }); },
    change: (name, text, range) => {
      const version = (versions.get(name) ?? 1) + 1;
      versions.set(name, version);
      return rpc.sendNotification('textDocument/didChange', { textDocument: { uri: uri(name), version }, contentChanges: [range ? { range, text } : { text }] });
    },
    close: (name) => rpc.sendNotification('textDocument/didClose', { textDocument: { uri: uri(name) } }),
    idle: async () => { await rpc.sendRequest('bareme/idle'); },
    diagnostics: (name) => said.get(uri(name))?.diagnostics ?? [],
    spoken: (name) => said.get(uri(name))?.count ?? 0,
    stop: async () => {
      await rpc.sendRequest('shutdown');
      await rpc.sendNotification('exit');
      const code = await exited;
      rpc.dispose();
      rmSync(folder, { recursive: true, force: true });
      return code;
    },
  };
}
