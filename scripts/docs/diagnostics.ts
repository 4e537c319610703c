/**
 * The catalogue of diagnostics: for each code its severity and a message in both languages, from the planted mistakes of
 * `spec/mauvais` when one gives it, with the lines at fault; otherwise from a sample.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectBooks } from '../../src/check/book.ts';
import { checkBook } from '../../src/check/check.ts';
import { CATALOGUE } from '../../src/diagnostics/catalogue.ts';
import { isError, messageOf, severityOf, type Code, type Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { inOrder } from '../../src/diagnostics/print.ts';
import { runExample } from '../../src/evaluate/example.ts';
import { verifyBook } from '../../src/evaluate/verify.ts';
import { prepare } from '../../src/index.ts';
import { lineColumn, sourceFile } from '../../src/source/file.ts';
import { parseFile } from '../../src/syntax/parse.ts';
import { MADE } from './markdown.ts';
import { SAMPLES } from './samples.ts';

const FIXTURES = 'spec/mauvais';
/** Titles of the families; a code is `family/mistake`. */
const FAMILIES: Readonly<Record<string, string>> = {
  texte: 'Le texte', syntaxe: 'La syntaxe', edition: 'Les éditions', articles: 'Les articles', tarifs: 'Les tarifs', options: 'Les options',
  modeles: 'Les modèles', reprises: 'Les reprises', noms: 'Les noms', definitions: 'Les définitions', unites: 'Les unités', proration: 'La durée',
  types: 'Les sortes de valeurs', feuilles: 'Les feuilles', prix: 'Les prix', cas: 'Les rangées de cas', tranches: 'Les tranches', chiffres: 'Les chiffres',
  livre: 'Le livre', enonces: 'La place des énoncés', 'cas-json': 'Le cas', periode: 'La période', historique: "L'historique", etat: "L'état reporté", releve: 'Les relèves',
  mesures: 'Les mesures', series: 'Les séries', valeurs: 'Les valeurs', admissibilite: "L'admissibilité", controle: 'Les contrôles',
  evenements: 'Les événements', demandes: 'Les demandes', reserve: 'Les réserves', exemples: 'Les exemples', clients: 'Les fichiers de clients', commande: 'La commande',
};

