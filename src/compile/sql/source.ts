/** The first layers of a query: the table as it is read, its numbers as whole numbers, days by season, what the earlier rows of a customer hold. */
import { formatIsoDate, type Day } from '../../calendar/day.ts';
import { dayLength } from '../../calendar/zone.ts';
import type { Dialect } from './dialect.ts';
import type { DateText } from './dates.ts';
import type { Column, Place } from './places.ts';
import type { Said } from './record.ts';
import type { Seasons } from './seasons.ts';
import type { Frame } from './windows.ts';

/** A column of a layer, and what it is made of. */
export interface Made { readonly name: string; readonly text: string }
/** How a place stands in the layers after these: a column that holds its number, or a condition. */
export type Stood = { readonly kind: 'number'; readonly name: string } | { readonly kind: 'flag'; readonly text: string } | { readonly kind: 'unknown' };

export const quoted = (name: string): string => `"${name.replace(/"/g, '""')}"`;
export const literal = (text: string): string => `'${text.replace(/'/g, "''")}'`;
const date = (day: Day): string => `DATE '${formatIsoDate(day)}'`;

export interface Table { readonly from: string; /** Of `client`, `debut` and `fin`. */ readonly own: (key: 'client' | 'debut' | 'fin') => string; readonly first: Day; readonly until: Day }

export interface Source {
  /** Keys of the data that are read. */
  readonly data: readonly string[];
  readonly read: readonly Made[];
  readonly weighed: readonly Made[];
  /** Empty when no row depends on another. */
  readonly windows: readonly Made[];
  /** Why a row cannot be read, as a text or null. */
  readonly unread: string;
  readonly stands: (place: Place) => Stood;
}

