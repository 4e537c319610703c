/** `bareme shape`: the bill of a rate as a function of one quantity, exactly. */
import { dirname } from 'node:path';
import { writeFileSync } from 'node:fs';
import { Option, type Command } from 'commander';
import { duelOf } from '../../analysis/shape/crossings.ts';
import { symbolOf, usualQuantities, type Link, type ShapeAsk } from '../../analysis/shape/question.ts';
import { endOf, shapeOf, type Shape } from '../../analysis/shape/shape.ts';
import { duelToJson, shapeToJson, SHAPE_VERSION } from '../../analysis/shape/toJson.ts';
import { formatIsoDate } from '../../calendar/day.ts';
import { field, readJson, type Json } from '../../contract/json.ts';
import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { jsonKey } from '../../evaluate/words.ts';
import { catalogueOf, prepare } from '../../index.ts';
import { compare, sign, toDecimal, ZERO, type Exact } from '../../quantity/exact.ts';
import { nearestName } from '../../support/nearestName.ts';
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
  const command = withExamples(common(program.command('shape').argument(say('<tarif>', '<rate>'), say('le tarif, ou tarif+option', 'the rate, or rate+option')).argument(say('[cas]', '[case]'), say("fichier JSON du cas dont on part, ou - pour l'entrée standard", 'JSON file of the case to start from, or - for standard input'))
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
    const [editions, catalogue] = [prepare(books), catalogueOf(books)];
    const named = (text: string): { rate: string; options: string[] } => {
      const [name = '', ...taken] = text.split('+').map((part) => part.trim());
      return { rate: catalogue.rates.find((each) => jsonKey(each) === jsonKey(name)) ?? name, options: taken.map((option) => [...catalogue.options.keys()].find((each) => jsonKey(each) === jsonKey(option)) ?? option) };
    };
    const first = named([rate, ...(options.option ?? [])].join('+'));
    const own = catalogue.program(first.rate, first.options);
    if (!own) {
      const unknown = first.options.find((option) => !catalogue.options.has(option));
      stop([!catalogue.rates.includes(first.rate) ? diagnostic('tarifs/inconnu', { name: first.rate, nearest: nearestName(first.rate, catalogue.rates) })
        : unknown === undefined ? diagnostic('options/non-admise', { option: first.options.join(', '), rate: first.rate, rates: first.options.flatMap((option) => catalogue.options.get(option) ?? []).join(', ') })
        : diagnostic('options/inconnue', { name: unknown, nearest: nearestName(unknown, catalogue.options.keys()) })]);
      return;
    }
    const inCase = field(base, 'tarif');
    const source = typeof inCase === 'string' ? catalogue.program(named(inCase).rate, []) ?? own : own;
    const start = own.edition.date + 61;
    const period = options.periode ?? (field(base, 'periode') === undefined ? { start: formatIsoDate(start), end: formatIsoDate(start + 30) } : undefined);
    const givenData = field(base, 'donnees');
    const given = new Set([...Object.keys(typeof givenData === 'object' && givenData !== null ? givenData : {}), ...options.donnee.keys()]);
    const quantities = options.selon.length > 0 ? options.selon : chosen(usualQuantities(own), given, options);
    const wrong = quantities.filter((key) => !symbolOf(own, key));
    if (wrong.length > 0 || quantities.length === 0) {
      stop((quantities.length === 0 ? ['energie'] : wrong).map((name) => diagnostic('cas-json/champ-inconnu', { name, where: `au tarif ${own.rate}`, nearest: nearestName(name, [...own.measureKeys.map(({ key }) => jsonKey(key)), ...usualQuantities(own)]) })));
      return;
    }
    const tables = tableReader(path === undefined || path === '-' ? process.cwd() : dirname(path));
    const sets: { shapes: Shape[] }[] = [];
    for (const quantity of quantities) {
      const ask = (of: { rate: string; options: readonly string[] }): ShapeAsk => ({
        ...of, base, period, data: options.donnee, quantity, links: options.lien, loadFactor: options.facteurDUtilisation, from: options.de ?? ZERO, to: options.a,
      });
      const shapes: Shape[] = [];
      for (const each of [first, ...options.avec.map(named)]) {
        const made = shapeOf(ask(each), catalogue, editions, tables, shapes.length === 0 ? source : own);
        if ('diagnostics' in made) {
          stop(errors().length > 0 ? errors() : made.diagnostics);
          const asked = made.diagnostics.flatMap(({ code, params }) => (code === 'cas-json/champ-absent' && 'name' in params && typeof params.name === 'string' ? `--donnee ${params.name}=…` : []));
          if (asked.length > 0 && !options.json) process.stderr.write(`${say('À ajouter :', 'To add:')} ${asked.join(' ')}\n`);
          return;
        }
        const refused = made.pieces.every(({ formula }) => formula.kind === 'refused') ? made.pieces[0]?.formula : undefined;
        if (refused?.kind === 'refused' && shapes.length === 0) { stop(refused.diagnostics); return; }
        shapes.push(made);
      }
      sets.push({ shapes });
    }
    if (errors().length > 0) { stop(errors()); return; }
    const results = sets.map(({ shapes }) => ({ shapes, duels: shapes.slice(1).flatMap((other) => (shapes[0] ? [{ other, duel: duelOf(shapes[0], other) }] : [])) }));
    if (options.svg !== undefined) {
      const { shapesSvg } = await import('../../analysis/shape/plot.ts');
      try {
        for (const [index, result] of results.entries()) writeFileSync(numbered(options.svg, index), await shapesSvg(result.shapes, result.duels, lang));
      } catch (error) {
        if (!(error instanceof Error && 'code' in error)) throw error;
        stop([diagnostic('texte/introuvable', { path: options.svg })]);
        return;
      }
    }
    if (options.json) {
      printJson({
        version: SHAPE_VERSION,
        formes: results.flatMap(({ shapes }) => shapes.map((shape) => shapeToJson(shape, pointsOf(shape, options.points), lang))),
        duels: results.flatMap(({ shapes, duels }) => duels.map(({ other, duel }) => ({ selon: other.ask.quantity, ...duelToJson(duel, nameOf(shapes[0]), nameOf(other)) }))),
      });
    } else if (options.csv) process.stdout.write(shapesToCsv(results.flatMap(({ shapes }) => shapes)));
    else for (const result of results) print(printShapes(result.shapes, result.duels, (shape) => pointsOf(shape, options.points), lang));
  });
}

/** The points asked for, or those where something changes and the end of what is shown. */
const pointsOf = (shape: Shape, asked: readonly Exact[]): readonly Exact[] => (asked.length > 0 ? asked : [...shape.breaks.map(({ x }) => x), endOf([shape])].filter((x) => sign(x) > 0));
const nameOf = (shape: Shape | undefined): string => (shape ? [shape.program.rate, ...shape.program.options].join('+') : '');
/** `dp.svg`, `dp-2.svg`, one for each quantity. */
const numbered = (path: string, index: number): string => (index === 0 ? path : path.replace(/(\.[^.]*)?$/, `-${index + 1}$1`));

/** Of the usual quantities, those by which the bill can be looked at: the one that is not given, or each with the others as given. */
function chosen(usual: readonly string[], given: ReadonlySet<string>, { facteurDUtilisation }: ShapeOptions): readonly string[] {
  const absent = usual.filter((key) => !given.has(key));
  return facteurDUtilisation ? usual.slice(0, 1) : absent.length > 0 ? absent.slice(0, 1) : usual;
}
