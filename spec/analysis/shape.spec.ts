/** The shape of rates: breaks, prices of the next unit, crossings and falls, worked by hand from the book; and against plain bills at random fractions. */
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { duelOf } from '../../src/analysis/shape/crossings.ts';
import { affine, valueOf } from '../../src/analysis/shape/pieces.ts';
import type { ShapeAsk } from '../../src/analysis/shape/question.ts';
import { shapeOf, type Shape } from '../../src/analysis/shape/shape.ts';
import { provenRising } from '../../src/analysis/shape/toJson.ts';
import { causeWords } from '../../src/analysis/shape/words.ts';
import { Programs } from '../../src/check/program.ts';
import { loadFile, loadFolder, type Loaded } from '../../src/cli/load.ts';
import type { Json } from '../../src/contract/json.ts';
import { catalogueOf, prepare } from '../../src/index.ts';
import { add, compare, fromInteger, multiply, parseExact, ratio, toFraction, ZERO, type Exact } from '../../src/quantity/exact.ts';
import { root } from '../tools/command.ts';

function opened(loaded: Loaded): (ask: Partial<ShapeAsk> & { readonly rate: string }) => Shape {
  const books = loaded.books.map((book) => ({ book, programs: new Programs(book) }));
  const [catalogue, editions] = [catalogueOf(books), prepare(books)];
  return (ask) => {
    const made = shapeOf({ options: [], base: undefined, period: JUNE, data: new Map(), quantity: 'energie', links: new Map(), loadFactor: undefined, from: ZERO, to: undefined, ...ask }, catalogue, editions, () => ({ diagnostics: [] }));
    if ('diagnostics' in made) throw new Error(made.diagnostics.map((item) => `${item.code} ${JSON.stringify(item.params)}`).join('\n'));
    return made;
  };
}
const JUNE = { start: '2026-06-01', end: '2026-07-01' };
const JULY = { start: '2026-07-01', end: '2026-08-01' };
const book = opened(loadFolder(join(root, 'tariffs'), { examples: false }));
const made = opened(loadFile(join(root, 'spec/fixtures/formes.tarif')));

const affineOf = ({ pieces: [piece] }: Shape): Exact => (piece?.formula.kind === 'bill' ? affine(piece.formula.total)?.slope : undefined) ?? ZERO;
const data = (values: Readonly<Record<string, Json>>): Map<string, Json> => new Map(Object.entries(values));
const decimal = (text: string): Exact => parseExact(text) ?? ZERO;
/** `from: constant + slope`, `from: refused by` for each piece. */
const told = (shape: Shape): string[] => shape.pieces.map(({ from, formula }) => {
  if (formula.kind === 'refused') return `${toFraction(from)}: ${formula.diagnostics.map(({ article }) => article).join(' ')}`;
  const line = affine(formula.total);
  return `${toFraction(from)}: ${line ? `${toFraction(line.constant)} + ${toFraction(line.slope)} x` : 'curve'}`;
});
const causes = (shape: Shape): string[] => shape.breaks.map((each) => `${toFraction(each.x)} ${each.effect}: ${[...new Set(each.causes.map((cause) => `${cause.kind} ${cause.article}`))].join(', ')}`);

