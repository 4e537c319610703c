/**
 * Lines of the bill: each role has its unit contract, and from it, not from the author's memory, comes the proration of
 * article 12.11.
 */
import { fromInteger } from '../quantity/exact.ts';
import { divideDims, isDimensionless, multiplyDims, NONE, sameDims } from '../quantity/unit.ts';
import { invariant } from '../support/invariant.ts';
import { nearestName } from '../support/nearestName.ts';
import type * as n from '../syntax/nodes.ts';
import type { Placed } from './close.ts';
import type { Core, CoreAdjustment, CoreLine, CoreMinimum, PriceRow, Restriction, TimeFactor } from './core.ts';
import { DAY, DOLLAR, MONTH, restrict, textOf, type Elaborator, type Standing, type Typed } from './elaborate.ts';
import { elaboratePlage } from './plage.ts';
import { describe, finer, isLoose, isTimeGrain, quantityOf, type Dims, type Grain } from './types.ts';

export interface LineTable {
  readonly placed: ReadonlyMap<string, { readonly statement: n.LineStatement; readonly placed: Placed }>;
  readonly adjustments: readonly { readonly statement: n.Adjustment; readonly placed: Placed }[];
  readonly lines: Map<string, CoreLine>;
  readonly made: Map<n.Adjustment, CoreAdjustment>;
  readonly minimums: readonly { readonly statement: n.LineStatement; readonly placed: Placed }[];
}

export const ROLES: readonly n.RoleName[] = ['frais', 'énergie', 'prime', 'crédit', 'pénalité', 'montant', 'minimum'];
const TITLES: Readonly<Record<string, string>> = { frais: "Frais d'accès au réseau", énergie: 'Énergie', prime: 'Prime de puissance', crédit: 'Crédit', pénalité: 'Pénalité', montant: 'Montant' };

/** The lines and adjustments of a rate by name. */
export function collectLines(e: Elaborator, placed: readonly Placed[]): LineTable {
  const byName = new Map<string, { statement: n.LineStatement; placed: Placed }>();
  const adjustments: { statement: n.Adjustment; placed: Placed }[] = [];
  const minimums: { statement: n.LineStatement; placed: Placed }[] = [];
  for (const item of placed) {
    if (item.declarationsOnly) continue;
    const { statement } = item;
    if (statement.kind === 'adjustment') adjustments.push({ statement, placed: item });
    if (statement.kind !== 'line') continue;
    if (statement.role === 'minimum') {
      minimums.push({ statement, placed: item });
      continue;
    }
    const name = lineName(statement);
    const first = byName.get(name);
    if (first) e.report('definitions/double', { name, first: first.placed.origin.article, second: item.origin.article }, statement.span, item.origin.article);
    else byName.set(name, { statement, placed: item });
  }
  return { placed: byName, adjustments, lines: new Map(), made: new Map(), minimums };
}
const lineName = (statement: n.LineStatement): string => statement.name?.name ?? statement.role;

const standingOf = (item: Placed): Standing => ({ article: item.origin.home, grain: 'période', replacing: undefined });

/** A line, made once. */
export function lineOf(e: Elaborator, name: string): CoreLine | undefined {
  const { lines } = e;
  invariant(lines !== undefined, 'lines are collected before they are read');
  const known = lines.lines.get(name);
  if (known) return known;
  const found = lines.placed.get(name);
  if (!found) return undefined;
  const made = elaborateLine(e, found.statement, found.placed);
  lines.lines.set(name, made);
  return made;
}

