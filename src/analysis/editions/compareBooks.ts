/** Two editions → which articles changed, and what changed in each. What did not change is not told. */
import { compareNumbers, type Article, type Book, type Module } from '../../check/book.ts';
import { formatIsoDate } from '../../calendar/day.ts';
import { equals, divide, fromInteger, isZero, multiply, subtract, type Exact } from '../../quantity/exact.ts';
import { pairUp } from './pairUp.ts';
import { takeApart, type Taken } from '../../render/book/pieces.ts';
import { wholly } from '../../render/book/sketch.ts';
import { compareStatements, type Change } from './statements.ts';

export interface EditionName { readonly title: string; /** ISO date. */ readonly inForce: string; /** The folder that it was read from, when it was named by it. */ readonly folder: string | undefined; readonly partial: boolean; readonly rates: readonly string[] }
/** Where an article stands in its book. */
export interface Standing { readonly number: string; readonly title: string; readonly chapter: string; readonly section: string; /** The rate, the option or the common provisions that it belongs to. */ readonly module: string; readonly onReferral: boolean }
export interface ArticleChange {
  readonly kind: 'ajouté' | 'retiré' | 'changé';
  readonly before?: Standing;
  readonly after?: Standing;
  readonly renamed: boolean;
  readonly renumbered: boolean;
  readonly moved: boolean;
  readonly changes: readonly Change[];
}
export interface EditionDiff {
  readonly before: EditionName;
  readonly after: EditionName;
  /** Rates, options and models that only one of them has. */
  readonly removed: readonly string[];
  readonly added: readonly string[];
  /** Taxes and rounding. */
  readonly terms: readonly TermChange[];
  readonly articles: readonly ArticleChange[];
  /** Articles in both. */
  readonly common: number;
  /** Articles of the one that the other, which is partial, does not carry. */
  readonly outside: { readonly before: number; readonly after: number };
  /** What an article of the older edition is called in the newer one, where the number changed. */
  readonly renumbered: ReadonlyMap<string, string>;
}
export interface TermChange { readonly name: string; readonly before?: string; readonly after?: string; readonly difference?: Exact; readonly percent?: Exact }

/** An article with its continuations. */
interface Whole { readonly number: string; readonly blocks: readonly Article[] }

/** `folders` tell working copies apart, which have the title and the date of what they were copied from. */
export function compareBooks(before: Book, after: Book, folders: { readonly before?: string | undefined; readonly after?: string | undefined } = {}): EditionDiff {
  const [old, now] = [wholesOf(before, after), wholesOf(after, before)];
  const paired = pairArticles(old, now);
  const renumbered = new Map(paired.pairs.filter(([a, b]) => a.number !== b.number).map(([a, b]) => [a.number, b.number]));
  const rename = (number: string): string => renumbered.get(number) ?? number;
  const articles: ArticleChange[] = [];
  for (const [a, b] of paired.pairs) { const change = compareWhole(a, b, rename); if (change) articles.push(change); }
  for (const whole of paired.removed) articles.push({ kind: 'retiré', before: standingOf(whole), renamed: false, renumbered: false, moved: false, changes: compareStatements(taken(whole), []) });
  for (const whole of paired.added) articles.push({ kind: 'ajouté', after: standingOf(whole), renamed: false, renumbered: false, moved: false, changes: compareStatements([], taken(whole)) });
  const numberOf = ({ before: a, after: b }: ArticleChange): string => (b ?? a)?.number ?? '';
  const names = namesOf(before, after);
  return {
    before: nameOf(before, folders.before), after: nameOf(after, folders.after), removed: after.partial ? [] : names.removed, added: before.partial ? [] : names.added, terms: compareTerms(before, after),
    articles: articles.sort((x, y) => compareNumbers(numberOf(x), numberOf(y))), common: paired.pairs.filter(([whole]) => !whole.number.startsWith('modèle')).length,
    outside: { before: outsideOf(before, old), after: outsideOf(after, now) }, renumbered,
  };
}

const nameOf = ({ edition, partial, rates }: Book, folder: string | undefined): EditionName => ({ title: edition.title, inForce: formatIsoDate(edition.date), folder, partial, rates: [...rates.keys()] });