describe('shapes of the book, worked by hand', () => {
  it('D: 40 kWh a day, over 30 and 31 days', () => {
    // 30 × 46,154 ¢ = 13,8462 $ = 69231/5000 ; past 1 200 kWh: 13,8462 + 1 200 × (0,07065 − 0,11142) = −35,0778 = −175389/5000
    expect(told(book({ rate: 'D' }))).toEqual(['0: 69231/5000 + 1413/20000 x', '1200: -175389/5000 + 5571/50000 x']);
    expect(causes(book({ rate: 'D' }))).toEqual(['1200 slope: tranche 2.5']);
    // 31 × 0,46154 = 14,30774 ; 1 240 × 0,04077 = 50,5548
    expect(told(book({ rate: 'D', period: JULY }))).toEqual(['0: 715387/50000 + 1413/20000 x', '1240: -1812353/50000 + 5571/50000 x']);
  });

  it('DP by energy: the minimum, then 1 200 kWh a month', () => {
    // At 50 kW no premium: 13,833 $ ÷ 6,878 ¢ = 691650/3439 kWh ; past 1 200 kWh: 1 200 × (0,06878 − 0,10458) = −42,96
    const shape = book({ rate: 'DP', data: data({ puissance_maximale_appelee: '50', phases: '1' }) });
    expect(told(shape)).toEqual(['0: 13833/1000 + 0 x', '691650/3439: 0 + 3439/50000 x', '1200: -1074/25 + 5229/50000 x']);
    expect(causes(shape)).toEqual(['691650/3439 slope: minimum 2.15', '1200 slope: tranche 2.15']);
    // A month of 31 days is 31/30: 1 240 kWh, and 13,833 × 31/30 = 14,2941 $ ; × 1/0,06878 = 714705/3439
    expect(book({ rate: 'DP', period: JULY, data: data({ puissance_maximale_appelee: '50', phases: '1' }) }).breaks.map(({ x }) => toFraction(x))).toEqual(['714705/3439', '1240']);
  });

  it('DP by power: who may have it, and the premium past 50 kW; a winter peak keeps a floor', () => {
    const energy = data({ energie: '3000', phases: '1' });
    // 1 200 × 0,06878 + 1 800 × 0,10458 = 270,78 $ ; less 50 × 5,369
    expect(told(book({ rate: 'DP', quantity: 'puissance_maximale_appelee', data: energy }))).toEqual(['0: 2.14 2.19', '50: 233/100 + 5369/1000 x']);
    // 65 % of 100 kW in January: 65 kW are billed up to 65: 270,78 + 15 × 5,369 = 351,315
    const shape = book({ rate: 'DP', quantity: 'puissance_maximale_appelee', data: energy, base: past('2026-01-01', '2026-01-31', { puissance_maximale_appelee: '100' }) });
    expect(told(shape)).toEqual(['0: 70263/200 + 0 x', '65: 233/100 + 5369/1000 x']);
    expect(shape.breaks[0]?.causes.map((cause) => causeWords(cause, 'fr'))).toEqual(['plancher (puissance à facturer)']);
  });

  it('G: minimum of three phases, 15 090 kWh, 50 kW', () => {
    // (46,278 − 15,426) ÷ 0,12388 = 771300/3097 ; past 15 090 kWh: 15,426 + 15 090 × 0,02854 = 446,0946
    expect(told(book({ rate: 'G', data: data({ puissance_maximale_appelee: '40', phases: '3' }) }))).toEqual(['0: 23139/500 + 0 x', '771300/3097: 7713/500 + 3097/25000 x', '15090: 2230473/5000 + 4767/50000 x']);
    // 15,426 + 3 000 × 0,12388 = 387,066, less 50 × 22,071
    const shape = book({ rate: 'G', quantity: 'puissance_maximale_appelee', data: data({ energie: '3000', phases: '1' }) });
    expect(told(shape)).toEqual(['0: 193533/500 + 0 x', '50: -179121/250 + 22071/1000 x']);
    expect(causes(shape)).toEqual(['50 slope: threshold 3.2']);
  });

  it('M: 210 000 kWh a month; a peak of 50 kW in the 12 months; 65 % of the winter peak', () => {
    // 60 × 18,242 = 1 094,52 ; + 210 000 × 0,01626 = 3 414,6
    expect(told(book({ rate: 'M', data: data({ puissance_maximale_appelee: '60', phases: '3' }) }))).toEqual(['0: 27363/25 + 1573/25000 x', '210000: 112728/25 + 2333/50000 x']);
    // 10 000 × 0,06292 = 629,2 ; 65 × 18,242 = 1 185,73
    const shape = book({ rate: 'M', quantity: 'puissance_maximale_appelee', data: data({ energie: '10000', phases: '3' }), base: past('2026-01-01', '2026-01-31', { puissance_maximale_appelee: '100' }) });
    expect(told(shape)).toEqual(['0: 181493/100 + 0 x', '65: 3146/5 + 9121/500 x']);
    expect(told(book({ rate: 'M', quantity: 'puissance_maximale_appelee', data: data({ energie: '10000', phases: '3' }) }))).toEqual(['0: 4.1', '50: 3146/5 + 9121/500 x']);
  });

  it('L: the subscribed power is billed at least; in winter the overrun past 110 %, each day, up to its cap', () => {
    const given = { energie: '3000000', puissance_souscrite: '5000', puissance_disponible: '9000', activite_industrielle: true };
    const links = new Map([['plus_grand_appel_reel', { by: fromInteger(1), of: 'puissance_maximale_appelee' }]]);
    // 3 000 000 × 0,03821 = 114 630 ; 5 000 × 15,027 = 75 135
    expect(told(book({ rate: 'L', quantity: 'puissance_maximale_appelee', links, data: data(given) }))).toEqual(['0: 189765 + 0 x', '5000: 114630 + 15027/1000 x']);
    // One winter day, 1/30 of a month: 3 821 + 5 000 × 0,5009 ; then 0,5009 ; past 5 500 kW, 26,420 ÷ 30 caps 8,808 $: 41,447 ÷ 30, and 6 575,95 − 5 500 × 41,447 ÷ 30
    const winter = book({ rate: 'L', quantity: 'puissance_maximale_appelee', links, data: data({ ...given, energie: '100000' }), period: { start: '2026-12-01', end: '2026-12-02' } });
    expect(told(winter)).toEqual(['0: 12651/2 + 0 x', '5000: 3821 + 5009/10000 x', '5500: -3068/3 + 41447/30000 x']);
    expect(causes(winter)[1]).toBe('5500 slope: threshold 5.6, ceiling 5.6');
  });

  it('G9: what the apparent power adds to the real peak', () => {
    // 5 000 × 0,12611 = 630,55 ; 5,292 then 5,292 + 12,950, from 80 kW: − 80 × 12,95
    const shape = book({ rate: 'G9', quantity: 'puissance_maximale_appelee', data: data({ energie: '5000', phases: '3', plus_grand_appel_reel: '80' }) });
    expect(told(shape)).toEqual(['0: 4.9', '65: 12611/20 + 1323/250 x', '80: -8109/20 + 9121/500 x']);
  });
});

