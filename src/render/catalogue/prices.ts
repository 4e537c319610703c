/**
 * Every price of every article, a row a place. A price is a figure of the rules whose unit holds money; an amount of zero dollars
 * (`0 $ sinon`) is no price but the absence of one, while zero for each of something (`0 $/kW/mois`) is one.
 */
import { formatIsoDate } from '../../calendar/day.ts';
import { compareNumbers, type Article, type Book, type Module } from '../../check/book.ts';
import { isZero, parseExact } from '../../quantity/exact.ts';
import { parseUnit, unitInEnglish } from '../../quantity/unit.ts';
import type { Lang } from '../../quantity/format.ts';
import type { Expr, Guard, Quantity, Row, Statement } from '../../syntax/nodes.ts';
import { childrenOf, type AnyNode } from '../../syntax/visit.ts';
import { takeApart, type Line } from '../book/pieces.ts';
import { expression, guards as guardsSaid, term, voice, words, type English, type Voice } from '../prose/expression.ts';
import { elided, plain, prose, type Prose } from '../prose/inline.ts';
import { CATALOGUE_VERSION, type PriceCatalogue, type PriceRole, type PriceRow } from './columns.ts';

/** The catalogue of editions, oldest first; each is taken to be free of errors. */
export function catalogueOf(books: readonly Book[], english: English): PriceCatalogue {
  const sorted = [...books].sort((a, b) => a.edition.date - b.edition.date);
  return {
    version: CATALOGUE_VERSION,
    editions: sorted.map((book) => ({ title: book.edition.title, from: formatIsoDate(book.edition.date), rates: [...book.rates.keys()] })),
    prices: sorted.flatMap((book) => pricesOf(book, sorted, english)),
  };
}

/** The prices that an edition sets, or keeps from one before it. What it reads from a later edition, for want of its own text, was not its price. */
function pricesOf(book: Book, books: readonly Book[], english: English): PriceRow[] {
  const voices = { fr: voice('fr'), en: voice('en', english) };
  const written = (block: Article): number | undefined => books.find(({ files }) => files.some(({ file }) => file === block.span.file))?.edition.date;
  return book.blocks.filter((block) => (written(block) ?? book.edition.date) <= book.edition.date)
    .map((block, index) => ({ block, index })).sort((a, b) => compareNumbers(a.block.number, b.block.number) || a.index - b.index)
    .flatMap(({ block }) => {
      const standing = standingOf(block, book, books);
      return statementsIn(block, book).flatMap((statement) => pricesIn(statement, voices).map((price) => ({ ...standing, ...price })));
    });
}

/** A model says its statements in each article that follows it. */
const statementsIn = (block: Article, book: Book): Statement[] => block.statements.flatMap((statement) => (statement.kind === 'borrow' && statement.model ? [statement, ...(book.models.get(statement.model.name)?.statements ?? [])] : [statement]));

type Standing = Pick<PriceRow, 'article' | 'scope' | 'rate' | 'option' | 'rates' | 'options' | 'from' | 'to'>;
/** Where a block stands, and how long. */
function standingOf({ number, module }: Article, book: Book, books: readonly Book[]): Standing {
  const { kind, name } = module;
  const rates = kind === 'rate' ? [name] : module.rates.map((rate) => rate.name);
  const options = kind === 'option' ? [name] : module.options.map((option) => option.name);
  const next = books.find(({ edition, rates: others, options: held }) => edition.date > book.edition.date
    && options.every((option) => held.has(option)) && (options.length > 0 || ratesOf(module, book).every((rate) => others.has(rate))));
  return { article: number, scope: kind, rate: kind === 'rate' ? name : null, option: kind === 'option' ? name : null, rates, options, from: formatIsoDate(book.edition.date), to: next ? formatIsoDate(next.edition.date) : null };
}
/** The rates of an edition that a block is about: an edition of some rates only leaves the others as they were. */
const ratesOf = ({ kind, name, rates }: Module, book: Book): string[] => (kind === 'rate' ? [name] : rates.length > 0 ? rates.map((rate) => rate.name) : [...book.rates.keys()]);

