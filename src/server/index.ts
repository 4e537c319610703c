/** Where the names of a world are declared and read. A name is looked for in the programs that read its article, as the checker does. */
import type { Article } from '../check/book.ts';
import type { Elaborator } from '../check/elaborate.ts';
import type { Entry } from '../check/scope.ts';
import { optionSets } from '../check/sets.ts';
import type { Span } from '../source/file.ts';
import type { Block, LineStatement, Statement } from '../syntax/nodes.ts';
import { partAt, type Document } from './document.ts';
import { headerOccurrences, occurrencesOf, type Occurrence, type Space } from './names.ts';
import { ownProgram } from '../check/sets.ts';
import type { Edition, World } from './world.ts';

/** Something that the text declares, and where it says so. */
export interface Declaration {
  readonly space: Space;
  readonly name: string;
  /** Of the name. */
  readonly span: Span;
  readonly statement: Statement | undefined;
  readonly site: Site | undefined;
}

/** Where a statement or a header stands. */
export interface Site {
  readonly document: Document;
  readonly block: Block;
  readonly edition: Edition | undefined;
  /** Undefined in a modèle, or before any article. */
  readonly article: Article | undefined;
}

export interface Found { readonly occurrence: Occurrence; readonly site: Site; readonly statement: Statement | undefined }

export interface Index {
  /** Every name of the world that satisfies a test, in the order of the files. */
  readonly all: (accepts: (occurrence: Occurrence) => boolean) => Found[];
  readonly siteOf: (statement: Statement) => Site | undefined;
  /** What an occurrence means. */
  readonly resolve: (found: Found) => readonly Declaration[];
  /** The programs that read an article, the plainest first. */
  readonly readersOf: (site: Site) => readonly Elaborator[];
  readonly elaborator: (edition: Edition | undefined, rate: string, options: readonly string[]) => Elaborator | undefined;
}

const kept = new WeakMap<World, { readonly version: number; readonly index: Index }>();

/** The index of a world as it is now. */
export function indexOf(world: World): Index {
  const known = kept.get(world);
  if (known?.version === world.version) return known.index;
  const index = makeIndex(world);
  kept.set(world, { version: world.version, index });
  return index;
}

