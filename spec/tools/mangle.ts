/** What a PDF does to the text of a book, for the specs that must not mind. All of it is deterministic. */

/** A small generator, so that the same seed mangles the same way. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state / 2 ** 32; };
}

const isTable = (line: string): boolean => line.includes('\t');

/** Paragraphs put on lines no wider than `width`; now and then a word is cut by a hyphen. Rows of tables are left as they are. */
export function rewrapped(text: string, width: number, seed = 1): string {
  const next = random(seed);
  return text.split(/\n\s*\n/).map((paragraph) => paragraph.split('\n').reduce<string[]>((lines, line) => {
    if (isTable(line) || /^[-–]\s|^[a-z]\)\s/.test(line) || lines.length === 0 || isTable(lines.at(-1) ?? '')) return [...lines, line];
    return [...lines.slice(0, -1), `${lines.at(-1)} ${line}`];
  }, []).flatMap((line) => (isTable(line) ? [line] : wrap(line, width, next))).join('\n')).join('\n\n');
}

function wrap(line: string, width: number, next: () => number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    if (current === '' || current.length + 1 + word.length <= width) { current = current === '' ? word : `${current} ${word}`; continue; }
    const cut = /^\p{L}{8,}$/u.test(word) && next() < 0.4 ? 4 : 0;
    lines.push(cut > 0 ? `${current} ${word.slice(0, cut)}-` : current);
    current = word.slice(cut);
  }
  return [...lines, current];
}

/** A head and a page number every so many lines, wherever that falls. */
export function paged(text: string, lines: number, head: (page: number) => string, first = 5): string {
  const all = text.split('\n');
  const out: string[] = [];
  for (let at = 0, page = first; at < all.length; at += lines, page++) out.push(...all.slice(at, at + lines), '', String(page), `\f${head(page)}`, '');
  return out.join('\n');
}

/** Bold marks around article numbers and some titles, no-break and thin spaces in numbers, curly apostrophes, escaped dollars. */
export function dressed(text: string, seed = 1): string {
  const next = random(seed);
  return text
    .replace(/(^|[^\d.,])(\d{1,2}\.\d{1,3})$/gm, (whole, before: string, number: string) => (next() < 0.5 ? `${before.trimEnd()}**${number}**` : whole))
    .replace(/(\d) (\d{3})(?!\d)/g, (_, left: string, right: string) => `${left}${['\u00A0', '\u202F', ' '][Math.floor(next() * 3)]}${right}`)
    .replace(/(\d) ([%$¢])/g, (_, left: string, right: string) => `${left}${next() < 0.5 ? '\u00A0' : ' '}${right}`)
    .replace(/'/g, () => (next() < 0.5 ? '’' : "'"))
    .replace(/\$/g, '\\$')
    .replace(/\b1er\b/g, () => (next() < 0.5 ? '1^{er}' : '1er'));
}
