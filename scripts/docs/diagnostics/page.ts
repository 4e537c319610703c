/** The page of one code. */
import { CATALOGUE } from '../../../src/diagnostics/catalogue.ts';
import { messageOf, type Code, type Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import { toText } from '../../../src/diagnostics/print.ts';
import { lineColumn } from '../../../src/source/file.ts';
import { MADE } from '../markdown.ts';
import { SAMPLES } from '../samples.ts';
import { ADVICE } from './advice.ts';
import { SMALL_BOOK, type Answer } from './answers.ts';
import { FIXTURES, type Fixture } from './fixtures.ts';

export const fileOf = (code: Code): string => `${code.replace('/', '-')}.md`;

const sampled = (code: Code, fixture: Fixture | undefined): Diagnostic => fixture?.items[0] ?? { code, params: SAMPLES[code] ?? {} };
/** The message of a code, as its example gives it. */
export const messageLine = (code: Code, lang: 'fr' | 'en', fixture: Fixture | undefined, answer: Answer | undefined): string =>
  inline(answer?.messages?.[lang] ?? messageOf(sampled(code, fixture), lang));

export function codePage(code: Code, family: string, fixture: Fixture | undefined, answer: Answer | undefined): string {
  const [when, remedy, article] = ADVICE[code];
  const { severity } = CATALOGUE[code];
  const message = (lang: 'fr' | 'en'): string => messageLine(code, lang, fixture, answer);
  return `${MADE}
# ${code}

*${severity}* · ${family} · [tous les diagnostics](../diagnostics.md)

- français : ${message('fr')}
- anglais : ${message('en')}

## Quand

${when}${article === undefined ? '' : `\n\nArticle ${article}.`}

## Ce qui le provoque

${provoked(code, fixture, answer)}

## Y remédier

${remedy}
`;
}

/** A message holds names with `_` and signs that Markdown would take for its own. */
const inline = (text: string): string => text.replace(/[\\`*_[\]<>|]/g, (sign) => `\\${sign}`).replace(/\n/g, ' ');
const fence = (language: string, text: string): string => `\`\`\`${language}\n${text.replace(/\n$/, '')}\n\`\`\``;

function provoked(code: Code, fixture: Fixture | undefined, answer: Answer | undefined): string {
  if (fixture) return plantedFile(fixture);
  if (!answer) return UNPROVOKED[code] ?? 'Rien ne le donne aujourd\'hui à la ligne de commande.';
  const { files, command } = answer.attempt;
  const book = Object.keys(files).some((path) => path.startsWith('tariffs/')) || !/^bareme (?:bill|test|check|docs)/.test(command) || code.startsWith('commande/') ? '' : `Le livre est ici celui de [\`${SMALL_BOOK.split('/').at(-1)}\`](../../../${SMALL_BOOK}).\n\n`;
  const shown = Object.entries(files).map(([path, content]) => `\`${path}\`\n\n${content === '' ? 'Un fichier vide.' : typeof content === 'string' ? fence(path.endsWith('.json') ? 'json' : path.endsWith('.tarif') ? 'tarif' : 'text', short(content)) : 'Un fichier enregistré en Latin-1.'}\n\n`);
  return `${book}${shown.join('')}${fence('console', `$ ${command}\n${answer.text}`)}\n\nLa commande finit par ${answer.status}.`;
}

/** Why a code has no example. */
const UNPROVOKED: { readonly [C in Code]?: string } = {
  'texte/mise-en-forme': "Aucun fichier connu : ce serait une faute de Barème.",
  'clients/parquet': 'Un fichier Parquet abîmé, quand le paquet qui les lit est installé.',
  'clients/double': 'Un fichier Parquet dont une colonne de quantités est DOUBLE.',
  'valeurs/aucun-cas': "Des rangées dont les conditions dépendent de formules que la vérification ne sait pas comparer.",
  'valeurs/deux-cas': "Des rangées dont les conditions dépendent de formules que la vérification ne sait pas comparer.",
  'lot/passe': "Dans le fichier des refus de `bareme batch` : une ligne dont l'énergie ne se lit pas, puis la période suivante du même client au tarif M.",
  'lot/entree-changee': 'Un fichier de clients auquel on ajoute une ligne pendant que `bareme batch` le facture.',
  'lot/ligne-longue': 'Un fichier de plus de 64 Mo dont un guillemet ouvert à la ligne nommée ne se ferme pas.',
};

/** The first lines of a long file. */
function short(text: string): string {
  const lines = text.replace(/\n$/, '').split('\n').map((line) => (line.length > 160 ? `${line.slice(0, 120)} …` : line));
  return lines.length > 30 ? [...lines.slice(0, 6), '…'].join('\n') : lines.join('\n');
}

/** The block at fault of a planted file, and what `bareme check` says of it. */
function plantedFile({ path, text, items }: Fixture): string {
  const block = blockAtFault(text, items);
  const file = `[\`${path.slice(FIXTURES.length + 1)}\`](../../../${path})`;
  return `${block === undefined ? `${file}.` : `${file}, le bloc en cause :\n\n${fence('tarif', block)}`}\n\n${fence('console', `$ bareme check ${path}\n${items.map((item) => toText(item, 'fr')).join('\n')}`)}`;
}

/** From the header of the block, which stands at the margin, to the last line at fault, so that a statement is read where it is. */
function blockAtFault(text: string, items: readonly Diagnostic[]): string | undefined {
  const spans = items.flatMap(({ span }) => (span ? [span] : []));
  if (spans.length === 0) return undefined;
  const lines = text.split('\n');
  const first = Math.min(...spans.map((span) => lineColumn(span.file, span.start).line));
  const last = Math.max(...spans.map((span) => lineColumn(span.file, Math.max(span.start, span.end - 1)).line));
  const header = lines.slice(0, first).findLastIndex((line) => /^[^\s#]/.test(line));
  return lines.slice(Math.max(header, 0), last).join('\n');
}
