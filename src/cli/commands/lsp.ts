/** `bareme lsp`: the language server, which an editor starts. */
import { Option, type Command } from 'commander';
import { say } from '../language.ts';
import { withExamples } from '../program.ts';

export function addLsp(program: Command): void {
  const command = program.command('lsp').description(say("le serveur de langage, que l'éditeur démarre (docs/atelier/editeur.md)", 'the language server, which the editor starts (docs/atelier/editeur.md)'))
    .option('--stdio', say("parle sur l'entrée et la sortie ; c'est ce qui se fait si rien n'est dit", 'speaks on its input and output; so it does when nothing is said'))
    .option('--lang <fr|en>', say('langue des messages', 'language of the messages'));
  // What libraries of editors add by themselves.
  for (const flags of ['--node-ipc', '--socket <port>', '--pipe <name>', '--clientProcessId <id>']) command.addOption(new Option(flags).hideHelp());
  withExamples(command, 'bareme lsp', 'bareme lsp --lang en')
    .action(async ({ lang }: { readonly lang?: string }) => { const { startFromArguments } = await import('../../server/process.ts'); startFromArguments(process.argv, lang); });
}
