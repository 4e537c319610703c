/** `bareme lsp`: the language server, for an editor. */
import type { Command } from 'commander';

export function addLsp(program: Command): void {
  program.command('lsp').description("le serveur de langage, que l'éditeur démarre").option('--stdio', "parle sur l'entrée et la sortie (c'est ce qui se fait sans rien dire)").allowUnknownOption()
    .addHelpText('after', "\nL'éditeur le démarre lui-même ; voir docs/atelier/editeur.md. Exemple, pour Helix :\n  [language-server.bareme]\n  command = \"bareme\"\n  args = [\"lsp\"]")
    .action(async () => { const { startFromArguments } = await import('../../server/process.ts'); startFromArguments(process.argv); });
}
