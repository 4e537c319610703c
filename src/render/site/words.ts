/** The words of the pages themselves, once for each language. */
import type { Lang } from '../../quantity/format.ts';

const FR = {
  contents: 'Table des matières', chapter: 'Chapitre', section: 'Section', article: 'Article', skip: 'Aller au texte', search: 'Chercher', searchHint: 'Un mot, un article, un prix…', searchNone: 'Rien ne correspond.', searchCount: 'articles trouvés',
  glossary: 'Glossaire', readings: 'Lectures retenues', slips: 'Erreurs relevées', prices: 'Prix', other: 'English', otherLang: 'en' as Lang, cites: 'Renvoie à', citedBy: 'Cité par', reads: 'Se sert des articles', readBy: 'Sert aux articles', source: 'Source du bloc', examples: 'Exemples', inForce: 'en vigueur le',
  common: 'Dispositions communes', commonTo: 'Dispositions communes aux tarifs', commonToOptions: 'Dispositions communes aux options', rate: 'Tarif', referral: 'S’applique sur renvoi seulement', previous: 'Précédent', next: 'Suivant', term: 'Terme', meaning: 'Sens', generated: 'Page faite des fichiers de tarifs.',
  what: 'Sujet', kept: 'Lecture retenue', others: 'Lectures écartées', printed: 'Le livre imprime', right: 'Il faut lire', why: 'Pourquoi', foreign: 'en français', menu: 'Menu', none: 'Aucun.', line: 'Ligne', price: 'Prix', amount: 'Montant', subtotal: 'Sous-total', total: 'Total', refused: 'Refusé par', from: 'du', paragraph: 'al.', arithmetic: 'Calcul',
  curves: 'Courbes', curvesIntro: 'Chaque figure vient des fichiers de tarifs : changer un prix la change. Les clients sont inventés et décrits ; les montants sont avant taxes.', numbers: 'Les chiffres', articles: 'Articles', crossings: 'Où les tarifs se croisent', billsAndPrices: 'Factures et prix moyens', hours: 'Heures d’une semaine d’hiver', seasons: 'Saisons', bank: 'Banque du mesurage net', withoutCurve: 'Sans courbe, faute d’un client type :',
};
export type SiteWords = { readonly [K in keyof typeof FR]: (typeof FR)[K] extends Lang ? Lang : string };
const EN: SiteWords = {
  contents: 'Contents', chapter: 'Chapter', section: 'Section', article: 'Article', skip: 'Skip to text', search: 'Search', searchHint: 'A word, an article, a price…', searchNone: 'Nothing matches.', searchCount: 'articles found',
  glossary: 'Glossary', readings: 'Readings followed', slips: 'Slips found', prices: 'Prices', other: 'Français', otherLang: 'fr', cites: 'Refers to', citedBy: 'Referred to by', reads: 'Uses articles', readBy: 'Used by articles', source: 'Source of the block', examples: 'Examples', inForce: 'in force on',
  common: 'Common provisions', commonTo: 'Provisions common to rates', commonToOptions: 'Provisions common to options', rate: 'Rate', referral: 'Applies only where an article refers to it', previous: 'Previous', next: 'Next', term: 'Term', meaning: 'Meaning', generated: 'Page made from the tariff files.',
  what: 'Subject', kept: 'Reading followed', others: 'Readings set aside', printed: 'The book prints', right: 'It should read', why: 'Why', foreign: 'in French', menu: 'Menu', none: 'None.', line: 'Line', price: 'Price', amount: 'Amount', subtotal: 'Subtotal', total: 'Total', refused: 'Refused by', from: 'from', paragraph: 'para.', arithmetic: 'Computation',
  curves: 'Curves', curvesIntro: 'Every figure comes from the tariff files: changing a price changes it. The customers are made up and described; amounts are before taxes.', numbers: 'The numbers', articles: 'Articles', crossings: 'Where rates cross', billsAndPrices: 'Bills and average prices', hours: 'Hours of a winter week', seasons: 'Seasons', bank: 'Net metering bank', withoutCurve: 'Without a curve, for want of a typical customer:',
};
export const SITE_WORDS: Readonly<Record<Lang, SiteWords>> = { fr: FR, en: EN };
