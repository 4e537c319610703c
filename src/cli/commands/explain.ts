/** `bareme explain`: why one bill is not the other, article by article. */
import { dirname } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { differenceOf } from '../../analysis/difference.ts';
import { billSide, type Instead, type Side } from '../../analysis/sides.ts';
import { differenceToJson } from '../../analysis/writeDifference.ts';
import { parseIsoDate } from '../../calendar/day.ts';
import type { Json } from '../../contract/json.ts';
import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { jsonKey } from '../../evaluate/words.ts';
import { catalogueOf, prepare } from '../../index.ts';
import { nearestName } from '../../support/nearestName.ts';
import { readCases } from '../cases.ts';
import { common, complain, fail, langOf, open, print, printJson, readText, type Common } from '../context.ts';
import { say } from '../language.ts';
import { printDifference } from '../printDifference.ts';
import { refuse, withExamples } from '../program.ts';
import { readDatum } from '../shapeArguments.ts';
import { tableReader } from '../tables.ts';

interface Options extends Common { readonly edition?: string; readonly contreEdition?: string; readonly contreTarif?: string; readonly contreOption?: readonly string[]; readonly contreDonnee: ReadonlyMap<string, Json> }

export function addExplain(program: Command): void {
  const several = (text: string, before: readonly string[] = []): string[] => [...before, ...text.split(',').map((each) => each.trim()).filter((each) => each !== '')];
  const command = withExamples(common(program.command('explain').argument('<A>', say('le cas de la première facture, ou -', 'the case of the first bill, or -')).argument('[B]', say('celui de la seconde ; sans lui, A avec ce que disent --contre-…', 'that of the second; without it, A with what --contre-… say'))
    .description(say("attribue la différence de deux factures, article par article, au dernier chiffre", 'attributes the difference of two bills, article by article, to the last digit'))
    .option('--edition <date>', say("édition de A, quelles que soient ses dates", 'edition of A, whatever its dates'), editionDate)
    .option('--contre-edition <date>', say('édition de B', 'edition of B'), editionDate)
    .option(say('--contre-tarif <tarif>', '--contre-tarif <rate>'), say('tarif de B', 'rate of B'))
    .option(say('--contre-option <nom>', '--contre-option <name>'), say('option de B, plusieurs fois au besoin ; « aucune » : sans option', 'option of B, repeatable; “aucune”: without options'), several)
    .option(say('--contre-donnee <clé=valeur>', '--contre-donnee <key=value>'), say('ajoute ou remplace une donnée de B', 'adds or replaces a datum of B'), (text: string, before: ReadonlyMap<string, Json>) => new Map([...before, readDatum(text)]), new Map<string, Json>())),
  'bareme explain examples/maison-d.json --contre-edition 2025-04-01', 'bareme explain examples/commerce-g.json --contre-tarif M', 'bareme explain examples/maison-d.json --contre-donnee energie=3600 --json', `bareme explain ${say('avant.json apres.json', 'before.json after.json')}`)
    .action((pathA: string, pathB: string | undefined, options: Options) => {
      const stop = (items: readonly Diagnostic[]): void => { complain(items, options); fail(); };
      if (pathB === undefined && options.contreEdition === undefined && options.contreTarif === undefined && options.contreOption === undefined && options.contreDonnee.size === 0) refuse(command, diagnostic('commande/argument-absent', { name: 'B' }));
      const texts = [pathA, ...(pathB === undefined ? [] : [pathB])].map((path) => ({ path, text: readText(path) }));
      const unread = texts.filter(({ text }) => text === undefined);
      if (unread.length > 0) { stop(unread.map(({ path }) => diagnostic('texte/introuvable', { path }))); return; }
      const { books, errors } = open(options);
      if (errors().length > 0) { stop(errors()); return; }
      const catalogue = catalogueOf(books);
      const named = (name: string, known: readonly string[], code: 'tarifs/inconnu' | 'options/inconnue'): string => known.find((each) => jsonKey(each) === jsonKey(name)) ?? refuse(command, diagnostic(code, { name, nearest: nearestName(name, known) }));
      const market = { catalogue, editions: prepare(books) };
      const instead: Instead = {
        rate: options.contreTarif === undefined ? undefined : named(options.contreTarif, catalogue.rates, 'tarifs/inconnu'), edition: options.contreEdition, data: options.contreDonnee,
        options: options.contreOption?.filter((name) => name !== 'aucune').map((name) => named(name, [...catalogue.options.keys()], 'options/inconnue')),
      };
      const side = (index: number, how: Instead, name: string): { side: Side } | { diagnostics: readonly Diagnostic[] } => {
        const { path = '', text = '' } = texts[index] ?? {};
        const outcome = ((): ReturnType<typeof billSide> => {
          const cases = readCases(text);
          if ('diagnostics' in cases) return cases;
          const [one] = cases.list;
          if (cases.list.length !== 1 || !one) return { diagnostics: [diagnostic('cas-json/type', { name: 'le cas', found: 'une liste', expected: 'un objet' }, { pointer: '' })] };
          return 'diagnostics' in one ? one : billSide(one.value, how, market, tableReader(path === '-' ? process.cwd() : dirname(path)));
        })();
        // Which of the two is wrong.
        return 'side' in outcome ? outcome : { diagnostics: outcome.diagnostics.map((item) => (item.span ? item : { ...item, pointer: `${name}${item.pointer ?? ''}` })) };
      };
      const a = side(0, { edition: options.edition }, 'A');
      const b = side(pathB === undefined ? 0 : 1, instead, 'B');
      if (errors().length > 0) { stop(errors()); return; }
      if ('diagnostics' in a || 'diagnostics' in b) { stop([a, b].flatMap((each) => ('diagnostics' in each ? each.diagnostics : []))); return; }
      const difference = differenceOf(a.side.bill, b.side.bill);
      if (options.json) printJson(differenceToJson(difference, langOf(options)));
      else print(printDifference(difference, a.side, b.side, langOf(options)));
    });
}

function editionDate(text: string): string {
  if (parseIsoDate(text) === undefined) throw new InvalidArgumentError(say('donner une date (2025-04-01)', 'give a date (2025-04-01)'));
  return text;
}
