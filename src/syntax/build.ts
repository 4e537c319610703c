/**
 * Concrete tree → abstract syntax. One function a grammar rule, in the grammar's order. A concrete tree is complete when it
 * gets here (a broken statement never does), so a missing child is our own mistake.
 */
import type { CstElement, CstNode, IToken } from 'chevrotain';
import { MONTHS, WEEKDAYS } from '../../grammar/vocabulary.ts';
import type { SourceFile, Span } from '../source/file.ts';
import { invariant } from '../support/invariant.ts';
import type * as n from './nodes.ts';

const isNode = (element: CstElement): element is CstNode => 'children' in element;
const kids = (node: CstNode, name: string): CstNode[] => (node.children[name] ?? []).filter(isNode);
const kid = (node: CstNode, name: string): CstNode | undefined => kids(node, name)[0];
const toks = (node: CstNode, name: string): IToken[] => (node.children[name] ?? []).filter((element): element is IToken => !isNode(element));
const tok = (node: CstNode, name: string): IToken | undefined => toks(node, name)[0];
const has = (node: CstNode, name: string): boolean => (node.children[name] ?? []).length > 0;
const need = <T>(value: T | undefined): T => {
  invariant(value !== undefined, 'the concrete tree lacks a required child');
  return value;
};

export class Builder {
  constructor(private readonly file: SourceFile) {}

  private span(...elements: (CstElement | undefined)[]): Span {
    let start = Infinity;
    let end = 0;
    const visit = (element: CstElement): void => {
      const at = isNode(element) ? element.location : element;
      if (!at || Number.isNaN(at.startOffset)) return;
      start = Math.min(start, at.startOffset);
      end = Math.max(end, (at.endOffset ?? at.startOffset) + 1);
    };
    for (const element of elements) if (element) visit(element);
    return { file: this.file, start: start === Infinity ? 0 : start, end };
  }

  private id(token: IToken): n.Identifier {
    return { kind: 'identifier', name: token.image, span: this.span(token) };
  }
  private text(token: IToken | undefined): string | undefined {
    return token?.image.slice(1, -1).replace(/[\s\u00A0\u202F]+/g, ' ').trim();
  }
  private textLiteral(token: IToken): n.TextLiteral {
    return { kind: 'text', text: need(this.text(token)), span: this.span(token) };
  }
  private ref(token: IToken): n.ArticleRef {
    return { kind: 'articleRef', number: token.image, span: this.span(token) };
  }
  private allTokens(node: CstNode): IToken[] {
    return Object.values(node.children).flat().flatMap((element) => (isNode(element) ? this.allTokens(element) : [element]))
      .sort((a, b) => a.startOffset - b.startOffset);
  }
  private names(node: CstNode | undefined): n.Identifier[] {
    return node ? toks(node, 'Nom').map((token) => this.id(token)) : [];
  }

  // ── headers ────────────────────────────────────────────────────────────
  header(node: CstNode): n.Header {
    const span = this.span(node);
    const edition = kid(node, 'entêteÉdition');
    if (edition) {
      const dates = toks(edition, 'DateLittérale').map((token) => this.dateToken(token));
      return { kind: 'edition', title: need(this.text(tok(edition, 'Texte'))), date: need(dates[0]), amends: dates[1], rates: this.names(kid(edition, 'noms')), span };
    }
    const article = kid(node, 'entêteArticle');
    if (article) {
      return { kind: 'article', number: need(tok(article, 'NuméroArticle')).image, title: need(this.text(tok(article, 'Texte'))), onReferral: has(article, 'SurRenvoi'), continued: has(article, 'Suite'), span };
    }
    const module = kid(node, 'entêteModule');
    if (module) {
      const name = tok(module, 'Nom');
      const title = this.text(tok(module, 'Texte'));
      if (has(module, 'DispositionsCommunes')) {
        const names = this.names(kid(module, 'noms'));
        return has(module, 'AuxOptions') ? { kind: 'common', rates: [], options: names, span } : { kind: 'common', rates: names, options: [], span };
      }
      if (has(module, 'Option')) return { kind: 'option', name: this.id(need(name)), title, rates: this.names(kid(module, 'noms')), span };
      if (has(module, 'Modele')) return { kind: 'model', name: this.id(need(name)), title, span };
      return { kind: 'rate', name: this.id(need(name)), title, largePower: has(module, 'GrandePuissance'), span };
    }
    return { kind: has(node, 'Chapitre') ? 'chapter' : 'section', number: need(tok(node, 'NombreLittéral')).image, title: need(this.text(tok(node, 'Texte'))), span };
  }

