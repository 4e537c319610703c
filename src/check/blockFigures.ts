/**
 * What the block of an article says in numbers, and which articles it cites: its own literals, those of what it borrows, and those of
 * what it reads by name elsewhere. The figures of its examples are not its own.
 */
import { MONTHS } from '../../grammar/vocabulary.ts';
import { divide, equals, fromInteger, isZero, multiply, negate, ONE, parseExact } from '../quantity/exact.ts';
import type { Span } from '../source/file.ts';
import type { Quantity, SetAsideFigure, SetAsideStatement, Statement } from '../syntax/nodes.ts';
import { childrenOf, visit, type AnyNode } from '../syntax/visit.ts';
import { articlesIn } from './close.ts';
import { statementsOf, type Article, type Book, type Module } from './book.ts';
import { bare, inUnit, quantity, type Figure } from './figures.ts';
import { read } from './readFigures.ts';

/** A figure as a statement writes it. */
interface Literal {
  readonly figure: Figure;
  readonly text: string;
  readonly span: Span;
  /** Whether the article must print it: not a bound or a presumption of a case's data, a zero, a figure whose home is elsewhere. */
  readonly owed: boolean;
  /** Said by a `lecture`: it accounts for what the page prints and for what the block writes beyond the page. */
  readonly reading?: boolean;
}
/** A figure of a block: written there, borrowed with a whole article, or read by its name elsewhere. */
export interface Written extends Literal {
  readonly from: 'bloc' | 'reprise' | 'nom';
  /** Where it is written, when not in the block itself. */
  readonly via: string | undefined;
  /** The articles borrowed on the way, from the block's to the one that writes it; `*` for a whole rate, whose figures are not owed. */
  readonly through: readonly string[];
}
/** An article that a block cites. */
export interface Cited { readonly from: string; readonly to: string | undefined; readonly span: Span; readonly owed: boolean; /** Named by a `lecture`. */ readonly reading?: boolean }
export interface SetAside { readonly figure: Figure | undefined; readonly part: BookPart | undefined; readonly article: { readonly from: string; readonly to: string | undefined } | undefined; readonly text: string; readonly statement: SetAsideStatement; readonly span: Span; /** Of an article that the block borrows. */ readonly inherited: boolean }
export interface BlockFigures {
  readonly written: readonly Written[];
  readonly cited: readonly Cited[];
  /** Articles where a name that the block reads is defined, in any rate. */
  readonly named: ReadonlySet<string>;
  /** Articles that it borrows, and that these borrow. */
  readonly borrows: ReadonlySet<string>;
  readonly setAside: readonly SetAside[];
  /** Parts of the book that it names: `option des sections 2 et 4 du chapitre 6`, or in words. */
  readonly parts: readonly BookPart[];
  /** Options and rates that it names. */
  readonly modules: ReadonlySet<string>;
}
export interface BookPart { readonly chapter: string; readonly sections: readonly string[] }

const sourceText = (span: Span): string => span.file.text.slice(span.start, span.end);
const hours = (minutes: number): Figure => inUnit(divide(fromInteger(minutes), fromInteger(60)), 'h');

export function figureOfQuantity(node: Pick<Quantity, 'decimal' | 'unit'>): Figure | undefined {
  const value = parseExact(node.decimal.replace('−', '-'));
  return value && (node.unit === undefined ? quantity(value, bareMeasure) : inUnit(value, node.unit));
}
const bareMeasure = (bare(1) as Extract<Figure, { kind: 'quantity' }>).measure;

/** The figures that a node itself writes, its children apart. */
function ownFigures(node: AnyNode): Figure[] {
  switch (node.kind) {
    case 'quantity': { const figure = figureOfQuantity(node); return figure ? [figure] : []; }
    case 'date': return [{ kind: 'date', day: node.day, month: node.month, year: node.year }, ...(node.minutes === undefined ? [] : [hours(node.minutes)])];
    case 'clock': return [hours(node.minutes)];
    case 'months': return [inUnit(fromInteger(node.count), 'mois')];
    case 'periods': return [quantity(fromInteger(node.count), { kind: 'periods' })];
    case 'previousDays': return [inUnit(fromInteger(node.count), 'jour')];
    case 'aggregate': return node.largest === undefined ? [] : [bare(node.largest)];
    // A month is from its first to its last day.
    case 'month': case 'monthOf': return [1, ...(node.month === 2 ? [28, 29] : [[4, 6, 9, 11].includes(node.month) ? 30 : 31])].map((day) => ({ kind: 'date', day, month: node.month, year: undefined }));
    // A period cut makes two parts.
    case 'cut': return [bare(2)];
    case 'easter': return [inUnit(fromInteger(Math.abs(node.offset)), 'jour')];
    case 'weekdays': return [node.from.minutes, node.to.minutes].flatMap((minutes) => (minutes === undefined ? [] : [hours(minutes)]));
    case 'lineAccess': return node.tranche === undefined ? [] : [{ kind: 'rank', rank: node.tranche }];
    default: return [];
  }
}

