/** A file of text as it streams, in UTF-8 with or without a byte order mark. */
import { createReadStream } from 'node:fs';
import { diagnostic } from '../../diagnostics/diagnostic.ts';
import { FileRefused } from './refused.ts';

/** Pieces of the text; other bytes than UTF-8 refuse the file, with the place of the piece where they are. */
export async function* textOfFile(path: string): AsyncIterable<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let offset = 0;
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch {
      throw new FileRefused([diagnostic('texte/encodage', { offset })]);
    }
  };
  try {
    for await (const bytes of createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Uint8Array>) {
      yield decode(bytes);
      offset += bytes.length;
    }
  } catch (error) {
    if (error instanceof FileRefused) throw error;
    throw new FileRefused([diagnostic('texte/introuvable', { path })]);
  }
  yield decode();
}
