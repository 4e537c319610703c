/** A case in JSON → a case that the interpreter reads. Validated by the rate's schema, then by what a schema cannot say. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Series } from '../calendar/series.ts';
import { dayAt, formatLocalDateTime, formatLocalInstant, isMidnight, parseLocalDateTime, startOfDay, type Minute } from '../calendar/zone.ts';
import type { Program, RelatedDatum, ValueSymbol } from '../check/core.ts';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { CaseInput, ListRow, PeriodData, Reading, Value } from '../evaluate/case.ts';
import { stepOf } from '../evaluate/sheets.ts';
import { jsonKey, showValue } from '../evaluate/words.ts';
import { compare, multiply, ONE, parseExact, ratio, sign, type Exact } from '../quantity/exact.ts';
import { nearestName } from '../support/nearestName.ts';
import { field, isObject, JsonNumber, toPlain, type Json } from './json.ts';
import { caseSchema, originals, SECTIONS, STATE_DATE } from './schema.ts';
import { readingsOf, seriesOf, type Reading as SeriesReading } from './series.ts';

/** Gives the header and the rows of a CSV file that a case names, or says what is wrong. */
export type ReadTable = (file: string, pointer: string) => { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] } | { readonly diagnostics: readonly Diagnostic[] };

export interface Catalogue {
  readonly rates: readonly string[];
  readonly options: ReadonlyMap<string, readonly string[]>;
  readonly program: (rate: string, options: readonly string[]) => Program | undefined;
  /** What forbids the options together. */
  readonly forbidden: (rate: string, options: readonly string[]) => Diagnostic | undefined;
}

export type CaseOutcome = { readonly input: CaseInput } | { readonly diagnostics: readonly Diagnostic[] };

// Our own schemas: checked by the specs, not on every run, which would take longer than the bill; nor is code that runs once made shorter.
const ajv = new Ajv2020({ allErrors: true, strict: false, allowUnionTypes: true, verbose: true, meta: false, validateSchema: false, inlineRefs: false, code: { optimize: false } });
const validators = new WeakMap<Program, Map<string, ValidateFunction>>();
/** The validator of a program's cases; the sections that this case does not have are left out of it. */
function validatorOf(program: Program, json: { readonly [key: string]: Json }, related: readonly RelatedDatum[]): ValidateFunction {
  const byShape = validators.get(program) ?? new Map<string, ValidateFunction>();
  validators.set(program, byShape);
  const without = new Set<string>(SECTIONS.filter((section) => !Object.hasOwn(json, section)));
  const shape = [...without, related.length].join(',');
  let made = byShape.get(shape);
  if (!made) {
    const { $id: _, ...schema } = caseSchema(program, without, related);
    made = ajv.compile(schema);
    byShape.set(shape, made);
  }
  return made;
}

/** What is found only by reading values. */
const BEYOND_SCHEMA: ReadonlySet<string> = new Set(['tarifs/inconnu', 'cas-json/borne', 'cas-json/date', 'periode/vide', 'historique/chevauchement', 'historique/apres']);

/** Reads a case. Every mistake that can be found is returned, not only the first. */
export function readCase(json: Json, catalogue: Catalogue, readTable: ReadTable): CaseOutcome {
  if (!isObject(json)) return { diagnostics: [diagnostic('cas-json/type', { name: 'le cas', found: kindOf(json), expected: 'un objet' }, { pointer: '' })] };
  const chosen = chooseProgram(json, catalogue);
  if ('diagnostics' in chosen) return chosen;
  const { program } = chosen;
  const related = relatedTo(program, json);
  const validate = validatorOf(program, json, related);
  if (!validate(toPlain(json))) {
    const wrong = fromAjv(validate.errors ?? [], json, program, (key) => optionWith(key, program, catalogue));
    // What a schema cannot see in the rest of the case is said too, so that one mistake does not hide another.
    const reader = new Reader(program, readTable, related, catalogue.rates);
    reader.read(json, chosen.options);
    const seen = new Set(wrong.map((item) => item.pointer));
    return { diagnostics: [...wrong, ...reader.diagnostics.filter((item) => BEYOND_SCHEMA.has(item.code) && !seen.has(item.pointer))] };
  }
  const reader = new Reader(program, readTable, related, catalogue.rates);
  const input = reader.read(json, chosen.options);
  return reader.diagnostics.length > 0 || !input ? { diagnostics: reader.diagnostics } : { input };
}

