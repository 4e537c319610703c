/** What an example or a `vérifie` came to, as plain data: what `bareme test --json` prints, what threads hand over, what people are shown. */
import { toJson, type PrintedDiagnostic } from '../diagnostics/print.ts';
import { showIn, type Check, type ExampleResult } from '../evaluate/example.ts';
import type { Verification } from '../evaluate/verify.ts';
import { divide, subtract, toFraction } from '../quantity/exact.ts';
import type { Lang } from '../quantity/format.ts';
import { lineColumn, type Span } from '../source/file.ts';
import { explainLines, explainNodes } from './explain.ts';

/** One line of what an example says must be so. Fractions are exact, in the unit beside them. */
export interface CheckReport {
  readonly ligne: number;
  readonly expression: string;
  readonly signe?: string;
  readonly attendu: string;
  readonly trouve: string;
  readonly exact: boolean;
  readonly unite?: string;
  readonly attendu_fraction?: string;
  readonly trouve_fraction?: string;
  /** Found less expected. */
  readonly ecart?: string;
  readonly ecart_fraction?: string;
  /** What the value found was worked out from, a line a string; only when it is off. */
  readonly trace?: readonly string[];
}

export interface ExampleReport {
  readonly fichier: string;
  readonly ligne: number;
  readonly article: string;
  readonly titre: string;
  readonly tarif?: string;
  readonly options?: readonly string[];
  readonly exact: boolean;
  readonly verifications: readonly CheckReport[];
  /** Why an example is off. */
  readonly diagnostics: readonly PrintedDiagnostic[];
}

export interface VerificationReport {
  readonly fichier: string;
  readonly ligne: number;
  readonly article: string;
  readonly texte: string;
  readonly exact: boolean;
  readonly diagnostics: readonly PrintedDiagnostic[];
}

const placeOf = ({ file, start }: Span): { fichier: string; ligne: number } => ({ fichier: file.path, ligne: lineColumn(file, start).line });

export function exampleReport(result: ExampleResult, lang: Lang): ExampleReport {
  return {
    ...placeOf(result.span), article: result.article, titre: result.title, ...(result.rate === undefined ? {} : { tarif: result.rate }), ...(result.options.length > 0 ? { options: result.options } : {}),
    exact: result.failures.length === 0, verifications: result.checks.map((check) => checkReport(check, lang)), diagnostics: result.failures.map((item) => toJson(item, lang)),
  };
}

export function verificationReport({ span, article, words, failure }: Verification, lang: Lang): VerificationReport {
  return { ...placeOf(span), article, texte: words, exact: failure === undefined, diagnostics: failure ? [toJson(failure, lang)] : [] };
}

function checkReport(check: Check, lang: Lang): CheckReport {
  const { values, basis } = check;
  const amounts = values && typeof values.found === 'object' && typeof values.expected === 'object' ? { found: divide(values.found, values.unit.factor), expected: divide(values.expected, values.unit.factor) } : undefined;
  return {
    ligne: placeOf(check.span).ligne, expression: check.expression, ...(check.sign === undefined ? {} : { signe: check.sign }), attendu: check.expected, trouve: check.found, exact: check.holds,
    ...(amounts && values && typeof values.found === 'object' && typeof values.expected === 'object' ? {
      unite: values.unit.text, attendu_fraction: toFraction(amounts.expected), trouve_fraction: toFraction(amounts.found),
      ecart: showIn(subtract(values.found, values.expected), values.unit), ecart_fraction: toFraction(subtract(amounts.found, amounts.expected)),
    } : {}),
    ...(check.holds || !basis ? {} : { trace: [...explainLines(basis.lines, lang), ...explainNodes(basis.nodes, lang)] }),
  };
}
