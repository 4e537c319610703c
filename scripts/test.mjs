// `npm test`: installs, checks types and style, builds, and runs every example of the tariffs and every test. Whatever fails, the
// rest still runs where it can, and the last line counts: `N passed, N failed`.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attempt, install } from './install.mjs';

const bin = (name, ...args) => attempt('npx', ['--no-install', '--loglevel=error', name, ...args]);
let passed = 0;
let failed = 0;
/** A step without counts of its own counts as one failure when it fails. */
const step = (result) => {
  if (result.status !== 0) failed++;
  return result.status === 0;
};
/** A step with counts; one that fails without having counted a failure (a crash) is a failure too. */
const counted = (status, counts) => {
  passed += counts?.passed ?? 0;
  failed += Math.max(counts?.failed ?? 0, status === 0 && counts ? 0 : 1);
};
const parsed = (text, counts) => {
  try {
    return counts(JSON.parse(text));
  } catch {
    return undefined;
  }
};

install();
step(bin('tsc', '--noEmit'));
step(bin('eslint', '.'));
if (step(attempt(process.execPath, ['scripts/build.mjs']))) {
  step(bin('tsc', '-p', 'tsconfig.types.json'));
  step(attempt(process.execPath, ['dist/cli.js', 'check']));

  const examples = attempt(process.execPath, ['dist/cli.js', 'test', '--json'], { stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 28 });
  const counts = parsed(String(examples.stdout ?? ''), (json) => ({ passed: json.reussis, failed: json.echoues, failures: json.diagnostics }));
  counted(examples.status, counts);
  for (const { fichier, ligne, colonne, code, message } of counts?.failures ?? []) process.stdout.write(`${fichier}:${ligne}:${colonne}  ${code}  ${message}\n`);
  process.stdout.write(`Examples of the tariffs: ${counts?.passed ?? 0} exact, ${counts?.failed ?? 'unknown'} failed.\n`);

  const folder = mkdtempSync(join(tmpdir(), 'bareme-'));
  const report = join(folder, 'vitest.json');
  const tests = bin('vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`);
  counted(tests.status, parsed(read(report), (json) => ({ passed: json.numPassedTests, failed: json.numFailedTests })));
  rmSync(folder, { recursive: true });
}
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