/**
 * Zero, one and 100 % leave what they are added to or multiply as it was, and one day, one hour or one period steps to the next or takes
 * a unit away: tools of a formula, nothing of the book's.
 */
function isNeutral(figure: Figure): boolean {
  if (figure.kind !== 'quantity') return false;
  const { value, measure } = figure;
  if (isZero(value) || measure.kind === 'periods') return isZero(value) || equals(value, ONE);
  return measure.kind === 'unit' && equals(multiply(value, measure.unit.factor), ONE) && [...measure.unit.dims.keys()].every((name) => STEPS.has(name));
}
const STEPS = new Set(['h', 'jour', 'jour ouvrable', 'mois', 'mois civil', 'an']);

/** The articles named in the words of a statement, as « voir 2.4 ». */
const citedInWords = (text: string): string[] => (text.match(/«[^»]*»/g) ?? []).flatMap((words) => words.match(/(?<![\d.,])\d{1,2}\.\d{1,3}(?!\d|,\d)/g) ?? []);

/** Ways of speaking of the language, not figures that the book prints. */
const UNOWED = new Set<AnyNode['kind']>(['lineAccess', 'easter', 'cut', 'month', 'monthOf']);

/** A fact, a right or a duty says its figures in words too (« 60 Hz environ »), and so do the question that the case answers and the reading of an ambiguous text; a note only explains. */
function wordsOf(node: AnyNode): string[] {
  switch (node.kind) {
    case 'fact': return [...(node.value.kind === 'text' ? [node.value.text] : []), ...(node.text === undefined ? [] : [node.text])];
    case 'data': return node.text === undefined ? [] : [node.text];
    case 'reading': return [node.subject, node.kept];
    case 'norm': return [node.text, ...node.terms.flatMap(({ text }) => (text === undefined ? [] : [text]))];
    default: return [];
  }
}

function literalsIn(statement: Statement): Literal[] {
  if (statement.kind === 'example' || statement.kind === 'setAside') return [];
  const out: Literal[] = [];
  const walk = (node: AnyNode, owed: boolean): void => {
    // A figure with its home elsewhere is owed by that article; what a slip should have been is not printed.
    const due = owed && !(node.kind === 'quantity' && node.source) && !UNOWED.has(node.kind);
    for (const figure of ownFigures(node)) out.push({ figure, text: sourceText(node.span), span: node.span, owed: due && !isNeutral(figure) });
    for (const words of wordsOf(node)) for (const { figure, text, soft } of read(words).figures) if (!soft || /^une?\s/.test(text)) out.push({ figure, text, span: node.span, owed: false, reading: node.kind === 'reading' });
    if (node.kind === 'misprint') { walk(node.printed, owed); return; }
    // The step of a rounding is how a figure is checked, not a figure.
    if (node.kind === 'call' && (node.fn.name === 'arrondi' || node.fn.name === 'entier') && statement.kind === 'verify') { const [value] = node.args; if (value) walk(value, owed); return; }
    // Negative quantities are written as a minus and a quantity: `−12 °C`.
    if (node.kind === 'negate' && node.operand.kind === 'quantity') {
      const figure = figureOfQuantity(node.operand);
      if (figure?.kind === 'quantity') out.push({ figure: { ...figure, value: negate(figure.value) }, text: sourceText(node.span), span: node.span, owed: due });
      return;
    }
    for (const child of childrenOf(node)) walk(child, due && node.kind !== 'data');
  };
  walk(statement, true);
  return out;
}

/** The names that statements define, and those that they read. */
const definedBy = (statement: Statement): string[] => {
  switch (statement.kind) {
    case 'data': case 'measure': case 'plage': case 'definition': case 'fact': return [statement.name.name];
    case 'line': return [statement.name?.name ?? statement.role];
    case 'table': return statement.grid.header.map(({ name }) => name).filter((name) => name !== statement.key.name);
    default: return [];
  }
};
function namesIn(statement: Statement): Set<string> {
  const out = new Set<string>();
  visit(statement, (node) => {
    if (node.kind === 'name' || node.kind === 'plageName') out.add(node.name);
    else if (node.kind === 'lineAccess') out.add(node.line.name);
    else if (node.kind === 'ofThis') out.add(node.season.name);
    else if (node.kind === 'whole') out.add(node.plage.name);
    else if (node.kind === 'replacement') out.add(node.name.name);
    else if (node.kind === 'adjustment') out.add(node.target.name);
    else if (node.kind === 'binding' && node.target.kind === 'identifier') out.add(node.target.name);
    else if (node.kind === 'call') out.add(node.fn.name);
    if ('sheet' in node && node.sheet) out.add(node.sheet.name);
    if (node.kind === 'table') out.add(node.key.name);
  });
  return out;
}

