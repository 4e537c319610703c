/**
 * The examples written beside the articles, as tests of the editor: a mark in the margin of each, what was expected beside what was
 * found, and the trace of the line that differs. They are run by the command's own `test`, in a process of its own.
 */
import { execFile } from 'node:child_process';
import * as vscode from 'vscode';
import { readSettings, say, type Lang } from './settings.ts';

/** What `bareme test --json` says, as far as it is shown here. */
interface Report {
  readonly exemples: readonly { readonly fichier: string; readonly ligne: number; readonly titre: string; readonly exact: boolean; readonly verifications: readonly Verification[]; readonly diagnostics: readonly Problem[] }[];
  readonly diagnostics: readonly Problem[];
}
interface Verification { readonly ligne: number; readonly expression: string; readonly attendu: string; readonly trouve?: string; readonly exact: boolean; readonly ecart?: string; readonly trace?: readonly string[] }
interface Problem { readonly code: string; readonly message: string; readonly fichier?: string; readonly ligne?: number }

export interface Examples extends vscode.Disposable {
  /** Runs those of the file in front. */
  readonly runOpenFile: () => Promise<void>;
  /** Runs those of the folder of the editions. */
  readonly runAll: () => Promise<void>;
}

/** Where an example begins: only to put a mark beside it before anything is run. */
const EXAMPLE = /^\s+exemple[ \u00A0]+«[ \u00A0]*([^»\n]*?)[ \u00A0]*(?:»|$)/;
const nameOf = (uri: vscode.Uri): string => vscode.workspace.asRelativePath(uri);

