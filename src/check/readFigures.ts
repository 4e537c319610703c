/** A printed text → its figures and the articles that it cites, each with its place in the text. */
import { MONTHS } from '../../grammar/vocabulary.ts';
import { divide, fromInteger, negate, ONE, type Exact } from '../quantity/exact.ts';
import { NONE, parseUnit } from '../quantity/unit.ts';
import { numberOf, type Figure, type Measure } from './figures.ts';

export interface Found { readonly text: string; readonly start: number; readonly end: number }
export interface FoundFigure extends Found {
  readonly figure: Figure;
  /** Said in passing (`un an`, `la première`, `le lendemain`, a Roman numeral): it may account for a figure of the block, and asks for nothing. */
  readonly soft: boolean;
}
/** One article, or all from one to another. */
export interface Citation extends Found { readonly from: string; readonly to: string | undefined }
/** A chapter of the book, or sections of one; no chapter for « du présent chapitre ». */
export interface PartCitation extends Found { readonly chapter: string | undefined; readonly sections: readonly string[] }
export interface Reading { readonly figures: readonly FoundFigure[]; readonly citations: readonly Citation[]; readonly parts: readonly PartCitation[] }

/** Numbers in words. `un` and `premier` are not here: as often as not they are an article or an adjective. */
const WORDS: Readonly<Record<string, number>> = {
  deux: 2, trois: 3, quatre: 4, cinq: 5, six: 6, sept: 7, huit: 8, neuf: 9, dix: 10, onze: 11, douze: 12, treize: 13, quatorze: 14, quinze: 15, seize: 16, 'dix-sept': 17, 'dix-huit': 18,
  'dix-neuf': 19, vingt: 20, trente: 30, quarante: 40, cinquante: 50, soixante: 60, 'quatre-vingts': 80, cent: 100, mille: 1000,
};
const RANKS: Readonly<Record<string, number>> = { deuxième: 2, seconde: 2, second: 2, troisième: 3, quatrième: 4, cinquième: 5, sixième: 6, septième: 7, huitième: 8, neuvième: 9, dixième: 10, onzième: 11, douzième: 12 };
/** Words that hold a number. */
const HELD: readonly (readonly [pattern: string, numerator: number, denominator: number, unit: string])[] = [
  ['(?:la |de )?moitié', 1, 2, '1'], ['(?:deux|2) tiers', 2, 3, '1'], ['(?:le|au|du) tiers', 1, 3, '1'], ["trois quarts d'heure", 3, 4, 'h'], ['trois quarts', 3, 4, '1'], ["quarts? d'heure", 1, 4, 'h'], ['demi-heures?', 1, 2, 'h'],
  ['le double', 2, 1, ''], ['le triple', 3, 1, ''], ['midi', 12, 1, 'h'], ['minuit', 24, 1, 'h'], ['monophasée?s?', 1, 1, ''], ['triphasée?s?', 3, 1, ''],
];

