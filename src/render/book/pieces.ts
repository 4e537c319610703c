/** A statement of a block → its pieces: what stands before its rows, and each row's value and conditions, with its place in words of the block. */
import type { Expr, Grid, Guard, PlageRow, Row, Statement } from '../../syntax/nodes.ts';
import type { AnyNode } from '../../syntax/visit.ts';
import { sketch, textOf, type Sketch } from './sketch.ts';

/** What a piece is in its statement. */
export type Part = 'tête' | 'valeur' | 'prix' | 'seuil' | 'condition' | 'saison';
/** Where a figure stands, as the block says it. */
export interface Place {
  /** `énergie`, `prime`, `donnée tension`, `exige « … »`. */
  readonly statement: string;
  /** The rank of a block of energy or power, from 1. */
  readonly tranche?: number;
  /** The conditions of its row as written: `en hiver`, `jusqu'à 40 kWh/jour`; or the key of a row of a table. */
  readonly row?: string;
  readonly column?: string;
  readonly part: Part;
}
export interface Piece { readonly place: Place; readonly sketch: Sketch; readonly text: string }
/** A row of a statement: its value, then its conditions, each a piece. */
export interface Line { readonly value: Piece; readonly guards: readonly Piece[]; readonly text: string; /** The row or the cell that it was taken from. */ readonly node: Row | PlageRow | Expr; /** Of a cell: what its row is known by. */ readonly key?: Expr }

export interface Taken {
  readonly statement: Statement;
  /** What it is, whatever it says: statements of one identity are compared with each other. */
  readonly identity: string;
  /** The header that it stands under: a rate, common provisions. */
  readonly within: string;
  readonly name: string;
  readonly head: Piece;
  /** What the head is made of: the statement without its rows, and what its rows go by. */
  readonly headNodes: readonly AnyNode[];
  readonly by: Expr | undefined;
  readonly lines: readonly Line[];
  readonly whole: Sketch;
  /** Only words: a note, a reading. */
  readonly wordy: boolean;
  readonly text: string;
}

type Renumbered = (article: string) => string;

/** The parts of a statement that its rows hold: compared row by row, not with its head. */
const ROWS: ReadonlySet<string> = new Set(['rows', 'value', 'amount', 'grid']);
const WORDY: ReadonlySet<string> = new Set(['note', 'wordsOnly', 'reading']);

/** Takes a statement apart. */
export function takeApart(statement: Statement, renumbered: Renumbered, within: string): Taken {
  const name = nameOf(statement);
  const rows = rowsOf(statement);
  const grid = statement.kind === 'table' ? statement.grid : undefined;
  const held = rows.length > 0 || grid !== undefined;
  const head = Object.fromEntries(Object.entries(statement).filter(([field]) => field !== 'span' && !(held && ROWS.has(field))));
  const by = held && 'value' in statement && statement.value && 'by' in statement.value ? statement.value.by : held && statement.kind === 'line' ? statement.amount?.by : undefined;
  const part: Part = statement.kind === 'condition' || statement.kind === 'move' ? 'condition' : 'tête';
  const first = rows[0] ?? grid;
  const headText = first && first.span.start > statement.span.start ? textOf({ ...statement.span, end: first.span.start }) : textOf(statement.span);
  return {
    statement, name, identity: identityOf(statement), within, wordy: WORDY.has(statement.kind),
    headNodes: [head as unknown as AnyNode, ...(by ? [by] : [])], by,
    head: { place: { statement: name, part }, sketch: sketch([head, by], renumbered), text: headText },
    lines: grid ? gridLines(name, grid, renumbered) : rowLines(name, rows, statement.kind === 'line', renumbered),
    whole: sketch([statement], renumbered), text: textOf(statement.span),
  };
}

function rowsOf(statement: Statement): readonly (Row | PlageRow)[] {
  switch (statement.kind) {
    case 'line': return [...(statement.amount?.rows ?? []), ...statement.rows];
    case 'definition': case 'replacement': return statement.value.rows;
    case 'measure': return statement.value?.rows ?? [];
    case 'plage': return statement.rows;
    default: return [];
  }
}

const isTranche = (row: Row | PlageRow): boolean => row.guards.some(({ kind }) => kind === 'jusqua' || kind === 'audela');
const PART_OF: Readonly<Record<Guard['kind'], Part>> = { si: 'condition', sinon: 'condition', en: 'saison', hors: 'saison', jusqua: 'seuil', audela: 'seuil', dès: 'seuil', sous: 'seuil', pour: 'condition' };

