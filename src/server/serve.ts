/** The protocol: what the editor says goes to the workspace, what it asks is answered, and checking runs in between. */
import { LSPErrorCodes, ResponseError, type CancellationToken, type Connection, type InitializeParams, type InitializeResult, type TextDocumentPositionParams } from 'vscode-languageserver';
import { messageOf } from '../diagnostics/diagnostic.ts';
import type { Lang } from '../quantity/format.ts';
import { sourceFile } from '../source/file.ts';
import { codeActions } from './actions.ts';
import { MODIFIERS, semanticTokens, TYPES } from './colours.ts';
import { completion } from './completion.ts';
import type { Document } from './document.ts';
import { hover } from './hover.ts';
import { inlayHints } from './inlay.ts';
import { definition, highlights, references } from './navigate.ts';
import { prepareRename, rename } from './rename.ts';
import { Checking } from './scheduling.ts';
import { documentSymbols, foldingRanges, workspaceSymbols } from './symbols.ts';
import { Workspace, type Disk } from './workspace.ts';
import type { World } from './world.ts';

/** Answers an editor until it goes away. `spoken` is the language of its messages when the editor does not ask for one. */
export function serve(connection: Connection, disk: Disk, spoken?: string): void {
  const workspace = new Workspace(disk);
  const session = { lang: 'fr' as Lang, folders: [] as string[], watches: false, refreshesInlays: false };
  const checking = new Checking(connection, workspace, disk, session);
  const nextTurn = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

  // ── life ───────────────────────────────────────────────────────────────
  connection.onInitialize((params: InitializeParams): InitializeResult => {
    const asked: unknown = (params.initializationOptions as { lang?: unknown } | undefined)?.lang ?? spoken ?? params.locale ?? 'fr';
    session.lang = typeof asked === 'string' && asked.toLowerCase().startsWith('en') ? 'en' : 'fr';
    session.folders = (params.workspaceFolders ?? (params.rootUri ? [{ uri: params.rootUri, name: '' }] : [])).map(({ uri }) => disk.pathOf(uri));
    session.watches = params.capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false;
    session.refreshesInlays = params.capabilities.workspace?.inlayHint?.refreshSupport ?? false;
    return {
      serverInfo: { name: 'bareme' },
      capabilities: {
        textDocumentSync: { openClose: true, change: 2 }, hoverProvider: true, definitionProvider: true, referencesProvider: true, documentHighlightProvider: true, documentSymbolProvider: true, workspaceSymbolProvider: true,
        completionProvider: { triggerCharacters: [' ', '.', '/', '='] }, renameProvider: { prepareProvider: true }, foldingRangeProvider: true, documentFormattingProvider: true,
        codeActionProvider: { codeActionKinds: ['quickfix', 'refactor.rewrite', 'source.fixAll'] }, inlayHintProvider: true,
        semanticTokensProvider: { legend: { tokenTypes: [...TYPES], tokenModifiers: [...MODIFIERS] }, full: true, range: true },
        workspace: { workspaceFolders: { supported: true, changeNotifications: false } },
      },
    };
  });
  connection.onInitialized(() => {
    if (session.watches) void connection.sendRequest('client/registerCapability', { registrations: [{ id: 'tarif', method: 'workspace/didChangeWatchedFiles', registerOptions: { watchers: [{ globPattern: '**/*.tarif' }] } }] });
  });

  // ── files ──────────────────────────────────────────────────────────────
  connection.onDidOpenTextDocument(({ textDocument: { uri, text, version } }) => { checking.opened(workspace.openFile(uri, text, version)); });
  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => { workspace.changeFile(uri, contentChanges, version); checking.wake(); });
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => { workspace.closeFile(uri); checking.wake(); });
  connection.onDidChangeWatchedFiles(({ changes }) => { for (const { uri } of changes) workspace.changedOnDisk(uri); checking.wake(); });

  // ── questions ──────────────────────────────────────────────────────────
  /** A document with its world, once all that goes with it is read. */
  const at = async (uri: string, token: CancellationToken): Promise<{ document: Document; world: World } | undefined> => {
    while (!workspace.isRead(uri)) {
      if (token.isCancellationRequested) break;
      await nextTurn();
    }
    if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
    return workspace.lookup(uri);
  };
  type Place = TextDocumentPositionParams;
  const asked = async <T>({ textDocument: { uri }, position }: Place, token: CancellationToken, answer: (world: World, document: Document, offset: number) => T): Promise<T | null> => {
    const found = await at(uri, token);
    return found ? answer(found.world, found.document, found.document.text.offsetAt(position)) : null;
  };
  connection.onHover((place, token) => asked(place, token, (world, document, offset) => hover(world, document, offset, session.lang) ?? null));
  connection.onDefinition((place, token) => asked(place, token, definition));
  connection.onReferences((place, token) => asked(place, token, (world, document, offset) => references(world, document, offset, place.context.includeDeclaration)));
  connection.onDocumentHighlight((place, token) => asked(place, token, highlights));
  connection.onCompletion((place, token) => asked(place, token, (world, document, offset) => completion(world, document, offset, session.lang)));
  const orRefusal = <T extends object>(answer: T | { readonly refused: string } | null): T | null => {
    if (answer && 'refused' in answer) throw new ResponseError(LSPErrorCodes.RequestFailed, answer.refused);
    return answer;
  };
  connection.onPrepareRename(async (place, token) => orRefusal(await asked(place, token, (world, document, offset) => prepareRename(world, document, offset, session.lang))));
  connection.onRenameRequest(async (place, token) => orRefusal(await asked(place, token, (world, document, offset) => rename(world, document, offset, place.newName, session.lang))));

  /** What needs the text alone does not wait for the rest. */
  const text = (uri: string): Document | undefined => workspace.documentOf(uri);
  connection.onDocumentSymbol(({ textDocument }) => { const document = text(textDocument.uri); return document ? documentSymbols(document) : null; });
  connection.onFoldingRanges(({ textDocument }) => { const document = text(textDocument.uri); return document ? foldingRanges(document) : null; });
  connection.languages.semanticTokens.on(({ textDocument }) => { const document = text(textDocument.uri); return document ? semanticTokens(document) : { data: [] }; });
  connection.languages.semanticTokens.onRange(({ textDocument, range }) => { const document = text(textDocument.uri); return document ? semanticTokens(document, document.text.offsetAt(range.start), document.text.offsetAt(range.end)) : { data: [] }; });
  connection.onCodeAction(({ textDocument, range, context }) => { const document = text(textDocument.uri); return document ? codeActions(document, range, context.diagnostics, session.lang) : null; });
  connection.onDocumentFormatting(async ({ textDocument }) => {
    const document = text(textDocument.uri);
    if (!document) return null;
    const { version } = document.text;
    const whole = document.text.getText();
    const { formatTarif } = await import('../format/format.ts');
    const formatted = await formatTarif(sourceFile(document.path, whole));
    if ('diagnostics' in formatted) throw new ResponseError(LSPErrorCodes.RequestFailed, formatted.diagnostics.slice(0, 1).map((item) => messageOf(item, session.lang)).join(' '));
    if (document.text.version !== version) throw new ResponseError(LSPErrorCodes.ContentModified, 'the text changed meanwhile');
    // Line ends stay those of the file.
    const kept = /\r\n/.test(whole) ? formatted.text.replace(/\r?\n/g, '\r\n') : formatted.text;
    return kept === whole ? [] : smallestEdit(document, whole, kept);
  });
  connection.onWorkspaceSymbol(async ({ query }, token) => {
    for (const folder of session.folders) workspace.gatherUnder(folder);
    checking.wake();
    while ([...workspace.libraries.values()].some(({ pending }) => pending.length > 0)) {
      if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
      await nextTurn();
    }
    return workspaceSymbols(workspace.worlds(), query);
  });
  connection.languages.inlayHint.on(async ({ textDocument, range }, token) => {
    const found = await at(textDocument.uri, token);
    if (!found) return null;
    const { version } = found.world;
    const steps = inlayHints(found.world, found.document, range, session.lang);
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
      await nextTurn();
      if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
      if (found.world.version !== version) throw new ResponseError(LSPErrorCodes.ContentModified, 'the text changed meanwhile');
    }
  });
  // For tests and benchmarks: answers when nothing is left to check.
  connection.onRequest('bareme/idle', async () => { await checking.idle(); return null; });
  connection.listen();
}

/** One edit of what differs, so that the editor keeps its place. */
function smallestEdit({ text }: Document, before: string, after: string): { range: { start: ReturnType<Document['text']['positionAt']>; end: ReturnType<Document['text']['positionAt']> }; newText: string }[] {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  // Never between the two units of one line end.
  if (before[start - 1] === '\r') start--;
  if (end > 0 && before[before.length - end] === '\n' && before[before.length - end - 1] === '\r') end--;
  return [{ range: { start: text.positionAt(start), end: text.positionAt(before.length - end) }, newText: after.slice(start, after.length - end) }];
}
