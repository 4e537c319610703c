/** The figures of the book: drawn where the exact crossings are, told in both languages, and changed by the prices that they show and by no other. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Programs } from '../../src/check/program.ts';
import { readEnglish } from '../../src/cli/english.ts';
import { openFigures } from '../../src/cli/figures.ts';
import { loadFolder } from '../../src/cli/load.ts';
import { readTypical } from '../../src/contract/typical.ts';
import { prepare } from '../../src/index.ts';
import { FIGURE_KINDS, type Figure } from '../../src/render/figures/figure.ts';

const tariffs = join(import.meta.dirname, '../../tariffs');

function open(folder: string) {
  const book = loadFolder(folder).books.at(-1);
  if (!book) throw new Error(`no edition in ${folder}`);
  const programs = new Programs(book);
  const figures = openFigures({ book, programs, editions: prepare([{ book, programs }]), english: readEnglish(folder).english });
  if ('wrong' in figures) throw new Error('the typical customers cannot be read');
  return { book, figures, all: (): Figure[] => [...new Map([...figures.shared(), ...[...book.rates.keys(), ...book.options.keys()].flatMap((name) => figures.of(name))].map((figure) => [figure.id, figure])).values()] };
}
const whole = open(tariffs);
const all = whole.all();
const named = (id: string): Figure => { const found = all.find((figure) => figure.id === id); if (!found) throw new Error(`no figure ${id}: ${all.map((each) => each.id).join(' ')}`); return found; };
const plain = (text: string): string => text.replace(/\u00A0/g, ' ');
/** Where the axis of x begins and ends, in pixels. */
function frame(svg: string): { readonly left: number; readonly right: number; readonly foot: number } {
  const [, left, foot, right] = /d="M([\d.]+) ([\d.]+)H([\d.]+)M[^"]*v5/.exec(svg) ?? [];
  return { left: Number(left), right: Number(right), foot: Number(foot) };
}
/** The rings of the crossings. */
const rings = (svg: string): { readonly x: number; readonly y: number }[] => [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)" r="6"/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
/** The height of each curve at a place, in pixels. */
function heightsAt(svg: string, x: number): number[] {
  return [...svg.matchAll(/<path d="(M[^"]+)" stroke="#\w{6}"/g)].map(([, d = '']) => {
    const points = [...d.matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(([, a, b]) => [Number(a), Number(b)] as const);
    const after = points.findIndex(([a]) => a >= x);
    const [[x0, y0], [x1, y1]] = [points[after - 1] ?? [0, 0], points[after] ?? [0, 0]];
    return y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);
  });
}

