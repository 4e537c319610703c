/** `bareme test`: runs the examples that stand beside the articles, and what the book states of its own figures. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { diagnostic, isError } from '../../diagnostics/diagnostic.ts';
import { nearestName } from '../../support/nearestName.ts';
import { common, defaultTariffs, langOf, sources, type Common } from '../context.ts';
import { say } from '../language.ts';
import { checkAll, sizeOf } from '../load.ts';
import { showOutcome, type Outcome } from '../printTest.ts';
import { withExamples } from '../program.ts';
import { startProgress } from '../progress.ts';
import { readied, takeUnits, unitsOf, verificationsOf, type Done, type Wanted } from '../testing.ts';
import { sharedWork, startCrew, threadCount } from '../threads.ts';

interface TestOptions extends Common { readonly article?: string; readonly filter?: string; readonly verbose?: boolean; readonly watch?: boolean; readonly mutations?: boolean; readonly threads?: string }

/** A thread of its own costs a second: it is worth it past so many characters of examples to run. */
const WORTH_A_THREAD = 100_000;

export function addTest(program: Command): void {
  withExamples(common(program.command('test').argument(say('[fichiers...]', '[files...]'), say('dossiers ou fichiers .tarif', 'folders or .tarif files'))
    .description(say('exécute les exemples écrits à côté des articles, et les « vérifie » du livre', 'runs the examples written beside the articles, and what the book states of its own figures'))
    .option(say('--article <numéro>', '--article <number>'), say("les exemples d'un article seulement", 'the examples of one article only'))
    .option(say('--filter <texte>', '--filter <text>'), say('les exemples dont le titre contient ce texte', 'the examples whose title holds this text'))
    .addOption(new Option('--mutations', say("change chaque chiffre, comparaison et date, et dit ce qu'aucun exemple ne remarque", 'changes each figure, comparison and date, and says what no example notices')).conflicts(['watch', 'filter']))
    .option('--verbose', say('compte par fichier', 'counts file by file'))
    .addOption(new Option('--watch', say('recommence à chaque changement de fichier', 'starts again at each change of a file')).conflicts('json'))
    .option(say('--threads <nombre>', '--threads <count>'), say("fils d'exécution (autant que de processeurs, sinon)", 'threads (as many as there are processors, otherwise)'), wholeNumber)),
  'bareme test', 'bareme test tariffs/2026-04-01/03-tarifs-de-petite-puissance/01-tarif-g.tarif --verbose', 'bareme test --article 2.15', "bareme test --filter 'un watt de plus'", 'bareme test tariffs/2026-04-01 --watch', 'bareme test --mutations --article 2.15', 'bareme test --json')
    .action(async (paths: string[], options: TestOptions) => {
      const wanted: Wanted = { article: options.article, filter: options.filter };
      const work = sharedWork();
      if (options.mutations) {
        const { helpMutations, runMutations } = await import('../mutating.ts');
        const { showMutations } = await import('../printMutations.ts');
        await (work ? helpMutations(work, paths, options) : runMutations(paths, options).then((campaign) => { showMutations(campaign, options); }));
        return;
      }
      if (work) { work.give(takeUnits(sources(paths, options, { examples: false }).map((loaded) => readied(loaded)), wanted, langOf(options), work.counter(), { again: true, tick: () => undefined })); return; }
      if (options.watch) {
        const { watchTests } = await import('../watch.ts');
        await watchTests(paths, options, wanted);
        return;
      }
      showOutcome(await runAll(paths, options, wanted), options);
    });
}

function wholeNumber(text: string): string {
  if (/^[1-9]\d?$/.test(text)) return text;
  throw new InvalidArgumentError(say('Un nombre de 1 à 99 est attendu.', 'A number from 1 to 99 is expected.'));
}

async function runAll(paths: readonly string[], options: TestOptions, wanted: Wanted): Promise<Outcome> {
  const lang = langOf(options);
  // With few examples to run, or some that are asked for by name, another thread would read the book for nothing.
  const many = options.threads !== undefined || (wanted.article === undefined && wanted.filter === undefined && sizeOf(paths.length > 0 ? paths : [options.tariffs ?? defaultTariffs()]) > WORTH_A_THREAD);
  const crew = startCrew<Done>(many ? threadCount(options.threads) - 1 : 0);
  const counter = crew.counter();
  try {
    const opened = sources(paths, options).map((source) => ({ source, ...checkAll(source) }));
    // Amounts of rules that could not all be read would mean nothing.
    const wrong = opened.flatMap(({ diagnostics }) => diagnostics.filter(isError));
    const numbers = new Set(opened.flatMap(({ checked }) => checked.flatMap(({ book }) => [...book.articles.keys()])));
    if (wanted.article !== undefined && !numbers.has(wanted.article)) wrong.push(diagnostic('articles/inconnu', { number: wanted.article, nearest: nearestName(wanted.article, numbers) }));
    if (wrong.length > 0) return { examples: [], verifications: [], wrong };
    const ready = opened.map(({ source, checked }) => readied(source, checked));
    const total = unitsOf(opened.map(({ source }) => source)).reduce((sum, { file }) => sum + (file.text.match(/^ +exemple[ \u00A0]/gm)?.length ?? 0), 0);
    const progress = startProgress(say('Exemples', 'Examples'), total);
    let told = 0;
    const tick = (): void => { const now = counter.finished(); progress.tick(now - told); told = now; };
    const timer = setInterval(tick, 200);
    try {
      const mine = takeUnits(ready, wanted, lang, counter, { again: false, tick });
      const reports = [mine, ...await crew.gather()].flat().sort((a, b) => a.unit - b.unit).flatMap((done) => done.reports);
      return { examples: reports, verifications: verificationsOf(opened, wanted, lang), wrong };
    } finally {
      clearInterval(timer);
      progress.stop();
    }
  } finally {
    await crew.stop();
  }
}
