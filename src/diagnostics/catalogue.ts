/**
 * Every message that Barème can give, in one typed table: code → severity, French and English. A wrong code or a missing
 * parameter does not compile. The codes are stable: programs may test them.
 */
export type Severity = 'erreur' | 'avis';

interface Entry<P> {
  readonly severity: Severity;
  readonly fr: (params: P) => string;
  readonly en: (params: P) => string;
}
const error = <P>(fr: (params: P) => string, en: (params: P) => string): Entry<P> => ({ severity: 'erreur', fr, en });
const advice = <P>(fr: (params: P) => string, en: (params: P) => string): Entry<P> => ({ severity: 'avis', fr, en });
const hint = (nearest: string | undefined, lang: 'fr' | 'en'): string =>
  nearest === undefined ? '' : lang === 'fr' ? ` Le plus proche : « ${nearest} ».` : ` Did you mean “${nearest}”?`;
/** The rates that apply instead, or nothing. */
const instead = (rates: string, lang: 'fr' | 'en'): string => {
  if (rates === '') return '';
  const several = rates.includes(',');
  if (lang === 'fr') return several ? ` Tarifs qui admettent ce cas : ${rates}.` : ` Tarif qui s'applique : ${rates}.`;
  return several ? ` Rates that admit this case: ${rates}.` : ` Rate that applies: ${rates}.`;
};

type None = Record<never, never>;
type Name = { readonly name: string };
type Nearest = { readonly name: string; readonly nearest: string | undefined };
type FoundExpected = { readonly found: string; readonly expected: string };