  // ── statements ─────────────────────────────────────────────────────────
  statement(node: CstNode): n.Statement {
    const span = this.span(node);
    const labels = [...toks(node, 'Lettre'), ...toks(node, 'Alinéa')].sort((a, b) => a.startOffset - b.startOffset).map((token) => token.image);
    const label = labels.length > 0 ? labels.join(' ') : undefined;
    const entry = Object.entries(node.children).find(([, list]) => list.some(isNode));
    invariant(entry !== undefined, 'an empty statement');
    const rule = entry[0];
    const child = need(kid(node, rule));
    const base = { label, span };
    switch (rule) {
      case 'donnée': return this.data(child, base);
      case 'mesure': return {
        kind: 'measure', name: this.id(need(tok(child, 'Nom'))), unit: this.unit(need(kid(child, 'unité'))),
        value: kid(child, 'valeur') && this.value(need(kid(child, 'valeur'))), text: this.text(tok(child, 'Texte')), ...base,
      };
      case 'définitionPlage': return {
        kind: 'plage', name: this.id(need(tok(child, 'Nom'))), sheet: this.sheet(kid(child, 'feuille')),
        rows: kids(child, 'rangéePlage').map((row) => ({ kind: 'plageRow', plage: this.plage(need(kid(row, 'plage'))), guards: this.guards(row), span: this.span(row) })),
        text: this.text(tok(child, 'Texte')), ...base,
      };
      case 'définition': return {
        kind: 'definition', name: this.id(need(tok(child, 'Identifiant'))), sheet: this.sheet(kid(child, 'feuille')), value: this.value(need(kid(child, 'valeur'))), ...base,
      };
      case 'table': return { kind: 'table', key: this.id(need(tok(child, 'Nom'))), grid: this.grid(need(kid(child, 'grille'))), text: this.text(tok(child, 'Texte')), ...base };
      case 'ligne': return this.line(child, base);
      case 'retouche': return {
        kind: 'adjustment', direction: has(child, 'Majore') ? 'majore' : 'réduit', target: this.id(need(tok(child, 'Nom'))),
        price: this.expr(need(kid(child, 'expr'))), guards: this.guards(child), text: this.text(tok(child, 'Texte')), ...base,
      };
      case 'remplace': {
        if (has(child, 'LaFacture')) return { kind: 'replaceBill', condition: kid(child, 'expr') && this.expr(need(kid(child, 'expr'))), ...base };
        const article = tok(child, 'NuméroArticle');
        return {
          kind: 'replacement', name: this.id(need(tok(child, 'Nom'))), article: article && this.ref(article), sheet: this.sheet(kid(child, 'feuille')),
          value: this.value(need(kid(child, 'valeur'))), ...base,
        };
      }
      case 'renvoi': return { kind: 'referral', articles: this.articles(need(kid(child, 'articles'))).map((range) => range.from), ...base };
      case 'condition': return {
        kind: 'condition', mode: has(child, 'Exige') ? 'exige' : has(child, 'Exclut') ? 'exclut' : 'contrôle', condition: this.expr(need(kid(child, 'expr'))),
        guards: this.guards(child), text: this.text(tok(child, 'Texte')), instead: this.names(kid(child, 'noms')), ...base,
      };
      case 'passe': return { kind: 'move', rate: this.id(need(tok(child, 'Nom'))), guards: this.guards(child), text: this.text(tok(child, 'Texte')), ...base };
      case 'fractionne': return this.cut(child, base);
      case 'reprend': {
        const articles = kid(child, 'articles');
        const name = tok(child, 'Nom');
        return {
          kind: 'borrow', articles: articles ? this.articles(articles) : [], model: has(child, 'Modele') ? this.id(need(name)) : undefined,
          rate: has(child, 'Tarif') ? this.id(need(name)) : undefined, text: this.text(tok(child, 'Texte')), ...base,
        };
      }
      case 'fait': {
        const [value, until] = kids(child, 'expr').map((expr) => this.expr(expr));
        const texts = toks(child, 'Texte');
        if (!value) return { kind: 'fact', name: this.id(need(tok(child, 'Nom'))), value: { kind: 'text', text: need(this.text(texts[0])), span: this.span(texts[0]) }, until: undefined, text: undefined, ...base };
        return { kind: 'fact', name: this.id(need(tok(child, 'Nom'))), value, until, text: this.text(texts[0]), ...base };
      }
      case 'note': return { kind: 'note', text: need(this.text(tok(child, 'Texte'))), ...base };
      case 'sansCalcul': return { kind: 'wordsOnly', text: need(this.text(tok(child, 'Texte'))), ...base };
      case 'réserve': return { kind: 'reserve', text: need(this.text(tok(child, 'Texte'))), condition: kid(child, 'expr') && this.expr(need(kid(child, 'expr'))), ...base };
      case 'lecture': {
        const texts = toks(child, 'Texte').map((token) => need(this.text(token)));
        return { kind: 'reading', subject: need(texts[0]), kept: need(texts[1]), others: texts.slice(2), ...base };
      }
      case 'vérifie': return { kind: 'verify', condition: this.expr(need(kid(child, 'expr'))), text: this.text(tok(child, 'Texte')), ...base };
      case 'coquille': {
        const texts = toks(child, 'Texte');
        const figure = kid(child, 'atome');
        if (figure) return { kind: 'misprint', printed: this.atom(figure), right: this.expr(need(kid(child, 'expr'))), text: this.text(texts[0]), ...base };
        const [printed, right, why] = texts;
        return { kind: 'misprint', printed: this.textLiteral(need(printed)), right: this.textLiteral(need(right)), text: this.text(why), ...base };
      }
      case 'miseÀPart': return {
        kind: 'setAside', out: has(child, 'HorsCalcul') ? 'calcul' : 'livre', figures: kids(child, 'chiffre').flatMap((figure) => this.setAsideFigures(figure)), text: need(this.text(tok(child, 'Texte'))), ...base,
      };
      case 'norme': return this.norm(child, base);
      case 'arrondit': return { kind: 'rounding', step: this.quantity(need(tok(child, 'Quantité'))), ...base };
      case 'taxe': return { kind: 'tax', name: this.id(need(tok(child, 'Nom'))), rate: this.quantity(need(tok(child, 'Quantité'))), ...base };
      case 'exemple': return { kind: 'example', title: need(this.text(tok(child, 'Texte'))), lines: kids(child, 'ligneExemple').map((line) => this.exampleLine(line)), ...base };
      default: invariant(false, `no builder for the statement ${rule}`);
    }
  }

