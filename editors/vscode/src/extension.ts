/** The extension: starts the language server that it carries, and shows the examples of the open files as tests. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { newClient, type Client } from './client.ts';
import { showExamples } from './examples.ts';
import { readSettings, say } from './settings.ts';

let client: Client | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const built = (name: string): string => join(context.extensionPath, 'dist', name);
  const output = vscode.window.createOutputChannel('Barème', { log: true });
  const start = async (): Promise<void> => {
    const settings = readSettings();
    client = newClient(built('server.mjs'), settings, output);
    try {
      // Asked to start a file that is not there, the client fails again when it is stopped.
      if (!existsSync(built('server.mjs'))) throw new Error(`${built('server.mjs')}: absent`);
      await client.start();
    } catch (error) {
      output.error(String(error));
      const show = say(settings.lang, 'Montrer la sortie', 'Show the output');
      void vscode.window.showErrorMessage(say(settings.lang, 'Le serveur de langage de Barème ne démarre pas.', 'The language server of Barème does not start.'), show).then((chosen) => { if (chosen === show) output.show(); });
    }
  };
  const restart = async (): Promise<void> => { await stop(); await start(); };
  const examples = showExamples(built('examples.mjs'));
  context.subscriptions.push(
    output, examples,
    vscode.commands.registerCommand('bareme.runExamples', () => examples.runOpenFile()),
    vscode.commands.registerCommand('bareme.runAllExamples', () => examples.runAll()),
    vscode.commands.registerCommand('bareme.format', () => vscode.commands.executeCommand('editor.action.formatDocument')),
    vscode.commands.registerCommand('bareme.restart', restart),
    vscode.commands.registerCommand('bareme.showOutput', () => { output.show(); }),
    vscode.workspace.onDidChangeConfiguration((event) => { if (event.affectsConfiguration('bareme.language') || event.affectsConfiguration('bareme.tariffs')) void restart(); }),
  );
  await start();
}

export async function deactivate(): Promise<void> { await stop(); }

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  // A server that has already ended cannot be asked to end.
  await running?.stop().catch(() => undefined);
}