export const CATALOGUE = {
  // ── text ───────────────────────────────────────────────────────────────
  'texte/encodage': error((p: { offset: number }) => `Le fichier n'est pas en UTF-8 (octet ${p.offset}). L'enregistrer en UTF-8.`, (p) => `The file is not UTF-8 (byte ${p.offset}). Save it as UTF-8.`),
  'texte/caractere': error((p: { found: string }) => `« ${p.found} » n'a pas de sens ici.`, (p) => `“${p.found}” means nothing here.`),
  'texte/guillemets': error((_: None) => 'Un texte commence par « et ne finit pas. Ajouter ».', () => 'A text opens with « and is never closed. Add ».'),
  'texte/non-ecrit': error((p: { path: string; detail: string }) => `Le fichier « ${p.path} » ne peut pas être écrit (${p.detail}). Rien n'a été remplacé.`, (p) => `The file “${p.path}” cannot be written (${p.detail}). Nothing was replaced.`),
  'texte/dossier-occupe': error((p: { path: string }) => `Le dossier « ${p.path} » contient autre chose qu'un site fait par cette commande. En choisir un autre, ou le vider.`, (p) => `The folder “${p.path}” holds something else than a site made by this command. Choose another, or empty it.`),
  'texte/introuvable': error((p: { path: string }) => `Le fichier « ${p.path} » n'existe pas ou ne peut pas être lu.`, (p) => `The file “${p.path}” does not exist or cannot be read.`),
  'texte/traduction': error((p: { path: string; detail: string }) => `« ${p.path} » n'est pas un objet JSON de mots anglais : ${p.detail}`, (p) => `“${p.path}” is not a JSON object of English words: ${p.detail}`),
  'texte/clients-types': error((p: { path: string; detail: string }) => `« ${p.path} » ne se lit pas comme des clients types : ${p.detail}`, (p) => `“${p.path}” does not read as typical customers: ${p.detail}`),
  'texte/mise-en-forme': error((_: None) => "La mise en forme changerait le sens de ce fichier : il est laissé tel quel. C'est une faute de Barème, à signaler.", () => 'Formatting would change the meaning of this file: it is left as it was. This is a bug of Barème; please report it.'),

  // ── syntax ─────────────────────────────────────────────────────────────
  'syntaxe/inattendu': error((p: FoundExpected) => `${p.found} ne convient pas ici : on attend ${p.expected}.`, (p) => `${p.found} does not fit here: expected ${p.expected}.`),
  'syntaxe/incomplet': error((p: { expected: string }) => `L'énoncé s'arrête trop tôt : on attend ${p.expected}.`, (p) => `The statement stops too early: expected ${p.expected}.`),
  'syntaxe/enonce-inconnu': error((p: { found: string; nearest: string | undefined }) => `« ${p.found} » n'ouvre aucun énoncé.${hint(p.nearest, 'fr')}`, (p) => `“${p.found}” opens no statement.${hint(p.nearest, 'en')}`),
  'syntaxe/entete-attendu': error((p: { found: string; nearest: string | undefined }) => `« ${p.found} » est à la marge : on y attend article, section, tarif, option… Un énoncé d'article se met en retrait.${hint(p.nearest, 'fr')}`, (p) => `“${p.found}” stands at the margin, where only article, section, tarif, option… may. Indent the statements of an article.${hint(p.nearest, 'en')}`),
  'syntaxe/point-decimal': error((p: { found: string; right: string }) => `« ${p.found} » se lit comme un numéro d'article. La marque décimale est la virgule : « ${p.right} ».`, (p) => `“${p.found}” reads as an article number. The decimal mark is a comma: “${p.right}”.`),
  'syntaxe/retrait': error((_: None) => 'Ces lignes sont en retrait sous un énoncé qui ne prend pas de rangées.', () => 'These lines are indented under a statement that takes no rows.'),
  'syntaxe/profondeur': error((_: None) => 'Trop de parenthèses ou de retraits emboîtés, ou trop d’opérations de suite : nommer des résultats intermédiaires.', () => 'Too many nested parentheses or indentations, or operations in a row: name some intermediate results.'),
  'syntaxe/nombre-long': error((p: { most: number }) => `Ce nombre a plus de ${p.most} chiffres. Un quotient sans fin s'écrit en fraction : « 2 717 $ ÷ 375 ».`, (p) => `This number has more than ${p.most} digits. Write a quotient that never ends as a fraction: “2 717 $ ÷ 375”.`),
  'syntaxe/date-impossible': error((p: { found: string }) => `« ${p.found} » n'est ni une date du calendrier ni une heure du jour.`, (p) => `“${p.found}” is neither a date of the calendar nor a time of day.`),
  'syntaxe/tableau': error((p: { found: number; expected: number }) => `Cette rangée a ${p.found} cases ; l'en-tête du tableau en a ${p.expected}.`, (p) => `This row has ${p.found} cells; the table's header has ${p.expected}.`),

  // ── structure ──────────────────────────────────────────────────────────
  'edition/absente': error((p: { path: string }) => `Le dossier « ${p.path} » n'a pas de fichier qui commence par « édition ».`, (p) => `The folder “${p.path}” has no file that begins with “édition”.`),
  'edition/double': error((p: { date: string }) => `Deux éditions sont en vigueur le ${p.date}.`, (p) => `Two editions are in force on ${p.date}.`),
  'edition/inconnue': error((p: { date: string }) => `Aucune édition n'entre en vigueur le ${p.date}.`, (p) => `No edition comes into force on ${p.date}.`),
  'edition/plusieurs': error((p: { path: string; dates: string }) => `« ${p.path} » contient plusieurs éditions (${p.dates}) : en nommer une.`, (p) => `“${p.path}” holds several editions (${p.dates}): name one of them.`),
  'articles/double': error((p: { number: string }) => `L'article ${p.number} est écrit deux fois.`, (p) => `Article ${p.number} is written twice.`),
  'articles/suite-seule': error((p: { number: string }) => `Cette suite de l'article ${p.number} n'a pas de début : écrire d'abord « article ${p.number} « … » » sans « suite ».`, (p) => `This continuation of article ${p.number} has no beginning: first write “article ${p.number} « … »” without “suite”.`),
  'articles/mots-sans-raison': advice((p: { number: string }) => `L'article ${p.number} n'a que des mots. Dire pourquoi ils suffisent : « sans calcul « … » ».`, (p) => `Article ${p.number} has only words. Say why they are enough: “sans calcul « … »”.`),
  'articles/calcul-et-sans-calcul': advice((p: { number: string }) => `L'article ${p.number} se dit « sans calcul », mais il a un montant, une condition ou un fait. Retirer « sans calcul ».`, (p) => `Article ${p.number} says “sans calcul” but has an amount, a condition or a fact. Remove “sans calcul”.`),
  'articles/inconnu': error((p: { number: string; nearest: string | undefined }) => `L'article ${p.number} n'existe pas.${hint(p.nearest, 'fr')}`, (p) => `There is no article ${p.number}.${hint(p.nearest, 'en')}`),
  'articles/sans-renvoi': error((p: { number: string }) => `L'article ${p.number} n'est pas marqué « sur renvoi » : il s'applique déjà partout.`, (p) => `Article ${p.number} is not marked “sur renvoi”: it already applies everywhere.`),
  'tarifs/inconnu': error((p: Nearest) => `Il n'y a pas de tarif « ${p.name} ».${hint(p.nearest, 'fr')}`, (p) => `There is no rate “${p.name}”.${hint(p.nearest, 'en')}`),
  'tarifs/double': error((p: Name) => `Le tarif ou l'option « ${p.name} » est ouvert deux fois.`, (p) => `The rate or option “${p.name}” is opened twice.`),
  'options/inconnue': error((p: Nearest) => `Il n'y a pas d'option « ${p.name} ».${hint(p.nearest, 'fr')}`, (p) => `There is no option “${p.name}”.${hint(p.nearest, 'en')}`),
  'modeles/inconnu': error((p: Nearest) => `Il n'y a pas de modèle « ${p.name} ».${hint(p.nearest, 'fr')}`, (p) => `There is no modèle “${p.name}”.${hint(p.nearest, 'en')}`),
  'reprises/cycle': error((p: { name: string }) => `« ${p.name} » se reprend lui-même.`, (p) => `“${p.name}” borrows itself.`),

  // ── names ──────────────────────────────────────────────────────────────
  'noms/inconnu': error((p: Nearest & { where: string }) => `« ${p.name} » n'est défini nulle part ${p.where}.${hint(p.nearest, 'fr')}`, (p) => `“${p.name}” is not defined ${p.where}.${hint(p.nearest, 'en')}`),
  'noms/choix-inconnu': error((p: Nearest & { choices: string }) => `« ${p.name} » n'est pas un des choix : ${p.choices}.${hint(p.nearest, 'fr')}`, (p) => `“${p.name}” is not one of the choices: ${p.choices}.${hint(p.nearest, 'en')}`),
  'noms/fonction-inconnue': error((p: Nearest) => `Il n'y a pas de fonction « ${p.name} ».${hint(p.nearest, 'fr')}`, (p) => `There is no function “${p.name}”.${hint(p.nearest, 'en')}`),
  'noms/arguments': error((p: { name: string; expected: string; found: number }) => `« ${p.name} » demande ${p.expected} argument(s) ; il y en a ${p.found}.`, (p) => `“${p.name}” takes ${p.expected} argument(s); found ${p.found}.`),
  'noms/pas-une-plage': error((p: Nearest) => `« ${p.name} » n'est pas une plage.${hint(p.nearest, 'fr')}`, (p) => `“${p.name}” is not a plage.${hint(p.nearest, 'en')}`),
  'noms/plage-comme-valeur': error((p: Name) => `« ${p.name} » est une plage, pas une valeur : écrire « pendant ${p.name} », « en ${p.name} » ou « nombre de ${p.name} ».`, (p) => `“${p.name}” is a set of time, not a value: write “pendant ${p.name}”, “en ${p.name}” or “nombre de ${p.name}”.`),
  'noms/ligne-inconnue': error((p: Nearest & { rate: string }) => `Le tarif ${p.rate} n'a pas de ligne « ${p.name} ».${hint(p.nearest, 'fr')}`, (p) => `Rate ${p.rate} has no line “${p.name}”.${hint(p.nearest, 'en')}`),
  'noms/tranche-inconnue': error((p: { line: string; found: number; tranches: number }) => p.found === 0 ? `La ligne « ${p.line} » a ${p.tranches} tranches, chacune avec son prix : dire laquelle, comme « la 2e tranche de ${p.line} ».` : `La ligne « ${p.line} » a ${p.tranches} tranche(s) ; il n'y a pas de ${p.found}e.`, (p) => p.found === 0 ? `Line “${p.line}” has ${p.tranches} blocks, each with its price: say which.` : `Line “${p.line}” has ${p.tranches} block(s); there is no number ${p.found}.`),
  'noms/feuille-inconnue': error((p: Nearest) => `« par ${p.name} » ne désigne ni jour, heure, intervalle ou partie, ni une liste.${hint(p.nearest, 'fr')}`, (p) => `“par ${p.name}” is neither jour, heure, intervalle or partie, nor a list.${hint(p.nearest, 'en')}`),

  // ── definitions ────────────────────────────────────────────────────────
  'definitions/double': error((p: { name: string; first: string; second: string }) => p.first === p.second ? `« ${p.name} » est défini deux fois par ${p.first}. Donner à l'un des deux un autre nom.` : `« ${p.name} » est défini par ${p.first} et par ${p.second}. Si l'un l'emporte, son article le dit : « remplace ${p.name} de ${p.first} = … ».`, (p) => p.first === p.second ? `“${p.name}” is defined twice by ${p.first}. Give one of the two another name.` : `“${p.name}” is defined by ${p.first} and by ${p.second}. If one prevails, its article says so: “remplace ${p.name} de ${p.first} = …”.`),
  'definitions/cycle': error((p: { path: string }) => `Ces définitions tournent en rond : ${p.path}. S'il s'agit de la valeur d'avant : « sur la période précédente ».`, (p) => `These definitions go round in circles: ${p.path}. If the earlier value is meant: “sur la période précédente”.`),
  'definitions/inutile': advice((p: Name) => `« ${p.name} » ne sert à rien : aucune ligne, condition ni sortie ne l'emploie.`, (p) => `“${p.name}” is never used by a line, a condition or an output.`),
  'definitions/remplace-rien': error((p: Nearest) => `« remplace ${p.name} » : il n'y a rien de ce nom à remplacer.${hint(p.nearest, 'fr')}`, (p) => `“remplace ${p.name}”: there is nothing of that name to replace.${hint(p.nearest, 'en')}`),
  'definitions/remplace-double': error((p: { name: string; first: string; second: string }) => `« ${p.name} » est remplacé à la fois par ${p.first} et par ${p.second}.`, (p) => `“${p.name}” is replaced both by ${p.first} and by ${p.second}.`),
  'definitions/sans-origine': error((p: Name) => `« ${p.name} d'origine » ne se dit que dans « remplace ${p.name} ».`, (p) => `“${p.name} d'origine” may only stand inside “remplace ${p.name}”.`),

  // ── units ──────────────────────────────────────────────────────────────
  'unites/inconnue': error((p: Nearest) => `« ${p.name} » n'est pas une unité.${hint(p.nearest, 'fr')}`, (p) => `“${p.name}” is not a unit.${hint(p.nearest, 'en')}`),
  'unites/incompatibles': error((p: { left: string; right: string; operation: string }) => `On ne peut pas ${p.operation} ${p.left} et ${p.right}.`, (p) => `Cannot combine ${p.left} and ${p.right}.`),
  'unites/attendue': error((p: FoundExpected & { what: string }) => `${p.what} est en ${p.found} ; on attend ${p.expected}.`, (p) => `${p.what} is in ${p.found}; expected ${p.expected}.`),
  'unites/prix': error((p: { role: string; price: string; expected: string }) => `Une ligne « ${p.role} » demande un prix en ${p.expected} ; celui-ci est en ${p.price}.`, (p) => `A “${p.role}” line needs a price in ${p.expected}; this one is in ${p.price}.`),
  'unites/ligne': error((p: { found: string; base: string; price: string }) => `Cette ligne ne donne pas des dollars mais des ${p.found} : assiette en ${p.base}, prix en ${p.price}.`, (p) => `This line does not come out in dollars but in ${p.found}: base in ${p.base}, price in ${p.price}.`),
  'unites/seuil': error((p: FoundExpected) => `Le seuil est en ${p.found} ; l'assiette se mesure en ${p.expected}.`, (p) => `The limit is in ${p.found}; the base is measured in ${p.expected}.`),
  'proration/manquante': error((p: { found: string }) => `Ce prix n'a pas de durée (${p.found}). S'il est mensuel, écrire « /mois » : c'est lui que l'article 12.11 rajuste à la période.`, (p) => `This price has no duration (${p.found}). If it is monthly, write “/mois”: article 12.11 adjusts it to the period.`),
  'proration/double': error((p: { found: string }) => `La durée entre une fois de trop : le résultat est en ${p.found}. Une ligne multiplie d'elle-même un prix « /mois » par la durée.`, (p) => `The duration enters once too often: the result is in ${p.found}. A line multiplies a “/mois” price by the duration by itself.`),
  'types/attendu': error((p: FoundExpected) => `On attend ${p.expected} ; ceci est ${p.found}.`, (p) => `Expected ${p.expected}; this is ${p.found}.`),

  // ── sheets ─────────────────────────────────────────────────────────────
  'feuilles/sans-agregat': error((p: { found: string; expected: string }) => `Il y a ici une valeur par ${p.found} ; il en faut une par ${p.expected}. Choisir « somme de », « cumul de », « maximum de » ou « moyenne de », ou définir « par ${p.found} ».`, (p) => `There is one value per ${p.found} here; one per ${p.expected} is needed. Choose “somme de”, “cumul de”, “maximum de” or “moyenne de”, or define it “par ${p.found}”.`),
  'feuilles/rien-a-reunir': error((p: { operator: string; grain: string }) => `« ${p.operator} de » n'a rien à réunir : il n'y a qu'une valeur par ${p.grain}.`, (p) => `“${p.operator} de” has nothing to gather: there is one value per ${p.grain}.`),
  'feuilles/sans-lien': error((p: { left: string; right: string }) => `Une valeur par ${p.left} et une valeur par ${p.right} ne se rencontrent pas. Réunir l'une des deux par un agrégat.`, (p) => `A value per ${p.left} and a value per ${p.right} never meet. Gather one of them with an aggregate.`),
  'feuilles/cumul': error((p: { found: string }) => `« cumul de » intègre une valeur par intervalle, heure ou jour ; celle-ci est par ${p.found}.`, (p) => `“cumul de” integrates a value per intervalle, heure or jour; this one is per ${p.found}.`),
  'feuilles/pas-de-selection': error((_: None) => `« pendant » et « sauf » choisissent le temps d'une mesure ou d'un agrégat ; ceci n'a qu'une valeur par période.`, () => '“pendant” and “sauf” choose the time of a measure or of an aggregate; this has one value per period.'),
  'prix/varie-sans-mesure': error((_: None) => "Le prix change avec le calendrier, mais l'assiette n'est connue que pour toute la période : en faire une mesure, ou fractionner la facture.", () => 'The price changes with the calendar, but the base is known only for the whole period: make it a measure, or cut the bill.'),

  // ── rows ───────────────────────────────────────────────────────────────
  'cas/trou': error((p: { example: string }) => `Aucune rangée ne vaut quand ${p.example}. Ajouter « sinon » ou la rangée qui manque.`, (p) => `No row holds when ${p.example}. Add “sinon” or the missing row.`),
  'cas/chevauchement': error((p: { example: string }) => `Deux rangées valent quand ${p.example}.`, (p) => `Two rows hold when ${p.example}.`),
  'cas/inatteignable': advice((p: { row: number }) => `La rangée ${p.row} ne sert jamais : sa condition ne peut pas être remplie.`, (p) => `Row ${p.row} never holds: its condition cannot be met.`),
  'cas/sinon': error((_: None) => '« sinon » ne se met que sur la dernière rangée, une seule fois.', () => '“sinon” may stand only once, on the last row.'),
  'cas/garde-absente': error((_: None) => 'Cette rangée n’a pas de garde, et elle n’est pas seule.', () => 'This row has no guard, and it is not alone.'),
  'cas/melange': error((_: None) => 'Des rangées de tranches (« jusqu’à », « au-delà ») et des rangées de cas ne se mêlent pas.', () => 'Rows of blocks (“jusqu’à”, “au-delà”) and rows of cases do not mix.'),
  'tranches/sans-fin': error((_: None) => 'La dernière tranche doit être « au-delà », et les autres « jusqu’à ».', () => 'The last block must be “au-delà”, the others “jusqu’à”.'),
  'tranches/seule': error((_: None) => 'Une tranche « au-delà » sans tranche avant elle. Écrire la première, « jusqu’à » un seuil, ou le prix seul.', () => 'A block “au-delà” with no block before it. Write the first, up to a limit, or the price alone.'),
  'tranches/desordre': error((p: { first: string; second: string }) => `Les seuils doivent monter : ${p.first} précède ${p.second}.`, (p) => `Limits must rise: ${p.first} stands before ${p.second}.`),
  'cas/paliers': error((_: None) => 'Les rangées « sous », « dès » et « pour » suivent « = d’après … ».', () => 'Rows with “sous”, “dès” and “pour” need “= d’après …”.'),

  // ── the book ───────────────────────────────────────────────────────────
  'chiffres/reprise': error((p: { figure: string; article: string }) => `L'article ${p.article} ne contient pas « ${p.figure} ».`, (p) => `Article ${p.article} does not hold “${p.figure}”.`),
  'chiffres/repete': advice((p: { figure: string; article: string }) => `« ${p.figure} » est déjà fixé par l'article ${p.article}. Écrire « ${p.figure} selon ${p.article} », ou nommer la valeur.`, (p) => `“${p.figure}” is already set by article ${p.article}. Write “${p.figure} selon ${p.article}”, or name the value.`),
  'livre/verification': error((p: { left: string; right: string }) => `La vérification échoue : ${p.left} d'un côté, ${p.right} de l'autre.`, (p) => `The check fails: ${p.left} on one side, ${p.right} on the other.`),
  'livre/coquille-corrigee': error((p: { figure: string }) => `Le livre et la règle disent maintenant tous deux ${p.figure} : retirer la coquille.`, (p) => `The book and the rule now both say ${p.figure}: remove the coquille.`),
  'livre/hors-calcul-employe': error((p: { figure: string }) => `« ${p.figure} » est dit hors calcul, mais le bloc l'emploie. Retirer la mise à part.`, (p) => `“${p.figure}” is said to be “hors calcul”, but the block uses it. Remove it from there.`),
  'livre/hors-livre-inutile': error((p: { figure: string }) => `« ${p.figure} » est dit hors livre, mais le bloc ne l'écrit pas. Retirer la mise à part.`, (p) => `“${p.figure}” is said to be “hors livre”, but the block does not write it. Remove it from there.`),
  'livre/sans-raison': error((_: None) => 'La raison de cette mise à part est vide. Dire pourquoi ce chiffre ne compte pas.', () => 'The reason is empty. Say why this figure does not count.'),
  'livre/pdf': error((p: { path: string }) => `« ${p.path} » est un PDF. En tirer d'abord le texte, par exemple avec « pdftotext -layout ».`, (p) => `“${p.path}” is a PDF. Take its text out first, for instance with “pdftotext -layout”.`),
  'livre/sans-article': error((p: { path: string }) => `Aucun article ne se reconnaît dans « ${p.path} ». Un article s'ouvre par son titre et son numéro (2.15), au bout ou au début d'une ligne.`, (p) => `No article can be made out in “${p.path}”. An article opens with its title and its number (2.15), at the end or the beginning of a line.`),
  'livre/resume': error((p: { path: string }) => `« ${p.path} » n'est pas un résumé de livre. En faire un avec « bareme reconcile livre.txt --summary ».`, (p) => `“${p.path}” is not a summary of a book. Make one with “bareme reconcile book.txt --summary”.`),
  'enonces/mal-place': error((p: { statement: string; where: string }) => `« ${p.statement} » ne va pas ${p.where}.`, (p) => `“${p.statement}” does not belong ${p.where}.`),

  // ── cases ──────────────────────────────────────────────────────────────
  'cas-json/syntaxe': error((p: { detail: string }) => `Le JSON ne se lit pas : ${p.detail}.`, (p) => `The JSON cannot be read: ${p.detail}.`),
  'cas-json/profondeur': error((_: None) => 'Le JSON est emboîté trop profondément.', () => 'The JSON is nested too deeply.'),
  'cas-json/champ-repete': error((p: Name) => `Le champ « ${p.name} » est donné deux fois.`, (p) => `Field “${p.name}” is given twice.`),
  'cas-json/champ-inconnu': error((p: Nearest & { where: string; option?: string | undefined }) => `Personne ne lit « ${p.name} » ${p.where}.${p.option === undefined ? hint(p.nearest, 'fr') : ` L'option « ${p.option} » le lit : l'ajouter à « options ».`}`, (p) => `Nobody reads “${p.name}” ${p.where}.${p.option === undefined ? hint(p.nearest, 'en') : ` Option “${p.option}” reads it: add it to “options”.`}`),
  'cas-json/champ-absent': error((p: { name: string; unit: string; use: string }) => `Il manque « ${p.name} »${p.unit} : ${p.use}.`, (p) => `Missing “${p.name}”${p.unit}: ${p.use}.`),
  'cas-json/mesure-absente': error((p: { name: string; unit: string; start: string; end: string; key: string | undefined }) => `« ${p.name} »${p.unit} manque du ${p.start} au ${p.end} ; une valeur pour toute la période ne le dit pas. Donner ${p.key === undefined ? 'une série' : `« ${p.key} », ou une série`}.`, (p) => `“${p.name}”${p.unit} is missing from ${p.start} to ${p.end}; a value for the whole period does not tell. Give ${p.key === undefined ? 'a series' : `“${p.key}”, or a series`}.`),
  'cas-json/type': error((p: FoundExpected & Name) => `« ${p.name} » : on attend ${p.expected}, pas ${p.found}.`, (p) => `“${p.name}”: expected ${p.expected}, not ${p.found}.`),
  'cas-json/borne': error((p: Name & { found: string; expected: string }) => `« ${p.name} » vaut ${p.found} ; il doit être ${p.expected}.`, (p) => `“${p.name}” is ${p.found}; it must be ${p.expected}.`),
  'cas-json/date': error((p: Name & { found: string; reason: string }) => `« ${p.name} » : ${p.found} ${p.reason}.`, (p) => `“${p.name}”: ${p.found} ${p.reason}.`),
  'cas-json/choix': error((p: Name & { found: string; choices: string; nearest: string | undefined }) => `« ${p.name} » : « ${p.found} » n'est pas un des choix : ${p.choices}.${hint(p.nearest, 'fr')}`, (p) => `“${p.name}”: “${p.found}” is not one of: ${p.choices}.${hint(p.nearest, 'en')}`),
  'periode/vide': error((p: { start: string; end: string }) => `La période finit (${p.end}) avant d'avoir commencé (${p.start}). « fin » est le premier jour après la période.`, (p) => `The period ends (${p.end}) before it starts (${p.start}). “fin” is the first day after the period.`),
  'periode/jours-entiers': error((p: { rate: string }) => `Au tarif ${p.rate}, une période compte des jours entiers : donner des dates sans heure.`, (p) => `At rate ${p.rate} a period counts whole days: give dates without hours.`),
  'periode/sans-edition': error((p: { date: string }) => `Aucune édition des tarifs n'est en vigueur le ${p.date}.`, (p) => `No edition of the rates is in force on ${p.date}.`),
  'periode/edition-sans-tarif': error((p: { rate: string; date: string }) => `L'édition en vigueur le ${p.date} n'a pas le tarif ${p.rate}.`, (p) => `The edition in force on ${p.date} has no rate ${p.rate}.`),
  'historique/chevauchement': error((p: { first: string; second: string }) => `Deux périodes de l'historique se chevauchent : ${p.first} et ${p.second}.`, (p) => `Two periods of the history overlap: ${p.first} and ${p.second}.`),
  'historique/apres': error((p: { found: string }) => `La période ${p.found} de l'historique finit après le début de la période facturée.`, (p) => `History period ${p.found} ends after the billed period starts.`),
  'etat/date': error((p: { until: string; start: string }) => `« etat » va jusqu'au ${p.until} ; la période commence le ${p.start}. Donner l'état de la période qui finit ce jour-là.`, (p) => `“etat” goes to ${p.until}; the period starts on ${p.start}. Give the state of the period that ends that day.`),
  'historique/trou': error((p: { found: string }) => `Il manque une période avant celle-ci : l'historique s'arrête le ${p.found}, et ce calcul lit la période précédente.`, (p) => `A period is missing before this one: the history stops on ${p.found}, and this computation reads the previous period.`),
  'releve/hors-periode': error((p: { found: string }) => `La relève du ${p.found} n'est pas à l'intérieur de la période.`, (p) => `The reading of ${p.found} is not inside the period.`),
  'releve/inutile': error((p: { found: string }) => `La relève du ${p.found} ne sert à rien : rien ne coupe la période ce jour-là.`, (p) => `The reading of ${p.found} serves nothing: nothing cuts the period that day.`),
  'mesures/desaccord': error((p: Name & { given: string; derived: string }) => `« ${p.name} » est donné (${p.given}) et se déduit de la série (${p.derived}) : les deux doivent s'accorder.`, (p) => `“${p.name}” is given (${p.given}) and follows from the series (${p.derived}): they must agree.`),
  'mesures/somme': error((p: Name & { total: string; parts: string }) => `« ${p.name} » vaut ${p.total} en tout, mais ${p.parts} dans ses parties.`, (p) => `“${p.name}” is ${p.total} in all, but ${p.parts} in its parts.`),
  'series/lacune': error((p: Name & { at: string }) => `La série « ${p.name} » n'a pas de valeur le ${p.at}.`, (p) => `Series “${p.name}” has no value at ${p.at}.`),
  'series/repetee': error((p: Name & { at: string; line: number }) => `La série « ${p.name} » donne deux fois ${p.at} (ligne ${p.line}).`, (p) => `Series “${p.name}” gives ${p.at} twice (line ${p.line}).`),
  'series/desordre': error((p: Name & { at: string; line: number }) => `La série « ${p.name} » recule à ${p.at} (ligne ${p.line}).`, (p) => `Series “${p.name}” goes back to ${p.at} (line ${p.line}).`),
  'series/valeur': error((p: Name & { found: string; line: number }) => `La série « ${p.name} » : « ${p.found} » n'est pas un nombre (ligne ${p.line}).`, (p) => `Series “${p.name}”: “${p.found}” is not a number (line ${p.line}).`),
  'series/heure': error((p: Name & { found: string; line: number; reason: string }) => `La série « ${p.name} » : ${p.found} ${p.reason} (ligne ${p.line}).`, (p) => `Series “${p.name}”: ${p.found} ${p.reason} (line ${p.line}).`),
  'series/pas': error((p: Name & { found: string }) => `La série « ${p.name} » : un pas de ${p.found} ne convient pas ; il faut 15, 30 ou 60 minutes, ou un jour.`, (p) => `Series “${p.name}”: a step of ${p.found} will not do; use 15, 30 or 60 minutes, or a day.`),
  'series/pas-grossier': error((p: Name & { found: string; needed: string }) => `La série « ${p.name} » a un pas de ${p.found} ; ce calcul demande ${p.needed}.`, (p) => `Series “${p.name}” has a step of ${p.found}; this computation needs ${p.needed}.`),
  'series/colonne': error((p: Name & { columns: string; nearest: string | undefined }) => `Le fichier n'a pas de colonne « ${p.name} » ; il a ${p.columns}.${hint(p.nearest, 'fr')}`, (p) => `The file has no column “${p.name}”; it has ${p.columns}.${hint(p.nearest, 'en')}`),
  'series/vide': error((p: Name) => `La série « ${p.name} » est vide.`, (p) => `Series “${p.name}” is empty.`),
  'valeurs/absente': error((p: Name & { rate: string }) => `Au tarif ${p.rate}, « ${p.name} » n'a pas de valeur ici : rien à réunir, et aucun « à défaut ».`, (p) => `At rate ${p.rate}, “${p.name}” has no value here: nothing to gather, and no “à défaut”.`),
  'valeurs/division-par-zero': error((p: { what: string }) => `Division par zéro : ${p.what}.`, (p) => `Division by zero: ${p.what}.`),
  'valeurs/aucun-cas': error((p: Name) => `Aucune rangée de « ${p.name} » ne vaut pour ce cas.`, (p) => `No row of “${p.name}” holds for this case.`),
  'valeurs/deux-cas': error((p: Name) => `Deux rangées de « ${p.name} » valent pour ce cas.`, (p) => `Two rows of “${p.name}” hold for this case.`),
  'admissibilite/exige': error((p: { article: string; condition: string; found: string; instead: string }) => `Non admissible (article ${p.article}) : ${p.condition}${p.found}.${instead(p.instead, 'fr')}`, (p) => `Not eligible (article ${p.article}): ${p.condition}${p.found}.${instead(p.instead, 'en')}`),
  'admissibilite/exclut': error((p: { article: string; condition: string; instead: string }) => `Exclu (article ${p.article}) : ${p.condition}.${instead(p.instead, 'fr')}`, (p) => `Excluded (article ${p.article}): ${p.condition}.${instead(p.instead, 'en')}`),
  'admissibilite/passage': error((p: { article: string; rate: string; condition: string }) => `Le tarif ${p.rate} s'applique (article ${p.article})${p.condition}.`, (p) => `Rate ${p.rate} applies (article ${p.article})${p.condition}.`),
  'controle/non-respecte': error((p: { article: string; condition: string; found: string }) => `Les données ne respectent pas l'article ${p.article} : ${p.condition}${p.found}.`, (p) => `The data break article ${p.article}: ${p.condition}${p.found}.`),
  'evenements/hors-plage': error((p: Name & { found: string; plage: string }) => `« ${p.name} » : ${p.found} sort de « ${p.plage} ».`, (p) => `“${p.name}”: ${p.found} lies outside “${p.plage}”.`),
  'evenements/chevauchement': error((p: Name & { found: string }) => `« ${p.name} » : ${p.found} commence avant la fin du précédent.`, (p) => `“${p.name}”: ${p.found} starts before the previous one ends.`),
  'options/aucune': error((p: { chapter: string; sections: string }) => `Le chapitre ${p.chapter} n'a pas d'option${p.sections === '' ? '' : ` dans les sections ${p.sections}`}.`, (p) => `Chapter ${p.chapter} has no option${p.sections === '' ? '' : ` in sections ${p.sections}`}.`),
  'options/non-admise': error((p: { option: string; rate: string; rates: string }) => `L'option « ${p.option} » ne s'ajoute pas au tarif ${p.rate}, mais à ${p.rates}.`, (p) => `Option “${p.option}” does not go with rate ${p.rate}, but with ${p.rates}.`),
  'options/ensemble': error((p: { rate: string; options: string; why: string }) => `Au tarif ${p.rate}, le livre ne dit pas comment réunir ${p.options} : ${p.why}`, (p) => `At rate ${p.rate} the book does not say how to join ${p.options}: ${p.why}`),
  'options/conflit': error((p: { name: string; first: string; second: string }) => `Les options ${p.first} et ${p.second} changent toutes deux « ${p.name} » : le livre ne dit pas laquelle l'emporte.`, (p) => `Options ${p.first} and ${p.second} both change “${p.name}”: the book does not say which prevails.`),
  'demandes/inconnue': error((p: Nearest) => `« ${p.name} » n'est pas une valeur de ce tarif.${hint(p.nearest, 'fr')}`, (p) => `“${p.name}” is not a value of this rate.${hint(p.nearest, 'en')}`),

  // ── reserves: what a bill says of itself ───────────────────────────────
  'reserve/non-verifie': advice((p: { condition: string; missing: string }) => `Condition non vérifiée : ${p.condition} (il manque ${p.missing}).`, (p) => `Condition not verified: ${p.condition} (missing ${p.missing}).`),
  'reserve/fenetre': advice((p: { window: string; from: string }) => `L'historique ne couvre pas ${p.window} en entier (il commence le ${p.from}). Ce qui manque est tenu pour inexistant.`, (p) => `The history does not wholly cover ${p.window} (it starts on ${p.from}). What is missing is taken as nothing.`),
  'reserve/presume': advice((p: { name: string; value: string }) => `« ${p.name} » n'est pas donné ; il est présumé ${p.value}.`, (p) => `“${p.name}” is not given; presumed ${p.value}.`),
  'reserve/article': advice((p: { text: string }) => p.text, (p) => p.text),
  'reserve/prorata': advice((p: { name: string; date: string }) => `Sans relève le ${p.date}, « ${p.name} » est réparti par jours.`, (p) => `Without a reading on ${p.date}, “${p.name}” is shared out by days.`),

  // ── tests ──────────────────────────────────────────────────────────────
  'exemples/ecart': error((p: { title: string; expression: string; expected: string; found: string }) => `Exemple « ${p.title} » : ${p.expression} devrait valoir ${p.expected} et vaut ${p.found}.`, (p) => `Example “${p.title}”: ${p.expression} should be ${p.expected} and is ${p.found}.`),
  'exemples/refus-attendu': error((p: { title: string; article: string; found: string }) => `Exemple « ${p.title} » : l'article ${p.article} devrait refuser le cas ; ${p.found}.`, (p) => `Example “${p.title}”: article ${p.article} should refuse the case; ${p.found}.`),
  'exemples/refus': error((p: { title: string; found: string }) => `Exemple « ${p.title} » : ${p.found}`, (p) => `Example “${p.title}”: ${p.found}`),
  'exemples/reserve': error((p: { title: string; article: string }) => `Exemple « ${p.title} » : une réserve de l'article ${p.article} était attendue.`, (p) => `Example “${p.title}”: a reserve of article ${p.article} was expected.`),
  'exemples/incomplet': error((p: { title: string; missing: string }) => `Exemple « ${p.title} » : il manque ${p.missing}.`, (p) => `Example “${p.title}”: ${p.missing} is missing.`),

  // ── a file of customers ────────────────────────────────────────────────
  'clients/format': error((p: { path: string }) => `« ${p.path} » : un fichier de clients est un .csv, un .ndjson ou un .parquet.`, (p) => `“${p.path}”: a file of customers is a .csv, a .ndjson or a .parquet.`),
  'clients/vide': error((_: None) => 'Le fichier de clients est vide.', () => 'The file of customers is empty.'),
  'clients/colonne': error((p: Name & { columns: string; nearest: string | undefined }) => `Le fichier de clients n'a pas de colonne « ${p.name} » ; il a ${p.columns}.${hint(p.nearest, 'fr')}`, (p) => `The file of customers has no column “${p.name}”; it has ${p.columns}.${hint(p.nearest, 'en')}`),
  'clients/csv': error((p: { line: number; detail: string }) => `Le CSV ne se lit pas à la ligne ${p.line} : ${p.detail}`, (p) => `The CSV cannot be read at line ${p.line}: ${p.detail}`),
  'clients/cellules': error((p: { found: number; expected: number }) => `Cette ligne a ${p.found} cases ; l'en-tête en a ${p.expected}.`, (p) => `This row has ${p.found} cells; the header has ${p.expected}.`),
  'clients/disperse': error((p: { client: string; line: number }) => `Les lignes du client « ${p.client} » ne se suivent pas : il revient à la ligne ${p.line}. Trier le fichier par client, puis par date.`, (p) => `The rows of customer “${p.client}” are not together: it comes back at line ${p.line}. Sort the file by customer, then by date.`),
  'clients/historique': error((_: None) => "Seule la première ligne d'un client peut apporter un historique : les lignes d'avant sont celui des suivantes.", () => 'Only the first row of a customer may bring a history: earlier rows are that of the later ones.'),
  'livre/section-inconnue': error((p: { name: string }) => `Le livre n'a pas de chapitre ni de section « ${p.name} ». Un chapitre s'écrit « 2 », une section « 2.3 ».`, (p) => `The book has no chapter or section “${p.name}”. A chapter is written “2”, a section “2.3”.`),
  'livre/client-type': error((p: { path: string; name: string }) => `Le client type « ${p.name} » (${p.path}) ne donne pas de facture ; ce qui l'empêche est dit à la suite.`, (p) => `The typical customer “${p.name}” (${p.path}) gives no bill; what prevents it is said next.`),
  'livre/typst': error((_: None) => 'Faire un PDF demande le paquet @myriaddreamin/typst-ts-node-compiler : npm install @myriaddreamin/typst-ts-node-compiler.', () => 'Making a PDF needs the package @myriaddreamin/typst-ts-node-compiler: npm install @myriaddreamin/typst-ts-node-compiler.'),
  'clients/duckdb': error((_: None) => 'Lire du Parquet demande le paquet @duckdb/node-api : npm install @duckdb/node-api. Le CSV et le NDJSON se lisent sans lui.', () => 'Reading Parquet needs the package @duckdb/node-api: npm install @duckdb/node-api. CSV and NDJSON are read without it.'),
  'clients/parquet': error((p: { detail: string }) => `Le fichier Parquet ne se lit pas : ${p.detail}`, (p) => `The Parquet file cannot be read: ${p.detail}`),
  'clients/double': error((p: Name & { type: string }) => `La colonne « ${p.name} » est de type ${p.type} : ses chiffres ne sont pas exacts. L'écrire en DECIMAL ou en texte.`, (p) => `Column “${p.name}” is of type ${p.type}: its figures are not exact. Write it as DECIMAL or as text.`),

  // ── compiled code ──────────────────────────────────────────────────────
  'compilation/impossible': error((p: { rate: string; reason: 'digits' | 'questions' | 'series' }) => `Aucun code n'est fait pour ce cas du tarif ${p.rate} : ${{ digits: "une règle lit les chiffres d'une quantité (un nombre de jours ou de rangées qui vient du cas)", questions: 'trop de comparaisons dépendent de ses nombres, heure par heure', series: 'une règle lit une série valeur par valeur' }[p.reason]}. « bareme bill » le facture.`, (p) => `No code is made for this case of rate ${p.rate}: ${{ digits: 'a rule reads the digits of a quantity (a number of days or rows that comes from the case)', questions: 'too many comparisons depend on its numbers, hour by hour', series: 'a rule reads a series value by value' }[p.reason]}. “bareme bill” bills it.`),

  // ── a batch ────────────────────────────────────────────────────────────
  'lot/passe': error((p: { line: number; rate: string }) => `La ligne ${p.line} de ce client n'a pas pu être lue, et le tarif ${p.rate} lit les périodes d'avant : sans elle, cette facture pourrait être fausse.`, (p) => `Line ${p.line} of this customer could not be read, and rate ${p.rate} reads earlier periods: without it, this bill could be wrong.`),
  'lot/sur-entree': error((p: { path: string }) => `« ${p.path} » est aussi l'entrée : la sortie la remplacerait. Donner un autre nom à « --out ».`, (p) => `“${p.path}” is also the input: the output would replace it. Give “--out” another name.`),
  'lot/meme-sortie': error((p: { first: string; second: string; path: string }) => `« ${p.first} » et « ${p.second} » iraient tous deux dans « ${p.path} ».`, (p) => `“${p.first}” and “${p.second}” would both go to “${p.path}”.`),
  'lot/dossier-vide': error((p: { path: string }) => `Le dossier « ${p.path} » ne contient aucun fichier de clients (.csv, .tsv, .ndjson, .jsonl, .parquet).`, (p) => `The folder “${p.path}” holds no file of customers (.csv, .tsv, .ndjson, .jsonl, .parquet).`),
  'lot/entree-changee': error((p: { path: string }) => `« ${p.path} » a changé pendant la facturation : rien n'en est gardé. Recommencer sans « --resume ».`, (p) => `“${p.path}” changed while it was being billed: nothing of it is kept. Start again without “--resume”.`),
  'lot/rien-a-reprendre': error((p: { path: string }) => `Aucun passage interrompu ne mène à « ${p.path} » : il n'y a rien à reprendre. Lancer la même commande sans « --resume ».`, (p) => `No interrupted run leads to “${p.path}”: there is nothing to resume. Run the same command without “--resume”.`),
  'lot/reprise': error((p: { path: string; reason: string }) => `Le passage interrompu vers « ${p.path} » ne peut pas être repris : ${p.reason}. Recommencer sans « --resume ».`, (p) => `The interrupted run to “${p.path}” cannot be resumed: ${p.reason}. Start again without “--resume”.`),
  'lot/occupe': error((p: { path: string; pid: number; journal: string }) => `Un autre passage (processus ${p.pid}) écrit « ${p.path} ». S'il n'existe plus, effacer « ${p.journal} ».`, (p) => `Another run (process ${p.pid}) is writing “${p.path}”. If it is gone, delete “${p.journal}”.`),
  'lot/ligne-longue': error((p: { line: number; most: number }) => `La ligne ${p.line}, ou les lignes de son client, dépassent ${p.most} Mo : un guillemet n'est peut-être pas fermé.`, (p) => `Line ${p.line}, or the lines of its customer, are longer than ${p.most} MB: a quote may be left open.`),
  'lot/duckdb': error((_: None) => 'Écrire du Parquet demande le paquet @duckdb/node-api : npm install @duckdb/node-api. Le CSV et le NDJSON s\'écrivent sans lui.', () => 'Writing Parquet needs the package @duckdb/node-api: npm install @duckdb/node-api. CSV and NDJSON are written without it.'),

  // ── rates as SQL ───────────────────────────────────────────────────────
  'sql/dates': error((p: { what: string }) => `Les montants dépendent de dates (${p.what}) : une requête ne le dit pas.`, (p) => `Amounts depend on dates (${p.what}): a query does not say it.`),
  'sql/passe': error((p: { what: string }) => `Les montants lisent le passé d'une façon qu'une requête ne dit pas (${p.what}).`, (p) => `Amounts read the past in a way that a query does not say (${p.what}).`),
  'sql/periode-precedente': error((p: { what: string }) => `Les montants dépendent de la facture d'avant (${p.what}).`, (p) => `Amounts depend on the bill before (${p.what}).`),
  'sql/feuille': error((p: { what: string }) => `Les montants se calculent par jour, heure ou intervalle (${p.what}).`, (p) => `Amounts are worked out by day, hour or interval (${p.what}).`),
  'sql/plage': error((p: { what: string }) => `Les montants dépendent d'une plage qui n'est pas une saison (${p.what}).`, (p) => `Amounts depend on a set of time that is not a season (${p.what}).`),
  'sql/quotient': error((p: { what: string }) => `Un quotient de deux nombres du cas n'a pas de dénominateur fixe (${p.what}).`, (p) => `A quotient of two numbers of the case has no fixed denominator (${p.what}).`),
  'sql/largeur': error((p: { what: string }) => `Un nombre dépasserait 38 chiffres (${p.what}).`, (p) => `A number would pass 38 digits (${p.what}).`),
  'sql/voies': error((p: { most: number }) => `Il y a plus de ${p.most} cas de figure. En fixer des données avec --set.`, (p) => `There are more than ${p.most} cases. Set some data with --set.`),
  'sql/chiffres': error((_: None) => "Une règle lit les chiffres d'un nombre : une requête ne le dit pas.", () => 'A rule reads the digits of a number: a query does not say it.'),
  'sql/condition': error((p: { article: string; fr: string; en: string }) => `Une condition de l'article ${p.article} ne se dit pas. ${p.fr}`, (p) => `A condition of article ${p.article} cannot be said. ${p.en}`),
  'sql/rien': error((p: { article: string }) => `Toute ligne serait refusée (${p.article}) : donner d'autres colonnes (--column) ou d'autres valeurs (--set).`, (p) => `Every row would be refused (${p.article}): give other columns (--column) or values (--set).`),
  'sql/donnee': error((p: Nearest) => `Le tarif ne lit pas de donnée « ${p.name} » dont une colonne serait faite.${hint(p.nearest, 'fr')}`, (p) => `The rate reads no datum “${p.name}” that could be a column.${hint(p.nearest, 'en')}`),
  'sql/valeur': error((p: { name: string; found: string }) => `« ${p.found} » ne convient pas à « ${p.name} ».`, (p) => `“${p.found}” will not do for “${p.name}”.`),

  // ── command line ───────────────────────────────────────────────────────
  'commande/inconnue': error((p: Nearest) => `Il n'y a pas de commande « ${p.name} ».${hint(p.nearest, 'fr')}`, (p) => `There is no command “${p.name}”.${hint(p.nearest, 'en')}`),
  'commande/argument-absent': error((p: Name) => `Il manque « ${p.name} ».`, (p) => `“${p.name}” is missing.`),
  'commande/argument-en-trop': error((p: { found: string; most: number }) => `« ${p.found} » est de trop : ${p.most === 0 ? "cette commande ne prend pas d'argument" : `cette commande en prend ${p.most}`}.`, (p) => `“${p.found}” is one too many: this command takes ${p.most === 0 ? 'no argument' : p.most}.`),
  'commande/option-inconnue': error((p: Nearest) => `Il n'y a pas d'option « ${p.name} ».${hint(p.nearest, 'fr')}`, (p) => `There is no option “${p.name}”.${hint(p.nearest, 'en')}`),
  'commande/option-absente': error((p: Name) => `L'option « ${p.name} » est obligatoire.`, (p) => `Option “${p.name}” is required.`),
  'commande/options-contraires': error((p: { first: string; second: string }) => `Les options « ${p.first} » et « ${p.second} » s'excluent.`, (p) => `Options “${p.first}” and “${p.second}” exclude each other.`),
  'commande/valeur-absente': error((p: Name) => `L'option « ${p.name} » attend une valeur.`, (p) => `Option “${p.name}” needs a value.`),
  'commande/choix': error((p: { name: string; found: string; choices: string }) => `« ${p.found} » ne convient pas à « ${p.name} » ; les choix sont ${p.choices}.`, (p) => `“${p.found}” will not do for “${p.name}”; the choices are ${p.choices}.`),
  'commande/valeur': error((p: { name: string; found: string; why: string }) => `« ${p.found} » ne convient pas à « ${p.name} » : ${p.why}`, (p) => `“${p.found}” will not do for “${p.name}”: ${p.why}`),
} as const;

export type Code = keyof typeof CATALOGUE;
/** The parameters that a code's message needs. */
export type Params<C extends Code> = Parameters<(typeof CATALOGUE)[C]['fr']>[0];
