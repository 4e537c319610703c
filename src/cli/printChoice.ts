/** A choice of rates in the terminal: what each would cost, cheapest first, then why the others are not there. */
import Table from 'cli-table3';
import { isIdle, type Billed, type Candidate, type Choice, type Refused } from '../analysis/choose.ts';
import { differenceWith, lackingDatum } from '../analysis/writeChoice.ts';
import { dayAt, startOfDay } from '../calendar/zone.ts';
import { noteText } from '../contract/writeBill.ts';
import { messageOf } from '../diagnostics/diagnostic.ts';
import type { Note } from '../evaluate/session.ts';
import { inWords } from '../evaluate/words.ts';
import { sign, toFixed } from '../quantity/exact.ts';
import { formatMoney, formatNumber, type Lang } from '../quantity/format.ts';
import { formatDay } from '../render/explain.ts';
import { out as pc } from './colors.ts';

const WORDS = {
  fr: {
    title: 'Choix de tarif', bills: (count: number) => (count === 1 ? '1 facture' : `${count} factures`), days: 'jours', from: 'du', to: 'au', edition: 'aux prix en vigueur le', dated: 'chaque jour à ses prix', rate: 'Tarif', before: 'Avant taxes', total: 'Total', difference: 'Écart', present: 'présent',
    sure: 'Admissibles', unsure: 'Possibles, si ce que le cas ne dit pas est vrai', out: 'Non admissibles', lacking: 'Non comparés : il manque des données', unread: 'Données du cas laissées de côté', untried: 'Non essayés', none: 'aucun',
    readAs: (name: string, from: string, to: string) => `« ${name} » de l'article ${from} est lue comme celle de l'article ${to}`, earlier: 'facturé quand même', verify: 'à vérifier', presumed: 'présumé', idle: 'Options sans effet sur ces factures',
    remembered: { demande: "Seule la dernière période est facturée, comme demandé ; l'historique sert de mémoire.", etat: "Seule la dernière période est facturée : « etat » est celui de son début. L'historique sert de mémoire.", donnees: "Seule la dernière période est facturée : l'historique n'a pas tout ce que demande une facture. Il sert de mémoire." },
    why: { tarif: 'le tarif seul n’est pas possible', nombre: 'trop de paires ; en demander avec --options' }, sets: (count: number) => (count === 1 ? '1 ensemble d’options' : `${count} ensembles d’options`), noPresent: 'Le tarif présent ne se facture pas : pas d’écart.', notRead: 'non lu par', recomputed: 'recalculé par', data: 'Ces données :',
  },
  en: {
    title: 'Choice of rate', bills: (count: number) => (count === 1 ? '1 bill' : `${count} bills`), days: 'days', from: 'from', to: 'to', edition: 'at the prices in force on', dated: 'each day at its prices', rate: 'Rate', before: 'Before taxes', total: 'Total', difference: 'Difference', present: 'present',
    sure: 'Eligible', unsure: 'Possible, if what the case does not say is so', out: 'Not eligible', lacking: 'Not compared: data are missing', unread: 'Data of the case left aside', untried: 'Not tried', none: 'none',
    readAs: (name: string, from: string, to: string) => `“${name}” of article ${from} is read as that of article ${to}`, earlier: 'billed all the same', verify: 'to verify', presumed: 'presumed', idle: 'Options that change nothing in these bills',
    remembered: { demande: 'Only the last period is billed, as asked; the history is its memory.', etat: 'Only the last period is billed: “etat” is that of its start. The history is its memory.', donnees: 'Only the last period is billed: the history lacks some of what a bill needs. It is its memory.' },
    why: { tarif: 'the rate alone is not possible', nombre: 'too many pairs; ask for some with --options' }, sets: (count: number) => (count === 1 ? '1 set of options' : `${count} sets of options`), noPresent: 'The present rate has no bill: no differences.', notRead: 'not read by', recomputed: 'worked out again by', data: 'These data:',
  },
};

const nameOf = ({ rate, options }: Candidate): string => [inWords(rate), ...options.map(inWords)].join(' + ');
const sameAs = (a: Candidate, b: Candidate): boolean => nameOf(a) === nameOf(b);

