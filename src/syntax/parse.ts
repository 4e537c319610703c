/**
 * Text → abstract syntax, with every mistake found. Each statement is parsed by itself, so that a mistake stays inside it; when
 * one of its rows cannot be read, that row is set aside and the statement is read again without it.
 */
import type { CstNode, IRecognitionException, IToken } from 'chevrotain';
import { flatten, layout, type Line } from '../../grammar/layout.ts';
import * as t from '../../grammar/lexer.ts';
import { Grammar } from '../../grammar/parser.ts';
import { MONTHS, VOCABULARY } from '../../grammar/vocabulary.ts';
import { diagnostic, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { SourceFile, Span } from '../source/file.ts';
import { nearestName } from '../support/nearestName.ts';
import { Builder } from './build.ts';
import type { Block, Header, Statement, TarifFile } from './nodes.ts';
import { visit } from './visit.ts';

/** Deeper than any sentence of the book; past it the parser's own stack would be at risk. */
const DEEPEST = 60;
/** More operations in a row than any sentence of the book; they nest in the abstract tree though not on the page. */
const LONGEST = 400;
/** More digits than any figure; arithmetic reads no more of a decimal. */
const MOST_DIGITS = 40;

let shared: Grammar | undefined;
const grammar = (): Grammar => (shared ??= new Grammar());

/**
 * Reads one file. Never throws; what could not be read is in the diagnostics. `examples: false` is for billing: examples are left
 * out and each article is read when it is first needed; its diagnostics then go to `diagnostics`.
 */
export function parseFile(file: SourceFile, options: { readonly examples?: boolean; readonly diagnostics?: Diagnostic[] } = {}): Outcome<TarifFile> {
  const diagnostics = options.diagnostics ?? [];
  const builder = new Builder(file);
  const blocks = options.examples === false && !TEXT_AT_MARGIN.test(file.text)
    ? readLater(file, builder, diagnostics)
    : readPiece(file, 0, file.text, builder, diagnostics).flatMap(({ header, line, unknown }) =>
      (header ? [{ header, statements: readStatements(line, header, file, builder, diagnostics, unknown), span: spanOf(file, [line]) }] : []));
  return { value: { file, blocks }, diagnostics };
}

/** Blocks read from a stretch of a file; `spread` tells that a header goes on past its first line. */
export interface Margins extends Outcome<readonly Block[]> { readonly spread: boolean }

/** Reads a stretch of a text that begins at the margin (`pieces.ts`), as a file of its own. */
export function parseMargin(file: SourceFile): Margins {
  const diagnostics: Diagnostic[] = [];
  const builder = new Builder(file);
  const read = readPiece(file, 0, file.text, builder, diagnostics);
  const value = read.flatMap(({ header, line, unknown }) => (header ? [{ header, statements: readStatements(line, header, file, builder, diagnostics, unknown), span: spanOf(file, [line]) }] : []));
  return { value, diagnostics, spread: read.some(({ line }) => line.tokens.at(-1)?.startLine !== line.tokens[0]?.startLine) };
}

/** Statements, with apart what is wrong whatever block they are in: signs that mean nothing, lines back at the margin. */
export interface Statements extends Outcome<readonly Statement[]> { readonly anywhere: readonly Diagnostic[] }

/** Reads statements of an article (or of a block that is none) without the rest of their block, as a file of their own. */
export function parseStatements(file: SourceFile, article: string | undefined): Statements {
  const anywhere: Diagnostic[] = [];
  const builder = new Builder(file);
  const under: Line = { column: 1, tokens: [], children: [] };
  // Lines back at the margin open nothing here: they are complained of.
  const unknown: Gap[] = [];
  readPiece(file, 0, file.text, builder, anywhere, { under, unknown });
  const diagnostics: Diagnostic[] = [];
  return { anywhere, value: under.children.map((child) => readStatement(child, file, builder, diagnostics, article, unknown)), diagnostics };
}

/** A text whose next line is at the margin: such a file cannot be cut at its margins. */
const TEXT_AT_MARGIN = /«[^»\n]*\n[^\s]/;

type Gap = { readonly start: number; readonly end: number };

/** Lexes a stretch of a file that starts at an offset, and reads its headers. */
function readPiece(file: SourceFile, offset: number, text: string, builder: Builder, diagnostics: Diagnostic[], inside?: { readonly under: Line; readonly unknown: Gap[] }): { header: Header | undefined; line: Line; unknown: readonly Gap[] }[] {
  const lexed = t.lex(text, offset);
  for (const gap of lexed.unknown) {
    const found = file.text.slice(gap.start, gap.end);
    diagnostics.push(found.startsWith('«') ? diagnostic('texte/guillemets', {}, { span: { file, ...gap } }) : diagnostic('texte/caractere', { found }, { span: { file, ...gap } }));
  }
  inside?.unknown.push(...lexed.unknown);
  return layout(lexed.tokens, inside?.under).map((line) => ({ header: readHeader(line, file, builder, diagnostics), line, unknown: lexed.unknown }));
}

function readStatements(line: Line, header: Header, file: SourceFile, builder: Builder, diagnostics: Diagnostic[], unknown: readonly Gap[]): Statement[] {
  const article = header.kind === 'article' ? header.number : undefined;
  return line.children.map((child) => readStatement(child, file, builder, diagnostics, article, unknown));
}

/** An article whose statements are read when first asked for. */
class LaterBlock implements Block {
  private read: readonly Statement[] | undefined;
  constructor(readonly header: Block['header'], readonly span: Block['span'], private readonly body: () => readonly Statement[]) {}
  get statements(): readonly Statement[] {
    return (this.read ??= this.body());
  }
}

/** Cuts a file at its margins: headers are read now, what is under them when first asked for. A bill needs few articles. */
function readLater(file: SourceFile, builder: Builder, diagnostics: Diagnostic[]): Block[] {
  const margins = [...file.text.matchAll(/^[^\s#].*$/gm)].map((match) => ({ at: match.index, header: match[0] }));
  return margins.flatMap(({ at, header: text }, index) => {
    const end = margins[index + 1]?.at ?? file.text.length;
    const [read] = readPiece(file, at, text, builder, diagnostics);
    if (!read?.header) return [];
    const { header } = read;
    const body = (): Statement[] => {
      const rest = withoutExamples(file.text.slice(at, end));
      // The header has been read, and complained of; only its lines are new.
      const [again] = readPiece(file, at, rest, builder, []);
      if (!again) return [];
      for (const gap of again.unknown) if (gap.start >= at + text.length) diagnostics.push(diagnostic('texte/caractere', { found: file.text.slice(gap.start, gap.end) }, { span: { file, ...gap } }));
      return readStatements(again.line, header, file, builder, diagnostics, again.unknown);
    };
    return [new LaterBlock(header, { file, start: at, end }, body)];
  });
}

/** Blanks the examples, which are most of a book, so that they need not be read; every place stays where it was. */
function withoutExamples(text: string): string {
  let skipping = false;
  return text.split('\n').map((line) => {
    const indent = line.search(/\S/);
    if (indent >= 0 && indent <= 2) skipping = /^ {1,2}exemple[ \u00A0]/.test(line);
    return skipping ? ''.padEnd(line.length) : line;
  }).join('\n');
}

function readHeader(line: Line, file: SourceFile, builder: Builder, diagnostics: Diagnostic[]): Header | undefined {
  const first = line.tokens[0];
  if (!first) return undefined;
  if (!HEADER_WORDS.has(first.tokenType.name)) {
    diagnostics.push(diagnostic('syntaxe/entete-attendu', { found: first.image, nearest: nearestName(first.image, HEADER_SPELLINGS) }, { span: tokenSpan(file, first) }));
    return undefined;
  }
  const { cst, error } = run(line.tokens, 'entête');
  if (error) {
    diagnostics.push(explain(error, line.tokens, file, undefined));
    return undefined;
  }
  return cst && builder.header(cst);
}

function readStatement(line: Line, file: SourceFile, builder: Builder, diagnostics: Diagnostic[], article: string | undefined, unknown: readonly { start: number; end: number }[]): Statement {
  const broken = (): Statement => ({ kind: 'broken', name: nameGiven(line), label: undefined, span: spanOf(file, [line]) });
  if (depthOf(line) > DEEPEST || longestChain(line) > LONGEST) {
    diagnostics.push(diagnostic('syntaxe/profondeur', {}, { span: spanOf(file, [line]), article }));
    return broken();
  }
  const dropped = new Set<Line>();
  const span = spanOf(file, [line]);
  // A character that no token covers has been reported: what it breaks is not reported again.
  const alreadyReported = unknown.some((gap) => gap.start >= span.start && gap.end <= span.end);
  for (let attempt = 0; attempt < 50; attempt++) {
    const tokens = flatten(line, (child) => !dropped.has(child));
    const { cst, error } = run(tokens, 'énoncé');
    if (!error && cst) {
      const wrong: Diagnostic[] = tokens.flatMap((token) => {
        const place = { span: tokenSpan(file, token), article };
        if (!isPossible(token)) return [diagnostic('syntaxe/date-impossible', { found: token.image }, place)];
        return (token.tokenType === t.Quantite || token.tokenType === t.Nombre) && token.image.replace(/\D/g, '').length > MOST_DIGITS ? [diagnostic('syntaxe/nombre-long', { most: MOST_DIGITS }, place)] : [];
      });
      const statement = dropped.size > 0 || wrong.length > 0 ? broken() : builder.statement(cst);
      if (statement.kind === 'example') wrong.push(...raggedRows(statement, article));
      diagnostics.push(...wrong);
      return wrong.length > 0 ? broken() : statement;
    }
    if (!error) return broken();
    const culprit = deepestLine(line, error.token, dropped);
    const emptied = dropped.size > 0 && (culprit === undefined || culprit === line);
    if (!alreadyReported && !emptied) diagnostics.push(explain(error, tokens, file, article));
    if (!culprit || culprit === line || alreadyReported) return broken();
    dropped.add(culprit);
  }
  return broken();
}

const MONTH_LENGTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** Whether a date or a time of the clock can be: 29 February only where a year does not deny it, 24 h but not 24 h 30. */
function isPossible(token: IToken): boolean {
  if (token.tokenType === t.HeureMinute) {
    const [hours = 0, minutes = 0] = (token.image.match(/\d+/g) ?? []).map(Number);
    return hours < 24 ? minutes < 60 : hours === 24 && minutes === 0;
  }
  if (token.tokenType !== t.DateLitterale) return true;
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(token.image);
  const [first = '', second = '', third] = token.image.split(/[ \t\u00A0\u202F]+/);
  const month = iso ? Number(iso[2]) : MONTHS.indexOf(second) + 1;
  const day = iso ? Number(iso[3]) : Number.parseInt(first, 10);
  const year = iso ? Number(iso[1]) : third === undefined ? 2000 : Number(third);
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day >= 1 && day <= (month === 2 && !leap ? 28 : MONTH_LENGTHS[month - 1] ?? 0);
}

/** Rows of an example's tables that have not as many cells as the header: a value would land under another name. */
function raggedRows(statement: Statement, article: string | undefined): Diagnostic[] {
  const found: Diagnostic[] = [];
  visit(statement, (node) => {
    if (node.kind !== 'grid') return;
    for (const row of node.rows) {
      if (row.length !== node.header.length) found.push(diagnostic('syntaxe/tableau', { found: row.length, expected: node.header.length }, { span: row.find((cell) => cell !== undefined)?.span ?? node.span, article }));
    }
  });
  return found;
}

/** The names of the tokens that may come after some of a header's or of a statement's; none when these cannot be read. For an editor. */
export function mayFollow(tokens: readonly IToken[], rule: 'entête' | 'énoncé'): ReadonlySet<string> {
  return new Set(grammar().computeContentAssist(rule, [...tokens]).map(({ nextTokenType }) => nextTokenType.name));
}

/** Parses with one rule; the first mistake only, for what follows it in the same line is not to be trusted. */
function run(tokens: IToken[], rule: 'entête' | 'énoncé'): { cst?: CstNode; error?: IRecognitionException } {
  const parser = grammar();
  parser.input = tokens;
  const cst = rule === 'entête' ? parser.entête() : parser.énoncé();
  const error = parser.errors[0];
  return error ? { error } : { cst };
}

/** The innermost line, still kept, in which a mistake lies. */
function deepestLine(line: Line, token: IToken, dropped: ReadonlySet<Line>): Line | undefined {
  const at = Number.isNaN(token.startOffset) ? Infinity : token.startOffset;
  const kept = line.children.filter((child) => !dropped.has(child));
  for (let i = kept.length - 1; i >= 0; i--) {
    const child = kept[i];
    if (child && (child.tokens[0]?.startOffset ?? Infinity) <= at) return deepestLine(child, token, dropped) ?? child;
  }
  return line;
}

function explain(error: IRecognitionException, tokens: readonly IToken[], file: SourceFile, article: string | undefined): Diagnostic {
  const index = tokens.indexOf(error.token);
  const before = index < 0 ? tokens.at(-1) : tokens[index - 1];
  const token = error.token;
  const virtual = token.tokenType === t.FinLigne || token.tokenType === t.FinRetrait || index < 0;
  const span = virtual && before ? tokenSpan(file, realBefore(tokens, index) ?? before) : tokenSpan(file, token);
  const place = { span, article };
  if (token.tokenType === t.Retrait) return diagnostic('syntaxe/retrait', {}, { span: tokenSpan(file, tokens[index + 1] ?? token), article });
  const point = token.tokenType === t.NumeroArticle ? token : undefined;
  if (point) {
    const right = point.image.replace('.', ',');
    return diagnostic('syntaxe/point-decimal', { found: point.image, right }, { span: tokenSpan(file, point), article });
  }
  const expected = expectedLabels(error);
  if (virtual) return diagnostic('syntaxe/incomplet', { expected }, place);
  const first = tokens.find((candidate) => candidate.tokenType !== t.Lettre && candidate.tokenType !== t.Alinea);
  const startsStatement = first !== undefined && (first === token || (tokens[tokens.indexOf(first) + 1] === token && first.tokenType === t.Identifiant));
  if (startsStatement && first.tokenType === t.Identifiant) {
    const words = VOCABULARY.filter((entry) => entry.kind === 'énoncé' || entry.kind === 'rôle').flatMap((entry) => entry.spellings);
    const nearest = nearestName(first.image, words);
    if (nearest !== undefined || first === token) return diagnostic('syntaxe/enonce-inconnu', { found: first.image, nearest }, { span: tokenSpan(file, first), article });
  }
  return diagnostic('syntaxe/inattendu', { found: `« ${token.image} »`, expected }, place);
}

function expectedLabels(error: IRecognitionException): string {
  const match = /expecting(?: token of type)? --> (.+?) <--/i.exec(error.message);
  if (match?.[1]) return labelOf(match[1]);
  const paths = [...error.message.matchAll(/\d+\. \[([^\]]+)\]/g)].map((found) => found[1]?.split(',')[0]?.trim() ?? '');
  const labels = [...new Set(paths.map(labelOf))].filter((label) => label !== '');
  if (labels.length === 0) return 'la fin de l’énoncé';
  return labels.length > 6 ? `${labels.slice(0, 6).join(', ')}…` : labels.join(', ');
}
const LABELS = new Map(t.ALL_TOKENS.map((type) => [type.name, type.LABEL ?? type.name]));
const labelOf = (name: string): string => LABELS.get(name) ?? name;

const HEADER_WORDS = new Set(['Edition', 'Chapitre', 'Section', 'Tarif', 'Option', 'DispositionsCommunes', 'Modele', 'Article']);
const HEADER_SPELLINGS = VOCABULARY.filter((entry) => HEADER_WORDS.has(entry.token)).map((entry) => entry.spellings[0] ?? '');

/** The name that a broken statement would have given. */
function nameGiven(line: Line): string | undefined {
  const tokens = line.tokens.filter((token) => token.tokenType !== t.Lettre && token.tokenType !== t.Alinea);
  const [first, second] = tokens;
  if (!first) return undefined;
  const declares = ['Donnee', 'Mesure', 'Plage', 'Remplace'].includes(first.tokenType.name) || first.tokenType.CATEGORIES?.includes(t.Role);
  return declares ? second?.image : first.image;
}

const tokenSpan = (file: SourceFile, token: IToken): Span => {
  const end = file.text.length;
  if (Number.isNaN(token.startOffset)) return { file, start: Math.max(0, end - 1), end };
  return { file, start: token.startOffset, end: Math.max(token.startOffset + 1, (token.endOffset ?? token.startOffset) + 1) };
};
function realBefore(tokens: readonly IToken[], index: number): IToken | undefined {
  for (let i = (index < 0 ? tokens.length : index) - 1; i >= 0; i--) if (tokens[i]?.image !== '') return tokens[i];
  return undefined;
}
function spanOf(file: SourceFile, lines: readonly Line[]): Span {
  let start = Infinity;
  let end = 0;
  const visit = (line: Line): void => {
    start = Math.min(start, line.tokens[0]?.startOffset ?? Infinity);
    end = Math.max(end, (line.tokens.at(-1)?.endOffset ?? -1) + 1);
    line.children.forEach(visit);
  };
  lines.forEach(visit);
  return { file, start: start === Infinity ? 0 : start, end };
}
/** How deep parentheses and lines are nested. */
function depthOf(line: Line): number {
  let depth = 0;
  let deepest = 0;
  for (const token of line.tokens) {
    if (token.tokenType === t.ParG) deepest = Math.max(deepest, ++depth);
    else if (token.tokenType === t.ParD) depth--;
  }
  // Iterative on purpose: lines may be nested by the thousand.
  let level = 0;
  let lines: readonly Line[] = line.children;
  while (lines.length > 0) {
    level++;
    lines = lines.flatMap((child) => child.children);
    if (level > DEEPEST) break;
  }
  return Math.max(deepest, level);
}
/** The most operations in one line: `a + b + …` is a tree as deep as it is long. */
function longestChain(line: Line): number {
  return line.children.reduce((longest, child) => Math.max(longest, longestChain(child)), line.tokens.filter((token) => OPERATIONS.has(token.tokenType)).length);
}
const OPERATIONS: ReadonlySet<IToken['tokenType']> = new Set([
  t.Plus, t.Moins, t.Fois, t.Divise, t.KEYWORDS.Et, t.KEYWORDS.Ou, t.KEYWORDS.ADefaut, t.KEYWORDS.MaisAuMoins, t.KEYWORDS.MaisAuPlus, t.KEYWORDS.AuDelaDe,
  t.KEYWORDS.Pendant, t.KEYWORDS.Sauf, t.KEYWORDS.Sur, t.KEYWORDS.Avec, t.KEYWORDS.AuxTarifs, t.KEYWORDS.Parmi, t.KEYWORDS.Est,
]);
