/** Which mutations exist, which are noticed, and the example that would notice the others. Expected lists are worked by hand. */
import { describe, expect, it } from 'vitest';
import { candidatesOf, indexOf, ratesOf, subjectsOf, trialsOf } from '../../src/analysis/campaign.ts';
import { fateOf, openLaboratory, watcher, type Fate } from '../../src/analysis/kill.ts';
import { mutationsOf } from '../../src/analysis/mutations.ts';
import { replaceNode } from '../../src/analysis/replaceNode.ts';
import { witnessOf } from '../../src/analysis/witness.ts';
import { collectBooks } from '../../src/check/book.ts';
import { checkBook } from '../../src/check/check.ts';
import { sourceFile } from '../../src/source/file.ts';
import { parseFile } from '../../src/syntax/parse.ts';

const plain = (text: string): string => text.replace(/\u00A0/g, ' ');
const statementsOf = (body: string): ReturnType<typeof mutationsOf>[number]['statement'][] =>
  parseFile(sourceFile('x.tarif', `article 1.1 « x »\n${body}`)).value.blocks.flatMap(({ statements }) => statements);
const changes = (body: string): string[] => statementsOf(body).flatMap(mutationsOf).map(({ kind, from, to, without }) => plain(`${kind}: ${from} → ${to}${without ? ` (${without})` : ''}`));

describe('which mutations a statement has', () => {
  it.each([
    ['a price, by its last printed digit', '  frais 9,99 $/mois', ['prix: 9,99 $/mois → 10,00 $/mois', 'prix: 9,99 $/mois → 9,98 $/mois']],
    ['a figure never below nothing', '  x = 0 kWh', ['chiffre: 0 kWh → 1 kWh']],
    ['a tranche, whose edge is continuous', "  énergie\n    5 ¢/kWh  jusqu'à 1 200 kWh/mois\n    7 ¢/kWh  au-delà", [
      'prix: 5 ¢/kWh → 6 ¢/kWh', 'prix: 5 ¢/kWh → 4 ¢/kWh', "comparaison: jusqu'à 1 200 kWh/mois → jusqu'à 1 200 kWh/mois, exclu (continu)", 'seuil: 1 200 kWh/mois → 1 201 kWh/mois', 'seuil: 1 200 kWh/mois → 1 199 kWh/mois', 'prix: 7 ¢/kWh → 8 ¢/kWh', 'prix: 7 ¢/kWh → 6 ¢/kWh']],
    ['each sign of a double comparison', '  x = 50 kW ≤ y < 65 kW', ['comparaison: 50 kW ≤ y → 50 kW < y', 'comparaison: y < 65 kW → y ≤ 65 kW', 'seuil: 50 kW → 51 kW', 'seuil: 50 kW → 49 kW', 'seuil: 65 kW → 66 kW', 'seuil: 65 kW → 64 kW']],
    ['a season by a day at both ends', '  plage hiver = du 1er décembre au 28 février', ['date: 1er décembre → 2 décembre', 'date: 1er décembre → 30 novembre', 'date: 28 février → 1er mars', 'date: 28 février → 27 février']],
    ['a date at the turn of the year', '  x = début ≥ 1er janvier 2027', ['comparaison: début ≥ 1er janvier 2027 → début > 1er janvier 2027', 'date: 1er janvier 2027 → 2 janvier 2027', 'date: 1er janvier 2027 → 31 décembre 2026']],
    ['a window, never shorter than one', '  x = maximum de y sur les 1 dernières périodes', ['fenêtre: les 1 dernières périodes → les 2 dernières périodes']],
    ['a rounding by its mode and its step', '  x = arrondi(y ; 1 kW)', ['arrondi: arrondi → entier', 'arrondi: 1 kW → 2 kW', 'arrondi: 1 kW → 0 kW']],
    ['a deadline, that no bill reads', "  client doit « aviser » délai au moins 30 jours", ['chiffre: 30 jours → 31 jours (énoncé)', 'chiffre: 30 jours → 29 jours (énoncé)']],
  ])('%s', (_, body, expected) => expect(changes(body)).toEqual(expected));

  it('steps by threshold: the edge on its other side, for the row above and the row under it', () => {
    const [statement] = statementsOf('  x = d\'après y\n    1 %  sous 5 kV\n    2 %  dès 5 kV\n    3 %  dès 15 kV');
    const steps = statement ? mutationsOf(statement).filter(({ kind }) => kind === 'comparaison') : [];
    expect(steps.map(({ from, to }) => plain(`${from} → ${to}`))).toEqual(['sous 5 kV → 5 kV ou moins', 'dès 5 kV → au-dessus de 5 kV', 'dès 15 kV → au-dessus de 15 kV']);
    const last = steps[2]?.mutated;
    const signs = last?.kind === 'definition' ? last.value.rows.map(({ guards: [guard] }) => (guard?.kind === 'si' && guard.condition.kind === 'comparison' ? guard.condition.signs : [])) : [];
    // y < 5 ; 5 ≤ y ≤ 15 ; 15 < y
    expect(signs).toEqual([['<'], ['≤', '≤'], ['<']]);
  });
});

