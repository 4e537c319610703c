/** Every rate and set of options that a customer may have, the bills at each, and why the others are out. */
import { dayAt, formatLocalDateTime, type Minute } from '../calendar/zone.ts';
import type { Book } from '../check/book.ts';
import type { EditionInfo, Program } from '../check/core.ts';
import { optionSets } from '../check/sets.ts';
import type { Json } from '../contract/json.ts';
import { readBorrowed, readCase, type Catalogue, type ReadTable } from '../contract/readCase.ts';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { billCase, type Editions } from '../evaluate/bill.ts';
import type { CaseInput, PeriodData, Value } from '../evaluate/case.ts';
import { oneEdition } from '../evaluate/editions.ts';
import { eligibilityOf, lackingData } from '../evaluate/probe.ts';
import type { Note } from '../evaluate/session.ts';
import { jsonKey } from '../evaluate/words.ts';
import { add, compare, equals, ZERO, type Exact } from '../quantity/exact.ts';
import { borrowPeriod, newCarried, type Carried } from './borrow.ts';
import { readCustomer, type Customer, type ReadSomewhere } from './customer.ts';
import { keysOf, type GivenKey } from './givenKeys.ts';

/** Where rates are chosen from. */
export interface Offer { readonly catalogue: Catalogue; readonly editions: Editions; readonly books: readonly Book[]; readonly readTable: ReadTable }

export interface Request {
  /** Only these rates; all of the edition's otherwise. */
  readonly rates?: readonly string[] | undefined;
  /** Only these sets of options, for the rates that have them; else each option alone, and the sets that the book allows. */
  readonly sets?: readonly (readonly string[])[] | undefined;
  /** The day whose edition sets all prices, or `dates`: each day its own. That of the last day billed otherwise. */
  readonly edition?: number | 'dates' | undefined;
  /** Bills the last period only; the others are its history. */
  readonly lastOnly?: boolean | undefined;
  /** Told of each rate and set of options as it is tried. */
  readonly onTry?: ((done: number, total: number) => void) | undefined;
}

export interface Candidate { readonly rate: string; readonly options: readonly string[] }
interface Span { readonly start: Minute; readonly end: Minute }

/** A rate with options at which the customer can be billed. Amounts in $: before taxes to the cent a line, and with taxes. */
export interface Billed extends Candidate {
  readonly title: string;
  readonly bills: readonly (Span & { readonly total: Exact; readonly subtotal: Exact; readonly totalRounded: Exact })[];
  readonly subtotal: Exact;
  readonly total: Exact;
  readonly notes: readonly Note[];
  /** Of the notes, what must be true of the customer for the rate to be his, beyond what the present rate supposes already. */
  readonly supposed: readonly Note[];
  /** Earlier periods at which an article would have refused the rate: they are billed all the same. */
  readonly earlier: readonly (Span & { readonly diagnostics: readonly Diagnostic[] })[];
  readonly carried: Carried;
  /** The data that the conditions of the rate read. */
  readonly byConditions: ReadonlySet<string>;
}
/** One at which it cannot: refused by an article, or for lack of data. `at` is the first period that says so. */
export interface Refused extends Candidate { readonly diagnostics: readonly Diagnostic[]; readonly at: Span | undefined; readonly carried: Carried }
/** Sets of options not worked out. `tarif`: the rate alone is not possible; `nombre`: too many pairs. */
export interface Untried { readonly rate: string; readonly sets: readonly (readonly string[])[]; readonly why: 'tarif' | 'nombre' }

export interface Choice {
  readonly current: Candidate;
  readonly edition: EditionInfo | undefined;
  readonly periods: readonly Span[];
  readonly remembered: Customer['remembered'];
  /** At the present rate: what the others are compared with; undefined when it cannot be billed. */
  readonly present: Billed | undefined;
  /** Rates that the case admits as surely as the present one; cheapest first. */
  readonly sure: readonly Billed[];
  /** Rates that nothing in the case refuses, if what is supposed of the customer is so; cheapest first. */
  readonly unsure: readonly Billed[];
  /** An article, or the book's silence on options together, keeps the customer out. */
  readonly out: readonly Refused[];
  /** Not compared: the case does not give what the bill needs. */
  readonly lacking: readonly Refused[];
  readonly untried: readonly Untried[];
  /** How many rates, and sets of options, were tried. */
  readonly tried: number;
}

