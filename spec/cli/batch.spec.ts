/** `bareme batch`, as a process: bills worked by hand, refusals, threads, an end in the middle, folders. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCommand, root, type Command, type Ran } from '../tools/command.ts';

let command: Command;
beforeAll(async () => {
  command = await openCommand();
  // DuckDB is no part of the bundle.
  symlinkSync(join(root, 'node_modules'), at('node_modules'));
}, 60_000);
afterAll(() => { command.remove(); });

const at = (...names: string[]): string => join(command.folder, ...names);
const put = (name: string, text: string | Uint8Array): string => { writeFileSync(at(name), text); return at(name); };
const batch = (from: string, to: string, ...more: string[]): Ran => command.run(['batch', from, '--out', to, ...more]);
const lines = (path: string): string[] => readFileSync(path, 'utf8').trimEnd().split('\n');
/** The files of the folder that a run leaves, by how they begin. */
const left = (name: string): string[] => readdirSync(command.folder).filter((file) => file.startsWith(name)).sort();

/**
 * a: 30 × 46,154 ¢ = 13,8462 → 13,85; 1 200 × 7,065 ¢ = 84,78; 34,5 × 11,142 ¢ = 3,84399 → 3,84. 102,47; 5 % 5,1235 → 5,12; 9,975 % 10,22138… → 10,22.
 * b: 31 × 46,154 ¢ = 14,30774 → 14,31; 20,125 × 7,065 ¢ = 1,42183125 → 1,42. 15,73; 0,7865 → 0,79; 1,5690675 → 1,57.
 */
const HEAD = 'client,tarif,options,debut,fin,frais,energie_tranche_1,energie_tranche_2,reduction_energie,sous_total,tps,tvq,total';
const A = 'a,D,,2026-06-01,2026-07-01,13.85,84.78,3.84,,102.47,5.12,10.22,117.81';
const B = '"b, ""c""",D,,2026-07-01,2026-08-01,14.31,1.42,,,15.73,0.79,1.57,18.09';
const CSV = 'client;tarif;debut;fin;energie\na;D;2026-06-01;2026-07-01;1 234,5\n"b, ""c""";D;2026-07-01;2026-08-01;20,125\n';
const NDJSON = '{"client":"a","tarif":"D","periode":{"debut":"2026-06-01","fin":"2026-07-01"},"donnees":{"energie":1234.5}}\n{"client":"b, \\"c\\"","tarif":"D","periode":{"debut":"2026-07-01","fin":"2026-08-01"},"donnees":{"energie":"20.125"}}\n';

