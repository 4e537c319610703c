/**
 * The sentence patterns, once for each language. What a rule says is put into these; an author who adds an article adds nothing
 * here.
 */
import { MONTHS_EN, MONTHS_FR } from '../../calendar/day.ts';
import type { Lang } from '../../quantity/format.ts';
import type { AggregateOperator, BinaryOperator, Comparator, LineAccess, NormStatement, RoleName } from '../../syntax/nodes.ts';

export interface Patterns {
  readonly operators: Readonly<Record<BinaryOperator, string>>;
  readonly comparators: Readonly<Record<Comparator, string>>;
  readonly aggregates: Readonly<Record<AggregateOperator, string>>;
  /** Of only so many of the largest values. */
  readonly largest: (count: number) => string;
  readonly parts: Readonly<Record<LineAccess['part'], string>>;
  readonly roles: Readonly<Record<RoleName, string>>;
  /** The names of the lines of a bill that no author named, by their French; after a comma, the tranche of a line. */
  readonly lines: Readonly<Record<string, string>>;
  readonly tranche: (rank: number) => string;
  readonly remainder: string;
  readonly months: readonly string[];
  readonly weekdays: readonly string[];
  readonly modalities: Readonly<Record<NormStatement['actor'], Readonly<Record<NormStatement['modality'], string>>>>;
  readonly date: (day: number, month: string, year: number | undefined) => string;
  /** So many days from Easter Sunday. */
  readonly easter: (offset: number) => string;
  readonly clock: (hours: number, minutes: number) => string;
  readonly count: { readonly months: (count: number, previous: boolean) => string; readonly periods: (count: number, previous: boolean) => string; readonly days: (count: number) => string };
  /** The heads of an example's tables that are no terms. */
  readonly columns: Readonly<Record<string, string>>;
  /** Fixed words, by what they do. */
  readonly say: Readonly<Record<Said, string>>;
}

export type Said =
  | 'and' | 'or' | 'not' | 'yes' | 'no' | 'except' | 'during' | 'outside' | 'over' | 'where' | 'among' | 'of' | 'for' | 'if' | 'otherwise' | 'in' | 'isIn' | 'isEntirelyIn' | 'isOutside'
  | 'upTo' | 'beyond' | 'from' | 'rangeFrom' | 'to' | 'fromDate' | 'toDate' | 'under' | 'atLeast' | 'atMost' | 'original' | 'expressedIn' | 'atRate' | 'atBaseRate' | 'with' | 'withOption' | 'anyOption' | 'ofChapter' | 'ofSections'
  | 'eligibleAt' | 'block' | 'theBill' | 'previousPeriod' | 'previousRows' | 'daysOfPeriod' | 'entirelyIn' | 'ofThis' | 'ofPrevious' | 'since' | 'whole' | 'evenYears' | 'when' | 'daysOf' | 'depending'
  | 'on' | 'at' | 'increases' | 'reduces' | 'adds' | 'removes' | 'replacesBill' | 'ofArticle' | 'asNeeded' | 'article' | 'articles' | 'required' | 'excluded' | 'control' | 'instead' | 'movesTo' | 'splits' | 'atEdition' | 'atEdges' | 'atChanges' | 'atDates'
  | 'byReading' | 'byDays' | 'asArticle' | 'asArticles' | 'asModel' | 'asRate' | 'within' | 'before' | 'uncomputed' | 'reading' | 'discards' | 'verifies' | 'misprint' | 'insteadOf' | 'rounding' | 'tax' | 'given' | 'presumed' | 'unit' | 'wordsOnly' | 'outOfCalculation' | 'notPrinted' | 'sections' | 'chapter'
  | 'by' | 'equals' | 'kindNumber' | 'kindBoolean' | 'kindDate' | 'kindList' | 'kindSpans' | 'kindChoices' | 'inSheet' | 'rateNamed' | 'history' | 'readingOn' | 'value' | 'price' | 'condition' | 'tranche' | 'season' | 'semicolon';

