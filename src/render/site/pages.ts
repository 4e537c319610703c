/** The book as a static site: path → page, in French and in English, with what its search reads. */
import { h } from 'hastscript';
import { formatDateEn, formatDateFr } from '../../calendar/day.ts';
import type { Article, Book } from '../../check/book.ts';
import { coverage } from '../../check/coverage.ts';
import type { Programs } from '../../check/program.ts';

import type { Lang } from '../../quantity/format.ts';
import { linksOf, namesFixed, type Links } from '../book/links.ts';
import { outline, type OutlinedArticle, type OutlinedChapter, type OutlinedSection } from '../book/outline.ts';
import { term, voice, words as saidBy, type English, type Voice } from '../prose/expression.ts';
import { plain } from '../prose/inline.ts';
import { pieces } from '../prose/statement.ts';
import { figurePath, type Figure, type Figures } from '../figures/figure.ts';
import { structureOf } from '../book/structure.ts';
import { exampleHtml } from './example.ts';
import { figureAnchor, figuresHtml } from './figures.ts';
import type { WorkedExample } from '../book/worked.ts';
import { invariant } from '../../support/invariant.ts';
import { contextOf, titled } from '../book/context.ts';
import { articleHtml, articleId, termId } from './article.ts';
import { inlineHtml, list, pageHtml, tableHtml, type Content, type Targets } from './html.ts';
import { searchData, type SearchEntry } from './search.ts';
import { sourceHtml } from './source.ts';
import { STYLE } from './style.ts';
import { SITE_WORDS, type SiteWords } from './words.ts';

export interface SiteInput {
  readonly book: Book;
  readonly programs: Programs;
  readonly english: English;
  /** The examples of a block, run. */
  readonly examples: (block: Article) => readonly WorkedExample[];
  /** Pictures of the rates and of the options; made when they are asked for. */
  readonly figures: Figures;
  /** The script of the search page. */
  readonly searchScript: string;
}

/** The site in pieces, so that several threads may make it: each section in both languages, and all the rest. Files are by path. */
export interface Site {
  readonly sections: number;
  /** How much there is to make in a section, to begin with the longest. */
  readonly weight: (section: number) => number;
  readonly section: (index: number) => Map<string, string>;
  readonly rest: () => Map<string, string>;
}

const LANGS: readonly Lang[] = ['fr', 'en'];

export function siteOf(input: SiteInput): Site {
  const chapters = outline(input.book);
  const links = linksOf(input.book, input.programs);
  const spoken = LANGS.map((lang) => ({ lang, pages: new SiteLanguage(input, chapters, links, lang) }));
  const sections = chapters.flatMap((chapter) => chapter.sections);
  return {
    sections: sections.length,
    weight: (index) => (sections[index]?.articles ?? []).reduce((sum, { blocks }) => sum + blocks.reduce((size, { span }) => size + span.end - span.start, 0), 0),
    section: (index) => {
      const section = sections[index];
      // An example is run once for both languages.
      const worked = new Map<Article, readonly WorkedExample[]>();
      for (const article of section?.articles ?? []) for (const block of article.blocks) worked.set(block, input.examples(block));
      return new Map(section ? spoken.map(({ lang, pages }) => [`${lang}/${pageOf({ chapter: section.chapter, section: section.number })}`, pages.sectionPage(index, worked)]) : []);
    },
    rest: () => {
      const files = new Map<string, string>([['style.css', STYLE.trimStart()], ['search.js', input.searchScript], ['index.html', frontPage(input.book)]]);
      for (const { lang, pages } of spoken) for (const [path, page] of pages.rest()) files.set(`${lang}/${path}`, page);
      return files;
    },
  };
}

/** The page that lets the reader choose a language. */
function frontPage({ edition }: Book): string {
  return pageHtml({
    lang: 'fr', title: edition.title, words: SITE_WORDS.fr, home: 'fr/index.html', other: 'en/index.html', style: 'style.css', edition: edition.title, nav: [], side: [],
    main: [h('h1', edition.title), h('p', h('a', { href: 'fr/index.html' }, 'Français')), h('p', { lang: 'en' }, h('a', { href: 'en/index.html', hrefLang: 'en' }, 'English'))],
  });
}

const pageOf = ({ chapter, section }: { readonly chapter: string; readonly section: string }): string => `${section === '' ? chapter : `${chapter}-${section}`}.html`;

/** The pages of one language. */
class SiteLanguage {
  private readonly words: SiteWords;
  private readonly voice: Voice;
  private readonly articles: ReadonlyMap<string, OutlinedArticle>;
  private readonly sections: readonly OutlinedSection[];
  /** The rates and the options, by the article whose figures are theirs. */
  private readonly structures: ReadonlyMap<string, readonly string[]>;

