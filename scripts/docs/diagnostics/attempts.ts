/**
 * How each mistake that is no mistake of a tariff file is made: the files that stand in the folder, and the command. `npm run docs`
 * runs them and prints what the command says, so that a page never shows a message that is no longer given.
 */
import type { Code } from '../../../src/diagnostics/catalogue.ts';

export interface Attempt {
  /** Path → content. Without a tariff among them, the tariffs are those of `spec/fixtures/contrat.tarif`. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly command: string;
  /** Only these fields of the JSON that the command prints. */
  readonly fields?: readonly string[];
}

type Json = Record<string, unknown>;
/** A case with a field a line. */
const written = (value: Json): string => `{\n${Object.entries(value).map(([key, field]) => `  ${JSON.stringify(key)}: ${oneLine(field)}`).join(',\n')}\n}\n`;
const oneLine = (value: unknown): string => JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ');

const bill = (value: Json | string, files: Attempt['files'] = {}): Attempt => ({ files: { 'cas.json': typeof value === 'string' ? `${value}\n` : written(value), ...files }, command: 'bareme bill cas.json' });
const command = (line: string, files: Attempt['files'] = {}): Attempt => ({ files, command: line });

const june = { debut: '2026-06-01', fin: '2026-07-01' };
const january = { debut: '2027-01-01', fin: '2027-02-01' };
const D = { tarif: 'D', periode: june, donnees: { energie: 900 } };
const P = { tarif: 'P', periode: june, donnees: { energie: 900, puissance_maximale_appelee: 60, phases: 1 } };
const BANK = { tarif: 'D', options: ['banque'], periode: june, donnees: { energie: 900, energie_injectee: 40 } };
const events = (...evenement_de_pointe: readonly Json[]): Json => ({ tarif: 'E', periode: january, donnees: { evenement_de_pointe }, series: { puissance_reelle: { fichier: 'compteur.csv' } } });
const past = (debut: string, fin: string, donnees: Json): Json => ({ periode: { debut, fin }, donnees });

/** A day at rate E with the meter's file beside the case. */
const metered = (rows: string): Attempt => bill({ tarif: 'E', periode: { debut: '2027-01-08', fin: '2027-01-09' }, donnees: { evenement_de_pointe: [] }, series: { puissance_reelle: { fichier: 'compteur.csv' } } }, { 'compteur.csv': rows });
const time = (minutes: number): string => `2027-01-08 ${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const MONTH = `horodatage;kw\n${Array.from({ length: 31 * 24 }, (_, hour) => `2027-01-${String(1 + Math.floor(hour / 24)).padStart(2, '0')} ${String(hour % 24).padStart(2, '0')}:00;2`).join('\n')}\n`;

const BOOK = `édition « Essai » en vigueur le 1er avril 2026
  arrondit les lignes à 0,01 $

dispositions communes
article 1.1 « Définitions »
  mesure énergie en kWh
  mesure puissance_maximale_appelée en kW

tarif D « Tarif D »
article 2.4 « Domaine d'application »
  donnée usage parmi domestique ou commercial présumée domestique
  exclut usage = commercial
article 2.5 « Structure du tarif D »
  énergie 7,065 ¢/kWh
