/** `bareme docs`: the rate book from the tariff files, as a site, as a PDF, as a catalogue of prices. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { Programs } from '../../check/program.ts';
import type { Book } from '../../check/book.ts';
import { formatIsoDate, parseIsoDate } from '../../calendar/day.ts';
import { diagnostic, isError, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { prepare } from '../../index.ts';
import { common, complain, defaultTariffs, fail, langOf, print, printJson, type Common } from '../context.ts';
import { readEnglish } from '../english.ts';
import { say } from '../language.ts';
import { checkAll, loadFolder } from '../load.ts';
import { NotWritten, openDrafts } from '../output.ts';
import { withExamples } from '../program.ts';
import { startProgress } from '../progress.ts';
import { sharedWork, startCrew, threadCount } from '../threads.ts';

interface DocsOptions extends Common { readonly edition?: string; readonly pdf?: string; readonly section?: string; readonly prices?: string; readonly cards?: string; readonly threads?: string }
type Files = [string, string][];

/** What a folder that holds a site has: the list of its files, so that those that are no more are taken away, and that nothing else is. */
const MANIFEST = 'bareme-site.json';
/** The same for a folder of cards: neither is written over the other. */
const CARDS_MANIFEST = 'bareme-cards.json';

export function addDocs(program: Command): void {
  withExamples(common(program.command('docs').argument(say('[dossier]', '[folder]'), say('dossier du site', 'folder of the site'), 'site')
    .description(say('fait le livre des tarifs : un site en français et en anglais, un PDF, ou le catalogue des prix', 'makes the rate book: a site in French and in English, a PDF, or the catalogue of prices'))
    .option(say('--edition <date>', '--edition <date>'), say("l'édition en vigueur ce jour-là (la plus récente, sinon)", 'the edition in force on that day (the newest, otherwise)'))
    .option(say('--pdf <fichier>', '--pdf <file>'), say('le PDF du livre, dans la langue des messages, plutôt que le site', 'the PDF of the book, in the language of the messages, rather than the site'))
    .option(say('--section <numéro>', '--section <number>'), say("dans le PDF, un chapitre (« 2 ») ou une section (« 2.3 ») seulement", 'in the PDF, one chapter (“2”) or one section (“2.3”) only'))
    .addOption(new Option(say('--prices <fichier>', '--prices <file>'), say('le catalogue de tous les prix, de toutes les éditions, plutôt que le site : .json, ou .csv (pour programmes ; pour Excel en français avec --lang fr)', 'the catalogue of all prices, of all editions, rather than the site: .json, or .csv (for programs; for Excel in French with --lang fr)')).argParser(cataloguePath).conflicts(['pdf', 'section']))
    .addOption(new Option(say('--cards <dossier>', '--cards <folder>'), say('les fiches des tarifs, une page par tarif, en français et en anglais, plutôt que le site', 'the rate cards, a page a rate, in French and in English, rather than the site')).conflicts(['pdf', 'section', 'prices']))
    .addOption(new Option(say('--threads <nombre>', '--threads <count>'), say("fils d'exécution (autant que de processeurs, sinon)", 'threads (as many as there are processors, otherwise)')).choices(['1', '2', '3', '4', '5', '6', '7', '8']))),
  'bareme docs site', 'bareme docs --pdf tarifs.pdf', 'bareme docs --pdf tarif-dp.pdf --section 2.3', 'bareme docs --pdf rates.pdf --lang en', 'bareme docs --prices prix.json', 'bareme docs --prices prix.csv --edition 2026-04-01', say('bareme docs --cards fiches', 'bareme docs --cards cards'))
    .action(async (folder: string, options: DocsOptions) => {
      if (options.prices !== undefined) { await makeCatalogue(options.prices, options); return; }
      if (options.cards !== undefined) { await makeCards(options.cards, options); return; }
      const { openSite, searchScript, takeSections } = await import('../site.ts');
      const { openFigures } = await import('../figures.ts');
      const root = options.tariffs ?? defaultTariffs();
      const work = sharedWork();
      const script = options.pdf === undefined ? searchScript() : '';
      const { english, diagnostics: untranslated } = readEnglish(root);
      if (work) {
        const found = openBook(root, options, false);
        const figures = 'book' in found ? openFigures({ ...found, english }) : undefined;
        // What is wrong is said by the main thread.
        work.give('book' in found && figures && 'of' in figures && script !== undefined ? takeSections(openSite({ ...found, english, figures, script }), work.counter(), () => undefined) : []);
        return;
      }
      if (script === undefined) { complain([diagnostic('texte/introuvable', { path: 'dist/site-search.js' })], options); fail(); return; }
      if (untranslated.length > 0) { complain(untranslated, options); fail(); return; }
      if (options.pdf !== undefined) {
        const { writePdf } = await import('../pdf.ts');
        const found = openBook(root, options, true);
        if (!('book' in found)) { complain(found.diagnostics, options); fail(); return; }
        const wrong = await writePdf(found.book, options.pdf, options.section, english, langOf(options));
        if (wrong) { complain([wrong], options); fail(); return; }
        if (options.json) printJson({ version: 1, pdf: options.pdf }); else print(say(`${options.pdf} écrit.`, `${options.pdf} written.`));
        return;
      }
      const occupied = occupiedBy(folder);
      if (occupied) { complain([occupied], options); fail(); return; }
      const crew = startCrew<Files>(threadCount(options.threads) - 1);
      try {
        const found = openBook(root, options, true);
        if (!('book' in found)) { complain(found.diagnostics, options); fail(); return; }
        const figures = openFigures({ ...found, english });
        if ('wrong' in figures) { complain(figures.wrong, options); fail(); return; }
        const site = openSite({ ...found, english, figures, script });
        const progress = startProgress(say('Sections', 'Sections'), site.sections);
        let told = 0;
        const tick = (): void => { const now = crew.counter().finished(); progress.tick(now - told); told = now; };
        const mine = takeSections(site, crew.counter(), tick);
        const files = new Map<string, string>([...site.rest(), ...[mine, ...await crew.gather()].flat()]);
        progress.stop();
        if (figures.diagnostics().length > 0) { complain(figures.diagnostics(), options); fail(); return; }
        writeSite(folder, files, found.book);
        const untold = withoutEnglish(files);
        if (options.json) printJson({ version: 1, dossier: folder, edition: formatIsoDate(found.book.edition.date), fichiers: [...files.keys()].sort(), sans_anglais: untold });
        else print(say(`${files.size} fichiers dans ${folder} ; ouvrir ${join(folder, 'index.html')}.`, `${files.size} files in ${folder}; open ${join(folder, 'index.html')}.`) + (untold.length === 0 ? '' : say(`\n${untold.length} mots ou textes sans anglais, laissés en français : ${short(untold)}`, `\n${untold.length} words or texts without English, left in French: ${short(untold)}`)));
      } catch (error) {
        if (!(error instanceof NotWritten)) throw error;
        complain([error.diagnostic], options);
        fail();
      } finally {
        await crew.stop();
      }
    });
}

