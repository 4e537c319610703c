/** Units as maps base → exponent, with the factor that brings a number to the base units. */
import { divide, equals, fromInteger, multiply, ONE, type Exact } from './exact.ts';

export interface Unit {
  readonly dims: ReadonlyMap<string, number>;
  /** What one of this unit is in base units: 1/100 for ¢. */
  readonly factor: Exact;
}

const HUNDREDTH = divide(ONE, fromInteger(100));
const THOUSAND = fromInteger(1000);
const simple = (dims: readonly (readonly [string, number])[], factor: Exact = ONE): Unit => ({ dims: new Map(dims), factor });
const base = (name: string): Unit => simple([[name, 1]]);

const NAMES: Readonly<Record<string, Unit>> = {
  $: base('$'), '¢': simple([['$', 1]], HUNDREDTH), '%': simple([], HUNDREDTH),
  kWh: simple([['kW', 1], ['h', 1]]), MWh: simple([['kW', 1], ['h', 1]], THOUSAND), kW: base('kW'), W: simple([['kW', 1]], divide(ONE, THOUSAND)), MW: simple([['kW', 1]], THOUSAND), kVA: base('kVA'),
  V: base('V'), kV: simple([['V', 1]], THOUSAND), h: base('h'), min: simple([['h', 1]], divide(ONE, fromInteger(60))),
  jour: base('jour'), mois: base('mois'), an: base('an'), '°C': base('°C'), MJ: base('MJ'), litre: base('L'), baril: base('baril'), luminaire: base('luminaire'), lampe: base('lampe'), lumen: base('lumen'),
  'jour ouvrable': base('jour ouvrable'), 'mois civil': base('mois civil'),
};
const PLURALS: Readonly<Record<string, string>> = {
  jours: 'jour', ans: 'an', litres: 'litre', barils: 'baril', luminaires: 'luminaire', lampes: 'lampe', lumens: 'lumen', 'jours ouvrables': 'jour ouvrable', 'mois civils': 'mois civil', L: 'litre', heure: 'h', heures: 'h',
};
/** The names of simple units, for messages. */
export const UNIT_NAMES: readonly string[] = Object.keys(NAMES);

export const NONE: Unit = simple([]);

const named = (text: string): Unit | undefined => {
  const name = text.trim().replace(/[\s\u00A0\u202F]+/g, ' ');
  const known = Object.hasOwn(PLURALS, name) ? (PLURALS[name] ?? name) : name;
  return Object.hasOwn(NAMES, known) ? NAMES[known] : undefined;
};

/**
 * `¢/kWh`, `$/kW/mois`, `jours ouvrables` → the unit; undefined when a part is no unit. Each `/` divides by the one name after
 * it. What `formatDims` writes in French is read back: `kW·mois`, `1/h`.
 */
export function parseUnit(text: string): Unit | undefined {
  const [above = '', ...below] = text.split('/');
  let unit = NONE;
  if (above.trim() !== '1' || below.length === 0) {
    for (const part of above.split('·')) {
      const known = named(part);
      if (!known) return undefined;
      unit = { dims: multiplyDims(unit.dims, known.dims), factor: multiply(unit.factor, known.factor) };
    }
  }
  for (const part of below) {
    const known = named(part);
    if (!known) return undefined;
    unit = { dims: divideDims(unit.dims, known.dims), factor: divide(unit.factor, known.factor) };
  }
  return unit;
}

function combine(a: Unit['dims'], b: Unit['dims'], direction: 1 | -1): Unit['dims'] {
  if (b.size === 0) return a;
  const dims = new Map(a);
  for (const [name, exponent] of b) {
    const sum = (dims.get(name) ?? 0) + direction * exponent;
    if (sum === 0) dims.delete(name);
    else dims.set(name, sum);
  }
  return dims;
}
export const multiplyDims = (a: Unit['dims'], b: Unit['dims']): Unit['dims'] => combine(a, b, 1);
export const divideDims = (a: Unit['dims'], b: Unit['dims']): Unit['dims'] => combine(a, b, -1);
export function sameDims(a: Unit['dims'], b: Unit['dims']): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const [name, exponent] of a) if (b.get(name) !== exponent) return false;
  return true;
}
export const isDimensionless = (dims: Unit['dims']): boolean => dims.size === 0;
/** A canonical text: `$·kW^-1·mois^-1`. */
export function dimsKey(dims: Unit['dims']): string {
  return [...dims].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, exponent]) => (exponent === 1 ? name : `${name}^${exponent}`)).join('·');
}

