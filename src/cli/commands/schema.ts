/** `bareme schema`: the JSON Schema of the cases of a rate. */
import type { Command } from 'commander';
import type { Json } from '../../contract/json.ts';
import { readCase } from '../../contract/readCase.ts';
import { caseSchema } from '../../contract/schema.ts';
import { catalogueOf } from '../../index.ts';
import { common, complain, fail, open, type Common } from '../context.ts';

export function addSchema(program: Command): void {
  common(program.command('schema').argument('<tarif>').option('--option <nom...>', 'options du tarif').description("le JSON Schema des cas d'un tarif")
    .addHelpText('after', '\nExemple :\n  bareme schema DP'))
    .action((rate: string, options: Common & { option?: string[] }) => {
      const { books, errors } = open(options);
      const read = errors().length > 0 ? { diagnostics: errors() } : readCase({ tarif: rate, options: options.option ?? [], periode: {} } as unknown as Json, catalogueOf(books), () => ({ diagnostics: [] }));
      const made = catalogueOf(books).program(rate, (options.option ?? []));
      if (errors().length > 0 || !made) { complain('diagnostics' in read ? read.diagnostics : [], options); fail(); return; }
      process.stdout.write(`${JSON.stringify(caseSchema(made), null, 2)}\n`);
    });
}
