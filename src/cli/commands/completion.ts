/** `bareme completion`: the script by which a shell completes the command; `bareme complete` is what the script asks. */
import { Argument, type Command } from 'commander';
import { formatIsoDate } from '../../calendar/day.ts';
import { answer, written, type Candidate, type Names } from '../completion/answer.ts';
import { defaultTariffs, print } from '../context.ts';
import { say } from '../language.ts';
import { loadFolder } from '../load.ts';
import { withExamples } from '../program.ts';
import { silenceProgress } from '../progress.ts';

const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

export function addCompletion(program: Command): void {
  withExamples(program.command('completion').addArgument(new Argument('<shell>', say("l'interpréteur de commandes", 'the shell')).choices(SHELLS))
    .description(say("donne le script qui complète la commande à la touche Tab", 'gives the script that completes the command at the Tab key')),
  'source <(bareme completion bash)', 'bareme completion zsh > ~/.zfunc/_bareme', 'bareme completion fish > ~/.config/fish/completions/bareme.fish', 'bareme completion powershell | Out-String | Invoke-Expression')
    .action(async (shell: (typeof SHELLS)[number]) => {
      if (shell === 'bash') { print((await import('../completion/bash.ts')).BASH.trimEnd()); return; }
      (await import('@bomb.sh/tab')).script(shell, 'bareme', 'bareme');
    });
  program.command('complete', { hidden: true }).argument('[mots...]').helpOption(false).allowUnknownOption()
    .action((words: readonly string[]) => {
      silenceProgress();
      print(written(answer(program, words, tariffNames())));
    });
}

/** The names of the tariffs; a file that cannot be read gives none, for this is no place to complain. */
function tariffNames(): Names {
  const books = (tariffs: string | undefined): ReturnType<typeof loadFolder>['books'] => loadFolder(tariffs ?? defaultTariffs(), { examples: false }).books;
  const named = (modules: readonly { readonly name: string; readonly title: string }[]): Candidate[] => [...new Map(modules.map(({ name, title }) => [name, { value: name, about: title }])).values()];
  return {
    editions: (tariffs) => books(tariffs).map(({ edition }) => ({ value: formatIsoDate(edition.date), about: edition.title })),
    rates: (tariffs) => named(books(tariffs).flatMap(({ rates }) => [...rates.values()])),
    options: (tariffs, words) => {
      const known = books(tariffs);
      const rates = words.filter((word) => known.some(({ rates: all }) => all.has(word)));
      const options = known.flatMap((book) => [...book.options.values()]);
      return named(options.filter((option) => option.rates.length === 0 || rates.length === 0 || option.rates.some(({ name }) => rates.includes(name))));
    },
  };
}