/** `.json` or `.csv`: the form of a catalogue is the ending of its file. */
function cataloguePath(path: string): string {
  if (/\.(?:json|csv)$/i.test(path)) return path;
  throw new InvalidArgumentError(say('son nom doit finir par .json ou .csv.', 'its name must end in .json or .csv.'));
}

async function makeCatalogue(path: string, options: DocsOptions): Promise<void> {
  const root = options.tariffs ?? defaultTariffs();
  const { english, diagnostics: untranslated } = readEnglish(root);
  const { checked, diagnostics } = checkAll(loadFolder(root));
  const wrong = [...untranslated, ...diagnostics].filter(isError);
  if (wrong.length > 0) { complain(wrong, options); fail(); return; }
  const chosen = options.edition === undefined ? undefined : inForce(checked, options.edition);
  if (options.edition !== undefined && chosen === undefined) { complain([diagnostic('edition/inconnue', { date: options.edition })], options); fail(); return; }
  const { writeCatalogue } = await import('../prices.ts');
  const outcome = writeCatalogue(path, checked.map(({ book }) => book), chosen?.book, english, options.lang === 'fr');
  if ('diagnostic' in outcome) { complain([outcome.diagnostic], options); fail(); return; }
  if (options.json) printJson({ version: 1, catalogue: path, prix: outcome.prices });
  else print(say(`${path} écrit : ${outcome.prices} prix.`, `${path} written: ${outcome.prices} prices.`));
}

