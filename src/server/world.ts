/**
 * The editions that are checked together, and what is wrong with them. After an edit, what it may change is checked first, then the
 * rest in small steps; whoever runs the steps may stop between any two, for another edit.
 */
import { checkCitations, checkProgram, checkRules } from '../check/check.ts';
import { collectBooks, type Book } from '../check/book.ts';
import { Programs, type ProgramOutcome } from '../check/program.ts';
import { optionSets, ownProgram } from '../check/sets.ts';
import { isError, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { verifyProgram, type Verification } from '../evaluate/verify.ts';
import type { Span } from '../source/file.ts';
import { prepare } from '../evaluate/editions.ts';
import type { Editions } from '../evaluate/bill.ts';
import type { Document } from './document.ts';

export interface Folder { readonly path: string; readonly documents: readonly Document[] }

/** An edition of a world, with its programs; they outlive the edits that do not touch them. */
export interface Edition { readonly book: Book; readonly programs: Programs }

/** `publish`: there is something new to show. `step`: only that this is a good moment to stop. */
export type Step = 'publish' | 'step';

export class World {
  folders: readonly Folder[] = [];
  editions: readonly Edition[] = [];
  documents: ReadonlyMap<string, Document> = new Map();
  /** Grows with every edit: what is worked out from the books can be kept while it stays. */
  version = 0;
  /** Whether the diagnostics are those of a full check of the texts as they are. */
  settled = false;
  private structure: readonly Diagnostic[] = [];
  private ofPrograms = new Map<Programs, Map<string, readonly Diagnostic[]>>();
  private ofCitations: readonly Diagnostic[] = [];
  private ofRules: readonly Diagnostic[] = [];
  private ofVerification: readonly Diagnostic[] = [];

  /** The texts as they are now. */
  update(folders: readonly Folder[]): void {
    this.version++;
    this.settled = false;
    this.folders = folders;
    this.documents = new Map(folders.flatMap(({ documents }) => documents.map((document) => [document.path, document])));
    const collected = collectBooks(folders.map(({ path, documents }) => ({ path, files: documents.filter(({ parts, diagnostics }) => parts.length > 0 || diagnostics.length === 0).map(({ tarif }) => tarif) })));
    this.structure = collected.diagnostics;
    const before = this.editions;
    this.editions = collected.value.map((book) => {
      const known = before.find((edition) => edition.book.edition.date === book.edition.date);
      if (!known) return { book, programs: new Programs(book, 'whole') };
      known.programs.renew(book);
      return { book, programs: known.programs };
    });
    const kept = new Set(this.editions.map(({ programs }) => programs));
    for (const programs of this.ofPrograms.keys()) if (!kept.has(programs)) this.ofPrograms.delete(programs);
  }

  /** Whether two editions claim the same date, or a folder is none: then each is a world of its own. */
  get divided(): boolean {
    return this.structure.some(({ code }) => code === 'edition/double' || code === 'edition/absente');
  }

  /** Checks again what the edits changed: first the programs that read the edited statements' articles, one each. */
  *check(edited: readonly string[] = []): Generator<Step, void, undefined> {
    for (const { book, programs } of this.editions) {
      for (const [rate, options] of ownPrograms(book, edited)) this.checkOne(programs, rate, options);
    }
    this.ofCitations = this.editions.flatMap(({ book }) => checkCitations(book));
    yield 'publish';
    const all: { readonly edition: Edition; readonly outcomes: readonly ProgramOutcome[] }[] = [];
    for (const edition of this.editions) {
      const { book, programs } = edition;
      const fresh = new Map<string, readonly Diagnostic[]>();
      const outcomes: ProgramOutcome[] = [];
      for (const rate of book.rates.keys()) {
        for (const options of optionSets(book, rate)) {
          const outcome = this.checkOne(programs, rate, options);
          if (outcome) {
            fresh.set([rate, ...options].join('+'), checkProgram(outcome));
            outcomes.push(outcome);
          }
          yield 'step';
        }
      }
      this.ofPrograms.set(programs, fresh);
      all.push({ edition, outcomes });
    }
    const rules: Diagnostic[] = [];
    for (const { edition, outcomes } of all) {
      rules.push(...checkRules(edition.book, outcomes));
      yield 'step';
    }
    this.ofRules = rules;
    this.ofCitations = [];
    this.ofVerification = [];
    if (!this.found().some(isError)) {
      const ready = this.ready();
      const verified: Diagnostic[] = [];
      for (const { outcomes } of all) {
        const found = new Map<Span, Verification>();
        for (const { program } of outcomes) {
          verifyProgram(program, ready, found);
          yield 'step';
        }
        verified.push(...[...found.values()].flatMap(({ failure }) => failure ?? []));
      }
      this.ofVerification = verified;
    }
    this.settled = true;
    yield 'publish';
  }

  private checkOne(programs: Programs, rate: string, options: readonly string[]): ProgramOutcome | undefined {
    const outcome = programs.program(rate, options);
    if (!outcome) return undefined;
    const known = this.ofPrograms.get(programs) ?? new Map<string, readonly Diagnostic[]>();
    known.set([rate, ...options].join('+'), checkProgram(outcome));
    this.ofPrograms.set(programs, known);
    return outcome;
  }

  /** All that is known to be wrong. Until `settled`, some of it was found before the last edits: its piece may be no more. */
  found(): Diagnostic[] {
    return [
      ...[...this.documents.values()].flatMap(({ diagnostics }) => diagnostics), ...this.structure,
      ...this.editions.flatMap(({ programs }) => [...(this.ofPrograms.get(programs)?.values() ?? [])].flat()), ...this.ofCitations, ...this.ofRules, ...this.ofVerification,
    ];
  }

  private editionsMade: { readonly version: number; readonly editions: Editions } | undefined;
  /** The editions made ready to bill, for examples. */
  ready(): Editions {
    if (this.editionsMade?.version !== this.version) this.editionsMade = { version: this.version, editions: prepare(this.editions) };
    return this.editionsMade!.editions;
  }
}

/** For each edited article, one program that reads it: of its own rate, of its option, or of the first rate that it is common to. */
function ownPrograms(book: Book, edited: readonly string[]): [string, readonly string[]][] {
  const found = new Map<string, [string, readonly string[]]>();
  for (const number of edited.slice(0, 2)) {
    const article = book.articles.get(number);
    const own = article && ownProgram(book, article.module);
    if (own) found.set([own.rate, ...own.options].join('+'), [own.rate, own.options]);
  }
  return [...found.values()];
}
