/** What the commands of `attempts.ts` answer, in both languages. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Code } from '../../../src/diagnostics/catalogue.ts';
import { ATTEMPTS, type Attempt } from './attempts.ts';
import { runCommands, type Said } from './run.ts';

export interface Answer {
  readonly attempt: Attempt;
  /** What a French reader sees on the screen. */
  readonly text: string;
  readonly status: number;
  /** The message of the code alone; none when the command answers without its code. */
  readonly messages: { readonly fr: string; readonly en: string } | undefined;
}

/** What a bill or a test says to people without its code: its JSON has it. */
const UNNAMED = /^(?:exemples|reserve)\//;

/** The tariffs of the attempts that bring none. */
export const SMALL_BOOK = 'spec/fixtures/contrat.tarif';

export async function answers(root: string): Promise<ReadonlyMap<Code, Answer>> {
  const list = Object.entries(ATTEMPTS) as [Code, Attempt][];
  const small = readFileSync(join(root, SMALL_BOOK), 'utf8');
  // Each command as it is shown, then in English, and as JSON where its text for people does not name the code.
  const jobs = list.flatMap(([code, { files, command }]) => {
    const all = Object.keys(files).some((path) => path.startsWith('tariffs/')) ? files : { ...files, 'tariffs/2026-04-01/contrat.tarif': small };
    const args = command.split(' ').slice(1);
    const [name = '', ...rest] = args;
    const asked = rest.includes('--lang') ? args : [name, '--lang', 'en', ...rest];
    return [args, asked, ...(UNNAMED.test(code) ? [[...args, '--json'], [...asked, '--json']] : [])].map((each) => ({ files: all, args: each }));
  });
  const said = await runCommands(root, jobs);
  const answered = new Map<Code, Answer>();
  let at = 0;
  for (const [code, attempt] of list) {
    const next = (): Said => { const found = said[at++]; if (!found) throw new Error(`no answer to ${attempt.command}`); return found; };
    const [shown, english] = [next(), next()];
    const [json, englishJson] = UNNAMED.test(code) ? [next(), next()] : [undefined, undefined];
    const fr = told(code, shown, json);
    const en = told(code, english, englishJson);
    answered.set(code, { attempt, status: shown.status, text: attempt.fields ? fieldsOf(shown.stdout, attempt.fields) : `${shown.stdout}${shown.stderr}`.trimEnd(), messages: fr !== undefined && en !== undefined ? { fr, en } : undefined });
  }
  return answered;
}

/** The message of a code in what a command says: after its code on a line for people, or beside it in JSON. */
function told(code: Code, said: Said, json: Said | undefined): string | undefined {
  const marked = new RegExp(`${code}(?:  | ?: )(.+)$`);
  for (const line of `${said.stderr}\n${said.stdout}`.split('\n')) {
    const message = marked.exec(line)?.[1];
    // The article that the printer adds to a message is not the message.
    if (message !== undefined) return message.replace(/ \(article [\d.]+\)$/, '');
  }
  if (!json || json.stdout.trim() === '') return undefined;
  const found = within(JSON.parse(json.stdout), code);
  return found?.message ?? found?.texte;
}
interface Told { readonly code?: unknown; readonly message?: string; readonly texte?: string }
function within(value: unknown, code: string): Told | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ((value as Told).code === code) return value as Told;
  for (const each of Object.values(value)) { const found = within(each, code); if (found) return found; }
  return undefined;
}

const fieldsOf = (json: string, fields: readonly string[]): string => {
  const all = JSON.parse(json) as Record<string, unknown>;
  const kept = JSON.stringify(Object.fromEntries(fields.map((name) => [name, all[name]])), null, 2);
  return kept.replace(/^\{/, '{\n  …').replace(/\}$/, '  …\n}');
};
