/**
 * Rate cards: a page a rate, for its customers, in French and in English. What it asks, its prices and a bill or two come from the same
 * pieces as the catalogue and the site.
 */
import { h } from 'hastscript';
import { dayOf, formatDateEn, formatDateFr, formatIsoDate } from '../../calendar/day.ts';
import { compareNumbers, type Article, type Book, type Module } from '../../check/book.ts';
import { programOfExample } from '../../evaluate/example.ts';
import { jsonKey } from '../../evaluate/words.ts';
import { formatNumber, type Lang } from '../../quantity/format.ts';
import type { DateLiteral, ExampleStatement } from '../../syntax/nodes.ts';
import { unitInEnglish } from '../../quantity/unit.ts';
import type { WorkedBill, WorkedExample } from '../book/worked.ts';
import type { PriceRow } from '../catalogue/columns.ts';
import { catalogueOf } from '../catalogue/prices.ts';
import { optionTerm, voice, words as saidBy, type English, type Voice } from '../prose/expression.ts';
import { plain } from '../prose/inline.ts';
import { pieces } from '../prose/statement.ts';
import { isStructure } from '../book/structure.ts';
import { figurePath, type Figure, type Figures } from '../figures/figure.ts';
import { exampleHtml } from '../site/example.ts';
import { figureHtml } from '../site/figures.ts';
import { inlineHtml, list, pageHtml, tableHtml, type Content, type Targets } from '../site/html.ts';
import { STYLE } from '../site/style.ts';
import { SITE_WORDS } from '../site/words.ts';

export interface CardsInput {
  readonly book: Book;
  /** All editions: a price that an edition keeps is known by the one that wrote it. */
  readonly books: readonly Book[];
  readonly english: English;
  /** Pictures of the rates. */
  readonly figures: Figures;
  /** Examples of a block, run. */
  readonly work: (block: Article) => readonly WorkedExample[];
}

const WORDS = {
  fr: { cards: 'Fiches tarifaires', conditions: 'À qui il s’adresse', prices: 'Prix', bills: 'Exemples de facture', articles: 'Articles', component: 'Composante', when: 'Quand', price: 'Prix', options: 'Options possibles', curves: 'Courbes', from: 'En vigueur le', noPrices: 'Les prix sont pris ailleurs dans le livre :' },
  en: { cards: 'Rate cards', conditions: 'Who it is for', prices: 'Prices', bills: 'Sample bills', articles: 'Articles', component: 'Component', when: 'When', price: 'Price', options: 'Options available', curves: 'Curves', from: 'In force on', noPrices: 'The prices are taken from elsewhere in the book:' },
} as const;
const LANGS: readonly Lang[] = ['fr', 'en'];
/** The figures that a card has room for. */
const SHOWN: ReadonlySet<Figure['kind']> = new Set(['facture', 'prix', 'heures']);
const NOWHERE: Targets = { article: () => undefined, term: () => undefined, rate: () => undefined };

/** A card has one column, and fits a sheet. */
const CARD_STYLE = `${STYLE.trimStart()}.frame { grid-template-columns: minmax(0, 1fr); max-width: 52rem; } .side { display: none; } main table { width: 100%; } h2 { margin-top: 1.4rem; } .lead { color: var(--soft); margin-top: -.6rem; } .articles { columns: 18rem; column-gap: 2rem; font-size: .92rem; padding-left: 1.2rem; }
@media screen and (max-width: 36rem) { th, td { padding-right: .5rem; } main table { font-size: .9rem; } .bills details { padding: .4rem .5rem; } .bills th:nth-child(2), .bills td:nth-child(2), main > .scroll th:last-child, main > .scroll td:last-child { display: none; } }
@media print { @page { margin: 9mm 11mm; } html { font-size: 8pt; } body { font-size: 8pt; line-height: 1.3; } h1 { font-size: 14pt; margin: 0 0 .2rem; } h2 { font-size: 9.5pt; margin: .55rem 0 .15rem; } details { border: 0; padding: 0; break-inside: avoid; } summary { list-style: none; } .plot details { display: none; } th, td { padding: .06rem .6rem .06rem 0; } ul { margin: .1rem 0; } li { margin: 0; } .scroll { overflow: visible; } .lead { margin: 0; }
  main > ul { columns: 2; column-gap: 1.6rem; padding-left: 1rem; } main > ul li { break-inside: avoid; } main > .scroll { font-size: 7.5pt; } .frame { padding: 0; max-width: none; } main p, .plots { max-width: none; } main > p { margin: .1rem 0; }
  .bills { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1rem; font-size: 7pt; } .bills details { margin: 0; } .bills th, .bills td { padding-right: .3rem; } .given { columns: 2; column-gap: 1rem; padding-left: 1rem; } .given:has(table) { columns: auto; } .given table { display: inline-table; width: auto; margin: 0; font-size: 6.5pt; }
  .plots { grid-template-columns: repeat(3, minmax(0, 1fr)); gap: .8rem; margin: .2rem 0; } .plot img { max-width: 46mm; border: 0; } .plot figcaption { font-size: 7pt; line-height: 1.25; } .plot figcaption .more { display: none; } .plot figcaption p, .plot figcaption ul { margin: .1rem 0; } main > .articles { columns: 4; font-size: 6.5pt; line-height: 1.2; column-gap: 1.2rem; } }
`;

