/**
 * The abstract syntax of the language. Nodes are plain readonly data; literals keep their source text; every node has the span
 * it was read from.
 */
import type { Span } from '../source/file.ts';

interface Node { readonly span: Span }

export interface Identifier extends Node { readonly kind: 'identifier'; readonly name: string }

/** A number of an article, such as `12.2`, with the letters that follow it. */
export interface ArticleRef extends Node { readonly kind: 'articleRef'; readonly number: string }

// ── expressions ──────────────────────────────────────────────────────────
export interface Quantity extends Node {
  readonly kind: 'quantity';
  /** As written, for printing: `7,065`. */
  readonly text: string;
  /** The same number with a decimal point and no blanks. */
  readonly decimal: string;
  /** The unit as written, or none. */
  readonly unit: string | undefined;
  /** `selon 2.5`: the article where the figure has its home. */
  readonly source: ArticleRef | undefined;
}
export interface BooleanLiteral extends Node { readonly kind: 'boolean'; readonly value: boolean }
export interface TextLiteral extends Node { readonly kind: 'text'; readonly text: string }
/** A date, with its year or without, and an hour if one is given (minutes after midnight). */
export interface DateLiteral extends Node {
  readonly kind: 'date'; readonly day: number; readonly month: number; readonly year: number | undefined; readonly minutes: number | undefined;
}
/** An hour of the day, `6 h 30`, in minutes after midnight. */
export interface ClockLiteral extends Node { readonly kind: 'clock'; readonly minutes: number }
export interface NameExpr extends Node { readonly kind: 'name'; readonly name: string }
export interface Negate extends Node { readonly kind: 'negate'; readonly operand: Expr }
export interface Not extends Node { readonly kind: 'not'; readonly operand: Expr }
export type BinaryOperator = '+' | '-' | '×' | '÷' | 'et' | 'ou' | 'mais au moins' | 'mais au plus' | 'au-delà de' | 'à défaut';
export interface Binary extends Node { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Expr; readonly right: Expr }
export type Comparator = '=' | '≠' | '<' | '≤' | '>' | '≥';
/** `a < b ≤ c`: one more operand than signs. */
export interface Comparison extends Node { readonly kind: 'comparison'; readonly operands: readonly Expr[]; readonly signs: readonly Comparator[] }
export interface Choice extends Node { readonly kind: 'choice'; readonly name: string | undefined; readonly quantity: Quantity | undefined }
export interface Among extends Node { readonly kind: 'among'; readonly operand: Expr; readonly choices: readonly Choice[] }
export interface IsIn extends Node { readonly kind: 'isIn'; readonly operand: Expr; readonly mode: 'en' | 'entièrement en' | 'hors'; readonly plage: PlageExpr }
export interface Call extends Node { readonly kind: 'call'; readonly fn: Identifier; readonly args: readonly Expr[] }
export type AggregateOperator = 'somme' | 'moyenne' | 'moyenne sans extrêmes' | 'maximum' | 'minimum' | 'cumul' | 'nombre';
export type Selector =
  | { readonly kind: 'pendant' | 'sauf'; readonly plage: PlageExpr; readonly span: Span }
  | { readonly kind: 'sur'; readonly window: WindowExpr; readonly span: Span }
  | { readonly kind: 'où'; readonly condition: Expr; readonly span: Span };
export interface Aggregate extends Node { readonly kind: 'aggregate'; readonly operator: AggregateOperator; /** Only so many of the largest values. */ readonly largest: number | undefined; readonly operand: Expr; readonly selectors: readonly Selector[] }
export interface Select extends Node { readonly kind: 'select'; readonly operand: Expr; readonly selectors: readonly Selector[] }
export interface Original extends Node { readonly kind: 'original'; readonly operand: Expr }
export interface Expressed extends Node { readonly kind: 'expressed'; readonly operand: Expr; readonly unit: UnitText }
/** `E au tarif M`; no rate for `au tarif de base`. */
export interface AtRate extends Node { readonly kind: 'atRate'; readonly operand: Expr; readonly rate: Identifier | undefined }
export interface Binding extends Node { readonly kind: 'binding'; readonly target: Identifier | LineAccess; readonly value: Expr }
export interface With extends Node { readonly kind: 'with'; readonly operand: Expr; readonly bindings: readonly Binding[] }
export interface LineAccess extends Node {
  readonly kind: 'lineAccess'; readonly part: 'prix' | 'prix net' | 'montant' | 'assiette'; readonly tranche: number | undefined; readonly line: Identifier;
}
export interface HasOption extends Node { readonly kind: 'hasOption'; readonly option: Identifier }
/** Any option of a chapter, or of some of its sections. */
export interface HasOptionOf extends Node { readonly kind: 'hasOptionOf'; readonly chapter: string; readonly sections: readonly string[] }
export interface Eligible extends Node { readonly kind: 'eligible'; readonly rate: Identifier }
export interface MonthLiteral extends Node { readonly kind: 'month'; readonly month: number }

