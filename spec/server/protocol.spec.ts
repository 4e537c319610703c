/** The language server through its protocol, as an editor sees it: a real process on stdin and stdout. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CodeAction, CompletionItem, DocumentSymbol, Hover, InlayHint, Location, LocationLink, SymbolInformation, TextEdit, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { cursor, startEditor, type Editor } from '../tools/editor.ts';

const EDITION = `édition « Essai » en vigueur le 1er avril 2026
  arrondit les lignes à 0,01 $
  taxe TPS 5 %

dispositions communes
article 1.1 « Définitions »
  plage hiver = du 1er décembre au 31 mars
  mesure énergie en kWh
  donnée puissance_appelée en kW « la plus grande puissance du mois »
  donnée phases parmi monophasé ou triphasé présumée monophasé « le raccordement »
article 12.11 « Rajustement »
  mesure durée en mois = jours ÷ 30 jours/mois
`;
const TARIF = `tarif X « Tarif d'essai »
article 2.1 « Structure »
  frais 46,154 ¢/jour
  énergie
     7,065 ¢/kWh  jusqu'à 40 kWh/jour
    11,142 ¢/kWh  au-delà
  prime de excédent
    5 $/kW/mois  si phases = triphasé
    4 $/kW/mois  sinon
article 2.2 « Excédent »
  seuil = 50 kW
  excédent = puissance_appelée au-delà de seuil
  vérifie seuil = 50 kW

  exemple « juste au seuil »
    période du 1er juin 2026 au 30 juin 2026
    énergie = 1 200 kWh
    puissance_appelée = 50 kW
    donne
      montant de l'énergie = 84,78 $
      total = 98,6262 $
`;
const FILES = { 'livre/edition.tarif': EDITION, 'livre/02/01-tarif-x.tarif': TARIF };
const NAME = 'livre/02/01-tarif-x.tarif';

let editor: Editor;
beforeAll(async () => { editor = await startEditor(FILES); await editor.open(NAME, TARIF); await editor.idle(); }, 60_000);
afterAll(async () => { if (editor.child.exitCode === null) await editor.stop(); });

/** Shows the server a text with a cursor, and asks. The text is put back by the next. */
async function at<T>(marked: string, method: string, more: object = {}): Promise<T> {
  const { text, position } = cursor(marked);
  await editor.change(NAME, text);
  return editor.rpc.sendRequest(method, { textDocument: { uri: editor.uri(NAME) }, position, ...more });
}
const mark = (before: string, after = ''): string => { const place = TARIF.indexOf(before + after); if (place < 0) throw new Error(`not in the text: ${before}${after}`); return `${TARIF.slice(0, place + before.length)}‸${TARIF.slice(place + before.length)}`; };
const insert = (after: string, added: string): string => { const place = TARIF.indexOf(after) + after.length; return `${TARIF.slice(0, place)}${added}‸${TARIF.slice(place)}`; };
const codes = (name = NAME): string[] => editor.diagnostics(name).map(({ code, range }) => `${code} ${range.start.line + 1}`);

describe('diagnostics', () => {
  it('are none for a right file', () => { expect(codes()).toEqual([]); expect(editor.log.filter((line) => line.startsWith('bareme:'))).toEqual([]); });

  it('come with a keystroke, and go with it, in the file and in those that read it', async () => {
    const line = TARIF.split('\n').findIndex((text) => text.includes('seuil = 50 kW'));
    await editor.change(NAME, 'a', { start: { line, character: 2 }, end: { line, character: 2 } });
    await editor.idle();
    expect(codes()).toEqual(['noms/inconnu 12', 'noms/inconnu 13']);
    expect(editor.diagnostics(NAME)[0]?.message).toMatch(/« seuil ».*« aseuil »/);
    await editor.change(NAME, '', { start: { line, character: 2 }, end: { line, character: 3 } });
    await editor.idle();
    expect(codes()).toEqual([]);
  });

  it('of a file that is not open follow the one that is', async () => {
    await editor.change(NAME, TARIF.replace('puissance_appelée au-delà', 'seuil au-delà'));
    await editor.idle();
    expect(codes('livre/edition.tarif')).toEqual(['definitions/inutile 7', 'definitions/inutile 9']);
    await editor.change(NAME, TARIF);
    await editor.idle();
    expect(codes('livre/edition.tarif')).toEqual(['definitions/inutile 7']);
  });

  it('count places as the editor does: UTF-16, Windows line ends', async () => {
    await editor.change(NAME, `${TARIF}  note « 𝛑 »  inconnu_ici\n`.replace(/\n/g, '\r\n'));
    await editor.idle();
    const [found] = editor.diagnostics(NAME);
    expect(found?.range).toEqual({ start: { line: TARIF.split('\n').length - 1, character: 15 }, end: { line: TARIF.split('\n').length - 1, character: 26 } });
    await editor.change(NAME, TARIF);
    await editor.idle();
  });
});

