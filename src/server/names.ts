/** The names that a statement or a header declares and reads, each with its place; gathered once for a statement. */
import type { Span } from '../source/file.ts';
import type { Header, Identifier, ExampleStatement, Statement } from '../syntax/nodes.ts';
import { childrenOf, type AnyNode } from '../syntax/visit.ts';

/** Names of different things never meet: a line may bear the name of a definition. */
export type Space = 'value' | 'line' | 'rate' | 'option' | 'model' | 'article';

/** Whose names are meant: those of another rate (`au tarif M`), or of the case of an example. */
export interface Under { readonly rate: string | undefined; readonly options: readonly string[] }

export interface Occurrence {
  readonly name: string;
  readonly space: Space;
  readonly span: Span;
  readonly declares: boolean;
  readonly under: Under | undefined;
  /** In an example, a name may be a choice of a datum, or nothing that is declared. */
  readonly inExample: boolean;
}

const ofStatements = new WeakMap<Statement, readonly Occurrence[]>();
const ofHeaders = new WeakMap<Header, readonly Occurrence[]>();

export function occurrencesOf(statement: Statement): readonly Occurrence[] {
  const known = ofStatements.get(statement);
  if (known) return known;
  const found: Occurrence[] = [];
  const inExample = statement.kind === 'example';
  const add = (space: Space, name: string, span: Span, under: Under | undefined, declares = false): void => { if (name !== '') found.push({ name, space, span, declares, under, inExample }); };
  walkStatement(statement, add);
  found.sort((a, b) => a.span.start - b.span.start);
  ofStatements.set(statement, found);
  return found;
}

type Add = (space: Space, name: string, span: Span, under: Under | undefined, declares?: boolean) => void;
const id = (add: Add, space: Space, identifier: Identifier | undefined, under?: Under, declares?: boolean): void => { if (identifier) add(space, identifier.name, identifier.span, under, declares); };

function walkStatement(statement: Statement, add: Add): void {
  switch (statement.kind) {
    case 'data': case 'measure': case 'plage': case 'definition': case 'fact': id(add, 'value', statement.name, undefined, true); break;
    case 'replacement': id(add, 'value', statement.name, undefined, true); break;
    case 'table':
      id(add, 'value', statement.key);
      for (const column of statement.grid.header) if (column.name === statement.key.name) id(add, 'value', column); else id(add, 'value', column, undefined, true);
      for (const row of statement.grid.rows) for (const cell of row) if (cell) walk(cell, undefined, add);
      return;
    case 'line': id(add, 'line', statement.name, undefined, true); break;
    case 'adjustment': id(add, 'line', statement.target); break;
    case 'condition': for (const rate of statement.instead) id(add, 'rate', rate); break;
    case 'move': id(add, 'rate', statement.rate); break;
    case 'cut':
      id(add, 'value', statement.target);
      if (statement.at.kind === 'changes') id(add, 'value', statement.at.of);
      break;
    case 'borrow': id(add, 'model', statement.model); id(add, 'rate', statement.rate); break;
    case 'example': walkExample(statement, add); return;
    default: break;
  }
  if ('sheet' in statement && statement.sheet) id(add, 'value', statement.sheet);
  for (const child of childrenOf(statement)) if (child.kind !== 'identifier') walk(child, undefined, add);
}

function walkExample(example: ExampleStatement, add: Add): void {
  const under = underOf(example);
  const grid = (node: AnyNode): void => {
    if (node.kind !== 'grid') return;
    for (const column of node.header) addKey(add, column, under);
    for (const row of node.rows) {
      row.forEach((cell, at) => {
        if (cell?.kind === 'name' && node.header[at]?.name === 'tarif') add('rate', cell.name, cell.span, under);
        else if (cell) walk(cell, under, add);
      });
    }
  };
  const assignment = (node: AnyNode): void => {
    if (node.kind !== 'assignment') return;
    addKey(add, node.name, under);
    id(add, 'value', node.sheet, under);
    if (node.grid) grid(node.grid);
    if (node.value) walk(node.value, under, add);
    for (const selector of node.selectors) for (const child of childrenOf(selector as unknown as AnyNode)) walk(child, under, add);
  };
  for (const line of example.lines) {
    switch (line.kind) {
      case 'exampleRate': id(add, 'rate', line.rate); break;
      case 'exampleOptions': for (const option of line.options) id(add, 'option', option); break;
      case 'exampleHistory': grid(line.grid); break;
      case 'exampleReading': line.assignments.forEach(assignment); break;
      case 'assignment': assignment(line); break;
      case 'exampleExpects': for (const check of line.checks) walk(check, under, add); break;
      case 'exampleRefusal': add('article', line.article.number, line.article.span, under); break;
      default: break;
    }
  }
}

