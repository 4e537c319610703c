/** `bareme shape`: the bill of a rate as a function of one quantity, exactly. */
import { writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Option, type Command } from 'commander';
import type { Link } from '../../analysis/shape/question.ts';
import { pointsOf, shapesOf, shapesToJson } from '../../analysis/shape/request.ts';
import { readJson, type Json } from '../../contract/json.ts';
import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { jsonKey } from '../../evaluate/words.ts';
import { catalogueOf, prepare } from '../../index.ts';
import { compare, toDecimal, ZERO, type Exact } from '../../quantity/exact.ts';
import { common, complain, fail, langOf, open, print, printJson, readText, type Common } from '../context.ts';
import { say } from '../language.ts';
import { printShapes, shapesToCsv } from '../printShape.ts';
import { refuse, withExamples } from '../program.ts';
import { readDatum, readLink, readNumber, readNumbers, readPercent, readPeriod } from '../shapeArguments.ts';
import { tableReader } from '../tables.ts';

interface ShapeOptions extends Common {
  readonly option?: string[]; readonly donnee: Map<string, Json>; readonly selon: string[]; readonly de?: Exact; readonly a?: Exact; readonly avec: string[];
  readonly facteurDUtilisation?: Exact; readonly lien: Map<string, Link>; readonly points: Exact[]; readonly periode?: { start: string; end: string }; readonly svg?: string; readonly csv?: boolean;
}

