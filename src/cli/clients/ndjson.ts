/** NDJSON as it streams: a case a line. */
import { textOfFile } from './text.ts';

/** The lines that hold something, with their numbers from 1. */
export async function* ndjsonLines(path: string): AsyncIterable<{ readonly line: number; readonly json: string }> {
  let rest = '';
  let line = 0;
  for await (const piece of textOfFile(path)) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const json of lines) { line++; if (json.trim() !== '') yield { line, json }; }
  }
  if (rest.trim() !== '') yield { line: line + 1, json: rest };
}
