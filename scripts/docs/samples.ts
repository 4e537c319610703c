/**
 * Parameters of a message for the codes that neither a file of `spec/mauvais` nor a command of `diagnostics/attempts.ts` can give: those
 * that need an optional package, that no command gives yet, or that would be a mistake of ours.
 */
import type { Code, Params } from '../../src/diagnostics/catalogue.ts';

export const SAMPLES: { readonly [C in Code]?: Params<C> } = {
  'texte/mise-en-forme': {},
  'valeurs/aucun-cas': { name: 'crédit_de_tension' },
  'valeurs/deux-cas': { name: 'crédit_de_tension' },
  'options/conflit': { name: 'énergie', first: 'crédit_hivernal_D', second: 'électricité_additionnelle_D' },
  'reserve/presume': { name: 'logements', value: '1' },
  'clients/parquet': { detail: 'Invalid Input Error: No magic bytes found at end of file' },
  'clients/double': { name: 'energie', type: 'DOUBLE' },
  'compilation/impossible': { rate: 'M + gdp_engagement', reason: 'questions' },
  'lot/passe': { line: 1308, rate: 'M' },
  'lot/entree-changee': { path: 'clients.csv' },
  'lot/ligne-longue': { line: 1308, most: 64 },
  'sql/largeur': { what: 'total' },
  'sql/voies': { most: 8000 },
  'sql/chiffres': {},
};
