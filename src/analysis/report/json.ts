/** A comparison as JSON, version 1: keys never change, exact amounts are decimal strings (a fraction beside them when they do not end). */
import { toFixed, toJsonAmount, type Exact } from '../../quantity/exact.ts';
import { energyClasses, dollarLabel, energyLabel, percentLabel } from '../customers/classes.ts';
import { isBilled, changeOf, percentOf, type LineTally, type Outcome, type Sums } from '../customers/tally.ts';
import type { ArticleChange, EditionDiff, EditionName, Standing } from '../editions/compareBooks.ts';
import type { Change, Side } from '../editions/statements.ts';
import { jsonKey } from '../../evaluate/words.ts';
import type { Lang } from '../../quantity/format.ts';
import { changeOfSums, changesOf, linesOf, percentOfSums, ratesOf, sizesOf, unchanged, type CustomerReport, type Report } from './report.ts';

export const VERSION = 1;

/** `liste`: every customer's amounts too, which the caller has kept. */
export function reportToJson(report: Report, lang: Lang): object {
  return { version: VERSION, ...diffToJson(report.diff), ...(report.customers ? { clients: customersToJson(report.customers, lang) } : {}) };
}

const optional = <T>(key: string, value: T | undefined): object => (value === undefined ? {} : { [key]: value });
const amount = (key: string, value: Exact | undefined): object => (value === undefined ? {} : { [key]: toJsonAmount(value) });

function diffToJson(diff: EditionDiff): object {
  const edition = ({ title, inForce, folder, partial, rates }: EditionName): object => ({ titre: title, en_vigueur: inForce, ...optional('dossier', folder), ...(partial ? { partielle: true, tarifs: rates } : {}) });
  return {
    avant: edition(diff.before), apres: edition(diff.after), articles_communs: diff.common, hors_comparaison: { avant: diff.outside.before, apres: diff.outside.after },
    retires: diff.removed, ajoutes: diff.added,
    edition: diff.terms.map((term) => ({ nom: term.name, ...optional('avant', term.before), ...optional('apres', term.after), ...amount('difference', term.difference), ...amount('pourcentage', term.percent) })),
    articles: diff.articles.map(articleToJson),
  };
}

function articleToJson({ kind, before, after, renamed, renumbered, moved, changes }: ArticleChange): object {
  const standing = (each: Standing | undefined): object | undefined => each && { numero: each.number, titre: each.title, chapitre: each.chapter, section: each.section, entete: each.module };
  return { sort: jsonKey(kind), ...optional('avant', standing(before)), ...optional('apres', standing(after)), ...(kind === 'changé' ? { renomme: renamed, renumerote: renumbered, deplace: moved } : {}), changements: changes.map(changeToJson) };
}

function changeToJson(change: Change): object {
  const { place } = change;
  const side = (each: Side | undefined): object | undefined => each && {
    texte: each.text, ...(each.figure?.decimal === undefined ? {} : { valeur: each.figure.decimal, ...optional('unite', each.figure.unit) }), ...(each.at ? { fichier: each.at.file, ligne: each.at.line } : {}),
  };
  return {
    sorte: jsonKey(change.kind), enonce: place.statement, ...optional('tranche', place.tranche), ...optional('rangee', place.row), ...optional('colonne', place.column), partie: jsonKey(place.part),
    ...optional('avant', side(change.before)), ...optional('apres', side(change.after)), ...amount('difference', change.difference), ...amount('pourcentage', change.percent),
  };
}

// ── customers ────────────────────────────────────────────────────────────
const sums = (each: Sums): object => ({
  clients: each.customers, gagnants: each.gain, perdants: each.lose, inchanges: unchanged(each), energie: toJsonAmount(each.energy), avant: toJsonAmount(each.before), apres: toJsonAmount(each.after),
  difference: toJsonAmount(changeOfSums(each)), ...amount('pourcentage', percentOfSums(each)), facture_avant: toFixed(each.paidBefore, 2), facture_apres: toFixed(each.paidAfter, 2),
});
const line = (each: LineTally): object => ({ tarif: each.rate, article: each.article, libelle: each.title, ...optional('tranche', each.tranche), avant: toJsonAmount(each.before), apres: toJsonAmount(each.after), difference: toJsonAmount(changeOfSums(each)), ...amount('pourcentage', percentOfSums(each)) });

function customersToJson({ file, tally, winners, losers, out }: CustomerReport, lang: Lang): object {
  const classes = energyClasses();
  return {
    fichier: file, lus: tally.all.customers + tally.out, retenus: tally.all.customers, ecartes: tally.out, total: sums(tally.all),
    par_tarif: ratesOf(tally).map(([tarif, each]) => ({ tarif, ...sums(each) })),
    par_taille: sizesOf(tally).map(([rank, each]) => (rank === undefined ? { classe: null, ...sums(each) } : { classe: energyLabel(rank, lang), ...amount('de', classes[rank]?.from), ...amount('a', classes[rank]?.to), ...sums(each) })),
    par_difference: changesOf(tally.byDollars).map(([rank, clients]) => ({ classe: rank === undefined ? null : dollarLabel(rank, lang), clients })),
    par_pourcentage: changesOf(tally.byPercent).map(([rank, clients]) => ({ classe: rank === undefined ? null : percentLabel(rank, lang), clients })),
    par_ligne: linesOf(tally).map(line), gagnants: winners.map(outcomeToJson), perdants: losers.map(outcomeToJson), clients_ecartes: out.map(outcomeToJson),
  };
}

/** One customer. */
export function outcomeToJson(outcome: Outcome): object {
  const side = (each: Outcome['before']): object | undefined => each && { total: toJsonAmount(each.total), sous_total: toFixed(each.rounded, 2), total_arrondi: toFixed(each.paid, 2) };
  return {
    client: outcome.client, ligne: outcome.line, tarif: outcome.rate, periodes: outcome.periods, jours: outcome.days, ...amount('energie', outcome.energy), ...optional('avant', side(outcome.before)), ...optional('apres', side(outcome.after)),
    ...(isBilled(outcome) ? { difference: toJsonAmount(changeOf(outcome)), ...amount('pourcentage', percentOf(outcome.before.total, outcome.after.total)) } : {
      motifs: outcome.reasons.map((reason) => ({ edition: jsonKey(reason.side), code: reason.code, message: reason.message, ...optional('article', reason.article), ...optional('pointeur', reason.pointer), ligne: reason.line, ...optional('debut', reason.start), periodes: reason.periods })),
    }),
  };
}