describe('bills', () => {
  it.each([['CSV', 'in.csv', CSV], ['with CRLF and a byte order mark', 'in.csv', `\uFEFF${CSV.replace(/\n/g, '\r\n')}`], ['no end to the last line', 'in.csv', CSV.trimEnd()], ['English CSV', 'in.csv', CSV.replace(/;/g, ',').replace('1 234,5', '"1,234.5"').replace('20,125', '20.125').replace('client,tarif,debut,fin', 'customer,rate,start,end')], ['NDJSON', 'in.ndjson', NDJSON]])('%s → CSV', (_, name, text) => {
    const ran = batch(put(name, text), at('out.csv'));
    expect([ran.status, ran.stdout]).toEqual([0, '']);
    expect(ran.stderr).toMatch(/^2 facture\(s\) → .*out\.csv, en .* s \(.*\/s\)\.\n$/);
    expect(lines(at('out.csv'))).toEqual([HEAD, A, B]);
    expect(left('out')).toEqual(['out.csv']);
  });
  it('the exact total and the articles of reserves, when asked for', () => {
    batch(put('in.csv', CSV), at('out.csv'), '--exact', '--reserves');
    const [head, a, b] = lines(at('out.csv'));
    expect([head, a?.split(',').slice(0, 14).join(','), b?.split(',').at(-2)]).toEqual([`${HEAD},total_exact,reserves`, `${A},102.47019`, '15.72957125']);
    expect(a?.split(',').at(-1)).toMatch(/^(\d+\.\d+|reserve\/\w+)( (\d+\.\d+|reserve\/\w+))*$/);
  });
  it('→ NDJSON: what `bareme bill --json` gives, with the customer', () => {
    batch(put('in.ndjson', NDJSON), at('out.ndjson'));
    const bills = command.run(['bill', put('cases.ndjson', NDJSON.replace(/"client":"(\\"|[^"])*",/g, '')), '--json']).stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as object);
    expect(lines(at('out.ndjson')).map((line) => JSON.parse(line) as unknown)).toEqual([{ client: 'a', ...bills[0] }, { client: 'b, "c"', ...bills[1] }]);
  });
  it('a past that commands the bill is that of the customer, and only of that one', () => {
    // Article 2.17: 65 % of the winter's peak, 100 kW, bills 65 kW in June; the next customer has no past.
    batch(put('in.csv', 'client;tarif;debut;fin;energie;puissance_maximale_appelee;phases\nx;DP;2026-12-01;2026-12-31;10000;100;3\nx;DP;2027-06-01;2027-07-01;10000;60;3\ny;DP;2027-06-01;2027-07-01;10000;60;3\n'), at('out.csv'));
    const [head = '', ...rows] = lines(at('out.csv'));
    // 15 kW over 50 kW at 5,369 $, then 10 kW.
    expect(rows.map((row) => row.split(',')[head.split(',').indexOf('prime_en_ete')])).toEqual(['', '80.54', '53.69']);
  });
  const sql = async (query: string): Promise<unknown[][]> => {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const rows = (await connection.runAndReadAll(query)).getRows().map((row) => row.map((cell) => (cell === null ? null : String(cell as string))));
    connection.closeSync();
    return rows;
  };
  it('Parquet in and out: dates are dates, dollars are decimals', async () => {
    await sql(`copy (select * from (values ('a', 'D', DATE '2026-06-01', DATE '2026-07-01', 1234.500::DECIMAL(18,3)), ('b, "c"', 'D', DATE '2026-07-01', DATE '2026-08-01', 20.125)) t(client, tarif, debut, fin, energie)) to '${at('in.parquet')}' (format parquet)`);
    expect(batch(at('in.parquet'), at('out.csv')).status).toBe(0);
    expect(lines(at('out.csv'))).toEqual([HEAD, A, B]);
    expect(batch(at('in.parquet'), at('out.parquet')).status).toBe(0);
    expect(await sql(`select client, debut, energie_tranche_2, total, typeof(debut), typeof(total) from '${at('out.parquet')}'`)).toEqual([['a', '2026-06-01', '3.84', '117.81', 'DATE', 'DECIMAL(18,2)'], ['b, "c"', '2026-07-01', null, '18.09', 'DATE', 'DECIMAL(18,2)']]);
    expect(left('out.').filter((name) => /part|journal/.test(name))).toEqual([]);
  });
});