/** `used`: the places that the query reads. */
export function sourceOf(said: Said, used: readonly Place[], table: Table, columns: readonly Column[], dialect: Dialect): Source {
  const { seasons } = said;
  const read = columns.filter((column) => used.some((place) => ('column' in place && place.column === column) || (place.kind === 'dates' && [place.left, place.right].some((side) => side.kind === 'column' && side.key === column.key))));
  const windowed = used.some((place) => place.kind === 'window') || used.some((place) => place.kind === 'dates' && [place.left, place.right].some(({ kind }) => kind === 'before'));
  // Of a row that is refused for its dates nothing is worked out: it might have no room. PostgreSQL counts days in 32 bits.
  const long = (text: string): string => `CASE WHEN fin - debut BETWEEN 1 AND ${said.longest} THEN CAST(${text} AS ${dialect.type('bigint')}) END`;
  const weighed: Made[] = [{ name: 'jours', text: long('fin - debut') }];
  const complaints: [condition: string, code: string][] = [
    [`client IS NULL OR debut IS NULL OR fin IS NULL OR NOT jour_juste OR fin <= debut OR fin - debut > ${said.longest}`, 'periode'],
    [`debut < ${date(table.first)} OR fin > ${date(table.until)}`, 'edition'],
    ...said.cuts.flatMap((cut): [string, string][] => cutDays(cut, table).map((day) => [`debut < ${date(day)} AND fin > ${date(day)}`, 'coupe'])),
  ];
  for (const column of read) {
    const v = `v_${column.key}`;
    const { holds } = column;
    switch (holds.kind) {
      case 'number': {
        const digits = digitsOf(holds.fit.most > -holds.fit.least ? holds.fit.most : -holds.fit.least);
        const whole = dialect.whole(`r_${column.key}`, digits, holds.decimals);
        const good = `r_${column.key} = ${v} AND ${whole} BETWEEN ${holds.fit.least} AND ${holds.fit.most}`;
        weighed.push({ name: column.key, text: `CASE WHEN ${good} THEN ${whole} END` });
        complaints.push([`${v} IS NOT NULL AND ${column.key} IS NULL`, `colonne ${column.key}`]);
        break;
      }
      case 'choice': {
        weighed.push({ name: column.key, text: `CASE ${holds.values.map(({ written }, rank) => `WHEN ${v} IN (${written.map((text) => (/^\d+$/.test(text) ? text : literal(text))).join(', ')}) THEN ${rank}`).join(' ')} END` });
        complaints.push([`${v} IS NOT NULL AND ${column.key} IS NULL`, `colonne ${column.key}`]);
        break;
      }
      case 'boolean': case 'date': weighed.push({ name: column.key, text: v });
    }
  }
  const seasonal = used.some((place) => place.kind === 'days' || place.kind === 'hours' || place.kind === 'first' || (place.kind === 'window' && place.frame.seasons !== undefined));
  const back = used.some((place) => place.kind === 'window' && place.frame.seasons !== undefined);
  const calendar = calendarOf(seasons, table, back);
  if (seasonal && seasons.count > 1) {
    weighed.push(...calendar.days.map((text, season) => ({ name: `jours_${season}`, text: long(text) })));
    const inside = calendar.edges.filter((day) => day > table.first).map((day) => `CASE WHEN debut < ${date(day)} AND fin > ${date(day)} THEN 1 ELSE 0 END`);
    if (inside.length > 1) complaints.push([`${inside.join(' + ')} > 1`, 'saisons']);
  }
  const daysIn = (season: number): string => (seasons.count > 1 ? `jours_${season}` : 'jours');
  for (const place of used) if (place.kind === 'hours') weighed.push({ name: `heures_${place.season}`, text: long(`24 * (${seasons.count > 1 ? calendar.days[place.season] ?? '0' : 'fin - debut'})${clockChanges(calendar.stretches, place.season, table)}`) });
  const windows: Made[] = windowed ? [
    { name: 'debut_avant', text: 'lag(debut) OVER (PARTITION BY client ORDER BY fin, debut)' },
    { name: 'fin_avant', text: 'lag(fin) OVER (PARTITION BY client ORDER BY fin, debut)' },
    ...windowColumns(used, daysIn, dialect),
  ] : [];
  const standing = new Map<Place, Stood>();
  for (const place of used) {
    const number = (name: string): Stood => ({ kind: 'number', name });
    standing.set(place, ((): Stood => {
      switch (place.kind) {
        case 'number': return number(place.column.key);
        case 'rank': return place.column.holds.kind === 'boolean' ? { kind: 'flag', text: place.column.key } : number(place.column.key);
        case 'given': return { kind: 'flag', text: `${place.column.key} IS NOT NULL` };
        case 'days': return number(daysIn(place.season));
        case 'hours': return number(`heures_${place.season}`);
        case 'first': return { kind: 'flag', text: `(${calendar.stretches.filter(({ season, to }) => season === place.season && to > table.first).map(({ from, to }) => `debut >= ${date(from)} AND debut < ${date(to)}`).join(' OR ')})` };
        case 'window': { const name = windowName(used, place); return place.of === 'unread' ? { kind: 'flag', text: `${name} > 0` } : number(name); }
        case 'dates': return { kind: 'flag', text: `${dateText(place.left, dialect)} ${place.sign === '≤' ? '<=' : place.sign === '≥' ? '>=' : place.sign === '≠' ? '<>' : place.sign} ${dateText(place.right, dialect)}` };
        case 'unknown': return { kind: 'unknown' };
      }
    })());
  }
  const unread = `CASE ${complaints.map(([condition, code]) => `WHEN ${condition} THEN ${literal(code)}`).join('\n      ')}${windowed ? `\n      WHEN fin_avant > debut THEN 'chevauchement'` : ''} END`;
  return {
    data: read.map(({ key }) => key),
    read: [
      { name: 'client', text: table.own('client') }, { name: 'debut', text: `CAST(${table.own('debut')} AS DATE)` }, { name: 'fin', text: `CAST(${table.own('fin')} AS DATE)` },
      // A time of day would be cut off by the cast.
      { name: 'jour_juste', text: (['debut', 'fin'] as const).map(table.own).map((at) => `CAST(CAST(${at} AS DATE) AS TIMESTAMP) = CAST(${at} AS TIMESTAMP)`).join(' AND ') },
      ...read.flatMap(({ key, name, holds }): Made[] => {
        // Of a text, the sign would be refused: compared with a number, it would be rounded without a word.
        const made: Made[] = [{ name: `v_${key}`, text: holds.kind === 'number' ? `+${name}` : name }];
        if (holds.kind === 'number') made.push({ name: `r_${key}`, text: dialect.read(name, digitsOf(holds.fit.most > -holds.fit.least ? holds.fit.most : -holds.fit.least), holds.decimals) });
        return made;
      }),
    ],
    weighed, windows, unread, stands: (place) => standing.get(place) ?? { kind: 'unknown' },
  };
}

export const digitsOf = (n: bigint): number => (n < 0n ? -n : n).toString().length;

function cutDays(cut: { readonly year: number | undefined; readonly month: number; readonly day: number }, { first, until }: Table): Day[] {
  const found: Day[] = [];
  for (let day = first; day < until; day++) { const [year, month, at] = formatIsoDate(day).split('-').map(Number); if (month === cut.month && at === cut.day && (cut.year === undefined || cut.year === year)) found.push(day); }
  return found;
}