describe('hover', () => {
  const value = (hover: Hover | null): string => (hover && typeof hover.contents === 'object' && 'value' in hover.contents ? hover.contents.value : '');
  it('tells the unit, the definition, its article and its words', async () => {
    const text = value(await at(mark('excédent = puissance_app', 'elée'), 'textDocument/hover'));
    expect(text).toContain('donnée, en kW');
    expect(text).toContain('article 1.1 « Définitions »');
    expect(text).toContain('la plus grande puissance du mois');
    expect(text).toContain('Lu par : 2.2');
  });
  it('tells of a price what reads it', async () => { expect(value(await at(mark('seuil = 5', '0 kW'), 'textDocument/hover'))).toMatch(/50 kW[\s\S]*« seuil » est lu par : 2\.2/); });
  it('tells an article by its title and first lines', async () => {
    const text = value(await at(insert("vérifie seuil = 50 kW\n", '  reprend l’article 2.1').replace('‸', '') .replace('article 2.1\n', 'article 2.‸1\n').replace(/^/, ''), 'textDocument/hover'));
    expect(text).toMatch(/article 2\.1.*« Structure »[\s\S]*frais 46,154 ¢\/jour/);
  });
  it('tells what a word of the language does', async () => { expect(value(await at(mark('puissance_appelée au-de', 'là de'), 'textDocument/hover'))).toContain('ce qui dépasse, ou 0'); });
});

describe('navigation', () => {
  it('goes to a definition in another file', async () => {
    const [link] = await at<LocationLink[]>(mark('excédent = puissance_app', 'elée'), 'textDocument/definition');
    expect(link?.targetUri).toBe(editor.uri('livre/edition.tarif'));
    expect(link?.targetSelectionRange).toEqual({ start: { line: 8, character: 9 }, end: { line: 8, character: 26 } });
  });
  it('finds what reads a name, in examples too', async () => {
    const found = await at<Location[]>(mark('excédent = puissance_app', 'elée'), 'textDocument/references', { context: { includeDeclaration: true } });
    expect(found.map(({ uri, range }) => `${uri === editor.uri(NAME) ? 'x' : 'édition'} ${range.start.line + 1}`)).toEqual(['x 12', 'x 18', 'édition 9']);
  });
  it('finds lines of the bill', async () => {
    const [link] = await at<LocationLink[]>(mark("montant de l'éner", 'gie'), 'textDocument/definition');
    expect(link?.targetRange.start.line).toBe(3);
  });
  it('highlights a name in its file', async () => { expect(await at<unknown[]>(mark('au-delà de se', 'uil'), 'textDocument/documentHighlight')).toHaveLength(3); });
  it('lists articles with number and title, then their statements', async () => {
    await editor.change(NAME, TARIF);
    const symbols = await editor.rpc.sendRequest<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument: { uri: editor.uri(NAME) } });
    expect(symbols.map(({ name }) => name)).toEqual(["tarif X « Tarif d'essai »", '2.1 « Structure »', '2.2 « Excédent »']);
    expect(symbols[2]?.children?.map(({ name }) => name)).toEqual(['seuil', 'excédent', 'exemple « juste au seuil »']);
  });
  it('finds an article of the workspace by its number, a name by some letters', async () => {
    const found = await editor.rpc.sendRequest<SymbolInformation[]>('workspace/symbol', { query: '12.11' });
    expect(found[0]?.name).toBe('12.11 « Rajustement »');
    const names = await editor.rpc.sendRequest<SymbolInformation[]>('workspace/symbol', { query: 'excedent' });
    expect(names.map(({ name }) => name)).toContain('excédent');
  });
  it('folds articles, examples and statements of several lines', async () => {
    const ranges = await editor.rpc.sendRequest<{ startLine: number; endLine: number }[]>('textDocument/foldingRange', { textDocument: { uri: editor.uri(NAME) } });
    expect(ranges.map(({ startLine, endLine }) => `${startLine}-${endLine}`)).toEqual(expect.arrayContaining(['1-8', '3-5', '14-20', '18-20']));
  });
});

