/** What the editor may do about a diagnostic, and signs put right. The tree and the diagnostics are read; nothing is guessed from messages. */
import type { CodeAction, Diagnostic as LspDiagnostic, Range, TextEdit } from 'vscode-languageserver';
import { UNIT_WORDS } from '../../grammar/vocabulary.ts';
import { spell } from '../format/spelling.ts';
import type { Lang } from '../quantity/format.ts';
import { parseUnit } from '../quantity/unit.ts';
import type { DiagnosticData } from './diagnostics.ts';
import type { Document } from './document.ts';
import { endOf, lexPart } from './words.ts';

/** Actions for some diagnostics, and for the signs of a range. */
export function codeActions(document: Document, range: Range, diagnostics: readonly LspDiagnostic[], lang: Lang): CodeAction[] {
  const fixes = diagnostics.filter(({ source }) => source === 'bareme').flatMap((diagnostic) => fixesOf(document, diagnostic, lang));
  const signs = signEdits(document, document.text.offsetAt({ line: range.start.line, character: 0 }), document.text.offsetAt({ line: range.end.line + 1, character: 0 }));
  const all = signEdits(document, 0, Infinity);
  const inFile = { changes: { [document.uri]: all } };
  return [
    ...fixes,
    ...(signs.length > 0 ? [{ title: say(lang, 'Mettre les signes typographiques de ces lignes', 'Use the printed signs on these lines'), kind: 'refactor.rewrite', edit: { changes: { [document.uri]: signs } } }] : []),
    ...(all.length > 0 ? [{ title: say(lang, 'Mettre les signes typographiques du fichier', 'Use the printed signs in the file'), kind: 'source.fixAll', edit: inFile }] : []),
  ];
}

const NUMBER_AT_START = /^\s*(?:−|-)?\d[\d \u00A0\u202F]*(?:,\d+)?(?![\d,]|[ \u00A0\u202F]?[$¢%°\p{L}])/u;
const NUMBER_AT_END = /(?:^|[\s(×÷=<>≤≥+−-])(\d[\d \u00A0\u202F]*(?:,\d+)?)\s*$/u;

function fixesOf(document: Document, diagnostic: LspDiagnostic, lang: Lang): CodeAction[] {
  const params = ((diagnostic.data as DiagnosticData | undefined)?.params ?? {}) as Readonly<Record<string, unknown>>;
  const text = (name: string): string | undefined => (typeof params[name] === 'string' ? params[name] : undefined);
  const found = document.text.getText(diagnostic.range);
  const start = document.text.offsetAt(diagnostic.range.start);
  const fix = (title: string, edits: TextEdit[], preferred: boolean): CodeAction => ({ title, kind: 'quickfix', diagnostics: [diagnostic], isPreferred: preferred, edit: { changes: { [document.uri]: edits } } });
  const edit = (from: number, to: number, newText: string): TextEdit => ({ range: { start: document.text.positionAt(from), end: document.text.positionAt(to) }, newText });
  const actions: CodeAction[] = [];

  const nearest = text('nearest');
  const named = text('name') ?? text('found') ?? text('number');
  if (nearest !== undefined && named !== undefined) {
    const at = found.normalize('NFC') === found ? found.lastIndexOf(named) : -1;
    if (at >= 0) actions.push(fix(say(lang, `Remplacer par « ${nearest} »`, `Replace with “${nearest}”`), [edit(start + at, start + at + named.length, nearest)], true));
  }
  const insertUnit = (at: number, unit: string, preferred: boolean): void => { if (parseUnit(unit)) actions.push(fix(say(lang, `Ajouter l'unité « ${unit} »`, `Add the unit “${unit}”`), [edit(at, at, ` ${unit}`)], preferred)); };
  switch (diagnostic.code) {
    case 'unites/attendue': case 'unites/seuil':
      if (text('found') === 'un nombre' && NUMBER_AT_START.test(found)) insertUnit(start + (NUMBER_AT_START.exec(found)?.[0].trimEnd().length ?? 0), text('expected') ?? '', true);
      break;
    case 'unites/prix': {
      const wanted = (text('expected') ?? '').split(' ou ');
      if (text('price') === 'un nombre' && NUMBER_AT_START.test(found)) wanted.forEach((unit, index) => { insertUnit(start + (NUMBER_AT_START.exec(found)?.[0].trimEnd().length ?? 0), unit, index === 0); });
      break;
    }
    case 'unites/incompatibles': {
      if (text('left') === 'un nombre' && NUMBER_AT_START.test(found)) insertUnit(start + (NUMBER_AT_START.exec(found)?.[0].trimEnd().length ?? 0), text('right') ?? '', true);
      if (text('right') === 'un nombre' && NUMBER_AT_END.test(found)) insertUnit(start + found.trimEnd().length, text('left') ?? '', true);
      break;
    }
    case 'proration/manquante':
      if (/[$¢]/.test(found)) for (const unit of ['mois', 'jour']) actions.push(fix(say(lang, `Ajouter « /${unit} »`, `Add “/${unit}”`), [edit(start + found.trimEnd().length, start + found.trimEnd().length, `/${unit}`)], unit === 'mois'));
      break;
    case 'chiffres/repete': {
      const article = text('article');
      if (article !== undefined) actions.push(fix(say(lang, `Écrire « selon ${article} »`, `Write “selon ${article}”`), [edit(start + found.length, start + found.length, ` selon ${article}`)], true));
      break;
    }
    case 'syntaxe/point-decimal': {
      const [wrong, right] = [text('found'), text('right')];
      if (wrong === found && right !== undefined) actions.push(fix(say(lang, `Écrire « ${right} »`, `Write “${right}”`), [edit(start, start + found.length, right)], true));
      break;
    }
    case 'texte/guillemets': {
      const line = document.text.getText({ start: diagnostic.range.start, end: { line: diagnostic.range.start.line + 1, character: 0 } }).trimEnd();
      actions.push(fix(say(lang, 'Fermer le texte à la fin de la ligne', 'Close the text at the end of the line'), [edit(start + line.length, start + line.length, ' »')], true));
      break;
    }
    default: break;
  }
  return actions;
}

const UNITS = new Set(UNIT_WORDS);
/** Signs of the keyboard that have a printed form: `*`, `<=`, `/`… between values, never inside a unit. */
function signEdits(document: Document, from: number, to: number): TextEdit[] {
  return document.parts.flatMap((part, at): TextEdit[] => {
    const base = document.starts[at]!;
    if (part.shift || base > to || base + part.raw.length < from) return [];
    const { tokens } = lexPart(part);
    return tokens.flatMap((token, index): TextEdit[] => {
      const start = base + token.startOffset;
      if (start < from || start >= to || !/^(?:Fois|Divisé|Moins|InférieurOuÉgal|SupérieurOuÉgal|Différent)$/.test(token.tokenType.name)) return [];
      const inUnit = UNITS.has(tokens[index - 1]?.image ?? '') && UNITS.has(tokens[index + 1]?.image ?? '');
      const newText = spell(token, inUnit);
      return newText === token.image ? [] : [{ range: { start: document.text.positionAt(start), end: document.text.positionAt(base + endOf(token)) }, newText }];
    });
  });
}

const say = (lang: Lang, french: string, english: string): string => (lang === 'fr' ? french : english);
