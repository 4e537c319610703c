/**
 * The text of a printed book, as a PDF gave it → lines that read as the page does: marks of bold and of mathematics gone, blanks of
 * any width made plain, page numbers and running heads left out. Each line keeps its place in the file, for messages.
 */

/** A line of the page; empty for the blank line that ends a paragraph. */
export interface Line {
  readonly text: string;
  /** The same with `**` where the page is bold, which is where a title ends on a line that holds more. */
  readonly marked: string;
  /** From 1, in the file. */
  readonly number: number;
}

const SUPERSCRIPTS: Readonly<Record<string, string>> = { 'ᵉ': 'e', 'ʳ': 'r' };

const DOLLAR = '\uE000';

/** One line with its typography made plain; `**` is kept. */
export function plainLine(raw: string): string {
  return raw.normalize('NFC')
    .replace(/[\u00AD\u200B\uFEFF\f]/g, '')
    .replace(/[\u00A0\u2000-\u200A\u202F\u205F]/g, ' ')
    .replace(/[’ʼ]/g, "'")
    .replace(/[‐‑]/g, '-')
    .replace(/[ᵉʳ]/g, (sign) => SUPERSCRIPTS[sign] ?? sign)
    .replace(/<\/?[a-z]+>/gi, '')
    // Mathematics: what is shown, without the commands that place it.
    .replace(/\\text\s*\{([^{}]*)\}/g, '$1')
    .replace(/\^\s*\{?\\circ\}?/g, '°')
    .replace(/\^\{\s*(er|re|e|ème|ème)\s*\}|\^(er|re|e)\b/g, '$1$2')
    .replace(/(?<=[\p{L}»)])(?:\^\{?\d+\}?|[¹²³⁴-⁹]+)/gu, '')
    .replace(/_\{[^{}]*\}|_[A-Za-z0-9]/g, '')
    .replace(/\\[dt]?frac\s*\{/g, '{').replace(/\\,|\\ |\\;|\\quad/g, ' ')
    .replace(/\\times/g, '×').replace(/\\(?:max|text|left|right)\b/g, ' ')
    .replace(/\\([%&#_])/g, '$1')
    // Dollars written as such, and those that fence a formula off.
    .replace(/\\\$/g, DOLLAR).replace(/\$\$([^$]*)\$\$/g, '$1').replace(/\$([^$]*[\\^_{}°×][^$]*)\$/g, '$1').replaceAll(DOLLAR, '$')
    .replace(/(?<!\*)\*(?!\*)/g, '');
}

const BARE_PAGE = /^(?:[-–—]\s*)?(?:page\s+)?(\d{1,4})(?:\s*(?:\/|de|sur)\s*\d{1,4})?(?:\s*[-–—])?$/i;

/** The lines of a text, page furniture left out. */
export function linesOf(text: string): Line[] {
  const raw = text.split(/\r\n|\r|\n/);
  const plain = raw.map((line) => plainLine(line).trim());
  const breaks = new Set<number>();
  raw.forEach((line, index) => { if (line.includes('\f')) breaks.add(index); });
  const pages = pageNumbers(plain);
  const heads = runningHeads(plain, pages, breaks);
  const lines = plain.map((marked, index): Line => {
    const gone = pages.has(index) || heads.has(index);
    return { text: gone ? '' : marked.replace(/\*\*/g, ' ').trim(), marked: gone ? '' : marked, number: index + 1 };
  });
  return sewn(lines, new Set([...pages, ...heads]));
}

/** A page that ends in the middle of a sentence: what its furniture took up goes away whole, blank lines too. */
function sewn(lines: readonly Line[], gone: ReadonlySet<number>): Line[] {
  const out: Line[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    if (!line) continue;
    if (line.text !== '') { out.push(line); continue; }
    let end = at;
    while (end < lines.length && lines[end]?.text === '') end++;
    const above = out.at(-1)?.text ?? '';
    const below = lines[end]?.text ?? '';
    const across = Array.from({ length: end - at }, (_, step) => at + step).some((index) => gone.has(index));
    // Digits on both sides may be two numbers of a table.
    const running = across && above !== '' && !/[.;:!?]$/.test(above) && /^[\p{Ll}\d$¢%(]/u.test(below) && !/^(?:[a-z]|[ivx]{1,5})[).]\s/.test(below) && !(/\d$/.test(above) && /^\d/.test(below));
    if (!running) out.push(...lines.slice(at, end));
    at = end - 1;
  }
  return out;
}

/**
 * Lines that are a number alone, when they rise as pages do: by at most three from one to the next, far enough apart for a page to lie
 * between, three at least. A number alone in a cell of a table is not one of these.
 */
function pageNumbers(lines: readonly string[]): Set<number> {
  const candidates = lines.flatMap((line, index) => { const match = BARE_PAGE.exec(line.replace(/\*/g, '')); return match ? [{ index, page: Number(match[1]) }] : []; });
  const best: { length: number; from: number }[] = [];
  candidates.forEach((candidate, at) => {
    let found = { length: 1, from: -1 };
    for (let before = at - 1; before >= 0; before--) {
      const earlier = candidates[before];
      const step = candidate.page - (earlier?.page ?? 0);
      if (earlier && step >= 1 && step <= 3 && candidate.index - earlier.index >= 8 && (best[before]?.length ?? 0) + 1 > found.length) found = { length: (best[before]?.length ?? 0) + 1, from: before };
    }
    best.push(found);
  });
  const end = best.reduce((top, { length }, index) => (length > (best[top]?.length ?? 0) ? index : top), 0);
  const out = new Set<number>();
  if ((best[end]?.length ?? 0) < 3) return out;
  for (let at = end; at >= 0; at = best[at]?.from ?? -1) { const candidate = candidates[at]; if (candidate) out.add(candidate.index); }
  return out;
}

/**
 * Lines that come back from page to page: the same words with a page number that rises at one of their ends, or the same words next to
 * a page number or a page break. A line that merely repeats in the text (`plus`, a row of a table) is not one of these.
 */
function runningHeads(lines: readonly string[], pages: ReadonlySet<number>, breaks: ReadonlySet<number>): Set<number> {
  const groups = new Map<string, { index: number; page: number | undefined }[]>();
  lines.forEach((line, index) => {
    if (line === '' || pages.has(index)) return;
    const match = /^(\d{1,4})\s+(\D.*)$|^(.*\D)\s+(\d{1,4})$/.exec(line);
    const words = match ? (match[2] ?? match[3] ?? '') : line;
    groups.set(words, [...(groups.get(words) ?? []), { index, page: match ? Number(match[1] ?? match[4]) : undefined }]);
  });
  const near = (index: number): boolean => {
    if (breaks.has(index)) return true;
    for (const step of [-1, 1]) {
      for (let at = index + step, seen = 0; at >= 0 && at < lines.length && seen < 2; at += step) {
        if (pages.has(at) || breaks.has(at)) return true;
        if (lines[at] !== '') seen++;
      }
    }
    return false;
  };
  const out = new Set<number>();
  for (const list of groups.values()) {
    const numbered = list.filter(({ page }) => page !== undefined);
    const rising = (numbered.length >= 3 || (numbered.length === 2 && numbered.every(({ index }) => near(index)))) && numbered.every(({ page, index }, at) => at === 0 || ((page ?? 0) > (numbered[at - 1]?.page ?? 0) && index - (numbered[at - 1]?.index ?? 0) >= 8));
    if (rising) for (const { index } of numbered) out.add(index);
    else {
      // A title that repeats (« Définitions ») is near a page's edge now and then, a head always.
      const close = list.filter(({ index }) => near(index));
      if (close.length >= 3 && close.length >= 0.8 * list.length) for (const { index } of close) out.add(index);
    }
  }
  return out;
}

/**
 * Lines → paragraphs: lines of a paragraph are put together, a word cut by a hyphen at the end of its line made whole. A paragraph ends
 * at a blank line, and before a line of a list, a footnote or a row of a table.
 */
export function paragraphsOf(lines: readonly Line[]): { readonly text: string; readonly line: number }[] {
  const out: { text: string; line: number }[] = [];
  let open = false;
  for (const { text, number } of lines) {
    if (text === '') { open = false; continue; }
    const last = out.at(-1);
    if (!open || !last || /^(?:[-–•]\s|(?:[a-z]|[ivx]{1,5})[).]\s|\(\d+\)\s)/.test(text) || (/^\d{1,2}\s+\p{Lu}\p{Ll}{2}/u.test(text) && /[.;:]$/.test(last.text)) || text.includes('\t') || last.text.includes('\t')) out.push({ text, line: number });
    else last.text = /\p{L}-$/u.test(last.text) && /^\p{Ll}/u.test(text) ? `${last.text.slice(0, -1)}${text}` : `${last.text} ${text}`;
    open = true;
  }
  return out;
}