  private setAsideFigures(node: CstNode): n.SetAsideFigure[] {
    const span = this.span(node);
    const articles = kid(node, 'articles');
    if (articles) return this.articles(articles).map(({ from, to }) => ({ kind: 'articleRange', from, to, span: to ? join(from.span, to.span) : from.span }));
    if (has(node, 'Chapitre')) {
      const numbers = toks(node, 'NombreLittéral').map((token) => token.image);
      return [{ kind: 'bookPart', chapter: need(numbers.at(-1)), sections: numbers.slice(0, -1), span }];
    }
    const rank = tok(node, 'Rang');
    if (rank) return [{ kind: 'rank', rank: Number.parseInt(rank.image, 10), span }];
    const date = tok(node, 'DateLittérale');
    if (date) return [this.dateToken(date)];
    const clock = tok(node, 'HeureMinute');
    if (clock) return [{ kind: 'clock', minutes: minutesOf(clock.image), span }];
    const month = tok(node, 'MoisNommé');
    const number = need(tok(node, 'Quantité') ?? tok(node, 'NombreLittéral'));
    if (month) return [{ kind: 'monthOfYear', month: MONTHS.indexOf(month.image) + 1, year: Number(number.image), span }];
    const quantity = this.quantity(number);
    return [has(node, 'Moins') ? { ...quantity, decimal: `-${quantity.decimal}`, text: `−${quantity.text}`, span } : quantity];
  }

  private data(child: CstNode, base: { label: string | undefined; span: Span }): n.DataDeclaration {
    const sort = need(kid(child, 'sorte'));
    const bounds: { least?: n.Expr; most?: n.Expr; presumed?: n.Expr } = {};
    const sums = kids(child, 'somme');
    const marks = [...toks(child, 'AuMoins'), ...toks(child, 'AuPlus'), ...toks(child, 'Presumee')].sort((a, b) => a.startOffset - b.startOffset);
    marks.forEach((mark, index) => {
      const value = this.somme(need(sums[index]));
      if (mark.tokenType.name === 'AuMoins') bounds.least = value;
      else if (mark.tokenType.name === 'AuPlus') bounds.most = value;
      else bounds.presumed = value;
    });
    return {
      kind: 'data', name: this.id(need(tok(child, 'Nom'))), sort: this.sort(sort), sheet: this.sheet(kid(child, 'feuille')),
      least: bounds.least, most: bounds.most, presumed: bounds.presumed, text: this.text(tok(child, 'Texte')), ...base,
    };
  }

  private sort(node: CstNode): n.Sort {
    const unit = kid(node, 'unité');
    if (unit) return { kind: 'quantity', unit: this.unit(unit) };
    const choices = kid(node, 'choix');
    if (choices) return { kind: 'choices', choices: this.choices(choices) };
    if (has(node, 'OuiOuNon')) return { kind: 'boolean' };
    if (has(node, 'Date')) return { kind: 'date' };
    if (has(node, 'EnListe')) return { kind: 'list' };
    if (has(node, 'EnPlages')) { const within = kid(node, 'plageSimple'); return { kind: 'spans', within: within && this.simplePlage(within) }; }
    return { kind: 'number' };
  }

  private choices(node: CstNode): n.Choice[] {
    return kids(node, 'unChoix').map((choice) => {
      const name = tok(choice, 'Nom');
      const number = tok(choice, 'NombreLittéral') ?? tok(choice, 'Quantité');
      const quantity = number && this.quantity(number);
      const negative = has(choice, 'Moins');
      return { kind: 'choice', name: name?.image, quantity: quantity && negative ? { ...quantity, decimal: `-${quantity.decimal}`, text: `−${quantity.text}` } : quantity, span: this.span(choice) };
    });
  }

  private unit(node: CstNode): n.UnitText {
    return { kind: 'unit', text: kids(node, 'unitéSimple').map((part) => this.allTokens(part)[0]?.image).join('/'), span: this.span(node) };
  }
  private sheet(node: CstNode | undefined): n.Identifier | undefined {
    return node && this.id(need(tok(node, 'Nom')));
  }