/** Path → page: a card a rate in each language, and a list of them. */
export function cardsOf(input: CardsInput): Map<string, string> {
  const from = catalogueOf([...input.books], input.english).prices.filter((price) => price.from === formatIsoDate(input.book.edition.date));
  const files = new Map<string, string>([['style.css', CARD_STYLE]]);
  const cards = [...input.book.rates.values()].map((rate) => ({ rate, path: `${jsonKey(rate.name)}.html`, worked: typicalBills(rate, input), figures: input.figures.of(rate.name).filter(({ kind }) => SHOWN.has(kind)) }));
  for (const lang of LANGS) {
    for (const { rate, path, worked, figures } of cards) {
      files.set(`${lang}/${path}`, cardPage(rate, path, from, worked, figures, input, lang));
      for (const figure of figures) files.set(`${lang}/${figurePath(figure)}`, figure.svg[lang]);
    }
    const v = voice(lang, input.english);
    files.set(`${lang}/index.html`, shell(input, lang, 'index.html', WORDS[lang].cards, [list(cards.map(({ rate, path }) => [h('a', { href: path }, plain(saidBy(v, rate.title)))]))]));
  }
  return files;
}

function shell({ book, english }: CardsInput, lang: Lang, path: string, title: string, main: readonly Content[]): string {
  const words = SITE_WORDS[lang];
  const edition = plain(saidBy(voice(lang, english), book.edition.title));
  const date = lang === 'fr' ? formatDateFr(book.edition.date) : formatDateEn(book.edition.date);
  return pageHtml({
    lang, title: `${title} – ${edition}`, words, home: 'index.html', other: `../${words.otherLang}/${path}`, style: '../style.css', edition, nav: [{ href: 'index.html', text: WORDS[lang].cards, current: path === 'index.html' }], side: [],
    main: [h('h1', title), h('p.lead', `${edition} · ${WORDS[lang].from} ${date}`), ...main],
  });
}

function cardPage(rate: Module, path: string, prices: readonly PriceRow[], worked: readonly WorkedExample[], figures: readonly Figure[], input: CardsInput, lang: Lang): string {
  const v = voice(lang, input.english);
  const words = WORDS[lang];
  const blocks = blocksOf(rate, input.book);
  const asked = blocks.flatMap((block) => pieces(v, block.statements.filter((statement) => statement.kind === 'condition' && statement.mode !== 'contrôle' && isDomain(block))));
  const structure = pricesOfRate(rate, prices);
  const borrowed = structure.length > 0 ? [] : rate.articles.flatMap((block) => pieces(v, block.statements.filter(({ kind }) => kind === 'borrow')));
  const options = [...input.book.options.values()].filter(({ rates }) => rates.some(({ name }) => name === rate.name));
  const section = (title: string, content: readonly Content[]): Content[] => (content.length === 0 ? [] : [h('h2', title), ...content]);
  const items = (said: readonly (readonly Content[])[]): Content[] => (said.length === 0 ? [] : [list(said)]);
  return shell(input, lang, path, plain(saidBy(v, rate.title)), [
    ...section(words.conditions, items(asked.map(({ statement, says, more }) => [...inlineHtml(says, NOWHERE), ...(statement.kind === 'condition' && statement.instead.length > 0 ? [' (', ...inlineHtml(more.at(-1) ?? [], NOWHERE), ')'] : [])]))),
    ...section(words.prices, structure.length > 0 ? [tableHtml([[words.component], [words.price], [words.when], [SITE_WORDS[lang].article]], structure.map((row) => priceCells(row, v)))] : borrowed.length > 0 ? [h('p', words.noPrices), ...items(borrowed.map(({ says }) => inlineHtml(says, NOWHERE)))] : []),
    ...section(words.bills, worked.length === 0 ? [] : [h('div.bills', worked.map((each) => { const told = exampleHtml(each, lang, input.english, NOWHERE); return { ...told, properties: { ...told.properties, open: true } }; }))]),
    ...section(words.curves, figures.length === 0 ? [] : [h('div.plots', figures.map((figure) => figureHtml(figure, lang, SITE_WORDS[lang], NOWHERE)))]),
    ...section(words.options, options.length === 0 ? [] : [h('p', options.flatMap(({ name }, index): Content[] => [...(index === 0 ? [] : [' · ']), ...inlineHtml(optionTerm(v, name), NOWHERE)]))]),
    ...section(words.articles, [h('ul.articles', rate.articles.filter(({ continued }) => !continued).map(({ number, title }) => h('li', [`${number} `, ...inlineHtml(saidBy(v, title), NOWHERE)])))]),
  ]);
}

