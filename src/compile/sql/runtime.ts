/**
 * A program run to be put into SQL: what it reads of dates, of the past and of the clock is not read but asked for as a place
 * (`places.ts`), and what SQL has no word for stops it, or is answered in every way where only a refusal hangs on it.
 */
import type { TimeSet } from '../../calendar/timeset.ts';
import { dayAt } from '../../calendar/zone.ts';
import type { Core, CorePlage, Program, ValueSymbol } from '../../check/core.ts';
import { isTimeGrain } from '../../check/types.ts';
import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Value } from '../../evaluate/case.ts';
import { Runtime, type Clock, type Evaluate } from '../../evaluate/runtime.ts';
import type { Row } from '../../evaluate/session.ts';
import { Absent, Missing } from '../../evaluate/stop.ts';
import { missing } from '../../evaluate/symbols.ts';
import { inWords } from '../../evaluate/words.ts';
import { add, compare, ZERO, type Exact } from '../../quantity/exact.ts';
import { dateOf, isDate } from './dates.ts';
import type { Column, Place } from './places.ts';
import type { Seasons } from './seasons.ts';
import { frameOf, holdsAt, type Aggregate } from './windows.ts';

/** What SQL cannot say, and where it stands. Thrown out of a recording, caught in `record.ts`. */
export class Unsayable { constructor(readonly why: Diagnostic) {} }
/** A set of whole days that the calendar of the query does not know yet. */
export class NewSeason { constructor(readonly plage: Extract<CorePlage, { kind: 'recurring' | 'oneDate' }>) {} }

/** The way that is being recorded. */
export interface Way {
  /** Of an amount all must be said; of a condition, what cannot be said is answered in every way, perhaps also whether other rates admit the case. */
  readonly of: 'amount' | 'condition' | 'condition without others';
  readonly rate: string;
  readonly place: (place: Place) => Exact;
  readonly column: (name: string) => Column | undefined;
  readonly seasons: Seasons;
  /** The edges of the recorded period, as days, and the season from each to the next. */
  readonly edges: readonly number[];
  readonly kinds: readonly number[];
}

export type SayReason = 'sql/dates' | 'sql/passe' | 'sql/periode-precedente' | 'sql/feuille' | 'sql/plage';

export class SqlRuntime extends Runtime {
  private readonly mine = new WeakMap<Core, Evaluate>();
  override readonly clock: Clock;

  constructor(program: Program, private readonly way: () => Way) {
    super(program);
    this.clock = { days: (set) => this.lasting(set, 'days'), hours: (set) => this.lasting(set, 'hours'), reads: (plage) => { this.reads(plage); } };
  }

  override of(core: Core): Evaluate {
    let made = this.mine.get(core);
    if (!made) {
      made = this.said(core) ?? super.of(core);
      this.mine.set(core, made);
    }
    return made;
  }

  private plain(core: Core, make: (core: Core) => Evaluate): Evaluate {
    let made = this.plains.get(core);
    if (!made) this.plains.set(core, (made = make(core)));
    return made;
  }
  private readonly plains = new WeakMap<Core, Evaluate>();

  /** Days or hours of a set made of seasons of the period. */
  private lasting(set: TimeSet, of: 'days' | 'hours'): Exact {
    const { edges, kinds, place } = this.way();
    let sum = ZERO;
    for (let i = 0; i < set.spans.length; i += 2) {
      const from = edges.indexOf(dayAt(set.spans[i] ?? 0));
      const to = edges.indexOf(dayAt(set.spans[i + 1] ?? 0));
      if (from < 0 || to < 0) throw this.unsayable('sql/feuille', of === 'days' ? 'jours' : 'heures');
      for (let rank = from; rank < to; rank++) sum = add(sum, place({ kind: of, season: kinds[rank] ?? 0 }));
    }
    return sum;
  }

  /** Sets of time may be read that are seasons, or that the row does not give. */
  private reads(plage: CorePlage): void {
    switch (plage.kind) {
      case 'recurring': case 'oneDate':
        if (!this.way().seasons.among(plage)) throw new NewSeason(plage);
        return;
      case 'range': throw this.unsayable('sql/plage', plage.key);
      case 'when': {
        const { condition } = plage;
        const lacks = (core: Core): boolean => core.op === 'symbol' && core.symbol.role === 'data' && isTimeGrain(core.symbol.grain) && !core.symbol.data?.presumed;
        if (condition.op !== 'compare' || !(lacks(condition.left) || lacks(condition.right))) throw this.unsayable('sql/plage', plage.key);
        return;
      }
      default:
    }
  }