export type Expr =
  | Quantity | BooleanLiteral | TextLiteral | DateLiteral | ClockLiteral | MonthLiteral | NameExpr | Negate | Not | Binary | Comparison | Among | IsIn | Call
  | Aggregate | Select | Original | Expressed | AtRate | With | LineAccess | HasOption | HasOptionOf | Eligible;

export interface UnitText extends Node { readonly kind: 'unit'; readonly text: string }

// ── windows and sets of time ─────────────────────────────────────────────
export type WindowExpr =
  | Node & { readonly kind: 'previousPeriod' }
  | Node & { readonly kind: 'previousRows' }
  /** The same clock hour of each day of the period. */
  | Node & { readonly kind: 'daysOfPeriod' }
  | Node & { readonly kind: 'months'; readonly count: number; readonly previous: boolean }
  | Node & { readonly kind: 'periods'; readonly count: number; readonly previous: boolean }
  | Node & { readonly kind: 'previousDays'; readonly count: number }
  | Node & { readonly kind: 'filtered'; readonly entirely: boolean; readonly plage: PlageExpr; readonly of: WindowExpr }
  | Node & { readonly kind: 'ofThis'; readonly season: Identifier; readonly previous: boolean }
  | Node & { readonly kind: 'since'; readonly date: Expr }
  | Node & { readonly kind: 'whole'; readonly plage: Identifier };

export interface WeekMark { readonly weekday: number; readonly minutes: number | undefined }
export type PlageExpr =
  | Node & { readonly kind: 'dates'; readonly from: DateLiteral; readonly to: DateLiteral }
  | Node & { readonly kind: 'singleDate'; readonly date: DateLiteral; readonly evenYears: boolean }
  | Node & { readonly kind: 'monthOf'; readonly month: number }
  | Node & { readonly kind: 'range'; readonly from: Expr; readonly to: Expr }
  | Node & { readonly kind: 'weekdays'; readonly from: WeekMark; readonly to: WeekMark }
  | Node & { readonly kind: 'easter'; readonly offset: number }
  | Node & { readonly kind: 'when'; readonly condition: Expr }
  | Node & { readonly kind: 'daysOf'; readonly plage: PlageExpr }
  | Node & { readonly kind: 'plageName'; readonly name: string; readonly where: Expr | undefined }
  | Node & { readonly kind: 'plageBinary'; readonly operator: 'ou' | 'et' | 'sauf'; readonly left: PlageExpr; readonly right: PlageExpr };

// ── values by rows ───────────────────────────────────────────────────────
export type Guard =
  | Node & { readonly kind: 'si'; readonly condition: Expr }
  | Node & { readonly kind: 'sinon' }
  | Node & { readonly kind: 'en' | 'hors'; readonly plage: PlageExpr }
  | Node & { readonly kind: 'jusqua'; readonly limit: Expr }
  | Node & { readonly kind: 'audela' }
  | Node & { readonly kind: 'dès' | 'sous'; readonly limit: Expr }
  | Node & { readonly kind: 'pour'; readonly choices: readonly Choice[] };
export interface Row extends Node { readonly kind: 'row'; readonly label: string | undefined; readonly value: Expr; readonly guards: readonly Guard[]; readonly text: string | undefined }
export interface Value extends Node { readonly kind: 'value'; readonly by: Expr | undefined; readonly rows: readonly Row[] }
export interface Grid extends Node { readonly kind: 'grid'; readonly header: readonly Identifier[]; readonly rows: readonly (readonly (Expr | undefined)[])[] }

// ── statements ───────────────────────────────────────────────────────────
interface StatementBase extends Node { readonly label: string | undefined }
export type Sort =
  | { readonly kind: 'quantity'; readonly unit: UnitText }
  | { readonly kind: 'number' | 'boolean' | 'date' | 'list' }
  | { readonly kind: 'spans'; readonly within: PlageExpr | undefined }
  | { readonly kind: 'choices'; readonly choices: readonly Choice[] };