describe('completion', () => {
  const labels = async (marked: string): Promise<string[]> => (await at<CompletionItem[]>(marked, 'textDocument/completion')).sort((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1)).map(({ label }) => label);
  it('offers statements at the start of a line, not what cannot open one', async () => {
    const found = await labels(insert('seuil = 50 kW\n', '  '));
    expect(found).toEqual(expect.arrayContaining(['exige', 'donnée', 'prime', 'exemple', 'vérifie']));
    expect(found).not.toContain('au-delà');
    expect(found).not.toContain('article');
  });
  it('offers headers at the margin', async () => {
    const found = await labels(`${TARIF}‸`);
    expect(found).toEqual(expect.arrayContaining(['article', 'tarif', 'option']));
    expect(found).not.toContain('donnée');
  });
  it('offers the units that fit first', async () => {
    expect((await labels(insert('frais 46,154 ', '').replace('‸¢/jour', '‸'))).slice(0, 3)).toEqual(['$/jour', '$/mois', '¢/jour']);
    expect((await labels(insert('vérifie seuil = 50 ', '').replace('‸kW', '‸')))[0]).toBe('kW');
    expect(await labels(insert('seuil = 50 kW\n', '  donnée autre en '))).toContain('kWh');
  });
  it('offers names in scope, with unit and article', async () => {
    const items = await at<CompletionItem[]>(insert('seuil = 50 kW\n', '  double = 2 × pui'), 'textDocument/completion');
    expect(items.find(({ label }) => label === 'puissance_appelée')).toMatchObject({ detail: 'kW — article 1.1', documentation: 'la plus grande puissance du mois' });
    expect(items.map(({ label }) => label)).not.toContain('donnée');
  });
  it('offers the choices of a datum', async () => { expect((await labels(insert('si phases = ', '').replace('‸triphasé', '‸'))).slice(0, 2)).toEqual(['monophasé', 'triphasé']); });
  it('offers the choices of a datum, and its rate’s data, in an example', async () => {
    expect((await labels(insert('puissance_appelée = 50 kW\n', '    phases = '))).slice(0, 2)).toEqual(['monophasé', 'triphasé']);
    expect(await labels(insert('puissance_appelée = 50 kW\n', '    '))).toEqual(expect.arrayContaining(['phases', 'puissance_appelée', 'donne', 'historique']));
  });
  it('offers articles with their title', async () => {
    const items = await at<CompletionItem[]>(insert('seuil = 50 kW\n', '  reprend l’article '), 'textDocument/completion');
    expect(items.find(({ label }) => label === '12.11')?.detail).toBe('Rajustement');
  });
  it('offers lines after « montant de », plages after « pendant », rates after « au tarif »', async () => {
    expect(await labels(insert('seuil = 50 kW\n', '  m = montant de '))).toEqual(['prime', 'énergie', 'frais'].sort());
    expect(await labels(insert('seuil = 50 kW\n', '  m = énergie pendant '))).toContain('hiver');
    expect(await labels(insert('seuil = 50 kW\n', '  m = total au tarif '))).toContain('X');
  });
  it('offers nothing in a text or a comment', async () => { expect(await labels(insert('article 2.2 « Ex', ''))).toEqual([]); expect(await labels(insert('seuil = 50 kW', ' # se'))).toEqual([]); });
});

