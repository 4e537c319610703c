/** Each statement of a block as the book would say it: a sentence, with a table where the rule has rows. */
import { assertNever } from '../../support/assertNever.ts';
import type * as n from '../../syntax/nodes.ts';
import { choices, date, expression, guards, plage, quantity, rateTerm, term, unitText, words, type Voice } from './expression.ts';
import { articleRef, elided, figure, listed, prose, type Prose } from './inline.ts';

/** A table: its columns, and its rows with as many cells. */
export interface ProseTable { readonly head: readonly Prose[]; readonly rows: readonly (readonly Prose[])[] }

/** What one statement says. */
export interface Piece {
  readonly statement: Exclude<n.Statement, n.ExampleStatement | n.BrokenStatement>;
  /** The letter or paragraph of the article that it is about. */
  readonly label: string | undefined;
  readonly says: Prose;
  readonly table: ProseTable | undefined;
  /** Further sentences, in order. */
  readonly more: readonly Prose[];
}

/** What a block says, statement by statement; examples stand apart, as bills. */
export function pieces(v: Voice, statements: readonly n.Statement[]): Piece[] {
  return statements.flatMap((statement) => (statement.kind === 'example' || statement.kind === 'broken' ? [] : [{ statement, label: statement.label, ...spoken(v, sayStatement(v, statement)) }]));
}

/** French elides where pieces meet. */
function spoken({ lang }: Voice, { says, table, more }: Said): Said {
  if (lang !== 'fr') return { says, table, more };
  return { says: elided(says), table: table && { head: table.head.map(elided), rows: table.rows.map((row) => row.map(elided)) }, more: more.map(elided) };
}

type Said = Pick<Piece, 'says' | 'table' | 'more'>;
const sentence = (says: Prose, table?: ProseTable, more: readonly Prose[] = []): Said => ({ says, table, more });
const colon = (v: Voice): string => (v.lang === 'fr' ? '\u00A0: ' : ': ');
const said = (v: Voice, own: string | undefined): Prose => (own === undefined ? [] : words(v, own));
const dashed = (v: Voice, own: string | undefined): Prose => (own === undefined ? [] : prose(' — ', words(v, own)));

