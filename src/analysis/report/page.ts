/** A comparison as one page that stands alone: no script, no other file; read on a telephone, on paper, and by those who hear it. */
import { barsSvg } from '../../render/plot.ts';
import { formatMoney, formatNumber, type Lang } from '../../quantity/format.ts';
import { toFixed } from '../../quantity/exact.ts';
import { dollarLabel, energyLabel, percentLabel } from '../customers/classes.ts';
import { changeOf, percentOf, type Billed, type Sums } from '../customers/tally.ts';
import type { ArticleChange, EditionDiff } from '../editions/compareBooks.ts';
import type { Change } from '../editions/statements.ts';
import { countsInWords, differenceInWords, editionInWords, fateInWords, KINDS, outsideInWords, percentInWords, placeInWords, sideInWords } from '../editions/words.ts';
import { cell, html, join, raw, table, type Html } from './html.ts';
import { changeOfSums, changesOf, commonReasons, linesOf, percentOfSums, ratesOf, reasonInWords, sizesOf, unchanged, type CustomerReport, type Report } from './report.ts';
import { STYLE } from './style.ts';
import { signedMoney, summaryInWords, WORDS } from './words.ts';

const TITLES = {
  fr: { page: 'Comparaison de deux éditions', articles: 'Articles changés', customers: 'Clients', contents: 'Sommaire', figures: 'Chiffres', place: 'Endroit', before: 'Avant', after: 'Après', difference: 'Différence', kind: 'Sorte', text: 'Autres changements', none: 'Aucun article ne change.', terms: 'Conditions du livre', scroll: 'tableau', plot: (title: string) => `${title} : le tableau qui suit donne les nombres.`, numbers: 'Nombre de clients', class: 'Classe', shown: 'Montants avant taxes, arrondis au cent à l’affichage ; les sommes sont exactes.' },
  en: { page: 'Two editions compared', articles: 'Articles changed', customers: 'Customers', contents: 'Contents', figures: 'Figures', place: 'Place', before: 'Before', after: 'After', difference: 'Difference', kind: 'Kind', text: 'Other changes', none: 'No article changes.', terms: 'Terms of the book', scroll: 'table', plot: (title: string) => `${title}: the table that follows gives the numbers.`, numbers: 'Number of customers', class: 'Class', shown: 'Amounts before taxes, shown to the cent; sums are exact.' },
} as const;

