/** Colours a text as an editor does, with the engine that editors use and the grammar made today. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';
import { textmateGrammar } from '../../src/render/textmate.ts';

/** A stretch of a line and its scopes, from the root to the most precise. */
export interface Stretch { readonly start: number; readonly end: number; readonly text: string; readonly scopes: readonly string[] }

/** Gives what colours a text: for each line, its stretches. */
export async function openColours(): Promise<(text: string) => Stretch[][]> {
  await oniguruma.loadWASM(readFileSync(createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm')));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({ createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns), createOnigString: (text) => new oniguruma.OnigString(text) }),
    loadGrammar: (name) => Promise.resolve(name === textmateGrammar().scopeName ? textmate.parseRawGrammar(JSON.stringify(textmateGrammar()), 'tarif.json') : null),
  });
  const grammar = await registry.loadGrammar(textmateGrammar().scopeName);
  if (!grammar) throw new Error('The grammar cannot be loaded');
  return (text) => {
    let state = textmate.INITIAL;
    return text.split('\n').map((line) => {
      const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
      state = ruleStack;
      return tokens.map(({ startIndex, endIndex, scopes }) => ({ start: startIndex, end: Math.min(endIndex, line.length), text: line.slice(startIndex, endIndex), scopes }));
    });
  };
}