describe('other quantities', () => {
  it('F: a field of a row of a list, at least 0,2 kW a point', () => {
    // 0,2 × 56,002 = 11,2004
    const points: Json = [{ puissance_installee: '2', sorte_de_charge: 'autre', phases_du_point: '1' }];
    const shape = book({ rate: 'F', quantity: 'points_de_livraison.1.puissance_installee', data: data({ usage_general: true, alimente_des_pompes_a_incendie: false, consommation_mesuree: false, points_de_livraison: points }) });
    expect(told(shape)).toEqual(['0: 28001/2500 + 0 x', '1/5: 0 + 28001/500 x']);
    expect(causes(shape)).toEqual(['1/5 slope: floor 10.5']);
  });
  it('DT: energy in the cold as a share of the whole; DM: 8 dwellings, 8 times the block', () => {
    const share = (cold: string, mild: string): Exact => affineOf(book({ rate: 'DT', data: data({ puissance_maximale_appelee: '20' }), links: new Map([['energie_pendant_grand_froid', { by: decimal(cold), of: 'energie' }], ['energie_sauf_grand_froid', { by: decimal(mild), of: 'energie' }]]) }));
    const [cold, mild, mixed] = [share('1', '0'), share('0', '1'), share('0.15', '0.85')];
    expect(toFraction(mixed)).toBe(toFraction(add(multiply(cold, decimal('0.15')), multiply(mild, decimal('0.85')))));
    expect(book({ rate: 'DM', data: data({ puissance_maximale_appelee: '40', logements: '8', lieu: 'immeuble_collectif', mesurage: 'collectif', droit_acquis_depuis: '2009-05-31' }) }).breaks.map(({ x }) => toFraction(x))).toEqual(['9600']);
  });
});