export interface DataDeclaration extends StatementBase {
  readonly kind: 'data'; readonly name: Identifier; readonly sort: Sort; readonly sheet: Identifier | undefined;
  readonly least: Expr | undefined; readonly most: Expr | undefined; readonly presumed: Expr | undefined; readonly text: string | undefined;
}
export interface MeasureDeclaration extends StatementBase { readonly kind: 'measure'; readonly name: Identifier; readonly unit: UnitText; readonly value: Value | undefined; readonly text: string | undefined }
export interface PlageRow extends Node { readonly kind: 'plageRow'; readonly plage: PlageExpr; readonly guards: readonly Guard[] }
export interface PlageDeclaration extends StatementBase { readonly kind: 'plage'; readonly name: Identifier; readonly sheet: Identifier | undefined; readonly rows: readonly PlageRow[]; readonly text: string | undefined }
export interface Definition extends StatementBase { readonly kind: 'definition'; readonly name: Identifier; readonly sheet: Identifier | undefined; readonly value: Value }
export interface TableStatement extends StatementBase { readonly kind: 'table'; readonly key: Identifier; readonly grid: Grid; readonly text: string | undefined }
export type RoleName = 'frais' | 'énergie' | 'prime' | 'crédit' | 'pénalité' | 'montant' | 'minimum';
export interface LineStatement extends StatementBase {
  readonly kind: 'line'; readonly role: RoleName; readonly name: Identifier | undefined; readonly title: string | undefined;
  readonly base: Expr | undefined; readonly amount: Value | undefined; readonly guards: readonly Guard[]; readonly rows: readonly Row[];
}
export interface Adjustment extends StatementBase {
  readonly kind: 'adjustment'; readonly direction: 'majore' | 'réduit'; readonly target: Identifier; readonly price: Expr; readonly guards: readonly Guard[]; readonly text: string | undefined;
}
export interface ReplaceBill extends StatementBase { readonly kind: 'replaceBill'; readonly condition: Expr | undefined }
export interface Replacement extends StatementBase {
  readonly kind: 'replacement'; readonly name: Identifier; readonly article: ArticleRef | undefined; readonly sheet: Identifier | undefined; readonly value: Value;
}
export interface Referral extends StatementBase { readonly kind: 'referral'; readonly articles: readonly ArticleRef[] }
export interface ConditionStatement extends StatementBase {
  readonly kind: 'condition'; readonly mode: 'exige' | 'exclut' | 'contrôle'; readonly condition: Expr; readonly guards: readonly Guard[]; readonly text: string | undefined;
  /** The rates that apply instead when the condition refuses. */
  readonly instead: readonly Identifier[];
}
export interface MoveStatement extends StatementBase { readonly kind: 'move'; readonly rate: Identifier; readonly guards: readonly Guard[]; readonly text: string | undefined }
export interface CutStatement extends StatementBase {
  readonly kind: 'cut'; readonly target: Identifier | undefined;
  readonly at: { readonly kind: 'edition' } | { readonly kind: 'edges'; readonly plage: PlageExpr } | { readonly kind: 'changes'; readonly of: Identifier } | { readonly kind: 'dates'; readonly dates: readonly DateLiteral[] };
  readonly byReading: boolean; readonly byDays: boolean; readonly condition: Expr | undefined;
}
export interface BorrowStatement extends StatementBase {
  readonly kind: 'borrow'; readonly articles: readonly { readonly from: ArticleRef; readonly to: ArticleRef | undefined }[];
  readonly model: Identifier | undefined; readonly rate: Identifier | undefined; readonly text: string | undefined;
}
export interface FactStatement extends StatementBase { readonly kind: 'fact'; readonly name: Identifier; readonly value: Expr; readonly until: Expr | undefined; readonly text: string | undefined }
export interface NoteStatement extends StatementBase { readonly kind: 'note'; readonly text: string }
/** Why words are enough: the article has neither amount, condition nor typed fact. */
export interface WordsOnlyStatement extends StatementBase { readonly kind: 'wordsOnly'; readonly text: string }
export interface ReserveStatement extends StatementBase { readonly kind: 'reserve'; readonly text: string; readonly condition: Expr | undefined }
export interface ReadingStatement extends StatementBase { readonly kind: 'reading'; readonly subject: string; readonly kept: string; readonly others: readonly string[] }
export interface VerifyStatement extends StatementBase { readonly kind: 'verify'; readonly condition: Expr; readonly text: string | undefined }
export interface MisprintStatement extends StatementBase { readonly kind: 'misprint'; readonly printed: Expr; readonly right: Expr; readonly text: string | undefined }
/** A number as the book prints it, with a rank's `e`. */
export interface RankLiteral extends Node { readonly kind: 'rank'; readonly rank: number }
/** `août 2005`. */
export interface MonthOfYear extends Node { readonly kind: 'monthOfYear'; readonly month: number; readonly year: number }
export interface ArticleRange extends Node { readonly kind: 'articleRange'; readonly from: ArticleRef; readonly to: ArticleRef | undefined }
/** A chapter, or some of its sections. */
export interface BookPartRef extends Node { readonly kind: 'bookPart'; readonly chapter: string; readonly sections: readonly string[] }
export type SetAsideFigure = Quantity | RankLiteral | DateLiteral | MonthOfYear | ClockLiteral | ArticleRange | BookPartRef;
/** Figures set aside: of the printed text, which the block does not need (`calcul`), or of the block, which the text does not print (`livre`). */
export interface SetAsideStatement extends StatementBase { readonly kind: 'setAside'; readonly out: 'calcul' | 'livre'; readonly figures: readonly SetAsideFigure[]; readonly text: string }
export interface NormStatement extends StatementBase {
  readonly kind: 'norm'; readonly actor: 'client' | 'Hydro-Québec'; readonly modality: 'doit' | 'peut' | 'ne doit pas' | 'ne peut pas'; readonly text: string;
  readonly terms: readonly { readonly kind: 'délai' | 'avant'; readonly bound: 'au moins' | 'au plus' | undefined; readonly value: Expr; readonly text: string | undefined }[];
  readonly condition: Expr | undefined;
}
export interface RoundingStatement extends StatementBase { readonly kind: 'rounding'; readonly step: Quantity }
export interface TaxStatement extends StatementBase { readonly kind: 'tax'; readonly name: Identifier; readonly rate: Quantity }

