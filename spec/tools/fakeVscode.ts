/**
 * Enough of the editor's own module `vscode` for the extension to be activated where there is no editor: documents, events, diagnostics,
 * commands and tests that remember what they were told. What is not here (providers, enumerations, classes to extend) answers with nothing.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

type Any = Record<string | symbol, unknown>;
type Listener = (event: unknown) => unknown;
export class Disposable { constructor(readonly dispose: () => void = () => undefined) {} static from(...all: { dispose(): void }[]): Disposable { return new Disposable(() => { for (const each of all) each.dispose(); }); } }
export class EventEmitter {
  private readonly listeners = new Set<Listener>();
  readonly event = (listener: Listener, self?: unknown): Disposable => { const bound = self === undefined ? listener : listener.bind(self); this.listeners.add(bound); return new Disposable(() => { this.listeners.delete(bound); }); };
  fire(event: unknown): void { for (const listener of this.listeners) listener(event); }
  dispose(): void { this.listeners.clear(); }
}
export class Uri {
  constructor(readonly scheme: string, readonly path: string) {}
  static file(path: string): Uri { return new Uri('file', path); }
  static parse(text: string): Uri { return text.startsWith('file:') ? Uri.file(fileURLToPath(text)) : new Uri(text.split(':')[0] ?? '', text.slice(text.indexOf(':') + 1)); }
  get fsPath(): string { return this.path; }
  toString(): string { return this.scheme === 'file' ? pathToFileURL(this.path).href : `${this.scheme}:${this.path}`; }
}
export class Position { constructor(readonly line: number, readonly character: number) {} }
export class Range {
  readonly start: Position; readonly end: Position;
  constructor(a: number | Position, b: number | Position, c?: number, d?: number) { this.start = typeof a === 'number' ? new Position(a, b as number) : a; this.end = typeof a === 'number' ? new Position(c ?? 0, d ?? 0) : (b as Position); }
}
export class Location { constructor(readonly uri: Uri, readonly range: unknown) {} }
export class RelativePattern { constructor(readonly base: Uri, readonly pattern: string) {} }
export class CancellationTokenSource { readonly token = { isCancellationRequested: false, onCancellationRequested: new EventEmitter().event }; cancel(): void { /* nothing waits */ } dispose(): void { /* nothing is held */ } }
export class TestMessage {
  expectedOutput?: string; actualOutput?: string; location?: Location;
  constructor(readonly message: string) {}
  static diff(message: string, expected: string, actual: string): TestMessage { return Object.assign(new TestMessage(message), { expectedOutput: expected, actualOutput: actual }); }
}
export class TestRunRequest { constructor(readonly include?: readonly TestItem[], readonly exclude?: readonly TestItem[]) {} }
class Items extends Map<string, TestItem> {
  constructor(private readonly parent?: TestItem) { super(); }
  add(item: TestItem): void { item.parent = this.parent; this.set(item.id, item); }
  replace(items: readonly TestItem[]): void { this.clear(); for (const item of items) this.add(item); }
}
class TestItem { readonly children: Items = new Items(this); parent: TestItem | undefined; canResolveChildren = false; range?: Range; constructor(readonly id: string, readonly label: string, readonly uri: Uri) {} }

/** What the editor was told, for a spec to look at. */
export const told = {
  diagnostics: new Map<string, readonly Any[]>(), commands: new Map<string, (...args: unknown[]) => unknown>(), executed: [] as string[], messages: [] as string[], providers: [] as string[], output: [] as string[],
  tests: [] as { readonly state: string; readonly label: string; readonly messages: readonly TestMessage[] }[], controllers: [] as { readonly items: Items; readonly label: string }[], settings: new Map<string, unknown>(),
};

const emitters = new Map<string, EventEmitter>();
const eventOf = (name: string): EventEmitter => { const found = emitters.get(name) ?? new EventEmitter(); emitters.set(name, found); return found; };
/** Tells the extension that something happened in the editor. */
export const happen = (name: string, event: unknown): void => { eventOf(name).fire(event); };

/** A part of the module: events are kept, providers are noted, whatever else is asked for does nothing. */
const part = (known: Any): Any => new Proxy(known, {
  get: (target, name) => {
    if (name in target || typeof name === 'symbol') return target[name];
    if (/^on(?:Did|Will)[A-Z]/.test(name)) return eventOf(name).event;
    return () => { if (/^register/.test(name)) told.providers.push(name); return new Disposable(); };
  },
});

export interface FakeDocument { readonly uri: Uri; readonly fileName: string; readonly languageId: string; version: number; isDirty: boolean; readonly isClosed: boolean; readonly getText: () => string; readonly save: () => Promise<boolean>; text: string }
const documents: FakeDocument[] = [];
/** A file as the editor has it; opening it tells the extension. */
export function openFile(path: string, text = readFileSync(path, 'utf8')): FakeDocument {
  const known = documents.find((each) => each.fileName === path);
  if (known) return known;
  const document: FakeDocument = { uri: Uri.file(path), fileName: path, languageId: 'tarif', version: 1, isDirty: false, isClosed: false, text, getText: () => document.text, save: () => { writeFileSync(path, document.text); document.isDirty = false; return Promise.resolve(true); } };
  documents.push(document);
  happen('onDidOpenTextDocument', document);
  return document;
}

