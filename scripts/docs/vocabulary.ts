/** The words of the language, by kind, from the one table that the lexer reads. */
import { MONTHS, UNIT_WORDS, VOCABULARY, WEEKDAYS, type WordKind } from '../../grammar/vocabulary.ts';
import { cell, code, MADE, table } from './markdown.ts';

const KINDS: Readonly<Record<WordKind, readonly [title: string, about: string]>> = {
  entête: ['Entêtes', 'Ce qui s’écrit à la marge, ou juste dessous, et ouvre une partie du livre.'],
  énoncé: ['Énoncés', 'Ce qui ouvre un énoncé d’article, ou le complète.'],
  rôle: ['Rôles', 'Ce qui ouvre une ligne de la facture.'],
  garde: ['Gardes', 'Ce qui dit quand une rangée vaut.'],
  opérateur: ['Opérateurs', 'Ce dont une expression est faite.'],
  agrégat: ['Agrégats', 'Ce qui réunit plusieurs valeurs en une.'],
  fenêtre: ['Fenêtres', 'Ce qui désigne des périodes passées.'],
  temps: ['Temps', 'Ce dont une plage est faite, outre les dates et les heures.'],
  liaison: ['Liaisons', 'Les petits mots.'],
};

export function vocabularyPage(): string {
  const kinds = (Object.keys(KINDS) as WordKind[]).map((kind) => {
    const [title, about] = KINDS[kind];
    const rows = VOCABULARY.filter((word) => word.kind === kind).map((word) => {
      const [first = '', ...others] = word.spellings;
      return [code(first), others.map(code).join(', '), word.alsoName ? 'oui' : '', cell(word.help)];
    });
    return `## ${title}\n\n${about}\n\n${table(['mot', 'se lit aussi', 'aussi un nom', 'ce qu’il dit'], rows)}\n`;
  });
  const list = (title: string, words: readonly string[]): string => `## ${title}\n\n${words.map(code).join(', ')}.\n`;
  return `${MADE}
# Vocabulaire

Les ${VOCABULARY.length} mots du langage. La première colonne donne la graphie qui s’écrit ; les autres se lisent aussi. Une espace en vaut plusieurs, et
l’apostrophe peut être droite ou courbe. Un mot marqué « aussi un nom » peut nommer une valeur : \`énergie\` ouvre une ligne et nomme une mesure.
Où chaque mot peut se placer : [la grammaire en diagrammes](grammaire.html).

${kinds.join('\n')}
${list('Unités', [...UNIT_WORDS].sort((a, b) => (a < b ? -1 : 1)))}
${list('Mois', MONTHS)}
${list('Jours de la semaine', WEEKDAYS)}`;
}
