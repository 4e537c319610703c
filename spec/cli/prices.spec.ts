/** `bareme docs --prices` and `--cards` as a process: a catalogue and cards written whole, and what is refused without touching anything. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCommand, type Command } from '../tools/command.ts';

let command: Command;
const at = (...path: string[]): string => join(command.folder, ...path);
const BOOK = (date: string, price: string): string => `édition « Livre d'essai » en vigueur le 1er avril ${date}

chapitre 2 « Tarifs »
section 1 « Tarif X »
tarif X « Tarif X »

article 2.1 « Structure du tarif X »
  mesure énergie en kWh
  énergie « Énergie; de base »
    ${price} ¢/kWh  jusqu'à 100 kWh
    10 ¢/kWh      au-delà
`;
const docs = (...args: string[]) => command.run(['docs', ...args, '--tariffs', at('tarifs')]);

beforeAll(async () => {
  command = await openCommand();
  for (const [year, price] of [['2025', '5,1'], ['2026', '5,250']] as const) {
    mkdirSync(at('tarifs', `${year}-04-01`), { recursive: true });
    writeFileSync(at('tarifs', `${year}-04-01`, 'edition.tarif'), BOOK(year, price));
  }
}, 60_000);
afterAll(() => { command.remove(); });

describe('bareme docs --prices', () => {
  it('writes the prices of all editions as JSON', () => {
    const ran = docs('--prices', at('prix.json'));
    expect([ran.status, ran.stderr, ran.stdout]).toEqual([0, '', `${at('prix.json')} écrit : 4 prix.\n`]);
    const { version, editions, prices } = JSON.parse(readFileSync(at('prix.json'), 'utf8')) as { version: number; editions: unknown[]; prices: Record<string, unknown>[] };
    expect([version, editions.length]).toEqual([1, 2]);
    expect(prices.map(({ price, above, up_to, from, to }) => [price, above, up_to, from, to])).toEqual([
      ['5.1', null, '100', '2025-04-01', '2026-04-01'], ['10', '100', null, '2025-04-01', '2026-04-01'], ['5.250', null, '100', '2026-04-01', null], ['10', '100', null, '2026-04-01', null],
    ]);
  });
  it('writes CSV for programs whatever the language of the system, and for Excel in French when asked', () => {
    expect(docs('--prices', at('prix.csv')).status).toBe(0);
    expect(readFileSync(at('prix.csv'), 'utf8').split('\r\n')[1]).toBe('2.1,rate,X,,X,,,énergie,Énergie; de base,Énergie; de base,price,5.1,¢/kWh,¢/kWh,1,,100,kWh,,,,,,,,2025-04-01,2026-04-01');
    expect(docs('--prices', at('excel.csv'), '--lang', 'fr').status).toBe(0);
    expect(readFileSync(at('excel.csv'), 'utf8')).toMatch(/^\uFEFFarticle;scope;.*\r\n2\.1;rate;X;;X;;;énergie;"Énergie; de base";"Énergie; de base";price;5,1;/);
  });
  it('writes one edition when asked, and says as JSON what it wrote', () => {
    const ran = docs('--prices', at('2025.json'), '--edition', '2025-12-31', '--json');
    expect([ran.status, JSON.parse(ran.stdout)]).toEqual([0, { version: 1, catalogue: at('2025.json'), prix: 2 }]);
    expect((JSON.parse(readFileSync(at('2025.json'), 'utf8')) as { editions: { from: string }[] }).editions.map(({ from }) => from)).toEqual(['2025-04-01']);
  });
  it('refuses another ending, or the PDF at the same time: the command is wrong', () => {
    for (const [args, code] of [[['--prices', at('prix.xlsx')], 'commande/valeur'], [['--prices', at('prix')], 'commande/valeur'], [['--prices', at('a.json'), '--pdf', at('a.pdf')], 'commande/options-contraires']] as const) {
      const ran = docs(...args);
      expect([ran.status, ran.stdout, ran.stderr.includes(code)]).toEqual([2, '', true]);
    }
    expect([existsSync(at('prix.xlsx')), existsSync(at('a.json'))]).toEqual([false, false]);
  });
  it('leaves the file as it was when the tariffs are wrong, when there is no such edition, or when it cannot be written', () => {
    writeFileSync(at('garde.json'), 'mine');
    expect(docs('--prices', at('garde.json'), '--edition', '2020-01-01')).toMatchObject({ status: 1, stderr: expect.stringContaining('edition/inconnue') as string });
    mkdirSync(at('faux', '2026-04-01'), { recursive: true });
    writeFileSync(at('faux', '2026-04-01', 'edition.tarif'), BOOK('2026', 'inconnu +'));
    const wrong = command.run(['docs', '--prices', at('garde.json'), '--tariffs', at('faux')]);
    expect([wrong.status, wrong.stdout]).toEqual([1, '']);
    expect(readFileSync(at('garde.json'), 'utf8')).toBe('mine');
    mkdirSync(at('dossier.json'));
    expect(docs('--prices', at('dossier.json'))).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('texte/non-ecrit') as string });
  });
});

describe('bareme docs --cards', () => {
  it('writes a card a rate in each language, again over its own folder, and never over another', () => {
    for (let time = 0; time < 2; time++) {
      const ran = docs('--cards', at('fiches'), '--json');
      expect([ran.status, ran.stderr, (JSON.parse(ran.stdout) as { fichiers: string[] }).fichiers]).toEqual([0, '', ['en/X.html', 'en/index.html', 'fr/X.html', 'fr/index.html', 'style.css']]);
    }
    expect(readFileSync(at('fiches', 'fr', 'X.html'), 'utf8')).toContain('5,250');
    const ran = docs('--cards', at('tarifs'));
    expect([ran.status, ran.stderr.includes('texte/dossier-occupe')]).toEqual([1, true]);
    expect(docs('--cards', at('fiches'), '--prices', at('b.json')).status).toBe(2);
  });
});
