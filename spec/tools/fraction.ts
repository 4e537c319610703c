/** Exact fractions for specs, on purpose not the engine's: what a bill says is compared with what is worked out here. */
export interface Fraction { readonly n: bigint; readonly d: bigint }

const gcd = (a: bigint, b: bigint): bigint => { while (b !== 0n) [a, b] = [b, a % b]; return a < 0n ? -a : a; };
export const over = (n: bigint | number, d: bigint | number = 1n): Fraction => {
  const [top, bottom] = [BigInt(n), BigInt(d)];
  const by = gcd(top, bottom) || 1n;
  return { n: top / by, d: bottom / by };
};
/** `12.5` → 25/2. */
export function f(decimal: string): Fraction {
  const [whole = '0', digits = ''] = decimal.replace('-', '').split('.');
  const n = BigInt(whole + digits);
  return over(decimal.startsWith('-') ? -n : n, 10n ** BigInt(digits.length));
}
export const plus = (...terms: readonly Fraction[]): Fraction => terms.reduce((a, b) => over(a.n * b.d + b.n * a.d, a.d * b.d), over(0n));
export const minus = (a: Fraction, b: Fraction): Fraction => plus(a, over(-b.n, b.d));
export const times = (...factors: readonly Fraction[]): Fraction => factors.reduce((a, b) => over(a.n * b.n, a.d * b.d), over(1n));
export const least = (a: Fraction, b: Fraction): Fraction => (a.n * b.d < b.n * a.d ? a : b);
export const greatest = (a: Fraction, b: Fraction): Fraction => (least(a, b) === a ? b : a);
/** What exceeds a limit, or nothing. */
export const beyond = (a: Fraction, limit: Fraction): Fraction => greatest(minus(a, limit), over(0n));
/** To the cent, half away from zero, as a bill prints it. */
export function cents(a: Fraction): string {
  const sign = a.n < 0n ? '-' : '';
  const rounded = ((a.n < 0n ? -a.n : a.n) * 200n + a.d) / (a.d * 2n);
  return `${rounded === 0n ? '' : sign}${rounded / 100n}.${String(rounded % 100n).padStart(2, '0')}`;
}

/** An amount as a bill writes it: a decimal text, or a fraction beside its decimals when they never end. */
export function amount(json: unknown): Fraction {
  if (typeof json === 'string') return f(json);
  const [n = '', d = ''] = (json as { readonly fraction: string }).fraction.split('/');
  return over(BigInt(n), BigInt(d));
}