/** Whether a book could have this block: one that has only some of the rates says nothing of the others, nor of options. */
const couldHave = (book: Book, { kind, name }: Module): boolean => !book.partial || kind === 'common' || (kind === 'rate' ? book.rates : book.options).has(name);
const outsideOf = (book: Book, kept: readonly Whole[]): number => new Set(book.blocks.map(({ number }) => number)).size + book.models.size - kept.length;

/** The articles of a book, each with its continuations; what the other book, being partial, could not have is left out. */
function wholesOf(book: Book, other: Book): Whole[] {
  const found = new Map<string, Article[]>();
  for (const article of book.blocks) if (couldHave(other, article.module)) found.set(article.number, [...(found.get(article.number) ?? []), article]);
  return [...[...found].map(([number, blocks]) => ({ number, blocks })), ...[...book.models.values()].map((model): Whole => ({ number: `modèle ${model.name}`, blocks: [asArticle(model.name, model)] }))];
}
/** A model is compared like an article; its name is its number. */
const asArticle = (name: string, { statements, span }: { readonly statements: Article['statements']; readonly span: Article['span'] }): Article => {
  const module: Module = { kind: 'common', name: '', title: '', largePower: false, rates: [], options: [], articles: [], span };
  return { number: `modèle ${name}`, title: '', onReferral: false, continued: false, statements, module, span, chapter: '', section: '' };
};

// ── which article is which ───────────────────────────────────────────────
/** An article keeps its title when it is renumbered, and its number when it is renamed. */
function pairArticles(before: readonly Whole[], after: readonly Whole[]): ReturnType<typeof pairUp<Whole>> {
  const prints = new Map<Whole, string>();
  const content = (whole: Whole): string => {
    let print = prints.get(whole);
    if (print === undefined) { print = taken(whole).map((item) => wholly(item.whole)).join('\n'); prints.set(whole, print); }
    return print;
  };
  const title = (whole: Whole): string => whole.blocks[0]?.title ?? '';
  const module = (whole: Whole): string => whole.blocks[0] ? moduleName(whole.blocks[0].module) : '';
  // Most articles keep number and title; only those that are left are read to be recognized.
  const sure = pairUp(before, after, [(whole) => `${whole.number}|${title(whole)}`]);
  const only = (list: readonly Whole[], key: (whole: Whole) => string): ReadonlySet<string> => { const counts = new Map<string, number>(); for (const each of list) counts.set(key(each), (counts.get(key(each)) ?? 0) + 1); return new Set([...counts].filter(([, count]) => count === 1).map(([each]) => each)); };
  const named = (whole: Whole): string => `${module(whole)}|${title(whole)}`;
  const once = [only(sure.removed, named), only(sure.added, named)] as const;
  const rest = pairUp(sure.removed, sure.added, [
    (whole) => (content(whole) === '' ? undefined : `${title(whole)}|${content(whole)}`),
    (whole) => (once[0].has(named(whole)) && once[1].has(named(whole)) ? named(whole) : undefined),
    (whole) => (content(whole) === '' ? undefined : content(whole)),
    (whole) => whole.number,
  ]);
  return { pairs: [...sure.pairs, ...rest.pairs], removed: rest.removed, added: rest.added };
}

function moduleName(module: Module): string {
  const list = (names: readonly { readonly name: string }[]): string => names.map(({ name }) => name).join(', ');
  if (module.kind === 'rate') return `tarif ${module.name}`;
  if (module.kind === 'option') return `option ${module.name}`;
  return ['dispositions communes', module.rates.length > 0 ? ` (${list(module.rates)})` : '', module.options.length > 0 ? ` (options ${list(module.options)})` : ''].join('');
}

function standingOf(whole: Whole): Standing {
  const [first] = whole.blocks;
  return { number: whole.number, title: first?.title ?? '', chapter: first?.chapter ?? '', section: first?.section ?? '', module: [...new Set(whole.blocks.map(({ module }) => moduleName(module)))].join(' + '), onReferral: first?.onReferral ?? false };
}

