/** What changed between two editions, in the terminal. */
import type { ArticleChange, EditionDiff } from '../../analysis/editions/compareBooks.ts';
import type { Change } from '../../analysis/editions/statements.ts';
import { countsInWords, differenceInWords, editionInWords, fateInWords, KINDS, outsideInWords, percentInWords, placeInWords, sideInWords } from '../../analysis/editions/words.ts';
import type { Lang } from '../../quantity/format.ts';
import { out as pc } from '../colors.ts';

/** The list of changes, article by article. */
export function printDiff(diff: EditionDiff, lang: Lang): string {
  const out = [pc.bold(`${editionInWords(diff.before)} → ${editionInWords(diff.after)}`), countsInWords(diff, lang), ...outsideInWords(diff, lang)];
  const names = [...diff.removed.map((name) => `${pc.red('−')} ${name}`), ...diff.added.map((name) => `${pc.green('+')} ${name}`)];
  if (names.length > 0) out.push('', ...names);
  if (diff.terms.length > 0) out.push('', ...diff.terms.map((term) => `${term.name} : ${term.before ?? '—'} → ${term.after ?? '—'}  ${percentInWords(term.percent, lang)}`.trimEnd()));
  for (const article of diff.articles) out.push('', ...printArticle(article, lang));
  return out.join('\n');
}

function printArticle(article: ArticleChange, lang: Lang): string[] {
  const standing = article.after ?? article.before;
  const mark = article.kind === 'ajouté' ? pc.green('+ ') : article.kind === 'retiré' ? pc.red('− ') : '';
  const fate = fateInWords(article, lang);
  const head = `${mark}${pc.bold(`${standing?.number ?? ''}  ${standing?.title ?? ''}`)}${standing?.module === 'dispositions communes' ? '' : pc.dim(`  [${standing?.module ?? ''}]`)}`;
  return [head, ...fate.map((each) => `  ${pc.yellow(each)}`), ...table(article.changes.filter(isFigure), lang), ...article.changes.filter((change) => !isFigure(change)).flatMap((change) => told(change, lang))];
}

const isFigure = (change: Change): boolean => change.before?.figure !== undefined && change.after?.figure !== undefined;

/** Figures, in columns. */
function table(changes: readonly Change[], lang: Lang): string[] {
  const rows = changes.map((change) => [placeInWords(change.place, lang), sideInWords(change.before, lang), sideInWords(change.after, lang), differenceInWords(change, lang), percentInWords(change.percent, lang)]);
  const width = (column: number): number => Math.max(...rows.map((row) => [...(row[column] ?? '')].length));
  return rows.map((row) => {
    const cell = (column: number, right = false): string => (right ? (row[column] ?? '').padStart(width(column)) : (row[column] ?? '').padEnd(width(column)));
    return `  ${cell(0)}  ${pc.red(cell(1, true))} → ${pc.green(cell(2, true))}  ${cell(3, true)}  ${cell(4, true)}`.trimEnd();
  });
}

function told(change: Change, lang: Lang): string[] {
  const at = `  ${placeInWords(change.place, lang)} ${pc.dim(`(${KINDS[lang][change.kind]})`)}`;
  return [at, ...(change.before ? [`    ${pc.red(`− ${sideInWords(change.before, lang)}`)}`] : []), ...(change.after ? [`    ${pc.green(`+ ${sideInWords(change.after, lang)}`)}`] : [])];
}
