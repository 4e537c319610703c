/** `bareme schema`: the JSON Schema of the cases of a rate. */
import type { Command } from 'commander';
import type { Json } from '../../contract/json.ts';
import { readCase } from '../../contract/readCase.ts';
import { caseSchema } from '../../contract/schema.ts';
import { catalogueOf } from '../../index.ts';
import { common, complain, fail, open, type Common } from '../context.ts';
import { say } from '../language.ts';
import { withExamples } from '../program.ts';

export function addSchema(program: Command): void {
  withExamples(common(program.command('schema').argument(say('<tarif>', '<rate>'), say('le tarif : D, DP, G…', 'the rate: D, DP, G…'))
    .description(say("donne le JSON Schema des cas d'un tarif", 'gives the JSON Schema of the cases of a rate'))
    .option(say('--option <nom...>', '--option <name...>'), say('options du tarif', 'options of the rate'))),
  'bareme schema DP', 'bareme schema D --option mesurage_net_1')
    .action((rate: string, options: Common & { option?: string[] }) => {
      const { books, errors } = open(options);
      const read = errors().length > 0 ? { diagnostics: errors() } : readCase({ tarif: rate, options: options.option ?? [], periode: {} } as unknown as Json, catalogueOf(books), () => ({ diagnostics: [] }));
      const made = catalogueOf(books).program(rate, (options.option ?? []));
      if (errors().length > 0 || !made) { complain('diagnostics' in read ? read.diagnostics : [], options); fail(); return; }
      process.stdout.write(`${JSON.stringify(caseSchema(made), null, 2)}\n`);
    });
}
