/** A figure of the book: a picture in each language, with what tells it to those who do not see it, and the numbers behind it. */
import type { Lang } from '../../quantity/format.ts';

export type Spoken<T> = { readonly [lang in Lang]: T };

/** What a figure shows; the order is that of the page that gathers them. */
export const FIGURE_KINDS = ['facture', 'prix', 'utilisation', 'croisement', 'heures', 'saisons', 'banque'] as const;
export type FigureKind = (typeof FIGURE_KINDS)[number];

/** The numbers behind a picture, as they are written in its language. */
export interface FigureTable { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }

export interface Figure {
  /** Its file and its anchor: `facture-DP`. */
  readonly id: string;
  readonly kind: FigureKind;
  /** The rates and the options that it shows, by name. */
  readonly rates: readonly string[];
  /** The articles that make what it shows. */
  readonly articles: readonly string[];
  readonly title: Spoken<string>;
  /** What is to be seen, in a sentence. */
  readonly alt: Spoken<string>;
  /** The points singled out, and whose bill it is. */
  readonly says: Spoken<readonly string[]>;
  readonly svg: Spoken<string>;
  readonly table: Spoken<FigureTable>;
}

/** Figures of one rate or option by its name, and those of several. */
export interface Figures {
  readonly of: (name: string) => readonly Figure[];
  readonly shared: () => readonly Figure[];
}
export const NO_FIGURES: Figures = { of: () => [], shared: () => [] };

/** Where the picture of a figure is, from the pages of its language. */
export const figurePath = ({ id }: Pick<Figure, 'id'>): string => `figures/${id}.svg`;
