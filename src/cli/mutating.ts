/** `bareme test --mutations`: what each thread does, and how the main one joins it. */
import { candidatesOf, concerns, indexOf, ratesOf, subjectsOf, trialsOf, type Index, type Subject } from '../analysis/campaign.ts';
import { fateOf, openLaboratory, placeKey, watcher, type Fate, type Laboratory, type Reach, type Trial } from '../analysis/kill.ts';
import type { Mutation } from '../analysis/mutations.ts';
import { witnessOf } from '../analysis/witness.ts';
import { Programs } from '../check/program.ts';
import { isError, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { sources, type Common } from './context.ts';
import { say } from './language.ts';
import { checkAll, type LoadedPath } from './load.ts';
import { startProgress } from './progress.ts';
import { startCrew, threadCount, type Counter, type Shared } from './threads.ts';

/** A mutation and what became of it, with the example that would notice it when none does. */
export interface Verdict { readonly subject: Subject; readonly mutation: Mutation; readonly fate: Fate; readonly noticedBy: string | undefined; readonly witness: string | undefined; /** How many examples use what it changes. */ readonly candidates: number }
export interface Campaign { readonly verdicts: readonly Verdict[]; readonly wrong: readonly Diagnostic[] }

/** An edition with the mutations to try in it, the same in every thread. */
interface Ground { readonly laboratory: Laboratory; readonly trials: readonly Trial[]; readonly concerned: readonly number[]; readonly mutations: readonly { readonly subject: Subject; readonly mutation: Mutation }[]; /** The number of each place that a mutation asks about. */ readonly keys: ReadonlyMap<string, number> }

/** What a thread hands over: which places each trial reaches, then what became of each mutation. */
interface Reached { readonly ground: number; readonly trial: number; readonly used: readonly number[]; readonly met: readonly number[]; readonly cost: number; readonly failures: readonly Diagnostic[] }
interface Told { readonly ground: number; readonly at: number; readonly fate: Fate; readonly witness: string | undefined; readonly candidates: number }

function groundsOf(loaded: readonly LoadedPath[], opened: readonly (readonly { readonly book: Laboratory['book']; readonly programs: Programs }[])[], article: string | undefined): Ground[] {
  return loaded.flatMap(({ names }, source) => {
    const books = opened[source] ?? [];
    const trials = trialsOf(books);
    return books.flatMap(({ book }, index): Ground[] => {
      const laboratory = openLaboratory(books, index);
      const subjects = subjectsOf(book, (block) => names(block.span.file.path) && (article === undefined || block.number === article));
      const mutations = subjects.flatMap((subject) => subject.mutations.map((mutation) => ({ subject, mutation })));
      if (!laboratory || mutations.length === 0) return [];
      const statements = [...new Set(mutations.map(({ mutation }) => mutation.statement))];
      const keys = new Map([...new Set(mutations.flatMap(({ mutation: { used, met } }) => [...(used ? [placeKey(used)] : []), ...(met ? [placeKey(met)] : [])]))].map((key, number) => [key, number]));
      return [{ laboratory, trials, concerned: trials.flatMap((trial, at) => (concerns(trial, laboratory, statements) ? [at] : [])), mutations, keys }];
    });
  });
}

/** The first stage: what the trials reach. Whoever is free takes the next trial. */
function reachAll(grounds: readonly Ground[], counter: Counter, tick: () => void): Reached[] {
  const units = grounds.flatMap((ground, number) => ground.concerned.map((trial) => ({ ground, number, trial })));
  const watchers = grounds.map(({ laboratory }) => watcher(laboratory, () => performance.now()));
  const found: Reached[] = [];
  for (let next = units[counter.next()]; next !== undefined; next = units[counter.next()]) {
    const { ground, number, trial } = next;
    const run = ground.trials[trial];
    const reach = run && watchers[number]?.example(run);
    if (reach) found.push({ ground: number, trial, used: numbered(ground, reach.used), met: numbered(ground, reach.met), cost: reach.cost, failures: reach.failures });
    counter.done(1);
    tick();
  }
  return found;
}
const numbered = ({ keys }: Ground, places: ReadonlySet<string>): number[] => [...places].flatMap((place) => keys.get(place) ?? []);

/** The second stage: the mutations, given what the trials reach. */
function tryMutations(grounds: readonly Ground[], reached: readonly Reached[], counter: Counter, tick: () => void): Told[] {
  const indexes = grounds.map((ground, number) => joined(ground, reached.filter((each) => each.ground === number)));
  const units = grounds.flatMap((ground, number) => ground.mutations.map((_, at) => ({ ground, number, at })));
  const told: Told[] = [];
  for (let next = units[counter.next()]; next !== undefined; next = units[counter.next()]) {
    const { ground, number, at } = next;
    const each = ground.mutations[at];
    const index = indexes[number];
    if (each && index) {
      const candidates = candidatesOf(ground.laboratory, each.subject, each.mutation, ground.trials, index);
      const fate = fateOf(ground.laboratory, each.mutation, ground.trials, candidates);
      const witness = fate.kind === 'survit' ? witnessOf(ground.laboratory, each.subject, each.mutation, ground.trials) : undefined;
      told.push({ ground: number, at, fate, witness, candidates: candidates.trials.length });
    }
    counter.done(1);
    tick();
  }
  return told;
}

function joined({ laboratory, trials, keys }: Ground, reached: readonly Reached[]): Index {
  const places = [...keys.keys()];
  const named = (numbers: readonly number[]): Set<string> => new Set(numbers.flatMap((number) => places[number] ?? []));
  const reaches: (Reach | undefined)[] = trials.map(() => undefined);
  for (const { trial, used, met, cost } of reached) reaches[trial] = { used: named(used), met: named(met), cost };
  const done = new Map();
  const watch = watcher(laboratory, () => 0);
  return indexOf(reaches, ratesOf(laboratory.book).map((rate) => ({ ...rate, reach: watch.verifications(rate.rate, rate.options, done) })));
}

export interface MutationOptions extends Common { readonly article?: string; readonly threads?: string }

/** What another thread does. */
export async function helpMutations(shared: Shared, paths: readonly string[], options: MutationOptions): Promise<void> {
  const loaded = sources(paths, options);
  const grounds = groundsOf(loaded, loaded.map(({ books }) => books.map((book) => ({ book, programs: new Programs(book) }))), options.article);
  shared.give(reachAll(grounds, shared.counter(0), () => undefined));
  const reached = await shared.receive<readonly Reached[]>();
  shared.give(tryMutations(grounds, reached, shared.counter(1), () => undefined));
  shared.end();
}

/** Tries every mutation of what the paths name; `wrong` when the files, or their examples, are not right to begin with. */
export async function runMutations(paths: readonly string[], options: MutationOptions): Promise<Campaign> {
  const crew = startCrew<unknown>(threadCount(options.threads) - 1);
  try {
    const loaded = sources(paths, options);
    const opened = loaded.map((source) => checkAll(source));
    const wrong = opened.flatMap(({ diagnostics }) => diagnostics.filter(isError));
    if (wrong.length > 0) return { verdicts: [], wrong };
    const grounds = groundsOf(loaded, opened.map(({ checked }) => checked), options.article);
    const stage = async <T>(number: number, label: string, total: number, work: (counter: Counter, tick: () => void) => T[]): Promise<T[]> => {
      const counter = crew.counter(number);
      const progress = startProgress(label, total);
      let told = 0;
      const tick = (): void => { const now = counter.finished(); progress.tick(now - told); told = now; };
      const timer = setInterval(tick, 200);
      try {
        return [work(counter, tick), ...await crew.gather() as T[][]].flat();
      } finally {
        clearInterval(timer);
        progress.stop();
      }
    };
    const reached = await stage(0, say('Ce que chaque exemple emploie', 'What each example uses'), grounds.reduce((sum, { concerned }) => sum + concerned.length, 0), (counter, tick) => reachAll(grounds, counter, tick));
    const off = reached.flatMap(({ failures }) => failures);
    if (off.length > 0) return { verdicts: [], wrong: off };
    reached.sort((a, b) => a.ground - b.ground || a.trial - b.trial);
    crew.tell(reached);
    const told = await stage(1, say('Mutations', 'Mutations'), grounds.reduce((sum, { mutations }) => sum + mutations.length, 0), (counter, tick) => tryMutations(grounds, reached, counter, tick));
    told.sort((a, b) => a.ground - b.ground || a.at - b.at);
    return {
      wrong: [],
      verdicts: told.flatMap(({ ground, at, fate, witness, candidates }): Verdict[] => {
        const each = grounds[ground]?.mutations[at];
        const noticedBy = fate.kind === 'exemple' ? grounds[ground]?.trials[fate.trial]?.example.title : undefined;
        return each ? [{ ...each, fate, noticedBy, witness, candidates }] : [];
      }),
    };
  } finally {
    await crew.stop();
  }
}