export type ChoiceOutcome = { readonly choice: Choice } | { readonly diagnostics: readonly Diagnostic[] };

/** Past so many options that each change the bill of one rate, their pairs are not tried unless asked for. */
const MOST_PAIRED = 5;

/** Compares the rates for one customer: a case, a case with its history, or consecutive cases. Nothing is thrown for a wrong case. */
export function chooseRate(cases: readonly Json[], from: Offer, request: Request = {}): ChoiceOutcome {
  const offer = { ...from, readTable: readOnce(from.readTable) };
  const dayOf = (end: Minute): number => (typeof request.edition === 'number' ? request.edition : dayAt(end - 1));
  const viewOf = (end: Minute): Editions | undefined => (request.edition === 'dates' ? offer.editions : oneEdition(offer.editions, dayOf(end)));
  const canBill = (input: CaseInput, end: Minute): boolean => { const at = viewOf(end); return at !== undefined && lackingData(input, at).length === 0; };
  const read = readCustomer(cases, { catalogue: offer.catalogue, readTable: offer.readTable, somewhere: readSomewhere(offer), canBill }, request.lastOnly ?? false);
  if ('diagnostics' in read) return read;
  const { customer } = read;
  const end = customer.periods.at(-1)?.end ?? 0;
  const [day, view] = [dayOf(end), viewOf(end)];
  const edition = view?.at(day)?.info;
  const book = offer.books.find((each) => each.edition === edition);
  if (!view || !book) return { diagnostics: [diagnostic('periode/sans-edition', { date: formatLocalDateTime(end - 1).slice(0, 10) }, { pointer: '/periode' })] };
  return { choice: compareRates(customer, book, view, offer, request) };
}

/** The tables of a case are read again for each rate: from the files once. */
function readOnce(readTable: ReadTable): ReadTable {
  const known = new Map<string, ReturnType<ReadTable>>();
  return (file, pointer) => {
    const table = known.get(file) ?? readTable(file, pointer);
    // What is wrong has its place in the case: it is not that of the next one.
    if (!('diagnostics' in table)) known.set(file, table);
    return table;
  };
}

/** What a key stands for at the first rate, or rate with an option, that reads it; looked for only when asked. */
function readSomewhere({ books, catalogue }: Offer): ReadSomewhere {
  let known: Map<string, GivenKey> | undefined;
  return (key) => {
    if (!known) {
      known = new Map();
      const book = books.at(-1);
      for (const size of [0, 1]) {
        for (const rate of book?.rates.keys() ?? []) {
          for (const set of book ? optionSets(book, rate).filter((each) => each.length === size) : []) {
            const program = catalogue.program(rate, set);
            for (const [name, given] of program ? keysOf(program, []) : []) if (given.kind !== 'column' && !known.has(name)) known.set(name, given);
          }
        }
      }
    }
    return known.get(key);
  };
}

