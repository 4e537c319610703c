/** What the user set, and texts in the language that follows from it. */
import { isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';

export type Lang = 'fr' | 'en';
export interface Settings {
  readonly lang: Lang;
  /** The folder of the editions; undefined when no folder is open to look in. */
  readonly tariffs: string | undefined;
}

/** As the command line: English when it is said, French if unsure. */
export function readSettings(): Settings {
  const configuration = vscode.workspace.getConfiguration('bareme');
  const asked = configuration.get<string>('language', 'auto');
  const lang = asked === 'fr' || asked === 'en' ? asked : vscode.env.language.toLowerCase().startsWith('en') ? 'en' : 'fr';
  const path = configuration.get<string>('tariffs', 'tariffs');
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  return { lang, tariffs: isAbsolute(path) ? path : folder === undefined ? undefined : join(folder, path) };
}

export const say = (lang: Lang, french: string, english: string): string => (lang === 'fr' ? french : english);