/** Which statements hold prices; a question, a check of the book's figures or words about them holds none. */
const ROLE_OF: Readonly<Record<Exclude<Statement['kind'], 'line' | 'adjustment'>, PriceRole | undefined>> = {
  definition: 'valeur', measure: 'valeur', fact: 'valeur', replacement: 'remplacement', table: 'table', cut: undefined, plage: undefined, data: undefined, replaceBill: undefined, referral: undefined, condition: undefined, move: undefined, borrow: undefined,
  note: undefined, wordsOnly: undefined, reserve: undefined, reading: undefined, verify: undefined, misprint: undefined, setAside: undefined, norm: undefined, rounding: undefined, tax: undefined, example: undefined, broken: undefined,
};
/** What a statement is in the catalogue; undefined when it holds no prices. */
export const roleOf = (statement: Statement): PriceRole | undefined => (statement.kind === 'line' ? statement.role : statement.kind === 'adjustment' ? (statement.direction === 'majore' ? 'majoration' : 'réduction') : ROLE_OF[statement.kind]);

type Voices = Readonly<Record<Lang, Voice>>;
type Price = Omit<PriceRow, keyof Standing>;
/** A figure, with what holds for the row where it stands. */
interface Place { readonly guards: readonly Guard[]; readonly by: Expr | undefined; readonly component: (v: Voice) => Prose; readonly own: string | undefined; readonly label: string | undefined; readonly formula: Expr | undefined; readonly block: Block | undefined; /** The row of a table: its key, and the term of its column. */ readonly row?: (v: Voice) => Prose }
interface Block { readonly rank: number; readonly above: Expr | undefined; readonly upTo: Expr | undefined }

function pricesIn(statement: Statement, voices: Voices): Price[] {
  const role = roleOf(statement);
  if (role === undefined) return [];
  const { headNodes, lines, by } = takeApart(statement, (article) => article, '');
  const outer = 'guards' in statement ? statement.guards : [];
  const component = (v: Voice): Prose => componentOf(v, statement);
  const head: Place = { guards: outer, by: undefined, component, own: undefined, label: statement.label, formula: statement.kind === 'adjustment' ? statement.price : statement.kind === 'line' ? statement.base : statement.kind === 'fact' ? statement.value : undefined, block: undefined };
  const take = (place: Place, nodes: readonly AnyNode[]): Price[] => nodes.flatMap((node) => moneyIn(node)).map((money) => priceOf(money, place, role, voices));
  return [
    ...take(head, headNodes),
    ...lines.flatMap(({ node, key, value }) => (statement.kind === 'table' && node.kind !== 'row' && node.kind !== 'plageRow'
      ? take({ ...head, component: (v) => term(v, value.place.column ?? ''), formula: node, row: (v) => prose(term(v, statement.key.name), v.lang === 'fr' ? ' : ' : ': ', ...(key ? [expression(v, key)] : [])) }, [node]) : [])),
    ...rowsWithBlocks(lines).flatMap(({ row, block }) => take({ guards: [...outer, ...row.guards], by, component, own: row.text, label: row.label ?? statement.label, formula: row.value, block }, [row])),
  ];
}

/** Blocks follow each other under the same other conditions: each begins where the one before it ends. */
function rowsWithBlocks(lines: readonly Line[]): { row: Row; block: Block | undefined }[] {
  const last = new Map<string, Block>();
  return lines.flatMap(({ node: row }): { row: Row; block: Block | undefined }[] => {
    if (row.kind !== 'row') return [];
    const limit = row.guards.find((guard) => guard.kind === 'jusqua');
    if (!limit && !row.guards.some(({ kind }) => kind === 'audela')) return [{ row, block: undefined }];
    const group = row.guards.filter(isOther).map(({ span }) => span.file.text.slice(span.start, span.end)).join(' ');
    const before = last.get(group);
    const block = { rank: (before?.rank ?? 0) + 1, above: before?.upTo, upTo: limit?.kind === 'jusqua' ? limit.limit : undefined };
    last.set(group, block);
    return [{ row, block }];
  });
}
const isBlock = ({ kind }: Guard): boolean => kind === 'jusqua' || kind === 'audela';
const isOther = (guard: Guard): boolean => !isBlock(guard);
const isSeason = ({ kind }: Guard): boolean => kind === 'en' || kind === 'hors';