const ENGLISH: Readonly<Record<string, string>> = { jour: 'day', mois: 'month', an: 'year', baril: 'barrel', lampe: 'lamp', 'jour ouvrable': 'working day', 'mois civil': 'calendar month' };
/** As people write it: `$/kW/mois`, `kWh`, `kWh/jour`. */
export function formatDims(dims: Unit['dims'], lang: 'fr' | 'en'): string {
  const left = new Map(dims);
  const above: string[] = [];
  const below: string[] = [];
  for (const direction of [1, -1] as const) {
    while (Math.sign(left.get('kW') ?? 0) === direction && Math.sign(left.get('h') ?? 0) === direction) {
      (direction === 1 ? above : below).push('kWh');
      for (const name of ['kW', 'h']) {
        const rest = (left.get(name) ?? 0) - direction;
        if (rest === 0) left.delete(name);
        else left.set(name, rest);
      }
    }
  }
  // Money, power, things, and durations last: `$/kW/mois`, `$/luminaire/mois`.
  const order = ['$', 'kW', 'kVA', 'V', '', 'h', 'jour', 'mois', 'an'];
  const rank = (name: string): number => order.indexOf(order.includes(name) ? name : '');
  for (const [name, exponent] of [...left].sort(([a], [b]) => rank(a) - rank(b))) {
    const shown = lang === 'en' ? (ENGLISH[name] ?? name) : name;
    for (let i = 0; i < Math.abs(exponent); i++) (exponent > 0 ? above : below).push(shown);
  }
  return [above.length > 0 ? above.join('·') : below.length > 0 ? '1' : '', ...below].join('/');
}

/** The units other than base units in which people read a quantity of these dimensions. */
const SCALED: readonly (readonly [dims: string, text: string])[] = [
  [dimsKey(new Map([['$', 1], ['kW', -1], ['h', -1]])), '¢/kWh'],
  [dimsKey(new Map([['V', 1]])), 'kV'],
];
/** The unit in which the book prints such a quantity: `¢/kWh` for a price of energy, `kV` for a voltage, else base units. */
export function preferredUnit(dims: Unit['dims']): Unit {
  const key = dimsKey(dims);
  const text = SCALED.find(([of]) => of === key)?.[1];
  return (text === undefined ? undefined : parseUnit(text)) ?? { dims, factor: ONE };
}

/** The signs that stand in the place of a base unit, with what they are worth of it. */
const SIGNS: readonly (readonly [base: string, sign: string])[] = [['', '%'], ['$', '¢'], ['V', 'kV'], ['kWh', 'MWh'], ['kW', 'MW'], ['h', 'min']];
/** What a unit is called, or undefined when it has no name of its own: 1/100 $/kWh is `¢/kWh`, 3 $ is nothing. */
export function unitName(unit: Unit, lang: 'fr' | 'en'): string | undefined {
  const text = formatDims(unit.dims, lang);
  if (equals(unit.factor, ONE)) return text;
  const [first = '', ...rest] = text.split('/');
  const head = first === '1' ? '' : first;
  for (const [standing, sign] of SIGNS) {
    const factor = named(sign)?.factor;
    if (head === standing && factor && equals(unit.factor, factor)) return [sign, ...rest].join('/');
  }
  return undefined;
}
/** A unit as it is written, part by part in English: `$/kW/mois` → `$/kW/month`, and `$/kW/h`, a price for each hour of demand, does not become one of energy. */
export const unitInEnglish = (text: string): string => text.split('/').map((part) => { const unit = parseUnit(part); return (unit && unitName(unit, 'en')) ?? part; }).join('/');
