/** What `bareme test --mutations` says: what no example notices, with one that would; what no bill can notice, and why; and the counts. */
import Table from 'cli-table3';
import { MUTATION_KINDS, type MutationKind, type NoEffect } from '../analysis/mutations.ts';
import { lineColumn } from '../source/file.ts';
import { out as pc } from './colors.ts';
import { complain, fail, print, printJson, type Common } from './context.ts';
import { say } from './language.ts';
import type { Campaign, Verdict } from './mutating.ts';

const KINDS: Readonly<Record<MutationKind, readonly [french: string, english: string]>> = {
  prix: ['prix', 'prices'], seuil: ['seuils et bornes', 'thresholds'], chiffre: ['autres chiffres', 'other figures'], comparaison: ['comparaisons', 'comparisons'], date: ['dates et saisons', 'dates and seasons'], fenêtre: ['fenêtres', 'windows'], arrondi: ['arrondis', 'roundings'],
};
const WHY: Readonly<Record<NoEffect, readonly [french: string, english: string]>> = {
  continu: ["au bord d'une tranche ou d'un plancher, les deux lectures donnent le même montant", 'at the edge of a block or of a floor, both readings give the same amount'],
  énoncé: ["l'article l'énonce, et aucun calcul ne le lit", 'the article states it, and no computation reads it'],
  coquille: ['chiffre fautif du livre, déclaré comme tel', 'misprint of the book, declared as such'],
  borne: ["borne d'une donnée, que seule la lecture d'un cas en JSON vérifie", 'bound of a datum, which only the reading of a JSON case checks'],
};

const isNoticed = ({ fate }: Verdict): boolean => fate.kind === 'exemple' || fate.kind === 'vérifie' || fate.kind === 'contrôle';
const placeOf = ({ mutation: { span } }: Verdict): { fichier: string; ligne: number; colonne: number } => { const { line, column } = lineColumn(span.file, span.start); return { fichier: span.file.path, ligne: line, colonne: column }; };

/** Says it, and makes the command fail when something goes unnoticed. */
export function showMutations({ verdicts, wrong }: Campaign, options: Common & { readonly verbose?: boolean }): void {
  if (wrong.length > 0) {
    fail();
    if (!options.json) process.stderr.write(`${say('Les fichiers ou leurs exemples sont en faute ; les mutations attendront.', 'The files or their examples are wrong; mutations will wait.')}\n`);
    complain(wrong, options);
    return;
  }
  const alive = verdicts.filter(({ fate }) => fate.kind === 'survit');
  if (alive.length > 0) fail();
  if (options.json) { printJson(asJson(verdicts)); return; }
  for (const verdict of alive) print(`${printAlive(verdict)}\n`);
  print(printWithout(verdicts, options.verbose ?? false));
  print(printCounts(verdicts));
}

function printAlive(verdict: Verdict): string {
  const { mutation, subject, candidates, witness } = verdict;
  const { fichier, ligne, colonne } = placeOf(verdict);
  const users = candidates === 0 ? say("aucun exemple ne l'emploie", 'no example uses it') : say(`${candidates} exemple(s) l'emploient sans le remarquer`, `${candidates} example(s) use it without noticing`);
  const case_ = witness === undefined ? [`  ${say('Aucun cas trouvé qui le remarquerait.', 'No case was found that would notice.')}`]
    : [`  ${say('Un exemple qui le remarquerait ; ce qu’il doit donner reste à travailler à la main :', 'An example that would notice; what it must give is left to be worked by hand:')}`, '', witness];
  return [`${pc.red('✗')} ${pc.bold(`${mutation.from} → ${mutation.to}`)}  article ${subject.article} « ${subject.title} », ${say(...KINDS[mutation.kind])} : ${users}`, `  ${pc.dim(`${fichier}:${ligne}:${colonne}`)}`, ...case_].join('\n');
}

/** What no bill can notice, by its reason; each place with `--verbose`. */
function printWithout(verdicts: readonly Verdict[], verbose: boolean): string {
  const lines: string[] = [];
  for (const why of Object.keys(WHY) as NoEffect[]) {
    const found = verdicts.filter(({ fate }) => fate.kind === 'sans effet' && fate.why === why);
    if (found.length === 0) continue;
    lines.push(`${say('Sans effet sur une facture', 'Without effect on a bill')} : ${found.length}, ${say(...WHY[why])}.`);
    if (verbose) lines.push(...found.map((verdict) => { const { fichier, ligne } = placeOf(verdict); return `  ${verdict.subject.article}  ${fichier}:${ligne}  ${verdict.mutation.from} → ${verdict.mutation.to}`; }));
  }
  return lines.join('\n');
}

interface Tally { readonly total: number; readonly noticed: number; readonly checked: number; readonly without: number; readonly alive: number }
function tally(verdicts: readonly Verdict[]): Tally {
  const count = (holds: (verdict: Verdict) => boolean): number => verdicts.filter(holds).length;
  return { total: verdicts.length, noticed: count(isNoticed), checked: count(({ fate }) => fate.kind === 'contrôle'), without: count(({ fate }) => fate.kind === 'sans effet'), alive: count(({ fate }) => fate.kind === 'survit') };
}

function printCounts(verdicts: readonly Verdict[]): string {
  const table = new Table({
    head: ['', 'mutations', say('remarquées', 'noticed'), say('dont par « check »', 'of which by “check”'), say('sans effet', 'without effect'), say('non remarquées', 'unnoticed')].map((head) => pc.bold(head)),
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right'], style: { head: [], border: [], compact: true },
  });
  const row = (label: string, { total, noticed, checked, without, alive }: Tally): void => { table.push([label, total, noticed, checked, without, alive === 0 ? '0' : pc.red(String(alive))]); };
  for (const kind of MUTATION_KINDS) row(say(...KINDS[kind]), tally(verdicts.filter(({ mutation }) => mutation.kind === kind)));
  row(pc.bold('total'), tally(verdicts));
  return table.toString();
}

function asJson(verdicts: readonly Verdict[]): object {
  const counted = ({ total, noticed, checked, without, alive }: Tally): object => ({ mutations: total, remarquees: noticed, dont_par_le_controle: checked, sans_effet: without, non_remarquees: alive });
  const shown = (verdict: Verdict): object => {
    const { mutation, subject, fate, noticedBy, witness, candidates } = verdict;
    return {
      article: subject.article, ...placeOf(verdict), genre: mutation.kind, de: mutation.from, a: mutation.to, sort: fate.kind,
      ...(fate.kind === 'sans effet' ? { raison: say(...WHY[fate.why]) } : {}), ...(fate.kind === 'contrôle' ? { code: fate.code } : {}), ...(noticedBy === undefined ? {} : { exemple: noticedBy }),
      ...(fate.kind === 'survit' ? { exemples_concernes: candidates, temoin: witness ?? null } : {}),
    };
  };
  return { version: 1, ...counted(tally(verdicts)), par_genre: Object.fromEntries(MUTATION_KINDS.map((kind) => [kind, counted(tally(verdicts.filter(({ mutation }) => mutation.kind === kind)))])), mutations_essayees: verdicts.map(shown) };
}