function compareRates(customer: Customer, book: Book, view: Editions, offer: Offer, request: Request): Choice {
  const current: Candidate = { rate: customer.rate, options: [...customer.options].sort() };
  const results = new Map<string, Billed | Refused>();
  const untried: Untried[] = [];
  const rates = [...book.rates.keys()].filter((rate) => rate === current.rate || request.rates === undefined || request.rates.includes(rate));
  let expected = rates.length;
  const attempt = (rate: string, options: readonly string[]): Billed | Refused => {
    const candidate = { rate, options: [...options].sort() };
    const key = keyOf(candidate);
    let result = results.get(key);
    if (!result) {
      result = billAt(customer, candidate, view, offer);
      results.set(key, result);
      request.onTry?.(results.size, Math.max(expected, results.size));
    }
    return result;
  };
  attempt(current.rate, current.options);
  for (const rate of rates) {
    if (request.rates !== undefined && !request.rates.includes(rate)) continue;
    const alone = attempt(rate, []);
    const sets = setsOf(book, rate, request.sets).filter((set) => set.length > 0);
    if (isRefused(alone)) {
      // An option is added to a rate: of a rate that the customer may not have, or whose lines lack data, none is tried.
      const left = sets.filter((set) => !results.has(keyOf({ rate, options: [...set].sort() })));
      if (left.length > 0) untried.push({ rate, sets: left, why: 'tarif' });
      continue;
    }
    expected += sets.length;
    const acting = sets.filter((set) => { const result = attempt(rate, set); return !isRefused(result) && set.length === 1 && !isIdle(result, alone); }).flat();
    if (request.sets !== undefined) continue;
    const pairs = acting.flatMap((first, index) => acting.slice(index + 1).map((second) => [first, second].sort())).filter((pair) => !results.has(keyOf({ rate, options: pair })));
    if (acting.length > MOST_PAIRED) { untried.push({ rate, sets: pairs, why: 'nombre' }); continue; }
    expected += pairs.length;
    for (const pair of pairs) attempt(rate, pair);
  }
  const all = [...results.values()];
  const refused = all.filter(isRefused);
  const now = results.get(keyOf(current));
  // Refused where it is, the customer is still what its bill would say of it.
  const asIs = now && isRefused(now) ? billAt(customer, current, view, offer, true) : now;
  const said = new Set((asIs && !isRefused(asIs) ? asIs.notes : []).map(noteKey));
  const billed = all.filter((each): each is Billed => !isRefused(each)).map((each): Billed => ({ ...each, supposed: each.notes.filter((note) => !said.has(noteKey(note)) && isSupposed(note, each.byConditions)) }))
    .sort((a, b) => compare(a.total, b.total) || a.options.length - b.options.length);
  return {
    current, edition: view.alone ? book.edition : undefined, periods: customer.periods.map(({ start, end }) => ({ start, end })), remembered: customer.remembered,
    present: billed.find((each) => keyOf(each) === keyOf(current)), sure: billed.filter((each) => each.supposed.length === 0), unsure: billed.filter((each) => each.supposed.length > 0),
    out: refused.filter(isOut), lacking: refused.filter((each) => !isOut(each)), untried, tried: results.size,
  };
}

/** Whether the rate rests on it: a condition that could not be verified, or a fact that its conditions read and the case does not give. */
const isSupposed = ({ code, params }: Note, byConditions: ReadonlySet<string>): boolean => code === 'reserve/non-verifie' || (code === 'reserve/presume' && byConditions.has((params as { readonly name: string }).name));
const noteKey = ({ code, article, params }: Note): string => `${code} ${article ?? ''} ${JSON.stringify(params)}`;
const keyOf = ({ rate, options }: Candidate): string => [rate, ...options].join('+');
/** Whether options change nothing in the bills of their rate. */
export const isIdle = (each: Billed, alone: Billed): boolean => each.options.length > 0 && each.bills.every((bill, index) => equals(bill.total, alone.bills[index]?.total ?? ZERO));
export const isRefused = (result: Billed | Refused): result is Refused => 'diagnostics' in result;

/** The sets of options to try at a rate, each once: those asked for that it has, or those that its book speaks of. */
function setsOf(book: Book, rate: string, asked: Request['sets']): readonly (readonly string[])[] {
  const has = (option: string): boolean => book.options.get(option)?.rates.some(({ name }) => name === rate) ?? false;
  const sets = asked === undefined ? optionSets(book, rate) : asked.filter((set) => set.every(has));
  return [...new Map(sets.map((set) => [[...set].sort().join('+'), set])).values()];
}

const OUT: ReadonlySet<string> = new Set(['admissibilite/exige', 'admissibilite/exclut', 'admissibilite/passage', 'options/ensemble', 'options/conflit', 'options/non-admise', 'periode/edition-sans-tarif']);
/** Whether it is an article that refuses, and not a want of data. */
const isOut = ({ diagnostics }: Refused): boolean => diagnostics.some(({ code }) => OUT.has(code));

/**
 * The bills of a customer at one rate with options: each period in turn, the earlier ones being its history at that rate. Whether the
 * customer may have the rate is asked of the last period, with all that comes before it; what an article would have refused earlier is
 * told. `whatever` the articles refuse, bills all the same.
 */