  private line(child: CstNode, base: { label: string | undefined; span: Span }): n.LineStatement {
    const role = need(tok(child, 'Rôle')).image as n.RoleName;
    const name = tok(child, 'Nom');
    const amount = kid(child, 'valeur');
    const baseExpr = kid(child, 'expr');
    const rows = [...kids(child, 'rangée'), ...kids(child, 'rangées').flatMap((list) => kids(list, 'rangée'))].map((row) => this.row(row));
    return {
      kind: 'line', role, name: name && this.id(name), title: this.text(tok(child, 'Texte')), base: baseExpr && this.expr(baseExpr),
      amount: amount && this.value(amount), guards: this.guards(child), rows, ...base,
    };
  }

  private cut(child: CstNode, base: { label: string | undefined; span: Span }): n.CutStatement {
    const names = toks(child, 'Nom');
    const target = has(child, 'LaFacture') ? undefined : this.id(need(names[0]));
    const dates = toks(child, 'DateLittérale').map((token) => this.dateToken(token));
    const edges = kid(child, 'plageSimple');
    const condition = kid(child, 'expr');
    const at: n.CutStatement['at'] = has(child, 'ChangementEdition') ? { kind: 'edition' }
      : edges ? { kind: 'edges', plage: this.simplePlage(edges) }
      : has(child, 'AuxChangements') ? { kind: 'changes', of: this.id(need(names.at(-1))) }
      : { kind: 'dates', dates };
    return { kind: 'cut', target, at, byReading: has(child, 'DApresLaReleve'), byDays: has(child, 'AuProrata'), condition: condition && this.expr(condition), ...base };
  }

  private articles(node: CstNode): { from: n.ArticleRef; to: n.ArticleRef | undefined }[] {
    const tokens = this.allTokens(node).filter((token) => token.tokenType.name !== 'Article');
    const out: { from: n.ArticleRef; to: n.ArticleRef | undefined }[] = [];
    for (let i = 0; i < tokens.length; i++) {
      const token = need(tokens[i]);
      if (token.tokenType.name !== 'NuméroArticle') continue;
      const range = tokens[i + 1]?.tokenType.name === 'A' ? tokens[i + 2] : undefined;
      out.push({ from: this.ref(token), to: range && this.ref(range) });
      if (range) i += 2;
    }
    return out;
  }

  private norm(child: CstNode, base: { label: string | undefined; span: Span }): n.NormStatement {
    const tokens = this.allTokens(child);
    const texts = toks(child, 'Texte');
    const sums = kids(child, 'somme');
    const marks = [...toks(child, 'Delai'), ...toks(child, 'Avant')].sort((a, b) => a.startOffset - b.startOffset);
    const terms = marks.map((mark, index) => {
      const sum = need(sums.map((node) => ({ node, span: this.span(node) })).sort((a, b) => a.span.start - b.span.start)[index]);
      const after = tokens.find((token) => token.startOffset >= sum.span.end);
      const bound = tokens.find((token) => token.startOffset > mark.startOffset);
      return {
        kind: mark.tokenType.name === 'Delai' ? 'délai' as const : 'avant' as const,
        bound: bound?.tokenType.name === 'AuMoins' ? 'au moins' as const : bound?.tokenType.name === 'AuPlus' ? 'au plus' as const : undefined,
        value: this.somme(sum.node), text: after?.tokenType.name === 'Texte' ? this.text(after) : undefined,
      };
    });
    const condition = kid(child, 'expr');
    return {
      kind: 'norm', actor: has(child, 'Client') ? 'client' : 'Hydro-Québec',
      modality: has(child, 'Doit') ? 'doit' : has(child, 'Peut') ? 'peut' : has(child, 'NeDoitPas') ? 'ne doit pas' : 'ne peut pas',
      text: need(this.text(texts[0])), terms, condition: condition && this.expr(condition), ...base,
    };
  }

  // ── rows ───────────────────────────────────────────────────────────────
  value(node: CstNode): n.Value {
    const by = kid(node, 'expr');
    const rows = [...kids(node, 'rangée'), ...kids(node, 'rangées').flatMap((list) => kids(list, 'rangée'))].map((row) => this.row(row));
    return { kind: 'value', by: by && this.expr(by), rows, span: this.span(node) };
  }

  private rows(node: CstNode): n.Row[] {
    return kids(node, 'rangée').map((row) => this.row(row));
  }

  private row(node: CstNode): n.Row {
    return {
      kind: 'row', label: tok(node, 'Lettre')?.image, value: this.expr(need(kid(node, 'expr'))), guards: this.guards(node), text: this.text(tok(node, 'Texte')), span: this.span(node),
    };
  }

  private guards(node: CstNode): n.Guard[] {
    return kids(node, 'garde').map((guard): n.Guard => {
      const span = this.span(guard);
      const plage = kid(guard, 'plageSimple');
      const sum = kid(guard, 'somme');
      if (has(guard, 'Si')) return { kind: 'si', condition: this.expr(need(kid(guard, 'expr'))), span };
      if (has(guard, 'Sinon')) return { kind: 'sinon', span };
      if (has(guard, 'En')) return { kind: 'en', plage: this.simplePlage(need(plage)), span };
      if (has(guard, 'Hors')) return { kind: 'hors', plage: this.simplePlage(need(plage)), span };
      if (has(guard, 'Jusqua')) return { kind: 'jusqua', limit: this.somme(need(sum)), span };
      if (has(guard, 'AuDela')) return { kind: 'audela', span };
      if (has(guard, 'Des')) return { kind: 'dès', limit: this.somme(need(sum)), span };
      if (has(guard, 'Sous')) return { kind: 'sous', limit: this.somme(need(sum)), span };
      return { kind: 'pour', choices: this.choices(need(kid(guard, 'choix'))), span };
    });
  }

