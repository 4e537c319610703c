/**
 * The grammar's productions as railroad diagrams in SVG, with the drawing library that ships in chevrotain. The pictures are drawn here
 * rather than in the reader's browser: the page needs no script, and its links are ordinary ones.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import type { ISerializedGast } from 'chevrotain';

/** What a production is, once serialized: the fields that its type has. */
export interface Production {
  readonly type: string;
  readonly name?: string;
  readonly label?: string;
  readonly nonTerminalName?: string;
  readonly definition?: readonly Production[];
  readonly separator?: Production;
}
export const asProduction = (gast: ISerializedGast): Production => gast as Production;

/** How a token is shown: a word as it is written, or a sort of text that the page explains. */
export interface Shown { readonly text: string; readonly sort: boolean; readonly href?: string; readonly title?: string }

interface Drawn { width: number; offsetX: number; readonly attrs: Record<string, unknown>; toString(): string }
type Several = (...items: readonly Drawn[]) => Drawn;
interface Railroad {
  readonly Diagram: Several & { INTERNAL_ALIGNMENT: 'left' | 'center' | 'right' };
  readonly Sequence: Several;
  readonly Stack: Several;
  readonly Choice: (normal: number, ...items: readonly Drawn[]) => Drawn;
  readonly Optional: (item: Drawn) => Drawn;
  readonly OneOrMore: (item: Drawn, between?: Drawn) => Drawn;
  readonly Terminal: (text: string, href?: string, title?: string) => Drawn;
  readonly NonTerminal: (text: string, href?: string) => Drawn;
}

/** The library is a plain browser script in a package of modules: it is run as a browser would. */
function railroad(): Railroad {
  const page: { railroad?: Railroad } = {};
  // By its path: the package exports only its library.
  const path = join(import.meta.dirname, '../../node_modules/chevrotain/diagrams/vendor/railroad-diagrams.js');
  runInNewContext(readFileSync(path, 'utf8'), page);
  if (!page.railroad) throw new Error(`${path} defines no « railroad »`);
  page.railroad.Diagram.INTERNAL_ALIGNMENT = 'left';
  return page.railroad;
}

/** Past this width, in pixels, a rule goes on to another line. */
const WIDTH = 860;

/** A function that draws a rule. `show` tells how a token appears, `href` where a rule's name leads. */
export function drawer(show: (token: string, label: string) => Shown, href: (rule: string) => string): (rule: Production) => string {
  const { Diagram, Sequence, Stack, Choice, Optional, OneOrMore, Terminal, NonTerminal } = railroad();

  /** Items one after the other, going on to another line when they would be too wide. */
  const all = (items: readonly Production[] = []): Drawn => {
    const lines: Drawn[][] = [];
    let width = Infinity;
    for (const item of items.map(draw)) {
      if (width + item.width > WIDTH) {
        lines.push([]);
        width = 0;
      }
      lines.at(-1)?.push(item);
      width += item.width + 20;
    }
    const [first, ...others] = lines.map((line) => Sequence(...line));
    if (!first) throw new Error('a production without content');
    if (others.length === 0) return first;
    const stack = Stack(first, ...others);
    // Room at the right, so that the way back to the next line stays clear of the rail that joins the branches of a choice.
    stack.width += 20;
    stack.offsetX -= 20;
    return stack;
  };
  const draw = (item: Production): Drawn => {
    switch (item.type) {
      case 'Terminal': {
        const shown = show(item.name ?? '', item.label ?? '');
        const drawn = Terminal(shown.text, shown.href, shown.title);
        drawn.attrs['class'] = shown.sort ? 'terminal sorte' : 'terminal';
        return drawn;
      }
      case 'NonTerminal': return NonTerminal(item.nonTerminalName ?? item.name ?? '', href(item.name ?? ''));
      case 'Alternation': return choice(item.definition ?? []);
      case 'Alternative': return all(item.definition);
      case 'Option': return Optional(all(item.definition));
      case 'Repetition': return Optional(OneOrMore(all(item.definition)));
      case 'RepetitionMandatory': return OneOrMore(all(item.definition));
      case 'RepetitionWithSeparator': return Optional(OneOrMore(all(item.definition), all(item.separator && [item.separator])));
      case 'RepetitionMandatoryWithSeparator': return OneOrMore(all(item.definition), all(item.separator && [item.separator]));
      default: throw new Error(`a production of an unknown type: ${item.type}`);
    }
  };
  const choice = (items: readonly Production[]): Drawn => Choice(0, ...items.map((item) => all(item.definition)));

  return (rule) => plain(Diagram(all(rule.definition)).toString());
}

/** Without the attributes that the library keeps for its own script, nor the strokes of no length. */
const plain = (svg: string): string =>
  svg.replace(/ (?:occurrenceIdx|topRuleName|dslRuleName|tokenName|rulename|label)="[^"]*"/g, '').replace(/<path d="M[\d.]+ [\d.]+h0"><\/path>\n/g, '');