function elaborateLine(e: Elaborator, statement: n.LineStatement, item: Placed): CoreLine {
  const standing = standingOf(item);
  const role = statement.role;
  invariant(role !== 'minimum', 'a minimum is no line');
  const context = circumstances(e, statement.guards, standing);
  const common = {
    name: lineName(statement), role, title: statement.title ?? (statement.name ? capital(statement.name.name.replace(/_/g, ' ')) : TITLES[role] ?? role), origin: item.origin, layer: item.layer,
    when: context.when, during: context.during,
  };
  if (statement.amount) {
    const value = e.value(statement.amount, standing, lineName(statement));
    if (finer(value.grain, 'période') !== 'période') e.grainError(value.grain, 'période', statement.amount.span, standing);
    const time = timeFactor(e, value, undefined, statement.amount.span, standing, role);
    return { ...common, amount: { value: value.core, time }, base: undefined, tranches: false, rows: [] };
  }
  const base = baseOf(e, statement, standing);
  const tranches = statement.rows.some((row) => row.guards.some((guard) => guard.kind === 'jusqua' || guard.kind === 'audela'));
  if (statement.rows.length === 0) e.report('syntaxe/incomplet', { expected: 'un prix' }, statement.span, standing.article);
  if (tranches) checkLadder(e, statement.rows, standing);
  const rows = statement.rows.map((row, index) => priceRow(e, statement, row, index, base, tranches, standing));
  const grain = rows.reduce<Grain>((finest, row) => finer(finest, row.grain) ?? finest, base?.grain ?? 'constante');
  return {
    ...common, amount: undefined, base: base && base.kind.kind === 'quantity' ? { value: base.core, dims: base.kind.dims, metered: readsMeasure(base.core), grain } : undefined, tranches, rows,
  };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What the price applies to: 1 for fees, the energy measured for energy, else as written. */
function baseOf(e: Elaborator, statement: n.LineStatement, standing: Standing): Typed | undefined {
  if (statement.base) {
    const base = e.expr(statement.base, standing);
    if (base.kind.kind !== 'quantity' && !isLoose(base.kind)) e.report('types/attendu', { found: describe(base.kind), expected: 'une quantité' }, statement.base.span, standing.article);
    if (base.grain.startsWith('liste:')) e.grainError(base.grain, 'période', statement.base.span, standing);
    return base;
  }
  if (statement.role === 'énergie') return e.expr({ kind: 'name', name: 'énergie', span: statement.span }, standing);
  if (statement.role === 'frais') return undefined;
  e.report('syntaxe/incomplet', { expected: '« de » et une assiette, ou « = » et un montant' }, statement.span, standing.article);
  return { core: { op: 'constant', value: fromInteger(0) }, kind: { kind: 'error' }, grain: 'constante' };
}

function checkLadder(e: Elaborator, rows: readonly n.Row[], standing: Standing): void {
  rows.forEach((row, index) => {
    const last = index === rows.length - 1;
    const open = row.guards.some((guard) => guard.kind === 'audela');
    const closed = row.guards.some((guard) => guard.kind === 'jusqua');
    if (!open && !closed) e.report('cas/melange', {}, row.span, standing.article);
    else if (open !== last) e.report('tranches/sans-fin', {}, row.span, standing.article);
    else if (open && index === 0) e.report('tranches/seule', {}, row.span, standing.article);
  });
  const limits = rows.flatMap((row) => row.guards.flatMap((guard) => (guard.kind === 'jusqua' ? [guard.limit] : [])));
  limits.slice(1).forEach((limit, index) => {
    const before = limits[index];
    if (before?.kind === 'quantity' && limit.kind === 'quantity' && before.unit === limit.unit && Number(before.decimal) >= Number(limit.decimal)) {
      e.report('tranches/desordre', { first: textOf(before.span), second: textOf(limit.span) }, limit.span, standing.article);
    }
  });
}

function priceRow(
  e: Elaborator, statement: n.LineStatement, row: n.Row, index: number, base: Typed | undefined, tranches: boolean, standing: Standing,
): CoreLine['rows'][number] {
  const price = e.expr(row.value, { ...standing, grain: 'intervalle' });
  const time = timeFactor(e, price, base, row.value.span, standing, statement.role);
  const limit = row.guards.find((guard) => guard.kind === 'jusqua');
  let upTo: PriceRow['upTo'];
  let limitTime: TimeFactor;
  if (limit?.kind === 'jusqua') {
    const typed = e.expr(limit.limit, standing);
    const dims = typed.kind.kind === 'quantity' ? typed.kind.dims : NONE.dims;
    limitTime = factorOf(dims);
    const rest = limitTime === undefined ? dims : multiplyDims(dims, limitTime === 'durée' ? MONTH.dims : DAY.dims);
    if (base?.kind.kind === 'quantity' && typed.kind.kind === 'quantity' && !sameDims(rest, base.kind.dims)) {
      e.report('unites/seuil', { found: describe(typed.kind), expected: describe(base.kind) }, limit.limit.span, standing.article);
    }
    upTo = { limit: typed.core, dims };
  }
  const others: n.Row = { ...row, guards: row.guards.filter((guard) => guard.kind !== 'jusqua' && guard.kind !== 'audela') };
  const guard = e.guard(others, index, { kind: 'value', by: undefined, rows: tranches || statement.rows.length === 1 ? [others] : statement.rows, span: statement.span }, undefined, standing);
  if (guard.during && statement.role === 'énergie' && base && !readsMeasure(base.core) && !isLoose(base.kind)) e.report('prix/varie-sans-mesure', {}, row.span, standing.article);
  if (price.grain.startsWith('liste:')) e.grainError(price.grain, 'période', row.value.span, standing);
  const own: Restriction | undefined = guard.during && { mode: guard.during.outside ? 'sauf' : 'pendant', plage: guard.during.plage };
  return {
    base: own && base && statement.role === 'énergie' ? restrict(base.core, [own], { any: false }) : undefined,
    price: price.core, priceDims: price.kind.kind === 'quantity' ? price.kind.dims : NONE.dims, upTo, when: guard.when, during: guard.during, otherwise: guard.otherwise || (tranches && others.guards.length === 0),
    time, limitTime, grain: isTimeGrain(price.grain) ? price.grain : 'constante', text: row.text, label: row.label,
  };
}

/** The time that still divides a value. */
function factorOf(dims: Dims): TimeFactor {
  return dims.get('mois') === -1 ? 'durée' : dims.get('jour') === -1 ? 'jours' : undefined;
}

/** Whether base × price, times the duration or the days of the period, comes out in dollars; and by which. */
function timeFactor(e: Elaborator, price: Typed, base: Typed | undefined, span: n.Row['span'], standing: Standing, role: n.RoleName): TimeFactor {
  if (price.kind.kind === 'zero') return undefined;
  if (price.kind.kind !== 'quantity') {
    if (!isLoose(price.kind)) e.report('types/attendu', { found: describe(price.kind), expected: 'un prix' }, span, standing.article);
    return undefined;
  }
  if (base && base.kind.kind !== 'quantity') return undefined;
  const baseDims = base?.kind.kind === 'quantity' ? base.kind.dims : NONE.dims;
  const product = multiplyDims(price.kind.dims, baseDims);
  const time = factorOf(product);
  const total = time === undefined ? product : multiplyDims(product, time === 'durée' ? MONTH.dims : DAY.dims);
  if (!sameDims(total, DOLLAR.dims)) {
    const expected = contract(role, baseDims);
    if (sameDims(divideDims(total, MONTH.dims), DOLLAR.dims) || sameDims(divideDims(total, DAY.dims), DOLLAR.dims)) e.report('proration/double', { found: describe(quantityOf(total)) }, span, standing.article);
    else if (expected !== undefined && role !== 'crédit' && role !== 'pénalité' && role !== 'montant') e.report('unites/prix', { role, price: describe(price.kind), expected }, span, standing.article);
    else e.report('unites/ligne', { found: describe(quantityOf(total)), base: describe(quantityOf(baseDims)), price: describe(price.kind) }, span, standing.article);
    return time;
  }
  if (time === undefined && (role === 'frais' || role === 'prime' || role === 'minimum')) e.report('proration/manquante', { found: describe(price.kind) }, span, standing.article);
  return time;
}
function contract(role: n.RoleName, base: Dims): string | undefined {
  switch (role) {
    case 'frais': return isDimensionless(base) ? '$/mois ou $/jour' : undefined;
    case 'minimum': return '$/mois';
    case 'énergie': return '$/kWh';
    case 'prime': return '$/kW/mois ou $/kW/jour';
    default: return undefined;
  }
}

/** Whether an expression reads a meter: its value then depends on the time where it is read. */
export function readsMeasure(core: Core): boolean {
  switch (core.op) {
    case 'measure': return true;
    case 'aggregate': return core.rows.kind === 'finer';
    case 'add': case 'subtract': case 'multiply': case 'divide': case 'max': case 'min': case 'excess': return readsMeasure(core.left) || readsMeasure(core.right);
    case 'negate': case 'absolute': return readsMeasure(core.operand);
    default: return false;
  }
}

/** The `si` and `en` of a whole line. */
export function circumstances(e: Elaborator, guards: readonly n.Guard[], standing: Standing): { when: Core | undefined; whenGrain: Grain; during: { plage: ReturnType<typeof elaboratePlage>; outside: boolean }[] } {
  let when: Core | undefined;
  let whenGrain: Grain = 'période';
  const during: { plage: ReturnType<typeof elaboratePlage>; outside: boolean }[] = [];
  for (const guard of guards) {
    if (guard.kind === 'si') {
      const condition = e.condition(guard.condition, standing);
      whenGrain = finer(whenGrain, condition.grain) ?? condition.grain;
      when = when ? { op: 'and', left: when, right: condition.core } : condition.core;
    } else if (guard.kind === 'en' || guard.kind === 'hors') during.push({ plage: elaboratePlage(e, guard.plage, standing), outside: guard.kind === 'hors' });
    else e.report('cas/melange', {}, guard.span, standing.article);
  }
  return { when, whenGrain, during };
}

/** `minimum`: a floor under the lines of the rate. */
export function elaborateMinimum(e: Elaborator, statement: n.LineStatement, item: Placed): CoreMinimum {
  const standing = standingOf(item);
  const context = circumstances(e, statement.guards, standing);
  const source: n.Value | undefined = statement.amount ?? (statement.rows.length > 0 ? { kind: 'value', by: undefined, rows: statement.rows, span: statement.span } : undefined);
  if (!source) e.report('syntaxe/incomplet', { expected: 'un montant' }, statement.span, standing.article);
  const rows = (source?.rows ?? []).map((row, index) => {
    const value = e.expr(row.value, standing);
    const dollars = value.kind.kind === 'quantity' && sameDims(value.kind.dims, DOLLAR.dims) && value.core.op !== 'constant';
    const time = dollars ? undefined : timeFactor(e, value, undefined, row.value.span, standing, 'minimum');
    const guard = e.guard(row, index, source ?? { kind: 'value', by: undefined, rows: [], span: statement.span }, undefined, standing);
    const when: Core | undefined = context.when && guard.when ? { op: 'and', left: context.when, right: guard.when } : context.when ?? guard.when;
    return { value: value.core, time, when, during: guard.during, otherwise: guard.otherwise };
  });
  return { rows, layer: item.layer, origin: item.origin };
}

export function adjustmentOf(e: Elaborator, statement: n.Adjustment, item: Placed): CoreAdjustment {
  const { lines } = e;
  invariant(lines !== undefined, 'lines are collected before they are read');
  const known = lines.made.get(statement);
  if (known) return known;
  const standing = standingOf(item);
  const context = circumstances(e, statement.guards, standing);
  const target = statement.target.name;
  const isRole = ROLES.includes(target as n.RoleName);
  const targets = isRole ? [...lines.placed.values()].filter((line) => line.statement.role === target && (item.layer === 'option' || line.placed.layer === 'tarif')).map((line) => lineName(line.statement)) : lines.placed.has(target) ? [target] : [];
  if (targets.length === 0 && target !== 'minimum') {
    e.report('noms/ligne-inconnue', { name: target, rate: e.rate, nearest: nearestName(target, lines.placed.keys()) }, statement.target.span, standing.article);
  }
  const price = e.expr(statement.price, standing);
  const ofAmount = price.kind.kind === 'quantity' && isDimensionless(price.kind.dims);
  const base = targets[0] === undefined ? undefined : lineOf(e, targets[0])?.base;
  const dims = base?.dims ?? NONE.dims;
  const time = ofAmount || (targets.length === 0 && target !== 'minimum') ? undefined : timeFactor(e, price, { core: price.core, kind: quantityOf(dims), grain: 'constante' }, statement.price.span, standing, 'montant');
  const made: CoreAdjustment = {
    direction: statement.direction === 'majore' ? 1 : -1, targets, target, price: price.core, priceDims: price.kind.kind === 'quantity' ? price.kind.dims : NONE.dims, time, ofAmount,
    when: context.when, during: context.during, origin: item.origin, title: statement.text ?? '',
  };
  lines.made.set(statement, made);
  return made;
}

/** `prix de la 2e tranche de l'énergie`, `montant de la prime`. */
export function elaborateLineAccess(e: Elaborator, node: n.LineAccess, standing: Standing): Typed {
  const line = lineOf(e, node.line.name);
  const failed: Typed = { core: { op: 'constant', value: fromInteger(0) }, kind: { kind: 'error' }, grain: 'constante' };
  if (!line) {
    if (!e.isBroken(node.line.name)) e.report('noms/ligne-inconnue', { name: node.line.name, rate: e.rate, nearest: nearestName(node.line.name, e.lines?.placed.keys() ?? []) }, node.line.span, standing.article);
    return failed;
  }
  if (node.part === 'montant') return { core: { op: 'line', part: 'montant', line: line.name, tranche: node.tranche }, kind: quantityOf(DOLLAR.dims), grain: 'période' };
  if (node.part === 'assiette') return { core: { op: 'line', part: 'assiette', line: line.name, tranche: node.tranche }, kind: quantityOf(line.base?.dims ?? NONE.dims), grain: 'période' };
  const row = node.tranche === undefined ? line.rows[0] : line.rows[node.tranche - 1];
  if (!row || (node.tranche !== undefined && !line.tranches)) {
    e.report('noms/tranche-inconnue', { line: line.name, found: node.tranche ?? 1, tranches: line.rows.length }, node.span, standing.article);
    return failed;
  }
  if (node.tranche === undefined && line.tranches && line.rows.length > 1) {
    e.report('noms/tranche-inconnue', { line: line.name, found: 0, tranches: line.rows.length }, node.span, standing.article);
    return failed;
  }
  const price: Core = node.tranche !== undefined || line.rows.length === 1 ? row.price
    : { op: 'cases', name: `prix de ${line.name}`, span: node.span, rows: line.rows.map((each) => ({ when: each.when, during: each.during, otherwise: each.otherwise, value: each.price })) };
  const grain: Grain = line.rows.some((each) => each.during) ? 'jour' : 'période';
  const kind = quantityOf(row.priceDims);
  if (node.part === 'prix') return { core: price, kind, grain: grain === 'jour' ? 'jour' : 'constante' };
  let net = price;
  for (const { statement, placed } of e.lines?.adjustments ?? []) {
    const adjustment = adjustmentOf(e, statement, placed);
    if (!adjustment.targets.includes(line.name) || !sameDims(adjustment.priceDims, row.priceDims)) continue;
    const change: Core = adjustment.when
      ? { op: 'cases', name: 'prix net', span: node.span, rows: [{ when: adjustment.when, during: undefined, otherwise: false, value: adjustment.price }, { when: undefined, during: undefined, otherwise: true, value: { op: 'constant', value: fromInteger(0) } }] }
      : adjustment.price;
    net = { op: adjustment.direction === 1 ? 'add' : 'subtract', left: net, right: change, span: node.span };
  }
  return { core: net, kind, grain: grain === 'jour' ? 'jour' : 'constante' };
}