function sayStatement(v: Voice, s: Piece['statement']): Said {
  const { say, roles, modalities } = v.patterns;
  switch (s.kind) {
    case 'data': return sentence(prose(term(v, s.name.name), dashed(v, s.text)), undefined, [prose(sortOf(v, s.sort), s.sheet ? prose(say.inSheet, term(v, s.sheet.name)) : '', ...bounds(v, s))]);
    case 'measure': return { ...assigned(v, term(v, s.name.name), s.value), more: [prose(say.unit, unitText(v, s.unit.text), dashed(v, s.text))] };
    case 'plage': return plageRows(v, s);
    case 'definition': return assigned(v, prose(term(v, s.name.name), sheetOf(v, s.sheet)), s.value);
    case 'replacement': return assigned(v, prose(term(v, s.name.name), sheetOf(v, s.sheet), ...(s.article ? [say.ofArticle, articleRef(s.article.number)] : [])), s.value);
    case 'table': return sentence(prose(capital(say.depending), term(v, s.key.name), dashed(v, s.text), colon(v).trimEnd()), { head: s.grid.header.map((column) => term(v, column.name)), rows: s.grid.rows.map((row) => row.map((cell) => (cell ? expression(v, cell) : []))) });
    case 'line': return lineOf(v, s);
    case 'adjustment': return sentence(prose(s.direction === 'majore' ? say.increases : say.reduces, term(v, s.target.name), s.direction === 'majore' ? say.adds : say.removes, expression(v, s.price), ...circumstances(v, s.guards), dashed(v, s.text)));
    case 'replaceBill': return sentence(prose(say.replacesBill, ...(s.condition ? [', ', say.if, expression(v, s.condition)] : [])));
    case 'referral': return sentence(prose(say.asNeeded, s.articles.length > 1 ? say.articles : say.article, listed(s.articles.map(({ number }) => articleRef(number)), say.and)));
    case 'condition': {
      const mode = s.mode === 'exige' ? say.required : s.mode === 'exclut' ? say.excluded : say.control;
      const formula = prose(expression(v, s.condition), ...circumstances(v, s.guards));
      return sentence(prose(mode, colon(v), s.text === undefined ? formula : words(v, s.text)), undefined, [
        ...(s.text === undefined ? [] : [formula]), ...(s.instead.length > 0 ? [prose(say.instead, listed(s.instead.map(({ name }) => rateTerm(v, name)), say.or))] : []),
      ]);
    }
    case 'move': return sentence(prose(say.movesTo, rateTerm(v, s.rate.name), ...circumstances(v, s.guards), dashed(v, s.text)));
    case 'cut': return sentence(prose(s.target ? term(v, s.target.name) : say.theBill, ` ${say.splits}`, cutAt(v, s.at), s.byReading ? say.byReading : '', s.byDays ? say.byDays : '', ...(s.condition ? [', ', say.if, expression(v, s.condition)] : [])));
    case 'borrow': return sentence(prose(borrowed(v, s), dashed(v, s.text)));
    case 'fact': return sentence(prose(term(v, s.name.name), colon(v), expression(v, s.value), ...(s.until ? [say.to, expression(v, s.until)] : []), dashed(v, s.text)));
    case 'note': return sentence(words(v, s.text));
    case 'wordsOnly': return sentence(prose(say.wordsOnly, colon(v), words(v, s.text)));
    case 'reserve': return sentence(prose(say.uncomputed, ...(s.condition ? [', ', say.if, expression(v, s.condition)] : []), colon(v), words(v, s.text)));
    case 'reading': return sentence(prose(say.reading, ', ', words(v, s.subject), colon(v), words(v, s.kept)), undefined, s.others.map((other) => prose(say.discards, words(v, other))));
    case 'verify': return sentence(prose(say.verifies, expression(v, s.condition), dashed(v, s.text)));
    case 'misprint': return sentence(prose(say.misprint, expression(v, s.printed), say.insteadOf, expression(v, s.right), dashed(v, s.text)));
    case 'setAside': return sentence(prose(s.out === 'calcul' ? say.outOfCalculation : say.notPrinted, listed(s.figures.map((each) => aside(v, each)), say.and), dashed(v, s.text)));
    case 'norm': return sentence(prose(`${modalities[s.actor][s.modality]} `, words(v, s.text), ...s.terms.flatMap((each) => [', ', termOf(v, each)]), ...(s.condition ? [', ', say.if, expression(v, s.condition)] : [])));
    case 'rounding': return sentence(prose(say.rounding, quantity(v, s.step)));
    case 'tax': return sentence(prose(say.tax, term(v, s.name.name), ', ', quantity(v, s.rate)));
    default: return assertNever(s);
  }

  function sheetOf(spoken: Voice, sheet: n.Identifier | undefined): Prose { return sheet ? prose(say.by, term(spoken, sheet.name)) : []; }
  /** The price lines of a structure: what is billed, on what, and its prices. */
  function lineOf(spoken: Voice, line: n.LineStatement): Said {
    const head = prose(line.title === undefined ? (line.name ? prose(roles[line.role], ', ', term(spoken, line.name.name)) : roles[line.role]) : words(v, line.title), ...(line.base ? [say.on, expression(spoken, line.base)] : []), ...circumstances(spoken, line.guards));
    return line.amount ? assigned(spoken, head, line.amount) : valued(spoken, head, line.rows, undefined, say.price);
  }
}

/** `name = value`, or a table when the value has rows. */
function assigned(v: Voice, head: Prose, value: n.Value | undefined): Said {
  return value ? valued(v, head, value.rows, value.by) : sentence(head);
}

function valued(v: Voice, head: Prose, rows: readonly n.Row[], by: n.Expr | undefined, what = v.patterns.say.value): Said {
  const { say } = v.patterns;
  const [only] = rows;
  if (rows.length === 0 || only === undefined) return sentence(head);
  if (rows.length === 1) return sentence(prose(head, colon(v), expression(v, only.value), ...circumstances(v, only.guards), dashed(v, only.text)));
  return sentence(prose(head, ...(by ? [', ', say.depending, expression(v, by)] : []), colon(v).trimEnd()), {
    head: [prose(what), prose(circumstance(v, rows))],
    rows: rows.map((row) => [prose(label(row.label), expression(v, row.value)), prose(guards(v, row.guards), dashed(v, row.text))]),
  });
}
/** What the rows of a table tell apart: tranches, times, or whatever else. */
function circumstance({ patterns: { say } }: Voice, rows: readonly n.Row[]): string {
  const kinds = rows.flatMap(({ guards: list }) => list.map(({ kind }) => kind));
  if (kinds.every((kind) => kind === 'jusqua' || kind === 'audela')) return say.tranche;
  return kinds.every((kind) => kind === 'en' || kind === 'hors') ? say.season : say.condition;
}
const capital = (said: string): string => said.charAt(0).toUpperCase() + said.slice(1);
const label = (letter: string | undefined): string => (letter === undefined ? '' : `${letter} `);
const circumstances = (v: Voice, list: readonly n.Guard[]): (string | Prose)[] => (list.length === 0 ? [] : [', ', guards(v, list)]);