describe('where rates cross', () => {
  const customer = { puissance_maximale_appelee: '100', plus_grand_appel_reel: '100', phases: '3' };
  const crossing = (first: Shape, second: Shape): string[] => duelOf(first, second).zones.map(({ from, verdict }) => `${toFraction(from)} ${verdict}`);
  it('G and M, 60 kW', () => {
    // 236,136 + 0,12388 x = 1 094,52 + 0,06292 x : x = 858,384 ÷ 0,06096 = 1788300/127
    const power = data({ puissance_maximale_appelee: '60', phases: '3' });
    const duel = duelOf(book({ rate: 'G', data: power }), book({ rate: 'M', data: power }));
    expect(duel.crossings.map(({ x, bill }) => [toFraction(x), bill && toFraction(bill)])).toEqual([['1788300/127', '62880969/31750']]);
    expect(crossing(book({ rate: 'G', data: power }), book({ rate: 'M', data: power }))).toEqual(['0 first', '1788300/127 second']);
  });
  it('M and G9, 100 kW', () => {
    // 1 824,2 + 0,06292 x = 529,2 + 0,12611 x : x = 1 295 ÷ 0,06319 = 129500000/6319
    const { plus_grand_appel_reel: _, ...forM } = customer;
    expect(crossing(book({ rate: 'M', data: data(forM) }), book({ rate: 'G9', data: data(customer) }))).toEqual(['0 second', '129500000/6319 first']);
  });
});

describe('bills that fall', () => {
  it('a jump and a slope, each with its place, article and amount', () => {
    const shape = made({ rate: 'CHUTE' });
    expect(told(shape)).toEqual(['0: 0 + 1/10 x', '1000: 0 + 2/25 x', '2000: 180 + -1/100 x']);
    expect(shape.falls.map((fall) => (fall.kind === 'jump' ? [toFraction(fall.x), toFraction(fall.by), fall.causes.map(({ article }) => article)] : [toFraction(fall.from), fall.to && toFraction(fall.to), toFraction(fall.slope), fall.lines.map(({ article }) => article)])))
      .toEqual([['1000', '20', ['2.1']], ['2000', undefined, '-1/100', ['2.2']]]);
    expect(provenRising(shape)).toBe(false);
    // Up to 1 000 kWh, that point with it, nothing falls.
    expect(provenRising(made({ rate: 'CHUTE', to: fromInteger(1000) }))).toBe(true);
  });
  it('proven not to, for D and for G', () => {
    for (const rate of ['D', 'G']) expect(provenRising(book({ rate, data: rate === 'G' ? data({ puissance_maximale_appelee: '60', phases: '3' }) : new Map() }))).toBe(true);
  });
});

describe('what is not a + b·x', () => {
  it('roundings are steps, each at its place', () => {
    // entier: jumps of 10 $ at 100, 200 ; arrondi to 40: jumps of 0,4 $ at 20, 60, 100, 140, 180, 220
    const shape = made({ rate: 'PAS', to: fromInteger(230) });
    expect(shape.breaks.map(({ x, before, at, after }) => [x, before, at, after].map((each) => each && toFraction(each)))).toEqual([
      ['20', '0', '2/5', '2/5'], ['60', '2/5', '4/5', '4/5'], ['100', '4/5', '56/5', '56/5'], ['140', '56/5', '58/5', '58/5'], ['180', '58/5', '12', '12'], ['200', '12', '22', '22'], ['220', '22', '112/5', '112/5'],
    ]);
    expect(shape.breaks[0]?.causes.map(({ kind }) => kind)).toEqual(['rounding']);
  });
  it('a step without end is cut off, and said to be', () => {
    expect(made({ rate: 'PAS' }).stopped?.why).toBe('many');
  });
  it('a product is a curve; where no fraction says that it passes a limit, the shape stops with the article', () => {
    const shape = made({ rate: 'CARRE', to: fromInteger(130) });
    expect(told(shape)).toEqual(['0: 0 + 1/10 x', '100: curve']);
    // x² = 20 000 at 141,42…
    const stopped = made({ rate: 'CARRE' }).stopped;
    expect(stopped && stopped.why !== 'many' && [toFraction(stopped.at), stopped.why.places.map(({ article }) => article)]).toEqual(['100', ['4.1']]);
  });
  it('at a fixed load factor, or by power, a quotient of the two is decided exactly', () => {
    // 50 % of 720 h: 3 600 kWh are 10 kW
    expect(told(made({ rate: 'FUSION', data: data({ puissance_maximale_appelee: '10' }) }))).toEqual(['0: 20 + 1/10 x', '3600: 20 + 3/50 x']);
    expect(told(made({ rate: 'FUSION', quantity: 'puissance_maximale_appelee', from: fromInteger(1), data: data({ energie: '3600' }) }))).toEqual(['1: 216 + 2 x', '10: 360 + 2 x']);
    // 2 $ over 720 h × 40 % : 1/144 $ more a kWh
    expect(told(made({ rate: 'FUSION', from: fromInteger(1), loadFactor: decimal('0.4') }))).toEqual(['1: 0 + 77/720 x']);
  });
});