  constructor(private readonly input: SiteInput, private readonly chapters: readonly OutlinedChapter[], private readonly links: Links, private readonly lang: Lang) {
    this.words = SITE_WORDS[lang];
    this.voice = voice(lang, input.english);
    this.sections = chapters.flatMap((chapter) => chapter.sections);
    this.articles = new Map(this.sections.flatMap((section) => section.articles.map((article): [string, OutlinedArticle] => [article.number, article])));
    const structures = new Map<string, string[]>();
    for (const module of [...input.book.rates.values(), ...input.book.options.values()]) {
      const home = structureOf(module)?.number;
      if (home !== undefined) structures.set(home, [...structures.get(home) ?? [], module.name]);
    }
    this.structures = structures;
  }

  /** All pages but those of sections. */
  rest(): Map<string, string> {
    const files = new Map<string, string>();
    files.set('index.html', this.contentsPage());
    files.set('glossary.html', this.glossaryPage());
    files.set('readings.html', this.readingsPage());
    files.set('slips.html', this.slipsPage());
    files.set('curves.html', this.curvesPage());
    for (const figure of this.allFigures()) files.set(figurePath(figure), figure.svg[this.lang]);
    files.set('search.html', this.searchPage());
    files.set('search-data.js', searchData(this.searchEntries()));
    return files;
  }

  // ── what is said in the language of the page ──────────────────────────
  private titled(french: string): string { return titled(this.voice, french); }
  private articleTitle({ title }: { readonly title: string }): string { return this.titled(title); }
  private chapterTitle(chapter: OutlinedChapter): string { return `${this.words.chapter} ${chapter.number} – ${this.titled(chapter.title)}`; }
  private sectionTitle({ number, title }: OutlinedSection): string { return number === '' ? '' : `${this.words.section} ${number} – ${this.titled(title)}`; }

  private readonly articleHref = (number: string): string | undefined => { const found = this.articles.get(number); return found && `${pageOf(found)}#${articleId(number)}`; };
  private readonly rateHref = (name: string): string | undefined => {
    const module = this.input.book.rates.get(name) ?? this.input.book.options.get(name);
    const [first] = module?.articles ?? [];
    return first && this.articleHref(first.number);
  };
  private readonly targets = (block: Article): Targets => ({
    article: this.articleHref, rate: this.rateHref,
    term: (name) => {
      const home = this.links.home(name, block);
      const found = home === undefined ? undefined : this.articles.get(home);
      // What a shared piece fixes has no line of its own in the article that takes it in.
      const fixed = found?.blocks.some(({ statements }) => statements.some((statement) => namesFixed(statement).includes(name)));
      return found && home !== undefined ? { href: `${pageOf(found)}#${fixed ? termId(home, name) : articleId(home)}`, article: `${this.words.article} ${home}` } : undefined;
    },
  });
  private readonly plainTargets: Targets = { article: this.articleHref, rate: this.rateHref, term: () => undefined };

  // ── pages ─────────────────────────────────────────────────────────────
  private shell(path: string, title: string, main: readonly Content[], side: readonly Content[] = this.chapterList(), scripts: readonly string[] = []): string {
    const { edition } = this.input.book;
    const nav = ([['index.html', this.words.contents], ['glossary.html', this.words.glossary], ['readings.html', this.words.readings], ['slips.html', this.words.slips], ['curves.html', this.words.curves], ['search.html', this.words.search]] as const).map(([href, text]) => ({ href, text, current: href === path }));
    return pageHtml({ lang: this.lang, title: `${title} – ${this.titled(edition.title)}`, words: this.words, home: 'index.html', other: `../${this.words.otherLang}/${path}`, style: '../style.css', edition: this.titled(edition.title), nav, side, main, scripts });
  }

  private chapterList(): Content[] {
    return [h('ol', this.chapters.map((chapter) => h('li', h('a', { href: this.chapterHref(chapter) }, `${chapter.number}. ${this.titled(chapter.title)}`))))];
  }
  private chapterHref(chapter: OutlinedChapter): string { const [first] = chapter.sections; return first ? pageOf({ chapter: first.chapter, section: first.number }) : 'index.html'; }

