/** `bareme docs` as a process: a site written whole, a PDF, and what it refuses to write over. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCommand, root, type Command } from '../tools/command.ts';

let command: Command;
/** A small book, so that the whole of it is made in a moment. */
const BOOK = `édition « Livre d'essai » en vigueur le 1er avril 2026
  arrondit les lignes à 0,01 $
  taxe TPS 5 %

chapitre 2 « Tarifs »
section 1 « Tarif X »
tarif X « Tarif X »

article 2.1 « Structure du tarif X »
  mesure énergie en kWh
  énergie
     5,250 ¢/kWh  jusqu'à 100 kWh
    10 ¢/kWh      au-delà

  exemple « deux tranches »
    période du 1er juin 2026 au 30 juin 2026
    énergie = 300 kWh
    donne
      total = 25,25 $
`;
const at = (...path: string[]): string => join(command.folder, ...path);
const docs = (...args: string[]) => command.run(['docs', ...args, '--tariffs', at('tarifs')]);

beforeAll(async () => {
  command = await openCommand();
  await build({ entryPoints: [join(root, 'scripts/site/search.mjs')], outfile: at('site-search.js'), bundle: true, format: 'iife', logLevel: 'error' });
  mkdirSync(at('tarifs', '2026-04-01'), { recursive: true });
  writeFileSync(at('tarifs', '2026-04-01', 'edition.tarif'), BOOK);
}, 60_000);
afterAll(() => { command.remove(); });

describe('bareme docs', () => {
  it('writes the site, says where, and leaves nothing else', () => {
    const ran = docs(at('site'));
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    expect(ran.stdout).toContain(at('site', 'index.html'));
    expect(readdirSync(at('site')).sort()).toEqual(['bareme-site.json', 'en', 'fr', 'index.html', 'search.js', 'style.css']);
    const page = readFileSync(at('site', 'fr', '2-1.html'), 'utf8').replace(/<[^>]+>/g, '').replace(/\u00A0/g, ' ');
    // 100 × 5,25 ¢ + 200 × 10 ¢ = 25,25 $
    expect(page).toContain('100 kWh × 5,25 ¢/kWh = 5,25 $');
    expect(page).toContain('200 kWh × 10 ¢/kWh = 20,00 $');
  });

  it('writes the same bytes again, with one thread or two, and takes away pages that are no more', () => {
    const read = (): string[] => (JSON.parse(readFileSync(at('site', 'bareme-site.json'), 'utf8')) as { fichiers: string[] }).fichiers.map((path) => readFileSync(at('site', path), 'utf8'));
    const before = read();
    writeFileSync(at('site', 'fr', '9-9.html'), 'old');
    const manifest = JSON.parse(readFileSync(at('site', 'bareme-site.json'), 'utf8')) as { fichiers: string[] };
    writeFileSync(at('site', 'bareme-site.json'), JSON.stringify({ ...manifest, fichiers: [...manifest.fichiers, 'fr/9-9.html', '../tarifs/2026-04-01/edition.tarif'] }));
    expect(docs(at('site'), '--threads', '2').status).toBe(0);
    expect(read()).toEqual(before);
    expect(existsSync(at('site', 'fr', '9-9.html'))).toBe(false);
    expect(existsSync(at('tarifs', '2026-04-01', 'edition.tarif'))).toBe(true);
  });

  it('does not write over a folder that holds something else', () => {
    mkdirSync(at('autre'));
    writeFileSync(at('autre', 'notes.txt'), 'à moi');
    const ran = docs(at('autre'));
    expect([ran.status, ran.stdout]).toEqual([1, '']);
    expect(ran.stderr).toContain('texte/dossier-occupe');
    expect(readdirSync(at('autre'))).toEqual(['notes.txt']);
  });

  it('writes nothing when the files are wrong, or the edition is none', () => {
    mkdirSync(at('faux'), { recursive: true });
    writeFileSync(at('faux', 'edition.tarif'), BOOK.replace('au-delà', 'au-dela'));
    const ran = command.run(['docs', at('site-faux'), '--tariffs', at('faux')]);
    expect([ran.status, existsSync(at('site-faux'))]).toEqual([1, false]);
    const none = docs(at('site-2020'), '--edition', '2020-01-01');
    expect([none.status, existsSync(at('site-2020'))]).toEqual([1, false]);
    expect(none.stderr).toContain('edition/inconnue');
  });

  it('draws the curves of the typical customers, and writes nothing when one of them gets no bill', () => {
    const path = at('tarifs', '2026-04-01', 'clients-types.json');
    const customers = (customer: object): void => { writeFileSync(path, JSON.stringify({ version: 1, courbes: { X: { client: { fr: 'une maison', en: 'a house' }, ...customer } } })); };
    customers({ jusqua: '300' });
    expect(docs(at('site'), '--threads', '2').status).toBe(0);
    const page = readFileSync(at('site', 'fr', 'curves.html'), 'utf8');
    // 100 × 5,25 ¢ + 200 × 10 ¢ = 25,25 $
    expect(page.replace(/\u00A0/g, ' ')).toContain('Énergie de 0 à 300 kWh ; facture de 0,00 $ à 25,25 $. La courbe change à 100 kWh.');
    expect(readFileSync(at('site', 'fr', '2-1.html'), 'utf8')).toContain('src="figures/facture-X.svg"');
    expect(readFileSync(at('site', 'en', 'figures', 'facture-X.svg'), 'utf8')).toMatch(/^<svg /);
    for (const [customer, code] of [[{ jusqua: '300', donnees: { energi: '3' } }, 'cas-json/champ-inconnu'], [{}, 'texte/clients-types']] as const) {
      customers(customer);
      const ran = docs(at('site-sans-clients'));
      expect([ran.status, ran.stdout, existsSync(at('site-sans-clients'))]).toEqual([1, '', false]);
      expect(ran.stderr).toContain(code);
    }
    rmSync(path);
    expect(docs(at('site')).status).toBe(0);
    expect(existsSync(at('site', 'fr', 'figures', 'facture-X.svg'))).toBe(false);
  });

  it('refuses English words that are no object of words', () => {
    mkdirSync(at('tarifs', '2026-04-01', 'anglais'));
    writeFileSync(at('tarifs', '2026-04-01', 'anglais', 'termes.json'), '{ "énergie": 3 }');
    const ran = docs(at('site'));
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain('texte/traduction');
    writeFileSync(at('tarifs', '2026-04-01', 'anglais', 'termes.json'), '{ "énergie": "energy" }');
    expect(docs(at('site')).status).toBe(0);
    expect(readFileSync(at('site', 'en', '2-1.html'), 'utf8')).toContain('>energy<');
  });

  it('makes a PDF of the book, of one section, and none of a section that is not', () => {
    symlinkSync(join(root, 'node_modules'), at('node_modules'));
    const ran = docs('--pdf', at('livre.pdf'));
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    expect(readFileSync(at('livre.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
    expect(docs('--pdf', at('section.pdf'), '--section', '2.1', '--lang', 'en').status).toBe(0);
    const none = docs('--pdf', at('rien.pdf'), '--section', '2.7');
    expect([none.status, existsSync(at('rien.pdf'))]).toEqual([1, false]);
    expect(none.stderr).toContain('livre/section-inconnue');
  });
});
