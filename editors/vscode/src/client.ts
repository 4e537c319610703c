/** The client of the language server that the extension carries, which it starts over stdin and stdout. */
import type * as vscode from 'vscode';
import { LanguageClient, TransportKind, type LanguageClientOptions, type NodeModule } from 'vscode-languageclient/node';
import type { Settings } from './settings.ts';

export type Client = Pick<LanguageClient, 'start' | 'stop'>;

/** Not started yet: the promise of `start` is kept once the server has answered. */
export function newClient(server: string, { lang, tariffs }: Settings, outputChannel: vscode.LogOutputChannel): Client {
  const run: NodeModule = { module: server, transport: TransportKind.stdio };
  const options: LanguageClientOptions = {
    // A file without a path yet is looked at too.
    documentSelector: [{ scheme: 'file', language: 'tarif' }, { scheme: 'untitled', language: 'tarif' }],
    initializationOptions: { lang, tariffs },
    outputChannel,
  };
  return new LanguageClient('bareme', 'Barème', { run, debug: run }, options);
}
