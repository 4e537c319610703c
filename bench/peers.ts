/**
 * `npm run bench -- peers`: the bill of rate D (30 days, lines rounded to the cent, TPS and TVQ) written in other rule engines as their own
 * users would write it, timed on the same cases, with how many bills come out a cent or more away. They are installed by
 * `npm install` in bench/peers, and left out with a word where they are not. Speed is theirs on this machine, this day; each does other things besides.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Programs } from '../src/check/program.ts';
import { loadFolder } from '../src/cli/load.ts';
import { readJson } from '../src/contract/json.ts';
import { repeatCase } from '../src/analysis/repeat.ts';
import { catalogueOf, prepare } from '../src/index.ts';

const FOLDER = join(process.cwd(), 'bench/peers');
const resolver = createRequire(join(FOLDER, 'package.json'));
/** A package of bench/peers; undefined when it is not installed. */
async function peer(name: string): Promise<Record<string, unknown> | undefined> {
  if (!existsSync(join(FOLDER, 'node_modules', name))) return undefined;
  const loaded = await import(pathToFileURL(resolver.resolve(name)).href) as Record<string, unknown>;
  // What CommonJS exports stands under `default`.
  return { ...(typeof loaded['default'] === 'object' ? loaded['default'] : {}), ...loaded, ...(typeof loaded['default'] === 'object' && loaded['default'] !== null && 'default' in loaded['default'] ? { default: loaded['default'].default } : {}) };
}

/** Cents of the bill of so many kWh. */
type Bill = (energy: number) => number | Promise<number>;
type Make = () => Promise<Bill | undefined>;

const ours: Make = async () => {
  const books = loadFolder('tariffs', { examples: false }).books.map((book) => ({ book, programs: new Programs(book) }));
  const json = readJson(JSON.stringify({ tarif: 'D', periode: { debut: '2026-06-01', fin: '2026-07-01' }, donnees: { energie: 1500 } }));
  const made = 'value' in json ? repeatCase(json.value, 3, catalogueOf(books), prepare(books), () => ({ diagnostics: [] })) : json;
  if (!('repeated' in made)) throw new Error('the case of the benchmark does not read');
  const numbers = [0];
  return Promise.resolve((energy) => { numbers[0] = energy * 1000; return made.repeated.total(numbers) ?? NaN; });
};

const publicodes: Make = async () => {
  const Engine = (await peer('publicodes'))?.['default'] as (new (rules: object) => { setSituation: (situation: object) => { evaluate: (rule: string) => { nodeValue: number } } }) | undefined;
  if (!Engine) return undefined;
  const cents = (value: string): object => ({ valeur: value, arrondi: '2 décimales' });
  const engine = new Engine({
    énergie: 0, jours: 30, première: { 'le minimum de': ['énergie', '40 * jours'] }, frais: cents('0.46154 * jours'), 'énergie 1': cents('0.07065 * première'), 'énergie 2': cents('0.11142 * (énergie - première)'),
    'sous-total': 'frais + énergie 1 + énergie 2', TPS: cents('sous-total * 0.05'), TVQ: cents('sous-total * 0.09975'), total: 'sous-total + TPS + TVQ',
  });
  return (energy) => Math.round(engine.setSituation({ énergie: energy }).evaluate('total').nodeValue * 100);
};

const zen: Make = async () => {
  const module = await peer('@gorules/zen-engine');
  const Engine = module?.['ZenEngine'] as (new () => { createDecision: (content: object) => { evaluate: (input: object) => Promise<{ result: { total: number } }> } }) | undefined;
  if (!Engine) return undefined;
  const expressions = [
    ['premiere', 'min([energie, 40 * jours])'], ['frais', 'round(0.46154 * jours, 2)'], ['e1', 'round(0.07065 * $.premiere, 2)'], ['e2', 'round(0.11142 * (energie - $.premiere), 2)'], ['sousTotal', '$.frais + $.e1 + $.e2'],
    ['tps', 'round($.sousTotal * 0.05, 2)'], ['tvq', 'round($.sousTotal * 0.09975, 2)'], ['total', '$.sousTotal + $.tps + $.tvq'],
  ].map(([key, value]) => ({ id: key, key, value }));
  const node = (id: string, type: string, content?: object): object => ({ id, name: id, type, position: { x: 0, y: 0 }, ...(content ? { content } : {}) });
  const decision = new Engine().createDecision({
    nodes: [node('in', 'inputNode'), node('facture', 'expressionNode', { expressions }), node('out', 'outputNode')], edges: [{ id: 'a', sourceId: 'in', targetId: 'facture', type: 'edge' }, { id: 'b', sourceId: 'facture', targetId: 'out', type: 'edge' }],
  });
  return async (energy) => Math.round((await decision.evaluate({ energie: energy, jours: 30 })).result.total * 100);
};