describe('a node replaced', () => {
  it('leaves the tree as it was, and shares what is not on the way', () => {
    const leaf = { kind: 'a' };
    const tree = { left: { leaf }, right: [{ other: 1 }] };
    const made = replaceNode(tree, leaf, { kind: 'b' });
    expect(made).toEqual({ left: { leaf: { kind: 'b' } }, right: [{ other: 1 }] });
    expect([tree.left.leaf.kind, made.right === tree.right, replaceNode(tree, { kind: 'a' }, leaf) === tree]).toEqual(['a', true, true]);
  });
});

/** A rate of one article: 5 ¢ up to 40 kWh a month, 7 ¢ beyond; a month is 30 days. */
const book = (examples: string): string => `édition « Essai » en vigueur le 1er avril 2026
  arrondit les lignes à 0,01 $

dispositions communes
article 1.1 « Définitions »
  mesure énergie en kWh
article 12.11 « Durée »
  mesure durée en mois = jours ÷ 30 jours/mois

tarif X « Tarif d'essai »
article 2.5 « Structure »
  énergie
    5 ¢/kWh  jusqu'à 40 kWh/mois
    7 ¢/kWh  au-delà
  exclut énergie > 1 000 kWh « trop d'énergie »
${examples}`;
const AT_40 = `  exemple « juste au bord »
    période du 1er juin 2026 au 30 juin 2026
    énergie = 40 kWh
    donne
      total = 2 $
`;
const AT_1000 = `  exemple « le plus d'énergie »
    période du 1er juin 2026 au 30 juin 2026
    énergie = 1 000 kWh
    donne
      total = 69,20 $
`;

function campaign(text: string): { readonly change: string; readonly fate: Fate; readonly witness: string | undefined }[] {
  const { value } = collectBooks([{ path: 'x', files: [parseFile(sourceFile('x.tarif', text)).value] }]);
  const checked = value.map(checkBook);
  const laboratory = openLaboratory(checked, 0);
  if (!laboratory) throw new Error('no book');
  const trials = trialsOf(checked);
  const watch = watcher(laboratory, () => 0);
  expect(trials.map((trial) => watch.example(trial).failures.map(({ code }) => code))).toEqual(trials.map(() => []));
  const index = indexOf(trials.map((trial) => watch.example(trial)), ratesOf(laboratory.book).map((rate) => ({ ...rate, reach: watch.verifications(rate.rate, rate.options, new Map()) })));
  return subjectsOf(laboratory.book, () => true).flatMap((subject) => subject.mutations.map((mutation) => {
    const fate = fateOf(laboratory, mutation, trials, candidatesOf(laboratory, subject, mutation, trials, index));
    return { change: plain(`${mutation.from} → ${mutation.to}`), fate, witness: fate.kind === 'survit' ? witnessOf(laboratory, subject, mutation, trials) : undefined };
  }));
}

describe('what is noticed', () => {
  it('one example at the edge of a tranche notices what makes the tranche smaller, and no price beyond it', () => {
    // 40 kWh fill the tranche: a longer one gives the same 2 $, and 31 days a month make it 38,7 kWh.
    expect(campaign(book(AT_40)).filter(({ fate }) => fate.kind === 'survit').map(({ change }) => change)).toEqual([
      '40 kWh/mois → 41 kWh/mois', '7 ¢/kWh → 8 ¢/kWh', '7 ¢/kWh → 6 ¢/kWh', 'énergie > 1 000 kWh → énergie ≥ 1 000 kWh', '1 000 kWh → 1 001 kWh', '1 000 kWh → 999 kWh', '30 jours/mois → 29 jours/mois',
    ].sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b)));
  });
  it('one more beyond it, at the edge of what is refused, leaves only the refusal unnoticed', () => {
    // 40 × 5 ¢ + 960 × 7 ¢ = 69,20 $ ; 1 000 kWh is not more than 1 000 kWh.
    expect(campaign(book(AT_40 + AT_1000)).filter(({ fate }) => fate.kind === 'survit').map(({ change }) => change)).toEqual(['1 000 kWh → 1 001 kWh']);
  });
  it('each example that it proposes notices the mutation, once its amount is worked', () => {
    const found = campaign(book(AT_40)).filter(({ fate }) => fate.kind === 'survit');
    expect(found.map(({ witness }) => witness === undefined)).toEqual(found.map(() => false));
    for (const { change, witness } of found) {
      const read = parseFile(sourceFile('y.tarif', `article 2.5 « x »\n${witness ?? ''}\n`));
      expect([change, read.diagnostics.length]).toEqual([change, 0]);
      // Its expected amount is not the tool's: 0 $, or an article to confirm.
      expect(witness).toMatch(/total = 0 \$ {2}# à travailler à la main|refusé par 2\.5 {2}# à confirmer/);
    }
  });
});
const ORDER = ['30 jours/mois → 29 jours/mois', '40 kWh/mois → 41 kWh/mois', '7 ¢/kWh → 8 ¢/kWh', '7 ¢/kWh → 6 ¢/kWh', 'énergie > 1 000 kWh → énergie ≥ 1 000 kWh', '1 000 kWh → 1 001 kWh', '1 000 kWh → 999 kWh'];