describe('rows that are refused', () => {
  it('go to the file of errors with their line and reason; the others are billed; it ends with 1', () => {
    const ran = batch(put('in.csv', `${CSV}c;D;2026-06-01;2026-07-01;beaucoup\n;D;2026-07-01;2026-08-01;5\nd;Z;2026-06-01;2026-07-01;5\ne;D;2026-07-01;2026-06-01;5\na2;D;2026-06-01;2026-07-01;1234,5\n`), at('out.csv'));
    expect(ran.status).toBe(1);
    expect(ran.stderr).toMatch(/4 ligne\(s\) refusée\(s\) : .*out\.erreurs\.ndjson\.\n$/);
    expect(lines(at('out.csv'))).toEqual([HEAD, A, B, A.replace('a', 'a2')]);
    const errors = lines(at('out.erreurs.ndjson')).map((line) => JSON.parse(line) as { ligne: number; client?: string; erreurs: { code: string; pointeur?: string }[] });
    expect(errors.map(({ ligne, client, erreurs }) => [ligne, client, ...erreurs.map(({ code, pointeur }) => `${code} ${pointeur ?? ''}`)])).toEqual([
      [4, 'c', 'cas-json/type /donnees/energie'], [5, 'c', 'cas-json/champ-absent /client'], [6, 'd', 'tarifs/inconnu /tarif'], [7, 'e', 'periode/vide /periode'],
    ]);
    // A run without refusals leaves no such file, not even an old one.
    expect(batch(put('in.csv', CSV), at('out.csv')).status).toBe(0);
    expect(existsSync(at('out.erreurs.ndjson'))).toBe(false);
  });
  it('a row that cannot be read refuses those after it, where amounts are read from the past', () => {
    const rows = (rate: string): string => `z;${rate};2026-05-01;2026-06-01;?;60;3\nz;${rate};2026-06-01;2026-07-01;100;60;3\n`;
    const ran = batch(put('in.csv', `client;tarif;debut;fin;energie;puissance_maximale_appelee;phases\n${rows('DP')}`), at('out.csv'), '--errors', at('refus.ndjson'));
    expect(ran.status).toBe(1);
    expect(lines(at('refus.ndjson')).map((line) => (JSON.parse(line) as { erreurs: { code: string }[] }).erreurs.map(({ code }) => code))).toEqual([['cas-json/type'], ['lot/passe']]);
    expect(lines(at('out.csv'))).toHaveLength(1);
  });
  it('in English', () => {
    batch(put('in.csv', 'client;tarif;debut;fin;energie\nd;Z;2026-06-01;2026-07-01;5\n'), at('out.csv'), '--lang', 'en');
    expect(lines(at('out.erreurs.ndjson'))[0]).toContain('There is no rate “Z”.');
  });
});

/** Customers whose bills differ, some of them refused, some with quotes and lines in their names. */
const many = (count: number): string => `client;tarif;debut;fin;energie\n${Array.from({ length: count }, (_, i) => `${i % 97 === 0 ? `"c ${i}\nx"` : `c${(i * 7919) % count}-${i}`};D;2026-0${4 + (i % 5)}-01;2026-0${5 + (i % 5)}-01;${i % 501 === 7 ? 'x' : (i * 37) % 3001}`).join('\n')}\n`;

/** A year of customers at five rates; some rows are refused, some numbers and names are written in other ways. */
function years(count: number): string {
  let state = 7;
  const next = (): number => { state = (Math.imul(state, 1664525) + 1013904223) | 0; return (state >>> 0) / 4294967296; };
  const months = Array.from({ length: 13 }, (_, month) => new Date(Date.UTC(2026, 3 + month, 1)).toISOString().slice(0, 10));
  const rows = Array.from({ length: count }, (_, client) => {
    const rate = ['D', 'D', 'DP', 'DM', 'G', 'M'][client % 6] ?? 'D';
    const size = 0.4 + 2 * next();
    const name = client % 50 === 3 ? `Client, n° ${client}` : client % 61 === 5 ? ` é-${client} ` : `C-${client}`;
    return months.slice(0, 12).map((start, month) => {
      const odd = next();
      const energy = ({ D: 1400, DP: 15000, DM: 9000, G: 3800, M: 117000 }[rate] ?? 0) * size * (0.6 + 0.8 * next());
      const plain = energy.toFixed(1).replace('.', ',');
      const given = odd < 0.004 ? 'abc' : odd < 0.008 ? `-${plain}` : odd < 0.012 ? '' : odd < 0.03 ? plain.replace(/(\d)(\d{3}),/, '$1\u00A0$2,') : odd < 0.034 ? '123456789012345678,5' : plain;
      const power = rate === 'D' ? '' : (({ DP: 70, DM: 30, G: 45, M: 350 }[rate] ?? 0) * (0.7 + 0.3 * next())).toFixed(1);
      return `${odd > 0.999 ? '' : name};${rate};${start};${odd > 0.997 && odd < 0.999 ? start : months[month + 1]};${given};${power};${['DP', 'G', 'M'].includes(rate) ? '3' : ''};${rate === 'DM' ? '12;immeuble_collectif;collectif' : ';;'}\n`;
    }).join('');
  });
  return `client;tarif;debut;fin;energie;puissance_maximale_appelee;phases;logements;lieu;mesurage\n${rows.join('')}`;
}