export function printChoice(choice: Choice, lang: Lang): string {
  const words = WORDS[lang];
  const first = choice.periods[0]?.start ?? 0;
  const end = choice.periods.at(-1)?.end ?? 0;
  const days = choice.periods.reduce((sum, each) => sum + dayAt(each.end - 1) - dayAt(each.start) + 1, 0);
  const prices = choice.edition ? `${words.edition} ${formatDay(startOfDay(choice.edition.date), lang)}` : words.dated;
  const out = [pc.bold(`${words.title}, ${words.from} ${formatDay(first, lang)} ${words.to} ${formatDay(startOfDay(dayAt(end - 1)), lang)} (${words.bills(choice.periods.length)}, ${formatNumber(String(days), lang)} ${words.days}), ${prices}`)];
  if (choice.remembered) out.push(words.remembered[choice.remembered]);
  if (!choice.present) out.push(words.noPresent);
  const all = [...choice.sure, ...choice.unsure];
  const idle = all.filter((each) => each !== choice.present && all.some((alone) => alone.rate === each.rate && alone.options.length === 0 && isIdle(each, alone)));
  const [sure, unsure] = [choice.sure, choice.unsure].map((list) => list.filter((each) => !idle.includes(each))) as [Billed[], Billed[]];
  out.push('', pc.bold(words.sure), sure.length === 0 ? `  ${words.none}` : table(sure, choice, lang), ...details(sure, choice, lang));
  if (unsure.length > 0) out.push('', pc.bold(words.unsure), table(unsure, choice, lang), ...details(unsure, choice, lang));
  if (idle.length > 0) out.push('', pc.bold(words.idle), ...[...new Set(idle.map(({ rate }) => rate))].map((rate) => `  ${inWords(rate)} : ${idle.filter((each) => each.rate === rate).map(({ options }) => options.map(inWords).join(' + ')).join(' ; ')}`));
  if (choice.out.length > 0) out.push('', pc.bold(words.out), ...choice.out.flatMap((each) => refusal(each, choice, lang)));
  if (choice.lacking.length > 0) out.push('', pc.bold(words.lacking), ...lackings(choice, lang));
  const aside = leftAside(all.filter((each) => !idle.includes(each)), lang);
  if (aside.length > 0) out.push('', pc.bold(words.unread), ...aside);
  if (choice.untried.length > 0) {
    out.push('', pc.bold(words.untried));
    for (const why of ['tarif', 'nombre'] as const) {
      const left = choice.untried.filter((each) => each.why === why);
      if (left.length > 0) out.push(`  ${left.map(({ rate, sets }) => `${inWords(rate)} : ${words.sets(sets.length)}`).join(' ; ')} (${words.why[why]})`);
    }
  }
  return out.join('\n');
}

function table(entries: readonly Billed[], choice: Choice, lang: Lang): string {
  const words = WORDS[lang];
  const made = new Table({ head: [words.rate, words.before, words.total, words.difference, ''].map((head) => pc.bold(head)), colAligns: ['left', 'right', 'right', 'right', 'right'], style: { head: [], border: [], compact: true } });
  for (const each of entries) {
    const difference = differenceWith(choice.present, each);
    const signed = (text: string, of: -1 | 0 | 1): string => (of > 0 ? `+${text}` : text);
    const own = sameAs(each, choice.current);
    made.push([
      own ? `${nameOf(each)} (${words.present})` : nameOf(each), formatMoney(each.subtotal, lang), formatMoney(each.total, lang),
      own || !difference ? '' : signed(formatMoney(difference.amount, lang), sign(difference.amount)),
      own || !difference?.percent ? '' : signed(`${formatNumber(toFixed(difference.percent, 1), lang)}${lang === 'fr' ? '\u00A0%' : '%'}`, sign(difference.percent)),
    ]);
  }
  return made.toString();
}

