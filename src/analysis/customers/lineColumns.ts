/**
 * The lines that the bills of a program can have, known before any bill is made: each is a column of a table of bills. A line that shares
 * its base between tranches has one for each; one whose rows are for different times (`en hiver`, `en été`) has one for each.
 */
import type { CoreAdjustment, CoreLine, Program } from '../../check/core.ts';
import { isTimeGrain, type Grain } from '../../check/types.ts';
import type { Entry } from '../../evaluate/lines.ts';
import { inWords, jsonKey } from '../../evaluate/words.ts';

export interface LineColumn {
  /** Its name: letters without accents, digits and `_`; the same for the same line of a rate, whatever else stands in the table. */
  readonly key: string;
  /** What tells the lines of a bill that fall in it. */
  readonly id: string;
  readonly title: string;
  readonly article: string;
}

/** Names that are not those of lines. */
const TAKEN: ReadonlySet<string> = new Set(['client', 'tarif', 'options', 'debut', 'fin', 'sous_total', 'total', 'total_exact', 'reserves']);

const known = new WeakMap<Program, readonly LineColumn[]>();
/** The columns of a program, in the order of its bills: the rate's lines, what adds to them or takes from them, the minimum, the options' lines. */
export function lineColumns(program: Program): readonly LineColumn[] {
  let columns = known.get(program);
  if (!columns) known.set(program, (columns = namedApart(candidates(program))));
  return columns;
}

/** Which column of its program a line of a bill falls in. */
export const columnId = ({ role, line, adjusts, tranche, title, origin }: Pick<Entry, 'role' | 'line' | 'adjusts' | 'tranche' | 'title' | 'origin'>): string => idOf(role, line, adjusts, tranche, title, origin.article);

function idOf(role: Entry['role'], line: string, adjusts: string | undefined, tranche: number | undefined, title: string, article: string): string {
  if (role === 'minimum') return 'minimum';
  if (adjusts !== undefined) return `${role}|${line}|${article}|${title}`;
  return tranche === undefined ? `ligne|${line}|${title}` : `tranche|${line}|${tranche}`;
}

/** A name as a column may have it. */
export const slug = (text: string): string => jsonKey(text).toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '');

function candidates(program: Program): LineColumn[] {
  const layerOf = new Map(program.lines.map(({ name, layer }) => [name, layer]));
  const linesOf = (layer: CoreLine['layer']): LineColumn[] => program.lines.filter((line) => line.layer === layer).flatMap(ofLine);
  const adjusting = (layer: CoreLine['layer']): LineColumn[] => program.adjustments.filter(({ target, targets }) => target !== 'minimum' && targets.some((each) => (layerOf.get(each) ?? 'tarif') === layer)).map(ofAdjustment);
  const [minimum] = program.minimums;
  const floor: LineColumn[] = minimum ? [{ key: 'minimum', id: 'minimum', title: 'Complément au montant minimal', article: minimum.origin.article }] : [];
  const all = [...linesOf('tarif'), ...adjusting('tarif'), ...floor, ...linesOf('option'), ...adjusting('option')];
  return [...new Map(all.map((column) => [column.id, column])).values()];
}

function ofLine(line: CoreLine): LineColumn[] {
  const { name, title, origin: { article } } = line;
  const named = (key: string, id: string, words: string): LineColumn => ({ key: slug(key), id, title: words, article });
  const whole = named(name, idOf(line.role, name, undefined, undefined, title, article), title);
  const grain = line.base?.grain ?? line.rows.reduce<Grain>((finest, row) => (isTimeGrain(row.grain) ? row.grain : finest), 'constante');
  // Many small pieces (by day, by hour) make one line.
  if (line.amount || (isTimeGrain(grain) && grain !== 'partie')) return [whole];
  if (line.tranches) return line.rows.map((_, index) => named(`${name}_tranche_${index + 1}`, idOf(line.role, name, undefined, index + 1, title, article), `${title}, tranche ${index + 1}`));
  if (line.rows.length < 2) return [whole];
  return line.rows.map((row) => {
    if (!row.during) return whole;
    const when = `${row.during.outside ? 'hors' : 'en'} ${inWords(row.during.plage.key)}`;
    const words = row.text ?? `${title}, ${when}`;
    return named(`${name} ${row.text ?? when}`, idOf(line.role, name, undefined, undefined, words, article), words);
  });
}

const ofAdjustment = ({ direction, target, title, origin: { article } }: CoreAdjustment): LineColumn => {
  const role = direction === 1 ? 'majore' : 'réduit';
  return { key: slug(`${direction === 1 ? 'majoration' : 'reduction'}_${target}`), id: idOf(role, target, target, undefined, title, article), title, article };
};

/** Gives lines that would have the same name their article's number, and a rank if that is not enough. */
function namedApart(columns: readonly LineColumn[]): LineColumn[] {
  const count = (list: readonly LineColumn[]): Map<string, number> => list.reduce((sum, { key }) => sum.set(key, (sum.get(key) ?? 0) + 1), new Map<string, number>());
  const first = count(columns);
  const byArticle = columns.map((column) => {
    const key = TAKEN.has(column.key) ? `ligne_${column.key}` : column.key;
    return { ...column, key: (first.get(column.key) ?? 0) > 1 ? `${key}_art_${slug(column.article)}` : key };
  });
  const second = count(byArticle);
  const rank = new Map<string, number>();
  return byArticle.map((column) => {
    if ((second.get(column.key) ?? 0) < 2) return column;
    const at = (rank.get(column.key) ?? 0) + 1;
    rank.set(column.key, at);
    return { ...column, key: `${column.key}_${at}` };
  });
}
