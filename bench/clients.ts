/**
 * `bareme compare` over many customers: how long, how much memory, beside reading their file alone. Invented customers, always the same
 * ones. Runs the built command (`npm start` builds it): `npx tsx bench/clients.ts [customers] [threads]`.
 */
import { spawn } from 'node:child_process';
import { cpSync, createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openClients } from '../src/cli/clients/read.ts';
import { seeded } from '../spec/tools/seeded.ts';

const root = join(import.meta.dirname, '..');
const customers = Number(process.argv[2] ?? 100_000);
const threads = process.argv[3] ?? '2';

const MONTHS = Array.from({ length: 13 }, (_, month) => new Date(Date.UTC(2026, 3 + month, 1)).toISOString().slice(0, 10));
/** How much of a year's energy falls in each month from April: heating. */
const SHARES = [0.08, 0.05, 0.04, 0.04, 0.04, 0.045, 0.07, 0.1, 0.145, 0.155, 0.13, 0.105];
const french = (value: number, places: number): string => value.toFixed(places).replace('.', ',');

/** A year of a customer: twelve lines of CSV. */
function year(index: number, next: () => number): string {
  const draw = next();
  const rate = draw < 0.72 ? 'D' : draw < 0.75 ? 'DP' : draw < 0.8 ? 'DM' : draw < 0.95 ? 'G' : 'M';
  const size = Math.exp((next() + next() + next() - 1.5) * 1.2);
  const annual = { D: 17000, DP: 180000, DM: 120000, G: 45000, M: 1400000 }[rate] * size;
  const peak = { D: 0, DP: 56 + 40 * next(), DM: 20 + 25 * next(), G: Math.min(60, 12 + 15 * size), M: 150 + 250 * size }[rate];
  const homes = rate === 'DM' ? String(8 + Math.floor(next() * 16)) : '';
  return SHARES.map((share, month) => {
    const energy = annual * share * (0.9 + 0.2 * next());
    const power = rate === 'D' ? '' : french(peak * (month > 6 || rate === 'DP' ? 1 : 0.75) * (0.94 + 0.06 * next()), 1);
    return `C-${String(index).padStart(7, '0')};${rate};${MONTHS[month]};${MONTHS[month + 1]};${french(energy, 1)};${power};${rate === 'DP' || rate === 'G' || rate === 'M' ? '3' : ''};${homes};${rate === 'DM' ? 'immeuble_collectif;collectif' : ';'}\n`;
  }).join('');
}

async function write(path: string): Promise<void> {
  const stream = createWriteStream(path);
  const next = seeded(2026);
  stream.write('\uFEFFclient;tarif;debut;fin;energie;puissance_maximale_appelee;phases;logements;lieu;mesurage\n');
  for (let index = 0; index < customers; index++) if (!stream.write(year(index, next))) await new Promise((resolve) => { stream.once('drain', () => { resolve(undefined); }); });
  await new Promise((resolve) => { stream.end(() => { resolve(undefined); }); });
}

/** The book of 2026 with every price in dollars or cents for energy, power and access raised by about 3 %. */
function copyBook(to: string): void {
  cpSync(join(root, 'tariffs/2026-04-01'), to, { recursive: true });
  for (const name of readdirSync(to, { recursive: true, encoding: 'utf8' })) {
    if (!/tarif-(d|dp|dm|g|m)\.tarif$/.test(name)) continue;
    const path = join(to, name);
    writeFileSync(path, readFileSync(path, 'utf8').replace(/^(\s{2,}(?:frais |minimum )?\s*)(\d+),(\d{3})( (?:¢\/kWh|¢\/jour|\$\/kW\/mois|\$\/mois))/gm, (_, before: string, whole: string, decimals: string, unit: string) => {
      const raised = String(Math.round(Number(`${whole}${decimals}`) * 1.03)).padStart(4, '0');
      return `${before}${raised.slice(0, -3)},${raised.slice(-3)}${unit}`;
    }));
  }
}

const HOOK = "data:text/javascript,import{isMainThread as m}from'node:worker_threads';if(m)process.on('exit',()=>{const u=process.resourceUsage();process.stderr.write('used '+u.maxRSS+' '+(u.userCPUTime+u.systemCPUTime)+'\\n')})";
const run = (args: readonly string[]): Promise<{ seconds: number; cpu: number; megabytes: number; text: string }> => new Promise((resolve) => {
  const begun = performance.now();
  const child = spawn(process.execPath, ['--import', HOOK, join(root, 'dist/cli.js'), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [text, said] = ['', ''];
  child.stdout.on('data', (piece: Buffer) => { text += piece.toString(); });
  child.stderr.on('data', (piece: Buffer) => { said += piece.toString(); });
  child.on('close', () => {
    const [, memory = '0', microseconds = '0'] = /used (\d+) (\d+)/.exec(said) ?? [];
    resolve({ seconds: (performance.now() - begun) / 1000, cpu: Number(microseconds) / 1e6, megabytes: Number(memory) / 1024, text });
  });
});

const folder = mkdtempSync(join(tmpdir(), 'bareme-bench-'));
try {
  const file = join(folder, 'clients.csv');
  const copy = join(folder, 'copie');
  await write(file);
  copyBook(copy);
  console.log(`${customers} customers × 12 months, ${(statSync(file).size / 1e6).toFixed(0)} MB, ${threads} threads`);
  const begun = performance.now();
  const before = process.cpuUsage();
  let rows = 0;
  for await (const customer of (await openClients(file, [])).customers) rows += customer.rows.length;
  const used = process.cpuUsage(before);
  console.log(`reading the file alone: ${((performance.now() - begun) / 1000).toFixed(1)} s, of which ${((used.user + used.system) / 1e6).toFixed(1)} s of processor (${rows} rows)`);
  const compared = await run(['compare', '2026-04-01', copy, '--clients', file, '--threads', threads, '--json', '--csv', join(folder, 'sortie')]);
  const { clients } = JSON.parse(compared.text) as { clients: { retenus: number; ecartes: number; total: { avant: unknown; apres: unknown } } };
  console.log(`compare, with its CSV files: ${compared.seconds.toFixed(1)} s, of which ${compared.cpu.toFixed(1)} s of processor over all threads, ${compared.megabytes.toFixed(0)} MB at most (${Math.round((rows * 2) / compared.seconds)} bills/s); ${clients.retenus} customers in, ${clients.ecartes} out`);
} finally {
  rmSync(folder, { recursive: true });
}