/** What has to be said of each, beyond the present rate and, with options, beyond the rate alone: what to verify, what is presumed, the rest. */
function details(entries: readonly Billed[], choice: Choice, lang: Lang): string[] {
  const words = WORDS[lang];
  return entries.flatMap((each) => {
    const alone = each.options.length > 0 ? entries.find((other) => other.rate === each.rate && other.options.length === 0) : undefined;
    const told = new Set([...(each === choice.present ? [] : choice.present?.notes ?? []), ...(alone?.notes ?? [])].map((note) => said(note, lang)));
    const notes = each.notes.filter((note) => !told.has(said(note, lang)));
    const verify = notes.filter(({ code }) => code === 'reserve/non-verifie').map(({ article, params }) => { const { condition, missing } = params as { condition: string; missing: string }; return `${cited(article)}${condition} (${missing})`; });
    const presumed = notes.filter(({ code }) => code === 'reserve/presume').map(({ article, params }) => { const { name, value } = params as { name: string; value: string }; return `${cited(article)}${name} = ${value}`; });
    const colon = lang === 'fr' ? ' :' : ':';
    const lines = [
      ...(verify.length > 0 ? [`${words.verify}${colon} ${verify.join(' ; ')}`] : []), ...(presumed.length > 0 ? [`${words.presumed}${colon} ${presumed.join(' ; ')}`] : []),
      ...notes.filter(({ code }) => code !== 'reserve/non-verifie' && code !== 'reserve/presume').map((note) => said(note, lang)), ...[...each.carried.readAs].map(([name, { from, to }]) => words.readAs(name, from, to)),
      ...each.earlier.map(({ start, end, diagnostics }) => `${words.from} ${formatDay(start, lang)} ${words.to} ${formatDay(startOfDay(dayAt(end - 1)), lang)}, ${words.earlier}${colon} ${diagnostics.map((item) => messageOf(item, lang)).join(' ')}`),
    ];
    return lines.length === 0 ? [] : [`  ${nameOf(each)}`, ...lines.map((line) => `    • ${line}`)];
  });
}
const cited = (article: string | undefined): string => (article === undefined ? '' : `[${article}] `);
const said = (note: Note, lang: Lang): string => `${cited(note.article)}${noteText(note, lang)}`;

const titled = (each: Refused, choice: Choice, lang: Lang): string => `${nameOf(each)}${sameAs(each, choice.current) ? ` (${WORDS[lang].present})` : ''}`;

function refusal(each: Refused, choice: Choice, lang: Lang): string[] {
  return [`  ${titled(each, choice, lang)}`, ...each.diagnostics.map((item) => `    • ${messageOf(item, lang)}`)];
}

/** What each rate lacks, by name, then what those names are, each once. */
function lackings(choice: Choice, lang: Lang): string[] {
  const data = new Map<string, string>();
  const colon = lang === 'fr' ? ' :' : ':';
  const lines = choice.lacking.map((each) => {
    const parts = each.diagnostics.map((item) => {
      const datum = lackingDatum(item);
      if (!datum) return messageOf(item, lang);
      const article = datum.article === undefined ? '' : `[${datum.article}] `;
      data.set(`${article}${datum.nom}`, `${article}${datum.nom}${datum.unite === undefined ? '' : ` (${datum.unite})`}${datum.description === undefined ? '' : `${colon} ${datum.description}`}`);
      return datum.nom;
    });
    return `  ${titled(each, choice, lang)}${colon} ${parts.join(' ; ')}`;
  });
  return [...lines, ...(data.size === 0 ? [] : ['', `  ${WORDS[lang].data}`, ...[...data].sort(([a], [b]) => a.localeCompare(b, 'fr', { numeric: true })).map(([, line]) => `    • ${line}`)])];
}

/** Each datum with the rates that did without it. */
function leftAside(entries: readonly Billed[], lang: Lang): string[] {
  const by = (pick: (each: Billed) => ReadonlySet<string>, verb: string): string[] => {
    const rates = new Map<string, string[]>();
    for (const each of entries) for (const key of pick(each)) rates.set(key, [...(rates.get(key) ?? []), nameOf(each)]);
    const keys = new Map<string, string[]>();
    for (const [key, names] of rates) keys.set(names.join(', '), [...(keys.get(names.join(', ')) ?? []), key]);
    return [...keys].map(([names, list]) => `  ${list.join(', ')} : ${verb} ${names}`);
  };
  return [...by(({ carried }) => carried.unread, WORDS[lang].notRead), ...by(({ carried }) => carried.recomputed, WORDS[lang].recomputed)];
}
