/**
 * Colours, decided once for each stream: NO_COLOR (not empty) means none; FORCE_COLOR means some, and `0` or `false` none; otherwise
 * colours are for a terminal. The package alone looks at stdout only, and colours pipes under CI: it is imported here and nowhere else.
 */
import picocolors from 'picocolors';

type Env = Readonly<Record<string, string | undefined>>;

/** Whether what is written on a stream may be coloured. */
export function coloured(stream: { readonly isTTY?: boolean }, env: Env): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced.toLowerCase() !== 'false';
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}

/** For what goes to stdout. */
export const out = picocolors.createColors(coloured(process.stdout, process.env));
/** For what goes to stderr. */
export const err = picocolors.createColors(coloured(process.stderr, process.env));
