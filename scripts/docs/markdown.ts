/** Text for Markdown. */

/** A text in a cell of a table. */
export const cell = (text: string): string => text.replace(/\|/g, '\\|').replace(/\n/g, ' ');
/** A text of the language, as code; of the marks of Markdown, only `|` still counts in a cell. */
export const code = (text: string): string => `\`${cell(text)}\``;
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
export const MADE = '<!-- Page faite par `npm run docs` : ne pas la modifier à la main. -->';