  unsayable(code: SayReason, what: string): Unsayable { return new Unsayable(diagnostic(code, { what: inWords(what) })); }

  private yes(place: Place): boolean { return compare(this.way().place(place), ZERO) > 0; }

  /** A value that SQL cannot say: any, or none. `empty`: it may also be that there is nothing to gather. */
  private unknown(code: SayReason, what: string, core: Core, kind: 'boolean' | 'quantity', empty = false): Value {
    const way = this.way();
    if (way.of === 'amount') throw this.unsayable(code, what);
    const name = `${what} ${rankOf(core)}`;
    if (compare(way.place({ kind: 'unknown', what: `${name} absent`, yesOrNo: true }), ZERO) > 0) throw new Missing(diagnostic('cas-json/champ-absent', { name: what, unit: '', use: '' }), what);
    if (empty && compare(way.place({ kind: 'unknown', what: `${name} vide`, yesOrNo: true }), ZERO) > 0) throw new Absent(diagnostic('valeurs/absente', { name: what, rate: way.rate }));
    const value = way.place({ kind: 'unknown', what: name, yesOrNo: kind === 'boolean' });
    return kind === 'quantity' ? value : compare(value, ZERO) > 0;
  }

  private said(core: Core): Evaluate | undefined {
    switch (core.op) {
      case 'date': case 'shiftDate': return () => { throw this.unsayable('sql/dates', 'date'); };
      case 'dateDifference': return () => this.unknown('sql/dates', 'écart de deux dates', core, 'quantity');
      case 'builtin': { const { name } = core; return name === 'tarif' || name === 'rang' ? undefined : () => { throw this.unsayable('sql/dates', name); }; }
      case 'previousPeriod': return () => { throw this.unsayable('sql/periode-precedente', core.operand.op === 'symbol' ? core.operand.symbol.name : 'une valeur'); };
      case 'within': return () => { throw this.unsayable('sql/plage', core.plage.key); };
      case 'symbol': {
        const { symbol } = core;
        return symbol.role === 'definition' && isTimeGrain(symbol.grain) && symbol.grain !== 'partie' ? () => { throw this.unsayable('sql/feuille', symbol.name); } : undefined;
      }
      case 'compare': return isDate(core.left) || isDate(core.right) ? (row) => this.compareDates(core, row) : undefined;
      case 'isIn': return core.operand ? () => this.dateIn(core) : undefined;
      case 'aggregate': return this.gathered(core);
      case 'eligible': {
        const said = super.of.bind(this);
        return (row) => (this.way().of === 'condition without others' ? this.unknown('sql/dates', 'admissible', core, 'boolean') : (this.plain(core, said))(row));
      }
      default: return undefined;
    }
  }

  private dateIn(core: Extract<Core, { op: 'isIn' }>): Value {
    const { seasons, kinds } = this.way();
    const { operand, plage } = core;
    const name = operand?.op === 'builtin' ? operand.name : undefined;
    if (name === 'premier_jour' || name === 'dernier_jour') {
      visitBases(plage, (base) => { this.reads(base); });
      const among = seasons.among(plage);
      if (among) return among.includes((name === 'premier_jour' ? kinds[0] : kinds.at(-1)) ?? 0);
    }
    return this.unknown('sql/dates', plage.key, core, 'boolean');
  }

  private compareDates(core: Extract<Core, { op: 'compare' }>, row: Row): Value {
    const way = this.way();
    const lacks = (side: Core): ValueSymbol | undefined => (side.op === 'symbol' && side.symbol.role === 'data' && !side.symbol.data?.presumed && !way.column(side.symbol.name) && !side.symbol.grain.startsWith('liste:') ? side.symbol : undefined);
    const lacking = lacks(core.left) ?? lacks(core.right);
    if (lacking) throw missing(lacking, lacking.name, row.instance.period.pointer);
    // Where a column may be empty and then presumed, the query would have to say both.
    const columnOf = (symbol: ValueSymbol): Column | 'unsayable' | undefined => { const found = way.column(symbol.name); return found && symbol.data?.presumed ? 'unsayable' : found; };
    const [left, right] = [dateOf(core.left, columnOf), dateOf(core.right, columnOf)];
    if (!left || !right || row.start !== row.instance.root.start || row.end !== row.instance.root.end) return this.unknown('sql/dates', 'comparaison de deux dates', core, 'boolean');
    for (const side of [core.left, core.right]) {
      const column = side.op === 'symbol' ? columnOf(side.symbol) : undefined;
      if (side.op === 'symbol' && column && column !== 'unsayable' && !this.yes({ kind: 'given', column })) throw missing(side.symbol, side.symbol.name, row.instance.period.pointer);
    }
    return this.yes({ kind: 'dates', left, sign: core.sign, right });
  }