  sectionPage(index: number, worked: ReadonlyMap<Article, readonly WorkedExample[]>): string {
    const [before, section, after] = [this.sections[index - 1], this.sections[index], this.sections[index + 1]];
    invariant(section !== undefined, 'a section of the outline');
    const chapter = this.chapters.find(({ number }) => number === section.chapter);
    const path = pageOf({ chapter: section.chapter, section: section.number });
    const heading = section.number === '' ? (chapter ? this.chapterTitle(chapter) : '') : this.sectionTitle(section);
    const articles = section.articles.map((article) => articleHtml(article, {
      voice: this.voice, words: this.words, targets: this.targets, title: this.articleTitle(article), source: sourceHtml,
      figures: figuresHtml((this.structures.get(article.number) ?? []).flatMap((name) => this.input.figures.of(name)), this.lang, this.words, this.plainTargets),
      examples: (block) => (worked.get(block) ?? []).map((each) => exampleHtml(each, this.lang, this.input.english, this.targets(block))),
      cites: this.links.cites.get(article.number) ?? [], citedBy: this.links.citedBy.get(article.number) ?? [], reads: this.links.reads.get(article.number) ?? [], readBy: this.links.readBy.get(article.number) ?? [],
    }));
    const link = (other: OutlinedSection | undefined, label: string): Content => other ? h('a', { href: pageOf({ chapter: other.chapter, section: other.number }) }, `${label} : ${this.sectionTitle(other) || (this.titled(this.chapters.find(({ number }) => number === other.chapter)?.title ?? ''))}`) : h('span');
    const side = [h('p', h('a', { href: 'index.html' }, this.words.contents)), ...(chapter && section.number !== '' ? [h('p', this.chapterTitle(chapter))] : []), h('ol', section.articles.map((article) => h('li', h('a', { href: `#${articleId(article.number)}` }, `${article.number} ${this.articleTitle(article)}`))))];
    return this.shell(path, heading, [...(chapter && section.number !== '' ? [h('p', this.chapterTitle(chapter))] : []), h('h1', heading), ...articles, h('nav.pager', { ariaLabel: `${this.words.previous} / ${this.words.next}` }, [link(before, this.words.previous), link(after, this.words.next)])], side);
  }

  private contentsPage(): string {
    const { edition } = this.input.book;
    const date = this.lang === 'fr' ? formatDateFr(edition.date) : formatDateEn(edition.date);
    const chapters = this.chapters.flatMap((chapter): Content[] => [
      h('h2', this.chapterTitle(chapter)),
      ...chapter.sections.flatMap((section): Content[] => [
        ...(section.number === '' ? [] : [h('h3', h('a', { href: pageOf({ chapter: section.chapter, section: section.number }) }, this.sectionTitle(section)))]),
        list(section.articles.map((article) => [h('a', { href: this.articleHref(article.number) ?? '' }, `${article.number} ${this.articleTitle(article)}`)])),
      ]),
    ]);
    return this.shell('index.html', this.words.contents, [h('h1', this.titled(edition.title)), h('p', `${this.words.inForce} ${date}`), ...chapters]);
  }

  /** Every term that an article fixes, with the article. */
  private glossaryPage(): string {
    const rows = new Map<string, { readonly text: string; readonly said: readonly Content[]; readonly where: Map<string, readonly Content[]> }>();
    for (const block of this.input.book.blocks) {
      for (const statement of block.statements) {
        if (!['data', 'measure', 'plage', 'definition', 'fact'].includes(statement.kind) || !('name' in statement) || typeof statement.name !== 'object') continue;
        const name = statement.name.name;
        const found = rows.get(name) ?? { text: plain(term(this.voice, name)), said: inlineHtml(term(this.voice, name), this.plainTargets), where: new Map() };
        const own = 'text' in statement && statement.text !== undefined ? inlineHtml(saidBy(this.voice, statement.text), this.plainTargets) : [];
        if (!found.where.has(block.number)) found.where.set(block.number, own);
        rows.set(name, found);
      }
    }
    const collator = new Intl.Collator(this.lang);
    const ordered = [...rows].sort(([, a], [, b]) => collator.compare(a.text, b.text));
    return this.shell('glossary.html', this.words.glossary, [h('h1', this.words.glossary), tableHtml([[this.words.term], [this.words.meaning], [this.words.article]], ordered.map(([name, { said, where }]) => [
      said, [...where.values()].find((own) => own.length > 0) ?? [],
      [...where.keys()].flatMap((number, index): Content[] => { const page = this.articles.get(number); return [...(index === 0 ? [] : [', ']), page ? h('a', { href: `${pageOf(page)}#${termId(number, name)}` }, number) : number]; }),
    ]), { caption: this.words.glossary, stacked: true })]);
  }

  private readingsPage(): string {
    const rows = this.input.book.blocks.flatMap((block) => block.statements.flatMap((statement) => (statement.kind === 'reading' ? [[
      [h('a', { href: this.articleHref(block.number) ?? '' }, block.number)], this.own(statement.subject), this.own(statement.kept), statement.others.flatMap((other, index): Content[] => [...(index === 0 ? [] : [h('br')]), ...this.own(other)]),
    ]] : [])));
    return this.shell('readings.html', this.words.readings, [h('h1', this.words.readings), tableHtml([[this.words.article], [this.words.what], [this.words.kept], [this.words.others]], rows, { caption: this.words.readings, stacked: true })]);
  }