/**
 * Reads a case that was right for one rate as a case of another, once it has only data that the other reads in the same form: the schema
 * has no more to say of it, and making its validator would take longer than the bill. Values are still held to their bounds and choices.
 */
export function readBorrowed(json: { readonly [key: string]: Json }, program: Program, options: readonly string[], catalogue: Catalogue, readTable: ReadTable): CaseOutcome {
  const reader = new Reader(program, readTable, program.related(), catalogue.rates);
  const input = reader.read(json, options);
  return reader.diagnostics.length > 0 || !input ? { diagnostics: reader.diagnostics } : { input };
}

/** Data of the rates that this one consults, wanted only if the case gives something that the rate itself does not read. */
function relatedTo(program: Program, json: { readonly [key: string]: Json }): readonly RelatedDatum[] {
  const own = ownKeys(program);
  const past = field(json, 'historique');
  const given = [json, ...(Array.isArray(past) ? past as Json[] : [])].flatMap((each) => ['donnees', 'series'].flatMap((part) => Object.keys(field(each, part) ?? {})));
  return given.every((key) => own.has(key)) ? [] : program.related();
}
const keysOf = new WeakMap<Program, ReadonlySet<string>>();
/** The keys of data and series that the cases of a program may give, those of the rates that it consults left out. */
export function ownKeys(program: Program): ReadonlySet<string> {
  let keys = keysOf.get(program);
  if (!keys) {
    keys = new Set([...originals(program, []).map((symbol) => symbol.name), ...program.measureKeys.map(({ key }) => key), ...program.lists.keys()].map(jsonKey));
    keysOf.set(program, keys);
  }
  return keys;
}

/** The option of the rate that reads a field, when the case does not take it. */
function optionWith(key: string, program: Program, catalogue: Catalogue): string | undefined {
  for (const [option, rates] of catalogue.options) {
    if (!rates.includes(program.rate) || program.options.includes(option)) continue;
    const other = catalogue.program(program.rate, [option]);
    if (other && ownKeys(other).has(key)) return option;
  }
  return undefined;
}

function chooseProgram(json: { readonly [key: string]: Json }, catalogue: Catalogue): { program: Program; options: string[] } | { diagnostics: Diagnostic[] } {
  const written = field(json, 'tarif');
  const rate = typeof written === 'string' ? rateNamed(written, catalogue.rates) ?? written : written;
  if (rate === undefined) return { diagnostics: [diagnostic('cas-json/champ-absent', { name: 'tarif', unit: '', use: `un de ${catalogue.rates.join(', ')}` }, { pointer: '' })] };
  if (typeof rate !== 'string') return { diagnostics: [diagnostic('cas-json/type', { name: 'tarif', found: kindOf(rate), expected: 'un texte' }, { pointer: '/tarif' })] };
  if (!catalogue.rates.includes(rate)) return { diagnostics: [diagnostic('tarifs/inconnu', { name: rate, nearest: nearestName(rate, catalogue.rates) }, { pointer: '/tarif' })] };
  const given = field(json, 'options') ?? [];
  if (!Array.isArray(given)) return { diagnostics: [diagnostic('cas-json/type', { name: 'options', found: kindOf(given), expected: 'une liste' }, { pointer: '/options' })] };
  const options: string[] = [];
  const diagnostics: Diagnostic[] = [];
  given.forEach((option: Json, index: number) => {
    const pointer = `/options/${index}`;
    const name = [...catalogue.options.keys()].find((candidate) => typeof option === 'string' && jsonKey(candidate) === jsonKey(option));
    if (name === undefined) diagnostics.push(diagnostic('options/inconnue', { name: typeof option === 'string' ? option : kindOf(option), nearest: nearestName(String(option), catalogue.options.keys()) }, { pointer }));
    else if (!catalogue.options.get(name)?.includes(rate)) diagnostics.push(catalogue.forbidden(rate, [name]) ?? diagnostic('options/non-admise', { option: name, rate, rates: catalogue.options.get(name)?.join(', ') ?? '' }, { pointer }));
    else if (options.includes(name)) diagnostics.push(diagnostic('cas-json/champ-repete', { name }, { pointer }));
    else options.push(name);
  });
  const forbidden = diagnostics.length === 0 ? catalogue.forbidden(rate, options) : undefined;
  if (forbidden) return { diagnostics: [forbidden] };
  const program = diagnostics.length === 0 ? catalogue.program(rate, options) : undefined;
  return program ? { program, options } : { diagnostics };
}