export const PATTERNS: Readonly<Record<Lang, Patterns>> = {
  fr: {
    operators: { '+': '+', '-': '−', '×': '×', '÷': '÷', et: 'et', ou: 'ou', 'mais au moins': 'mais au moins', 'mais au plus': 'mais au plus', 'au-delà de': 'au-delà de', 'à défaut': 'ou, à défaut,' },
    comparators: { '=': 'est', '≠': "n'est pas", '<': '<', '≤': '≤', '>': '>', '≥': '≥' },
    aggregates: { somme: 'somme de', moyenne: 'moyenne de', 'moyenne sans extrêmes': 'moyenne, sans la plus petite ni la plus grande valeur, de', maximum: 'maximum de', minimum: 'minimum de', cumul: 'cumul de', nombre: 'nombre de' },
    largest: (count) => `des ${count} plus grandes valeurs de`,
    parts: { prix: 'prix de', 'prix net': 'prix net de', montant: 'montant de', assiette: 'assiette de' },
    roles: { frais: 'Frais', énergie: 'Énergie', prime: 'Prime', crédit: 'Crédit', pénalité: 'Pénalité', montant: 'Montant', minimum: 'Minimum de la facture' },
    lines: {}, tranche: (rank) => `${rank}${rank === 1 ? 're' : 'e'} tranche`, remainder: 'reste',
    months: MONTHS_FR, weekdays: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
    modalities: {
      client: { doit: 'Le client doit', peut: 'Le client peut', 'ne doit pas': 'Le client ne doit pas', 'ne peut pas': 'Le client ne peut pas' },
      'Hydro-Québec': { doit: 'Hydro-Québec doit', peut: 'Hydro-Québec peut', 'ne doit pas': 'Hydro-Québec ne doit pas', 'ne peut pas': 'Hydro-Québec ne peut pas' },
    },
    date: (day, month, year) => `${day === 1 ? '1er' : day}\u00A0${month}${year === undefined ? '' : `\u00A0${year}`}`,
    easter: (offset) => (offset === 0 ? 'dimanche de Pâques' : offset === -2 ? 'Vendredi saint' : offset === -1 ? 'veille de Pâques' : offset === 1 ? 'lundi de Pâques' : `${Math.abs(offset)}\u00A0jours ${offset < 0 ? 'avant' : 'après'} le dimanche de Pâques`),
    clock: (hours, minutes) => `${hours}\u00A0h${minutes === 0 ? '' : `\u00A0${String(minutes).padStart(2, '0')}`}`,
    count: {
      months: (count, previous) => `les ${count}\u00A0${previous ? 'mois précédents' : 'derniers mois'}`,
      periods: (count, previous) => `les ${count}\u00A0${previous ? 'périodes précédentes' : 'dernières périodes de consommation'}`,
      days: (count) => `les ${count}\u00A0jours précédents`,
    },
    columns: { du: 'du', au: 'au', début: 'début', fin: 'fin' },
    say: {
      and: ' et ', or: ' ou ', not: 'non ', yes: 'oui', no: 'non', except: ' sauf ', during: ' pendant ', outside: ' hors de ', over: ' sur ', where: ' où ', among: ' parmi ', of: ' de ', for: 'pour ', if: 'si ', otherwise: 'dans les autres cas',
      in: 'en ', isIn: ' est en ', isEntirelyIn: ' est entièrement en ', isOutside: ' est hors de ', upTo: "jusqu'à ", beyond: 'au-delà', from: 'à partir de ', rangeFrom: 'de ', to: ' à ', fromDate: 'du ', toDate: ' au ', under: 'sous ', atLeast: 'au moins ', atMost: 'au plus ', 
      original: ", avant ce qui la remplace", expressedIn: ', exprimée en ', atRate: ' au tarif ', atBaseRate: " au tarif de l'abonnement, sans ses options", with: ' avec ', withOption: "l'option ", anyOption: 'une option', ofChapter: ' du chapitre ', ofSections: ' des sections ',
      eligibleAt: 'le cas est admissible au tarif ', block: 'tranche ', theBill: 'la facture', previousPeriod: 'la période précédente', previousRows: 'les rangées précédentes', daysOfPeriod: 'les jours de la période', entirelyIn: 'les périodes entièrement en ', ofThis: 'les périodes de cette occurrence de ', ofPrevious: "les périodes, avant celle-ci, de cette occurrence de ",
      since: 'depuis ', whole: "toute l'occurrence de ", evenYears: ' des années paires', when: 'quand ', daysOf: 'les journées de ', depending: 'selon ', 
      on: ' sur ', at: ' à ', increases: 'Le prix de ', reduces: 'Le prix de ', adds: ' est majoré de ', removes: ' est réduit de ', replacesBill: 'Les lignes de cette option tiennent lieu de celles du tarif', ofArticle: " de l'article ", asNeeded: "S'il y a lieu, ", article: "l'article ", articles: 'les articles ',
      required: 'Exigé', excluded: 'Exclu', control: 'Contrôlé', instead: "S'applique plutôt\u00A0: ", movesTo: "L'abonnement passe au tarif ", splits: 'est coupée', atEdition: " à l'entrée en vigueur d'une autre édition", atEdges: ' au début et à la fin de ', atChanges: ' quand change ', atDates: ' aux dates suivantes\u00A0: ',
      byReading: ", d'après une relève du compteur", byDays: ', à défaut au prorata des jours', asArticle: "Comme à l'article ", asArticles: 'Comme aux articles ', asModel: 'Comme le modèle ', asRate: 'Comme au tarif ', within: 'dans un délai de ', before: 'avant ', uncomputed: "N'est pas calculé", reading: 'Lecture retenue', discards: 'Lecture écartée\u00A0: ', verifies: 'Le livre affirme, et le calcul confirme\u00A0: ', misprint: 'Le livre imprime ', insteadOf: '\u00A0; le calcul donne ',
      rounding: 'Chaque ligne imprimée est arrondie à ', tax: 'Taxe sur le total des lignes arrondies\u00A0: ', given: 'Donnée du cas', presumed: 'présumé\u00A0: ', unit: 'en ', wordsOnly: "N'appelle aucun calcul", outOfCalculation: 'Imprimé, mais hors du calcul\u00A0: ', notPrinted: "Employé, mais non imprimé dans l'article\u00A0: ", sections: 'sections ', chapter: 'chapitre ', by: ' par ', equals: ' = ', kindNumber: 'un nombre', kindBoolean: 'oui ou non', kindDate: 'une date', kindList: 'une liste', kindSpans: 'des plages de temps', kindChoices: 'un choix\u00A0: ',
      inSheet: ', pour chaque ', rateNamed: 'tarif ', history: 'périodes passées', readingOn: 'relève du ', value: 'Valeur', price: 'Prix', condition: 'Condition', tranche: 'Tranche', season: 'Moment', semicolon: '\u00A0; ',
    },
  },
  en: {
    operators: { '+': '+', '-': '−', '×': '×', '÷': '÷', et: 'and', ou: 'or', 'mais au moins': 'but at least', 'mais au plus': 'but at most', 'au-delà de': 'in excess of', 'à défaut': 'or, failing that,' },
    comparators: { '=': 'is', '≠': 'is not', '<': '<', '≤': '≤', '>': '>', '≥': '≥' },
    aggregates: { somme: 'sum of', moyenne: 'mean of', 'moyenne sans extrêmes': 'mean, without the smallest and the largest value, of', maximum: 'maximum of', minimum: 'minimum of', cumul: 'accumulation over time of', nombre: 'number of' },
    largest: (count) => `the ${count} largest values of`,
    parts: { prix: 'price of', 'prix net': 'net price of', montant: 'amount of', assiette: 'quantity billed as' },
    roles: { frais: 'Charge', énergie: 'Energy', prime: 'Demand charge', crédit: 'Credit', pénalité: 'Penalty', montant: 'Amount', minimum: 'Minimum bill' },
    lines: { "Frais d'accès au réseau": 'System access charge', Énergie: 'Energy', 'Prime de puissance': 'Demand charge', Crédit: 'Credit', Pénalité: 'Penalty', Montant: 'Amount', 'Complément au montant minimal': 'Supplement to the minimum bill' },
    tranche: (rank) => `block ${rank}`, remainder: 'remainder',
    months: MONTHS_EN, weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
    modalities: {
      client: { doit: 'The customer must', peut: 'The customer may', 'ne doit pas': 'The customer must not', 'ne peut pas': 'The customer may not' },
      'Hydro-Québec': { doit: 'Hydro-Québec must', peut: 'Hydro-Québec may', 'ne doit pas': 'Hydro-Québec must not', 'ne peut pas': 'Hydro-Québec may not' },
    },
    date: (day, month, year) => `${month}\u00A0${day}${year === undefined ? '' : `,\u00A0${year}`}`,
    easter: (offset) => (offset === 0 ? 'Easter Sunday' : offset === -2 ? 'Good Friday' : offset === -1 ? 'Easter eve' : offset === 1 ? 'Easter Monday' : `${Math.abs(offset)}\u00A0days ${offset < 0 ? 'before' : 'after'} Easter Sunday`),
    clock: (hours, minutes) => `${hours}:${String(minutes).padStart(2, '0')}`,
    count: {
      months: (count, previous) => `the ${previous ? 'preceding' : 'last'} ${count}\u00A0months`,
      periods: (count, previous) => `the ${previous ? 'preceding' : 'last'} ${count}\u00A0${previous ? 'periods' : 'consumption periods'}`,
      days: (count) => `the preceding ${count}\u00A0days`,
    },
    columns: { du: 'from', au: 'to', début: 'start', fin: 'end' },
    say: {
      and: ' and ', or: ' or ', not: 'not ', yes: 'yes', no: 'no', except: ' except ', during: ' during ', outside: ' outside ', over: ' over ', where: ' where ', among: ' among ', of: ' of ', for: 'for ', if: 'if ', otherwise: 'in all other cases',
      in: 'in ', isIn: ' is in ', isEntirelyIn: ' is entirely in ', isOutside: ' is outside ', upTo: 'up to ', beyond: 'beyond', from: 'from ', rangeFrom: 'from ', to: ' to ', fromDate: 'from ', toDate: ' to ', under: 'under ', atLeast: 'at least ', atMost: 'at most ', 
      original: ', before what replaces it', expressedIn: ', expressed in ', atRate: ' at rate ', atBaseRate: ' at the rate of the contract, without its options', with: ' with ', withOption: 'the option ', anyOption: 'an option', ofChapter: ' of chapter ', ofSections: ' of sections ',
      eligibleAt: 'the case is eligible for rate ', block: 'block ', theBill: 'the bill', previousPeriod: 'the previous period', previousRows: 'the rows before', daysOfPeriod: 'the days of the period', entirelyIn: 'the periods entirely in ', ofThis: 'the periods of this occurrence of ', ofPrevious: 'the periods before this one of this occurrence of ',
      since: 'since ', whole: 'the whole occurrence of ', evenYears: ' of even years', when: 'when ', daysOf: 'the days of ', depending: 'depending on ', 
      on: ' on ', at: ' at ', increases: 'The price of ', reduces: 'The price of ', adds: ' is raised by ', removes: ' is reduced by ', replacesBill: 'The lines of this option stand in place of those of the rate', ofArticle: ' of article ', asNeeded: 'Where applicable, ', article: 'article ', articles: 'articles ',
      required: 'Required', excluded: 'Excluded', control: 'Checked', instead: 'Applies instead: ', movesTo: 'The contract moves to rate ', splits: 'is split', atEdition: ' when another edition comes into force', atEdges: ' at the start and the end of ', atChanges: ' whenever this changes: ', atDates: ' on these dates: ',
      byReading: ', by a meter reading', byDays: ', failing that in proportion to days', asArticle: 'As in article ', asArticles: 'As in articles ', asModel: 'As the model ', asRate: 'As at rate ', within: 'within ', before: 'before ', uncomputed: 'Not computed', reading: 'Reading followed', discards: 'Reading set aside: ', verifies: 'The book states, and the computation confirms: ', misprint: 'The book prints ', insteadOf: '; the computation gives ',
      rounding: 'Each printed line is rounded to ', tax: 'Tax on the total of rounded lines: ', given: 'Given by the case', presumed: 'presumed: ', unit: 'in ', wordsOnly: 'Calls for no computation', outOfCalculation: 'Printed, but outside the computation: ', notPrinted: 'Used, but not printed in the article: ', sections: 'sections ', chapter: 'chapter ', by: ' by ', equals: ' = ', kindNumber: 'a number', kindBoolean: 'yes or no', kindDate: 'a date', kindList: 'a list', kindSpans: 'stretches of time', kindChoices: 'a choice: ',
      inSheet: ', for each ', rateNamed: 'rate ', history: 'past periods', readingOn: 'reading of ', value: 'Value', price: 'Price', condition: 'Condition', tranche: 'Block', season: 'When', semicolon: '; ',
    },
  },
};
