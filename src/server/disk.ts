/** The system as the workspace asks for it. */
import { readFileSync, statSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { tarifFiles } from '../disk/editions.ts';
import { readSource } from '../source/file.ts';
import type { Disk } from './workspace.ts';

const isFile = (path: string): boolean => { try { return statSync(path).isFile(); } catch { return false; } };

/** A file that has no path (`untitled:1`) is known by its address, and is in no edition. */
const pathOf = (uri: string): string => { try { return uri.startsWith('file:') ? fileURLToPath(uri) : uri; } catch { return uri; } };

export const systemDisk: Disk = {
  has: isFile,
  list: tarifFiles,
  read: (path) => {
    try {
      const bytes = readFileSync(path);
      const read = readSource(path, bytes);
      // As the editor would have it: accents as they are written, for places must count what it counts.
      return 'badByte' in read ? { badByte: read.badByte } : { text: new TextDecoder('utf-8').decode(bytes) };
    } catch {
      return undefined;
    }
  },
  pathOf,
  uriOf: (path) => (/^[a-z][a-z+.-]+:/i.test(path) && !path.includes(sep) ? path : pathToFileURL(path).href),
  folderOf: dirname,
  isUnder: (path, folder) => path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`),
};
