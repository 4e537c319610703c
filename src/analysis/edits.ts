/** Changes of the data of an example: what may be varied, in the text that an analyst would write. */
import { civil, dayOf, type Day } from '../calendar/day.ts';
import type { Elaborator } from '../check/elaborate.ts';
import { divide, equals, multiply, parseExact, sign, toDecimal, type Exact } from '../quantity/exact.ts';
import { formatNumberFr } from '../quantity/format.ts';
import { parseUnit } from '../quantity/unit.ts';
import type * as n from '../syntax/nodes.ts';
import { visit } from '../syntax/visit.ts';
import { replaceNode } from './replaceNode.ts';

/** One change: a node of the example, what stands in its place, and how that is written. */
export interface Edit { readonly node: n.Quantity | n.NameExpr | n.BooleanLiteral | n.DateLiteral; readonly to: object; readonly text: string }

export const edited = (example: n.ExampleStatement, edits: readonly Edit[]): n.ExampleStatement => edits.reduce((made, { node, to }) => replaceNode(made, node, to), example);

/** The figures among the data of an example, with what each is worth in base units. */
export function figuresOf(example: n.ExampleStatement): { readonly node: n.Quantity; readonly value: Exact; readonly factor: Exact }[] {
  const found: { node: n.Quantity; value: Exact; factor: Exact }[] = [];
  for (const line of example.lines) {
    if (line.kind !== 'assignment' && line.kind !== 'exampleHistory' && line.kind !== 'exampleReading') continue;
    visit(line, (node) => {
      if (node.kind !== 'quantity') return;
      const number = parseExact(node.decimal);
      const factor = node.unit === undefined ? { n: 1n, d: 1n } : parseUnit(node.unit)?.factor;
      if (number && factor) found.push({ node, value: multiply(number, factor), factor });
    });
  }
  return found;
}

/** A figure with another value (in base units); undefined when it cannot be written in a few digits, or is what it was. */
export function figureEdit({ node, value, factor }: ReturnType<typeof figuresOf>[number], to: Exact): Edit | undefined {
  if (equals(value, to) || sign(to) < 0) return undefined;
  const decimal = toDecimal(divide(to, factor), 9);
  if (!decimal.exact || decimal.text.length > 15) return undefined;
  const text = formatNumberFr(decimal.text);
  return { node, to: { ...node, decimal: decimal.text, text }, text: `${text}${node.unit === undefined ? '' : ` ${node.unit}`}` };
}

/** The other choices of each choice, and yes for no. */
export function choiceEdits(example: n.ExampleStatement, elaborator: Elaborator, article: string): Edit[] {
  const found: Edit[] = [];
  for (const line of example.lines) {
    if (line.kind !== 'assignment' || !line.value) continue;
    const entry = elaborator.scope.lookup(line.name.name, article);
    const symbol = entry && entry.source.kind !== 'plage' ? elaborator.symbol(entry) : undefined;
    visit(line.value, (node) => {
      if (node.kind === 'boolean') found.push({ node, to: { ...node, value: !node.value }, text: node.value ? 'non' : 'oui' });
      if (node.kind !== 'name' || symbol?.kind.kind !== 'choice' || !symbol.kind.choices.includes(node.name)) return;
      for (const choice of symbol.kind.choices) if (choice !== node.name) found.push({ node, to: { ...node, name: choice }, text: choice });
    });
  }
  return found;
}

const MONTHS = ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'];
/** The period moved so that it starts on a day, as long as it was: both its ends. */
export function periodEdits(example: n.ExampleStatement, starts: readonly Day[]): Edit[][] {
  const period = example.lines.find((line) => line.kind === 'examplePeriod');
  const [from, to] = [period?.from, period?.to].map((date) => (date?.year === undefined ? undefined : dayOf(date.year, date.month, date.day)));
  if (!period || from === undefined || to === undefined) return [];
  const edit = (node: n.DateLiteral, day: Day): Edit => {
    const { year, month, day: date } = civil(day);
    return { node, to: { ...node, year, month, day: date }, text: `${date === 1 ? '1er' : date} ${MONTHS[month - 1]} ${year}` };
  };
  return starts.filter((day) => day !== from).map((day) => [edit(period.from, day), edit(period.to, day + to - from)]);
}

/** The text of an example with its changes, and nothing yet of what it must give. */
export function writtenWith({ span, lines }: n.ExampleStatement, edits: readonly Edit[], title: string, gives: readonly string[]): string {
  const { text } = span.file;
  const begin = text.lastIndexOf('\n', span.start) + 1;
  const answers = lines.filter((line) => line.kind === 'exampleExpects' || line.kind === 'exampleRefusal').map((line) => line.span.start);
  const end = Math.min(...answers, span.end);
  const stop = answers.length > 0 ? text.lastIndexOf('\n', end) + 1 : end;
  let out = text.slice(begin, stop);
  for (const { node, text: made } of [...edits].sort((a, b) => b.node.span.start - a.node.span.start)) out = `${out.slice(0, node.span.start - begin)}${made}${out.slice(node.span.end - begin)}`;
  return [out.replace(/«[^»]*»/, `« ${title} »`).trimEnd(), ...gives].join('\n');
}