it('by columns and by the interpreter: the same bills, the same refusals', () => {
  put('years.csv', years(700));
  expect(batch(at('years.csv'), at('columns.csv')).status).toBe(1);
  // The exact total is the interpreter's alone.
  expect(batch(at('years.csv'), at('rows.csv'), '--exact').status).toBe(1);
  const [columns, rows] = [lines(at('columns.csv')), lines(at('rows.csv')).map((line) => line.replace(/,[^,]*$/, ''))];
  expect([columns.length > 7000, columns.findIndex((line, index) => line !== rows[index]), columns.length]).toEqual([true, -1, rows.length]);
  expect(readFileSync(at('columns.erreurs.ndjson'), 'utf8')).toBe(readFileSync(at('rows.erreurs.ndjson'), 'utf8'));
  expect(new Set(lines(at('columns.erreurs.ndjson')).map((line) => (JSON.parse(line) as { erreurs: { code: string }[] }).erreurs[0]?.code)).size).toBeGreaterThan(4);
}, 120_000);

describe('the same bytes', () => {
  it('by columns, with one thread, two and three, whatever the order of the names', () => {
    put('plain.csv', `client;tarif;debut;fin;energie\n${Array.from({ length: 40_000 }, (_, i) => `c${(i * 7919) % 40_000};D;2026-0${4 + (i % 5)}-01;2026-0${5 + (i % 5)}-01;${i % 5003 === 7 ? 'x' : (i * 37) % 3001}`).join('\n')}\n`);
    const outputs = ['1', '2', '3'].map((threads) => { expect(batch(at('plain.csv'), at('out.csv'), '--threads', threads).status).toBe(1); return readFileSync(at('out.csv'), 'utf8') + readFileSync(at('out.erreurs.ndjson'), 'utf8'); });
    expect(outputs[0]?.split('\n').length).toBe(40_002);
    expect(outputs[1] === outputs[0] && outputs[2] === outputs[0]).toBe(true);
  }, 120_000);
  it('with one thread, two and three', () => {
    // More than four chunks, so that threads are opened.
    put('many.csv', many(32_000));
    const outputs = ['1', '2', '3'].map((threads) => { expect(batch(at('many.csv'), at('out.csv'), '--threads', threads).status).toBe(1); return [readFileSync(at('out.csv'), 'utf8'), readFileSync(at('out.erreurs.ndjson'), 'utf8')]; });
    expect(outputs[0]?.[0]?.split('\n').length).toBeGreaterThan(31_000);
    expect(outputs[1]?.[0] === outputs[0]?.[0] && outputs[2]?.[0] === outputs[0]?.[0]).toBe(true);
    expect(outputs[1]?.[1] === outputs[0]?.[1] && outputs[2]?.[1] === outputs[0]?.[1]).toBe(true);
  }, 300_000);

  /** Starts a run, and ends it once its journal tells that some chunks are done. */
  async function endedBy(signal: NodeJS.Signals, out: string): Promise<{ readonly code: number | null; readonly said: string }> {
    const child = spawn(process.execPath, [at('cli.js'), 'batch', at('many.csv'), '--out', out, '--threads', '2'], { cwd: root, stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, LANG: 'fr_CA.UTF-8', LC_ALL: 'fr_CA.UTF-8' } });
    let said = '';
    child.stderr.on('data', (piece: Buffer) => { said += piece.toString(); });
    const ended = new Promise<number | null>((resolve) => { child.on('close', (code) => { resolve(code); }); });
    const chunks = (): number => { try { return (JSON.parse(readFileSync(`${out}.journal`, 'utf8')) as { standing: { chunks: number } }).standing.chunks; } catch { return 0; } };
    while (chunks() < 1 && child.exitCode === null) await setTimeout(20);
    child.kill(signal);
    return { code: await ended, said };
  }
  it('after a run was killed, and gone on with', async () => {
    const whole = readFileSync(at('out.csv'), 'utf8');
    const errors = readFileSync(at('out.erreurs.ndjson'), 'utf8');
    expect((await endedBy('SIGKILL', at('killed.csv'))).code).toBe(null);
    expect(left('killed')).toEqual(['killed.csv.journal', 'killed.csv.part', 'killed.erreurs.ndjson.part']);
    expect(batch(at('many.csv'), at('killed.csv'), '--resume', '--threads', '1').status).toBe(1);
    expect(readFileSync(at('killed.csv'), 'utf8') === whole).toBe(true);
    expect(readFileSync(at('killed.erreurs.ndjson'), 'utf8') === errors).toBe(true);
    expect(left('killed')).toEqual(['killed.csv', 'killed.erreurs.ndjson']);
  }, 300_000);
  it('after Ctrl-C, which says how to go on', async () => {
    const { code, said } = await endedBy('SIGINT', at('stopped.csv'));
    expect([code, said]).toEqual([130, expect.stringMatching(/^Interrompu : .* lignes sur .* sont faites\. Pour reprendre, la même commande avec « --resume »\.\n$/)]);
    expect(existsSync(at('stopped.csv'))).toBe(false);
    const other = put('other.csv', readFileSync(at('many.csv')));
    for (const args of [[other], [at('many.csv'), '--exact']]) expect(batch(args[0] ?? '', at('stopped.csv'), '--resume', ...args.slice(1)).stderr).toMatch(/^lot\/reprise/);
    expect(batch(at('many.csv'), at('stopped.csv'), '--resume').status).toBe(1);
    expect(readFileSync(at('stopped.csv'), 'utf8') === readFileSync(at('out.csv'), 'utf8')).toBe(true);
  }, 300_000);
});

