/** The bank of a net-metered customer over two years: its bills made one after the other, each with the state that the one before handed on. */
import { addCivilMonths, civil, formatIsoDate } from '../../calendar/day.ts';
import type { Json } from '../../contract/json.ts';
import { readCase } from '../../contract/readCase.ts';
import type { TypicalBank } from '../../contract/typical.ts';
import { billToJson } from '../../contract/writeBill.ts';
import { diagnostic } from '../../diagnostics/diagnostic.ts';
import { billCase, type Bill } from '../../evaluate/bill.ts';
import { jsonKey } from '../../evaluate/words.ts';
import { compareNumbers } from '../../check/book.ts';
import { absolute, isZero, parseExact, ZERO, type Exact } from '../../quantity/exact.ts';
import { formatMoney, formatQuantity, type Lang } from '../../quantity/format.ts';
import { linesSvg, type Line } from '../../render/figures/lines.ts';
import { drawn } from './points.ts';
import type { FigureSource, Made } from './source.ts';
import { shortMonth } from './times.ts';
import { both, capital, FIGURE_WORDS, kept, lineWords, moduleTitle, termWords } from './words.ts';

const MONTHS = 24;
interface Month { readonly start: number; readonly taken: Exact; readonly returned: Exact; readonly bank: Exact; readonly bill: Exact; /** What the bill pays back, with its title. */ readonly credits: readonly { readonly title: string; readonly amount: Exact }[] }

export function bankFigure(source: FigureSource): Made {
  const asked = source.customers.banque;
  if (!asked) return { figures: [], diagnostics: [] };
  const billed = billsOf(source, asked);
  if ('diagnostics' in billed) return { figures: [], diagnostics: [diagnostic('livre/client-type', { path: source.path, name: asked.option }), ...billed.diagnostics] };
  const { months, articles } = billed;
  const names = { taken: asked.recu, returned: asked.remis, bank: asked.solde };
  const program = source.catalogue.program(asked.tarif, [asked.option]);
  const term = (key: string, lang: Lang): string => termWords([...program?.symbols.keys() ?? []].find((name) => jsonKey(name) === key) ?? key, source.english, lang);
  const month = (start: number, lang: Lang): string => { const date = civil(start); return `${shortMonth(date.month - 1, lang)}\u00A0${date.year}`; };
  const kilowatthours = (x: Exact, lang: Lang): string => formatQuantity(x, 'kWh', lang, 1);
  const most = months.reduce<Month | undefined>((best, each) => (best && drawn(best.bank) >= drawn(each.bank) ? best : each), undefined);
  const dry = months.filter(({ bank }) => drawn(bank) === 0).length;
  const title = both((lang) => `${moduleTitle(source, asked.option, lang)}${FIGURE_WORDS[lang].colon}${lang === 'fr' ? 'la banque sur deux ans' : 'the bank over two years'}`);
  return {
    diagnostics: [],
    figures: [{
      id: `banque-${jsonKey(asked.option)}`, kind: 'banque', rates: [asked.option], articles, title,
      alt: both((lang) => (lang === 'fr'
        ? `De mois en mois, ${term(names.taken, lang)} et ${term(names.returned, lang)}, et la banque à la fin du mois : elle monte jusqu’à ${kilowatthours(most?.bank ?? ZERO, lang)} (${month(most?.start ?? 0, lang)}) et est vide à la fin de ${dry} mois sur ${months.length}.`
        : `Month by month, ${term(names.taken, lang)} and ${term(names.returned, lang)}, and the bank at the end of the month: it rises to ${kilowatthours(most?.bank ?? ZERO, lang)} (${month(most?.start ?? 0, lang)}) and is empty at the end of ${dry} months out of ${months.length}.`)),
      says: both((lang) => [
        `${FIGURE_WORDS[lang].customer}${FIGURE_WORDS[lang].colon}${kept(asked.client[lang])}${FIGURE_WORDS[lang].list}${moduleTitle(source, asked.tarif, lang)}.`,
        lang === 'fr' ? `${months.length} factures qui se suivent, un mois civil chacune ; chacune reçoit la banque que la précédente lui remet.` : `${months.length} bills one after the other, a calendar month each; each receives the bank that the one before hands on.`,
        ...months.flatMap(({ start, credits }) => credits.map(({ title: line, amount }) => `${capital(month(start, lang))}${FIGURE_WORDS[lang].colon}${lineWords(line, source.english, lang)}, ${formatMoney(amount, lang)}.`)),
      ]),
      svg: both((lang) => {
        const line = (name: string, of: (each: Month) => Exact): Line => ({ name, marks: [], points: months.map((each, index) => [index + 0.5, drawn(of(each))]) });
        return linesSvg({
          title: title[lang], x: { title: '', from: 0, to: MONTHS, at: months.flatMap(({ start }, index) => (index % 6 === 0 ? [{ value: index + 0.5, words: month(start, lang) }] : [])) },
          y: { title: 'kWh', from: 0, to: Math.max(...months.flatMap((each) => [drawn(each.taken), drawn(each.returned), drawn(each.bank)])) },
          lines: [line(lang === 'fr' ? 'prise' : 'taken', ({ taken }) => taken), line(lang === 'fr' ? 'remise' : 'returned', ({ returned }) => returned)],
          columns: { name: lang === 'fr' ? 'banque à la fin du mois' : 'bank at the end of the month', width: 0.8, at: months.map(({ bank }, index) => [index + 0.1, drawn(bank)]) },
        }, lang);
      }),
      table: both((lang) => ({
        head: [lang === 'fr' ? 'Mois' : 'Month', ...[names.taken, names.returned, names.bank].map((key) => capital(term(key, lang))), `${FIGURE_WORDS[lang].bill} ${lang === 'fr' ? 'avant taxes' : 'before taxes'}`],
        rows: months.map(({ start, taken, returned, bank, bill }) => [month(start, lang), kilowatthours(taken, lang), kilowatthours(returned, lang), kilowatthours(bank, lang), formatMoney(bill, lang)]),
      })),
    }],
  };
}