  private slipsPage(): string {
    const { coquilles } = coverage(this.input.book);
    const rows = coquilles.map((slip) => [[h('a', { href: this.articleHref(slip.article) ?? '' }, slip.article)], [slip.imprime], [slip.juste], slip.note === undefined ? [] : this.own(slip.note)]);
    return this.shell('slips.html', this.words.slips, [h('h1', this.words.slips), ...(rows.length === 0 ? [h('p', this.words.none)] : [tableHtml([[this.words.article], [this.words.printed], [this.words.right], [this.words.why]], rows, { caption: this.words.slips, stacked: true })])]);
  }
  private own(said: string): Content[] { return inlineHtml(saidBy(this.voice, said), this.plainTargets); }

  private allFigures(): Figure[] {
    const { book, figures } = this.input;
    return [...figures.shared(), ...[...book.rates.keys(), ...book.options.keys()].flatMap((name) => figures.of(name))];
  }

  /** All the figures: crossings, then rate by rate, then what is of time. The seasons of one rate stand with it only: here they are together. */
  private curvesPage(): string {
    const { book, figures } = this.input;
    const modules = [...book.rates.values(), ...book.options.values()].map((module) => ({ module, own: figures.of(module.name) }));
    const curved = modules.map(({ module, own }) => ({ module, own: own.filter(({ kind }) => kind === 'facture' || kind === 'prix' || kind === 'utilisation') })).filter(({ own }) => own.length > 0);
    const kind = (wanted: Figure['kind'], of: readonly Figure[]): Figure[] => of.filter((figure) => figure.kind === wanted);
    const own = modules.flatMap((each) => each.own);
    const shown = (of: readonly Figure[]): Content[] => figuresHtml(of, this.lang, this.words, this.plainTargets);
    const part = (id: string, title: string, content: readonly Content[]) => (content.length === 0 ? [] : [{ id, title, content: [h('h2', { id }, title), ...content] }]);
    const without = [...book.rates.values()].filter(({ name }) => !curved.some(({ module }) => module.name === name));
    const parts = [
      ...part('croisements', this.words.crossings, shown(kind('croisement', figures.shared()))),
      ...part('tarifs', this.words.billsAndPrices, curved.length === 0 ? [] : [
        ...curved.flatMap(({ module, own: some }): Content[] => { const href = this.rateHref(module.name); return [h('h3', href === undefined ? this.titled(module.title) : h('a', { href }, this.titled(module.title))), ...shown(some)]; }),
        ...(without.length === 0 ? [] : [h('p.more', [`${this.words.withoutCurve} `, without.map(({ title }) => this.titled(title)).join(', ')])]),
      ]),
      ...part('heures', this.words.hours, shown(kind('heures', own))), ...part('saisons', this.words.seasons, shown(kind('saisons', figures.shared()))), ...part('banque', this.words.bank, shown(kind('banque', own))),
    ];
    const side = [h('ol', parts.map(({ id, title }) => h('li', [h('a', { href: `#${id}` }, title), ...(id === 'tarifs' ? [h('ol', curved.flatMap(({ module, own: [first] }) => (first ? [h('li', h('a', { href: `#${figureAnchor(first)}` }, this.titled(module.title)))] : [])))] : [])])))];
    return this.shell('curves.html', this.words.curves, [h('h1', this.words.curves), ...(parts.length === 0 ? [h('p', this.words.noCurves)] : [h('p', this.words.curvesIntro), ...parts.flatMap(({ content }) => content)])], parts.length === 0 ? this.chapterList() : side);
  }

  private searchPage(): string {
    return this.shell('search.html', this.words.search, [
      h('h1', this.words.search),
      h('label', { htmlFor: 'q' }, this.words.searchHint), h('input#q', { type: 'search', autoComplete: 'off', dataNone: this.words.searchNone, dataCount: this.words.searchCount }),
      h('p#count', { role: 'status' }), h('ol#hits.hits'),
      h('noscript', h('p', h('a', { href: 'index.html' }, this.words.contents))),
    ], this.chapterList(), ['search-data.js', '../search.js']);
  }

  private searchEntries(): SearchEntry[] {
    return [...this.articles.values()].map((article) => ({
      id: article.number, title: this.articleTitle(article), href: this.articleHref(article.number) ?? '',
      text: article.blocks.flatMap((block) => [plain(contextOf(block.module, this.words, this.voice)), ...pieces(this.voice, block.statements).map(({ says, table, more }) => [says, ...(table?.rows.flat() ?? []), ...more].map(plain).join(' '))]).join(' · '),
    }));
  }
}

