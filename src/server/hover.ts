/** What is known of the word under the pointer. */
import type { Hover } from 'vscode-languageserver';
import type { Elaborator } from '../check/elaborate.ts';
import { describe, grainName } from '../check/types.ts';
import type { Lang } from '../quantity/format.ts';
import type { Quantity, Statement } from '../syntax/nodes.ts';
import { mentionsOf } from '../check/mentions.ts';
import { compareNumbers } from '../check/book.ts';
import { partAt, rangeOf, type Document } from './document.ts';
import { foundAt, indexOf, type Declaration, type Found, type Index, type Site } from './index.ts';
import { occurrencesOf } from './names.ts';
import { tokenAt, wordOf, endOf } from './words.ts';
import type { World } from './world.ts';

/** Lines of source that a hover shows. */
const MOST_LINES = 12;

export function hover(world: World, document: Document, offset: number, lang: Lang): Hover | undefined {
  const index = indexOf(world);
  const found = foundAt(index, document, offset);
  const fr = lang === 'fr';
  if (found) {
    const text = found.occurrence.space === 'article' ? articleText(index, found, fr) : nameText(world, index, found, fr);
    const range = rangeOf(document, found.occurrence.span);
    if (text) return { contents: { kind: 'markdown', value: text }, ...(range ? { range } : {}) };
  }
  const at = partAt(document, offset);
  if (!at) return undefined;
  const figure = figureAt(index, document, at.part.file, at.offset);
  if (figure) {
    const range = rangeOf(document, figure.quantity.span);
    return { contents: { kind: 'markdown', value: figureText(index, figure, fr) }, ...(range ? { range } : {}) };
  }
  const token = tokenAt(at.part, at.offset);
  const word = token && wordOf(token);
  if (!token || !word) return undefined;
  const range = rangeOf(document, { file: at.part.file, start: token.startOffset, end: endOf(token) });
  return { contents: { kind: 'markdown', value: `**${word.spellings[0]}** — ${word.help}` }, ...(range ? { range } : {}) };
}

const articleOf = (site: Site | undefined): string => (site?.block.header.kind === 'article' ? `article ${site.block.header.number} « ${site.block.header.title} »` : site?.block.header.kind === 'model' ? `modèle ${site.block.header.name.name}` : '');
const source = (text: string): string => {
  const lines = text.replace(/\s+$/, '').split(/\r\n|\r|\n/);
  const indent = Math.min(...lines.slice(1).filter((line) => line.trim() !== '').map((line) => line.search(/\S/)), 2);
  const shown = lines.map((line, at) => (at === 0 ? line : line.slice(Math.max(0, indent))));
  return `\`\`\`tarif\n${[...shown.slice(0, MOST_LINES), ...(shown.length > MOST_LINES ? ['…'] : [])].join('\n')}\n\`\`\``;
};

const KINDS: Readonly<Partial<Record<Statement['kind'], readonly [string, string]>>> = {
  data: ['donnée', 'datum'], measure: ['mesure', 'measure'], plage: ['plage', 'set of time'], definition: ['définition', 'definition'], fact: ['fait', 'fact'], table: ['colonne de table', 'column of a table'],
  replacement: ['remplacement', 'replacement'], line: ['ligne de facture', 'line of the bill'],
};

function nameText(world: World, index: Index, found: Found, fr: boolean): string | undefined {
  const declarations = index.resolve(found);
  if (declarations.length === 0) return undefined;
  const parts = declarations.slice(0, 3).map((declaration) => declarationText(index, declaration, found, fr));
  if (declarations.length > 3) parts.push(fr ? `… et ${declarations.length - 3} autres définitions.` : `… and ${declarations.length - 3} more definitions.`);
  const readers = readersOfName(index, declarations);
  if (readers.length > 0) parts.push(`${fr ? 'Lu par' : 'Read by'} : ${listed(readers)}`);
  return parts.join('\n\n---\n\n');
}

function declarationText(index: Index, { name, space, statement, site }: Declaration, found: Found, fr: boolean): string {
  if (!statement) {
    const header = site?.block.header;
    const title = header && 'title' in header && header.title !== undefined ? ` — ${header.title}` : '';
    const kind = { rate: ['tarif', 'rate'], option: ['option', 'option'], model: ['modèle', 'model'], value: ['', ''], line: ['', ''], article: ['article', 'article'] }[space][fr ? 0 : 1] ?? '';
    return `**${name}** — ${kind}${title}`;
  }
  const kind = KINDS[statement.kind]?.[fr ? 0 : 1] ?? '';
  const [elaborator] = space === 'value' ? index.readersOf(found.site) : [];
  const about = elaborator ? typeText(elaborator, name, statement, found.site.article?.number ?? '', fr) : '';
  const words = 'text' in statement && typeof statement.text === 'string' ? `\n\n${statement.text}` : statement.kind === 'line' && statement.title !== undefined ? `\n\n${statement.title}` : '';
  const where = articleOf(site);
  return `**${name}** — ${kind}${about}${where === '' ? '' : `  \n${where}`}${words}\n\n${source(statement.span.file.text.slice(statement.span.start, statement.span.end))}`;
}