  private grid(node: CstNode): n.Grid {
    const rows = kids(node, 'rangGrille').map((row) => this.gridRow(row));
    const header = (rows[0] ?? []).map((cell): n.Identifier => ({ kind: 'identifier', name: cell?.kind === 'name' ? cell.name : '', span: cell?.span ?? this.span(node) }));
    return { kind: 'grid', header, rows: rows.slice(1), span: this.span(node) };
  }

  /** The cells between bars; a cell may be empty. */
  private gridRow(node: CstNode): (n.Expr | undefined)[] {
    const bars = toks(node, 'Barre').map((token) => token.startOffset).sort((a, b) => a - b);
    const cells = kids(node, 'case').map((cell): n.Expr => {
      const expr = kid(cell, 'expr');
      if (expr) return this.expr(expr);
      const name = need(this.allTokens(cell)[0]);
      return { kind: 'name', name: name.image, span: this.span(name) };
    });
    return bars.slice(0, -1).map((bar, index) => cells.find((cell) => cell.span.start > bar && cell.span.start < need(bars[index + 1])));
  }

  // ── examples ───────────────────────────────────────────────────────────
  private exampleLine(node: CstNode): n.ExampleLine {
    const span = this.span(node);
    const affectation = kid(node, 'affectation');
    if (affectation) return this.assignment(affectation);
    if (has(node, 'Tarif')) return { kind: 'exampleRate', rate: this.id(need(tok(node, 'Nom'))), span };
    if (has(node, 'Option')) return { kind: 'exampleOptions', options: this.names(kid(node, 'noms')), span };
    if (has(node, 'Periode')) { const { from, to } = this.duration(need(kid(node, 'durée'))); return { kind: 'examplePeriod', from, to, span }; }
    if (has(node, 'Historique')) return { kind: 'exampleHistory', grid: this.grid(need(kid(node, 'grille'))), span };
    if (has(node, 'Releve')) {
      return { kind: 'exampleReading', date: this.dateToken(need(tok(node, 'DateLittérale'))), assignments: kids(need(kid(node, 'bloqueAffectations')), 'affectation').map((line) => this.assignment(line)), span };
    }
    if (has(node, 'RefusePar')) return { kind: 'exampleRefusal', article: need(this.articles(need(kid(node, 'articles')))[0]).from, span };
    const checks = kids(need(kid(node, 'attentes')), 'attente').map((line) => {
      const expr = kid(line, 'expr');
      return expr ? this.expr(expr) : this.ref(need(tok(line, 'NuméroArticle')));
    });
    return { kind: 'exampleExpects', checks, span };
  }

  private duration(node: CstNode): { from: n.DateLiteral; to: n.DateLiteral } {
    const [from, to] = kids(node, 'instant').map((instant) => this.instant(instant));
    return { from: need(from), to: need(to) };
  }

  private assignment(node: CstNode): n.Assignment {
    const duration = kid(node, 'durée');
    const value = kid(node, 'valeur');
    const grid = kid(node, 'grille');
    const rows = kid(node, 'rangées');
    const window = duration && this.duration(duration);
    return {
      kind: 'assignment', name: this.id(need(tok(node, 'NomLibre'))), selectors: this.plageSelectors(node), sheet: this.sheet(kid(node, 'feuille')),
      from: window?.from, to: window?.to, value: value ? this.value(value) : rows ? { kind: 'value', by: undefined, rows: this.rows(rows), span: this.span(rows) } : undefined,
      grid: grid && this.grid(grid), span: this.span(node),
    };
  }

  private plageSelectors(node: CstNode): n.Selector[] {
    const words = [...toks(node, 'Pendant'), ...toks(node, 'Sauf')].sort((a, b) => a.startOffset - b.startOffset);
    const plages = kids(node, 'plageSimple');
    return words.map((word, index) => ({ kind: word.tokenType.name === 'Pendant' ? 'pendant' : 'sauf', plage: this.simplePlage(need(plages[index])), span: this.span(word, plages[index]) }));
  }