/** The whole page. */
export async function comparisonPage(report: Report, lang: Lang): Promise<string> {
  const { diff, customers } = report;
  const titles = TITLES[lang];
  const title = `${titles.page} : ${editionInWords(diff.before)} → ${editionInWords(diff.after)}`;
  const people = customers ? await customersSection(customers, lang) : html``;
  const contents = [...(customers ? [['clients', titles.customers]] : []), ['articles', titles.articles]];
  return html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<header>
<h1>${titles.page}</h1>
<p class="editions"><span>${editionInWords(diff.before)}</span> <span aria-hidden="true">→</span> <span>${editionInWords(diff.after)}</span></p>
</header>
<nav aria-label="${titles.contents}"><ul>${join(contents.map(([id = '', text = '']) => html`<li><a href="#${id}">${text}</a></li>`))}</ul></nav>
<main>
${people}
${articlesSection(diff, lang)}
</main>
</body>
</html>
`.text;
}

// ── customers ────────────────────────────────────────────────────────────
async function customersSection(report: CustomerReport, lang: Lang): Promise<Html> {
  const words = WORDS[lang];
  const { tally } = report;
  const sections: Html[] = [];
  if (tally.all.customers > 0) {
    sections.push(part(words.byRate, groups(words.byRate, ratesOf(tally), words.rate, tally.all, lang)));
    sections.push(part(words.byPercent, await distribution(words.byPercent, changesOf(tally.byPercent).map(([rank, count]) => [rank === undefined ? words.noPercent : percentLabel(rank, lang), count]), lang)));
    sections.push(part(words.byDollars, await distribution(words.byDollars, changesOf(tally.byDollars).map(([rank, count]) => [rank === undefined ? '' : dollarLabel(rank, lang), count]), lang)));
    sections.push(part(words.bySize, groups(words.bySize, sizesOf(tally).map(([rank, sums]) => [rank === undefined ? words.unmeasured : energyLabel(rank, lang), sums]), 'kWh', undefined, lang)));
    const lines = linesOf(tally).map((line) => [cell(line.rate), cell(line.article), cell(line.title), cell(formatMoney(line.before, lang), 'n'), cell(formatMoney(line.after, lang), 'n'), cell(signedMoney(changeOfSums(line), lang), 'n'), cell(percentInWords(percentOfSums(line), lang), 'n')]);
    sections.push(part(words.byLine, table(words.byLine, [words.rate, words.article, words.line, words.before, words.after, words.difference, '%'], lines, 3)));
    if (report.winners.length > 0) sections.push(part(words.winners, extremes(words.winners, report.winners, lang)));
    if (report.losers.length > 0) sections.push(part(words.losers, extremes(words.losers, report.losers, lang)));
  }
  if (report.out.length > 0) {
    const rows = commonReasons(report.out).map((reason) => [cell(words.sides[reason.side]), cell(formatNumber(String(reason.customers), lang), 'n'), cell(reasonInWords(reason)), cell(reason.code, 'code'), cell(`${reason.first.join(', ')}${reason.customers > reason.first.length ? ` ${words.andOthers(formatNumber(String(reason.customers - reason.first.length), lang))}` : ''}`)]);
    sections.push(part(words.outTitle, table(words.outTitle, [words.edition, words.count, words.reason, 'Code', words.customer], rows, 1, [1])));
  }
  return html`<section id="clients"><h2>${TITLES[lang].customers}</h2>${join(summaryInWords(report, lang).map((line, index) => html`<p class="${index === 1 ? 'key' : 'said'}">${line}</p>`))}<p class="said">${TITLES[lang].shown}</p>${join(sections)}</section>`;
}
const part = (title: string, inner: Html): Html => html`<section><h3>${title}</h3>${inner}</section>`;

function groups(caption: string, rows: readonly (readonly [string, Sums])[], title: string, all: Sums | undefined, lang: Lang): Html {
  const words = WORDS[lang];
  const row = (name: string, sums: Sums) => [
    cell(name, 'short'), cell(formatNumber(String(sums.customers), lang), 'n'), cell(formatMoney(sums.before, lang), 'n'), cell(formatMoney(sums.after, lang), 'n'), cell(signedMoney(changeOfSums(sums), lang), 'n'), cell(percentInWords(percentOfSums(sums), lang), 'n'),
    ...[sums.gain, sums.lose, unchanged(sums)].map((count) => cell(formatNumber(String(count), lang), 'n')),
  ];
  const made = rows.map(([name, sums]) => row(name, sums));
  return table(caption, [title, words.count, words.before, words.after, words.difference, '%', words.gain, words.lose, words.same], all && rows.length > 1 ? [...made, row(words.total, all)] : made, 1);
}

/** Bars drawn twice: for a page and for a telephone; one of them is shown. */
async function distribution(title: string, rows: readonly (readonly [string, number])[], lang: Lang): Promise<Html> {
  const words = TITLES[lang];
  const bars = rows.map(([label, value]) => ({ label, value }));
  const plot = (width: number) => barsSvg({ description: words.plot(title), x: { title: WORDS[lang].class }, y: { title: words.numbers, format: ',.0f' }, bars, width }, lang);
  const numbers = rows.filter(([, count]) => count > 0).map(([label, count]) => [cell(label), cell(formatNumber(String(count), lang), 'n')]);
  return html`<figure><div class="wide">${raw(await plot(640))}</div><div class="narrow">${raw(await plot(260))}</div></figure>${table(title, [words.class, words.numbers], numbers, 1)}`;
}

function extremes(caption: string, list: readonly Billed[], lang: Lang): Html {
  const words = WORDS[lang];
  const rows = list.map((each) => [cell(each.client), cell(each.rate), cell(each.energy ? formatNumber(toFixed(each.energy, 0), lang) : '', 'n'), cell(formatMoney(each.before.total, lang), 'n'), cell(formatMoney(each.after.total, lang), 'n'), cell(signedMoney(changeOf(each), lang), 'n'), cell(percentInWords(percentOf(each.before.total, each.after.total), lang), 'n')]);
  return table(caption, [words.customer, words.rate, 'kWh', words.before, words.after, words.difference, '%'], rows, 2);
}

// ── articles ─────────────────────────────────────────────────────────────
function articlesSection(diff: EditionDiff, lang: Lang): Html {
  const titles = TITLES[lang];
  const names = [...diff.removed.map((name) => html`<li><del>${name}</del></li>`), ...diff.added.map((name) => html`<li><ins>${name}</ins></li>`)];
  const terms = diff.terms.map((term) => [cell(term.name), cell(term.before ?? ''), cell(term.after ?? ''), cell(percentInWords(term.percent, lang), 'n')]);
  return html`<section id="articles"><h2>${titles.articles}</h2><p class="said">${diff.articles.length === 0 ? titles.none : countsInWords(diff, lang)}</p>${join(outsideInWords(diff, lang).map((line) => html`<p class="said">${line}</p>`))}
${names.length > 0 ? html`<ul>${join(names)}</ul>` : html``}${terms.length > 0 ? part(titles.terms, table(titles.terms, ['', titles.before, titles.after, '%'], terms, 1)) : html``}
${join(diff.articles.map((article) => articlePart(article, lang)))}</section>`;
}

function articlePart(article: ArticleChange, lang: Lang): Html {
  const titles = TITLES[lang];
  const standing = article.after ?? article.before;
  const isFigure = (change: Change): boolean => change.before?.figure !== undefined && change.after?.figure !== undefined;
  const figures = article.changes.filter(isFigure).map((change) => [cell(placeInWords(change.place, lang)), cell(sideInWords(change.before, lang), 'n old'), cell(sideInWords(change.after, lang), 'n new'), cell(differenceInWords(change, lang), 'n'), cell(percentInWords(change.percent, lang), 'n')]);
  const others = article.changes.filter((change) => !isFigure(change));
  const number = standing?.number ?? '';
  return html`<article><h3><span class="number">${number}</span> ${standing?.title ?? ''}</h3><p class="where">${[standing?.module ?? '', ...fateInWords(article, lang)].filter((text) => text !== '').join(' · ')}</p>
${figures.length > 0 ? table(`${number} : ${titles.figures}`, [titles.place, titles.before, titles.after, titles.difference, '%'], figures, 1) : html``}
${others.length > 0 ? html`<dl>${join(others.map((change) => html`<dt>${placeInWords(change.place, lang)} <span class="kind">${KINDS[lang][change.kind]}</span></dt>${change.before ? html`<dd><del>${sideInWords(change.before, lang)}</del></dd>` : html``}${change.after ? html`<dd><ins>${sideInWords(change.after, lang)}</ins></dd>` : html``}`))}</dl>` : html``}</article>`;
}
