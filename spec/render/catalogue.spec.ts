/** The catalogue of prices: each price of each article once, a change of one price seen in its row and no other, rows as the book prints them. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse as parseCsv } from 'csv-parse/sync';
import { afterAll, describe, expect, it } from 'vitest';
import { readEnglish } from '../../src/cli/english.ts';
import { loadFolder } from '../../src/cli/load.ts';
import { catalogueCsv } from '../../src/cli/prices.ts';
import { catalogueSchema, COLUMN_NAMES, type PriceRow } from '../../src/render/catalogue/columns.ts';
import { catalogueOf } from '../../src/render/catalogue/prices.ts';
import { unitInEnglish } from '../../src/quantity/unit.ts';
import { visit } from '../../src/syntax/visit.ts';

const tariffs = join(import.meta.dirname, '../../tariffs');
const load = (folder: string) => loadFolder(folder, { examples: false }).books;
const { english } = readEnglish(tariffs);
const books = load(tariffs);
const whole = catalogueOf(books, english);
const newest = whole.prices.filter(({ from }) => from === '2026-04-01');
const temporary = mkdtempSync(join(tmpdir(), 'bareme-prices-'));
afterAll(() => { rmSync(temporary, { recursive: true, force: true }); });

describe('the catalogue of prices', () => {
  it('has each price of each article once a place, and nothing else', () => {
    // Questions, conditions, statements about the book's own figures and examples set no price; `0 $` is no amount.
    const silent = new Set(['data', 'condition', 'verify', 'misprint', 'example', 'setAside']);
    const expected: string[] = [];
    for (const block of books.at(-1)?.blocks ?? []) {
      for (const statement of block.statements) {
        if (!silent.has(statement.kind)) visit(statement, (node) => { if (node.kind === 'quantity' && /^[$¢]/.test(node.unit ?? '') && !(node.decimal === '0' && node.unit === '$')) expected.push(`${block.number} ${block.module.kind} ${block.module.name} ${node.decimal} ${node.unit}`); });
      }
    }
    expect(expected.length).toBeGreaterThan(250);
    expect(newest.map(({ article, scope, rate, option, price, unit }) => `${article} ${scope} ${rate ?? option ?? ''} ${price} ${unit}`).sort()).toEqual(expected.sort());
  });

  it('is in the order of the book, with words for everything in both languages', () => {
    expect(newest.findIndex(({ article }) => article === '2.5')).toBeLessThan(newest.findIndex(({ article }) => article === '2.15'));
    for (const row of whole.prices) {
      expect(`${row.component_fr} ${row.component_en} ${row.unit_en}`).not.toMatch(/_|undefined|null|NaN|\[object/);
      for (const name of ['season', 'conditions', 'formula'] as const) expect(row[`${name}_fr`] === null).toBe(row[`${name}_en`] === null);
    }
  });

  it('follows its schema, which refuses what it does not name', () => {
    const check = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(catalogueSchema());
    expect([check(JSON.parse(JSON.stringify(whole))), check.errors]).toEqual([true, null]);
    const [first] = whole.prices;
    for (const wrong of [{ ...first, note: '' }, { ...first, price: 7.065 }, { ...first, price: '7,065' }, { ...first, from: '1er avril 2026' }, { ...first, role: 'prix' }]) expect(check({ ...whole, prices: [wrong] })).toBe(false);
    expect(check({ ...whole, version: 2 })).toBe(false);
  });

  const rows = (article: string, more: Partial<PriceRow> = {}) => newest.filter((row) => row.article === article && Object.entries(more).every(([name, value]) => row[name as keyof PriceRow] === value));
  it('has the prices of rate D as articles 2.5 print them, edition after edition', () => {
    const found = whole.prices.filter(({ article }) => article === '2.5').map(({ from, to, role, price, unit, block, above, up_to, limit_unit }) => [from, to, role, price, unit, block, above, up_to, limit_unit]);
    const edition = (from: string, to: string | null, [fee, first, second]: readonly string[]) => [
      [from, to, 'frais', fee, '¢/jour', null, null, null, null], [from, to, 'énergie', first, '¢/kWh', 1, null, '40', 'kWh/jour'], [from, to, 'énergie', second, '¢/kWh', 2, '40', null, 'kWh/jour'],
    ];
    expect(found).toEqual([
      ...edition('2023-04-01', '2024-04-01', ['43.505', '6.509', '10.041']), ...edition('2024-04-01', '2025-04-01', ['44.810', '6.704', '10.342']),
      ...edition('2025-04-01', '2026-04-01', ['46.154', '6.905', '10.652']), ...edition('2026-04-01', null, ['46.154', '7.065', '11.142']),
    ]);
  });
  it('has seasons, phases, voltages, models and formulas in words', () => {
    expect(rows('2.15', { role: 'prime' }).map(({ price, season_fr, season_en }) => [price, season_fr, season_en])).toEqual([['5.369', 'en été', 'in summer'], ['7.266', 'en hiver', 'in winter']]);
    expect(rows('2.15', { role: 'minimum' }).map(({ price, conditions_fr }) => [price, conditions_fr])).toEqual([['13.833', 'si phases = 1'], ['20.750', 'si phases = 3']]);
    expect(rows('12.2').map(({ price, unit_en, conditions_en }) => `${price} ${unit_en} ${conditions_en ?? ''}`)).toContain('1.1427 $/kW/month depending on voltage, from 15 kV');
    expect(rows('12.2')[0]).toMatchObject({ price: '0', scope: 'common', rate: null, option: null });
    expect(rows('11.10', { price: '38.849' })).toMatchObject([{ role: 'table', component_fr: 'tarif du luminaire', conditions_fr: 'modèle de luminaire : sodium 22 000', unit: '$/luminaire/mois' }]);
    expect(rows('6.25', { price: '17.897' })).toMatchObject([{ option: 'gdp_engagement', paragraph: 'ii)', conditions_fr: 'dans les autres cas', formula_fr: 'somme des dépassements × 4,474 $/kW mais au plus puissance interruptible effective × 17,897 $/kW' }]);
    expect(rows('3.5', { price: '15.426', role: 'majoration' })).toMatchObject([{ home: '3.2', component_fr: 'Majoration de courte durée des frais' }, { home: '3.2' }]);
  });
  it('tells what is compared with from what is billed', () => {
    expect(newest.filter(({ part }) => part === 'threshold').map(({ article, price, unit }) => [article, price, unit])).toEqual([['2.64', '1.000', '¢']]);
  });
  it('says a limit that is a formula in words', () => {
    expect(rows('2.23', { role: 'énergie' }).map(({ block, above, up_to, conditions_fr }) => [block, above, up_to, conditions_fr])).toEqual([
      [1, null, null, "jusqu'à 40 kWh/jour (l'article 2.5) × multiplicateur"], [2, null, null, 'au-delà de 40 kWh/jour (l\'article 2.5) × multiplicateur'],
    ]);
  });
  it('keeps the units of the book apart in English: a price for each hour of demand is none of energy', () => {
    expect(['$/kW/h', '¢/kWh', '$/kW/mois', '¢/jour', '$/baril', '$'].map(unitInEnglish)).toEqual(['$/kW/h', '¢/kWh', '$/kW/month', '¢/day', '$/barrel', '$']);
  });
});

describe('a change of one price', () => {
  it.each([['02-tarifs-domestiques', '5,369', '5,370', '2.15'], ['12-dispositions-complementaires', '1,1427', '1,1428', '12.2'], ['11-eclairage-public-et-sentinelle', '28,151', '28,152', '11.10']])('in %s, %s → %s, changes its row and no other', (folder, from, to, article) => {
    const copy = mkdtempSync(join(temporary, 'copy-'));
    cpSync(tariffs, copy, { recursive: true });
    const within = join(copy, '2026-04-01', folder);
    const file = readdirSync(within).map((name) => join(within, name)).find((path) => readFileSync(path, 'utf8').includes(from)) ?? '';
    writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
    const after = catalogueOf(load(copy), english).prices;
    const shown = (row: PriceRow | undefined): string => JSON.stringify(row);
    const changed = whole.prices.flatMap((row, index) => (shown(row) === shown(after[index]) ? [] : [[row, after[index]]]));
    expect(after.length).toBe(whole.prices.length);
    expect(changed.map(([was, now]) => [was?.article, was?.price, now?.price])).toEqual([[article, from.replace(',', '.'), to.replace(',', '.')]]);
    expect(changed.map(([was, now]) => shown(was ? { ...was, price: now?.price ?? '' } : undefined) === shown(now))).toEqual([true]);
  }, 60_000);
});

describe('editions', () => {
  const edition = (date: string, title: string, header: string, blocks: string): void => {
    mkdirSync(join(temporary, 'editions', date), { recursive: true });
    writeFileSync(join(temporary, 'editions', date, 'edition.tarif'), `édition « ${title} » en vigueur le ${header}\n\n${blocks}`);
  };
  it('an edition of some rates keeps the others as they were; what is read from a later one was no price of the day', () => {
    const rate = (name: string, article: string, price: string): string => `tarif ${name} « Tarif ${name} »\n\narticle ${article} « Structure »\n  frais ${price}\n\n`;
    edition('2025-04-01', 'A', '1er avril 2025 modifie l\'édition du 1er avril 2026 pour X', `chapitre 2 « Tarifs »\nsection 1 « X »\n${rate('X', '2.1', '1 $/jour')}`);
    edition('2026-04-01', 'B', '1er avril 2026', `chapitre 2 « Tarifs »\nsection 1 « X »\n${rate('X', '2.1', '2 $/jour')}article 2.2 « Autres frais »\n  frais « Autres » 3 $/jour\n\n${rate('Y', '2.3', '4 $/jour')}dispositions communes\n\narticle 2.4 « Commun »\n  crédit_commun = 6 $/jour\n`);
    edition('2027-04-01', 'C', '1er avril 2027 modifie l\'édition du 1er avril 2026 pour X', `chapitre 2 « Tarifs »\nsection 1 « X »\n${rate('X', '2.1', '5 $/jour')}`);
    const found = catalogueOf(load(join(temporary, 'editions')), english).prices.map(({ from, to, article, price }) => [from, to, article, price]);
    expect(found).toEqual([
      ['2025-04-01', '2026-04-01', '2.1', '1'],
      ['2026-04-01', '2027-04-01', '2.1', '2'], ['2026-04-01', '2027-04-01', '2.2', '3'], ['2026-04-01', null, '2.3', '4'], ['2026-04-01', null, '2.4', '6'],
      ['2027-04-01', null, '2.1', '5'], ['2027-04-01', null, '2.2', '3'], ['2027-04-01', null, '2.4', '6'],
    ]);
  });
});

describe('the catalogue as CSV', () => {
  it('gives back the same rows to programs', () => {
    const text = catalogueCsv(whole, false);
    expect(text.startsWith('article,scope,')).toBe(true);
    const read = parseCsv(text, { columns: true }) as Record<string, string>[];
    expect(read).toEqual(whole.prices.map((row) => Object.fromEntries(COLUMN_NAMES.map((name) => { const value = row[name]; return [name, value === null ? '' : typeof value === 'object' ? value.join(' ') : String(value)]; }))));
  });
  it('opens in Excel in French: a mark, semicolons, decimal commas, in numbers only', () => {
    const text = catalogueCsv(whole, true);
    expect(text.startsWith('\uFEFFarticle;scope;')).toBe(true);
    const read = parseCsv(text, { columns: true, delimiter: ';', bom: true }) as Record<string, string>[];
    expect(read.filter(({ article, price }) => article === '2.5' && price === '7,065')).toHaveLength(1);
    expect(read.map(({ price }) => price)).toEqual(whole.prices.map(({ price }) => price.replace('.', ',')));
  });
});