const same: (number: string) => string = (number) => number;
/** The statements of an article, examples aside: they try the rule and are not part of it. */
function taken(whole: Whole, rename = same): Taken[] {
  return whole.blocks.flatMap((block) => block.statements.filter(({ kind }) => kind !== 'example').map((statement) => takeApart(statement, rename, moduleName(block.module))));
}

function compareWhole(a: Whole, b: Whole, rename: (number: string) => string): ArticleChange | undefined {
  const [before, after] = [standingOf(a), standingOf(b)];
  const alike = a.blocks.length === b.blocks.length && a.blocks.every((block, index) => block.statements === b.blocks[index]?.statements);
  const changes = alike ? [] : inOrder(compareStatements(taken(a, rename), taken(b)));
  if (before.onReferral !== after.onReferral) {
    const words = (on: boolean) => ({ text: on ? 'sur renvoi' : 'partout', at: undefined });
    changes.unshift({ kind: 'condition', place: { statement: 'article', part: 'tête' }, before: words(before.onReferral), after: words(after.onReferral) });
  }
  const renamed = before.title !== after.title;
  const renumbered = a.number !== b.number;
  const moved = before.module !== after.module || before.chapter !== after.chapter || before.section !== after.section;
  return changes.length > 0 || renamed || renumbered || moved ? { kind: 'changé', before, after, renamed, renumbered, moved, changes } : undefined;
}
/** In the order of the newer text; what was removed stands by its old line. */
const inOrder = (changes: Change[]): Change[] => changes.map((change, index) => ({ change, line: (change.after ?? change.before)?.at?.line ?? 0, index })).sort((a, b) => a.line - b.line || a.index - b.index).map(({ change }) => change);

// ── the book's own terms ─────────────────────────────────────────────────
function namesOf(before: Book, after: Book): { removed: string[]; added: string[] } {
  const of = (book: Book): Set<string> => new Set([...[...book.rates.keys()].map((name) => `tarif ${name}`), ...[...book.options.keys()].map((name) => `option ${name}`)]);
  const [a, b] = [of(before), of(after)];
  return { removed: [...a].filter((name) => !b.has(name)), added: [...b].filter((name) => !a.has(name)) };
}

function compareTerms(before: Book, after: Book): TermChange[] {
  const found: TermChange[] = [];
  const put = (name: string, a: { text: string; value: Exact } | undefined, b: { text: string; value: Exact } | undefined): void => {
    if (a && b && equals(a.value, b.value)) return;
    const gap = a && b ? subtract(b.value, a.value) : undefined;
    found.push({ name, ...(a ? { before: a.text } : {}), ...(b ? { after: b.text } : {}), ...(gap && a ? { difference: multiply(gap, fromInteger(100)), ...(isZero(a.value) ? {} : { percent: multiply(divide(gap, a.value), fromInteger(100)) }) } : {}) });
  };
  const tax = (book: Book, name: string) => { const found = book.edition.taxes.find((each) => each.name === name); return found && { text: found.rateText, value: found.rate }; };
  for (const name of new Set([...before.edition.taxes, ...after.edition.taxes].map((each) => each.name))) put(`taxe ${name}`, tax(before, name), tax(after, name));
  const step = (book: Book) => ({ text: `${book.edition.lineStep.n}/${book.edition.lineStep.d} $`, value: book.edition.lineStep });
  put('arrondit les lignes', step(before), step(after));
  for (const [name, module] of before.rates) { const other = after.rates.get(name); if (other && other.largePower !== module.largePower) found.push({ name: `tarif ${name}`, before: powerOf(module), after: powerOf(other) }); }
  for (const [name, module] of before.options) { const other = after.options.get(name); if (other && ratesOf(other) !== ratesOf(module)) found.push({ name: `option ${name}`, before: `sur ${ratesOf(module)}`, after: `sur ${ratesOf(other)}` }); }
  return found;
}
const powerOf = (module: Module): string => (module.largePower ? 'grande puissance' : 'petite et moyenne puissance');
const ratesOf = (module: Module): string => module.rates.map(({ name }) => name).join(', ');