it('memory does not grow with the file', () => {
  const hook = "data:text/javascript,process.on('exit',()=>process.stderr.write('used '+process.resourceUsage().maxRSS+'\\n'))";
  const used = (rows: number): number => {
    const text = Array.from({ length: rows }, (_, i) => `c${String(i).padStart(8, '0')};D;2026-06-01;2026-07-01;${(i * 37) % 3001}\n`).join('');
    put('large.csv', `client;tarif;debut;fin;energie\n${text}`);
    const ran = spawnSync(process.execPath, ['--import', hook, at('cli.js'), 'batch', at('large.csv'), '--out', at('large.out.csv'), '--threads', '1'], { cwd: root, encoding: 'utf8' });
    expect(ran.status).toBe(0);
    return Number(/used (\d+)/.exec(ran.stderr)?.[1]) / 1024;
  };
  // 50 MB in and 100 MB out: kept, either would show.
  const [small, large] = [used(120_000), used(1_200_000)];
  expect(large - small).toBeLessThan(70);
  for (const name of ['large.csv', 'large.out.csv']) rmSync(at(name));
}, 120_000);

describe('a folder', () => {
  it('each file to one of its name', () => {
    mkdirSync(at('clients'), { recursive: true });
    put('clients/b.csv', CSV);
    put('clients/a.ndjson', NDJSON);
    put('clients/notes.md', '# rien');
    const ran = batch(at('clients'), at('factures'));
    expect([ran.status, ran.stderr.split('\n').length]).toEqual([0, 3]);
    expect(readdirSync(at('factures')).sort()).toEqual(['a.csv', 'b.csv']);
    expect(lines(at('factures', 'a.csv'))).toEqual(lines(at('factures', 'b.csv')));
    expect(batch(at('clients'), at('factures'), '--format', 'ndjson').status).toBe(0);
    expect(readdirSync(at('factures')).sort()).toEqual(['a.csv', 'a.ndjson', 'b.csv', 'b.ndjson']);
    const json = JSON.parse(batch(at('clients'), at('factures'), '--json').stdout) as { version: number; fichiers: { factures: number }[] };
    expect([json.version, json.fichiers.map(({ factures }) => factures)]).toEqual([1, [2, 2]]);
    put('clients/b.ndjson', NDJSON);
    expect(batch(at('clients'), at('factures')).stderr).toMatch(/^lot\/meme-sortie/);
    rmSync(at('factures'), { recursive: true });
  });
});

