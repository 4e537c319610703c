/**
 * What may be typed next on the command line. The commands and options are those that commander parses with: nothing is listed twice.
 * The answer is what the completion script of each shell reads: a line a candidate, its description after a tab, and a directive.
 */
import type { Argument, Command, Option } from 'commander';

/** What the shell itself must complete, besides the candidates. */
export type Files = 'folders' | { readonly extensions: readonly string[] };
export interface Candidate { readonly value: string; readonly about: string }
export interface Answer { readonly candidates: readonly Candidate[]; readonly files?: Files }
/** The names that only the tariffs know; read when they are asked for. */
export interface Names {
  readonly rates: (tariffs: string | undefined) => readonly Candidate[];
  /** Those that the rates typed so far admit; all when none is typed. */
  readonly options: (tariffs: string | undefined, words: readonly string[]) => readonly Candidate[];
  /** The dates of the editions. */
  readonly editions: (tariffs: string | undefined) => readonly Candidate[];
}

/** Files by the name of the option, or else by the placeholder that stands for them in help, in either language; what is not here has nothing to offer. */
const FILES: readonly (readonly [placeholder: RegExp, files: Files])[] = [
  [/^(dossier|folder)s?$/, 'folders'],
  [/^((cas|case)s?|[AB])$/, { extensions: ['json', 'ndjson', 'jsonl'] }],
  [/^(clients?|customers?)$/, { extensions: ['csv', 'ndjson', 'jsonl', 'parquet'] }],
  [/^(factures|bills)$/, { extensions: ['csv', 'ndjson', 'jsonl', 'parquet'] }],
  [/^(refus|refusals)$/, { extensions: ['ndjson'] }],
  [/^(livre|book|texte|text)$/, { extensions: ['txt', 'md'] }],
  [/^svg$/, { extensions: ['svg'] }],
  [/^(html|page)$/, { extensions: ['html'] }],
  [/^(fichier|file)s?$/, { extensions: ['tarif'] }],
];
const RATES = /^(contre-)?(tarif|rate)s?$/;
const OPTIONS = /^(contre-)?options?$/;
const EDITIONS = /^(contre-)?(édition|edition|avant|après|before|after)$/;
const NOTHING: Answer = { candidates: [] };

interface Typed { command: Command; readonly words: string[]; readonly values: string[]; readonly given: Set<Option>; awaiting: Option | undefined; tariffs: string | undefined }

/** `words` are those after the command's name; the last is the one being typed, perhaps empty. */
export function answer(program: Command, words: readonly string[], names: Names): Answer {
  const current = words.at(-1) ?? '';
  const typed = read(program, words.slice(0, -1));
  const { command } = typed;
  if (command === program && typed.words[0] === helpName(program)) return typed.words.length === 1 ? { candidates: commands(program) } : NOTHING;
  const [flag, value] = current.startsWith('--') && current.includes('=') ? [current.slice(0, current.indexOf('=')), true] : [current, false];
  const option = value ? optionOf(command, flag) : typed.awaiting;
  if (option) return valuesOf(option, option.argChoices, [option.long?.replace(/^--/, '') ?? '', placeholder(option.flags)], value ? current.slice(current.indexOf('=') + 1) : current, typed, names);
  if (value) return NOTHING;
  if (current.startsWith('-')) return { candidates: flags(typed) };
  if (command.commands.length > 0) return { candidates: commands(command) };
  const argument = argumentAt(command, typed.words.length);
  return argument ? valuesOf(argument, argument.argChoices, [argument.name()], current, typed, names) : { candidates: flags(typed) };
}

/** The words before the one being typed: which command, what it was given, and the option that still waits for its value. */
function read(program: Command, words: readonly string[]): Typed {
  const typed: Typed = { command: program, words: [], values: [], given: new Set(), awaiting: undefined, tariffs: undefined };
  for (const word of words) {
    const taken = word.startsWith('-') && word !== '-' ? undefined : typed.awaiting;
    if (taken) {
      if (taken.long === '--tariffs') typed.tariffs = word;
      if (taken.variadic) typed.values.push(word);
      else typed.awaiting = undefined;
      continue;
    }
    typed.awaiting = undefined;
    if (word.startsWith('-') && word !== '-') {
      const [name = '', value] = word.split('=', 2);
      const option = optionOf(typed.command, name);
      if (!option) continue;
      typed.given.add(option);
      if (value === undefined && (option.required || option.optional)) typed.awaiting = option;
      else if (option.long === '--tariffs') typed.tariffs = value;
      continue;
    }
    const next = typed.words.length === 0 ? typed.command.commands.find((each) => each.name() === word || each.aliases().includes(word)) : undefined;
    if (next) typed.command = next;
    else typed.words.push(word);
  }
  return typed;
}

const optionsOf = (command: Command): Option[] => command.createHelp().visibleOptions(command);
const optionOf = (command: Command, flag: string): Option | undefined => optionsOf(command).find((option) => option.long === flag || option.short === flag);
/** The argument at a place; the last one, if it repeats, takes all the rest. */
const argumentAt = ({ registeredArguments: all }: Command, index: number): Argument | undefined => all[index] ?? (all.at(-1)?.variadic ? all.at(-1) : undefined);
const placeholder = (text: string): string => /[<[]([^\]>.]+)/.exec(text)?.[1] ?? '';
const helpName = (program: Command): string | undefined => program.createHelp().visibleCommands(program).at(-1)?.name();

const commands = (command: Command): Candidate[] => command.createHelp().visibleCommands(command).map((each) => ({ value: each.name(), about: each.description() }));
/** The options that may still be given. */
const flags = ({ command, given }: Typed): Candidate[] => optionsOf(command).filter((option) => !given.has(option) || option.variadic).flatMap(({ long, description }) => (long === undefined || long === null ? [] : [{ value: long, about: description }]));

function valuesOf(target: Option | Argument, choices: readonly string[] | undefined, called: readonly string[], current: string, { tariffs, words, values }: Typed, names: Names): Answer {
  if (choices) return { candidates: choices.map((value) => ({ value, about: '' })) };
  // `--tarifs G,M`, `--options a,b+c`: what is before the last sign stays.
  const before = /^.*[,+]/.exec(current)?.[0] ?? '';
  const given = new Set([...values, ...before.split(/[,+]/)]);
  const among = (list: readonly Candidate[]): Answer => ({ candidates: list.filter(({ value }) => !given.has(value)).map(({ value, about }) => ({ value: before + value, about })) });
  for (const name of called) {
    if (OPTIONS.test(name)) return among(names.options(tariffs, words));
    if (RATES.test(name)) return among(names.rates(tariffs));
    if (EDITIONS.test(name)) {
      // A date, or a folder where no date begins so.
      const editions = names.editions(tariffs);
      return editions.some(({ value }) => value.startsWith(current)) ? { candidates: editions } : { candidates: [], files: 'folders' };
    }
    const files = FILES.find(([pattern]) => pattern.test(name))?.[1];
    // `--csv <dossier>` writes there: the placeholder says what it is.
    if (files) return { candidates: [], files };
  }
  return NOTHING;
}

/** The directives of the scripts, which are those of cobra: 4, no file; 8, files that end so, and folders; 16, folders. */
export function written({ candidates, files }: Answer): string {
  if (files === 'folders') return ':16';
  if (files) return [...files.extensions, ':8'].join('\n');
  return [...candidates.map(({ value, about }) => (about === '' ? value : `${value}\t${about}`)), ':4'].join('\n');
}
