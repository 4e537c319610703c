/**
 * `npm run docs`: the reference, made from the live tables and the live grammar. The pages of `docs/reference` are committed (a spec
 * compares them with what would be written today); the pages of the library's API are not.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Application } from 'typedoc';
import { pages, root } from './docs/pages.ts';

for (const [path, text] of pages()) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  process.stdout.write(`${path}\n`);
}
if (!(await writeApi('docs/reference/api'))) process.exit(1);

async function writeApi(folder: string): Promise<boolean> {
  const app = await Application.bootstrap({
    entryPoints: [join(root, 'src/index.ts')], tsconfig: join(root, 'tsconfig.types.json'), name: 'Barème', readme: 'none', lang: 'en',
    // The checked program and what runs it are named by two exports that the command uses; they are no part of the contract.
    validation: { notExported: false }, excludePrivate: true, githubPages: false, disableGit: true, sourceLinkTemplate: '../../../{path}#L{line}',
  });
  const project = await app.convert();
  if (!project || app.logger.hasErrors()) return false;
  await app.generateDocs(project, join(root, folder));
  process.stdout.write(`${folder}/index.html\n`);
  return !app.logger.hasErrors();
}