async function makeCards(folder: string, options: DocsOptions): Promise<void> {
  const { english, diagnostics: untranslated } = readEnglish(options.tariffs ?? defaultTariffs());
  if (untranslated.length > 0) { complain(untranslated, options); fail(); return; }
  const occupied = occupiedBy(folder, CARDS_MANIFEST);
  if (occupied) { complain([occupied], options); fail(); return; }
  const found = openBook(options.tariffs ?? defaultTariffs(), options, true);
  if (!('book' in found)) { complain(found.diagnostics, options); fail(); return; }
  const { cardsOf } = await import('../../render/cards/cards.ts');
  const { workedExamples } = await import('../../render/book/worked.ts');
  const { openFigures } = await import('../figures.ts');
  const figures = openFigures({ ...found, english });
  if ('wrong' in figures) { complain(figures.wrong, options); fail(); return; }
  const files = cardsOf({ book: found.book, books: found.books, english, figures, work: (block) => workedExamples(block, found.programs, found.editions) });
  if (figures.diagnostics().length > 0) { complain(figures.diagnostics(), options); fail(); return; }
  try {
    writeSite(folder, files, found.book, CARDS_MANIFEST);
  } catch (error) {
    if (!(error instanceof NotWritten)) throw error;
    complain([error.diagnostic], options); fail(); return;
  }
  const open = join(folder, langOf(options), 'index.html');
  if (options.json) printJson({ version: 1, dossier: folder, edition: formatIsoDate(found.book.edition.date), fichiers: [...files.keys()].sort() });
  else print(say(`${found.book.rates.size} fiches dans ${folder} ; ouvrir ${open}.`, `${found.book.rates.size} cards in ${folder}; open ${open}.`));
}

/** What the English pages show in French, for want of a translation. */
function withoutEnglish(files: ReadonlyMap<string, string>): string[] {
  const found = new Set<string>();
  for (const [path, page] of files) if (path.startsWith('en/')) for (const [, said = ''] of page.matchAll(/<(?:a|span)[^>]* class="(?:term )?foreign"[^>]*>([^<]*)</g)) found.add(said);
  return [...found].sort();
}
const short = (list: readonly string[]): string => `${list.slice(0, 5).map((each) => `« ${each.length > 40 ? `${each.slice(0, 40)}…` : each} »`).join(', ')}${list.length > 5 ? '…' : ''}`;

type Found = { readonly book: Book; readonly books: readonly Book[]; readonly programs: Programs; readonly editions: ReturnType<typeof prepare> } | { readonly diagnostics: readonly Diagnostic[] };
/** The edition asked for, with those beside it, which its examples may straddle; checked unless another thread does. */
function openBook(root: string, options: DocsOptions, check: boolean): Found {
  const loaded = loadFolder(root);
  const { checked, diagnostics } = check ? checkAll(loaded) : { checked: loaded.books.map((book) => ({ book, programs: new Programs(book) })), diagnostics: loaded.diagnostics };
  if (diagnostics.some(isError)) return { diagnostics: diagnostics.filter(isError) };
  const chosen = options.edition === undefined ? checked.at(-1) : inForce(checked, options.edition);
  return chosen ? { book: chosen.book, books: checked.map(({ book }) => book), programs: chosen.programs, editions: prepare(checked) } : { diagnostics: [diagnostic('edition/inconnue', { date: options.edition ?? '' })] };
}

/** The edition in force on a day; none when the day is before them all, or no date. */
function inForce<T extends { readonly book: Book }>(checked: readonly T[], date: string): T | undefined {
  const day = parseIsoDate(date);
  return checked.filter(({ book }) => day !== undefined && book.edition.date <= day).at(-1);
}

/** A folder that holds something else is not written over. */
function occupiedBy(folder: string, manifest = MANIFEST): Diagnostic | undefined {
  if (!existsSync(folder)) return undefined;
  try {
    return readdirSync(folder).length === 0 || existsSync(join(folder, manifest)) ? undefined : diagnostic('texte/dossier-occupe', { path: folder });
  } catch {
    return diagnostic('texte/dossier-occupe', { path: folder });
  }
}

function writeSite(folder: string, files: ReadonlyMap<string, string>, { edition }: Book, manifest = MANIFEST): void {
  const before = filesOf(folder, manifest);
  const drafts = openDrafts();
  try {
    for (const [path, text] of files) drafts.open(join(folder, path)).write(text);
    drafts.open(join(folder, manifest)).write(`${JSON.stringify({ version: 1, edition: formatIsoDate(edition.date), fichiers: [...files.keys()].sort() }, null, 2)}\n`);
    drafts.keep();
  } catch (error) {
    drafts.drop();
    throw error;
  }
  for (const path of before) if (!files.has(path)) rmSync(join(folder, path), { force: true });
}

/** The files that the site had, by its own list; a path that leads out of the folder is none of ours. */
function filesOf(folder: string, manifest: string): string[] {
  try {
    const { fichiers } = JSON.parse(readFileSync(join(folder, manifest), 'utf8')) as { fichiers?: unknown };
    return Array.isArray(fichiers) ? fichiers.filter((path): path is string => typeof path === 'string' && /^[\w-]+(?:\/[\w-]+)*\.\w+$/.test(path)) : [];
  } catch {
    return [];
  }
}