  // ── expressions ────────────────────────────────────────────────────────
  expr(node: CstNode): n.Expr {
    return this.fold(kids(node, 'conjonction').map((child) => this.fold(kids(child, 'négation').map((term) => this.negation(term)), 'et')), 'ou');
  }
  private fold(operands: n.Expr[], operator: 'et' | 'ou'): n.Expr {
    return operands.reduce((left, right) => ({ kind: 'binary', operator, left, right, span: join(left.span, right.span) }));
  }
  private negation(node: CstNode): n.Expr {
    const operand = this.comparison(need(kid(node, 'comparaison')));
    return has(node, 'Non') ? { kind: 'not', operand, span: this.span(node) } : operand;
  }
  private comparison(node: CstNode): n.Expr {
    const operands = kids(node, 'défaut').map((child) => this.byDefault(child));
    const signs = kids(node, 'signe').map((sign) => SIGNS[need(this.allTokens(sign)[0]).tokenType.name] ?? '=');
    const first = need(operands[0]);
    const span = this.span(node);
    const left: n.Expr = signs.length > 0 ? { kind: 'comparison', operands, signs, span } : first;
    const choices = kid(node, 'choix');
    if (choices) return { kind: 'among', operand: left, choices: this.choices(choices), span };
    const plage = kid(node, 'plageSimple');
    if (plage) return { kind: 'isIn', operand: left, mode: has(node, 'EntierementEn') ? 'entièrement en' : has(node, 'Hors') ? 'hors' : 'en', plage: this.simplePlage(plage), span };
    return left;
  }
  private byDefault(node: CstNode): n.Expr {
    return kids(node, 'borne').map((child) => this.bound(child))
      .reduce((left, right) => ({ kind: 'binary', operator: 'à défaut', left, right, span: join(left.span, right.span) }));
  }
  private bound(node: CstNode): n.Expr {
    const operators = this.operators(node, { MaisAuMoins: 'mais au moins', MaisAuPlus: 'mais au plus', AuDelaDe: 'au-delà de' });
    return this.chain(kids(node, 'somme').map((child) => this.somme(child)), operators);
  }
  private somme(node: CstNode): n.Expr {
    return this.chain(kids(node, 'produit').map((child) => this.product(child)), this.operators(node, { Plus: '+', Moins: '-' }));
  }
  private product(node: CstNode): n.Expr {
    return this.chain(kids(node, 'facteur').map((child) => this.factor(child)), this.operators(node, { Fois: '×', Divisé: '÷' }));
  }
  private operators(node: CstNode, names: Record<string, n.BinaryOperator>): n.BinaryOperator[] {
    return Object.keys(names).flatMap((name) => toks(node, name)).sort((a, b) => a.startOffset - b.startOffset).map((token) => need(names[token.tokenType.name]));
  }
  private chain(operands: n.Expr[], operators: n.BinaryOperator[]): n.Expr {
    return operands.reduce((left, right, index) => ({ kind: 'binary', operator: need(operators[index - 1]), left, right, span: join(left.span, right.span) }));
  }
  private factor(node: CstNode): n.Expr {
    const suffixed = need(kid(node, 'suffixé'));
    const aggregate = tok(node, 'Agrégat');
    const operand = aggregate ? this.aggregate(aggregate, tok(node, 'NombreLittéral'), suffixed, this.span(node)) : this.suffixed(suffixed);
    return has(node, 'Moins') ? { kind: 'negate', operand, span: this.span(node) } : operand;
  }
  private aggregate(token: IToken, largest: IToken | undefined, suffixed: CstNode, span: Span): n.Expr {
    const selectors: n.Selector[] = [];
    let operand = this.atom(need(kid(suffixed, 'atome')));
    for (const suffix of kids(suffixed, 'suffixe')) {
      const selector = this.selector(suffix);
      if (selector) selectors.push(selector);
      else operand = this.suffix(operand, suffix);
    }
    const operator = AGGREGATES[token.tokenType.name];
    invariant(operator !== undefined, `no aggregate ${token.tokenType.name}`);
    return { kind: 'aggregate', operator, largest: largest && Number(this.quantity(largest).decimal), operand, selectors, span };
  }
  private suffixed(node: CstNode): n.Expr {
    let operand = this.atom(need(kid(node, 'atome')));
    for (const suffix of kids(node, 'suffixe')) {
      const selector = this.selector(suffix);
      const span = join(operand.span, this.span(suffix));
      if (!selector) operand = this.suffix(operand, suffix);
      else if (operand.kind === 'select') operand = { ...operand, selectors: [...operand.selectors, selector], span };
      else operand = { kind: 'select', operand, selectors: [selector], span };
    }
    return operand;
  }
  private selector(node: CstNode): n.Selector | undefined {
    const span = this.span(node);
    const plage = kid(node, 'plageSimple');
    if (has(node, 'Pendant')) return { kind: 'pendant', plage: this.simplePlage(need(plage)), span };
    if (has(node, 'Sauf')) return { kind: 'sauf', plage: this.simplePlage(need(plage)), span };
    if (has(node, 'Sur')) return { kind: 'sur', window: this.window(need(kid(node, 'fenêtre'))), span };
    if (has(node, 'OuFiltre')) return { kind: 'où', condition: this.atom(need(kid(node, 'atome'))), span };
    return undefined;
  }
  private suffix(operand: n.Expr, node: CstNode): n.Expr {
    const span = join(operand.span, this.span(node));
    if (has(node, 'DOrigine')) return { kind: 'original', operand, span };
    if (has(node, 'ExprimeeEn')) return { kind: 'expressed', operand, unit: this.unit(need(kid(node, 'unité'))), span };
    if (has(node, 'AuxTarifs')) return { kind: 'atRate', operand, rate: has(node, 'DeBase') ? undefined : this.id(need(tok(node, 'Nom'))), span };
    const bindings = kids(node, 'pose').map((pose): n.Binding => {
      const access = kid(pose, 'accès');
      return { kind: 'binding', target: access ? this.access(access) : this.id(need(tok(pose, 'Nom'))), value: this.byDefault(need(kid(pose, 'défaut'))), span: this.span(pose) };
    });
    return { kind: 'with', operand, bindings, span };
  }

