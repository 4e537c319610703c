/** Results of examples, beside them: what holds, and what was found where something does not. Examples run one at a time. */
import type { InlayHint, Range } from 'vscode-languageserver';
import { checkProgram } from '../check/check.ts';
import { isError, messageOf } from '../diagnostics/diagnostic.ts';
import { programOfExample, runExample, type ExampleResult } from '../evaluate/example.ts';
import type { Lang } from '../quantity/format.ts';
import type { ExampleStatement } from '../syntax/nodes.ts';
import { offsetsOf, type Document } from './document.ts';
import { indexOf } from './index.ts';
import type { World } from './world.ts';

/** Results stay while no program changes: typing in an example runs only that one again. */
const kept = new WeakMap<World, { state: string; results: Map<ExampleStatement, ExampleResult | undefined> }>();

/** The hints of the examples that a range shows, one step for each example that had to be run. */
export function* inlayHints(world: World, document: Document, range: Range, lang: Lang): Generator<undefined, InlayHint[], undefined> {
  const from = document.text.offsetAt(range.start);
  const to = document.text.offsetAt(range.end);
  const hints: InlayHint[] = [];
  for (const block of document.tarif.blocks) {
    for (const statement of block.statements) {
      if (statement.kind !== 'example') continue;
      const offsets = offsetsOf(document, statement.span);
      if (!offsets || offsets.end < from || offsets.start > to) continue;
      const { result, fresh } = resultOf(world, statement);
      if (fresh) yield undefined;
      if (result) hints.push(...hintsOf(document, offsets.start, result, lang));
    }
  }
  return hints.filter(({ position }) => position.line >= range.start.line && position.line <= range.end.line);
}

/** An example's result; undefined when the program that it needs is wrong. */
function resultOf(world: World, example: ExampleStatement): { readonly result: ExampleResult | undefined; readonly fresh: boolean } {
  const site = indexOf(world).siteOf(example);
  if (!site?.edition || !site.article) return { result: undefined, fresh: false };
  const { rate, options } = programOfExample(example, site.article);
  const outcome = rate === undefined ? undefined : site.edition.programs.program(rate, options);
  const state = world.editions.map(({ book, programs }) => `${book.edition.date} ${programs.changes}`).join();
  let known = kept.get(world);
  if (known?.state !== state) kept.set(world, (known = { state, results: new Map() }));
  if (known.results.has(example)) return { result: known.results.get(example), fresh: false };
  let result: ExampleResult | undefined;
  const broken = outcome !== undefined && checkProgram(outcome).some(isError);
  if (!broken) result = runExample(example, site.article, site.edition.programs, world.ready());
  known.results.set(example, result);
  return { result, fresh: true };
}

function hintsOf(document: Document, start: number, { checks, failures }: ExampleResult, lang: Lang): InlayHint[] {
  const head = document.text.positionAt(start);
  const endOfLine = (line: number): { line: number; character: number } => ({ line, character: document.text.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } }).replace(/[\r\n]+$/, '').length });
  if (failures.length === 0) return [{ position: endOfLine(head.line), label: checks.length > 1 ? `✓ ${checks.length}` : '✓', paddingLeft: true, tooltip: lang === 'fr' ? 'L’exemple tient.' : 'The example holds.' }];
  const wrong = checks.filter(({ holds }) => !holds);
  const why = failures.map((failure) => messageOf(failure, lang)).join('\n');
  const hints: InlayHint[] = [{ position: endOfLine(head.line), label: wrong.length > 0 && checks.length > 1 ? `✗ ${wrong.length}/${checks.length}` : '✗', paddingLeft: true, tooltip: why }];
  for (const { span, found } of wrong) {
    const offsets = offsetsOf(document, span);
    if (offsets) hints.push({ position: endOfLine(document.text.positionAt(offsets.end).line), label: `→ ${found}`, paddingLeft: true });
  }
  return hints;
}
