/** Every tariff file of the repository that is meant to be right is formatted: `bareme format tariffs spec/langage spec/fixtures`. */
import { expect, it } from 'vitest';
import { formatTarif } from '../../src/format/format.ts';
import { sourceFile } from '../../src/source/file.ts';
import { paths, textOf } from './files.ts';

it('there are many', () => expect(paths.length).toBeGreaterThan(80));
it.each(paths)('%s is formatted', async (path) => {
  const text = textOf(path);
  const result = await formatTarif(sourceFile(path, text));
  // A comparison of whole texts, without a diff of thousands of lines.
  expect('text' in result && result.text === text, `run: bareme format ${path}`).toBe(true);
});