describe('rename', () => {
  const edits = (edit: WorkspaceEdit | null): string[] => Object.entries(edit?.changes ?? {}).flatMap(([uri, list]) => list.map(({ range, newText }) => `${uri === editor.uri(NAME) ? 'x' : 'édition'} ${range.start.line + 1} ${newText}`)).sort();
  it('changes a name everywhere', async () => {
    expect(edits(await at(mark('excédent = puissance_app', 'elée'), 'textDocument/rename', { newName: 'puissance_maximale' }))).toEqual(['x 12 puissance_maximale', 'x 18 puissance_maximale', 'édition 9 puissance_maximale']);
  });
  it.each([
    ['a word of the language', mark('fr', 'ais 46'), 'droits'], ['an article', mark('article 2.', '2 «'), '2.3'], ['a measure that bears a word of the language', mark("montant de l'éner", 'gie'), 'courant'],
    ['a taken name', mark('se', 'uil = 50 kW\n  excédent'), 'puissance_appelée'], ['a name that differs by accents only', mark('se', 'uil = 50 kW\n  excédent'), 'excedent'], ['a keyword as a name', mark('se', 'uil = 50 kW\n  excédent'), 'exige'],
    ['an unreadable name', mark('se', 'uil = 50 kW\n  excédent'), 'le seuil'], ['a name of every rate', mark('se', 'uil = 50 kW\n  excédent'), 'jours'], ['a choice', mark('se', 'uil = 50 kW\n  excédent'), 'triphasé'], ['a change of reach', mark('se', 'uil = 50 kW\n  excédent'), 'S'],
  ])('refuses %s', async (_, marked, newName) => { await expect(at(marked, 'textDocument/rename', { newName })).rejects.toThrow(/\S/); });
  it('says what can be renamed', async () => { expect(await at(mark('se', 'uil = 50 kW\n  excédent'), 'textDocument/prepareRename')).toMatchObject({ placeholder: 'seuil' }); });
});

describe('code actions', () => {
  async function fixes(text: string): Promise<{ title: string; text: string }[]> {
    await editor.change(NAME, text);
    await editor.idle();
    const found: { title: string; text: string }[] = [];
    for (const diagnostic of editor.diagnostics(NAME)) {
      const actions = await editor.rpc.sendRequest<CodeAction[]>('textDocument/codeAction', { textDocument: { uri: editor.uri(NAME) }, range: diagnostic.range, context: { diagnostics: [diagnostic] } });
      for (const { title, edit, kind } of actions) if (kind === 'quickfix') found.push({ title, text: apply(text, edit?.changes?.[editor.uri(NAME)] ?? []) });
    }
    return found;
  }
  it('takes the nearest name', async () => { expect((await fixes(TARIF.replace('au-delà de seuil', 'au-delà de seuille')))[0]).toEqual({ title: 'Remplacer par « seuil »', text: TARIF }); });
  it('adds the unit that is missing', async () => { expect((await fixes(TARIF.replace('vérifie seuil = 50 kW', 'vérifie seuil = 50'))).map(({ text }) => text)).toEqual([TARIF]); });
  it('gives a price its month', async () => {
    const texts = (await fixes(TARIF.replace('4 $/kW/mois  sinon', '4 $/kW  sinon'))).map(({ text }) => text);
    expect(texts[0]).toBe(TARIF);
  });
  it('makes a repeated figure a reference', async () => {
    const text = TARIF.replace('excédent = puiss', 'autre_prix = 11,142 ¢/kWh\n  excédent = puiss');
    expect((await fixes(text)).map((fix) => fix.text)).toContain(text.replace('autre_prix = 11,142 ¢/kWh', 'autre_prix = 11,142 ¢/kWh selon 2.1'));
  });
  it('writes a decimal comma', async () => { expect((await fixes(TARIF.replace('46,154', '46.154'))).map(({ text }) => text)).toContain(TARIF); });
  it('closes a text', async () => { expect((await fixes(TARIF.replace('« Excédent »', '« Excédent'))).map(({ text }) => text)).toContain(TARIF); });
  it('puts printed signs, but not in units', async () => {
    const text = TARIF.replace('50 kW\n  excédent', '100 kW / 2 * 1\n  d = 3 $/kW\n  donnée e en $/kW\n  excédent');
    await editor.change(NAME, text);
    const actions = await editor.rpc.sendRequest<CodeAction[]>('textDocument/codeAction', { textDocument: { uri: editor.uri(NAME) }, range: { start: { line: 0, character: 0 }, end: { line: 20, character: 0 } }, context: { diagnostics: [] } });
    expect(apply(text, actions.find(({ kind }) => kind === 'refactor.rewrite')?.edit?.changes?.[editor.uri(NAME)] ?? [])).toBe(text.replace('100 kW / 2 * 1', '100 kW ÷ 2 × 1'));
  });
});

function apply(text: string, edits: readonly TextEdit[]): string {
  const lines = text.split('\n');
  const offset = ({ line, character }: { line: number; character: number }): number => lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + character;
  return [...edits].sort((a, b) => offset(b.range.start) - offset(a.range.start)).reduce((out, { range, newText }) => out.slice(0, offset(range.start)) + newText + out.slice(offset(range.end)), text);
}

