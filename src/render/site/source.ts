/** The source of a block on its page, coloured by the lexer; its examples are left out, which the page tells as bills. */
import { h } from 'hastscript';
import { lex } from '../../../grammar/lexer.ts';
import type { Article } from '../../check/book.ts';
import { scopeOf } from '../textmate.ts';
import type { Content } from './html.ts';

/** The classes of the style sheet, by the heads of the scopes that editors colour. */
const CLASSES: readonly (readonly [head: string, name: string])[] = [['storage', 'k'], ['keyword.operator.arithmetic', 'o'], ['keyword.operator.comparison', 'o'], ['keyword.operator.assignment', 'o'], ['keyword', 'k'], ['support', 'k'], ['comment', 'c'], ['string', 's'], ['constant', 'n'], ['meta.quantity', 'n'], ['entity', 'l']];
const classOf = (token: string): string | undefined => {
  const scope = scopeOf(token);
  return scope === undefined ? undefined : CLASSES.find(([head]) => scope.startsWith(head))?.[1];
};

/** A block as its author wrote it, in a box that scrolls. */
export function sourceHtml(block: Article): Content[] {
  const text = rules(block);
  const { tokens, comments } = lex(text);
  const parts: Content[] = [];
  let at = 0;
  for (const token of [...tokens, ...comments].sort((a, b) => a.startOffset - b.startOffset)) {
    const name = classOf(token.tokenType.name);
    if (name === undefined) continue;
    const end = token.startOffset + token.image.length;
    if (token.startOffset > at) parts.push(text.slice(at, token.startOffset));
    parts.push(h(`span.${name}`, token.image));
    at = end;
  }
  parts.push(text.slice(at));
  return [h('pre', { tabIndex: 0, lang: 'fr' }, h('code', parts))];
}

/** The text of a block without its examples. */
function rules({ span, statements }: Article): string {
  const { file, start, end } = span;
  let text = '';
  let at = start;
  for (const statement of statements) {
    if (statement.kind !== 'example') continue;
    text += file.text.slice(at, statement.span.start);
    at = statement.span.end;
  }
  return (text + file.text.slice(at, end)).replace(/[ \t]+$/gm, '').replace(/\n{3,}/g, '\n\n').trim();
}