/** A statement is read once, however many articles borrow it or read its names, and however often its book is checked. */
const once = <T>(read: (statement: Statement) => T): ((statement: Statement) => T) => {
  const known = new WeakMap<Statement, { readonly value: T }>();
  return (statement) => { const found = known.get(statement) ?? { value: read(statement) }; known.set(statement, found); return found.value; };
};
const literalsOf = once(literalsIn);
const namesOf = once(namesIn);

/** The figures of every article, or of those that are wanted. */
export function blockFigures(book: Book, wanted?: ReadonlySet<string>): Map<string, BlockFigures> {
  const byArticle = statementsOf(book);
  const homes = new Map<string, Home[]>();
  for (const { number, module, statements } of book.blocks) {
    for (const statement of statements) for (const name of definedBy(statement)) homes.set(name, [...(homes.get(name) ?? []), { article: number, module, statement }]);
  }
  const modulesOf = new Map<string, Set<Module>>();
  for (const { number, module } of book.blocks) modulesOf.set(number, (modulesOf.get(number) ?? new Set()).add(module));
  // The language looks a name up in the option, the rate, then the common provisions; so does this, for want of a case.
  const homesFor = (name: string, article: string): readonly Home[] => {
    const all = homes.get(name) ?? [];
    const own = all.filter((home) => modulesOf.get(article)?.has(home.module));
    if (own.length > 0) return own;
    const common = all.filter(({ module }) => module.kind === 'common');
    return common.length > 0 ? common : all;
  };
  const out = new Map<string, BlockFigures>();
  for (const [article, statements] of byArticle) {
    if (wanted && !wanted.has(article)) continue;
    const written: Written[] = [];
    const named = new Set<string>();
    const cited: Cited[] = [];
    const setAside: SetAside[] = [];
    const borrows = new Set<string>();
    const parts: BookPart[] = [];
    const modules = new Set<string>();
    const readNames = new Set<string>();
    // A figure that the borrower replaces is not its own.
    const replaced = new Set(statements.flatMap((statement) => (statement.kind === 'replacement' ? [statement.name.name] : [])));
    const take = (statement: Statement, through: readonly string[]): void => {
      if (statement.kind === 'example') return;
      if (statement.kind === 'setAside') { setAside.push(...statement.figures.map((figure) => setAsideFigure(figure, statement, through.length > 0))); return; }
      const gone = through.length > 0 && definedBy(statement).some((name) => replaced.has(name));
      for (const literal of literalsOf(statement)) written.push({ ...literal, owed: literal.owed && !gone, from: through.length > 0 ? 'reprise' : 'bloc', via: through.at(-1), through });
      visit(statement, (node) => {
        if (node.kind === 'articleRef') cited.push({ from: node.number, to: undefined, span: node.span, owed: false });
        if (node.kind === 'borrow') for (const { from, to } of node.articles) cited.push({ from: from.number, to: to?.number, span: from.span, owed: false });
        if (node.kind === 'hasOptionOf') parts.push({ chapter: node.chapter, sections: node.sections });
        for (const name of moduleNames(node)) modules.add(name);
        if (node.kind === 'referral') for (const { number, span } of node.articles) cited.push({ from: number, to: undefined, span, owed: through.length === 0 });
      });
      parts.push(...partsInWords(sourceText(statement.span)));
      for (const number of citedInWords(sourceText(statement.span))) cited.push({ from: number, to: undefined, span: statement.span, owed: false, reading: statement.kind === 'reading' });
      for (const name of namesOf(statement)) readNames.add(name);
      const home = book.articles.get(article);
      for (const { key, statements: lent, owed } of lentBy(book, statement, home)) {
        if (through.includes(key)) continue;
        if (!key.includes(' ')) borrows.add(key);
        for (const each of lent) take(each, owed ? [...through, key] : [...through, '*', key]);
      }
    };
    for (const statement of statements) take(statement, []);
    for (const name of readNames) {
      if (name === 'intervalle') written.push({ figure: inUnit(fromInteger(15), 'min'), text: 'par intervalle', span: UNPLACED, owed: false, from: 'nom', via: 'par intervalle', through: [] });
      for (const home of homes.get(name) ?? []) if (home.article !== article) named.add(home.article);
      const found = homesFor(name, article);
      if (found.some((home) => home.article === article)) continue;
      for (const home of found) {
        for (const literal of literalsOf(home.statement)) written.push({ ...literal, owed: false, from: 'nom', via: `${name} (${home.article})`, through: [] });
        // A set of time stands for what it is made of.
        if (home.statement.kind === 'plage') {
          for (const inner of namesOf(home.statement)) for (const deeper of homesFor(inner, home.article)) for (const literal of literalsOf(deeper.statement)) written.push({ ...literal, owed: false, from: 'nom', via: `${inner} (${deeper.article})`, through: [] });
        }
      }
    }
    out.set(article, { written, cited, named, borrows, setAside, parts, modules });
  }
  return out;
}
/** `la section 4 du chapitre 6`, in the words of a statement. */
const partsInWords = (text: string): BookPart[] => (text.match(/«[^»]*»/g) ?? []).flatMap((words) => [
  ...[...words.matchAll(/sections?\s+([\d,\set]+?)\s+du chapitre (\d+)/g)].map((match) => ({ chapter: match[2] ?? '', sections: (match[1] ?? '').match(/\d+/g) ?? [] })),
  ...[...words.matchAll(/(?<!du )chapitres?\s+(\d+(?:(?:, | et )\d+)*)/g)].flatMap((match) => ((match[1] ?? '').match(/\d+/g) ?? []).map((chapter) => ({ chapter, sections: [] }))),
]);
function moduleNames(node: AnyNode): string[] {
  switch (node.kind) {
    case 'hasOption': return [node.option.name];
    case 'eligible': return [node.rate.name];
    case 'atRate': return node.rate ? [node.rate.name] : [];
    case 'move': return [node.rate.name];
    case 'condition': return node.instead.map(({ name }) => name);
    case 'borrow': return node.rate ? [node.rate.name] : [];
    case 'among': return node.choices.flatMap(({ name }) => (name === undefined ? [] : [name]));
    case 'comparison': return node.operands.flatMap((operand) => (operand.kind === 'name' ? [operand.name] : []));
    default: return [];
  }
}
/** A definition and where it stands. */
interface Home { readonly article: string; readonly module: Module; readonly statement: Statement }
const UNPLACED: Span = { file: { path: '', text: '' }, start: 0, end: 0 };