/** A rate by its name, with its accents or without. */
const rateNamed = (name: string, rates: readonly string[]): string | undefined => rates.find((rate) => rate === name) ?? rates.find((rate) => jsonKey(rate) === jsonKey(name));

const kindOf = (value: Json | undefined): string => value === undefined ? 'rien' : value === null ? 'null' : value instanceof JsonNumber ? `le nombre ${value.text.length > 40 ? `${value.text.slice(0, 40)}…` : value.text}` : Array.isArray(value) ? 'une liste' : typeof value === 'string' ? `« ${value.length > 40 ? `${value.slice(0, 40)}…` : value} »` : typeof value === 'boolean' ? String(value) : 'un objet';

function at(json: Json, pointer: string): Json | undefined {
  return pointer.split('/').slice(1).reduce<Json | undefined>((value, key) => (Array.isArray(value) ? value[Number(key)] as Json : field(value, key.replace(/~1/g, '/').replace(/~0/g, '~'))), json);
}

/** The schema's complaints in our words; those of a branch not taken are left out. */
function fromAjv(errors: readonly ErrorObject[], json: Json, program: Program, optionOf: (key: string) => string | undefined): Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  for (const error of errors) {
    const pointer = error.instancePath;
    const name = pointer.split('/').filter((part) => !/^\d+$/.test(part)).at(-1) ?? 'le cas';
    const value = at(json, pointer);
    const put = (item: Diagnostic): void => { const key = `${item.pointer ?? ''}|${item.code}`; if (!found.has(key)) found.set(key, item); };
    switch (error.keyword) {
      case 'additionalProperties': {
        const extra = (error.params as { additionalProperty: string }).additionalProperty;
        const known = Object.keys((error.parentSchema?.['properties'] ?? {}) as object);
        if (error.schemaPath.includes('oneOf')) break;
        put(diagnostic('cas-json/champ-inconnu', { name: extra, where: `au tarif ${program.rate}`, nearest: nearestName(extra, known), option: optionOf(extra) }, { pointer: `${pointer}/${extra}` }));
        break;
      }
      case 'required': {
        const missing = (error.params as { missingProperty: string }).missingProperty;
        if (error.schemaPath.includes('oneOf')) break;
        put(diagnostic('cas-json/champ-absent', { name: missing, unit: '', use: 'ce champ est obligatoire' }, { pointer }));
        break;
      }
      case 'type': put(diagnostic('cas-json/type', { name, found: kindOf(value), expected: expectedType((error.params as { type: string | string[] }).type) }, { pointer })); break;
      case 'pattern': put(diagnostic('cas-json/type', { name, found: kindOf(value), expected: String((error.params as { pattern: string }).pattern).includes('T ') ? 'une date (2026-12-03) ou une heure locale (2026-12-03T06:00)' : 'un nombre décimal' }, { pointer })); break;
      case 'enum': {
        const choices = [...new Set((error.params as { allowedValues: unknown[] }).allowedValues.map(String))];
        put(diagnostic('cas-json/choix', { name, found: typeof value === 'string' ? value : value instanceof JsonNumber ? value.text : kindOf(value), choices: choices.join(', '), nearest: typeof value === 'string' ? nearestName(value, choices) : undefined }, { pointer }));
        break;
      }
      case 'oneOf': case 'anyOf':
        // What is wrong further down says more than that no form fits.
        if (errors.some((other) => other.instancePath.startsWith(`${pointer}/`))) break;
        put(diagnostic('cas-json/type', { name, found: kindOf(value), expected: pointer.startsWith('/series') || pointer.includes('/series/') ? '{ debut, pas, valeurs } ou { fichier, colonne }' : 'une des formes admises' }, { pointer })); break;
      case 'uniqueItems': put(diagnostic('cas-json/champ-repete', { name }, { pointer })); break;
      case 'maxItems': case 'minItems': put(diagnostic('cas-json/type', { name, found: kindOf(value), expected: error.message ?? 'une autre longueur' }, { pointer })); break;
      default: put(diagnostic('cas-json/type', { name, found: kindOf(value), expected: error.message ?? 'autre chose' }, { pointer }));
    }
  }
  return [...found.values()];
}
const expectedType = (type: string | string[]): string => {
  const types = (Array.isArray(type) ? type : type.split(','));
  if (types.includes('number')) return 'un nombre';
  return { string: 'un texte', boolean: 'true ou false', object: 'un objet', array: 'une liste' }[types[0] ?? ''] ?? String(type);
};

