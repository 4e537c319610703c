/**
 * Short phrases that stand inside messages, in English. Checks write them in French; an English message looks them up here. The
 * words of a tariff's author stay in the author's language.
 */
const PHRASES: Readonly<Record<string, string>> = {
  'un nombre décimal': 'a decimal number', 'un nombre': 'a number', 'un texte': 'a text', 'un objet': 'an object', 'une liste': 'a list', 'une date': 'a date', 'un instant': 'an instant', 'une valeur': 'a value',
  'true ou false': 'true or false', 'oui ou non': 'yes or no', 'positif ou nul': 'zero or more', 'un prix': 'a price', 'un montant': 'an amount', 'une condition': 'a condition', 'une quantité': 'a quantity', 'un choix': 'a choice',
  'un autre objet': 'another object', rien: 'nothing', 'le cas': 'the case', "d’au plus trois ans": 'at most three years', 'une date ou un instant': 'a date or an instant', 'des périodes de consommation': 'billing periods',
  'ce champ est obligatoire': 'this field is required', 'longueur inconnue (une seule valeur)': 'unknown length (a single value)',
  'une heure du jour ou un instant': 'an hour of the day or an instant', 'un agrégat (somme de, maximum de…)': 'an aggregate (somme de, maximum de…)', 'une durée (h, jours, mois civils, jours ouvrables)': 'a duration (h, jours, mois civils, jours ouvrables)',
  'une date (2026-12-03) ou une heure locale (2026-12-03T06:00)': 'a date (2026-12-03) or a local time (2026-12-03T06:00)', '{ debut, pas, valeurs } ou { fichier, colonne }': '{ debut, pas, valeurs } or { fichier, colonne }',
  'une des formes admises': 'one of the accepted forms', 'ce qu’une facture a remis dans « etat »': 'what a bill handed on in “etat”', 'une fenêtre de plusieurs rangées': 'a window of several rows', 'une autre fenêtre': 'another window',
  "n'est pas une date du calendrier": 'is no date of the calendar', "n'existe pas : les horloges avancent ce jour-là": 'does not exist: clocks go forward that day', 'ne se lit pas comme une date et une heure': 'does not read as a date and a time',
  "a lieu deux fois ce jour-là : ajouter le décalage, -04:00 ou -05:00": 'happens twice that day: add the offset, -04:00 or -05:00', 'est hors des années 1980 à 2098': 'is outside the years 1980 to 2098',
  "n'est pas minuit, et cette donnée change avec le jour": 'is not midnight, and this datum changes with the day', 'ne tombe pas sur un pas de 15 minutes': 'does not fall on a step of 15 minutes', 'ne tombe pas sur un pas de 60 minutes': 'does not fall on a step of 60 minutes',
  "le fichier d'entrée a changé": 'the input file has changed', 'la commande est autre': 'the command is another', 'les tarifs ont changé': 'the tariffs have changed', 'Barème a changé': 'Barème has changed', 'son journal ne se lit pas': 'its journal cannot be read',
  "son brouillon manque, ou est plus court que le journal ne le dit": 'its draft is missing, or shorter than the journal says',
  'les 12 derniers mois': 'the last 12 months', 'les 12 mois précédents': 'the 12 months before', 'les 24 derniers mois': 'the last 24 months', intervalle: 'quarter-hour', heure: 'hour', jour: 'day', période: 'period', partie: 'part',
};
const BEGINNINGS: readonly (readonly [string, string])[] = [
  ['au tarif ', 'at rate '], ['le nombre ', 'the number '], ["d'au moins ", 'at least '], ["d'au plus ", 'at most '], ['un choix parmi ', 'one of '], ['la relève du ', 'the reading of '], ['les ', 'the '], ['au moins ', 'at least '],
];

/** A phrase in English, or as it is when it has no translation. */
export function inEnglish(phrase: string): string {
  const known = PHRASES[phrase];
  if (known !== undefined) return known;
  const start = BEGINNINGS.find(([french]) => phrase.startsWith(french));
  return start ? start[1] + phrase.slice(start[0].length) : phrase;
}