  /** An aggregate over finer rows, or over periods of the past. */
  private gathered(core: Aggregate): Evaluate | undefined {
    const { rows } = core;
    if (rows.kind === 'finer') return isTimeGrain(rows.grain) && rows.grain !== 'partie' ? () => { throw this.unsayable('sql/feuille', core.name); } : undefined;
    if (rows.kind === 'previousRows') return undefined;
    if (rows.kind !== 'periods') return () => { throw this.unsayable('sql/feuille', core.name); };
    const dated = core.kind.kind === 'date' || core.kind.kind === 'instant';
    return (row) => {
      const way = this.way();
      const mayBeEmpty = core.operator === 'minimum' || core.operator === 'moyenne' || core.operator === 'moyenne sans extrêmes' || dated;
      const unknown = (): Value => { if (dated) throw this.unsayable('sql/passe', core.name); return this.unknown('sql/passe', core.name, core, 'quantity', mayBeEmpty); };
      if (row.item !== undefined || (row.instance.posed?.size ?? 0) > 0 || row.instance.poses || rows.path.length > 0 || core.largest !== undefined) return unknown();
      const kept = holdsAt(core.where, way.rate);
      const counted = core.operator === 'nombre' ? holdsAt(core.operand, way.rate) : undefined;
      if (counted === false || (kept === false && !mayBeEmpty)) return ZERO;
      if (!kept) return unknown();
      visitWindow(rows.window, (base) => { this.reads(base); });
      const frame = frameOf(rows.window, way.seasons.among);
      if (counted) return frame ? way.place({ kind: 'window', of: 'rows', column: undefined, frame }) : unknown();
      const { operand } = core;
      if (core.operator !== 'maximum' || operand.op !== 'measure' || !operand.symbol.metered || operand.path.length > 0) return unknown();
      const { symbol } = operand;
      const column = way.column(symbol.name);
      const lacks = missing(symbol, symbol.name, row.instance.period.pointer);
      if (!frame) {
        // No row gives it: nothing is larger than 0, or some row lacks it.
        if (column) return unknown();
        if (compare(way.place({ kind: 'unknown', what: `${core.name} ${rankOf(core)} vide`, yesOrNo: true }), ZERO) > 0) return ZERO;
        throw lacks;
      }
      if (!column && !frame.before && !frame.seasons && frame.since === undefined) throw lacks;
      if (column) {
        if (this.yes({ kind: 'window', of: 'unread', column, frame })) throw missing(symbol, symbol.name, '/historique');
        return way.place({ kind: 'window', of: 'largest', column, frame });
      }
      if (compare(way.place({ kind: 'window', of: 'rows', column: undefined, frame }), ZERO) > 0) throw lacks;
      return ZERO;
    };
  }
}

/** The sets of days that a set of time is made of. */
function visitBases(plage: CorePlage, visit: (base: CorePlage) => void): void {
  switch (plage.kind) {
    case 'recurring': case 'oneDate': visit(plage); return;
    case 'named': case 'daysOf': visitBases(plage.plage, visit); return;
    case 'ou': case 'et': case 'sauf': visitBases(plage.left, visit); visitBases(plage.right, visit); return;
    default:
  }
}
function visitWindow(window: Extract<Aggregate['rows'], { kind: 'periods' }>['window'], visit: (base: CorePlage) => void): void {
  if (window.kind === 'filtered') { visitBases(window.plage, visit); visitWindow(window.of, visit); }
}

const ranks = new WeakMap<Core, number>();
let next = 0;
const rankOf = (core: Core): number => { let rank = ranks.get(core); if (rank === undefined) ranks.set(core, (rank = ++next)); return rank; };