/** The days of a row in each season: those of all but one are counted, the rest are of that one. */
function calendarOf(seasons: Seasons, { first, until }: Table, back: boolean): { readonly days: readonly string[]; readonly edges: readonly Day[]; readonly stretches: Seasons['stretches'] } {
  const stretches = seasons.stretches.filter(({ from, to }) => (back || to > first) && from < until);
  const of = (season: number): Seasons['stretches'] => stretches.filter((each) => each.season === season);
  const all = Array.from({ length: seasons.count }, (_, season) => season);
  const rest = all.reduce((a, b) => (of(b).length >= of(a).length ? b : a), 0);
  const counted = (season: number): string => of(season).map(({ from, to }) => `greatest(least(fin, ${date(to)}) - greatest(debut, ${date(from)}), 0)`).join(' + ') || '0';
  const days = all.map((season) => (season === rest ? `fin - debut - (${all.filter((each) => each !== rest).map(counted).join(' + ')})` : counted(season)));
  return { days, edges: stretches.slice(1).map(({ from }) => from), stretches };
}

/** Clocks that change make days of 23 and 25 hours. */
function clockChanges(stretches: Seasons['stretches'], season: number, { first, until }: Table): string {
  let text = '';
  for (let day = first; day < until; day++) {
    const hours = dayLength(day) / 60 - 24;
    if (hours !== 0 && stretches.some(({ from, to, season: at }) => at === season && from <= day && day < to)) text += ` ${hours > 0 ? '+' : '-'} CASE WHEN debut <= ${date(day)} AND fin > ${date(day)} THEN 1 ELSE 0 END`;
  }
  return text;
}

type WindowPlace = Extract<Place, { kind: 'window' }>;
const frameKey = (frame: Frame): string => JSON.stringify(frame);
function windowName(used: readonly Place[], place: WindowPlace): string {
  const frames = [...new Set(used.flatMap((each) => (each.kind === 'window' ? [frameKey(each.frame)] : [])))];
  const of = { largest: `plus_grand_${place.column?.key ?? ''}`, rows: 'rangees', unread: `sans_${place.column?.key ?? ''}` }[place.of];
  return `${of}_${frames.indexOf(frameKey(place.frame)) + 1}`;
}

function windowColumns(used: readonly Place[], daysIn: (season: number) => string, dialect: Dialect): Made[] {
  return used.flatMap((place): Made[] => {
    if (place.kind !== 'window') return [];
    const { frame, column } = place;
    const kept = [
      'fin > debut',
      ...(frame.seasons ? [frame.seasons.among.length === 0 ? '1 = 0' : `${frame.seasons.among.map(daysIn).join(' + ')} ${frame.seasons.entirely ? '= jours' : '> 0'}`] : []),
      ...(frame.since === undefined ? [] : [`debut >= DATE '${frame.since}'`]),
      ...(place.of === 'unread' ? [`${column?.key ?? ''} IS NULL`] : []),
    ].join(' AND ');
    const to = frame.before ? '1 PRECEDING' : 'CURRENT ROW';
    const rows = frame.reach.kind === 'all' ? `ORDER BY fin, debut ROWS BETWEEN UNBOUNDED PRECEDING AND ${to}`
      : frame.reach.kind === 'rows' ? `ORDER BY fin, debut ROWS BETWEEN ${frame.before ? frame.reach.count : frame.reach.count - 1} PRECEDING AND ${to}`
        : `ORDER BY ${dialect.dayNumber('fin')} RANGE BETWEEN ${frame.reach.count - 1} PRECEDING AND CURRENT ROW`;
    const over = `FILTER (WHERE ${kept}) OVER (PARTITION BY client ${rows})`;
    return [{ name: windowName(used, place), text: place.of === 'largest' ? `COALESCE(max(${column?.key ?? ''}) ${over}, 0)` : `count(*) ${over}` }];
  });
}

function dateText(text: DateText, dialect: Dialect): string {
  switch (text.kind) {
    case 'first': return 'debut';
    case 'last': return '(fin - 1)';
    case 'after': return 'fin';
    case 'day': return `DATE '${text.iso}'`;
    case 'of-year': return dialect.yearDate('debut', text.month, text.day);
    case 'column': return text.key;
    case 'before': return `CASE WHEN fin_avant > debut - ${text.days} THEN debut_avant ELSE ${dateText(text.otherwise, dialect)} END`;
  }
}