/** What the keys of a case stand for. */
interface Keys { readonly byKey: ReadonlyMap<string, ValueSymbol>; readonly measureKeys: ReadonlyMap<string, { readonly key: string; readonly symbol: ValueSymbol }> }
const keysOfProgram = new WeakMap<Program, Keys>();
/** Made once for a program: a file of cases has many of one rate. */
function keysFor(program: Program, related: readonly RelatedDatum[]): Keys {
  const known = related.length === 0 ? keysOfProgram.get(program) : undefined;
  if (known) return known;
  const made: Keys = {
    byKey: new Map(originals(program, related).map((symbol) => [jsonKey(symbol.name), symbol])),
    measureKeys: new Map(program.measureKeys.map((key) => [jsonKey(key.key), { key: key.key, symbol: key.symbol }])),
  };
  if (related.length === 0) keysOfProgram.set(program, made);
  return made;
}

class Reader {
  readonly diagnostics: Diagnostic[] = [];
  private readonly byKey: Keys['byKey'];
  private readonly measureKeys: Keys['measureKeys'];

  constructor(private readonly program: Program, private readonly readTable: ReadTable, related: readonly RelatedDatum[], private readonly rates: readonly string[]) {
    ({ byKey: this.byKey, measureKeys: this.measureKeys } = keysFor(program, related));
  }

  private report(item: Diagnostic): undefined {
    this.diagnostics.push(item);
    return undefined;
  }

  read(json: { readonly [key: string]: Json }, options: readonly string[]): CaseInput | undefined {
    const period = this.period(json, '', undefined);
    const past = field(json, 'historique');
    const history = (Array.isArray(past) ? past as Json[] : []).flatMap((each, index) => this.period(each, `/historique/${index}`, undefined) ?? []);
    history.sort((a, b) => a.start - b.start);
    history.forEach((each, index) => {
      const before = history[index - 1];
      if (before && before.end > each.start) this.report(diagnostic('historique/chevauchement', { first: shown(before), second: shown(each) }, { pointer: each.pointer }));
      if (period && each.end > period.start) this.report(diagnostic('historique/apres', { found: shown(each) }, { pointer: each.pointer }));
    });
    const given = field(json, 'releves');
    const readings = (Array.isArray(given) ? given as Json[] : []).flatMap((each, index): Reading[] => {
      const pointer = `/releves/${index}`;
      const instant = this.instant(field(each, 'date'), `${pointer}/date`, 'date');
      const data = field(each, 'donnees');
      return instant === undefined ? [] : [{ at: instant, measures: this.data(data, `${pointer}/donnees`).measures, pointer }];
    });
    const asked = field(json, 'demandes');
    const names = (Array.isArray(asked) ? asked as Json[] : []).flatMap((name, index) => {
      const found = typeof name === 'string' ? [...this.program.symbols.keys()].find((candidate) => jsonKey(candidate) === jsonKey(name)) : undefined;
      if (found === undefined) this.report(diagnostic('demandes/inconnue', { name: String(name), nearest: nearestName(String(name), [...this.program.symbols.keys()].map(jsonKey)) }, { pointer: `/demandes/${index}` }));
      return found ?? [];
    });
    const state = new Map<string, Value>();
    for (const [key, value] of Object.entries(field(json, 'etat') ?? {})) {
      if (key === STATE_DATE) {
        const until = this.instant(value as Json, `/etat/${key}`, key);
        if (until !== undefined && period && until !== period.start) this.report(diagnostic('etat/date', { until: formatLocalInstant(until), start: formatLocalInstant(period.start) }, { pointer: `/etat/${key}` }));
        continue;
      }
      const name = this.program.carried.find((each) => jsonKey(each) === key);
      const symbol = name === undefined ? undefined : this.program.symbols.get(name);
      const read = symbol && this.stateValue(value as Json, symbol, `/etat/${key}`);
      if (name !== undefined && read !== undefined) state.set(name, read);
    }
    return period && { rate: this.program.rate, options, period, readings, history, state, asked: names };
  }