export function diagnosticsPage(root: string): string {
  const found = fixtures(root);
  const codes = Object.keys(CATALOGUE) as Code[];
  const families = new Map<string, Code[]>();
  for (const code of codes) {
    const family = code.split('/')[0] ?? '';
    families.set(family, [...(families.get(family) ?? []), code]);
  }
  const without = codes.filter((code) => !found.has(code) && !Object.hasOwn(SAMPLES, code));
  if (without.length > 0) throw new Error(`These codes need a file in ${FIXTURES} or parameters in scripts/docs/samples.ts: ${without.join(', ')}`);
  const idle = Object.keys(SAMPLES).filter((code) => found.has(code as Code));
  if (idle.length > 0) throw new Error(`A file of ${FIXTURES} gives these codes; remove their samples: ${idle.join(', ')}`);
  const erreurs = codes.filter((code) => CATALOGUE[code].severity === 'erreur').length;

  return `${MADE}
# Diagnostics

Les ${codes.length} messages de Barème : ${erreurs} erreurs, qui empêchent de facturer, et ${codes.length - erreurs} avis. Un code ne change pas d'une version à l'autre : un programme peut s'y fier, jamais au texte.
Les messages ci-dessous sont des exemples ; quand le code a un fichier fautif dans \`${FIXTURES}\`, le message est celui que ce fichier donne.

${[...families].map(([family, members]) => `- [${titleOf(family)}](#${anchor(titleOf(family))}) : ${members.map((code) => `[\`${code}\`](#${anchor(code)})`).join(', ')}`).join('\n')}

${[...families].map(([family, members]) => `## ${titleOf(family)}\n\n${members.map((code) => section(code, found.get(code))).join('\n')}`).join('\n')}`;
}

function titleOf(family: string): string {
  const title = FAMILIES[family];
  if (title === undefined) throw new Error(`The family of codes « ${family} » needs a title in scripts/docs/diagnostics.ts`);
  return title;
}
/** The anchor that readers of Markdown give to a heading. */
const anchor = (title: string): string => title.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replace(/ /g, '-');

interface Fixture { readonly path: string; readonly items: readonly Diagnostic[] }

function section(code: Code, fixture: Fixture | undefined): string {
  const item = fixture?.items[0] ?? { code, params: SAMPLES[code] ?? {} };
  const said = `### ${code}\n\n*${severityOf(item)}*\n\n- français : ${inline(messageOf(item, 'fr'))}\n- anglais : ${inline(messageOf(item, 'en'))}\n`;
  return fixture ? `${said}\n[${fixture.path.slice(FIXTURES.length + 1)}](../../${fixture.path})${excerpt(fixture.items)}\n` : said;
}
/** A message holds names with `_` and signs that Markdown would take for its own. */
const inline = (text: string): string => text.replace(/[\\`*_[\]<>|]/g, (sign) => `\\${sign}`).replace(/\n/g, ' ');

/** The lines at fault, numbered; each with its deeper lines when the diagnostic spans them. */
function excerpt(items: readonly Diagnostic[]): string {
  const lines = new Map<number, string>();
  for (const { span } of items) {
    if (!span) continue;
    const last = lineColumn(span.file, Math.max(span.start, span.end - 1)).line;
    const text = span.file.text.split('\n');
    for (let line = lineColumn(span.file, span.start).line; line <= last; line++) lines.set(line, text[line - 1] ?? '');
  }
  if (lines.size === 0) return ' (sans ligne fautive)';
  const numbers = [...lines.keys()].sort((a, b) => a - b);
  const width = String(numbers.at(-1)).length;
  return `\n\n\`\`\`text\n${numbers.map((line) => `${String(line).padStart(width)}  ${lines.get(line)}`).join('\n')}\n\`\`\``;
}

/** For each code, the first file that plants it, alone if possible, and its diagnostics of that code. */
function fixtures(root: string): Map<Code, Fixture> {
  const found = new Map<Code, Fixture>();
  const names = readdirSync(join(root, FIXTURES)).filter((name) => name.endsWith('.tarif')).sort();
  // A file named after its code comes before the files that gather several mistakes.
  const gathers = (name: string): boolean => !(Object.keys(CATALOGUE) as Code[]).some((code) => name.startsWith(`${code.replace('/', '-')}-`));
  for (const name of [...names.filter((each) => !gathers(each)), ...names.filter(gathers)]) {
    const path = `${FIXTURES}/${name}`;
    const text = readFileSync(join(root, path), 'utf8');
    const planted = new Set([...text.matchAll(/^# attend: (\S+) ligne \d+$/gm)].map((match) => match[1]));
    const items = inOrder(diagnose(path, text));
    for (const code of new Set(items.map((item) => item.code))) {
      if (planted.has(code) && !found.has(code)) found.set(code, { path, items: items.filter((item) => item.code === code) });
    }
  }
  return found;
}

/** What the check says of a text, then, when it holds, what its own examples and verifications say. */
function diagnose(path: string, text: string): Diagnostic[] {
  const parsed = parseFile(sourceFile(path, text));
  const books = collectBooks([{ path: FIXTURES, files: [parsed.value] }]);
  const checked = books.value.map(checkBook);
  const diagnostics = [...parsed.diagnostics, ...books.diagnostics, ...checked.flatMap((book) => book.diagnostics)];
  if (diagnostics.some(isError)) return diagnostics;
  const editions = prepare(checked);
  const examples = checked.flatMap(({ book, programs }) => [...book.blocks].flatMap((article) =>
    article.statements.flatMap((statement) => (statement.kind === 'example' ? runExample(statement, article, programs, editions).failures : []))));
  return [...diagnostics, ...checked.flatMap((book) => verifyBook(book, editions)), ...examples];
}