/** The unit and the sheet of a value, as the checker found them. */
function typeText(e: Elaborator, name: string, statement: Statement, article: string, fr: boolean): string {
  let entry = e.scope.lookup(name, article);
  while (entry && entry.source.statement !== statement && entry.source.kind === 'replacement') entry = entry.source.original;
  const symbol = entry && e.symbols.get(entry);
  if (!symbol || symbol.kind.kind === 'error' || symbol.kind.kind === 'unknown') return '';
  const unit = symbol.data?.unitText ?? describe(symbol.kind);
  const grain = symbol.grain === 'constante' || symbol.grain === 'période' ? '' : fr ? `, une valeur par ${grainName(symbol.grain)}` : `, one value per ${grainName(symbol.grain)}`;
  return symbol.kind.kind === 'text' ? grain : `, ${symbol.kind.kind === 'quantity' ? `${fr ? 'en ' : 'in '}${unit}` : unit}${grain}`;
}

function articleText(index: Index, found: Found, fr: boolean): string | undefined {
  const [declaration] = index.resolve(found);
  const site = declaration?.site;
  if (site?.block.header.kind !== 'article') return undefined;
  const { number, title } = site.block.header;
  const first = site.block.statements.find(({ kind }) => kind !== 'example');
  const inside = site.block.statements.filter(({ kind }) => kind !== 'example').slice(0, 4).map(({ span }) => span.file.text.slice(span.start, span.end)).join('\n');
  const where = site.article ? ` — ${fr ? 'chapitre' : 'chapter'} ${site.article.chapter}, section ${site.article.section}` : '';
  return `**article ${number}** « ${title} »${where}${first ? `\n\n${source(inside)}` : ''}`;
}

// ── figures ──────────────────────────────────────────────────────────────
interface Figure { readonly quantity: Quantity; readonly statement: Statement; readonly site: Site }

function figureAt(index: Index, document: Document, file: Document['tarif']['file'], offset: number): Figure | undefined {
  for (const block of document.tarif.blocks) {
    for (const statement of block.statements) {
      if (statement.span.file !== file || statement.span.start > offset || statement.span.end < offset) continue;
      const quantity = mentionsOf(statement).figures.find(({ span }) => span.file === file && span.start <= offset && offset <= span.end);
      const site = index.siteOf(statement);
      if (quantity && site) return { quantity, statement, site };
    }
  }
  return undefined;
}

const same = (a: Quantity, b: Quantity): boolean => a.decimal === b.decimal && a.unit === b.unit;

/** What uses a figure: other articles that cite it, and what reads the name or the line that it stands in. */
function figureText(index: Index, { quantity, statement, site }: Figure, fr: boolean): string {
  const lines = [`**${quantity.text}${quantity.unit === undefined ? '' : ` ${quantity.unit}`}**${articleOf(site) === '' ? '' : ` — ${articleOf(site)}`}`];
  if (quantity.source) lines.push(fr ? `fixé par l'article ${quantity.source.number}` : `set by article ${quantity.source.number}`);
  if (statement.kind === 'example') return lines.join('\n\n');
  const home = quantity.source?.number ?? (site.block.header.kind === 'article' ? site.block.header.number : undefined);
  const citing = new Set<string>();
  for (const found of index.all(({ space, name, declares }) => space === 'article' && !declares && name === home)) {
    if (found.statement && mentionsOf(found.statement).figures.some((other) => other.source?.number === home && same(other, quantity))) add(citing, found.site);
  }
  if (citing.size > 0) lines.push(`${fr ? 'Repris par' : 'Repeated by'} : ${listed([...citing])}`);
  const declares = occurrencesOf(statement).filter(({ declares: own }) => own);
  const own = statement.kind === 'line' && !statement.name ? [{ name: statement.role, space: 'line' as const }] : declares;
  for (const { name, space } of own) {
    const readers = new Set<string>();
    for (const found of index.all((other) => !other.declares && other.space === space && other.name === name && !other.inExample)) {
      if (index.resolve(found).some((each) => each.statement === statement)) add(readers, found.site);
    }
    if (readers.size > 0) lines.push(`« ${name} » ${fr ? 'est lu par' : 'is read by'} : ${listed([...readers])}`);
  }
  return lines.join('\n\n');
}

function readersOfName(index: Index, declarations: readonly Declaration[]): string[] {
  const [first] = declarations;
  if (!first || (first.space !== 'value' && first.space !== 'line')) return [];
  const readers = new Set<string>();
  const spans = new Set(declarations.map(({ span }) => span));
  for (const found of index.all((other) => !other.declares && other.space === first.space && other.name === first.name && !other.inExample)) {
    if (index.resolve(found).some(({ span }) => spans.has(span))) add(readers, found.site);
  }
  return [...readers];
}
const add = (set: Set<string>, { block: { header } }: Site): void => { if (header.kind === 'article') set.add(header.number); else if (header.kind === 'model') set.add(`modèle ${header.name.name}`); };
const listed = (names: readonly string[]): string => { const sorted = [...names].sort(compareNumbers); return sorted.length > 14 ? `${sorted.slice(0, 14).join(', ')}… (${sorted.length})` : sorted.join(', '); };