  private stateValue(json: Json, symbol: ValueSymbol, pointer: string): Value | undefined {
    const fraction = field(json, 'fraction');
    if (typeof fraction === 'string') {
      const match = /^(-?\d{1,200})\/(\d{1,200})$/.exec(fraction);
      if (match?.[1] !== undefined && match[2] !== undefined && !/^0+$/.test(match[2])) return ratio(BigInt(match[1]), BigInt(match[2]));
    }
    if (symbol.kind.kind === 'boolean' && typeof json === 'boolean') return json;
    if (symbol.kind.kind === 'date' || symbol.kind.kind === 'instant') return this.instant(json, pointer, symbol.name);
    const text = json instanceof JsonNumber ? json.text : typeof json === 'string' ? json : '';
    const number = parseExact(text);
    if (number && sign(number) < 0 && symbol.kind.kind === 'quantity' && !symbol.kind.dims.has('$')) return this.report(diagnostic('cas-json/borne', { name: jsonKey(symbol.name), found: text, expected: 'positif ou nul' }, { pointer }));
    return number ?? this.report(diagnostic('cas-json/type', { name: symbol.name, found: kindOf(json), expected: 'ce qu’une facture a remis dans « etat »' }, { pointer }));
  }

  private period(json: Json, pointer: string, _: undefined): PeriodData | undefined {
    const span = field(json, 'periode');
    const start = this.instant(field(span, 'debut'), `${pointer}/periode/debut`, 'debut');
    const end = this.instant(field(span, 'fin'), `${pointer}/periode/fin`, 'fin');
    const data = this.data(field(json, 'donnees'), `${pointer}/donnees`);
    const series = this.series(field(json, 'series'), `${pointer}/series`);
    if (start === undefined || end === undefined) return undefined;
    if (end <= start) return this.report(diagnostic('periode/vide', { start: String(field(span, 'debut')), end: String(field(span, 'fin')) }, { pointer: `${pointer}/periode` }));
    if (dayAt(end) - dayAt(start) > 1100) return this.report(diagnostic('cas-json/borne', { name: 'periode', found: `${dayAt(end) - dayAt(start)} jours`, expected: 'd’au plus trois ans' }, { pointer: `${pointer}/periode` }));
    const written = field(json, 'tarif');
    const rate = typeof written === 'string' && pointer !== '' ? rateNamed(written, this.rates) : undefined;
    // A past rate that does not exist would be one that no rule looks for: the bill would change without a word.
    if (typeof written === 'string' && pointer !== '' && rate === undefined) this.report(diagnostic('tarifs/inconnu', { name: written, nearest: nearestName(written, this.rates) }, { pointer: `${pointer}/tarif` }));
    return { start, end, ...data, series, rate, pointer };
  }

  private instant(json: Json | undefined, pointer: string, name: string): Minute | undefined {
    if (typeof json !== 'string') return undefined;
    const read = parseLocalDateTime(json);
    if ('instant' in read) {
      if (read.instant < startOfDay(3653) || read.instant > startOfDay(47000)) return this.report(diagnostic('cas-json/date', { name, found: json, reason: 'est hors des années 1980 à 2098' }, { pointer }));
      return read.instant;
    }
    const reason = { forme: "n'est pas une date du calendrier", inexistante: "n'existe pas : les horloges avancent ce jour-là", repetee: "a lieu deux fois ce jour-là : ajouter le décalage, -04:00 ou -05:00" }[read.problem];
    return this.report(diagnostic('cas-json/date', { name, found: json, reason }, { pointer }));
  }

