/**
 * `npm run bench -- server` (after `node scripts/build.mjs`): keystroke latency in the largest file with the whole book loaded, and the start of the
 * process: time to the answer of `initialize`, to the first diagnostics, to the whole book checked. Prints figures and never judges.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver-protocol/node';

const root = process.cwd();
const server = process.argv[2] ?? join(root, 'dist/server.js');
const path = join(root, 'tariffs/2026-04-01/06-options-tarifaires/02-gdp-engagement.tarif');
const uri = pathToFileURL(path).href;
const text = readFileSync(path, 'utf8');
const show = (what: string, ms: readonly number[]): void => {
  const sorted = [...ms].sort((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN).toFixed(1);
  process.stdout.write(`${what.padEnd(58)} min ${at(0)} ms · median ${at(0.5)} · 95 % ${at(0.95)} · max ${at(1)} (${ms.length})\n`);
};

async function session(): Promise<{ start: number; first: number; whole: number; keys: Map<string, number[]> }> {
  const began = performance.now();
  const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const rpc = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  let heard: (() => void) | undefined;
  let count = -1;
  rpc.onNotification('textDocument/publishDiagnostics', (params: { uri: string; diagnostics: unknown[] }) => {
    if (params.uri !== uri) return;
    count = params.diagnostics.length;
    heard?.();
  });
  rpc.listen();
  await rpc.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
  const start = performance.now() - began;
  await rpc.sendNotification('initialized', {});
  // A mistake, so that there is something to say of the file.
  const opened = performance.now();
  const first = new Promise<number>((resolve) => { heard = () => resolve(performance.now() - opened); });
  await rpc.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'tarif', version: 1, text: `${text}\n  faute faute faute\n` } });
  const firstAt = await first;
  await rpc.sendRequest('bareme/idle');
  const whole = performance.now() - opened;
  // Typing: each key makes a diagnostic come or go, so that the answer is seen; then the letters of a name, back and forth.
  const keys = new Map<string, number[]>();
  const lines = text.split('\n');
  const places = {
    'a price of a line': lines.findIndex((line) => /¢\/kWh|\$\/kW/.test(line) && !line.includes('«')),
    'a definition': lines.findIndex((line) => /^ {2}[a-zé_]+ (par [a-zé_]+ )?= /.test(line)),
    'an example': lines.findIndex((line) => /puissance_interruptible = /.test(line)),
    'a header': lines.findIndex((line) => line.startsWith('article 6.20')),
  };
  let version = 1;
  for (const [what, line] of Object.entries(places)) {
    if (line < 0) continue;
    const times: number[] = [];
    const end = (lines[line] ?? '').length;
    for (let i = 0; i < 30; i++) {
      const before = count;
      const range = i % 2 === 0 ? { start: { line, character: end }, end: { line, character: end } } : { start: { line, character: end }, end: { line, character: end + 2 } };
      const at = performance.now();
      const answer = new Promise<void>((resolve) => { heard = () => { if (count !== before) resolve(); }; });
      await rpc.sendNotification('textDocument/didChange', { textDocument: { uri, version: ++version }, contentChanges: [{ range, text: i % 2 === 0 ? ' !' : '' }] });
      await answer;
      times.push(performance.now() - at);
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    keys.set(what, times);
    await rpc.sendRequest('bareme/idle');
  }
  await rpc.sendRequest('shutdown');
  await rpc.sendNotification('exit');
  rpc.dispose();
  return { start, first: firstAt, whole, keys };
}

const runs = [];
for (let i = 0; i < 3; i++) runs.push(await session());
show('process start to the answer of initialize', runs.map(({ start }) => start));
show('opening to the first diagnostics of the file', runs.map(({ first }) => first));
show('opening to the whole book checked', runs.map(({ whole }) => whole));
for (const what of runs[0]?.keys.keys() ?? []) show(`keystroke in ${what} to its diagnostics`, runs.flatMap(({ keys }) => keys.get(what) ?? []));
process.exit(0);
