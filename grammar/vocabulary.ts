/**
 * The words of the language, in one table. The lexer, the messages, the guide's list of keywords and, later, the editor's
 * colours and completion are all made from it. A word stands here once.
 */

export type WordKind = 'entête' | 'énoncé' | 'rôle' | 'garde' | 'opérateur' | 'agrégat' | 'fenêtre' | 'temps' | 'liaison';

export interface Word<T extends string = string> {
  /** The token's name in the grammar and in its diagram. */
  readonly token: T;
  /** The spellings that are read; the first is the one that is written. A space stands for one or more blanks. */
  readonly spellings: readonly string[];
  readonly kind: WordKind;
  /** Whether the word may also serve as the name of a value (`énergie`, `prime`). */
  readonly alsoName?: true;
  /** A short explanation, for the guide. */
  readonly help: string;
}

const word = <const T extends string>(token: T, kind: WordKind, spellings: string | readonly string[], help: string): Word<T> => ({
  token, kind, spellings: typeof spellings === 'string' ? [spellings] : spellings, help,
});
const nameable = <T extends string>(entry: Word<T>): Word<T> => ({ ...entry, alsoName: true });

const words = [
  word('Edition', 'entête', 'édition', "ouvre l'édition d'un livre de tarifs"),
  word('EnVigueur', 'entête', 'en vigueur le', "date d'entrée en vigueur de l'édition"),
  word('Modifie', 'entête', "modifie l'édition du", "l'édition ne dit que ce qui change"),
  word('Chapitre', 'entête', 'chapitre', 'un chapitre du livre'),
  nameable(word('Section', 'entête', ['section', 'sections'], 'une section du livre ; « option du chapitre 6 », « option des sections 2 et 4 du chapitre 6 » : n’importe laquelle de ces options')),
  nameable(word('Tarif', 'entête', 'tarif', "ouvre un tarif ; dans une valeur, le tarif de l'abonnement")),
  word('GrandePuissance', 'entête', 'de grande puissance', "le tarif compte en heures d'un mois de 720 h"),
  nameable(word('Option', 'entête', 'option', "ouvre une option ; dans une condition, dit si elle est prise")),
  word('DispositionsCommunes', 'entête', 'dispositions communes', 'ce qui vaut pour tous les tarifs, ou pour ceux que nomme « aux tarifs », ou pour des options prises ensemble'),
  word('AuxTarifs', 'entête', ['aux tarifs', 'au tarif'], 'désigne un ou plusieurs tarifs'),
  word('AuxOptions', 'entête', 'aux options', 'ce qui ne vaut que si le cas prend toutes ces options'),
  word('Modele', 'entête', ['modèle', 'le modèle'], "une pièce partagée, qu'un article reprend"),
  nameable(word('Article', 'entête', ['article', 'articles', "l'article", 'les articles'], "un article du livre, ou un renvoi à un article")),
  word('Suite', 'entête', 'suite', "la suite d'un article, sous un autre entête"),
  word('SurRenvoi', 'entête', 'sur renvoi', "l'article n'agit que là où un autre y renvoie"),
  word('Arrondit', 'entête', 'arrondit les lignes à', 'le pas auquel une ligne imprimée est arrondie'),
  word('Taxe', 'entête', 'taxe', 'une taxe sur la somme des lignes arrondies'),

  word('Donnee', 'énoncé', 'donnée', "ce que le cas fournit"),
  word('Mesure', 'énoncé', 'mesure', "une quantité mesurée, qui existe pour toute durée"),
  word('Plage', 'énoncé', 'plage', "un ensemble d'instants"),
  word('Table', 'énoncé', 'table', 'des définitions écrites en tableau'),
  word('DApres', 'énoncé', "d'après", 'ce dont dépendent les rangées'),
  word('Remplace', 'énoncé', 'remplace', 'met une valeur à la place d’une autre'),
  word('LaFacture', 'énoncé', 'la facture', 'toutes les lignes du tarif'),
  word('Majore', 'énoncé', 'majore', 'ajoute au prix d’une ligne'),
  word('Reduit', 'énoncé', 'réduit', 'retranche du prix d’une ligne'),
  word('SIlYALieu', 'énoncé', "s'il y a lieu", 'applique des articles « sur renvoi »'),
  word('Exige', 'énoncé', 'exige', "condition d'admissibilité"),
  word('Exclut', 'énoncé', 'exclut', "condition qui rend inadmissible"),
  word('Controle', 'énoncé', 'contrôle', 'condition que les données doivent remplir'),
  word('Renvoie', 'énoncé', 'renvoie', "nomme les tarifs qui s'appliquent à la place"),
  word('Passe', 'énoncé', 'passe', 'changement de tarif imposé'),
  word('Fractionne', 'énoncé', 'fractionne', 'coupe la période, ou une grandeur'),
  word('ChangementEdition', 'énoncé', "au changement d'édition", "coupe à l'entrée en vigueur d'une autre édition"),
  word('AuxBords', 'énoncé', 'aux bords', 'coupe au début et à la fin d’une plage'),
  word('AuxChangements', 'énoncé', 'aux changements', 'coupe quand une donnée change'),
  word('Aux', 'liaison', 'aux', 'introduit des dates de coupe'),
  word('DApresLaReleve', 'énoncé', "d'après la relève", 'le cas donne la lecture du compteur à la coupe'),
  word('AuProrata', 'énoncé', 'à défaut au prorata des jours', 'sans lecture, les quantités sont réparties par jours'),
  word('Reprend', 'énoncé', 'reprend', "comme si c'était écrit ici"),
  word('Fait', 'énoncé', 'fait', "ce que l'article fixe sans montant"),
  nameable(word('Note', 'énoncé', 'note', 'une explication')),
  word('SansCalcul', 'énoncé', 'sans calcul', "pourquoi des mots suffisent à l'article"),
  word('Reserve', 'énoncé', 'réserve', "ce qui n'est pas calculé, et pourquoi"),
  word('Lecture', 'énoncé', 'lecture', "notre lecture d'un texte ambigu"),
  word('Retient', 'énoncé', 'retient', 'la lecture suivie'),
  word('Ecarte', 'énoncé', 'écarte', 'une autre lecture possible'),
  word('Verifie', 'énoncé', 'vérifie', "une égalité que le livre affirme"),
  word('HorsCalcul', 'énoncé', 'hors calcul', "un chiffre que l'article imprime et qui n'est pas une règle, avec sa raison"),
  word('HorsLivre', 'énoncé', 'hors livre', "un chiffre du bloc que l'article n'imprime pas, avec sa raison"),
  word('Coquille', 'énoncé', 'coquille', "une erreur du livre, déclarée"),
  word('AuLieuDe', 'énoncé', 'au lieu de', 'ce que le livre aurait dû imprimer'),
  word('Client', 'énoncé', ['client', 'le client'], 'le client ou la cliente'),
  word('HydroQuebec', 'énoncé', 'Hydro-Québec', 'le distributeur'),
  word('Doit', 'énoncé', 'doit', 'une obligation'),
  word('Peut', 'énoncé', 'peut', 'un droit'),
  word('NeDoitPas', 'énoncé', 'ne doit pas', 'une interdiction'),
  word('NePeutPas', 'énoncé', 'ne peut pas', 'une impossibilité'),
  nameable(word('Delai', 'énoncé', 'délai', "la durée d'un délai")),
  word('Avant', 'énoncé', 'avant', 'une échéance'),
  word('Exemple', 'énoncé', 'exemple', "un cas et ce qu'il doit donner"),
  word('Historique', 'énoncé', 'historique', 'les périodes passées du cas'),
  word('Releve', 'énoncé', 'relève du', 'une lecture du compteur pendant la période'),
  word('Donne', 'énoncé', 'donne', "ce que l'exemple doit donner"),
  word('RefusePar', 'énoncé', ['refusé par', 'refusée par'], "l'article qui refuse le cas"),

  nameable(word('Frais', 'rôle', 'frais', "ligne de frais, en $/mois ou $/jour")),
  nameable(word('Energie', 'rôle', 'énergie', "ligne d'énergie, en $/kWh")),
  nameable(word('Prime', 'rôle', 'prime', 'ligne de prime, en $/kW/mois')),
  nameable(word('Credit', 'rôle', 'crédit', 'ligne qui réduit la facture')),
  nameable(word('Penalite', 'rôle', 'pénalité', 'ligne qui augmente la facture')),
  nameable(word('Montant', 'rôle', 'montant', "ligne d'un montant ; dans une valeur, le montant d'une ligne")),
  nameable(word('Minimum', 'rôle', 'minimum', 'plancher de la facture ; agrégat : la plus petite valeur')),

  word('OuiOuNon', 'énoncé', 'oui ou non', 'sorte de donnée : vrai ou faux'),
  word('EnPlages', 'énoncé', 'en plages', "sorte de donnée : une liste d'intervalles de temps"),
  word('EnListe', 'énoncé', 'en liste', 'sorte de donnée : une liste'),
  word('ComprisesDans', 'énoncé', 'comprises dans', 'la plage qui contient les intervalles'),
  nameable(word('Date', 'énoncé', 'date', 'sorte de donnée : une date')),
  word('Presumee', 'énoncé', ['présumée', 'présumé'], 'la valeur retenue quand le cas ne la donne pas ; elle est signalée'),
  word('AuMoins', 'énoncé', 'au moins', 'borne inférieure'),
  word('AuPlus', 'énoncé', 'au plus', 'borne supérieure'),

  word('Si', 'garde', 'si', 'condition'),
  word('Sinon', 'garde', 'sinon', 'tous les autres cas'),
  word('En', 'garde', 'en', "pendant une plage ; devant une unité, l'unité d'une donnée"),
  word('Hors', 'garde', 'hors', "en dehors d'une plage"),
  word('Jusqua', 'garde', "jusqu'à", "la fin d'une tranche"),
  word('AuDelaDe', 'opérateur', ['au-delà de', "au-delà d'", 'au-delà du', 'au-delà des'], "ce qui dépasse, ou 0"),
  word('AuDela', 'garde', 'au-delà', 'la dernière tranche'),
  word('Des', 'garde', 'dès', "à partir d'un seuil ou d'une date"),
  word('Sous', 'garde', 'sous', "strictement sous un seuil"),
  word('Pour', 'garde', 'pour', "pour un ou plusieurs choix"),

  word('Ou', 'opérateur', 'ou', "l'un ou l'autre"),
  word('Et', 'opérateur', 'et', 'les deux'),
  word('Non', 'opérateur', 'non', 'le contraire'),
  word('Oui', 'opérateur', 'oui', 'vrai'),
  word('Est', 'opérateur', 'est', "dit si un instant, un jour ou une période est dans une plage"),
  word('EntierementEn', 'opérateur', 'entièrement en', 'du premier au dernier jour'),
  word('Parmi', 'opérateur', 'parmi', "l'un de plusieurs choix ; dans une fenêtre, les périodes d'une autre"),
  word('ADefaut', 'opérateur', 'à défaut', 'la valeur quand il n’y en a pas'),
  word('MaisAuMoins', 'opérateur', 'mais au moins', 'la plus grande des deux'),
  word('MaisAuPlus', 'opérateur', 'mais au plus', 'la plus petite des deux'),
  word('Pendant', 'opérateur', 'pendant', 'ne retient que ce qui est dans la plage'),
  word('Sauf', 'opérateur', 'sauf', 'écarte ce qui est dans la plage'),
  word('Sur', 'opérateur', 'sur', 'la fenêtre où l’on regarde'),
  word('OuFiltre', 'opérateur', 'où', 'ne retient que les rangées qui remplissent la condition'),
  word('DOrigine', 'opérateur', "d'origine", 'la valeur remplacée'),
  word('ExprimeeEn', 'opérateur', ['exprimée en', 'exprimé en'], "change d'unité sans changer de nombre"),
  word('Avec', 'opérateur', 'avec', 'en posant d’autres valeurs'),
  word('DeBase', 'opérateur', 'de base', "le tarif de l'abonnement, sans ses options"),
  nameable(word('PrixNet', 'opérateur', 'prix net', "le prix d'une ligne, majorations et réductions comprises")),
  nameable(word('Prix', 'opérateur', 'prix', "le prix d'une ligne")),
  nameable(word('Assiette', 'opérateur', 'assiette', "la quantité à laquelle s'applique le prix d'une ligne")),
  word('Tranche', 'opérateur', 'tranche', "une tranche de prix d'une ligne"),
  word('Admissible', 'opérateur', 'admissible', "dit si le cas est admissible à un tarif"),
  word('Selon', 'opérateur', 'selon', "l'article où le chiffre est fixé"),

  word('Somme', 'agrégat', 'somme', 'additionne'),
  word('MoyenneSansExtremes', 'agrégat', 'moyenne sans extrêmes', 'moyenne sans la plus petite ni la plus grande valeur'),
  word('Moyenne', 'agrégat', 'moyenne', 'moyenne simple'),
  word('Maximum', 'agrégat', 'maximum', 'la plus grande valeur'),
  word('Cumul', 'agrégat', 'cumul', 'additionne les valeurs multipliées par leur durée en heures'),
  nameable(word('Nombre', 'agrégat', 'nombre', 'compte les rangées ; sorte de donnée : un nombre')),

  word('PlusElevees', 'agrégat', ['plus élevées', 'plus élevés', 'plus grandes', 'plus grands'], 'devant un nombre : ne réunit que les plus grandes valeurs, ou toutes s’il y en a moins'),
  word('LesJoursDeLaPeriode', 'fenêtre', 'les jours de la période', 'la même heure de chaque jour de la période'),
  word('LaPeriodePrecedente', 'fenêtre', 'la période précédente', "la période d'avant"),
  word('LesPrecedents', 'fenêtre', ['les précédents', 'les précédentes'], 'les rangées d’avant dans la liste'),
  word('LesPeriodes', 'fenêtre', 'les périodes', 'des périodes de consommation'),
  nameable(word('Periode', 'fenêtre', 'période', "la période facturée d'un exemple")),
  word('Periodes', 'fenêtre', ['périodes', 'période de consommation', 'périodes de consommation'], 'périodes de consommation, comptées'),
  word('Derniers', 'fenêtre', ['derniers', 'dernières', 'dernier', 'dernière'], 'jusqu’à la période facturée comprise'),
  word('Precedents', 'fenêtre', ['précédents', 'précédentes', 'précédent', 'précédente'], 'avant la période facturée'),
  word('DeCet', 'fenêtre', ['de cet', 'de cette'], "de l'occurrence en cours d'une saison"),
  word('Depuis', 'fenêtre', 'depuis', "depuis une date"),
  nameable(word('Entier', 'fenêtre', ['entier', 'entière'], "toute l'occurrence en cours")),

  word('Quand', 'temps', 'quand', 'les instants où une condition est remplie'),
  word('JourneesDe', 'temps', ['journées de', "journées d'"], 'les jours que touche une plage'),
  word('Paques', 'temps', 'Pâques', 'le dimanche de Pâques'),
  word('AnneesPaires', 'temps', 'des années paires', "une année sur deux"),

  word('Par', 'liaison', 'par', 'une valeur pour chaque rangée'),
  word('DeLa', 'liaison', ['de la', "de l'"], 'article grammatical'),
  word('Du', 'liaison', 'du', 'début d’une plage'),
  word('De', 'liaison', ['de', "d'", 'des'], 'article grammatical'),
  word('Au', 'liaison', 'au', "fin d'une plage"),
  word('A', 'liaison', 'à', 'introduit un prix ou la fin d’une plage'),
  word('Le', 'liaison', ['les', 'le', 'la', "l'"], 'article grammatical'),
];

/** The names of the words' tokens. */
export type WordToken = (typeof words)[number]['token'];
export const VOCABULARY: readonly Word<WordToken>[] = words;

/** Names of the units as they are written after a number, longest first. */
export const UNIT_WORDS: readonly string[] = [
  'jours ouvrables', 'jour ouvrable', 'mois civils', 'mois civil', 'luminaires', 'luminaire', 'lampes', 'lampe', 'lumens', 'lumen',
  'barils', 'baril', 'litres', 'litre', 'jours', 'jour', 'mois', 'ans', 'an', 'min', 'kWh', 'MWh', 'kVA', 'kW', 'MW', 'kV', 'MJ', '°C', 'V', 'W', 'h', '$', '¢', '%',
];

export const MONTHS: readonly string[] = [
  'janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre',
];

export const WEEKDAYS: readonly string[] = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'];