  private data(json: Json | undefined, pointer: string): Pick<PeriodData, 'facts' | 'measures' | 'lists' | 'steps'> {
    const facts = new Map<string, Value>();
    const measures = new Map<string, Exact>();
    const lists = new Map<string, readonly ListRow[]>();
    const steps = new Map<string, { from: Minute; value: Value }[]>();
    for (const [key, value] of Object.entries(isObject(json) ? json : {})) {
      const here = `${pointer}/${key}`;
      const list = [...this.program.lists].find(([name]) => jsonKey(name) === key);
      if (list && Array.isArray(value)) {
        const rows = (value as Json[]).flatMap((row, index) => this.listRow(row, list[0], `${here}/${index}`) ?? []);
        const starts = new Set<Minute>();
        for (const row of list[1].data?.sort === 'spans' ? rows : []) {
          if (starts.has(row.start)) this.report(diagnostic('evenements/chevauchement', { name: key, found: formatLocalDateTime(row.start) }, { pointer: row.pointer, article: list[1].origin.article }));
          starts.add(row.start);
        }
        lists.set(list[0], rows);
        continue;
      }
      const measure = this.measureKeys.get(key);
      const symbol = measure?.symbol ?? this.byKey.get(key);
      if (!symbol) continue;
      if (Array.isArray(value)) {
        const made = (value as Json[]).flatMap((row, index) => {
          const from = this.instant(field(row, 'debut'), `${here}/${index}/debut`, 'debut');
          const each = this.value(field(row, 'valeur') ?? null, symbol, `${here}/${index}/valeur`);
          return from === undefined || each === undefined ? [] : [{ from, value: each }];
        });
        steps.set(symbol.name, this.ordered(made, symbol, here));
        continue;
      }
      const read = this.value(value, symbol, here);
      if (read === undefined) continue;
      if (symbol.metered && typeof read === 'object') {
        if (sign(read) < 0) this.report(diagnostic('cas-json/borne', { name: key, found: showValue(read, symbol), expected: 'positif ou nul' }, { pointer: here, article: symbol.origin.home }));
        measures.set(measure?.key ?? symbol.name, read);
      } else facts.set(symbol.name, read);
    }
    return { facts, measures, lists, steps };
  }

  /** Steps in order, each from an instant of its own that begins a row of the datum's sheet: between two rows it would count for neither. */
  private ordered(made: readonly { readonly from: Minute; readonly value: Value }[], symbol: ValueSymbol, pointer: string): { from: Minute; value: Value }[] {
    const seen = new Set<Minute>();
    const byDay = symbol.grain === 'jour';
    const step = symbol.grain === 'heure' || symbol.grain === 'intervalle' ? stepOf(symbol.grain) : undefined;
    made.forEach(({ from }, index) => {
      const here = `${pointer}/${index}/debut`;
      const found = formatLocalDateTime(from);
      if (seen.has(from)) this.report(diagnostic('cas-json/champ-repete', { name: found }, { pointer: here }));
      seen.add(from);
      const begins = byDay ? isMidnight(from) : step === undefined || from % step === 0;
      if (!begins) this.report(diagnostic('cas-json/date', { name: jsonKey(symbol.name), found, reason: byDay ? "n'est pas minuit, et cette donnée change avec le jour" : `ne tombe pas sur un pas de ${step} minutes` }, { pointer: here }));
    });
    return [...made].sort((a, b) => a.from - b.from);
  }

  private listRow(json: Json, list: string, pointer: string): ListRow | undefined {
    const fields = new Map<string, Value>();
    let start: Minute | undefined = 0;
    let end: Minute | undefined = 0;
    for (const [key, value] of Object.entries(isObject(json) ? json : {})) {
      if (key === 'debut') start = this.instant(value, `${pointer}/debut`, 'debut');
      else if (key === 'fin') end = this.instant(value, `${pointer}/fin`, 'fin');
      else {
        const symbol = [...this.program.symbols.values()].find((candidate) => candidate.grain === `liste:${list}` && jsonKey(candidate.name) === key);
        const read = symbol && this.value(value, symbol, `${pointer}/${key}`);
        if (symbol && read !== undefined) fields.set(symbol.name, read);
      }
    }
    if (start === undefined || end === undefined) return undefined;
    if (this.program.lists.get(list)?.data?.sort === 'spans' && end <= start) return this.report(diagnostic('periode/vide', { start: String(field(json, 'debut')), end: String(field(json, 'fin')) }, { pointer }));
    return { start, end, fields, pointer };
  }

