/**
 * The same lines as the rates give, written by hand: in decimal.js, exact to its digits, and in plain numbers, which are not. No
 * eligibility, no history but what is passed, no explanation: the least that a program of one's own would do.
 */
import { Decimal } from 'decimal.js';

const cents = (x: Decimal): Decimal => x.toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
const round = (x: number): number => Math.round(x * 100) / 100;
const zero = new Decimal(0);

function billDecimal(lines: readonly Decimal[]): Decimal {
  const subtotal = lines.reduce((sum, line) => sum.plus(cents(line)), zero);
  return subtotal.plus(cents(subtotal.times('0.05'))).plus(cents(subtotal.times('0.09975')));
}
function billNumber(lines: readonly number[]): number {
  const subtotal = lines.reduce((sum, line) => sum + round(line), 0);
  return subtotal + round(subtotal * 0.05) + round(subtotal * 0.09975);
}

// ── D ──────────────────────────────────────────────────────────────────────
export function dDecimal(energy: Decimal, days: Decimal): Decimal {
  const first = Decimal.min(energy, new Decimal('40').times(days));
  return billDecimal([new Decimal('0.46154').times(days), new Decimal('0.07065').times(first), new Decimal('0.11142').times(energy.minus(first))]);
}
export function dNumber(energy: number, days: number): number {
  const first = Math.min(energy, 40 * days);
  return billNumber([0.46154 * days, 0.07065 * first, 0.11142 * (energy - first)]);
}

// ── G ──────────────────────────────────────────────────────────────────────
export function gDecimal(energy: Decimal, demand: Decimal, days: Decimal, winter: readonly Decimal[]): Decimal {
  const duration = days.div(30);
  const minimal = winter.reduce((most, each) => Decimal.max(most, each), zero).times('0.65');
  const billed = Decimal.max(demand, minimal, 50).minus(50);
  const first = Decimal.min(energy, new Decimal('15090').times(duration));
  const lines = [new Decimal('15.426').times(duration), billed.times('22.071').times(duration), first.times('0.12388'), energy.minus(first).times('0.09534')];
  const total = lines.reduce((sum, line) => sum.plus(line), zero);
  const floor = new Decimal('46.278').times(duration);
  return billDecimal(total.lt(floor) ? [...lines, floor.minus(total)] : lines);
}
export function gNumber(energy: number, demand: number, days: number, winter: readonly number[]): number {
  const duration = days / 30;
  const billed = Math.max(demand, 0.65 * Math.max(0, ...winter), 50) - 50;
  const first = Math.min(energy, 15090 * duration);
  const lines = [15.426 * duration, billed * 22.071 * duration, first * 0.12388, (energy - first) * 0.09534];
  const total = lines.reduce((sum, line) => sum + line, 0);
  return billNumber(total < 46.278 * duration ? [...lines, 46.278 * duration - total] : lines);
}

// ── M, with its credit for supply at 25 kV ─────────────────────────────────
export function mDecimal(energy: Decimal, demand: Decimal, days: Decimal, winter: readonly Decimal[]): Decimal {
  const duration = days.div(30);
  const billed = Decimal.max(demand, winter.reduce((most, each) => Decimal.max(most, each), zero).times('0.65'));
  const first = Decimal.min(energy, new Decimal('210000').times(duration));
  const lines = [billed.times('18.242').times(duration), first.times('0.06292'), energy.minus(first).times('0.04666'), billed.times('-1.1427').times(duration)];
  const total = lines.reduce((sum, line) => sum.plus(line), zero);
  const floor = new Decimal('46.278').times(duration);
  return billDecimal(total.lt(floor) ? [...lines, floor.minus(total)] : lines);
}
export function mNumber(energy: number, demand: number, days: number, winter: readonly number[]): number {
  const duration = days / 30;
  const billed = Math.max(demand, 0.65 * Math.max(0, ...winter));
  const first = Math.min(energy, 210000 * duration);
  const lines = [billed * 18.242 * duration, first * 0.06292, (energy - first) * 0.04666, -billed * 1.1427 * duration];
  const total = lines.reduce((sum, line) => sum + line, 0);
  return billNumber(total < 46.278 * duration ? [...lines, 46.278 * duration - total] : lines);
}