describe('examples, colours, format', () => {
  const everything = { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } };
  it('shows what an example gives', async () => {
    await editor.change(NAME, TARIF);
    const hints = await editor.rpc.sendRequest<InlayHint[]>('textDocument/inlayHint', { textDocument: { uri: editor.uri(NAME) }, range: everything });
    expect(hints.map(({ label, position }) => `${position.line + 1} ${String(label)}`)).toEqual(['15 ✓ 2']);
  });
  it('shows what was found where it differs', async () => {
    // 30 × 0,46154 + 1 200 × 0,07065 = 13,8462 + 84,78 = 98,6262
    await editor.change(NAME, TARIF.replace('total = 98,6262 $', 'total = 98,63 $'));
    const hints = await editor.rpc.sendRequest<InlayHint[]>('textDocument/inlayHint', { textDocument: { uri: editor.uri(NAME) }, range: everything });
    expect(hints.map(({ label, position }) => `${position.line + 1} ${String(label).replace(/\u00A0/g, ' ')}`)).toEqual(['15 ✗ 1/2', '21 → 98,6262 $']);
  });
  it('runs no example of a program that is wrong', async () => {
    await editor.change(NAME, TARIF.replace('au-delà de seuil', 'au-delà de rien'));
    expect(await editor.rpc.sendRequest('textDocument/inlayHint', { textDocument: { uri: editor.uri(NAME) }, range: everything })).toEqual([]);
  });
  it('colours words by what they mean', async () => {
    await editor.change(NAME, TARIF);
    const { data } = await editor.rpc.sendRequest<{ data: number[] }>('textDocument/semanticTokens/full', { textDocument: { uri: editor.uri(NAME) } });
    expect(data.length % 5).toBe(0);
    // « tarif » is a word, « X » the name of a rate that this line declares, then a text.
    expect(data.slice(0, 15)).toEqual([0, 0, 5, 0, 0, 0, 6, 1, 10, 1, 0, 2, 17, 2, 0]);
  });
  it('formats, and leaves the line ends alone', async () => {
    const crooked = TARIF.replace('seuil = 50 kW\n', 'seuil   =   50 kW\n');
    await editor.change(NAME, TARIF);
    const formatted = apply(TARIF, await editor.rpc.sendRequest<TextEdit[]>('textDocument/formatting', { textDocument: { uri: editor.uri(NAME) }, options: { tabSize: 2, insertSpaces: true } }));
    await editor.change(NAME, crooked);
    expect(apply(crooked, await editor.rpc.sendRequest<TextEdit[]>('textDocument/formatting', { textDocument: { uri: editor.uri(NAME) }, options: { tabSize: 2, insertSpaces: true } }))).toBe(formatted);
    await editor.change(NAME, crooked.replace(/\n/g, '\r\n'));
    const edits = await editor.rpc.sendRequest<TextEdit[]>('textDocument/formatting', { textDocument: { uri: editor.uri(NAME) }, options: { tabSize: 2, insertSpaces: true } });
    expect(edits.some(({ newText }) => /[^\r]\n/.test(newText))).toBe(false);
  });
  it('refuses to format a broken file, with its reason', async () => {
    await editor.change(NAME, TARIF.replace('seuil = 50 kW', 'seuil = = 50 kW'));
    await expect(editor.rpc.sendRequest('textDocument/formatting', { textDocument: { uri: editor.uri(NAME) }, options: {} })).rejects.toThrow(/ne convient pas ici/);
    await editor.change(NAME, TARIF);
    await editor.idle();
  });
});