  private value(json: Json, symbol: ValueSymbol, pointer: string): Value | undefined {
    const info = symbol.data;
    if (typeof json === 'boolean') return json;
    if (info?.sort === 'date') return this.instant(json, pointer, symbol.name);
    const text = json instanceof JsonNumber ? json.text : typeof json === 'string' ? json : undefined;
    if (text === undefined) return this.report(diagnostic('cas-json/type', { name: symbol.name, found: kindOf(json), expected: 'un nombre' }, { pointer }));
    if (info?.sort === 'choices' && typeof info.choices[0] === 'string') {
      const index = info.choices.findIndex((choice) => typeof choice === 'string' && jsonKey(choice) === jsonKey(text));
      return info.choices[index] ?? this.report(diagnostic('cas-json/choix', { name: symbol.name, found: text, choices: info.choiceNames.join(', '), nearest: nearestName(text, info.choiceNames) }, { pointer }));
    }
    const number = parseExact(text);
    if (!number) return this.report(diagnostic('cas-json/type', { name: symbol.name, found: `« ${text} »`, expected: 'un nombre décimal' }, { pointer }));
    const canonical = multiply(number, info?.factor ?? ONE);
    const bound = (core: typeof info extends undefined ? never : NonNullable<typeof info>['least'], ok: (order: number) => boolean, words: string): void => {
      if (core?.op === 'constant' && !ok(compare(canonical, core.value))) this.report(diagnostic('cas-json/borne', { name: symbol.name, found: text, expected: `${words} ${showValue(core.value, symbol)}` }, { pointer, article: symbol.origin.home }));
    };
    bound(info?.least, (order) => order >= 0, "d'au moins");
    bound(info?.most, (order) => order <= 0, "d'au plus");
    // A power, a voltage or a number of things is never negative; a temperature may be.
    if (sign(canonical) < 0 && !info?.least && symbol.kind.kind === 'quantity' && !symbol.kind.dims.has('°C') && info && (info.sort === 'quantity' || info.sort === 'number') && symbol.role === 'data') {
      this.report(diagnostic('cas-json/borne', { name: symbol.name, found: text, expected: 'positif ou nul' }, { pointer, article: symbol.origin.home }));
    }
    return canonical;
  }

  private series(json: Json | undefined, pointer: string): ReadonlyMap<string, Series> {
    const out = new Map<string, Series>();
    for (const [key, value] of Object.entries(isObject(json) ? json : {})) {
      const symbol = this.byKey.get(key);
      if (!symbol || !isObject(value)) continue;
      const readings = this.readings(key, value, `${pointer}/${key}`);
      if (!readings) continue;
      const made = 'series' in readings ? readings : seriesOf(key, readings.readings, symbol.data?.factor ?? ONE);
      if ('diagnostics' in made) { this.diagnostics.push(...made.diagnostics); continue; }
      const negative = made.series.values.findIndex((each) => sign(each) < 0);
      const mayBeNegative = symbol.kind.kind === 'quantity' && symbol.kind.dims.has('°C');
      if (negative >= 0 && !mayBeNegative) this.report(diagnostic('cas-json/borne', { name: key, found: `${negative + 1}e valeur négative`, expected: 'positif ou nul' }, { pointer: `${pointer}/${key}` }));
      out.set(symbol.name, made.series);
    }
    return out;
  }

  private readings(key: string, value: { readonly [key: string]: Json }, pointer: string): { readings: readonly SeriesReading[] } | { series: Series } | undefined {
    const file = field(value, 'fichier');
    if (typeof file === 'string') {
      const table = this.readTable(file, `${pointer}/fichier`);
      if ('diagnostics' in table) { this.diagnostics.push(...table.diagnostics); return undefined; }
      const text = (name: string): string | undefined => { const found = field(value, name); return typeof found === 'string' ? found : undefined; };
      const found = readingsOf(key, table.header, table.rows, { column: text('colonne'), time: text('horodatage') });
      if ('diagnostics' in found) { this.diagnostics.push(...found.diagnostics); return undefined; }
      return found;
    }
    const start = this.instant(field(value, 'debut'), `${pointer}/debut`, 'debut');
    const step = field(value, 'pas');
    const minutes = Number(step instanceof JsonNumber ? step.text : step);
    const values = field(value, 'valeurs');
    const factor = this.byKey.get(key)?.data?.factor ?? ONE;
    if (start === undefined || !Array.isArray(values)) return undefined;
    const numbers = (values as Json[]).map((each, index) => {
      const number = parseExact(each instanceof JsonNumber ? each.text : String(each));
      if (!number) this.report(diagnostic('series/valeur', { name: key, found: kindOf(each), line: index + 1 }, { pointer: `${pointer}/valeurs/${index}` }));
      return multiply(number ?? ONE, factor);
    });
    return { series: { start, step: minutes, values: numbers } };
  }
}

const shown = (period: PeriodData): string => `${isoOf(period.start)} – ${isoOf(period.end)}`;
const isoOf = (at: Minute): string => { const day = dayAt(at); return new Date(day * 86400000).toISOString().slice(0, 10); };