/** The rate and the options that an example names. */
export function underOf(example: ExampleStatement): Under {
  const rate = example.lines.find((line) => line.kind === 'exampleRate')?.rate.name;
  return { rate, options: example.lines.flatMap((line) => (line.kind === 'exampleOptions' ? line.options.map(({ name }) => name) : [])) };
}

/** Columns of an example that are not names of the language's. */
const COLUMNS = new Set(['du', 'au', 'tarif', 'début', 'fin', 'valeur', '']);

/** `énergie_pendant_hiver`, a key of a case, is made of the names of a measure and of plages. */
function addKey(add: Add, { name, span }: Identifier, under: Under): void {
  if (COLUMNS.has(name)) return;
  add('value', name, span, under);
  const parts = name.split(/_(?:pendant|sauf)_/);
  if (parts.length < 2) return;
  let from = 0;
  for (const part of parts) {
    const at = name.indexOf(part, from);
    add('value', part, { file: span.file, start: span.start + at, end: span.start + at + part.length }, under);
    from = at + part.length;
  }
}

function walk(node: AnyNode, under: Under | undefined, add: Add): void {
  switch (node.kind) {
    // « la puissance » is one node: the name is its end.
    case 'name': add('value', node.name, { file: node.span.file, start: node.span.end - node.name.length, end: node.span.end }, under); return;
    case 'plageName':
      add('value', node.name, { file: node.span.file, start: node.span.start, end: node.span.start + node.name.length }, under);
      if (node.where) walk(node.where, under, add);
      return;
    case 'ofThis': id(add, 'value', node.season, under); return;
    case 'whole': id(add, 'value', node.plage, under); return;
    case 'lineAccess': id(add, 'line', node.line, under); return;
    case 'hasOption': id(add, 'option', node.option); return;
    case 'eligible': id(add, 'rate', node.rate); return;
    case 'articleRef': add('article', node.number, node.span, under); return;
    case 'call': for (const arg of node.args) walk(arg, under, add); return;
    case 'atRate': id(add, 'rate', node.rate); walk(node.operand, { rate: node.rate?.name, options: [] }, add); return;
    case 'with': {
      const target: Under | undefined = node.operand.kind === 'atRate' ? { rate: node.operand.rate?.name, options: [] } : under;
      walk(node.operand, under, add);
      for (const binding of node.bindings) {
        if (binding.target.kind === 'identifier') id(add, 'value', binding.target, target);
        else id(add, 'line', binding.target.line, target);
        walk(binding.value, under, add);
      }
      return;
    }
    // « tarif = M », « tarif parmi L ou LG »: the words are rates.
    case 'comparison': {
      const rates = node.operands.some((operand) => operand.kind === 'name' && operand.name === 'tarif');
      for (const operand of node.operands) if (rates && operand.kind === 'name' && operand.name !== 'tarif') add('rate', operand.name, operand.span, under); else walk(operand, under, add);
      return;
    }
    case 'among':
      walk(node.operand, under, add);
      if (node.operand.kind === 'name' && node.operand.name === 'tarif') for (const { name, span } of node.choices) if (name !== undefined) add('rate', name, span, under);
      return;
    default:
      if ('sheet' in node && node.sheet) id(add, 'value', node.sheet, under);
      for (const child of childrenOf(node)) if (child.kind !== 'identifier') walk(child, under, add);
  }
}

/** What a header declares and names. */
export function headerOccurrences(header: Header): readonly Occurrence[] {
  const known = ofHeaders.get(header);
  if (known) return known;
  const found: Occurrence[] = [];
  const add: Add = (space, name, span, under, declares = false) => { found.push({ name, space, span, declares, under, inExample: false }); };
  switch (header.kind) {
    case 'rate': id(add, 'rate', header.name, undefined, true); break;
    case 'option': id(add, 'option', header.name, undefined, true); for (const rate of header.rates) id(add, 'rate', rate); break;
    case 'model': id(add, 'model', header.name, undefined, true); break;
    case 'common': for (const rate of header.rates) id(add, 'rate', rate); for (const option of header.options) id(add, 'option', option); break;
    case 'edition': for (const rate of header.rates) id(add, 'rate', rate); break;
    case 'article': {
      const { file, start } = header.span;
      const at = file.text.indexOf(header.number, start);
      add('article', header.number, { file, start: at, end: at + header.number.length }, undefined, true);
      break;
    }
    default: break;
  }
  ofHeaders.set(header, found);
  return found;
}