function plageRows(v: Voice, s: n.PlageDeclaration): Said {
  const head = prose(term(v, s.name.name), ...(s.sheet ? [v.patterns.say.by, term(v, s.sheet.name)] : []));
  const [only] = s.rows;
  if (s.rows.length === 1 && only) return sentence(prose(head, colon(v), plage(v, only.plage), ...circumstances(v, only.guards), dashed(v, s.text)));
  return sentence(prose(head, dashed(v, s.text), colon(v).trimEnd()), { head: [prose(v.patterns.say.value), prose(v.patterns.say.condition)], rows: s.rows.map((row) => [plage(v, row.plage), guards(v, row.guards)]) });
}

function sortOf(v: Voice, sort: n.Sort): Prose {
  const { say } = v.patterns;
  switch (sort.kind) {
    case 'quantity': return prose(say.given, ', ', say.unit, unitText(v, sort.unit.text));
    case 'number': return prose(say.given, ', ', say.kindNumber);
    case 'boolean': return prose(say.given, ', ', say.kindBoolean);
    case 'date': return prose(say.given, ', ', say.kindDate);
    case 'list': return prose(say.given, ', ', say.kindList);
    case 'spans': return prose(say.given, ', ', say.kindSpans, ...(sort.within ? [' (', plage(v, sort.within), ')'] : []));
    case 'choices': return prose(say.given, ', ', say.kindChoices, choices(v, sort.choices));
    default: return assertNever(sort);
  }
}

function bounds(v: Voice, { least, most, presumed }: n.DataDeclaration): (string | Prose)[] {
  const { say } = v.patterns;
  return [...(least ? [', ', say.atLeast, expression(v, least)] : []), ...(most ? [', ', say.atMost, expression(v, most)] : []), ...(presumed ? [say.semicolon, say.presumed, expression(v, presumed)] : [])];
}

function cutAt(v: Voice, at: n.CutStatement['at']): Prose {
  const { say } = v.patterns;
  switch (at.kind) {
    case 'edition': return prose(say.atEdition);
    case 'edges': return prose(say.atEdges, plage(v, at.plage));
    case 'changes': return prose(say.atChanges, term(v, at.of.name));
    case 'dates': return prose(say.atDates, listed(at.dates.map((each) => date(v, each)), say.and));
    default: return assertNever(at);
  }
}

function borrowed(v: Voice, s: n.BorrowStatement): Prose {
  const { say } = v.patterns;
  if (s.model) return prose(say.asModel, term(v, s.model.name));
  if (s.rate) return prose(say.asRate, rateTerm(v, s.rate.name));
  return prose(s.articles.length > 1 || s.articles.some(({ to }) => to) ? say.asArticles : say.asArticle, listed(s.articles.map(({ from, to }) => prose(articleRef(from.number), ...(to ? [say.to, articleRef(to.number)] : []))), say.and));
}

function termOf(v: Voice, { kind, bound, value, text: own }: n.NormStatement['terms'][number]): Prose {
  const { say } = v.patterns;
  const limit = bound === 'au moins' ? say.atLeast : bound === 'au plus' ? say.atMost : '';
  return prose(kind === 'délai' ? say.within : say.before, limit, expression(v, value), ...(own === undefined ? [] : [' ', said(v, own)]));
}

/** A figure set aside, as the book prints it. */
function aside(v: Voice, each: n.SetAsideFigure): Prose {
  const { say, months } = v.patterns;
  switch (each.kind) {
    case 'quantity': return quantity(v, each);
    case 'date': return date(v, each);
    case 'clock': return expression(v, each);
    case 'rank': return figure(ranked(v, each.rank));
    case 'monthOfYear': return figure(`${months[each.month - 1] ?? ''}\u00A0${each.year}`);
    case 'articleRange': return prose(each.to ? say.articles : say.article, articleRef(each.from.number), ...(each.to ? [say.to, articleRef(each.to.number)] : []));
    case 'bookPart': return prose(...(each.sections.length === 0 ? [say.chapter] : [say.sections, listed(each.sections.map((section) => figure(section)), say.and), say.ofChapter]), figure(each.chapter));
    default: return assertNever(each);
  }
}
function ranked({ lang }: Voice, rank: number): string {
  if (lang === 'fr') return `${rank}${rank === 1 ? 're' : 'e'}`;
  const unit = rank % 10;
  return `${rank}${rank % 100 >= 11 && rank % 100 <= 13 ? 'th' : unit === 1 ? 'st' : unit === 2 ? 'nd' : unit === 3 ? 'rd' : 'th'}`;
}
