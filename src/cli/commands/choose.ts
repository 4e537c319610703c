/** `bareme choose`: what each rate and set of options would cost a customer. */
import { dirname } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { chooseRate } from '../../analysis/choose.ts';
import { choiceToJson } from '../../analysis/writeChoice.ts';
import { parseIsoDate } from '../../calendar/day.ts';
import type { Catalogue } from '../../contract/readCase.ts';
import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { jsonKey } from '../../evaluate/words.ts';
import { catalogueOf, prepare } from '../../index.ts';
import { nearestName } from '../../support/nearestName.ts';
import { readCases } from '../cases.ts';
import { common, complain, fail, langOf, open, print, printJson, readText, type Common } from '../context.ts';
import { say } from '../language.ts';
import { printChoice } from '../printChoice.ts';
import { refuse, withExamples } from '../program.ts';
import { startProgress } from '../progress.ts';
import { tableReader } from '../tables.ts';

interface Options extends Common { readonly tarifs?: readonly string[]; readonly options?: readonly (readonly string[])[]; readonly edition?: number | 'jours'; readonly dernierePeriode?: boolean }

export function addChoose(program: Command): void {
  const command = withExamples(common(program.command('choose').argument(say('<cas>', '<case>'), say("un cas, un cas et son historique, ou les périodes d'un client (liste JSON, NDJSON), ou - pour l'entrée standard", 'a case, a case with its history, or the periods of one customer (JSON list, NDJSON), or - for standard input'))
    .description(say('facture un client à chaque tarif et avec chaque option', 'bills a customer at each rate and with each option'))
    .option(say('--tarifs <liste>', '--tarifs <list>'), say('seulement ces tarifs, séparés par des virgules', 'only these rates, separated by commas'), listed)
    .option(say('--options <ensembles>', '--options <sets>'), say("seulement ces ensembles d'options : « a,b+c » essaie a, puis b avec c", 'only these sets of options: “a,b+c” tries a, then b with c'), (text: string) => listed(text).map((set) => set.split('+').map((each) => each.trim()).filter((each) => each !== '')))
    .option('--edition <date>', say('édition dont les prix servent à toutes les périodes, celle du dernier jour sinon ; « jours » : chaque jour à ses prix', 'edition whose prices serve for all periods, that of the last day otherwise; “jours”: each day at its prices'), editionDate)
    .option('--derniere-periode', say('ne facture que la dernière période, les autres étant son historique', 'bills the last period only, the others being its history'))),
  'bareme choose examples/commerce-g.json', 'bareme choose examples/commerce-g.json --tarifs G,M,G9 --json', `bareme choose ${say('annee', 'year')}.ndjson --tarifs D --options crédit_hivernal_D,mesurage_net_1`)
    .action((path: string, options: Options) => {
      const text = readText(path);
      if (text === undefined) { complain([diagnostic('texte/introuvable', { path })], options); fail(); return; }
      const { books, errors } = open(options);
      if (errors().length > 0) { complain(errors(), options); fail(); return; }
      const catalogue = catalogueOf(books);
      const rates = named(options.tarifs ?? [], catalogue.rates, 'tarifs/inconnu');
      const sets = (options.options ?? []).map((set) => named(set, [...catalogue.options.keys()], 'options/inconnue'));
      const wrong = [rates, ...sets].flatMap((each) => each.wrong);
      if (wrong[0]) refuse(command, wrong[0]);
      const cases = readCases(text);
      if ('diagnostics' in cases) { complain(cases.diagnostics, options); fail(); return; }
      const unread = cases.list.flatMap((each, index) => ('diagnostics' in each ? each.diagnostics.map((item) => ({ ...item, pointer: `/${index}${item.pointer ?? ''}` })) : []));
      if (unread.length > 0) { complain(unread, options); fail(); return; }
      const progress = startProgress(say('Tarifs et options', 'Rates and options'));
      try {
        const outcome = chooseRate(cases.list.flatMap((each) => ('value' in each ? [each.value] : [])), { catalogue, editions: prepare(books), books: books.map(({ book }) => book), readTable: tableReader(path === '-' ? process.cwd() : dirname(path)) }, {
          rates: options.tarifs && rates.names, sets: options.options && sets.map((each) => each.names), edition: options.edition === 'jours' ? 'dates' : options.edition, lastOnly: options.dernierePeriode, onTry: () => progress.tick(),
        });
        progress.stop();
        if (errors().length > 0) { complain(errors(), options); fail(); return; }
        if ('diagnostics' in outcome) { complain(outcome.diagnostics, options); fail(); return; }
        if (options.json) printJson(choiceToJson(outcome.choice, langOf(options)));
        else print(printChoice(outcome.choice, langOf(options)));
      } finally {
        progress.stop();
      }
    });
}

const listed = (text: string): string[] => text.split(',').map((each) => each.trim()).filter((each) => each !== '');

function editionDate(text: string): number | 'jours' {
  const day = text === 'jours' ? text : parseIsoDate(text);
  if (day === undefined) throw new InvalidArgumentError(say('donner une date (2025-04-01) ou « jours »', 'give a date (2025-04-01) or “jours”'));
  return day;
}

/** Names as the language writes them, whatever their accents; those that it does not know are mistakes of the command. */
function named(asked: readonly string[], known: Catalogue['rates'], code: 'tarifs/inconnu' | 'options/inconnue'): { readonly names: string[]; readonly wrong: Diagnostic[] } {
  const found = asked.map((name) => known.find((each) => each === name) ?? known.find((each) => jsonKey(each) === jsonKey(name)));
  return { names: found.filter((name) => name !== undefined), wrong: asked.filter((_, index) => found[index] === undefined).map((name) => diagnostic(code, { name, nearest: nearestName(name, known) })) };
}
