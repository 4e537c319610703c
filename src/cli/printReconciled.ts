/** Differences between a printed book and its articles, for people (side by side) and for programs. */
import { stripVTControlCharacters } from 'node:util';
import { formatIsoDate } from '../calendar/day.ts';
import type { Book } from '../check/book.ts';
import type { Difference, DifferenceKind, Reconciled } from '../reconcile/compare.ts';
import { lineColumn, type Span } from '../source/file.ts';
import { coloured, out } from './colors.ts';
import { say } from './language.ts';

const KINDS: Readonly<Record<DifferenceKind, () => string>> = {
  titre: () => say('le titre diffère', 'the title differs'),
  'article-absent': () => say("l'article n'est pas dans le livre", 'the article is not in the book'),
  'article-sans-bloc': () => say("l'article imprimé n'a pas de bloc", 'the printed article has no block'),
  'chiffre-sans-emploi': () => say('chiffre imprimé, sans emploi dans le bloc', 'printed figure, unused by the block'),
  'chiffre-non-imprime': () => say("chiffre du bloc, que l'article n'imprime pas", 'figure of the block, not printed by the article'),
  'chiffre-different': () => say('le chiffre diffère', 'the figure differs'),
  'renvoi-sans-emploi': () => say('renvoi imprimé, absent du bloc', 'printed reference, absent from the block'),
  'renvoi-non-imprime': () => say("renvoi du bloc, que l'article n'imprime pas", 'reference of the block, not printed by the article'),
  'mise-a-part-inutile': () => say("mise à part qui ne sert plus : l'article imprimé dit autre chose", 'set aside for nothing: the printed article says otherwise'),
};
const LEFT = 52;
const MOST_LINES = 8;

export function printReconciled(result: Reconciled, book: Book): string {
  const parts: string[] = [];
  let current = '';
  for (const difference of result.differences) {
    const article = book.articles.get(difference.article);
    if (difference.article !== current) {
      current = difference.article;
      parts.push(`${out.bold(`Article ${current}`)}  ${article?.title ?? difference.printed?.text ?? ''}`);
    }
    const times = difference.times > 1 ? ` (${difference.times} ${say('fois', 'times')})` : '';
    parts.push(`  ${out.yellow(KINDS[difference.kind]())}${times}`, beside(printedSide(difference), writtenSide(difference, book)), '');
  }
  return [...parts, totals(result)].join('\n');
}

function totals({ articles, printed, figures, citations, accounts, written, differences }: Reconciled): string {
  const used = accounts.bloc + accounts.nom + accounts.reprise;
  return [
    say(`${articles} articles rapprochés, sur ${printed} imprimés.`, `${articles} articles reconciled, of ${printed} printed.`),
    say(`Livre → blocs : ${figures} chiffres, dont ${used} employés (${accounts.bloc} dans le bloc, ${accounts.nom} par leur nom, ${accounts.reprise} par une reprise), ${accounts['hors calcul']} hors calcul avec leur raison, ${accounts.rien} sans emploi ; ${citations} renvois.`,
      `Book → blocks: ${figures} figures, of which ${used} used (${accounts.bloc} in the block, ${accounts.nom} by name, ${accounts.reprise} borrowed), ${accounts['hors calcul']} set aside with a reason, ${accounts.rien} unused; ${citations} references.`),
    say(`Blocs → livre : ${written} chiffres.`, `Blocks → book: ${written} figures.`),
    differences.length === 0 ? out.green(say('Aucune différence.', 'No difference.')) : out.red(say(`${differences.length} différence(s).`, `${differences.length} difference(s).`)),
  ].join('\n');
}

/** The printed sentence around the figure, the figure marked. */
function printedSide({ printed }: Difference): string[] {
  if (!printed) return [out.dim(say('(rien dans le texte imprimé)', '(nothing in the printed text)'))];
  const where = printed.line === undefined ? say('livre', 'book') : say(`livre, ligne ${printed.line}`, `book, line ${printed.line}`);
  if (printed.sentence === undefined || !printed.at) return [out.dim(where), mark(printed.text)];
  const [start, end] = printed.at;
  const from = start > 150 ? printed.sentence.indexOf(' ', start - 150) + 1 : 0;
  const cut = printed.sentence.indexOf(' ', end + 90);
  const until = cut < 0 ? printed.sentence.length : cut;
  const text = `${from > 0 ? '… ' : ''}${printed.sentence.slice(from, start)}${mark(printed.sentence.slice(start, end))}${printed.sentence.slice(end, until)}${until < printed.sentence.length ? ' …' : ''}`;
  return [out.dim(where), ...wrap(text.replace(/\s+/g, ' '), LEFT)];
}