/** The blocks of a rate, and those of provisions common to it and to others by name. */
const blocksOf = (rate: Module, book: Book): Article[] =>
  book.blocks.filter(({ module }) => (module.kind === 'rate' ? module.name === rate.name : module.kind === 'common' && module.options.length === 0 && module.rates.some(({ name }) => name === rate.name))).sort((a, b) => compareNumbers(a.number, b.number));
const isDomain = ({ title }: Article): boolean => /^Domaine d['’]application/.test(title);

/** What the rate bills: a value that a formula uses is for the catalogue, unless the rate has nothing else. */
function pricesOfRate(rate: Module, prices: readonly PriceRow[]): PriceRow[] {
  const own = prices.filter((row) => row.part === 'price' && row.options.length === 0 && row.rates.includes(rate.name));
  const billed = own.filter(({ role }) => role !== 'valeur' && role !== 'remplacement');
  return billed.length > 0 ? billed : own;
}

function priceCells(row: PriceRow, v: Voice): Content[][] {
  const { lang, patterns: { say, operators } } = v;
  const pick = (name: 'component' | 'season' | 'conditions'): string | null => row[`${name}_${lang}`];
  const amount = (decimal: string, unit: string): string => `${formatNumber(decimal, lang)}\u00A0${lang === 'fr' ? unit : unitInEnglish(unit)}`;
  const limit = row.up_to !== null ? `${say.upTo}${amount(row.up_to, row.limit_unit ?? '')}` : row.above !== null ? `${operators['au-delà de']} ${amount(row.above, row.limit_unit ?? '')}` : null;
  return [[pick('component') ?? ''], [h('span.figure', amount(row.price, row.unit))], [[limit, pick('season'), pick('conditions')].filter((each) => each !== null).join(', ')], [row.article]];
}

/**
 * At most two bills of about a month, among the examples that give the least to an article of structure: one with as many lines as the
 * rate can have, and one with fewer, the simpler first.
 */
function typicalBills(rate: Module, { book, work }: CardsInput): readonly WorkedExample[] {
  const monthly = (blocks: readonly Article[]) => blocks.flatMap((block) => block.statements.flatMap((example) => (example.kind === 'example' && isMonthly(example) && isOf(example, block, rate) ? [{ block, example, given: givenCount(example) }] : [])));
  const blocks = blocksOf(rate, book);
  const ofStructure = monthly(blocks.filter(isStructure));
  // A rate that takes its structure from another has its examples elsewhere.
  const candidates = ofStructure.length > 0 ? ofStructure : monthly(blocks);
  const least = Math.min(...candidates.map(({ given }) => given));
  // What else an example checks is the analyst's affair.
  const run = candidates.filter(({ given }) => given === least).slice(0, MOST_RUN).flatMap(({ block, example }) => work({ ...block, statements: [example] }).flatMap((each) => ('bill' in each ? [{ worked: { ...each, checks: [] }, lines: billedLines(each.bill.fr) }] : [])));
  const most = Math.max(...run.map(({ lines }) => lines));
  const full = run.find(({ lines }) => lines === most);
  const simpler = run.filter(({ lines }) => lines < most && lines > 0).sort((a, b) => b.lines - a.lines)[0] ?? run.find((each) => each !== full);
  return [simpler, full].flatMap((each) => (each ? [each.worked] : []));
}
const MOST_RUN = 12;
const billedLines = ({ lines }: WorkedBill): number => lines.filter(({ amount }) => /[1-9]/.test(amount)).length;
const isOf = (example: ExampleStatement, block: Article, rate: Module): boolean => { const { rate: named, options } = programOfExample(example, block); return named === rate.name && options.length === 0; };
const givenCount = ({ lines }: ExampleStatement): number => lines.filter(({ kind }) => kind === 'assignment' || kind === 'exampleHistory' || kind === 'exampleReading').length;
const isMonthly = ({ lines }: ExampleStatement): boolean => lines.some((line) => line.kind === 'examplePeriod' && inMonth(line.from, line.to)) && !lines.some(({ kind }) => kind === 'exampleRefusal');
function inMonth(from: DateLiteral, to: DateLiteral): boolean {
  const [start, end] = [from, to].map(({ year, month, day }) => (year === undefined ? undefined : dayOf(year, month, day)));
  return start !== undefined && end !== undefined && end - start >= 27 && end - start <= 31;
}