const hyperformula: Make = async () => {
  const module = await peer('hyperformula');
  const HyperFormula = module?.['HyperFormula'] as { buildFromArray: (cells: (string | number)[][], options: object) => { setCellContents: (at: object, value: number) => void; getCellValue: (at: object) => number } } | undefined;
  if (!HyperFormula) return undefined;
  const sheet = HyperFormula.buildFromArray([[1500, 30], ['=MIN(A1,40*B1)'], ['=ROUND(0.46154*B1,2)'], ['=ROUND(0.07065*A2,2)'], ['=ROUND(0.11142*(A1-A2),2)'], ['=A3+A4+A5'], ['=ROUND(A6*0.05,2)'], ['=ROUND(A6*0.09975,2)'], ['=A6+A7+A8']], { licenseKey: 'gpl-v3' });
  const [energy, total] = [{ sheet: 0, row: 0, col: 0 }, { sheet: 0, row: 8, col: 0 }];
  return (kWh) => { sheet.setCellContents(energy, kWh); return Math.round(sheet.getCellValue(total) * 100); };
};

const jsonRules: Make = async () => {
  interface Almanac { readonly factValue: (name: string) => Promise<number> }
  interface Engine { readonly addFact: (name: string, value: (params: object, almanac: Almanac) => Promise<number>) => void; readonly addRule: (rule: object) => void; readonly run: (facts: object) => Promise<{ almanac: Almanac }> }
  const made = (await peer('json-rules-engine'))?.['Engine'] as (new () => Engine) | undefined;
  if (!made) return undefined;
  const engine = new made();
  const cents = (value: number): number => Math.round(value * 100) / 100;
  engine.addFact('premiere', async (_, facts) => Math.min(await facts.factValue('energie'), 40 * await facts.factValue('jours')));
  engine.addFact('sousTotal', async (_, facts) => {
    const [energie, jours, premiere] = [await facts.factValue('energie'), await facts.factValue('jours'), await facts.factValue('premiere')];
    return cents(0.46154 * jours) + cents(0.07065 * premiere) + cents(0.11142 * (energie - premiere));
  });
  engine.addFact('total', async (_, facts) => { const sum = await facts.factValue('sousTotal'); return sum + cents(sum * 0.05) + cents(sum * 0.09975); });
  engine.addRule({ conditions: { all: [{ fact: 'energie', operator: 'greaterThanInclusive', value: 0 }] }, event: { type: 'admissible' } });
  return async (energie) => Math.round(await (await engine.run({ energie, jours: 30 })).almanac.factValue('total') * 100);
};

const PEERS: readonly (readonly [name: string, make: Make])[] = [['Barème, compiled', ours], ['publicodes', publicodes], ['@gorules/zen-engine', zen], ['hyperformula', hyperformula], ['json-rules-engine', jsonRules]];
const CASES = Array.from({ length: 2000 }, (_, i) => 1 + (i * 7) % 6000);

console.log(`Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} processors, shared. Rate D, 30 days; 2 000 cases from 1 to 6 000 kWh.`);
let reference: readonly number[] = [];
let base = 1;
for (const [name, make] of PEERS) {
  const bill = await make();
  if (!bill) { console.log(`${name.padEnd(24)} not installed: npm install in bench/peers`); continue; }
  const found: number[] = [];
  for (const energy of CASES) found.push(await bill(energy));
  if (reference.length === 0) reference = found;
  const wrong = found.filter((cents, index) => cents !== reference[index]);
  const started = performance.now();
  let count = 0;
  while (performance.now() - started < 1500) for (let i = 0; i < 50; i++) { const made = bill(CASES[count++ % CASES.length] ?? 0); if (typeof made !== 'number') await made; }
  const rate = count / ((performance.now() - started) / 1000);
  if (name.startsWith('Barème')) base = rate;
  console.log(`${name.padEnd(24)} ${Math.round(rate).toLocaleString('en').replace(/,/g, ' ').padStart(12)} bills/s   ${(base / rate).toFixed(base / rate < 10 ? 1 : 0).padStart(6)} × the time   ${wrong.length === 0 ? 'every cent' : `${wrong.length} bills of ${CASES.length} off by a cent or more`}`);
}
