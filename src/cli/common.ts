/** What every command shares and costs nothing to start: its common options, where results and complaints go. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Option, type Command } from 'commander';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { inOrder, toJson, toText } from '../diagnostics/print.ts';
import type { Lang } from '../quantity/format.ts';
import { langFrom, LANGS, say } from './language.ts';

/** The options of every command. */
export interface Common { readonly lang?: string; readonly json?: boolean; readonly tariffs?: string }

/** Gives a command the options that every command has. */
export const common = (command: Command): Command => command
  .addOption(new Option(say('--lang <langue>', '--lang <language>'), say('langue des messages', 'language of the messages')).choices(LANGS))
  .option('--json', say('résultat en JSON, pour un programme', 'result as JSON, for a program'))
  .option(say('--tariffs <dossier>', '--tariffs <folder>'), say('dossier des éditions', 'folder of the editions'));

/** Results go to stdout; everything else to stderr. */
export const print = (text: string): void => { process.stdout.write(`${text}\n`); };
export const printJson = (value: object): void => print(JSON.stringify(value, null, 2));

/** The files or the case are wrong: the command will exit with 1. */
export const fail = (): void => { process.exitCode = 1; };

/** French unless the environment or the user says English. */
export const langOf = (options: Common): Lang => langFrom(options.lang, process.env);

/** The tariffs shipped with the command: beside its sources, or beside its bundle. */
export function defaultTariffs(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  return [join(here, '../tariffs'), join(here, '../../tariffs'), 'tariffs'].find((path) => existsSync(path)) ?? 'tariffs';
}

/** Says what is wrong: on stderr for people, on stdout as JSON for programs. */
export function complain(items: readonly Diagnostic[], options: Common): void {
  const lang = langOf(options);
  const list = inOrder(items);
  if (options.json) printJson({ version: 1, diagnostics: list.map((item) => toJson(item, lang)) });
  else for (const item of list) process.stderr.write(`${toText(item, lang)}\n`);
}

/** What stdin said, if it was read already: by this command, before it started over from the files (`quick.ts`). */
const STDIN = Symbol.for('bareme.stdin');
const said = globalThis as { [STDIN]?: string };

/** The text of a file, or of stdin for `-`; undefined when it cannot be read. */
export function readText(path: string): string | undefined {
  try {
    return path === '-' ? (said[STDIN] ??= readFileSync(0, 'utf8')) : readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