function makeIndex(world: World): Index {
  const sites = new Map<Statement, Site>();
  const blocks: Site[] = [];
  const articles = new Map<Span, { readonly edition: Edition; readonly article: Article }>();
  // What an edition amends is seen from the edition that wrote it.
  for (const edition of world.editions) for (const article of edition.book.blocks) if (!articles.has(article.span)) articles.set(article.span, { edition, article });
  const editionOf = new Map(world.editions.flatMap((edition) => edition.book.files.map((file) => [file.file.path, edition] as const)));
  for (const document of world.documents.values()) {
    for (const block of document.tarif.blocks) {
      const known = articles.get(block.header.span);
      const site: Site = { document, block, edition: editionOf.get(document.path) ?? known?.edition, article: known?.article };
      blocks.push(site);
      for (const statement of block.statements) sites.set(statement, site);
    }
  }
  const all: Index['all'] = (accepts) => blocks.flatMap((site) => [
    ...headerOccurrences(site.block.header).filter(accepts).map((occurrence): Found => ({ occurrence, site, statement: undefined })),
    ...site.block.statements.flatMap((statement) => occurrencesOf(statement).filter(accepts).map((occurrence): Found => ({ occurrence, site, statement }))),
  ]);

  let readers: Map<string, Elaborator[]> | undefined;
  const readersOf: Index['readersOf'] = ({ edition, article }) => {
    if (!edition || !article) return [];
    if (!readers) {
      readers = new Map();
      for (const each of world.editions) {
        for (const rate of each.book.rates.keys()) {
          for (const options of optionSets(each.book, rate)) {
            const made = each.programs.made(rate, options);
            for (const home of new Set(made?.placed.map(({ origin }) => origin.home))) {
              const key = `${each.book.edition.date}|${home}`;
              const list = readers.get(key);
              if (list) list.push(made!.elaborator);
              else readers.set(key, [made!.elaborator]);
            }
          }
        }
      }
    }
    const own = ownProgram(edition.book, article.module);
    const made = own && edition.programs.made(own.rate, own.options)?.elaborator;
    const list = readers.get(`${edition.book.edition.date}|${article.number}`) ?? [];
    return made ? [made, ...list.filter((each) => each !== made)] : list;
  };

  const elaborator: Index['elaborator'] = (edition, rate, options) => edition?.programs.made(rate, options)?.elaborator ?? (edition?.book.rates.has(rate) ? edition.programs.program(rate, options) && edition.programs.made(rate, options)?.elaborator : undefined);

  const declared = (entry: Entry): Declaration => {
    const { statement } = entry.source;
    const span = statement.kind === 'table' ? statement.grid.header.find(({ name }) => name === entry.name)?.span ?? statement.span : statement.name.span;
    return { space: 'value', name: entry.name, span, statement, site: sites.get(statement) };
  };
  const declaredLine = (name: string, statement: LineStatement): Declaration => ({ space: 'line', name, span: statement.name?.span ?? { file: statement.span.file, start: statement.span.start, end: statement.span.start + statement.role.length }, statement, site: sites.get(statement) });

  const resolve: Index['resolve'] = ({ occurrence, site, statement }) => {
    const { name, space, under } = occurrence;
    const found = new Map<Span, Declaration>();
    const put = (declaration: Declaration): void => { found.set(declaration.span, declaration); };
    if (space === 'value' || space === 'line') {
      const rateOf = under?.rate ?? (under && site.article?.module.kind === 'rate' ? site.article.module.name : undefined);
      const home = site.article?.number ?? '';
      const programs = rateOf === undefined ? readersOf(site) : [elaborator(site.edition, rateOf, under?.options ?? [])].filter((each) => each !== undefined);
      for (const e of programs) {
        if (space === 'line') { const line = e.lines?.placed.get(name)?.statement; if (line) put(declaredLine(name, line)); continue; }
        let entry = e.scope.lookup(name, home);
        while (entry) {
          put(declared(entry));
          entry = entry.source.kind === 'replacement' ? entry.source.original : undefined;
        }
      }
      if (occurrence.declares && !found.has(occurrence.span)) put({ space, name, span: occurrence.span, statement, site });
      if (found.size > 0) return [...found.values()];
      // A case may give the data of a rate that its own consults; any other word of an example is a choice.
      const consulted = rateOf !== undefined && site.edition?.programs.made(rateOf, under?.options ?? [])?.outcome.program.related().some(({ symbol }) => symbol.name === name);
      if (occurrence.inExample && programs.length > 0 && !consulted) return [];
      // No program is known to read it (a modèle, a file that is broken): any declaration of that name will do.
      const local = /^[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ0-9]*$/.test(name);
      return all((other) => other.declares && other.space === space && other.name === name).filter((other) => !local || other.site.article?.number === site.article?.number)
        .map((other) => ({ space, name, span: other.occurrence.span, statement: other.statement, site: other.site }));
    }
    const candidates = all((other) => other.declares && other.space === space && other.name === name);
    const same = candidates.filter((other) => other.site.edition === site.edition);
    const wanted = space === 'article' ? articles.get(site.edition?.book.articles.get(name)?.span ?? site.block.header.span)?.article.span : undefined;
    const chosen = space === 'article' && wanted && site.edition?.book.articles.has(name) ? candidates.filter((other) => other.site.block.header.span === wanted) : same.length > 0 ? same : candidates;
    // A rate or an option is opened by the header that has its title.
    const titled = chosen.filter((other) => 'title' in other.site.block.header && other.site.block.header.title !== undefined);
    return (titled.length > 0 ? titled : chosen).map((other) => ({ space, name, span: other.occurrence.span, statement: undefined, site: other.site }));
  };
  return { all, siteOf: (statement) => sites.get(statement), resolve, readersOf, elaborator };
}

/** The block that a part is in, when its header could be read. */
export function siteOfPart(world: World, document: Document, at: number): Site | undefined {
  let margin = at;
  while (margin > 0 && document.parts[margin]?.kind !== 'margin') margin--;
  const header = document.parts[margin]?.blocks.at(-1)?.header;
  const block = header && document.tarif.blocks.find((candidate) => candidate.header === header);
  if (!block) return undefined;
  const edition = world.editions.find(({ book }) => book.files.some(({ file }) => file.path === document.path));
  return { document, block, edition, article: header.kind === 'article' ? edition?.book.blocks.find(({ span }) => span === header.span) : undefined };
}

/** The name under an offset of the editor's text. */
export function foundAt(index: Index, document: Document, offset: number): Found | undefined {
  const at = partAt(document, offset);
  if (!at) return undefined;
  const within = ({ span }: Occurrence): boolean => span.file === at.part.file && span.start <= at.offset && at.offset <= span.end;
  let best: Found | undefined;
  for (const found of index.all(within)) if (!best || size(found) < size(best)) best = found;
  return best;
}
const size = ({ occurrence: { span } }: Found): number => span.end - span.start;