const collection = { name: 'bareme', set: (uri: Uri, list: readonly Any[]): void => { told.diagnostics.set(uri.toString(), list); }, delete: (uri: Uri): void => { told.diagnostics.delete(uri.toString()); }, clear: (): void => { told.diagnostics.clear(); }, dispose: (): void => undefined, get: () => undefined, has: () => false };
export const languages = part({
  createDiagnosticCollection: () => collection,
  match: (selector: Any | readonly Any[], document: FakeDocument) => ((Array.isArray(selector) ? selector : [selector]) as readonly Any[]).some(({ language, scheme }) => language === document.languageId && (scheme === undefined || scheme === document.uri.scheme)) ? 10 : 0,
});
export const workspace = part({
  textDocuments: documents, workspaceFolders: undefined, notebookDocuments: [],
  getConfiguration: (section?: string) => ({ get: (name: string, otherwise?: unknown) => told.settings.get(section ? `${section}.${name}` : name) ?? otherwise, inspect: () => undefined, has: () => false }),
  asRelativePath: (uri: Uri) => uri.path, openTextDocument: (uri: Uri) => Promise.resolve(openFile(uri.fsPath)), findFiles: () => Promise.resolve([]), getWorkspaceFolder: () => undefined,
  createFileSystemWatcher: () => ({ onDidCreate: new EventEmitter().event, onDidChange: new EventEmitter().event, onDidDelete: new EventEmitter().event, dispose: () => undefined }),
});
const log = (text: string): void => { told.output.push(text); };
export const window = part({
  visibleTextEditors: [], visibleNotebookEditors: [], activeTextEditor: undefined as { document: FakeDocument } | undefined, tabGroups: part({ all: [], activeTabGroup: { tabs: [] } }),
  createOutputChannel: (name: string) => ({ name, logLevel: 2, onDidChangeLogLevel: new EventEmitter().event, append: log, appendLine: log, replace: log, clear: () => undefined, show: () => undefined, hide: () => undefined, dispose: () => undefined, trace: log, debug: log, info: log, warn: log, error: log }),
  ...Object.fromEntries(['showErrorMessage', 'showWarningMessage', 'showInformationMessage'].map((name) => [name, (text: string) => { told.messages.push(text); return Promise.resolve(undefined); }])),
});
export const commands = part({
  registerCommand: (name: string, run: (...args: unknown[]) => unknown) => { told.commands.set(name, run); return new Disposable(() => { told.commands.delete(name); }); },
  executeCommand: (name: string, ...args: unknown[]) => { told.executed.push(name); return Promise.resolve(told.commands.get(name)?.(...args)); },
});
export const tests = part({
  createTestController: (id: string, label: string) => {
    const controller = {
      id, label, items: new Items(), resolveHandler: undefined, dispose: () => undefined, createRunProfile: () => new Disposable(),
      createTestItem: (itemId: string, itemLabel: string, uri: Uri) => new TestItem(itemId, itemLabel, uri),
      createTestRun: () => {
        const note = (state: string) => (item: TestItem, messages: TestMessage | readonly TestMessage[] = []): void => { told.tests.push({ state, label: item.label, messages: Array.isArray(messages) ? messages as TestMessage[] : [messages as TestMessage] }); };
        return { enqueued: () => undefined, started: () => undefined, passed: note('passed'), failed: note('failed'), errored: note('errored'), skipped: note('skipped'), appendOutput: log, end: () => undefined };
      },
    };
    told.controllers.push(controller);
    return controller;
  },
});
export class CodeActionKind { constructor(readonly value: string) {} static readonly Empty = new CodeActionKind(''); append(part: string): CodeActionKind { return new CodeActionKind(this.value === '' ? part : `${this.value}.${part}`); } }
export class SemanticTokensLegend { constructor(readonly tokenTypes: readonly string[], readonly tokenModifiers: readonly string[]) {} }
export const env = { language: 'fr', appName: 'fake', machineId: '', sessionId: '' };
export const version = '1.96.0';
export const extensions = part({ all: [] });
export const TestRunProfileKind = { Run: 1, Debug: 2, Coverage: 3 };

// Enumerations and classes that the client only names or extends: `__proto__` of the module, for bundles copy its own names.
class Nothing {}
const absent = new Proxy({}, { get: (_, name) => (typeof name === 'string' && /^[A-Z]/.test(name) ? new Proxy(class extends Nothing {}, { get: (target, key) => (key in target ? (target as unknown as Any)[key] : 0) }) : undefined) });
Object.setPrototypeOf(module.exports, absent);