describe('files that come and go', () => {
  const watched = async (name: string, type: 1 | 2 | 3): Promise<void> => { await editor.rpc.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: editor.uri(name), type }] }); await editor.idle(); };
  it('asks to hear of them', () => { expect(editor.log.join('\n')).toContain('**/*.tarif'); });
  it('checks with a file that appears, changes and disappears', async () => {
    editor.write('livre/03.tarif', 'tarif X\narticle 2.1 « Encore »\n  note « deux fois »\n');
    await watched('livre/03.tarif', 1);
    expect(codes('livre/03.tarif')).toEqual(['articles/double 2']);
    editor.write('livre/03.tarif', 'tarif X\narticle 2.9 « Encore »\n  sans calcul « rien »\n');
    await watched('livre/03.tarif', 2);
    expect(codes('livre/03.tarif')).toEqual([]);
    rmSync(join(editor.folder, 'livre/03.tarif'));
    await watched('livre/03.tarif', 3);
    expect(codes('livre/03.tarif')).toEqual([]);
  });
  it('checks with a new file that is not saved, and without it when it is closed', async () => {
    await editor.open('livre/04.tarif', 'tarif X\narticle 2.1 « Encore »\n  note « deux fois »\n');
    await editor.idle();
    expect(codes('livre/04.tarif')).toEqual(['articles/double 2']);
    await editor.close('livre/04.tarif');
    await editor.idle();
    expect(codes('livre/04.tarif')).toEqual([]);
  });
  it('checks a file outside of any edition by itself', async () => {
    await editor.open('ailleurs/seul.tarif', 'tarif Y « Seul »\narticle 1.1 « A »\n  a = = 1\n');
    await editor.idle();
    expect(codes('ailleurs/seul.tarif')).toEqual(['edition/absente 1', 'syntaxe/inattendu 3']);
    expect(codes()).toEqual([]);
    await editor.close('ailleurs/seul.tarif');
    await editor.idle();
  });
  it('keeps two editions apart, and together where one amends the other', async () => {
    editor.write('deux/2026/edition.tarif', EDITION);
    editor.write('deux/2026/02.tarif', TARIF);
    editor.write('deux/2027/edition.tarif', 'édition « Suite » en vigueur le 1er avril 2027 modifie l\'édition du 1er avril 2026\n');
    const second = 'tarif X\narticle 2.2 « Excédent »\n  seuil = 60 kW\n  excédent = puissance_appelée au-delà de seuil\n';
    editor.write('deux/2027/02.tarif', second);
    await editor.open('deux/2027/02.tarif', second);
    await editor.open('deux/2026/02.tarif', TARIF);
    await editor.idle();
    expect([codes('deux/2027/02.tarif'), codes('deux/2026/02.tarif')]).toEqual([[], []]);
    await editor.change('deux/2026/02.tarif', TARIF.replace('prime de excédent', 'prime de dépassement').replaceAll('excédent =', 'dépassement ='));
    await editor.idle();
    // The amended article is read by the new edition too, which still says « excédent ».
    expect(codes('deux/2026/02.tarif')).toEqual(['noms/inconnu 7']);
    expect(codes()).toEqual([]);
    await editor.close('deux/2026/02.tarif');
    await editor.close('deux/2027/02.tarif');
    await editor.idle();
  });
  it('says what is wrong with the bytes of a file', async () => {
    editor.write('livre/05.tarif', new Uint8Array([0x61, 0xe9, 0x0a]));
    await watched('livre/05.tarif', 1);
    expect(codes('livre/05.tarif')).toEqual(['texte/encodage 1']);
    rmSync(join(editor.folder, 'livre/05.tarif'));
    await watched('livre/05.tarif', 3);
  });
});

describe('the process', () => {
  it('answers in English when asked', async () => {
    const other = await startEditor(FILES, { initializationOptions: { lang: 'en' } });
    await other.open(NAME, TARIF.replace('au-delà de seuil', 'au-delà de rien'));
    await other.idle();
    expect(other.diagnostics(NAME)[0]?.message).toMatch(/is not defined/);
    expect(await other.stop()).toBe(0);
  }, 60_000);
  it('gives up a question that is cancelled, and answers the next', async () => {
    const { CancellationTokenSource } = await import('vscode-languageserver-protocol/node');
    const source = new CancellationTokenSource();
    const question = editor.rpc.sendRequest('textDocument/inlayHint', { textDocument: { uri: editor.uri(NAME) }, range: { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } } }, source.token);
    source.cancel();
    await Promise.race([question.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 5000))]);
    expect(await editor.rpc.sendRequest('textDocument/documentSymbol', { textDocument: { uri: editor.uri(NAME) } })).toHaveLength(3);
  });
  it('exits with 1 when the editor leaves without saying so, with 0 after shutdown', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/server/main.ts'], { cwd: join(import.meta.dirname, '../..'), stdio: ['pipe', 'pipe', 'inherit'] });
    const code = new Promise((resolve) => { child.on('exit', resolve); });
    child.stdin.end();
    expect(await code).toBe(1);
    expect(editor.log.filter((line) => line.startsWith('bareme:'))).toEqual([]);
    expect(await editor.stop()).toBe(0);
  }, 60_000);
});