/** What a statement borrows: models, articles, whole rates. A whole rate, or a run of articles of the same section, is not owed by the article that borrows it. */
function lentBy(book: Book, statement: Statement, home: Article | undefined): { readonly key: string; readonly statements: readonly Statement[]; readonly owed: boolean }[] {
  if (statement.kind !== 'borrow') return [];
  const model = statement.model && book.models.get(statement.model.name);
  const rate = statement.rate && book.rates.get(statement.rate.name);
  return [
    ...(model ? [{ key: `modèle ${model.name}`, statements: model.statements, owed: true }] : []),
    ...(rate ? rate.articles.map((article) => ({ key: article.number, statements: article.statements, owed: false })) : []),
    ...statement.articles.flatMap(({ from, to }) => articlesIn(book, from.number, to?.number).map((article) => ({ key: article.number, statements: article.statements, owed: to === undefined || article.chapter !== home?.chapter || article.section !== home.section }))),
  ];
}

function setAsideFigure(node: SetAsideFigure, statement: SetAsideStatement, inherited: boolean): SetAside {
  const base = { text: sourceText(node.span), statement, span: node.span, inherited, part: undefined };
  if (node.kind === 'bookPart') return { ...base, figure: undefined, article: undefined, part: { chapter: node.chapter, sections: node.sections } };
  if (node.kind === 'articleRange') return { ...base, figure: undefined, article: { from: node.from.number, to: node.to?.number } };
  const figure: Figure | undefined = node.kind === 'rank' ? { kind: 'rank', rank: node.rank } : node.kind === 'monthOfYear' ? { kind: 'date', day: undefined, month: node.month, year: node.year } : ownFigures(node)[0];
  return { ...base, figure, article: undefined };
}

/** `1er avril 2026`, for messages. */
export const dateText = ({ day, month, year }: Extract<Figure, { kind: 'date' }>): string => [day === 1 ? '1er' : day, month === undefined ? undefined : MONTHS[month - 1], year].filter((part) => part !== undefined).join(' ');
