/** The whole grammar as one page of railroad diagrams, from the live parser. The page stands alone: no script, no address elsewhere. */
import { DeX, KEYWORDS, lex, Nom, Role, Agregat, ALL_TOKENS } from '../../grammar/lexer.ts';
import { Grammar } from '../../grammar/parser.ts';
import { VOCABULARY, type Word } from '../../grammar/vocabulary.ts';
import { asProduction, drawer, type Production, type Shown } from './railroad.ts';

const wordOf = new Map<string, Word>(VOCABULARY.map((word) => [word.token, word]));
const html = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
const code = (text: string): string => `<code>${html(text)}</code>`;

/** The words of a category, each in the spelling that is written. */
const members = (category: typeof Nom): string =>
  VOCABULARY.filter((word) => KEYWORDS[word.token].CATEGORIES?.includes(category)).map((word) => code(word.spellings[0] ?? '')).join(', ');

/** The sorts of text that are no word: what each is, samples of it, and a label where that of messages would not tell it from another. */
const SORTS: Readonly<Record<string, { readonly about: string; readonly samples?: readonly string[]; readonly label?: string }>> = {
  Nom: { about: `Un mot du livre, lettres, chiffres et <code>_</code>. Peuvent aussi en être un : ${members(Nom)}.`, samples: ['puissance_à_facturer', 'HAP'] },
  NomLibre: { about: `Un nom, ou une mesure qui porte le nom d’un rôle (${members(Role)}).`, samples: ['phases', 'énergie'], label: 'un nom, même un rôle' },
  Identifiant: { about: 'Un nom qui n’est pas un mot du langage.', samples: ['puissance_à_facturer'], label: 'un nom, sans plus' },
  Rôle: { about: `Ce qui ouvre une ligne de la facture : ${members(Role)}.` },
  Agrégat: { about: `Ce qui réunit plusieurs valeurs : ${members(Agregat)}.` },
  Texte: { about: 'Un texte entre guillemets, sur une ou plusieurs lignes.', samples: ['« Structure du tarif D »'] },
  DateLittérale: { about: 'Une date, avec ou sans année.', samples: ['1er avril 2026', '31 mars', '2026-04-01'] },
  MoisNommé: { about: 'Un mois.', samples: ['janvier'] },
  JourSemaine: { about: 'Un jour de la semaine.', samples: ['samedi'] },
  HeureMinute: { about: 'Une heure et des minutes.', samples: ['6 h 30'] },
  Quantité: { about: 'Un nombre et son unité.', samples: ['7,065 ¢/kWh', '15 090 kWh', '65 %'] },
  NombreLittéral: { about: 'Un nombre, à virgule décimale.', samples: ['1 200', '0,6'] },
  NuméroArticle: { about: 'Le numéro d’un article.', samples: ['2.5', '12.11'] },
  Rang: { about: 'Le rang d’une tranche.', samples: ['2e', '1re'] },
  Lettre: { about: 'Une lettre du livre.', samples: ['a)', 'ii)'] },
  Alinéa: { about: 'Un alinéa du livre.', samples: ['alinéa 2'] },
  SigneUnité: { about: 'Une unité qui s’écrit d’un signe ; les autres se lisent comme des noms.', samples: ['¢', '°C'] },
  Retrait: { about: 'Ce qui suit est sur des lignes plus en retrait que l’énoncé.' },
  FinLigne: { about: 'La ligne et celles qui la continuent sont finies.' },
  FinRetrait: { about: 'Les lignes plus en retrait sont finies.' },
};

/** `« donnée »` is shown as the word; anything else is a sort of text. */
function show(token: string, label: string): Shown {
  const written = /^« (.+) »$/.exec(label)?.[1];
  if (written === undefined && !/^une virgule$/.test(label)) {
    if (!Object.hasOwn(SORTS, token)) throw new Error(`The sort of text « ${token} » is not explained in scripts/docs/grammar.ts`);
    return { text: SORTS[token]?.label ?? label, sort: true, href: `#sorte-${token}` };
  }
  const word = wordOf.get(token);
  // The spellings of a small word are its genders: none stands for the others.
  const text = word?.kind === 'liaison' ? word.spellings.join(' / ') : (written ?? ',');
  if (word) return { text, sort: false, title: [word.help, ...(word.kind !== 'liaison' && word.spellings.length > 1 ? [`se lit aussi : ${word.spellings.slice(1).join(', ')}`] : [])].join(' — ') };
  if (token === DeX.name) return { text, sort: false, title: `se lit aussi : ${VOCABULARY.filter((each) => KEYWORDS[each.token].CATEGORIES?.includes(DeX)).flatMap((each) => each.spellings).filter((each) => each !== 'de').join(', ')}` };
  return { text, sort: false };
}

/** Every production under another, itself included. */
const under = (item: Production): readonly Production[] => [item, ...[...(item.definition ?? []), ...(item.separator ? [item.separator] : [])].flatMap(under)];

