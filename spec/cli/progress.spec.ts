/** Progress: on stderr, for a terminal, once a work has lasted a second, and gone when it ends. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { speak } from '../../src/cli/language.ts';
import { progressLine, startProgress, type Standing } from '../../src/cli/progress.ts';

const standing = (given: Partial<Standing>): string => progressLine({ label: 'Exemples', done: 0, total: 2911, elapsed: 1000, columns: 80, ...given }).replace(/\u00A0/g, ' ');
const line = (given: Partial<Standing>): string => standing(given).replace(/[█░]+ +/, '');

describe('the line', () => {
  afterEach(() => speak('fr'));
  it('says what is done, the rate and the time left', () => {
    // 500 in 4 s are 125 a second; 2 411 are left: 19,288 s.
    expect(line({ done: 500, elapsed: 4000 })).toBe('Exemples  500 sur 2 911 · 125/s · reste 19 s');
    speak('en');
    expect(line({ label: 'Examples', done: 500, elapsed: 4000 })).toBe('Examples  500 of 2,911 · 125/s · 19 s left');
  });
  it('has nothing to foretell before the first, and nothing left after the last', () => {
    expect(line({ elapsed: 2000 })).toBe('Exemples  0 sur 2 911');
    expect(line({ done: 2911, elapsed: 20_000 })).toBe('Exemples  2 911 sur 2 911 · 146/s');
    expect(line({ total: 0 })).toBe('Exemples  0 sur 0');
  });
  it('without a total, what is done and the time spent', () => {
    expect(line({ label: 'Clients', done: 120_000, total: undefined, elapsed: 125_000 })).toBe('Clients  120 000 · 960/s · 2 min 05 s');
    expect(line({ label: 'Clients', total: undefined, elapsed: 3_840_000 })).toBe('Clients  1 h 04 min');
  });
  it('draws a bar as long as what is done', () => {
    const bar = (done: number): string => standing({ done, total: 4 }).replace(/[^█░]/g, '');
    expect([bar(0), bar(1), bar(4), bar(9)]).toEqual(['░'.repeat(24), `${'█'.repeat(6)}${'░'.repeat(18)}`, '█'.repeat(24), '█'.repeat(24)]);
  });
  it.each([10, 30, 45, 60, 80, 200])('is never as wide as a terminal of %i columns', (columns) => {
    expect(standing({ done: 1500, elapsed: 100_000, columns }).length).toBeLessThan(columns);
  });
});

describe('the work', () => {
  const written: string[] = [];
  const terminal = (isTTY: boolean): void => { Object.defineProperty(process.stderr, 'isTTY', { value: isTTY, configurable: true }); };
  const before = Object.getOwnPropertyDescriptor(process.stderr, 'isTTY');
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubEnv('TERM', 'xterm');
    written.length = 0;
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => { written.push(String(text)); return true; });
    terminal(true);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    if (before) Object.defineProperty(process.stderr, 'isTTY', before);
    else Reflect.deleteProperty(process.stderr, 'isTTY');
  });

  it('is silent for its first second', () => {
    const progress = startProgress('Exemples', 10);
    vi.advanceTimersByTime(900);
    progress.tick(5);
    progress.stop();
    vi.advanceTimersByTime(5000);
    expect(written).toEqual([]);
  });
  it('then shows itself, even when it waits without ticking, and leaves a clean line', () => {
    const progress = startProgress('Exemples', 10);
    progress.tick(5);
    vi.advanceTimersByTime(1100);
    expect(written.join('')).toContain('Exemples  ');
    expect(written.join('')).toContain('5 sur 10 · 5/s · reste 1 s');
    progress.stop();
    expect(written.join('').endsWith('\u001B[1G\u001B[2K')).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
  it('shows itself at a tick when it blocks the process', () => {
    const progress = startProgress('Exemples', 10);
    vi.setSystemTime(Date.now() + 2000);
    expect(written).toEqual([]);
    progress.tick(4);
    expect(written.join('')).toContain('4 sur 10 · 2/s · reste 3 s');
    progress.stop();
  });
  it.each([['when stderr is no terminal', false, 'xterm'], ['for a terminal that cannot move its cursor', true, 'dumb']])('is silent %s', (_, isTTY, term) => {
    terminal(isTTY);
    vi.stubEnv('TERM', term);
    const progress = startProgress('Exemples', 10);
    vi.advanceTimersByTime(3000);
    progress.tick(5);
    progress.stop();
    expect(written).toEqual([]);
  });
  it('never changes the cursor or the wrapping, which an interruption would leave changed', () => {
    const progress = startProgress('Exemples', 10);
    vi.advanceTimersByTime(1100);
    progress.stop();
    expect(written.join('')).not.toContain('\u001B[?');
  });
});
