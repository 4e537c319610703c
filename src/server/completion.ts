/** What may stand at the cursor: words that the grammar lets follow, names in scope, choices, units that fit, articles. */
import type { CompletionItem } from 'vscode-languageserver';
import type { IToken } from '../../grammar/parser.ts';
import { UNIT_WORDS, VOCABULARY, MONTHS, WEEKDAYS } from '../../grammar/vocabulary.ts';
import { compareNumbers } from '../check/book.ts';
import type { Elaborator } from '../check/elaborate.ts';
import type { Entry } from '../check/scope.ts';
import { describe } from '../check/types.ts';
import type { Lang } from '../quantity/format.ts';
import { parseUnit, sameDims } from '../quantity/unit.ts';
import type { RoleName } from '../syntax/nodes.ts';
import { cursorAt, type Cursor } from './cursor.ts';
import type { Document } from './document.ts';
import { indexOf, siteOfPart, type Index, type Site } from './index.ts';
import type { World } from './world.ts';

/** Kinds of the protocol. */
const FUNCTION = 3; const VARIABLE = 6; const CLASS = 7; const MODULE = 9; const PROPERTY = 10; const UNIT = 11; const KEYWORD = 14; const EVENT = 23; const CONSTANT = 21; const ENUM_MEMBER = 20;
type Item = Omit<CompletionItem, 'sortText'> & { readonly first: number };

export function completion(world: World, document: Document, offset: number, lang: Lang): CompletionItem[] {
  const cursor = cursorAt(document, offset);
  if (!cursor) return [];
  const index = indexOf(world);
  const site = siteOfPart(world, document, cursor.at);
  const items = itemsAt(world, index, cursor, site, lang);
  const range = { start: document.text.positionAt(cursor.start), end: document.text.positionAt(cursor.end) };
  const seen = new Set<string>();
  return items.filter(({ label, kind }) => { const key = `${kind}|${label}`; const fresh = !seen.has(key); seen.add(key); return fresh; })
    .map(({ first, ...item }): CompletionItem => ({ ...item, sortText: `${first}${item.label}`, textEdit: item.textEdit ?? { range, newText: item.insertText ?? item.label } }));
}

