/** Opens the connection of the process; its exit codes are the protocol's: 0 after `shutdown`, else 1. */
import { createConnection, ProposedFeatures, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { systemDisk } from './disk.ts';
import { serve } from './serve.ts';

/** Serves until the editor says `exit` or goes away. Editors that pass a transport of their own (`--node-ipc`, `--socket=…`) get it. */
export function startFromArguments(args: readonly string[], lang?: string): void {
  const own = args.some((arg) => /^--(?:node-ipc|socket|pipe)\b/.test(arg));
  const connection = own ? createConnection(ProposedFeatures.all) : createConnection(ProposedFeatures.all, new StreamMessageReader(process.stdin), new StreamMessageWriter(process.stdout));
  if (!own) {
    let shut = false;
    connection.onShutdown(() => { shut = true; });
    // An editor that goes away without a word leaves nothing running.
    process.stdin.once('end', () => process.exit(shut ? 0 : 1));
  }
  serve(connection, systemDisk, lang);
}
