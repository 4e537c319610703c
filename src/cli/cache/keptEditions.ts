/** Editions as an earlier run kept them: enough to bill, without reading a statement of their files. */
import type { EditionInfo, Program } from '../../check/core.ts';
import { relatedData } from '../../check/related.ts';
import { catalogueFrom } from '../../contract/catalogue.ts';
import type { Catalogue } from '../../contract/readCase.ts';
import type { Editions } from '../../evaluate/bill.ts';
import { prepare } from '../../evaluate/editions.ts';
import { invariant } from '../../support/invariant.ts';
import type { TariffFiles } from './files.ts';
import { unpack, type Ref } from './pack.ts';
import type { Store } from './store.ts';

/** What is kept of an edition, beside its programs. */
export interface KeptEdition { readonly info: EditionInfo; readonly rates: readonly string[]; readonly options: readonly (readonly [string, readonly string[]])[] }
export const EDITIONS = 'editions';

/** A program as it is kept; `allowed` when no article forbids its options together. */
export interface KeptProgram { readonly program: Omit<Program, 'related'>; readonly allowed: boolean }
export const programName = (edition: EditionInfo, rate: string, options: readonly string[]): string => ['program', edition.date, rate, ...[...options].sort()].join(' ');

export interface KeptEditions {
  readonly editions: Editions;
  readonly catalogue: Catalogue;
  /** Whether something was asked for that is not kept: whatever was worked out since is void, and is to be done from the files. */
  readonly missed: () => boolean;
}

/** The editions kept for some files; undefined when there are none. */
export function keptEditions(files: TariffFiles, store: Store): KeptEditions | undefined {
  const bytes = store.read(EDITIONS);
  if (!bytes) return undefined;
  let missed = false;
  const none = (): never => invariant(false, 'editions read from nothing else') as never;
  const books = (unpack(bytes, files, none) as readonly KeptEdition[]).map(({ info, rates, options }) => {
    const known = new Map<string, { readonly program: Program; readonly allowed: boolean } | undefined>();
    const offered = new Map(options);
    const open = (rate: string, chosen: readonly string[]): { readonly program: Program; readonly allowed: boolean } | undefined => {
      const name = programName(info, rate, chosen);
      if (known.has(name)) return known.get(name);
      const found = read(name);
      missed ||= found === undefined;
      known.set(name, found);
      return found;
    };
    const read = (name: string): { readonly program: Program; readonly allowed: boolean } | undefined => {
      const kept = store.read(name);
      if (!kept) return undefined;
      const { program, allowed } = unpack(kept, files, named) as KeptProgram;
      let related: ReturnType<Program['related']> | undefined;
      return { allowed, program: { ...program, edition: info, related: () => (related ??= relatedData(program.symbols, program.consulted, (rate) => programs.program(rate)?.program)) } };
    };
    const named = ({ rate, options: chosen, key }: Ref) => {
      const symbol = open(rate, chosen)?.program.symbols.get(key);
      if (!symbol) missed = true;
      invariant(symbol !== undefined, 'a program that is kept reads from one that is not');
      return symbol;
    };
    const programs = {
      // As for a book: there is no program of a rate or an option that it does not have.
      program: (rate: string, chosen: readonly string[] = []) => (rates.includes(rate) && chosen.every((option) => offered.has(option)) ? open(rate, chosen) : undefined),
    };
    return { book: { edition: info }, programs, rates, options };
  });
  return {
    missed: () => missed, editions: prepare(books),
    catalogue: catalogueFrom(books.map(({ rates, options, programs }) => ({
      rates, options, program: (rate, chosen) => programs.program(rate, chosen)?.program,
      // A reason is not kept: whoever needs it reads the files.
      forbidden: (rate, chosen) => { if (programs.program(rate, chosen)?.allowed !== true) missed = true; return undefined; },
    }))),
  };
}