// ── L, a month of winter by the quarter-hour ───────────────────────────────
const DAY = 96;
/** A month wholly in winter, without a change of clocks. */
export function lDecimal(power: readonly Decimal[], subscribed: Decimal): Decimal {
  const duration = new Decimal(power.length).div(4).div(720);
  const threshold = subscribed.times('1.1');
  let demand = zero;
  let sum = zero;
  let over = zero;
  for (let day = 0; day < power.length; day += DAY) {
    let peak = zero;
    for (let i = day; i < day + DAY; i++) {
      const each = power[i] ?? zero;
      sum = sum.plus(each);
      if (each.gt(peak)) peak = each;
    }
    if (peak.gt(demand)) demand = peak;
    if (peak.gt(threshold)) over = over.plus(peak.minus(threshold));
  }
  const billed = Decimal.max(demand, subscribed);
  const cap = Decimal.max(billed.minus(threshold), 0).times('26.420').times(duration);
  return billDecimal([billed.times('15.027').times(duration), sum.div(4).times('0.03821'), Decimal.min(over.times('8.808'), cap)]);
}
export function lNumber(power: readonly number[], subscribed: number): number {
  const duration = power.length / 4 / 720;
  const threshold = subscribed * 1.1;
  let demand = 0;
  let sum = 0;
  let over = 0;
  for (let day = 0; day < power.length; day += DAY) {
    let peak = 0;
    for (let i = day; i < day + DAY; i++) {
      const each = power[i] ?? 0;
      sum += each;
      if (each > peak) peak = each;
    }
    if (peak > demand) demand = peak;
    if (peak > threshold) over += peak - threshold;
  }
  const billed = Math.max(demand, subscribed);
  return billNumber([billed * 15.027 * duration, sum / 4 * 0.03821, Math.min(over * 8.808, Math.max(billed - threshold, 0) * 26.42 * duration)]);
}

// ── LD, firm, a month of summer by the quarter-hour, over a base load at M ─
/** `down` tells the quarter-hours when the customer's own production fails. */
export function ldDecimal(power: readonly Decimal[], own: readonly Decimal[], normal: Decimal, minimal: Decimal, down: (index: number) => boolean, days: Decimal): Decimal {
  let level = minimal;
  for (let i = 0; i < power.length; i++) {
    const each = power[i] ?? zero;
    if (!down(i) && each.gt(level)) level = each;
    const base = each.minus(Decimal.max(normal.minus(own[i] ?? zero), 0));
    if (base.gt(level)) level = base;
  }
  let relief = zero;
  let baseDemand = zero;
  let baseSum = zero;
  let reliefSum = zero;
  for (let i = 0; i < power.length; i++) {
    const each = power[i] ?? zero;
    const lent = Decimal.max(Decimal.min(normal.minus(own[i] ?? zero), each.minus(level)), 0);
    if (lent.gt(relief)) relief = lent;
    const base = each.minus(lent);
    if (base.gt(baseDemand)) baseDemand = base;
    baseSum = baseSum.plus(base);
    reliefSum = reliefSum.plus(lent);
  }
  const duration = days.div(30);
  const energy = baseSum.div(4);
  const first = Decimal.min(energy, new Decimal('210000').times(duration));
  const atM = Decimal.max(baseDemand, minimal).times('18.242').times(duration).plus(first.times('0.06292')).plus(energy.minus(first).times('0.04666'));
  return billDecimal([relief.times('6.630').times(new Decimal(power.length).div(4).div(720)), reliefSum.div(4).times('0.06695'), atM]);
}
export function ldNumber(power: readonly number[], own: readonly number[], normal: number, minimal: number, down: (index: number) => boolean, days: number): number {
  let level = minimal;
  for (let i = 0; i < power.length; i++) {
    const each = power[i] ?? 0;
    if (!down(i) && each > level) level = each;
    level = Math.max(level, each - Math.max(normal - (own[i] ?? 0), 0));
  }
  let relief = 0;
  let baseDemand = 0;
  let baseSum = 0;
  let reliefSum = 0;
  for (let i = 0; i < power.length; i++) {
    const each = power[i] ?? 0;
    const lent = Math.max(Math.min(normal - (own[i] ?? 0), each - level), 0);
    relief = Math.max(relief, lent);
    baseDemand = Math.max(baseDemand, each - lent);
    baseSum += each - lent;
    reliefSum += lent;
  }
  const duration = days / 30;
  const energy = baseSum / 4;
  const first = Math.min(energy, 210000 * duration);
  const atM = Math.max(baseDemand, minimal) * 18.242 * duration + first * 0.06292 + (energy - first) * 0.04666;
  return billNumber([relief * 6.63 * (power.length / 4 / 720), reliefSum / 4 * 0.06695, atM]);
}
