/** From a name to where it is declared and read. */
import type { DocumentHighlight, Location, LocationLink } from 'vscode-languageserver';
import type { Span } from '../source/file.ts';
import { rangeOf, type Document } from './document.ts';
import { foundAt, indexOf, type Declaration, type Found, type Index } from './index.ts';
import type { World } from './world.ts';

/** A place as a location of the protocol. */
export function locationOf(world: World, span: Span): Location | undefined {
  const document = world.documents.get(span.file.path);
  const range = document && rangeOf(document, span);
  return range && { uri: document.uri, range };
}

export function definition(world: World, document: Document, offset: number): LocationLink[] {
  const index = indexOf(world);
  const found = foundAt(index, document, offset);
  if (!found) return [];
  const origin = rangeOf(document, found.occurrence.span);
  return index.resolve(found).flatMap(({ span, statement, site }): LocationLink[] => {
    const name = locationOf(world, span);
    const whole = statement ? locationOf(world, statement.span) : site && locationOf(world, site.block.header.span);
    return name ? [{ targetUri: name.uri, targetSelectionRange: name.range, targetRange: whole?.uri === name.uri ? whole.range : name.range, ...(origin ? { originSelectionRange: origin } : {}) }] : [];
  });
}

/** Every occurrence of what a name means, the declarations first in each file. */
export function references(world: World, document: Document, offset: number, withDeclaration: boolean): Location[] {
  const index = indexOf(world);
  const found = foundAt(index, document, offset);
  if (!found) return [];
  return group(index, found).occurrences.filter(({ occurrence }) => withDeclaration || !occurrence.declares).flatMap(({ occurrence }) => locationOf(world, occurrence.span) ?? []);
}

export function highlights(world: World, document: Document, offset: number): DocumentHighlight[] {
  const index = indexOf(world);
  const found = foundAt(index, document, offset);
  if (!found) return [];
  return group(index, found).occurrences.filter(({ site }) => site.document === document).flatMap(({ occurrence }) => {
    const range = rangeOf(document, occurrence.span);
    return range ? [{ range, kind: occurrence.declares ? 3 as const : 2 as const }] : [];
  });
}

/** All that hangs together with a name: whatever reads one of its declarations, and what else that may read. */
export interface Group { readonly declarations: readonly Declaration[]; readonly occurrences: readonly Found[] }

export function group(index: Index, start: Found): Group {
  const { name, space } = start.occurrence;
  const candidates = index.all((other) => other.space === space && other.name === name).map((found) => ({ found, means: index.resolve(found) }));
  const declarations = new Map<Span, Declaration>(index.resolve(start).map((declaration) => [declaration.span, declaration]));
  const taken = new Set<Found>();
  for (let grew = true; grew;) {
    grew = false;
    for (const { found, means } of candidates) {
      const own = found.occurrence.declares && declarations.has(found.occurrence.span);
      if (taken.has(found) || !(own || means.some(({ span }) => declarations.has(span)))) continue;
      taken.add(found);
      grew = true;
      for (const declaration of means) declarations.set(declaration.span, declaration);
    }
  }
  return { declarations: [...declarations.values()], occurrences: candidates.map(({ found }) => found).filter((found) => taken.has(found)) };
}
