/** Links and anchors that lead nowhere, in the Markdown of the repository and in built HTML. Addresses elsewhere are not followed. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

const APART = new Set(['node_modules', 'dist', '.git', 'coverage']);

/** The files of a folder that end so, but for what is installed or built. */
export function filesEnding(root: string, ending: string, folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return APART.has(entry.name) ? [] : filesEnding(root, ending, path);
    return entry.isFile() && entry.name.endsWith(ending) ? [path] : [];
  }).sort();
}

/** What links point at, read once a file: a checker is kept for as many pages as are looked at. */
export function linkChecker(root: string): { readonly broken: (path: string) => string[] } {
  const anchors = new Map<string, ReadonlySet<string>>();
  const anchorsIn = (path: string): ReadonlySet<string> => {
    const known = anchors.get(path) ?? (path.endsWith('.md') ? anchorsOfMarkdown : anchorsOfHtml)(readFileSync(join(root, path), 'utf8'));
    anchors.set(path, known);
    return known;
  };
  const leads = (from: string, link: string): boolean => {
    if (/^[a-z][a-z+.-]*:/i.test(link)) return true;
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? from : relative(root, join(root, dirname(from), decodeURIComponent(file))).split(sep).join('/');
    if (target.startsWith('..') || !existsSync(join(root, target))) return false;
    if (anchor === undefined || anchor === '' || statSync(join(root, target)).isDirectory() || !/\.(?:md|html)$/.test(target)) return true;
    return anchorsIn(target).has(decodeURIComponent(anchor));
  };
  return { broken: (path) => [...new Set(linksOf(path, readFileSync(join(root, path), 'utf8')))].filter((link) => !leads(path, link)).map((link) => `${path}: ${link}`) };
}

/** Text without its samples, where a bracket is no link. */
const withoutCode = (text: string): string => text.replace(/^( *)(`{3,})[^]*?^\1\2`*[ \t]*$/gm, '').replace(/`[^`\n]*`/g, '');

function linksOf(path: string, text: string): string[] {
  if (path.endsWith('.md')) return [...withoutCode(text).matchAll(/\]\(<?([^()\s>]+)>?(?: "[^"]*")?\)|<(?:img|source|a)[^>]* (?:src|srcset|href)="([^"]+)"/g)].map(([, link, other]) => link ?? other ?? '');
  return [...text.replace(/<(script|style)\b[^]*?<\/\1>/g, '').matchAll(/ (?:href|src)="([^"]*)"/g)].map(([, link = '']) => link.replace(/&amp;/g, '&').replace(/\?[^#]*/, '')).filter((link) => link !== '');
}

/** The anchors that readers of Markdown give to its headings; the second of the same name gets `-1`. */
function anchorsOfMarkdown(text: string): ReadonlySet<string> {
  const found = new Map<string, number>();
  const all = new Set<string>();
  for (const [, title = ''] of text.replace(/^( *)(`{3,})[^]*?^\1\2`*[ \t]*$/gm, '').matchAll(/^#+ +(.+)$/gm)) {
    const name = title.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').trim().replace(/ /g, '-');
    const seen = found.get(name) ?? 0;
    found.set(name, seen + 1);
    all.add(seen === 0 ? name : `${name}-${seen}`);
  }
  return all;
}
const anchorsOfHtml = (text: string): ReadonlySet<string> => new Set([...text.matchAll(/ (?:id|name)="([^"]+)"/g)].map(([, id = '']) => id));
