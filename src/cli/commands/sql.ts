/** `bareme sql`: the query that bills a table at a rate, exactly; or which rates SQL can say. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { formatIsoDate } from '../../calendar/day.ts';
import { DIALECTS, type DialectName } from '../../compile/sql/dialect.ts';
import { dataOf, keyOf, sqlOf, type SqlRequest } from '../../compile/sql/sql.ts';
import type { Json } from '../../contract/json.ts';
import { readCase } from '../../contract/readCase.ts';
import { namedRate } from '../../analysis/shape/request.ts';
import { diagnostic, messageOf, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { nearestName } from '../../support/nearestName.ts';
import { loadEditions } from '../load.ts';
import { editionFolders } from '../../disk/editions.ts';
import { common, complain, defaultTariffs, fail, langOf, print, printJson, type Common } from '../context.ts';
import { openEdition, type OpenedEdition } from '../editions.ts';
import { say } from '../language.ts';
import { refuse, withExamples } from '../program.ts';
import { out } from '../colors.ts';

interface Options extends Common { readonly dialect: DialectName; readonly table: string; readonly column: ReadonlyMap<string, string>; readonly set: ReadonlyMap<string, string>; readonly decimals: number; readonly edition: string; readonly list?: boolean }

/** Far enough for the newest edition to be in force. */
const NEWEST = '2098-01-01';

export function addSql(program: Command): void {
  const sql = withExamples(common(program.command('sql').argument(say('[tarif[+option…]]', '[rate[+option…]]'), say('le tarif, et ses options', 'the rate, and its options'))
    .description(say("donne la requête SQL qui facture une table au cent près, en nombres entiers", 'gives the SQL query that bills a table to the cent, in whole numbers')))
    .addOption(new Option('--dialect <nom>', say('pour quelle base', 'for which database')).choices(DIALECTS).default('duckdb'))
    .option(say('--table <nom>', '--table <name>'), say("la table : une ligne par période d'un client, avec client, debut, fin et les données du tarif", 'the table: a row a period of a customer, with client, debut, fin and the data of the rate'), 'factures')
    .option(say('--column <clé=colonne...>', '--column <key=column...>'), say('autres données que la table donne (« =colonne » si son nom y est un autre)', 'other data that the table has (“=column” where its name there is another)'), gather(false), new Map<string, string>())
    .option(say('--set <clé=valeur...>', '--set <key=value...>'), say('données qui valent pour toutes les lignes', 'data that hold for all rows'), gather(true), new Map<string, string>())
    .option(say('--decimals <nombre>', '--decimals <number>'), say('décimales des quantités de la table', 'decimals of the quantities of the table'), decimalsOf, 3)
    .addOption(new Option('--edition <date>', say("l'édition en vigueur ce jour-là, ou son dossier", 'the edition in force that day, or its folder')).default(NEWEST, say('la plus récente', 'the newest')))
    .option('--list', say('dit quels tarifs et options se disent en SQL, et pourquoi les autres non', 'says which rates and options SQL can say, and why not the others')),
  'bareme sql D --table factures', 'bareme sql M --dialect postgres --table facturation.mois --column energie=kwh puissance_maximale_appelee=kw', 'bareme sql M --set phases=3', 'bareme sql D+mesurage_net_1', 'bareme sql --list');
  sql.action((named: string | undefined, options: Options) => { run(sql, named, options); });
}

function gather(valued: boolean): (text: string, before: ReadonlyMap<string, string>) => Map<string, string> {
  return (text, before) => {
    const [key = '', ...rest] = text.split('=');
    const value = rest.join('=');
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(key.trim()) || (valued && value === '') || (rest.length > 0 && value === '')) throw new InvalidArgumentError(valued ? say('il faut clé=valeur.', 'key=value is needed.') : say('il faut clé ou clé=colonne.', 'key or key=column is needed.'));
    return new Map(before).set(keyOf(key), rest.length === 0 ? keyOf(key) : value);
  };
}
function decimalsOf(text: string): number {
  if (!/^[0-6]$/.test(text)) throw new InvalidArgumentError(say('il faut un nombre de 0 à 6.', 'a number from 0 to 6 is needed.'));
  return Number(text);
}

