/**
 * `npm run docs`: the reference, made from the live tables and the live grammar, a page for each diagnostic, and the pages of the
 * library's API; then every link of the repository's pages and of what was built is followed. What is committed of it (all but the API) is
 * compared by a spec with what would be written today.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Application, LogLevel } from 'typedoc';
import { filesEnding, linkChecker } from './docs/links.ts';
import { pages, root } from './docs/pages.ts';

const API = 'docs/reference/api';
const made = await pages();
for (const [path, text] of made) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
// A code that is no more leaves no page.
const codes = 'docs/reference/diagnostics';
for (const name of readdirSync(join(root, codes))) if (!made.has(`${codes}/${name}`)) rmSync(join(root, codes, name));
process.stdout.write(`${made.size} files of the reference: docs/reference, docs/schemas, editors/vscode/syntaxes\n`);
if (!(await writeApi())) process.exit(1);

const checker = linkChecker(root);
const looked = [...filesEnding(root, '.md'), ...filesEnding(root, '.html', 'docs')];
const broken = looked.flatMap(checker.broken);
for (const each of broken) process.stderr.write(`leads nowhere: ${each}\n`);
process.stdout.write(`${looked.length} pages looked at, ${broken.length} links that lead nowhere\n`);
process.exitCode = broken.length > 0 ? 1 : 0;

async function writeApi(): Promise<boolean> {
  const app = await Application.bootstrap({
    entryPoints: [join(root, 'src/index.ts')], tsconfig: join(root, 'tsconfig.types.json'), name: 'Barème', readme: 'none', lang: 'en', logLevel: LogLevel.Warn,
    // The checked program and what runs it are named by two exports that the command uses; they are no part of the contract.
    validation: { notExported: false, invalidLink: true, invalidPath: true }, excludePrivate: true, githubPages: false, disableGit: true, sourceLinkTemplate: '../../../../src/{path}#L{line}',
  });
  const project = await app.convert();
  if (!project || app.logger.hasErrors()) return false;
  await app.generateDocs(project, join(root, API));
  process.stdout.write(`${API}/index.html\n`);
  return !app.logger.hasErrors();
}
