/**
 * The command line in the language of its user: help, and what is said of a command that is wrong. Commander has its messages in
 * English only; each is made here from the catalogue instead. A command that is wrong ends with 2.
 */
import { Command, InvalidArgumentError, Option, type Argument, type Help } from 'commander';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { toText } from '../diagnostics/print.ts';
import { nearestName } from '../support/nearestName.ts';
import { coloured, err, out } from './colors.ts';
import { say, spokenLang } from './language.ts';

/** Says that the command is wrong, how it is written, and where to read more; throws, as commander does, and the process ends with 2. */
export function refuse(command: Command, item: Diagnostic): never {
  const name = pathOf(command);
  const usage = `${err.bold(say('Usage\u00A0:', 'Usage:'))} ${command.createHelp().commandUsage(command)}`;
  const more = say(`Pour en savoir plus : ${name} --help`, `To know more: ${name} --help`);
  return command.error(`${toText(item, spokenLang())}\n\n${usage}\n${more}`, { exitCode: 2, code: item.code });
}

const pathOf = (command: Command): string => (command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name());
const ancestors = (command: Command): Command[] => [command, ...(command.parent ? ancestors(command.parent) : [])];
const namesOf = (command: Command): string[] => command.createHelp().visibleCommands(command).flatMap((each) => [each.name(), ...each.aliases()]);

/**
 * Commander calls these methods when the command is wrong; all but `createCommand` are not in its types, so that the spec of the
 * command's mistakes is what tells of a version that calls others.
 */
class Spoken extends Command {
  override createCommand(name?: string): Command { return new Spoken(name); }

  missingArgument(name: string): void { refuse(this, diagnostic('commande/argument-absent', { name })); }
  optionMissingArgument(option: Option): void { refuse(this, diagnostic('commande/valeur-absente', { name: option.flags })); }
  missingMandatoryOptionValue(option: Option): void { refuse(this, diagnostic('commande/option-absente', { name: option.flags })); }
  _conflictingOption(option: Option, other: Option): void { refuse(this, diagnostic('commande/options-contraires', { first: option.flags, second: other.flags })); }
  unknownOption(flag: string): void {
    const flags = ancestors(this).flatMap((command) => command.createHelp().visibleOptions(command)).flatMap(({ long }) => long ?? []);
    refuse(this, diagnostic('commande/option-inconnue', { name: flag, nearest: flag.startsWith('--') ? nearestName(flag, flags) : undefined }));
  }
  unknownCommand(): void { this.noSuchCommand(this.args[0] ?? ''); }
  _excessArguments(received: readonly string[]): void {
    const most = this.registeredArguments.length;
    refuse(this, diagnostic('commande/argument-en-trop', { found: received[most] ?? '', most }));
  }
  _callParseArg(target: Option | Argument, value: string, previous: unknown): unknown {
    try {
      return target.parseArg?.(value, previous);
    } catch (error) {
      if (!(error instanceof InvalidArgumentError)) throw error;
      const name = target instanceof Option ? target.flags : target.name();
      return refuse(this, target.argChoices ? diagnostic('commande/choix', { name, found: value, choices: target.argChoices.join(', ') }) : diagnostic('commande/valeur', { name, found: value, why: error.message }));
    }
  }
  _dispatchHelpCommand(name: string | undefined): void {
    if (name === undefined) this.help();
    const found = this.commands.find((each) => each.name() === name || each.aliases().includes(name));
    if (found) found.help();
    this.noSuchCommand(name);
  }
  private noSuchCommand(name: string): never { return refuse(this, diagnostic('commande/inconnue', { name, nearest: nearestName(name, namesOf(this)) })); }
}

/** Commander's own words. */
const titles = (): Readonly<Record<string, string>> => ({ 'Usage:': 'Usage\u00A0:', 'Arguments:': 'Arguments\u00A0:', 'Options:': 'Options\u00A0:', 'Commands:': 'Commandes\u00A0:' });

/** What is said of the values that an option or an argument takes. */
function described({ description, argChoices, defaultValue, defaultValueDescription }: { description: string; argChoices?: string[] | undefined; defaultValue?: unknown; defaultValueDescription?: string | undefined }): string {
  const value = defaultValueDescription ?? (typeof defaultValue === 'string' || typeof defaultValue === 'number' ? String(defaultValue) : undefined);
  const more = [...(argChoices ? [`${say('choix', 'choices')}${say('\u00A0: ', ': ')}${argChoices.join(', ')}`] : []), ...(value !== undefined ? [`${say('à défaut', 'default')}${say('\u00A0: ', ': ')}${value}`] : [])];
  return more.length > 0 ? `${description} (${more.join(say('\u00A0; ', '; '))})` : description;
}

const help: Partial<Help> = {
  styleTitle: (title) => out.bold(say(titles()[title] ?? title, title)),
  optionDescription: described,
  argumentDescription: described,
};

/** The root of the command line, without its commands. The language must be set before. */
export function newProgram(): Command {
  return withExamples(new Spoken('bareme')
    .description(say("Les tarifs d'électricité en code : factures exactes, vérifications, explications.", 'Electricity rates as code: exact bills, checks, explanations.'))
    .usage(say('[options] <commande>', '[options] <command>'))
    .version('0.1.0', '-V, --version', say('donne la version', 'gives the version'))
    .helpOption('-h, --help', say('affiche cette aide', 'shows this help'))
    .helpCommand(say('help [commande]', 'help [command]'), say("affiche l'aide d'une commande", 'shows the help of a command'))
    .configureHelp(help)
    .configureOutput({
      writeOut: (text) => process.stdout.write(text), writeErr: (text) => process.stderr.write(text),
      getOutHasColors: () => coloured(process.stdout, process.env), getErrHasColors: () => coloured(process.stderr, process.env),
    })
    .exitOverride(), 'bareme bill examples/maison-d.json --explain', 'bareme bill --help', say('bareme --help --lang en', 'bareme --help --lang fr'));
}

/** Adds examples to the help of a command: each is a line that can be typed. */
export function withExamples(command: Command, ...lines: readonly string[]): Command {
  const title = lines.length > 1 ? say('Exemples\u00A0:', 'Examples:') : say('Exemple\u00A0:', 'Example:');
  return command.addHelpText('after', () => `\n${out.bold(title)}\n${lines.map((line) => `  ${line}`).join('\n')}`);
}