  atom(node: CstNode): n.Expr {
    const span = this.span(node);
    const source = tok(node, 'NuméroArticle');
    const quantity = tok(node, 'Quantité') ?? tok(node, 'NombreLittéral');
    if (quantity) return { ...this.quantity(quantity), source: source && this.ref(source), span };
    const instant = kid(node, 'instant');
    if (instant) return this.instant(instant);
    const clock = tok(node, 'HeureMinute');
    if (clock) return { kind: 'clock', minutes: minutesOf(clock.image), span };
    const month = tok(node, 'MoisNommé');
    if (month) return { kind: 'month', month: MONTHS.indexOf(month.image) + 1, span };
    if (has(node, 'Oui')) return { kind: 'boolean', value: true, span };
    if (has(node, 'Non')) return { kind: 'boolean', value: false, span };
    const expr = kid(node, 'expr');
    if (expr) return this.expr(expr);
    const access = kid(node, 'accès');
    if (access) return this.access(access);
    const name = tok(node, 'Nom');
    if (has(node, 'Admissible')) return { kind: 'eligible', rate: this.id(need(name)), span };
    const part = kid(node, 'partieDuLivre');
    if (part) {
      const numbers = toks(part, 'NombreLittéral').map((token) => token.image);
      return { kind: 'hasOptionOf', chapter: need(numbers.at(-1)), sections: numbers.slice(0, -1), span };
    }
    if (has(node, 'Option')) return { kind: 'hasOption', option: this.id(need(name)), span };
    const call = kid(node, 'appel');
    if (call) return { kind: 'call', fn: this.id(need(tok(call, 'Nom'))), args: kids(call, 'expr').map((arg) => this.expr(arg)), span };
    return { kind: 'name', name: need(name).image, span };
  }

  private access(node: CstNode): n.LineAccess {
    const rank = tok(node, 'Rang');
    return {
      kind: 'lineAccess', part: has(node, 'PrixNet') ? 'prix net' : has(node, 'Prix') ? 'prix' : has(node, 'Montant') ? 'montant' : 'assiette',
      tranche: rank && Number.parseInt(rank.image, 10), line: this.id(need(toks(node, 'Nom').at(-1))), span: this.span(node),
    };
  }

  private quantity(token: IToken): n.Quantity {
    const match = /^((?:\d{1,3}(?:[ \u00A0\u202F]\d{3})+(?!\d)|\d+)(?:,\d+)?)[ \u00A0\u202F]?(.*)$/s.exec(token.image);
    invariant(match !== null, 'a quantity without its number');
    const text = need(match[1]);
    return {
      kind: 'quantity', text, decimal: text.replace(/[ \u00A0\u202F]/g, '').replace(',', '.'), unit: match[2] === '' ? undefined : match[2]?.replace(/[ \t\u00A0\u202F]+/g, ' '),
      source: undefined, span: this.span(token),
    };
  }

