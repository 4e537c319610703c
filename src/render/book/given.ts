/** What an example gives, as sentences: its rate, its period, its data and its history. */
import { inWords } from '../../evaluate/words.ts';
import type * as n from '../../syntax/nodes.ts';
import { date, expression, guards, optionTerm, rateTerm, selector, term, type Voice } from '../prose/expression.ts';
import { elided, listed, prose, type Prose } from '../prose/inline.ts';
import type { ProseTable } from '../prose/statement.ts';

export interface Given { readonly says: Prose; readonly table: ProseTable | undefined }

/** The lines of an example that make its case; what it must yield is told with its bill. */
export function givenOf(v: Voice, example: n.ExampleStatement): Given[] {
  const { say } = v.patterns;
  const said = (says: Prose, table?: ProseTable): Given => ({ says: v.lang === 'fr' ? elided(says) : says, table });
  return example.lines.flatMap((line): Given[] => {
    switch (line.kind) {
      case 'exampleRate': return [said(prose(say.rateNamed, rateTerm(v, line.rate.name)))];
      case 'exampleOptions': return [said(prose(say.withOption, listed(line.options.map(({ name }) => optionTerm(v, name)), say.and)))];
      case 'examplePeriod': return [said(prose(say.fromDate, date(v, line.from), say.toDate, date(v, line.to)))];
      case 'exampleHistory': return [said(prose(say.history), gridOf(v, line.grid))];
      case 'exampleReading': return [said(prose(say.readingOn, date(v, line.date))), ...line.assignments.map((each) => assignment(v, each))];
      case 'exampleExpects': case 'exampleRefusal': return [];
      case 'assignment': return [assignment(v, line)];
    }
  });
}

function assignment(v: Voice, each: n.Assignment): Given {
  const { say } = v.patterns;
  const when = each.selectors.map((narrowed) => selector(v, narrowed));
  const head = prose(term(v, each.name.name), ...when, ...(each.sheet ? [say.by, term(v, each.sheet.name)] : []), ...(each.from && each.to ? [', ', say.fromDate, date(v, each.from), say.toDate, date(v, each.to)] : []));
  const said = (says: Prose, table?: ProseTable): Given => ({ says: v.lang === 'fr' ? elided(says) : says, table });
  if (each.grid) return said(head, gridOf(v, each.grid));
  const rows = each.value?.rows ?? [];
  const [only] = rows;
  if (rows.length === 1 && only && only.guards.length === 0) return said(prose(head, say.equals, expression(v, only.value)));
  return said(head, { head: [], rows: rows.map((row) => [expression(v, row.value), guards(v, row.guards)]) });
}

/** The heads `du` and `au` of a history are dates, not terms. */
const gridOf = (v: Voice, grid: n.Grid): ProseTable => ({
  head: grid.header.map(({ name }) => (['du', 'au', 'début', 'fin'].includes(name) ? prose(v.patterns.columns[name] ?? inWords(name)) : term(v, name))),
  rows: grid.rows.map((row) => row.map((cell) => (cell ? expression(v, cell) : []))),
});
