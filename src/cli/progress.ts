/**
 * How far a long work is, on stderr: only for a terminal, only once the work has lasted a second, never under `--json`. Nothing of the
 * terminal is changed (cursor, wrapping), so that a process that is interrupted leaves it as it was; the line goes away at the end.
 */
import { SingleBar } from 'cli-progress';
import { say, spokenLang } from './language.ts';

/** A work under way. `stop` must be called whatever happens (`finally`): while the line is shown it keeps the process alive. */
export interface Progress {
  /** So many more are done; one if nothing is said. */
  tick(count?: number): void;
  stop(): void;
}

/** A work shorter than this is not shown, in milliseconds. */
const PATIENCE = 1000;
const BAR = 24;
const NONE: Progress = { tick: () => undefined, stop: () => undefined };
let silent = false;

/** No progress for the rest of the process: the results are for a program. */
export const silenceProgress = (): void => { silent = true; };

/**
 * Starts to tell how far a work is: `label`, then what is done of `total`, how many a second and the time left; without a total, what is
 * done and the time spent. A work that blocks the process shows itself when it ticks, so tick often: a tick costs next to nothing.
 *
 * ```ts
 * const progress = startProgress(say('Exemples', 'Examples'), examples.length);
 * try { for (const each of examples) { run(each); progress.tick(); } } finally { progress.stop(); }
 * ```
 */
export function startProgress(label: string, total?: number): Progress {
  const stream = process.stderr;
  if (silent || stream.isTTY !== true || process.env['TERM'] === 'dumb') return NONE;
  const begun = Date.now();
  let done = 0;
  let bar: SingleBar | undefined;
  const line = (): string => progressLine({ label, done, total, elapsed: Date.now() - begun, columns: stream.columns || 80 });
  const show = (): void => {
    clearTimeout(timer);
    bar = new SingleBar({ stream, format: line, clearOnComplete: true, linewrap: true, hideCursor: false, fps: 8 });
    bar.start(total ?? 0, done);
  };
  const timer = setTimeout(show, PATIENCE);
  timer.unref();
  return {
    tick: (count = 1) => {
      done += count;
      if (bar) bar.update(done);
      else if (Date.now() - begun >= PATIENCE) show();
    },
    stop: () => { clearTimeout(timer); bar?.stop(); },
  };
}

/** A work that blocks the process, told by its own ticks; the line goes away however it ends. */
export function counted<T>(label: string, total: number, work: (tick: () => void) => T): T {
  const progress = startProgress(label, total);
  try {
    return work(() => progress.tick());
  } finally {
    progress.stop();
  }
}

/** Where a work stands; `elapsed` in milliseconds. */
export interface Standing { readonly label: string; readonly done: number; readonly total: number | undefined; readonly elapsed: number; readonly columns: number }

/** The line that says it, no wider than the terminal. */
export function progressLine({ label, done, total, elapsed, columns }: Standing): string {
  const number = new Intl.NumberFormat(spokenLang() === 'fr' ? 'fr-CA' : 'en-CA', { maximumSignificantDigits: 3 });
  const whole = new Intl.NumberFormat(spokenLang() === 'fr' ? 'fr-CA' : 'en-CA');
  const rate = (done * 1000) / Math.max(1, elapsed);
  const perSecond = done > 0 ? [`${number.format(rate)}/s`] : [];
  const facts = total === undefined
    ? [...(done > 0 ? [whole.format(done)] : []), ...perSecond, duration(elapsed / 1000)]
    : [`${whole.format(done)}${say(' sur ', ' of ')}${whole.format(total)}`, ...perSecond, ...(done > 0 && done < total ? [`${say('reste ', '')}${duration((total - done) / rate)}${say('', ' left')}`] : [])];
  const text = facts.join(' · ');
  // The last column stays free: some terminals wrap as soon as it is written.
  const room = Math.min(BAR, columns - 1 - label.length - text.length - 4);
  const filled = total === undefined || room < 5 ? '' : `${bar(total === 0 ? 1 : done / total, room)}  `;
  return `${label}  ${filled}${text}`.slice(0, Math.max(0, columns - 1));
}

const bar = (part: number, width: number): string => { const full = Math.round(Math.min(1, Math.max(0, part)) * width); return '█'.repeat(full) + '░'.repeat(width - full); };

/** Seconds as people say them: `8 s`, `2 min 05 s`, `1 h 04 min`. */
function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (value: number): string => String(value).padStart(2, '0');
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
}
