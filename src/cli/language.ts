/** The language that the command speaks, known before anything is parsed: help and mistakes of the command line are in it too. */
import type { Lang } from '../quantity/format.ts';

let spoken: Lang = 'fr';

/** The languages that may be asked for. */
export const LANGS: readonly Lang[] = ['fr', 'en'];

/** French unless the environment says English; a language that is asked for goes before it. */
export function langFrom(asked: string | undefined, env: Readonly<Record<string, string | undefined>>): Lang {
  // An empty variable says nothing, as in POSIX.
  const known = LANGS.find((lang) => lang === asked);
  if (known) return known;
  const said = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value !== undefined && value !== '') ?? '';
  return said.toLowerCase().startsWith('en') ? 'en' : 'fr';
}

/** The language asked for among the arguments (`--lang en`, `--lang=en`), or undefined; the last one counts, as it does when parsed. */
export function langInArguments(args: readonly string[]): string | undefined {
  const end = args.indexOf('--');
  const own = end === -1 ? args : args.slice(0, end);
  return own.flatMap((arg, index) => (arg === '--lang' ? [own[index + 1] ?? ''] : arg.startsWith('--lang=') ? [arg.slice(7)] : [])).at(-1);
}

/** Sets the language for the rest of the process. */
export const speak = (lang: Lang): void => { spoken = lang; };
export const spokenLang = (): Lang => spoken;
/** One of two texts, in the language that the command speaks. */
export const say = (french: string, english: string): string => (spoken === 'fr' ? french : english);
