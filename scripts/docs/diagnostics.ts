/**
 * The catalogue of diagnostics: an index by family, and a page a code, with what it says in both languages, when it comes, what
 * provokes it with what the command really answers, and how to mend it.
 */
import { CATALOGUE } from '../../src/diagnostics/catalogue.ts';
import type { Code } from '../../src/diagnostics/diagnostic.ts';
import { answers, type Answer } from './diagnostics/answers.ts';
import { fixtures, FIXTURES } from './diagnostics/fixtures.ts';
import { codePage, fileOf, messageLine } from './diagnostics/page.ts';
import { cell, MADE, table } from './markdown.ts';
import { SAMPLES } from './samples.ts';

/** Titles of the families; a code is `family/mistake`. */
const FAMILIES: Readonly<Record<string, string>> = {
  texte: 'Le texte', syntaxe: 'La syntaxe', edition: 'Les éditions', articles: 'Les articles', tarifs: 'Les tarifs', options: 'Les options',
  modeles: 'Les modèles', reprises: 'Les reprises', noms: 'Les noms', definitions: 'Les définitions', unites: 'Les unités', proration: 'La durée',
  types: 'Les sortes de valeurs', feuilles: 'Les feuilles', prix: 'Les prix', cas: 'Les rangées de cas', tranches: 'Les tranches', chiffres: 'Les chiffres',
  livre: 'Le livre', enonces: 'La place des énoncés', 'cas-json': 'Le cas', periode: 'La période', historique: "L'historique", etat: "L'état reporté", releve: 'Les relèves',
  mesures: 'Les mesures', series: 'Les séries', valeurs: 'Les valeurs', admissibilite: "L'admissibilité", controle: 'Les contrôles',
  evenements: 'Les événements', demandes: 'Les demandes', reserve: 'Les réserves', exemples: 'Les exemples', clients: 'Les fichiers de clients', compilation: 'Le code des factures', lot: 'La facturation par lot', sql: 'Les tarifs en SQL', commande: 'La commande',
};

/** The index and the pages: path → text. */
export async function diagnosticPages(root: string): Promise<ReadonlyMap<string, string>> {
  const planted = fixtures(root);
  const answered = await answers(root);
  const codes = Object.keys(CATALOGUE) as Code[];
  const without = codes.filter((code) => !planted.has(code) && !answered.has(code) && !Object.hasOwn(SAMPLES, code));
  if (without.length > 0) throw new Error(`These codes need a file in ${FIXTURES}, a command in scripts/docs/diagnostics/attempts.ts, or parameters in scripts/docs/samples.ts: ${without.join(', ')}`);
  const idle = codes.filter((code) => (planted.has(code) && (answered.has(code) || Object.hasOwn(SAMPLES, code))) || (answered.get(code)?.messages && Object.hasOwn(SAMPLES, code)));
  if (idle.length > 0) throw new Error(`A file of ${FIXTURES} or a command gives these codes; remove what stands in for it: ${idle.join(', ')}`);
  const silent = [...answered].filter(([code, { messages }]) => !messages && !Object.hasOwn(SAMPLES, code)).map(([code]) => code);
  if (silent.length > 0) throw new Error(`The command of scripts/docs/diagnostics/attempts.ts no longer gives these codes: ${silent.join(', ')}`);
  const pages = codes.map((code): [string, string] => [`docs/reference/diagnostics/${fileOf(code)}`, codePage(code, titleOf(familyOf(code)), planted.get(code), answered.get(code))]);
  return new Map([['docs/reference/diagnostics.md', index(codes, answered, planted)], ...pages]);
}

const familyOf = (code: Code): string => code.split('/')[0] ?? '';
function titleOf(family: string): string {
  const title = FAMILIES[family];
  if (title === undefined) throw new Error(`The family of codes « ${family} » needs a title in scripts/docs/diagnostics.ts`);
  return title;
}
/** The anchor that readers of Markdown give to a heading. */
const anchor = (title: string): string => title.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replace(/ /g, '-');

function index(codes: readonly Code[], answered: ReadonlyMap<Code, Answer>, planted: ReturnType<typeof fixtures>): string {
  const families = new Map<string, Code[]>();
  for (const code of codes) families.set(familyOf(code), [...(families.get(familyOf(code)) ?? []), code]);
  const errors = codes.filter((code) => CATALOGUE[code].severity === 'erreur').length;
  const row = (code: Code): string[] => [`[\`${code}\`](diagnostics/${fileOf(code)})`, CATALOGUE[code].severity, cell(messageLine(code, 'fr', planted.get(code), answered.get(code)))];
  return `${MADE}
# Diagnostics

Les ${codes.length} messages de Barème : ${errors} erreurs, qui empêchent de facturer, et ${codes.length - errors} avis. Un code ne change pas d'une version à l'autre : un programme peut s'y fier, jamais au texte.
Chaque code a sa page : ce qu'il dit en français et en anglais, quand il vient, ce qui le provoque et ce que la commande répond alors, comment y remédier.
Les messages ci-dessous sont ceux de ces exemples.

${[...families.keys()].map((family) => `- [${titleOf(family)}](#${anchor(titleOf(family))})`).join('\n')}

${[...families].map(([family, members]) => `## ${titleOf(family)}\n\n${table(['code', 'gravité', 'par exemple'], members.map(row))}\n`).join('\n')}`;
}