  private instant(node: CstNode): n.DateLiteral {
    const date = this.dateToken(need(tok(node, 'DateLittérale')));
    const hour = kid(node, 'heureDuJour');
    return hour ? { ...date, minutes: this.hour(hour), span: this.span(node) } : date;
  }
  private hour(node: CstNode): number {
    return minutesOf(need(this.allTokens(node)[0]).image);
  }
  private dateToken(token: IToken): n.DateLiteral {
    const span = this.span(token);
    const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(token.image);
    if (iso) return { kind: 'date', year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]), minutes: undefined, span };
    const [day, month, year] = token.image.split(/[ \t\u00A0\u202F]+/);
    return { kind: 'date', day: Number.parseInt(need(day), 10), month: MONTHS.indexOf(need(month)) + 1, year: year === undefined ? undefined : Number(year), minutes: undefined, span };
  }

  // ── windows and sets of time ───────────────────────────────────────────
  private window(node: CstNode): n.WindowExpr {
    const span = this.span(node);
    if (has(node, 'LaPeriodePrecedente')) return { kind: 'previousPeriod', span };
    if (has(node, 'LesPrecedents')) return { kind: 'previousRows', span };
    if (has(node, 'LesJoursDeLaPeriode')) return { kind: 'daysOfPeriod', span };
    if (has(node, 'LesPeriodes')) {
      const plage = kid(node, 'plageSimple');
      if (plage) return { kind: 'filtered', entirely: has(node, 'EntierementEn'), plage: this.simplePlage(plage), of: this.window(need(kid(node, 'fenêtre'))), span };
      const since = kid(node, 'atome');
      if (since) return { kind: 'since', date: this.atom(since), span };
      return { kind: 'ofThis', season: this.id(need(tok(node, 'Nom'))), previous: has(node, 'Precedents'), span };
    }
    const counted = kid(node, 'fenêtreComptée');
    if (!counted) return { kind: 'whole', plage: this.id(need(tok(node, 'Nom'))), span };
    const quantity = tok(counted, 'Quantité');
    if (quantity) {
      const { decimal, unit } = this.quantity(quantity);
      return unit?.startsWith('jour') ? { kind: 'previousDays', count: Number(decimal), span } : { kind: 'months', count: Number(decimal), previous: true, span };
    }
    const count = Number(need(tok(counted, 'NombreLittéral')).image);
    if (has(counted, 'Derniers') && !has(counted, 'Periodes')) return { kind: 'months', count, previous: false, span };
    return { kind: 'periods', count, previous: has(counted, 'Precedents'), span };
  }

  private plage(node: CstNode): n.PlageExpr {
    const terms = kids(node, 'plageSimple').map((term) => this.simplePlage(term));
    const operators = ['Ou', 'Et', 'Sauf', 'Virgule'].flatMap((name) => toks(node, name)).sort((a, b) => a.startOffset - b.startOffset);
    return terms.reduce((left, right, index) => {
      const word = need(operators[index - 1]).tokenType.name;
      return { kind: 'plageBinary', operator: word === 'Et' ? 'et' : word === 'Sauf' ? 'sauf' : 'ou', left, right, span: join(left.span, right.span) };
    });
  }

  private simplePlage(node: CstNode): n.PlageExpr {
    const span = this.span(node);
    const marks = kids(node, 'repère');
    if (marks.length === 2) {
      const [from, to] = marks.map((mark) => this.mark(mark));
      if (from?.date && to?.date) return { kind: 'dates', from: from.date, to: to.date, span };
      const week = (mark: typeof from): n.WeekMark => ({ weekday: mark?.weekday ?? 0, minutes: mark?.minutes });
      return { kind: 'weekdays', from: week(from), to: week(to), span };
    }
    const edges = kids(node, 'bord');
    if (edges.length === 2) return { kind: 'range', from: this.edge(need(edges[0])), to: this.edge(need(edges[1])), span };
    const date = tok(node, 'DateLittérale');
    if (date) return { kind: 'singleDate', date: this.dateToken(date), evenYears: has(node, 'AnneesPaires'), span };
    const month = tok(node, 'MoisNommé');
    if (month) return { kind: 'monthOf', month: MONTHS.indexOf(month.image) + 1, span };
    const weekday = tok(node, 'JourSemaine');
    if (weekday) { const mark = { weekday: WEEKDAYS.indexOf(weekday.image) + 1, minutes: undefined }; return { kind: 'weekdays', from: mark, to: mark, span }; }
    if (has(node, 'Paques')) {
      const offset = tok(node, 'Quantité');
      const days = offset ? Number(this.quantity(offset).decimal) : 0;
      return { kind: 'easter', offset: has(node, 'Moins') ? -days : days, span };
    }
    if (has(node, 'Quand')) return { kind: 'when', condition: this.atom(need(kid(node, 'atome'))), span };
    if (has(node, 'JourneesDe')) return { kind: 'daysOf', plage: this.simplePlage(need(kid(node, 'plageSimple'))), span };
    const inner = kid(node, 'plage');
    if (inner) return this.plage(inner);
    const where = kid(node, 'atome');
    return { kind: 'plageName', name: need(tok(node, 'Nom')).image, where: where && this.atom(where), span };
  }

  private edge(node: CstNode): n.Expr {
    return this.chain(kids(node, 'atome').map((child) => this.atom(child)), this.operators(node, { Plus: '+', Moins: '-' }));
  }

  private mark(node: CstNode): { date?: n.DateLiteral; weekday?: number; minutes: number | undefined } {
    const instant = kid(node, 'instant');
    if (instant) return { date: this.instant(instant), minutes: undefined };
    const hour = kid(node, 'heureDuJour');
    return { weekday: WEEKDAYS.indexOf(need(tok(node, 'JourSemaine')).image) + 1, minutes: hour && this.hour(hour) };
  }
}

const SIGNS: Readonly<Record<string, n.Comparator>> = { 'Égal': '=', 'Différent': '≠', 'Inférieur': '<', 'InférieurOuÉgal': '≤', 'Supérieur': '>', 'SupérieurOuÉgal': '≥' };
const AGGREGATES: Readonly<Record<string, n.AggregateOperator>> = {
  Somme: 'somme', Moyenne: 'moyenne', MoyenneSansExtremes: 'moyenne sans extrêmes', Maximum: 'maximum', Minimum: 'minimum', Cumul: 'cumul', Nombre: 'nombre',
};
const join = (left: Span, right: Span): Span => ({ file: left.file, start: Math.min(left.start, right.start), end: Math.max(left.end, right.end) });
/** `6 h`, `6 h 30` → minutes after midnight. */
const minutesOf = (image: string): number => {
  const match = /^(\d+)[ \u00A0\u202F]?h(?:[ \u00A0\u202F]?(\d{2}))?/.exec(image);
  return match ? Number(match[1]) * 60 + Number(match[2] ?? 0) : 0;
};
