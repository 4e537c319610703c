/** All the figures of a book, each made once and only when it is asked for. */
import { ownProgram } from '../../check/sets.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Figure, Figures } from '../../render/figures/figure.ts';
import { jsonKey } from '../../evaluate/words.ts';
import { bankFigure } from './bank.ts';
import { crossingFigures } from './crossings.ts';
import { curvesOf } from './curves.ts';
import type { FigureSource, Made } from './source.ts';
import { seasonFigure, weekFigures } from './times.ts';

/** Figures, and what was wrong with those that were made so far. */
export interface BookFigures extends Figures { readonly diagnostics: () => readonly Diagnostic[] }

export function figuresOf(source: FigureSource): BookFigures {
  const made = new Map<string, Made>();
  const once = (key: string, make: () => Made): readonly Figure[] => {
    let found = made.get(key);
    if (!found) made.set(key, (found = make()));
    return found.figures;
  };
  const { book, customers } = source;
  const bank = (): readonly Figure[] => once('banque', () => bankFigure(source));
  return {
    of: (name) => once(`de ${name}`, () => (book.rates.has(name) ? rateFigures(source, name) : optionFigures(source, name))).concat(customers.banque?.option === name ? bank() : []),
    shared: () => [...once('croisements', () => crossingFigures(source)), ...once('saisons', () => ({ figures: seasonFigure(source, [...book.rates.keys()], 'saisons'), diagnostics: [] }))],
    diagnostics: () => [...made.values()].flatMap(({ diagnostics }) => diagnostics),
  };
}

function rateFigures(source: FigureSource, rate: string): Made {
  const program = source.catalogue.program(rate, []);
  const curves = curvesOf(source, rate);
  if (!program) return curves;
  return { diagnostics: curves.diagnostics, figures: [...curves.figures, ...weekFigures(source, program, rate), ...seasonFigure(source, [rate], `saisons-${jsonKey(rate)}`)] };
}

/** The hours that an option adds to those of its rate. */
function optionFigures(source: FigureSource, option: string): Made {
  const module = source.book.options.get(option);
  const own = module && ownProgram(source.book, module);
  const [program, bare] = own ? [source.catalogue.program(own.rate, own.options), source.catalogue.program(own.rate, [])] : [];
  return { diagnostics: [], figures: program ? weekFigures(source, program, option, bare) : [] };
}
