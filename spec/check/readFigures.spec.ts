/** Figures as a French text prints them; each expected list was written by hand. */
import { describe, expect, it } from 'vitest';
import { dateText } from '../../src/check/blockFigures.ts';
import type { Figure } from '../../src/check/figures.ts';
import { read } from '../../src/check/readFigures.ts';
import { toFraction } from '../../src/quantity/exact.ts';
import { unitName } from '../../src/quantity/unit.ts';

const shown = (figure: Figure): string => {
  if (figure.kind === 'date') return dateText(figure);
  if (figure.kind === 'rank') return `n° ${figure.rank}`;
  const { value, measure } = figure;
  return `${toFraction(value)} ${measure.kind === 'unit' ? unitName(measure.unit, 'fr') ?? '?' : measure.kind}`.trim();
};
const figures = (text: string): string[] => read(text).figures.filter(({ soft }) => !soft).map(({ figure }) => shown(figure));

describe('figures', () => {
  it.each([
    ['7,065 ¢ le kilowattheure', ['1413/200 ¢/kWh']],
    ['5,369 $ le kilowatt de puissance au-delà de 50 kilowatts', ['5369/1000 $/kW', '50 kW']],
    ['6 568,519 $ par année', ['6568519/1000 $/an']],
    ['jusqu\'à 1 200 kilowattheures par période mensuelle', ['1200 kWh/mois']],
    ['15 090 premiers kilowattheures', ['15090 kWh']],
    ['un maximum de 300 heures par année', ['300 h']],
    ['15 h le jour ouvrable d\'avant', ['15 h']],
    ['de 6 h à 9 h et de 16 h 30 à 20 h', ['6 h', '9 h', '33/2 h', '20 h']],
    ['à midi', ['12 h']],
    ['au plus 5 jours ouvrables ou 7 jours', ['5 jour ouvrable', '7 jour']],
    ['les 12 dernières périodes de consommation', ['12 periods']],
    ['au cours des 24 derniers mois', ['24 mois']],
    ['avant la fin de la 14e période mensuelle', ['14 mois']],
    ['le prix de la 2e tranche', ['n° 2']],
    ['moins de −12 °C ou de -15 °C', ['-12 °C', '-15 °C']],
    ['la puissance est de 4-5 heures', ['4 h', '5 h']],
    ['10, 20 ou 30 kW', ['10 kW', '20 kW', '30 kW']],
    ['entre 4 300 et 5 000 kilowatts', ['4300 kW', '5000 kW']],
    ['à 14,4/24,94 kV', ['72/5 none', '1247/50 kV']],
    ['douze mois, deux options et cinquante kilowatts', ['12 mois', '2 things', '50 kW']],
    ['ces deux abonnements', []],
    ['la moitié, le tiers et trois quarts', ['1/2', '1/3', '3/4']],
    ['la revente à un tiers', []],
    ['trois quarts d\'heure, un quart d\'heure', ['3/4 h', '1/4 h']],
    ['5 points de pourcentage par année', ['5 %']],
    ['le 1er avril 2026 et le 31 mars', ['1er avril 2026', '31 mars']],
    ['les 24, 25, 26 et 31 décembre, les 1er et 2 janvier', ['24 décembre', '25 décembre', '26 décembre', '31 décembre', '1er janvier', '2 janvier']],
    ['en août 2005, pour l\'année 2006', ['août 2005', '2006']],
    ['2 000 kWh et 2000 kWh', ['2000 kWh', '2000 kWh']],
    ['2,5 mètres', ['5/2 things']],
    ['monophasée ou triphasée', ['1 things', '3 things']],
    ['- a) 50 kilowatts ou', ['50 kW']],
    ['2. Le client paye 3 $', ['3 $']],
    ['1 Selon le guide', []],
    ['1 pour les 9 premières chambres', ['1 none', '9 things']],
    ['le tarif G9, RLRQ, chapitre H-1.01, diesel n° 6', []],
    ['le deuxième alinéa de l\'article 5.29', []],
    ['chaque mois, un an, la première fois, le lendemain', []],
    ['Durée (heures) :\t4\t120', ['4 none', '120 none']],
    ['1,2 mégawatt, 44 000 volts, 25 kilovolts', ['6/5 MW', '44000 V', '25 kV']],
  ] as const)('%s', (text, expected) => expect(figures(text)).toEqual(expected));
});

describe('references', () => {
  it.each([
    ['les articles 2.55, 2.56 et 2.57', ['2.55', '2.56', '2.57'], []],
    ['les articles 2.8 à 2.13', ['2.8 à 2.13'], []],
    ["le sous-alinéa 6.22 c) et l'article 12.3.", ['6.22', '12.3'], []],
    ['la section 4 du chapitre 6', [], ['6: 4']],
    ['les sections 2, 4, 5, 7 et 8 du chapitre 6 (option)', [], ['6: 2 4 5 7 8']],
    ['la section 9 du présent chapitre', [], ['-: 9']],
    ['décrit dans le chapitre 10', [], ['10: ']],
    ['le chapitre H-1.01 de la loi', [], []],
  ] as const)('%s', (text, articles, parts) => {
    const found = read(text);
    expect(found.citations.map(({ from, to }) => (to === undefined ? from : `${from} à ${to}`))).toEqual(articles);
    expect(found.parts.map(({ chapter, sections }) => `${chapter ?? '-'}: ${sections.join(' ')}`)).toEqual(parts);
    expect(found.figures.filter(({ soft }) => !soft)).toEqual([]);
  });
});