/** What the book calls a unit → what the language calls it. `période` is a period of consumption. */
const UNITS: readonly (readonly [pattern: string, unit: string])[] = [
  ['kilowattheures?|kWh', 'kWh'], ['mégawattheures?|MWh', 'MWh'], ['kilowatts?|kW', 'kW'], ['mégawatts?|MW', 'MW'], ['watts?|W', 'W'], ['kilovoltampères?|kVA', 'kVA'], ['kilovolts?|kV', 'kV'],
  ['volts?|V', 'V'], ['mégajoules?|MJ', 'MJ'], ['litres?', 'litre'], ['barils?', 'baril'], ['lumens?', 'lumen'], ['luminaires?', 'luminaire'],
  ['°\\s?C|degrés Celsius', '°C'], ['%|pour cent|points? de pourcentage', '%'], ['\\$|dollars?', '$'], ['¢|cents?', '¢'],
  ['jours ouvrables?|jour ouvrable', 'jour ouvrable'], ['jours?', 'jour'], ['mois civils?', 'mois civil'], ['mois|périodes? mensuelles?', 'mois'], ['ans?|années?', 'an'], ['minutes?|min', 'min'], ['heures?|h', 'h'],
  ["périodes? (?:de|d'une) consommation|périodes? antérieures", 'période'],
];
const LETTER = '\\p{L}\\p{N}_';
const END = `(?![${LETTER}])`;
const UNIT = UNITS.map(([pattern], index) => `(?<u${index}>${pattern})${/[$¢%]/.test(pattern.split('|')[0] ?? '') ? '' : END}`).join('|');
const ANY_UNIT = UNITS.map(([pattern]) => (/[$¢%]/.test(pattern) ? pattern : `(?:${pattern})${END}`)).join('|');
const UNIT_AT = new RegExp(`\\s*(?:(?:premi(?:er|ère)s?|derni(?:er|ère)s?|autres?|prochain(?:e)?s?)\\s+)?(?:${UNIT})`, 'uy');
function unitAt(text: string, at: number): { unit: string; end: number } | undefined {
  UNIT_AT.lastIndex = at;
  const match = UNIT_AT.exec(text);
  if (!match) return undefined;
  const index = UNITS.findIndex((_, each) => match.groups?.[`u${each}`] !== undefined);
  return { unit: UNITS[index]?.[1] ?? '', end: UNIT_AT.lastIndex };
}
/** `le kilowatt`, `par jour`, `/mois`: what a price is divided by. */
function perAt(text: string, at: number, money: boolean): { unit: string; end: number } | undefined {
  // « le » is a price's: `15 h le jour précédent` is an hour.
  const link = money ? /\s*(?:\/|le\s|la\s|l'|par\s|du\s|pour chaque\s)\s*/uy : /\s*(?:\/|par\s)\s*/uy;
  link.lastIndex = at;
  const match = link.exec(text);
  if (!match) return undefined;
  const unit = unitAt(text, link.lastIndex);
  return unit && /^(?:kWh|MWh|kW|MW|kVA|litre|MJ|baril|luminaire|jour|mois|an|h)$/.test(unit.unit) ? unit : undefined;
}

const NUMBER = '\\d{1,3}(?:[ \\u00A0\\u202F]\\d{3})+(?!\\d)(?:,\\d+)?|\\d+(?:,\\d+)?';
const MONTH = MONTHS.join('|');
const DAY = '(?:1er|premier|\\d{1,2})';
const either = (words: readonly string[]): string => [...words].sort((a, b) => b.length - a.length).join('|');

const TOKENS = new RegExp([
  // References, which are no figures.
  `(?<part>(?:sous-section|section|chapitre|annexe|partie)s?\\s+(?:[A-Z]-)?\\d+(?:\\.\\d+)*(?:(?:\\s*,\\s*|\\s+et\\s+|\\s+à\\s+)\\d+(?![\\d.]|,\\d|\\s*(?:${ANY_UNIT})))*(?:\\s+du (?:chapitre \\d+|présent chapitre))?)`,
  `(?<article>(?<![\\d.,])\\d{1,2}\\.\\d{1,3}(?!\\d|,\\d)(?:\\.\\d+)?)`,
  `(?<code>(?<=[\\p{L}_])[-.]?\\d[\\d.,-]*|\\b[A-Z]{1,4}-\\d[\\d.]*|www\\.\\S+|n°\\s*\\d+)`,
  `(?<alinea>(?:${either(Object.keys(RANKS))}|\\d+e)\\s+(?:sous-)?alinéa)`,
  // Dates: several days of a month, a day, a month with its year.
  `(?<days>${DAY}(?:(?:\\s*,\\s*|\\s+et\\s+|\\s+ou\\s+|\\s+au\\s+)(?:le\\s+|les\\s+)?${DAY})*)\\s+(?<month>${MONTH})${END}(?:\\s+(?<year>\\d{4})(?!\\d))?`,
  `(?<monthYear>${MONTH})\\s+(?<year2>\\d{4})(?!\\d)`,
  `(?<year3>(?<![\\d,])(?<!\\d )(?:19|20)\\d{2}(?!\\d|,\\d|\\s\\d{3}(?!\\d)|\\s*(?:${ANY_UNIT})))`,
  `(?<clock>\\d{1,2})\\s*h\\s*(?<minutes>\\d{2})(?!\\d)`,
  `(?<rank>\\d+)(?:er|re|e|ème)s?${END}`,
  `(?<roman>(?<![${LETTER}])(?=[IVX])X{0,2}(?:IX|IV|V?I{0,3})(?![${LETTER}'])(?=[^.]|$))`,
  `(?<rankWord>(?<![${LETTER}])(?:${either(Object.keys(RANKS))})s?)${END}`,
  ...HELD.map(([pattern], index) => `(?<h${index}>(?<![${LETTER}])(?:${pattern}))${END}`),
  `(?<soft>(?<![${LETTER}])(?:une?|par|chaque|seule?|premi(?:er|ère)s?|derni(?:er|ère)))\\s+(?=(?:${ANY_UNIT}))`,
  `(?<eve>(?<![${LETTER}])(?:lendemain|veille|jour(?:née)? (?:même|précédente?|précédant|suivant))${END})`,
  `(?<first>(?<![${LETTER}])(?:premi(?:er|ère)s?))${END}`,
  `(?<word>(?<![${LETTER}-])(?:${either(Object.keys(WORDS))})(?![-${LETTER}]))`,
  `(?<number>(?<![${LETTER},.])(?:[-−](?=\\d))?(?:${NUMBER}))`,
].join('|'), 'giu');

/** Marks that open a line: `- a)`, `i.`, `(1)`, `2.`, a footnote's `1 Selon`; their numbers are no figures. */
const LABEL = /^(?:[-–•]\s*)?(?:(?:[a-z]|[ivx]{1,5})[).]\s|\(\d{1,2}\)\s|\d{1,2}[.)]\s(?=\p{Lu}|\p{Ll}{3})|\d{1,2}\s+(?=\p{Lu}\p{Ll}{2}))+/u;
/** What `deux` after this says is what was just listed, not a number of the rule. */
const BACK = /(?:\bces|\bles|\bleurs|\bses|\bdes|\bl'une? des|\bl'un ou l'autre des)\s+$/i;

const roman = (text: string): number => { const values = [...text].map((letter) => ({ I: 1, V: 5, X: 10 })[letter] ?? 0); return values.reduce((sum, value, at) => sum + (value < (values[at + 1] ?? 0) ? -value : value), 0); };

/** Reads one paragraph. A number in a list takes the unit that ends the list: `10, 20 ou 30 kW`, `entre 4 300 et 5 000 kilowatts`. */
export function read(text: string): Reading {
  const figures: FoundFigure[] = [];
  const citations: Citation[] = [];
  const parts: PartCitation[] = [];
  let waiting: { text: string; value: Exact; start: number; end: number }[] = [];
  const settle = (measure: Measure): void => {
    for (const each of waiting) figures.push({ text: each.text, start: each.start, end: each.end, soft: false, figure: { kind: 'quantity', value: each.value, measure } });
    waiting = [];
  };
  const label = LABEL.exec(text);
  TOKENS.lastIndex = label ? label[0].length : 0;
  for (let match = TOKENS.exec(text); match; match = TOKENS.exec(text)) {
    const groups = match.groups ?? {};
    const start = match.index;
    const end = start + match[0].length;
    const joined = (upTo: number): boolean => waiting.length > 0 && /^(?:\s*,\s*|\s*(?:et|ou|à|-|–)\s*(?:de\s+|à\s+)?)$/.test(text.slice(waiting.at(-1)?.end ?? 0, upTo));
    if (groups['number'] === undefined && groups['word'] === undefined) { if (!(groups['clock'] !== undefined && joined(start))) settle({ kind: 'none' }); }
    const soft = groups['soft'] !== undefined ? unitAt(text, end) : undefined;
    if (groups['soft'] !== undefined) {
      const known = soft && parseUnit(soft.unit);
      if (soft) figures.push({ text: text.slice(start, soft.end), start, end: soft.end, soft: true, figure: { kind: 'quantity', value: ONE, measure: known ? { kind: 'unit', unit: known } : { kind: 'periods' } } });
      continue;
    }
    if (groups['eve'] !== undefined) { const day = parseUnit('jour'); if (day) figures.push({ text: match[0], start, end, soft: true, figure: { kind: 'quantity', value: ONE, measure: { kind: 'unit', unit: day } } }); continue; }
    if (groups['first'] !== undefined) { figures.push({ text: match[0], start, end, soft: true, figure: { kind: 'rank', rank: 1 } }); continue; }
    if (groups['roman'] !== undefined) { figures.push({ text: match[0], start, end, soft: true, figure: { kind: 'quantity', value: fromInteger(roman(match[0])), measure: { kind: 'things' } } }); continue; }
    if (groups['part'] !== undefined) { parts.push(...partOf(match[0], start, end)); continue; }
    if ( groups['code'] !== undefined || groups['alinea'] !== undefined) continue;
    if (groups['article'] !== undefined) {
      const last = citations.at(-1);
      if (last && last.to === undefined && /^\s+à\s+(?:l'article\s+)?$/.test(text.slice(last.end, start))) citations[citations.length - 1] = { ...last, to: match[0], text: text.slice(last.start, end), end };
      else citations.push({ text: match[0], start, end, from: match[0], to: undefined });
      continue;
    }
    if (groups['days'] !== undefined) {
      const month = MONTHS.indexOf((groups['month'] ?? '').toLowerCase()) + 1;
      const year = groups['year'] === undefined ? undefined : Number(groups['year']);
      const days = [...groups['days'].matchAll(new RegExp(DAY, 'gi'))];
      days.forEach((day, index) => {
        const lastDay = index === days.length - 1;
        const from = start + day.index;
        figures.push({ text: lastDay ? text.slice(from, end) : `${day[0]} ${groups['month']}`, start: from, end: lastDay ? end : from + day[0].length, soft: false, figure: { kind: 'date', day: /^\d/.test(day[0]) ? Number.parseInt(day[0], 10) : 1, month, year } });
      });
      continue;
    }
    if (groups['monthYear'] !== undefined) { figures.push({ text: match[0], start, end, soft: false, figure: { kind: 'date', day: undefined, month: MONTHS.indexOf(groups['monthYear'].toLowerCase()) + 1, year: Number(groups['year2']) } }); continue; }
    if (groups['year3'] !== undefined) { figures.push({ text: match[0], start, end, soft: false, figure: { kind: 'date', day: undefined, month: undefined, year: Number(match[0]) } }); continue; }
    const hour = parseUnit('h');
    if (groups['clock'] !== undefined && hour) {
      settle({ kind: 'unit', unit: hour });
      figures.push({ text: match[0], start, end, soft: false, figure: { kind: 'quantity', value: divide(fromInteger(Number(groups['clock']) * 60 + Number(groups['minutes'])), fromInteger(60)), measure: { kind: 'unit', unit: hour } } });
      continue;
    }
    const ranked = groups['rank'] ?? (groups['rankWord'] === undefined ? undefined : String(RANKS[groups['rankWord'].toLowerCase().replace(/s$/, '')] ?? 0));
    const counted = ranked === undefined ? undefined : unitAt(text, end);
    // The end of the 14th month is 14 months.
    if (counted && ranked !== undefined && /^(?:mois|jour|jour ouvrable|an|période)$/.test(counted.unit)) {
      const known = parseUnit(counted.unit);
      figures.push({ text: text.slice(start, counted.end), start, end: counted.end, soft: false, figure: { kind: 'quantity', value: fromInteger(Number(ranked)), measure: known ? { kind: 'unit', unit: known } : { kind: 'periods' } } });
      TOKENS.lastIndex = counted.end;
      continue;
    }
    if (groups['rank'] !== undefined) { figures.push({ text: match[0], start, end, soft: false, figure: { kind: 'rank', rank: Number(groups['rank']) } }); continue; }
    if (groups['rankWord'] !== undefined) { figures.push({ text: match[0], start, end, soft: true, figure: { kind: 'rank', rank: RANKS[groups['rankWord'].toLowerCase().replace(/s$/, '')] ?? 0 } }); continue; }
    const held = HELD.findIndex((_, index) => groups[`h${index}`] !== undefined);
    if (held >= 0) {
      const [, n = 0, d = 1, unit = ''] = HELD[held] ?? [];
      const known = unit === '1' ? NONE : parseUnit(unit);
      figures.push({ text: match[0], start, end, soft: false, figure: { kind: 'quantity', value: divide(fromInteger(n), fromInteger(d)), measure: known ? { kind: 'unit', unit: known } : { kind: 'things' } } });
      continue;
    }
    if (groups['word'] !== undefined && BACK.test(text.slice(0, start))) continue;
    const value = groups['word'] !== undefined ? fromInteger(WORDS[groups['word'].toLowerCase()] ?? 0) : numberOf(groups['number'] ?? '');
    if (!value) continue;
    const signed = /^[-−]/.test(match[0]) && /[\p{L}\p{N}]$/u.test(text.slice(0, start)) ? negate(value) : value;
    const from = signed === value ? start : start + 1;
    if (!joined(from)) settle({ kind: 'none' });
    const unit = unitAt(text, end);
    if (!unit) { 
      if (groups['word'] !== undefined || /^\s+(?:(?:premi|derni|autre|plus)\S*\s+)?(?!et\s|ou\s|à\s|au\s|si\s|le\s|la\s|les\s|de\s|du\s|des\s|pour\s|et$|ou$)\p{Ll}{3,}/u.test(text.slice(end, end + 40))) { settle({ kind: 'none' }); figures.push({ text: `${match[0]}${/^\s+(?:(?:premi|derni|autre|plus)\S*\s+)?\p{Ll}+/u.exec(text.slice(end))?.[0] ?? ''}`, start: from, end, soft: false, figure: { kind: 'quantity', value: signed, measure: { kind: 'things' } } }); }
      else waiting.push({ text: text.slice(from, end), value: signed, start: from, end });
      continue;
    }
    if (unit.unit === 'période') { settle({ kind: 'periods' }); figures.push({ text: text.slice(from, unit.end), start: from, end: unit.end, soft: false, figure: { kind: 'quantity', value: signed, measure: { kind: 'periods' } } }); TOKENS.lastIndex = unit.end; continue; }
    let name = unit.unit;
    const priced = /^[$¢]|^MJ/.test(name);
    // « 300 heures par année » is a number of hours; a duration or a part is divided by nothing.
    const timed = /^(?:%|h|min|jour|mois|an|jour ouvrable|mois civil)$/.test(name);
    let last = unit.end;
    for (let per = perAt(text, last, priced); per && !timed && !name.split('/').includes(per.unit); per = perAt(text, last, priced)) { name += `/${per.unit}`; last = per.end; }
    const known = parseUnit(name);
    if (!known) continue;
    settle({ kind: 'unit', unit: known });
    figures.push({ text: text.slice(from, last).trim(), start: from, end: last, soft: false, figure: { kind: 'quantity', value: signed, measure: { kind: 'unit', unit: known } } });
    TOKENS.lastIndex = last;
  }
  settle({ kind: 'none' });
  return { figures: figures.sort((a, b) => a.start - b.start), citations, parts };
}

/** `section 4 du chapitre 6`, `sections 2 et 4 du présent chapitre`, `chapitre 10`; an annex or a part of another text is none of ours. */
function partOf(text: string, start: number, end: number): PartCitation[] {
  const match = /^(sections?|chapitres?)\s+([\d,\set]+?)(?:\s+du (?:chapitre (\d+)|présent chapitre))?$/i.exec(text);
  if (!match) return [];
  const numbers = (match[2] ?? '').match(/\d+/g) ?? [];
  if (/^chapitre/i.test(match[1] ?? '')) return numbers.map((chapter) => ({ text, start, end, chapter, sections: [] }));
  return [{ text, start, end, chapter: match[3], sections: numbers }];
}
