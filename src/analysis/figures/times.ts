/** The hours of a winter week and the seasons of the year that prices and events go by, as the checked program has them. */
import { civil, dayOf, formatDateEn, formatDateFr, weekday, type Day } from '../../calendar/day.ts';
import { intersect, isWholeDays, length, span, subtract, type TimeSet } from '../../calendar/timeset.ts';
import { dayAt, startOfDay } from '../../calendar/zone.ts';
import { compareNumbers } from '../../check/book.ts';
import type { Program } from '../../check/core.ts';
import { jsonKey } from '../../evaluate/words.ts';
import type { Lang } from '../../quantity/format.ts';
import { bandsSvg } from '../../render/figures/bands.ts';
import type { Figure } from '../../render/figures/figure.ts';
import { fixedSet, setsUsed } from './fixedSets.ts';
import type { FigureSource } from './source.ts';
import { both, capital, FIGURE_WORDS, moduleTitle, rateName, termWords } from './words.ts';

const WEEKDAYS: Readonly<Record<Lang, readonly string[]>> = { fr: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'], en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] };
/** Past the holidays. */
const WEEK_FROM = { month: 1, day: 10 };
const DAY = 1440;
/** Hours nearer than this would be written over each other. */
const APART = 150;
/** What comes back for less than so many days is no season. */
const SEASON = 28 * DAY;

const dateWords = (day: Day, lang: Lang): string => (lang === 'fr' ? formatDateFr(day) : formatDateEn(day));
const hourWords = (minute: number, lang: Lang): string => {
  const [hour, rest] = [Math.floor(minute / 60), minute % 60];
  return lang === 'fr' ? `${hour}\u00A0h${rest === 0 ? '' : `\u00A0${String(rest).padStart(2, '0')}`}` : `${hour}:${String(rest).padStart(2, '0')}`;
};
const pairs = ({ spans }: TimeSet): (readonly [number, number])[] => Array.from({ length: spans.length / 2 }, (_, index) => [spans[2 * index] ?? 0, spans[2 * index + 1] ?? 0] as const);

/** The first Monday past the holidays of the first winter of the edition. */
function mondayOf({ book }: FigureSource): Day {
  const { date } = book.edition;
  const from = [0, 1].map((later) => dayOf(civil(date).year + later, WEEK_FROM.month, WEEK_FROM.day) ?? date).find((day) => day >= date) ?? date;
  return from + ((8 - weekday(from)) % 7);
}

/** The article that fixes a set of time, as the program reads it. */
function homesOf({ programs }: FigureSource, name: string, { rate, options }: Program): string[] {
  const home = programs.elaboratorOf(rate, options)?.scope.lookup(name, '')?.origin.home;
  return home === undefined ? [] : [home];
}

/** A picture for each set of hours that a rate or an option goes by; those of the rate without the option are told with the rate. */
export function weekFigures(source: FigureSource, program: Program, name: string, without?: Program): Figure[] {
  const monday = mondayOf(source);
  const week = { start: startOfDay(monday), end: startOfDay(monday + 7) };
  const seen = new Set<string>();
  const known = new Set(without ? setsUsed(without).map((each) => each.name) : []);
  return setsUsed(program).flatMap(({ name: plage, plage: core }): Figure[] => {
    if (seen.has(plage) || known.has(plage)) return [];
    seen.add(plage);
    const left = new Set<string>();
    const set = fixedSet(core, week, left);
    if (!set || set.spans.length === 0 || isWholeDays(set)) return [];
    const days = WEEKDAYS.fr.map((_, index) => {
      const start = startOfDay(monday + index);
      return pairs(intersect(set, span(start, startOfDay(monday + index + 1)))).map(([from, to]): readonly [number, number] => [from - start, to - start]);
    });
    const hours = (index: number, lang: Lang): string => (days[index] ?? []).map(([from, to]) => (lang === 'fr' ? `de ${hourWords(from, lang)} à ${hourWords(to, lang)}` : `${hourWords(from, lang)} to ${hourWords(to, lang)}`)).join(', ');
    const title = both((lang) => `${moduleTitle(source, name, lang)}${FIGURE_WORDS[lang].colon}${termWords(plage, source.english, lang)}`);
    const edges = [...new Set([0, ...days.flat(2), DAY])].sort((a, b) => a - b);
    const ticks = edges.filter((edge, index) => edge === DAY || ((edges[index - 1] === undefined || edge - (edges[index - 1] ?? 0) >= APART) && DAY - edge >= APART));
    const none = both((lang) => (lang === 'fr' ? 'aucune' : 'none'));
    return [{
      id: `heures-${jsonKey(name)}${seen.size > 1 ? `-${jsonKey(plage)}` : ''}`, kind: 'heures', rates: [name], articles: homesOf(source, plage, program), title,
      alt: both((lang) => `${capital(termWords(plage, source.english, lang))}${FIGURE_WORDS[lang].colon}${runsOfDays(days.map((_, index) => hours(index, lang) || none[lang]), lang)}.`),
      says: both((lang) => [
        lang === 'fr' ? `Semaine du ${dateWords(monday, lang)}.` : `Week of ${dateWords(monday, lang)}.`,
        ...(left.size === 0 ? [] : [lang === 'fr' ? `Sans ce que le cas désigne : ${[...left].map((each) => termWords(each, source.english, lang)).join(', ')}.` : `Without what the case designates: ${[...left].map((each) => termWords(each, source.english, lang)).join(', ')}.`]),
      ]),
      svg: both((lang) => bandsSvg({
        title: title[lang], from: 0, to: DAY, over: false, under: lang === 'fr' ? 'Heure' : 'Hour', ticks: ticks.map((value) => ({ value, words: lang === 'fr' ? hourWords(value, lang) : String(value / 60) })),
        rows: days.map((spans, index) => ({ name: WEEKDAYS[lang][index] ?? '', bands: spans.map(([from, to]) => ({ from, to, words: lang === 'fr' ? `${from / 60}–${to / 60} h` : `${from / 60}–${to / 60}`, fill: 0 })) })),
      })),
      table: both((lang) => ({ head: [lang === 'fr' ? 'Jour' : 'Day', capital(termWords(plage, source.english, lang))], rows: days.map((_, index) => [WEEKDAYS[lang][index] ?? '', hours(index, lang) || none[lang]]) })),
    }];
  });
}

/** `du lundi au vendredi, de 6 h à 9 h ; samedi, …`: days alike are said together. */
function runsOfDays(said: readonly string[], lang: Lang): string {
  const runs: { first: number; last: number; said: string }[] = [];
  said.forEach((each, index) => { const last = runs.at(-1); if (last?.said === each) last.last = index; else runs.push({ first: index, last: index, said: each }); });
  const day = (index: number): string => WEEKDAYS[lang][index] ?? '';
  return runs.map((run) => `${run.first === run.last ? day(run.first) : lang === 'fr' ? `du ${day(run.first)} au ${day(run.last)}` : `${day(run.first)} to ${day(run.last)}`}, ${run.said}`).join(FIGURE_WORDS[lang].list);
}

/** The seasons of a rate: sets of whole days that come back each year, and what lies outside of them where prices say so. */
interface Season { readonly name: string; readonly outside: boolean; readonly spans: readonly (readonly [number, number])[] }
function seasonsOf(source: FigureSource, program: Program): Season[] {
  const year = yearOf(source);
  return setsUsed(program).flatMap(({ name, plage, outside }): Season[] => {
    const inside = fixedSet(plage, year, new Set());
    if (!inside || !isWholeDays(inside) || pairs(inside).every(([from, to]) => to - from < SEASON) || length(inside) === 0) return [];
    const set = outside ? subtract(span(year.start, year.end), inside) : inside;
    return [{ name, outside, spans: pairs(set) }];
  });
}
/** A year from the day of the edition. */
function yearOf({ book }: FigureSource): { readonly start: number; readonly end: number } {
  const { year, month, day } = civil(book.edition.date);
  return { start: startOfDay(book.edition.date), end: startOfDay(dayOf(year + 1, month, day) ?? book.edition.date + 365) };
}

/** The seasons of some rates in one picture: those that have the same share a row. None when no price goes by season. */
export function seasonFigure(source: FigureSource, rates: readonly string[], id: string): Figure[] {
  const groups = new Map<string, { readonly rates: string[]; readonly seasons: readonly Season[] }>();
  for (const rate of rates) {
    const program = source.catalogue.program(rate, []);
    const seasons = program ? seasonsOf(source, program).sort((a, b) => a.name.localeCompare(b.name, 'fr')) : [];
    if (seasons.length === 0) continue;
    const key = JSON.stringify(seasons);
    const group = groups.get(key) ?? { rates: [], seasons };
    group.rates.push(rate);
    groups.set(key, group);
  }
  if (groups.size === 0) return [];
  const year = yearOf(source);
  const rows = [...groups.values()];
  // A season has one look, whatever the rate.
  const fillOf = ({ name, outside }: Season): string => `${name} ${outside}`;
  const fills = [...new Set(rows.flatMap(({ seasons }) => seasons.map(fillOf)))];
  const seasonWords = ({ name, outside }: Season, lang: Lang): string => `${outside ? (lang === 'fr' ? 'hors ' : 'outside ') : ''}${termWords(name, source.english, lang)}`;
  const names = (group: (typeof rows)[number], lang: Lang): string => group.rates.map((rate) => rateName(source, rate, lang)).join(', ');
  const dates = ({ spans }: Season, lang: Lang): string => spans.map(([from, to]) => (lang === 'fr' ? `du ${dateWords(dayAt(from), lang)} au ${dateWords(dayAt(to - 1), lang)}` : `${dateWords(dayAt(from), lang)} to ${dateWords(dayAt(to - 1), lang)}`)).join(FIGURE_WORDS[lang].list);
  const title = both((lang) => (rates.length === 1 ? `${moduleTitle(source, rates[0] ?? '', lang)}${FIGURE_WORDS[lang].colon}${lang === 'fr' ? 'saisons' : 'seasons'}` : lang === 'fr' ? 'Saisons des tarifs' : 'Seasons of the rates'));
  const { month: first, year: calendar } = civil(source.book.edition.date);
  const ticks = Array.from({ length: 13 }, (_, index) => ({ index, value: startOfDay(dayOf(calendar + Math.floor((first - 1 + index) / 12), (first - 1 + index) % 12 + 1, 1) ?? 0) })).filter(({ value }) => value >= year.start && value <= year.end);
  return [{
    id, kind: 'saisons', rates: rows.flatMap((group) => group.rates), title,
    articles: [...new Set(rows.flatMap(({ seasons, rates: some }) => { const program = source.catalogue.program(some[0] ?? '', []); return program ? seasons.flatMap(({ name }) => homesOf(source, name, program)) : []; }))].sort(compareNumbers),
    alt: both((lang) => `${rows.map((group) => `${names(group, lang)}${FIGURE_WORDS[lang].colon}${group.seasons.map((season) => `${seasonWords(season, lang)} ${dates(season, lang)}`).join(', ')}`).join('. ')}.`),
    says: both((lang) => [lang === 'fr' ? `Une année à partir du ${dateWords(source.book.edition.date, lang)} ; les saisons dont un prix dépend.` : `A year from ${dateWords(source.book.edition.date, lang)}; the seasons that a price depends on.`]),
    svg: both((lang) => bandsSvg({
      title: title[lang], from: year.start, to: year.end, over: rates.length > 1, under: '',
      ticks: ticks.filter((_, index) => index % 2 === 0).map(({ index, value }) => ({ value, words: shortMonth((first - 1 + index) % 12, lang) })),
      rows: rows.map((group) => ({ name: rates.length === 1 ? '' : names(group, lang), bands: group.seasons.flatMap((season) => season.spans.map(([from, to]) => ({ from, to, words: seasonWords(season, lang), fill: fills.indexOf(fillOf(season)) }))) })),
    })),
    table: both((lang) => ({ head: [lang === 'fr' ? 'Tarifs' : 'Rates', lang === 'fr' ? 'Saison' : 'Season', lang === 'fr' ? 'Dates' : 'Dates'], rows: rows.flatMap((group) => group.seasons.map((season) => [names(group, lang), seasonWords(season, lang), dates(season, lang)])) })),
  }];
}
/** `janv.`, `Jan`: enough of the month to tell it; of January, 0. */
export const shortMonth = (index: number, lang: Lang): string => SHORT[lang].format(Date.UTC(2026, index, 15));
const SHORT: Readonly<Record<Lang, Intl.DateTimeFormat>> = { fr: new Intl.DateTimeFormat('fr-CA', { month: 'short', timeZone: 'UTC' }), en: new Intl.DateTimeFormat('en-CA', { month: 'short', timeZone: 'UTC' }) };
