/** What the search of the site reads: a script that a page loads from a file, without a server. */
export interface SearchEntry { readonly id: string; readonly title: string; readonly href: string; readonly text: string }

/** A script that sets the entries for the search script beside it. */
export const searchData = (entries: readonly SearchEntry[]): string => `window.baremeSearch = ${JSON.stringify(entries).replace(/</g, '\\u003c')};\n`;