`;
/** The small book with more under its last article. */
const book = (more: string): Attempt['files'] => ({ 'tariffs/2026-04-01/edition.tarif': `${BOOK}${more}` });
const billed = (more: string, value: Json): Attempt => bill(value, book(more));
/** A line whose price changes with the season. */
const SEASONAL = '  plage hiver = du 1er décembre au 31 mars\n  plage été = du 1er avril au 30 novembre\n  énergie saisonnière de énergie\n    1 ¢/kWh  en été\n    2 ¢/kWh  en hiver\n';
/** The small book, where an article says what becomes of a period that straddles two editions. */
const CUT = BOOK.replace('tarif D', "article 12.14 « Entrée en vigueur »\n  fractionne la facture au changement d'édition, d'après la relève, à défaut au prorata des jours\n\ntarif D");
const tested = (...lines: readonly string[]): Attempt => command('bareme test tariffs', book(`${lines.map((line) => `  ${line}`).join('\n')}\n`));
const compared = (rows: string | Uint8Array, name = 'clients.csv'): Attempt => command(`bareme compare tariffs/2026-04-01 tariffs/2026-04-01 --clients ${name} --threads 1`, { ...book(''), [name]: rows });

/** The typical customers of the small book. */
const HOUSE = { fr: 'une maison', en: 'a house' };
const customers = (courbes: Json): Attempt['files'] => ({ 'tariffs/2026-04-01/clients-types.json': written({ version: 1, courbes }) });
/** Customers of the small book. */
const CLIENTS = 'client;tarif;debut;fin;energie\nmaison-1;D;2026-06-01;2026-07-01;900\n';

export const ATTEMPTS: { readonly [C in Code]?: Attempt } = {
  'texte/encodage': command('bareme check tariffs', { 'tariffs/2026-04-01/edition.tarif': Buffer.from(BOOK, 'latin1') }),
  'texte/non-ecrit': command('bareme docs --prices prix.csv', { ...book(''), 'prix.csv/note.txt': 'un dossier porte déjà ce nom\n' }),
  'texte/introuvable': command('bareme bill absent.json'),
  'texte/dossier-occupe': command('bareme docs site --threads 1', { ...book(''), 'site/notes.txt': 'à moi\n' }),
  'texte/traduction': command('bareme docs --cards fiches', { ...book(''), 'tariffs/2026-04-01/anglais/termes.json': '{ "énergie": 3 }\n' }),
  'texte/clients-types': command('bareme docs --cards fiches', { ...book(''), ...customers({ D: { client: HOUSE, jusqua: 'beaucoup' } }) }),
  'edition/double': command('bareme check tariffs', { 'tariffs/a/edition.tarif': BOOK, 'tariffs/b/edition.tarif': BOOK }),
  'edition/plusieurs': command('bareme compare tariffs 2026-04-01', { 'tariffs/2025-04-01/edition.tarif': BOOK.replace('2026', '2025'), 'tariffs/2026-04-01/edition.tarif': BOOK }),

  'cas-json/syntaxe': bill('{ "tarif": "D", }'),
  'cas-json/profondeur': bill(`{ "donnees": ${'['.repeat(70)}${']'.repeat(70)} }`),
  'cas-json/champ-repete': bill('{ "tarif": "D", "tarif": "P" }'),
  'cas-json/champ-inconnu': bill({ ...D, donnees: { energi: 900 } }),
  'cas-json/champ-absent': bill({ ...P, donnees: { energie: 900, phases: 1 } }),
  'cas-json/mesure-absente': billed('  pointe_du_jour par jour = puissance_maximale_appelée\n  montant pointes = somme de pointe_du_jour × 0,1 $/kW\n', { ...D, donnees: { energie: 900, puissance_maximale_appelee: 20 } }),
  'cas-json/type': bill({ ...D, donnees: { energie: '900,5' } }),
  'cas-json/borne': bill({ ...P, donnees: { ...P.donnees, logements: 0 } }),
  'cas-json/date': bill({ ...D, periode: { debut: '2026-02-29', fin: '2026-04-01' } }),
  'cas-json/choix': bill({ ...P, donnees: { ...P.donnees, usage: 'domestiques' } }),

  'periode/vide': bill({ ...D, periode: { debut: '2026-07-01', fin: '2026-06-01' } }),
  'periode/jours-entiers': bill({ ...D, periode: { debut: '2026-06-01T08:00', fin: '2026-07-01' } }),
  'periode/sans-edition': bill({ ...D, periode: { debut: '2019-05-01', fin: '2019-06-01' } }),
  'periode/edition-sans-tarif': bill({ tarif: 'G', periode: { debut: '2025-06-01', fin: '2025-07-01' }, donnees: { energie: 900 } }, { 'tariffs/2025-04-01/edition.tarif': BOOK.replace('2026', '2025'), 'tariffs/2026-04-01/edition.tarif': `${BOOK}\ntarif G « Tarif G »\narticle 3.2 « Structure du tarif G »\n  énergie 12 ¢/kWh\n` }),
  'historique/chevauchement': bill({ ...P, historique: [past('2026-01-01', '2026-02-01', { puissance_maximale_appelee: 90 }), past('2026-01-15', '2026-02-15', { puissance_maximale_appelee: 80 })] }),
  'historique/apres': bill({ ...P, historique: [past('2026-05-15', '2026-06-15', { puissance_maximale_appelee: 90 })] }),
  'historique/trou': bill({ ...BANK, historique: [past('2026-03-31', '2026-04-30', { energie: 800, energie_injectee: 5 })] }),
  'etat/date': bill({ ...BANK, etat: { au: '2026-05-01', banque: '3' } }),
  'releve/hors-periode': bill({ ...D, releves: [{ date: '2026-08-01', donnees: { energie: 300 } }] }),
  'releve/inutile': bill({ ...D, releves: [{ date: '2026-06-10', donnees: { energie: 300 } }] }),

  'mesures/desaccord': bill({ ...events(), donnees: { evenement_de_pointe: [], energie: 900 } }, { 'compteur.csv': MONTH }),
  'mesures/somme': billed(SEASONAL, { tarif: 'D', periode: { debut: '2026-11-01', fin: '2027-01-01' }, donnees: { energie: 900, energie_pendant_ete: 500, energie_pendant_hiver: 500 } }),
  'series/lacune': metered(`horodatage;kw\n${[0, 15, 30, 60, 75].map((at) => `${time(at)};2`).join('\n')}\n`),
  'series/repetee': metered(`horodatage;kw\n${[0, 15, 30, 30, 45].map((at) => `${time(at)};2`).join('\n')}\n`),
  'series/desordre': metered(`horodatage;kw\n${[0, 15, 30, 0, 45].map((at) => `${time(at)};2`).join('\n')}\n`),
  'series/valeur': metered(`horodatage;kw\n${time(0)};2\n${time(15)};n/d\n`),
  'series/heure': bill({ tarif: 'E', periode: { debut: '2027-03-14', fin: '2027-03-15' }, donnees: { evenement_de_pointe: [] }, series: { puissance_reelle: { fichier: 'compteur.csv' } } }, { 'compteur.csv': 'horodatage;kw\n2027-03-14 01:45;2\n2027-03-14 02:00;2\n' }),
  'series/pas': metered(`horodatage;kw\n${[0, 20, 40].map((at) => `${time(at)};2`).join('\n')}\n`),
  'series/pas-grossier': bill({ ...events({ debut: '2027-01-08T06:00', fin: '2027-01-08T10:00' }), series: { puissance_reelle: { debut: '2027-01-01', pas: 1440, valeurs: Array<number>(31).fill(2) } } }),
  'series/colonne': metered(`horodatage;courant;tension\n${time(0)};2;600\n`),
  'series/vide': metered('horodatage;kw\n'),

  'valeurs/absente': billed("  prix_moyen = moyenne de énergie sur les 12 périodes précédentes\n  montant rappel = prix_moyen × 1 ¢/kWh\n", { ...D }),
  'valeurs/division-par-zero': bill({ ...P, donnees: { ...P.donnees, puissance_maximale_appelee: 0 }, demandes: ['charge_moyenne'] }),
  'admissibilite/exige': bill({ ...P, donnees: { ...P.donnees, usage: 'mixte' } }),
  'admissibilite/exclut': billed('', { ...D, donnees: { energie: 900, usage: 'commercial' } }),
  'admissibilite/passage': billed("  passe au tarif M si puissance_maximale_appelée ≥ 65 kW\n\ntarif M « Tarif M »\narticle 4.2 « Structure du tarif M »\n  énergie 6 ¢/kWh\n", { ...D, donnees: { energie: 900, puissance_maximale_appelee: 70 } }),
  'controle/non-respecte': billed('  contrôle énergie ≤ 5 000 kWh « la consommation annoncée au contrat »\n', { ...D, donnees: { energie: 5400 } }),
  'evenements/hors-plage': bill(events({ debut: '2027-01-08T11:00', fin: '2027-01-08T13:00' }), { 'compteur.csv': MONTH }),
  'evenements/chevauchement': bill(events({ debut: '2027-01-08T06:00', fin: '2027-01-08T09:00' }, { debut: '2027-01-08T08:00', fin: '2027-01-08T10:00' }), { 'compteur.csv': MONTH }),
  'options/non-admise': bill({ ...D, options: ['rabais'] }),
  'options/ensemble': billed("\noption rodage « Rodage » sur D\narticle 6.1 « Rodage »\n  remplace énergie = énergie d'origine − 10 kWh\n\noption reprise « Reprise » sur D\narticle 6.2 « Reprise »\n  remplace énergie = énergie d'origine − 20 kWh\n", { ...D, options: ['rodage', 'reprise'] }),
  'demandes/inconnue': bill({ ...P, demandes: ['puissance_a_facture'] }),

  'reserve/non-verifie': { ...billed('  donnée réseau parmi principal ou autonome\n  exige réseau = principal « le réseau est le principal »\n', D), command: 'bareme bill cas.json --json', fields: ['reserves'] },
  'reserve/fenetre': { ...bill(P), command: 'bareme bill cas.json --json', fields: ['reserves'] },
  'reserve/presume': { ...bill(P), command: 'bareme bill cas.json --json', fields: ['presomptions'] },
  'reserve/article': { ...billed('  réserve « le coût des travaux, que fixe une entente » si énergie > 500 kWh\n', D), command: 'bareme bill cas.json --json', fields: ['reserves'] },
  'reserve/prorata': { ...bill({ ...D, periode: { debut: '2026-03-15', fin: '2026-04-15' } }, { 'tariffs/2025-04-01/edition.tarif': CUT.replace('2026', '2025').replace('7,065', '6,905'), 'tariffs/2026-04-01/edition.tarif': CUT }), command: 'bareme bill cas.json --json', fields: ['reserves'] },

  'exemples/ecart': tested('exemple « 100 kWh »', '  période du 1er juin 2026 au 30 juin 2026', '  énergie = 100 kWh', '  donne', '    total = 7,06 $'),
  'exemples/refus-attendu': tested('exemple « une maison »', '  période du 1er juin 2026 au 30 juin 2026', '  énergie = 100 kWh', '  refusé par 2.4'),
  'exemples/refus': tested('exemple « un commerce »', '  période du 1er juin 2026 au 30 juin 2026', '  énergie = 100 kWh', '  usage = commercial', '  donne', '    total = 7,065 $'),
  'exemples/reserve': tested('exemple « avec réserve »', '  période du 1er juin 2026 au 30 juin 2026', '  énergie = 100 kWh', '  donne', '    total = 7,065 $', '    réserve 1.1'),
  'exemples/incomplet': tested('exemple « sans suite »', '  période du 1er juin 2026 au 30 juin 2026', '  énergie = 100 kWh'),

  'clients/format': compared('rien de lisible ici\n', 'clients.xlsx'),
  'clients/vide': compared(''),
  'clients/colonne': compared('cliant;tarif;debut;fin;energie\nmaison-1;D;2026-06-01;2026-07-01;900\n'),
  'clients/csv': compared('client;tarif;debut;fin;energie\n"maison-1;D;2026-06-01;2026-07-01;900\n'),
  'clients/cellules': compared('client;tarif;debut;fin;energie\nmaison-1;D;2026-06-01;2026-07-01\n'),
  'clients/disperse': compared('client;tarif;debut;fin;energie\nA;D;2026-06-01;2026-07-01;900\nB;D;2026-06-01;2026-07-01;800\nA;D;2026-07-01;2026-08-01;700\n'),
  'clients/historique': compared(`${[{ client: 'A', ...D }, { client: 'A', ...D, periode: { debut: '2026-07-01', fin: '2026-08-01' }, historique: [past('2026-05-01', '2026-06-01', { energie: 700 })] }].map((each) => JSON.stringify(each)).join('\n')}\n`, 'clients.ndjson'),
  'clients/duckdb': compared('PAR1', 'clients.parquet'),

  'lot/sur-entree': command('bareme batch clients.csv --out clients.csv', { ...book(''), 'clients.csv': CLIENTS }),
  'lot/meme-sortie': command('bareme batch clients --out factures', { ...book(''), 'clients/est.csv': CLIENTS, 'clients/est.tsv': CLIENTS }),
  'lot/dossier-vide': command('bareme batch clients --out factures', { ...book(''), 'clients/notes.txt': 'à venir\n' }),
  'lot/rien-a-reprendre': command('bareme batch clients.csv --out factures.csv --resume', { ...book(''), 'clients.csv': CLIENTS }),
  'lot/reprise': command('bareme batch clients.csv --out factures.csv --resume', { ...book(''), 'clients.csv': CLIENTS, 'factures.csv.journal': '{ "version": 0 }\n' }),
  'lot/occupe': command('bareme batch clients.csv --out factures.csv', { ...book(''), 'clients.csv': CLIENTS, 'factures.csv.journal': '{ "version": 1, "pid": 1, "standing": { "chunks": 4 } }\n' }),
  'lot/duckdb': command('bareme batch clients.csv --out factures.parquet', { ...book(''), 'clients.csv': CLIENTS }),

  'sql/dates': command('bareme sql D', book('  donnée mise_en_service date\n  crédit arrivée = 1 ¢/kWh × énergie si premier_jour < mise_en_service + 30 jours\n')),
  'sql/passe': command('bareme sql D', book('  crédit fidélité = 1 ¢/kWh × moyenne de énergie sur les 12 derniers mois\n')),
  'sql/periode-precedente': command('bareme sql D+banque'),
  'sql/feuille': command('bareme sql D', book('  énergie_par_jour par jour = énergie\n  crédit pointe = 1 ¢/kWh × maximum de énergie_par_jour\n')),
  'sql/plage': command('bareme sql D', book('  plage nuit = de 0 h à 6 h\n  crédit nuit de énergie pendant nuit à 1 ¢/kWh\n')),
  'sql/quotient': command('bareme sql D', book('  charge = énergie ÷ puissance_maximale_appelée\n  crédit charge = 1 $/h × charge si puissance_maximale_appelée > 0 kW\n')),
  'sql/condition': command('bareme sql D', book('  appel_par_jour par jour = puissance_maximale_appelée\n  exige maximum de appel_par_jour < 65 kW\n')),
  'sql/rien': command('bareme sql D --set usage=commercial', book('')),
  'sql/donnee': command('bareme sql D --column energi', book('')),
  'sql/valeur': command('bareme sql D --set usage=agricole', book('')),

  'livre/pdf': command('bareme reconcile livre-2027.pdf', { ...book(''), 'livre-2027.pdf': '%PDF-1.7\n' }),
  'livre/sans-article': command('bareme reconcile notes.txt', { ...book(''), 'notes.txt': 'Acheter du café.\n' }),
  'livre/resume': command('bareme reconcile livre-2026.json', { ...book(''), 'livre-2026.json': '{ "articles": 3 }\n' }),
  'livre/client-type': command('bareme docs --cards fiches', { ...book(''), ...customers({ D: { client: HOUSE, jusqua: '4000', donnees: { usage: 'commercial' } } }) }),
  'livre/section-inconnue': command('bareme docs --pdf tarifs.pdf --section 2.99', book('')),
  'livre/typst': command('bareme docs --pdf tarifs.pdf', book('')),

  'commande/inconnue': command('bareme bil cas.json'),
  'commande/argument-absent': command('bareme bill'),
  'commande/argument-en-trop': command('bareme schema D DP'),
  'commande/option-absente': command('bareme batch clients.csv'),
  'commande/option-inconnue': command('bareme check --jsonn'),
  'commande/options-contraires': command('bareme docs --pdf livre.pdf --prices prix.csv'),
  'commande/valeur-absente': command('bareme check --tariffs'),
  'commande/choix': command('bareme docs site --threads 9'),
  'commande/valeur': command('bareme docs --prices prix.xlsx'),
};