function itemsAt(world: World, index: Index, cursor: Cursor, site: Site | undefined, lang: Lang): Item[] {
  const real = cursor.tokens.filter(({ image }) => image !== '');
  const last = real.at(-1);
  const items: Item[] = [];
  const scope = scopeAt(index, cursor, site);
  const after = /(?:^|[\s(;|=×÷<>≤≥])(\d[\d\s\u00A0\u202F,]*)[\u00A0\u202F ]?((?:[$¢%°\p{L}]+\/)*)$/u.exec(cursor.before);
  if (after && last && /^(?:NombreLittéral|Quantité|Divisé)$/.test(last.tokenType.name)) items.push(...units(fitting(real, scope), after[2] ?? ''));
  if (after?.[2]) return items;
  for (const { token, spellings, help, kind } of VOCABULARY) {
    if (!cursor.next.has(token)) continue;
    items.push({ label: spellings[0] ?? '', kind: KEYWORD, detail: help, first: kind === 'liaison' ? 5 : kind === 'énoncé' || kind === 'rôle' || kind === 'entête' ? 3 : 4 });
  }
  // The categories of the lexer stand for the words that are in them.
  const category = (name: string, kinds: readonly string[], tokens?: ReadonlySet<string>): void => {
    if (cursor.next.has(name)) for (const { token, spellings, help, kind } of VOCABULARY) if (kinds.includes(kind) || tokens?.has(token)) items.push({ label: spellings[0] ?? '', kind: KEYWORD, detail: help, first: 3 });
  };
  category('Rôle', ['rôle']);
  category('Agrégat', ['agrégat'], new Set(['Minimum']));
  category('DeX', [], new Set(['De', 'DeLa', 'Du']));
  if (cursor.next.has('MoisNommé')) for (const label of MONTHS) items.push({ label, kind: CONSTANT, first: 6 });
  if (cursor.next.has('JourSemaine')) for (const label of WEEKDAYS) items.push({ label, kind: CONSTANT, first: 6 });
  if (cursor.next.has('NuméroArticle')) items.push(...articles(cursor, site));
  if (cursor.next.has('SigneUnité')) items.push(...units([], ''));
  else if (cursor.next.has('Nom') || cursor.next.has('NomLibre')) items.push(...names(world, cursor, real, scope, site, lang));
  return items;
}

// ── scope ────────────────────────────────────────────────────────────────
interface ScopeAt { readonly elaborator: Elaborator; readonly article: string; readonly example: boolean }

/** The names that can be read at the cursor: those of a program that reads the article, or of the case of an example. */
function scopeAt(index: Index, cursor: Cursor, site: Site | undefined): ScopeAt | undefined {
  if (!site) return undefined;
  const example = cursor.tokens[0]?.tokenType.name === 'Exemple';
  const article = site.article?.number ?? '';
  if (example) {
    // The example is read from its text, which may be half written.
    const text = cursor.part.file.text;
    const at = text.lastIndexOf('exemple', Math.max(0, cursor.part.file.text.length - 1));
    const body = text.slice(Math.max(0, at));
    const rate = /^\s+tarif[ \u00A0]+(\p{L}[\p{L}\d_]*)/mu.exec(body)?.[1] ?? (site.article?.module.kind === 'rate' ? site.article.module.name : undefined);
    const options = /^\s+option[ \u00A0]+(.+)$/mu.exec(body)?.[1]?.split(/,| et /).map((name) => name.trim()) ?? [];
    const elaborator = rate === undefined ? undefined : index.elaborator(site.edition, rate, options) ?? index.elaborator(site.edition, rate, []);
    if (elaborator) return { elaborator, article, example };
  }
  const [first] = index.readersOf(site);
  const elaborator = first ?? (site.edition && [...site.edition.book.rates.keys()].map((rate) => index.elaborator(site.edition, rate, [])).find((each) => each !== undefined));
  return elaborator && { elaborator, article, example };
}

const visible = ({ elaborator, article }: ScopeAt): Entry[] => [...elaborator.scope.entries].flatMap(([key, entry]) => (key.includes('#') && !key.startsWith(`${article}#`) ? [] : [entry]));

function entryItem(scope: ScopeAt, entry: Entry, first: number, lang: Lang): Item {
  const symbol = scope.elaborator.symbols.get(entry);
  const { statement, kind } = entry.source;
  const unit = kind === 'plage' ? 'plage' : symbol ? symbol.data?.unitText ?? describe(symbol.kind) : '';
  const text = 'text' in statement && typeof statement.text === 'string' ? statement.text : undefined;
  return {
    label: entry.name, kind: kind === 'plage' ? EVENT : kind === 'data' || kind === 'measure' ? PROPERTY : kind === 'fact' ? CONSTANT : VARIABLE, first,
    detail: [unit, entry.origin.home === '' ? '' : `${lang === 'fr' ? 'article' : 'article'} ${entry.origin.home}`].filter((part) => part !== '').join(' — '), ...(text === undefined ? {} : { documentation: text }),
  };
}

// ── names ────────────────────────────────────────────────────────────────
const BUILTIN: readonly (readonly [string, string])[] = [['jours', 'les jours de la période'], ['heures', 'les heures réelles'], ['total', 'le total de la facture, en $'], ['tarif', "le tarif de l'abonnement"], ['premier_jour', 'de la période'], ['dernier_jour', 'de la période'], ['début', 'de la rangée'], ['fin', 'de la rangée'], ['rang', 'de la rangée']];
const FUNCTIONS: readonly (readonly [string, string])[] = [['max', 'max(a ; b)'], ['min', 'min(a ; b)'], ['arrondi', 'arrondi(x ; pas) : au plus proche'], ['entier', 'entier(x ; pas) : vers le bas'], ['abs', 'abs(x)']];
const LIST_SIGNS = new Set(['Virgule', 'Et', 'Ou', 'Nom', 'Identifiant']);

function names(world: World, cursor: Cursor, real: readonly IToken[], scope: ScopeAt | undefined, site: Site | undefined, lang: Lang): Item[] {
  const kindAt = (back: number): string => real.at(-back)?.tokenType.name ?? '';
  const book = site?.edition?.book ?? world.editions.at(-1)?.book;
  const rates = (): Item[] => [...(book?.rates.values() ?? [])].map(({ name, title }) => ({ label: name, kind: MODULE, detail: title, first: 1 }));
  const options = (): Item[] => [...(book?.options.values() ?? [])].map(({ name, title }) => ({ label: name, kind: MODULE, detail: title, first: 1 }));
  // Past a list of names (« aux tarifs A, B et … »), the word that opened it.
  let opener = 1;
  while (LIST_SIGNS.has(kindAt(opener)) && LIST_SIGNS.has(kindAt(1)) && kindAt(1) !== 'Identifiant' && opener < real.length) opener++;
  const opened = kindAt(opener);
  if (opened === 'AuxTarifs' || opened === 'Tarif' || (cursor.inHeader && opened === 'Sur') || (cursor.inHeader && opened === 'Pour')) return rates();
  if (opened === 'AuxOptions' || opened === 'Option') return options();
  if (kindAt(1) === 'Modele') return [...(book?.models.keys() ?? [])].map((label) => ({ label, kind: CLASS, first: 1 }));
  if (cursor.inHeader || ['Donnee', 'Mesure', 'Plage', 'Fait', 'Taxe'].includes(kindAt(1)) || !scope) return [];
  const entries = visible(scope);
  const of = (accepts: (entry: Entry) => boolean, first: number): Item[] => entries.filter(accepts).map((entry) => entryItem(scope, entry, first, lang));
  const isList = (entry: Entry): boolean => entry.source.kind === 'data' && (entry.source.statement.sort.kind === 'list' || entry.source.statement.sort.kind === 'spans');
  const isPlage = (entry: Entry): boolean => entry.source.kind === 'plage' || isList(entry);
  if (kindAt(1) === 'Par') return [...['jour', 'heure', 'intervalle', 'partie'].map((label): Item => ({ label, kind: CLASS, first: 1 })), ...of(isList, 2)];
  if (real.length === 0) return [];
  const lines = (): Item[] => [...(scope.elaborator.lines?.placed ?? [])].map(([label, { statement }]): Item => ({ label, kind: FUNCTION, first: 1, ...(statement.title === undefined ? {} : { detail: statement.title }) }));
  if (/^(?:De|DeLa|Du|Le)$/.test(kindAt(1)) && real.slice(-4).some(({ tokenType: { name } }) => /^(?:Prix|PrixNet|Montant|Assiette)$/.test(name))) return lines();
  if (kindAt(1) === 'Majore' || kindAt(1) === 'Reduit' || (kindAt(1) === 'Le' && /^(?:Majore|Reduit)$/.test(kindAt(2)))) return lines();
  if (/^(?:Pendant|Sauf|Hors|EntierementEn|JourneesDe)$/.test(kindAt(1)) || (kindAt(1) === 'En' && real[0]?.tokenType.name !== 'Donnee')) return of(isPlage, 1);
  const chosen = choices(scope, real, rates);
  if (chosen.length > 0 && /^(?:Parmi|Pour|Virgule|Ou)$/.test(kindAt(1))) return chosen;
  if (scope.example && cursor.next.has('Donne')) return of((entry) => ['data', 'measure'].includes(original(entry).source.kind), 1);
  return [
    ...chosen, ...of((entry) => !isPlage(entry), 2),
    ...BUILTIN.filter(([label]) => !entries.some(({ name }) => name === label)).map(([label, detail]): Item => ({ label, kind: VARIABLE, detail, first: 3 })),
    ...FUNCTIONS.map(([label, detail]): Item => ({ label, kind: FUNCTION, detail, first: 5 })),
  ];
}
const original = (entry: Entry): Entry => (entry.source.kind === 'replacement' ? original(entry.source.original) : entry);

/** The name that the word is compared with, given to or chosen for: « phases = … », « x parmi a ou … », « d'après x … pour … ». */
function compared({ elaborator, article }: ScopeAt, real: readonly IToken[]): Entry | 'tarif' | undefined {
  let at = real.length - 1;
  while (at > 0 && /^(?:Virgule|Ou|Identifiant|NombreLittéral|Quantité)$/.test(real[at]!.tokenType.name) && at > real.length - 12) at--;
  const sign = real[at]?.tokenType.name ?? '';
  const name = sign === 'Pour' ? real.find((_, index) => real[index - 1]?.tokenType.name === 'DApres')?.image : /^(?:Égal|Différent|Inférieur|Supérieur|InférieurOuÉgal|SupérieurOuÉgal|Parmi|Est|AuMoins|AuPlus|MaisAuMoins|MaisAuPlus|Presumee)$/.test(sign) ? real[at - 1]?.image : undefined;
  return name === 'tarif' ? 'tarif' : name === undefined ? undefined : elaborator.scope.lookup(name, article);
}

function choices(scope: ScopeAt, real: readonly IToken[], rates: () => Item[]): Item[] {
  const entry = compared(scope, real);
  if (entry === 'tarif') return rates();
  const source = entry && original(entry).source;
  if (source?.kind !== 'data') return [];
  const { sort } = source.statement;
  if (sort.kind === 'boolean') return ['oui', 'non'].map((label) => ({ label, kind: KEYWORD, first: 0 }));
  return sort.kind !== 'choices' ? [] : sort.choices.map(({ name, quantity }): Item => ({ label: name ?? `${quantity?.text ?? ''}${quantity?.unit === undefined ? '' : ` ${quantity.unit}`}`, kind: ENUM_MEMBER, first: 0 }));
}

// ── units and articles ───────────────────────────────────────────────────
/** The units of a price, by the role of its line. */
const OF_ROLE: Readonly<Record<RoleName, readonly string[]>> = {
  frais: ['$/mois', '¢/jour', '$/jour'], énergie: ['¢/kWh', '$/kWh'], prime: ['$/kW/mois', '$/kW/jour'], crédit: ['$/kW/mois', '¢/kWh', '$'], pénalité: ['$/kW', '¢/kWh', '$'], montant: ['$'], minimum: ['$/mois'],
};
const FACTORS = ['kWh', 'kW', 'kVA', '$', '¢', '%', 'h', 'jour', 'mois', 'kV', '°C'];

/** The units that fit a figure: those of its role, or of what it is compared with or given to. */
function fitting(real: readonly IToken[], scope: ScopeAt | undefined): readonly string[] {
  const entry = scope && compared(scope, real.slice(0, -1));
  const symbol = entry && entry !== 'tarif' && scope ? scope.elaborator.symbols.get(entry) : undefined;
  if (symbol?.data?.unitText !== undefined) return [symbol.data.unitText];
  if (symbol?.kind.kind === 'quantity') {
    const { dims } = symbol.kind;
    return [...Object.values(OF_ROLE).flat(), ...FACTORS].filter((text) => { const unit = parseUnit(text); return unit && sameDims(unit.dims, dims); });
  }
  const role = real[0]?.image as RoleName;
  return real.length > 1 && Object.hasOwn(OF_ROLE, role) ? OF_ROLE[role] : [];
}

/** Units, those that fit first; `begun` is what is written of a chain (« $/ »). */
function units(fit: readonly string[], begun: string): Item[] {
  const wanted = fit.filter((unit) => unit.startsWith(begun)).map((unit) => unit.slice(begun.length));
  const others = begun === '' ? [...FACTORS, ...UNIT_WORDS] : UNIT_WORDS.filter((unit) => !/[$¢%°]/.test(unit));
  return [...wanted.map((label): Item => ({ label, kind: UNIT, first: 0 })), ...others.filter((label) => !wanted.includes(label)).map((label): Item => ({ label, kind: UNIT, first: 6 }))];
}

function articles(cursor: Cursor, site: Site | undefined): Item[] {
  const typed = /(\d+(?:\.\d*)?)$/.exec(cursor.before)?.[1] ?? '';
  const book = site?.edition?.book;
  return [...(book?.articles.values() ?? [])].filter(({ number }) => number.startsWith(typed)).sort((a, b) => compareNumbers(a.number, b.number))
    .map(({ number, title }, at): Item => ({ label: number, kind: CLASS, detail: title, filterText: `${number} ${title}`, insertText: number.slice(typed.length), first: Number(`2${String(at).padStart(4, '0')}`) }));
}
