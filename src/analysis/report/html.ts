/** Pieces of HTML: whatever is put into a template is escaped, unless it is already HTML. */
export interface Html { readonly text: string; readonly isHtml: true }

export const raw = (text: string): Html => ({ text, isHtml: true });
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
export const html = (strings: TemplateStringsArray, ...values: readonly (string | Html)[]): Html => raw(strings.map((piece, index) => { const value = values[index]; return piece + (value === undefined ? '' : typeof value === 'string' ? escaped(value) : value.text); }).join(''));
export const join = (pieces: readonly Html[]): Html => raw(pieces.map(({ text }) => text).join(''));

/** A cell of a table; `kind` is its class: `n` for a number. */
export interface Cell { readonly text: string; readonly kind: string }
export const cell = (text: string, kind = ''): Cell => ({ text, kind });

/** A table that may be wider than its page: it scrolls by itself, from the keyboard too. The first heads its row. Columns past the first `names` hold numbers, or those of `numbers` alone when it is given. */
export function table(caption: string, head: readonly string[], rows: readonly (readonly Cell[])[], names: number, numbers: readonly number[] = head.map((_, index) => index).slice(names)): Html {
  const heads = join(head.map((text, index) => html`<th scope="col" class="${numbers.includes(index) ? 'n' : ''}">${text}</th>`));
  const body = join(rows.map((row) => html`<tr>${join(row.map(({ text, kind }, index) => (index === 0 ? html`<th scope="row" class="${kind}">${text}</th>` : html`<td class="${kind}">${text}</td>`)))}</tr>`));
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table><caption class="unseen">${caption}</caption><thead><tr>${heads}</tr></thead><tbody>${body}</tbody></table></div>`;
}
