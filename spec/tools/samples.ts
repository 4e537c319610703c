/**
 * The samples of a guide, and how they are run. In Markdown:
 * - ` ```console `: lines that begin with `$ ` are commands, the lines under one are what it says (stdout, then stderr; `…` stands for
 *   anything, lines or a part of one); a command with nothing under it is only expected to end as it should;
 * - ` ```json name.json `, ` ```ts name.ts `, ` ```csv name.csv `: a file, written where the commands of the page run;
 * - ` ```ts ` without a name: a module that is run; a ` ```text ` right after it is what it prints.
 * Comments of HTML, which readers do not see, come right before a block: `<!-- exit 1 -->` (how its last command ends, or `exit 1 0 1` each),
 * `<!-- before: cp a b -->` (a command run first), `<!-- not run: why -->` (its commands are only checked for their options).
 */
export interface Sample {
  readonly language: string;
  /** The name of the file that it is, or ''. */
  readonly name: string;
  readonly text: string;
  /** The line of the fence, from 1. */
  readonly line: number;
  readonly notes: readonly string[];
  /** Whether only blank lines part it from the sample before. */
  readonly follows: boolean;
}

export function samplesOf(markdown: string): Sample[] {
  const lines = markdown.split('\n');
  const found: Sample[] = [];
  let notes: string[] = [];
  let follows = false;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const open = /^( *)(`{3,})([^\s`]*) *(.*)$/.exec(line);
    if (open) {
      const [, indent = '', ticks = '', language = '', name = ''] = open;
      const end = lines.findIndex((each, index) => index > at && each.trim() === ticks);
      if (end < 0) throw new Error(`The sample of line ${at + 1} is never closed`);
      found.push({ language, name: name.trim(), text: lines.slice(at + 1, end).map((each) => (each.startsWith(indent) ? each.slice(indent.length) : each)).join('\n'), line: at + 1, notes, follows });
      at = end;
      notes = [];
      follows = true;
      continue;
    }
    const note = /^ *<!-- ((?:exit|before|not run)\b.*) -->$/.exec(line)?.[1];
    if (note !== undefined) notes = [...notes, note];
    else if (line.trim() !== '') { notes = []; follows = false; }
  }
  return found;
}

/** The commands of a console block, each with what should be seen under it; undefined when nothing is shown. */
export function commandsOf(text: string): readonly { readonly command: string; readonly expected: string | undefined }[] {
  const found: { command: string; output: string[] }[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('$ ')) found.push({ command: line.slice(2), output: [] });
    else if (found.length > 0) found.at(-1)?.output.push(line);
    else throw new Error(`A console block begins with a command: ${line}`);
  }
  return found.map(({ command, output }) => ({ command, expected: output.join('\n').trim() === '' ? undefined : output.join('\n') }));
}

const plain = (text: string): string => text.replace(/[\u00A0\u202F]/g, ' ').split('\n').map((line) => line.trimEnd()).join('\n').trim();

/** Whether a text is what was expected of it: spaces of all widths alike, `…` for anything. */
export function matches(expected: string, found: string): boolean {
  const pattern = plain(expected).split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[^]*?');
  return new RegExp(`^${pattern}$`).test(plain(found));
}
