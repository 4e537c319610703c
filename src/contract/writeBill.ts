/** A bill → JSON: stable keys, exact amounts as decimal strings (a fraction beside 30 decimals when they never end). */
import { formatLocalInstant } from '../calendar/zone.ts';
import { formatIsoDate } from '../calendar/day.ts';
import { messageOf, diagnostic } from '../diagnostics/diagnostic.ts';
import type { Value } from '../evaluate/case.ts';
import type { Bill } from '../evaluate/bill.ts';
import { type Note, type TraceNode } from '../evaluate/session.ts';
import { jsonKey } from '../evaluate/words.ts';
import { divide, toFixed, toJsonAmount, type Exact, type JsonAmount } from '../quantity/exact.ts';
import { formatDims } from '../quantity/unit.ts';
import type { ValueSymbol } from '../check/core.ts';
import { STATE_DATE, VERSION } from './schema.ts';

export type BillJson = ReturnType<typeof billToJson>;

type Presumed = { readonly name: string; readonly value: string };

const quantity = (value: Exact, dims: ReadonlyMap<string, number> | undefined): { valeur: JsonAmount; unite: string } => ({ valeur: toJsonAmount(value), unite: dims ? formatDims(dims, 'fr') : '' });

export function valueToJson(value: Value, symbol: Pick<ValueSymbol, 'data' | 'kind'> | undefined): unknown {
  if (typeof value === 'object') return toJsonAmount(symbol?.data?.unitText === undefined ? value : divide(value, symbol.data.factor));
  if (typeof value === 'number') return formatLocalInstant(value);
  return value;
}
const unitOf = (symbol: ValueSymbol): string | undefined => symbol.data?.unitText ?? (symbol.kind.kind === 'quantity' ? formatDims(symbol.kind.dims, 'fr') : undefined);

export function noteText(note: Note, lang: 'fr' | 'en'): string {
  return messageOf(diagnostic(note.code, note.params as never), lang);
}

function traceToJson(node: TraceNode): object {
  return {
    nom: node.name, ...(node.article === undefined ? {} : { article: node.article }), ...(node.at === undefined ? {} : { le: node.at }), ...(node.row === undefined ? {} : { rangee: node.row }),
    valeur: node.value === undefined ? null : typeof node.value === 'object' ? quantity(node.value, node.dims) : valueToJson(node.value, undefined), entrees: node.inputs.map(traceToJson),
  };
}

/** The JSON of a bill. `lang` is that of its words; keys never change. */
export function billToJson(bill: Bill, lang: 'fr' | 'en', withTrace = false): object {
  return {
    version: VERSION, tarif: bill.rate, options: bill.options, periode: { debut: formatLocalInstant(bill.start), fin: formatLocalInstant(bill.end) },
    editions: bill.editions.map((edition) => ({ titre: edition.title, en_vigueur: formatIsoDate(edition.date) })),
    lignes: bill.lines.map((line) => ({
      article: line.origin.article, ...(line.origin.label === undefined ? {} : { alinea: line.origin.label }), ...(line.origin.home === line.origin.article ? {} : { article_repris: line.origin.home }),
      ligne: line.adjusts === undefined ? jsonKey(line.line) : `${line.role === 'réduit' ? 'reduction' : 'majoration'}_${jsonKey(line.line)}`, ...(line.tranche === undefined ? {} : { tranche: line.tranche }), libelle: line.title,
      ...(line.start === bill.start && line.end === bill.end ? {} : { periode: { debut: formatLocalInstant(line.start), fin: formatLocalInstant(line.end) } }),
      ...(line.quantity ? { quantite: quantity(line.quantity, line.quantityDims) } : {}), ...(line.price ? { prix: quantity(line.price, line.priceDims) } : {}),
      ...(line.time ? { duree: { valeur: toJsonAmount(line.time.value), unite: line.time.factor === 'durée' ? 'mois' : 'jour' } } : {}),
      montant: toJsonAmount(line.amount), montant_arrondi: toFixed(line.rounded, 2), ...(withTrace && line.trace ? { trace: line.trace.map(traceToJson) } : {}),
    })),
    total: toJsonAmount(bill.total), sous_total: toFixed(bill.subtotal, 2),
    taxes: bill.taxes.map((tax) => ({ nom: tax.name, taux: tax.rateText, montant: toFixed(tax.amount, 2) })), total_arrondi: toFixed(bill.totalRounded, 2),
    presomptions: bill.notes.filter((note) => note.code === 'reserve/presume').map((note) => ({ nom: (note.params as Presumed).name, valeur: (note.params as Presumed).value, ...(note.article === undefined ? {} : { article: note.article }) })),
    reserves: bill.notes.filter((note) => note.code !== 'reserve/presume').map((note) => ({ code: note.code, ...(note.article === undefined ? {} : { article: note.article }), texte: noteText(note, lang) })),
    lectures: bill.readings().map((reading) => ({ article: reading.article, sujet: reading.subject, retenue: reading.kept })),
    etat: bill.state.size === 0 ? {} : Object.fromEntries([[STATE_DATE, formatLocalInstant(bill.end)] as [string, unknown], ...[...bill.state].map(([name, { value, symbol }]) => [jsonKey(name), valueToJson(value, symbol.role === 'definition' ? undefined : symbol)] as [string, unknown])]),
    ...(bill.asked.size === 0 ? {} : {
      demandes: Object.fromEntries([...bill.asked].map(([name, { value, symbol, trace }]) => [jsonKey(name), { valeur: valueToJson(value, symbol), ...(unitOf(symbol) === undefined ? {} : { unite: unitOf(symbol) }), article: symbol.origin.article, ...(trace ? { trace: trace.map(traceToJson) } : {}) }])),
    }),
  };
}
