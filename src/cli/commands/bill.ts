/** `bareme bill`: cases in, bills out. */
import { dirname } from 'node:path';
import type { Command } from 'commander';
import type { Json } from '../../contract/json.ts';
import { readCase } from '../../contract/readCase.ts';
import { billToJson } from '../../contract/writeBill.ts';
import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { toJson } from '../../diagnostics/print.ts';
import { billCase, type Bill } from '../../evaluate/bill.ts';
import { withEditions, type Billing } from '../billing.ts';
import { readCases } from '../cases.ts';
import { common, complain, defaultTariffs, fail, langOf, readText, type Common } from '../common.ts';
import { say } from '../language.ts';
import { printBill } from '../printBill.ts';
import { withExamples } from '../program.ts';
import { tableReader } from '../tables.ts';

export function addBill(program: Command): void {
  withExamples(common(program.command('bill').argument(say('<cas>', '<case>'), say("fichier JSON (un cas ou une liste) ou NDJSON, ou - pour l'entrée standard", 'JSON file (a case or a list) or NDJSON, or - for standard input'))
    .description(say('facture un cas', 'bills a case'))
    .option('--explain', say('explique chaque ligne', 'explains each line')).option('--trace', say('joint la trace au JSON', 'joins the trace to the JSON'))),
  'bareme bill examples/maison-d.json --explain', `cat ${say('cas', 'cases')}.ndjson | bareme bill - --json`)
    .action(async (path: string, options: Common & { explain?: boolean; trace?: boolean }) => {
      const lang = langOf(options);
      const text = readText(path);
      if (text === undefined) { complain([diagnostic('texte/introuvable', { path })], options); fail(); return; }
      // Only English asks for words that the files do not carry.
      const words = lang === 'fr' ? undefined : (await import('../titles.ts')).englishTitles(options.tariffs ?? defaultTariffs());
      if (words && 'diagnostics' in words) { complain(words.diagnostics, options); fail(); return; }
      const tables = tableReader(path === '-' ? process.cwd() : dirname(path));
      const one = (json: Json, { catalogue, editions }: Billing): { bill: Bill } | { diagnostics: readonly Diagnostic[] } => {
        const read = readCase(json, catalogue, tables);
        if (!('input' in read)) return read;
        const billed = billCase(read.input, editions, { trace: (options.explain ?? false) || (options.trace ?? false) });
        return 'bill' in billed && words ? { bill: words.titled(billed.bill) } : billed;
      };
      const show = (result: ReturnType<typeof one>): object => ('bill' in result ? billToJson(result.bill, lang, options.trace ?? false) : { version: 1, erreurs: result.diagnostics.map((item) => toJson(item, lang)) });
      const cases = readCases(text);
      const worked = await withEditions(options, 'list' in cases ? cases.list : [], (each, billing) => ('diagnostics' in each ? each : one(each.value, billing)));
      if ('errors' in worked) { complain(worked.errors, options); fail(); return; }
      if ('diagnostics' in cases) { complain(cases.diagnostics, options); fail(); return; }
      const { results } = worked;
      if (results.some((result) => 'diagnostics' in result)) fail();
      if (options.json) {
        const shown = results.map(show);
        if (cases.form === 'ndjson') for (const each of shown) process.stdout.write(`${JSON.stringify(each)}\n`);
        else process.stdout.write(`${JSON.stringify(cases.form === 'one' ? shown[0] : shown, null, 2)}\n`);
      } else {
        for (const result of results) {
          if ('bill' in result) process.stdout.write(`${printBill(result.bill, lang, options.explain ?? false)}\n\n`);
          else complain(result.diagnostics, options);
        }
      }
      await worked.keep();
    });
}
