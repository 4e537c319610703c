/** The tariff files of the repository, good ones only, and the samples of the language guide as files. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const root = join(import.meta.dirname, '../..');

const under = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile() && entry.name.endsWith('.tarif')).map((entry) => relative(root, join(entry.parentPath, entry.name))).sort();

/** Every `.tarif` file that is meant to be right: those of `spec/mauvais` are not. */
export const paths: readonly string[] = ['tariffs', 'spec/langage', 'spec/fixtures', 'examples', 'docs'].flatMap(under);
export const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The samples of the guide: the first is a whole file, the others statements of an article. */
export const samples: readonly string[] = [...textOf('docs/langage.md').matchAll(/```tarif\n([\s\S]*?)```/g)].map(([, sample = '']) => (/^(?:édition|tarif) /.test(sample) ? sample : `tarif X « X »\narticle 1.1 « Échantillon »\n${sample}`));
