/**
 * The files of an edition → the book: its articles, its modules (rates, options, common provisions), its models. An edition
 * may state only what it changes from another: an article that it restates replaces the one of the same number.
 */
import { dayOf } from '../calendar/day.ts';
import { diagnostic, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { ONE, parseExact, divide, fromInteger } from '../quantity/exact.ts';
import { formatIsoDate } from '../calendar/day.ts';
import type { Span } from '../source/file.ts';
import type { Block, DateLiteral, Identifier, Statement, TarifFile } from '../syntax/nodes.ts';
import type { EditionInfo } from './core.ts';

export interface Module {
  readonly kind: 'common' | 'rate' | 'option';
  /** The rate's or option's name; '' for common provisions. */
  readonly name: string;
  readonly title: string;
  readonly largePower: boolean;
  /** The rates that an option or common provisions apply to; empty for all. */
  readonly rates: readonly Identifier[];
  /** The options that common provisions need all together; empty for all others. */
  readonly options: readonly Identifier[];
  readonly articles: Article[];
  readonly span: Span;
}

export interface Article {
  readonly number: string;
  readonly title: string;
  readonly onReferral: boolean;
  /** Written `suite`: more of an article, under another header. */
  readonly continued: boolean;
  readonly statements: readonly Statement[];
  readonly module: Module;
  readonly span: Span;
  readonly chapter: string;
  readonly section: string;
}

export interface Model { readonly name: string; readonly statements: readonly Statement[]; readonly span: Span }

export interface Book {
  readonly edition: EditionInfo;
  /** Each article by its number: its first block. */
  readonly articles: ReadonlyMap<string, Article>;
  /** Every block, continuations included. */
  readonly blocks: readonly Article[];
  readonly modules: readonly Module[];
  readonly rates: ReadonlyMap<string, Module>;
  readonly options: ReadonlyMap<string, Module>;
  readonly models: ReadonlyMap<string, Model>;
  /** Names given by statements that could not be read: not to be reported as unknown. */
  readonly broken: ReadonlySet<string>;
  readonly files: readonly TarifFile[];
  /** The articles that this edition writes itself; the others come from the one that it amends, and are checked there. */
  readonly own: ReadonlySet<string>;
  /** Whether it has only some of the rates of the edition that it amends. */
  readonly partial: boolean;
}

interface Draft {
  header: Extract<Block['header'], { kind: 'edition' }>;
  block: Block;
  files: readonly TarifFile[];
  date: number;
  amends: number | undefined;
  /** Statements are read when needed: names of broken ones are then not gathered, for any mistake refuses the bill. */
  lazy: boolean;
}

/** The options that a chapter describes, or some of its sections. */
export const optionsIn = (book: Book, { chapter, sections }: { readonly chapter: string; readonly sections: readonly string[] }): string[] =>
  [...book.options.values()].filter(({ articles }) => articles.some((article) => article.chapter === chapter && (sections.length === 0 || sections.includes(article.section)))).map(({ name }) => name);

/** Collects editions, oldest first. Each item of `folders` is the files of one edition. */
export function collectBooks(folders: readonly { readonly path: string; readonly files: readonly TarifFile[] }[], lazy = false): Outcome<Book[]> {
  const diagnostics: Diagnostic[] = [];
  const drafts = new Map<number, Draft>();
  for (const folder of folders) {
    const block = folder.files.flatMap((file) => file.blocks).find((candidate) => candidate.header.kind === 'edition');
    if (block?.header.kind !== 'edition') {
      diagnostics.push(diagnostic('edition/absente', { path: folder.path }));
      continue;
    }
    const date = dayOfLiteral(block.header.date, diagnostics);
    if (date === undefined) continue;
    if (drafts.has(date)) diagnostics.push(diagnostic('edition/double', { date: formatIsoDate(date) }, { span: block.header.span }));
    drafts.set(date, { header: block.header, block, files: folder.files, date, amends: block.header.amends && dayOfLiteral(block.header.amends, diagnostics), lazy });
  }
  const books = new Map<number, Book>();
  const collecting = new Set<number>();
  const collect = (draft: Draft): Book | undefined => {
    const done = books.get(draft.date);
    if (done) return done;
    if (collecting.has(draft.date)) {
      diagnostics.push(diagnostic('reprises/cycle', { name: draft.header.title }, { span: draft.header.span }));
      return undefined;
    }
    collecting.add(draft.date);
    let base: Book | undefined;
    if (draft.amends !== undefined) {
      const amended = drafts.get(draft.amends);
      if (amended) base = collect(amended);
      else diagnostics.push(diagnostic('edition/inconnue', { date: formatIsoDate(draft.amends) }, { span: draft.header.amends?.span ?? draft.header.span }));
    }
    const book = collectBook(draft, base, diagnostics);
    books.set(draft.date, book);
    return book;
  };
  for (const draft of drafts.values()) collect(draft);
  return { value: [...books.values()].sort((a, b) => a.edition.date - b.edition.date), diagnostics };
}

function collectBook(draft: Draft, base: Book | undefined, diagnostics: Diagnostic[]): Book {
  const only = draft.header.rates.map((rate) => rate.name);
  const modules = new Map<string, Module>();
  const articles = new Map<string, Article>();
  const continuations: Article[] = [];
  const models = new Map<string, Model>(base?.models ?? []);
  const broken = new Set<string>(base?.broken ?? []);
  const restated = new Set<string>();
  const moduleOf = (module: Omit<Module, 'articles'>, key: string): Module => {
    const known = modules.get(key);
    if (known) return known;
    const made: Module = { ...module, articles: [] };
    modules.set(key, made);
    return made;
  };
  const order: { file: TarifFile; block: Block }[] = draft.files.flatMap((file) => file.blocks.map((block) => ({ file, block })));
  const seenHeaders = new Set<string>();
  let current: Module | undefined;
  let chapter = '';
  let section = '';
  let file: TarifFile | undefined;
  for (const item of order) {
    const { header } = item.block;
    if (item.file !== file) {
      file = item.file;
      current = undefined;
      chapter = '';
      section = '';
    }
    const commonModule = (): Module => moduleOf({ kind: 'common', name: '', title: '', largePower: false, rates: [], options: [], span: header.span }, commonKey({ rates: [], options: [] }));
    switch (header.kind) {
      case 'edition': break;
      case 'chapter': chapter = header.number; current = undefined; break;
      case 'section': section = header.number; current = undefined; break;
      case 'common': {
        current = moduleOf({ kind: 'common', name: '', title: '', largePower: false, rates: header.rates, options: header.options, span: header.span }, commonKey(header));
        break;
      }
      case 'rate': case 'option': {
        const key = `${header.kind}:${header.name.name}`;
        if (seenHeaders.has(key) && header.title !== undefined) diagnostics.push(diagnostic('tarifs/double', { name: header.name.name }, { span: header.name.span }));
        seenHeaders.add(key);
        current = moduleOf({
          kind: header.kind, name: header.name.name, title: header.title ?? header.name.name, largePower: header.kind === 'rate' && header.largePower,
          rates: header.kind === 'option' ? header.rates : [], options: [], span: header.span,
        }, key);
        break;
      }
      case 'model':
        if (models.has(header.name.name) && !base?.models.has(header.name.name)) diagnostics.push(diagnostic('tarifs/double', { name: header.name.name }, { span: header.name.span }));
        models.set(header.name.name, lazily({ name: header.name.name, span: header.span }, item.block));
        break;
      case 'article': {
        restated.add(header.number);
        const module = current ?? commonModule();
        const known = header.continued ? module.articles.find((other) => other.number === header.number) : articles.get(header.number);
        if (known) {
          diagnostics.push(diagnostic('articles/double', { number: header.number }, { span: header.span, article: header.number, related: known.span }));
          break;
        }
        const article: Article = lazily({ number: header.number, title: header.title, onReferral: header.onReferral, continued: header.continued, module, span: header.span, chapter, section }, item.block);
        if (header.continued) continuations.push(article);
        else articles.set(header.number, article);
        module.articles.push(article);
      }
    }
  }
  // What the amended edition has and this one does not restate.
  for (const article of base?.blocks ?? []) {
    if (restated.has(article.number)) continue;
    if (only.length > 0 && article.module.kind === 'rate' && !only.includes(article.module.name)) continue;
    if (only.length > 0 && article.module.kind === 'option') continue;
    const { articles: _, ...rest } = article.module;
    const key = article.module.kind === 'common' ? commonKey(article.module) : `${article.module.kind}:${article.module.name}`;
    const module = moduleOf(rest, key);
    const copy: Article = lazily({ number: article.number, title: article.title, onReferral: article.onReferral, continued: article.continued, module, span: article.span, chapter: article.chapter, section: article.section }, article);
    if (article.continued) continuations.push(copy);
    else articles.set(article.number, copy);
    module.articles.push(copy);
  }
  for (const { number, span } of continuations) if (!articles.has(number) && restated.has(number)) diagnostics.push(diagnostic('articles/suite-seule', { number }, { span, article: number }));
  for (const module of modules.values()) module.articles.sort((a, b) => compareNumbers(a.number, b.number));
  const rates = new Map([...modules.values()].filter((module) => module.kind === 'rate').map((module) => [module.name, module]));
  const options = new Map([...modules.values()].filter((module) => module.kind === 'option').map((module) => [module.name, module]));
  const info = editionInfo(draft, base, diagnostics);
  if (!draft.lazy) {
    for (const { block } of order) {
      for (const statement of block.header.kind === 'edition' ? [] : block.statements) {
        if (statement.kind === 'rounding' || statement.kind === 'tax') diagnostics.push(diagnostic('enonces/mal-place', { statement: statement.kind === 'tax' ? 'taxe' : 'arrondit les lignes', where: 'dans un article, mais sous « édition »' }, { span: statement.span, article: block.header.kind === 'article' ? block.header.number : undefined }));
      }
    }
  }
  if (!draft.lazy) for (const { block } of order) for (const statement of block.statements) if (statement.kind === 'broken' && statement.name !== undefined) broken.add(statement.name);
  return { edition: info, articles, blocks: [...articles.values(), ...continuations], modules: [...modules.values()], rates, options, models, broken, files: draft.files, own: restated, partial: only.length > 0 || (base?.partial ?? false) };
}

/** Common provisions of the same rates, or of the same options, are one module wherever they are written. */
const commonKey = ({ rates, options }: Pick<Module, 'rates' | 'options'>): string => `common:${rates.map(({ name }) => name).join(',')}:${options.map(({ name }) => name).sort().join('+')}`;

function editionInfo(draft: Draft, base: Book | undefined, diagnostics: Diagnostic[]): EditionInfo {
  let lineStep = base?.edition.lineStep ?? divide(ONE, fromInteger(100));
  const taxes = [...(base?.edition.taxes ?? [])];
  const stated: { name: string; rate: ReturnType<typeof parseExact> & object; rateText: string }[] = [];
  for (const statement of draft.block.statements) {
    if (statement.kind === 'rounding') lineStep = parseExact(statement.step.decimal) ?? lineStep;
    else if (statement.kind === 'tax') {
      const percent = parseExact(statement.rate.decimal);
      if (percent) stated.push({ name: statement.name.name, rate: divide(percent, fromInteger(100)), rateText: `${statement.rate.text} %` });
    } else if (!['note', 'reading', 'reserve', 'fact', 'broken'].includes(statement.kind)) {
      diagnostics.push(diagnostic('enonces/mal-place', { statement: statement.span.file.text.slice(statement.span.start, statement.span.end).split(/\s/)[0] ?? '', where: "sous « édition »" }, { span: statement.span }));
    }
  }
  return { title: draft.header.title, date: draft.date, lineStep, taxes: stated.length > 0 ? stated : taxes };
}

/** A record with the statements of its source, read only when asked for. */
function lazily<T extends object>(record: T, source: { readonly statements: readonly Statement[] }): T & { readonly statements: readonly Statement[] } {
  return Object.defineProperty(record, 'statements', { get: () => source.statements, enumerable: true }) as T & { readonly statements: readonly Statement[] };
}

export function dayOfLiteral(date: DateLiteral, diagnostics: Diagnostic[]): number | undefined {
  const day = date.year === undefined ? undefined : dayOf(date.year, date.month, date.day);
  if (day === undefined) diagnostics.push(diagnostic('syntaxe/date-impossible', { found: date.span.file.text.slice(date.span.start, date.span.end) }, { span: date.span }));
  return day;
}

/** The statements of each article, its continuations after its first block. */
export function statementsOf(book: Book): Map<string, readonly Statement[]> {
  const found = new Map<string, readonly Statement[]>();
  for (const { number, statements } of book.blocks) found.set(number, [...(found.get(number) ?? []), ...statements]);
  return found;
}

/** Orders `2.9` before `2.10`. */
export function compareNumbers(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