export function addShape(program: Command): void {
  const several = <T>(read: (text: string) => T) => (text: string, before: readonly T[] = []): T[] => [...before, read(text)];
  const keyed = <T>(read: (text: string) => [string, T]) => (text: string, before: ReadonlyMap<string, T>): Map<string, T> => new Map([...before, read(text)]);
  const command = withExamples(common(program.command('shape').argument(say('<tarif>', '<rate>'), say('le tarif, ou tarif+option', 'the rate, or rate+option')).argument(say('[cas]', '[case]'), say("fichier JSON d'un cas de départ, ou - pour l'entrée standard", 'JSON file of the case to start from, or - for standard input'))
    .description(say("donne la forme d'un tarif : ruptures, prix du kWh et du kW suivants, croisements, baisses ; exact, avant taxes", 'gives the shape of a rate: breaks, price of the next kWh and kW, crossings, falls; exact, before taxes'))
    .option(say('--option <nom...>', '--option <name...>'), say('options du tarif', 'options of the rate'))
    .option(say('--donnee <clé=valeur>', '--donnee <key=value>'), say('ajoute ou remplace une donnée du cas', 'adds or replaces a datum of the case'), keyed(readDatum), new Map<string, Json>())
    .option(say('--selon <clé>', '--selon <key>'), say("quantité qui varie, plusieurs fois au besoin ; sans elle, l'énergie et la puissance facturées", 'quantity that varies, repeatable; without it, the energy and power that are billed'), several(jsonKey), [])
    .option('--de <x>', say("début de l'intervalle, 0 si rien n'est dit", 'start of the range, 0 if nothing is said'), readNumber).option('--a <x>', say("fin de l'intervalle ; sans elle, sans fin", 'end of the range; without it, no end'), readNumber)
    .option(say('--avec <tarif>', '--avec <rate>'), say('compare à un autre tarif, ou tarif+option, plusieurs fois au besoin', 'compares with another rate, or rate+option, repeatable'), several((text) => text), [])
    .option('--facteur-d-utilisation <%>', say("lie la puissance maximale appelée et l'énergie", 'ties maximum power and energy'), readPercent)
    .option(say('--lien <clé=autre>', '--lien <key=other>'), say('lie une autre donnée à une quantité : clé=autre, « clé=20 % × autre »', 'ties another datum to a quantity: key=other, “key=20 % × other”'), keyed(readLink), new Map<string, Link>())
    .option('--points <x>', say('points où donner la facture et le prix moyen, séparés par « ; »', 'points at which to give the bill and the average price, separated by “;”'), readNumbers, [])
    .option(say('--periode <début..fin>', '--periode <start..end>'), say("période facturée, « fin » étant le premier jour après elle ; sans elle ni cas, 30 jours à partir du 1er juin", 'billed period, “end” being the first day after it; without it or a case, 30 days from 1 June'), readPeriod)
    .option(say('--svg <fichier>', '--svg <file>'), say('dessine la facture et le prix moyen', 'draws the bill and the average price'))
    .addOption(new Option('--csv', say('résultat en CSV, pour Excel', 'result as CSV, for Excel')).conflicts('json'))),
  'bareme shape D', 'bareme shape G --donnee puissance_maximale_appelee=60 --donnee phases=3 --avec M',
  'bareme shape M --facteur-d-utilisation 40 --donnee phases=3 --avec G9 --lien plus_grand_appel_reel=puissance_maximale_appelee --svg m-g9.svg',
  'bareme shape G --donnee energie=12000 --donnee phases=3 --selon puissance_maximale_appelee --json', 'bareme shape D examples/maison-d.json --points "1000; 2000; 4000"');
  command.action(async (rate: string, path: string | undefined, options: ShapeOptions) => {
    const lang = langOf(options);
    const stop = (items: readonly Diagnostic[]): void => { complain(items, options); fail(); };
    if (options.a && compare(options.a, options.de ?? ZERO) <= 0) refuse(command, diagnostic('commande/valeur', { name: '--a <x>', found: toDecimal(options.a).text, why: say('la fin doit dépasser le début', 'the end must exceed the start') }));
    let base: Json | undefined;
    if (path !== undefined) {
      const text = readText(path);
      if (text === undefined) { stop([diagnostic('texte/introuvable', { path })]); return; }
      const read = readJson(text);
      if ('diagnostics' in read) { stop(read.diagnostics); return; }
      base = read.value;
    }
    const { books, errors } = open(options);
    if (errors().length > 0) { stop(errors()); return; }
    const found = shapesOf({
      rate: [rate, ...(options.option ?? [])].join('+'), others: options.avec, quantities: options.selon, base, period: options.periode, data: options.donnee, links: options.lien,
      loadFactor: options.facteurDUtilisation, from: options.de ?? ZERO, to: options.a,
    }, catalogueOf(books), prepare(books), tableReader(path === undefined || path === '-' ? process.cwd() : dirname(path)));
    if (errors().length > 0) { stop(errors()); return; }
    if ('diagnostics' in found) {
      stop(found.diagnostics);
      const asked = found.diagnostics.flatMap(({ code, params }) => (code === 'cas-json/champ-absent' && 'name' in params && typeof params.name === 'string' ? `--donnee ${params.name}=…` : []));
      if (asked.length > 0 && !options.json) process.stderr.write(`${say('À ajouter :', 'To add:')} ${asked.join(' ')}\n`);
      return;
    }
    const { sets } = found;
    if (options.svg !== undefined) {
      const { shapesSvg } = await import('../../analysis/shape/plot.ts');
      try {
        for (const [index, { shapes, duels }] of sets.entries()) writeFileSync(numbered(options.svg, index), await shapesSvg(shapes, duels, lang));
      } catch (error) {
        if (!(error instanceof Error && 'code' in error)) throw error;
        stop([diagnostic('texte/introuvable', { path: options.svg })]);
        return;
      }
    }
    if (options.json) printJson(shapesToJson(sets, options.points, lang));
    else if (options.csv) process.stdout.write(shapesToCsv(sets.flatMap(({ shapes }) => shapes)));
    else print(sets.map(({ shapes, duels }) => printShapes(shapes, duels, (shape) => pointsOf(shape, options.points), lang)).join('\n\n'));
  });
}

/** `dp.svg`, `dp-2.svg`, one for each quantity. */
const numbered = (path: string, index: number): string => (index === 0 ? path : path.replace(/(\.[^./]*)?$/, `-${index + 1}$1`));