function rowLines(name: string, rows: readonly (Row | PlageRow)[], priced: boolean, renumbered: Renumbered): Line[] {
  let rank = 0;
  return rows.map((row) => {
    const guards = row.guards.map((guard) => textOf(guard.span)).join(' ');
    const at = { statement: name, ...(isTranche(row) ? { tranche: ++rank } : {}), ...(guards === '' ? {} : { row: guards }) };
    const [value, part]: [unknown, Part] = row.kind === 'plageRow' ? [row.plage, 'saison'] : [{ value: row.value, label: row.label, text: row.text }, priced ? 'prix' : 'valeur'];
    const inner = row.kind === 'plageRow' ? row.plage : row.value;
    return {
      value: { place: { ...at, part }, sketch: sketch([value], renumbered), text: textOf(inner.span) }, text: textOf(row.span), node: row,
      guards: row.guards.map((guard) => ({ place: { ...at, part: PART_OF[guard.kind] }, sketch: sketch([guard], renumbered), text: textOf(guard.span) })),
    };
  });
}

/** Each cell of a table is a row of its own, known by its row and its column. */
function gridLines(name: string, grid: Grid, renumbered: Renumbered): Line[] {
  return grid.rows.flatMap((cells) => {
    const key = cells[0] ? textOf(cells[0].span) : '';
    return cells.slice(1).flatMap((cell, index): Line[] => {
      if (!cell) return [];
      const column = grid.header[index + 1]?.name ?? '';
      return [{ value: { place: { statement: name, row: key, column, part: 'valeur' }, sketch: sketch([cell], renumbered), text: textOf(cell.span) }, guards: [], text: textOf(cell.span), node: cell, ...(cells[0] ? { key: cells[0] } : {}) }];
    });
  });
}

/** What a statement is called in a list of changes. */
function nameOf(statement: Statement): string {
  const quoted = (text: string | undefined): string => (text === undefined ? '' : ` « ${text} »`);
  switch (statement.kind) {
    case 'line': return statement.name ? `${statement.role} ${statement.name.name}` : `${statement.role}${quoted(statement.title)}`;
    case 'definition': return statement.name.name;
    case 'data': return `donnée ${statement.name.name}`;
    case 'measure': return `mesure ${statement.name.name}`;
    case 'plage': return `plage ${statement.name.name}`;
    case 'table': return `table d'après ${statement.key.name}`;
    case 'replacement': return `remplace ${statement.name.name}`;
    case 'adjustment': return `${statement.direction} ${statement.target.name}`;
    case 'condition': return `${statement.mode}${statement.text === undefined ? ` ${textOf(statement.condition.span)}` : quoted(statement.text)}`;
    case 'move': return `passe au tarif ${statement.rate.name}`;
    case 'fact': return `fait ${statement.name.name}`;
    case 'norm': return `${statement.actor} ${statement.modality}`;
    case 'tax': return `taxe ${statement.name.name}`;
    case 'reading': return `lecture${quoted(statement.subject)}`;
    default: return SAID[statement.kind];
  }
}
const SAID: Readonly<Record<'replaceBill' | 'referral' | 'cut' | 'borrow' | 'note' | 'wordsOnly' | 'reserve' | 'verify' | 'misprint' | 'setAside' | 'rounding' | 'example' | 'broken', string>> = {
  replaceBill: 'remplace la facture', referral: "s'il y a lieu", cut: 'coupe', borrow: 'reprend', note: 'note', wordsOnly: 'sans calcul', reserve: 'réserve', verify: 'vérifie', misprint: 'coquille', setAside: 'mise à part',
  rounding: 'arrondit les lignes', example: 'exemple', broken: '',
};

function identityOf(statement: Statement): string {
  switch (statement.kind) {
    case 'line': return `line ${statement.role} ${statement.name?.name ?? ''}`;
    case 'definition': case 'data': case 'measure': case 'plage': case 'replacement': case 'fact': case 'tax': return `${statement.kind} ${statement.name.name}`;
    case 'table': return `table ${statement.key.name} ${statement.grid.header.map(({ name }) => name).join(' ')}`;
    case 'adjustment': return `${statement.kind} ${statement.direction} ${statement.target.name}`;
    case 'condition': return `condition ${statement.mode}`;
    case 'move': return `move ${statement.rate.name}`;
    case 'norm': return `norm ${statement.actor} ${statement.modality}`;
    case 'reading': return `reading ${statement.subject}`;
    default: return statement.kind;
  }
}