describe('what is wrong', () => {
  it.each([
    ['no output', ['x.csv'], 2, /commande\/option-absente/], ['an output of another kind', ['x.csv', '--out', 'x.xlsx'], 2, /commande\/valeur .*\.csv, \.ndjson ou \.parquet/], ['a number of threads', ['x.csv', '--out', 'y.csv', '--threads', '0'], 2, /commande\/valeur/],
    ['a form that the output denies', ['x.csv', '--out', 'y.csv', '--format', 'parquet'], 2, /commande\/valeur/], ['a folder into a file', ['.', '--out', 'y.csv'], 2, /commande\/valeur .*dossier/], ['no such file', ['absent.csv', '--out', 'y.csv'], 1, /^texte\/introuvable/],
    ['nothing to resume', ['x.csv', '--out', 'y.csv', '--resume'], 1, /^lot\/rien-a-reprendre/], ['its own input', ['x.csv', '--out', 'x.csv'], 1, /^lot\/sur-entree/], ['a column that is not there', ['cols.csv', '--out', 'y.csv'], 1, /^clients\/colonne/],
    ['a customer that comes back', ['scattered.csv', '--out', 'y.csv'], 1, /^clients\/disperse .*« a ».*ligne 4/], ['an open quote', ['quote.csv', '--out', 'y.csv'], 1, /^clients\/csv .*Quote Not Closed/], ['bytes that are no text', ['latin.csv', '--out', 'y.csv'], 1, /^texte\/encodage/],
    ['an empty file', ['empty.csv', '--out', 'y.csv'], 1, /^clients\/vide/], ['a folder in the place of the output', ['x.csv', '--out', 'taken.csv'], 1, /^texte\/non-ecrit/],
  ] as const)('%s', (_, args, status, said) => {
    put('x.csv', CSV);
    put('cols.csv', 'cliant;tarif;debut;fin\na;D;1;2\n');
    put('scattered.csv', 'client;tarif;debut;fin\na;D;1;2\nb;D;1;2\na;D;1;2\n');
    put('quote.csv', 'client;tarif;debut;fin\na;"D;1;2\nb;D;1;2\n');
    put('latin.csv', Buffer.from('client;tarif;debut;fin\n\xe9;D;1;2\n', 'latin1'));
    put('empty.csv', 'client;tarif;debut;fin\n');
    mkdirSync(at('taken.csv'), { recursive: true });
    const ran = command.run(['batch', ...args.map((arg) => (/^\w+\.(csv|xlsx)$|^\.$/.test(arg) ? at(arg) : arg))]);
    expect([ran.status, ran.stderr]).toEqual([status, expect.stringMatching(said)]);
    expect(readFileSync(at('x.csv'), 'utf8')).toBe(CSV);
    expect(left('y.csv').filter((name) => name === 'y.csv')).toEqual([]);
    rmSync(at('taken.csv.journal'), { force: true });
  });
});