export function grammarPage(): string {
  const rules = new Grammar().getSerializedGastProductions().map(asProduction);
  const draw = drawer(show, (rule) => `#${rule}`);
  const uses = new Map<string, string[]>();
  const sorts = new Set<string>();
  for (const rule of rules) {
    for (const item of under(rule)) {
      if (item.type === 'NonTerminal' && !uses.get(item.name ?? '')?.includes(rule.name ?? '')) uses.set(item.name ?? '', [...(uses.get(item.name ?? '') ?? []), rule.name ?? '']);
      if (item.type === 'Terminal' && Object.hasOwn(SORTS, item.name ?? '')) sorts.add(item.name ?? '');
    }
  }
  const link = (rule: string): string => `<a href="#${rule}">${rule}</a>`;
  const sections = rules.map((rule) => {
    const name = rule.name ?? '';
    const users = uses.get(name);
    return `<section id="${name}">
<h2>${name}</h2>
<p class="emploi">${users ? `Dans ${users.map(link).join(', ')}.` : 'Un fichier entier.'}</p>
<div class="dessin">
${draw(rule)}</div>
</section>`;
  });
  return `<!DOCTYPE html>
<!-- Page faite par « npm run docs » : ne pas la modifier à la main. -->
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Barème : la grammaire</title>
<style>${STYLE}</style>
</head>
<body>
<h1>La grammaire de Barème</h1>
<p>Les ${rules.length} règles de la grammaire, telles que le programme les lit. On suit le trait de gauche à droite : un embranchement est un choix, un trait qui passe outre une
partie facultative, un trait qui revient une répétition.</p>
<p class="legende">${legend()}</p>
<p>Une ligne plus en retrait appartient à l’énoncé du dessus, ou le continue ; le <a href="../langage.md">guide du langage</a> dit quand. Les mots, leurs autres graphies et leur sens sont dans le <a href="vocabulaire.md">vocabulaire</a> ;
la plupart se montrent aussi au passage du curseur.</p>
<nav>${rules.map((rule) => link(rule.name ?? '')).join(' ')}</nav>
${sections.join('\n')}
<section id="sortes">
<h2>Ce qui n’est pas un mot</h2>
<table>
<thead><tr><th>dans les diagrammes</th><th>ce que c’est</th><th>par exemple</th></tr></thead>
<tbody>
${[...sorts].map((token) => sortRow(token)).join('\n')}
</tbody>
</table>
</section>
</body>
</html>
`;
}

const legend = (): string => '<span class="mot">mot</span> un mot ou un signe, tel quel <span class="sorte">un nom</span> une sorte de texte, <a href="#sortes">expliquée à la fin</a> <span class="regle">règle</span> une autre règle';

/** A sort of text; its samples are read by the lexer, so that the page cannot be wrong about them. */
function sortRow(token: string): string {
  const { about, samples = [], label = ALL_TOKENS.find((type) => type.name === token)?.LABEL ?? token } = SORTS[token] ?? { about: '' };
  for (const sample of samples) {
    const { tokens, unknown } = lex(sample);
    const [first] = tokens;
    const fits = tokens.length === 1 && unknown.length === 0 && first && (first.tokenType.name === token || first.tokenType.CATEGORIES?.some((category) => category.name === token));
    if (!fits) throw new Error(`« ${sample} » is no ${token}`);
  }
  return `<tr id="sorte-${token}"><td><span class="sorte">${html(label)}</span></td><td>${about}</td><td>${samples.map(code).join(' · ')}</td></tr>`;
}

const STYLE = `
:root { --trait: #44505c; --mot: #d8ecf3; --sorte: #fff1cf; --regle: #e2e3fb; }
body { font: 16px/1.5 system-ui, sans-serif; color: #1d252c; background: #fff; max-width: 68rem; margin: 2rem auto; padding: 0 1rem; }
h1 { margin-bottom: .5rem; }
h2 { font: bold 18px ui-monospace, 'DejaVu Sans Mono', monospace; margin: 0; padding-top: .75rem; border-top: 1px solid #d5dbe0; }
a { color: #2b4fa3; }
nav { columns: 5 9rem; font: 14px/1.7 ui-monospace, 'DejaVu Sans Mono', monospace; margin: 1rem 0 2rem; }
nav a { display: block; }
.emploi { margin: 0; font-size: 14px; color: #5a6670; }
.dessin { overflow-x: auto; margin-bottom: 1rem; }
.legende span { display: inline-block; margin: 0 .3rem 0 1rem; }
.mot, .sorte, .regle { font: 13px ui-monospace, 'DejaVu Sans Mono', monospace; padding: .1rem .6rem; border: 1.5px solid var(--trait); background: var(--mot); border-radius: 10px; }
.sorte { background: var(--sorte); font-style: italic; white-space: nowrap; }
.regle { background: var(--regle); border-radius: 0; }
table { border-collapse: collapse; margin-top: 1rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid #e4e8eb; }
code { font: 14px ui-monospace, 'DejaVu Sans Mono', monospace; white-space: nowrap; }
svg.railroad-diagram path { stroke-width: 1.5; stroke: var(--trait); fill: none; }
svg.railroad-diagram rect { stroke-width: 1.5; stroke: var(--trait); fill: var(--mot); }
svg.railroad-diagram text { font: bold 13px ui-monospace, 'DejaVu Sans Mono', monospace; text-anchor: middle; }
svg.railroad-diagram .sorte rect { fill: var(--sorte); }
svg.railroad-diagram .sorte text { font-style: italic; font-weight: normal; }
svg.railroad-diagram .non-terminal rect { fill: var(--regle); }
svg.railroad-diagram .non-terminal text { font-weight: normal; fill: #2b4fa3; text-decoration: underline; }
:target > h2 { background: #fff1cf; }
@media print { nav { display: none; } section { break-inside: avoid; } }
`;
