// `npm test`: installs, checks types and style, builds, and runs every test and every example of the tariffs.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { install, root, run } from './install.mjs';
import { spawnSync } from 'node:child_process';

install();
run('npx', ['--no-install', 'tsc', '--noEmit']);
run('npx', ['--no-install', 'eslint', '.']);
run(process.execPath, ['scripts/build.mjs']);
run(process.execPath, ['dist/cli.js', 'check']);
const examples = run(process.execPath, ['dist/cli.js', 'test', '--json'], { stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 28 });
const counted = JSON.parse(examples.stdout.toString());
process.stdout.write(`${counted.reussis} examples of the tariffs exact.\n`);
const report = join(root, 'dist', 'vitest.json');
rmSync(report, { force: true });
const tests = spawnSync('npx', ['--no-install', 'vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], { cwd: root, stdio: 'inherit' });
const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
process.stdout.write(`\n${numPassedTests + counted.reussis} passed, ${numFailedTests + counted.echoues} failed\n`);
process.exit(tests.status ?? 1);
