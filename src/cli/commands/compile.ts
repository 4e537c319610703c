/** `bareme compile`: the code that bills a rate in whole numbers, to be read. */
import { dirname } from 'node:path';
import type { Command } from 'commander';
import { formatIsoDate } from '../../calendar/day.ts';
import { DAYS_INTO_EDITION, namedRate } from '../../analysis/shape/request.ts';
import { explore } from '../../compile/explore.ts';
import { formOf } from '../../compile/form.ts';
import { fitWithin, rangeOf } from '../../compile/ranges.ts';
import { readable } from '../../compile/readable.ts';
import { CaseTree } from '../../compile/tree.ts';
import { field, isObject, JsonNumber, readJson, type Json } from '../../contract/json.ts';
import { readCase, type Catalogue, type CaseOutcome } from '../../contract/readCase.ts';
import { diagnostic, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Editions } from '../../evaluate/bill.ts';
import type { CaseInput } from '../../evaluate/case.ts';
import { lackingData } from '../../evaluate/probe.ts';
import { jsonKey } from '../../evaluate/words.ts';
import { catalogueOf, prepare } from '../../index.ts';
import { nearestName } from '../../support/nearestName.ts';
import { common, complain, fail, langOf, open, print, printJson, readText, type Common } from '../context.ts';
import { say } from '../language.ts';
import { withExamples } from '../program.ts';
import { readDatum, readPeriod } from '../shapeArguments.ts';
import { tableReader } from '../tables.ts';

interface CompileOptions extends Common { readonly option?: string[]; readonly donnee: Map<string, Json>; readonly periode?: { start: string; end: string } }

/** More ways than this, and no one reads them. */
const MOST_WAYS = 400;
/** Numbers of the code are in thousandths of their unit, up to this many units. */
const THOUSANDTHS = 1000n;
const MOST_UNITS = 10n ** 7n;

export function addCompile(program: Command): void {
  const keyed = (text: string, before: ReadonlyMap<string, Json>): Map<string, Json> => new Map([...before, readDatum(text)]);
  const command = withExamples(common(program.command('compile').argument(say('<tarif>', '<rate>'), say('le tarif, ou tarif+option', 'the rate, or rate+option')).argument(say('[cas]', '[case]'), say("fichier JSON d'un cas dont le code aura la forme, ou - pour l'entrée standard", 'JSON file of a case whose form the code will have, or - for standard input'))
    .description(say('montre le code, en nombres entiers, qui facture un tarif : chaque formule sous son article', 'shows the code, in whole numbers, that bills a rate: each formula under its article'))
    .option(say('--option <nom...>', '--option <name...>'), say('options du tarif', 'options of the rate'))
    .option(say('--donnee <clé=valeur>', '--donnee <key=value>'), say('ajoute ou remplace une donnée du cas', 'adds or replaces a datum of the case'), keyed, new Map<string, Json>())
    .option(say('--periode <début..fin>', '--periode <start..end>'), say('période facturée, « fin » étant le premier jour après elle', 'billed period, “end” being the first day after it'), readPeriod)),
  'bareme compile D', 'bareme compile G --donnee phases=3', 'bareme compile M --donnee phases=3 --periode 2026-12-01..2027-01-01', 'bareme compile L examples/usine-l.json --lang en');
  command.action((rate: string, path: string | undefined, options: CompileOptions) => {
    const stop = (items: readonly Diagnostic[]): void => { complain(items, options); fail(); };
    const text = path === undefined ? '{}' : readText(path);
    if (text === undefined) { stop([diagnostic('texte/introuvable', { path: path ?? '' })]); return; }
    const parsed = readJson(text);
    if ('diagnostics' in parsed) { stop(parsed.diagnostics); return; }
    const { books, errors } = open(options);
    if (errors().length > 0) { stop(errors()); return; }
    const catalogue = catalogueOf(books);
    const editions = prepare(books);
    const { rate: known, options: taken } = namedRate(rate, catalogue);
    if (!catalogue.rates.includes(known)) { stop([diagnostic('tarifs/inconnu', { name: known, nearest: nearestName(known, catalogue.rates) })]); return; }
    const asked = [...taken, ...(options.option ?? [])];
    const date = catalogue.program(known, [])?.edition.date ?? 0;
    const base = isObject(parsed.value) ? parsed.value : {};
    const json: { readonly [key: string]: Json } = {
      ...base, tarif: known, ...(asked.length > 0 ? { options: asked } : {}),
      periode: options.periode ? { debut: options.periode.start, fin: options.periode.end } : field(base, 'periode') ?? { debut: formatIsoDate(date + DAYS_INTO_EDITION), fin: formatIsoDate(date + DAYS_INTO_EDITION + 30) },
      donnees: { ...(isObject(field(base, 'donnees')) ? field(base, 'donnees') as object : {}), ...Object.fromEntries(options.donnee) },
    };
    const made = completed(json, catalogue, editions, (each) => readCase(each, catalogue, tableReader(path === undefined || path === '-' ? process.cwd() : dirname(path))));
    if (errors().length > 0) { stop(errors()); return; }
    if ('diagnostics' in made) { stop(made.diagnostics); return; }
    const { input } = made;
    const checked = catalogue.program(input.rate, input.options);
    if (!checked) return;
    const { slots, series } = formOf(input);
    const ranges = slots.map((slot) => fitWithin(rangeOf(slot, checked), THOUSANDTHS, MOST_UNITS * THOUSANDTHS));
    let tree = new CaseTree(editions);
    // The ways of series are too many by far: those of the case.
    const whole = series.length === 0 && explore(MOST_WAYS, (index) => ranges[index] ?? { denominator: 1n, least: 0n, most: 0n }, (settle) => tree.learn(input, settle));
    if (!whole && !tree.unrecordable) { tree = new CaseTree(editions); tree.learn(input); }
    if (tree.unrecordable) { stop([diagnostic('compilation/impossible', { rate: [input.rate, ...input.options].join(' + '), reason: tree.unrecordable })]); return; }
    const code = readable({ input, program: checked, tree, ranges, whole }, langOf(options));
    if (options.json) printJson({ version: 1, tarif: input.rate, options: input.options, complet: whole, code });
    else print(code);
  });
}

/** The case with a number wherever the rate needs one that it lacks: its value is beside the point. */
function completed(json: { readonly [key: string]: Json }, catalogue: Catalogue, editions: Editions, read: (json: Json) => CaseOutcome): { readonly input: CaseInput } | { readonly diagnostics: readonly Diagnostic[] } {
  let current = json;
  const given = new Set<string>();
  for (;;) {
    const outcome = read(current);
    if ('diagnostics' in outcome) return outcome;
    const lacking = lackingData(outcome.input, editions);
    if (lacking.length === 0) return outcome;
    const program = catalogue.program(outcome.input.rate, outcome.input.options);
    const keys = lacking.map(({ params }) => ('name' in params && typeof params.name === 'string' ? params.name : ''));
    const isNumber = (key: string): boolean => program !== undefined && (program.measureKeys.some((each) => jsonKey(each.key) === key) || [...program.symbols.values()].some((symbol) => jsonKey(symbol.name) === key && symbol.kind.kind === 'quantity' && symbol.data?.sort !== 'choices'));
    const numbers = keys.filter((key) => isNumber(key) && !given.has(key));
    if (numbers.length === 0) return { diagnostics: lacking };
    for (const key of numbers) given.add(key);
    current = { ...current, donnees: { ...(current['donnees'] as object), ...Object.fromEntries(numbers.map((key) => [key, new JsonNumber('1')])) } };
  }
}