describe('against plain bills', () => {
  const cases: [string, Partial<ShapeAsk> & { rate: string }, number][] = [
    ['D', { rate: 'D' }, 5000], ['DP', { rate: 'DP', data: data({ puissance_maximale_appelee: '61.5', phases: '3' }) }, 5000], ['G', { rate: 'G', data: data({ puissance_maximale_appelee: '63', phases: '3' }) }, 40000],
    ['G at 30 %', { rate: 'G', loadFactor: decimal('0.3'), data: data({ phases: '3' }) }, 40000], ['M by power', { rate: 'M', quantity: 'puissance_maximale_appelee', data: data({ energie: '250000', phases: '3' }) }, 6000],
    ['M at 60 %', { rate: 'M', loadFactor: decimal('0.6'), data: data({ phases: '3' }) }, 900000],
    ['LG by power', { rate: 'LG', quantity: 'puissance_maximale_appelee', data: data({ energie: '3000000', puissance_disponible: '9000' }), links: new Map([['plus_grand_appel_reel', { by: fromInteger(1), of: 'puissance_maximale_appelee' }]]) }, 9000],
    ['GD at 45 %', { rate: 'GD', loadFactor: decimal('0.45'), data: data({ phases: '3', producteur_autonome: true }), links: new Map([['plus_grand_appel_reel', { by: fromInteger(1), of: 'puissance_maximale_appelee' }]]) }, 400000],
    ['BR', { rate: 'BR', data: data({ puissance_maximale_appelee: '60', phases: '3' }) }, 20000], ['Flex D', { rate: 'Flex_D', data: data({ energie_pendant_evenement_de_pointe: '0' }) }, 4000],
    ['H', { rate: 'H', data: data({ puissance_maximale_appelee: '6000', plus_grand_appel_reel: '6000', puissance_souscrite: '5000' }) }, 4000000], ['DN', { rate: 'DN', data: data({ puissance_maximale_appelee: '20' }) }, 4000],
    ['falling', { rate: 'CHUTE' }, 5000], ['by steps', { rate: 'PAS', to: fromInteger(900) }, 900], ['curve', { rate: 'CARRE', to: fromInteger(141) }, 141],
  ];
  it.each(cases)('%s: the formula of each piece is the bill, at any fraction', (_, ask, most) => {
    const shape = (ask.rate in { CHUTE: 1, PAS: 1, CARRE: 1 } ? made : book)(ask);
    // The end of a range has no piece after it.
    fc.assert(fc.property(fc.bigInt(0n, BigInt(most) * 997n - 1n), fc.bigInt(1n, 997n), (n, d) => {
      const x = multiply(ratio(n, 997n), ratio(d, 997n));
      const [point] = shape.pointsAt([x]);
      const known = shape.breaks.find((each) => compare(each.x, x) === 0);
      const piece = shape.pieces.find(({ from, to }) => compare(from, x) <= 0 && (!to || compare(x, to) < 0));
      const expected = known ? known.at : piece?.formula.kind === 'bill' ? valueOf(piece.formula.total, x) : undefined;
      expect(point?.bill && toFraction(point.bill)).toBe(expected && toFraction(expected));
    }), { numRuns: 150 });
  });
});

/** A case with one past period. */
function past(debut: string, fin: string, donnees: Readonly<Record<string, Json>>): Json {
  return { historique: [{ periode: { debut, fin }, donnees }] };
}