describe('figures', () => {
  it('are of every kind, for every rate that has a typical customer, with nothing wrong', () => {
    expect(whole.figures.diagnostics()).toEqual([]);
    expect([...new Set(all.map(({ kind }) => kind))].sort()).toEqual([...FIGURE_KINDS].sort());
    const curved = [...whole.book.rates.keys()].filter((name) => whole.figures.of(name).some(({ kind }) => kind === 'facture'));
    expect([...whole.book.rates.keys()].filter((name) => !curved.includes(name))).toEqual(['LD_non_ferme']);
    for (const { id } of all) expect(id).toMatch(/^[\w-]+$/);
  });

  it('say what they show and give their numbers, as each language writes them', () => {
    for (const { id, alt, title, table, svg, articles } of all) {
      for (const lang of ['fr', 'en'] as const) {
        expect(alt[lang].length, id).toBeGreaterThan(20);
        expect(`${alt[lang]} ${title[lang]} ${svg[lang]} ${JSON.stringify(table[lang])}`, id).not.toMatch(/NaN|undefined|\[object|[a-zà-ÿ]_[a-zà-ÿ]/);
        expect(table[lang].rows.length, id).toBeGreaterThan(0);
        for (const row of table[lang].rows) expect(row.length, id).toBe(table[lang].head.length);
      }
      for (const article of articles) expect(whole.book.articles.has(article), `${id}: ${article}`).toBe(true);
    }
    expect(named('facture-D').svg.fr).toContain('>1\u00A0000<');
    expect(named('facture-D').svg.en).toContain('>1,000<');
    expect(named('prix-DP').svg.fr).toContain('>10,5<');
    expect(named('prix-DP').svg.en).toContain('>10.5<');
  });

  it('tell two curves apart by their dash, their mark and their name', () => {
    const { svg } = named('facture-DP');
    expect([...svg.fr.matchAll(/<path d="M[^"]+" stroke="#\w{6}"(?: stroke-dasharray="([^"]+)")?/g)].map(([, dash]) => dash ?? '')).toEqual(['', '7 3']);
    expect(svg.fr).toContain('>juin<');
    expect(svg.en).toContain('>January<');
  });

  it('give bills worked by hand', () => {
    // 13,8462 + 1 200 × 0,07065 = 98,6262 ; + 2 800 × 0,11142 = 410,6022.
    expect(named('facture-D').table.fr.rows.map((row) => row.map(plain))).toEqual(expect.arrayContaining([['1 200 kWh', '98,63 $'], ['4 000 kWh', '410,60 $']]));
    // 410,6022 ÷ 4 000 = 0,10265055.
    expect(named('prix-D').table.en.rows.map((row) => row.map(plain))).toContainEqual(['4,000 kWh', '10.265 ¢/kWh']);
  });
});

describe('crossings', () => {
  // D = 13,8462 + 84,78 + 0,11142 (x − 1 200); DP = 82,536 + 5 × prime + 0,10458 (x − 1 200): they meet at 474070/171 when the prime is 5,369 $, at 237065/57 when it is 7,266 $.
  // M = G9: 80 × (18,242 − 5,292) ÷ (0,12611 − 0,06292). G = M: (1 459,36 − 15,426 − 30 × 22,071) ÷ (0,12388 − 0,06292).
  // G = G9, past 15 090: 15,426 + 662,13 + 15 090 × 0,12388 + 0,09534 (x − 15 090) = 423,36 + 0,12611 x.
  it.each([
    ['croisement-D-DP-facture-juin', 8000, [474070 / 171]],
    ['croisement-D-DP-facture-janvier', 8000, [237065 / 57]],
    ['croisement-G-M-G9-facture', 57600, [(1459.36 - 15.426 - 662.13) / 0.06096, 1036 / 0.06319, (677.556 + 15090 * 0.02854 - 423.36) / 0.03077]],
  ])('%s are where both curves are', (id, to, expected) => {
    for (const kind of ['facture', 'prix']) {
      const svg = named(id.replace('facture', kind)).svg.fr;
      const { left, right } = frame(svg);
      const found = rings(svg);
      expect(found).toHaveLength(expected.length);
      found.forEach(({ x, y }, index) => {
        expect(Math.abs(x - (left + ((expected[index] ?? 0) / to) * (right - left)))).toBeLessThan(0.3);
        expect(heightsAt(svg, x).filter((height) => Math.abs(height - y) < 1).length, `${id} ${kind}`).toBeGreaterThanOrEqual(2);
      });
    }
  });

  it('are told in words, with the bill that both give', () => {
    const [customer = '', cheapest = '', first = ''] = named('croisement-D-DP-facture-juin').says.fr.map(plain);
    expect(customer).toContain('55 kW');
    expect(cheapest).toBe('Le moins cher : D jusqu’à 2 772,3 kWh ; DP au-delà.');
    // 13,8462 + 84,78 + 0,11142 × 1 572,339… = 273,816…
    expect(first).toBe('A : D et DP se croisent à ≈ 2 772,339 kWh (facteur d’utilisation de 7 %), 273,82 $ ; au-delà, DP coûte moins.');
    expect(plain(named('croisement-G-M-G9-facture').says.en[1] ?? '')).toBe('Cheapest: G9 up to 16,395 kWh; M beyond.');
  });
});

describe('hours, seasons and the bank', () => {
  it('take the hours of the checked program, day by day', () => {
    const hours = (id: string): string[] => named(id).table.fr.rows.map(([, said = '']) => plain(said));
    expect(hours('heures-Flex_D-heures_de_pointe')).toEqual(Array.from({ length: 7 }, () => 'de 6 h à 10 h, de 16 h à 20 h'));
    expect(hours('heures-Flex_M-heures_de_pointe')).toEqual([...Array.from({ length: 5 }, () => 'de 6 h à 9 h, de 16 h à 20 h'), 'aucune', 'aucune']);
    expect(hours('heures-H')[0]).toBe('de 6 h à 22 h');
    expect(named('heures-gdp_latitude').articles).toEqual(['6.38']);
  });

  it('give each rate its seasons', () => {
    expect(named('saisons-DP').table.en.rows).toEqual([['DP', 'summer', 'April 1, 2026 to November 30, 2026'], ['DP', 'winter', 'December 1, 2026 to March 31, 2027']]);
    expect(plain(named('saisons').alt.fr)).toContain('période sans chauffage du 1er mai 2026 au 30 septembre 2026');
  });

  it('carry the bank from bill to bill', () => {
    const rows = named('banque-mesurage_net_1').table.fr.rows.map((row) => row.map(plain));
    expect(rows).toHaveLength(24);
    // Surplus: 260, 560, 650, 660, 540, 330; then 10, 420, 790, 810, 610, 200 drawn: 160 are left, and as many more a year later.
    expect(rows.slice(0, 12).map(([, , , bank]) => bank)).toEqual(['260', '820', '1 470', '2 130', '2 670', '3 000', '2 990', '2 570', '1 780', '970', '360', '160'].map((each) => `${each} kWh`));
    // The first year, the fee only: 31 × 0,46154 = 14,30774.
    expect(rows[11]?.[4]).toBe('14,31 $');
    // On 31 March of an even year, 320 kWh are paid at 4,730 ¢: 15,136; 14,30774 − 15,136 = −0,82826.
    expect(rows[22]?.[3]).toBe('520 kWh');
    expect(rows[23]?.slice(3)).toEqual(['0 kWh', '−0,83 $']);
    expect(plain(named('banque-mesurage_net_1').says.fr.at(-1) ?? '')).toBe('Mars 2028 : Solde de la banque de surplus, 15,14 $.');
    expect(named('banque-mesurage_net_1').svg.fr.match(/fill="#b9cfe0"/g)).toHaveLength(25);
  });
});

describe('a change of one price', () => {
  const copy = mkdtempSync(join(tmpdir(), 'bareme-figures-'));
  afterAll(() => { rmSync(copy, { recursive: true, force: true }); });

  it('changes the figures that show it and no other; so does an hour', () => {
    cpSync(tariffs, copy, { recursive: true });
    const edit = (file: string, from: string, to: string): void => {
      const path = join(copy, '2026-04-01', file);
      const text = readFileSync(path, 'utf8');
      expect(text).toContain(from);
      writeFileSync(path, text.replaceAll(from, to));
    };
    edit('02-tarifs-domestiques/03-tarif-dp.tarif', '10,458', '10,459');
    edit('04-tarifs-de-moyenne-puissance/07-tarif-flex-m.tarif', '(de 6\u00A0h à 9\u00A0h ou', '(de 5\u00A0h à 9\u00A0h ou');
    const changed = open(copy).all().filter((figure) => JSON.stringify(figure) !== JSON.stringify(named(figure.id))).map(({ id }) => id).sort();
    expect(changed).toEqual(['croisement-D-DP-facture-janvier', 'croisement-D-DP-facture-juin', 'croisement-D-DP-prix-janvier', 'croisement-D-DP-prix-juin', 'facture-DP', 'heures-Flex_G9-heures_de_pointe', 'heures-Flex_M-heures_de_pointe', 'prix-DP', 'utilisation-DP']);
  });
});

describe('typical customers', () => {
  const read = (json: unknown) => readTypical(typeof json === 'string' ? json : JSON.stringify(json), 'clients-types.json');
  const client = { fr: 'une maison', en: 'a house' };
  it.each([
    ['{', 'position'], [{ version: 2 }, '/version'], [{ version: 1, courbes: { D: { jusqua: '10' } } }, '/courbes/D'], [{ version: 1, courbes: { D: { client, jusqua: '1,5' } } }, '/courbes/D/jusqua'],
    [{ version: 1, courbes: { D: { client, jusqua: '10', energie: 3 } } }, '/courbes/D'], [{ version: 1, croisements: [{ client, tarifs: ['D'], jusqua: '10' }] }, '/croisements/0/tarifs'],
  ])('%j is refused, and says where', (json, where) => {
    const found = read(json);
    expect('diagnostics' in found && found.diagnostics.map(({ code, params }) => [code, 'detail' in params ? String(params.detail) : ''])).toEqual([['texte/clients-types', expect.stringContaining(where)]]);
  });

  it('that give no bill are named, with what is wrong', () => {
    const folder = mkdtempSync(join(tmpdir(), 'bareme-customers-'));
    try {
      cpSync(tariffs, folder, { recursive: true });
      const path = join(folder, '2026-04-01/clients-types.json');
      const json = JSON.parse(readFileSync(path, 'utf8')) as { courbes: Record<string, object> };
      writeFileSync(path, JSON.stringify({ ...json, courbes: { D: { client, jusqua: '10', donnees: { energi: '3' } }, DT: { client, jusqua: '10' }, M: { client, puissance: '80', liens: { phases: '8 %' } } } }));
      const edited = open(folder);
      for (const rate of ['D', 'DT', 'M']) expect(edited.figures.of(rate).filter(({ kind }) => kind === 'facture')).toEqual([]);
      expect(edited.figures.diagnostics().map(({ code }) => code)).toEqual(['livre/client-type', 'cas-json/champ-inconnu', 'livre/client-type', 'cas-json/champ-absent', 'cas-json/champ-absent', 'livre/client-type', 'texte/clients-types']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
