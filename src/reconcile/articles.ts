/**
 * The lines of a printed book → its articles. An article opens with its number at the end or at the beginning of a line, beside or
 * under its title. Numbers rise through a book, so of all the lines that might open an article those are kept that make the longest
 * rising chain with text between: a table of contents, an index and a reference at the end of a line do not.
 */
import { linesOf, paragraphsOf, type Line } from './text.ts';

/** An article as it is printed. */
export interface PrintedText {
  readonly number: string;
  /** As printed, on one line. */
  readonly title: string;
  /** Whether the page gives the title that was expected, however it is broken into lines. */
  readonly asExpected: boolean;
  readonly paragraphs: readonly { readonly text: string; readonly line: number }[];
  /** The line of its number, from 1. */
  readonly line: number;
}

interface Head { readonly number: string; readonly rank: number; readonly index: number; readonly sure: boolean; /** What stands on the same line. */ readonly beside: string; readonly marked: string }

const REFERENCE = /(?:\barticles?|\bl'article|\bet|\bou|\bà|\bau|\baux|\bde|\bdu|\bdes|\bsous-alinéas?|\balinéas?|\bsous-sections?|,|\(|\bselon|\bpar|\bvoir|n°)\s*$/i;
const STRUCTURE = /^\**(?:CHAPITRE|SECTION|SOUS-SECTION|Chapitre|Section|Sous-section)\s+\d+(?:\.\d+)?\s*(?:\**|\**\s*[-–—:].*)$/;
const AFTER = /^\**(?:INDEX|Index|ANNEXES?|Annexes?|GLOSSAIRE|Glossaire|TABLE DES MATIÈRES|Table des matières)\b[^.]{0,60}$/;

const rankOf = (number: string): number => { const [chapter = 0, article = 0] = number.split('.').map(Number); return chapter * 1000 + article; };

/** The articles of a text; `titles` are those expected, which only settle where a printed title begins. */
export function printedArticles(text: string, titles: ReadonlyMap<string, string> = new Map()): PrintedText[] {
  const lines = linesOf(text);
  const heads = chain(candidates(lines, titles), lines);
  const out: PrintedText[] = [];
  let bodyEnd = lines.length;
  const last = heads.at(-1);
  if (last) for (let at = last.index + 1; at < lines.length; at++) if (AFTER.test(lines[at]?.marked ?? '')) { bodyEnd = at; break; }
  const opened = heads.map((head, at) => titleOf(lines, head, (heads[at - 1]?.index ?? -1) + 1, titles.get(head.number)));
  heads.forEach((head, at) => {
    const own = opened[at];
    if (!own) return;
    const next = heads[at + 1];
    const until = next ? (opened[at + 1]?.start ?? next.index) : bodyEnd;
    const body = lines.slice(head.index + 1, until).map((line) => (STRUCTURE.test(line.marked) ? { ...line, text: '' } : line));
    // What a title that begins inside a line leaves of that line is still the article's.
    const rest = next ? opened[at + 1]?.rest : undefined;
    if (rest !== undefined && rest !== '' && !STRUCTURE.test(rest)) body.push({ text: rest, marked: rest, number: lines[until]?.number ?? 0 });
    out.push({ number: head.number, title: own.title, asExpected: own.asExpected, paragraphs: paragraphsOf(body), line: lines[head.index]?.number ?? 0 });
  });
  return out;
}

function candidates(lines: readonly Line[], titles: ReadonlyMap<string, string>): Head[] {
  const out: Head[] = [];
  lines.forEach((line, index) => {
    // Leader dots and a page number make an entry of a table of contents.
    if (/(?:\.\s?){4,}|…\s*\d+$/.test(line.text)) return;
    const after = /^(?:(.*?)\s*)?(?<![\d.,])(\d{1,2}\.\d{1,3})$/.exec(line.text);
    const before = after ? undefined : /^(\d{1,2}\.\d{1,3})\.?\s+(\p{Lu}.*)$/u.exec(line.text);
    const number = after?.[2] ?? before?.[1];
    if (number === undefined) return;
    const beside = (after?.[1] ?? before?.[2] ?? '').trim();
    if (after && beside !== '' && (REFERENCE.test(beside) || /^[-–•]\s/.test(beside))) return;
    const above = lines[index - 1]?.text ?? '';
    if ((beside === '' || before) && above !== '' && REFERENCE.test(above)) return;
    if (before && /[.;:]$/.test(before[2] ?? '') && !titles.has(number)) return;
    out.push({ number, rank: rankOf(number), index, sure: beside === '' || /\*\*\s*\d+\.\d+\**$/.test(line.marked) || squeezed(beside).endsWith(squeezed(titles.get(number) ?? '\0')), beside, marked: line.marked });
  });
  return out;
}

/** The longest rising chain; between equals, the surer heads and those with text under them. */
function chain(heads: readonly Head[], lines: readonly Line[]): Head[] {
  const worth = heads.map((head, at) => {
    const next = heads[at + 1]?.index ?? lines.length;
    let letters = 0;
    for (let line = head.index + 1; line < next && letters < 40; line++) letters += lines[line]?.text.length ?? 0;
    return 1 + (head.sure ? 0.2 : 0) + (letters >= 40 ? 0.3 : 0);
  });
  const best: { score: number; from: number }[] = [];
  heads.forEach((head, at) => {
    let found = { score: worth[at] ?? 0, from: -1 };
    for (let before = 0; before < at; before++) {
      const score = (best[before]?.score ?? 0) + (worth[at] ?? 0);
      if ((heads[before]?.rank ?? 0) < head.rank && score > found.score) found = { score, from: before };
    }
    best.push(found);
  });
  let at = best.reduce((top, { score }, index) => (score > (best[top]?.score ?? -1) ? index : top), -1);
  const out: Head[] = [];
  for (; at >= 0; at = best[at]?.from ?? -1) { const head = heads[at]; if (head) out.unshift(head); }
  return out;
}

/** Letters and digits only, for comparing titles whatever breaks, hyphens and marks they were printed with. */
export const squeezed = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

interface Title { readonly title: string; readonly asExpected: boolean; /** The line where it begins. */ readonly start: number; /** What stands before it on that line. */ readonly rest: string }

function titleOf(lines: readonly Line[], head: Head, floor: number, expected: string | undefined): Title {
  const wanted = expected === undefined ? undefined : squeezed(expected);
  if (wanted !== undefined) {
    let taken = squeezed(head.beside);
    if (taken === wanted) return { title: expected ?? '', asExpected: true, start: head.index, rest: '' };
    for (let start = head.index; start >= floor && taken.length < wanted.length + 400; start--) {
      if (start < head.index) taken = squeezed(lines[start]?.text ?? '') + taken;
      if (taken.length >= wanted.length && taken.endsWith(wanted)) return { title: expected ?? '', asExpected: true, start, rest: before(start === head.index ? head.beside : lines[start]?.text ?? '', taken.length - wanted.length) };
    }
  }
  // Otherwise the title is the paragraph that ends at the number, or the one above a number that stands alone.
  let start = head.index;
  let text = head.beside;
  const bold = /^(?:Sous-section|Section)[^*]*\*\*(.+?)\*\*\s*(?:\*\*)?\s*\d/.exec(head.marked);
  if (bold) return { title: (bold[1] ?? '').replace(/\*/g, '').trim(), asExpected: false, start, rest: '' };
  let at = head.index - 1;
  if (text === '') while (at >= floor && lines[at]?.text === '') at--;
  while (at >= floor) {
    const above = lines[at]?.text ?? '';
    if (above === '' || /[.;:]$/.test(above) || STRUCTURE.test(lines[at]?.marked ?? '') || above === above.toUpperCase()) break;
    text = `${above} ${text}`.trim();
    start = at;
    at--;
  }
  return { title: text.replace(/(\p{L})- (?=\p{Ll})/gu, '$1'), asExpected: false, start, rest: '' };
}

/** The beginning of a text that holds so many letters and digits. */
function before(text: string, letters: number): string {
  let count = 0;
  let end = 0;
  while (end < text.length && count < letters) { if (/[\p{L}\p{N}]/u.test(text[end] ?? '')) count++; end++; }
  return letters === 0 ? '' : text.slice(0, end).trim();
}