// ── examples ─────────────────────────────────────────────────────────────
export interface Assignment extends Node {
  readonly kind: 'assignment'; readonly name: Identifier; readonly selectors: readonly Selector[]; readonly sheet: Identifier | undefined;
  readonly from: DateLiteral | undefined; readonly to: DateLiteral | undefined; readonly value: Value | undefined; readonly grid: Grid | undefined;
}
export type ExampleLine =
  | Node & { readonly kind: 'exampleRate'; readonly rate: Identifier }
  | Node & { readonly kind: 'exampleOptions'; readonly options: readonly Identifier[] }
  | Node & { readonly kind: 'examplePeriod'; readonly from: DateLiteral; readonly to: DateLiteral }
  | Node & { readonly kind: 'exampleHistory'; readonly grid: Grid }
  | Node & { readonly kind: 'exampleReading'; readonly date: DateLiteral; readonly assignments: readonly Assignment[] }
  | Node & { readonly kind: 'exampleExpects'; readonly checks: readonly (Expr | ArticleRef)[] }
  | Node & { readonly kind: 'exampleRefusal'; readonly article: ArticleRef }
  | Assignment;
export interface ExampleStatement extends StatementBase { readonly kind: 'example'; readonly title: string; readonly lines: readonly ExampleLine[] }

/** A statement that could not be read; the name it would have given, so that its users are not reported too. */
export interface BrokenStatement extends StatementBase { readonly kind: 'broken'; readonly name: string | undefined }

export type Statement =
  | DataDeclaration | MeasureDeclaration | PlageDeclaration | Definition | TableStatement | LineStatement | Adjustment | ReplaceBill | Replacement | Referral
  | ConditionStatement | MoveStatement | CutStatement | BorrowStatement | FactStatement | NoteStatement | WordsOnlyStatement | ReserveStatement | ReadingStatement | VerifyStatement
  | MisprintStatement | SetAsideStatement | NormStatement | RoundingStatement | TaxStatement | ExampleStatement | BrokenStatement;

// ── the file ─────────────────────────────────────────────────────────────
export type Header =
  | Node & { readonly kind: 'edition'; readonly title: string; readonly date: DateLiteral; readonly amends: DateLiteral | undefined; readonly rates: readonly Identifier[] }
  | Node & { readonly kind: 'chapter' | 'section'; readonly number: string; readonly title: string }
  | Node & { readonly kind: 'rate'; readonly name: Identifier; readonly title: string | undefined; readonly largePower: boolean }
  | Node & { readonly kind: 'option'; readonly name: Identifier; readonly title: string | undefined; readonly rates: readonly Identifier[] }
  | Node & { readonly kind: 'common'; readonly rates: readonly Identifier[]; readonly options: readonly Identifier[] }
  | Node & { readonly kind: 'model'; readonly name: Identifier; readonly title: string | undefined }
  | Node & { readonly kind: 'article'; readonly number: string; readonly title: string; readonly onReferral: boolean; readonly continued: boolean };

/** A header and the statements indented under it. */
export interface Block { readonly header: Header; readonly statements: readonly Statement[]; readonly span: Span }
export interface TarifFile { readonly file: Span['file']; readonly blocks: readonly Block[] }