/** What is priced. */
function componentOf(v: Voice, statement: Statement): Prose {
  switch (statement.kind) {
    case 'line': return statement.title !== undefined ? words(v, statement.title) : statement.name ? term(v, statement.name.name) : prose(v.patterns.roles[statement.role]);
    case 'adjustment': return statement.text !== undefined ? words(v, statement.text) : term(v, statement.target.name);
    case 'definition': case 'measure': case 'fact': case 'replacement': return term(v, statement.name.name);
    default: return [];
  }
}

interface Money { readonly quantity: Quantity; readonly threshold: boolean }
/** The figures in money under a node; what stands in a comparison or in a condition is a threshold. */
export function moneyIn(node: AnyNode, threshold = false): Money[] {
  if (node.kind === 'quantity') return isMoney(node) ? [{ quantity: node, threshold }] : [];
  const compared = threshold || node.kind === 'comparison' || GUARDS.has(node.kind);
  return childrenOf(node).flatMap((child) => moneyIn(child, compared));
}
const GUARDS: ReadonlySet<string> = new Set<Guard['kind']>(['si', 'sinon', 'en', 'hors', 'jusqua', 'audela', 'dès', 'sous', 'pour']);

/** Whether a figure is one of money, and not the mere absence of an amount. */
function isMoney({ unit, decimal }: Quantity): boolean {
  const dims = unit === undefined ? undefined : parseUnit(unit)?.dims;
  const value = parseExact(decimal);
  return dims !== undefined && value !== undefined && dims.has('$') && (dims.size > 1 || !isZero(value));
}

function priceOf({ quantity, threshold }: Money, place: Place, role: PriceRole, voices: Voices): Price {
  const { block } = place;
  const limits = [block?.above, block?.upTo].map((limit) => (limit?.kind === 'quantity' ? limit : undefined));
  // A limit that is no figure is said in words, with the other conditions.
  const others = place.guards.filter((guard) => !isSeason(guard) && (isOther(guard) || (guard.kind === 'jusqua' && guard.limit.kind !== 'quantity')));
  const shown = (say: (v: Voice) => Prose): [string | null, string | null] => [spoken(say(voices.fr), 'fr'), spoken(say(voices.en), 'en')];
  const [component_fr, component_en] = shown(place.component);
  const [season_fr, season_en] = shown((v) => guardsSaid(v, place.guards.filter(isSeason)));
  const [conditions_fr, conditions_en] = shown((v) => joined([place.row?.(v) ?? [], place.by ? prose(v.patterns.say.depending, expression(v, place.by)) : [], guardsSaid(v, others), block?.above && block.above.kind !== 'quantity' ? prose(`${v.patterns.operators['au-delà de']} `, expression(v, block.above)) : [], place.own === undefined ? [] : words(v, place.own)]));
  const { formula } = place;
  const [formula_fr, formula_en] = threshold || formula === undefined || formula.kind === 'quantity' ? [null, null] : shown((v) => expression(v, formula));
  const unit = quantity.unit ?? '$';
  return {
    paragraph: place.label ?? null, role, component_fr: component_fr ?? role, component_en: component_en ?? role, part: threshold ? 'threshold' : 'price', price: quantity.decimal.replace('−', '-'), unit: tidy(unit), unit_en: unitInEnglish(tidy(unit)),
    block: block?.rank ?? null, above: limits[0]?.decimal ?? null, up_to: limits[1]?.decimal ?? null, limit_unit: limits.find((limit) => limit?.unit !== undefined)?.unit ?? null,
    season_fr, season_en, conditions_fr, conditions_en, formula_fr, formula_en, home: quantity.source?.number ?? null,
  };
}

const joined = (parts: readonly Prose[]): Prose => parts.filter((part) => part.length > 0).flatMap((part, index) => (index === 0 ? part : prose(', ', part)));
/** Plain words with plain blanks; null for none. */
function spoken(said: Prose, lang: Lang): string | null {
  const text = tidy(plain(lang === 'fr' ? elided(said) : said));
  return text === '' ? null : text;
}
const tidy = (text: string): string => text.replace(/[\s\u00A0\u202F]+/g, ' ').trim();
