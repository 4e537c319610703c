/** A shape in words: what makes a break, how an exact number is shown. */
import { messageOf, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { inWords } from '../../evaluate/words.ts';
import { divide, toDecimal, toFraction, type Exact } from '../../quantity/exact.ts';
import { formatQuantity, type Lang } from '../../quantity/format.ts';
import { divideDims } from '../../quantity/unit.ts';
import { formatPrice } from '../../render/explain.ts';
import type { Cause } from './causes.ts';
import type { Verdict } from './crossings.ts';
import type { Quantity } from './question.ts';
import type { Untold } from './varying.ts';

const DOLLARS = new Map([['$', 1]]);

/** The price of the next unit of the quantity: `6,292 ¢/kWh`, `18,242 $/kW`. */
export function priceOf(slope: Exact, quantity: Quantity | undefined, lang: Lang): string {
  return quantity ? formatPrice(divide(slope, quantity.factor), divideDims(DOLLARS, quantity.dims), lang) : formatQuantity(slope, '$', lang);
}
/** A number with its unit; one that does not end has its fraction beside it. */
export function exactly(x: Exact, unit: string, lang: Lang, places = 6): string {
  const written = formatQuantity(x, unit, lang, places);
  return toDecimal(x, places).exact ? written : `≈ ${written} (${toFraction(x)})`;
}

const ordinal = (rank: number, lang: Lang): string => (lang === 'fr' ? `${rank}${rank === 1 ? 're' : 'e'}` : `${rank}${['th', 'st', 'nd', 'rd'][rank > 3 ? 0 : rank] ?? 'th'}`);

/** What a cause is, without its article. */
export function causeWords({ kind, line, name, tranche, refusal }: Cause, lang: Lang): string {
  const of = inWords(name ?? line ?? '');
  if (lang === 'fr') {
    switch (kind) {
      case 'tranche': return `fin de la ${ordinal(tranche ?? 1, lang)} tranche (${line ?? ''})`;
      case 'minimum': return 'montant minimal';
      case 'threshold': return `seuil (${of})`;
      case 'floor': return `plancher (${of})`;
      case 'ceiling': return `plafond (${of})`;
      case 'condition': return `condition (${of})`;
      case 'rounding': return `arrondi (${of})`;
      case 'line': return `ligne « ${of} »`;
      case 'eligibility': return refusal ? refusalWords(refusal, lang) : 'admissibilité';
    }
  }
  switch (kind) {
    case 'tranche': return `end of the ${ordinal(tranche ?? 1, lang)} block (${line ?? ''})`;
    case 'minimum': return 'minimum bill';
    case 'threshold': return `threshold (${of})`;
    case 'floor': return `floor (${of})`;
    case 'ceiling': return `cap (${of})`;
    case 'condition': return `condition (${of})`;
    case 'rounding': return `rounding (${of})`;
    case 'line': return `line “${of}”`;
    case 'eligibility': return refusal ? refusalWords(refusal, lang) : 'eligibility';
  }
}

/** Why a case is refused on a stretch; the value that was found is left out, for it varies there. */
export const refusalWords = (item: Diagnostic, lang: Lang): string => messageOf('found' in item.params ? { ...item, params: { ...item.params, found: '' } } : item, lang);

const VERDICTS: Readonly<Record<Lang, Readonly<Record<Verdict, (first: string, second: string) => string>>>> = {
  fr: {
    first: (first) => `${first} coûte moins`, second: (_, second) => `${second} coûte moins`, same: () => 'même facture', 'first only': (first, second) => `${first} seul (${second} refuse le cas)`, 'second only': (first, second) => `${second} seul (${first} refuse le cas)`,
    neither: () => 'aucun des deux', untold: () => 'indéterminé',
  },
  en: {
    first: (first) => `${first} costs less`, second: (_, second) => `${second} costs less`, same: () => 'same bill', 'first only': (first, second) => `${first} alone (${second} refuses the case)`, 'second only': (first, second) => `${second} alone (${first} refuses the case)`,
    neither: () => 'neither', untold: () => 'not determined',
  },
};
export const verdictWords = (verdict: Verdict, first: string, second: string, lang: Lang): string => VERDICTS[lang][verdict](first, second);

/** Why a walk stopped short. */
export function stoppedWords(why: Untold | 'many', lang: Lang): string {
  if (why === 'many') return lang === 'fr' ? 'trop de morceaux : donner un intervalle plus étroit (--de, --a)' : 'too many pieces: give a narrower range (--de, --a)';
  const place = why.places.at(-1);
  const where = place ? `${inWords(place.name)}, article ${place.article}` : '';
  return lang === 'fr' ? `la facture n'y est pas faite de morceaux affines (${where})` : `the bill is not made of linear pieces there (${where})`;
}