function billAt(customer: Customer, { rate, options }: Candidate, view: Editions, { catalogue, readTable }: Offer, whatever = false): Billed | Refused {
  const carried = newCarried();
  const refuse = (diagnostics: readonly Diagnostic[], at?: Span): Refused => ({ rate, options, diagnostics: eachOnce(diagnostics), at, carried });
  const forbidden = catalogue.forbidden(rate, options);
  if (forbidden) return refuse([forbidden]);
  const program = catalogue.program(rate, options);
  if (!program) return refuse([]);
  const read = readAt(customer, program, { rate, options }, carried, catalogue, readTable);
  if ('diagnostics' in read) return refuse(read.diagnostics, read.at);
  if (carried.unlike.size > 0) return refuse([...carried.unlike].map(([name, { own, other }]) => diagnostic('cas-json/type', { name, found: own, expected: other }, { pointer: '/donnees' })));
  const { inputs } = read;
  const last = inputs.at(-1);
  const refusal = last && !whatever ? eligibilityOf(last, view) : [];
  if (refusal.length > 0) return refuse(refusal);
  let state: ReadonlyMap<string, Value> = inputs[0]?.state ?? new Map();
  const bills: Billed['bills'][number][] = [];
  const notes = new Map<string, Note>();
  const earlier: Billed['earlier'][number][] = [];
  let title = rate;
  for (const each of inputs) {
    const input = { ...each, state };
    const at = { start: input.period.start, end: input.period.end };
    const outcome = billCase(input, view, each === last && !whatever ? {} : { refused: (found) => { earlier.push({ ...at, diagnostics: found }); } });
    if ('diagnostics' in outcome) {
      const lacks = outcome.diagnostics.every(({ code }) => code.startsWith('cas-json/') || code.startsWith('series/'));
      return refuse([...outcome.diagnostics, ...(lacks ? lackingData(input, view) : [])], at);
    }
    const { bill } = outcome;
    title = bill.rateTitle;
    bills.push({ ...at, total: bill.total, subtotal: bill.subtotal, totalRounded: bill.totalRounded });
    for (const note of bill.notes) notes.set(noteKey(note), note);
    state = new Map([...bill.state].map(([name, { value }]) => [name, value]));
  }
  return { rate, options, title, bills, subtotal: sum(bills.map((bill) => bill.subtotal)), total: sum(bills.map((bill) => bill.totalRounded)), notes: [...notes.values()], supposed: [], earlier, carried, byConditions: new Set([...program.neededByConditions].map(jsonKey)) };
}

/** Each period as a case of the rate, with those before it as its history there. */
function readAt(customer: Customer, program: Program, { rate, options }: Candidate, carried: Carried, catalogue: Catalogue, readTable: ReadTable): { readonly inputs: readonly CaseInput[] } | { readonly diagnostics: readonly Diagnostic[]; readonly at: Span } {
  const history: PeriodData[] = [];
  const inputs: CaseInput[] = [];
  for (const [index, period] of customer.periods.entries()) {
    const own = borrowPeriod(period.json, period.program, program, carried);
    const past = index === 0 ? customer.before.map((each) => borrowPeriod(each, customer.program, program, carried)) : [];
    // A bank is that of the rate and the options which made it.
    const handed = index === 0 && program === customer.program ? customer.state : undefined;
    const json = { ...own, tarif: rate, options, ...(past.length > 0 ? { historique: past } : {}), ...(handed === undefined ? {} : { etat: handed }) };
    const read = period.program === program || carried.unproved.size > 0 ? readCase(json, catalogue, readTable) : readBorrowed(json, program, options, catalogue, readTable);
    if ('diagnostics' in read) return { diagnostics: read.diagnostics, at: { start: period.start, end: period.end } };
    if (index === 0) history.push(...read.input.history);
    inputs.push({ ...read.input, history: [...history] });
    history.push({ ...read.input.period, rate, pointer: `/historique/${history.length}` });
  }
  return { inputs };
}

const sum = (amounts: readonly Exact[]): Exact => amounts.reduce(add, ZERO);
const eachOnce = (items: readonly Diagnostic[]): Diagnostic[] => [...new Map(items.map((item) => [`${item.code} ${JSON.stringify(item.params)}`, item])).values()];
