/** What `bareme test` says to people: each example that is off, line by line, and the counts. */
import Table from 'cli-table3';
import { out as pc } from './colors.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { inOrder, toJson } from '../diagnostics/print.ts';
import type { CheckReport, ExampleReport, VerificationReport } from '../render/testReport.ts';
import { complain, fail, langOf, print, printJson, type Common } from './context.ts';
import { say } from './language.ts';

/** An example that is off: where it is, what it expected beside what was found, and what each line that differs was worked out from. */
export function printExample(report: ExampleReport): string {
  const rate = report.tarif === undefined ? '' : say(`, tarif ${[report.tarif, ...(report.options ?? [])].join(' + ')}`, `, rate ${[report.tarif, ...(report.options ?? [])].join(' + ')}`);
  const out = [`${pc.red('✗')} ${pc.bold(`« ${report.titre} »`)}  ${say('article', 'article')} ${report.article}${rate}`, `  ${pc.dim(`${report.fichier}:${report.ligne}`)}`];
  if (report.verifications.length > 0) out.push(indented(checksTable(report.verifications)));
  const told = new Set(report.verifications.filter(({ exact }) => !exact).map(({ ligne }) => ligne));
  for (const item of report.diagnostics) if (item.ligne === undefined || !told.has(item.ligne)) out.push(`  ${item.message}`);
  // What one value came from is not told again for a total that it is part of.
  const blocks = new Set<string>();
  for (const { expression, trace } of report.verifications) {
    const fresh = blocksOf(trace ?? []).filter((block) => !blocks.has(block));
    for (const block of fresh) blocks.add(block);
    if (fresh.length > 0) out.push(`  ${pc.bold(say(`D'où vient ${expression}`, `Where ${expression} comes from`))}`, ...fresh.map((block) => block.replace(/^/gm, '    ')));
  }
  return out.join('\n');
}

/** A trace by its outer lines, each with what is under it. */
function blocksOf(trace: readonly string[]): string[] {
  const blocks: string[] = [];
  for (const line of trace) {
    if (line.startsWith(' ') && blocks.length > 0) blocks[blocks.length - 1] += `\n${line}`;
    else blocks.push(line);
  }
  return blocks;
}

function printVerification(report: VerificationReport): string {
  return [`${pc.red('✗')} ${pc.bold(report.texte)}  article ${report.article}`, `  ${pc.dim(`${report.fichier}:${report.ligne}`)}`, ...report.diagnostics.map(({ message }) => `  ${message}`)].join('\n');
}

function checksTable(checks: readonly CheckReport[]): string {
  const table = new Table({
    head: ['', say('ligne', 'line'), '', say('attendu', 'expected'), say('trouvé', 'found'), say('écart', 'off by')].map((head) => pc.bold(head)),
    colAligns: ['left', 'right', 'left', 'right', 'right', 'right'], style: { head: [], border: [], compact: true }, wordWrap: true,
  });
  for (const { exact, ligne, expression, signe, attendu, trouve, ecart } of checks) {
    const shade = (text: string): string => (exact ? text : pc.red(text));
    const expected = signe === undefined || signe === '=' ? attendu : `${signe} ${attendu}`;
    table.push([exact ? pc.green('✓') : pc.red('✗'), String(ligne), folded(expression, 40), folded(expected, 50), shade(folded(trouve, 60)), exact || ecart === undefined ? '' : shade(/^[−-]/.test(ecart) ? ecart : `+${ecart}`)]);
  }
  return table.toString();
}

const indented = (text: string): string => text.split('\n').map((line) => `  ${line}`).join('\n');

/** A long text on several lines, cut at its spaces. */
function folded(text: string, width: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) { lines.push(line); line = word; } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}

/** What a run came to; `wrong` is what is wrong with the files. */
export interface Outcome { readonly examples: readonly ExampleReport[]; readonly verifications: readonly VerificationReport[]; readonly wrong: readonly Diagnostic[] }

/** Says it, and makes the command fail when something is off. */
export function showOutcome({ examples, verifications, wrong }: Outcome, options: Common & { readonly verbose?: boolean }): void {
  const failed = examples.filter(({ exact }) => !exact);
  const off = verifications.filter(({ exact }) => !exact);
  const stated = new Set(off.flatMap(({ diagnostics }) => diagnostics.map(({ fichier, ligne, code }) => `${fichier}:${ligne} ${code}`)));
  if (failed.length + off.length + wrong.length > 0) fail();
  const lang = langOf(options);
  const printed = inOrder(wrong).map((item) => ({ item, json: toJson(item, lang) }));
  if (options.json) {
    printJson({
      version: 1, reussis: examples.length - failed.length, echoues: failed.length, verifications_reussies: verifications.length - off.length, verifications_echouees: off.length,
      exemples: examples, verifications, diagnostics: [...printed.map(({ json }) => json), ...failed.flatMap(({ diagnostics }) => diagnostics)],
    });
    return;
  }
  complain(printed.filter(({ json }) => !stated.has(`${json.fichier}:${json.ligne} ${json.code}`)).map(({ item }) => item), options);
  for (const report of failed) print(`${printExample(report)}\n`);
  for (const report of off) print(`${printVerification(report)}\n`);
  if (options.verbose) print(`${printFiles(examples, verifications)}\n`);
  print(printCounts(examples.length - failed.length, failed.length, verifications.length - off.length, off.length));
}

/** The last line: how many examples and statements of the book are exact, and how many are not. */
function printCounts(passed: number, failed: number, verified: number, off: number): string {
  const examples = say(`${passed} exemple(s) exact(s), ${failed} en écart`, `${passed} example(s) exact, ${failed} off`);
  if (verified + off === 0) return `${examples}.`;
  return `${examples}${say(` ; ${verified} vérification(s) du livre exacte(s), ${off} en écart.`, `; ${verified} check(s) of the book exact, ${off} off.`)}`;
}

/** How each file fares (`--verbose`). */
function printFiles(examples: readonly ExampleReport[], verifications: readonly VerificationReport[]): string {
  const files = new Map<string, { passed: number; failed: number; checks: number }>();
  for (const each of [...examples, ...verifications]) {
    const file = files.get(each.fichier) ?? { passed: 0, failed: 0, checks: 0 };
    files.set(each.fichier, file);
    if (each.exact) file.passed++; else file.failed++;
    file.checks += 'verifications' in each ? each.verifications.length : 1;
  }
  return [...files].map(([path, { passed, failed, checks }]) => `${failed === 0 ? pc.green('✓') : pc.red('✗')} ${path}  ${say(`${passed} exact(s)${failed > 0 ? `, ${failed} en écart` : ''}, ${checks} valeurs`, `${passed} exact${failed > 0 ? `, ${failed} off` : ''}, ${checks} values`)}`).join('\n');
}