/** The statement that writes the figure, or the lines of the block, without its examples. */
function writtenSide({ article, written, printed }: Difference, book: Book): string[] {
  if (written) {
    const { file, start, end } = written.span;
    const { line } = lineColumn(file, start);
    const from = file.text.lastIndexOf('\n', start) + 1;
    const until = file.text.indexOf('\n', end) < 0 ? file.text.length : file.text.indexOf('\n', end);
    return [out.dim(`${file.path}:${line}`), ...`${file.text.slice(from, start)}${mark(file.text.slice(start, end))}${file.text.slice(end, until)}`.split('\n').slice(0, MOST_LINES)];
  }
  const blocks = book.blocks.filter(({ number }) => number === article);
  const first = blocks[0];
  if (!first) return [out.dim(say('(aucun bloc)', '(no block)'))];
  const spans = blocks.flatMap(({ statements }) => statements.filter(({ kind }) => kind !== 'example').map(({ span }) => span));
  const near = nearest(spans, printed?.sentence) ?? spans[0] ?? first.span;
  const lines = spans.slice(Math.max(0, spans.indexOf(near))).flatMap(numbered);
  return [out.dim(`${near.file.path}:${lineColumn(near.file, near.start).line}`), ...lines.slice(0, MOST_LINES), ...(lines.length > MOST_LINES ? [out.dim(say(`… et ${lines.length - MOST_LINES} lignes`, `… and ${lines.length - MOST_LINES} lines`))] : [])];
}
/** Of a long block, the statement that shares the most words with the sentence; none when all of it can be shown. */
function nearest(spans: readonly Span[], sentence: string | undefined): Span | undefined {
  if (sentence === undefined || spans.flatMap(numbered).length <= MOST_LINES) return undefined;
  const words = new Set(wordsOf(sentence));
  const shared = (span: Span): number => new Set(wordsOf(span.file.text.slice(span.start, span.end)).filter((word) => words.has(word))).size;
  return spans.reduce((best, span) => (shared(span) > shared(best) ? span : best));
}
const wordsOf = (text: string): string[] => text.toLowerCase().split(/[^\p{L}]+/u).filter((word) => word.length > 4);
/** The lines of a statement, its numbers marked. */
function numbered({ file, start, end }: Span): string[] {
  const from = file.text.lastIndexOf('\n', start) + 1;
  return file.text.slice(from, end).split('\n').map((line) => line.replace(/(?<![\p{L}\p{N}_.])\d[\d \u00A0]*(?:,\d+)?(?![\p{L}_])/gu, (number) => out.cyan(number)));
}

/** What is pointed at: coloured, or between brackets where there are no colours. */
const mark = (text: string): string => (coloured(process.stdout, process.env) ? out.bold(out.red(text)) : `[${text}]`);

function beside(left: readonly string[], right: readonly string[]): string {
  const rows = Math.max(left.length, right.length);
  return Array.from({ length: rows }, (_, row) => {
    const text = left[row] ?? '';
    return `    ${text}${' '.repeat(Math.max(0, LEFT - stripVTControlCharacters(text).length))} │ ${right[row] ?? ''}`.trimEnd();
  }).join('\n');
}

/** Words on lines no wider than `width`, colours not counted; a coloured stretch is not cut. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  // A marked figure stays in one piece.
  for (const word of text.match(/\u001B\[[^\u001B]*m[^\u001B]*(?:\u001B\[\d+m)+\S*|\[[^\]]*\]\S*|\S+/g) ?? []) {
    if (line !== '' && stripVTControlCharacters(`${line} ${word}`).length > width) { lines.push(line); line = word; } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}

/** For programs; places are lines and columns from 1. */
export function reconciledJson({ articles, printed, figures, citations, accounts, written, differences }: Reconciled, book: Book): object {
  return {
    version: 1, edition: formatIsoDate(book.edition.date), articles, imprimes: printed,
    chiffres: { imprimes: figures, bloc: accounts.bloc, nom: accounts.nom, reprise: accounts.reprise, hors_calcul: accounts['hors calcul'], sans_emploi: accounts.rien, blocs: written }, renvois: citations,
    differences: differences.map(({ article, kind, times, printed: page, written: block }) => ({
      article, sorte: kind, fois: times,
      ...(page ? { livre: { texte: page.text, ...(page.line === undefined ? {} : { ligne: page.line }), ...(page.sentence === undefined ? {} : { phrase: page.sentence, debut: page.at?.[0], fin: page.at?.[1] }) } } : {}),
      ...(block ? { bloc: { texte: block.text, fichier: block.span.file.path, ligne: lineColumn(block.span.file, block.span.start).line, colonne: lineColumn(block.span.file, block.span.start).column } } : {}),
    })),
  };
}
