/** `bareme format`: writes tariff files as the book would print them. What cannot be read is left as it is. */
import { realpathSync } from 'node:fs';
import type { Command } from 'commander';
import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { inOrder, toJson } from '../../diagnostics/print.ts';
import { common, complain, defaultTariffs, fail, langOf, print, printJson, type Common } from '../context.ts';
import { say } from '../language.ts';
import { tarifFiles } from '../../disk/editions.ts';
import { isFolder, readTarifText } from '../load.ts';
import { shownPath } from '../paths.ts';
import { refuse, withExamples } from '../program.ts';
import { startProgress } from '../progress.ts';
import { replaceFile } from '../replace.ts';

interface Options extends Common { readonly check?: boolean }
/** What became of a file; `à faire`: it is not formatted, and only looked at. */
type State = 'mis en forme' | 'inchangé' | 'à faire' | 'refusé';

export function addFormat(program: Command): void {
  withExamples(common(program.command('format').argument(say('[fichiers...]', '[files...]'), say("dossiers ou fichiers .tarif ; « - » lit l'entrée et écrit la sortie", 'folders or .tarif files; “-” reads the input and writes the output'))
    .description(say('met en forme les fichiers de tarifs : retraits, colonnes, signes', 'formats the tariff files: indentation, columns, signs'))
    .option('--check', say("n'écrit rien ; donne les fichiers qui ne sont pas mis en forme", 'writes nothing; lists the files that are not formatted'))),
  'bareme format', 'bareme format tariffs/2026-04-01/02-tarifs-domestiques', 'bareme format --check', 'bareme format - < brouillon.tarif')
    .action(async (paths: string[], options: Options, command: Command) => {
      if (paths.includes('-')) {
        if (paths.length > 1) refuse(command, diagnostic('commande/argument-en-trop', { found: paths.find((path) => path !== '-') ?? '-', most: 1 }));
        await formatInput(options);
      } else await formatFiles(paths.length > 0 ? paths : [options.tariffs ?? defaultTariffs()], options);
    });
}

/** Standard input → standard output; nothing comes out of a text that cannot be read. */
async function formatInput(options: Options): Promise<void> {
  const { formatTarif } = await import('../../format/format.ts');
  const diagnostics: Diagnostic[] = [];
  const read = readTarifText('-', diagnostics);
  const result = read && await formatTarif(read.file);
  if (result && 'diagnostics' in result) diagnostics.push(...result.diagnostics);
  const text = result && 'text' in result ? result.text : undefined;
  const state: State = text === undefined ? 'refusé' : isWritten(read?.bytes, text) ? 'inchangé' : options.check ? 'à faire' : 'mis en forme';
  if (state === 'refusé' || state === 'à faire') fail();
  if (options.json) printJson({ version: 1, fichiers: [{ fichier: '-', etat: state }], ...(text === undefined || options.check ? {} : { texte: text }), diagnostics: toList(diagnostics, options) });
  else if (text === undefined) complain(diagnostics, options);
  else if (!options.check) process.stdout.write(text);
  else if (state === 'à faire') print('-');
}

async function formatFiles(paths: readonly string[], options: Options): Promise<void> {
  const { formatTarif } = await import('../../format/format.ts');
  const diagnostics: Diagnostic[] = [];
  const states: { readonly path: string; readonly state: State }[] = [];
  const files = filesOf(paths, diagnostics);
  const progress = startProgress(say('Mise en forme', 'Formatting'), files.length);
  try {
    for (const path of files) {
      states.push({ path, state: await formatFile(path) });
      progress.tick();
    }
  } finally {
    progress.stop();
  }
  if (diagnostics.length > 0 || states.some(({ state }) => state === 'à faire')) fail();
  report(states, diagnostics, options);

  async function formatFile(path: string): Promise<State> {
    const read = readTarifText(path, diagnostics);
    if (!read) return 'refusé';
    const result = await formatTarif(read.file);
    if ('diagnostics' in result) { diagnostics.push(...result.diagnostics); return 'refusé'; }
    if (isWritten(read.bytes, result.text)) return 'inchangé';
    if (options.check) return 'à faire';
    const wrong = replaceFile(path, result.text);
    if (wrong) diagnostics.push(wrong);
    return wrong ? 'refusé' : 'mis en forme';
  }
}

/** The files that the paths name, each once. */
function filesOf(paths: readonly string[], diagnostics: Diagnostic[]): string[] {
  const found = new Map<string, string>();
  for (const path of paths) {
    const files = isFolder(path) ? tarifFiles(path) : [path];
    if (files.length === 0) diagnostics.push(diagnostic('texte/introuvable', { path }));
    for (const file of files) { const real = realOf(file); if (!found.has(real)) found.set(real, file); }
  }
  return [...found.values()];
}
const realOf = (path: string): string => { try { return realpathSync(path); } catch { return path; } };

const isWritten = (bytes: Uint8Array | undefined, text: string): boolean => bytes !== undefined && Buffer.from(text).equals(bytes);
const toList = (diagnostics: readonly Diagnostic[], options: Options): object[] => inOrder(diagnostics).map((item) => toJson(item, langOf(options)));

function report(states: readonly { readonly path: string; readonly state: State }[], diagnostics: readonly Diagnostic[], options: Options): void {
  if (options.json) {
    printJson({ version: 1, fichiers: states.map(({ path, state }) => ({ fichier: shownPath(path), etat: state })), diagnostics: toList(diagnostics, options) });
    return;
  }
  complain(diagnostics, options);
  for (const { path, state } of states) if (state === 'à faire' || state === 'mis en forme') print(shownPath(path));
  const count = (wanted: State): number => states.filter(({ state }) => state === wanted).length;
  const [done, waiting, same, refused] = [count('mis en forme'), count('à faire'), count('inchangé'), count('refusé')];
  process.stderr.write(options.check
    ? say(`${waiting} fichier(s) à mettre en forme, ${same} en forme, ${refused} refusé(s).\n`, `${waiting} file(s) to format, ${same} formatted, ${refused} refused.\n`)
    : say(`${done} fichier(s) mis en forme, ${same} qui l'étaient déjà, ${refused} refusé(s).\n`, `${done} file(s) formatted, ${same} that were already, ${refused} refused.\n`));
}