/** Consecutive bills, as `bareme bill` would make them: the `etat` of each is given to the next. */
function billsOf(source: FigureSource, asked: TypicalBank): { readonly months: readonly Month[]; readonly articles: readonly string[] } | Pick<Made, 'diagnostics'> {
  const months: Month[] = [];
  const articles = new Set<string>();
  let state: Json | undefined;
  for (let index = 0; index < MONTHS; index++) {
    const start = addCivilMonths(source.book.edition.date, index);
    const data = asked.mois[String(civil(start).month)] ?? {};
    const json: Json = { tarif: asked.tarif, options: [asked.option], periode: { debut: formatIsoDate(start), fin: formatIsoDate(addCivilMonths(source.book.edition.date, index + 1)) }, donnees: data, ...(state === undefined ? {} : { etat: state }) };
    const read = readCase(json, source.catalogue, () => ({ header: [], rows: [] }));
    if ('diagnostics' in read) return read;
    const outcome = billCase(read.input, source.editions);
    if (!('bill' in outcome)) return outcome;
    const { bill } = outcome;
    const bank = bankOf(bill, asked.solde);
    if (!bank) return { diagnostics: [diagnostic('texte/clients-types', { path: source.path, detail: `solde : ${asked.solde}` })] };
    for (const line of bill.lines) articles.add(line.origin.article);
    months.push({ start, taken: parseExact(data[asked.recu] ?? '') ?? ZERO, returned: parseExact(data[asked.remis] ?? '') ?? ZERO, bank, bill: bill.total, credits: bill.lines.filter(({ role, amount }) => role === 'crédit' && !isZero(amount)).map(({ title, amount }) => ({ title, amount: absolute(amount) })) });
    ({ etat: state } = billToJson(bill, 'fr') as { etat: Json });
  }
  const own = source.book.options.get(asked.option)?.articles.filter(({ statements }) => statements.some((statement) => (statement.kind === 'definition' || statement.kind === 'measure') && jsonKey(statement.name.name) === asked.solde)).map(({ number }) => number) ?? [];
  return { months, articles: [...new Set([...own, ...articles])].sort(compareNumbers) };
}

const bankOf = ({ state }: Bill, key: string): Exact | undefined => { const found = [...state].find(([name]) => jsonKey(name) === key)?.[1].value; return typeof found === 'object' ? found : undefined; };