export function showExamples(script: string): Examples {
  const controller = vscode.tests.createTestController('bareme', say(readSettings().lang, 'Exemples des tarifs', 'Examples of the rates'));
  const fileItem = (uri: vscode.Uri): vscode.TestItem => {
    const known = controller.items.get(uri.toString());
    if (known) return known;
    const item = controller.createTestItem(uri.toString(), nameOf(uri), uri);
    item.canResolveChildren = true;
    controller.items.add(item);
    return item;
  };
  /** The example at a line, counted from 1, as the command does. */
  const exampleItem = (file: vscode.TestItem, line: number, title: string): vscode.TestItem => {
    const item = controller.createTestItem(`${file.id}#${line}`, title, file.uri);
    item.range = new vscode.Range(line - 1, 0, line - 1, 0);
    return item;
  };
  const discover = (uri: vscode.Uri, text: string): void => {
    const found = text.split(/\r\n|\r|\n/).flatMap((line, index) => { const title = EXAMPLE.exec(line)?.[1]; return title === undefined ? [] : [{ line: index + 1, title }]; });
    if (found.length === 0) { controller.items.delete(uri.toString()); return; }
    const file = fileItem(uri);
    file.children.replace(found.map(({ line, title }) => exampleItem(file, line, title)));
  };
  const look = (document: vscode.TextDocument): void => { if (document.languageId === 'tarif' && document.uri.scheme === 'file') discover(document.uri, document.getText()); };

  controller.resolveHandler = async (item) => {
    if (item === undefined) { for (const uri of await vscode.workspace.findFiles('**/*.tarif', '**/node_modules/**')) fileItem(uri); return; }
    if (item.uri) look(await vscode.workspace.openTextDocument(item.uri));
  };

  const run = async (request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> => {
    const wanted = request.include ?? [...controller.items].map(([, item]) => item);
    const files = new Map<string, vscode.TestItem>();
    for (const item of wanted) { const file = item.parent ?? item; files.set(file.id, file); }
    const test = controller.createTestRun(request);
    try {
      for (const file of files.values()) {
        if (token.isCancellationRequested || !file.uri) continue;
        // The command reads what is on disk.
        const document = await vscode.workspace.openTextDocument(file.uri);
        if (document.isDirty) await document.save();
        look(document);
        // The marks were made afresh: an example that was asked for is known by its line.
        const asked = wanted.includes(file) ? undefined : new Set(wanted.filter((item) => item.parent === file || item.id.startsWith(`${file.id}#`)).map(({ id }) => id));
        const excluded = new Set((request.exclude ?? []).map(({ id }) => id));
        const items = new Map([...file.children].filter(([id]) => (asked === undefined || asked.has(id)) && !excluded.has(id)));
        for (const item of items.values()) test.started(item);
        await runFile(script, test, file, items, token);
      }
    } finally {
      test.end();
    }
  };
  controller.createRunProfile(say(readSettings().lang, 'Exécuter', 'Run'), vscode.TestRunProfileKind.Run, run, true);

  /** Runs files that no mark was clicked for. */
  const runItems = async (items: readonly vscode.TestItem[]): Promise<void> => {
    if (items.length === 0) { void vscode.window.showInformationMessage(say(readSettings().lang, "Il n'y a pas d'exemple à exécuter ici.", 'There is no example to run here.')); return; }
    void vscode.commands.executeCommand('testing.showMostRecentOutput');
    const source = new vscode.CancellationTokenSource();
    try { await run(new vscode.TestRunRequest(items), source.token); } finally { source.dispose(); }
  };
  const listening = [vscode.workspace.onDidOpenTextDocument(look), vscode.workspace.onDidChangeTextDocument(({ document }) => { look(document); }), vscode.workspace.onDidDeleteFiles(({ files }) => { for (const uri of files) controller.items.delete(uri.toString()); })];
  for (const document of vscode.workspace.textDocuments) look(document);
  return {
    runOpenFile: async () => {
      const document = vscode.window.activeTextEditor?.document;
      if (document) look(document);
      const item = document && controller.items.get(document.uri.toString());
      await runItems(item ? [item] : []);
    },
    runAll: async () => {
      const { tariffs, lang } = readSettings();
      if (tariffs === undefined) { void vscode.window.showErrorMessage(say(lang, 'Ouvrir d’abord le dossier des tarifs, ou régler « bareme.tariffs ».', 'First open the folder of the rates, or set “bareme.tariffs”.')); return; }
      const found = await vscode.workspace.findFiles(new vscode.RelativePattern(vscode.Uri.file(tariffs), '**/*.tarif'));
      for (const uri of found) look(await vscode.workspace.openTextDocument(uri));
      await runItems(found.flatMap((uri) => controller.items.get(uri.toString()) ?? []));
    },
    dispose: () => { for (const each of listening) each.dispose(); controller.dispose(); },
  };
}

/** Runs the examples of one file and says of each how it went. */
async function runFile(script: string, test: vscode.TestRun, file: vscode.TestItem, items: ReadonlyMap<string, vscode.TestItem>, token: vscode.CancellationToken): Promise<void> {
  const { lang } = readSettings();
  const answer = await ask(script, file.uri?.fsPath ?? '', lang, token);
  if (token.isCancellationRequested) { for (const item of items.values()) test.skipped(item); return; }
  if (typeof answer === 'string') { for (const item of items.values()) test.errored(item, new vscode.TestMessage(answer)); return; }
  // Windows ends lines of this output so; a bare line feed would draw a staircase.
  const say = (line: string, item?: vscode.TestItem): void => { test.appendOutput(`${line}\r\n`, undefined, item); };
  const seen = new Set<string>();
  for (const { ligne, titre, exact, verifications, diagnostics } of answer.exemples) {
    const item = items.get(`${file.id}#${ligne}`);
    if (!item) continue;
    seen.add(item.id);
    say(`${exact ? '✓' : '✗'} ${titre}`, item);
    if (exact) { test.passed(item); continue; }
    const off = verifications.filter((each) => !each.exact).map((each) => messageOf(file, each));
    test.failed(item, off.length > 0 ? off : diagnostics.map(({ message, ligne: line }) => placed(new vscode.TestMessage(message), file, line ?? ligne)));
  }
  // What is wrong besides the examples; where it is so wrong that some were not run, it is said on each of these.
  const wrong = answer.diagnostics.filter(({ code }) => !code.startsWith('exemples/')).map(({ code, message, fichier, ligne }) => `${fichier === undefined ? '' : `${fichier}:${ligne ?? 1}  `}${code}  ${message}`);
  for (const line of wrong) say(line);
  for (const [id, item] of items) if (!seen.has(id)) test.errored(item, new vscode.TestMessage(wrong.length === 0 ? '—' : wrong.join('\n')));
}

function messageOf(file: vscode.TestItem, { expression, attendu, trouve = '—', ecart, trace = [], ligne }: Verification): vscode.TestMessage {
  const message = vscode.TestMessage.diff([`${expression}${ecart === undefined ? '' : ` (${ecart})`}`, ...trace].join('\n'), attendu, trouve);
  return placed(message, file, ligne);
}
function placed(message: vscode.TestMessage, file: vscode.TestItem, line: number): vscode.TestMessage {
  if (file.uri) message.location = new vscode.Location(file.uri, new vscode.Position(line - 1, 0));
  return message;
}

/** Runs `bareme test` on a file; what it says, or why it could not be run. */
function ask(script: string, path: string, lang: Lang, token: vscode.CancellationToken): Promise<Report | string> {
  return new Promise((resolve) => {
    // The editor's own Node runs it: nothing else has to be installed.
    const child = execFile(process.execPath, [script, 'test', path, '--json', '--threads', '1', '--lang', lang], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' }, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      try {
        resolve(JSON.parse(stdout) as Report);
      } catch {
        resolve(stderr.trim() || String(error));
      }
    });
    token.onCancellationRequested(() => { child.kill(); });
  });
}