function run(command: Command, named: string | undefined, options: Options): void {
  if (named === undefined && !options.list) refuse(command, diagnostic('commande/argument-absent', { name: say('tarif', 'rate') }));
  const opened = openEdition(options.edition, options);
  if ('diagnostics' in opened) { complain(opened.diagnostics, options); fail(); return; }
  if (options.list) { list(opened, named, options); return; }
  const { rate, options: chosen } = namedRate(named ?? '', opened.catalogue);
  const read = readCase({ tarif: rate, options: chosen, periode: {} } as unknown as Json, opened.catalogue, () => ({ diagnostics: [] }));
  const found = 'diagnostics' in read ? read.diagnostics.filter(({ code }) => /^(?:tarifs|options)\//.test(code)) : [];
  if (found.length === 0 && !opened.catalogue.program(rate, chosen)) found.push(diagnostic('tarifs/inconnu', { name: rate, nearest: nearestName(rate, opened.catalogue.rates) }));
  if (found.length > 0) { complain(found, options); fail(); return; }
  const outcome = sqlOf(requestOf(opened, rate, chosen, options));
  const wrong = opened.errors();
  if (wrong.length > 0 || 'diagnostics' in outcome) { complain(wrong.length > 0 || !('diagnostics' in outcome) ? wrong : outcome.diagnostics, options); fail(); return; }
  const { query } = outcome;
  if (options.json) { printJson({ version: 1, tarif: rate, options: chosen, dialecte: options.dialect, requete: query.text, colonnes: query.columns, lues: query.read, laissees: query.aside }); return; }
  print(query.text);
  if (query.aside.length > 0) process.stderr.write(`${say('Laissées de côté (présumées, ou non vérifiées) ; --column les fait lire, --set les fixe\u00A0: ', 'Left aside (presumed, or not verified); --column has them read, --set sets them: ')}${query.aside.join(', ')}\n`);
}

function requestOf({ book, programs }: OpenedEdition, rate: string, chosen: readonly string[], options: Options): SqlRequest {
  const others = loadEditions(editionFolders(options.tariffs ?? defaultTariffs()), { examples: false }).books.map(({ edition }) => edition.date).filter((date) => date > book.edition.date);
  return {
    rate, options: chosen, edition: book.edition, programOf: (each, with_) => programs.program(each, with_)?.program, next: others.length > 0 ? Math.min(...others) : undefined,
    dialect: options.dialect, table: options.table, columns: options.column, bound: options.set, decimals: options.decimals,
  };
}

/** Every rate, and every option of each, with whether SQL can say it; each is told as soon as it is known. */
function list(opened: OpenedEdition, only: string | undefined, options: Options): void {
  const lang = langOf(options);
  const all = opened.catalogue.rates.filter((rate) => only === undefined || keyOf(rate) === keyOf(only)).flatMap((rate) =>
    [undefined, ...[...opened.catalogue.options].filter(([, rates]) => rates.includes(rate)).map(([name]) => name)].map((option) => ({ rate, option, name: option === undefined ? rate : `${rate}+${option}` })));
  if (all.length === 0) { complain([diagnostic('tarifs/inconnu', { name: only ?? '', nearest: nearestName(only ?? '', opened.catalogue.rates) })], options); fail(); return; }
  const width = Math.max(...all.map(({ name }) => name.length));
  const rows = all.flatMap(({ rate, option, name }) => {
    const chosen = option === undefined ? [] : [option];
    if (!opened.catalogue.program(rate, chosen)) return [];
    const asked = { ...requestOf(opened, rate, chosen, options), columns: new Map<string, string>(), bound: new Map<string, string>() };
    const first = whyNot(asked);
    // What is presumed may refuse every row where other data would not.
    const why = first?.code === 'sql/rien' ? whyNot({ ...asked, columns: new Map(dataOf(asked).map((key) => [key, key])) }) : first;
    // With every datum a column there may be too many cases; with those that a table has there are fewer.
    const sql = why === undefined || (first?.code === 'sql/rien' && why.code === 'sql/voies');
    const reason = sql ? first : why;
    if (!options.json) print(`${name.padEnd(width)}  ${sql ? out.green(say('oui', 'yes')) : out.red(say('non', 'no '))}  ${reason ? messageOf(reason, lang) : ''}`.trimEnd());
    return [{ tarif: rate, option, sql, code: reason?.code, raison: reason && messageOf(reason, lang) }];
  });
  const wrong = opened.errors();
  if (wrong.length > 0) { complain(wrong, options); fail(); return; }
  if (options.json) printJson({ version: 1, edition: formatIsoDate(opened.book.edition.date), tarifs: rows });
}

const whyNot = (asked: SqlRequest): Diagnostic | undefined => { const outcome = sqlOf(asked); return 'diagnostics' in outcome ? outcome.diagnostics[0] : undefined; };
