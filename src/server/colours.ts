/** Semantic colours: what each word is, from the tokens of the language and, for names, from what they mean in the text. */
import type { SemanticTokens } from 'vscode-languageserver';
import { VOCABULARY } from '../../grammar/vocabulary.ts';
import { headerOccurrences, occurrencesOf, type Occurrence } from './names.ts';
import type { Document, Part } from './document.ts';
import { endOf, lexPart } from './words.ts';

/** Types and modifiers in the order of the legend. */
export const TYPES = ['keyword', 'number', 'string', 'comment', 'operator', 'variable', 'property', 'event', 'class', 'interface', 'namespace', 'function', 'enumMember'] as const;
export const MODIFIERS = ['declaration', 'readonly'] as const;
type Type = (typeof TYPES)[number];

const KEYWORDS = new Set<string>(VOCABULARY.map(({ token }) => token));
const OTHERS: Readonly<Record<string, Type>> = {
  Texte: 'string', DateLittérale: 'number', HeureMinute: 'number', Quantité: 'number', NuméroArticle: 'class', Rang: 'number', NombreLittéral: 'number', MoisNommé: 'number', JourSemaine: 'number', Lettre: 'keyword', Alinéa: 'keyword', SigneUnité: 'keyword',
};
const SIGNS = new Set(['Plus', 'Moins', 'Fois', 'Divisé', 'InférieurOuÉgal', 'SupérieurOuÉgal', 'Différent', 'Inférieur', 'Supérieur', 'Égal']);
const BY_SPACE: Readonly<Record<Occurrence['space'], Type>> = { value: 'variable', line: 'function', rate: 'namespace', option: 'namespace', model: 'interface', article: 'class' };

interface Colour { readonly start: number; readonly end: number; readonly type: Type; readonly declares: boolean }

const kept = new WeakMap<Part, readonly Colour[]>();

/** The colours of a piece, in its own places; kept while the piece is. */
function coloursOf(part: Part): readonly Colour[] {
  const known = kept.get(part);
  if (known) return known;
  const names = new Map<number, { readonly type: Type; readonly end: number; readonly declares: boolean }>();
  const statements = [...part.blocks.flatMap(({ statements: own }) => own), ...part.statements];
  for (const { span, space, declares } of [...part.blocks.flatMap(({ header }) => headerOccurrences(header)), ...statements.flatMap(occurrencesOf)]) {
    if (!names.has(span.start) || (names.get(span.start)?.end ?? 0) < span.end) names.set(span.start, { type: BY_SPACE[space], end: span.end, declares });
  }
  for (const statement of statements) {
    if (!('name' in statement) || typeof statement.name !== 'object') continue;
    const type: Type | undefined = statement.kind === 'plage' ? 'event' : statement.kind === 'data' || statement.kind === 'measure' ? 'property' : undefined;
    if (type) names.set(statement.name.span.start, { type, end: statement.name.span.end, declares: true });
  }
  const { tokens, comments } = lexPart(part);
  const made: Colour[] = [...comments.map((token): Colour => ({ start: token.startOffset, end: endOf(token), type: 'comment', declares: false }))];
  for (const token of tokens) {
    const name = names.get(token.startOffset);
    const kind = token.tokenType.name;
    const type = name?.type ?? (KEYWORDS.has(kind) ? 'keyword' : OTHERS[kind] ?? (SIGNS.has(kind) ? 'operator' : kind === 'Identifiant' ? 'variable' : undefined));
    if (type) made.push({ start: token.startOffset, end: endOf(token), type, declares: name?.declares ?? false });
  }
  made.sort((a, b) => a.start - b.start);
  kept.set(part, made);
  return made;
}

/** The colours of a document, or of its lines from one to another. */
export function semanticTokens(document: Document, from = 0, to = Infinity): SemanticTokens {
  const data: number[] = [];
  let lastLine = 0;
  let lastColumn = 0;
  document.parts.forEach((part, at) => {
    const base = document.starts[at]!;
    if (base > to || base + part.raw.length < from) return;
    for (const { start, end, type, declares } of coloursOf(part)) {
      const raw = (offset: number): number => base + (part.shift ? part.shift[offset] ?? part.raw.length : offset);
      // A text may go over several lines; a colour may not.
      let place = document.text.positionAt(raw(start));
      const last = document.text.positionAt(raw(end));
      for (; place.line <= last.line; place = { line: place.line + 1, character: 0 }) {
        const stop = place.line === last.line ? last.character : lineLength(document, place.line);
        if (stop <= place.character) continue;
        data.push(place.line - lastLine, place.line === lastLine ? place.character - lastColumn : place.character, stop - place.character, TYPES.indexOf(type), declares ? 1 : 0);
        lastLine = place.line;
        lastColumn = place.character;
      }
    }
  });
  return { data };
}
const lineLength = (document: Document, line: number): number => document.text.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } }).replace(/[\r\n]+$/, '').length;
