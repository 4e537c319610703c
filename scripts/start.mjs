// `npm start`: installs, builds, checks every tariff file, and prints two real bills with their explanation.
import { install, run } from './install.mjs';

install();
run(process.execPath, ['scripts/build.mjs']);
const bareme = (...args) => run(process.execPath, ['dist/cli.js', ...args]);
bareme('check');
for (const example of ['examples/maison-d.json', 'examples/commerce-g.json']) {
  process.stdout.write('\n');
  bareme('bill', example, '--explain');
}
